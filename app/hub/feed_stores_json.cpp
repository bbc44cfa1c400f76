#include "catalog/limits.h"
#include "core/json.h"
#include "hub/feed_hours.h"
#include "hub/feed_items.h"
#include "hub/feed_stores.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace silta::hub {

namespace {

/// Calls `take` with each element of a JSON array or with the value itself when it is none.
template <class Take>
std::optional<RowFault> forEachOf(const Json& value, Take take) {
    if (!value.is_array()) return value.is_null() ? std::nullopt : take(value);
    for (const auto& element : value)
        if (auto bad = take(element)) return bad;
    return std::nullopt;
}

const Json& memberOf(const Json& object, const char* key) {
    static const Json kNothing = nullptr;
    if (!object.is_object()) return kNothing;
    const auto it = object.find(key);
    return it == object.end() ? kNothing : *it;
}

/// Text or number (branch codes and coordinates come as either).
std::string wordsOf(const Json& value) {
    if (value.is_string()) return std::string(trimmed(value.get_ref<const std::string&>()));
    if (value.is_number_integer()) return dumpJson(value);
    return {};
}

bool isDate(const std::string& text) {
    return text.size() == 10 && parseMoment(text, false).has_value();
}

using Day = std::chrono::sys_days;

Day dayOf(const std::string& date) {
    const auto ms = parseMoment(date, false);
    return Day{} + std::chrono::days{*ms / 86'400'000};
}

std::string dateOf(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<RowFault> addSpecialDays(const std::string& from, const std::string& through,
                                       const std::array<bool, 7>& days, std::optional<OpenInterval> open,
                                       OpeningHours& hours) {
    const auto first = dayOf(from);
    const auto last = dayOf(through);
    if (last < first) return rowFault("validThrough", through, "before validFrom");
    if ((last - first).count() >= static_cast<int>(kSpecialDaysMax))
        return rowFault("validThrough", through, fmt::format("more than {} days", kSpecialDaysMax));
    for (auto day = first; day <= last; day += std::chrono::days{1}) {
        const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
        if (!days[weekday]) continue;
        const auto date = dateOf(day);
        auto it = std::find_if(hours.special.begin(), hours.special.end(),
                               [&](const SpecialDay& special) { return special.date == date; });
        if (it == hours.special.end()) {
            if (hours.special.size() == kSpecialDaysMax)
                return rowFault("validFrom", from, fmt::format("more than {} special days", kSpecialDaysMax));
            it = hours.special.insert(it, SpecialDay{date, {}});
        }
        if (open)
            if (auto done = addInterval(it->open, *open); !done)
                return rowFault("opens", date, done.error().what);
    }
    return std::nullopt;
}

std::optional<RowFault> readSpecification(const Json& specification, bool isSpecial, OpeningHours& hours) {
    if (!specification.is_object())
        return rowFault("openingHoursSpecification", dumpJson(specification), "not an object");
    std::array<bool, 7> days{};
    bool namesDays = false;
    auto bad =
        forEachOf(memberOf(specification, "dayOfWeek"), [&](const Json& value) -> std::optional<RowFault> {
            const auto name = wordsOf(value.is_object() ? memberOf(value, "@id") : value);
            namesDays = true;
            if (name.ends_with("PublicHolidays")) return std::nullopt; // which days these are, nobody says
            const auto day = dayOfWeek(name);
            if (!day) return rowFault("dayOfWeek", name, "not a day");
            days[static_cast<std::size_t>(*day)] = true;
            return std::nullopt;
        });
    if (bad) return bad;
    const auto opensText = wordsOf(memberOf(specification, "opens"));
    const auto closesText = wordsOf(memberOf(specification, "closes"));
    std::optional<OpenInterval> open;
    if (!opensText.empty() || !closesText.empty()) {
        const auto opens = minuteOfDay(opensText);
        const auto closes = minuteOfDay(closesText);
        if (!opens) return rowFault("opens", opensText, "not a time as in 09:00");
        if (!closes) return rowFault("closes", closesText, "not a time as in 21:00");
        open = openInterval(*opens, *closes);
    }
    auto from = wordsOf(memberOf(specification, "validFrom"));
    auto through = wordsOf(memberOf(specification, "validThrough"));
    // A moment instead of a date names its day.
    if (from.size() > 10) from.resize(10);
    if (through.size() > 10) through.resize(10);
    if (from.empty() && through.empty()) {
        if (isSpecial) return rowFault("validFrom", {}, "missing in a special day");
        if (!namesDays) return rowFault("dayOfWeek", {}, "missing");
        for (std::size_t day = 0; day < 7; ++day)
            if (days[day] && open)
                if (auto done = addInterval(hours.week[day], *open); !done)
                    return rowFault("openingHoursSpecification", {}, done.error().what);
        return std::nullopt;
    }
    if (from.empty()) from = through;
    if (through.empty()) through = from;
    if (!isDate(from)) return rowFault("validFrom", from, "not a date as in 2026-12-24");
    if (!isDate(through)) return rowFault("validThrough", through, "not a date as in 2026-12-24");
    if (!namesDays) days.fill(true);
    return addSpecialDays(from, through, days, open, hours);
}

std::optional<RowFault> readCoordinate(const Json& geo, const char* key, double& degrees) {
    const auto& value = memberOf(geo, key);
    if (value.is_null()) return std::nullopt;
    if (value.is_number()) {
        degrees = value.get<double>();
        return std::nullopt;
    }
    const auto text = wordsOf(value);
    char* end = nullptr;
    degrees = std::strtod(text.c_str(), &end); // programs stay in the C locale: a point, no comma
    if (text.empty() || *end != '\0') return rowFault(key, text, "not a number with a decimal point");
    return std::nullopt;
}

bool isStoreType(const Json& type) {
    if (type.is_array()) return std::any_of(type.begin(), type.end(), isStoreType);
    if (!type.is_string()) return type.is_null();
    // Subtypes of LocalBusiness are too many and too changeable to list; what has these types is surely none.
    const auto& name = type.get_ref<const std::string&>();
    for (const char* other : {"Organization", "Corporation", "WebSite", "WebPage", "BreadcrumbList",
                              "Product", "Person", "ImageObject", "ItemList", "SearchAction"})
        if (name.ends_with(other)) return false;
    return true;
}

std::optional<RowFault> readObject(const Json& json, std::string_view timeZone, StoreRecord& store) {
    store.code = wordsOf(memberOf(json, "branchCode"));
    store.name = wordsOf(memberOf(json, "name"));
    const auto& phone = memberOf(json, "telephone");
    store.phone = wordsOf(phone.is_array() && !phone.empty() ? phone.front() : phone);
    const auto& addresses = memberOf(json, "address");
    const auto& address = addresses.is_array() && !addresses.empty() ? addresses.front() : addresses;
    if (address.is_string()) {
        store.street = wordsOf(address);
    } else {
        store.street = wordsOf(memberOf(address, "streetAddress"));
        store.city = wordsOf(memberOf(address, "addressLocality"));
        store.postcode = wordsOf(memberOf(address, "postalCode"));
        const auto& country = memberOf(address, "addressCountry");
        store.country = wordsOf(country.is_object() ? memberOf(country, "name") : country);
    }
    const auto& geo = memberOf(json, "geo");
    const auto& place = geo.is_object() ? geo : json; // Place has latitude and longitude of its own, too
    for (auto [key, degrees] :
         {std::pair("latitude", &store.latitude), std::pair("longitude", &store.longitude)})
        if (auto bad = readCoordinate(place, key, *degrees)) return bad;
    auto bad =
        forEachOf(memberOf(json, "additionalProperty"), [&](const Json& property) -> std::optional<RowFault> {
            if (wordsOf(memberOf(property, "name")) == "timeZone")
                store.timeZone = wordsOf(memberOf(property, "value"));
            return std::nullopt;
        });
    if (!bad)
        bad = forEachOf(memberOf(json, "openingHours"), [&](const Json& text) -> std::optional<RowFault> {
            if (auto done = addHoursText(wordsOf(text), store.hours); !done)
                return rowFault("openingHours", wordsOf(text), done.error().what);
            return std::nullopt;
        });
    if (!bad)
        bad = forEachOf(memberOf(json, "openingHoursSpecification"),
                        [&](const Json& value) { return readSpecification(value, false, store.hours); });
    if (!bad)
        bad = forEachOf(memberOf(json, "specialOpeningHoursSpecification"),
                        [&](const Json& value) { return readSpecification(value, true, store.hours); });
    if (bad) return bad;
    return checkStore(store, timeZone);
}

/// Finds where values begin and end without understanding them, so that a file that stops early still gives
/// the stores before the cut, each with its line.
class JsonScanner {
public:
    explicit JsonScanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::int64_t line() const { return line_; }
    [[nodiscard]] bool atEnd() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : text_[at_]; }
    void skipSpace() {
        while (!atEnd() && std::string_view(" \t\r\n").find(peek()) != std::string_view::npos)
            advance();
    }
    void advance() {
        if (text_[at_] == '\n') ++line_;
        ++at_;
    }
    /// The whole value that begins here; nothing when the text ends inside it. Stops before ',' ']' '}'
    /// otherwise.
    std::optional<std::string_view> value() {
        const auto begin = at_;
        int depth = 0;
        while (!atEnd()) {
            const char c = peek();
            if (c == '"') {
                if (!string()) return std::nullopt;
                if (depth == 0) return text_.substr(begin, at_ - begin);
                continue;
            }
            if (depth == 0 && (c == ',' || c == ']' || c == '}')) return text_.substr(begin, at_ - begin);
            if (c == '{' || c == '[') ++depth;
            advance();
            if ((c == '}' || c == ']') && --depth == 0) return text_.substr(begin, at_ - begin);
        }
        return std::nullopt;
    }
    /// Past a string literal; false when the text ends inside it.
    bool string() {
        advance();
        while (!atEnd()) {
            const char c = peek();
            advance();
            if (c == '"') return true;
            if (c == '\\' && !atEnd()) advance();
        }
        return false;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

void takeStore(std::string_view json, std::int64_t line, std::string_view timeZone, StoreSink& sink) {
    StoreRecord store;
    const auto parsed = parseJson(json, kStoreJsonBytesMax);
    if (!parsed) {
        sink.onBadStore(line, rowFault("row", json, parsed.error().what), {});
        return;
    }
    if (!parsed->is_object()) {
        sink.onBadStore(line, rowFault("row", json, "not an object"), {});
        return;
    }
    // A graph holds the chain's own entry and pages beside the stores.
    if (!isStoreType(memberOf(*parsed, "@type"))) return;
    if (auto bad = readObject(*parsed, timeZone, store))
        sink.onBadStore(line, *bad, store.code);
    else
        sink.onStore(line, store);
}

FeedEnd takeArray(JsonScanner& scanner, std::string_view timeZone, StoreSink& sink) {
    scanner.advance(); // [
    for (std::size_t count = 0;; ++count) {
        scanner.skipSpace();
        if (scanner.peek() == ']') return {FeedEnd::How::Whole, scanner.line(), {}};
        if (count == kStoresMax)
            return {FeedEnd::How::Cut, scanner.line(), fmt::format("more than {} stores", kStoresMax)};
        const auto line = scanner.line();
        const auto value = scanner.value();
        if (!value) return {FeedEnd::How::Cut, line, "the file ends inside this store"};
        if (value->empty()) return {FeedEnd::How::Cut, line, "not JSON from here on"};
        takeStore(*value, line, timeZone, sink);
        scanner.skipSpace();
        if (scanner.peek() == ',') {
            scanner.advance();
        } else if (scanner.atEnd()) {
            return {FeedEnd::How::Cut, scanner.line(), "the file ends inside the list of stores"};
        } else if (scanner.peek() != ']') {
            return {FeedEnd::How::Cut, scanner.line(), "not JSON from here on"};
        }
    }
}

} // namespace

std::optional<RowFault> readStoreJson(std::string_view json, std::string_view timeZone, StoreRecord& store) {
    const auto parsed = parseJson(json, kStoreJsonBytesMax);
    if (!parsed) return rowFault("row", json, parsed.error().what);
    return readObject(*parsed, timeZone, store);
}

Result<FeedEnd> readStoresJson(std::string_view text, std::string_view timeZone, StoreSink& sink) {
    JsonScanner scanner(text);
    scanner.skipSpace();
    if (scanner.peek() == '[') return takeArray(scanner, timeZone, sink);
    if (scanner.peek() != '{') return Error{Errc::Invalid, "read stores: not JSON"};
    // Either one store or an object with @graph: look for that key among the outermost ones.
    JsonScanner keys = scanner;
    keys.advance();
    for (;;) {
        keys.skipSpace();
        if (keys.peek() != '"') break;
        const auto key = keys.value();
        keys.skipSpace();
        if (!key || keys.peek() != ':') break;
        keys.advance();
        keys.skipSpace();
        if (*key == "\"@graph\"" && keys.peek() == '[') return takeArray(keys, timeZone, sink);
        const auto value = keys.value();
        keys.skipSpace();
        if (!value || keys.peek() != ',') break;
        keys.advance();
    }
    const auto line = scanner.line();
    const auto whole = scanner.value();
    if (!whole) return FeedEnd{FeedEnd::How::Cut, line, "the file ends inside this store"};
    takeStore(*whole, line, timeZone, sink);
    return FeedEnd{FeedEnd::How::Whole, scanner.line(), {}};
}

} // namespace silta::hub
