// Google Product Reviews XML: feed / reviews / review, read as a stream.
#pragma once

#include "hub/feed_row.h"
#include "hub/feed_source.h"
#include "hub/feed_xml.h"

#include <silta/time.h>

#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// Products named by one review; a review of more is of none in particular.
inline constexpr std::size_t kReviewProductsMax = 200;
// The kiosk shows the beginning of a review; the rest would only fill the devices' disks.
inline constexpr std::size_t kReviewTitleCharactersMax = 150;
inline constexpr std::size_t kReviewTextCharactersMax = 1000;

struct FeedReview {
    std::int64_t line = 0;
    std::string id;
    std::int32_t stars = 0; ///< 1..5, whatever scale the feed uses
    UtcMs at = 0;
    std::string date; ///< YYYY-MM-DD
    std::string lang; ///< empty = not told
    std::string title, text;
    std::vector<std::string> skus;
    std::vector<std::string> gtins;
};

class ReviewSink {
public:
    virtual ~ReviewSink() = default;
    /// Returns whether it was good (a duplicate is not). May take the review's contents.
    virtual bool onReview(FeedReview& review) = 0;
    virtual void onBadReview(std::int64_t line, const RowFault& fault) = 0;
};

/// Errors: Invalid (not a review feed), Io, Corrupt, Unsupported.
/// Source: Google Product Ratings, review feed schema 2.3.
Result<FeedEnd> readReviews(ByteSource& source, ReviewSink& sink);

class ReviewReader final : public XmlReader {
public:
    explicit ReviewReader(ReviewSink& sink) : sink_(sink) {}
    [[nodiscard]] bool isForeign() const { return isForeign_; }

private:
    void onOpen(std::string_view nameSpace, std::string_view name, const char** attributes) override;
    void onClose(std::string_view nameSpace, std::string_view name) override;
    void onText(std::string_view text) override;
    void takeReview();

    ReviewSink& sink_;
    FeedReview review_;
    std::string rating_, timestamp_;
    double ratingMin_ = 1, ratingMax_ = 5;
    bool isSpam_ = false;
    bool isForeign_ = false;
    bool inReview_ = false;
    std::size_t reviewBytes_ = 0;
    std::vector<std::string> path_; ///< open elements below review
    std::string text_;
};

} // namespace silta::hub
