// Sign-ups of guests, for tests.
#pragma once

#include "hub/hub_keys.h"
#include "shopper/guest.h"

#include <silta/crypto.h>

#include <string>

namespace silta::test {

inline constexpr const char* kGuestSignUpId = "0190f3a0-7c1e-7000-8000-0000000000c1";

inline std::string sealedFor(const KeyPair& hub, const Json& person) {
    return toBase64(*seal(dumpJson(person), hub.publicKey));
}

/// Terms agreed to, marketing as said.
inline Json guestJson(const std::string& way, bool marketing = false) {
    Json consents = {{{"purpose", "wifi-terms"},
                      {"channel", "any"},
                      {"granted", true},
                      {"version", "2026-11"},
                      {"wordingHash", std::string(64, 'a')},
                      {"lang", "fi"}}};
    consents.push_back({{"purpose", "marketing"},
                        {"channel", "email"},
                        {"granted", marketing},
                        {"version", "2026-11"},
                        {"wordingHash", std::string(64, 'b')},
                        {"lang", "fi"}});
    return {{"signUpId", kGuestSignUpId}, {"way", way}, {"lang", "fi"}, {"consents", consents}};
}

} // namespace silta::test
