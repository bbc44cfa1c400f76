// One row of the table "products".
#pragma once

#include <silta/catalog.h>
#include <silta/store.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace silta {

struct TextRow {
    std::string lang;
    std::string title;
    std::string color;
    std::string size;
    std::int64_t path = 0; ///< row of "paths"; 0 = no department
};

struct ProductRow {
    std::int64_t id = 0;
    std::string sku;
    std::int64_t rank = 0;
    std::optional<Gtin> gtin;
    std::string group;
    std::int64_t department = 0;
    std::string brand;
    std::optional<Price> price;
    std::string picture;
    std::vector<TextRow> texts; ///< at least one
    Rating rating;
};

/// The columns that readProductRow() expects, from its first column on.
#define SILTA_PRODUCT_COLUMNS                                                                                \
    "id, sku, rank, gtin, group_key, department, brand, currency, regular, sale, sale_from, sale_to, "       \
    "picture, texts, "                                                                                       \
    "rating"

/// The row on which `statement` stands. Errors: Corrupt.
Result<ProductRow> readProductRow(const Statement& statement);

std::string packTexts(const std::vector<TextRow>& texts);
std::string packRating(const Rating& rating);
/// 64 lower-case hexadecimal digits as 32 bytes, or empty when it is anything else.
std::string packPicture(std::string_view hex);
/// What a "picture" column stands for: 32 bytes as hexadecimal digits; empty for anything else.
std::string unpackPicture(std::string_view raw);

/// The asked language, else English, else the first there is.
template <class Text>
const Text& textFor(const std::vector<Text>& texts, std::string_view lang) {
    const Text* english = nullptr;
    for (const auto& text : texts) {
        if (text.lang == lang) return text;
        if (english == nullptr && text.lang == kLanguages.front()) english = &text;
    }
    return english != nullptr ? *english : texts.front();
}

/// Place among results that are alike otherwise: more reviews first, then shorter titles. 0..kRankMax.
std::int64_t rankOf(const ProductRow& row);
inline constexpr std::int64_t kRankMax = 31 * 8 + 7;

/// "Kitchen > Coffee" as its steps, without empty ones, at most kDepartmentDepthMax.
std::vector<std::string_view> stepsOf(std::string_view path);

} // namespace silta
