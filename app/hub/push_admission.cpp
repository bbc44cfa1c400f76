#include "hub/push_admission.h"

#include "core/log.h"

#include <algorithm>

namespace silta::hub {

namespace {

// Until pushes have been measured: a full batch, and a person's action.
constexpr double kFirstLargeMs = 200;
constexpr double kFirstSmallMs = 10;
constexpr double kNewest = 0.1; // share of the newest push in the moving mean
// Turns are given out this much faster than they are done: some devices do not come back, and who finds no
// room at its turn comes again soon. Idle room would cost more.
constexpr double kOverbooking = 1.5;
constexpr UtcMs kSoonestMs = 1'000; // Retry-After counts seconds
constexpr UtcMs kEarlyMs = 500;     // replicas' clocks differ
constexpr UtcMs kQuietMs = 600'000; // between two lines of the log
constexpr UtcMs kScatterMs = 1'000; // who is told the same second comes at different moments of it

} // namespace

PushAdmission::PushAdmission(int room, const Clock& clock, Random& random) : clock_(clock), random_(random) {
    lanes_[kLarge].room = std::max(room, 1);
    lanes_[kLarge].workMs = kFirstLargeMs;
    lanes_[kSmall].room = kSmallPushRoom;
    lanes_[kSmall].workMs = kFirstSmallMs;
}

bool PushAdmission::mayEnter(const Lane& lane, UtcMs turnMs, UtcMs now) {
    if (lane.atWork >= lane.room) return false;
    const bool isItsTurn = turnMs > 0 && turnMs <= now + kEarlyMs;
    const bool isNobodyBooked = std::max(lane.bookedMs, lane.bookedAgainMs) <= now;
    // Where half of the room is free, those who are booked do not come.
    return isItsTurn || isNobodyBooked || lane.atWork < lane.room / 2;
}

UtcMs PushAdmission::book(Lane& lane, UtcMs turnMs, UtcMs now) {
    if (turnMs > now + kEarlyMs) return turnMs; // it did not wait
    const bool isNobodyBooked = std::max(lane.bookedMs, lane.bookedAgainMs) <= now;
    if (isNobodyBooked && now - saidMs_ >= kQuietMs) {
        saidMs_ = now;
        log::info("hub", "more pushes than there is room for: devices are told to come later");
    }
    const auto step = static_cast<UtcMs>(std::max(lane.workMs / lane.room / kOverbooking, 1.0));
    const auto soonest = now + kSoonestMs;
    const auto latest = now + kTurnMaxMs - static_cast<UtcMs>(random_.next64() % kScatterMs) - kSoonestMs;
    if (turnMs > 0) {
        lane.bookedAgainMs = std::min(std::max(lane.bookedAgainMs, soonest) + step, latest);
        lane.bookedMs = std::max(lane.bookedMs + step, lane.bookedAgainMs);
        return lane.bookedAgainMs;
    }
    lane.bookedMs = std::min(std::max({lane.bookedMs, lane.bookedAgainMs, soonest}) + step, latest);
    return lane.bookedMs;
}

PushAdmission::Answer PushAdmission::enter(std::size_t bodyBytes, UtcMs turnMs) {
    const auto now = clock_.nowMs();
    if (turnMs > now + kTurnMaxMs) turnMs = 0; // a clock has jumped
    const std::lock_guard lock(mutex_);
    const auto own = bodyBytes <= kSmallPushBytes ? kSmall : kLarge;
    for (auto lane = static_cast<std::size_t>(own) + 1; lane-- > 0;) {
        if (!mayEnter(lanes_[lane], turnMs, now)) continue;
        ++lanes_[lane].atWork;
        Answer answer;
        answer.entry.emplace(Entry(this, lane, lane == own, clock_.steadyMs()));
        return answer;
    }
    Answer answer;
    answer.turnMs = book(lanes_[own], turnMs, now);
    const auto wait = std::max<UtcMs>(answer.turnMs - now, 1);
    answer.retryAfterSeconds = static_cast<int>((wait + 999) / 1'000);
    return answer;
}

void PushAdmission::leave(const Entry& entry) {
    const auto ms = static_cast<double>(clock_.steadyMs() - entry.since_);
    const std::lock_guard lock(mutex_);
    auto& lane = lanes_[entry.lane_];
    --lane.atWork;
    if (entry.worked_ && entry.isOwn_) lane.workMs += (ms - lane.workMs) * kNewest;
}

PushAdmission::Entry::~Entry() {
    if (from_) from_->leave(*this);
}

} // namespace silta::hub
