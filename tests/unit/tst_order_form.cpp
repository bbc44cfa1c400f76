// Ordering at the kiosk: what is promised, what leaves the process, and what stays in it.
#include "support/kiosk_stage.h"

#include <QSignalSpy>
#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;
using Page = KioskController::Page;

namespace {

/// Text of its own, as typing makes it.
QString typed(const char* text) {
    return QString::fromUtf8(text);
}

OrderPerson somebody() {
    return {typed("Plantaasi Maija"), typed("planted@example.com"),
            typed("+358 40 7654321"), typed("Istutuskatu 7"),
            typed("00100"),           typed("Helsinki")};
}

/// The order form of a product that this store has.
OrderForm& orderMug(KioskStage& stage) {
    stage.open();
    stage.scan("9520000000011");
    stage.controller.orderProduct();
    stage.settle();
    return *stage.controller.orderForm();
}

Json sent(KioskStage& stage, std::size_t index = 0) {
    std::vector<std::string> placed;
    for (const auto& call : stage.edge->calls)
        if (call.method == "POST" && call.url.ends_with("/v1/orders")) placed.push_back(call.body);
    return index < placed.size() ? *parseJson(placed[index], 1 << 16) : Json();
}

} // namespace

class TestOrderForm : public QObject {
    Q_OBJECT

private slots:
    void collectsWithoutAnyName() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        QCOMPARE(stage.controller.page(), Page::Order);
        QCOMPARE(form.basket()->totalText(), QStringLiteral("€12.95"));
        QVERIFY(form.isKept());
        form.submit({});
        stage.settle();
        QCOMPARE(stage.controller.page(), Page::Ordered);
        const Json body = sent(stage);
        QCOMPARE(*textMember(body, "kind"), std::string("collect"));
        QVERIFY(!body.contains("sealed") && !body.contains("store") && !body.contains("initials"));
        QCOMPARE(*textMember(body, "word"), std::string("maple"));
        QCOMPARE(*integerMember(body["lines"][0], "unitPriceMinor"), std::int64_t{1295});
        const auto& view = *stage.controller.orderView();
        QCOMPARE(view.numberText(), QStringLiteral("K7QF-2M90"));
        QCOMPARE(view.word(), QStringLiteral("maple"));
        QCOMPARE(view.barcode(), QStringLiteral("SO-K7QF2M90"));
    }

    void sealsWhatIsTypedBeforeSending() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        QSignalSpy cleared(&form, &OrderForm::cleared);
        form.submit(somebody());
        QCOMPARE(cleared.count(), 1);
        stage.settle();
        for (const auto& call : stage.edge->calls)
            for (const char* secret : {"Plantaasi", "planted", "7654321", "Istutus", "00100"})
                QVERIFY2(call.body.find(secret) == std::string::npos, secret);
        const Json body = sent(stage);
        QCOMPARE(*textMember(body, "initials"), std::string("PM"));
        const auto sealed = fromBase64(*textMember(body, "sealed", 4096));
        const auto person = parseJson(*openSealed(*sealed, stage.hubKeys), 4096);
        QCOMPARE(*textMember(*person, "street"), std::string("Istutuskatu 7"));
        QCOMPARE(*textMember(*person, "country"), std::string("FI"));
        QCOMPARE(*textMember(*person, "phone"), std::string("+358 40 7654321"));
    }

    void wipesWhatWasTypedWhateverComesOfIt() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        stage.edge->refusal = 507;
        OrderPerson person = somebody();
        const QString fieldCopy = person.street; // as the text field holds it
        form.submit(std::move(person));
        stage.settle();
        QVERIFY(!fieldCopy.contains(QStringLiteral("Istutus")));
        QVERIFY(!form.failure().isEmpty());
        QCOMPARE(stage.controller.page(), Page::Order);
    }

    void refusesAnAddressThatLacksSomething_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("no name") << "name"
                                 << "";
        QTest::newRow("no street") << "street"
                                   << "  ";
        QTest::newRow("no town") << "city"
                                 << "";
        QTest::newRow("postcode of four digits") << "postcode"
                                                 << "0010";
        QTest::newRow("postcode of letters") << "postcode"
                                             << "SW1A 1AA";
        QTest::newRow("bad e-mail") << "email"
                                    << "maija.example.com";
        QTest::newRow("bad phone") << "phone"
                                   << "12345";
        QTest::newRow("street too long") << "street" << QString(kAddressCharsMax + 1, QLatin1Char('x'));
        QTest::newRow("phone too long") << "phone"
                                        << "0" + QString(kOrderPhoneCharsMax, QLatin1Char(' ')) + "40123456";
    }

    void refusesAnAddressThatLacksSomething() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        OrderPerson person = somebody();
        const std::map<QString, QString*> fields = {{"name", &person.name},   {"email", &person.email},
                                                    {"phone", &person.phone}, {"street", &person.street},
                                                    {"city", &person.city},   {"postcode", &person.postcode}};
        *fields.at(field) = value;
        form.submit(std::move(person));
        stage.settle();
        QVERIFY(sent(stage).is_null());
        const QStringList errors = {form.nameError(),   form.emailError(), form.phoneError(),
                                    form.streetError(), form.cityError(),  form.postcodeError(),
                                    form.contactError()};
        QCOMPARE(errors.count(QString()), errors.size() - 1);
    }

    void needsAWayToReachWhoGetsItHome() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        OrderPerson person = somebody();
        person.email.clear();
        person.phone.clear();
        form.submit(std::move(person));
        QVERIFY(!form.contactError().isEmpty());
    }

    void sendsTheSameAgainWhenTheAnswerIsLost() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        stage.edge->losesAnswer = true;
        form.submit(somebody());
        stage.settle();
        QCOMPARE(form.state(), OrderForm::State::Unsure);
        form.setKind(OrderForm::Kind::Collect);
        form.submit({});
        QCOMPARE(form.kind(), OrderForm::Kind::Home);
        stage.edge->losesAnswer = false;
        form.sendAgain();
        stage.settle();
        QCOMPARE(stage.controller.page(), Page::Ordered);
        QCOMPARE(stage.edge->orders.size(), std::size_t{1});
        QVERIFY(sent(stage, 0) == sent(stage, 1));
        QVERIFY(sent(stage, 2).is_null());
    }

    void sendsTheSameAgainWhenTooManyCome() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setKind(OrderForm::Kind::Home);
        stage.edge->refusal = 429;
        form.submit(somebody());
        stage.settle();
        QVERIFY(form.failure().contains("try again"));
        stage.edge->refusal = 0;
        form.sendAgain();
        stage.settle();
        QCOMPARE(stage.controller.page(), Page::Ordered);
        QVERIFY(!sent(stage, 0)["sealed"].get<std::string>().empty());
    }

    void saysThatTheTillTakesWhatTheDeviceDoesNot() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        stage.edge->refusal = 413;
        form.submit({});
        stage.settle();
        QCOMPARE(form.state(), OrderForm::State::Editing); // the same again would be refused again
        QVERIFY(form.failure().contains("till"));
    }

    void doesNotTakeAHomeOrderThatCouldNotBeSealed() {
        KioskStage stage;
        stage.edge->status.erase("sealKey");
        OrderForm& form = orderMug(stage);
        QVERIFY(!form.canDeliver());
        form.setKind(OrderForm::Kind::Home);
        form.submit(somebody());
        stage.settle();
        QVERIFY(sent(stage).is_null());
    }

    void reservesOnlyWhatIsHere() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        QVERIFY(form.basket()->allHere());
        form.setKind(OrderForm::Kind::Reserve);
        form.basket()->setQuantity("MUG-BLUE", 12);
        stage.settle();
        QCOMPARE(form.kind(), OrderForm::Kind::Reserve);
        form.basket()->setQuantity("MUG-BLUE", 13);
        stage.settle();
        QVERIFY(!form.basket()->allHere());
        QCOMPARE(form.kind(), OrderForm::Kind::Collect);
    }

    void proposesTheStoreThatHasIt() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000035"); // the kettle, which only store B has
        stage.controller.orderProduct();
        stage.settle();
        OrderForm& form = *stage.controller.orderForm();
        QCOMPARE(form.basket()->store(), std::string("B"));
        form.submit({});
        stage.settle();
        QCOMPARE(*textMember(sent(stage), "store"), std::string("B"));
    }

    void takesTheChosenStoreAndNoOther() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.setStore("nowhere");
        QCOMPARE(form.basket()->store(), std::string("A"));
        stage.shelf->stock[{"MUG-BLUE", "B"}] = {"MUG-BLUE", "B", 3, 1, ""};
        form.basket()->reload();
        stage.settle();
        form.setStore("B");
        form.basket()->reload();
        stage.settle();
        QCOMPARE(form.basket()->store(), std::string("B"));
    }

    void offersNearStoresOfTheCountryOnly() {
        KioskStage stage;
        for (std::size_t i = 0; i < kPickUpStoresMax + 1; ++i) {
            const std::string code = "N" + std::to_string(i);
            stage.shelf->stores.push_back(test::makeStore(code, code, 25));
            stage.shelf->stock[{"MUG-BLUE", code}] = {"MUG-BLUE", code, 9, 1, ""};
        }
        stage.shelf->stores.push_back(test::makeStore("ABROAD", "Tallinn", 24));
        stage.shelf->stores.back().country = "EE";
        stage.shelf->stock[{"MUG-BLUE", "ABROAD"}] = {"MUG-BLUE", "ABROAD", 9, 1, ""};
        const auto& rows = orderMug(stage).basket()->stores()->rows();
        QCOMPARE(rows.size(), kPickUpStoresMax);
        QCOMPARE(rows.front().code, QStringLiteral("A"));
        QVERIFY(std::none_of(rows.begin(), rows.end(), [](const auto& row) { return row.code == "ABROAD"; }));
    }

    void leavesOutWhatCannotBeOrdered() {
        KioskStage stage;
        stage.open();
        for (const char* code : {"9520000000011", "9520000000028"}) {
            stage.scan(code);
            stage.controller.addToWishlist();
            stage.settle();
        }
        stage.shelf->products[1].price.reset();
        stage.controller.orderWishlist();
        stage.settle();
        const OrderBasket& basket = *stage.controller.orderForm()->basket();
        QCOMPARE(basket.ordered().size(), std::size_t{1});
        QVERIFY(!basket.omittedText().isEmpty());
    }

    void keepsToTheLimitsOfOneOrder() {
        KioskStage stage;
        stage.open();
        std::vector<ListItem> items;
        const auto first = stage.shelf->products[0];
        for (std::size_t i = 0; i < kOrderLinesMax + 1; ++i) {
            auto copy = first;
            copy.sku = "COPY-" + std::to_string(i);
            stage.shelf->products.push_back(copy);
            items.push_back({copy.sku, kOrderQuantityMax + 1});
        }
        OrderBasket& basket = *stage.controller.orderForm()->basket();
        basket.fill(items);
        stage.settle();
        QCOMPARE(basket.ordered().size(), kOrderLinesMax);
        QCOMPARE(basket.ordered()[0].quantity, kOrderQuantityMax);
        basket.setQuantity("COPY-0", kOrderQuantityMax + 1);
        basket.setQuantity("COPY-0", 0);
        stage.settle();
        QCOMPARE(basket.ordered()[0].quantity, kOrderQuantityMax);
    }

    void saysWhatIsPromised_data() {
        QTest::addColumn<bool>("kept");
        QTest::addColumn<QString>("word");
        QTest::newRow("kept") << true << "put aside";
        QTest::newRow("asked for") << false << "in a moment";
    }

    void saysWhatIsPromised() {
        QFETCH(bool, kept);
        QFETCH(QString, word);
        KioskStage stage;
        stage.edge->keepsOrders = kept;
        OrderForm& form = orderMug(stage);
        QCOMPARE(form.isKept(), kept);
        QVERIFY2(form.promiseText().contains(word), qPrintable(form.promiseText()));
    }

    void resetForgetsTheOrder() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        form.submit({});
        stage.settle();
        stage.controller.resetSession();
        stage.settle();
        const auto& view = *stage.controller.orderView();
        QVERIFY(view.numberText().isEmpty() && view.word().isEmpty() && view.pageUrl().isEmpty());
        QVERIFY(form.basket()->ordered().empty() && form.word().isEmpty());
        QCOMPARE(stage.controller.page(), Page::Attract);
    }

    void placesElsewhereWhatIsGoneAndCallsTheFirstOff() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        stage.edge->orderState = "accepted_unallocated";
        form.submit({});
        stage.settle();
        auto& view = *stage.controller.orderView();
        QCOMPARE(view.alternatives()->count(), 1);
        const std::string first = view.order().id;
        stage.edge->orderState = "accepted";
        stage.controller.orderElsewhere("B");
        stage.settle();
        QCOMPARE(stage.edge->orders.size(), std::size_t{2});
        QCOMPARE(stage.edge->orders[first]["state"].get<std::string>(), std::string("cancelled"));
        QVERIFY(view.order().id != first);
        QCOMPARE(view.order().store, std::string("B"));
        QCOMPARE(view.tone(), OrderView::Tone::Good);
    }

    void placesNoSecondOneElsewhereWhileTheFirstMayHaveArrived() {
        KioskStage stage;
        OrderForm& form = orderMug(stage);
        stage.edge->orderState = "accepted_unallocated";
        form.submit({});
        stage.settle();
        stage.edge->losesAnswer = true;
        stage.controller.orderElsewhere("B");
        stage.settle();
        QCOMPARE(form.state(), OrderForm::State::Unsure);
        stage.edge->losesAnswer = false;
        stage.controller.orderElsewhere("C");
        stage.settle();
        QCOMPARE(form.state(), OrderForm::State::Unsure);
        stage.controller.orderElsewhere("B");
        stage.settle();
        QCOMPARE(stage.edge->orders.size(), std::size_t{2});
        QCOMPARE(stage.controller.orderView()->order().store, std::string("B"));
    }
};

QTEST_MAIN(TestOrderForm)
#include "tst_order_form.moc"
