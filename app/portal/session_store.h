// portal.db: whose time runs, and how much of it and of the data is used up.
//
// A device is known by a keyed hash of its hardware address. The key is made anew each day and yesterday's is
// thrown away, so that nobody can follow a device from day to day, and nobody can tell from a stolen card who
// was here. No name, address or number is kept.
//
// A power cut may forget what was saved last: it empties the gate too, and the guest signs in again.
#pragma once

#include "gate/address.h"
#include "portal/pages.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

namespace silta::portal {

enum class SessionEnd : std::int64_t { Running = 0, TimeUp = 1, QuotaSpent = 2, SignedOut = 3, Idle = 4 };

struct Session {
    WayKind way = WayKind::Terms;
    UtcMs startedMs = 0;
    UtcMs endsMs = 0;             ///< when its time is over, whatever `end` says
    std::uint64_t quotaBytes = 0; ///< 0 = none
    std::uint64_t usedBytes = 0;  ///< of today's quota, earlier sessions included
    unsigned rateClass = 0;
    int extensions = 0; ///< how often it was made longer
    SessionEnd end = SessionEnd::Running;
};

struct DeviceSession {
    gate::Mac mac;
    Session session;
};

/// Thread: any; one waits for the other.
class SessionStore {
public:
    /// The path ":memory:" keeps nothing. Errors: Busy (another portal runs), Corrupt, Full, Io.
    static Result<SessionStore> open(const std::string& path, const Clock& clock, Random& random);

    /// Today's or yesterday's. Errors: as Database.
    Result<std::optional<Session>> find(const gate::Mac& mac);
    Result<void> save(const gate::Mac& mac, const Session& session);
    /// All of them or none, in one transaction: those who signed in together cost one writing.
    Result<void> save(std::span<const DeviceSession> sessions);
    /// Call now and then: moves what was saved from the log into the database once there is much of it, and
    /// waits for the disk meanwhile, so that no sign-in has to.
    Result<void> settle();
    /// A key for cookies: made once and kept.
    [[nodiscard]] const std::string& cookieKey() const { return cookieKey_; }

private:
    SessionStore(Database database, const Clock& clock, Random& random)
        : database_(std::move(database)), clock_(clock), random_(random) {}
    // All with mutex_ held, but for open()'s.
    /// Makes today's key when a day begins, and forgets what the day before yesterday's stood for.
    Result<void> turnDay();
    Result<void> forgetYesterdays(const gate::Mac& mac);
    Result<void> upsert(const gate::Mac& mac, const Session& session);
    Result<std::string> readSetting(const char* name);
    Result<void> writeSetting(const char* name, std::string_view value);
    [[nodiscard]] static std::string nameOf(const gate::Mac& mac, const std::string& key);

    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>(); ///< guards what follows
    Database database_;
    const Clock& clock_;
    Random& random_;
    std::int64_t day_ = -1;
    std::size_t unsettled_ = 0; ///< saved since the last settle()
    std::string todaysKey_, yesterdaysKey_, cookieKey_;
};

} // namespace silta::portal
