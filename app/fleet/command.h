// What headquarters can tell one device to do. The list is closed, and each command is signed for one device,
// once, and until a moment: a hub alone can neither make one nor repeat one.
#pragma once

#include "fleet/release.h"

#include <silta/time.h>

#include <optional>

namespace silta {

inline constexpr std::size_t kCommandTextBytesMax = 512;
inline constexpr std::int64_t kCommandLifeMsMax = 7 * 86'400'000LL;
inline constexpr std::size_t kCommandsMax = 8; ///< that wait for one device
inline constexpr std::size_t kCommandWordsBytesMax = 120;

enum class CommandKind {
    Restart,      ///< the machine
    Resync,       ///< talk to the hub now and compare the catalogue with it
    Diagnostics,  ///< send a sealed bundle
    FactoryReset, ///< forget everything and begin anew; it has to be enrolled again
};
const char* toString(CommandKind kind);
std::optional<CommandKind> commandNamed(std::string_view word);

struct FleetCommand {
    std::int64_t number = 0; ///< grows; a device does nothing whose number is not above the last one's
    std::string device;
    CommandKind kind = CommandKind::Resync;
    UtcMs issuedMs = 0, expiresMs = 0;
    bool operator==(const FleetCommand&) const = default;
};

std::string toText(const FleetCommand& command);
/// Errors: Invalid, Limit.
Result<FleetCommand> parseCommand(std::string_view text);
/// What is signed.
std::string commandToSign(std::string_view text);

/// Who judges a command.
struct CommandJudge {
    std::string_view publicKey; ///< of headquarters
    std::string_view device;
    std::int64_t lastNumber = 0;
    UtcMs nowMs = 0;
};
/// A command to obey. Errors: Denied (the signature, or for another device), Conflict (done before, or a
/// later one was), Unavailable (too old, or from the future), as parseCommand().
Result<FleetCommand> openCommand(const SignedText& command, const CommandJudge& judge);

} // namespace silta
