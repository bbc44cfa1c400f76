// Members: unseals sign-ups, recognises people who signed up before, keeps their data under a key of their
// own.
#pragma once

#include "hub/hub_keys.h"
#include "shopper/consent.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// What a person typed, unsealed.
struct PersonalData {
    std::string name, email, phone;
};

/// Lower case, trimmed; empty when it is no address. Only what makes the same mailbox the same text.
std::string normalizeEmail(std::string_view text);
/// "+" and digits; a number without a country code gets none. Empty when it is no number.
std::string normalizePhone(std::string_view text);

/// What was typed and sealed on a device, normalised; what is no address or number is empty. Errors: Invalid
/// (not sealed to this hub, malformed).
Result<PersonalData> unsealPerson(const std::string& sealed, const HubKeys& keys);
/// The keyed hash by which a contact is found again. `kind`: "email", "phone" or "number"
/// (of a member).
std::string contactMac(std::string_view kind, const std::string& contact, const HubKeys& keys);

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class MemberRegistry {
public:
    MemberRegistry(Database& database, const HubKeys& keys, Random& random)
        : database_(database), keys_(keys), random_(random) {}

    enum class Outcome { Created, Merged };
    struct SignedUp {
        Outcome outcome = Outcome::Created;
        std::string memberId; ///< canonical
        std::string number;   ///< the sign-up's own, or another one where that was taken
    };
    /// Errors: Invalid (cannot be unsealed, no contact, malformed), Busy, Full, Io.
    Result<SignedUp> signUp(const SignUp& signUp, const std::string& operationId,
                            const std::string& storeCode, UtcMs nowMs);
    struct Met {
        std::string number; ///< empty: no member
        UtcMs sinceMs = 0;
        std::string id; ///< of the member
    };
    /// By what was typed and sealed on a device, or by a number where that is empty; aliases too. Errors:
    /// Invalid (cannot be unsealed).
    Result<Met> lookUp(const std::string& sealed, const std::string& number) const;
    /// Of one of their numbers, whether or not they are erased. Errors: NotFound.
    Result<std::string> idOf(const std::string& number) const;
    /// Whether a number is that of somebody who is erased.
    Result<bool> isErased(const std::string& number) const;
    /// Leaves the numbers, which nobody else gets, and when and where they were given. Erasing again does
    /// nothing.
    Result<void> erase(const std::string& memberId);
    /// Errors: NotFound (erased), Corrupt.
    Result<PersonalData> personalData(const std::string& memberId) const;

private:
    Result<PersonalData> unseal(const std::string& sealed) const;
    /// Who was met on the Wi-Fi before is this member.
    Result<void> adoptGuests(const std::string& memberId, const std::string& number,
                             const std::vector<std::string>& macs);
    Result<std::string> findByContact(std::string_view mac) const;
    Result<bool> isTaken(const std::string& number) const;
    /// A free number from the hub's own range: mostly the same one again after a restore, because a person
    /// may have it on a card by then. Errors: Limit.
    Result<std::string> ownNumber(const SignUp& signUp) const;
    Result<void> create(const SignUp& signUp, const std::string& number, const PersonalData& person,
                        const std::string& storeCode, UtcMs nowMs);

    Database& database_;
    const HubKeys& keys_;
    Random& random_;
};

} // namespace silta::hub
