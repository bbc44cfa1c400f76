// PushAdmission: how many pushes a replica works on at once, and when the devices that it turns away come
// again.
//
// More pushes at once than the database works on would all be late, and time out together. So a push that
// finds no room is refused with its *turn*, a moment in a calendar that fills as fast as pushes are done. The
// device carries its turn (in its next nonce), so that any replica knows whom it has before it:
//   - whose turn has come enters where there is room; without room it gets a turn before all who are new;
//   - who has none enters while nobody is booked, and else is booked after all others. A device that has just
//     been served has none: nobody gets a second batch before those who wait for their first.
// Small pushes, what people do just now, have room of their own beside the backlogs of devices that come
// back.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace silta::hub {

inline constexpr std::size_t kSmallPushBytes = 1'024; ///< as they travel; some ten operations
inline constexpr int kSmallPushRoom = 2;              ///< milliseconds each: the second waits for the first
/// Longest that a device is sent away for; devices do not take longer from anybody.
inline constexpr UtcMs kTurnMaxMs = 3'600'000;

/// Thread: any.
class PushAdmission {
public:
    /// `room`: large pushes at work at once, at least 1.
    PushAdmission(int room, const Clock& clock, Random& random);

    /// Room for one push, until this goes out of scope.
    class Entry {
    public:
        Entry(Entry&& other) noexcept
            : from_(std::exchange(other.from_, nullptr)), lane_(other.lane_), isOwn_(other.isOwn_),
              since_(other.since_), worked_(other.worked_) {}
        Entry& operator=(Entry&&) = delete;
        ~Entry();
        /// The push was one: its length tells how fast turns come. Others (refused signatures) do not count.
        void noteWorked() { worked_ = true; }

    private:
        friend class PushAdmission;
        Entry(PushAdmission* from, std::size_t lane, bool isOwn, std::int64_t since)
            : from_(from), lane_(lane), isOwn_(isOwn), since_(since) {}
        PushAdmission* from_; ///< null when moved from
        std::size_t lane_;
        bool isOwn_; ///< a small push may be in the large ones' room
        std::int64_t since_;
        bool worked_ = false;
    };
    struct Answer {
        std::optional<Entry> entry; ///< nothing: come again
        UtcMs turnMs = 0;           ///< then: to be shown again
        int retryAfterSeconds = 0;  ///< then: at least 1, not before the turn
    };
    /// `turnMs`: what the device was told last; 0 = nothing.
    Answer enter(std::size_t bodyBytes, UtcMs turnMs);

private:
    struct Lane {
        int room = 1;
        int atWork = 0;
        double workMs = 0;       ///< of one push, a moving mean
        UtcMs bookedMs = 0;      ///< the last turn given to who had none
        UtcMs bookedAgainMs = 0; ///< the last turn given to who found no room at its turn
    };
    enum : std::size_t { kLarge, kSmall, kLanes };

    [[nodiscard]] static bool mayEnter(const Lane& lane, UtcMs turnMs, UtcMs now);
    UtcMs book(Lane& lane, UtcMs turnMs, UtcMs now);
    void leave(const Entry& entry);

    const Clock& clock_;
    Random& random_;
    std::mutex mutex_; ///< guards the lanes
    Lane lanes_[kLanes];
    UtcMs saidMs_ = 0; ///< when the log last told that devices are turned away
};

} // namespace silta::hub
