// The device's own Ed25519 key: made at the first start, never leaves the device. It can be replaced by
// another one; the device's name stays that of its first key.
//
// `device.key` is the key in use, `device.key.next` one that is being brought to the hub, `device.id` the
// name once the first key has been replaced.
#pragma once

#include <silta/crypto.h>
#include <silta/result.h>

#include <string>

namespace silta {

struct DeviceIdentity {
    KeyPair keys;
    std::string id; ///< see deviceIdOf()
};

/// Reads `<folder>/device.key`, or makes it (mode 0600, synced to disk).
/// Errors: Denied (others may read the file), Corrupt, Io, Full.
Result<DeviceIdentity> loadOrMakeIdentity(const std::string& folder);

/// The key that a replacement begun earlier left, or a new one.
Result<KeyPair> loadOrMakeNextKeys(const std::string& folder);
/// True when a replacement was begun and not ended.
bool hasNextKeys(const std::string& folder);
/// The hub knows the next key: it is the one in use from now on.
Result<void> takeNextKeys(const std::string& folder, const std::string& deviceId);

} // namespace silta
