#include "hub/feed_stores.h"

#include "catalog/fold.h"
#include "catalog/limits.h"
#include "hub/feed_hours.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace silta::hub {

namespace {

struct CountryZone {
    std::string_view country;
    std::string_view zone;
};

// Countries with one zone for practically all their people, sorted. Source: IANA tzdata 2024a, zone1970.tab.
constexpr CountryZone kZones[] = {
    {"AT", "Europe/Vienna"},     {"BE", "Europe/Brussels"},    {"BG", "Europe/Sofia"},
    {"CH", "Europe/Zurich"},     {"CZ", "Europe/Prague"},      {"DE", "Europe/Berlin"},
    {"DK", "Europe/Copenhagen"}, {"EE", "Europe/Tallinn"},     {"ES", "Europe/Madrid"},
    {"FI", "Europe/Helsinki"},   {"FR", "Europe/Paris"},       {"GB", "Europe/London"},
    {"GR", "Europe/Athens"},     {"HR", "Europe/Zagreb"},      {"HU", "Europe/Budapest"},
    {"IE", "Europe/Dublin"},     {"IS", "Atlantic/Reykjavik"}, {"IT", "Europe/Rome"},
    {"LT", "Europe/Vilnius"},    {"LU", "Europe/Luxembourg"},  {"LV", "Europe/Riga"},
    {"NL", "Europe/Amsterdam"},  {"NO", "Europe/Oslo"},        {"PL", "Europe/Warsaw"},
    {"RO", "Europe/Bucharest"},  {"SE", "Europe/Stockholm"},   {"SI", "Europe/Ljubljana"},
    {"SK", "Europe/Bratislava"},
};

bool isZoneName(std::string_view zone) {
    if (zone.empty() || zone.size() > kTimeZoneBytesMax || zone.front() == '/') return false;
    return std::all_of(zone.begin(), zone.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '_' || c == '-' || c == '+';
    });
}

enum class Column {
    Code,
    Name,
    Street,
    City,
    Postcode,
    Country,
    Latitude,
    Longitude,
    Phone,
    TimeZone,
    Hours
};

struct ColumnName {
    std::string_view name; ///< lower case, without separators
    Column column;
};

constexpr ColumnName kColumns[] = {
    {"code", Column::Code},           {"branchcode", Column::Code},      {"storecode", Column::Code},
    {"name", Column::Name},           {"street", Column::Street},        {"streetaddress", Column::Street},
    {"city", Column::City},           {"addresslocality", Column::City}, {"postcode", Column::Postcode},
    {"postalcode", Column::Postcode}, {"country", Column::Country},      {"addresscountry", Column::Country},
    {"latitude", Column::Latitude},   {"longitude", Column::Longitude},  {"phone", Column::Phone},
    {"telephone", Column::Phone},     {"timezone", Column::TimeZone},    {"hours", Column::Hours},
    {"openinghours", Column::Hours},
};

std::optional<Column> columnOf(std::string_view name) {
    std::string plain;
    for (char c : trimmed(name)) {
        if (c == ' ' || c == '_' || c == '-') continue;
        plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const auto* row = std::find_if(std::begin(kColumns), std::end(kColumns),
                                   [&](const ColumnName& entry) { return entry.name == plain; });
    if (row == std::end(kColumns)) return std::nullopt;
    return row->column;
}

/// Stray quotes after which the rest of the file is given up: each costs a look at all of it.
constexpr int kCsvResyncMax = 20;

/// Takes one CSV record off `text`. Source: RFC 4180. A quote inside an unquoted value is literal.
struct CsvRecord {
    std::vector<std::string> values;
    int lines = 1;
    bool hasNewline = false;
    bool isOpen = false; ///< a value in quotes never ends
};

CsvRecord takeRecord(std::string_view& text) {
    CsvRecord record;
    std::size_t p = 0;
    for (;;) {
        std::string value;
        if (p < text.size() && text[p] == '"') {
            ++p;
            for (;; ++p) {
                if (p >= text.size()) {
                    record.isOpen = true;
                    break;
                }
                if (text[p] == '"') {
                    ++p;
                    if (p >= text.size() || text[p] != '"') break;
                }
                if (text[p] == '\n') ++record.lines;
                value += text[p];
            }
        }
        while (p < text.size() && text[p] != ',' && text[p] != '\n')
            value += text[p++];
        record.values.emplace_back(trimmed(value));
        if (record.values.size() > kColumnsMax) { // the caller refuses it: the rest of the line is of no use
            while (p < text.size() && text[p] != '\n')
                ++p;
        }
        if (p >= text.size()) break;
        if (text[p++] == '\n') {
            record.hasNewline = true;
            break;
        }
    }
    text.remove_prefix(p);
    return record;
}

std::optional<RowFault> readNumber(const char* field, std::string_view text, double& number) {
    const auto* end = text.data() + text.size();
    const auto [stop, code] = std::from_chars(text.data(), end, number);
    if (code != std::errc{} || stop != end) return rowFault(field, text, "not a number with a decimal point");
    return std::nullopt;
}

std::optional<RowFault> setColumn(Column column, const std::string& value, StoreRecord& store) {
    switch (column) {
    case Column::Code:
        store.code = value;
        break;
    case Column::Name:
        store.name = value;
        break;
    case Column::Street:
        store.street = value;
        break;
    case Column::City:
        store.city = value;
        break;
    case Column::Postcode:
        store.postcode = value;
        break;
    case Column::Country:
        store.country = value;
        break;
    case Column::Phone:
        store.phone = value;
        break;
    case Column::TimeZone:
        store.timeZone = value;
        break;
    case Column::Latitude:
        return readNumber("latitude", value, store.latitude);
    case Column::Longitude:
        return readNumber("longitude", value, store.longitude);
    case Column::Hours:
        if (auto done = addHoursText(value, store.hours); !done)
            return rowFault("hours", value,
                            done.error().what.substr(std::string_view("read hours: ").size()));
        break;
    }
    return std::nullopt;
}

} // namespace

std::string_view timeZoneOf(std::string_view country) {
    const auto* row = std::find_if(std::begin(kZones), std::end(kZones),
                                   [&](const CountryZone& entry) { return entry.country == country; });
    return row == std::end(kZones) ? std::string_view{} : row->zone;
}

std::optional<RowFault> checkStore(StoreRecord& store, std::string_view timeZone) {
    if (store.code.empty()) return rowFault("branchCode", {}, "missing");
    if (store.name.empty()) return rowFault("name", {}, "missing");
    if (!isUtf8(store.code) || characterCount(store.code) > kStoreCodeCharactersMax)
        return rowFault("branchCode", store.code,
                        fmt::format("more than {} characters", kStoreCodeCharactersMax));
    if (store.code.find_first_of("\t\r\n") != std::string::npos)
        return rowFault("branchCode", store.code, "a tab or line break is in it");
    struct Text {
        const char* field;
        const std::string& value;
    };
    const Text texts[] = {{"branchCode", store.code},      {"name", store.name},
                          {"streetAddress", store.street}, {"addressLocality", store.city},
                          {"postalCode", store.postcode},  {"telephone", store.phone}};
    for (const auto& text : texts) {
        if (text.value.size() > kStoreTextBytesMax)
            return rowFault(text.field, text.value, fmt::format("more than {} bytes", kStoreTextBytesMax));
        if (!isUtf8(text.value)) return rowFault(text.field, text.value, "not UTF-8");
        if (hasControl(text.value)) return rowFault(text.field, text.value, "a control character is in it");
    }
    for (char& c : store.country)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const bool isCountry =
        store.country.size() == 2 &&
        std::all_of(store.country.begin(), store.country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!store.country.empty() && !isCountry)
        return rowFault("addressCountry", store.country, "not two letters of ISO 3166-1");
    if (!std::isfinite(store.latitude) || std::abs(store.latitude) > 90)
        return rowFault("latitude", fmt::format("{}", store.latitude), "not in -90..90");
    if (!std::isfinite(store.longitude) || std::abs(store.longitude) > 180)
        return rowFault("longitude", fmt::format("{}", store.longitude), "not in -180..180");
    if (store.timeZone.empty()) store.timeZone = timeZoneOf(store.country);
    if (store.timeZone.empty()) store.timeZone = timeZone;
    if (store.timeZone.empty())
        return rowFault("timeZone", store.country,
                        "not given, and its country has more than one; see --time-zone");
    if (!isZoneName(store.timeZone))
        return rowFault("timeZone", store.timeZone, "not the name of a time zone");
    sortHours(store.hours);
    return std::nullopt;
}

Result<FeedEnd> readStoresCsv(std::string_view text, std::string_view timeZone, StoreSink& sink) {
    std::int64_t line = 1;
    const auto header = takeRecord(text);
    std::vector<std::optional<Column>> columns;
    for (const auto& value : header.values)
        columns.push_back(columnOf(value));
    for (const auto& [column, name] : {std::pair(Column::Code, "code"), std::pair(Column::Name, "name")})
        if (std::find(columns.begin(), columns.end(), column) == columns.end() || header.isOpen)
            return Error{Errc::Invalid,
                         fmt::format("read stores: the header in line 1 has no column {}", name)};
    line += header.lines;
    FeedEnd end;
    std::size_t rows = 0;
    int resyncs = 0;
    while (!text.empty()) {
        if (++rows > kStoresMax)
            return Error{Errc::Limit, fmt::format("read stores: more than {} rows", kStoresMax)};
        const auto whole = text;
        const auto record = takeRecord(text);
        const auto at = line;
        line += record.lines;
        if (record.values.size() == 1 && record.values[0].empty()) continue;
        StoreRecord store;
        std::optional<RowFault> bad;
        if (record.values.size() < columns.size() || record.isOpen) {
            bad = rowFault("row", record.values[0],
                           record.isOpen ? std::string("a value in quotes never ends")
                                         : fmt::format("{} columns instead of {}", record.values.size(),
                                                       columns.size()));
        } else if (record.values.size() > columns.size()) {
            bad = rowFault("row", record.values[0],
                           fmt::format("{} columns instead of {}", record.values.size(), columns.size()));
        }
        for (std::size_t i = 0; i < std::min(columns.size(), record.values.size()); ++i) {
            if (!columns[i] || record.values[i].empty()) continue;
            if (bad && *columns[i] != Column::Code) continue;
            if (auto problem = setColumn(*columns[i], record.values[i], store)) bad = std::move(problem);
        }
        if (!bad) bad = checkStore(store, timeZone);
        if (bad) sink.onBadStore(at, *bad, store.code);
        const bool isGood = !bad && sink.onStore(at, store);
        if (record.isOpen) {
            // A stray quote: the lines that it swallowed are stores of their own.
            end = {FeedEnd::How::Cut, at, "a value in quotes that begins here never ends"};
            const auto newline = whole.find('\n');
            if (newline != std::string_view::npos && ++resyncs <= kCsvResyncMax) {
                text = whole.substr(newline + 1);
                line = at + 1;
            }
        } else if (!record.hasNewline && end.how != FeedEnd::How::Cut) {
            end = isGood ? FeedEnd{FeedEnd::How::NoNewline, at, {}}
                         : FeedEnd{FeedEnd::How::Cut, at, "the last row is incomplete"};
        }
    }
    if (end.how == FeedEnd::How::Whole) end.line = line;
    return end;
}

Result<FeedEnd> readStores(ByteSource& source, std::string_view timeZone, StoreSink& sink) {
    std::string text;
    auto format = sniffFeed(source, text);
    if (!format) return format.error();
    if (*format == FeedFormat::Empty) return Error{Errc::Invalid, "read stores: the file is empty"};
    if (*format == FeedFormat::Xml)
        return Error{Errc::Invalid, "read stores: the file is XML; schema.org JSON or CSV is expected"};
    std::string block(kFeedBlockBytes, '\0');
    for (;;) {
        auto n = source.read(block);
        if (!n) return n.error();
        if (*n == 0) break;
        text.append(block, 0, *n);
        if (text.size() > kStoresFileBytesMax)
            return Error{Errc::Limit, fmt::format("read stores: more than {} bytes", kStoresFileBytesMax)};
    }
    auto end = *format == FeedFormat::Json ? readStoresJson(text, timeZone, sink)
                                           : readStoresCsv(text, timeZone, sink);
    if (end && source.isCut()) {
        end->how = FeedEnd::How::Cut;
        if (end->reason.empty()) end->reason = "the packed file ends in the middle";
    }
    return end;
}

} // namespace silta::hub
