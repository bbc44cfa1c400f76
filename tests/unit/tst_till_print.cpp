// Slips at the till: what stands on them, in four languages, and what is said of the printer.
#include "drivers/printer/escpos.h"
#include "support/receipt_paper.h"
#include "till_stage.h"

#include <QDir>
#include <QGuiApplication>
#include <algorithm>

using namespace silta;
using namespace silta::till;

namespace {

constexpr const char* kOrder = "0190f3a0-7c1e-7000-8000-0000000000d1";

class PretendPrinter final : public Printer {
public:
    PrintOutcome print(const Slip& slip) override {
        slips.push_back(slip);
        return outcome;
    }
    PrintOutcome outcome = PrintOutcome::Printed;
    std::vector<Slip> slips;
};

} // namespace

class TestTillPrint : public QObject, private TillStage {
    Q_OBJECT

    PretendPrinter printer_;

    void showCoupon() {
        edge_->card = {};
        edge_->card.kind = CardKind::WelcomeCoupon;
        edge_->card.coupon = {"10 % alennus", "WELCOME10", "2027-12-31"};
        post(aino_, "/find", {{"q", "WELCOME10"}});
    }
    void pressPrint() { post(aino_, "/print", {{"what", "coupon"}, {"code", "WELCOME10"}}); }
    static OrderFace order() {
        OrderFace face;
        face.id = kOrder;
        face.number = "123400017";
        face.initials = "AP";
        face.currency = *Currency::parse("EUR");
        face.lines = {{"MUG-W", "Żółty kubek", 2, 0, 0, 0, {}, 1'295, {}, {}, "A12"},
                      {"TENT", "Tunturi-teltta", 1, 1, 0, 0, {}, 22'900, {}, {}, "D4"}};
        return face;
    }

private slots:
    void init() {
        begin();
        printer_ = {};
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_, PosKeys{}, &printer_);
        signIn(aino_);
    }

    void printsACouponAndTheNewMembersNumber() {
        showCoupon();
        QVERIFY(says("Print a slip"));
        post(aino_, "/print", {{"what", "coupon"}, {"code", "WELCOME10"}, {"number", "9246000010000011"}});
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("It is on paper."));
        QCOMPARE(printer_.slips.size(), std::size_t(1));
        test::ReceiptPaper paper;
        QCOMPARE(QString::fromStdString(paper.feed(*drivers::toEscPos(printer_.slips[0], {}))), QString());
        QCOMPARE(QString::fromStdString(paper.lines()[0]), QString("10 % alennus"));
        QCOMPARE(paper.codes(), (std::vector<std::string>{"WELCOME10", "9246000010000011"}));
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        QVERIFY(paper.image().save(SILTA_SCREENS "/coupon.png"));
    }

    void printsAnOrderWithoutWhatIsMissing_data() {
        QTest::addColumn<QString>("lang");
        for (const auto* lang : {"en", "fi", "sv", "pl"})
            QTest::newRow(lang) << lang;
    }
    void printsAnOrderWithoutWhatIsMissing() {
        QFETCH(QString, lang);
        edge_->orderFace = order();
        post(aino_, "/print",
             {{"what", "order"},
              {"id", kOrder},
              {"lang", lang.toStdString()},
              {"token", aino_.tokenOf("/find")}});
        QCOMPARE(aino_.status, 403); // another form's token
        get(aino_, std::string("/order?id=") + kOrder + "&lang=" + lang.toStdString());
        post(aino_, "/print", {{"what", "order"}, {"id", kOrder}, {"lang", lang.toStdString()}});
        QCOMPARE(aino_.status, 200);
        test::ReceiptPaper paper(384, 32);
        const drivers::PaperFormat narrow{.columns = 32, .dots = 384};
        QCOMPARE(QString::fromStdString(paper.feed(*drivers::toEscPos(printer_.slips[0], narrow))),
                 QString());
        std::string all;
        for (const auto& line : paper.lines())
            all += line + "\n";
        QVERIFY(all.find("2 × Żółty kubek") != std::string::npos);
        QVERIFY(all.find("teltta") == std::string::npos);
        QVERIFY(all.find("25") != std::string::npos);
        QVERIFY(QDir().mkpath(SILTA_SCREENS));
        QVERIFY(paper.image().save(QString("%1/order-%2.png").arg(SILTA_SCREENS, lang)));
    }

    void saysHowThePrinterIs_data() {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("mayAgain");
        const auto row = [](const char* name, PrintOutcome outcome, const char* words, bool mayAgain) {
            QTest::newRow(name) << static_cast<int>(outcome) << words << mayAgain;
        };
        row("printed", PrintOutcome::Printed, "It is on paper.", false);
        row("sent", PrintOutcome::Sent, "does not say how it is", true);
        row("no paper", PrintOutcome::NoPaper, "The paper has run out.", true);
        row("open", PrintOutcome::CoverOpen, "cover is open", true);
        row("trouble", PrintOutcome::Trouble, "reports a fault", true);
        row("offline", PrintOutcome::Offline, "does not answer", true);
        row("no slip", PrintOutcome::Refused, "does not fit", false);
    }
    void saysHowThePrinterIs() {
        QFETCH(int, outcome);
        QFETCH(QString, words);
        QFETCH(bool, mayAgain);
        showCoupon();
        printer_.outcome = static_cast<PrintOutcome>(outcome);
        pressPrint();
        QVERIFY(says(words.toUtf8().constData()));
        QCOMPARE(says("action=\"/print\""), mayAgain);
        if (!mayAgain) return;
        QCOMPARE(QString::fromStdString(aino_.hiddenOf("code")), QString("WELCOME10"));
        printer_.outcome = PrintOutcome::Printed;
        pressPrint();
        QVERIFY(says("It is on paper."));
        QCOMPARE(printer_.slips.size(), std::size_t(2));
    }

    void worksWithoutAPrinterAndSaysSo() {
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_);
        signIn(aino_);
        showCoupon();
        QVERIFY(says("There is no printer at this till"));
        QVERIFY(!says("action=\"/print\""));
    }

    void printsNothingElse() {
        showCoupon();
        const auto before = aino_;
        const auto refused = [&](std::map<std::string, std::string> fields) {
            aino_ = before;
            post(aino_, "/print", std::move(fields));
            return aino_.status;
        };
        QCOMPARE(refused({{"what", "coupon"}}), 404);
        QCOMPARE(refused({{"what", "member"}, {"code", "WELCOME10"}}), 404);
        QCOMPARE(refused({{"what", "order"}, {"id", "../1"}}), 404);
        QCOMPARE(refused({{"what", "order"}, {"id", kOrder}}), 404);
        QCOMPARE(refused({{"what", "coupon"}, {"code", "WELCOME10"}, {"number", "1-1"}}), 404);
        QCOMPARE(refused({{"what", "coupon"}, {"code", "WELCOME10"}, {"number", std::string(33, '1')}}), 404);
        edge_->card.kind = CardKind::Product;
        QCOMPARE(refused({{"what", "coupon"}, {"code", "MUG-W"}}), 404);
        QVERIFY(printer_.slips.empty());
    }
};

QTEST_MAIN(TestTillPrint)
#include "tst_till_print.moc"
