// FleetRegistry: which device is on what, the releases there are, and the rollout in hand.
#pragma once

#include "fleet/report.h"
#include "hub/device_registry.h"
#include "hub/fleet_rollout.h"
#include "hub/hub_keys.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace silta::hub {

inline constexpr std::size_t kReleasesMax = 200;
inline constexpr std::size_t kCanaryStoresMax = 32;
inline constexpr std::int64_t kSoakMsMax = 30 * 86'400'000LL;
/// A device that is silent for so long is not waited for: it may be in a cupboard.
inline constexpr UtcMs kAwayMs = 24 * 3'600'000LL;
/// From the leave to install to the new version at work. Longer, and it has failed: it may never come back.
inline constexpr UtcMs kInstallMsMax = 3'600'000;
/// Unwell for so long after the update, and it has failed.
inline constexpr UtcMs kIllMsMax = 15 * 60'000;
inline constexpr int kDiagnosticsKept = 3;
inline constexpr int kReportSeconds = 300; ///< what devices are told to wait between two reports

struct FleetDeviceRow {
    std::string device, storeCode;
    FleetReport said;
    UtcMs illSinceMs = 0; ///< 0 = well
    UtcMs reportedMs = 0;
    Ring ring = Ring::All;
    Phase phase = Phase::None;
    UtcMs phaseMs = 0;
    bool fits = false; ///< there is a bundle of the rollout's version for it
};

struct FleetEventRow {
    UtcMs atMs = 0;
    std::string who, what, device, detail;
};

/// Thread: the connection's owner. Each call is one transaction. `who`: for the log of events.
class FleetRegistry {
public:
    FleetRegistry(Database& database, const HubKeys& keys, const Clock& clock)
        : database_(database), keys_(keys), clock_(clock) {}

    /// The public halves of headquarters' keys, which devices are told. Errors: Conflict (others are known:
    /// devices would not take these).
    Result<void> setHq(const HqPublic& hq, const std::string& who);
    /// Puts `next` in the place of `before`: devices are told so in the name of `before`, and what it has
    /// signed and is still wanted is signed anew. Errors: NotFound (none have been set), Denied (`before` are
    /// others), Conflict (they are the same).
    Result<void> replaceHq(const HqKeys& before, const HqKeys& next, const std::string& who);
    /// Errors: NotFound (none have been set).
    Result<HqPublic> hq() const;

    /// Errors: NotFound (keys), Denied (signature), Conflict (another bundle has that name), Limit, Invalid.
    Result<void> addRelease(const SignedText& release, const std::string& who);
    /// Newest first.
    Result<std::vector<Release>> releases() const;

    /// Errors: NotFound (no release of that version; no canary store named), Conflict (one is in hand, or
    /// this version has been rolled out before), Invalid.
    Result<void> start(Rollout rollout, const std::string& who);
    /// Errors: NotFound (none is in hand), Conflict (it is not running, or not paused).
    Result<void> pause(const std::string& who);
    Result<void> resume(const std::string& who);
    Result<void> stop(const std::string& who);
    /// The last one.
    Result<std::optional<Rollout>> rollout() const;
    Result<std::array<RingCounts, kRings>> counts() const;

    /// Takes what a device says, does what follows from it, and gives what it is told.
    Result<FleetAnswer> report(const DeviceRow& device, const FleetReport& report);
    /// Does what is due by the clock alone.
    Result<void> tend();

    /// Errors: as the database.
    Result<std::int64_t> nextCommandNumber() const;
    /// Errors: NotFound (keys, device), Limit (kCommandsMax wait for it), as openCommand().
    Result<void> addCommand(const SignedText& command, const std::string& who);
    /// A bundle that only headquarters can open. The last kDiagnosticsKept of a device are kept.
    Result<void> keepDiagnostics(const std::string& device, std::string_view sealed);
    /// The last one. Errors: NotFound.
    Result<std::string> diagnostics(const std::string& device) const;

    Result<std::vector<FleetDeviceRow>> devices() const;
    /// Newest first.
    Result<std::vector<FleetEventRow>> events(int limit) const;

private:
    /// What the keys before have signed for those that came after them, oldest first.
    Result<std::vector<SignedText>> hqNext() const;
    /// What it has not answered and may still do, in order.
    Result<std::vector<SignedText>> commandsFor(const std::string& device) const;
    Result<void> noteOutcomes(const std::string& device, const std::vector<CommandOutcome>& outcomes);
    Result<std::optional<SignedText>> bundleFor(const std::string& version,
                                                const std::string& compatible) const;
    Result<std::optional<FleetDeviceRow>> find(const std::string& device) const;
    Result<void> save(const FleetDeviceRow& row);
    Result<void> save(const Rollout& rollout);
    Result<void> note(const std::string& who, const std::string& what, const std::string& device,
                      const std::string& detail);
    /// Call within a transaction that holds the name "fleet".
    Result<std::optional<Rollout>> step();
    Result<void> change(const std::string& who, const char* what,
                        const std::function<Result<void>(Rollout&)>& change);
    /// Where the rollout has come with a device that says this.
    [[nodiscard]] Phase phaseOf(const Rollout& rollout, const FleetDeviceRow& before,
                                const FleetDeviceRow& now) const;

    Database& database_;
    const HubKeys& keys_;
    const Clock& clock_;
};

} // namespace silta::hub
