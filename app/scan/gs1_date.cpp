#include "core/digits.h"

#include <silta/scan.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kShortDigits = 6; // YYMMDD
constexpr std::size_t kLongDigits = 8;  // YYYYMMDD

// Identifiers whose value begins with a date. Source: GS1 General Specifications, figure 3.2-1.
constexpr std::array<std::string_view, 14> kShortDates = {
    "11", "12", "13", "15", "16", "17", "4324", "4325", "4326", "7003", "7006", "7007", "7011", "8008"};
constexpr std::array<std::string_view, 2> kLongDates = {"7250", "7251"};

/// Of digits that have been counted.
int valueOf(std::string_view digits) {
    return parseNumber<int>(digits).value_or(0);
}

/// Source: GS1 General Specifications, section 7.12 (determination of the century).
int fullYear(int shortYear, int currentYear) {
    const int century = currentYear / 100 * 100;
    const int ahead = shortYear - currentYear % 100;
    if (ahead >= 51) return century - 100 + shortYear;
    if (ahead <= -50) return century + 100 + shortYear;
    return century + shortYear;
}

std::optional<std::chrono::year_month_day> dayOf(int year, int month, int day) {
    using namespace std::chrono;
    const auto first = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month));
    if (!first.ok()) return std::nullopt;
    const year_month_day date =
        day == 0 ? year_month_day(first / last) : first / std::chrono::day(static_cast<unsigned>(day));
    return date.ok() ? std::optional(date) : std::nullopt;
}

} // namespace

std::optional<std::chrono::year_month_day> dateOfShort(std::string_view digits, int currentYear) {
    if (digits.size() != kShortDigits || !allDigits(digits)) return std::nullopt;
    return dayOf(fullYear(valueOf(digits.substr(0, 2)), currentYear), valueOf(digits.substr(2, 2)),
                 valueOf(digits.substr(4)));
}

std::optional<std::chrono::year_month_day> dateOf(const Gs1Element& element, int currentYear) {
    const std::string_view value = element.value;
    if (std::ranges::find(kShortDates, element.ai) != kShortDates.end())
        return dateOfShort(value.substr(0, kShortDigits), currentYear);
    if (std::ranges::find(kLongDates, element.ai) == kLongDates.end() || value.size() < kLongDigits ||
        !allDigits(value.substr(0, kLongDigits)))
        return std::nullopt;
    return dayOf(valueOf(value.substr(0, 4)), valueOf(value.substr(4, 2)), valueOf(value.substr(6, 2)));
}

} // namespace silta
