// The keys of headquarters: they sign releases and commands, and open what devices send sealed. They are not
// the hub's, and need not lie where the hub runs: who takes the hub over has them not.
#pragma once

#include "fleet/release.h"

#include <silta/crypto.h>

#include <vector>

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
/// What the hub signs when it tells a device that knows none yet.
std::string hqPublicToSign(std::string_view text);

/// What the keys before sign, and nobody else can, to put others in their place.
std::string hqNextToSign(std::string_view text);
/// Whom `known` trusts by now, along what each has signed for the next. What is signed by nobody on that way
/// is passed over.
HqPublic followHq(HqPublic known, const std::vector<SignedText>& successors);
inline constexpr std::size_t kHqSuccessorsMax = 8; ///< told; who has missed more is to be reset

} // namespace silta
