// Orders at the hub, on both stores: who gets the stock, and who hears of it.
#include "hub/hub_database.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"
#include "support/order_samples.h"

#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <mutex>
#include <set>
#include <thread>

using namespace silta;
using namespace silta::hub;
using test::line;

class TestOrderRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{11};
    HubKeys keys_;
    std::string where_;
    std::unique_ptr<CatalogStore> catalog_;
    std::unique_ptr<test::Shelves> shelves_;
    std::mutex catalogMutex_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow home_, second_, near_;
    std::map<std::string, std::int64_t> seqs_;
    std::map<std::string, std::string> cursors_;
    int serial_ = 0;
    std::string by_;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    DeviceRow enrol(const std::string& id, const std::string& storeCode) {
        const auto code = *store_->devices().makeEnrolCode(storeCode, 24);
        return *store_->devices().enrol(code, id, std::string(31, 'p') + id.back());
    }
    std::unique_ptr<OperationStore> openStore() {
        auto store = *OperationStore::open(where_, keys_, clock_, random_);
        if (postgres_ != nullptr) store->setCatalog({&catalog_->database(), &catalogMutex_});
        return store;
    }
    std::string lineOf(const DeviceRow& device, const std::string& type, const std::string& orderId,
                       const Json& data) {
        Operation operation;
        operation.id = uuid();
        operation.device = device.id;
        operation.incarnation = "inc1";
        operation.seq = ++seqs_[device.id];
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = "order/" + orderId;
        operation.type = type;
        operation.data = data;
        return toLine(operation) + "\n";
    }
    static VerdictKind verdictOf(const Result<PushReply>& reply) {
        return reply && reply->verdicts.size() == 1 ? reply->verdicts.front().kind : VerdictKind::Unknown;
    }
    Json placing(const Order& order, bool isNamed = false) {
        OrderPlacing placing{order, isNamed ? test::sealedAddress(keys_.seal.publicKey) : "",
                             std::string(kOrderPageKeyLetters, 'k')};
        return toJson(placing);
    }
    VerdictKind place(const DeviceRow& device, const Order& order, bool isNamed = false) {
        return verdictOf(store_->receive(device, "inc1",
                                         lineOf(device, "order.place", order.id, placing(order, isNamed))));
    }
    VerdictKind change(const DeviceRow& device, const std::string& id, OrderAction action,
                       std::vector<OrderPart> parts = {}, const std::string& store = {}, UtcMs atMs = 0,
                       const std::string& reason = {}) {
        OrderChange wanted;
        wanted.orderId = id;
        wanted.action = action;
        wanted.by = by_;
        wanted.atMs = atMs > 0 ? atMs : clock_.now;
        wanted.parts = std::move(parts);
        wanted.store = store;
        wanted.reason = action == OrderAction::Cancel ? "other" : reason;
        return verdictOf(store_->receive(device, "inc1", lineOf(device, "order.change", id, toJson(wanted))));
    }
    Order wanted(std::vector<OrderLine> lines, OrderKind kind = OrderKind::Collect,
                 const std::string& store = test::kHomeStore) {
        return test::order(uuid(), kind, std::move(lines), store, ++serial_);
    }
    Order atHub(const std::string& id) { return store_->orderReader().find(id)->order; }
    std::vector<Json> toldTo(const DeviceRow& device) {
        const auto page = store_->changesFor(device.id, cursors_[device.id]);
        cursors_[device.id] = page->cursor;
        std::vector<Json> orders;
        for (const auto& each : page->changes)
            if (textMember(each, "type") == "order.put") orders.push_back(each);
        return orders;
    }

public:
    explicit TestOrderRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        seqs_.clear();
        cursors_.clear();
        const auto path = (folder_->path() + "/hub.db").toStdString();
        keys_ = *loadOrMakeHubKeys(path + ".keys");
        where_ = postgres_ != nullptr ? postgres_->makeDatabase() : path;
        catalog_ = std::make_unique<CatalogStore>(*CatalogStore::open(path, random_));
        shelves_ = std::make_unique<test::Shelves>(*catalog_);
        store_ = openStore();
        home_ = enrol("d1", test::kHomeStore);
        second_ = enrol("d2", test::kHomeStore);
        near_ = enrol("d3", test::kNearStore);
        by_ = "018f0000-0000-7000-8000-00000000000a";
        QVERIFY(store_->addStaff({by_, "1001", "Sari", StaffRole::Cashier, "hash"},
                                 {test::kHomeStore, test::kNearStore}));
        for (const auto& device : {home_, second_, near_})
            toldTo(device);
    }

    /// Of a restored hub, which hears last of the order and of the move that made it that store's.
    void countsWhatAStoreGaveAwayBeforeItHeardOfTheMove() {
        const auto order = wanted({test::line("A", 1)});
        QCOMPARE(change(near_, order.id, OrderAction::Pick), VerdictKind::Ok);
        QCOMPARE(change(near_, order.id, OrderAction::HandOver), VerdictKind::Ok);
        QCOMPARE(place(home_, order), VerdictKind::Flag);
        QCOMPARE(atHub(order.id).state, OrderState::HandedOver);
        QCOMPARE(change(home_, order.id, OrderAction::Move, {}, test::kNearStore), VerdictKind::Flag);
        QCOMPARE(change(home_, order.id, OrderAction::Cancel), VerdictKind::Flag);
        QCOMPARE(atHub(order.id).state, OrderState::HandedOver);
    }

    void givesOneUnitToOneOfThree() {
        shelves_->put("A", 1, 1, clock_.now);
        shelves_->put("A", 3, 5, clock_.now);
        QVERIFY(shelves_->isSound());
        std::vector<std::string> ids;
        for (const auto* device : {&home_, &second_, &near_}) {
            auto order = wanted({line("A", 1)});
            if (device == &near_) order.madeIn = test::kNearStore;
            ids.push_back(order.id);
            QCOMPARE(place(*device, order), VerdictKind::Ok);
        }
        QCOMPARE(atHub(ids[0]).state, OrderState::Accepted);
        QVERIFY(atHub(ids[0]).isKept);
        for (const auto& id : {ids[1], ids[2]}) {
            const auto order = atHub(id);
            QCOMPARE(order.state, OrderState::AcceptedUnallocated);
            QVERIFY(!order.isKept);
            QCOMPARE(order.alternatives.size(), std::size_t(1));
            QCOMPARE(order.alternatives.front().store, std::string(test::kFarStore));
            QVERIFY(order.alternatives.front().km > 400);
        }
    }

    void givesOneUnitToOneOfThreeAtOnce() {
        shelves_->put("A", 1, 1, clock_.now);
        const std::vector<DeviceRow> devices = {home_, second_, near_};
        std::vector<std::string> lines;
        std::vector<std::string> ids;
        for (const auto& device : devices) {
            const auto order = wanted({line("A", 1)});
            ids.push_back(order.id);
            lines.push_back(lineOf(device, "order.place", order.id, placing(order)));
        }
        std::vector<std::unique_ptr<OperationStore>> stores;
        for (std::size_t i = 0; i < devices.size(); ++i)
            stores.push_back(openStore());
        std::vector<VerdictKind> verdicts(devices.size());
        {
            std::vector<std::jthread> pushes;
            for (std::size_t i = 0; i < devices.size(); ++i)
                pushes.emplace_back([&, i] {
                    auto reply = stores[i]->receive(devices[i], "inc1", lines[i]);
                    while (!reply && reply.error().code == Errc::Busy) // as a device would, until it is taken
                        reply = stores[i]->receive(devices[i], "inc1", lines[i]);
                    verdicts[i] = verdictOf(reply);
                });
        }
        QCOMPARE(std::ranges::count(verdicts, VerdictKind::Ok), 3);
        const auto accepted = std::ranges::count_if(
            ids, [this](const std::string& id) { return atHub(id).state == OrderState::Accepted; });
        QCOMPARE(accepted, 1);
    }

    void countsWhatWasHandedOverUntilTheFigureKnows() {
        shelves_->put("A", 1, 2, clock_.now);
        const auto first = wanted({line("A", 2)});
        QCOMPARE(place(home_, first), VerdictKind::Ok);
        clock_.now += 1'000;
        QCOMPARE(change(home_, first.id, OrderAction::HandOver), VerdictKind::Ok);
        const auto second = wanted({line("A", 1)});
        place(home_, second);
        QCOMPARE(atHub(second.id).state, OrderState::AcceptedUnallocated);
        clock_.now += 1'000;
        shelves_->put("A", 1, 1, clock_.now); // counted after the two had left
        const auto third = wanted({line("A", 1)});
        place(home_, third);
        QCOMPARE(atHub(third.id).state, OrderState::Accepted);
    }

    void believesNoClockFarOff() {
        shelves_->put("A", 1, 2, clock_.now);
        auto ahead = wanted({line("A", 1)});
        ahead.placedMs = ahead.promisedMs = clock_.now + 10 * kOrderCollectMs;
        ahead.expiresMs = ahead.placedMs + kOrderCollectMs;
        QCOMPARE(place(home_, ahead), VerdictKind::Ok);
        QCOMPARE(atHub(ahead.id).placedMs, clock_.now);
        QCOMPARE(atHub(ahead.id).promisedMs, clock_.now + kOrderPickMs);
        QCOMPARE(atHub(ahead.id).expiresMs, clock_.now + kOrderCollectMs);
        auto behind = wanted({line("A", 1)});
        behind.expiresMs = 2'000;
        QCOMPARE(place(home_, behind), VerdictKind::Ok);
        QCOMPARE(*store_->tendOrders(), std::int64_t{0});
        QCOMPARE(atHub(behind.id).expiresMs, clock_.now + kOrderNoticeMs);
        QCOMPARE(change(home_, behind.id, OrderAction::HandOver, {}, {}, 5), VerdictKind::Ok);
        const auto next = wanted({line("A", 1)}); // what left "in 1970" is in the figure still
        place(home_, next);
        QCOMPARE(atHub(next.id).state, OrderState::AcceptedUnallocated);
    }

    void freesWhatIsCancelled() {
        shelves_->put("A", 1, 1, clock_.now);
        const auto first = wanted({line("A", 1)});
        place(home_, first);
        QCOMPARE(change(home_, first.id, OrderAction::Cancel), VerdictKind::Ok);
        const auto second = wanted({line("A", 1)});
        place(home_, second);
        QCOMPARE(atHub(second.id).state, OrderState::Accepted);
    }

    void honoursWhatADevicePromised() {
        shelves_->put("A", 1, 1, clock_.now);
        place(near_, wanted({line("A", 1)}));
        auto promised = wanted({line("A", 1)});
        promised.isKept = true;
        QCOMPARE(place(home_, promised), VerdictKind::Flag);
        QCOMPARE(atHub(promised.id).state, OrderState::Accepted);
        QVERIFY(atHub(promised.id).isOverPromised);
        auto another = wanted({line("A", 1)}); // another store's shelf is not this device's to promise
        another.isKept = true;
        QCOMPARE(place(near_, another), VerdictKind::Ok);
        QVERIFY(!atHub(another.id).isKept);
    }

    void sendsHomeFromTheNearestStoreThatHasAll() {
        shelves_->put("A", 1, 1, clock_.now);
        shelves_->put("A", 2, 1, clock_.now);
        shelves_->put("A", 3, 1, clock_.now);
        shelves_->put("B", 2, 1, clock_.now);
        shelves_->put("B", 3, 1, clock_.now);
        const std::vector<OrderLine> both = {line("A", 1), line("B", 1, 999)};
        QCOMPARE(place(home_, wanted(both, OrderKind::Home)), VerdictKind::Quarantined); // to nowhere
        const auto order = wanted(both, OrderKind::Home);
        QCOMPARE(place(home_, order, true), VerdictKind::Ok);
        QCOMPARE(atHub(order.id).store, std::string(test::kNearStore));
        QVERIFY(!atHub(order.id).lines[0].priceNowMinor);
        QCOMPARE(atHub(order.id).lines[1].priceNowMinor.value_or(0), std::int64_t{1'295});
        QCOMPARE(toldTo(near_).size(), std::size_t(1));
        QCOMPARE(toldTo(second_).size(), std::size_t(1));
    }

    void takesCollectionWithoutItsPerson() {
        shelves_->put("A", 1, 2, clock_.now);
        for (const auto kind : {OrderKind::Collect, OrderKind::Home}) {
            const auto order = wanted({line("A", 1)}, kind);
            auto json = placing(order);
            json["sealed"] = "bm8gYm94";
            const auto verdict =
                verdictOf(store_->receive(home_, "inc1", lineOf(home_, "order.place", order.id, json)));
            QCOMPARE(verdict, kind == OrderKind::Home ? VerdictKind::Quarantined : VerdictKind::Flag);
            QCOMPARE(store_->orderReader().find(order.id).has_value(), kind == OrderKind::Collect);
        }
    }

    void believesNoOtherStore() {
        shelves_->put("A", 1, 3, clock_.now);
        shelves_->put("A", 2, 3, clock_.now);
        const auto far = enrol("d5", test::kFarStore);
        auto order = wanted({line("A", 1)});
        order.madeIn = test::kFarStore; // says the device
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QCOMPARE(atHub(order.id).madeIn, std::string(test::kHomeStore));
        QCOMPARE(change(far, order.id, OrderAction::Cancel), VerdictKind::Quarantined);
        QCOMPARE(atHub(order.id).state, OrderState::Accepted);
        const auto theirs = wanted({line("A", 1)}, OrderKind::Collect, test::kNearStore);
        QCOMPARE(place(home_, theirs), VerdictKind::Ok);
        QCOMPARE(change(home_, theirs.id, OrderAction::Move, {}, test::kHomeStore), VerdictKind::Ok);
        QCOMPARE(change(near_, theirs.id, OrderAction::HandOver), VerdictKind::Flag); // they had it before
        QCOMPARE(atHub(theirs.id).state, OrderState::HandedOver);
        by_ = "018f0000-0000-7000-8000-00000000000b";
        QCOMPARE(change(home_, order.id, OrderAction::Pick), VerdictKind::Flag); // nobody of this store
    }

    void flagsAnotherCurrency() {
        shelves_->put("A", 1, 1, clock_.now);
        auto order = wanted({line("A", 1)});
        order.currency = "SEK";
        QCOMPARE(place(home_, order), VerdictKind::Flag);
        QVERIFY(!atHub(order.id).lines[0].priceNowMinor);
    }

    void keepsTheFirstOfTwoHandOvers() {
        shelves_->put("A", 1, 1, clock_.now);
        const auto order = wanted({line("A", 1)});
        place(home_, order);
        QCOMPARE(change(home_, order.id, OrderAction::HandOver), VerdictKind::Ok);
        QCOMPARE(change(second_, order.id, OrderAction::HandOver), VerdictKind::Flag);
        const auto events = *store_->orderReader().events(order.id);
        QCOMPARE(events.size(), std::size_t(3));
        QCOMPARE(events[1].outcome, std::string("applied"));
        QCOMPARE(events[2].outcome, std::string("refused"));
        const auto told = toldTo(second_);
        QCOMPARE(told.back()["ops"].size(), std::size_t(1)); // it hears that its own one has been heard
        QCOMPARE(told.back()["order"]["state"].get<std::string>(), std::string("handed_over"));
    }

    void believesThatGoodsAreGone() {
        shelves_->put("A", 1, 1, clock_.now);
        const auto order = wanted({line("A", 1)});
        place(home_, order);
        QCOMPARE(change(home_, order.id, OrderAction::Cancel), VerdictKind::Ok);
        QCOMPARE(change(second_, order.id, OrderAction::HandOver), VerdictKind::Flag);
        QCOMPARE(atHub(order.id).state, OrderState::HandedOver);
        const auto next = wanted({line("A", 1)});
        place(home_, next);
        QCOMPARE(atHub(next.id).state, OrderState::AcceptedUnallocated);
    }

    void looksElsewhereForWhatIsNotFound() {
        shelves_->put("A", 1, 3, clock_.now);
        shelves_->put("A", 2, 3, clock_.now);
        const auto order = wanted({line("A", 2)});
        place(home_, order);
        clock_.now += 10;
        QCOMPARE(change(home_, order.id, OrderAction::Missing, {{"A", 1, {}, {}}}), VerdictKind::Ok);
        QCOMPARE(atHub(order.id).state, OrderState::AcceptedUnallocated);
        QCOMPARE(atHub(order.id).alternatives.front().store, std::string(test::kNearStore));
        const auto other = wanted({line("A", 2)}); // 3 in the figure, 1 not there, 1 held
        place(home_, other);
        QCOMPARE(atHub(other.id).state, OrderState::AcceptedUnallocated);
        QCOMPARE(change(home_, order.id, OrderAction::Move, {}, test::kNearStore), VerdictKind::Ok);
        QCOMPARE(atHub(order.id).state, OrderState::Accepted);
        QCOMPARE(atHub(order.id).store, std::string(test::kNearStore));
    }

    void appliesWhatCameBeforeItsOrder() {
        shelves_->put("A", 1, 1, clock_.now);
        const auto order = wanted({line("A", 1)});
        QCOMPARE(change(second_, order.id, OrderAction::Ready), VerdictKind::Ok);
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QCOMPARE(atHub(order.id).state, OrderState::Ready);
    }

    void takesAnOrderOnce() {
        shelves_->put("A", 1, 2, clock_.now);
        const auto order = wanted({line("A", 1)});
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QCOMPARE(place(near_, order), VerdictKind::Flag); // somebody else's id
        const auto next = wanted({line("A", 1)});
        place(home_, next);
        QCOMPARE(atHub(next.id).state, OrderState::Accepted);
    }

    void endsWhatNobodyFetched() {
        shelves_->put("A", 1, 1, clock_.now);
        auto order = wanted({line("A", 1)});
        order.expiresMs = clock_.now + 1'000;
        place(home_, order);
        QCOMPARE(*store_->tendOrders(), std::int64_t{0});
        clock_.now += 2'000;
        QCOMPARE(*store_->tendOrders(), std::int64_t{1});
        QCOMPARE(atHub(order.id).state, OrderState::NotCollected);
        QCOMPARE(*store_->tendOrders(), std::int64_t{0});
        const auto next = wanted({line("A", 1)});
        place(home_, next);
        QCOMPARE(atHub(next.id).state, OrderState::Accepted);
        auto paid = wanted({line("A", 1)}, OrderKind::Collect, test::kNearStore);
        paid.expiresMs = clock_.now + 1'000;
        place(home_, paid);
        QCOMPARE(change(home_, paid.id, OrderAction::Pay), VerdictKind::Ok);
        clock_.now += 2'000;
        QCOMPARE(*store_->tendOrders(), std::int64_t{0});
    }

    void endsAllThatIsDueButWhatCannotBeRead() {
        shelves_->put("A", 1, 1'000, clock_.now);
        std::vector<std::string> ids;
        for (int i = 0; i <= kOrdersTendedMax; ++i) {
            auto order = wanted({line("A", 1)});
            order.expiresMs = clock_.now + kOrderReservedMs + i;
            QCOMPARE(place(home_, order), VerdictKind::Ok);
            ids.push_back(order.id);
        }
        auto database = *openHubDatabase(where_);
        auto spoil = *database.prepare("UPDATE shop_order SET body = 'x' WHERE id = ?");
        QVERIFY(spoil.bind(0, ids.front()).run().has_value());
        clock_.now += kOrderCollectMs;
        QCOMPARE(*store_->tendOrders(), std::int64_t{kOrdersTendedMax});
        QCOMPARE(atHub(ids.back()).state, OrderState::NotCollected);
        QCOMPARE(*store_->tendOrders(), std::int64_t{0});
    }

    void locksTheShelvesOfWhatIsMoved() {
        shelves_->put("A", 1, 1, clock_.now);
        const auto order = wanted({line("A", 1), line("B", 1)});
        place(home_, order);
        OrderChange move;
        move.orderId = order.id;
        move.action = OrderAction::Move;
        move.by = by_;
        move.store = test::kNearStore;
        const auto operation = *parseOperation(lineOf(home_, "order.change", order.id, toJson(move)));
        QVERIFY(*orderLocks(store_->orderReader(), operation) ==
                std::vector<std::string>({"shelf/A", "shelf/B"}));
    }

    void keepsNoKeyOfAPageInTheLog() {
        const auto order = wanted({line("A", 1)});
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QVERIFY(store_->orderReader().findByPage(std::string(kOrderPageKeyLetters, 'k')).has_value());
        auto database = *openHubDatabase(where_);
        auto query = *database.prepare("SELECT line FROM operation");
        QVERIFY(*query.step());
        QVERIFY(query.text(0).find("order.place") != std::string_view::npos);
        for (const auto* secret : {"kkkkkkkkkk", "Harbour"})
            QVERIFY(query.text(0).find(secret) == std::string_view::npos);
    }

    void takesNoNumberForTwoPeople() {
        shelves_->put("A", 2, 2, clock_.now);
        const auto first = wanted({line("A", 1)}, OrderKind::Home);
        QCOMPARE(place(home_, first, true), VerdictKind::Ok);
        auto second = wanted({line("A", 1)}, OrderKind::Home);
        second.number = first.number;
        QCOMPARE(place(home_, second, true), VerdictKind::Flag);
        QCOMPARE(store_->whoOrdered(first.number).error().code, Errc::Conflict);
        QCOMPARE(store_->eraseWhoOrdered(first.number).error().code, Errc::Conflict);
        QVERIFY(store_->eraseWhoOrdered(first.number, first.id).has_value());
        QVERIFY(!store_->whoOrdered(first.number, first.id).has_value());
        QVERIFY(store_->whoOrdered(first.number, second.id).has_value());
    }

    void forgetsWhoOrdered() {
        shelves_->put("A", 2, 1, clock_.now);
        const auto order = wanted({line("A", 1)}, OrderKind::Home);
        place(home_, order, true);
        QCOMPARE(store_->whoOrdered(order.number)->name, std::string("Aino Planted"));
        for (const auto& row : *store_->operations(10))
            QVERIFY(row.reason.find("Planted") == std::string::npos);
        change(home_, order.id, OrderAction::Cancel);
        clock_.now += kOrderPersonKeptMs + 1'000;
        QVERIFY(store_->tendOrders().has_value());
        QCOMPARE(store_->whoOrdered(order.number).error().code, Errc::NotFound);
    }

    void knowsWhatMustBeGivenBack() {
        shelves_->put("A", 1, 5, clock_.now);
        const auto owed = [&](const std::string& store) {
            return store_->orderReader().owingRefund(store, 10)->size();
        };
        const auto unpaid = wanted({line("A", 1)});
        place(home_, unpaid);
        change(home_, unpaid.id, OrderAction::Cancel);
        QCOMPARE(owed(""), std::size_t(0));
        // Two tills that were cut off: one calls it off, at the other it has been paid.
        const auto order = wanted({line("A", 1)});
        place(home_, order);
        QCOMPARE(change(home_, order.id, OrderAction::Cancel), VerdictKind::Ok);
        QCOMPARE(change(second_, order.id, OrderAction::Pay), VerdictKind::Flag);
        QCOMPARE(atHub(order.id).state, OrderState::Cancelled);
        QVERIFY(atHub(order.id).isPaid);
        QCOMPARE(owed(""), std::size_t(1));
        QCOMPARE(owed(test::kHomeStore), std::size_t(1));
        QCOMPARE(owed(test::kFarStore), std::size_t(0));
        QCOMPARE(change(home_, order.id, OrderAction::Refund), VerdictKind::Ok);
        QCOMPARE(change(second_, order.id, OrderAction::Refund), VerdictKind::Flag); // given back twice
        QCOMPARE(owed(""), std::size_t(0));
    }

    void looksAtWhoDoesWithoutTheWord() {
        shelves_->put("A", 1, 5, clock_.now);
        const auto cashiers = wanted({line("A", 1)});
        place(home_, cashiers);
        const std::string forgotten(kWordForgotten);
        QCOMPARE(change(home_, cashiers.id, OrderAction::HandOver, {}, {}, 0, forgotten), VerdictKind::Flag);
        QCOMPARE(atHub(cashiers.id).state, OrderState::HandedOver); // the goods are gone
        by_ = "018f0000-0000-7000-8000-00000000000b";
        QVERIFY(store_->addStaff({by_, "1002", "Timo", StaffRole::Supervisor, "hash"}, {test::kHomeStore}));
        const auto supervisors = wanted({line("A", 1)});
        place(home_, supervisors);
        QCOMPARE(change(home_, supervisors.id, OrderAction::HandOver, {}, {}, 0, forgotten), VerdictKind::Ok);
    }

    void tellsWhatCameBackAndWhy() {
        shelves_->put("A", 1, 5, clock_.now);
        const auto order = wanted({line("A", 2)});
        place(home_, order);
        change(home_, order.id, OrderAction::HandOver);
        QCOMPARE(change(home_, order.id, OrderAction::Return, {{"A", 1, "damaged", "opened"}}),
                 VerdictKind::Ok);
        const auto returns = store_->orderReader().returns(test::kHomeStore, 10);
        QVERIFY(returns.has_value());
        QCOMPARE(returns->size(), std::size_t(1));
        QCOMPARE(returns->front().number, order.number);
        QVERIFY(returns->front().event.detail.find("damaged") != std::string::npos);
        QVERIFY(store_->orderReader().returns(test::kFarStore, 10)->empty());
    }

    void showsWhoHoldsAShelf() {
        const auto asked = LeaseRegistry::Asking{uuid(), shelfPool(test::kHomeStore), 30};
        QVERIFY(store_->exchangeLeases(home_, "inc1", {asked}, std::nullopt).has_value());
        const auto holders = store_->orderReader().shelfHolders("");
        QVERIFY(holders.has_value());
        QCOMPARE(holders->size(), std::size_t(1));
        QCOMPARE(holders->front().device, home_.id);
        QCOMPARE(holders->front().parts, std::int64_t(30));
        QVERIFY(store_->orderReader().shelfHolders(test::kFarStore)->empty());
        QVERIFY(store_->writeOff(home_.id).has_value());
        QVERIFY(store_->orderReader().shelfHolders("")->empty());
    }

    void tellsAStoreThatItIsRidOfAnOrder() {
        shelves_->put("A", 1, 5, clock_.now);
        shelves_->put("A", 2, 5, clock_.now);
        const auto order = wanted({line("A", 1)}, OrderKind::Collect, test::kNearStore);
        QCOMPARE(place(home_, order), VerdictKind::Ok);
        QCOMPARE(toldTo(near_).size(), std::size_t(1));
        const auto isGoneFrom = [&](const DeviceRow& device) {
            const auto page = store_->changesFor(device.id, cursors_[device.id]);
            cursors_[device.id] = page->cursor;
            return page->changes.size() == 1 && textMember(page->changes[0], "type") == "order.gone" &&
                   textMember(page->changes[0], "orderId") == order.id;
        };
        QCOMPARE(change(home_, order.id, OrderAction::Move, {}, test::kHomeStore), VerdictKind::Ok);
        QVERIFY(isGoneFrom(near_));
        // What was done there all the same is told there too: the device may show it still.
        QCOMPARE(change(near_, order.id, OrderAction::Pick), VerdictKind::Flag);
        QVERIFY(isGoneFrom(near_));
        QCOMPARE(toldTo(second_).back()["order"]["store"].get<std::string>(), std::string(test::kHomeStore));
    }

    void tellsANewDeviceWhatIsOpenOrEndedLately() {
        shelves_->put("A", 1, 1'000, clock_.now);
        const auto old = wanted({line("A", 1)});
        place(home_, old);
        change(home_, old.id, OrderAction::Cancel);
        clock_.now += kOrderKeptMs + 1'000;
        std::set<std::string> known;
        for (int i = 0; i < 130; ++i) { // more than two pages
            const auto order = wanted({line("A", 1)});
            QCOMPARE(place(home_, order), VerdictKind::Ok);
            if (i % 10 == 0) QCOMPARE(change(home_, order.id, OrderAction::Cancel), VerdictKind::Ok);
            known.insert(order.id);
        }
        const auto fresh = enrol("d4", test::kHomeStore);
        std::set<std::string> told;
        for (int page = 0; page < 5; ++page)
            for (const auto& each : toldTo(fresh))
                QVERIFY(told.insert(each["order"]["orderId"].get<std::string>()).second);
        QVERIFY(told == known);
        QCOMPARE(*store_->shelfPartsFor(fresh), kShelfParts / 3);
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestOrderRegistry>(argc, argv);
}
#include "tst_order_registry.moc"
