// How a release goes through a fleet: ring after ring, and to a stop by itself when devices do not get on
// with it. Rules only; FleetRegistry keeps what they are about.
#pragma once

#include <silta/time.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

enum class RolloutState {
    Running,
    Paused,  ///< nobody new begins; what is being installed is not stopped by that
    Stopped, ///< for good: what comes next is another version
    Done,    ///< all have it who were there; who comes late gets it too
};
enum class Ring { Canary, Early, All };
inline constexpr std::size_t kRings = 3;

/// How far one device has come with the rollout.
enum class Phase { None, Offered, Installing, Good, Failed };

struct Rollout {
    std::int64_t id = 0;
    std::string version;
    std::vector<std::string> canaryStores;
    int earlyPercent = 5;    ///< of the other devices
    int failurePercent = 2;  ///< of those that have an outcome; in the canary stores one is too many
    std::int64_t soakMs = 0; ///< for so long all of a ring must have been well before the next one begins
    RolloutState state = RolloutState::Running;
    Ring ring = Ring::Canary; ///< the widest that has begun
    UtcMs ringSinceMs = 0;
    std::string why; ///< with Stopped
};

struct RingCounts {
    std::int64_t waiting = 0; ///< have it yet to get, or are at it
    std::int64_t good = 0, failed = 0;
    UtcMs lastGoodMs = 0; ///< when the last one became good
};

const char* toString(RolloutState state);
const char* toString(Ring ring);
const char* toString(Phase phase);

/// The same for a device and a version always; another version finds other devices early.
Ring ringOf(const Rollout& rollout, std::string_view deviceId, std::string_view storeCode);
/// Whether a device of the ring may begin, or go on to install.
bool mayBegin(const Rollout& rollout, Ring ring);
/// Does what is due. True when something changed.
bool advance(Rollout& rollout, const std::array<RingCounts, kRings>& counts, UtcMs nowMs);

} // namespace silta::hub
