// Who is signed in at which browser. In memory: a restart signs everybody out.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::till {

/// One browser's. What others may know of it stands in copies of this.
struct Session {
    std::string staffId, name;
    bool isSupervisor = false;
    std::string formKey; ///< what its forms' tokens are made with
};

/// Names of cookies. "__Host-": only over TLS, for this host, for every path. Source: RFC 6265bis, 4.1.3.
inline constexpr std::string_view kSessionCookie = "__Host-silta-till";
inline constexpr std::string_view kDoorCookie = "__Host-silta-door"; ///< of who is not signed in

/// The value of a cookie in a Cookie header; empty when it is not there.
std::string cookieNamed(std::string_view header, std::string_view name);
/// A Set-Cookie header's value; without a value the browser forgets it.
std::string cookieOf(std::string_view name, std::string_view value);
/// What a form with this action carries, so that no other site's form is taken for it.
std::string formToken(std::string_view key, std::string_view action);

/// Thread: any. What is passed in outlives it.
class Sessions {
public:
    Sessions(int idleMinutes, const Clock& clock, Random& random)
        : idleMs_(idleMinutes * std::int64_t{60'000}), clock_(clock), random_(random) {}

    /// Gives the cookie's value, which nobody had before. With kSessionsMax of them the one that was used
    /// longest ago ends.
    std::string begin(Session session);
    /// Nothing when there is none, or it was idle for too long. `isUse`: from now on it is not idle.
    std::optional<Session> find(const std::string& cookie, bool isUse);
    void end(const std::string& cookie);
    /// A member card was shown: it counts for the next coupon or gift card within kMemberShownMs.
    void noteMember(const std::string& cookie);
    /// Whether a member card counts for this code. The first code that asks has it to itself, for
    /// kMemberShownMs from then.
    bool hasMember(const std::string& cookie, const std::string& letters);
    /// Takes away those that were idle for too long, or lasted a shift; for whoever writes it down.
    std::vector<Session> sweep();
    [[nodiscard]] std::size_t count() const;

private:
    struct Entry {
        Session session;
        std::int64_t sinceMs = 0, usedMs = 0; ///< steady
        std::optional<std::int64_t> memberMs; ///< steady: when a member card was shown, or its code scanned
        std::string memberLetters;            ///< the code that it counts for; empty: none yet
    };
    [[nodiscard]] bool isOver(const Entry& entry, std::int64_t now) const;

    const std::int64_t idleMs_;
    const Clock& clock_;
    Random& random_;
    mutable std::mutex mutex_;             ///< guards entries_
    std::map<std::string, Entry> entries_; ///< by the hash of the cookie's value: no look-up tells a prefix
};

} // namespace silta::till
