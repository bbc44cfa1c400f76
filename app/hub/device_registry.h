// The devices of a chain: enrolment, keys, revocation.
#pragma once

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>
#include <vector>

namespace silta::hub {

struct DeviceRow {
    std::string id;
    int number = 0;
    std::string publicKey; ///< 32 raw bytes
    std::string nextKey;   ///< asked for by the device and not used yet; empty = none
    std::string storeCode;
    bool revoked = false;
};

/// Thread: the connection's owner.
class DeviceRegistry {
public:
    DeviceRegistry(Database& database, const Clock& clock, Random& random)
        : database_(database), clock_(clock), random_(random) {}

    /// A code "XXXX-XXXX-XXXX" that one device of this store can spend within `hours`.
    Result<std::string> makeEnrolCode(const std::string& storeCode, int hours);
    /// Spends a code. Errors: Denied (unknown, used, too old), Limit (no device number left).
    Result<DeviceRow> enrol(const std::string& code, const std::string& deviceId,
                            const std::string& publicKey);
    Result<DeviceRow> find(const std::string& id) const; ///< Errors: NotFound
    Result<std::vector<DeviceRow>> all() const;

    /// The device is going to sign with this key; the old one works until the new one is used.
    Result<void> setNextKey(const std::string& id, const std::string& publicKey);
    /// The new key was used: the old one is worth nothing any more.
    Result<void> takeNextKey(const std::string& id);
    /// A stolen device, or one that is taken out of use. Enrolling again undoes it. Errors: NotFound.
    Result<void> revoke(const std::string& id);

private:
    Database& database_;
    const Clock& clock_;
    Random& random_;
};

} // namespace silta::hub
