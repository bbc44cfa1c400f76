#include "scan/in_store.h"

#include <QtTest>

using namespace silta;

class TestInStore : public QObject {
    Q_OBJECT

private slots:
    void readsInStoreNumbers();
    void explainsByTheCountryOfTheChain();
};

// Source of the two numbers: GS1 General Specifications, sections 7.9.3 and 7.9.4 (worked examples).
void TestInStore::readsInStoreNumbers() {
    QCOMPARE(measureCheckDigit("2875").value_or('?'), '9');
    QCOMPARE(measureCheckDigit("14685").value_or('?'), '6');
    const auto numbered = [](std::string body) { return *Gtin::parse(body + Gtin::checkDigit(body)); };
    const auto price = readInStore(numbered("221234614685"), "DE");
    QVERIFY(price.has_value());
    QCOMPARE(price->kind, InStoreMeasure::Kind::Price);
    QCOMPARE(QByteArray::fromStdString(price->item), QByteArray("221234"));
    QCOMPARE(price->value, 14685);
    QCOMPARE(price->decimals, 2);
    QVERIFY(!readInStore(numbered("221234514685"), "DE")); // its price check digit is wrong
    const auto weight = readInStore(numbered("231234560512"), "FI");
    QVERIFY(weight.has_value());
    QCOMPARE(weight->kind, InStoreMeasure::Kind::Weight);
    QCOMPARE(weight->value, 512);
    QCOMPARE(weight->decimals, 3);
    QVERIFY(!readInStore(numbered("201234560512"), "FI"));
    QVERIFY(!readInStore(numbered("231234560512"), ""));
}

void TestInStore::explainsByTheCountryOfTheChain() {
    const ScannedCode code{Symbology::Ean13, "",
                           std::string("221234614685") + Gtin::checkDigit("221234614685"), "test"};
    ChainCodes chain;
    QVERIFY(!explain(code, chain).inStore);
    chain.inStoreCountry = "DE";
    const auto meaning = explain(code, chain);
    QCOMPARE(meaning.kind, MeaningKind::Product);
    QVERIFY(meaning.inStore.has_value());
    QCOMPARE(meaning.inStore->value, 14685);
}

QTEST_APPLESS_MAIN(TestInStore)
#include "tst_in_store.moc"
