#include "shopper/wishlist_repository.h"
#include "support/clocks.h"
#include "sync/journal.h"

#include <fmt/format.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace silta;

namespace {

struct Event {
    bool isAdd = true;
    WishlistAdd add;
    std::vector<std::string> removed;
};

std::map<std::string, std::pair<int, std::string>> stateOf(Database& database) {
    std::map<std::string, std::pair<int, std::string>> state;
    const auto items = WishlistRepository(database).items("l");
    if (items)
        for (const auto& item : *items)
            state[item.sku] = {item.quantity, item.note};
    return state;
}

void apply(Database& database, const Event& event) {
    WishlistRepository repository(database);
    if (event.isAdd) {
        QVERIFY(repository.add(event.add));
    } else {
        QVERIFY(repository.remove("l", event.removed));
    }
}

} // namespace

class TestWishlistRepository : public QObject {
    Q_OBJECT

private slots:
    void convergesWhateverTheOrderOfArrival() {
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            test::SeededRandom random(seed);
            // A history as one device after another would see it, with removes of tags that exist.
            std::vector<Event> events;
            std::vector<std::string> tags;
            for (int i = 0; i < 30; ++i) {
                Event event;
                event.isAdd = tags.empty() || random.next64() % 3 != 0;
                if (event.isAdd) {
                    const auto sku = "sku" + std::to_string(random.next64() % 5);
                    event.add = {"l",
                                 "tag" + std::to_string(i),
                                 sku,
                                 std::nullopt,
                                 static_cast<int>(random.next64() % 9) + 1,
                                 "note " + std::to_string(i),
                                 Hlc::make(1'000 + i, 0)};
                    tags.push_back(event.add.tag);
                } else {
                    event.removed = {tags[random.next64() % tags.size()]};
                }
                events.push_back(event);
            }
            std::map<std::string, std::pair<int, std::string>> expected;
            for (int order = 0; order < 4; ++order) {
                auto database = Database::open({}, OpenMode::Memory);
                QVERIFY(database && database->exec(kWishlistTables) && database->exec(kWishlistNote));
                auto shuffled = events;
                if (order > 0)
                    for (std::size_t i = shuffled.size(); i > 1; --i)
                        std::swap(shuffled[i - 1], shuffled[random.next64() % i]);
                for (const auto& event : shuffled)
                    apply(*database, event);
                if (order == 0) expected = stateOf(*database);
                QCOMPARE(stateOf(*database), expected);
            }
        }
    }

    void sameOperationTwiceChangesNothing() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database && database->exec(kWishlistTables) && database->exec(kWishlistNote));
        const Event add{true, {"l", "t1", "a", std::nullopt, 2, "", Hlc::make(1, 0)}, {}};
        apply(*database, add);
        apply(*database, add);
        QCOMPARE(stateOf(*database).at("a").first, 2);
        const Event remove{false, {}, {"t1"}};
        apply(*database, remove);
        apply(*database, remove);
        QVERIFY(stateOf(*database).empty());
    }

    void manyAtOnceSpareThoseThatAreRemovedAlready() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database && database->exec(kWishlistTables) && database->exec(kWishlistNote));
        apply(*database, {false, {}, {"t3", "t40"}});
        std::vector<WishlistAdd> adds;
        for (int i = 0; i < 50; ++i)
            adds.push_back({"l", fmt::format("t{}", i), fmt::format("sku{}", i), {}, 1, "", Hlc::make(i, 0)});
        QVERIFY(WishlistRepository(*database).add(adds));
        const auto state = stateOf(*database);
        QCOMPARE(state.size(), std::size_t(48));
        QVERIFY(!state.contains("sku3") && !state.contains("sku40"));
        auto left = database->prepare("SELECT count(*) FROM wishlist_tombstone");
        QVERIFY(left && *left->step());
        QCOMPARE(left->integer(0), std::int64_t(0)); // both have done their work
    }

    void newestQuantityWins() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database && database->exec(kWishlistTables) && database->exec(kWishlistNote));
        apply(*database, {true, {"l", "t2", "a", std::nullopt, 5, "", Hlc::make(2, 0)}, {}});
        apply(*database, {true, {"l", "t1", "a", std::nullopt, 2, "", Hlc::make(1, 0)}, {}});
        QCOMPARE(stateOf(*database).at("a").first, 5);
    }

    void addAfterRemoveBringsTheItemBack() {
        auto database = Database::open({}, OpenMode::Memory);
        QVERIFY(database && database->exec(kWishlistTables) && database->exec(kWishlistNote));
        apply(*database, {true, {"l", "t1", "a", std::nullopt, 1, "", Hlc::make(1, 0)}, {}});
        apply(*database, {false, {}, {"t1"}});
        apply(*database, {true, {"l", "t2", "a", std::nullopt, 1, "", Hlc::make(2, 0)}, {}});
        QCOMPARE(stateOf(*database).count("a"), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestWishlistRepository)
#include "tst_wishlist_repository.moc"
