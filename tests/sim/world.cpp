#include "sim/world.h"

#include "edge/device_keys.h"
#include "support/order_samples.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>

namespace silta::test {

namespace {

constexpr int kHealRounds = 300;
constexpr const char* kHubUrl = "http://127.0.0.1:1";
constexpr std::size_t kAnswersKept = 3;
constexpr std::uint64_t kEventsPerExpiry = 25;

/// What a hub of before knew: devices that were updated first are ahead of it.
constexpr std::array<hub::Schema, 5> kSchemasBefore = {{
    {"wishlist.add", kWishlistAddVersion - 1, {}},
    {"wishlist.remove", 1, {}},
    {"member.signup", 1, {}},
    {"right.redeem", 1, {}},
    {"lease.close", 1, {}},
}};

std::string lowerCase(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return name;
}

} // namespace

/// What a device's engine sends through.
class World::Transport final : public HttpTransport {
public:
    Transport(World& world, int device) : world_(world), device_(device) {}
    Result<HttpReply> send(const HttpCall& call) override { return world_.send(device_, call); }
    /// At once, or when the device has done what it does meanwhile.
    std::future<Result<HttpReply>> begin(std::function<Result<HttpReply>()> call) override {
        if (world_.below(2) == 0) return std::async(std::launch::deferred, std::move(call));
        std::promise<Result<HttpReply>> promise;
        promise.set_value(call());
        return promise.get_future();
    }

private:
    World& world_;
    int device_;
};

World::Blank World::makeBlank(const std::string& folder, const hub::HubKeys& keys) {
    SeededRandom random(0);
    const FakeClock clock;
    SimDisk hubDisk(folder + "/hub/", 0);
    SimDisk deviceDisk(folder + "/device/", 0);
    for (const char* name : {"/hub", "/device"})
        std::filesystem::create_directories(folder + name);
    {
        const auto hub = hub::OperationStore::open(folder + "/hub/hub.db", keys, clock, random);
        const auto journal = Journal::open(folder + "/device", "blank", clock, random);
        if (!hub || !journal) throw std::runtime_error("no blank databases");
        auto catalog = hub::CatalogStore::open(folder + "/hub/hub.db", random);
        if (!catalog) throw std::runtime_error("no catalogue");
        Shelves shelves(*catalog, kStores);
        for (const auto* sku : kGoods)
            for (std::size_t store = 0; store < kStores.size(); ++store)
                shelves.put(sku, static_cast<std::int64_t>(store) + 1,
                            static_cast<std::int32_t>(onShelf(sku, kStores[store])), kStartMs);
        if (!shelves.isSound()) throw std::runtime_error("no shelves");
    }
    return {hubDisk.image(), deviceDisk.image()};
}

World::World(std::string folder, const hub::HubKeys& keys, const Blank& blank, std::uint64_t seed)
    : folder_(std::move(folder)), keys_(keys), blank_(blank), dice_(seed), hubRandom_(seed ^ 0xb0b) {
    // A third of the kinds of trouble is absent from a run, so that each is also seen alone.
    const auto share = [this](double most) {
        return below(3) == 0 ? 0.0 : most * static_cast<double>(below(1000)) / 1000.0;
    };
    mix_.dropRequest = share(0.3);
    mix_.dropReply = share(0.3);
    mix_.duplicate = share(0.2);
    mix_.delay = share(0.2);
    mix_.cutBody = share(0.1);
    mix_.loginPage = share(0.1);
    mix_.serverError = share(0.1);
    mix_.offline = share(0.5);
    mix_.kill = share(0.05);
    mix_.powerCut = share(0.08);
    mix_.hubCrash = share(0.04);
    mix_.clockJump = share(0.03);
    mix_.diskFull = share(0.04);
    mix_.rollback = share(0.02);
    mix_.clone = share(0.01);
    mix_.hubRestore = share(0.015);
    mix_.poison = share(0.03);
    mix_.writeOff = share(0.01);
    mix_.hubClock = share(0.2);
    mix_.oldProgram = share(0.02);
    mix_.lyingDisk = share(0.01);
    mix_.damage = share(0.01);
    mix_.wrongAnswer = share(0.05);
    isHubOld_ = below(6) == 0;
    pushOperations_ = below(3) == 0 ? kPushOperationsMax : 1 + below(30);
    budget_ = 3 + static_cast<std::int64_t>(below(15));
    hubClock_.world = this;
    hubDisk_ = std::make_unique<SimDisk>(folder_ + "/hub/", seed ^ 0xcafe);
    hubDisk_->restore(blank_.hub);
    std::filesystem::create_directories(folder_ + "/hub");
    startHub();
    static_cast<void>(store_->setPool(kPool, budget_));
    const auto devices = 1 + below(3);
    for (std::uint64_t i = 0; i < devices; ++i)
        addDevice(kStores[i == 0 ? 0 : below(2)]);
}

World::~World() {
    for (auto& device : devices_)
        device.engine.reset();
    stopHub();
}

std::uint64_t World::below(std::uint64_t n) {
    return dice_() % n;
}

bool World::happens(double probability) {
    return static_cast<double>(dice_() >> 11) * 0x1p-53 < probability;
}

void World::note(std::string words) {
    trace_.push_back(fmt::format("{:4} {:9.1f}s {}", event_,
                                 static_cast<double>(trueMs_ % 100'000'000) / 1000, std::move(words)));
}

// ---- the hub
// -----------------------------------------------------------------------------------------------------

void World::startHub() {
    auto store = hub::OperationStore::open(folder_ + "/hub/hub.db", keys_, hubClock_, hubRandom_);
    if (!store) { // halted again while it started
        note("hub does not start: " + store.error().what);
        return;
    }
    store_ = std::move(*store);
    if (isHubOld_) store_->setSchemas(kSchemasBefore);
    pool_ = std::make_unique<hub::StorePool>(*store_);
    api_ = std::make_unique<hub::HubApi>(
        *pool_, keys_, hub::HubOptions{}, [](const std::string&) { return std::nullopt; },
        [](const std::string&) { return std::nullopt; }, hubClock_, hubRandom_);
    routes_ = api_->routes();
}

void World::stopHub() {
    routes_.clear();
    api_.reset();
    pool_.reset();
    store_.reset();
}

bool World::cutHaltedHub() {
    if (!hubDisk_->isHalted()) return false;
    stopHub();
    hubDisk_->cutPower();
    return true;
}

Result<HttpReply> World::ask(const HttpCall& call) {
    if (!hubIsUp()) return Error{Errc::Unavailable, "hub is down"};
    HttpRequest request;
    request.method = call.method;
    request.target = call.url.substr(std::string_view(kHubUrl).size());
    request.path = request.target.substr(0, request.target.find('?'));
    if (const auto at = request.target.find('?'); at != std::string::npos) { // devices send one parameter
        const auto equals = request.target.find('=', at);
        request.query[request.target.substr(at + 1, equals - at - 1)] = request.target.substr(equals + 1);
    }
    for (const auto& header : call.headers)
        request.headers[lowerCase(header.name)] = header.value;
    request.body = call.body;
    const auto route = std::ranges::find_if(routes_, [&request](const HttpServer::Route& r) {
        return r.method == request.method && r.path == request.path;
    });
    if (route == routes_.end()) return Error{Errc::NotFound, "no such route in the simulation"};
    const auto response = route->handler(request);
    if (cutHaltedHub()) { // no answer leaves it
        hubDownUntilMs_ = trueMs_ + static_cast<std::int64_t>(below(20)) * kMinuteMs;
        note("hub lost power while it answered");
        return Error{Errc::Unavailable, "connection lost"};
    }
    HttpReply reply;
    reply.status = response.status;
    reply.body = response.body;
    for (const auto& header : response.headers)
        reply.headers[lowerCase(header.name)] = header.value;
    return reply;
}

Result<HttpReply> World::send(int number, const HttpCall& call) {
    auto& device = devices_[static_cast<std::size_t>(number)];
    if (calm_) return ask(call);
    if (trueMs_ < device.offlineUntilMs) return Error{Errc::Unavailable, "offline"};
    trueMs_ += static_cast<std::int64_t>(below(300));
    if (happens(mix_.loginPage)) {
        HttpReply page;
        page.status = 200;
        page.body = "<html>Please log in to the Wi-Fi</html>";
        return page;
    }
    if (happens(mix_.delay)) { // it arrives when nobody waits for the answer any more
        late_.push_back({trueMs_ + static_cast<std::int64_t>(below(2 * kHourMs)), call});
        return Error{Errc::Unavailable, "time-out"};
    }
    if (happens(mix_.dropRequest)) return Error{Errc::Unavailable, "request lost"};
    if (happens(mix_.serverError)) {
        HttpReply reply;
        reply.status = 503;
        if (below(2) == 0) reply.headers["retry-after"] = "30";
        return reply;
    }
    const bool isPush = call.method == "POST" && call.url.ends_with("/v1/ops");
    if (isPush && happens(mix_.wrongAnswer))
        for (const auto& [body, answer] : device.answers)
            if (body != call.body) return answer;
    auto reply = ask(call);
    if (happens(mix_.duplicate)) reply = ask(call);
    if (isPush && reply && reply->status == 200) {
        device.answers.emplace_front(call.body, *reply);
        if (device.answers.size() > kAnswersKept) device.answers.pop_back();
    }
    if (happens(mix_.dropReply)) return Error{Errc::Unavailable, "reply lost"};
    if (reply && happens(mix_.cutBody)) reply->body.resize(below(reply->body.size() + 1));
    return reply;
}

void World::deliverLate() {
    for (std::size_t i = 0; i < late_.size();) {
        if (late_[i].dueMs > trueMs_) {
            ++i;
            continue;
        }
        const auto call = late_[i].call;
        late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(i));
        static_cast<void>(ask(call));
    }
}

// ---- devices
// -----------------------------------------------------------------------------------------------------

void World::addDevice(const std::string& store) {
    auto& device = devices_.emplace_back();
    device.number = static_cast<int>(devices_.size()) - 1;
    device.store = store;
    device.folder = fmt::format("{}/d{}", folder_, device.number);
    std::filesystem::create_directories(device.folder);
    device.disk = std::make_unique<SimDisk>(device.folder + "/", dice_());
    device.disk->restore(blank_.device);
    device.clock.world = this;
    device.clock.bootMs = trueMs_ - 1'000;
    device.random = std::make_unique<SeededRandom>(dice_());
    SimClock clock;
    clock.world = this;
    device.list = makeUuid(clock, *device.random);
    boot(device);
    const auto code = store_->devices().makeEnrolCode(store, 24);
    if (!device.engine || !code) return;
    static_cast<void>(device.engine->requestEnrolment({*code, kHubUrl, ""}));
    device.engine->step();
}

void World::boot(Device& device) {
    device.clock.bootMs = trueMs_ - 1'000;
    EdgeConfig config;
    config.stateFolder = device.folder;
    config.catalogFolder = device.folder + "/catalog";
    config.hubUrl = kHubUrl;
    config.pushLimits.operations = pushOperations_;
    auto engine =
        Engine::open(config, device.clock, *device.random, std::make_unique<Transport>(*this, device.number));
    if (engine)
        device.engine = std::move(*engine);
    else
        note(fmt::format("d{} does not start: {}", device.number, engine.error().what));
}

void World::shutDown(Device& device, bool powerCut) {
    device.disk->halt(); // closing must not tidy up
    device.engine.reset();
    if (powerCut)
        device.disk->cutPower();
    else
        device.disk->restart();
}

void World::reviveIfHalted(Device& device) {
    if (device.disk->isHalted()) {
        note(fmt::format("d{} lost power inside a write", device.number));
        if (device.disk->isLying()) {
            loseWhatWasNotSynced(device);
            return;
        }
        shutDown(device, true);
    }
    if (!device.engine) boot(device);
}

// ---- the run
// ------------------------------------------------------------------------------------------------------

void World::run() {
    calm_ = false;
    for (event_ = 0; event_ < kEvents; ++event_) {
        trueMs_ += static_cast<std::int64_t>(below(2 * kMinuteMs));
        if (!hubIsUp() && trueMs_ >= hubDownUntilMs_) startHub();
        cutHaltedHub();
        deliverLate();
        if (event_ <= lastFaultyEvent_) disturb();
        auto& device = devices_[below(devices_.size())];
        reviveIfHalted(device);
        if (below(3) != 0) act(device);
        if (below(kEventsPerExpiry) == 0) expireOrders();
        for (auto& each : devices_) {
            if (each.engine) each.engine->step();
            reviveIfHalted(each);
        }
    }
    heal();
}

void World::heal() {
    note("everything heals");
    calm_ = true;
    cutHaltedHub();
    hubDisk_->haltAfter(-1);
    if (!hubIsUp()) startHub();
    upgradeHub();
    for (auto& device : devices_) {
        device.disk->setFull(false);
        device.disk->haltAfter(-1);
        reviveIfHalted(device);
    }
    // Which of two holders of one numbering is the wrong one, only a new operation can tell. Others stay
    // idle: they must hear of everything all the same.
    std::map<std::string, int> holders;
    for (const auto& device : devices_)
        if (device.engine) ++holders[textMember(device.engine->status(), "deviceId").value_or("")];
    for (auto& device : devices_)
        if (device.engine && holders[textMember(device.engine->status(), "deviceId").value_or("")] > 1)
            actAdd(device);
    int quietRounds = 0;
    for (int round = 0; round < kHealRounds; ++round) {
        trueMs_ += 10 * kMinuteMs;
        deliverLate();
        for (auto& device : devices_)
            if (device.engine) device.engine->step();
        quietRounds = late_.empty() && isDrained() ? quietRounds + 1 : 0;
        if (quietRounds == 3) return; // with time to hear the results
    }
}

bool World::isDrained() {
    return std::ranges::all_of(devices_, [](const Device& device) {
        if (!device.engine) return false;
        const auto status = device.engine->status();
        return status["outbox"]["pending"] == 0 && status["hub"]["reachable"] == true;
    });
}

} // namespace silta::test
