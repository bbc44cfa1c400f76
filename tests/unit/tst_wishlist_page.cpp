#include "hub/wishlist_page.h"

#include <QTest>

using namespace silta;
using namespace silta::hub;

namespace {

std::optional<ProductRecord> find(const std::string& sku) {
    if (sku != "MUG" && sku != "XSS") return std::nullopt;
    ProductRecord product;
    product.sku = sku;
    product.brand = "Korpi";
    product.price = Price{*Money::parse("12.95 EUR"), std::nullopt, std::nullopt, std::nullopt};
    product.texts = {{"en", sku == "MUG" ? "Mug" : "<script>alert('1')</script>", "", "", "", ""},
                     {"fi", "Muki", "", "", "", ""}};
    return product;
}

WishlistItem item(const std::string& sku, int quantity) {
    return {sku, std::nullopt, quantity, {"t"}};
}

} // namespace

class TestWishlistPage : public QObject {
    Q_OBJECT

private slots:
    void speaksTheBrowsersLanguage_data() {
        QTest::addColumn<QByteArray>("accept");
        QTest::addColumn<QByteArray>("title");
        QTest::newRow("finnish") << QByteArray("fi-FI,fi;q=0.9,en;q=0.8") << QByteArray("Toivelistasi");
        QTest::newRow("swedish second") << QByteArray("de, sv;q=0.5") << QByteArray("Din önskelista");
        QTest::newRow("none") << QByteArray() << QByteArray("Your wishlist");
        QTest::newRow("polish") << QByteArray("pl") << QByteArray("Twoja lista życzeń");
    }
    void speaksTheBrowsersLanguage() {
        QFETCH(QByteArray, accept);
        QFETCH(QByteArray, title);
        const auto html =
            renderWishlist({{item("MUG", 1)}, true}, find, "Silta Demo", accept.toStdString(), 0);
        QVERIFY(QByteArray::fromStdString(html).contains(title));
    }

    void showsTitlesPricesAndTheSum() {
        const auto html = QByteArray::fromStdString(
            renderWishlist({{item("MUG", 2), item("XSS", 1)}, true}, find, "S", "fi", 0));
        QVERIFY(html.contains("Muki"));
        QVERIFY(html.contains("12,95"));
        QVERIFY(html.contains("38,85"));
        QVERIFY(html.contains("2 kpl"));
    }

    void escapesWhatFeedsSay() {
        const auto html = QByteArray::fromStdString(
            renderWishlist({{item("XSS", 1), item("<b>sku</b>", 1)}, true}, find, "S & Co", "en", 0));
        QVERIFY(!html.contains("<script>"));
        QVERIFY(!html.contains("<b>sku</b>"));
        QVERIFY(html.contains("S &amp; Co"));
    }

    void showsWhatTheCodeCarriesUntilTheListArrives() {
        auto shown = wishlistToShow({}, "MUG~XSS~~GONE");
        QVERIFY(!shown.isComplete);
        QCOMPARE(shown.items.size(), std::size_t(3));
        shown = wishlistToShow({item("MUG", 1)}, "XSS");
        QVERIFY(shown.isComplete);
        QCOMPARE(shown.items.front().sku, std::string("MUG"));
        std::string many;
        for (int i = 0; i < 100; ++i)
            many += "s" + std::to_string(i) + "~";
        QCOMPARE(wishlistToShow({}, many).items.size(), kCarriedItemsMax);
    }

    void saysThatAnEmptyListIsEmpty() {
        const auto html =
            QByteArray::fromStdString(renderWishlist(wishlistToShow({}, ""), find, "S", "en", 0));
        QVERIFY(html.contains("Nothing is on this list yet"));
    }
};

QTEST_APPLESS_MAIN(TestWishlistPage)
#include "tst_wishlist_page.moc"
