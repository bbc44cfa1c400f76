// Scanners that are unplugged while the kiosk is used, and come back: the next scan opens the right page, and
// staff are told.
#include "e2e/till_store.h"
#include "support/barcode_images.h"
#include "support/input_events.h"
#include "support/pty_line.h"
#include "support/video_files.h"

#include <silta/gtin.h>

#include <QDir>
#include <functional>
#include <optional>

using namespace silta;
using namespace silta::test;

class TestKioskScanners : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::optional<PtyLine> serial_, wedge_;
    int shown_ = 0;

    bool tap(const std::string& name) {
        return station_->kioskUntil("tap " + name, [](const Json& a) { return a.value("ok", false); })
            .value("ok", false);
    }
    /// A number of no product.
    static std::string numberOf(int serial) {
        const auto body = "95299" + std::to_string(1'000'000 + serial);
        return body + Gtin::checkDigit(body);
    }
    static std::string typed(const std::string& number) {
        InputEvents events;
        return events.digits(number).tap(KEY_ENTER).bytes();
    }
    /// As a camera program would: written beside, then renamed in.
    void showPicture(const std::string& ean13) {
        const auto temporary = station_->path("frame.png");
        QVERIFY(save(drawBarcode(Symbology::Ean13, ean13, 500, 260), temporary));
        const auto name = "frames/" + std::to_string(shown_++) + ".png";
        QVERIFY(
            QFile::rename(QString::fromStdString(temporary), QString::fromStdString(station_->path(name))));
    }
    /// The page of what is not carried, with this number on it.
    bool opensPageOf(const std::string& number) {
        const auto page = station_->kioskUntil("state", [&](const Json& s) {
            return s.value("page", "") == "NotCarried" && s.value("scanned", "") == number;
        });
        return page.value("scanned", "") == number;
    }
    /// What staff read of each scanner, once it is so for all: a word that it begins with.
    bool staffReadOfAll(const std::string& word) {
        const auto isSo = [&](const Json& s) {
            int told = 0;
            for (const auto& [label, value] : s["staff"]["health"].items())
                if (label.starts_with("Scanner") && value.get<std::string>().starts_with(word)) ++told;
            return told == 4;
        };
        return isSo(station_->kioskUntil("state", isSo));
    }
    void unplugAll() {
        serial_->unplug();
        wedge_->unplug();
        QVERIFY(QDir().rename(QString::fromStdString(station_->path("frames")),
                              QString::fromStdString(station_->path("frames.gone"))));
        QVERIFY(QFile::remove(QString::fromStdString(station_->path("hand.y4m"))));
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto problem = startTillStore(*station_);
        QVERIFY2(problem.empty(), problem.c_str());
        serial_.emplace(QString::fromStdString(station_->path("tty")));
        wedge_.emplace(QString::fromStdString(station_->path("wedge")));
        QDir().mkpath(QString::fromStdString(station_->path("frames")));
        QVERIFY(writeHandVideo(station_->path("hand.y4m"), numberOf(1)));
        QVERIFY(station_->startKiosk(
            {"serial:" + station_->path("tty"), "recording:" + station_->path("wedge"),
             "images:" + station_->path("frames"), "video:" + station_->path("hand.y4m")}));
        const auto ready =
            station_->kioskUntil("state", [](const Json& s) { return s.value("catalogReady", false); });
        QVERIFY(ready.value("catalogReady", false));
    }

    void eachIsReadAndStaffAreToldThatTheyWork() {
        QVERIFY(opensPageOf(numberOf(1))); // the video
        // Only then the others: the video is shown over and over.
        serial_->send(numberOf(2) + "\r\n");
        QVERIFY(opensPageOf(numberOf(2)));
        QVERIFY(station_->kiosk("staff").value("ok", false));
        QVERIFY(station_->kiosk(std::string("scan ") + kBadge).value("ok", false));
        for (const char digit : std::string(kPin))
            QVERIFY(tap(std::string("pin-") + digit));
        QVERIFY(tap("pin-check"));
        QVERIFY(staffReadOfAll("works"));
    }

    void staffAreToldThatTheyAreGoneAndBack() {
        serial_->send("half a co");
        wedge_->send(typed("123").substr(0, 100));
        unplugAll();
        QVERIFY(staffReadOfAll("gone"));
        serial_->plugIn();
        wedge_->plugIn();
        QVERIFY(QDir().mkpath(QString::fromStdString(station_->path("frames"))));
        QVERIFY(writeHandVideo(station_->path("hand.y4m"), numberOf(3)));
        QVERIFY(staffReadOfAll("back"));
        QVERIFY(tap("staffSignOut"));
        QVERIFY(opensPageOf(numberOf(3))); // of the new video, the only one that scans by itself
    }

    void nextScanOfEachOpensTheRightPage() {
        serial_->send(numberOf(4) + "\r\n");
        QVERIFY(opensPageOf(numberOf(4)));
        wedge_->send(typed(numberOf(5)));
        QVERIFY(opensPageOf(numberOf(5)));
        showPicture(numberOf(6));
        QVERIFY(opensPageOf(numberOf(6)));
        serial_->send("9521234543213\r\n");
        const auto page = station_->kioskUntil("state", [](const Json& s) {
            return s.value("page", "") == "Product" && s["product"].value("ready", false);
        });
        QCOMPARE(QString::fromStdString(page["product"].value("sku", "")), QStringLiteral("MUG-W"));
    }
};

QTEST_GUILESS_MAIN(TestKioskScanners)
#include "tst_kiosk_scanners.moc"
