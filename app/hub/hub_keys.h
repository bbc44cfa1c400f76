// The hub's secrets: one file beside the database, mode 0600.
#pragma once

#include <silta/crypto.h>
#include <silta/result.h>

#include <string>

namespace silta::hub {

struct HubKeys {
    KeyPair seal;           ///< personal data is sealed to its public half on the devices
    KeyPair sign;           ///< heads are signed with it
    std::string masterKey;  ///< wraps the keys of people
    std::string contactKey; ///< keys the hash by which sign-ups of one person find each other
    std::string nonceKey;   ///< authenticates nonces
};

/// Reads `path` or makes it (synced to disk); of several programs that make it at once all get the same keys.
/// Errors: Denied (others may read it), Corrupt, Io, Full.
Result<HubKeys> loadOrMakeHubKeys(const std::string& path);

} // namespace silta::hub
