// Sign-ins that come at once: one order to the gate, and each still gets what is its own.
#include "gate/pretend_gate.h"
#include "portal/session_keeper.h"
#include "support/clocks.h"
#include "unit/gate_fixture.h"

#include <QTest>
#include <condition_variable>
#include <thread>

using namespace silta;
using namespace silta::portal;
using silta::test::addressOf;
using silta::test::macOf;

namespace {

/// Holds its first order until it is released, and refuses one device.
class SlowGate final : public gate::Gate {
public:
    explicit SlowGate(const Clock& clock) : inner_(clock) {}
    Result<void> allow(std::span<const gate::Grant> grants) override {
        std::unique_lock lock(mutex_);
        orders.push_back(grants.size());
        isAsked_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return isReleased_; });
        for (const auto& grant : grants)
            if (grant.mac == refused) return Error{Errc::Full, "allow guest: no room in its class"};
        return inner_.allow(grants);
    }
    Result<void> extend(std::span<const gate::Extension> extensions) override {
        return inner_.extend(extensions);
    }
    Result<void> revoke(std::span<const gate::Mac> macs) override { return inner_.revoke(macs); }
    Result<gate::GuestPage> list(std::optional<gate::Mac> after) override { return inner_.list(after); }
    Result<std::vector<gate::Guest>> counters(std::span<const gate::Mac> macs) override {
        return inner_.counters(macs);
    }
    void waitUntilAsked() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return isAsked_; });
    }
    void release() {
        const std::lock_guard lock(mutex_);
        isReleased_ = true;
        changed_.notify_all();
    }

    std::vector<std::size_t> orders; ///< how many guests each named
    gate::Mac refused = macOf(999);

private:
    gate::PretendGate inner_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool isAsked_ = false, isReleased_ = false;
};

} // namespace

class TestSessionKeeper : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{5};
    PortalConfig config_;
    std::optional<SessionStore> store_;
    std::unique_ptr<SlowGate> gate_;
    std::unique_ptr<SessionKeeper> keeper_;
    std::vector<std::jthread> guests_;
    std::mutex mutex_;
    std::map<unsigned, Result<void>> outcomes_;

    void comes(unsigned number, unsigned device, std::string person = {}) {
        guests_.emplace_back([this, number, device, person = std::move(person)] {
            auto outcome = keeper_->open({macOf(device), addressOf(device)}, WayKind::Email, 30, 0, person);
            const std::lock_guard lock(mutex_);
            outcomes_.emplace(number, std::move(outcome));
        });
    }
    /// Until that many wait behind the one who asks the gate.
    void waitFor(std::size_t waiting) { QTRY_COMPARE(keeper_->waiting(), waiting); }
    void finish() {
        gate_->release();
        guests_.clear();
    }

private slots:
    void init() {
        outcomes_.clear();
        config_ = {};
        config_.devicesPerPerson = 2;
        store_.emplace(*SessionStore::open(":memory:", clock_, random_));
        gate_ = std::make_unique<SlowGate>(clock_);
        keeper_ = std::make_unique<SessionKeeper>(config_, *store_, *gate_, clock_);
    }

    void thoseWhoWaitAreLetInTogether() {
        comes(0, 0);
        gate_->waitUntilAsked();
        for (unsigned i = 1; i < 8; ++i)
            comes(i, i);
        waitFor(7);
        finish();
        QCOMPARE(gate_->orders, (std::vector<std::size_t>{1, 7}));
        for (unsigned i = 0; i < 8; ++i) {
            QVERIFY(outcomes_.at(i));
            QCOMPARE(keeper_->look({macOf(i), addressOf(i)})->state, GuestState::Open);
            QCOMPARE((*store_->find(macOf(i)))->endsMs, clock_.now + 30 * 60'000);
        }
    }
    void aStrangerDoesNotWaitForTheGate() {
        QVERIFY(keeper_->sweep()); // from now on it is known who is none
        comes(0, 0);
        gate_->waitUntilAsked();
        std::atomic<bool> isAnswered = false;
        guests_.emplace_back([&] {
            const auto status = keeper_->look({macOf(1), addressOf(1)});
            isAnswered = status && status->state == GuestState::Stranger;
        });
        QTRY_VERIFY(isAnswered); // while the gate still thinks about the other one
        finish();
        QCOMPARE(keeper_->look({macOf(0), addressOf(0)})->state, GuestState::Open);
    }
    void thoseWhoCameTogetherAreKeptTogether() {
        constexpr std::int64_t kDayMs = 86'400'000;
        Session running;
        running.endsMs = clock_.now + 3 * kDayMs;
        const std::array both = {DeviceSession{macOf(1), running}, DeviceSession{macOf(2), running}};
        for (int day = 0; day < 3; ++day) { // each day under new names
            QVERIFY(store_->save(both));
            QVERIFY(*store_->find(macOf(1)) && *store_->find(macOf(2)));
            clock_.now += kDayMs;
        }
    }
    void whatStandsAgainstOneIsNotTheOthersFault() {
        gate_->refused = macOf(2);
        comes(0, 0);
        gate_->waitUntilAsked();
        for (unsigned i = 1; i < 4; ++i)
            comes(i, i);
        waitFor(3);
        finish();
        QVERIFY(outcomes_.at(1) && outcomes_.at(3));
        QCOMPARE(outcomes_.at(2).error().code, Errc::Full);
        QVERIFY(!*store_->find(macOf(2)));
    }
    void aPersonHasNoMoreDevicesForComingAtOnce() {
        comes(0, 0);
        gate_->waitUntilAsked();
        for (unsigned i = 1; i < 5; ++i)
            comes(i, i, "somebody");
        waitFor(4);
        finish();
        int limited = 0;
        for (unsigned i = 1; i < 5; ++i)
            if (!outcomes_.at(i) && outcomes_.at(i).error().code == Errc::Limit) ++limited;
        QCOMPARE(limited, 2);
    }
    void theSameDeviceTwiceIsLetInTwice() {
        comes(0, 0);
        gate_->waitUntilAsked();
        for (unsigned i = 1; i < 4; ++i)
            comes(i, 1);
        waitFor(3);
        finish();
        for (unsigned i = 1; i < 4; ++i)
            QVERIFY(outcomes_.at(i));
        QCOMPARE(gate_->orders, (std::vector<std::size_t>{1, 1, 1, 1}));
    }
};

QTEST_GUILESS_MAIN(TestSessionKeeper)
#include "tst_session_keeper.moc"
