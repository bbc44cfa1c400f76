// Reads a product, inventory or language feed whatever its format, and understands its rows.
#pragma once

#include "hub/feed_row.h"
#include "hub/feed_source.h"

#include <silta/catalog.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace silta::hub {

// Limits in characters. Source: Google Merchant Center product data specification, 2024.
inline constexpr std::size_t kIdCharactersMax = 50;
inline constexpr std::size_t kTitleCharactersMax = 150;
inline constexpr std::size_t kDescriptionCharactersMax = 5000;
inline constexpr std::size_t kGroupCharactersMax = 50;
inline constexpr std::size_t kBrandCharactersMax = 70;
inline constexpr std::size_t kVariantCharactersMax = 100; ///< color, size
inline constexpr std::size_t kProductTypeCharactersMax = 750;
inline constexpr std::size_t kImageLinkCharactersMax = 2000;
inline constexpr std::size_t kMaterialCharactersMax = 200;
inline constexpr std::size_t kPatternCharactersMax = 100;
inline constexpr std::size_t kUnitMeasureCharactersMax = 100;
inline constexpr std::size_t kDetailNameCharactersMax = 140; ///< section_name, attribute_name
inline constexpr std::size_t kDetailValueCharactersMax = 1000;

/// Stock that a feed gives in words only; the kiosk shows words, so any figure of the right class does.
inline constexpr std::int32_t kQuantityInStock = kLastFewMax + 1;
inline constexpr std::int32_t kQuantityLimited = 1;

/// Reads a TSV, RSS 2.0 or Atom feed, told apart by its first bytes, and hands its rows to `sink`.
/// Errors: Invalid (no usable header, neither format), Unsupported (UTF-16), Io, Corrupt: reading went no
/// further, and nothing that was handed over may be used.
Result<FeedEnd> readItems(ByteSource& source, std::span<const Field> required, RowSink& sink);

/// Columns without which a feed is refused.
std::span<const Field> requiredOfProducts();
std::span<const Field> requiredOfInventory();
std::span<const Field> requiredOfTitles();

/// One row of a product feed. `picture` and reviews stay empty. `lang` is the feed's language.
std::optional<RowFault> readProduct(const FeedRow& row, std::string_view lang, ProductRecord& product);
/// One row of a local inventory feed; `asOf` is left alone.
std::optional<RowFault> readStock(const FeedRow& row, StockRecord& stock);
/// One row of a language feed: the item's texts in `lang`.
std::optional<RowFault> readTitles(const FeedRow& row, std::string_view lang, std::string& sku,
                                   ProductText& text);

/// ISO 8601 date or moment to UTC milliseconds: "2026-02-24", "2026-02-24T11:07+0100", "…:00Z"; no zone means
/// UTC. `isEnd`: a bare date means the end of that day. Errors: Invalid.
Result<UtcMs> parseMoment(std::string_view text, bool isEnd);

} // namespace silta::hub
