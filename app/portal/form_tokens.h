// What keeps forms honest: tokens that work once and for one device.
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

} // namespace silta::portal
