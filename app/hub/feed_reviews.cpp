#include "hub/feed_reviews.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "hub/feed_items.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace silta::hub {

namespace {

std::optional<double> numberOf(std::string_view text) {
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, number);
    if (code != std::errc{} || stop != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

} // namespace

void ReviewReader::onOpen(std::string_view, std::string_view name, const char** attributes) {
    text_.clear();
    if (depth() == 1) {
        isForeign_ = name != "feed";
        if (isForeign_) stop("the document is not a product review feed");
        return;
    }
    if (!inReview_) {
        if (depth() != 3 || name != "review") return;
        inReview_ = true;
        review_ = {};
        review_.line = line();
        rating_.clear();
        timestamp_.clear();
        ratingMin_ = 1;
        ratingMax_ = 5;
        isSpam_ = false;
        reviewBytes_ = 0;
        path_.clear();
        return;
    }
    path_.emplace_back(name);
    if (name != "overall") return;
    for (; attributes != nullptr && *attributes != nullptr; attributes += 2) {
        const std::string_view key = attributes[0];
        const auto number = numberOf(attributes[1]);
        if (!number) continue;
        if (key == "min") ratingMin_ = *number;
        if (key == "max") ratingMax_ = *number;
    }
}

void ReviewReader::onText(std::string_view text) {
    if (!inReview_) return;
    reviewBytes_ += text.size();
    if (reviewBytes_ <= kRowBytesMax) text_ += text;
}

void ReviewReader::takeReview() {
    const auto bad = [this](const char* field, std::string_view value, std::string reason) {
        sink_.onBadReview(review_.line, RowFault{field, excerptOf(value), std::move(reason)});
    };
    if (isSpam_) return;
    if (reviewBytes_ > kRowBytesMax)
        return bad("review", {}, fmt::format("longer than {} bytes", kRowBytesMax));
    const auto rating = numberOf(rating_);
    if (!rating) return bad("ratings/overall", rating_, rating_.empty() ? "missing" : "not a number");
    if (!(ratingMin_ < ratingMax_) || *rating < ratingMin_ || *rating > ratingMax_)
        return bad("ratings/overall", rating_, fmt::format("not in {}..{}", ratingMin_, ratingMax_));
    review_.stars =
        static_cast<std::int32_t>(std::lround(1 + (*rating - ratingMin_) * 4 / (ratingMax_ - ratingMin_)));
    const auto at = parseMoment(timestamp_, false);
    if (!at)
        return bad("review_timestamp", timestamp_,
                   timestamp_.empty() ? "missing" : "not ISO 8601, as in 2026-02-24T11:07:00Z");
    review_.at = *at;
    review_.date = timestamp_.substr(0, 10);
    if (review_.skus.empty() && review_.gtins.empty()) return bad("products", {}, "no sku and no gtin");
    if (review_.lang.size() > kLangBytesMax) review_.lang.clear();
    review_.title = firstCharacters(review_.title, kReviewTitleCharactersMax);
    review_.text = firstCharacters(review_.text, kReviewTextCharactersMax);
    sink_.onReview(review_);
}

void ReviewReader::onClose(std::string_view, std::string_view) {
    if (!inReview_) return;
    if (path_.empty()) {
        inReview_ = false;
        return takeReview();
    }
    const auto name = path_.back();
    path_.pop_back();
    const auto parent = path_.empty() ? std::string_view{} : std::string_view(path_.back());
    const auto text = trimmed(text_);
    if (parent.empty()) {
        if (name == "review_id") review_.id = text;
        if (name == "review_timestamp") timestamp_ = text;
        if (name == "title") review_.title = text;
        if (name == "content") review_.text = text;
        if (name == "review_language" || name == "language") review_.lang = text;
        if (name == "is_spam") isSpam_ = text == "true" || text == "1";
    } else if (name == "overall" && parent == "ratings") {
        rating_ = text;
    } else if (review_.skus.size() + review_.gtins.size() < kReviewProductsMax && !text.empty()) {
        if (name == "sku" && parent == "skus") review_.skus.emplace_back(text);
        if (name == "gtin" && parent == "gtins") review_.gtins.emplace_back(text);
    }
    text_.clear();
}

Result<FeedEnd> readReviews(ByteSource& source, ReviewSink& sink) {
    std::string head;
    auto format = sniffFeed(source, head);
    if (!format) return format.error();
    if (*format != FeedFormat::Xml) return Error{Errc::Invalid, "read reviews: the file is not XML"};
    ReviewReader reader(sink);
    reader.feed(head);
    std::string block(kFeedBlockBytes, '\0');
    for (;;) {
        auto n = source.read(block);
        if (!n) return n.error();
        if (*n == 0) break;
        reader.feed(std::string_view(block).substr(0, *n));
    }
    auto end = reader.finish();
    if (reader.isForeign()) return Error{Errc::Invalid, fmt::format("read reviews: {}", end.reason)};
    return end;
}

} // namespace silta::hub
