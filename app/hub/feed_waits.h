// FeedWaits: requests of the private feed that wait until their device has been told something.
//
// Who tells a device (a push, a recall) hints here. Hints are gathered and passed on once in kFeedHintMs: on
// PostgreSQL by one NOTIFY, which every replica hears; each commit that notifies takes a lock of the whole
// server. A hint may come before what it speaks of can be read, and a lost one is made good by the end of the
// wait, so a hint only has a request look again.
#pragma once

#include <silta/time.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace silta::hub {

inline constexpr std::int64_t kFeedWaitMsMax = 25'000; ///< proxies and devices give up after 30 to 60 s
inline constexpr std::int64_t kFeedHintMs = 200;

/// Carries hints between replicas. Thread: one.
class FeedChannel {
public:
    FeedChannel() = default;
    FeedChannel(const FeedChannel&) = delete;
    FeedChannel& operator=(const FeedChannel&) = delete;
    virtual ~FeedChannel() = default;

    /// Tells all replicas, this one too. Best effort.
    virtual void tell(const std::set<std::string>& devices) = 0;
    struct Heard {
        std::set<std::string> devices;
        bool isEverybody = false;
    };
    /// What was told since it was last asked; does not wait.
    virtual Heard hear() = 0;
    /// For how long one transaction has been holding back the feeds of all devices; 0 = none does.
    [[nodiscard]] virtual std::int64_t heldMs() const = 0;
};

/// Thread: any.
class FeedWaits {
public:
    using Again = std::function<void()>;
    /// `room`: requests that wait at a time. `channel`: null = there is one replica.
    FeedWaits(std::size_t room, std::unique_ptr<FeedChannel> channel, const Clock& clock);
    FeedWaits(const FeedWaits&) = delete;
    FeedWaits& operator=(const FeedWaits&) = delete;
    ~FeedWaits();

    /// Takes a place in the room and gives what has to be called with the function that looks again; that is
    /// called when there may be news for the device, and after `ms`. Empty: there is no room.
    [[nodiscard]] std::function<void(Again)> place(const std::string& device, std::int64_t ms);
    /// May come before the commit.
    void told(std::string_view device);
    /// The device has its news.
    void answered(const std::string& device);

    [[nodiscard]] std::size_t waiting() const;
    /// See FeedChannel.
    [[nodiscard]] std::int64_t heldMs() const;

private:
    struct Waiter {
        std::int64_t untilMs = 0; ///< steady
        Again again;
    };
    void run(const std::stop_token& stop);
    void tick();
    /// Call with mutex_ held.
    std::vector<Again> takeDue();

    const std::size_t room_;
    const std::unique_ptr<FeedChannel> channel_; ///< the thread's only
    const Clock& clock_;

    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable_any wake_;
    std::size_t taken_ = 0;
    std::multimap<std::string, Waiter> waiters_;
    std::set<std::string> told_;               ///< here, and not yet passed on
    std::map<std::string, std::int64_t> news_; ///< device -> until when its waiters look again at each tick
    std::int64_t heldMs_ = 0;

    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta::hub
