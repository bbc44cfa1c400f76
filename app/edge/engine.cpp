#include "edge/engine.h"

#include "core/log.h"
#include "edge/device_keys.h"
#include "sync/back_off.h"
#include "sync/lease_exchange.h"
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

constexpr std::int64_t kUnreadyMs = 2'000;       // until a journal that cannot be opened is tried again
constexpr std::int64_t kCheckMs = 3 * 3'600'000; // a slice of the journal; all of it within a day
constexpr std::int64_t kNoteMs = 3'600'000; // usage and time on disk: an hour is what a power cut forgets
constexpr std::int64_t kFeedMs = 300'000;   // between two looks at the feed where its news comes by itself
constexpr std::uint64_t kNewsScatterMs = 1'500; // a recall reaches all devices of a chain at once
constexpr const char* kUsageSetting = "usage";
constexpr const char* kEnrolmentSetting = "enrolment";
constexpr std::int64_t kIdleMs = 60'000; // an engine with nothing to do still looks around once a minute

Json nullable(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

} // namespace

Engine::Engine(EdgeConfig config, const Clock& clock, Random& random,
               std::unique_ptr<HttpTransport> transport, DeviceIdentity identity)
    : config_(std::move(config)), clock_(clock), random_(random), transport_(std::move(transport)),
      identity_(std::move(identity)), catalogCheck_(config_.catalogFolder) {}

Engine::~Engine() {
    thread_.request_stop();
    wake_.notify_all();
    hubAsker_.reset(); // before those whom it tells the answers
}

Result<std::unique_ptr<Engine>> Engine::open(EdgeConfig config, const Clock& clock, Random& random,
                                             std::unique_ptr<HttpTransport> transport) {
    std::error_code error;
    std::filesystem::create_directories(config.stateFolder, error);
    std::filesystem::permissions(config.stateFolder, std::filesystem::perms::owner_all, error);
    std::filesystem::create_directories(config.catalogFolder, error);
    auto identity = loadOrMakeIdentity(config.stateFolder);
    if (!identity) return identity.error();
    std::unique_ptr<Engine> engine(
        new Engine(std::move(config), clock, random, std::move(transport), std::move(*identity)));
    if (auto done = engine->load(); !done) return done.error();
    return engine;
}

Result<std::unique_ptr<Engine>> Engine::start(EdgeConfig config, const Clock& clock, Random& random,
                                              std::unique_ptr<HttpTransport> transport,
                                              std::unique_ptr<HttpTransport> askTransport,
                                              std::unique_ptr<HttpTransport> feedTransport) {
    auto engine = open(std::move(config), clock, random, std::move(transport));
    if (!engine) return engine;
    auto* raw = engine->get();
    if (askTransport) {
        raw->hubAsker_ = std::make_unique<HubAsker>([raw] { return raw->hubAccess(); },
                                                    std::move(askTransport), raw->clock_);
        raw->codeAsker_ = std::make_unique<CodeAsker>(*raw->hubAsker_, raw->clock_, random);
        raw->memberAsker_ = std::make_unique<MemberAsker>(*raw->hubAsker_, raw->clock_, random);
    }
    if (feedTransport)
        raw->feedWaiter_ =
            std::make_unique<FeedWaiter>([raw] { return raw->feedPlace(); }, [raw] { raw->expectNews(); },
                                         std::move(feedTransport), raw->clock_, random);
    raw->thread_ = std::jthread([raw](const std::stop_token& stop) { raw->run(stop); });
    return engine;
}

Result<void> Engine::load() {
    CatalogPuller::rollBack(config_.catalogFolder);
    noteCatalog();
    noteCatalogCheck();
    newKeyWanted_ = hasNextKeys(config_.stateFolder); // a replacement that a power cut interrupted
    auto orderKey = loadOrMakeOrderKey(config_.stateFolder, random_);
    if (!orderKey) return orderKey.error();
    orderKey_ = std::move(*orderKey);
    if (auto done = openJournal(); !done) return done;
    loadTokens();
    if (auto noted = parseJson(journal_->setting(kUsageSetting).value_or(""), kOperationBytesMax)) {
        usage_.restore(*noted);
        clock_.raiseFloor(integerMember(*noted, "atMs").value_or(0));
    }
    return loadEnrolment();
}

Result<void> Engine::loadEnrolment() {
    auto saved = journal_->setting(kEnrolmentSetting);
    if (!saved && saved.error().code != Errc::NotFound) return saved.error();
    auto enrolment = saved ? readEnrolment(*saved) : Result<Enrolment>(Error{Errc::NotFound, ""});
    if (enrolment) {
        if (auto done = keepEnrolment(config_.stateFolder, *saved); !done) return done;
    } else { // the page of the journal that held it may have been damaged
        const auto kept = keptEnrolment(config_.stateFolder);
        if (!kept && !saved) return {};
        enrolment = kept ? readEnrolment(*kept) : enrolment;
        if (!enrolment) return enrolment.error();
        if (auto done = journal_->setSetting(kEnrolmentSetting, *kept); !done) return done;
    }
    applyEnrolment(std::move(*enrolment));
    return {};
}

Result<void> Engine::openJournal() {
    auto journal = Journal::open(config_.stateFolder, identity_.id, clock_, random_);
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    nextCheckMs_ = clock_.steadyMs() + kCheckMs;
    return {};
}

Result<void> Engine::journalIsOpen() const {
    if (journal_) return {};
    return Error{Errc::Io, "use journal: it is damaged and no new one can be made"};
}

void Engine::applyEnrolment(Enrolment enrolment) {
    client_.emplace(*transport_, HubAddress{enrolment.hubUrl, config_.hubCaFile, identity_.id},
                    identity_.keys, &clock_);
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
            const auto longest = catalogCheck_.isRunning() ? kCheckPauseMs : kIdleMs;
            const auto due = dueMs();
            const auto wait = std::clamp<std::int64_t>(due - clock_.steadyMs(), 0, longest);
            wake_.wait_for(lock, stop, std::chrono::milliseconds(wait), [this, due] {
                const auto dueNow = dueMs();
                return dueNow < due || dueNow <= clock_.steadyMs(); // sooner: it waits anew
            });
            if (stop.stop_requested()) break;
        }
        step();
    }
    nextGuestsMs_ = 0;
    if (auto done = noteGuests(); !done)
        log::warning("edge", "guests' counts not kept code={}", toString(done.error().code));
}

std::int64_t Engine::dueMs() const {
    const auto now = clock_.steadyMs();
    if (enrolRequest_ || (syncWanted_ && enrolment_)) return now;
    if (!enrolment_) return now + kIdleMs;
    return std::max(quietUntilMs_, pushWanted_ ? now : std::min(nextPullMs_, newsDueMs_));
}

Result<void> Engine::checkJournal() {
    const std::lock_guard lock(journalMutex_);
    if (!journal_) return openJournal();
    if (clock_.steadyMs() < nextCheckMs_ && !journal_->isSuspect()) return {};
    nextCheckMs_ = clock_.steadyMs() + kCheckMs;
    auto sound = journal_->checkSlice();
    if (sound || sound.error().code != Errc::Corrupt) return sound;
    journal_.reset(); // the file has one connection, and opening it again salvages
    return openJournal();
}

Result<bool> Engine::closeRecalled() {
    const std::lock_guard lock(journalMutex_);
    auto leases = LeaseBook(journal_->database()).inState(LeaseState::Recalled);
    if (!leases) return leases.error();
    for (const auto& lease : *leases)
        if (auto done = closeLease(*journal_, lease); !done) return done.error();
    return !leases->empty();
}

std::int64_t Engine::step() {
    const auto journal = checkJournal();
    if (journal)
        if (auto done = noteGuests(); !done)
            log::warning("edge", "guests' counts not kept code={}", toString(done.error().code));
    std::optional<EnrolmentCode> enrolRequest;
    if (journal) {
        const std::lock_guard lock(stateMutex_);
        enrolRequest = std::exchange(enrolRequest_, std::nullopt);
    }
    if (enrolRequest) enrol(*enrolRequest);
    bool pullDue = false;
    bool newsDue = false;
    bool isDue = false;
    {
        const std::lock_guard lock(stateMutex_);
        const auto now = clock_.steadyMs();
        if (enrolRequest && enrolment_) nextPullMs_ = now;
        isDue = journal && enrolment_.has_value() && dueMs() <= now;
        if (isDue) {
            pullDue = syncWanted_ || now >= nextPullMs_;
            newsDue = now >= newsDueMs_;
            syncWanted_ = pushWanted_ = false;
            if (pullDue || newsDue) newsDueMs_ = kNever;
        }
    }
    if (isDue) {
        const auto outcome = talk(pullDue, newsDue);
        if (!outcome && outcome.error().code == Errc::Unavailable) learnTime();
        noteOutcome(outcome);
        if (!outcome) {
            const std::lock_guard lock(journalMutex_);
            journal_->noteFailure(outcome.error());
        }
        const std::lock_guard lock(stateMutex_);
        const auto end = clock_.steadyMs();
        if (!outcome) {
            quietUntilMs_ = end + backOffMs(failures_, client_->retryAfterSeconds(), random_);
            nextPullMs_ = quietUntilMs_; // it pushes first
        } else {
            quietUntilMs_ = end;
            const bool isComplete = hub_.picturesMissing.value_or(0) == 0;
            if (pullDue) nextPullMs_ = isComplete ? end + std::int64_t{config_.pullSeconds} * 1000 : end;
        }
    }
    continueCatalogCheck();
    const std::lock_guard lock(stateMutex_);
    if (journal && catalogCheck_.isRunning()) return std::min(dueMs(), clock_.steadyMs() + kCheckPauseMs);
    return journal ? dueMs() : clock_.steadyMs() + kUnreadyMs;
}

Result<void> Engine::talk(bool pullDue, bool newsDue) {
    // A disk that is full must not keep what waits from the hub, which is what makes room.
    if (auto done = tendTokens(); !done)
        log::warning("edge", "rights of tokens not tended code={}", toString(done.error().code));
    if (auto done = tendOrders(); !done)
        log::warning("edge", "orders not tended code={}", toString(done.error().code));
    const auto pushed = pushPending(*journal_, journalMutex_, *client_, config_.pushLimits);
    if (pushed.hubNowMs > 0) clock_.learn(pushed.hubNowMs);
    if (pushed.sent > 0) countUsage(pushed.bytes, 0);
    if (pushed.trouble) return *pushed.trouble;
    if (pushed.more) {
        const std::lock_guard lock(stateMutex_);
        pushWanted_ = true;
    }
    // Before rights are asked for: a card that was put back is found by what the feed says of its numbering.
    const bool isFeedDue = pullDue || newsDue;
    if (isFeedDue)
        if (auto done = pullFeed(); !done) return done;
    auto refusals = exchangeLeases(*journal_, journalMutex_, *client_);
    if (!refusals) return refusals.error();
    if (auto done = noteRefusals(*refusals); !done) return done;
    if (!isFeedDue) return {};
    if (pullDue)
        if (auto done = pullCatalog(); !done) return done;
    if (auto done = noteUsage(); !done) return done;
    if (auto done = replaceKey(); !done) return done;
    auto closed = closeRecalled();
    if (!closed) return closed.error();
    const std::lock_guard lock(stateMutex_);
    pushWanted_ = pushWanted_ || *closed;
    return {};
}

Result<void> Engine::pullCatalog() {
    auto pulled = puller_->pull(*client_);
    if (!pulled) return pulled.error().code == Errc::NotFound ? Result<void>{} : pulled.error();
    countUsage(0, pulled->bytes);
    {
        const std::lock_guard lock(stateMutex_);
        hub_.picturesMissing = pulled->picturesMissing;
    }
    if (pulled->changed) noteCatalog();
    if (pulled->isFetchedAnew)
        if (auto done = catalogCheck_.noteRepaired(puller_->snapshot()); !done) return done;
    return beginCatalogCheck();
}

/// Not at every pull where the hub tells by itself when there is something.
Result<void> Engine::pullFeed() {
    const auto now = clock_.steadyMs();
    {
        const std::lock_guard lock(stateMutex_);
        const bool isTold = feedWaiter_ && feedWaiter_->isListening();
        if (isTold && !feedWanted_ && now < nextFeedMs_) return {};
        feedWanted_ = false;
    }
    auto feed = pullPrivateFeed(*journal_, journalMutex_, *client_);
    auto done = feed ? pullTokens(feed->tokenRulesTag) : Result<void>(feed.error());
    if (feed) shelfParts_ = feed->shelfParts;
    const std::lock_guard lock(stateMutex_);
    if (!done) {
        feedWanted_ = true;
        return done;
    }
    nextFeedMs_ = now + kFeedMs;
    if (feed->hubNowMs > 0) clock_.learn(feed->hubNowMs);
    pushWanted_ = pushWanted_ || feed->resends;
    return {};
}

void Engine::expectNews() {
    {
        const std::lock_guard lock(stateMutex_);
        feedWanted_ = true;
        newsDueMs_ = clock_.steadyMs() + static_cast<std::int64_t>(random_.next64() % kNewsScatterMs);
    }
    wake_.notify_all();
}

Result<FeedWaiter::Place> Engine::feedPlace() const {
    auto access = hubAccess();
    if (!access) return access.error();
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    auto cursor = journal_->setting(kFeedCursorSetting);
    if (!cursor) return cursor.error();
    return FeedWaiter::Place{std::move(*access), std::move(*cursor)};
}

void Engine::countUsage(std::int64_t pushedBytes, std::int64_t pulledBytes) {
    const auto written = bytesWrittenByProcess();
    const std::lock_guard lock(stateMutex_);
    usage_.add(clock_.nowMs(), pushedBytes, pulledBytes, written - std::exchange(written_, written));
    hub_.pushedBytes += pushedBytes;
    hub_.pulledBytes += pulledBytes;
    ++generation_;
}

Result<void> Engine::noteUsage() {
    if (clock_.steadyMs() < nextNoteMs_) return {};
    nextNoteMs_ = clock_.steadyMs() + kNoteMs;
    Json noted;
    {
        const std::lock_guard lock(stateMutex_);
        noted = usage_.toJson();
    }
    noted["atMs"] = clock_.nowMs();
    const std::lock_guard lock(journalMutex_);
    return journal_->setSetting(kUsageSetting, dumpJson(noted));
}

Result<void> Engine::replaceKey() {
    {
        const std::lock_guard lock(stateMutex_);
        if (!newKeyWanted_) return {};
    }
    auto next = loadOrMakeNextKeys(config_.stateFolder);
    if (!next) return next.error();
    const auto body = dumpJson({{"publicKey", toBase64(next->publicKey)},
                                {"proof", toBase64(sign(newKeyText(identity_.id), *next))}});
    auto reply = client_->signedCall("POST", "/v1/devices/key", body, journal_->incarnation(),
                                     {{"Content-Type", "application/json"}});
    if (!reply) return reply.error();
    if (auto done = takeNextKeys(config_.stateFolder, identity_.id); !done) return done;
    {
        const std::lock_guard lock(keyMutex_);
        identity_.keys = std::move(*next);
    }
    log::info("edge", "the device has a new key");
    const std::lock_guard lock(stateMutex_);
    newKeyWanted_ = false;
    return {};
}

/// A certificate that looks not yet valid may be our clock's fault.
void Engine::learnTime() {
    if (clock_.isSynced()) return;
    std::string signKey;
    {
        const std::lock_guard lock(stateMutex_);
        signKey = enrolment_->signKey;
    }
    if (const auto now = client_->pinnedTime(signKey, random_)) clock_.learn(*now);
}

Result<void> Engine::beginCatalogCheck() {
    {
        const std::lock_guard lock(stateMutex_);
        if (std::exchange(catalogCheckWanted_, false)) catalogCheck_.request();
    }
    if (!catalogCheck_.isDue(clock_.nowMs())) return {};
    auto expected = puller_->digest(*client_);
    if (!expected && expected.error().code == Errc::NotFound) return {}; // an older hub
    if (!expected) return expected.error();
    auto path = CatalogPuller::currentFile(config_.catalogFolder);
    if (!path) return path.error();
    auto begun = catalogCheck_.begin(*path, std::move(*expected));
    noteCatalogCheck();
    return begun;
}

void Engine::continueCatalogCheck() {
    if (!catalogCheck_.isRunning()) return;
    const auto outcome = catalogCheck_.slice(clock_.nowMs());
    if (!outcome) log::warning("edge", "catalogue not checked cause=\"{}\"", outcome.error().what);
    if (outcome && *outcome == CatalogCheck::Outcome::Reading) return;
    noteCatalogCheck();
    if (!outcome || *outcome != CatalogCheck::Outcome::Differs) return;
    if (!catalogCheck_.isWorthRepairing(puller_->snapshot())) return;
    puller_->fetchAnew();
    const std::lock_guard lock(stateMutex_);
    nextPullMs_ = clock_.steadyMs();
}

void Engine::noteCatalogCheck() {
    auto state = catalogCheck_.toJson();
    const std::lock_guard lock(stateMutex_);
    catalogCheckState_ = std::move(state);
    ++generation_;
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

void Engine::enrol(const EnrolmentCode& code) {
    auto enrolment = enrolAt(*transport_, code, config_.hubCaFile, identity_, clock_, random_);
    if (enrolment) {
        const auto text = dumpJson(toJson(*enrolment));
        const std::lock_guard lock(journalMutex_);
        auto saved = keepEnrolment(config_.stateFolder, text);
        if (saved) saved = journal_->setSetting(kEnrolmentSetting, text);
        if (!saved) enrolment = saved.error();
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
        if (client_->retryAfterSeconds() == 0) ++failures_; // else the hub is there, and has said when
        if (was || failures_ == 1)
            log::warning("edge", "hub not reached code={} cause=\"{}\"", hub_.lastError,
                         outcome.error().what);
    }
    if (was != hub_.reachable) ++generation_;
}

void Engine::wake() {
    {
        const std::lock_guard lock(stateMutex_);
        pushWanted_ = true;
        ++generation_;
    }
    wake_.notify_all();
}

// ---- technicians
// -------------------------------------------------------------------------------------------------

Result<void> Engine::requestEnrolment(EnrolmentCode code) {
    if (code.hubUrl.empty()) code.hubUrl = config_.hubUrl;
    {
        const std::lock_guard lock(stateMutex_);
        if (enrolment_) return Error{Errc::Conflict, "enrol: this device is enrolled already"};
        enrolRequest_ = std::move(code);
        enrolState_ = EnrolState::Working;
        enrolError_.clear();
        ++generation_;
    }
    wake_.notify_all();
    return {};
}

Result<void> Engine::requestNewKey() {
    {
        const std::lock_guard lock(stateMutex_);
        if (!enrolment_) return Error{Errc::Unavailable, "replace key: this device is not enrolled yet"};
        newKeyWanted_ = true;
    }
    syncNow();
    return {};
}

void Engine::requestCatalogCheck() {
    {
        const std::lock_guard lock(stateMutex_);
        catalogCheckWanted_ = true;
    }
    syncNow();
}

void Engine::syncNow() {
    {
        const std::lock_guard lock(stateMutex_);
        syncWanted_ = feedWanted_ = true;
    }
    wake_.notify_all();
}

Result<std::vector<OutboxRow>> Engine::outbox(int limit) const {
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    return journal_->outbox(limit);
}

Json Engine::status() const {
    OutboxCounts counts;
    bool damaged = false;
    Json leases = Json::object();
    {
        const std::lock_guard lock(journalMutex_);
        damaged = !journal_ || journal_->wasDamaged();
        if (journal_) counts = journal_->counts().value_or(OutboxCounts{});
        if (journal_) leases = LeaseBook(journal_->database()).left().value_or(Json::object());
    }
    const std::lock_guard lock(stateMutex_);
    constexpr const char* kEnrolWords[] = {"none", "working", "failed", "done"};
    Json status = {
        {"deviceId", identity_.id},
        {"enrolled", enrolment_.has_value()},
        {"enrolment",
         {{"state", kEnrolWords[static_cast<int>(enrolState_)]}, {"error", nullable(enrolError_)}}},
        {"storeCode", enrolment_ ? enrolment_->storeCode : ""},
        {"storeName", enrolment_ ? enrolment_->storeName : ""},
        {"sealKey", enrolment_ ? Json(toBase64(enrolment_->sealKey)) : Json(nullptr)},
        {"publicUrl", enrolment_ ? nullable(enrolment_->publicUrl) : Json(nullptr)},
        {"memberPrefix", enrolment_ ? enrolment_->memberPrefix : ""},
        {"guestNetwork", !config_.portalUrl.empty()},
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
        {"catalogCheck", catalogCheckState_},
        {"mediaDir", config_.catalogFolder + "/media"},
        {"outbox",
         {{"pending", counts.pending},
          {"kept", counts.kept},
          {"quarantined", counts.quarantined},
          {"oldestMs", counts.oldestMs > 0 ? Json(counts.oldestMs) : Json(nullptr)}}},
        {"leases", leases},
        {"usage", usage_.toJson()},
        {"time", {{"nowMs", clock_.nowMs()}, {"quality", clock_.isSynced() ? "synced" : "estimated"}}},
        {"journalDamaged", damaged},
        {"generation", generation_},
    };
    return status;
}

} // namespace silta
