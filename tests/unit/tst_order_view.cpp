// An order on the screen: what it says of each state, what can be done, and what it asks of the device.
#include "support/kiosk_stage.h"
#include "view/code_item.h"
#include "view/postcode.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;
using Page = KioskController::Page;

namespace {

constexpr const char* kNumber = "K7QF2M90";

/// An order of this store in a state, looked for by its number.
OrderView& foundAs(KioskStage& stage, const std::string& state, Json more = Json::object()) {
    Json order = {{"orderId", "01890000-0000-7000-8000-000000000001"},
                  {"number", kNumber},
                  {"kind", "collect"},
                  {"lines", {{{"sku", "MUG-BLUE"}, {"quantity", 2}, {"unitPriceMinor", 1295}}}},
                  {"currency", "EUR"},
                  {"totalMinor", 2590},
                  {"state", state},
                  {"promise", "kept"},
                  {"word", "maple"},
                  {"store", "A"},
                  {"pageUrl", "https://hub.example/o/secret"},
                  {"promisedMs", stage.clock.now},
                  {"expiresMs", stage.clock.now}};
    order.update(more);
    stage.edge->orders[order["orderId"]] = order;
    stage.open();
    stage.controller.findOrder(kNumber);
    stage.settle();
    return *stage.controller.orderView();
}

} // namespace

class TestOrderView : public QObject {
    Q_OBJECT

private slots:
    void findsAnOrderWithoutItsWord() {
        KioskStage stage;
        const OrderView& view = foundAs(stage, "ready");
        QCOMPARE(stage.controller.page(), Page::FoundOrder);
        QCOMPARE(view.state(), OrderView::State::Shown);
        QVERIFY(view.word().isEmpty() && view.pageUrl().isEmpty() && !view.isOwn());
        QVERIFY(view.text().contains("Store A"));
        const auto& rows = const_cast<OrderView&>(view).lines()->rows();
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0].title, QStringLiteral("Blue mug"));
        QCOMPARE(rows[0].price, QStringLiteral("€25.90"));
    }

    void allowsWhatTheStateAllows_data() {
        QTest::addColumn<QString>("state");
        QTest::addColumn<bool>("arrive");
        QTest::addColumn<bool>("cancel");
        QTest::addColumn<bool>("bringBack");
        QTest::newRow("placed and kept") << "placed" << true << true << false;
        QTest::newRow("accepted") << "accepted" << true << true << false;
        QTest::newRow("gone") << "accepted_unallocated" << false << true << false;
        QTest::newRow("picking") << "picking" << true << true << false;
        QTest::newRow("ready") << "ready" << true << true << false;
        QTest::newRow("handed over") << "handed_over" << false << false << true;
        QTest::newRow("returned") << "returned" << false << false << false;
        QTest::newRow("cancelled") << "cancelled" << false << false << false;
        QTest::newRow("not collected") << "not_collected" << false << false << false;
    }

    void allowsWhatTheStateAllows() {
        QFETCH(QString, state);
        QFETCH(bool, arrive);
        QFETCH(bool, cancel);
        QFETCH(bool, bringBack);
        KioskStage stage;
        const OrderView& view = foundAs(stage, state.toStdString());
        QVERIFY(!view.title().isEmpty() && !view.text().isEmpty());
        QCOMPARE(view.canArrive(), arrive);
        QCOMPARE(view.canCancel(), cancel);
        QCOMPARE(view.canReturn(), bringBack);
    }

    void doesNotCallStaffForWhatIsElsewhereOrPromisedToNobody() {
        KioskStage stage;
        QVERIFY(!foundAs(stage, "ready", {{"store", "B"}}).canArrive());
        KioskStage other;
        QVERIFY(!foundAs(other, "placed", {{"promise", "requested"}}).canArrive());
        KioskStage home;
        QVERIFY(!foundAs(home, "accepted", {{"kind", "home"}}).canArrive());
        KioskStage paid;
        QVERIFY(!foundAs(paid, "ready", {{"paid", true}}).canCancel());
    }

    void callsStaffOnce() {
        KioskStage stage;
        OrderView& view = foundAs(stage, "ready");
        view.arrive();
        view.arrive();
        stage.settle();
        QVERIFY(view.hasArrived());
        view.arrive();
        stage.settle();
        QCOMPARE(stage.edge->bodies("/orders/01890000-0000-7000-8000-000000000001/arrivals").size(),
                 std::size_t{1});
    }

    void cancelsOnlyWithTheWord() {
        KioskStage stage;
        OrderView& view = foundAs(stage, "ready");
        view.cancel("birch");
        stage.settle();
        QVERIFY(!view.failure().isEmpty());
        QVERIFY(view.canCancel());
        view.cancel(" maple ");
        stage.settle();
        QVERIFY(view.failure().isEmpty());
        QCOMPARE(view.tone(), OrderView::Tone::Over);
    }

    void asksForTheReturnOfWhatWasNotReturnedYet() {
        KioskStage stage;
        OrderView& view =
            foundAs(stage, "handed_over",
                    {{"lines",
                      {{{"sku", "MUG-BLUE"}, {"quantity", 3}, {"returned", 1}, {"unitPriceMinor", 1295}},
                       {{"sku", "MUG-RED"}, {"quantity", 1}, {"returned", 1}, {"unitPriceMinor", 1295}}}}});
        view.askReturn({"MUG-RED"}, "damaged");
        stage.settle();
        QVERIFY(!view.isReturnAsked());
        view.askReturn({"MUG-BLUE", "MUG-RED"}, "damaged");
        stage.settle();
        QVERIFY(view.isReturnAsked());
        const auto bodies =
            stage.edge->bodies("/orders/01890000-0000-7000-8000-000000000001/return-requests");
        QCOMPARE(bodies.size(), std::size_t{1});
        const auto body = parseJson(bodies[0], 4096);
        QCOMPARE((*body)["lines"].size(), std::size_t{1});
        QCOMPARE(*integerMember((*body)["lines"][0], "quantity"), std::int64_t{2});
        QCOMPARE(*textMember((*body)["lines"][0], "reason"), std::string("damaged"));
    }

    void tellsWhenNothingIsFoundAndWhenNobodyAnswers() {
        KioskStage stage;
        stage.open();
        OrderView& view = *stage.controller.orderView();
        stage.controller.findOrder("0000-0000");
        QCOMPARE(view.state(), OrderView::State::Asking);
        stage.settle();
        QCOMPARE(view.state(), OrderView::State::Unknown);
        stage.edge->reachable = false;
        stage.controller.findOrder("0000-0000");
        stage.settle();
        QCOMPARE(view.state(), OrderView::State::Failed);
    }

    void looksSoonAndThenSeldomWhatTheHubSays() {
        KioskStage stage;
        stage.open();
        stage.edge->keepsOrders = false;
        stage.scan("9520000000011");
        stage.controller.orderProduct();
        stage.settle();
        stage.controller.orderForm()->submit({});
        stage.settle();
        OrderView& view = *stage.controller.orderView();
        QCOMPARE(view.title(), QStringLiteral("One moment"));
        const auto asked = [&stage] {
            return std::count_if(
                stage.edge->calls.begin(), stage.edge->calls.end(), [](const HttpCall& call) {
                    return call.method == "GET" && call.url.find("/v1/orders/0") != std::string::npos;
                });
        };
        const auto pass = [&](std::int64_t ms) {
            stage.clock.steady += ms;
            view.tick();
            stage.settle();
        };
        pass(kOrderSoonMs);
        QCOMPARE(asked(), 1);
        pass(kOrderSoonMs - 1);
        QCOMPARE(asked(), 1);
        pass(kOrderDecidedMs);
        QCOMPARE(asked(), 2);
        QCOMPARE(view.title(), QStringLiteral("We have asked for it"));
        pass(kOrderLaterMs - 1);
        QCOMPARE(asked(), 2);
        for (auto& [id, order] : stage.edge->orders)
            order["state"] = "accepted";
        pass(1);
        QCOMPARE(view.title(), QStringLiteral("It is yours"));
        QCOMPARE(view.word(), QStringLiteral("maple"));
        stage.controller.openHome();
        pass(kOrderLaterMs);
        QCOMPARE(asked(), 3);
    }

    void refusesWhatIsNoOrder_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no JSON") << QByteArray("<html>");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no number") << QByteArray(R"({"orderId":"x"})");
        QTest::newRow("no lines") << QByteArray(
            R"({"orderId":"x","number":"K","kind":"home","state":"placed","lines":[]})");
        QTest::newRow("unknown state") << QByteArray(
            R"({"orderId":"x","number":"K","kind":"home","state":"lost","lines":[{"sku":"a"}]})");
        QTest::newRow("unknown kind") << QByteArray(
            R"({"orderId":"x","number":"K","kind":"sea","state":"placed","lines":[{"sku":"a"}]})");
        QByteArray many = R"({"orderId":"x","number":"K","kind":"home","state":"placed","lines":[)";
        for (int i = 0; i < 21; ++i)
            many += QByteArray(i == 0 ? "" : ",") + R"({"sku":"a"})";
        QTest::newRow("too many lines") << many + "]}";
    }

    void refusesWhatIsNoOrder() {
        QFETCH(QByteArray, body);
        const auto order = parseOrder(body.toStdString());
        QVERIFY(!order);
        QCOMPARE(order.error().code, Errc::Corrupt);
    }

    void postcodesAreThoseOfTheCountry_data() {
        QTest::addColumn<QString>("country");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::newRow("Finland") << "FI"
                                 << "00100" << true;
        QTest::newRow("Finland, letters") << "FI"
                                          << "0010O" << false;
        QTest::newRow("Sweden") << "SE"
                                << "111 22" << true;
        QTest::newRow("Sweden, together") << "SE"
                                          << "11122" << true;
        QTest::newRow("Poland") << "PL"
                                << "00-950" << true;
        QTest::newRow("Poland, short") << "PL"
                                       << "00-95" << false;
        QTest::newRow("Latvia") << "LV"
                                << "LV-1010" << true;
        QTest::newRow("Latvia, bare") << "LV"
                                      << "1010" << true;
        QTest::newRow("Britain") << "GB"
                                 << "SW1A 1AA" << true;
        QTest::newRow("elsewhere") << "XX"
                                   << "whatever" << true;
        QTest::newRow("elsewhere, none") << "XX"
                                         << " " << false;
        QTest::newRow("elsewhere, too long") << "XX"
                                             << "1234567890123" << false;
    }

    void postcodesAreThoseOfTheCountry() {
        QFETCH(QString, country);
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(isPostcode(country.toStdString(), text.toStdString()), good);
    }

    void barcodeIsReadAgain() {
        const QString text = QStringLiteral("SO-K7QF2M90");
        const QImage row = barcodeImage(text, Qt::black, Qt::white);
        QVERIFY(!row.isNull());
        const QImage image = row.scaled(row.width() * 3, 60).convertToFormat(QImage::Format_Grayscale8);
        const auto read =
            ZXing::ReadBarcode({image.constBits(), image.width(), image.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(image.bytesPerLine())});
        QCOMPARE(QString::fromStdString(read.text()), text);
        QVERIFY(barcodeImage({}, Qt::black, Qt::white).isNull());
        QVERIFY(
            barcodeImage(QString(kBarcodeLettersMax + 1, QLatin1Char('A')), Qt::black, Qt::white).isNull());
        QVERIFY(barcodeImage(QStringLiteral("Ä"), Qt::black, Qt::white).isNull());
    }
};

QTEST_MAIN(TestOrderView)
#include "tst_order_view.moc"
