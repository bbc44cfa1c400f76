// Who may push when more want to than there is room for.
#include "hub/nonce.h"
#include "hub/push_admission.h"
#include "support/clocks.h"
#include "sync/back_off.h"

#include <QTest>
#include <algorithm>
#include <memory>
#include <optional>
#include <queue>
#include <vector>

using namespace silta;
using namespace silta::hub;

class TestPushAdmission : public QObject {
    Q_OBJECT

    static constexpr std::size_t kLargeBytes = 20'000;
    static constexpr std::size_t kSmallBytes = 300;
    static constexpr int kRoom = 4;

    test::FakeClock clock_;
    test::SeededRandom random_{7};
    std::unique_ptr<PushAdmission> pushes_;

    std::vector<PushAdmission::Entry> fill() {
        std::vector<PushAdmission::Entry> entries;
        for (int i = 0; i < kRoom; ++i)
            entries.push_back(std::move(*pushes_->enter(kLargeBytes, 0).entry));
        return entries;
    }
    void pass(UtcMs ms) {
        clock_.now += ms;
        clock_.steady += ms;
    }

private slots:
    void init() { pushes_ = std::make_unique<PushAdmission>(kRoom, clock_, random_); }

    void letsInWhileThereIsRoom() {
        for (int round = 0; round < 100; ++round) {
            const auto entries = fill();
            QCOMPARE(entries.size(), std::size_t{kRoom});
        }
    }

    void refusesWithATurnWhenFull() {
        const auto entries = fill();
        const auto answer = pushes_->enter(kLargeBytes, 0);
        QVERIFY(!answer.entry);
        QVERIFY(answer.retryAfterSeconds >= 1);
        QVERIFY(answer.turnMs > clock_.now);
        QVERIFY(clock_.now + answer.retryAfterSeconds * 1000 >= answer.turnMs);
    }

    void givesTurnsAsFastAsPushesAreDone() {
        constexpr int kWorkMs = 400;
        constexpr int kWaiting = 1'000;
        for (int i = 0; i < 100; ++i) {
            auto entry = std::move(*pushes_->enter(kLargeBytes, 0).entry);
            pass(kWorkMs);
            entry.noteWorked();
        }
        const auto entries = fill();
        UtcMs last = clock_.now;
        for (int i = 0; i < kWaiting; ++i) {
            const auto answer = pushes_->enter(kLargeBytes, 0);
            QVERIFY(answer.turnMs > last);
            last = answer.turnMs;
        }
        const double allMs = double(kWaiting) * kWorkMs / kRoom;
        QVERIFY(double(last - clock_.now) > 0.6 * allMs);
        QVERIFY(double(last - clock_.now) < allMs);
    }

    void doesNotCountWhatWasNoPush() {
        for (int i = 0; i < 100; ++i) {
            const auto entry = std::move(*pushes_->enter(kLargeBytes, 0).entry);
            pass(600'000);
        }
        const auto entries = fill();
        QVERIFY(pushes_->enter(kLargeBytes, 0).retryAfterSeconds <= 2);
    }

    void letsNobodyOvertakeThoseWhoWait() {
        auto entries = fill();
        const auto waiting = pushes_->enter(kLargeBytes, 0);
        entries.pop_back(); // it has been served and comes with its second batch at once
        const auto second = pushes_->enter(kLargeBytes, 0);
        QVERIFY(!second.entry);
        QVERIFY(second.turnMs > waiting.turnMs);
        pass(waiting.retryAfterSeconds * 1000);
        QVERIFY(pushes_->enter(kLargeBytes, waiting.turnMs).entry.has_value());
    }

    void letsWhoFoundNoRoomAtItsTurnComeBeforeTheNew() {
        const auto entries = fill();
        std::vector<UtcMs> turns;
        for (int i = 0; i < 200; ++i)
            turns.push_back(pushes_->enter(kLargeBytes, 0).turnMs);
        pass(turns.front() - clock_.now);
        const auto again = pushes_->enter(kLargeBytes, turns.front());
        QVERIFY(!again.entry);
        QVERIFY(again.turnMs < turns.back());
        QVERIFY(pushes_->enter(kLargeBytes, 0).turnMs > turns.back());
    }

    void keepsTheTurnOfWhoComesTooEarly() {
        const auto entries = fill();
        UtcMs turn = 0;
        for (int i = 0; i < 200; ++i)
            turn = pushes_->enter(kLargeBytes, 0).turnMs;
        const auto early = pushes_->enter(kLargeBytes, turn);
        QVERIFY(!early.entry);
        QCOMPARE(early.turnMs, turn);
    }

    void fillsRoomThatThoseWhoAreBookedLeaveFree() {
        auto entries = fill();
        for (int i = 0; i < 200; ++i)
            pushes_->enter(kLargeBytes, 0);
        while (entries.size() >= kRoom / 2)
            entries.pop_back();
        QVERIFY(pushes_->enter(kLargeBytes, 0).entry.has_value());
    }

    void sendsNobodyAwayForLongerThanDevicesTake() {
        const auto entries = fill();
        for (int i = 0; i < 200'000; ++i)
            QVERIFY(pushes_->enter(kLargeBytes, 0).retryAfterSeconds * 1000 <= kTurnMaxMs);
    }

    void forgetsTurnsOfAClockThatHasJumped() {
        const auto entries = fill();
        const auto answer = pushes_->enter(kLargeBytes, clock_.now + 2 * kTurnMaxMs);
        QVERIFY(answer.retryAfterSeconds <= 2);
    }

    void keepsRoomForSmallPushes() {
        const auto entries = fill();
        for (int i = 0; i < 1'000; ++i)
            pushes_->enter(kLargeBytes, 0);
        std::vector<PushAdmission::Entry> small;
        for (int i = 0; i < kSmallPushRoom; ++i) {
            auto answer = pushes_->enter(kSmallBytes, 0);
            QVERIFY(answer.entry);
            small.push_back(std::move(*answer.entry));
        }
        QVERIFY(!pushes_->enter(kSmallBytes, 0).entry);
    }

    void carriesATurnInTheNonce() {
        const std::string key(32, 'k');
        const auto nonce = makeNonce(clock_.now, key, random_, 1'234'567);
        pass(2 * kNonceLifetimeMs);
        QVERIFY(!isFreshNonce(nonce, clock_.now, key));
        QCOMPARE(openNonce(nonce, key)->turnMs, 1'234'567); // one that is too old still tells it
        QVERIFY(!openNonce(nonce, std::string(32, 'x')));
    }

    // Three replicas that know nothing of each other, devices that all come at the same moment with three
    // batches each, and go to any replica.
    void drainsAnOutageFairly() {
        constexpr int kReplicas = 3, kDevices = 600, kBatches = 3;
        constexpr UtcMs kWorkMs = 300;
        std::vector<std::unique_ptr<PushAdmission>> replicas;
        for (int i = 0; i < kReplicas; ++i)
            replicas.push_back(std::make_unique<PushAdmission>(kRoom, clock_, random_));
        struct Device {
            int done = 0;
            UtcMs turnMs = 0, firstMs = 0;
            std::optional<PushAdmission::Entry> entry;
        };
        std::vector<Device> devices(kDevices);
        using Event = std::pair<UtcMs, std::size_t>;
        std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
        const auto start = clock_.now;
        for (std::size_t i = 0; i < devices.size(); ++i)
            events.emplace(start, i);
        int firsts = 0, early = 0, refused = 0;
        while (!events.empty()) {
            const auto [at, i] = events.top();
            events.pop();
            pass(at - clock_.now);
            auto& device = devices[i];
            if (device.entry) {
                device.entry->noteWorked();
                device.entry.reset();
                device.turnMs = 0;
                if (++device.done == 1) {
                    device.firstMs = at - start;
                    ++firsts;
                }
                if (device.done == kBatches && firsts < kDevices / 2) ++early;
                if (device.done == kBatches) continue;
            }
            auto answer = replicas[random_.next64() % kReplicas]->enter(kLargeBytes, device.turnMs);
            device.turnMs = answer.turnMs;
            if (answer.entry)
                device.entry.emplace(std::move(*answer.entry));
            else
                ++refused;
            events.emplace(at + (device.entry ? kWorkMs : backOffMs(1, answer.retryAfterSeconds, random_)),
                           i);
        }
        const auto total = clock_.now - start;
        const auto atBest = UtcMs{kDevices} * kBatches * kWorkMs / (kReplicas * kRoom);
        std::vector<UtcMs> first;
        for (const auto& device : devices) {
            QCOMPARE(device.done, kBatches);
            first.push_back(device.firstMs);
        }
        std::ranges::sort(first);
        const auto mostFirst = first[first.size() * 95 / 100];
        qInfo("drained in %.2f of the best time, 95 %% of first batches at %.2f, the last at %.2f; %d early; "
              "%.1f refusals a batch",
              double(total) / double(atBest), double(mostFirst) / double(atBest),
              double(first.back()) / double(atBest), early, double(refused) / (kDevices * kBatches));
        QVERIFY(total < atBest * 3 / 2);
        QVERIFY(mostFirst < atBest * 2 / 3);
        QVERIFY(first.back() < atBest);
        QVERIFY(early < kDevices / 20); // done before half of all had begun
        QVERIFY(refused < 6 * kDevices * kBatches);
    }
};

QTEST_GUILESS_MAIN(TestPushAdmission)
#include "tst_push_admission.moc"
