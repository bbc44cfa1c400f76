#include "hub/cmd_fleet.h"

#include "core/durable_file.h"
#include "fleet/hq_keys.h"
#include "hub/fleet_registry.h"
#include "hub/media_store.h"
#include "hub/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

namespace silta::hub {

namespace {

constexpr int kFleetEventsShown = 200;
constexpr int kSoakHoursDefault = 24;
constexpr std::int64_t kSoakHourMs = 3'600'000;

/// Who is at the terminal, for the log of events.
std::string whoAsks() {
    const auto* user = getpwuid(getuid());
    return user != nullptr ? user->pw_name : std::to_string(getuid());
}

Result<HqKeys> hqKeys(const Session& session) {
    if (!session.options.has("--hq-key")) return Error{Errc::Invalid, "--hq-key FILE is missing"};
    return loadHqKeys(session.options.value("--hq-key"));
}

Result<void> makeHqKey(Session& session) {
    const auto path = session.options.value("--out");
    if (path.empty()) return Error{Errc::Invalid, "--out FILE is missing"};
    auto fleet = session.store->fleet();
    std::optional<HqKeys> before;
    if (fleet.hq()) {
        auto old = hqKeys(session); // whose successors these are
        if (!old) return old.error();
        before = std::move(*old);
    }
    auto keys = makeHqKeys(path);
    if (!keys) return keys.error();
    auto done =
        before ? fleet.replaceHq(*before, *keys, whoAsks()) : fleet.setHq(publicHalves(*keys), whoAsks());
    if (!done) return done; // the file stays: whether devices are told is not known for sure
    fmt::print(stderr, "{} signs releases and commands. Keep it off the hub's machine, and keep a copy.\n",
               path);
    return {};
}

Result<void> addRelease(Session& session) {
    namespace fs = std::filesystem;
    const auto& options = session.options;
    auto keys = hqKeys(session);
    if (!keys) return keys.error();
    Release release{options.value("--version"), options.value("--compatible"), "", 0};
    if (!isVersion(release.version)) return Error{Errc::Invalid, "--version V is missing or malformed"};
    if (!isCompatible(release.compatible))
        return Error{Errc::Invalid, "--compatible NAME is missing or malformed, as in silta-amd64"};
    const fs::path bundle = options.value("--bundle");
    std::error_code error;
    const auto bytes = fs::file_size(bundle, error);
    if (error) return Error{Errc::NotFound, "--bundle FILE is missing, or cannot be read"};
    if (bytes < 1 || bytes > static_cast<std::uintmax_t>(kBundleBytesMax))
        return Error{Errc::Limit, "--bundle FILE is empty, or longer than devices take"};
    release.bytes = static_cast<std::int64_t>(bytes);
    auto files = MediaStore::open(options.value("--files", options.value("--db") + ".files"));
    if (!files) return files.error();
    const auto copy = files->temporaryPath(fmt::format("bundle-{}", getpid()));
    fs::copy_file(bundle, copy, fs::copy_options::overwrite_existing, error);
    if (error) return Error{Errc::Io, "add release: the bundle cannot be copied"};
    auto name = files->adopt(copy);
    if (!name) return name.error();
    release.sha256 = *name;
    const auto text = toText(release);
    return session.store->fleet().addRelease({text, sign(releaseToSign(text), keys->sign)}, whoAsks());
}

Result<void> start(Session& session) {
    const auto& options = session.options;
    Rollout rollout;
    rollout.version = options.value("--version");
    const auto stores = options.value("--canary");
    for (std::size_t at = 0; at < stores.size();) {
        const auto end = std::min(stores.find(',', at), stores.size());
        rollout.canaryStores.push_back(stores.substr(at, end - at));
        at = end + 1;
    }
    rollout.earlyPercent = options.number("--percent", rollout.earlyPercent);
    rollout.failurePercent = options.number("--failure-percent", rollout.failurePercent);
    rollout.soakMs = options.number("--soak-hours", kSoakHoursDefault) * kSoakHourMs;
    return session.store->fleet().start(std::move(rollout), whoAsks());
}

Result<void> showStatus(Session& session) {
    auto fleet = session.store->fleet();
    if (auto done = fleet.tend(); !done) return done;
    auto rollout = fleet.rollout();
    if (!rollout) return rollout.error();
    auto counts = fleet.counts();
    if (!counts) return counts.error();
    if (!*rollout) {
        if (session.options.has("--json"))
            printLine(Json::object());
        else
            fmt::print("no rollout yet\n");
        return {};
    }
    const auto& now = **rollout;
    Json rings = Json::object();
    for (std::size_t i = 0; i < kRings; ++i) {
        const auto& ring = counts->at(i);
        rings[toString(static_cast<Ring>(i))] = {
            {"waiting", ring.waiting}, {"good", ring.good}, {"failed", ring.failed}};
    }
    if (session.options.has("--json")) {
        printLine({{"version", now.version},
                   {"state", toString(now.state)},
                   {"ring", toString(now.ring)},
                   {"why", now.why},
                   {"canary", now.canaryStores},
                   {"rings", rings}});
        return {};
    }
    fmt::print("{}  {}  ring {}{}{}\n", now.version, toString(now.state), toString(now.ring),
               now.why.empty() ? "" : ": ", now.why);
    for (std::size_t i = 0; i < kRings; ++i)
        fmt::print("  {:<7} {:>6} waiting {:>6} good {:>6} failed\n", toString(static_cast<Ring>(i)),
                   counts->at(i).waiting, counts->at(i).good, counts->at(i).failed);
    return {};
}

Result<void> listDevices(Session& session) {
    auto rows = session.store->fleet().devices();
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        const auto& said = row.said;
        if (session.options.has("--json"))
            printLine({{"id", row.device},
                       {"store", row.storeCode},
                       {"version", said.version},
                       {"compatible", said.compatible},
                       {"ills", said.ills},
                       {"update", toString(said.state)},
                       {"target", said.target},
                       {"why", said.why},
                       {"percent", said.percent},
                       {"ring", toString(row.ring)},
                       {"phase", toString(row.phase)},
                       {"reportedMs", row.reportedMs}});
        else
            fmt::print("{}  {:<12} {:<16} {:<6} {:<10} {:<12} {} {}\n", row.device, row.storeCode,
                       said.version, toString(row.ring), toString(row.phase), silta::toString(said.state),
                       said.why, fmt::join(said.ills, ","));
    }
    return {};
}

Result<void> listReleases(Session& session) {
    auto rows = session.store->fleet().releases();
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        if (session.options.has("--json"))
            fmt::print("{}\n", toText(row));
        else
            fmt::print("{:<16} {:<14} {:>11}  {}\n", row.version, row.compatible, row.bytes, row.sha256);
    }
    return {};
}

Result<void> showFleetLog(Session& session) {
    auto rows = session.store->fleet().events(kFleetEventsShown);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        if (session.options.has("--json"))
            printLine({{"atMs", row.atMs},
                       {"who", row.who},
                       {"what", row.what},
                       {"device", row.device},
                       {"detail", row.detail}});
        else
            fmt::print("{}  {:<12} {:<12} {} {}\n", row.atMs, row.who, row.what, row.device, row.detail);
    }
    return {};
}

Result<void> command(Session& session) {
    constexpr int kHoursDefault = 24;
    const auto& options = session.options;
    const auto kind = commandNamed(options.value("--do"));
    if (!kind) return Error{Errc::Invalid, "--do is restart, resync, diagnostics or factory-reset"};
    auto keys = hqKeys(session);
    if (!keys) return keys.error();
    auto number = session.store->fleet().nextCommandNumber();
    if (!number) return number.error();
    const auto now = session.clock.nowMs();
    const auto expires = now + options.number("--hours", kHoursDefault) * kSoakHourMs;
    const auto text = toText(FleetCommand{*number, options.value("--device"), *kind, now, expires});
    return session.store->fleet().addCommand({text, sign(commandToSign(text), keys->sign)}, whoAsks());
}

Result<void> openDiagnostics(Session& session) {
    const auto& options = session.options;
    const auto path = options.value("--out");
    if (path.empty()) return Error{Errc::Invalid, "--out FILE is missing"};
    auto keys = hqKeys(session);
    if (!keys) return keys.error();
    auto sealed = session.store->fleet().diagnostics(options.value("--device"));
    if (!sealed) return sealed.error();
    auto text = openSealed(*sealed, keys->seal);
    if (!text) return text.error();
    return replaceFile(path, *text, 0600);
}

struct FleetWord {
    std::string_view name;
    Result<void> (*run)(Session&);
};
constexpr std::array<FleetWord, 12> kFleetWords = {{
    {"hq-key", makeHqKey},
    {"add-release", addRelease},
    {"start", start},
    {"command", command},
    {"diagnostics", openDiagnostics},
    {"pause", [](Session& session) { return session.store->fleet().pause(whoAsks()); }},
    {"resume", [](Session& session) { return session.store->fleet().resume(whoAsks()); }},
    {"stop", [](Session& session) { return session.store->fleet().stop(whoAsks()); }},
    {"status", showStatus},
    {"devices", listDevices},
    {"releases", listReleases},
    {"log", showFleetLog},
}};

} // namespace

int runFleet(std::span<const std::string> args) {
    const auto word =
        args.empty() ? kFleetWords.end() : std::ranges::find(kFleetWords, args[0], &FleetWord::name);
    if (word == kFleetWords.end())
        return printFailure({Errc::Invalid, "fleet: one of the words that `silta-hub --help` lists"});
    auto session = openSession(args.subspan(1), {"--out", "--bundle", "--version", "--compatible", "--hq-key",
                                                 "--files", "--canary", "--percent", "--soak-hours",
                                                 "--failure-percent", "--device", "--do", "--hours"});
    if (!session) return printFailure(session.error());
    auto done = word->run(**session);
    return done ? 0 : printFailure(done.error());
}

} // namespace silta::hub
