#include "hub/feed_row.h"

#include <algorithm>

namespace silta::hub {

namespace {

constexpr std::array<const char*, kFieldCount> kNames = {
    "id",
    "title",
    "description",
    "image_link",
    "availability",
    "price",
    "sale_price",
    "sale_price_effective_date",
    "gtin",
    "brand",
    "item_group_id",
    "color",
    "size",
    "product_type",
    "google_product_category",
    "material",
    "pattern",
    "gender",
    "age_group",
    "unit_pricing_measure",
    "product_detail",
    "store_code",
    "quantity",
    "instore_product_location",
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

unsigned byteAt(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

/// Bytes of the sequence that begins at `i`, or 0 when it is not UTF-8.
std::size_t sequenceAt(std::string_view bytes, std::size_t i) {
    const unsigned lead = byteAt(bytes, i);
    if (lead < 0x80) return 1;
    std::size_t length = 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        if (lead == 0xE0) low = 0xA0;  // overlong
        if (lead == 0xED) high = 0x9F; // surrogates
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        if (lead == 0xF0) low = 0x90;  // overlong
        if (lead == 0xF4) high = 0x8F; // beyond U+10FFFF
    } else {
        return 0;
    }
    if (bytes.size() - i < length) return 0;
    if (byteAt(bytes, i + 1) < low || byteAt(bytes, i + 1) > high) return 0;
    for (std::size_t k = 2; k < length; ++k)
        if ((byteAt(bytes, i + k) & 0xC0U) != 0x80) return 0;
    return length;
}

} // namespace

const char* toString(Field field) {
    return kNames[static_cast<std::size_t>(field)];
}

std::optional<Field> fieldOf(std::string_view name) {
    name = trimmed(name.substr(0, name.find('(')));
    std::string plain;
    for (char c : name) {
        if (c == ' ' || c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        plain += c;
    }
    const std::string_view bare = plain.starts_with("g:") ? std::string_view(plain).substr(2) : plain;
    const auto* it = std::find(kNames.begin(), kNames.end(), bare);
    if (it == kNames.end()) return std::nullopt;
    return static_cast<Field>(it - kNames.begin());
}

void FeedRow::clear() {
    for (auto& value : values)
        value.clear();
    details.clear();
}

RowFault rowFault(std::string field, std::string_view value, std::string reason) {
    return {std::move(field), excerptOf(value), std::move(reason)};
}

std::string excerptOf(std::string_view value) {
    std::string excerpt;
    std::size_t i = 0;
    while (i < value.size()) {
        const auto length = sequenceAt(value, i);
        const auto bytes = std::max<std::size_t>(length, 1);
        if (excerpt.size() + bytes > kExcerptBytesMax) {
            excerpt += "…";
            break;
        }
        const bool isControl = length == 1 && (byteAt(value, i) < 0x20 || byteAt(value, i) == 0x7F);
        // C1 controls (U+0080..U+009F) drive terminals too.
        const bool isC1 = length == 2 && byteAt(value, i) == 0xC2 && byteAt(value, i + 1) < 0xA0;
        if (length == 0 || isControl || isC1)
            excerpt += isControl && isSpace(value[i]) ? ' ' : '?';
        else
            excerpt += value.substr(i, length);
        i += bytes;
    }
    return excerpt;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

bool hasControl(std::string_view bytes) {
    return std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u < 0x20 && !isSpace(c)) || u == 0x7F;
    });
}

std::string_view firstCharacters(std::string_view utf8, std::size_t charactersMax) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        if ((byteAt(utf8, i) & 0xC0U) == 0x80) continue;
        if (seen == charactersMax) return utf8.substr(0, i);
        ++seen;
    }
    return utf8;
}

} // namespace silta::hub
