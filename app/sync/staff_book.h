// Staff as the hub tells them to the devices of their store, and the book in which a device keeps them: who
// signs in at the till does so with no uplink.
#pragma once

#include "core/json.h"

#include <silta/store.h>
#include <silta/time.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kBadgeBytesMin = 4;
inline constexpr std::size_t kBadgeBytesMax = 64;
inline constexpr std::size_t kStaffNameBytesMax = 80;
inline constexpr std::size_t kPinDigitsMin = 6; ///< a shorter one is guessed off a stolen device in minutes
inline constexpr std::size_t kPinDigitsMax = 12;
inline constexpr std::size_t kPinHashBytesMax = 128;
inline constexpr int kStaffOfStoreMax = 150; ///< told to a device in one answer

/// Wrong PINs in a row after which a badge is locked; so many again double the time, up to the longest.
inline constexpr std::int64_t kPinTriesMax = 5;
inline constexpr UtcMs kLockMs = UtcMs{5} * 60 * 1000;
inline constexpr UtcMs kLockMsMax = UtcMs{60} * 60 * 1000;

/// How long the lock that is the `locks`-th in a row lasts.
UtcMs pinLockMs(std::int64_t locks);

enum class StaffRole { Cashier, Supervisor };
const char* toString(StaffRole role); ///< "cashier", "supervisor"
std::optional<StaffRole> staffRoleNamed(std::string_view name);

struct Staff {
    std::string id;    ///< UUID
    std::string badge; ///< as normalizeBadge() gives it
    std::string name;  ///< as it is shown at the till
    StaffRole role = StaffRole::Cashier;
    std::string pinHash; ///< see hashPin()
    bool active = true;
};

/// Upper case, without blanks around; empty when it is not 4 to 64 of A-Z, 0-9 and "-".
std::string normalizeBadge(std::string_view text);
/// Six to twelve digits.
bool isPinText(std::string_view text);

Json toJson(const Staff& staff);
/// Errors: Invalid (a member is missing or malformed).
Result<Staff> parseStaff(const Json& json);

/// What staff did at a till: the data of a `staff.event`. Append-only.
struct StaffEvent {
    std::string staffId;
    std::string action; ///< one of kStaffActions
    UtcMs atMs = 0;
};
/// "invite": to join on a phone of their own.
inline constexpr std::array<std::string_view, 7> kStaffActions = {"sign-in", "refused", "locked", "sign-out",
                                                                  "idle",    "sign-up", "invite"};
Json toJson(const StaffEvent& event);
/// Errors: Invalid.
Result<StaffEvent> parseStaffEvent(const Json& json);

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class StaffBook {
public:
    explicit StaffBook(Database& database) : database_(database) {}

    /// In place of what was known of them; another PIN ends a lock. Who does not work here any more is
    /// forgotten.
    Result<void> put(const Staff& staff);
    Result<void> removeAll();
    /// Errors: NotFound (unknown).
    Result<Staff> find(const std::string& id) const;
    /// Errors: NotFound (nobody who works here has it).
    Result<Staff> findByBadge(const std::string& badge) const;

    /// Until when no PIN is looked at; 0 = it is.
    Result<UtcMs> lockedUntil(const std::string& id, UtcMs nowMs) const;
    /// Ends a lock that a clock of the future made no later than any lock may last from now.
    Result<void> shortenLock(const std::string& id, UtcMs nowMs);
    /// Counts a try before its PIN is looked at, so that a power cut gives none for free. Gives how many are
    /// left; 0: the badge is locked from now on.
    Result<std::int64_t> countTry(const std::string& id, UtcMs nowMs);
    /// The PIN was right.
    Result<void> forgetTries(const std::string& id);

private:
    Result<void> remove(const std::string& id);

    Database& database_;
};

} // namespace silta
