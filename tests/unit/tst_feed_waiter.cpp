#include "edge/feed_waiter.h"
#include "support/clocks.h"

#include <QTest>
#include <atomic>

using namespace silta;

namespace {

/// What the hub was asked, and what it says.
struct Script {
    std::mutex mutex; ///< guards all but `delayMs` and `body`
    std::vector<HttpCall> calls;
    int delayMs = 0; ///< before an answer of the feed
    std::string body;

    std::size_t count(const std::string& path) {
        const std::lock_guard lock(mutex);
        return static_cast<std::size_t>(std::ranges::count_if(
            calls, [&](const HttpCall& call) { return call.url.find(path) != std::string::npos; }));
    }
};

class ScriptedTransport final : public HttpTransport {
public:
    explicit ScriptedTransport(std::shared_ptr<Script> script) : script_(std::move(script)) {}
    Result<HttpReply> send(const HttpCall& call) override {
        {
            const std::lock_guard lock(script_->mutex);
            script_->calls.push_back(call);
        }
        HttpReply reply;
        reply.status = 200;
        reply.headers["silta-nonce"] = "n";
        if (call.url.find("/v1/changes") == std::string::npos) return reply;
        std::this_thread::sleep_for(std::chrono::milliseconds(script_->delayMs));
        reply.body = script_->body;
        return reply;
    }

private:
    std::shared_ptr<Script> script_;
};

} // namespace

class TestFeedWaiter : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    SystemRandom random_;
    const KeyPair keys_ = makeSigningKeys();
    std::shared_ptr<Script> script_;

    std::unique_ptr<FeedWaiter> start() {
        const auto place = [this]() -> Result<FeedWaiter::Place> {
            return FeedWaiter::Place{{{"http://127.0.0.1:1", "", "d1"}, keys_, "inc1"}, "c1"};
        };
        return std::make_unique<FeedWaiter>(
            place, [] {}, std::make_unique<ScriptedTransport>(script_), clock_, random_);
    }

private slots:
    void init() {
        script_ = std::make_shared<Script>();
        script_->body = R"({"cursor":"c1","changes":[]})";
    }

    void takesCertificatesByTheBestKnownTime() {
        const auto waiter = start();
        QTRY_COMPARE(script_->count("/v1/changes"), std::size_t(1));
        const std::lock_guard lock(script_->mutex);
        for (const auto& call : script_->calls)
            QCOMPARE(call.verifyAtMs, clock_.now);
    }

    void leavesASlowHubThatDoesNotHoldItInPeace() {
        script_->delayMs = 2'200; // it is busy; it held nobody
        const auto waiter = start();
        QTest::qWait(3'000);
        QCOMPARE(script_->count("/v1/changes"), std::size_t(1));
        QVERIFY(!waiter->isListening());
    }

    void asksOnceForANonce() {
        script_->delayMs = 20;
        script_->body = R"({"cursor":"c1","changes":[],"waitedMs":25000})";
        const auto waiter = start();
        QTRY_VERIFY(script_->count("/v1/changes") > 5);
        QVERIFY(waiter->isListening());
        QCOMPARE(script_->count("/v1/nonce"), std::size_t(1)); // each answer brings the next
    }
};

QTEST_GUILESS_MAIN(TestFeedWaiter)
#include "tst_feed_waiter.moc"
