// The demo chain's generator: its feeds must be what a careful retailer would send.
#include <silta/gtin.h>

#include <QDate>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace silta;

namespace {

using Row = QHash<QString, QString>;

constexpr int kRunMs = 120'000;
const QString kToday = QStringLiteral("2026-11-22");

QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The rows of a feed by column name; a row of another length than the header yields an empty list.
QList<Row> rowsOf(const QString& path) {
    QList<Row> rows;
    QStringList header;
    for (const QString& line :
         QString::fromUtf8(bytesOf(path)).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(QLatin1Char('\t'));
        if (header.isEmpty()) {
            header = fields;
            continue;
        }
        if (fields.size() != header.size()) return {};
        Row row;
        for (qsizetype i = 0; i < fields.size(); ++i)
            row.insert(header[i], fields[i]);
        rows << row;
    }
    return rows;
}

/// "12.95 EUR" in cents; -1 when it is not written so.
int centsOf(const QString& price) {
    static const QRegularExpression kPrice(QStringLiteral("^(\\d+)\\.(\\d\\d) EUR$"));
    const auto match = kPrice.match(price);
    return match.hasMatch() ? match.captured(1).toInt() * 100 + match.captured(2).toInt() : -1;
}

int runGenerator(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(SILTA_DEMO_CHAIN), arguments);
    if (!process.waitForFinished(kRunMs) || process.exitStatus() != QProcess::NormalExit) return -1;
    return process.exitCode();
}

} // namespace

class TestDemoChain : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void offersManyItemsInManyDepartments();
    void givesEveryItemAValidDemoGtin();
    void namesEveryItemInEveryLanguage();
    void pricesSaleBelowRegular();
    void namesPictureOfEveryItem();
    void groupsVariantsThatDiffer();
    void keepsStockOnlyOfKnownItemsInKnownStores();
    void describesTwelveStoresWithSpecialDays();
    void reviewsOnlyKnownItemsBeforeToday();
    void writesSameBytesTwice();
    void movesWithToday();
    void refusesBadArguments_data();
    void refusesBadArguments();

private:
    [[nodiscard]] QString path(const QString& name) const {
        return dir_.filePath(QStringLiteral("a/") + name);
    }

    QTemporaryDir dir_;
    QList<Row> products_;
};

void TestDemoChain::initTestCase() {
    QCOMPARE(runGenerator({QStringLiteral("--out"), dir_.filePath(QStringLiteral("a")),
                           QStringLiteral("--no-pictures"), QStringLiteral("--today"), kToday}),
             0);
    products_ = rowsOf(path(QStringLiteral("products.tsv")));
    QVERIFY(!products_.isEmpty());
}

void TestDemoChain::offersManyItemsInManyDepartments() {
    QSet<QString> skus, groups, departments;
    for (const Row& row : products_) {
        QVERIFY2(!skus.contains(row[QStringLiteral("id")]), qPrintable(row[QStringLiteral("id")]));
        skus << row[QStringLiteral("id")];
        groups << (row[QStringLiteral("item_group_id")].isEmpty() ? row[QStringLiteral("id")]
                                                                  : row[QStringLiteral("item_group_id")]);
        departments << row[QStringLiteral("product_type")].section(QStringLiteral(" > "), 0, 0);
    }
    QVERIFY(skus.size() >= 1900);
    QVERIFY(groups.size() >= 500);
    QVERIFY(departments.size() >= 12);
}

void TestDemoChain::givesEveryItemAValidDemoGtin() {
    QSet<QString> seen;
    for (const Row& row : products_) {
        const QString gtin = row[QStringLiteral("gtin")];
        QCOMPARE(gtin.size(), 13);
        QVERIFY2(gtin.startsWith(QStringLiteral("952")), qPrintable(gtin));
        QVERIFY2(Gtin::parse(gtin.toStdString()).has_value(), qPrintable(gtin));
        QVERIFY2(!seen.contains(gtin), qPrintable(gtin));
        seen << gtin;
    }
}

void TestDemoChain::namesEveryItemInEveryLanguage() {
    for (const char* lang : {"fi", "sv", "pl"}) {
        const auto rows = rowsOf(path(QStringLiteral("products.%1.tsv").arg(QLatin1String(lang))));
        QCOMPARE(rows.size(), products_.size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i][QStringLiteral("id")], products_[i][QStringLiteral("id")]);
            for (const auto& column :
                 {QStringLiteral("title"), QStringLiteral("description"), QStringLiteral("product_type")})
                QVERIFY2(!rows[i][column].isEmpty(), qPrintable(rows[i][QStringLiteral("id")]));
            QCOMPARE(rows[i][QStringLiteral("color")].isEmpty(),
                     products_[i][QStringLiteral("color")].isEmpty());
            QCOMPARE(rows[i][QStringLiteral("size")].isEmpty(),
                     products_[i][QStringLiteral("size")].isEmpty());
        }
    }
}

void TestDemoChain::pricesSaleBelowRegular() {
    int offers = 0;
    for (const Row& row : products_) {
        const int regular = centsOf(row[QStringLiteral("price")]);
        QVERIFY2(regular > 0, qPrintable(row[QStringLiteral("id")]));
        const QString sale = row[QStringLiteral("sale_price")];
        const QString period = row[QStringLiteral("sale_price_effective_date")];
        QCOMPARE(sale.isEmpty(), period.isEmpty());
        if (sale.isEmpty()) continue;
        ++offers;
        QVERIFY2(centsOf(sale) > 0 && centsOf(sale) < regular, qPrintable(row[QStringLiteral("id")]));
        const QString from = period.section(QLatin1Char('/'), 0, 0);
        const QString to = period.section(QLatin1Char('/'), 1, 1);
        QVERIFY(from.left(10) <= kToday && kToday < to.left(10));
    }
    QVERIFY(offers > 100);
    QVERIFY(offers < products_.size() / 3);
}

void TestDemoChain::namesPictureOfEveryItem() {
    static const QRegularExpression kPicture(QStringLiteral("^pictures/[a-z0-9-]+\\.jpg$"));
    for (const Row& row : products_)
        QVERIFY2(kPicture.match(row[QStringLiteral("image_link")]).hasMatch(),
                 qPrintable(row[QStringLiteral("image_link")]));
    QVERIFY(!QDir(path(QStringLiteral("pictures"))).exists());
}

void TestDemoChain::groupsVariantsThatDiffer() {
    QHash<QString, QSet<QString>> variants;
    QHash<QString, int> counts;
    for (const Row& row : products_) {
        const QString group = row[QStringLiteral("item_group_id")];
        if (group.isEmpty()) continue;
        variants[group] << row[QStringLiteral("color")] + QLatin1Char('/') + row[QStringLiteral("size")];
        ++counts[group];
    }
    for (auto it = variants.cbegin(); it != variants.cend(); ++it) {
        QVERIFY2(it->size() == counts[it.key()], qPrintable(it.key()));
        QVERIFY2(it->size() > 1, qPrintable(it.key()));
    }
}

void TestDemoChain::keepsStockOnlyOfKnownItemsInKnownStores() {
    QSet<QString> skus, stores, cells;
    for (const Row& row : products_)
        skus << row[QStringLiteral("id")];
    for (const auto& store :
         QJsonDocument::fromJson(bytesOf(path(QStringLiteral("stores.json"))))[QStringLiteral("@graph")]
             .toArray())
        stores << store[QStringLiteral("branchCode")].toString();
    QHash<QString, int> carried;
    int none = 0;
    int few = 0;
    for (const Row& row : rowsOf(path(QStringLiteral("inventory.tsv")))) {
        const QString cell = row[QStringLiteral("store_code")] + QLatin1Char('/') + row[QStringLiteral("id")];
        QVERIFY2(skus.contains(row[QStringLiteral("id")]) &&
                     stores.contains(row[QStringLiteral("store_code")]),
                 qPrintable(cell));
        QVERIFY2(!cells.contains(cell), qPrintable(cell));
        cells << cell;
        bool isNumber = false;
        const int quantity = row[QStringLiteral("quantity")].toInt(&isNumber);
        QVERIFY(isNumber && quantity >= 0 && quantity < 200);
        const auto aisle = row[QStringLiteral("instore_product_location")].toUtf8();
        QVERIFY2(!aisle.isEmpty() && aisle.size() <= 20, qPrintable(cell));
        none += quantity == 0 ? 1 : 0;
        few += quantity >= 1 && quantity <= 3 ? 1 : 0;
        ++carried[row[QStringLiteral("store_code")]];
    }
    QVERIFY(none > 100);
    QVERIFY(few > 100);
    QCOMPARE(carried.size(), stores.size());
    QVERIFY(carried[QStringLiteral("FI-HEL-01")] > products_.size() * 9 / 10);
    QVERIFY(carried[QStringLiteral("SE-UME-01")] < products_.size() * 6 / 10);
}

void TestDemoChain::describesTwelveStoresWithSpecialDays() {
    const auto graph =
        QJsonDocument::fromJson(bytesOf(path(QStringLiteral("stores.json"))))[QStringLiteral("@graph")]
            .toArray();
    QCOMPARE(graph.size(), 12);
    QSet<QString> countries, codes;
    for (const auto& store : graph) {
        codes << store[QStringLiteral("branchCode")].toString();
        countries << store[QStringLiteral("address")][QStringLiteral("addressCountry")].toString();
        QVERIFY(store[QStringLiteral("geo")][QStringLiteral("latitude")].toDouble() > 49);
        QVERIFY(store[QStringLiteral("openingHoursSpecification")].toArray().size() >= 2);
        QCOMPARE(store[QStringLiteral("additionalProperty")][0][QStringLiteral("name")].toString(),
                 QStringLiteral("timeZone"));
        bool hasChristmas = false;
        for (const auto& day : store[QStringLiteral("specialOpeningHoursSpecification")].toArray()) {
            QVERIFY(day[QStringLiteral("validFrom")].toString() >= kToday);
            const bool isClosed = day[QStringLiteral("opens")] == day[QStringLiteral("closes")];
            hasChristmas = hasChristmas ||
                           (isClosed && day[QStringLiteral("validFrom")] == QStringLiteral("2026-12-25"));
            // Easter 2027 is on 28 March: Good Friday must not be off by a day.
            QVERIFY(day[QStringLiteral("description")] != QStringLiteral("Pitkäperjantai") ||
                    day[QStringLiteral("validFrom")] == QStringLiteral("2027-03-26"));
        }
        QVERIFY(hasChristmas);
    }
    QCOMPARE(codes.size(), 12);
    QCOMPARE(countries, (QSet<QString>{QStringLiteral("FI"), QStringLiteral("SE"), QStringLiteral("PL")}));
}

void TestDemoChain::reviewsOnlyKnownItemsBeforeToday() {
    QSet<QString> skus;
    for (const Row& row : products_)
        skus << row[QStringLiteral("id")];
    QXmlStreamReader xml(bytesOf(path(QStringLiteral("reviews.xml"))));
    int reviews = 0;
    int stars = 0;
    QSet<QString> languages, ids;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const QString name = xml.name().toString();
        if (name == u"sku") {
            QVERIFY(skus.contains(xml.readElementText()));
        } else if (name == u"review_timestamp") {
            QVERIFY(xml.readElementText().left(10) < kToday);
        } else if (name == u"review_language") {
            languages << xml.readElementText();
        } else if (name == u"review_id") {
            const QString id = xml.readElementText();
            QVERIFY(!ids.contains(id));
            ids << id;
        } else if (name == u"overall") {
            const int value = xml.readElementText().toInt();
            QVERIFY(value >= 1 && value <= 5);
            stars += value;
            ++reviews;
        }
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QVERIFY(reviews > 1000);
    QVERIFY(stars > reviews * 36 / 10 && stars < reviews * 48 / 10);
    QCOMPARE(languages.size(), 4);
}

void TestDemoChain::writesSameBytesTwice() {
    QCOMPARE(runGenerator({QStringLiteral("--out"), dir_.filePath(QStringLiteral("b")),
                           QStringLiteral("--no-pictures"), QStringLiteral("--today"), kToday}),
             0);
    const QStringList names = QDir(dir_.filePath(QStringLiteral("a"))).entryList(QDir::Files);
    QCOMPARE(names.size(), 7);
    for (const QString& name : names)
        QVERIFY2(bytesOf(path(name)) == bytesOf(dir_.filePath(QStringLiteral("b/") + name)),
                 qPrintable(name));
}

void TestDemoChain::movesWithToday() {
    QCOMPARE(runGenerator({QStringLiteral("--out"), dir_.filePath(QStringLiteral("c")),
                           QStringLiteral("--no-pictures"), QStringLiteral("--today"),
                           QStringLiteral("2027-06-01")}),
             0);
    const auto later = rowsOf(dir_.filePath(QStringLiteral("c/products.tsv")));
    QCOMPARE(later.size(), products_.size());
    for (qsizetype i = 0; i < later.size(); ++i) {
        QCOMPARE(later[i][QStringLiteral("gtin")], products_[i][QStringLiteral("gtin")]);
        const QString period = later[i][QStringLiteral("sale_price_effective_date")];
        QVERIFY(period.isEmpty() || (period.left(10) <= QStringLiteral("2027-06-01") &&
                                     period.contains(QStringLiteral("+0300"))));
    }
}

void TestDemoChain::refusesBadArguments_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no folder") << QStringList{QStringLiteral("--no-pictures")};
    QTest::newRow("no such day") << QStringList{QStringLiteral("--out"), dir_.filePath(QStringLiteral("d")),
                                                QStringLiteral("--today"), QStringLiteral("2026-02-30")};
    QTest::newRow("folder is a file") << QStringList{
        QStringLiteral("--out"), path(QStringLiteral("products.tsv")), QStringLiteral("--no-pictures")};
}

void TestDemoChain::refusesBadArguments() {
    QFETCH(QStringList, arguments);
    QVERIFY(runGenerator(arguments) > 0);
}

QTEST_GUILESS_MAIN(TestDemoChain)
#include "tst_demo_chain.moc"
