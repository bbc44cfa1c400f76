#include "hub/fleet_rollout.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr int kPercent = 100;

} // namespace

const char* toString(RolloutState state) {
    constexpr std::array kWords = {"running", "paused", "stopped", "done"};
    return kWords[static_cast<std::size_t>(state)];
}

const char* toString(Ring ring) {
    constexpr std::array kWords = {"canary", "early", "all"};
    return kWords[static_cast<std::size_t>(ring)];
}

const char* toString(Phase phase) {
    constexpr std::array kWords = {"-", "offered", "installing", "good", "failed"};
    return kWords[static_cast<std::size_t>(phase)];
}

Ring ringOf(const Rollout& rollout, std::string_view deviceId, std::string_view storeCode) {
    if (std::ranges::find(rollout.canaryStores, storeCode) != rollout.canaryStores.end()) return Ring::Canary;
    const auto hash = sha256(fmt::format("{}\n{}", rollout.version, deviceId));
    const auto draw =
        (static_cast<unsigned char>(hash[0]) << 8 | static_cast<unsigned char>(hash[1])) % 10'000;
    return draw < rollout.earlyPercent * kPercent ? Ring::Early : Ring::All;
}

bool mayBegin(const Rollout& rollout, Ring ring) {
    const bool isOpen = rollout.state == RolloutState::Running || rollout.state == RolloutState::Done;
    return isOpen && ring <= rollout.ring;
}

bool advance(Rollout& rollout, const std::array<RingCounts, kRings>& counts, UtcMs nowMs) {
    if (rollout.state == RolloutState::Stopped) return false;
    std::int64_t good = 0;
    std::int64_t failed = 0;
    for (const auto& ring : counts) {
        good += ring.good;
        failed += ring.failed;
    }
    const bool isTooMany =
        counts[0].failed > 0 || failed * kPercent > rollout.failurePercent * (good + failed);
    if (isTooMany) {
        rollout.state = RolloutState::Stopped;
        rollout.why = fmt::format("{} of {} failed", failed, good + failed);
        return true;
    }
    bool hasChanged = false;
    UtcMs lastGoodMs = 0;
    for (std::size_t i = 0; i < kRings && rollout.state == RolloutState::Running; ++i) {
        lastGoodMs = std::max(lastGoodMs, counts[i].lastGoodMs);
        if (static_cast<Ring>(i) < rollout.ring) continue;
        const bool isEmptyCanary = i == 0 && counts[i].good == 0; // nobody has tried it
        const bool isSoaked = nowMs - std::max(lastGoodMs, rollout.ringSinceMs) >= rollout.soakMs;
        if (counts[i].waiting > 0 || isEmptyCanary || !isSoaked) break;
        hasChanged = true;
        rollout.ringSinceMs = nowMs;
        if (rollout.ring == Ring::All)
            rollout.state = RolloutState::Done;
        else
            rollout.ring = static_cast<Ring>(i + 1);
    }
    return hasChanged;
}

} // namespace silta::hub
