// Segment lines: one JSON object a line with one of the members "product", "store", "stock", "removed_sku",
// "removed_store". A member with an empty or default value is left out; members that are not known are passed
// over.
#include "catalog/codec.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "core/sha256_hex.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace silta {

namespace {

/// Reads members of one object and remembers the first thing that is wrong.
class FieldReader {
public:
    FieldReader(const Json& object, const char* what) : object_(object), what_(what) {
        if (!object.is_object()) fail(Errc::Invalid, "not an object");
    }

    std::string text(const char* key, std::size_t bytesMax) {
        const auto* value = find(key);
        if (value == nullptr) return {};
        if (!value->is_string()) return fail(Errc::Invalid, key), std::string{};
        const auto& text = value->get_ref<const std::string&>();
        if (text.size() > bytesMax) return fail(Errc::Limit, key), std::string{};
        return text;
    }

    std::optional<std::int64_t> integer(const char* key, std::int64_t min, std::int64_t max) {
        if (find(key) == nullptr) return std::nullopt;
        const auto value = integerMember(object_, key);
        if (!value || *value < min || *value > max) return fail(Errc::Invalid, key), std::nullopt;
        return value;
    }

    double real(const char* key, double min, double max) {
        if (find(key) == nullptr) return 0;
        const auto value = numberMember(object_, key);
        if (!value || !std::isfinite(*value) || *value < min || *value > max)
            return fail(Errc::Invalid, key), 0;
        return *value;
    }

    /// An array, or nullptr when absent.
    const Json* array(const char* key, std::size_t sizeMax) {
        const auto* value = find(key);
        if (value == nullptr) return nullptr;
        if (!value->is_array()) return fail(Errc::Invalid, key), nullptr;
        if (value->size() > sizeMax) return fail(Errc::Limit, key), nullptr;
        return value;
    }

    const Json* find(const char* key) const {
        if (!object_.is_object()) return nullptr;
        const auto it = object_.find(key);
        return it == object_.end() || it->is_null() ? nullptr : &*it;
    }

    void fail(Errc code, const char* cause) {
        if (!error_) error_ = Error{code, fmt::format("read {}: {}", what_, cause)};
    }
    void take(const Error& error) {
        if (!error_) error_ = error;
    }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    const Json& object_;
    const char* what_;
    std::optional<Error> error_;
};

void putText(Json& object, const char* key, const std::string& value) {
    if (!value.empty()) object[key] = value;
}

bool isInteger(const Json& json, std::int64_t min, std::int64_t max) {
    if (json.is_number_unsigned()) return json.get<std::uint64_t>() <= static_cast<std::uint64_t>(max);
    if (!json.is_number_integer()) return false;
    const auto value = json.get<std::int64_t>();
    return value >= min && value <= max;
}

// ---- opening hours
// -------------------------------------------------------------------------------------------------

Json intervalsToJson(const std::vector<OpenInterval>& intervals) {
    Json list = Json::array();
    for (const auto& interval : intervals)
        list.push_back(Json::array({interval.fromMinute, interval.toMinute}));
    return list;
}

Result<std::vector<OpenInterval>> intervalsFromJson(const Json& json) {
    if (!json.is_array()) return Error{Errc::Invalid, "read hours: a day is not a list"};
    if (json.size() > kIntervalsPerDayMax)
        return Error{Errc::Limit, "read hours: too many intervals in a day"};
    std::vector<OpenInterval> intervals;
    for (const auto& item : json) {
        if (!item.is_array() || item.size() != 2 || !isInteger(item[0], 0, kMinutesMax) ||
            !isInteger(item[1], 0, kMinutesMax))
            return Error{Errc::Invalid, "read hours: not an interval"};
        intervals.push_back({item[0].get<std::int32_t>(), item[1].get<std::int32_t>()});
    }
    return intervals;
}

// ---- products
// ------------------------------------------------------------------------------------------------------

Json reviewToJson(const Review& review) {
    Json json = {{"stars", review.stars}};
    putText(json, "lang", review.lang);
    putText(json, "title", review.title);
    putText(json, "text", review.text);
    putText(json, "date", review.date);
    return json;
}

Review reviewFromJson(const Json& json, FieldReader& parent) {
    FieldReader in(json, "review");
    Review review;
    review.stars = static_cast<std::int32_t>(in.integer("stars", 0, 5).value_or(0));
    review.lang = in.text("lang", kLangBytesMax);
    review.title = in.text("title", kTitleBytesMax);
    review.text = in.text("text", kReviewTextBytesMax);
    review.date = in.text("date", 10);
    if (in.error()) parent.take(*in.error());
    return review;
}

Json attributesToJson(const ProductRecord& product) {
    Json list = Json::array();
    for (const auto& [name, value] : product.attributes)
        list.push_back(Json::array({name, value}));
    return list;
}

void attributesFromJson(const Json& json, ProductRecord& product, FieldReader& parent) {
    for (const auto& item : json) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_string() || !item[1].is_string())
            return parent.fail(Errc::Invalid, "attributes");
        product.attributes.emplace_back(item[0].get<std::string>(), item[1].get<std::string>());
    }
}

std::optional<Price> priceFromJson(const Json& json, FieldReader& parent) {
    FieldReader in(json, "price");
    const auto regular = in.integer("regular", 0, kMinorUnitsMax);
    const auto sale = in.integer("sale", 0, kMinorUnitsMax);
    const auto from = in.integer("from", 0, kTimeMsMax);
    const auto to = in.integer("to", 0, kTimeMsMax);
    const auto currency = Currency::parse(in.text("currency", 3));
    if (!currency) in.fail(Errc::Invalid, "currency");
    if (!regular) in.fail(Errc::Invalid, "no regular price");
    if (in.error()) return parent.take(*in.error()), std::nullopt;
    Price price{Money{*regular, *currency}, std::nullopt, from, to};
    if (sale) price.sale = Money{*sale, *currency};
    return price;
}

Json priceToJson(const Price& price) {
    Json json = {{"currency", price.regular.currency.code()}, {"regular", price.regular.minor}};
    // A sale in another currency is none (Price::isOffer); it has no form here.
    if (price.sale && price.sale->currency == price.regular.currency) json["sale"] = price.sale->minor;
    if (price.saleFrom) json["from"] = *price.saleFrom;
    if (price.saleTo) json["to"] = *price.saleTo;
    return json;
}

Json productToJson(const ProductRecord& product) {
    Json json = {{"sku", product.sku}};
    if (product.gtin) json["gtin"] = product.gtin->toString();
    putText(json, "group", product.group);
    putText(json, "brand", product.brand);
    putText(json, "picture", product.picture);
    if (product.price) json["price"] = priceToJson(*product.price);
    Json texts = Json::array();
    for (const auto& text : product.texts) {
        Json item = {{"lang", text.lang}, {"title", text.title}};
        putText(item, "description", text.description);
        putText(item, "department", text.department);
        putText(item, "color", text.color);
        putText(item, "size", text.size);
        texts.push_back(std::move(item));
    }
    json["texts"] = std::move(texts);
    if (!product.attributes.empty()) json["attributes"] = attributesToJson(product);
    const bool hasStars =
        std::ranges::any_of(product.rating.histogram, [](std::int32_t n) { return n != 0; });
    if (product.rating.count != 0 || product.rating.average != 0 || hasStars)
        json["rating"] = {{"count", product.rating.count},
                          {"average", product.rating.average},
                          {"histogram", product.rating.histogram}};
    for (const auto& review : product.reviews)
        json["reviews"].push_back(reviewToJson(review));
    return json;
}

Rating ratingFromJson(const Json& json, FieldReader& parent) {
    FieldReader in(json, "rating");
    Rating rating;
    rating.count = static_cast<std::int32_t>(in.integer("count", 0, INT32_MAX).value_or(0));
    rating.average = in.real("average", 0, 5);
    if (const auto* histogram = in.array("histogram", rating.histogram.size())) {
        if (histogram->size() != rating.histogram.size()) in.fail(Errc::Invalid, "histogram");
        for (std::size_t i = 0; i < histogram->size(); ++i) {
            if (!isInteger((*histogram)[i], 0, INT32_MAX))
                in.fail(Errc::Invalid, "histogram");
            else
                rating.histogram[i] = (*histogram)[i].get<std::int32_t>();
        }
    }
    if (in.error()) parent.take(*in.error());
    return rating;
}

ProductText textFromJson(const Json& json, FieldReader& parent) {
    FieldReader in(json, "text");
    ProductText text;
    text.lang = in.text("lang", kLangBytesMax);
    text.title = in.text("title", kTitleBytesMax);
    text.description = in.text("description", kDescriptionBytesMax);
    text.department = in.text("department", kDepartmentBytesMax);
    text.color = in.text("color", kVariantBytesMax);
    text.size = in.text("size", kVariantBytesMax);
    if (in.error()) parent.take(*in.error());
    return text;
}

Result<ProductRecord> productFromJson(const Json& json) {
    FieldReader in(json, "product");
    ProductRecord product;
    product.sku = in.text("sku", kSkuCharactersMax * 4);
    if (in.find("gtin") != nullptr) {
        auto gtin = Gtin::parse(in.text("gtin", 14));
        if (gtin)
            product.gtin = *gtin;
        else
            in.fail(Errc::Invalid, "gtin");
    }
    product.group = in.text("group", kGroupBytesMax);
    product.brand = in.text("brand", kBrandBytesMax);
    product.picture = in.text("picture", kPictureNameBytes);
    if (const auto* price = in.find("price")) product.price = priceFromJson(*price, in);
    if (const auto* texts = in.array("texts", kTextsMax))
        for (const auto& text : *texts)
            product.texts.push_back(textFromJson(text, in));
    if (const auto* attributes = in.array("attributes", kAttributesMax))
        attributesFromJson(*attributes, product, in);
    if (const auto* rating = in.find("rating")) product.rating = ratingFromJson(*rating, in);
    if (const auto* reviews = in.array("reviews", kReviewsMax))
        for (const auto& review : *reviews)
            product.reviews.push_back(reviewFromJson(review, in));
    if (in.error()) return *in.error();
    if (auto checked = checkRecord(product); !checked) return checked.error();
    return product;
}

// ---- stores and stock
// ----------------------------------------------------------------------------------------------

Json storeToJson(const StoreRecord& store) {
    Json json = {{"code", store.code}, {"latitude", store.latitude}, {"longitude", store.longitude}};
    putText(json, "name", store.name);
    putText(json, "street", store.street);
    putText(json, "city", store.city);
    putText(json, "postcode", store.postcode);
    putText(json, "country", store.country);
    putText(json, "phone", store.phone);
    putText(json, "time_zone", store.timeZone);
    json["hours"] = hoursToJson(store.hours);
    return json;
}

Result<StoreRecord> storeFromJson(const Json& json) {
    FieldReader in(json, "store");
    StoreRecord store;
    store.code = in.text("code", kStoreCodeCharactersMax * 4);
    store.name = in.text("name", kStoreTextBytesMax);
    store.street = in.text("street", kStoreTextBytesMax);
    store.city = in.text("city", kStoreTextBytesMax);
    store.postcode = in.text("postcode", kStoreTextBytesMax);
    store.country = in.text("country", kStoreTextBytesMax);
    store.phone = in.text("phone", kStoreTextBytesMax);
    store.timeZone = in.text("time_zone", kTimeZoneBytesMax);
    store.latitude = in.real("latitude", -90, 90);
    store.longitude = in.real("longitude", -180, 180);
    if (const auto* hours = in.find("hours")) {
        auto parsed = hoursFromJson(*hours);
        if (parsed)
            store.hours = std::move(*parsed);
        else
            in.take(parsed.error());
    }
    if (in.error()) return *in.error();
    if (auto checked = checkRecord(store); !checked) return checked.error();
    return store;
}

/// [store code, quantity, as of, aisle]; the aisle may be left out.
Result<StockRecord> cellFromJson(const std::string& sku, const Json& json) {
    const auto isCell = json.is_array() && json.size() >= 3 && json[0].is_string() &&
                        isInteger(json[1], 0, kQuantityMax) && isInteger(json[2], 0, kTimeMsMax) &&
                        (json.size() < 4 || json[3].is_string());
    if (!isCell) return Error{Errc::Invalid, "read stock: not a cell"};
    StockRecord cell{sku, json[0].get<std::string>(), json[1].get<std::int32_t>(), json[2].get<UtcMs>(), {}};
    if (json.size() > 3) cell.aisle = json[3].get<std::string>();
    if (auto checked = checkRecord(cell); !checked) return checked.error();
    return cell;
}

Result<std::vector<StockRecord>> stockFromJson(const Json& json) {
    FieldReader in(json, "stock");
    const auto sku = in.text("sku", kSkuCharactersMax * 4);
    const auto* cells = in.array("cells", kCellsPerLineMax);
    if (sku.empty() || cells == nullptr || cells->empty()) in.fail(Errc::Invalid, "sku or cells missing");
    if (in.error()) return *in.error();
    std::vector<StockRecord> stock;
    stock.reserve(cells->size());
    for (const auto& item : *cells) {
        auto cell = cellFromJson(sku, item);
        if (!cell) return cell.error();
        stock.push_back(std::move(*cell));
    }
    return stock;
}

Json stockToJson(const std::vector<StockRecord>& stock) {
    Json cells = Json::array();
    for (const auto& cell : stock) {
        Json item = Json::array({cell.storeCode, cell.quantity, cell.asOf});
        if (!cell.aisle.empty()) item.push_back(cell.aisle);
        cells.push_back(std::move(item));
    }
    return {{"sku", stock.front().sku}, {"cells", std::move(cells)}};
}

/// [[store code, as of], …]
Result<std::vector<StoreReport>> reportsFromJson(const Json& json) {
    if (!json.is_array() || json.empty()) return Error{Errc::Invalid, "read reports: none"};
    if (json.size() > kReportsPerLineMax) return Error{Errc::Limit, "read reports: too many on a line"};
    std::vector<StoreReport> reports;
    reports.reserve(json.size());
    for (const auto& item : json) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_string() ||
            !isInteger(item[1], 0, kTimeMsMax))
            return Error{Errc::Invalid, "read reports: not a store and a time"};
        reports.push_back({item[0].get<std::string>(), item[1].get<UtcMs>()});
        if (auto checked = checkRecord(reports.back()); !checked) return checked.error();
    }
    return reports;
}

Json reportsToJson(const std::vector<StoreReport>& reports) {
    Json list = Json::array();
    for (const auto& report : reports)
        list.push_back(Json::array({report.storeCode, report.asOf}));
    return list;
}

/// A key of the merchant's: not empty, not longer than `charactersMax`, no control characters.
Result<void> checkKey(std::string_view key, std::size_t charactersMax, const char* what) {
    if (key.empty()) return Error{Errc::Invalid, fmt::format("check record: no {}", what)};
    if (characterCount(key) > charactersMax)
        return Error{Errc::Limit, fmt::format("check record: {} too long", what)};
    const bool printable =
        std::ranges::all_of(key, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
    if (!printable || !isUtf8(key))
        return Error{Errc::Invalid, fmt::format("check record: {} not readable", what)};
    return {};
}

} // namespace

Json hoursToJson(const OpeningHours& hours) {
    Json week = Json::array();
    for (const auto& day : hours.week)
        week.push_back(intervalsToJson(day));
    Json json = {{"week", std::move(week)}};
    for (const auto& day : hours.special)
        json["special"].push_back({{"date", day.date}, {"open", intervalsToJson(day.open)}});
    return json;
}

Result<OpeningHours> hoursFromJson(const Json& json) {
    FieldReader in(json, "hours");
    OpeningHours hours;
    if (const auto* week = in.array("week", hours.week.size())) {
        if (week->size() != hours.week.size()) in.fail(Errc::Invalid, "week");
        for (std::size_t day = 0; day < week->size(); ++day) {
            auto intervals = intervalsFromJson((*week)[day]);
            if (!intervals) return intervals.error();
            hours.week[day] = std::move(*intervals);
        }
    }
    if (const auto* special = in.array("special", kSpecialDaysMax)) {
        for (const auto& item : *special) {
            FieldReader day(item, "special day");
            SpecialDay entry{day.text("date", 10), {}};
            if (entry.date.size() != 10) day.fail(Errc::Invalid, "date");
            if (const auto* open = day.array("open", kIntervalsPerDayMax)) {
                auto intervals = intervalsFromJson(*open);
                if (!intervals) return intervals.error();
                entry.open = std::move(*intervals);
            }
            if (day.error()) return *day.error();
            hours.special.push_back(std::move(entry));
        }
    }
    if (in.error()) return *in.error();
    return hours;
}

std::string detailsToJson(const ProductRecord& product) {
    Json json = Json::object();
    const bool described =
        std::ranges::any_of(product.texts, [](const ProductText& text) { return !text.description.empty(); });
    if (described)
        for (const auto& text : product.texts)
            json["d"].push_back(text.description);
    if (!product.attributes.empty()) json["a"] = attributesToJson(product);
    for (const auto& review : product.reviews)
        json["r"].push_back(reviewToJson(review));
    return json.empty() ? std::string{} : dumpJson(json);
}

Result<void> addDetails(std::string_view text, ProductRecord& product) {
    const auto json = parseJson(text, kDetailsBytesMax);
    if (!json) return Error{Errc::Corrupt, "read details: damaged"};
    FieldReader in(*json, "details");
    if (const auto* descriptions = in.array("d", product.texts.size())) {
        for (std::size_t i = 0; i < descriptions->size(); ++i) {
            if (!(*descriptions)[i].is_string()) return Error{Errc::Corrupt, "read details: damaged"};
            product.texts[i].description = (*descriptions)[i].get<std::string>();
        }
    }
    if (const auto* attributes = in.array("a", kAttributesMax)) attributesFromJson(*attributes, product, in);
    if (const auto* reviews = in.array("r", kReviewsMax))
        for (const auto& review : *reviews)
            product.reviews.push_back(reviewFromJson(review, in));
    if (in.error()) return Error{Errc::Corrupt, "read details: damaged"};
    return {};
}

Result<void> checkRecord(const ProductRecord& product) {
    if (auto key = checkKey(product.sku, kSkuCharactersMax, "sku"); !key) return key.error();
    if (product.texts.empty()) return Error{Errc::Invalid, "check record: no text"};
    const bool fits = product.texts.size() <= kTextsMax && product.attributes.size() <= kAttributesMax &&
                      product.reviews.size() <= kReviewsMax && product.group.size() <= kGroupBytesMax &&
                      product.brand.size() <= kBrandBytesMax;
    if (!fits) return Error{Errc::Limit, "check record: product too large"};
    if (!product.picture.empty() && !isSha256Hex(product.picture))
        return Error{Errc::Invalid, "check record: picture is no sha-256"};
    for (const auto& text : product.texts) {
        if (text.lang.empty()) return Error{Errc::Invalid, "check record: text without a language"};
        const bool textFits = text.lang.size() <= kLangBytesMax && text.title.size() <= kTitleBytesMax &&
                              text.description.size() <= kDescriptionBytesMax &&
                              text.department.size() <= kDepartmentBytesMax &&
                              text.color.size() <= kVariantBytesMax && text.size.size() <= kVariantBytesMax;
        if (!textFits) return Error{Errc::Limit, "check record: text too long"};
    }
    for (const auto& [name, value] : product.attributes)
        if (name.size() > kAttributeNameBytesMax || value.size() > kAttributeValueBytesMax)
            return Error{Errc::Limit, "check record: attribute too long"};
    for (const auto& review : product.reviews)
        if (review.text.size() > kReviewTextBytesMax || review.title.size() > kTitleBytesMax)
            return Error{Errc::Limit, "check record: review too long"};
    return {};
}

Result<void> checkRecord(const StoreRecord& store) {
    if (auto key = checkKey(store.code, kStoreCodeCharactersMax, "store code"); !key) return key.error();
    for (const auto* text :
         {&store.name, &store.street, &store.city, &store.postcode, &store.country, &store.phone})
        if (text->size() > kStoreTextBytesMax) return Error{Errc::Limit, "check record: store text too long"};
    if (!(std::abs(store.latitude) <= 90 && std::abs(store.longitude) <= 180))
        return Error{Errc::Invalid, "check record: no place on earth"};
    return {};
}

Result<void> checkRecord(const StockRecord& cell) {
    if (auto key = checkKey(cell.storeCode, kStoreCodeCharactersMax, "store code"); !key) return key.error();
    if (cell.quantity < 0 || cell.quantity > kQuantityMax || cell.asOf < 0 || cell.asOf > kTimeMsMax)
        return Error{Errc::Invalid, "check record: stock figure out of range"};
    if (cell.aisle.size() > kAisleBytesMax) return Error{Errc::Limit, "check record: aisle too long"};
    return {};
}

Result<void> checkRecord(const StoreReport& report) {
    if (auto key = checkKey(report.storeCode, kStoreCodeCharactersMax, "store code"); !key)
        return key.error();
    if (report.asOf < 0 || report.asOf > kTimeMsMax)
        return Error{Errc::Invalid, "check record: time of a report out of range"};
    return {};
}

std::string toLine(const CatalogChange& change) {
    Json line = Json::object();
    if (change.store)
        line["store"] = storeToJson(*change.store);
    else if (change.product)
        line["product"] = productToJson(*change.product);
    else if (!change.removedStore.empty())
        line["removed_store"] = change.removedStore;
    else if (!change.removedSku.empty())
        line["removed_sku"] = change.removedSku;
    else if (!change.stock.empty())
        line["stock"] = stockToJson(change.stock);
    else if (!change.reports.empty())
        line["reports"] = reportsToJson(change.reports);
    return dumpJson(line);
}

Result<CatalogChange> parseChange(std::string_view line) {
    const auto json = parseJson(line, kLineBytesMax);
    if (!json) return json.error();
    FieldReader in(*json, "change");
    CatalogChange change;
    int members = 0;
    for (const char* key : {"store", "product", "removed_store", "removed_sku", "stock", "reports"})
        members += in.find(key) != nullptr ? 1 : 0;
    if (members != 1) in.fail(Errc::Invalid, "not exactly one change");
    if (in.error()) return *in.error();
    if (const auto* store = in.find("store")) {
        auto record = storeFromJson(*store);
        if (!record) return record.error();
        change.store = std::move(*record);
    } else if (const auto* product = in.find("product")) {
        auto record = productFromJson(*product);
        if (!record) return record.error();
        change.product = std::move(*record);
    } else if (const auto* stock = in.find("stock")) {
        auto cells = stockFromJson(*stock);
        if (!cells) return cells.error();
        change.stock = std::move(*cells);
    } else if (const auto* reports = in.find("reports")) {
        auto list = reportsFromJson(*reports);
        if (!list) return list.error();
        change.reports = std::move(*list);
    } else {
        change.removedStore = in.text("removed_store", kStoreCodeCharactersMax * 4);
        change.removedSku = in.text("removed_sku", kSkuCharactersMax * 4);
        if (!in.error()) {
            auto key = in.find("removed_store") != nullptr
                           ? checkKey(change.removedStore, kStoreCodeCharactersMax, "store code")
                           : checkKey(change.removedSku, kSkuCharactersMax, "sku");
            if (!key) return key.error();
        }
        if (in.error()) return *in.error();
    }
    return change;
}

Result<void> applyChange(CatalogWriter& writer, const CatalogChange& change) {
    if (change.store) return writer.putStore(*change.store);
    if (change.product) return writer.putProduct(*change.product);
    if (!change.removedStore.empty()) return writer.removeStore(change.removedStore);
    if (!change.removedSku.empty()) return writer.removeProduct(change.removedSku);
    if (!change.stock.empty()) return writer.putStock(change.stock.front().sku, change.stock);
    if (!change.reports.empty()) return writer.putReports(change.reports);
    return {};
}

} // namespace silta
