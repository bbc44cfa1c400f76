#include "edge/engine.h"

#include "core/log.h"
#include "edge/device_keys.h"
#include "sync/private_feed.h"
#include "sync/pusher.h"

#include <silta/catalog.h>
#include <silta/scan.h>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>

namespace silta {

namespace {

constexpr std::int64_t kBackOffFirstMs = 2'000;
constexpr std::int64_t kBackOffMaxMs = 300'000;
constexpr int kBackOffDoublingsMax = 8; // 2 s doubled eight times is past the maximum
constexpr int kBatchesPerTalkMax = 200; // 100,000 operations; then pulling gets its turn
constexpr int kMemberSerialMax = 999'999;
constexpr std::int64_t kIdleMs = 60'000; // an engine with nothing to do still looks around once a minute

int numberOf(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Json nullable(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

} // namespace

Engine::Engine(EdgeConfig config, const Clock& clock, Random& random,
               std::unique_ptr<HttpTransport> transport, KeyPair keys)
    : config_(std::move(config)), clock_(clock), random_(random), transport_(std::move(transport)),
      keys_(std::move(keys)) {}

Engine::~Engine() {
    thread_.request_stop();
    wake_.notify_all();
}

Result<std::unique_ptr<Engine>> Engine::open(EdgeConfig config, const Clock& clock, Random& random,
                                             std::unique_ptr<HttpTransport> transport) {
    std::error_code error;
    std::filesystem::create_directories(config.stateFolder, error);
    std::filesystem::permissions(config.stateFolder, std::filesystem::perms::owner_all, error);
    std::filesystem::create_directories(config.catalogFolder, error);
    auto keys = loadOrMakeDeviceKeys(config.stateFolder);
    if (!keys) return keys.error();
    std::unique_ptr<Engine> engine(
        new Engine(std::move(config), clock, random, std::move(transport), std::move(*keys)));
    if (auto done = engine->load(); !done) return done.error();
    return engine;
}

Result<std::unique_ptr<Engine>> Engine::start(EdgeConfig config, const Clock& clock, Random& random,
                                              std::unique_ptr<HttpTransport> transport) {
    auto engine = open(std::move(config), clock, random, std::move(transport));
    if (!engine) return engine;
    auto* raw = engine->get();
    raw->thread_ = std::jthread([raw](const std::stop_token& stop) { raw->run(stop); });
    return engine;
}

Result<void> Engine::load() {
    noteCatalog();
    auto journal =
        Journal::open(config_.stateFolder + "/journal.db", deviceIdOf(keys_.publicKey), clock_, random_);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    auto saved = journal_->setting("enrolment");
    if (!saved) return saved.error().code == Errc::NotFound ? Result<void>{} : saved.error();
    auto json = parseJson(*saved, kOperationBytesMax);
    if (!json) return json.error();
    auto enrolment = parseEnrolment(*json);
    if (!enrolment) return enrolment.error();
    applyEnrolment(std::move(*enrolment));
    return {};
}

void Engine::applyEnrolment(Enrolment enrolment) {
    client_.emplace(*transport_, HubAddress{enrolment.hubUrl, config_.hubCaFile, deviceIdOf(keys_.publicKey)},
                    keys_);
    puller_.emplace(config_.catalogFolder, enrolment.signKey);
    const std::lock_guard lock(stateMutex_);
    enrolment_ = std::move(enrolment);
    enrolState_ = EnrolState::Done;
    ++generation_;
}

// ---- the hub's thread
// --------------------------------------------------------------------------------------------

void Engine::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(stateMutex_);
            const auto wait = std::clamp<std::int64_t>(dueMs() - clock_.steadyMs(), 0, kIdleMs);
            wake_.wait_for(lock, stop, std::chrono::milliseconds(wait),
                           [this] { return dueMs() <= clock_.steadyMs(); });
            if (stop.stop_requested()) return;
        }
        step();
    }
}

std::int64_t Engine::dueMs() const {
    const auto now = clock_.steadyMs();
    if (enrolRequest_ || (syncWanted_ && enrolment_)) return now;
    if (!enrolment_) return now + kIdleMs;
    return std::max(quietUntilMs_, pushWanted_ ? now : nextPullMs_);
}

std::int64_t Engine::step() {
    std::optional<EnrolRequest> enrolRequest;
    {
        const std::lock_guard lock(stateMutex_);
        enrolRequest = std::exchange(enrolRequest_, std::nullopt);
    }
    if (enrolRequest) enrol(*enrolRequest);
    bool pullDue = false;
    bool isDue = false;
    {
        const std::lock_guard lock(stateMutex_);
        const auto now = clock_.steadyMs();
        if (enrolRequest && enrolment_) nextPullMs_ = now;
        isDue = enrolment_.has_value() && dueMs() <= now;
        if (isDue) {
            pullDue = syncWanted_ || now >= nextPullMs_;
            syncWanted_ = pushWanted_ = false;
        }
    }
    if (isDue) {
        const auto outcome = talk(pullDue);
        noteOutcome(outcome);
        const std::lock_guard lock(stateMutex_);
        const auto end = clock_.steadyMs();
        if (!outcome) {
            quietUntilMs_ = end + backOffMs();
            nextPullMs_ = quietUntilMs_; // it pushes first
        } else {
            quietUntilMs_ = end;
            const bool isComplete = hub_.picturesMissing.value_or(0) == 0;
            if (pullDue) nextPullMs_ = isComplete ? end + std::int64_t{config_.pullSeconds} * 1000 : end;
        }
    }
    const std::lock_guard lock(stateMutex_);
    return dueMs();
}

Result<void> Engine::talk(bool pullDue) {
    for (int batch = 0; batch < kBatchesPerTalkMax; ++batch) {
        auto pushed = pushOnce(*journal_, journalMutex_, *client_);
        if (!pushed) return pushed.error();
        if (pushed->sent > 0) {
            const std::lock_guard lock(stateMutex_);
            hub_.pushedBytes += pushed->bytes;
            ++generation_;
        }
        if (!pushed->more) break;
    }
    if (!pullDue) return {};
    auto pulled = puller_->pull(*client_);
    if (!pulled && pulled.error().code != Errc::NotFound) return pulled.error();
    if (pulled) {
        const std::lock_guard lock(stateMutex_);
        hub_.picturesMissing = pulled->picturesMissing;
        hub_.pulledBytes += pulled->bytes;
    }
    if (pulled && pulled->changed) noteCatalog();
    auto resends = pullPrivateFeed(*journal_, journalMutex_, *client_);
    if (!resends) return resends.error();
    const std::lock_guard lock(stateMutex_);
    pushWanted_ = pushWanted_ || *resends;
    return {};
}

void Engine::noteCatalog() {
    Json state = nullptr;
    if (auto path = CatalogPuller::currentFile(config_.catalogFolder)) {
        auto reader = CatalogReader::open(*path, {});
        auto info = reader ? (*reader)->info() : Result<CatalogInfo>(reader.error());
        if (info)
            state = {{"path", *path},
                     {"catalogSeq", info->catalogSeq},
                     {"stockSeq", info->stockSeq},
                     {"products", info->products},
                     {"stores", info->stores},
                     {"stockAsOf", info->stockAsOf}};
    }
    const std::lock_guard lock(stateMutex_);
    catalogState_ = std::move(state);
    ++generation_;
}

void Engine::enrol(const EnrolRequest& request) {
    auto enrolment = enrolAt(*transport_, request.hubUrl, config_.hubCaFile, request.code, keys_);
    if (enrolment) {
        const std::lock_guard lock(journalMutex_);
        if (auto saved = journal_->setSetting("enrolment", dumpJson(toJson(*enrolment))); !saved)
            enrolment = saved.error();
    }
    if (!enrolment) {
        log::warning("edge", "enrolment failed code={}", toString(enrolment.error().code));
        const std::lock_guard lock(stateMutex_);
        enrolState_ = EnrolState::Failed;
        enrolError_ = enrolment.error().what;
        ++generation_;
        return;
    }
    log::info("edge", "enrolled store={}", enrolment->storeCode);
    applyEnrolment(std::move(*enrolment));
}

void Engine::noteOutcome(const Result<void>& outcome) {
    const std::lock_guard lock(stateMutex_);
    const bool was = hub_.reachable;
    hub_.reachable = outcome.has_value();
    ++hub_.attempts;
    hub_.lastError = outcome ? "" : toString(outcome.error().code);
    if (outcome) {
        hub_.lastSyncMs = clock_.nowMs();
        failures_ = 0;
        if (!was) log::info("edge", "hub reached");
    } else {
        ++failures_;
        if (was || failures_ == 1)
            log::warning("edge", "hub not reached code={} cause=\"{}\"", hub_.lastError,
                         outcome.error().what);
    }
    if (was != hub_.reachable) ++generation_;
}

std::int64_t Engine::backOffMs() {
    const auto ceiling =
        std::min(kBackOffMaxMs, kBackOffFirstMs << std::min(failures_ - 1, kBackOffDoublingsMax));
    const auto jittered = static_cast<std::int64_t>(random_.next64() % static_cast<std::uint64_t>(ceiling));
    return std::max<std::int64_t>(jittered, std::int64_t{client_->retryAfterSeconds()} * 1000);
}

void Engine::wake() {
    {
        const std::lock_guard lock(stateMutex_);
        pushWanted_ = true;
        ++generation_;
    }
    wake_.notify_all();
}

// ---- what people do
// ----------------------------------------------------------------------------------------------

Result<std::vector<WishlistItem>> Engine::wishlist(const std::string& list) const {
    const std::lock_guard lock(journalMutex_);
    return WishlistRepository(journal_->database()).items(list);
}

Result<std::vector<WishlistItem>> Engine::addToWishlist(const std::string& list, const std::string& sku,
                                                        std::optional<Gtin> gtin, int quantity) {
    Result<std::vector<WishlistItem>> items = std::vector<WishlistItem>{};
    {
        const std::lock_guard lock(journalMutex_);
        auto recorded = journal_->record(
            "wishlist/" + list, "wishlist.add",
            [&](Database& database, const OperationStamp& stamp) -> Result<Json> {
                WishlistRepository repository(database);
                auto existing = repository.items(list);
                if (!existing) return existing.error();
                const bool known = std::any_of(existing->begin(), existing->end(),
                                               [&sku](const WishlistItem& item) { return item.sku == sku; });
                if (!known && existing->size() >= static_cast<std::size_t>(kWishlistItemsMax))
                    return Error{Errc::Limit, "add to wishlist: the list is full"};
                if (auto done = repository.add({list, stamp.id, sku, gtin, quantity, stamp.hlc}); !done)
                    return done.error();
                Json data = {{"list", list}, {"sku", sku}, {"quantity", quantity}};
                if (gtin) data["gtin"] = gtin->toString();
                return data;
            });
        if (!recorded) return recorded.error();
        items = WishlistRepository(journal_->database()).items(list);
    }
    wake();
    return items;
}

Result<std::vector<WishlistItem>> Engine::removeFromWishlist(const std::string& list,
                                                             const std::string& sku) {
    Result<std::vector<WishlistItem>> items = std::vector<WishlistItem>{};
    {
        const std::lock_guard lock(journalMutex_);
        WishlistRepository repository(journal_->database());
        items = repository.items(list);
        if (!items) return items;
        const auto item = std::find_if(items->begin(), items->end(),
                                       [&sku](const WishlistItem& i) { return i.sku == sku; });
        if (item == items->end()) return items; // removing what is not there is done already
        const auto tags = item->tags;
        auto recorded =
            journal_->record("wishlist/" + list, "wishlist.remove",
                             [&list, &tags](Database& database, const OperationStamp&) -> Result<Json> {
                                 if (auto done = WishlistRepository(database).remove(list, tags); !done)
                                     return done.error();
                                 return Json{{"list", list}, {"tags", tags}};
                             });
        if (!recorded) return recorded.error();
        items = repository.items(list);
    }
    wake();
    return items;
}

Result<std::string> Engine::signUp(SignUp signUp) {
    std::string prefix;
    int deviceNumber = 0;
    {
        const std::lock_guard lock(stateMutex_);
        if (!enrolment_) return Error{Errc::Unavailable, "sign up: this device is not enrolled yet"};
        prefix = enrolment_->memberPrefix;
        deviceNumber = enrolment_->deviceNumber;
    }
    {
        const std::lock_guard lock(journalMutex_);
        auto known = journal_->database().prepare("SELECT number FROM member WHERE id = ?");
        if (!known) return known.error();
        auto row = known->bind(0, signUp.memberId).step();
        if (!row) return row.error();
        if (*row) return known->string(0);
        const auto serial = numberOf(journal_->setting("member_serial").value_or("0")) + 1;
        if (serial > kMemberSerialMax)
            return Error{Errc::Limit, "sign up: the device's range of numbers is used up"};
        auto number = makeMemberNumber(prefix, deviceNumber, serial);
        if (!number) return number.error();
        signUp.number = *number;
        auto recorded = journal_->record(
            "member/" + signUp.memberId, "member.signup",
            [this, &signUp, serial](Database& database, const OperationStamp&) -> Result<Json> {
                auto insert = database.prepare("INSERT INTO member(id, number, created_ms) VALUES(?, ?, ?)");
                if (!insert) return insert.error();
                insert->bind(0, signUp.memberId).bind(1, signUp.number).bind(2, clock_.nowMs());
                if (auto done = insert->run(); !done) return done.error();
                if (auto done = journal_->setSetting("member_serial", std::to_string(serial)); !done)
                    return done.error();
                return toJson(signUp);
            });
        if (!recorded) return recorded.error();
    }
    wake();
    return signUp.number;
}

// ---- technicians
// -------------------------------------------------------------------------------------------------

Result<void> Engine::requestEnrolment(const std::string& code, const std::string& hubUrl) {
    {
        const std::lock_guard lock(stateMutex_);
        if (enrolment_) return Error{Errc::Conflict, "enrol: this device is enrolled already"};
        enrolRequest_ = EnrolRequest{code, hubUrl.empty() ? config_.hubUrl : hubUrl};
        enrolState_ = EnrolState::Working;
        enrolError_.clear();
        ++generation_;
    }
    wake_.notify_all();
    return {};
}

void Engine::syncNow() {
    {
        const std::lock_guard lock(stateMutex_);
        syncWanted_ = true;
    }
    wake_.notify_all();
}

Result<std::vector<OutboxRow>> Engine::outbox(int limit) const {
    const std::lock_guard lock(journalMutex_);
    return journal_->outbox(limit);
}

Json Engine::status() const {
    OutboxCounts counts;
    bool damaged = false;
    {
        const std::lock_guard lock(journalMutex_);
        counts = journal_->counts().value_or(OutboxCounts{});
        damaged = journal_->wasDamaged();
    }
    const std::lock_guard lock(stateMutex_);
    constexpr const char* kEnrolWords[] = {"none", "working", "failed", "done"};
    Json status = {
        {"deviceId", deviceIdOf(keys_.publicKey)},
        {"enrolled", enrolment_.has_value()},
        {"enrolment",
         {{"state", kEnrolWords[static_cast<int>(enrolState_)]}, {"error", nullable(enrolError_)}}},
        {"storeCode", enrolment_ ? enrolment_->storeCode : ""},
        {"storeName", enrolment_ ? enrolment_->storeName : ""},
        {"sealKey", enrolment_ ? Json(toBase64(enrolment_->sealKey)) : Json(nullptr)},
        {"publicUrl", enrolment_ ? nullable(enrolment_->publicUrl) : Json(nullptr)},
        {"memberPrefix", enrolment_ ? enrolment_->memberPrefix : ""},
        {"hub",
         {{"url", enrolment_ ? Json(enrolment_->hubUrl) : nullable(config_.hubUrl)},
          {"reachable", hub_.reachable},
          {"lastSyncMs", hub_.lastSyncMs > 0 ? Json(hub_.lastSyncMs) : Json(nullptr)},
          {"lastError", nullable(hub_.lastError)},
          {"attempts", hub_.attempts},
          {"picturesMissing", hub_.picturesMissing ? Json(*hub_.picturesMissing) : Json(nullptr)},
          {"pushedBytes", hub_.pushedBytes},
          {"pulledBytes", hub_.pulledBytes}}},
        {"catalog", catalogState_},
        {"mediaDir", config_.catalogFolder + "/media"},
        {"outbox",
         {{"pending", counts.pending},
          {"kept", counts.kept},
          {"quarantined", counts.quarantined},
          {"oldestMs", counts.oldestMs > 0 ? Json(counts.oldestMs) : Json(nullptr)}}},
        {"journalDamaged", damaged},
        {"generation", generation_},
    };
    return status;
}

} // namespace silta
