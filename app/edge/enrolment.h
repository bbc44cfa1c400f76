// Enrolment: what makes a device part of a chain.
#pragma once

#include "core/json.h"
#include "edge/device_keys.h"
#include "sync/trusted_clock.h"

#include <silta/crypto.h>
#include <silta/http.h>
#include <silta/random.h>

#include <string>
#include <string_view>

namespace silta {

/// What the hub told this device when it was enrolled. Kept in the journal.
struct Enrolment {
    std::string hubUrl;
    int deviceNumber = 0; ///< 1..99,999: the device's range of member numbers
    std::string storeCode, storeName;
    std::string sealKey;   ///< X25519, 32 raw bytes: personal data is sealed to it
    std::string signKey;   ///< Ed25519, 32 raw bytes: heads and tokens are signed by it
    std::string publicUrl; ///< where shoppers' phones reach the hub; may be empty
    std::string memberPrefix;
};

Json toJson(const Enrolment& enrolment);
/// Errors: Invalid, Limit.
Result<Enrolment> readEnrolment(std::string_view text);

/// A second copy beside the key, for a journal whose page with the first one was damaged.
/// Writes nothing that is there already. Errors: Io, Full.
Result<void> keepEnrolment(const std::string& stateFolder, const std::string& text);
/// Errors: NotFound.
Result<std::string> keptEnrolment(const std::string& stateFolder);

/// What a person holds to the scanner, or types.
struct EnrolmentCode {
    std::string code;
    std::string hubUrl; ///< empty = as configured
    std::string hubKey; ///< Ed25519, 32 raw bytes: the hub proves that it has it; empty: it was not told
};

/// Spends a one-time code. A clock that nobody has confirmed is set by the hub whose key the code names;
/// where it names none, certificates that begin after its time are taken as HttpCall::takesLater has it.
/// Errors: Invalid (malformed code, key or address), Denied (code unknown, used or too old; another hub than
/// the code names), Unavailable, Conflict (this device is enrolled elsewhere in the chain).
Result<Enrolment> enrolAt(HttpTransport& transport, const EnrolmentCode& code, const std::string& caFile,
                          const DeviceIdentity& identity, TrustedClock& clock, Random& random);

} // namespace silta
