// Rollouts at the hub, on both stores: rings, pause, and the stop that comes by itself.
#include "hub/fleet_registry.h"
#include "hub/hub_database.h"
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kCompatible = "silta-amd64";
constexpr const char* kOld = "1.3.0";
constexpr const char* kNew = "1.4.0";
constexpr std::int64_t kSoakMs = 3'600'000;

} // namespace

class TestFleetRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    std::string where_;
    test::FakeClock clock_;
    test::SeededRandom random_{51};
    HubKeys keys_;
    KeyPair hqSign_ = makeSigningKeys();
    std::unique_ptr<OperationStore> store_;
    std::vector<DeviceRow> devices_; ///< the first one is the canary

    FleetRegistry fleet() { return store_->fleet(); }
    DeviceRow enrol(const std::string& storeCode) {
        const auto keys = makeSigningKeys();
        const auto code = store_->devices().makeEnrolCode(storeCode, 1);
        return *store_->devices().enrol(*code, sha256Hex(keys.publicKey).substr(0, 32), keys.publicKey);
    }
    bool tell(const DeviceRow& device, const char* version, UpdateState state = UpdateState::Idle,
              std::vector<std::string> ills = {}) {
        FleetReport report{version, kCompatible, std::move(ills), state, "", "", 0, {}};
        if (state != UpdateState::Idle) report.target = kNew;
        if (state == UpdateState::Failed) report.why = "install";
        const auto answer = fleet().report(device, report);
        return answer && answer->release.has_value();
    }
    bool isOffered(const DeviceRow& device) { return tell(device, kOld); }
    /// All that a device says from the offer to the new version at work.
    bool update(const DeviceRow& device) {
        return isOffered(device) && tell(device, kOld, UpdateState::Ready) &&
               tell(device, kOld, UpdateState::Installing) && !tell(device, kNew);
    }
    bool addRelease(const char* version) {
        const auto text = toText(Release{version, kCompatible, std::string(64, 'a'), 1'000});
        return fleet().addRelease({text, sign(releaseToSign(text), hqSign_)}, "hq").has_value();
    }
    bool begin(const char* version = kNew) {
        Rollout rollout;
        rollout.version = version;
        rollout.canaryStores = {"FI-CANARY"};
        rollout.earlyPercent = 50;
        rollout.soakMs = kSoakMs;
        return fleet().start(rollout, "hq").has_value();
    }
    Rollout now() {
        const auto rollout = fleet().rollout();
        return rollout && *rollout ? **rollout : Rollout{};
    }
    void pass(std::int64_t ms) {
        clock_.now += ms;
        QVERIFY(fleet().tend());
    }
    std::vector<DeviceRow> devicesOf(Ring ring) {
        std::vector<DeviceRow> found;
        const auto rollout = now();
        for (const auto& device : devices_)
            if (ringOf(rollout, device.id, device.storeCode) == ring) found.push_back(device);
        return found;
    }

private slots:
    void init() {
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys(folder_->filePath("keys").toStdString());
        where_ = postgres_ != nullptr ? postgres_->makeDatabase() : folder_->filePath("hub.db").toStdString();
        auto store = OperationStore::open(where_, keys_, clock_, random_);
        QVERIFY2(store, store ? "" : store.error().what.c_str());
        store_ = std::move(*store);
        QVERIFY(fleet().setHq({hqSign_.publicKey, makeSealingKeys().publicKey}, "hq"));
        devices_.clear();
        devices_.push_back(enrol("FI-CANARY"));
        for (int i = 0; i < 12; ++i)
            devices_.push_back(enrol("FI-HEL-01"));
        for (const auto& device : devices_)
            QVERIFY(!tell(device, kOld));
        QVERIFY(addRelease(kNew));
    }

    void takesNothingThatHeadquartersHasNotSigned() {
        const auto text = toText(Release{"1.5.0", kCompatible, std::string(64, 'b'), 1'000});
        const auto others = makeSigningKeys();
        QCOMPARE(fleet().addRelease({text, sign(releaseToSign(text), others)}, "hq").error().code,
                 Errc::Denied);
        const auto other = toText(Release{kNew, kCompatible, std::string(64, 'b'), 1'000});
        QCOMPARE(fleet().addRelease({other, sign(releaseToSign(other), hqSign_)}, "hq").error().code,
                 Errc::Conflict);
        QCOMPARE(fleet().setHq({others.publicKey, others.publicKey}, "hq").error().code, Errc::Conflict);
        QVERIFY(!begin("1.5.0"));
        QVERIFY(begin());
        QVERIFY(!begin());
    }

    void goesRingAfterRing() {
        QVERIFY(begin());
        for (std::size_t i = 1; i < devices_.size(); ++i)
            QVERIFY(!isOffered(devices_[i]));
        QVERIFY(update(devices_[0]));
        QVERIFY(now().ring == Ring::Canary); // it has to be well for a while
        pass(kSoakMs - 1);
        QVERIFY(now().ring == Ring::Canary);
        pass(1);
        QVERIFY(now().ring == Ring::Early);
        const auto early = devicesOf(Ring::Early);
        const auto rest = devicesOf(Ring::All);
        QVERIFY(!early.empty() && !rest.empty());
        for (const auto& device : rest)
            QVERIFY(!isOffered(device));
        for (const auto& device : early)
            QVERIFY(update(device));
        pass(kSoakMs);
        for (const auto& device : rest)
            QVERIFY(update(device));
        QVERIFY(now().state == RolloutState::Running);
        pass(kSoakMs);
        QVERIFY(now().state == RolloutState::Done);
        const auto late = enrol("FI-HEL-01"); // out of the cupboard
        QVERIFY(isOffered(late));
    }

    void stopsWhenTheCanaryFails_data() {
        QTest::addColumn<QString>("how");
        QTest::newRow("says so") << "failed";
        QTest::newRow("rolled back") << "rolled-back";
        QTest::newRow("never comes back") << "silent";
        QTest::newRow("comes back and is unwell") << "unwell";
        QTest::newRow("went back later") << "went-back";
    }
    void stopsWhenTheCanaryFails() {
        QFETCH(QString, how);
        QVERIFY(begin());
        auto& canary = devices_[0];
        QVERIFY(isOffered(canary));
        QVERIFY(tell(canary, kOld, UpdateState::Installing));
        if (how == "failed") tell(canary, kOld, UpdateState::Failed);
        if (how == "rolled-back") tell(canary, kOld, UpdateState::RolledBack);
        if (how == "silent") pass(kInstallMsMax);
        if (how == "unwell" || how == "went-back") {
            tell(canary, kNew);
            QVERIFY(now().state == RolloutState::Running);
        }
        if (how == "went-back") tell(canary, kOld);
        if (how == "unwell") {
            tell(canary, kNew, UpdateState::Idle, {"no-catalogue"});
            pass(kIllMsMax - 1);
            QVERIFY(now().state == RolloutState::Running); // it may get well again
            pass(1);
        }
        QCOMPARE(QString(hub::toString(now().state)), QString("stopped"));
        pass(10 * kSoakMs);
        for (std::size_t i = 1; i < devices_.size(); ++i)
            QVERIFY(!isOffered(devices_[i]));
        const auto rows = fleet().devices();
        QVERIFY(rows);
        for (const auto& row : *rows)
            QVERIFY(row.phase == (row.device == canary.id ? Phase::Failed : Phase::None));
        QVERIFY(!begin()); // that version has had its chance
    }

    void givesNoLeaveWhilePaused() {
        QVERIFY(begin());
        QVERIFY(isOffered(devices_[0]));
        QVERIFY(fleet().pause("hq"));
        QCOMPARE(fleet().pause("hq").error().code, Errc::Conflict);
        QVERIFY(!tell(devices_[0], kOld, UpdateState::Ready));
        QVERIFY(!tell(devices_[0], kOld, UpdateState::Installing));
        pass(2 * kInstallMsMax); // it was not given leave, and is not missed
        QVERIFY(now().state == RolloutState::Paused);
        QVERIFY(fleet().resume("hq"));
        QVERIFY(tell(devices_[0], kOld, UpdateState::Installing));
        QVERIFY(fleet().pause("hq"));
        tell(devices_[0], kOld, UpdateState::RolledBack);
        QVERIFY(now().state == RolloutState::Stopped); // also while it is paused
    }

    void waitsForNobodyWhoIsAway() {
        QVERIFY(begin());
        QVERIFY(update(devices_[0]));
        pass(kSoakMs);
        for (const auto& device : devicesOf(Ring::Early))
            QVERIFY(update(device));
        pass(kSoakMs);
        QVERIFY(now().ring == Ring::All);
        pass(kAwayMs);
        QVERIFY(now().state == RolloutState::Done);
    }

    void offersNothingToOneThatIsUnwellOrOfAnotherKind() {
        QVERIFY(begin());
        QVERIFY(!tell(devices_[0], kOld, UpdateState::Idle, {"journal-damaged"}));
        FleetReport packages{kOld, "", {}, UpdateState::Idle, "", "", 0, {}};
        QVERIFY(!fleet().report(devices_[0], packages)->release);
        packages.compatible = "silta-rpi";
        QVERIFY(!fleet().report(devices_[0], packages)->release);
        QVERIFY(isOffered(devices_[0]));
        QVERIFY(!tell(devices_[0], "1.5.0")); // newer than what is offered
    }

    void keepsCommandsUntilTheyAreAnswered() {
        const auto& device = devices_[0];
        const auto number = *fleet().nextCommandNumber();
        const auto order = [&](std::int64_t number, const std::string& to, const KeyPair& keys) {
            const auto text =
                toText(FleetCommand{number, to, CommandKind::Resync, clock_.now, clock_.now + 1'000'000});
            return fleet().addCommand({text, sign(commandToSign(text), keys)}, "hq");
        };
        QCOMPARE(order(number, device.id, makeSigningKeys()).error().code, Errc::Denied);
        QCOMPARE(order(number, "nobody", hqSign_).error().code, Errc::NotFound);
        for (std::size_t i = 0; i < kCommandsMax; ++i)
            QVERIFY(order(number + static_cast<std::int64_t>(i), device.id, hqSign_));
        QCOMPARE(order(number + 100, device.id, hqSign_).error().code, Errc::Limit);
        FleetReport report{kOld, kCompatible, {}, UpdateState::Idle, "", "", 0, {}};
        QCOMPARE(fleet().report(device, report)->commands.size(), kCommandsMax);
        QVERIFY(fleet().report(devices_[1], report)->commands.empty());
        report.done = {{number, "done"}};
        QVERIFY(fleet().report(devices_[1], report)->commands.empty()); // not its own to answer
        QCOMPARE(fleet().report(device, report)->commands.size(), kCommandsMax - 1);
        clock_.now += 1'000'000;
        QVERIFY(fleet().report(device, report)->commands.empty()); // too old
        QVERIFY(*fleet().nextCommandNumber() > number + static_cast<std::int64_t>(kCommandsMax));
    }

    void keepsTheLastDiagnosticsOnly() {
        const auto& device = devices_[0];
        QCOMPARE(fleet().diagnostics(device.id).error().code, Errc::NotFound);
        QVERIFY(fleet().keepDiagnostics(devices_[1].id, "another's"));
        for (int i = 0; i < 2 * kDiagnosticsKept; ++i)
            QVERIFY(fleet().keepDiagnostics(device.id, "sealed " + std::to_string(i)));
        QCOMPARE(QString::fromStdString(*fleet().diagnostics(device.id)), QString("sealed 5"));
        QCOMPARE(QString::fromStdString(*fleet().diagnostics(devices_[1].id)), QString("another's"));
        auto database = openHubDatabase(where_);
        QVERIFY(database);
        auto query = database->prepare("SELECT count(*) FROM fleet_diagnostics WHERE device = ?");
        QVERIFY(query && *query->bind(0, device.id).step());
        QCOMPARE(query->integer(0), std::int64_t{kDiagnosticsKept});
    }

    void notesWhoDidWhat() {
        QVERIFY(begin());
        QVERIFY(fleet().stop("marja"));
        const auto events = fleet().events(10);
        QVERIFY(events && events->size() == 4);
        QCOMPARE(QString::fromStdString(events->front().who), QString("marja"));
        QCOMPARE(QString::fromStdString(events->front().what), QString("stop"));
        QCOMPARE(QString::fromStdString(events->back().what), QString("hq-key"));
    }

    /// Whatever devices say and in what order: a rollout that stopped stays stopped, rings only get wider,
    /// and no ring begins before the one inside it is through.
    void keepsItsPromisesWhateverHappens() {
        test::SeededRandom dice(7);
        const auto roll = [&dice](std::uint64_t sides) { return dice.next64() % sides; };
        for (int run = 0; run < 20'000; ++run) {
            Rollout rollout;
            rollout.soakMs = 100;
            rollout.failurePercent = static_cast<int>(roll(60));
            std::array<std::array<int, 5>, kRings> phases{}; // how many are in which phase
            std::array<UtcMs, kRings> lastGoodMs{};
            for (auto& ring : phases)
                ring[0] = static_cast<int>(roll(6));
            UtcMs now = 1'000;
            for (int turn = 0; turn < 60; ++turn) {
                now += static_cast<std::int64_t>(roll(80));
                for (std::size_t i = 0; i < kRings; ++i) {
                    auto& ring = phases.at(i);
                    if (ring[0] > 0 && mayBegin(rollout, static_cast<Ring>(i))) --ring[0], ++ring[1];
                    if (ring[1] > 0 && roll(2) == 0) {
                        const bool isGood = roll(8) != 0;
                        --ring[1], ++ring.at(isGood ? 3 : 4);
                        if (isGood) lastGoodMs.at(i) = now;
                    }
                }
                if (roll(20) == 0 && rollout.state == RolloutState::Running)
                    rollout.state = RolloutState::Paused;
                else if (roll(4) == 0 && rollout.state == RolloutState::Paused)
                    rollout.state = RolloutState::Running;
                std::array<RingCounts, kRings> counts{};
                for (std::size_t i = 0; i < kRings; ++i)
                    counts.at(i) = {phases.at(i)[0] + phases.at(i)[1], phases.at(i)[3], phases.at(i)[4],
                                    lastGoodMs.at(i)};
                const auto before = rollout;
                const bool hasChanged = advance(rollout, counts, now);
                QCOMPARE(hasChanged, before.state != rollout.state || before.ring != rollout.ring);
                QVERIFY(rollout.ring >= before.ring);
                if (before.state == RolloutState::Stopped) QVERIFY(!hasChanged);
                if (before.state == RolloutState::Paused && hasChanged)
                    QVERIFY(rollout.state == RolloutState::Stopped);
                if (counts[0].failed > 0) QVERIFY(rollout.state == RolloutState::Stopped);
                for (std::size_t i = 0; i < static_cast<std::size_t>(rollout.ring); ++i)
                    if (rollout.ring > before.ring && i >= static_cast<std::size_t>(before.ring))
                        QCOMPARE(counts.at(i).waiting, 0);
                if (rollout.ring > Ring::Canary) QVERIFY(phases[0][3] > 0);
                if (rollout.ring > before.ring) QVERIFY(now - counts[0].lastGoodMs >= rollout.soakMs);
            }
        }
    }

    void drawsTheShareThatItIsTold() {
        Rollout rollout;
        rollout.version = kNew;
        rollout.earlyPercent = 5;
        int early = 0;
        for (int i = 0; i < 20'000; ++i)
            early += ringOf(rollout, "device-" + std::to_string(i), "X") == Ring::Early ? 1 : 0;
        QVERIFY2(early > 850 && early < 1'150, qPrintable(QString::number(early)));
    }

public:
    explicit TestFleetRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestFleetRegistry>(argc, argv);
}

#include "tst_fleet_registry.moc"
