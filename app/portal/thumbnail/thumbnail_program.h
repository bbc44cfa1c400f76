// ThumbnailProgram: makeThumbnail() in a process of its own, which may die or hang without anybody noticing.
#pragma once

#include "portal/thumbnail/limits.h"
#include "portal/thumbnail/thumbnail.h"

namespace silta::portal {

/// How silta-thumbnailer says what went wrong.
constexpr int exitCodeOf(Errc code) {
    constexpr int kFirst = 64; // above what shells and loaders use
    return kFirst + static_cast<int>(code);
}

/// Thread: any; each call waits for its process.
class ThumbnailProgram {
public:
    /// `program`: empty is silta-thumbnailer beside this program.
    explicit ThumbnailProgram(std::string program = {}, int deadlineMs = kThumbnailDeadlineMs);

    /// Errors: those of makeThumbnail(); Unavailable (it died over the picture, took too long, or cannot be
    /// started).
    [[nodiscard]] Result<std::string> make(std::string_view picture, const ThumbnailWish& wish) const;

private:
    std::string program_;
    int deadlineMs_;
};

} // namespace silta::portal
