#include "catalog/product_row.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "catalog/packing.h"
#include "core/digits.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace silta {

namespace {

constexpr std::size_t kPictureRawBytes = 32;
constexpr std::string_view kHexDigits = "0123456789abcdef";

Error damagedRow() {
    return Error{Errc::Corrupt, "read product: damaged row"};
}

bool unpackTexts(std::string_view bytes, std::vector<TextRow>& texts) {
    PackReader in(bytes);
    const auto count = in.number();
    if (count == 0 || count > kTextsMax) return false;
    texts.resize(static_cast<std::size_t>(count));
    for (auto& text : texts) {
        text.lang = in.text();
        text.title = in.text();
        text.color = in.text();
        text.size = in.text();
        const auto path = in.number();
        if (path > kPathsMax) return false;
        text.path = static_cast<std::int64_t>(path);
    }
    return in.ok() && in.atEnd();
}

bool unpackRating(std::string_view bytes, Rating& rating) {
    if (bytes.empty()) return true;
    PackReader in(bytes);
    auto figure = [&in] { return static_cast<std::int32_t>(in.number() & 0x7fffffff); };
    rating.count = figure();
    rating.average = in.real();
    for (auto& stars : rating.histogram)
        stars = figure();
    return in.ok() && in.atEnd();
}

} // namespace

Result<ProductRow> readProductRow(const Statement& statement) {
    ProductRow row;
    row.id = statement.integer(0);
    row.sku = statement.string(1);
    row.rank = statement.integer(2);
    if (!statement.isNull(3)) {
        auto gtin = Gtin::fromNumber(statement.integer(3));
        if (!gtin) return damagedRow();
        row.gtin = *gtin;
    }
    row.group = statement.string(4);
    row.department = statement.integer(5);
    row.brand = statement.string(6);
    if (!statement.isNull(7)) {
        const auto currency = Currency::parse(statement.text(7));
        if (!currency) return damagedRow();
        row.price = Price{Money{statement.integer(8), *currency}, std::nullopt, std::nullopt, std::nullopt};
        if (!statement.isNull(9)) row.price->sale = Money{statement.integer(9), *currency};
        if (!statement.isNull(10)) row.price->saleFrom = statement.integer(10);
        if (!statement.isNull(11)) row.price->saleTo = statement.integer(11);
    }
    row.picture = unpackPicture(statement.blob(12));
    const bool sane = row.id > 0 && row.id <= kProductIdMax && row.rank >= 0 && row.rank <= kRankMax &&
                      unpackTexts(statement.blob(13), row.texts) &&
                      unpackRating(statement.blob(14), row.rating);
    if (!sane) return damagedRow();
    return row;
}

std::string packTexts(const std::vector<TextRow>& texts) {
    PackWriter out;
    out.number(texts.size());
    for (const auto& text : texts) {
        out.text(text.lang);
        out.text(text.title);
        out.text(text.color);
        out.text(text.size);
        out.number(static_cast<std::uint64_t>(text.path));
    }
    return out.take();
}

std::string packRating(const Rating& rating) {
    const bool hasStars = std::ranges::any_of(rating.histogram, [](std::int32_t n) { return n != 0; });
    if (rating.count == 0 && rating.average == 0 && !hasStars) return {};
    PackWriter out;
    out.number(static_cast<std::uint64_t>(std::max(rating.count, 0)));
    out.real(rating.average);
    for (const auto stars : rating.histogram)
        out.number(static_cast<std::uint64_t>(std::max(stars, 0)));
    return out.take();
}

std::string packPicture(std::string_view hex) {
    if (hex.size() != 2 * kPictureRawBytes) return {};
    std::string raw;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = kHexDigits.find(hex[i]);
        const auto low = kHexDigits.find(hex[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return {};
        raw.push_back(static_cast<char>(high << 4 | low));
    }
    return raw;
}

std::string unpackPicture(std::string_view raw) {
    if (raw.size() != kPictureRawBytes) return {};
    std::string hex;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(kHexDigits[byte >> 4]);
        hex.push_back(kHexDigits[byte & 15]);
    }
    return hex;
}

// Both parts are coarse on purpose: a rank that changes moves the product in the search index.
std::int64_t rankOf(const ProductRow& row) {
    const auto reviews = static_cast<std::uint32_t>(std::max(row.rating.count, 0));
    const auto popularity =
        static_cast<std::int64_t>(std::min<int>(static_cast<int>(std::bit_width(reviews)), 31));
    const auto folded = foldText(textFor(row.texts, kLanguages.front()).title);
    const auto words = static_cast<std::int64_t>(wordsOf(folded).size());
    return (31 - popularity) * 8 + std::clamp<std::int64_t>(words - 1, 0, 7);
}

std::vector<std::string_view> stepsOf(std::string_view path) {
    std::vector<std::string_view> steps;
    while (!path.empty() && steps.size() < kDepartmentDepthMax) {
        const auto end = path.find('>');
        auto step = path.substr(0, end);
        path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
        while (!step.empty() && step.front() == ' ')
            step.remove_prefix(1);
        while (!step.empty() && step.back() == ' ')
            step.remove_suffix(1);
        if (!step.empty()) steps.push_back(step);
    }
    return steps;
}

} // namespace silta
