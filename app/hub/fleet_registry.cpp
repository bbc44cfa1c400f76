#include "hub/fleet_registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

namespace silta::hub {

namespace {

constexpr const char* kRolloutColumns = "SELECT id, version, canary_stores, early_percent, failure_percent, "
                                        "soak_ms, state, ring, ring_since_ms, why FROM fleet_rollout ";
constexpr const char* kFleetDeviceColumns =
    "SELECT f.device, d.store_code, f.version, f.compatible, f.ills, f.ill_since_ms, f.state, f.target, "
    "f.why, f.percent, f.reported_ms, f.ring, f.phase, f.phase_ms, f.fits FROM fleet_device f "
    "JOIN device d ON d.id = f.device ";
constexpr int kPercentMax = 100;
constexpr std::size_t kCanaryCodeBytesMax = 64;

std::vector<std::string> parted(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

Rollout readRollout(const Statement& query) {
    Rollout rollout;
    rollout.id = query.integer(0);
    rollout.version = query.string(1);
    rollout.canaryStores = parted(query.text(2));
    rollout.earlyPercent = static_cast<int>(query.integer(3));
    rollout.failurePercent = static_cast<int>(query.integer(4));
    rollout.soakMs = query.integer(5);
    rollout.state = static_cast<RolloutState>(query.integer(6));
    rollout.ring = static_cast<Ring>(query.integer(7));
    rollout.ringSinceMs = query.integer(8);
    rollout.why = query.string(9);
    return rollout;
}

FleetDeviceRow readDevice(const Statement& query) {
    FleetDeviceRow row;
    row.device = query.string(0);
    row.storeCode = query.string(1);
    row.said.version = query.string(2);
    row.said.compatible = query.string(3);
    row.said.ills = parted(query.text(4));
    row.illSinceMs = query.integer(5);
    row.said.state = updateStateNamed(query.text(6)).value_or(UpdateState::Idle);
    row.said.target = query.string(7);
    row.said.why = query.string(8);
    row.said.percent = static_cast<int>(query.integer(9));
    row.reportedMs = query.integer(10);
    row.ring = static_cast<Ring>(query.integer(11));
    row.phase = static_cast<Phase>(query.integer(12));
    row.phaseMs = query.integer(13);
    row.fits = query.integer(14) != 0;
    return row;
}

bool isInHand(const std::optional<Rollout>& rollout) {
    return rollout && rollout->state != RolloutState::Stopped;
}

bool hasIt(const FleetDeviceRow& row, const Rollout& rollout) {
    return compareVersions(row.said.version, rollout.version) >= 0;
}

Result<void> check(const Rollout& rollout) {
    const auto isStore = [](const std::string& store) {
        return !store.empty() && store.size() <= kCanaryCodeBytesMax;
    };
    const bool isSound = isVersion(rollout.version) && rollout.earlyPercent >= 0 &&
                         rollout.earlyPercent <= kPercentMax && rollout.failurePercent >= 0 &&
                         rollout.failurePercent <= kPercentMax && rollout.soakMs >= 0 &&
                         rollout.soakMs <= kSoakMsMax && rollout.canaryStores.size() <= kCanaryStoresMax &&
                         std::ranges::all_of(rollout.canaryStores, isStore);
    if (!isSound) return Error{Errc::Invalid, "start rollout: a figure or a store is out of bounds"};
    if (rollout.canaryStores.empty()) return Error{Errc::NotFound, "start rollout: no canary store is named"};
    return {};
}

} // namespace

// ---- what there is
// -----------------------------------------------------------------------------------------------

Result<void> FleetRegistry::note(const std::string& who, const std::string& what, const std::string& device,
                                 const std::string& detail) {
    auto insert =
        database_.prepare("INSERT INTO fleet_event(at_ms, who, what, device, detail) VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    return insert->bind(0, clock_.nowMs()).bind(1, who).bind(2, what).bind(3, device).bind(4, detail).run();
}

Result<void> FleetRegistry::addRelease(const SignedText& release, const std::string& who) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    auto keys = hq();
    if (!keys) return keys.error();
    auto read = openRelease(release, keys->sign);
    if (!read) return read.error();
    auto known = bundleFor(read->version, read->compatible);
    if (!known) return known.error();
    if (*known && (*known)->text != release.text)
        return Error{Errc::Conflict, "add release: another bundle of that version is known"};
    if (*known) return {};
    auto all = releases();
    if (!all) return all.error();
    if (all->size() >= kReleasesMax) return Error{Errc::Limit, "add release: there are too many"};
    auto insert = database_.prepare(
        "INSERT INTO fleet_release(version, compatible, record, signature, added_ms) VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, read->version).bind(1, read->compatible).bind(2, release.text);
    insert->bindBlob(3, release.signature).bind(4, clock_.nowMs());
    if (auto done = insert->run(); !done) return done;
    if (auto done = note(who, "add-release", "", read->version + " " + read->compatible); !done) return done;
    return transaction->commit();
}

Result<std::vector<Release>> FleetRegistry::releases() const {
    auto query = database_.prepare("SELECT record FROM fleet_release ORDER BY added_ms DESC, compatible");
    if (!query) return query.error();
    std::vector<Release> all;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return all;
        auto release = parseRelease(query->text(0));
        if (!release) return release.error();
        all.push_back(std::move(*release));
    }
}

Result<std::optional<SignedText>> FleetRegistry::bundleFor(const std::string& version,
                                                           const std::string& compatible) const {
    auto query =
        database_.prepare("SELECT record, signature FROM fleet_release WHERE version = ? AND compatible = ?");
    if (!query) return query.error();
    auto row = query->bind(0, version).bind(1, compatible).step();
    if (!row) return row.error();
    if (!*row) return std::optional<SignedText>();
    return std::optional(SignedText{query->string(0), std::string(query->blob(1))});
}

Result<std::vector<FleetDeviceRow>> FleetRegistry::devices() const {
    auto query =
        database_.prepare(std::string(kFleetDeviceColumns) + "WHERE d.revoked = 0 ORDER BY d.number");
    if (!query) return query.error();
    std::vector<FleetDeviceRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(readDevice(*query));
    }
}

Result<std::vector<FleetEventRow>> FleetRegistry::events(int limit) const {
    auto query = database_.prepare(
        "SELECT at_ms, who, what, device, detail FROM fleet_event ORDER BY row DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(0, limit);
    std::vector<FleetEventRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(
            {query->integer(0), query->string(1), query->string(2), query->string(3), query->string(4)});
    }
}

// ---- the rollout
// -------------------------------------------------------------------------------------------------

Result<std::optional<Rollout>> FleetRegistry::rollout() const {
    auto query = database_.prepare(std::string(kRolloutColumns) + "ORDER BY id DESC LIMIT 1");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<Rollout>();
    return std::optional(readRollout(*query));
}

Result<void> FleetRegistry::save(const Rollout& rollout) {
    auto update = database_.prepare(
        "UPDATE fleet_rollout SET state = ?, ring = ?, ring_since_ms = ?, why = ? WHERE id = ?");
    if (!update) return update.error();
    update->bind(0, static_cast<int>(rollout.state)).bind(1, static_cast<int>(rollout.ring));
    return update->bind(2, rollout.ringSinceMs).bind(3, rollout.why).bind(4, rollout.id).run();
}

Result<void> FleetRegistry::start(Rollout rollout, const std::string& who) {
    if (auto done = check(rollout); !done) return done;
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    auto all = releases();
    if (!all) return all.error();
    if (std::ranges::find(*all, rollout.version, &Release::version) == all->end())
        return Error{Errc::NotFound, "start rollout: there is no release of that version"};
    auto last = this->rollout();
    if (!last) return last.error();
    if (*last && ((*last)->state == RolloutState::Running || (*last)->state == RolloutState::Paused))
        return Error{Errc::Conflict, "start rollout: one is in hand; stop it first"};
    auto insert = database_.prepare(
        "INSERT INTO fleet_rollout(version, canary_stores, early_percent, failure_percent, soak_ms, state, "
        "ring, ring_since_ms, why) VALUES(?, ?, ?, ?, ?, 0, 0, ?, '') ON CONFLICT(version) DO NOTHING");
    if (!insert) return insert.error();
    const auto stores = fmt::format("{}", fmt::join(rollout.canaryStores, ","));
    insert->bind(0, rollout.version).bind(1, stores).bind(2, rollout.earlyPercent);
    insert->bind(3, rollout.failurePercent).bind(4, rollout.soakMs).bind(5, clock_.nowMs());
    if (auto done = insert->run(); !done) return done;
    auto begun = this->rollout();
    if (!begun) return begun.error();
    if (!*begun || (*begun)->version != rollout.version || (*last && (*last)->id == (*begun)->id))
        return Error{Errc::Conflict, "start rollout: that version has been rolled out before"};
    auto rows = devices();
    if (!rows) return rows.error();
    for (auto& row : *rows) {
        row.ring = ringOf(**begun, row.device, row.storeCode);
        row.phase = hasIt(row, **begun) && row.illSinceMs == 0 ? Phase::Good : Phase::None;
        row.phaseMs = clock_.nowMs();
        row.fits = std::ranges::any_of(*all, [&](const Release& release) {
            return release.version == rollout.version && release.compatible == row.said.compatible;
        });
        if (auto done = save(row); !done) return done;
    }
    if (auto done = note(who, "start", "", rollout.version + " canary=" + stores); !done) return done;
    return transaction->commit();
}

Result<void> FleetRegistry::change(const std::string& who, const char* what,
                                   const std::function<Result<void>(Rollout&)>& change) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    auto last = rollout();
    if (!last) return last.error();
    if (!isInHand(*last)) return Error{Errc::NotFound, "change rollout: there is none in hand"};
    if (auto done = change(**last); !done) return done;
    if (auto done = save(**last); !done) return done;
    if (auto done = note(who, what, "", (*last)->version); !done) return done;
    return transaction->commit();
}

Result<void> FleetRegistry::pause(const std::string& who) {
    return change(who, "pause", [](Rollout& rollout) -> Result<void> {
        if (rollout.state != RolloutState::Running)
            return Error{Errc::Conflict, "pause rollout: it is not running"};
        rollout.state = RolloutState::Paused;
        return {};
    });
}

Result<void> FleetRegistry::resume(const std::string& who) {
    return change(who, "resume", [](Rollout& rollout) -> Result<void> {
        if (rollout.state != RolloutState::Paused)
            return Error{Errc::Conflict, "resume rollout: it is not paused"};
        rollout.state = RolloutState::Running;
        return {};
    });
}

Result<void> FleetRegistry::stop(const std::string& who) {
    return change(who, "stop", [](Rollout& rollout) -> Result<void> {
        rollout.state = RolloutState::Stopped;
        rollout.why = "by hand";
        return {};
    });
}

Result<std::array<RingCounts, kRings>> FleetRegistry::counts() const {
    auto query = database_.prepare(
        "SELECT f.ring, count(*) FILTER (WHERE f.phase = 2 OR (f.reported_ms > ? AND (f.phase = 1 OR "
        "(f.phase = 0 AND f.fits = 1 AND f.ill_since_ms = 0)))), count(*) FILTER (WHERE f.phase = 3), "
        "count(*) FILTER (WHERE f.phase = 4), coalesce(max(f.phase_ms) FILTER (WHERE f.phase = 3), 0) "
        "FROM fleet_device f JOIN device d ON d.id = f.device WHERE d.revoked = 0 GROUP BY f.ring");
    if (!query) return query.error();
    query->bind(0, clock_.nowMs() - kAwayMs);
    std::array<RingCounts, kRings> counts{};
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return counts;
        counts.at(static_cast<std::size_t>(query->integer(0))) = {query->integer(1), query->integer(2),
                                                                  query->integer(3), query->integer(4)};
    }
}

Result<std::optional<Rollout>> FleetRegistry::step() {
    auto last = rollout();
    if (!last || !isInHand(*last)) return last;
    const auto now = clock_.nowMs();
    // One that was given leave and is not back, and one that was good and is not any more.
    auto fail = database_.prepare(
        "UPDATE fleet_device SET phase = 4, phase_ms = ?1, why = CASE WHEN phase = 2 THEN 'silent' ELSE "
        "'unwell' END WHERE (phase = 2 AND phase_ms <= ?2) OR (phase = 3 AND ill_since_ms > 0 AND "
        "ill_since_ms <= ?3)");
    if (!fail) return fail.error();
    if (auto done = fail->bind(0, now).bind(1, now - kInstallMsMax).bind(2, now - kIllMsMax).run(); !done)
        return done.error();
    auto sums = counts();
    if (!sums) return sums.error();
    auto& rollout = **last;
    if (!advance(rollout, *sums, now)) return last;
    if (auto done = save(rollout); !done) return done.error();
    const auto detail = fmt::format("{} ring={} {}", rollout.version, toString(rollout.ring), rollout.why);
    if (auto done = note("hub", toString(rollout.state), "", detail); !done) return done.error();
    return last;
}

Result<void> FleetRegistry::tend() {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    if (auto done = step(); !done) return done.error();
    return transaction->commit();
}

// ---- devices
// -----------------------------------------------------------------------------------------------------

Result<std::optional<FleetDeviceRow>> FleetRegistry::find(const std::string& device) const {
    auto query = database_.prepare(std::string(kFleetDeviceColumns) + "WHERE f.device = ?");
    if (!query) return query.error();
    auto row = query->bind(0, device).step();
    if (!row) return row.error();
    if (!*row) return std::optional<FleetDeviceRow>();
    return std::optional(readDevice(*query));
}

Result<void> FleetRegistry::save(const FleetDeviceRow& row) {
    auto upsert = database_.prepare(
        "INSERT INTO fleet_device(device, version, compatible, ills, ill_since_ms, state, target, why, "
        "percent, reported_ms, ring, phase, phase_ms, fits) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT(device) DO UPDATE "
        "SET version = ?2, compatible = ?3, ills = ?4, ill_since_ms = ?5, state = ?6, target = ?7, why = ?8, "
        "percent = ?9, reported_ms = ?10, ring = ?11, phase = ?12, phase_ms = ?13, fits = ?14");
    if (!upsert) return upsert.error();
    const auto ills = fmt::format("{}", fmt::join(row.said.ills, ","));
    upsert->bind(0, row.device).bind(1, row.said.version).bind(2, row.said.compatible).bind(3, ills);
    upsert->bind(4, row.illSinceMs).bind(5, toString(row.said.state)).bind(6, row.said.target);
    upsert->bind(7, row.said.why).bind(8, row.said.percent).bind(9, row.reportedMs);
    upsert->bind(10, static_cast<int>(row.ring)).bind(11, static_cast<int>(row.phase));
    return upsert->bind(12, row.phaseMs).bind(13, row.fits ? 1 : 0).run();
}

Phase FleetRegistry::phaseOf(const Rollout& rollout, const FleetDeviceRow& before,
                             const FleetDeviceRow& now) const {
    const auto phase = before.phase;
    if (phase == Phase::Failed) return phase;
    if (hasIt(now, rollout)) return now.illSinceMs == 0 ? Phase::Good : phase;
    if (phase == Phase::Good) return Phase::Failed; // it went back
    const bool isAboutIt = now.said.target == rollout.version;
    if (phase != Phase::None && isAboutIt &&
        (now.said.state == UpdateState::Failed || now.said.state == UpdateState::RolledBack))
        return Phase::Failed;
    if (phase == Phase::Installing && now.said.state != UpdateState::Installing) return Phase::Offered;
    if (!mayBegin(rollout, now.ring) || !now.fits || now.illSinceMs > 0) return phase;
    if (phase == Phase::Offered && isAboutIt && now.said.state == UpdateState::Installing)
        return Phase::Installing;
    return phase == Phase::None ? Phase::Offered : phase;
}

Result<FleetAnswer> FleetRegistry::report(const DeviceRow& device, const FleetReport& report) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    // All wait for one another: a device says something every few minutes, and what follows from it is
    // little.
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto known = find(device.id);
    if (!known) return known.error();
    auto last = rollout();
    if (!last) return last.error();
    const auto now = clock_.nowMs();
    const auto before = known->value_or(FleetDeviceRow{});
    auto row = before;
    row.device = device.id;
    row.storeCode = device.storeCode;
    row.said = report;
    if (report.ills.empty())
        row.illSinceMs = 0;
    else if (before.illSinceMs == 0)
        row.illSinceMs = now;
    row.reportedMs = now;
    std::optional<SignedText> bundle;
    if (isInHand(*last)) {
        auto found = bundleFor((*last)->version, report.compatible);
        if (!found) return found.error();
        bundle = std::move(*found);
        row.ring = ringOf(**last, device.id, device.storeCode);
        row.fits = bundle.has_value();
        row.phase = phaseOf(**last, before, row);
    }
    if (row.phase == Phase::Failed && before.phase != Phase::Failed && row.said.why.empty())
        row.said.why = toString(report.state);
    const bool hasMoved = row.phase != before.phase || row.ring != before.ring || row.fits != before.fits ||
                          (row.illSinceMs == 0) != (before.illSinceMs == 0) || !*known;
    if (row.phase != before.phase) row.phaseMs = now;
    if (auto done = save(row); !done) return done.error();
    if (row.phase == Phase::Failed && before.phase != Phase::Failed)
        if (auto done = note(device.id, "failed", device.id, (*last)->version + " " + row.said.why); !done)
            return done.error();
    if (hasMoved) {
        last = step();
        if (!last) return last.error();
    }
    FleetAnswer answer;
    answer.askAgainSeconds = kReportSeconds;
    const bool isWanted = isInHand(*last) && !hasIt(row, **last) && mayBegin(**last, row.ring);
    if (isWanted && (row.phase == Phase::Offered || row.phase == Phase::Installing)) answer.release = bundle;
    if (auto done = noteOutcomes(device.id, report.done); !done) return done.error();
    auto commands = commandsFor(device.id);
    if (!commands) return commands.error();
    answer.commands = std::move(*commands);
    if (const auto keys = hq()) {
        const auto text = toText(*keys);
        answer.hq = SignedText{text, sign(hqPublicToSign(text), keys_.sign)};
        auto next = hqNext();
        if (!next) return next.error();
        answer.hqNext = std::move(*next);
    }
    if (auto done = transaction->commit(); !done) return done.error();
    return answer;
}

} // namespace silta::hub
