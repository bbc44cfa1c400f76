// CodeRegistry: one-time codes that show whose phone a number is. A code and the number it went to are kept
// as keyed hashes only.
#pragma once

#include "hub/hub_keys.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>

namespace silta::hub {

inline constexpr UtcMs kCodeLifeMs = 5 * 60 * 1000;
inline constexpr int kCodeAttempts = 5; ///< of a million codes
// What a stranger can make the chain pay for, and a number be bothered with.
inline constexpr int kCodesPerPhoneAnHour = 4;
inline constexpr int kCodesPerPhoneADay = 8;
inline constexpr int kCodesPerDeviceAnHour = 200;

/// Thread: the connection's owner. Every call belongs into the caller's transaction, which has locked the
/// names that lockedNames() gives.
class CodeRegistry {
public:
    CodeRegistry(Database& database, const HubKeys& keys, Random& random, UtcMs nowMs)
        : database_(database), keys_(keys), random_(random), nowMs_(nowMs) {}

    struct Made {
        enum class Outcome { Made, Again, TooMany };
        Outcome outcome = Outcome::Made;
        std::string code; ///< six digits, with Made
    };
    /// `phone`: normalised. Again: this challenge has a code already, which is on its way.
    Result<Made> make(const std::string& device, const std::string& challenge, const std::string& phone);
    struct Checked {
        bool right = false;
        int attemptsLeft = 0; ///< 0 with !right: too old, used up or never made
    };
    /// The right code may be told again; nobody else learns how near a wrong one was.
    Result<Checked> check(const std::string& device, const std::string& challenge, const std::string& code);

private:
    [[nodiscard]] std::string macOf(const std::string& challenge, const std::string& code) const;
    Result<std::int64_t> madeSince(const char* column, std::string_view value, UtcMs sinceMs) const;

    Database& database_;
    const HubKeys& keys_;
    Random& random_;
    UtcMs nowMs_;
};

} // namespace silta::hub
