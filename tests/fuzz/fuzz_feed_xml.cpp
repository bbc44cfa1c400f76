// RSS, Atom and review feeds: hostile XML ends in words, never in memory or time.
#include "fuzz_check.h"
#include "hub/feed_items.h"
#include "hub/feed_reviews.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace silta::hub;

class RowKeeper final : public RowSink {
public:
    bool onRow(FeedRow& row) override {
        std::size_t bytes = 0;
        for (const auto& value : row.values)
            bytes += value.size();
        silta::fuzz::check(bytes <= kRowBytesMax && row.details.size() <= kDetailsMax);
        silta::ProductRecord product;
        silta::StockRecord cell;
        readStock(row, cell);
        return !readProduct(row, "en", product);
    }
    void onBadRow(std::int64_t, const RowFault&, const FeedRow&) override {}
};

class ReviewKeeper final : public ReviewSink {
public:
    bool onReview(FeedReview& review) override {
        silta::fuzz::check(review.stars >= 1 && review.stars <= 5 && review.date.size() == 10);
        return true;
    }
    void onBadReview(std::int64_t, const RowFault&) override {}
};

void readBoth(std::string_view text) {
    RowKeeper rows;
    (void)readItems(*memoryFeed(text), requiredOfProducts(), rows);
    ReviewKeeper reviews;
    (void)readReviews(*memoryFeed(text), reviews);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    readBoth(text);
    // The same bytes inside an item and inside a review get further.
    readBoth("<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><item>" + text +
             "</item></channel></rss>");
    readBoth("<feed><reviews><review>" + text + "</review></reviews></feed>");
    return 0;
}
