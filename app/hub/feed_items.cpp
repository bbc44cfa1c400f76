#include "hub/feed_items.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "core/digits.h"
#include "hub/feed_tsv.h"
#include "hub/feed_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace silta::hub {

namespace {

constexpr Field kRequiredOfProducts[] = {Field::Id, Field::Title};
constexpr Field kRequiredOfInventory[] = {Field::StoreCode, Field::Id};
constexpr Field kRequiredOfTitles[] = {Field::Id, Field::Title};

RowFault itemFault(Field field, std::string_view value, std::string reason) {
    return rowFault(toString(field), value, std::move(reason));
}

std::optional<RowFault> checkLength(const FeedRow& row, Field field, std::size_t charactersMax) {
    const auto& value = row[field];
    if (value.size() <= charactersMax) return std::nullopt; // a character has at least one byte
    const auto n = characterCount(value);
    if (n <= charactersMax) return std::nullopt;
    return itemFault(field, value, fmt::format("{} characters, at most {} are allowed", n, charactersMax));
}

struct FieldLimit {
    Field field;
    std::size_t charactersMax;
};

constexpr FieldLimit kTextLimits[] = {
    {Field::Id, kIdCharactersMax},
    {Field::Title, kTitleCharactersMax},
    {Field::Description, kDescriptionCharactersMax},
    {Field::Color, kVariantCharactersMax},
    {Field::Size, kVariantCharactersMax},
    {Field::ProductType, kProductTypeCharactersMax},
};

constexpr FieldLimit kProductLimits[] = {
    {Field::GoogleProductCategory, kProductTypeCharactersMax},
    {Field::ItemGroupId, kGroupCharactersMax},
    {Field::Brand, kBrandCharactersMax},
    {Field::ImageLink, kImageLinkCharactersMax},
    {Field::Material, kMaterialCharactersMax},
    {Field::Pattern, kPatternCharactersMax},
    {Field::Gender, kPatternCharactersMax},
    {Field::AgeGroup, kPatternCharactersMax},
    {Field::UnitPricingMeasure, kUnitMeasureCharactersMax},
};

std::optional<RowFault> checkLengths(const FeedRow& row, std::span<const FieldLimit> limits) {
    for (const auto& limit : limits)
        if (auto bad = checkLength(row, limit.field, limit.charactersMax)) return bad;
    return std::nullopt;
}

std::optional<RowFault> checkGiven(const FeedRow& row, Field field) {
    if (row[field].empty()) return itemFault(field, {}, "missing");
    return std::nullopt;
}

/// Ids and codes are written on one line everywhere else.
std::optional<RowFault> checkKey(const FeedRow& row, Field field) {
    if (auto bad = checkGiven(row, field)) return bad;
    if (row[field].find_first_of("\t\r\n") != std::string::npos)
        return itemFault(field, row[field], "a tab or line break is in it");
    return std::nullopt;
}

/// A line break inside a title or colour means a space.
std::string oneLine(std::string text) {
    for (char& c : text)
        if (c == '\t' || c == '\r' || c == '\n') c = ' ';
    return text;
}

/// "Kitchen>Coffee > " to "Kitchen > Coffee".
std::string departmentPath(std::string_view text) {
    std::string path;
    while (!text.empty()) {
        const auto end = text.find('>');
        const auto part = trimmed(text.substr(0, end));
        if (!part.empty()) {
            if (!path.empty()) path += " > ";
            path += part;
        }
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return path;
}

std::string departmentOf(const FeedRow& row) {
    if (!row[Field::ProductType].empty()) return departmentPath(row[Field::ProductType]);
    const auto& category = row[Field::GoogleProductCategory];
    // Google's taxonomy may be named by its number, which tells a shopper nothing.
    const bool isNumber = allDigits(category);
    return isNumber ? std::string{} : departmentPath(category);
}

ProductText textOf(const FeedRow& row, std::string_view lang) {
    ProductText text;
    text.lang = lang;
    text.title = oneLine(row[Field::Title]);
    text.description = row[Field::Description];
    text.department = oneLine(departmentOf(row));
    text.color = oneLine(row[Field::Color]);
    text.size = oneLine(row[Field::Size]);
    return text;
}

std::optional<RowFault> readPrice(const FeedRow& row, ProductRecord& product) {
    product.price.reset();
    if (row[Field::Price].empty()) {
        if (!row[Field::SalePrice].empty()) return itemFault(Field::Price, {}, "missing beside a sale_price");
        return std::nullopt;
    }
    const auto words = [](const Error& error) {
        const auto colon = error.what.find(": ");
        return colon == std::string::npos ? error.what : error.what.substr(colon + 2);
    };
    auto regular = Money::parse(row[Field::Price]);
    if (!regular) return itemFault(Field::Price, row[Field::Price], words(regular.error()));
    if (regular->minor > kMinorUnitsMax) return itemFault(Field::Price, row[Field::Price], "too large");
    Price price{*regular, {}, {}, {}};
    const auto& saleText = row[Field::SalePrice];
    if (!saleText.empty()) {
        auto sale = Money::parse(saleText);
        if (!sale) return itemFault(Field::SalePrice, saleText, words(sale.error()));
        if (sale->currency != regular->currency)
            return itemFault(Field::SalePrice, saleText, "another currency than price");
        if (sale->minor > regular->minor) return itemFault(Field::SalePrice, saleText, "higher than price");
        // Exports often repeat the price as sale_price when nothing is on sale.
        if (sale->minor < regular->minor) price.sale = *sale;
    }
    const auto& interval = row[Field::SalePriceEffectiveDate];
    if (!interval.empty()) {
        const auto slash = interval.find('/');
        if (slash == std::string::npos)
            return itemFault(Field::SalePriceEffectiveDate, interval, "not two moments parted by a slash");
        auto from = parseMoment(trimmed(std::string_view(interval).substr(0, slash)), false);
        auto to = parseMoment(trimmed(std::string_view(interval).substr(slash + 1)), true);
        if (!from || !to)
            return itemFault(Field::SalePriceEffectiveDate, interval,
                             "not ISO 8601, as in 2026-02-24T11:07+0100");
        if (*to <= *from) return itemFault(Field::SalePriceEffectiveDate, interval, "ends before it begins");
        if (price.sale) {
            price.saleFrom = *from;
            price.saleTo = std::min(*to, kTimeMsMax); // "9999-12-31" means for ever
        }
    }
    product.price = std::move(price);
    return std::nullopt;
}

std::optional<RowFault> readAttributes(const FeedRow& row, ProductRecord& product) {
    product.attributes.clear();
    for (Field field :
         {Field::Material, Field::Pattern, Field::Gender, Field::AgeGroup, Field::UnitPricingMeasure})
        if (!row[field].empty()) product.attributes.emplace_back(toString(field), row[field]);
    for (const auto& detail : row.details) {
        for (const auto* name : {&detail.section, &detail.name})
            if (characterCount(*name) > kDetailNameCharactersMax)
                return itemFault(Field::ProductDetail, *name,
                                 fmt::format("a name has more than {} characters", kDetailNameCharactersMax));
        if (detail.name.size() > kAttributeNameBytesMax)
            return itemFault(Field::ProductDetail, detail.name,
                             fmt::format("a name has more than {} bytes", kAttributeNameBytesMax));
        if (characterCount(detail.value) > kDetailValueCharactersMax)
            return itemFault(Field::ProductDetail, detail.value,
                             fmt::format("a value has more than {} characters", kDetailValueCharactersMax));
        product.attributes.emplace_back(detail.name, detail.value);
    }
    return std::nullopt;
}

/// "in stock", "in_stock" and "In-Stock" are one.
std::string plainWord(std::string_view text) {
    std::string word;
    for (char c : text) {
        if (c == ' ' || c == '-') c = '_';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        word += c;
    }
    return word;
}

struct Cursor {
    std::string_view rest;
    bool take(char c) {
        if (rest.empty() || rest.front() != c) return false;
        rest.remove_prefix(1);
        return true;
    }
    /// Exactly `digits` digits.
    std::optional<int> number(std::size_t digits) {
        if (rest.size() < digits) return std::nullopt;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (rest[i] < '0' || rest[i] > '9') return std::nullopt;
            value = value * 10 + (rest[i] - '0');
        }
        rest.remove_prefix(digits);
        return value;
    }
};

} // namespace

std::span<const Field> requiredOfProducts() {
    return kRequiredOfProducts;
}
std::span<const Field> requiredOfInventory() {
    return kRequiredOfInventory;
}
std::span<const Field> requiredOfTitles() {
    return kRequiredOfTitles;
}

Result<FeedEnd> readItems(ByteSource& source, std::span<const Field> required, RowSink& sink) {
    std::string head;
    auto format = sniffFeed(source, head);
    if (!format) return format.error();
    if (*format == FeedFormat::Empty) return Error{Errc::Invalid, "read feed: the file is empty"};
    if (*format == FeedFormat::Json)
        return Error{Errc::Invalid, "read feed: the file is JSON; TSV, RSS 2.0 or Atom is expected"};
    std::string block(kFeedBlockBytes, '\0');
    FeedEnd end;
    if (*format == FeedFormat::Xml) {
        ItemReader reader(sink);
        reader.feed(head);
        for (;;) {
            auto n = source.read(block);
            if (!n) return n.error();
            if (*n == 0) break;
            reader.feed(std::string_view(block).substr(0, *n));
        }
        end = reader.finish();
        if (reader.isForeign()) return Error{Errc::Invalid, fmt::format("read feed: {}", end.reason)};
    } else {
        TsvReader reader(sink, required);
        if (auto done = reader.feed(head); !done) return done.error();
        for (;;) {
            auto n = source.read(block);
            if (!n) return n.error();
            if (*n == 0) break;
            if (auto done = reader.feed(std::string_view(block).substr(0, *n)); !done) return done.error();
        }
        auto finished = reader.finish();
        if (!finished) return finished.error();
        end = *finished;
    }
    if (source.isCut() && end.how != FeedEnd::How::Cut) {
        end.how = FeedEnd::How::Cut;
        end.reason = "the packed file ends in the middle";
    }
    return end;
}

std::optional<RowFault> readProduct(const FeedRow& row, std::string_view lang, ProductRecord& product) {
    if (auto bad = checkKey(row, Field::Id)) return bad;
    if (auto bad = checkGiven(row, Field::Title)) return bad;
    if (auto bad = checkLengths(row, kTextLimits)) return bad;
    if (auto bad = checkLengths(row, kProductLimits)) return bad;
    product.sku = row[Field::Id];
    product.gtin.reset();
    if (!row[Field::Gtin].empty()) {
        auto gtin = Gtin::parse(row[Field::Gtin]);
        if (!gtin) {
            const auto& what = gtin.error().what;
            return itemFault(Field::Gtin, row[Field::Gtin], what.substr(what.find(": ") + 2));
        }
        product.gtin = *gtin;
    }
    product.group = oneLine(row[Field::ItemGroupId]);
    product.brand = oneLine(row[Field::Brand]);
    product.picture.clear();
    product.texts.assign(1, textOf(row, lang));
    product.rating = {};
    product.reviews.clear();
    if (auto bad = readPrice(row, product)) return bad;
    return readAttributes(row, product);
}

std::optional<RowFault> readStock(const FeedRow& row, StockRecord& stock) {
    for (Field field : {Field::StoreCode, Field::Id})
        if (auto bad = checkKey(row, field)) return bad;
    if (auto bad = checkLength(row, Field::Id, kIdCharactersMax)) return bad;
    if (auto bad = checkLength(row, Field::StoreCode, kStoreCodeCharactersMax)) return bad;
    const auto& aisle = row[Field::InstoreProductLocation];
    if (aisle.size() > kAisleBytesMax)
        return itemFault(Field::InstoreProductLocation, aisle,
                         fmt::format("{} bytes, at most {} are allowed", aisle.size(), kAisleBytesMax));
    const auto& quantity = row[Field::Quantity];
    const auto& availability = row[Field::Availability];
    std::optional<std::int32_t> ofWord;
    if (!availability.empty()) {
        const auto word = plainWord(availability);
        if (word == "in_stock")
            ofWord = kQuantityInStock;
        else if (word == "limited_availability")
            ofWord = kQuantityLimited;
        else if (word == "out_of_stock" || word == "on_display_to_order" || word == "preorder" ||
                 word == "backorder")
            ofWord = 0;
        else
            return itemFault(Field::Availability, availability, "not a value of the specification");
    }
    if (!quantity.empty()) {
        std::int32_t value = 0;
        const auto* end = quantity.data() + quantity.size();
        const auto [stop, code] = std::from_chars(quantity.data(), end, value);
        if (code == std::errc::invalid_argument || (code == std::errc{} && stop != end))
            return itemFault(Field::Quantity, quantity, "not a whole number");
        if (code != std::errc{} || value < 0 || value > kQuantityMax)
            return itemFault(Field::Quantity, quantity, fmt::format("not in 0..{}", kQuantityMax));
        // An item on display only cannot be taken home whatever its figure says.
        stock.quantity = ofWord == 0 ? 0 : value;
    } else if (ofWord) {
        stock.quantity = *ofWord;
    } else {
        return itemFault(Field::Quantity, {}, "missing, and no availability either");
    }
    stock.sku = row[Field::Id];
    stock.storeCode = row[Field::StoreCode];
    stock.aisle = stock.quantity == 0 ? std::string{} : oneLine(aisle);
    return std::nullopt;
}

std::optional<RowFault> readTitles(const FeedRow& row, std::string_view lang, std::string& sku,
                                   ProductText& text) {
    if (auto bad = checkKey(row, Field::Id)) return bad;
    if (auto bad = checkGiven(row, Field::Title)) return bad;
    if (auto bad = checkLengths(row, kTextLimits)) return bad;
    sku = row[Field::Id];
    text = textOf(row, lang);
    return std::nullopt;
}

Result<UtcMs> parseMoment(std::string_view text, bool isEnd) {
    using namespace std::chrono;
    const Error bad{Errc::Invalid, "read time: not ISO 8601"};
    Cursor cursor{text};
    const auto year = cursor.number(4);
    if (!year || *year < 1970 || !cursor.take('-')) return bad;
    const auto month = cursor.number(2);
    if (!month || !cursor.take('-')) return bad;
    const auto day = cursor.number(2);
    if (!day) return bad;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                              std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return bad;
    const std::int64_t dayMs = duration_cast<milliseconds>(sys_days{date}.time_since_epoch()).count();
    constexpr std::int64_t kMinuteMs = 60'000;
    constexpr std::int64_t kDayMs = 86'400'000;
    if (cursor.rest.empty()) return dayMs + (isEnd ? kDayMs : 0);
    if (!cursor.take('T') && !cursor.take(' ')) return bad;
    const auto hour = cursor.number(2);
    if (!hour || *hour > 24 || !cursor.take(':')) return bad;
    const auto minute = cursor.number(2);
    if (!minute || *minute > 59) return bad;
    std::int64_t ms = dayMs + (*hour * 60 + *minute) * kMinuteMs;
    if (cursor.take(':')) {
        const auto second = cursor.number(2);
        if (!second || *second > 60) return bad;
        ms += *second * 1000;
        if (cursor.take('.')) {
            const auto digits = cursor.rest.substr(0, cursor.rest.find_first_not_of("0123456789"));
            if (digits.empty()) return bad;
            cursor.rest.remove_prefix(digits.size());
        }
    }
    if (cursor.take('Z') || cursor.rest.empty()) return cursor.rest.empty() ? Result<UtcMs>(ms) : bad;
    const bool isWest = cursor.rest.front() == '-';
    if (!isWest && cursor.rest.front() != '+') return bad;
    cursor.rest.remove_prefix(1);
    const auto offsetHours = cursor.number(2);
    if (!offsetHours || *offsetHours > 15) return bad;
    cursor.take(':');
    const auto offsetMinutes = cursor.rest.empty() ? std::optional<int>(0) : cursor.number(2);
    if (!offsetMinutes || *offsetMinutes > 59 || !cursor.rest.empty()) return bad;
    const std::int64_t offsetMs = (*offsetHours * 60 + *offsetMinutes) * kMinuteMs;
    return isWest ? ms + offsetMs : ms - offsetMs;
}

} // namespace silta::hub
