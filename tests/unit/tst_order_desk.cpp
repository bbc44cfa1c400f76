// Orders on devices and at the hub together: what is promised with a line and without, and that both ends
// come to know the same.
#include "core/order_number.h"
#include "edge/order_api.h"
#include "edge/order_view.h"
#include "edge/till_orders.h"
#include "support/direct_hub.h"
#include "support/order_samples.h"

#include <silta/uuid.h>

#include <QTest>

using namespace silta;

class TestOrderDesk : public QObject {
    Q_OBJECT

    std::unique_ptr<test::DirectHub> hub_;
    std::unique_ptr<hub::CatalogStore> catalog_;
    std::unique_ptr<test::Shelves> shelves_;
    test::Line firstLine_, secondLine_;
    std::unique_ptr<Engine> first_, second_;
    std::map<std::string, ShelfCount> replica_; ///< what both devices have heard of the shelf

    void lie(const std::string& sku, std::int32_t quantity) {
        shelves_->put(sku, 1, quantity, hub_->clock.now);
        replica_[sku] = {quantity, hub_->clock.now};
    }
    ShelfLookup shelf() {
        return [this](const std::string& sku) -> std::optional<ShelfCount> {
            const auto known = replica_.find(sku);
            return known == replica_.end() ? std::nullopt : std::optional(known->second);
        };
    }
    OrderDraft draft(const std::string& sku, int quantity, const std::string& store = {}) {
        OrderDraft wanted;
        wanted.id = makeUuid(hub_->clock, hub_->random());
        wanted.kind = OrderKind::Collect;
        wanted.store = store;
        wanted.lang = "fi";
        wanted.currency = "EUR";
        wanted.lines = {test::line(sku, quantity)};
        return wanted;
    }
    Result<KnownOrder> place(Engine& engine, const OrderDraft& wanted) {
        return engine.withOrders([&](OrderDesk& desk) { return desk.place(wanted, shelf()); });
    }
    Result<KnownOrder> find(Engine& engine, const std::string& id) {
        return engine.withOrders([&](OrderDesk& desk) { return desk.find(id); });
    }
    Result<KnownOrder> change(Engine& engine, const std::string& id, OrderAction action,
                              const std::string& request = {}) {
        OrderChange wanted;
        wanted.orderId = id;
        wanted.action = action;
        wanted.by = "018f0000-0000-7000-8000-00000000000a";
        if (action == OrderAction::Cancel) wanted.reason = "other";
        return engine.withOrders([&](OrderDesk& desk) { return desk.change(request, wanted); });
    }
    Result<KnownOrder> askReturn(Engine& engine, const KnownOrder& known) {
        OrderChange wanted;
        wanted.orderId = known.order.id;
        wanted.action = OrderAction::AskReturn;
        wanted.by = kByShopper;
        wanted.atMs = hub_->clock.now;
        wanted.parts = {{known.order.lines.front().sku, 1, "damaged", {}}};
        return engine.withOrders([&](OrderDesk& desk) { return desk.change({}, wanted); });
    }
    /// How many the till's list shows; -1: it cannot be read.
    int listedAt(Engine& engine, OrderList list) {
        std::vector<KnownOrder> orders;
        const auto done = engine.lookAtOrders([&](const OrderDesk& desk) -> Result<void> {
            auto open = desk.open();
            if (!open) return open.error();
            orders = listed(std::move(*open), list, test::kHomeStore, hub_->clock.now);
            return {};
        });
        return done ? static_cast<int>(orders.size()) : -1;
    }
    /// Tells a device that a snapshot begins, and nothing of what follows.
    void begin(Engine& engine, test::Line& line) {
        line = {};
        line.spoil = [](const std::string& path, HttpReply& reply) {
            if (!path.starts_with("/v1/changes")) return;
            auto page = *parseJson(reply.body, kChangesBytesMax);
            page["changes"] = Json::array({{{"type", "order.begin"}}});
            page["cursor"] = "lost";
            page["more"] = false;
            reply.body = dumpJson(page);
        };
        hub_->pass(400'000); // beyond any back-off
        hub_->talk(engine);
        line.spoil = {};
    }
    void cut() {
        firstLine_.isCut = secondLine_.isCut = true;
        talkBoth();
    }
    void mend() {
        firstLine_.isCut = secondLine_.isCut = false;
        hub_->pass(400'000); // beyond any back-off
        talkBoth();
        talkBoth();
    }
    void talkBoth() {
        hub_->talk(*first_);
        hub_->talk(*second_);
    }

private slots:
    void init() {
        first_.reset();
        second_.reset();
        firstLine_ = secondLine_ = {};
        replica_.clear();
        hub_ = std::make_unique<test::DirectHub>(3);
        catalog_ = std::make_unique<hub::CatalogStore>(
            *hub::CatalogStore::open(hub_->path("hub.db"), hub_->random()));
        shelves_ = std::make_unique<test::Shelves>(*catalog_);
        first_ = hub_->openEngine("first", firstLine_);
        second_ = hub_->openEngine("second", secondLine_);
        QVERIFY(hub_->enrol(*first_, test::kHomeStore));
        QVERIFY(hub_->enrol(*second_, test::kHomeStore));
        for (int turn = 0; turn < 3; ++turn)
            talkBoth();
    }

    void asksTheHubWhileThereIsALine() {
        lie("A", 1);
        const auto placed = place(*first_, draft("A", 1));
        QVERIFY(placed.has_value());
        QCOMPARE(placed->order.state, OrderState::Placed);
        QVERIFY(!placed->order.isKept);
        QVERIFY(!placed->order.word.empty());
        talkBoth();
        const auto decided = find(*first_, placed->order.id);
        QCOMPARE(decided->order.state, OrderState::Accepted);
        QVERIFY(decided->order.isKept);
        QVERIFY(decided->rev > 0);
        QCOMPARE(find(*second_, placed->order.id)->order.state, OrderState::Accepted);
        QVERIFY(find(*second_, placed->order.id)->pageKey.empty());
        const auto late = place(*second_, draft("A", 1));
        talkBoth();
        QCOMPARE(find(*second_, late->order.id)->order.state, OrderState::AcceptedUnallocated);
    }

    void promisesItsShareWithoutALine() {
        lie("A", 5);
        cut();
        // Each has half of the shelf: two of five.
        QVERIFY(place(*first_, draft("A", 2))->order.isKept);
        QVERIFY(!place(*first_, draft("A", 1))->order.isKept);
        QVERIFY(!place(*second_, draft("A", 3))->order.isKept);
        QVERIFY(place(*second_, draft("A", 1))->order.isKept);
        QVERIFY(place(*second_, draft("A", 1))->order.isKept);
        QVERIFY(!place(*second_, draft("A", 1, test::kNearStore))->order.isKept);
        mend();
        int flagged = 0;
        for (const auto& row : *hub_->store().operations(100))
            flagged += row.type == "order.place" && row.verdict == "flag" ? 1 : 0;
        QCOMPARE(flagged, 0);
    }

    void countsWhatLeftBeforeTheClockWasRight() {
        lie("A", 2);
        cut();
        const auto placed = place(*first_, draft("A", 1));
        QVERIFY(placed->order.isKept);
        OrderChange handOver;
        handOver.orderId = placed->order.id;
        handOver.action = OrderAction::HandOver;
        handOver.by = "018f0000-0000-7000-8000-00000000000a";
        handOver.atMs = 1; // a machine that woke up in 1970
        QVERIFY(first_->withOrders([&](OrderDesk& desk) { return desk.change("", handOver); }).has_value());
        QVERIFY(!place(*first_, draft("A", 1))->order.isKept);
    }

    void promisesNothingOfWhatLiesAtTheDesk() {
        lie("A", 4);
        cut();
        const auto placed = place(*first_, draft("A", 2));
        QVERIFY(placed->order.isKept);
        OrderChange missing;
        missing.orderId = placed->order.id;
        missing.action = OrderAction::Missing;
        missing.by = "018f0000-0000-7000-8000-00000000000a";
        missing.parts.push_back({"A", 1, {}, {}});
        QVERIFY(first_->withOrders([&](OrderDesk& desk) { return desk.change("", missing); }).has_value());
        QVERIFY(!place(*first_, draft("A", 1))->order.isKept);
    }

    void isRidOfWhatWasMovedAway() {
        test::Line nearLine;
        const auto near = hub_->openEngine("near", nearLine);
        QVERIFY(near != nullptr && hub_->enrol(*near, test::kNearStore));
        hub_->talk(*near);
        lie("A", 1);
        shelves_->put("A", 2, 1, hub_->clock.now);
        const auto id = place(*near, draft("A", 1, test::kHomeStore))->order.id;
        hub_->talk(*near);
        talkBoth();
        QCOMPARE(find(*first_, id)->order.state, OrderState::Accepted);
        OrderChange move;
        move.orderId = id;
        move.action = OrderAction::Move;
        move.by = "018f0000-0000-7000-8000-00000000000a";
        move.store = test::kNearStore;
        // One device is cut off, and does something with it still.
        secondLine_.isCut = true;
        QVERIFY(change(*second_, id, OrderAction::Pick).has_value());
        QVERIFY(first_->withOrders([&](OrderDesk& desk) { return desk.change("", move); }).has_value());
        talkBoth();
        talkBoth();
        QCOMPARE(find(*first_, id).error().code, Errc::NotFound);
        QCOMPARE(find(*near, id)->order.store, std::string(test::kHomeStore)); // it has not heard yet
        hub_->talk(*near);
        QCOMPARE(find(*near, id)->order.store, std::string(test::kNearStore));
        mend();
        QCOMPARE(find(*second_, id).error().code, Errc::NotFound);
        QCOMPARE(hub_->store().orderReader().events(id)->back().action, std::string("pick")); // it was heard
    }

    void promisesNothingOfAnOldFigure() {
        lie("A", 10);
        cut();
        hub_->pass(kFigureAgeMaxMs + 1'000);
        QVERIFY(!place(*first_, draft("A", 1))->order.isKept);
        lie("A", 10);
        QVERIFY(place(*first_, draft("A", 1))->order.isKept);
    }

    void promisesNothingWhileItsTimeIsEstimated() {
        lie("A", 10);
        cut();
        first_.reset();
        first_ = hub_->openEngine("first", firstLine_);
        QVERIFY(!place(*first_, draft("A", 1))->order.isKept);
        mend();
        cut();
        QVERIFY(place(*first_, draft("A", 1))->order.isKept);
    }

    void givesANewcomerItsPart() {
        lie("A", 6);
        test::Line thirdLine;
        auto third = hub_->openEngine("third", thirdLine);
        QVERIFY(hub_->enrol(*third, test::kHomeStore));
        for (int turn = 0; turn < 4; ++turn) {
            hub_->pass(20'000);
            talkBoth();
            hub_->talk(*third);
        }
        thirdLine.isCut = true;
        cut();
        hub_->talk(*third);
        int kept = 0;
        for (auto* engine : {first_.get(), second_.get(), third.get()})
            for (int order = 0; order < 4; ++order)
                kept += place(*engine, draft("A", 1))->order.isKept ? 1 : 0;
        QCOMPARE(kept, 6); // two each, and no unit twice
    }

    void placesOnce() {
        lie("A", 10);
        const auto wanted = draft("A", 1);
        const auto placed = place(*first_, wanted);
        QVERIFY(placed.has_value());
        QCOMPARE(place(*first_, wanted)->order.number, placed->order.number);
        auto another = wanted;
        another.lines.front().quantity = 2;
        QCOMPARE(place(*first_, another).error().code, Errc::Conflict);
        talkBoth();
        QCOMPARE(hub_->store().orderReader().list("", false, 10)->size(), std::size_t(1));
    }

    void givesNoNumberAgainAfterALoss() {
        lie("A", 10);
        const auto lost = place(*first_, draft("A", 1))->order.number;
        talkBoth();
        first_.reset();
        for (const auto& entry : std::filesystem::directory_iterator(hub_->path("first")))
            if (entry.path().filename().string().starts_with("journal")) std::filesystem::remove_all(entry);
        first_ = hub_->openEngine("first", firstLine_);
        QVERIFY(first_ != nullptr);
        hub_->pass(400'000);
        talkBoth();
        const auto next = place(*first_, draft("A", 1));
        QVERIFY(next.has_value());
        QVERIFY(next->order.number != lost);
    }

    void losesNoOrderWithAnAnswer() {
        lie("A", 10);
        firstLine_.losesReplies = true;
        const auto placed = place(*first_, draft("A", 2));
        hub_->talk(*first_);
        firstLine_.losesReplies = false;
        hub_->pass(400'000);
        talkBoth();
        QCOMPARE(find(*first_, placed->order.id)->order.state, OrderState::Accepted);
        const auto next = place(*first_, draft("A", 8)); // the first has taken two, once
        talkBoth();
        QCOMPARE(find(*first_, next->order.id)->order.state, OrderState::Accepted);
    }

    void handsOverWithoutALine() {
        lie("A", 4);
        const auto placed = place(*first_, draft("A", 1));
        talkBoth();
        const auto id = placed->order.id;
        cut();
        const auto request = makeUuid(hub_->clock, hub_->random());
        QCOMPARE(change(*second_, id, OrderAction::HandOver, request)->order.state, OrderState::HandedOver);
        QCOMPARE(change(*second_, id, OrderAction::HandOver, request)->order.state, OrderState::HandedOver);
        QCOMPARE(change(*second_, id, OrderAction::HandOver).error().code, Errc::Conflict);
        QCOMPARE(find(*first_, id)->order.state, OrderState::Accepted);
        mend();
        QCOMPARE(find(*first_, id)->order.state, OrderState::HandedOver);
        QCOMPARE(hub_->store().orderReader().find(id)->order.state, OrderState::HandedOver);
        QCOMPARE(hub_->store().orderReader().events(id)->size(), std::size_t(2));
    }

    void showsWhoseReturnIsAskedFor() {
        lie("A", 1);
        const auto placed = place(*first_, draft("A", 1));
        talkBoth();
        QVERIFY(change(*first_, placed->order.id, OrderAction::HandOver).has_value());
        talkBoth();
        QCOMPARE(listedAt(*first_, OrderList::Look), 0);
        hub_->pass(3'600'000);
        const auto asked = askReturn(*second_, *placed);
        QVERIFY2(asked.has_value(), asked ? "" : asked.error().what.c_str());
        QCOMPARE(listedAt(*second_, OrderList::Look), 1); // before the hub has heard of it
        talkBoth();
        talkBoth();
        QCOMPARE(listedAt(*first_, OrderList::Look), 1);
        QCOMPARE(listedAt(*second_, OrderList::Look), 1);
        QCOMPARE(listedAt(*first_, OrderList::HandOver), 0);
    }

    void doesOneWishOnceAndNoOther() {
        lie("A", 1);
        const auto id = place(*first_, draft("A", 1))->order.id;
        talkBoth();
        const auto request = makeUuid(hub_->clock, hub_->random());
        for (int turn = 0; turn < 2; ++turn)
            QCOMPARE(change(*first_, id, OrderAction::Pick, request)->order.state, OrderState::Picking);
        const auto other = change(*first_, id, OrderAction::Ready, request); // as from an old page
        QVERIFY(!other && other.error().code == Errc::Conflict);
        QCOMPARE(find(*first_, id)->order.state, OrderState::Picking);
    }

    void keepsWhatWasDoneSinceTheHubsWord() {
        lie("A", 4);
        const auto placed = place(*first_, draft("A", 1));
        talkBoth();
        const auto id = placed->order.id;
        QVERIFY(change(*first_, id, OrderAction::Pick).has_value());
        hub_->talk(*first_);
        secondLine_.isCut = true;
        hub_->talk(*second_);
        QVERIFY(change(*second_, id, OrderAction::HandOver).has_value());
        // The hub's word of the picking comes, while what was done here has not reached it.
        secondLine_.isCut = false;
        secondLine_.spoil = [](const std::string& path, HttpReply& reply) {
            if (path == "/v1/ops") reply.body = "{}";
        };
        hub_->pass(400'000);
        hub_->talk(*second_);
        QCOMPARE(find(*second_, id)->order.state, OrderState::HandedOver);
        secondLine_.spoil = {};
        mend();
        QCOMPARE(find(*second_, id)->order.state, OrderState::HandedOver);
        QCOMPARE(find(*first_, id)->order.state, OrderState::HandedOver);
    }

    void startsAgainWithWhatTheHubKnows() {
        lie("A", 4);
        const auto placed = place(*first_, draft("A", 1));
        talkBoth();
        QVERIFY(hub_->store().startEpoch());
        hub_->pass(400'000);
        talkBoth();
        talkBoth();
        QCOMPARE(find(*second_, placed->order.id)->order.state, OrderState::Accepted);
        QCOMPARE(find(*first_, placed->order.id)->order.state, OrderState::Accepted);
        QCOMPARE(hub_->store().orderReader().list("", false, 10)->size(), std::size_t(1));
    }

    void leavesWhatHasEndedEnded() {
        lie("A", 4);
        const auto mine = place(*first_, draft("A", 1))->order.id;
        const auto theirs = place(*first_, draft("A", 1))->order.id;
        talkBoth();
        QVERIFY(change(*second_, mine, OrderAction::HandOver).has_value());
        talkBoth();
        hub_->talk(*first_);
        firstLine_.isCut = true;
        QVERIFY(change(*second_, theirs, OrderAction::HandOver).has_value());
        hub_->talk(*second_);
        begin(*first_, firstLine_);
        QCOMPARE(find(*first_, mine)->order.state, OrderState::HandedOver);
        QCOMPARE(change(*first_, mine, OrderAction::HandOver).error().code, Errc::Conflict);
        hub_->talk(*first_);
        QCOMPARE(find(*first_, theirs)->order.state, OrderState::HandedOver);
        QVERIFY(find(*first_, theirs)->endedMs < hub_->clock.now - 300'000); // then, and not when it was told
    }

    void knowsARequestAgainAfterASnapshot() {
        lie("A", 4);
        const auto id = place(*first_, draft("A", 1))->order.id;
        talkBoth();
        const auto request = makeUuid(hub_->clock, hub_->random());
        QVERIFY(change(*second_, id, OrderAction::Pay, request).has_value());
        talkBoth();
        begin(*second_, secondLine_);
        QCOMPARE(change(*second_, id, OrderAction::Pay, request).error().code, Errc::NotFound);
        QVERIFY(hub_->store().startEpoch());
        hub_->pass(400'000);
        talkBoth();
        talkBoth();
        QVERIFY(change(*second_, id, OrderAction::Pay, request)->order.isPaid);
        talkBoth();
        QCOMPARE(hub_->store().orderReader().events(id)->size(), std::size_t(2));
    }

    void saysWhichOrderTheHubRefused() {
        auto wanted = draft("A", 1);
        wanted.kind = OrderKind::Home;
        wanted.sealed = "bm8gYm94"; // nobody can open it
        const auto placed = place(*first_, wanted);
        QVERIFY(!placed->isRefused);
        talkBoth();
        QVERIFY(!hub_->store().orderReader().find(wanted.id).has_value());
        TillProducts nothing("/nowhere", hub_->clock);
        const auto shown = orderJson(*find(*first_, wanted.id),
                                     {OrderReaderKind::Owner, "fi", test::kHomeStore, {}}, nothing);
        QVERIFY(shown["refused"].get<bool>());
        std::vector<KnownOrder> open;
        const auto done = first_->lookAtOrders([&](const OrderDesk& desk) -> Result<void> {
            open = desk.open().value_or(std::vector<KnownOrder>{});
            return {};
        });
        QVERIFY(done.has_value());
        QCOMPARE(listed(open, OrderList::Look, test::kHomeStore, hub_->clock.now).size(), std::size_t(1));
    }

    void letsNobodyTryNumbers() {
        lie("A", 4);
        const auto routes = kioskOrderRoutes(*first_, EdgeConfig{}, hub_->clock);
        const auto find = std::ranges::find(routes, "/v1/orders/find", &HttpServer::Route::path);
        const auto placed = place(*first_, draft("A", 1))->order;
        const auto next = place(*first_, draft("A", 1))->order;
        const auto serialOf = [](const Order& order) {
            int serial = 0;
            for (int device = 1; device < 9 && serial == 0; ++device)
                serial = orderSerialOf(order.number, device).value_or(0);
            return serial;
        };
        QVERIFY(std::abs(serialOf(next) - serialOf(placed)) > 1);
        const auto ask = [&](const std::string& code) {
            HttpRequest request;
            request.body = dumpJson({{"code", code}, {"lang", "fi"}});
            return find->handler(request).status;
        };
        for (int i = 0; i < 20; ++i)
            QCOMPARE(ask("no number"), 404);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(ask(*makeOrderNumber(1, 1'000 + i)), 404);
        QCOMPARE(ask(placed.number), 429);
        hub_->pass(60'001);
        QCOMPARE(ask(placed.number), 200);
    }

    void showsWhatMustBeGivenBack() {
        lie("A", 1);
        const auto id = place(*first_, draft("A", 1))->order.id;
        talkBoth();
        QVERIFY(change(*first_, id, OrderAction::Pay).has_value());
        QCOMPARE(listedAt(*first_, OrderList::Look), 0);
        QVERIFY(change(*first_, id, OrderAction::Cancel).has_value());
        QCOMPARE(listedAt(*first_, OrderList::Look), 1); // before the hub has heard of it
        talkBoth();
        talkBoth();
        QCOMPARE(listedAt(*second_, OrderList::Look), 1);
        QVERIFY(change(*second_, id, OrderAction::Refund).has_value());
        QCOMPARE(listedAt(*second_, OrderList::Look), 0);
        QCOMPARE(change(*second_, id, OrderAction::Refund).error().code, Errc::Conflict);
        mend();
        QCOMPARE(listedAt(*first_, OrderList::Look), 0);
        QVERIFY(hub_->store().orderReader().find(id)->order.isRefunded);
    }

    void letsASupervisorDoWithoutTheWord() {
        lie("A", 2);
        const std::string supervisor = "018f0000-0000-7000-8000-00000000000b";
        const auto isStaff = [&](const std::string& id, bool asSupervisor) {
            return !asSupervisor || id == supervisor;
        };
        const auto products = std::make_shared<TillProducts>("/nowhere", hub_->clock);
        const auto routes = tillOrderRoutes(*first_, products, isStaff, hub_->clock);
        const auto order = place(*first_, draft("A", 1))->order;
        talkBoth();
        const auto handOver = [&](const std::string& staff, const Json& with) {
            HttpRequest request;
            request.path = "/v1/orders/" + order.id + "/changes";
            Json body = {{"request", makeUuid(hub_->clock, hub_->random())},
                         {"staff", staff},
                         {"action", "hand_over"}};
            body.update(with);
            request.body = dumpJson(body);
            return std::ranges::find(routes, "/v1/orders/*/changes", &HttpServer::Route::path)
                ->handler(request)
                .status;
        };
        const std::string cashier = "018f0000-0000-7000-8000-00000000000a";
        const Json forgotten = {{"reason", kWordForgotten}};
        QCOMPARE(handOver(supervisor, Json::object()), 403); // nobody does without it silently
        QCOMPARE(handOver(cashier, forgotten), 403);
        QCOMPARE(handOver(supervisor, {{"reason", "because"}}), 400);
        QCOMPARE(find(*first_, order.id)->order.state, OrderState::Accepted);
        QCOMPARE(handOver(supervisor, forgotten), 200);
        talkBoth();
        const auto events = hub_->store().orderReader().events(order.id);
        QCOMPARE(events->back().by, supervisor);
        QVERIFY(events->back().detail.find(kWordForgotten) != std::string::npos);
    }

    void tellsStaffWhyItComesBack() {
        lie("A", 1);
        const auto placed = place(*first_, draft("A", 1));
        talkBoth();
        QVERIFY(change(*first_, placed->order.id, OrderAction::HandOver).has_value());
        QVERIFY(askReturn(*first_, *placed).has_value());
        mend();
        const auto known = find(*second_, placed->order.id);
        TillProducts nothing("/nowhere", hub_->clock);
        const auto shown = [&](OrderReaderKind reader) {
            return orderJson(*known, {reader, "fi", test::kHomeStore, {}}, nothing)["lines"][0];
        };
        QCOMPARE(textMember(shown(OrderReaderKind::Staff), "askedReason").value_or(""),
                 std::string("damaged"));
        QCOMPARE(integerMember(shown(OrderReaderKind::Staff), "asked").value_or(0), std::int64_t(1));
        QVERIFY(!shown(OrderReaderKind::Anyone).contains("askedReason"));
    }

    void letsNobodyGuessAWord() {
        lie("A", 4);
        const auto routes = kioskOrderRoutes(*first_, EdgeConfig{}, hub_->clock);
        const auto cancel = std::ranges::find(routes, "/v1/orders/*/cancellations", &HttpServer::Route::path);
        QVERIFY(cancel != routes.end());
        const auto say = [&](const std::string& id, const std::string& word) {
            HttpRequest request;
            request.path = "/v1/orders/" + id + "/cancellations";
            request.body = dumpJson({{"word", word}});
            return cancel->handler(request).status;
        };
        const auto guessed = place(*first_, draft("A", 1))->order;
        const auto another = place(*first_, draft("A", 1))->order;
        for (int i = 0; i < 5; ++i)
            QCOMPARE(say(guessed.id, "nothing"), 403);
        hub_->pass(3'600'000);
        QCOMPARE(say(guessed.id, guessed.word), 429);
        QCOMPARE(say(another.id, another.word), 200); // somebody else's order is not to suffer
        talkBoth();
        QVERIFY(change(*first_, guessed.id, OrderAction::Pick).has_value());
        QCOMPARE(say(guessed.id, guessed.word), 200);
    }

    void tellsStrangersNoSecrets() {
        lie("A", 1);
        auto wanted = draft("A", 1);
        wanted.initials = "ÄÖ";
        const auto placed = place(*first_, wanted);
        TillProducts nothing("/nowhere", hub_->clock);
        const auto shown = [&](OrderReaderKind reader) {
            return orderJson(*placed, {reader, "fi", test::kHomeStore, "https://hub"}, nothing);
        };
        const auto stranger = dumpJson(shown(OrderReaderKind::Anyone));
        for (const auto& secret : {placed->order.word, placed->order.initials, placed->pageKey})
            QVERIFY(stranger.find(secret) == std::string::npos);
        QCOMPARE(shown(OrderReaderKind::Owner)["pageUrl"].get<std::string>(),
                 "https://hub/o/" + placed->pageKey);
        QVERIFY(!shown(OrderReaderKind::Owner).contains("actions"));
        QCOMPARE(orderNumberIn(shown(OrderReaderKind::Staff)["code"].get<std::string>()).value_or(""),
                 placed->order.number);
        QVERIFY(isOrderWord("  " + placed->order.word + " ", placed->order));
        QVERIFY(!isOrderWord("", placed->order));
    }
};

QTEST_GUILESS_MAIN(TestOrderDesk)
#include "tst_order_desk.moc"
