// GuestRegistry: people whom the store met on its Wi-Fi, and what they agreed to.
//
// Who signs in to the Wi-Fi does not join the club: they become a *contact*, or what they agreed to is noted
// with the contact that they are already. A contact who is a member too, by e-mail, phone or number, points
// to the member and holds no copy of the member's data. See D-028.
#pragma once

#include "hub/hub_keys.h"
#include "hub/member_registry.h"
#include "shopper/guest.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>
#include <vector>

namespace silta::hub {

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class GuestRegistry {
public:
    GuestRegistry(Database& database, const HubKeys& keys, Random& random)
        : database_(database), keys_(keys), random_(random) {}

    /// Errors: Invalid (cannot be unsealed, no contact), Conflict (somebody else wrote the same person
    /// meanwhile), Busy, Full, Io.
    Result<void> signUp(const GuestSignUp& signUp, const std::string& operationId,
                        const std::string& storeCode, UtcMs nowMs);
    /// Adds to the store's days. The caller knows an operation from its repetition.
    Result<void> addCounts(const GuestCounts& counts, const std::string& storeCode);

private:
    struct Identity {
        PersonalData person; ///< empty for who gave a member number
        std::string mac;     ///< keyed hash of what names them
        bool isVerified = false;
    };
    Result<Identity> identify(const GuestSignUp& signUp) const;
    /// Whether a one-time code showed that this number is theirs.
    Result<bool> isCodeRight(const std::string& challenge, const std::string& phoneMac) const;
    Result<std::string> findMember(const GuestSignUp& signUp, const std::string& mac) const;
    Result<void> create(const GuestSignUp& signUp, const Identity& identity, const std::string& memberId,
                        const std::string& storeCode, UtcMs nowMs);

    Database& database_;
    const HubKeys& keys_;
    Random& random_;
};

/// What was typed of a contact who is no member. Errors: NotFound (erased, or a member), Corrupt.
Result<PersonalData> guestData(const Database& database, const HubKeys& keys, const std::string& contactId);

} // namespace silta::hub
