#include "edge/updater.h"

#include "core/durable_file.h"
#include "core/local_time.h"
#include "core/log.h"
#include "core/log_memory.h"
#include "edge/diagnostics.h"
#include "edge/update_download.h"
#include "fleet/privileged.h"
#include "sync/back_off.h"
#include "sync/hub_client.h"

#include <silta/catalog.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace silta {

namespace {

constexpr int kInstallsMax = 3; // a power cut in the middle is nobody's fault; three are
constexpr std::int64_t kInstallerMsMax = 30 * 60'000; // RAUC on a slow card takes a few minutes
constexpr std::int64_t kLookMs = 5'000;               // at what silta-update has answered, and at the clock
constexpr std::int64_t kNotEnrolledMs = 5'000;
constexpr std::int64_t kSecondMs = 1'000;
constexpr std::size_t kSystemBytesMax = 1'024;
constexpr UtcMs kQuietAheadMs = 45 * 60'000; // an update takes ten minutes, and a roll-back as long again
constexpr UtcMs kQuietStepMs = 15 * 60'000;
constexpr UtcMs kWeekMs = 7 * 86'400'000LL;

std::string smallFile(const std::string& path) {
    return readFile(path, kSystemBytesMax).value_or("");
}

std::string settingOf(const std::string& text, const std::string& key) {
    std::size_t at = text.find(key + "=");
    if (at == std::string::npos || (at > 0 && text[at - 1] != '\n')) return {};
    at += key.size() + 1;
    return text.substr(at, std::min(text.find('\n', at), text.size()) - at);
}

/// From `fromMs` on, for as long as an update may take.
template <class IsQuiet>
bool staysQuiet(UtcMs fromMs, IsQuiet isQuiet) {
    for (auto at = fromMs; at <= fromMs + kQuietAheadMs; at += kQuietStepMs)
        if (!isQuiet(localTimeOf(at))) return false;
    return true;
}

bool isClosed(const OpeningHours& hours, UtcMs fromMs) {
    return staysQuiet(fromMs, [&hours](const LocalTime& local) {
        return !openState(hours, local.date, local.minute).open;
    });
}

bool isWithin(const UpdateWindow& window, UtcMs fromMs) {
    return staysQuiet(fromMs, [&window](const LocalTime& local) {
        const bool hasBegun = local.minute >= window.fromMinute;
        const bool isOver = local.minute >= window.toMinute;
        return window.fromMinute < window.toMinute ? hasBegun && !isOver : hasBegun || !isOver;
    });
}

} // namespace

bool isQuietHour(const OpeningHours* hours, const UpdateWindow& window, UtcMs nowMs) {
    if (hours == nullptr || !areHoursKnown(*hours)) return isWithin(window, nowMs);
    if (isClosed(*hours, nowMs)) return true;
    for (auto at = nowMs + kQuietStepMs; at < nowMs + kWeekMs; at += kQuietStepMs)
        if (isClosed(*hours, at)) return false; // its turn comes
    return isWithin(window, nowMs);
}

Updater::Updater(UpdaterPlaces places, GetDesk desk, UpdaterDeeds deeds,
                 std::unique_ptr<HttpTransport> transport, const Clock& clock, Random& random)
    : places_(std::move(places)), desk_(std::move(desk)), deeds_(std::move(deeds)),
      transport_(std::move(transport)), clock_(clock), random_(random) {
    std::error_code error;
    std::filesystem::create_directories(places_.folder, error);
    std::filesystem::permissions(places_.folder, std::filesystem::perms::owner_all, error);
    memory_ = shown_ = loadUpdateMemory(places_.folder);
    if (memory_.state == UpdateState::Installing) askedMs_ = clock_.steadyMs();
}

Updater::~Updater() {
    thread_.request_stop();
    wake_.notify_all();
}

void Updater::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Updater::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto wait = std::max<std::int64_t>(step() - clock_.steadyMs(), 0);
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, std::chrono::milliseconds(wait), [this] { return isUploadWanted_; });
    }
}

Updater::System Updater::runningSystem() const {
    const auto text = smallFile(places_.systemFile);
    System system{settingOf(text, "version"), settingOf(text, "compatible"), true};
    if (!isVersion(system.version)) system.version = "0";
    if (!isCompatible(system.compatible)) system.compatible.clear();
    system.isProven = system.compatible.empty() || smallFile(places_.slotFile).starts_with("good");
    return system;
}

void Updater::remember() {
    {
        const std::lock_guard lock(mutex_);
        shown_ = memory_;
    }
    if (auto done = saveUpdateMemory(places_.folder, memory_); !done)
        log::warning("edge", "update not remembered code={}", toString(done.error().code));
}

void Updater::become(UpdateState state, const std::string& why) {
    if (memory_.state != state)
        log::info("edge", "update state={} version={} why={}", toString(state),
                  memory_.release ? memory_.release->version : "", why);
    memory_.state = state;
    memory_.why = why;
    if (state == UpdateState::Idle) memory_.release.reset();
    nextTellMs_ = 0;
    remember();
}

bool Updater::hasRestarted() const {
    std::error_code error;
    return !std::filesystem::exists(places_.bootFolder + "/update-asked", error);
}

Result<void> Updater::ask(const std::string& request) {
    if (auto done = replaceFile(places_.bootFolder + "/update-asked", "", 0600); !done) return done;
    askedMs_ = clock_.steadyMs();
    return replaceFile(places_.folder + "/" + kRequestFile, request, 0600);
}

/// What has come of an update that was being installed.
void Updater::settle(const System& system) {
    if (memory_.state != UpdateState::Installing) {
        // Whoever has it, by whatever way, is through with it.
        if (memory_.release && compareVersions(system.version, memory_.release->version) >= 0)
            become(UpdateState::Idle);
        return;
    }
    if (compareVersions(system.version, memory_.release->version) >= 0) {
        clearBundles(places_.folder, nullptr, false);
        memory_.wholeBundle.clear();
        return become(UpdateState::Idle);
    }
    if (hasRestarted()) {
        if (memory_.isInstalled) return become(UpdateState::RolledBack);
        return memory_.attempts >= kInstallsMax ? become(UpdateState::Failed, "interrupted")
                                                : become(UpdateState::Ready);
    }
    if (memory_.isInstalled) return; // the machine is about to restart
    const auto result = parseInstallResult(smallFile(places_.resultFile));
    if (result && result->sha256 == memory_.release->sha256) {
        if (!result->isInstalled) return become(UpdateState::Failed, "refused");
        memory_.isInstalled = true;
        remember(); // before it restarts: afterwards it is known by this that there was something to run
        if (auto done = ask(toText(PrivilegedRequest{PrivilegedRequest::Kind::Restart, {}})); !done)
            become(UpdateState::Failed, "restart");
        return;
    }
    if (clock_.steadyMs() - askedMs_ > kInstallerMsMax) become(UpdateState::Failed, "no-answer");
}

Result<void> Updater::tell(const FleetDesk& desk, const System& system) {
    FleetReport report;
    report.version = system.version;
    report.compatible = system.compatible;
    report.ills = desk.ills;
    if (!system.isProven) report.ills.emplace_back("slot-unproven");
    report.state = memory_.state;
    report.why = memory_.why;
    report.done = memory_.done;
    for (const auto& refusal : refusals_)
        if (report.done.size() < kCommandsMax) report.done.push_back(refusal);
    if (memory_.release) report.target = memory_.release->version;
    if (memory_.state == UpdateState::Downloading)
        report.percent =
            static_cast<int>(bytesHere(places_.folder, *memory_.release) * 100 / memory_.release->bytes);
    HubClient hub(*transport_, desk.access.address, desk.access.keys, &clock_);
    auto reply = hub.signedCall("POST", "/v1/fleet", dumpJson(toJson(report)), desk.access.incarnation,
                                {{"Content-Type", "application/json"}});
    isOffered_ = false; // until it is heard again
    if (!reply) {
        nextTellMs_ = clock_.steadyMs() + backOffMs(++failures_, hub.retryAfterSeconds(), random_);
        return reply.error();
    }
    failures_ = 0;
    auto json = parseJson(reply->body, kFleetBodyBytesMax);
    auto answer = json ? parseFleetAnswer(*json) : Result<FleetAnswer>(json.error());
    if (!answer) {
        nextTellMs_ = clock_.steadyMs() + backOffMs(++failures_, 0, random_);
        return answer.error();
    }
    // Devices that started together are not to go on together.
    const auto spreadMs =
        static_cast<std::int64_t>(random_.next64() % kSecondMs) * answer->askAgainSeconds / 4;
    nextTellMs_ = clock_.steadyMs() + answer->askAgainSeconds * kSecondMs + spreadMs;
    refusals_.clear();
    if (!memory_.done.empty()) {
        memory_.done.clear();
        remember();
    }
    hear(desk, system, *answer);
    return {};
}

void Updater::learnHq(const FleetDesk& desk, const FleetAnswer& answer) {
    if (memory_.hq) {
        auto now = followHq(*memory_.hq, answer.hqNext);
        if (now == *memory_.hq) return;
        memory_.hq = std::move(now);
        log::info("edge", "headquarters has other keys");
        return remember();
    }
    if (!answer.hq) return;
    if (!verify(hqPublicToSign(answer.hq->text), answer.hq->signature, desk.hubSignKey)) return;
    if (auto keys = parseHqPublic(answer.hq->text)) {
        memory_.hq = std::move(*keys);
        remember();
    }
}

void Updater::hear(const FleetDesk& desk, const System& system, const FleetAnswer& answer) {
    learnHq(desk, answer);
    if (!memory_.hq) return;
    obey(desk, system, answer);
    hearOffer(system, answer);
}

// ---- commands
// ----------------------------------------------------------------------------------------------------

/// The hub hears of it with the next report, and not sooner: whoever sends what is refused again and again
/// is not to keep the device busy. What cannot be read has no number, and ends with its row.
void Updater::refuse(const SignedText& told, Errc code, UtcMs nowMs) {
    const auto command = parseCommand(told.text);
    const auto isSame = [&](const CommandOutcome& outcome) { return outcome.number == command->number; };
    if (code != Errc::Conflict) log::warning("edge", "command refused code={}", toString(code));
    if (!command || refusals_.size() >= kCommandsMax || std::ranges::any_of(memory_.done, isSame)) return;
    // Its time may still come: one of the clocks is slow.
    if (code == Errc::Unavailable && nowMs < command->expiresMs) return;
    refusals_.push_back({command->number, code == Errc::Conflict      ? "done-before"
                                          : code == Errc::Unavailable ? "too-late"
                                                                      : "refused"});
}

void Updater::obey(const FleetDesk& desk, const System& system, const FleetAnswer& answer) {
    if (!desk.isTimeKnown) return; // whether a command is still good cannot be judged
    for (const auto& told : answer.commands) {
        const CommandJudge judge{memory_.hq->sign, desk.access.address.deviceId, memory_.lastCommand,
                                 desk.nowMs};
        const auto command = openCommand(told, judge);
        if (!command) {
            refuse(told, command.error().code, desk.nowMs);
            continue;
        }
        const bool needsRoot =
            command->kind == CommandKind::Restart || command->kind == CommandKind::FactoryReset;
        const bool isPossible = !needsRoot || !system.compatible.empty();
        // Written down before it is done: what ends in the middle is not begun a second time.
        memory_.lastCommand = command->number;
        memory_.done.push_back({command->number, isPossible ? "done" : "unsupported"});
        if (memory_.done.size() > kCommandsMax) memory_.done.erase(memory_.done.begin());
        remember();
        log::info("edge", "command obeyed number={} do={} outcome={}", command->number,
                  toString(command->kind), memory_.done.back().outcome);
        nextTellMs_ = 0;
        if (isPossible) act(command->kind);
    }
}

void Updater::act(CommandKind kind) {
    switch (kind) {
    case CommandKind::Resync:
        return deeds_.resync();
    case CommandKind::Diagnostics:
        return sendDiagnostics();
    case CommandKind::Restart:
        if (wanted_ != PrivilegedRequest::Kind::Wipe) wanted_ = PrivilegedRequest::Kind::Restart;
        return;
    case CommandKind::FactoryReset:
        wanted_ = PrivilegedRequest::Kind::Wipe;
        return;
    }
}

void Updater::sendDiagnostics() {
    {
        const std::lock_guard lock(mutex_);
        isUploadWanted_ = true;
    }
    wake_.notify_all();
}

Result<std::string> Updater::sealedDiagnostics() {
    const auto status = deeds_.status();
    const auto version = runningSystem().version;
    const std::lock_guard lock(mutex_);
    if (shown_.hq == std::nullopt)
        return Error{Errc::Unavailable, "seal diagnostics: headquarters' key is not known yet"};
    auto sealed = seal(diagnosticsText(status, shown_, version, log::remembered()), shown_.hq->seal);
    if (!sealed) return sealed.error();
    return toBase64(*sealed);
}

Result<void> Updater::upload(const FleetDesk& desk) {
    auto sealed = sealedDiagnostics();
    if (!sealed) return sealed.error();
    HubClient hub(*transport_, desk.access.address, desk.access.keys, &clock_);
    auto reply = hub.signedCall("POST", "/v1/fleet/diagnostics", dumpJson({{"sealed", *sealed}}),
                                desk.access.incarnation, {{"Content-Type", "application/json"}});
    if (!reply) return reply.error();
    return {};
}

void Updater::hearOffer(const System& system, const FleetAnswer& answer) {
    const bool isBusy = memory_.state == UpdateState::Installing && askedMs_ > 0;
    if (isBusy) return;
    auto offer = answer.release ? openRelease(*answer.release, memory_.hq->sign)
                                : Result<Release>(Error{Errc::NotFound, ""});
    if (answer.release && !offer)
        log::warning("edge", "release not taken code={}", toString(offer.error().code));
    const bool isFit = offer && offer->compatible == system.compatible &&
                       compareVersions(offer->version, system.version) > 0;
    const bool isSame = isFit && memory_.release && *memory_.release == *offer;
    const bool isOver = memory_.state == UpdateState::Failed || memory_.state == UpdateState::RolledBack;
    isOffered_ = isSame;
    if (isSame || (isOver && !isFit)) return;
    if (!isFit) {
        if (memory_.state != UpdateState::Idle) become(UpdateState::Idle);
        return;
    }
    const bool isHere = memory_.wholeBundle == offer->sha256;
    clearBundles(places_.folder, &*offer, isHere);
    if (!isHere) memory_.wholeBundle.clear();
    memory_.release = std::move(*offer);
    memory_.isInstalled = false;
    memory_.attempts = 0;
    isOffered_ = true;
    become(isHere ? UpdateState::Ready : UpdateState::Downloading);
}

void Updater::fetch(const FleetDesk& desk) {
    const BundlePlace place{places_.folder, desk.access.address.url, desk.access.address.caFile, desk.nowMs};
    auto fetched = fetchPiece(*transport_, place, *memory_.release);
    const auto now = clock_.steadyMs();
    if (!fetched) {
        const auto code = fetched.error().code;
        if (code == Errc::Full) return become(UpdateState::Failed, "no-room");
        if (code == Errc::Corrupt && ++memory_.attempts >= kInstallsMax)
            return become(UpdateState::Failed, "corrupt");
        nextPieceMs_ = now + backOffMs(++failures_, 0, random_);
        return;
    }
    failures_ = 0;
    nextPieceMs_ = now + *fetched * kSecondMs / (std::int64_t{places_.kilobytesPerSecond} * 1'024);
    if (*fetched > 0) return;
    memory_.wholeBundle = memory_.release->sha256;
    memory_.attempts = 0;
    become(UpdateState::Ready);
}

/// Asks for leave, and has it installed when there is.
void Updater::install(const FleetDesk& desk, const System& system) {
    askedMs_ = 0;
    become(UpdateState::Installing);
    if (!tell(desk, system) || !isOffered_) {
        if (memory_.state == UpdateState::Installing) become(UpdateState::Ready);
        nextTellMs_ = std::max(nextTellMs_, clock_.steadyMs() + kLookMs);
        return;
    }
    ++memory_.attempts;
    memory_.isInstalled = false;
    remember();
    std::error_code error;
    std::filesystem::remove(places_.resultFile, error); // of an earlier attempt, where it may
    const PrivilegedRequest request{PrivilegedRequest::Kind::Install, memory_.release->sha256};
    if (auto done = ask(toText(request)); !done) become(UpdateState::Failed, "no-room");
}

std::int64_t Updater::step() {
    const auto desk = desk_();
    if (!desk) return clock_.steadyMs() + kNotEnrolledMs;
    const auto system = runningSystem();
    settle(system);
    if (clock_.steadyMs() >= nextTellMs_)
        if (auto done = tell(*desk, system); !done && failures_ == 1)
            log::warning("edge", "fleet not told code={}", toString(done.error().code));
    if (memory_.state == UpdateState::Downloading && isOffered_ && clock_.steadyMs() >= nextPieceMs_)
        fetch(*desk);
    if (memory_.state == UpdateState::Ready && isOffered_ && desk->isTimeKnown && deeds_.isClosed(*desk))
        install(*desk, system);
    bool isUploadWanted = false;
    {
        const std::lock_guard lock(mutex_);
        isUploadWanted = std::exchange(isUploadWanted_, false);
    }
    if (isUploadWanted)
        if (auto done = upload(*desk); !done)
            log::warning("edge", "diagnostics not sent code={}", toString(done.error().code));
    // An update that is being installed goes first.
    if (wanted_ && memory_.done.empty() && memory_.state != UpdateState::Installing)
        if (auto done = ask(toText(PrivilegedRequest{*std::exchange(wanted_, std::nullopt), {}})); !done)
            log::warning("edge", "command not carried out code={}", toString(done.error().code));
    auto due = nextTellMs_;
    if (memory_.state == UpdateState::Downloading && isOffered_) due = std::min(due, nextPieceMs_);
    if (memory_.state == UpdateState::Ready || memory_.state == UpdateState::Installing)
        due = std::min(due, clock_.steadyMs() + kLookMs);
    return due;
}

} // namespace silta
