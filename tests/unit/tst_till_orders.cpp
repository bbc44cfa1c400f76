// Orders on the till's pages: the lists, what a card says and offers in each state, one change for one wish,
// and forms that are not ours.
#include "support/html_reader.h"
#include "till/limits.h"
#include "till_order_stage.h"

#include <algorithm>

using namespace silta;
using namespace silta::till;

class TestTillOrders : public QObject, private TillOrderStage {
    Q_OBJECT

private slots:
    void init() { beginWithOrder(); }

    // ---- the lists

    void listsTheLateBeforeTheLaterAndWhoIsHereFirst() {
        auto here = order();
        here.initials = "HERE";
        here.arrivedMs = clock_.nowMs();
        auto late = order();
        late.initials = "LATE";
        late.promisedMs = clock_.nowMs() - 1;
        auto later = order();
        later.initials = "LATER";
        later.promisedMs = clock_.nowMs();
        edge_->listing.orders = {here, late, later};
        get(aino_, "/orders?lang=en");
        QCOMPARE(aino_.status, 200);
        QCOMPARE(edge_->lists.back(), OrderList::HandOver);
        const std::vector<std::size_t> places = {placeOf("The shopper is here"),
                                                 placeOf("HERE"),
                                                 placeOf("Past the promised time"),
                                                 placeOf("LATE<"),
                                                 placeOf("Later</h2>"),
                                                 placeOf("LATER<")};
        QVERIFY(std::ranges::is_sorted(places));
        QVERIFY(places.back() != std::string::npos);
        QVERIFY(says("Collected here"));
        QVERIFY(says("To pay: €259.00"));
        QVERIFY(says("4 pieces: "));
        QVERIFY(says(shownOrderNumber(number()).c_str()));
    }

    void saysOfEmptyLists_data() {
        QTest::addColumn<QString>("list");
        QTest::addColumn<int>("asked");
        QTest::addColumn<QString>("words");
        QTest::newRow("hand over") << "hand-over" << static_cast<int>(OrderList::HandOver) << "handed over.";
        QTest::newRow("fetch") << "pick" << static_cast<int>(OrderList::Pick) << "fetched from the shelves";
        QTest::newRow("look") << "look" << static_cast<int>(OrderList::Look) << "nothing to look into";
        QTest::newRow("another") << "all" << static_cast<int>(OrderList::HandOver) << "handed over.";
    }
    void saysOfEmptyLists() {
        QFETCH(QString, list);
        QFETCH(int, asked);
        QFETCH(QString, words);
        get(aino_, "/orders?lang=en&list=" + list.toStdString());
        QCOMPARE(static_cast<int>(edge_->lists.back()), asked);
        QVERIFY(says(words.toUtf8().constData()));
        QVERIFY(says("aria-current=page"));
        QVERIFY(says("data-while-down hidden>"));
        edge_->isOnline = false;
        get(aino_, "/orders?lang=en&list=" + list.toStdString());
        QVERIFY(says("data-while-down>What headquarters"));
    }

    void saysThatThereAreMore() {
        edge_->listing = {{order()}, true};
        get(aino_, "/orders?lang=en");
        QVERIFY(says("Only the first 200"));
    }

    void isReachedFromEveryPage() {
        get(aino_, "/?lang=fi");
        QVERIFY(says("data-orders aria-keyshortcuts=F2 href=\"/orders?lang=fi\""));
        Visitor stranger;
        get(stranger, "/orders");
        QVERIFY(stranger.page.find("name=badge") != std::string::npos);
        QVERIFY(edge_->lists.empty());
        get(stranger, std::string("/order?id=") + kOrderId);
        QVERIFY(stranger.page.find("name=badge") != std::string::npos);
    }

    // ---- finding one

    void findsAScannedCodeAndATypedNumber() {
        edge_->card.kind = CardKind::Order;
        edge_->card.text = number();
        post(aino_, "/find", {{"q", orderCode(number())}});
        QVERIFY(says("It is ready to hand over."));
        edge_->card = {};
        post(aino_, "/find", {{"q", number()}}); // without its hyphen
        QVERIFY(says("It is ready to hand over."));
        edge_->card.kind = CardKind::Products;
        post(aino_, "/find", {{"q", number()}});
        QVERIFY(says("It is ready to hand over."));
        edge_->card.products.resize(1);
        post(aino_, "/find", {{"q", number()}}); // it is words that find something
        QVERIFY(!says("It is ready to hand over."));
    }

    void saysThatAnOrderIsNotKnown() {
        edge_->card.kind = CardKind::Order;
        const auto other = *makeOrderNumber(9, 9);
        post(aino_, "/find", {{"q", orderCode(other)}});
        QCOMPARE(aino_.status, 404);
        QVERIFY(says("No order of this store"));
        for (const auto* id : {kOtherId, "1", "..%2Fmembers"}) {
            get(aino_, std::string("/order?id=") + id);
            QCOMPARE(aino_.status, 404);
        }
        get(aino_, "/order"); // a reload of what a form answered
        QVERIFY(says("name=q"));
    }

    // ---- what a card says and offers

    void saysEachState_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("finnish");
        const auto row = [](const char* name, OrderState state, const char* english, const char* finnish) {
            QTest::newRow(name) << static_cast<int>(state) << english << QString::fromUtf8(finnish);
        };
        row("placed", OrderState::Placed, "It is promised, and", "Se on luvattu");
        row("accepted", OrderState::Accepted, "It is promised, and", "Se on luvattu");
        row("unallocated", OrderState::AcceptedUnallocated, "No store has promised", "Mikään myymälä");
        row("picking", OrderState::Picking, "Somebody is fetching it", "Joku hakee");
        row("ready", OrderState::Ready, "ready to hand over", "valmis luovutettavaksi");
        row("handed over", OrderState::HandedOver, "It has been handed over", "Se on luovutettu");
        row("returned", OrderState::Returned, "has come back", "Kaikki on palautettu");
        row("cancelled", OrderState::Cancelled, "has been cancelled", "Se on peruttu");
        row("not collected", OrderState::NotCollected, "Nobody fetched it", "Kukaan ei noutanut");
    }
    void saysEachState() {
        QFETCH(int, state);
        QFETCH(QString, english);
        QFETCH(QString, finnish);
        order().state = static_cast<OrderState>(state);
        open();
        QVERIFY2(says(english.toUtf8().constData()), aino_.page.c_str());
        open("fi");
        QVERIFY(says(finnish.toUtf8().constData()));
    }

    void showsNoWordOfTheShoppers() {
        open();
        QVERIFY(says("Ask for the word"));
        QVERIFY(says("id=word name=word"));
        QVERIFY(!says("id=word value")); // only what is said at the desk goes into it
    }

    void showsLinesAndWhereTheyLie() {
        order().lines[0].missing = 1;
        order().lines[1].priceNowMinor = 25'900;
        open();
        QVERIFY(says("Aisle <bdi dir=auto>4</bdi>, 12 on the shelf"));
        QVERIFY(says("1 not found"));
        QVERIFY(says("€259.00 in the catalogue now"));
        QVERIFY(says("To pay: €249.00")); // without the mug that was not found
        order().isPaid = true;
        open();
        QVERIFY(says("<b>Paid</b>") && !says("To pay"));
    }

    void takesTheMoneyBeforeTheGoods() {
        open();
        QVERIFY(placeOf("value=\"pay\"") < placeOf("value=\"hand_over\""));
        QVERIFY(!says("aria-describedby=word-hint autofocus"));
        order().isPaid = true;
        std::erase(order().actions, OrderAction::Pay);
        open();
        QVERIFY(!offers("pay"));
        QVERIFY(says("aria-describedby=word-hint autofocus"));
        QVERIFY(!says("q-hint autofocus")); // one cursor
    }

    void offersWhatComesNext() {
        order().state = OrderState::Accepted;
        order().actions = {OrderAction::Pick, OrderAction::Ready, OrderAction::HandOver, OrderAction::Cancel};
        open();
        QVERIFY(offers("pick") && offers("ready") && offers("cancel") && !offers("hand_over"));
        order().arrivedMs = clock_.nowMs();
        open();
        QVERIFY(offers("hand_over"));
        QVERIFY(says("Here since"));
        order().actions.clear();
        open();
        for (const auto* act : {"pick", "ready", "pay", "hand_over", "missing", "move", "cancel", "return"})
            QVERIFY(!offers(act));
        QVERIFY(says("q-hint autofocus"));
    }

    void leavesOtherStoresWorkToThem() {
        order().store = "SE-STO-01";
        order().storeName = "Stockholm City";
        open();
        QVERIFY(says("It is served by <bdi dir=auto>Stockholm City</bdi>."));
        QVERIFY(!offers("hand_over") && !offers("missing"));
        QVERIFY(offers("pay") && offers("cancel"));
    }

    void offersOtherStores() {
        order().state = OrderState::AcceptedUnallocated;
        open();
        QVERIFY(says("No other store has all of it."));
        order().alternatives = {{"SE-STO-01", "Stockholm City", 396.4}};
        open();
        QVERIFY(says("<bdi dir=auto>Stockholm City</bdi>") && says("396\u00a0km"));
        press("move", {{"store", "SE-STO-01"}});
        QVERIFY(edge_->orderWishes.back().action == OrderAction::Move);
        QCOMPARE(edge_->orderWishes.back().store, std::string("SE-STO-01"));
    }

    void warnsFirst() {
        order().isOverPromised = order().isReturnAsked = true;
        order().isAtHub = false;
        order().expiresMs = clock_.nowMs() - 1;
        open();
        QVERIFY(says("Look at the shelf first."));
        QVERIFY(says("asked at the kiosk to return"));
        QVERIFY(says("Headquarters has not heard of it yet."));
        QVERIFY(says("The time to fetch it was over"));
    }

    // ---- changes

    void asksForOneChangeAWish() {
        open();
        const auto page = aino_;
        press("hand_over", {{"word", " Harbour "}});
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("Done."));
        const auto first = edge_->orderWishes.back();
        QCOMPARE(first.word, std::string("Harbour"));
        QCOMPARE(first.staffId, std::string(kStaffId));
        QCOMPARE(first.orderId, std::string(kOrderId));
        QVERIFY(hiddenOf("request") != first.request);
        aino_ = page;
        press("hand_over", {{"word", "Harbour"}}); // the same page once more
        QCOMPARE(edge_->orderWishes.back().request, first.request);
        open();
        QVERIFY(hiddenOf("request") != first.request);
    }

    void asksAgainForTheWord() {
        edge_->orderOutcome = OrderAnswer::Outcome::WrongWord;
        open();
        press("hand_over", {{"word", "Castle"}});
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("That is not the word."));
        QVERIFY(says("aria-invalid=true autofocus"));
        QVERIFY(!says("Castle"));
    }

    void saysThatTheOrderHasChanged() {
        open();
        order().state = OrderState::Cancelled;
        order().actions.clear();
        edge_->orderOutcome = OrderAnswer::Outcome::NotNow;
        press("ready");
        QCOMPARE(aino_.status, 409);
        QVERIFY(says("changed meanwhile") && says("It has been cancelled."));
        QVERIFY(!says("Done."));
    }

    void sendsTheSameAgainWhenEdgeDoesNotAnswer() {
        order().state = OrderState::HandedOver;
        order().actions = {OrderAction::Return};
        open();
        const auto request = hiddenOf("request");
        edge_->orderFailure = Error{Errc::Unavailable, "no answer"};
        press("return", {{"q0", "2"}, {"reason", "damaged"}, {"condition", "opened"}});
        QCOMPARE(aino_.status, 503);
        QVERIFY(says("it counts once"));
        const std::map<std::string, std::string> sent = {{"request", request},  {"order", kOrderId},
                                                         {"act", "return"},     {"q0", "2"},
                                                         {"reason", "damaged"}, {"condition", "opened"}};
        for (const auto& [name, value] : sent)
            QCOMPARE(hiddenOf(name), value);
    }

    void marksALineAsNotFound() {
        open();
        QVERIFY(says("<select name=quantity"));
        press("missing", {{"sku", "MUG-W"}, {"quantity", "2"}});
        const auto& wish = edge_->orderWishes.back();
        QVERIFY(wish.action == OrderAction::Missing);
        QCOMPARE(wish.parts, (std::vector<OrderPart>{{"MUG-W", 2, {}, {}}}));
    }

    void takesBackByLine() {
        order().state = OrderState::HandedOver;
        order().actions = {OrderAction::Return};
        order().lines[0].returned = 1;
        open();
        QVERIFY(says("<option>2</option>") && !says("<option>3</option>"));
        press("return", {{"q0", "0"}, {"q1", "0"}, {"reason", "damaged"}, {"condition", "opened"}});
        QCOMPARE(aino_.status, 422);
        QVERIFY(says("how many of what came back"));
        QVERIFY(edge_->orderWishes.empty());
        press("return", {{"q0", "2"}, {"q1", "1"}, {"reason", "damaged"}, {"condition", "opened"}});
        QCOMPARE(edge_->orderWishes.back().parts, (std::vector<OrderPart>{{"MUG-W", 2, "damaged", "opened"},
                                                                          {"TENT", 1, "damaged", "opened"}}));
        QVERIFY(says("worth €249.00"));
    }

    void saysFailures_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::newRow("not allowed") << static_cast<int>(Errc::Denied) << 403;
        QTest::newRow("not known") << static_cast<int>(Errc::NotFound) << 404;
        QTest::newRow("too many") << static_cast<int>(Errc::Limit) << 429;
        QTest::newRow("full") << static_cast<int>(Errc::Full) << 507;
        QTest::newRow("not understood") << static_cast<int>(Errc::Invalid) << 502;
        QTest::newRow("away") << static_cast<int>(Errc::Unavailable) << 503;
    }
    void saysFailures() {
        QFETCH(int, code);
        QFETCH(int, status);
        open();
        edge_->orderFailure = Error{static_cast<Errc>(code), "no"};
        press("ready");
        QCOMPARE(aino_.status, status);
        get(aino_, "/orders");
        QCOMPARE(aino_.status, status);
    }

    // ---- forms that are not ours, and limits

    void refusesOtherForms() {
        open();
        const auto page = aino_;
        for (const auto& token : {std::string(), std::string("x"), aino_.tokenOf("/find")}) {
            aino_ = page;
            press("ready", {{"token", token}});
            QCOMPARE(aino_.status, 403);
        }
        aino_ = page;
        aino_.origin = "https://evil.example";
        press("ready");
        QCOMPARE(aino_.status, 403);
        aino_ = page;
        aino_.cookies.clear();
        press("ready");
        QCOMPARE(aino_.status, 403);
        QVERIFY(edge_->orderWishes.empty());
    }

    void refusesMalformedForms_data() {
        QTest::addColumn<QString>("act");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* act, const char* field, const QString& value,
                            int status) { QTest::newRow(name) << act << field << value << status; };
        row("no act", "", "sku", "MUG-W", 400);
        row("the hub's act", "expire", "sku", "MUG-W", 400);
        row("the shopper's act", "arrive", "sku", "MUG-W", 400);
        row("money given back", "refund", "sku", "MUG-W", 200);
        row("another reason to hand over", "hand_over", "reason", "shopper", 400);
        row("a forgotten word", "hand_over", "reason", "word_forgotten", 200);
        row("reasons at the kiosk to cancel", "cancel", "reason", "as_asked", 400);
        row("no UUID of an order", "ready", "order", "1", 400);
        row("no UUID of a request", "ready", "request", "1", 400);
        row("no line", "missing", "sku", "", 400);
        row("none of a line", "missing", "quantity", "0", 400);
        row("fewer than none", "missing", "quantity", "-1", 400);
        row("more than an order has", "missing", "quantity", "100", 400);
        row("as many as an order has", "missing", "quantity", "99", 200);
        row("no number", "missing", "quantity", "1x", 400);
        row("no store", "move", "store", "", 400);
        row("a long store", "move", "store", QString(65, 'A'), 400);
        row("the longest store", "move", "store", QString(64, 'A'), 200);
        row("another reason to cancel", "cancel", "reason", "wrong_size", 400);
        row("a reason to cancel", "cancel", "reason", "shopper", 200);
        row("another reason to return", "return", "reason", "shopper", 400);
        row("another condition", "return", "condition", "new", 400);
        row("a long word", "hand_over", "word", QString(129, 'a'), 400);
        row("the longest word", "hand_over", "word", QString(128, 'a'), 200);
        row("a megabyte", "hand_over", "word", QString(1 << 20, 'a'), 413);
    }
    void refusesMalformedForms() {
        QFETCH(QString, act);
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(int, status);
        open();
        auto fields = formOf(act.toUtf8().constData());
        fields["sku"] = "MUG-W";
        fields["quantity"] = "1";
        fields["q0"] = "1";
        fields["store"] = "SE-STO-01";
        fields["reason"] = act == "return" ? "damaged" : act == "cancel" ? "shopper" : "";
        fields["condition"] = "as_new";
        fields["word"] = "Harbour";
        fields[field.toStdString()] = value.toStdString();
        post(aino_, "/order", fields);
        QCOMPARE(aino_.status, status);
        QCOMPARE(edge_->orderWishes.size(), std::size_t(status == 200 ? 1 : 0));
    }

    void fitsTheLargestOrderIntoAForm() {
        order().state = OrderState::HandedOver;
        order().actions = {OrderAction::Return};
        order().lines.assign(kOrderLinesMax, order().lines[0]);
        std::map<std::string, std::string> fields = {{"reason", "not_as_described"},
                                                     {"condition", "damaged"}};
        for (std::size_t i = 0; i < kOrderLinesMax; ++i) {
            order().lines[i].sku = "SKU-" + std::to_string(i);
            fields[returnField(i)] = "3";
        }
        open();
        press("return", fields);
        QCOMPARE(aino_.status, 200);
        QCOMPARE(edge_->orderWishes.back().parts.size(), kOrderLinesMax);
    }

    void writesNoMarkupOfOthers() {
        auto& mine = order();
        mine.number = mine.initials = mine.store = mine.storeName = kScript;
        mine.lines[0].sku = mine.lines[0].name = mine.lines[0].aisle = kScript;
        mine.alternatives = {{kScript, kScript, 1}};
        mine.actions.assign(kOrderActions.begin(), kOrderActions.end());
        const auto isClean = [this] {
            const auto tags = test::readHtml(aino_.page);
            if (!tags || aino_.page.find("<script>alert") != std::string::npos) return false;
            return std::ranges::count_if(
                       *tags, [](const auto& tag) { return tag.name == "script" && !tag.isEnd; }) == 1;
        };
        for (const auto state :
             {OrderState::Ready, OrderState::AcceptedUnallocated, OrderState::HandedOver}) {
            mine.state = state;
            open();
            QVERIFY(isClean());
        }
        edge_->listing.orders = {mine};
        get(aino_, "/orders");
        QVERIFY(isClean());
        open();
        edge_->orderFailure = Error{Errc::Unavailable, "no answer"};
        press("hand_over", {{"word", kScript}});
        QCOMPARE(aino_.status, 503);
        QVERIFY(isClean());
    }
};

QTEST_GUILESS_MAIN(TestTillOrders)
#include "tst_till_orders.moc"
