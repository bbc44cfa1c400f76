// What the page of a guest weighs on the wire, with all that it shows and the heads of the answers: under
// 50 kB, over the demo chain and over the largest pictures that a hub takes. What it looks like over the demo
// chain goes to SILTA_SCREENS, for a person to look at.
#include "e2e/browser.h"
#include "e2e/chain.h"
#include "e2e/portal/guest_store.h"
#include "support/pictures.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace silta;
using namespace silta::test;

namespace {

constexpr std::size_t kPageBytesMax = 50'000;
constexpr std::size_t kPictureBytesMax = std::size_t{4} << 20; // what the hub takes
constexpr auto kWays = "ways = { email = 240, phone = 240, loyalty = 480, voucher = 120, terms = 30 }\n";

/// Leaves of a feed its header and the rows for which `keeps` is true. Gives what stands in column `told` of
/// those.
std::set<QString> sift(const QString& path, const QString& told,
                       const std::function<bool(const QHash<QString, QString>& row)>& keeps) {
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite)) return {};
    const auto lines = file.readAll().split('\n');
    const auto header = QString::fromUtf8(lines.front()).split('\t');
    std::set<QString> seen;
    auto kept = lines.front() + '\n';
    for (const auto& line : lines.mid(1)) {
        const auto fields = QString::fromUtf8(line).split('\t');
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < std::min(header.size(), fields.size()); ++i)
            row[header[i]] = fields[i];
        if (row.size() != header.size() || !keeps(row)) continue;
        kept += line + '\n';
        seen.insert(row[told]);
    }
    file.resize(0);
    file.write(kept);
    return seen;
}

struct Weight {
    std::size_t document = 0, pictures = 0, count = 0;
    QString wrong; ///< empty: nothing
    [[nodiscard]] std::size_t all() const { return document + pictures; }
};

} // namespace

class TestPortalWeight : public QObject {
    Q_OBJECT

    QTemporaryDir feeds_;
    std::unique_ptr<GuestStore> store_;

    /// Nothing, or what failed.
    QString up() {
        store_ = std::make_unique<GuestStore>(kWays);
        store_->setFeeds(feeds_.path().toStdString());
        return QString::fromStdString(store_->up());
    }
    void write(const char* name, const std::string& bytes) {
        QFile file(feeds_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())),
                 static_cast<qint64>(bytes.size()));
    }
    /// Asks for the page and for every picture that it names, as a browser does.
    Weight weigh(const char* language) {
        Visitor visitor(store_->rig().guest, kGateway4);
        visitor.language = language;
        const auto page = visitor.get("/");
        Weight weight;
        weight.document = page.bytes.size();
        if (page.status != 200) weight.wrong = QString("status %1").arg(page.status);
        static const QRegularExpression source("<img [^>]*src=\"([^\"]+)\"");
        std::set<QString> seen;
        for (auto it = source.globalMatch(QString::fromStdString(page.body)); it.hasNext();) {
            const auto path = it.next().captured(1);
            ++weight.count;
            if (!seen.insert(path).second) continue;
            const auto picture = visitor.get(path.toStdString());
            weight.pictures += picture.bytes.size();
            const bool isSound = picture.status == 200 && picture.header("content-type") == "image/webp" &&
                                 !QImage::fromData(QByteArray::fromStdString(picture.body), "webp").isNull();
            if (!isSound) weight.wrong = path + QString(": status %1").arg(picture.status);
        }
        return weight;
    }
    void compareInAllLanguages(std::size_t pictures) {
        QTRY_COMPARE_WITH_TIMEOUT(weigh("en").count, pictures, 60'000); // they come from the hub one by one
        for (const auto* language : {"en", "fi", "sv", "pl"}) {
            QTRY_COMPARE_WITH_TIMEOUT(weigh(language).count, pictures, 60'000);
            const auto weight = weigh(language);
            qInfo("%s: document %zu, %zu pictures %zu, all %zu bytes", language, weight.document,
                  weight.count, weight.pictures, weight.all());
            QVERIFY2(weight.wrong.isEmpty(), qPrintable(weight.wrong));
            QVERIFY2(weight.all() < kPageBytesMax, language);
        }
    }

    void takePictures() {
        if (!Browser::missing().empty()) return; // tst_portal_browser says so
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        Browser browser(store_->rig().guest, kGateway4, {});
        QVERIFY2(browser.error().empty(), browser.error().c_str());
        // What is far down is fetched when somebody comes near it.
        constexpr auto kAllDrawn = "Array.from(document.images).every(i => { i.loading = 'eager'; "
                                   "return i.complete && i.naturalWidth > 0; })";
        const auto isDrawn = [&browser] {
            return browser.has("form[action='/login']") && browser.evaluate(kAllDrawn) == true;
        };
        for (const bool isDark : {false, true}) {
            browser.emulate({.isDark = isDark});
            QVERIFY(browser.open("http://www.internet.net/page"));
            QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), kPatienceMs);
            QVERIFY(browser.takePicture(
                fmt::format("{}/demo-sign-in{}.png", SILTA_SCREENS, isDark ? "-dark" : "")));
        }
        browser.emulate({});
        QVERIFY(browser.type("#email", "a.guest@example.com"));
        QVERIFY(browser.click("label[for=terms]"));
        QVERIFY(browser.click("form[action='/login'] button"));
        QTRY_VERIFY_WITH_TIMEOUT(browser.has("form[action='/sign-out']"), kPatienceMs);
        QVERIFY(browser.takePicture(SILTA_SCREENS "/demo-signed-in.png"));
    }

private slots:
    void init() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
    }
    void cleanup() { store_.reset(); }

    void isLightOverTheDemoChain() {
        const auto draw = [this](const QStringList& more) {
            QProcess generator;
            generator.start(SILTA_DEMO_CHAIN, QStringList{"--out", feeds_.path()} + more);
            return generator.waitForFinished(300'000) && generator.exitCode() == 0;
        };
        QVERIFY(draw({"--no-pictures"}));
        // Of one store, what is on sale and there: the offers are the same, and the import is short.
        const auto siftFeeds = [this](const QString& told) {
            const auto here = sift(feeds_.filePath("inventory.tsv"), "id", [](const auto& row) {
                return row["store_code"] == "FI-HEL-01" && row["quantity"].toInt() > 0;
            });
            const auto sold = sift(feeds_.filePath("products.tsv"), "id", [&](const auto& row) {
                return !row["sale_price"].isEmpty() && here.contains(row["id"]);
            });
            sift(feeds_.filePath("inventory.tsv"), "id",
                 [&](const auto& row) { return sold.contains(row["id"]); });
            return sift(feeds_.filePath("products.tsv"), told, [](const auto&) { return true; });
        };
        QStringList pictures;
        for (const auto& link : siftFeeds("image_link"))
            pictures << "--picture" << link.section('/', -1);
        QVERIFY(pictures.size() >= 2 * 7);
        QVERIFY(draw(pictures)); // the feeds are written anew, too
        siftFeeds("id");
        const auto wrong = up();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        compareInAllLanguages(7);
        takePictures();
    }

    void isLightOverTheLargestPictures() {
        // As large as the hub takes them; one is more than the thumbnailer takes, and one no picture inside.
        auto largest = noisePicture(4'000, 3'000, "jpg", 40);
        QVERIFY(largest.size() > kPictureBytesMax / 2 && largest.size() <= kPictureBytesMax);
        const auto png = noisePicture(1'150, 1'150, "png", 0);
        QVERIFY(png.size() > kPictureBytesMax / 2 && png.size() <= kPictureBytesMax);
        const auto tooLarge = noisePicture(4'200, 3'000, "jpg", 20);
        QVERIFY(tooLarge.size() <= kPictureBytesMax);
        const auto webp = noisePicture(1'600, 1'600, "webp", 70);
        QVERIFY(!webp.empty() && webp.size() <= kPictureBytesMax);
        write("0.jpg", largest);
        write("1.png", png);
        write("2.webp", webp);
        write("3.jpg", tooLarge);
        write("4.jpg", "\xff\xd8\xff\xe0" + std::string(5'000, 'x'));
        for (const auto* name : {"5.png", "6.png"})
            write(name, noisePicture(name[0] == '5' ? 1'149 : 1'148, 1'150, "png", 0));
        const std::string longName(140, 'm');
        std::string products =
            "id\ttitle\tdescription\tlink\timage_link\tprice\tsale_price\tavailability\tgtin\t"
            "brand\tproduct_type\n";
        std::string inventory = "store_code\tid\tquantity\tavailability\tinstore_product_location\n";
        const char* files[] = {"0.jpg", "1.png", "2.webp", "3.jpg", "4.jpg", "5.png", "6.png"};
        for (int i = 0; i < 7; ++i) {
            products +=
                fmt::format("N{0}\t{1} {0}\tIt\thttps://shop.example/{0}\t{2}\t1{0}0.00 EUR\t10.00 EUR\t"
                            "in_stock\t\t{3}\tDepartment {0}\n",
                            i, longName, files[i], std::string(60, 'B'));
            inventory += fmt::format("FI-HEL-01\tN{}\t3\tin_stock\tA1\n", i);
        }
        write("products.tsv", products);
        write("inventory.tsv", inventory);
        write("stores.json", kStoresJson);
        const auto wrong = up();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        compareInAllLanguages(5); // without the two that cannot be made small
    }
};

QTEST_GUILESS_MAIN(TestPortalWeight)
#include "tst_portal_weight.moc"
