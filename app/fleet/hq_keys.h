// The keys of headquarters: they sign releases and commands, and open what devices send sealed. They are not
// the hub's, and need not lie where the hub runs: who takes the hub over has them not.
#pragma once

#include "fleet/release.h"

#include <silta/crypto.h>

namespace silta {

inline constexpr std::size_t kHqTextBytesMax = 256;

struct HqKeys {
    KeyPair sign, seal;
};

/// What devices know of them: 32 raw bytes each.
struct HqPublic {
    std::string sign, seal;
    bool operator==(const HqPublic&) const = default;
};

/// A new file, mode 0600. Errors: Conflict (there is one), Io, Full.
Result<HqKeys> makeHqKeys(const std::string& path);
/// Errors: NotFound, Denied (others may read it), Corrupt.
Result<HqKeys> loadHqKeys(const std::string& path);

HqPublic publicHalves(const HqKeys& keys);
std::string toText(const HqPublic& keys);
/// Errors: Invalid, Limit.
Result<HqPublic> parseHqPublic(std::string_view text);
/// What the hub signs when it tells a device. A device that knows some already takes no others.
std::string hqPublicToSign(std::string_view text);

} // namespace silta
