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

} // namespace

FeedWaits::FeedWaits(std::size_t room, std::unique_ptr<FeedChannel> channel, const Clock& clock)
    : room_(room), channel_(std::move(channel)), clock_(clock),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FeedWaits::~FeedWaits() {
    thread_.request_stop();
    wake_.notify_all();
}

std::function<void(FeedWaits::Again)> FeedWaits::place(const std::string& device, std::int64_t ms) {
    {
        const std::lock_guard lock(mutex_);
        if (taken_ >= room_) return {};
        ++taken_;
    }
    return [this, device, untilMs = clock_.steadyMs() + ms](Again again) {
        const std::lock_guard lock(mutex_);
        waiters_.emplace(device, Waiter{untilMs, std::move(again)});
    };
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
    return taken_;
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
        const auto until = clock_.steadyMs() + kNewsMs;
        // Those told here count whatever becomes of the channel.
        for (const auto* devices : {&told, &heard.devices})
            for (const auto& device : *devices)
                news_[device] = until;
        if (heard.isEverybody)
            for (const auto& [device, waiter] : waiters_)
                news_[device] = until;
        due = takeDue();
    }
    for (const auto& again : due)
        again();
}

std::vector<FeedWaits::Again> FeedWaits::takeDue() {
    const auto now = clock_.steadyMs();
    std::erase_if(news_, [now](const auto& entry) { return entry.second <= now; });
    std::vector<Again> due;
    for (auto entry = waiters_.begin(); entry != waiters_.end();) {
        if (entry->second.untilMs > now && !news_.contains(entry->first)) {
            ++entry;
            continue;
        }
        due.push_back(std::move(entry->second.again));
        entry = waiters_.erase(entry);
        --taken_;
    }
    return due;
}

} // namespace silta::hub
