// The main job with the real programs: scan, see stock, wish, join, sync; with the hub there and with it
// gone.
#include "e2e/chain.h"
#include "e2e/station.h"
#include "support/barcode_images.h"
#include "support/input_events.h"
#include "support/pty_line.h"
#include "support/video_files.h"

#include <silta/gtin.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <optional>
#include <set>
#include <sstream>

using namespace silta;
using namespace silta::test;

namespace {

// Planted: found nowhere on the device afterwards.
constexpr const char* kName = "Plantedname Hiddenperson";
constexpr const char* kEmail = "planted.person@example.com";
constexpr const char* kPhone = "+358405550199";
constexpr std::array<const char*, 4> kPlanted = {"Plantedname", "Hiddenperson", "planted.person",
                                                 "405550199"};

bool holdsPlanted(const QByteArray& bytes) {
    for (const auto* text : kPlanted)
        if (bytes.contains(text)) return true;
    return false;
}

} // namespace

class TestShopperJourney : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::optional<PtyLine> line_;

    Json state() { return station_->kiosk("state"); }
    Json productPage(const std::string& sku) {
        return station_->kioskUntil("state", [&sku](const Json& s) {
            return s.value("page", "") == "Product" && s["product"].value("sku", "") == sku &&
                   s["product"].value("ready", false);
        });
    }
    bool tap(const std::string& name) {
        const auto answer =
            station_->kioskUntil("tap " + name, [](const Json& a) { return a.value("ok", false); });
        return answer.value("ok", false);
    }
    bool type(const std::string& name, const std::string& text) {
        const auto answer = station_->kioskUntil("type " + name + " " + text,
                                                 [](const Json& a) { return a.value("ok", false); });
        return answer.value("ok", false);
    }
    /// As a camera program would: written beside, then renamed in.
    void showPicture(const QString& name, const std::string& ean13) {
        const auto temporary = station_->path("frame.png");
        QVERIFY(save(drawBarcode(Symbology::Ean13, ean13, 500, 260), temporary));
        QVERIFY(QFile::rename(QString::fromStdString(temporary),
                              QString::fromStdString(station_->path("frames/")) + name + ".png"));
    }
    /// The process of that name which `parent` started and has not buried, or 0.
    static pid_t childOf(qint64 parent, const QByteArray& name) {
        for (const auto& process : QDir("/proc").entryList({"[0-9]*"}, QDir::Dirs)) {
            QFile file("/proc/" + process + "/stat");
            if (!file.open(QIODevice::ReadOnly)) continue;
            const auto stat = file.readAll(); // "PID (NAME) STATE PARENT …"
            const auto rest = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
            if (stat.contains("(" + name.left(15) + ")") && rest.value(0) != "Z" &&
                rest.value(1).toLongLong() == parent)
                return process.toInt();
        }
        return 0;
    }
    /// Puts the product on the screen on the wishlist and waits for the "saved".
    bool wish(std::size_t expected) {
        if (!tap("addToWishlist")) return false;
        const auto after = station_->kioskUntil("state", [expected](const Json& s) {
            return s.value("wishlistCount", std::size_t(0)) == expected && !s.value("wishlistBusy", true);
        });
        return after.value("wishlistCount", std::size_t(0)) == expected;
    }
    /// Fills the form in and returns the member number, or an empty text.
    std::string join(const std::string& email) {
        const bool filled = tap("navJoin") && type("joinName", kName) && type("joinEmail", email) &&
                            type("joinPhone", kPhone) && tap("consentTerms") && tap("joinSubmit");
        if (!filled) return {};
        const auto after = station_->kioskUntil(
            "state", [](const Json& s) { return !s.value("memberNumber", std::string()).empty(); });
        return after.value("memberNumber", "");
    }
    std::set<std::string> skusAtHub(const std::string& list) {
        std::set<std::string> skus;
        for (const auto& wishlist : station_->hub("wishlists"))
            if (wishlist["id"] == list)
                for (const auto& item : wishlist["items"])
                    skus.insert(item["sku"].get<std::string>());
        return skus;
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        auto& station = *station_;
        station.write("products.tsv", kProductsTsv);
        station.write("inventory.tsv", kInventoryTsv);
        station.write("stores.json", kStoresJson);
        const auto imported = station.run("silta-hub", {"import", "--db", station.path("hub.db"),
                                                        "--products", station.path("products.tsv"),
                                                        "--inventory", station.path("inventory.tsv"),
                                                        "--stores", station.path("stores.json")});
        QVERIFY2(imported.status == 0, imported.err.c_str());
        QVERIFY(station.startHub());
        QVERIFY(station.startEdge());
        QVERIFY(station.enrol("FI-HEL-01"));
        QDir().mkpath(QString::fromStdString(station.path("frames")));
        QCOMPARE(mkfifo(station.path("wedge").c_str(), 0600), 0);
        line_.emplace(QString::fromStdString(station.path("tty")));
        QVERIFY(station.startKiosk({"images:" + station.path("frames"), "serial:" + station.path("tty"),
                                    "recording:" + station.path("wedge"),
                                    "socket:" + station.path("run/scan.sock")}));
        const auto ready =
            station.kioskUntil("state", [](const Json& s) { return s.value("catalogReady", false); });
        QVERIFY(ready.value("catalogReady", false));
    }
    void cleanupTestCase() { station_.reset(); }

    void opensTheProductOfAPhotographedCode() {
        const auto picture = drawBarcode(Symbology::Ean13, "9521234543213", 500, 260);
        const auto temporary = station_->path("frame.jpg");
        QVERIFY(save(picture, temporary));
        QVERIFY(QFile::rename(QString::fromStdString(temporary),
                              QString::fromStdString(station_->path("frames/frame-1.jpg"))));
        const auto page = productPage("MUG-W");
        QCOMPARE(page.value("page", ""), std::string("Product"));
        QCOMPARE(page["product"].value("sku", ""), std::string("MUG-W"));
        QCOMPARE(page["product"].value("gtin", ""), std::string("9521234543213")); // as on the pack
        QCOMPARE(page["product"].value("here", ""), std::string("in-stock"));
        QVERIFY(page["product"].value("aisle", "").find("A12") != std::string::npos);
        // The others by distance: Turku is nearer than Stockholm.
        const auto stores = page["product"]["stores"];
        QCOMPARE(stores.size(), std::size_t(2));
        QCOMPARE(stores[0].value("store", ""), std::string("Turku"));
        QCOMPARE(stores[0].value("availability", ""), std::string("last-few"));
        QCOMPARE(stores[1].value("store", ""), std::string("Stockholm"));
        QCOMPARE(stores[1].value("availability", ""), std::string("out"));
        QVERIFY(wish(1));
    }

    void goesOnScanningWhenTheDecoderIsKilled() {
        const auto kiosk = station_->pids().back();
        for (int death = 0; death < 20; ++death) {
            const auto decoder = childOf(kiosk, "silta-decoder");
            QVERIFY2(decoder > 0, "no decoder is running");
            QCOMPARE(::kill(decoder, SIGKILL), 0);
            // The frame that meets the dead one is lost; the next is not.
            showPicture(QStringLiteral("lost-%1").arg(death), "9521234543213");
            const auto body = QByteArray("95299") + QByteArray::number(1'000'000 + death);
            const auto number = body.toStdString() + Gtin::checkDigit(body.toStdString());
            showPicture(QStringLiteral("read-%1").arg(death), number);
            const auto page = station_->kioskUntil("state", [&](const Json& s) {
                return s.value("page", "") == "NotCarried" && s.value("scanned", "") == number;
            });
            QCOMPARE(page.value("scanned", ""), number);
        }
    }

    void opensTheProductOfASerialScan() {
        line_->send("9521000000025\r\n");
        const auto page = productPage("LAMP");
        QCOMPARE(page["product"].value("here", ""), std::string("out"));
        QVERIFY(wish(2));
    }

    void opensTheProductOfAKeyboardWedge() {
        InputEvents events;
        events.digits("9521000000032").tap(KEY_ENTER);
        const int fifo = ::open(station_->path("wedge").c_str(), O_WRONLY);
        QVERIFY(fifo >= 0);
        QCOMPARE(::write(fifo, events.bytes().data(), events.bytes().size()),
                 static_cast<ssize_t>(events.bytes().size()));
        ::close(fifo);
        const auto page = productPage("TENT");
        QCOMPARE(page["product"].value("here", ""), std::string("last-few"));
        QVERIFY(wish(3));
    }

    void learnsThatTheSameStockWasConfirmed() {
        const auto ages = [this] {
            std::map<std::string, std::int64_t> asOf;
            const auto told =
                station_->run("siltactl", {"stock", "9521234543213", "--state", station_->path("catalog")});
            std::istringstream lines(told.out);
            for (std::string line; std::getline(lines, line);)
                if (const auto json = Json::parse(line, nullptr, false); json.is_object())
                    asOf[json.value("store", "")] = json.value("asOf", std::int64_t{0});
            return asOf;
        };
        const auto before = ages();
        QCOMPARE(before.size(), std::size_t(3));
        QTest::qSleep(10);
        const auto again = station_->run("silta-hub", {"import", "--db", station_->path("hub.db"),
                                                       "--inventory", station_->path("inventory.tsv")});
        QVERIFY2(again.status == 0, again.err.c_str());
        std::map<std::string, std::int64_t> after;
        QTRY_VERIFY_WITH_TIMEOUT(
            (static_cast<void>(station_->ctl("sync")), after = ages(), after.size() == 3 && after != before),
            20'000);
        for (const auto& [store, asOf] : after)
            QVERIFY2(asOf > before.at(store), store.c_str());
    }

    void helpsWithACodeThatIsNotCarried() {
        QVERIFY(station_->kiosk("scan 4006381333931").value("ok", false));
        const auto page = station_->kioskUntil("state", [](const Json& s) {
            return s.value("scanned", std::string()).find("4006381333931") != std::string::npos;
        });
        QCOMPARE(page.value("page", ""), std::string("NotCarried"));
    }

    void wishlistReachesTheHubAndThePhone() {
        const auto list = state().value("wishlistId", "");
        const std::set<std::string> expected = {"MUG-W", "LAMP", "TENT"};
        QTRY_VERIFY_WITH_TIMEOUT(skusAtHub(list) == expected, 20'000);
        const auto url = state().value("wishlistUrl", "");
        QVERIFY(url.find(station_->hubUrl() + "/w/" + list) == 0);
        HttpCall call;
        call.url = url;
        const auto page = makeCurlTransport()->send(call);
        QVERIFY(page.has_value());
        QCOMPARE(page->status, 200);
        QVERIFY(page->body.find("Desk lamp Loiste") != std::string::npos);
    }

    void memberReachesTheHub() {
        const auto number = join(kEmail);
        QVERIFY(!number.empty());
        QTRY_COMPARE_WITH_TIMEOUT(station_->hub("members").size(), std::size_t(1), 20'000);
        const auto member = station_->hub("members").front();
        auto digits = number;
        digits.erase(std::remove(digits.begin(), digits.end(), ' '), digits.end());
        QCOMPARE(member["number"].get<std::string>(), digits);
        QCOMPARE(member["name"].get<std::string>(), std::string(kName));
        QCOMPARE(member["email"].get<std::string>(), std::string(kEmail));
        QCOMPARE(member["phone"].get<std::string>(), std::string(kPhone));
        for (const auto& consent : member["consents"]) // only the terms were ticked
            QCOMPARE(consent["granted"].get<bool>(), consent["purpose"] == "membership-terms");
    }

    void goesOnWithoutTheHubAndCatchesUp() {
        station_->stopHub();
        QVERIFY(tap("joinedFinish")); // the next shopper begins with nothing
        const auto fresh =
            station_->kioskUntil("state", [](const Json& s) { return s.value("page", "") == "Attract"; });
        QCOMPARE(fresh.value("page", ""), std::string("Attract"));
        QCOMPARE(fresh.value("wishlistCount", 99), 0);
        QVERIFY(station_->kiosk("scan 9521234543213").value("ok", false));
        QCOMPARE(productPage("MUG-W")["product"].value("here", ""), std::string("in-stock"));
        QVERIFY(wish(1));
        const auto list = state().value("wishlistId", "");
        const auto number = join("other.planted.person@example.com");
        QVERIFY(!number.empty());
        QCOMPARE(station_->hub("members").size(), std::size_t(1)); // nothing has arrived yet
        QVERIFY(station_->startHub());
        QCOMPARE(station_->ctl("sync").status, 0);
        const std::set<std::string> expected = {"MUG-W"};
        QTRY_VERIFY_WITH_TIMEOUT(skusAtHub(list) == expected, 20'000);
        QCOMPARE(station_->ctl("sync").status, 0);                 // and once more: nothing arrives twice
        QCOMPARE(station_->hub("members").size(), std::size_t(1)); // the same phone: the same person
        QCOMPARE(station_->hub("members").front()["aliases"].size(), std::size_t(1));
        QCOMPARE(station_->hub("ops").size(), std::size_t(6));
    }

    void opensTheProductThatAHandBringsToTheCamera() {
        station_->stopKiosk();
        QVERIFY(writeHandVideo(station_->path("hand.y4m"), "9521000000032"));
        QVERIFY(station_->startKiosk({"video:" + station_->path("hand.y4m")}));
        const auto page = productPage("TENT");
        QCOMPARE(QString::fromStdString(page.value("page", "")), QStringLiteral("Product"));
        QCOMPARE(QString::fromStdString(page["product"].value("sku", "")), QStringLiteral("TENT"));
    }

    void leavesNoPersonalDataOnTheDevice() {
        for (const auto pid : station_->pids()) {
            QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
            QVERIFY(commandLine.open(QIODevice::ReadOnly));
            QVERIFY(!holdsPlanted(commandLine.readAll()));
        }
        station_->stopKiosk();
        station_->stopEdge();
        station_->stopHub();
        int searched = 0;
        QDirIterator files(QString::fromStdString(station_->folder()),
                           QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly)) continue; // a FIFO or a socket
            QVERIFY2(!holdsPlanted(file.readAll()), qPrintable(file.fileName()));
            ++searched;
        }
        QVERIFY(searched > 8); // journal, catalogue, logs, the hub's database
    }

    /// Last: what device and hub said to each other in all of this is what the description says.
    void everythingSaidIsAsDescribed() {
        const auto checked = station_->checkTraffic();
        qInfo("%s", checked.out.c_str());
        QCOMPARE(checked.status, 0);
    }
};

QTEST_GUILESS_MAIN(TestShopperJourney)
#include "tst_shopper_journey.moc"
