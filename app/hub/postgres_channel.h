// Hints between the replicas of a hub by NOTIFY and LISTEN, and a watch on what holds back the feed.
#pragma once

#include "hub/feed_waits.h"

#include <string>
#include <string_view>

namespace silta::hub {

/// The feed shows nothing at or after the oldest running transaction of the whole server. One that hangs
/// holds up every device: this tells for how long the oldest has been the same while others came after it.
/// Thread: one at a time.
class HorizonWatch {
public:
    /// The server's oldest running transaction and the next one to come, as pg_current_snapshot() has them.
    void note(std::int64_t oldest, std::int64_t next, std::int64_t nowMs);
    [[nodiscard]] std::int64_t heldMs() const { return heldMs_; }

private:
    std::int64_t oldest_ = 0;
    std::int64_t sinceMs_ = 0;
    std::int64_t heldMs_ = 0;
    bool saidSo_ = false;
};

/// A transaction older than this is an alarm: ours take milliseconds, and the server ends those of ours that
/// hang.
inline constexpr std::int64_t kHorizonAlarmMs = 60'000;

/// `address`: see openPostgres(). Connects when it is first used, and again when the connection is lost.
std::unique_ptr<FeedChannel> makePostgresChannel(std::string address, const Clock& clock);

/// The devices of one hint, as many as a notification holds; else everybody is meant.
std::string hintText(const std::set<std::string>& devices);
FeedChannel::Heard parseHint(std::string_view text);

} // namespace silta::hub
