#include "web/language.h"

#include "web/form_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace silta {

namespace {

constexpr int kHourMinutes = 60;
constexpr int kDayMinutes = 24 * kHourMinutes;
constexpr std::string_view kNbsp = "\u00a0";

std::size_t indexOf(Lang lang) {
    return static_cast<std::size_t>(lang);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSame(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

/// The part before the next `mark`; `rest` keeps what follows it.
std::string_view takeUntil(std::string_view& rest, char mark) {
    const auto end = std::min(rest.find(mark), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return trimmed(part);
}

std::optional<Lang> langOfRange(std::string_view range) {
    if (range == "*") return Lang::En;
    const auto primary = range.substr(0, range.find('-'));
    for (const auto lang : kLangs)
        if (isSame(primary, codeOf(lang))) return lang;
    return std::nullopt;
}

/// A qvalue in thousandths: "1", "0.8", "0.75"; absent = 1000, malformed = 0.
int weightOf(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = takeUntil(parameters, ';');
        if (parameter.size() < 2 || lower(parameter[0]) != 'q' || parameter[1] != '=') continue;
        const auto value = parameter.substr(2);
        if (value.empty() || value.size() > 5 || (value[0] != '0' && value[0] != '1')) return 0;
        if (value.size() > 1 && value[1] != '.') return 0;
        int weight = value[0] == '1' ? 1000 : 0;
        int unit = 100;
        for (const char digit : value.substr(std::min<std::size_t>(2, value.size()))) {
            if (digit < '0' || digit > '9') return 0;
            weight += unit * (digit - '0');
            unit /= 10;
        }
        return std::min(weight, 1000);
    }
    return 1000;
}

std::string decimal(std::int64_t tenths, Lang lang) {
    if (tenths % 10 == 0) return fmt::format("{}", tenths / 10);
    return fmt::format("{}{}{}", tenths / 10, lang == Lang::En ? '.' : ',', tenths % 10);
}

/// Source: Unicode CLDR 42, narrow symbols.
std::string_view symbolOf(std::string_view currency) {
    if (currency == "EUR") return "€";
    if (currency == "GBP") return "£";
    if (currency == "USD") return "$";
    if (currency == "PLN") return "zł";
    if (currency == "SEK" || currency == "NOK" || currency == "DKK") return "kr";
    return currency;
}

/// Thousands parted: by a comma in English, else by a space that does not break.
std::string grouped(std::uint64_t whole, Lang lang) {
    auto digits = std::to_string(whole);
    const std::string_view mark = lang == Lang::En ? std::string_view(",") : kNbsp;
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, mark);
    return digits;
}

} // namespace

std::string_view codeOf(Lang lang) {
    return kLanguages[indexOf(lang)];
}

std::string_view nameOf(Lang lang) {
    constexpr std::array<std::string_view, 4> kNames = {"English", "Suomi", "Svenska", "Polski"};
    return kNames[indexOf(lang)];
}

Lang chooseLang(std::string_view asked, std::string_view acceptLanguage) {
    for (const auto lang : kLangs)
        if (isSame(asked, codeOf(lang))) return lang;
    auto rest = acceptLanguage.substr(0, kAcceptLanguageBytesMax);
    auto best = Lang::En;
    int bestWeight = 0;
    for (std::size_t i = 0; i < kAcceptLanguageEntriesMax && !rest.empty(); ++i) {
        auto entry = takeUntil(rest, ',');
        const auto range = takeUntil(entry, ';');
        const auto lang = langOfRange(range);
        const auto weight = weightOf(entry);
        if (!lang || weight <= bestWeight) continue;
        best = *lang;
        bestWeight = weight;
    }
    return best;
}

std::string filled(std::string_view pattern, std::string_view value, std::string_view second) {
    std::string text(pattern);
    const auto first = text.find("{}");
    if (first == std::string::npos) return text;
    text.replace(first, 2, value);
    const auto next = text.find("{}", first + value.size());
    if (next != std::string::npos) text.replace(next, 2, second);
    return text;
}

std::string priceText(const Money& money, Lang lang) {
    const auto exponent = money.currency.exponent();
    std::uint64_t unit = 1;
    for (int i = 0; i < exponent; ++i)
        unit *= 10;
    const auto minor = money.minor < 0 ? 0 - static_cast<std::uint64_t>(money.minor)
                                       : static_cast<std::uint64_t>(money.minor);
    auto amount = grouped(minor / unit, lang);
    if (exponent > 0) amount += fmt::format("{}{:0{}}", lang == Lang::En ? '.' : ',', minor % unit, exponent);
    const std::string_view sign = money.minor < 0 ? "−" : "";
    const auto symbol = symbolOf(money.currency.code());
    const bool symbolFirst = symbol == "€" || symbol == "£" || symbol == "$";
    if (lang == Lang::En && symbolFirst) return fmt::format("{}{}{}", sign, symbol, amount);
    return fmt::format("{}{}{}{}", sign, amount, kNbsp, symbol);
}

std::string clockText(int minute, Lang lang) {
    const int inDay = (minute % kDayMinutes + kDayMinutes) % kDayMinutes;
    const int hour = inDay / kHourMinutes;
    if (lang == Lang::Fi) return fmt::format("{}.{:02}", hour, inDay % kHourMinutes);
    return lang == Lang::Pl ? fmt::format("{}:{:02}", hour, inDay % kHourMinutes)
                            : fmt::format("{:02}:{:02}", hour, inDay % kHourMinutes);
}

std::string durationText(std::int64_t seconds, Lang lang) {
    constexpr std::int64_t kMinute = 60;
    constexpr std::int64_t kHour = 60 * kMinute;
    constexpr std::array<std::string_view, 4> kHours = {"h", "t", "h", "h"};
    seconds = std::max<std::int64_t>(seconds, 0);
    if (seconds < kMinute) return fmt::format("{}{}s", seconds, kNbsp);
    const auto minutes = seconds % kHour / kMinute;
    if (seconds < kHour) return fmt::format("{}{}min", minutes, kNbsp);
    const auto hours = fmt::format("{}{}{}", seconds / kHour, kNbsp, kHours[indexOf(lang)]);
    return minutes == 0 ? hours : fmt::format("{}{}{}{}min", hours, kNbsp, minutes, kNbsp);
}

std::string bytesText(std::int64_t bytes, Lang lang) {
    constexpr std::int64_t kMega = 1'000'000;
    constexpr std::int64_t kGiga = 1'000 * kMega;
    bytes = std::max<std::int64_t>(bytes, 0);
    if (bytes >= kGiga)
        return fmt::format("{}{}{}", decimal(bytes / (kGiga / 10), lang), kNbsp,
                           lang == Lang::Fi ? "Gt" : "GB");
    return fmt::format("{}{}{}", bytes / kMega, kNbsp, lang == Lang::Fi ? "Mt" : "MB");
}

std::string dayText(std::string_view date, Lang lang) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (date.size() != 10 || date[4] != '-' || date[7] != '-') return {};
    const auto number = [date](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : date.substr(at, digits)) {
            if (c < '0' || c > '9') return 0;
            value = value * 10 + (c - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year == 0 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    if (lang == Lang::En)
        return fmt::format("{}{}{}{}{}", day, kNbsp, kMonths[static_cast<std::size_t>(month - 1)], kNbsp,
                           year);
    if (lang == Lang::Sv) return std::string(date);
    return lang == Lang::Fi ? fmt::format("{}.{}.{}", day, month, year)
                            : fmt::format("{}.{:02}.{}", day, month, year);
}

} // namespace silta
