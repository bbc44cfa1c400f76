// A customer joins on a phone of their own: a browser at the till, and another one that opens what the QR
// code on its screen says. With the line up and down, with script and without; the phone in four languages.
// Its pictures go to SILTA_SCREENS, for a person to look at.
#define ZX_USE_UTF8 1 // texts of ZXing are std::string
#include "e2e/accessibility.h"
#include "e2e/browser.h"
#include "e2e/till_store.h"

#include <ZXing/ReadBarcode.h>

#include <QDir>
#include <QImage>
#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

/// What a phone's camera makes of the screen; empty: it reads nothing.
std::string codeOn(const std::string& picture) {
    const auto grey = QImage(QString::fromStdString(picture)).convertToFormat(QImage::Format_Grayscale8);
    if (grey.isNull()) return {};
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    return ZXing::ReadBarcode(view, ZXing::DecodeHints().setTryHarder(true)).text();
}

bool saysIn(Browser& browser, const std::string& words) {
    return QTest::qWaitFor([&] { return browser.textOf("body").find(words) != std::string::npos; }, 20'000);
}

} // namespace

class TestTillPhone : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::unique_ptr<Browser> till_, phone_;
    std::string name_;
    int step_ = 0;

    std::string pictureOf(Browser& browser, const char* what) {
        auto file = fmt::format("{}/{}-{:02}-{}.png", SILTA_SCREENS, name_, ++step_, what);
        return browser.takePicture(file) ? file : std::string();
    }
    static bool cursorIn(Browser& browser, const std::string& css) {
        return QTest::qWaitFor([&] { return browser.has(css + ":focus"); }, 20'000);
    }
    static bool clickOn(Browser& browser, const std::string& css) {
        return QTest::qWaitFor([&] { return browser.click(css); }, 20'000);
    }
    bool isOnline() const { return askTill(*station_, "GET", "/v1/desk").body["online"] == true; }

    bool signIn(bool runsScript, const char* language, int width, int height) {
        till_ = std::make_unique<Browser>(BrowserSettings{.runsScript = runsScript,
                                                          .language = language,
                                                          .width = width,
                                                          .height = height,
                                                          .takesAnyCertificate = true});
        if (!till_->error().empty() || !till_->open(station_->tillUrl() + "/")) return false;
        if (!cursorIn(*till_, "#badge")) return false;
        till_->press(std::string(kBadge) + kEnter);
        if (!cursorIn(*till_, "#pin")) return false;
        till_->press(std::string(kPin) + kEnter);
        return cursorIn(*till_, "#q");
    }
    /// By keyboard alone, beyond the field's button. Gives what the code on the screen says.
    std::string invite() {
        till_->press(std::string(kTab) + kTab + kEnter);
        if (!QTest::qWaitFor([&] { return till_->has(".qr"); }, 20'000)) return {};
        return codeOn(pictureOf(*till_, "till-shows-it"));
    }
    bool openPhone(const char* language, const std::string& url) {
        phone_ = std::make_unique<Browser>(BrowserSettings{.language = language});
        return phone_->error().empty() && phone_->open(url);
    }
    /// Types and ticks what is needed, and sends it.
    bool join(const std::string& email) {
        if (!clickOn(*phone_, "#email")) return false;
        phone_->press(email);
        return clickOn(*phone_, "#terms") && clickOn(*phone_, "#age") && clickOn(*phone_, ".go");
    }
    Json member(const std::string& email) const {
        for (const auto& member : station_->hub("members"))
            if (member["email"] == email) return member;
        return Json::object();
    }

private slots:
    void initTestCase() {
        if (const auto missing = Browser::missing(); !missing.empty()) QSKIP(missing.c_str());
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(station_->startTill());
    }
    void init() {
        if (!station_) QSKIP("skipped: no store");
        step_ = 0;
    }
    void cleanup() {
        till_.reset();
        phone_.reset();
    }

    void joinsOnThePhone_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("isCut");
        QTest::addColumn<bool>("runsScript");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::newRow("a till") << "en" << false << true << 1'280 << 800;
        QTest::newRow("a tablet, the line is down") << "fi" << true << true << 768 << 1'024;
        QTest::newRow("an old till, no script") << "en" << false << false << 1'024 << 768;
    }
    void joinsOnThePhone() {
        QFETCH(QString, language);
        QFETCH(bool, isCut);
        QFETCH(bool, runsScript);
        QFETCH(int, width);
        QFETCH(int, height);
        const bool isFinnish = language == "fi";
        name_ = fmt::format("phone-{}x{}", width, height);
        QVERIFY(signIn(runsScript, language.toUtf8().constData(), width, height));
        QVERIFY(!pictureOf(*till_, "start").empty());
        if (isCut) {
            station_->stopHub();
            QTRY_VERIFY_WITH_TIMEOUT(!isOnline(), 60'000);
        }
        const auto url = invite();
        QVERIFY2(url.starts_with(station_->hubUrl() + "/j/"), url.c_str());
        QVERIFY(saysIn(*till_, isCut ? "ei voi kertoa" : "Waiting for the customer"));
        QVERIFY(cursorIn(*till_, "#q"));
        if (isCut) QVERIFY(station_->startHub());

        const auto email = name_ + "@example.com";
        QVERIFY(openPhone("fi", url));
        QVERIFY(saysIn(*phone_, "Liity jäseneksi"));
        QVERIFY(!pictureOf(*phone_, "form").empty());
        QVERIFY(clickOn(*phone_, ".go"));
        QVERIFY(saysIn(*phone_, "Jotain puuttuu"));
        QVERIFY(!pictureOf(*phone_, "problems").empty());
        QVERIFY(join(email));
        QVERIFY(saysIn(*phone_, "Olet nyt jäsen"));
        QVERIFY(saysIn(*phone_, "WELCOME10"));
        QVERIFY(phone_->textOf("body").find(email) == std::string::npos);
        const auto shown = pictureOf(*phone_, "joined");
        const auto known = member(email);
        const auto number = textMember(known, "number").value_or("");
        QCOMPARE(number.size(), std::size_t(16));
        QCOMPARE(QString::fromStdString(codeOn(shown)), QString::fromStdString(number));
        QCOMPARE(QString::fromStdString(textMember(known, "lang").value_or("")), QString("fi"));

        // Staff see it: at once, or when the line is back, or when they look.
        if (isCut) QCOMPARE(station_->ctl("sync").status, 0);
        const auto* words = isFinnish ? "Tervetuloa jäseneksi" : "Welcome to the club";
        const auto isSeen = [&] {
            if (!runsScript) till_->click("a.quiet"); // gone once it is done
            return QTest::qWaitFor([&] { return till_->textOf("body").find(words) != std::string::npos; },
                                   1'000);
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSeen(), 60'000);
        QVERIFY(saysIn(*till_, number.substr(0, 4)));
        QVERIFY(saysIn(*till_, "WELCOME10"));
        QVERIFY(!pictureOf(*till_, "till-sees-it").empty());
        QVERIFY(cursorIn(*till_, "#q"));
        till_->press(number + kEnter);
        QVERIFY(saysIn(*till_, isFinnish ? "Jäsen " : "Member since"));

        QVERIFY(phone_->open(url + "?lang=en"));
        QVERIFY(saysIn(*phone_, "This code has been used"));
        QVERIFY(!pictureOf(*phone_, "used").empty());
    }

    /// In four languages, at every size, in light and dark, by keyboard.
    void canBeUsedByEverybody() {
        const Accessibility accessibility(SILTA_AXE);
        name_ = "phone-everybody";
        QVERIFY(signIn(true, "en", 1'280, 800));
        const auto url = invite();
        std::string faults;
        const Looks everything;
        const Looks sizes{.inLight = false, .inDark = false};
        const auto look = [&](Browser& browser, const std::string& page, const Looks& looks) {
            if (!accessibility.missing().empty()) return;
            for (const auto& line :
                 QByteArray::fromStdString(accessibility.faultsOf(browser, looks)).split('\n'))
                if (!line.isEmpty() && !line.contains("meta-refresh"))
                    faults += page + ": " + line.toStdString() + '\n';
        };
        look(*till_, "till", everything);
        const std::vector<std::tuple<const char*, const char*, const char*, const char*>> said = {
            {"en", "Become a member", "Something is missing", "This code does not work"},
            {"fi", "Liity jäseneksi", "Jotain puuttuu", "Tämä koodi ei toimi"},
            {"sv", "Bli medlem", "Något saknas", "Den här koden fungerar inte"},
            {"pl", "Dołącz do klubu", "Czegoś brakuje", "Ten kod nie działa"}};
        for (const auto& [language, title, wrong, unknown] : said) {
            QVERIFY(openPhone(language, url));
            QVERIFY2(saysIn(*phone_, title), language);
            QVERIFY(!pictureOf(*phone_, (std::string("form-") + language).c_str()).empty());
            const auto& looks = std::string_view(language) == "en" ? everything : sizes; // the words differ
            look(*phone_, fmt::format("form {}", language), looks);
            QVERIFY(phone_->open(url));
            QVERIFY(clickOn(*phone_, ".go"));
            QVERIFY2(saysIn(*phone_, wrong), language);
            look(*phone_, fmt::format("problems {}", language), looks);
            QVERIFY(phone_->open(station_->hubUrl() + "/j/" + std::string(138, 'A')));
            QVERIFY2(saysIn(*phone_, unknown), language);
        }
        QVERIFY(openPhone("pl", url));
        QVERIFY(saysIn(*phone_, "Dołącz do klubu"));
        QVERIFY(join("everybody-" + name_ + "@example.com"));
        QVERIFY(saysIn(*phone_, "Jesteś w klubie"));
        look(*phone_, "joined", everything);
        QVERIFY2(faults.empty(), faults.c_str());
        if (!accessibility.missing().empty()) QSKIP(accessibility.missing().c_str());
    }

    void leavesNobodyOnTheDevice() {
        const auto found = fileThatHolds(*station_, {"phone-1280x800@example.com"});
        QVERIFY2(found.empty(), found.c_str());
    }
};

QTEST_GUILESS_MAIN(TestTillPhone)
#include "tst_till_phone.moc"
