#include "hub/feed_waits.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace silta::hub {

namespace {

// A transaction commits, and the feed's horizon passes it, long before. After that it is found at the wait's
// end.
constexpr std::int64_t kNewsMs = 10'000;
constexpr std::int64_t kEverybodyPauseMs = 5'000; // all who wait look twice, and not again and again

} // namespace

FeedWaits::FeedWaits(std::size_t room, std::unique_ptr<FeedChannel> channel, const Clock& clock)
    : room_(room), channel_(std::move(channel)), clock_(clock),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FeedWaits::~FeedWaits() {
    thread_.request_stop();
    wake_.notify_all();
}

std::function<void(FeedWaits::Again)> FeedWaits::place(const Request& request) {
    Again older;
    {
        const std::lock_guard lock(mutex_);
        const auto known = waiters_.find(request.device);
        const bool isRefused =
            known == waiters_.end() ? waiters_.size() >= room_ : known->second.arrivedMs >= request.arrivedMs;
        if (isRefused) return {};
        auto& waiter = waiters_[request.device];
        older = std::move(waiter.again);
        waiter = {request.arrivedMs, request.untilMs, {}};
    }
    if (older) older();
    return [this, request](Again again) { begin(request, std::move(again)); };
}

void FeedWaits::begin(const Request& request, Again again) {
    {
        const std::lock_guard lock(mutex_);
        const auto waiter = waiters_.find(request.device);
        if (waiter != waiters_.end() && waiter->second.arrivedMs == request.arrivedMs) {
            waiter->second.again = std::move(again);
            return;
        }
    }
    again(); // its place is gone already
}

void FeedWaits::told(std::string_view device) {
    const std::lock_guard lock(mutex_);
    told_.emplace(device);
}

void FeedWaits::answered(const std::string& device) {
    const std::lock_guard lock(mutex_);
    news_.erase(device);
}

std::size_t FeedWaits::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiters_.size();
}

std::int64_t FeedWaits::heldMs() const {
    const std::lock_guard lock(mutex_);
    return heldMs_;
}

void FeedWaits::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, std::chrono::milliseconds(kFeedHintMs), [] { return false; });
        }
        tick();
    }
}

void FeedWaits::tick() {
    std::set<std::string> told;
    {
        const std::lock_guard lock(mutex_);
        told = std::exchange(told_, {});
    }
    FeedChannel::Heard heard;
    std::int64_t heldMs = 0;
    if (channel_) {
        if (!told.empty()) channel_->tell(told);
        heard = channel_->hear();
        heldMs = channel_->heldMs();
    }
    std::vector<Again> due;
    {
        const std::lock_guard lock(mutex_);
        heldMs_ = heldMs;
        const auto now = clock_.steadyMs();
        // Those told here count whatever becomes of the channel.
        for (const auto* devices : {&told, &heard.devices})
            for (const auto& device : *devices)
                news_[device] = {now + kNewsMs, now, kFeedHintMs};
        if (heard.isEverybody)
            for (const auto& [device, waiter] : waiters_)
                news_.try_emplace(device, News{now + kNewsMs, now, kEverybodyPauseMs});
        due = takeDue();
    }
    for (const auto& again : due)
        again();
}

std::vector<FeedWaits::Again> FeedWaits::takeDue() {
    const auto now = clock_.steadyMs();
    std::erase_if(news_, [now](const auto& entry) { return entry.second.untilMs <= now; });
    std::vector<Again> due;
    for (auto entry = waiters_.begin(); entry != waiters_.end();) {
        auto& waiter = entry->second;
        const bool isDue = waiter.untilMs <= now || (waiter.again && isWorthALook(entry->first, now));
        if (!isDue) {
            ++entry;
            continue;
        }
        if (waiter.again) due.push_back(std::move(waiter.again));
        entry = waiters_.erase(entry);
    }
    return due;
}

bool FeedWaits::isWorthALook(const std::string& device, std::int64_t now) {
    const auto entry = news_.find(device);
    if (entry == news_.end() || entry->second.nextMs > now) return false;
    entry->second.nextMs = now + entry->second.pauseMs;
    entry->second.pauseMs *= 2;
    return true;
}

} // namespace silta::hub
