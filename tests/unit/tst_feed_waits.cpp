#include "hub/cmd_devices.h"
#include "hub/feed_waits.h"
#include "hub/hub_api.h"
#include "hub/postgres_channel.h"
#include "hub/postgres_engine.h"
#include "hub/sqlite_channel.h"
#include "support/clocks.h"
#include "support/postgres_server.h"
#include "sync/hub_client.h"

#include <silta/uuid.h>

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <future>

using namespace silta;
using namespace silta::hub;

namespace {

/// What is shared with the thread of FeedWaits.
struct Line {
    std::mutex mutex; ///< guards what follows
    std::multiset<std::string> told;
    int tellings = 0;
    FeedChannel::Heard heard;
};

class FakeChannel final : public FeedChannel {
public:
    explicit FakeChannel(std::shared_ptr<Line> line) : line_(std::move(line)) {}
    void tell(const std::set<std::string>& devices) override {
        const std::lock_guard lock(line_->mutex);
        ++line_->tellings;
        line_->told.insert(devices.begin(), devices.end());
    }
    Heard hear() override {
        const std::lock_guard lock(line_->mutex);
        return std::exchange(line_->heard, {});
    }
    [[nodiscard]] std::int64_t heldMs() const override { return 7'000; }

private:
    std::shared_ptr<Line> line_;
};

} // namespace

class TestFeedWaits : public QObject {
    Q_OBJECT

    SystemClock clock_;
    std::int64_t arrivedMs_ = 0;

    /// How often a request that comes again each time is called within `ms`.
    int looks(FeedWaits& waits, const std::string& device, int ms) {
        int count = 0;
        auto waiter = wait(waits, device, 60'000);
        for (const QDeadlineTimer deadline(ms); !deadline.hasExpired(); QTest::qWait(10))
            if (waiter.calls->load() > 0) {
                ++count;
                waiter = wait(waits, device, 60'000);
            }
        return count;
    }
    /// The number of calls of what place() gave for the device.
    struct Waiter {
        std::shared_ptr<std::atomic<int>> calls = std::make_shared<std::atomic<int>>(0);
        bool isPlaced = false;
    };
    Waiter wait(FeedWaits& waits, const std::string& device, std::int64_t ms) {
        Waiter waiter;
        arrivedMs_ = std::max(arrivedMs_ + 1, clock_.steadyMs());
        if (const auto begin = waits.place({device, arrivedMs_, arrivedMs_ + ms})) {
            waiter.isPlaced = true;
            begin([calls = waiter.calls] { ++*calls; });
        }
        return waiter;
    }

private slots:
    void wakesWhoIsTold() {
        FeedWaits waits(10, nullptr, clock_);
        const auto one = wait(waits, "d1", 60'000);
        const auto other = wait(waits, "d2", 60'000);
        QCOMPARE(waits.waiting(), std::size_t(2));
        waits.told("d1");
        QTRY_COMPARE(one.calls->load(), 1);
        QCOMPARE(other.calls->load(), 0);
        QCOMPARE(waits.waiting(), std::size_t(1));
        // The hint came before its commit: who looks again too early is woken again, until it has its news.
        const auto again = wait(waits, "d1", 60'000);
        QTRY_COMPARE(again.calls->load(), 1);
        waits.answered("d1");
        const auto later = wait(waits, "d1", 60'000);
        QTest::qWait(3 * kFeedHintMs);
        QCOMPARE(later.calls->load(), 0);
    }

    void endsEachWait() {
        FeedWaits waits(10, nullptr, clock_);
        const auto one = wait(waits, "d1", 1);
        QTRY_COMPARE(one.calls->load(), 1);
        QCOMPARE(waits.waiting(), std::size_t(0));
    }

    void hasRoomForSoMany() {
        FeedWaits waits(2, nullptr, clock_);
        QVERIFY(wait(waits, "d1", 60'000).isPlaced);
        QVERIFY(wait(waits, "d2", 60'000).isPlaced);
        QVERIFY(!wait(waits, "d3", 60'000).isPlaced);
        waits.told("d1");
        QTRY_COMPARE(waits.waiting(), std::size_t(1));
        QVERIFY(wait(waits, "d3", 60'000).isPlaced);
    }

    void hasOnePlaceForADevice() {
        FeedWaits waits(2, nullptr, clock_);
        const auto now = clock_.steadyMs();
        int olderCalls = 0, newerCalls = 0;
        const auto older = waits.place({"d1", now, now + 60'000});
        QVERIFY(older);
        older([&olderCalls] { ++olderCalls; });
        const auto newer = waits.place({"d1", now + 5, now + 60'000});
        QVERIFY(newer);
        QCOMPARE(olderCalls, 1);                          // it looks again,
        QVERIFY(!waits.place({"d1", now, now + 60'000})); // and finds a newer one in its place
        const auto newest = waits.place({"d1", now + 9, now + 60'000});
        QVERIFY(newest);
        newer([&newerCalls] { ++newerCalls; }); // who came while it was being put off has its place
        QCOMPARE(newerCalls, 1);
        QCOMPARE(waits.waiting(), std::size_t(1));
    }

    void looksEverMoreSeldom() {
        const auto line = std::make_shared<Line>();
        FeedWaits waits(10, std::make_unique<FakeChannel>(line), clock_);
        waits.told("d1"); // and never committed
        const auto own = looks(waits, "d1", 3'000);
        QVERIFY2(own >= 2 && own <= 5, qPrintable(QString::number(own)));
        const auto waiter = wait(waits, "d2", 60'000);
        {
            const std::lock_guard lock(line->mutex);
            line->heard.isEverybody = true;
        }
        QTRY_COMPARE(waiter.calls->load(), 1);
        QCOMPARE(looks(waits, "d2", 3'000), 0); // not again at once
    }

    void gathersHintsForOtherReplicas() {
        const auto line = std::make_shared<Line>();
        line->heard.devices = {"elsewhere"};
        FeedWaits waits(10, std::make_unique<FakeChannel>(line), clock_);
        const auto elsewhere = wait(waits, "elsewhere", 60'000);
        for (const auto* device : {"d1", "d2", "d1"})
            waits.told(device);
        QTRY_COMPARE(elsewhere.calls->load(), 1);
        QTest::qWait(3 * kFeedHintMs);
        const std::lock_guard lock(line->mutex);
        QVERIFY(line->tellings >= 1 && line->tellings <= 2); // three hints in one or two ticks
        QVERIFY(line->told.contains("d1") && line->told.contains("d2"));
        QCOMPARE(waits.heldMs(), std::int64_t(7'000));
    }

    void writesAndReadsHints() {
        const auto heard = parseHint(hintText({"d1", "d2"}));
        QCOMPARE(heard.devices, (std::set<std::string>{"d1", "d2"}));
        QVERIFY(!heard.isEverybody);
        std::set<std::string> many;
        for (int i = 0; i < 1'000; ++i)
            many.insert("d" + std::to_string(10'000'000 + i));
        QVERIFY(parseHint(hintText(many)).isEverybody);
        QVERIFY(parseHint("").devices.empty() && !parseHint("").isEverybody);
    }

    void holdsARequestUntilThereIsNews() {
        const QTemporaryDir folder;
        const auto path = folder.path().toStdString();
        SystemRandom random;
        const auto keys = *loadOrMakeHubKeys(path + "/hub.keys");
        const auto device = makeSigningKeys();
        const auto id = deviceIdOf(device.publicKey);
        auto store = *OperationStore::open(path + "/hub.db", keys, clock_, random);
        FeedWaits waits(1, *makeSqliteChannel(path + "/hub.db"), clock_);
        QVERIFY(store->devices().enrol(*store->devices().makeEnrolCode("S", 1), id, device.publicKey));
        QVERIFY(store->setPool("coupon/x", 5));
        const auto row = *store->devices().find(id);
        QVERIFY(
            store->exchangeLeases(row, "inc1", {{makeUuid(clock_, random), "coupon/x", 1}}, std::nullopt));
        StorePool pool(*store);
        HubOptions options;
        options.listen = "127.0.0.1:0";
        options.waits = &waits;
        const auto nothing = [](const std::string&) { return std::nullopt; };
        HubApi api(pool, keys, options, nothing, nothing, clock_, random);
        auto server = *api.serve();
        const auto url = "http://127.0.0.1:" + std::to_string(server->port());
        const auto ask = [&](const std::string& query) {
            const auto transport = makeCurlTransport();
            HubClient hub(*transport, {url, "", id}, device);
            const auto reply = hub.signedCall("GET", "/v1/changes?" + query, "", "inc1");
            return reply ? *parseJson(reply->body, 10'000) : Json();
        };
        const auto cursor = ask("cursor=")["cursor"].get<std::string>();
        QVERIFY(!cursor.empty());

        auto older = std::async(std::launch::async, ask, "wait=20&cursor=" + cursor);
        QTRY_COMPARE(waits.waiting(), std::size_t(1));
        QTest::qWait(20);
        auto held = std::async(std::launch::async, ask, "wait=20&cursor=" + cursor);
        QCOMPARE(older.wait_for(std::chrono::seconds(5)), std::future_status::ready); // it had the place
        QVERIFY(older.get()["changes"].empty());
        QCOMPARE(waits.waiting(), std::size_t(1));
        // As another process does it: nobody in this one is told.
        QCOMPARE(runRecall(std::vector<std::string>{"--db", path + "/hub.db", "--keys", path + "/hub.keys",
                                                    "--pool", "coupon/x"}),
                 0);
        QCOMPARE(held.wait_for(std::chrono::seconds(5)), std::future_status::ready);
        const auto page = held.get();
        QCOMPARE(page["changes"].size(), std::size_t(1));
        QVERIFY(page["waitedMs"].get<int>() > 0);
        QCOMPARE(waits.waiting(), std::size_t(0));

        const auto next = page["cursor"].get<std::string>();
        QCOMPARE(ask("wait=1&cursor=" + next)["cursor"].get<std::string>(), next); // put off, then empty
        auto cut = std::async(std::launch::async, ask, "wait=20&cursor=" + next);
        QTRY_COMPARE(waits.waiting(), std::size_t(1));
        server.reset(); // does not wait for who waits
        QCOMPARE(cut.wait_for(std::chrono::seconds(5)), std::future_status::ready);
    }

    void aDatabaseThatStopsAnsweringHoldsUpNobody() {
        const auto server = test::PostgresServer::start();
        if (!server) QSKIP("skipped: no PostgreSQL");
        const auto address = server->makeDatabase();
        test::FakeClock clock;
        const auto channel = makePostgresChannel(address, clock);
        QVERIFY(channel->hear().devices.empty()); // connects
        auto engine = openPostgres(address);
        QVERIFY(engine);
        Database database(std::move(*engine));
        auto query = database.prepare("SELECT pid FROM pg_stat_activity "
                                      "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        QVERIFY(query && *query->step());
        const auto pid = static_cast<pid_t>(query->integer(0));

        QCOMPARE(::kill(pid, SIGSTOP), 0);
        channel->tell({"till"}); // or it waits here until the test's time is over
        QVERIFY(channel->hear().devices.empty());
        QCOMPARE(::kill(pid, SIGCONT), 0);

        const auto other = makePostgresChannel(address, clock);
        clock.steady += 10'000;
        channel->hear(); // connects again
        other->tell({"kiosk"});
        FeedChannel::Heard heard;
        QTRY_VERIFY((heard.devices.merge(channel->hear().devices), heard.devices.contains("kiosk")));
    }

    void watchesWhatHoldsBackTheFeed() {
        HorizonWatch watch;
        watch.note(100, 100, 0); // nothing runs
        watch.note(100, 100, 50'000);
        QCOMPARE(watch.heldMs(), std::int64_t(0));
        watch.note(100, 130, 60'000);
        watch.note(100, 190, 60'000 + kHorizonAlarmMs);
        QVERIFY(watch.heldMs() >= kHorizonAlarmMs);
        watch.note(150, 230, 130'000); // the one that hung has ended
        QCOMPARE(watch.heldMs(), std::int64_t(0));
    }
};

QTEST_GUILESS_MAIN(TestFeedWaits)
#include "tst_feed_waits.moc"
