// PictureDesk: the pictures that pages show, made small once and kept in memory. Guests get what is here and
// nothing else: no request of theirs asks edge, or makes anything.
#pragma once

#include "portal/pages.h"
#include "portal/thumbnail/thumbnail.h"

#include <silta/time.h>

#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

namespace silta::portal {

/// Where a picture stands in a page.
enum class PicturePlace { Large, Small, Line };

/// Thread: any. What is passed in outlives it; its functions are called from a thread of its own.
class PictureDesk {
public:
    using Fetch = std::function<Result<std::string>(const std::string& name)>;
    using Shrink = std::function<Result<std::string>(std::string_view picture, const ThumbnailWish& wish)>;
    PictureDesk(Fetch fetch, Shrink shrink, const Clock& clock);
    PictureDesk(const PictureDesk&) = delete;
    PictureDesk& operator=(const PictureDesk&) = delete;
    ~PictureDesk();

    /// Wants them for a page that is drawn from now on. Those that are not here are made; what could not be
    /// had is tried again after kPictureAbsentMs, what could not be made after kPictureRefusedMs, when it is
    /// wanted then.
    void want(const std::vector<std::string>& names, PicturePlace place);
    /// Until all that was wanted has been made or given up, or until `ms` have passed.
    void wait(std::int64_t ms);
    /// With path and bytes of the small picture; without a path while there is none.
    [[nodiscard]] Picture ready(const std::string& name, PicturePlace place) const;
    /// The bytes behind a path, a WebP; null when there is none.
    [[nodiscard]] std::shared_ptr<const std::string> find(const std::string& path) const;

private:
    struct Kept {
        std::shared_ptr<const std::string> bytes; ///< shared with answers under way; null: could not be made
        std::int64_t againMs = 0;                 ///< steady; when to try again
        std::uint64_t wantedAt = 0;               ///< of wants_
    };
    struct Wanted {
        std::string name;
        PicturePlace place;
    };
    void work(const std::stop_token& stop);
    void make(const Wanted& wanted);
    void forgetOldest(); ///< call with mutex_ held

    Fetch fetch_;
    Shrink shrink_;
    const Clock& clock_;
    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable_any changed_;
    std::map<std::string, Kept> kept_; ///< by path
    std::list<Wanted> queue_;
    std::string making_; ///< path; empty: nothing
    std::uint64_t wants_ = 0;
    std::jthread thread_; ///< last: it uses the others
};

} // namespace silta::portal
