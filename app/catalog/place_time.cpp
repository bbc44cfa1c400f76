#include <silta/catalog.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace silta {

namespace {

constexpr std::int32_t kDayMinutes = 1'440;
constexpr int kDaysAhead = 7;
constexpr double kEarthRadiusKm = 6'371.0088; // IUGG mean radius

std::optional<std::chrono::sys_days> parseDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    int parts[3] = {};
    constexpr std::size_t kStarts[3] = {0, 5, 8};
    constexpr std::size_t kSizes[3] = {4, 2, 2};
    for (std::size_t part = 0; part < 3; ++part)
        for (const char c : text.substr(kStarts[part], kSizes[part])) {
            if (c < '0' || c > '9') return std::nullopt;
            parts[part] = parts[part] * 10 + (c - '0');
        }
    const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                           std::chrono::month{static_cast<unsigned>(parts[1])},
                                           std::chrono::day{static_cast<unsigned>(parts[2])}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::string textOf(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    std::string text = "0000-00-00";
    auto put = [&text](std::size_t at, std::size_t digits, unsigned value) {
        for (std::size_t i = digits; i-- > 0; value /= 10)
            text[at + i] = static_cast<char>('0' + value % 10);
    };
    put(0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
    put(5, 2, static_cast<unsigned>(date.month()));
    put(8, 2, static_cast<unsigned>(date.day()));
    return text;
}

const std::vector<OpenInterval>& intervalsOf(const OpeningHours& hours, std::chrono::sys_days day) {
    const auto date = textOf(day);
    for (const auto& special : hours.special)
        if (special.date == date) return special.open;
    return hours.week[std::chrono::weekday{day}.iso_encoding() - 1];
}

/// Minutes counted from midnight of the asked day.
struct Span {
    std::int32_t from;
    std::int32_t to;
};

/// All intervals from yesterday to a week ahead in order, those that touch joined.
std::vector<Span> spansAround(const OpeningHours& hours, std::chrono::sys_days today) {
    std::vector<Span> spans;
    for (int day = -1; day <= kDaysAhead; ++day)
        for (const auto& interval : intervalsOf(hours, today + std::chrono::days{day}))
            if (interval.fromMinute < interval.toMinute)
                spans.push_back(
                    {day * kDayMinutes + interval.fromMinute, day * kDayMinutes + interval.toMinute});
    std::ranges::sort(spans, {}, &Span::from);
    std::vector<Span> joined;
    for (const auto& span : spans) {
        if (!joined.empty() && span.from <= joined.back().to)
            joined.back().to = std::max(joined.back().to, span.to);
        else
            joined.push_back(span);
    }
    return joined;
}

} // namespace

bool areHoursKnown(const OpeningHours& hours) {
    const auto opens = [](const std::vector<OpenInterval>& day) { return !day.empty(); };
    return !hours.special.empty() || std::ranges::any_of(hours.week, opens);
}

// A closing time more than a day ahead is not told ("open until 18:00" would be read as today's), so a store
// that never closes is open without one.
OpenState openState(const OpeningHours& hours, std::string_view localDate, int minute) {
    OpenState state;
    const auto today = parseDate(localDate);
    if (!today || minute < 0 || minute >= kDayMinutes) return state;
    for (const auto& span : spansAround(hours, *today)) {
        if (span.to <= minute) continue;
        if (span.from <= minute) {
            state.open = true;
            if (span.to - minute < kDayMinutes)
                state.closesAtMinute = span.to > kDayMinutes ? span.to - kDayMinutes : span.to;
            return state;
        }
        state.opensAtMinute = span.from % kDayMinutes;
        state.opensInDays = span.from / kDayMinutes;
        if (state.opensInDays > kDaysAhead) return OpenState{};
        return state;
    }
    return state;
}

// The haversine form keeps its precision for stores that lie close together.
double distanceKm(double latitudeA, double longitudeA, double latitudeB, double longitudeB) {
    constexpr double kRadians = std::numbers::pi / 180.0;
    const double sinLatitude = std::sin((latitudeB - latitudeA) * kRadians / 2);
    const double sinLongitude = std::sin((longitudeB - longitudeA) * kRadians / 2);
    const double h = sinLatitude * sinLatitude + std::cos(latitudeA * kRadians) *
                                                     std::cos(latitudeB * kRadians) * sinLongitude *
                                                     sinLongitude;
    return 2 * kEarthRadiusKm * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0)));
}

} // namespace silta
