// JoinInvitation: what a QR code at the till says, with which somebody joins on a phone of their own.
//
// The letters are base64url without padding of 103 bytes: version (1), the device's name without its "d"
// (10), the member's UUID (16), the member's number (8, unsigned), when it was made (4, seconds since 1970,
// unsigned), all most significant byte first, and the device's Ed25519 signature (64) of "silta-join:" and
// the 39 bytes before it. It says nothing of anybody: who it becomes is typed on the phone.
#pragma once

#include <silta/crypto.h>
#include <silta/result.h>
#include <silta/time.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kInvitationLetters = 138;
inline constexpr UtcMs kInvitationLifeMs = 30 * 60 * 1000; ///< to fetch the phone, scan, and read in peace

struct JoinInvitation {
    std::string deviceId; ///< see deviceIdOf()
    std::string memberId; ///< UUID: who it will be
    std::string number;   ///< the member number kept for them, digits; from the device's own range
    UtcMs madeMs = 0;     ///< whole seconds
};

/// Empty where a member of it is malformed.
std::string signInvitation(const JoinInvitation& invitation, const KeyPair& keys);
/// Nobody has believed it yet: see isInvitationBy(). Errors: Invalid (these are no such letters).
Result<JoinInvitation> readInvitation(std::string_view letters);
/// True where the holder of that key made it.
bool isInvitationBy(std::string_view letters, std::string_view publicKey);

} // namespace silta
