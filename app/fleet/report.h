// What a device says of itself to those who look after the fleet, and what it hears.
//
//     POST /v1/fleet, signed by the device
//     → {"version", "compatible", "ills": [WORD…], "update": {"state", "target", "why", "percent"},
//        "done": [{"number", "outcome"}…]}
//     ← {"release": {"signed", "signature"}?, "commands": [{"signed", "signature"}…],
//        "hq": {"signed", "signature"}?, "hqNext": [{"signed", "signature"}…], "askAgainSeconds"}
#pragma once

#include "core/json.h"
#include "fleet/command.h"
#include "fleet/hq_keys.h"
#include "fleet/release.h"

#include <optional>
#include <string>
#include <vector>

namespace silta {

inline constexpr std::size_t kFleetBodyBytesMax = 16 * 1024;
inline constexpr std::size_t kIllsMax = 8;
inline constexpr std::size_t kWordBytesMax = 40;
/// Sealed and in base64url; a bundle is cut before it gets this long.
inline constexpr std::size_t kDiagnosticsBytesMax = 256 * 1024;
inline constexpr int kAskAgainSecondsMax = 3'600;

enum class UpdateState {
    Idle,
    Downloading,
    Ready,      ///< waits for closing time
    Installing, ///< asked for leave, or is at it; up to the restart into the new version
    Failed,     ///< and says why
    RolledBack, ///< it was installed and did not work: the one before runs again
};
const char* toString(UpdateState state);
std::optional<UpdateState> updateStateNamed(std::string_view word);

/// What became of a command.
struct CommandOutcome {
    std::int64_t number = 0;
    std::string outcome; ///< a word: "done", "refused", …
    bool operator==(const CommandOutcome&) const = default;
};

struct FleetReport {
    std::string version;           ///< of the system, or of the packages
    std::string compatible;        ///< empty: not an image; its updates come with apt
    std::vector<std::string> ills; ///< words; none = it is well
    UpdateState state = UpdateState::Idle;
    std::string target; ///< the version that `state` is about; empty with Idle
    std::string why;    ///< a word, with Failed
    int percent = 0;    ///< with Downloading
    std::vector<CommandOutcome> done;
    bool operator==(const FleetReport&) const = default;
};

Json toJson(const SignedText& text);
/// Errors: Invalid.
Result<SignedText> parseSigned(const Json& json);

/// a-z, 0-9 and '-', at most kWordBytesMax.
bool isWord(std::string_view text);

Json toJson(const FleetReport& report);
/// Errors: Invalid, Limit.
Result<FleetReport> parseFleetReport(const Json& json);

struct FleetAnswer {
    std::optional<SignedText> release;
    std::vector<SignedText> commands;
    std::optional<SignedText> hq;
    std::vector<SignedText> hqNext; ///< oldest first; see followHq()
    int askAgainSeconds = 0;
    bool operator==(const FleetAnswer&) const = default;
};

Json toJson(const FleetAnswer& answer);
/// Errors: Invalid, Limit.
Result<FleetAnswer> parseFleetAnswer(const Json& json);

} // namespace silta
