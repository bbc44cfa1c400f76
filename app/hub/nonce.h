// Nonces without memory: a time and an authenticator, so that any replica takes what another gave.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <optional>
#include <string>
#include <string_view>

namespace silta::hub {

/// A replay inside this time does no harm: operations are idempotent, and answers go to who holds the TLS
/// session.
inline constexpr UtcMs kNonceLifetimeMs = 5 * 60 * 1000;

/// `key` is 32 bytes. The nonce is base64url. It carries the device's turn, if it waits for one; see
/// PushAdmission.
std::string makeNonce(UtcMs nowMs, std::string_view key, Random& random, UtcMs turnMs = 0);
struct OpenedNonce {
    UtcMs madeMs = 0, turnMs = 0;
};
/// What one of ours says, however old. Nothing: not one of ours.
std::optional<OpenedNonce> openNonce(std::string_view nonce, std::string_view key);
bool isFreshNonce(std::string_view nonce, UtcMs nowMs, std::string_view key);

} // namespace silta::hub
