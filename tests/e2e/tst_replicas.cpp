// Three replicas of the hub on one PostgreSQL behind nginx, killed at random while sixteen pushers send the
// operations of eight devices, each of them twice and in overlapping batches: every operation counts once,
// and the chain ends as it does on SQLite.
#include "hub/hub_database.h"
#include "hub/operation_store.h"
#include "net/compression.h"
#include "support/clocks.h"
#include "support/hub_farm.h"
#include "sync/hub_client.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <QProcess>
#include <QTest>
#include <atomic>
#include <future>
#include <map>
#include <set>
#include <thread>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr int kReplicas = 3;
constexpr int kDevices = 8;
constexpr int kOperations = 240; // of a device
constexpr int kBatch = 60;
constexpr int kOverlap = 25;
constexpr int kKillsMin = 8;
constexpr const char* kPool = "coupon/summer";

struct Device {
    KeyPair keys;
    DeviceRow row;
    std::vector<std::string> lines;
};

/// What people did on one device: shared lists, people who sign up at several of them, rights of a lease.
std::vector<std::string> makeOperations(const Device& device, int number, const HubKeys& keys,
                                        const std::vector<std::string>& lists, const Lease& lease) {
    test::FakeClock clock;
    test::SeededRandom random(static_cast<std::uint64_t>(number) + 100);
    std::vector<std::string> lines;
    std::vector<std::pair<std::string, std::string>> added; // list, tag
    auto left = lease.granted;
    for (int seq = 1; seq <= kOperations; ++seq) {
        ++clock.now;
        Operation operation;
        operation.id = makeUuid(clock, random);
        operation.device = device.row.id;
        operation.incarnation = "inc1";
        operation.seq = seq;
        operation.hlc = Hlc::make(clock.now, static_cast<std::uint16_t>(number));
        const auto& list = lists[random.next64() % lists.size()];
        const auto lot = random.next64() % 10;
        if (lot == 0) {
            const auto id = makeUuid(clock, random);
            const auto person = dumpJson({{"email", fmt::format("p{}@example.org", random.next64() % 40)}});
            const Json terms = {{"purpose", "membership-terms"},
                                {"channel", "any"},
                                {"granted", true},
                                {"wordingHash", std::string(64, 'b')},
                                {"lang", "en"}};
            operation.entity = "member/" + id;
            operation.type = "member.signup";
            operation.data = {{"memberId", id},
                              {"number", *makeMemberNumber("9246", device.row.number, seq)},
                              {"sealed", toBase64(*seal(person, keys.seal.publicKey))},
                              {"lang", "en"},
                              {"wishlistId", ""},
                              {"consents", Json::array({terms})}};
        } else if (lot == 1 && left > 0) {
            --left;
            operation.entity = std::string("pool/") + kPool;
            operation.type = "right.redeem";
            operation.data = leaseData(lease);
        } else if (lot < 4 && !added.empty()) {
            const auto& [of, tag] = added[random.next64() % added.size()];
            operation.entity = "wishlist/" + of;
            operation.type = "wishlist.remove";
            operation.data = {{"list", of}, {"tags", Json::array({tag})}};
        } else {
            operation.entity = "wishlist/" + list;
            operation.type = "wishlist.add";
            operation.version = kWishlistAddVersion;
            operation.data = {
                {"list", list}, {"sku", fmt::format("SKU-{}", random.next64() % 30)}, {"quantity", 1}};
            added.emplace_back(list, operation.id);
        }
        lines.push_back(toLine(operation) + "\n");
    }
    return lines;
}

/// Sends all lines in overlapping batches; each again until every operation of it is taken.
void pushAll(const Device& device, const std::string& url, std::atomic<int>& retries) {
    const auto transport = makeCurlTransport();
    HubClient hub(*transport, {url, "", device.row.id}, device.keys);
    for (int from = 0; from < kOperations; from += kBatch - kOverlap) {
        std::string lines;
        for (int i = from; i < std::min(from + kBatch, kOperations); ++i)
            lines += device.lines[static_cast<std::size_t>(i)];
        const auto body = *compressLines(lines);
        for (bool isTaken = false; !isTaken;) {
            const auto reply =
                hub.signedCall("POST", "/v1/ops", body, "inc1", {{"Content-Encoding", "zstd"}});
            const auto verdicts = reply ? parsePushReply(reply->body) : Result<PushReply>(reply.error());
            isTaken = verdicts && std::ranges::all_of(verdicts->verdicts, [](const Verdict& verdict) {
                          return verdict.kind == VerdictKind::Dup;
                      });
            if (isTaken) break;
            ++retries;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

/// What must be the same whatever the order of arrival.
Json stateOf(OperationStore& store) {
    Json state;
    const auto lists = *store.wishlistIds();
    for (const auto& id : lists) {
        const auto items = *store.wishlist(id);
        for (const auto& item : items) {
            const std::set<std::string> tags(item.tags.begin(), item.tags.end());
            state["wishlists"][id][item.sku] = tags;
        }
    }
    const auto members = *store.members();
    for (const auto& member : members) {
        std::set<std::string> numbers(member.aliases.begin(), member.aliases.end());
        numbers.insert(member.number);
        state["members"][member.email] = {{"numbers", numbers}, {"consents", member.consents.size()}};
    }
    const auto pools = *store.pools();
    for (const auto& pool : pools)
        state["pools"][pool.id] = {pool.budget, pool.held, pool.redeemed, pool.flagged};
    return state;
}

} // namespace

class TestReplicas : public QObject {
    Q_OBJECT

    SystemClock clock_;
    SystemRandom random_;
    test::HubFarm farm_{SILTA_BIN, SILTA_SOURCE, false};

private slots:
    void initTestCase() {
        const auto wrong = farm_.start(kReplicas);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void everyOperationCountsOnceWhileReplicasDie() {
        const auto& keys = farm_.keys();
        auto store = *OperationStore::open(farm_.address(), keys, clock_, random_);
        QVERIFY(store->setPool(kPool, 100));
        std::vector<std::string> lists;
        for (int i = 0; i < 5; ++i)
            lists.push_back(makeUuid(clock_, random_));
        std::vector<Device> devices(kDevices);
        for (int i = 0; i < kDevices; ++i) {
            auto& device = devices[static_cast<std::size_t>(i)];
            device.keys = makeSigningKeys();
            const auto code = *store->devices().makeEnrolCode("FI-HEL-01", 1);
            device.row =
                *store->devices().enrol(code, deviceIdOf(device.keys.publicKey), device.keys.publicKey);
            const auto id = makeUuid(clock_, random_);
            const auto grants = *store->exchangeLeases(device.row, "inc1", {{id, kPool, 15}}, std::nullopt);
            const auto& grant = grants.front();
            const Lease lease{id, kPool, "inc1", LeaseState::Open, grant.rights, 0, grant.proof};
            device.lines = makeOperations(device, i, keys, lists, lease);
        }

        const auto url = farm_.url();
        std::atomic<int> working = 2 * kDevices;
        std::atomic<int> retries = 0;
        std::vector<std::thread> pushers;
        for (const auto& device : devices)
            for (int twice = 0; twice < 2; ++twice)
                pushers.emplace_back([&device, &url, &working, &retries] {
                    pushAll(device, url, retries);
                    --working;
                });
        test::SeededRandom dice(3);
        int kills = 0;
        while (working > 0 || kills < kKillsMin) {
            QTest::qWait(80);
            const auto victim = dice.next64() % kReplicas;
            farm_.killReplica(victim);
            ++kills;
            QTest::qWait(40);
            QVERIFY(farm_.startReplica(victim));
        }
        for (auto& pusher : pushers)
            pusher.join();
        qInfo("%d replicas killed, %d pushes sent again", kills, retries.load());

        auto database = *openHubDatabase(farm_.address());
        auto count =
            *database.prepare("SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE verdict = 'ok') "
                              "FROM operation");
        QVERIFY(count.step());
        QCOMPARE(count.integer(0), std::int64_t{kDevices * kOperations});
        QCOMPARE(count.integer(1), std::int64_t{kDevices * kOperations});
        QCOMPARE(count.integer(2), std::int64_t{kDevices * kOperations});

        auto small = *OperationStore::open(farm_.path("small.db"), keys, clock_, random_);
        QVERIFY(small->setPool(kPool, 100));
        for (const auto& device : devices) {
            const auto code = *small->devices().makeEnrolCode("FI-HEL-01", 1);
            const auto row = small->devices().enrol(code, device.row.id, device.keys.publicKey);
            QVERIFY(row.has_value());
            for (const auto& line : device.lines)
                QVERIFY(small->receive(*row, "inc1", line).has_value());
        }
        const auto large = stateOf(*store);
        QVERIFY(large["members"].size() > 10 && large["wishlists"].size() == lists.size());
        QCOMPARE(dumpJson(large["wishlists"]), dumpJson(stateOf(*small)["wishlists"]));
        QCOMPARE(dumpJson(large["members"]), dumpJson(stateOf(*small)["members"]));
        const auto redeemed = [](const Json& state, int of) {
            return state["pools"][kPool][of].get<std::int64_t>();
        };
        QVERIFY(redeemed(large, 2) > 20);
        QCOMPARE(redeemed(large, 2), redeemed(stateOf(*small), 2));
        QCOMPARE(redeemed(large, 3), std::int64_t(0));
    }

    void aCommandIsHeardByWhoWaitsAtAReplica() {
        auto store = *OperationStore::open(farm_.address(), farm_.keys(), clock_, random_);
        const auto device = makeSigningKeys();
        const auto id = deviceIdOf(device.publicKey);
        const auto row =
            *store->devices().enrol(*store->devices().makeEnrolCode("S", 1), id, device.publicKey);
        QVERIFY(store->setPool("coupon/told", 5));
        QVERIFY(store->exchangeLeases(row, "inc1", {{makeUuid(clock_, random_), "coupon/told", 1}},
                                      std::nullopt));
        const auto ask = [&](const std::string& query) {
            const auto transport = makeCurlTransport();
            HubClient hub(*transport, {farm_.url(), "", id}, device);
            const auto reply = hub.signedCall("GET", "/v1/changes?" + query, "", "inc1");
            return reply ? *parseJson(reply->body, 10'000) : Json();
        };
        const auto cursor = ask("cursor=")["cursor"].get<std::string>();
        auto held = std::async(std::launch::async, ask, "wait=25&cursor=" + cursor);
        QTest::qWait(1'500);
        QVERIFY(held.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
        const auto text = [](const std::string& value) { return QString::fromStdString(value); };
        QCOMPARE(QProcess::execute(SILTA_BIN "/silta-hub",
                                   {"recall", "--db", text(farm_.path("hub.db")), "--operations",
                                    text(farm_.address()), "--pool", "coupon/told"}),
                 0);
        QCOMPARE(held.wait_for(std::chrono::seconds(8)), std::future_status::ready); // of 25
        QCOMPARE(held.get()["changes"].size(), std::size_t(1));
    }

    void theFeedMissesNothingThatCommitsLate() {
        // Numbers are given before a transaction commits: one that is held back must not be passed over.
        const auto& keys = farm_.keys();
        const auto address = farm_.postgres().makeDatabase();
        auto reader = *openHubDatabase(address);
        ChangeFeed feed(reader, keys.nonceKey);
        auto cursor = feed.after("d1", "e1", "", 0)->cursor;
        std::atomic<bool> isDone = false;
        std::set<std::int64_t> told;
        std::mutex toldMutex;
        std::vector<std::thread> writers;
        for (int w = 0; w < 8; ++w)
            writers.emplace_back([&, w] {
                auto database = *openHubDatabase(address);
                test::SeededRandom dice(static_cast<std::uint64_t>(w));
                for (int i = 0; i < 60; ++i) {
                    auto transaction = *Transaction::begin(database);
                    const std::int64_t number = w * 1'000 + i;
                    const auto done = ChangeFeed(database, keys.nonceKey).tell("d1", {{"n", number}}, 1);
                    std::this_thread::sleep_for(std::chrono::microseconds(dice.next64() % 3'000));
                    if (done && transaction.commit()) {
                        const std::lock_guard lock(toldMutex);
                        told.insert(number);
                    }
                }
            });
        std::thread waiter([&] {
            for (auto& writer : writers)
                writer.join();
            isDone = true;
        });
        std::multiset<std::int64_t> heard;
        for (bool last = false; !last;) {
            last = isDone;
            for (bool more = true; more;) {
                const auto page = *feed.after("d1", "e1", cursor, 0);
                for (const auto& change : page.changes)
                    heard.insert(change["n"].get<std::int64_t>());
                cursor = page.cursor;
                more = page.more;
            }
        }
        waiter.join();
        QCOMPARE(told.size(), std::size_t(480));
        QCOMPARE(std::set<std::int64_t>(heard.begin(), heard.end()), told);
        QCOMPARE(heard.size(), told.size()); // and nothing twice
    }
};

QTEST_GUILESS_MAIN(TestReplicas)
#include "tst_replicas.moc"
