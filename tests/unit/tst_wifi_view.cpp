// The way into the guest Wi-Fi: what is asked of the edge, what is shown, and what is forgotten.
#include "support/kiosk_stage.h"

#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;

namespace {

using State = WifiView::State;

void pass(KioskStage& stage, std::int64_t ms) {
    stage.clock.now += ms;
    stage.clock.steady += ms;
    stage.controller.wifi()->tick();
    stage.settle();
}

void openPage(KioskStage& stage) {
    stage.open();
    stage.controller.openWifi();
    stage.settle();
}

} // namespace

class TestWifiView : public QObject {
    Q_OBJECT

private slots:
    void showsTheNetworkAndAPass() {
        KioskStage stage;
        stage.open();
        QVERIFY(stage.controller.hasGuestNetwork());
        stage.controller.openWifi();
        QCOMPARE(stage.controller.wifi()->state(), State::Asking);
        stage.settle();
        const auto& wifi = *stage.controller.wifi();
        QCOMPARE(stage.controller.page(), KioskController::Wifi);
        QCOMPARE(wifi.state(), State::Ready);
        QCOMPARE(wifi.networkName(), QStringLiteral("Silta Guest"));
        QCOMPARE(wifi.joinCode(), QStringLiteral("WIFI:T:nopass;S:Silta Guest;;"));
        QCOMPARE(wifi.passText(), QStringLiteral("K7QM1-FDX9R"));
        QCOMPARE(wifi.passUrl(), QStringLiteral("http://10.77.0.1/?voucher=SW1.1"));
        QCOMPARE(wifi.duration(), QStringLiteral("2 hour(s)")); // no texts are installed here
    }
    void replacesAPassBeforeItExpires() {
        KioskStage stage;
        openPage(stage);
        pass(stage, 15 * 60'000 - kPassRenewedMs - 1'000);
        QCOMPARE(stage.edge->vouchers, 1);
        pass(stage, 1'000);
        QCOMPARE(stage.edge->vouchers, 2);
        QCOMPARE(stage.controller.wifi()->passText(), QStringLiteral("K7QM2-FDX9R"));
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
    }
    void theListGoesAlongWithThePass() {
        KioskStage stage;
        openPage(stage);
        QCOMPARE(stage.edge->bodies("/vouchers"), std::vector<std::string>{"{}"});
        stage.controller.wishlist()->add("SKU-1", {});
        stage.settle();
        stage.controller.openWifi(); // the pass before came without it
        stage.settle();
        const auto body = *parseJson(stage.edge->bodies("/vouchers").at(1), 1'000);
        QCOMPARE(body.value("list", ""), stage.controller.wishlist()->id());
        QCOMPARE(body.value("listUrl", ""), stage.controller.wishlist()->url().toStdString());
        QVERIFY(!body.value("listUrl", "").empty());
        stage.controller.openHome();
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.edge->vouchers, 2);
    }
    void givesAPassForAnotherPhone() {
        KioskStage stage;
        openPage(stage);
        stage.controller.wifi()->another();
        QCOMPARE(stage.controller.wifi()->state(), State::Asking);
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
        QCOMPARE(stage.controller.wifi()->passText(), QStringLiteral("K7QM2-FDX9R"));
        // None is to be had: the one that is there is still good.
        stage.edge->refusal = 429;
        stage.controller.wifi()->another();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
        QCOMPARE(stage.controller.wifi()->passText(), QStringLiteral("K7QM2-FDX9R"));
    }
    void theOtherPhoneDoesNotGetTheList() {
        KioskStage stage;
        stage.open();
        stage.controller.wishlist()->add("SKU-1", {});
        stage.settle();
        stage.controller.openWifi();
        stage.settle();
        stage.controller.wifi()->another();
        stage.settle();
        const auto bodies = stage.edge->bodies("/vouchers");
        QVERIFY(bodies.at(0).find("list") != std::string::npos);
        QCOMPARE(bodies.at(1), std::string("{}"));
    }
    void aListThatComesWhileThePassIsMadeIsNotLeftBehind() {
        KioskStage stage;
        stage.open();
        stage.controller.openWifi();
        stage.controller.wishlist()->add("SKU-1", {});
        stage.settle();
        stage.controller.openWifi();
        stage.settle();
        QVERIFY(stage.edge->bodies("/vouchers").back().find("list") != std::string::npos);
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
    }
    void aClockThatIsSetDoesNotMatter() {
        KioskStage stage;
        openPage(stage);
        stage.clock.now -= 86'400'000;
        pass(stage, 15 * 60'000 - kPassRenewedMs);
        QCOMPARE(stage.edge->vouchers, 2);
    }
    void showsAPassUntilItExpiresWhenNoOtherIsToBeHad() {
        KioskStage stage;
        openPage(stage);
        stage.edge->reachable = false;
        pass(stage, 14 * 60'000);
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
        pass(stage, 60'000);
        QCOMPARE(stage.controller.wifi()->state(), State::Failed);
        stage.edge->reachable = true;
        pass(stage, kPassRetryMs);
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
        QCOMPARE(stage.controller.wifi()->passText(), QStringLiteral("K7QM2-FDX9R"));
    }
    void showsThePassThatItHasWhenThereIsNoAnswer() {
        KioskStage stage;
        openPage(stage);
        stage.controller.openHome();
        pass(stage, 14 * 60'000);
        stage.edge->reachable = false;
        stage.controller.openWifi(); // a new pass is due
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
        pass(stage, 60'000);
        QCOMPARE(stage.controller.wifi()->state(), State::Failed);
    }
    void asksAgainByItselfButNotAllTheTime() {
        KioskStage stage;
        stage.open();
        stage.edge->refusal = 429;
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Failed);
        const auto asked = stage.edge->bodies("/vouchers").size();
        for (int i = 0; i < 19; ++i)
            pass(stage, 250);
        QCOMPARE(stage.edge->bodies("/vouchers").size(), asked);
        pass(stage, 250);
        QCOMPARE(stage.edge->bodies("/vouchers").size(), asked + 1);
        stage.edge->refusal = 0;
        pass(stage, kPassRetryMs);
        QCOMPARE(stage.controller.wifi()->state(), State::Ready);
    }
    void saysWhenThereIsNoneAndWhenItIsClosed() {
        KioskStage stage;
        stage.open();
        stage.edge->wifi = {{"state", "none"}};
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::None);
        stage.edge->wifi = {{"state", "closed"}};
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Closed);
        QCOMPARE(stage.edge->vouchers, 0); // for nobody
        stage.edge->wifi = {{"state", "ajar"}};
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->state(), State::Failed);
    }
    void isNotOfferedWhereThereIsNoNetwork() {
        KioskStage stage;
        stage.edge->status["guestNetwork"] = false;
        stage.open();
        QVERIFY(!stage.controller.hasGuestNetwork());
    }
    void oneShopperHasOnePassAndTheNextAnother() {
        KioskStage stage;
        openPage(stage);
        stage.controller.openHome();
        pass(stage, 5 * 60'000); // nobody looks: nothing is asked for
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.edge->vouchers, 1);
        stage.controller.resetSession();
        QVERIFY(stage.controller.wifi()->passText().isEmpty());
        QVERIFY(stage.controller.wifi()->joinCode().isEmpty());
        stage.controller.openWifi();
        stage.settle();
        QCOMPARE(stage.controller.wifi()->passText(), QStringLiteral("K7QM2-FDX9R"));
    }
    void anAnswerForTheLastShopperIsDropped() {
        KioskStage stage;
        stage.open();
        stage.controller.openWifi();
        while (stage.edge->vouchers == 0) {
            stage.edgeQueue.runOne();
            if (stage.edge->vouchers == 0) QCoreApplication::sendPostedEvents();
        }
        stage.controller.resetSession(); // its answer is on the way
        stage.settle();
        QVERIFY(stage.controller.wifi()->passText().isEmpty());
        QCOMPARE(stage.controller.wifi()->state(), State::Asking);
    }
    void refusesAnswersThatAreNotWhatWasAgreed_data() {
        QTest::addColumn<QByteArray>("body");
        for (const auto* body : {"", "[]", "{}", R"({"voucher": "K7QM3-FDX9R"})",
                                 R"({"voucher":"K","url":"http://x","minutes":0,"expiresMs":1})",
                                 R"({"voucher":"K","url":"","minutes":1,"expiresMs":1})"})
            QTest::newRow(body) << QByteArray(body);
    }
    void refusesAnswersThatAreNotWhatWasAgreed() {
        QFETCH(QByteArray, body);
        QCOMPARE(parseWifiVoucher(body.toStdString()).error().code, Errc::Corrupt);
        QCOMPARE(parseGuestWifi(body.toStdString()).error().code, Errc::Corrupt);
    }
};

QTEST_MAIN(TestWifiView)
#include "tst_wifi_view.moc"
