// A fleet of five: real engines with their updaters ask a hub over HTTP; silta-update runs a pretended rauc.
#include "core/log.h"
#include "edge/engine.h"
#include "edge/update_download.h"
#include "edge/updater.h"
#include "fleet/privileged.h"
#include "hub/fleet_registry.h"
#include "hub/hub_api.h"
#include "hub/media_store.h"
#include "support/clocks.h"

#include <silta/uuid.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace silta;

namespace {

namespace fs = std::filesystem;

constexpr const char* kCompatible = "silta-amd64";
constexpr const char* kOld = "1.3.0";
constexpr const char* kNew = "1.4.0";
constexpr std::int64_t kStepMs = 10'000;

void write(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Counts what comes, and lets the line break.
class MeteredTransport final : public HttpTransport {
public:
    struct Meter {
        std::int64_t fileBytes = 0, calls = 0;
        std::vector<std::string> ranges;
        bool isCut = false;
    };
    explicit MeteredTransport(Meter& meter) : meter_(meter) {}
    Result<HttpReply> send(const HttpCall& call) override {
        if (meter_.isCut) return Error{Errc::Unavailable, "the line is cut"};
        auto reply = inner_->send(call);
        ++meter_.calls;
        if (reply && call.url.find("/v1/files/") != std::string::npos) {
            meter_.fileBytes += static_cast<std::int64_t>(reply->body.size());
            for (const auto& header : call.headers)
                if (header.name == "Range") meter_.ranges.push_back(header.value);
        }
        return reply;
    }

private:
    Meter& meter_;
    std::unique_ptr<HttpTransport> inner_ = makeCurlTransport();
};

/// One machine: an engine, an updater, and what systemd would do around them.
struct Device {
    std::string folder;
    MeteredTransport::Meter meter;
    bool isBroken = false; ///< the new system does not come up well on it
    bool isClosed = true;
    bool hasHelper = true; ///< silta-update is started when it is asked for
    int restarts = 0, resyncs = 0, wipes = 0;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Updater> updater;

    [[nodiscard]] std::string update() const { return folder + "/update"; }
    [[nodiscard]] std::string version() const { return read(folder + "/system").substr(8, 5); }
    void setSystem(const std::string& version, const std::string& slot) const {
        write(folder + "/system", "version=" + version + "\ncompatible=" + kCompatible + "\n");
        write(folder + "/slot", slot);
    }
};

} // namespace

class TestFleet : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{91};
    hub::HubKeys keys_;
    HqKeys hq_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::unique_ptr<HttpServer> server_;
    std::vector<std::unique_ptr<Device>> devices_;

    std::string path(const std::string& name) const {
        return folder_->filePath(QString::fromStdString(name)).toStdString();
    }
    void startUpdater(Device& device) {
        UpdaterPlaces places{
            device.update(),         device.folder + "/system",         device.folder + "/slot",
            device.folder + "/boot", device.folder + "/results/result", 512};
        device.updater = std::make_unique<Updater>(
            places, [&device] { return device.engine->fleetDesk(); },
            UpdaterDeeds{[&device] { ++device.resyncs; }, [&device] { return device.engine->status(); },
                         [&device](const FleetDesk&) { return device.isClosed; }},
            std::make_unique<MeteredTransport>(device.meter), clock_, random_);
    }
    void restart(Device& device) {
        ++device.restarts;
        device.updater.reset();
        fs::remove_all(device.folder + "/boot");
        fs::create_directories(device.folder + "/boot");
        fs::remove_all(device.folder + "/results");
        fs::create_directories(device.folder + "/results");
        const auto installed = read(device.folder + "/disk");
        if (!installed.empty() && !device.isBroken) device.setSystem(installed, "good");
        fs::remove(device.folder + "/disk"); // a broken one falls back to what it had
        startUpdater(device);
    }
    /// What silta-update.path would start.
    void obey(Device& device) {
        if (!device.hasHelper || !fs::exists(device.update() + "/" + kRequestFile)) return;
        QProcess helper;
        const auto rauc = device.folder + "/rauc";
        const auto systemctl = device.folder + "/systemctl";
        helper.start(SILTA_BIN "/silta-update",
                     {"--folder", device.update().c_str(), "--results", (device.folder + "/results").c_str(),
                      "--rauc", rauc.c_str(), "--systemctl", systemctl.c_str(), "--siltactl",
                      (device.folder + "/siltactl").c_str()});
        QVERIFY(helper.waitForFinished());
        QCOMPARE(helper.exitCode(), 0);
        if (fs::remove(device.folder + "/restart-asked")) restart(device);
        if (fs::remove(device.folder + "/wipe-asked")) ++device.wipes;
    }
    bool addDevice(const std::string& storeCode) {
        auto device = std::make_unique<Device>();
        device->folder = path("device" + std::to_string(devices_.size()));
        fs::create_directories(device->folder + "/boot");
        fs::create_directories(device->folder + "/results");
        device->setSystem(kOld, "good A");
        const auto script = [&device](const std::string& name, const std::string& text) {
            const auto file = device->folder + "/" + name;
            write(file, "#!/bin/sh\n" + text);
            fs::permissions(file, fs::perms::owner_all);
        };
        script("rauc", "[ \"$1\" = install ] && tail -c 5 \"$2\" >" + device->folder + "/disk\n");
        script("systemctl", "[ \"$1\" = reboot ] && touch " + device->folder + "/restart-asked\n");
        script("siltactl", "[ \"$1\" = wipe ] && touch " + device->folder + "/wipe-asked\n");
        EdgeConfig config;
        config.stateFolder = device->folder + "/state";
        config.catalogFolder = device->folder + "/catalog";
        config.socketFolder = device->folder + "/boot";
        config.hubUrl = "http://127.0.0.1:" + std::to_string(server_->port());
        auto engine = Engine::open(config, clock_, random_, makeCurlTransport());
        if (!engine) return false;
        device->engine = std::move(*engine);
        const auto code = store_->devices().makeEnrolCode(storeCode, 24);
        if (!code || !device->engine->requestEnrolment({*code, "", ""})) return false;
        for (int turn = 0; turn < 4; ++turn) {
            device->engine->syncNow();
            device->engine->step();
        }
        startUpdater(*device);
        devices_.push_back(std::move(device));
        return devices_.back()->engine->status()["enrolled"].get<bool>();
    }
    /// A bundle of a megabyte and a half whose last bytes are its version.
    bool addRelease(const std::string& version) {
        std::string bundle(3 * kPieceBytes - 100, 'b');
        bundle += version;
        auto files = hub::MediaStore::open(path("files"));
        const auto name = files->put(bundle);
        if (!name) return false;
        const auto text =
            toText(Release{version, kCompatible, *name, static_cast<std::int64_t>(bundle.size())});
        return store_->fleet().addRelease({text, sign(releaseToSign(text), hq_.sign)}, "hq").has_value();
    }
    bool begin(const std::string& version) {
        hub::Rollout rollout;
        rollout.version = version;
        rollout.canaryStores = {"FI-CANARY"};
        rollout.earlyPercent = 50;
        return store_->fleet().start(rollout, "hq").has_value();
    }
    /// Lets time pass until it is so, at most a day.
    bool passUntil(const std::function<bool()>& isSo) {
        for (int turn = 0; turn < 24 * 360; ++turn) {
            for (auto& device : devices_) {
                device->updater->step();
                obey(*device);
            }
            if (isSo()) return true;
            clock_.now += kStepMs;
            clock_.steady += kStepMs;
        }
        return false;
    }
    bool command(const std::string& device, CommandKind kind) {
        const auto number = *store_->fleet().nextCommandNumber();
        const auto text = toText(FleetCommand{number, device, kind, clock_.now, clock_.now + 86'400'000});
        return store_->fleet().addCommand({text, sign(commandToSign(text), hq_.sign)}, "hq").has_value();
    }
    std::string order(const std::string& device, std::int64_t number, CommandKind kind) const {
        return toText(FleetCommand{number, device, kind, clock_.now, clock_.now + 86'400'000});
    }
    /// Whoever has the hub writes what they like into its database.
    bool put(const std::string& device, std::int64_t number, const std::string& text,
             const std::string& signature) {
        auto database = *Database::open(path("hub.db"), OpenMode::Shared);
        auto insert = *database.prepare("INSERT INTO fleet_command(number, device, record, signature, "
                                        "expires_ms) VALUES(?, ?, ?, ?, ?)");
        insert.bind(0, number).bind(1, device).bind(2, text).bindBlob(3, signature);
        return insert.bind(4, clock_.now + 86'400'000).run().has_value();
    }
    bool hasAnswered(const std::string& device, const std::string& outcome) {
        return std::ranges::any_of(*store_->fleet().events(100), [&](const auto& event) {
            return event.what == "command" && event.device == device && event.detail == outcome;
        });
    }
    hub::RolloutState state() { return (*store_->fleet().rollout())->state; }
    int onVersion(const std::string& version) {
        return static_cast<int>(std::ranges::count_if(
            devices_, [&](const auto& device) { return device->version() == version; }));
    }

private slots:
    void init() {
        devices_.clear();
        server_.reset();
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *hub::loadOrMakeHubKeys(path("hub.keys"));
        hq_ = *makeHqKeys(path("hq.key"));
        store_ = *hub::OperationStore::open(path("hub.db"), keys_, clock_, random_);
        pool_ = std::make_unique<hub::StorePool>(*store_);
        hub::HubOptions options;
        options.listen = "127.0.0.1:0";
        options.filesFolder = path("files");
        const auto nothing = [](const std::string&) { return std::nullopt; };
        api_ = std::make_unique<hub::HubApi>(*pool_, keys_, options, nothing, nothing, clock_, random_);
        server_ = *api_->serve();
        QVERIFY(store_->fleet().setHq(publicHalves(hq_), "hq"));
        QVERIFY(addDevice("FI-CANARY"));
        for (int i = 0; i < 4; ++i)
            QVERIFY(addDevice("FI-HEL-01"));
        QVERIFY(addRelease(kNew));
    }
    void cleanup() { devices_.clear(); }

    void bringsAReleaseToAll() {
        QVERIFY(begin(kNew));
        QVERIFY(passUntil([this] { return state() == hub::RolloutState::Done; }));
        QCOMPARE(onVersion(kNew), 5);
        for (const auto& device : devices_) {
            QCOMPARE(device->restarts, 1);
            QVERIFY(!fs::exists(device->update() + "/" + kBundleFile));
        }
        const auto rows = store_->fleet().devices();
        for (const auto& row : *rows)
            QCOMPARE(QString::fromStdString(row.said.version), QString(kNew));
    }

    void stopsByItselfWhenTheCanaryFails() {
        devices_[0]->isBroken = true;
        QVERIFY(begin(kNew));
        QVERIFY(passUntil([this] { return state() == hub::RolloutState::Stopped; }));
        QCOMPARE(devices_[0]->restarts, 1);
        int turns = 0;
        passUntil([&turns] { return ++turns > 400; }); // an hour and more: nothing comes of it any more
        QCOMPARE(onVersion(kOld), 5);
        for (std::size_t i = 1; i < devices_.size(); ++i) {
            QCOMPARE(devices_[i]->restarts, 0);
            QCOMPARE(devices_[i]->meter.fileBytes, 0);
        }
        QCOMPARE(devices_[0]->restarts, 1); // it does not try again
    }

    void goesOnWhereTheLineBroke() {
        auto& canary = *devices_[0];
        QVERIFY(begin(kNew));
        QVERIFY(passUntil([&] { return !canary.meter.ranges.empty(); }));
        canary.meter.isCut = true;
        canary.updater.reset(); // and the power
        startUpdater(canary);
        int turns = 0;
        passUntil([&turns] { return ++turns > 10; });
        canary.meter.isCut = false;
        QVERIFY(passUntil([&] { return canary.version() == kNew; }));
        QCOMPARE(canary.meter.fileBytes, 3 * kPieceBytes - 95); // each byte once
        QCOMPARE(QString::fromStdString(canary.meter.ranges[1]), QString("bytes=524288-1048575"));
    }

    void installsOnlyWhileTheStoreIsClosed() {
        auto& canary = *devices_[0];
        canary.isClosed = false;
        QVERIFY(begin(kNew));
        int turns = 0;
        passUntil([&turns] { return ++turns > 400; });
        QCOMPARE(QString::fromStdString(canary.version()), QString(kOld));
        QVERIFY(fs::exists(canary.update() + "/" + kBundleFile));
        QVERIFY(store_->fleet().pause("hq"));
        canary.isClosed = true;
        turns = 0;
        passUntil([&turns] { return ++turns > 400; });
        QCOMPARE(QString::fromStdString(canary.version()), QString(kOld)); // no leave
        QVERIFY(store_->fleet().resume("hq"));
        QVERIFY(passUntil([&] { return canary.version() == kNew; }));
        QCOMPARE(canary.meter.fileBytes, 3 * kPieceBytes - 95); // not fetched a second time
    }

    void keepsToTheSpeedThatItMay() {
        QVERIFY(begin(kNew));
        auto& canary = *devices_[0];
        canary.isClosed = false;
        const auto from = clock_.steady;
        QVERIFY(passUntil([&] { return canary.meter.ranges.size() == 1; }));
        const auto due = canary.updater->step();
        QVERIFY2(due >= from + 1'000, "512 KiB at 512 KiB a second: a second");
        QCOMPARE(canary.meter.ranges.size(), 1);
    }

    void takesNoBundleThatIsNotWhatWasSigned() {
        const auto releases = store_->fleet().releases();
        const auto name = releases->front().sha256;
        auto files = hub::MediaStore::open(path("files"));
        auto bundle = read(files->pathOf(name));
        bundle[700'000] = 'x';
        write(files->pathOf(name), bundle);
        QVERIFY(begin(kNew));
        QVERIFY(passUntil([this] { return state() == hub::RolloutState::Stopped; }));
        QCOMPARE(devices_[0]->restarts, 0);
        QCOMPARE(QString::fromStdString(store_->fleet().devices()->front().said.why), QString("corrupt"));
    }

    void obeysWhatHeadquartersSignsOnce() {
        auto& device = *devices_[1];
        const auto id = device.engine->status()["deviceId"].get<std::string>();
        QVERIFY(command(id, CommandKind::Resync));
        QVERIFY(passUntil([&] { return device.resyncs == 1; }));
        QVERIFY(command(id, CommandKind::Restart));
        QVERIFY(passUntil([&] { return device.restarts == 1; }));
        QVERIFY(command(id, CommandKind::FactoryReset));
        QVERIFY(passUntil([&] { return device.wipes == 1; }));
        int turns = 0;
        passUntil([&turns] { return ++turns > 100; });
        QCOMPARE(device.resyncs + device.restarts + device.wipes, 3);
        for (std::size_t i = 0; i < devices_.size(); ++i)
            if (i != 1) QCOMPARE(devices_[i]->resyncs + devices_[i]->restarts + devices_[i]->wipes, 0);
        const auto events = store_->fleet().events(50);
        const auto answered = std::ranges::count_if(*events, [&](const auto& event) {
            return event.what == "command" && event.device == id && event.detail.ends_with(" done");
        });
        QCOMPARE(answered, 3);
    }

    void obeysNoHubByItself() {
        auto& device = *devices_[1];
        const auto id = device.engine->status()["deviceId"].get<std::string>();
        QVERIFY(passUntil([&] { return device.meter.calls > 2; })); // it knows headquarters now
        const auto others = makeSigningKeys();
        const auto forged = order(id, 1, CommandKind::FactoryReset);
        QVERIFY(put(id, 1, forged, sign(commandToSign(forged), others)));
        // What headquarters did sign, once, it cannot repeat.
        const auto real = order(id, 2, CommandKind::Resync);
        const auto signature = sign(commandToSign(real), hq_.sign);
        QVERIFY(put(id, 2, real, signature));
        QVERIFY(passUntil([&] { return device.resyncs == 1; }));
        QVERIFY(put(id, 3, real, signature));
        const auto before = device.meter.calls;
        int turns = 0;
        passUntil([&turns] { return ++turns > 90; });
        QCOMPARE(device.resyncs, 1);
        QCOMPARE(device.wipes, 0);
        QVERIFY2(device.meter.calls < before + 10, "refusing is no reason to hurry");
    }

    void followsHeadquartersToOtherKeys() {
        auto& device = *devices_[1];
        const auto id = device.engine->status()["deviceId"].get<std::string>();
        QVERIFY(passUntil([&] { return device.meter.calls > 2; })); // it knows the first keys
        const auto first = hq_;
        QVERIFY(begin(kNew)); // signed by the first; nobody has been told of it yet
        const auto second = *makeHqKeys(path("hq2.key"));
        QCOMPARE(store_->fleet().replaceHq(second, first, "hq").error().code, Errc::Denied);
        QCOMPARE(store_->fleet().replaceHq(first, first, "hq").error().code, Errc::Conflict);
        QVERIFY(store_->fleet().replaceHq(first, second, "hq"));
        hq_ = *makeHqKeys(path("hq3.key"));
        QVERIFY(store_->fleet().replaceHq(second, hq_, "hq")); // nobody has heard of the second
        QVERIFY(command(id, CommandKind::Resync));
        QVERIFY(passUntil([&] { return device.resyncs == 1; }));
        QVERIFY(passUntil([this] { return state() == hub::RolloutState::Done; }));
        QCOMPARE(onVersion(kNew), 5);
        for (const auto& old : {first, second}) {
            const auto number = *store_->fleet().nextCommandNumber();
            const auto forged = order(id, number, CommandKind::FactoryReset);
            QVERIFY(put(id, number, forged, sign(commandToSign(forged), old.sign)));
            QVERIFY(passUntil([&] { return hasAnswered(id, std::to_string(number) + " refused"); }));
        }
        QCOMPARE(device.wipes, 0);
        QVERIFY(command(id, CommandKind::Diagnostics));
        QVERIFY(passUntil([&] { return store_->fleet().diagnostics(id).has_value(); }));
        QVERIFY(openSealed(*store_->fleet().diagnostics(id), hq_.seal));
    }

    void saysWhatItDoesNotObey() {
        auto& device = *devices_[1];
        const auto id = device.engine->status()["deviceId"].get<std::string>();
        QVERIFY(passUntil([&] { return device.meter.calls > 2; }));
        const auto forged = order(id, 1, CommandKind::FactoryReset);
        QVERIFY(put(id, 1, forged, sign(commandToSign(forged), makeSigningKeys())));
        const auto stale = toText(FleetCommand{2, id, CommandKind::Restart, clock_.now - 2, clock_.now - 1});
        QVERIFY(put(id, 2, stale, sign(commandToSign(stale), hq_.sign)));
        QVERIFY(command(id, CommandKind::Resync)); // its number is higher than theirs
        QVERIFY(passUntil([&] { return hasAnswered(id, "1 refused") && hasAnswered(id, "2 too-late"); }));
        QCOMPARE(device.resyncs, 1);
        const auto late = order(id, 3, CommandKind::Restart);
        QVERIFY(put(id, 3, late, sign(commandToSign(late), hq_.sign)));
        QVERIFY(passUntil([&] { return hasAnswered(id, "3 done-before"); }));
        QCOMPARE(device.restarts + device.wipes, 0);
        // What waits for leave to restart is not kept from it by what is refused.
        QVERIFY(command(id, CommandKind::Restart));
        const auto again = order(id, 4, CommandKind::Restart);
        QVERIFY(
            put(id, 5, again, sign(commandToSign(again), hq_.sign))); // refused for as long as it is there
        QVERIFY(passUntil([&] { return device.restarts == 1; }));
    }

    void sendsWhatOnlyHeadquartersCanOpenAndNothingOfAnybody() {
        auto& device = *devices_[1];
        auto& engine = *device.engine;
        const auto id = engine.status()["deviceId"].get<std::string>();
        const QStringList planted = {"Vilhelmiina", "vilhelmiina@example.com", "+358 40 765 4321",
                                     "for grandmother", "aa:bb:cc:dd:ee:0f"};
        const auto list = makeUuid(clock_, random_);
        QVERIFY(engine.addToWishlist(list, "SKU-1", std::nullopt, 1, planted[3].toStdString()));
        log::info("edge", "a line with vilhelmiina@example.com and +358 40 765 4321 of aa:bb:cc:dd:ee:0f");
        QVERIFY(command(id, CommandKind::Diagnostics));
        const auto has = [&] { return store_->fleet().diagnostics(id).has_value(); };
        QVERIFY(passUntil(has));
        const auto sealed = *store_->fleet().diagnostics(id);
        QVERIFY(sealed.find("deviceId") == std::string::npos);
        QVERIFY(!openSealed(sealed, keys_.seal)); // not the hub's to read
        const auto text = QString::fromStdString(*openSealed(sealed, hq_.seal));
        for (const auto* wanted : {"\"version\":\"1.3.0\"", "\"pending\":1", "a line with", "FI-HEL-01"})
            QVERIFY2(text.contains(wanted), wanted);
        for (const auto& word : planted)
            QVERIFY2(!text.contains(word, Qt::CaseInsensitive), qPrintable(word));
        QVERIFY(!text.contains(QString::fromStdString(list)));
        QVERIFY(text.size() < static_cast<int>(kDiagnosticsBytesMax) / 2);
    }

    void triesAgainAfterAPowerCutWhileInstalling() {
        auto& canary = *devices_[0];
        canary.hasHelper = false; // the power goes before it has done anything
        QVERIFY(begin(kNew));
        for (int cut = 0; cut < 3; ++cut) {
            const auto request = canary.update() + "/" + kRequestFile;
            QVERIFY(passUntil([&] { return fs::exists(request); }));
            QCOMPARE(QString::fromStdString(read(request)).left(8), QString("install "));
            fs::remove(request);
            restart(canary);
        }
        QVERIFY(passUntil([this] { return state() == hub::RolloutState::Stopped; }));
        QCOMPARE(QString::fromStdString(store_->fleet().devices()->front().said.why), QString("interrupted"));
    }
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
