// What keeps forms honest: tokens that work once and for one device, and a ration of tries.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace silta::portal {

/// 128-bit tokens in memory. Of one device the newest kTokensPerDeviceMax count; a restart forgets all, and
/// the form is shown again. Thread: one at a time.
class FormTokens {
public:
    FormTokens(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

    /// `holder`: address and hardware address of the device that gets the form.
    std::string issue(const std::string& holder);
    /// True once, for the holder it was issued to, within kTokenMs.
    bool take(const std::string& holder, std::string_view token);

private:
    struct Issued {
        std::string token;
        std::int64_t sinceMs = 0;
    };
    void forgetOldest();

    const Clock& clock_;
    Random& random_;
    std::unordered_map<std::string, std::deque<Issued>> issued_;
};

/// Thread: one at a time.
class Attempts {
public:
    explicit Attempts(const Clock& clock) : clock_(clock) {}

    /// Counts one try of `who`. 0 = go on, else the seconds to wait.
    std::int64_t tryOnce(const std::string& who);

private:
    const Clock& clock_;
    std::unordered_map<std::string, std::int64_t> fullAtMs_; ///< when the whole ration is there again
};

} // namespace silta::portal
