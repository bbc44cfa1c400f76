#include "edge/feed_waiter.h"

#include "core/json.h"
#include "sync/back_off.h"
#include "sync/private_feed.h"

#include <fmt/format.h>

#include <chrono>

namespace silta {

namespace {

constexpr int kWaitSeconds = 25; // the most that a hub holds a request for
// Of an answer without news, as the hub says: one of less was ended for another that waits in our name.
constexpr std::int64_t kHeldAtLeastMs = 20'000;
constexpr std::int64_t kNotReadyMs = 5'000; // until it is looked again whether there is a place to wait at
constexpr std::int64_t kAppliedMs = 1'000;  // until it is looked again whether the news has been applied
constexpr std::int64_t kNoRoomMs = 60'000;  // at the hub for one more who waits

} // namespace

FeedWaiter::FeedWaiter(GetPlace place, OnNews onNews, std::unique_ptr<HttpTransport> transport,
                       const Clock& clock, Random& random)
    : place_(std::move(place)), onNews_(std::move(onNews)), clock_(clock), random_(random),
      transport_(std::move(transport)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

FeedWaiter::~FeedWaiter() {
    thread_.request_stop();
    wake_.notify_all();
}

bool FeedWaiter::rest(std::int64_t ms, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::milliseconds(ms), [] { return false; });
    return !stop.stop_requested();
}

void FeedWaiter::run(const std::stop_token& stop) {
    int failures = 0;
    std::string told; // the cursor at which there was news
    for (std::int64_t pauseMs = 0; rest(pauseMs, stop);) {
        const auto place = place_();
        pauseMs = place ? kAppliedMs : kNotReadyMs;
        if (!place || place->cursor == told) continue;
        const auto outcome = wait(*place, stop);
        isListening_ = outcome == Outcome::Held || outcome == Outcome::News;
        failures = outcome == Outcome::Failed ? failures + 1 : 0;
        pauseMs = outcome == Outcome::Failed    ? backOffMs(failures, client_->retryAfterSeconds(), random_)
                  : outcome == Outcome::NotHeld ? kNoRoomMs
                                                : 0;
        if (outcome != Outcome::News) continue;
        told = place->cursor;
        onNews_();
    }
    isListening_ = false;
}

HubClient& FeedWaiter::clientFor(const HubAsker::Access& access) {
    const bool isSame =
        client_ && access.address == access_.address && access.keys.publicKey == access_.keys.publicKey;
    if (isSame) return *client_;
    client_.reset(); // it looks at access_
    access_ = HubAsker::Access(access);
    return client_.emplace(*transport_, access_.address, access_.keys, &clock_);
}

FeedWaiter::Outcome FeedWaiter::wait(const Place& place, const std::stop_token& stop) {
    auto& hub = clientFor(place.access);
    hub.stopWith(stop);
    const auto reply =
        hub.signedCall("GET", fmt::format("/v1/changes?cursor={}&wait={}", place.cursor, kWaitSeconds), "",
                       place.access.incarnation);
    if (!reply) return reply.error().code == Errc::NotFound ? Outcome::News : Outcome::Failed;
    const auto json = parseJson(reply->body, kChangesBytesMax);
    const auto next = json ? textMember(*json, "cursor") : std::nullopt;
    if (!next) return Outcome::Failed;
    if (*next != place.cursor) return Outcome::News;
    const auto heldMs = integerMember(*json, "waitedMs").value_or(0); // none: a hub that holds nobody
    return heldMs >= kHeldAtLeastMs ? Outcome::Held : Outcome::NotHeld;
}

} // namespace silta
