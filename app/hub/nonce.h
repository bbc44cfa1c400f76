// Nonces without memory: a time and an authenticator, so that any replica takes what another gave.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <string>
#include <string_view>

namespace silta::hub {

/// A replay inside this time does no harm: operations are idempotent, and answers go to who holds the TLS
/// session.
inline constexpr UtcMs kNonceLifetimeMs = 5 * 60 * 1000;

/// `key` is 32 bytes. The nonce is base64url.
std::string makeNonce(UtcMs nowMs, std::string_view key, Random& random);
bool isFreshNonce(std::string_view nonce, UtcMs nowMs, std::string_view key);

} // namespace silta::hub
