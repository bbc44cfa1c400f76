// The device's own Ed25519 key: made at the first start, never leaves the device.
#pragma once

#include <silta/crypto.h>
#include <silta/result.h>

#include <string>

namespace silta {

/// Reads `<folder>/device.key`, or makes it (mode 0600, synced to disk).
/// Errors: Denied (others may read the file), Corrupt, Io, Full.
Result<KeyPair> loadOrMakeDeviceKeys(const std::string& folder);

} // namespace silta
