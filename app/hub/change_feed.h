// The private feed: what one device must know, in the order in which it was decided.
//
// A cursor names an epoch and a place, and is authenticated: a device cannot make one up. What is older than
// the horizon is thrown away; a device that stopped before it begins anew, as does one without a cursor or
// with one of another epoch, with a snapshot: what became of everything that it ever sent and must know of.
//
// On PostgreSQL a number is given before its transaction commits, so that a reader who follows numbers passes
// over one that commits late. There the place is (transaction, number), and nothing at or after the oldest
// running transaction is shown.
#pragma once

#include "core/json.h"
#include "sync/protocol.h"

#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

struct ChangePage {
    std::vector<Json> changes;
    std::string cursor;
    bool more = false;
};

/// Thread: the connection's owner.
class ChangeFeed {
public:
    /// Hears which device is told something, before that is committed.
    using OnTold = std::function<void(std::string_view device)>;
    /// `key` authenticates cursors. `onTold` must outlive it; null: nobody listens.
    ChangeFeed(Database& database, std::string_view key, const OnTold* onTold = nullptr)
        : database_(database), key_(key), onTold_(onTold) {}

    /// Belongs into the transaction of what it tells.
    Result<void> tell(std::string_view device, const Json& change, UtcMs nowMs);
    /// Errors: NotFound (the place is before the horizon: begin anew with an empty cursor).
    Result<ChangePage> after(std::string_view device, const std::string& epoch, std::string_view cursor,
                             UtcMs nowMs) const;
    /// Throws away what was told before `ms`. Gives how much.
    Result<std::int64_t> forgetBefore(UtcMs ms, const std::string& epoch);

private:
    struct Place {
        std::int64_t transaction = 0, number = 0;
        std::int64_t snapshotRow = -1; ///< of the operations; -1 = not in a snapshot
    };
    [[nodiscard]] std::string write(const std::string& epoch, const Place& place) const;
    /// False for anything but a cursor of this epoch.
    bool read(std::string_view cursor, const std::string& epoch, Place& place) const;
    Result<Place> end(std::string_view device) const;
    Result<ChangePage> snapshot(std::string_view device, const std::string& epoch, Place place,
                                UtcMs nowMs) const;
    /// The snapshot's orders behind what the page holds.
    Result<ChangePage> withOrders(std::string_view device, const std::string& epoch, Place place,
                                  ChangePage page, UtcMs nowMs) const;

    Database& database_;
    std::string_view key_;
    const OnTold* onTold_;
};

/// The reason of an operation that was set aside and taken by a replay.
inline constexpr std::string_view kTakenLaterReason = "replayed";
/// What became of an operation later: what was set aside has been taken (ok), or somebody should look at it
/// (flag).
Json operationResult(std::string_view id, VerdictKind verdict = VerdictKind::Ok);

/// What the device of this sign-up must know of it.
Json memberResult(std::string_view memberId, bool merged, std::string_view number,
                  std::string_view ownNumber);

} // namespace silta::hub
