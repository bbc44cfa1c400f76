// FeedRow: one entry of a retailer's feed before it is understood, the same whether it came as TSV, RSS or
// Atom.
#pragma once

#include <silta/result.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silta::hub {

/// Attributes that Silta reads. Source: Google Merchant Center product data and local inventory
/// specifications.
enum class Field : std::uint8_t {
    Id,
    Title,
    Description,
    ImageLink,
    Availability,
    Price,
    SalePrice,
    SalePriceEffectiveDate,
    Gtin,
    Brand,
    ItemGroupId,
    Color,
    Size,
    ProductType,
    GoogleProductCategory,
    Material,
    Pattern,
    Gender,
    AgeGroup,
    UnitPricingMeasure,
    ProductDetail, ///< repeated; collected in FeedRow::details, never in a value
    StoreCode,
    Quantity,
    InstoreProductLocation,
};
inline constexpr std::size_t kFieldCount = 24;

/// "id", "item_group_id", …
const char* toString(Field field);
/// Header or element name to field: case, spaces, dashes and underscores do not matter, "g:" and
/// "(sub:attributes)" are dropped. Nothing for attributes that Silta does not use.
std::optional<Field> fieldOf(std::string_view name);

/// One product_detail: section_name, attribute_name, attribute_value.
struct FeedDetail {
    std::string section, name, value;
};

struct FeedRow {
    std::int64_t line = 0;                       ///< where it begins, counted from 1
    std::array<std::string, kFieldCount> values; ///< trimmed; empty = not given
    std::vector<FeedDetail> details;

    [[nodiscard]] const std::string& operator[](Field field) const {
        return values[static_cast<std::size_t>(field)];
    }
    std::string& operator[](Field field) { return values[static_cast<std::size_t>(field)]; }
    /// Empties everything, keeping the memory.
    void clear();
};

/// Why a row cannot be used.
struct RowFault {
    std::string field;
    std::string excerpt; ///< the value's beginning, fit for a terminal
    std::string reason;
};

/// `excerpt` is cut from `value`.
RowFault rowFault(std::string field, std::string_view value, std::string reason);

/// Takes the rows of one feed in their order. Thread: the reader's.
class RowSink {
public:
    virtual ~RowSink() = default;
    /// Returns whether the row was good; a bad one has been reported by the sink. May change `row`.
    virtual bool onRow(FeedRow& row) = 0;
    /// A row that could not even be taken apart. `id` and `storeCode` hold what was still readable of it.
    virtual void onBadRow(std::int64_t line, const RowFault& fault, const FeedRow& readable) = 0;
};

/// How a feed ended.
struct FeedEnd {
    enum class How {
        Whole,
        NoNewline, ///< the last line is complete but has no newline: more may have been lost
        Cut,       ///< ends in the middle of a row or element, or cannot be read from `line` on
    };
    How how = How::Whole;
    std::int64_t line = 0; ///< of the end
    std::string reason;    ///< for Cut: one lower-case line
};

// Limits of every text feed. A row of the longest legal values (description 5,000 characters of 4 bytes, two
// links of 2,000, product_type 750, details) stays below 64 KiB; twice that leaves room for columns that
// Silta ignores.
inline constexpr std::size_t kRowBytesMax = std::size_t{128} * 1024;
/// More columns than any published specification has attributes, several times over.
inline constexpr std::size_t kColumnsMax = 512;
/// Bytes of a value shown in a report: enough to recognise it.
inline constexpr std::size_t kExcerptBytesMax = 60;
/// Google allows 1,000; the kiosk's page shows two dozen lines.
inline constexpr std::size_t kDetailsMax = 64;

/// The beginning of a value with control characters and broken UTF-8 replaced, at most kExcerptBytesMax.
std::string excerptOf(std::string_view value);
/// Without spaces, tabs and line ends at both sides.
std::string_view trimmed(std::string_view text);
/// True when a control character other than tab, CR and LF is inside.
bool hasControl(std::string_view bytes);
/// The first `charactersMax` code points, without a broken last one.
std::string_view firstCharacters(std::string_view utf8, std::size_t charactersMax);

} // namespace silta::hub
