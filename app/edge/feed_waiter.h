// FeedWaiter: waits at the hub until there is something to tell this device, beside everything else that is
// said to it. What there is, is fetched and applied by the engine's own conversation as ever; this only says
// when.
#pragma once

#include "edge/hub_asker.h"
#include "sync/hub_client.h"

#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace silta {

/// Thread: any for the public calls; a thread of its own waits.
class FeedWaiter {
public:
    struct Place {
        HubAsker::Access access;
        std::string cursor; ///< where the feed has been applied up to
    };
    /// Called on the waiter's thread. Errors: Unavailable (not enrolled, or nothing pulled yet).
    using GetPlace = std::function<Result<Place>()>;
    using OnNews = std::function<void()>; ///< likewise
    /// `clock`: when the hub's certificate must be valid.
    FeedWaiter(GetPlace place, OnNews onNews, std::unique_ptr<HttpTransport> transport, const Clock& clock,
               Random& random);
    FeedWaiter(const FeedWaiter&) = delete;
    FeedWaiter& operator=(const FeedWaiter&) = delete;
    ~FeedWaiter();

    /// True while the hub holds our request: then news comes by itself, and nobody need ask.
    [[nodiscard]] bool isListening() const { return isListening_; }

private:
    enum class Outcome { News, Held, NotHeld, Failed };
    void run(const std::stop_token& stop);
    Outcome wait(const Place& place, const std::stop_token& stop);
    /// The same for the same access: it holds the nonce of the answer before.
    HubClient& clientFor(const HubAsker::Access& access);
    /// False when it is to stop.
    bool rest(std::int64_t ms, const std::stop_token& stop);

    const GetPlace place_;
    const OnNews onNews_;
    const Clock& clock_;
    Random& random_;
    std::atomic<bool> isListening_ = false;

    // The thread's own:
    std::unique_ptr<HttpTransport> transport_;
    HubAsker::Access access_;
    std::optional<HubClient> client_; ///< of access_

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta
