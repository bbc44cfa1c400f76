// FeedWaits: requests of the private feed that wait until their device has been told something.
//
// Every process that tells a device something hints at it: a replica that takes a push, and a command such as
// `silta-hub recall`. On PostgreSQL by NOTIFY, which every replica hears; a replica gathers its hints and
// passes them on once in kFeedHintMs, because each commit that notifies takes a lock of the whole server. On
// SQLite the serving process looks at the file. A hint may come before what it speaks of can be read, and a
// lost one is made good by the end of the wait, so a hint only has a request look again.
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

/// Carries hints between processes. Thread: one.
class FeedChannel {
public:
    FeedChannel() = default;
    FeedChannel(const FeedChannel&) = delete;
    FeedChannel& operator=(const FeedChannel&) = delete;
    virtual ~FeedChannel() = default;

    /// Tells all others. Best effort.
    virtual void tell(const std::set<std::string>& devices) = 0;
    struct Heard {
        std::set<std::string> devices;
        bool isEverybody = false;
    };
    /// What others told since it was last asked; waits for nobody but the database, and not for long.
    virtual Heard hear() = 0;
    /// For how long one transaction has been holding back the feeds of all devices; 0 = none does.
    [[nodiscard]] virtual std::int64_t heldMs() const = 0;
};

/// Thread: any.
class FeedWaits {
public:
    using Again = std::function<void()>;
    /// `room`: requests that wait at a time. `channel`: null = nobody else tells anything.
    FeedWaits(std::size_t room, std::unique_ptr<FeedChannel> channel, const Clock& clock);
    FeedWaits(const FeedWaits&) = delete;
    FeedWaits& operator=(const FeedWaits&) = delete;
    ~FeedWaits();

    struct Request {
        std::string device;
        std::int64_t arrivedMs = 0, untilMs = 0; ///< steady
    };
    /// Takes a place in the room and gives what has to be called with the function that looks again; that is
    /// called when there may be news for the device, at the end, and when a newer request of the device takes
    /// the place: each has one. Empty: there is no room, or a newer one has it.
    [[nodiscard]] std::function<void(Again)> place(const Request& request);
    /// May come before the commit.
    void told(std::string_view device);
    /// The device has its news.
    void answered(const std::string& device);

    [[nodiscard]] std::size_t waiting() const;
    /// See FeedChannel.
    [[nodiscard]] std::int64_t heldMs() const;

private:
    struct Waiter {
        std::int64_t arrivedMs = 0, untilMs = 0;
        Again again; ///< empty: its request is about to be put off
    };
    /// That there may be something for a device. It is looked for at ever longer intervals.
    struct News {
        std::int64_t untilMs = 0, nextMs = 0, pauseMs = 0;
    };
    void begin(const Request& request, Again again);
    void run(const std::stop_token& stop);
    void tick();
    /// Call with mutex_ held.
    std::vector<Again> takeDue();
    bool isWorthALook(const std::string& device, std::int64_t now); ///< likewise

    const std::size_t room_;
    const std::unique_ptr<FeedChannel> channel_; ///< the thread's only
    const Clock& clock_;

    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable_any wake_;
    std::map<std::string, Waiter> waiters_; ///< by device
    std::set<std::string> told_;            ///< here, and not yet passed on
    std::map<std::string, News> news_;      ///< by device
    std::int64_t heldMs_ = 0;

    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta::hub
