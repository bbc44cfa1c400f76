#include "hub/feed_hours.h"

#include "catalog/limits.h"
#include "hub/feed_row.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr std::int32_t kDayMinutes = 1440;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Error invalid(std::string_view text, std::string_view reason) {
    return Error{Errc::Invalid, fmt::format("read hours: \"{}\" {}", excerptOf(text), reason)};
}

/// "Mo-Fr,Su" to days.
Result<std::array<bool, 7>> daysOf(std::string_view text) {
    std::array<bool, 7> days{};
    const auto whole = text;
    while (true) {
        const auto comma = text.find(',');
        const auto part = trimmed(text.substr(0, comma));
        const auto dash = part.find('-');
        const auto first = dayOfWeek(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : dayOfWeek(part.substr(dash + 1));
        if (!first || !last) return invalid(whole, "does not name days");
        for (int day = *first;; day = (day + 1) % 7) {
            days[static_cast<std::size_t>(day)] = true;
            if (day == *last) break;
        }
        if (comma == std::string_view::npos) return days;
        text.remove_prefix(comma + 1);
    }
}

Result<void> addPart(std::string_view part, OpeningHours& hours) {
    // The times begin at the first digit, or with a word such as "closed" after the last space.
    auto split = part.find_first_of("0123456789");
    if (split == std::string_view::npos) {
        const auto space = part.rfind(' ');
        split =
            space == std::string_view::npos || dayOfWeek(part.substr(space + 1)) ? part.size() : space + 1;
    }
    auto dayText = trimmed(part.substr(0, split));
    if (!dayText.empty() && dayText.back() == ':') dayText.remove_suffix(1);
    auto days = daysOf(dayText);
    if (!days) return days.error();
    auto times = part.substr(split);
    std::vector<OpenInterval> open;
    const auto word = lower(trimmed(times));
    if (word.empty()) {
        open.push_back({0, kDayMinutes});
    } else if (word != "closed" && word != "off") {
        while (true) {
            const auto comma = times.find(',');
            const auto one = trimmed(times.substr(0, comma));
            const auto dash = one.find('-');
            if (dash == std::string_view::npos) return invalid(part, "has a time without an end");
            const auto from = minuteOfDay(trimmed(one.substr(0, dash)));
            const auto to = minuteOfDay(trimmed(one.substr(dash + 1)));
            if (!from || !to) return invalid(part, "has a time that is not HH:MM");
            if (const auto interval = openInterval(*from, *to)) open.push_back(*interval);
            if (comma == std::string_view::npos) break;
            times.remove_prefix(comma + 1);
        }
    }
    for (std::size_t day = 0; day < 7; ++day) {
        if (!(*days)[day]) continue;
        for (const auto& interval : open)
            if (auto done = addInterval(hours.week[day], interval); !done) return done;
    }
    return {};
}

} // namespace

std::optional<int> dayOfWeek(std::string_view text) {
    text = trimmed(text);
    if (const auto slash = text.find_last_of("/:"); slash != std::string_view::npos)
        text.remove_prefix(slash + 1);
    const auto name = lower(text);
    if (name.size() < 2) return std::nullopt;
    constexpr std::string_view kDays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                          "friday", "saturday", "sunday"};
    for (int day = 0; day < 7; ++day)
        if (kDays[day].starts_with(name)) return day;
    return std::nullopt;
}

std::optional<std::int32_t> minuteOfDay(std::string_view text) {
    std::array<std::int32_t, 3> parts{};
    std::size_t n = 0;
    std::size_t digits = 0;
    for (char c : text) {
        if (c == ':') {
            if (digits == 0 || ++n == parts.size()) return std::nullopt;
            digits = 0;
        } else if (c >= '0' && c <= '9' && ++digits <= 2) {
            parts[n] = parts[n] * 10 + (c - '0');
        } else {
            return std::nullopt;
        }
    }
    if (digits == 0 || n == 0 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    const auto minute = parts[0] * 60 + parts[1];
    if (minute > kDayMinutes) return std::nullopt;
    return minute;
}

std::optional<OpenInterval> openInterval(std::int32_t opens, std::int32_t closes) {
    if (closes == kDayMinutes - 1) closes = kDayMinutes;
    if (opens == closes) return std::nullopt;
    if (closes < opens) closes += kDayMinutes;
    return OpenInterval{opens, closes};
}

Result<void> addInterval(std::vector<OpenInterval>& day, OpenInterval interval) {
    if (std::find(day.begin(), day.end(), interval) != day.end()) return {};
    if (day.size() == kIntervalsPerDayMax)
        return Error{Errc::Limit,
                     fmt::format("read hours: more than {} intervals on one day", kIntervalsPerDayMax)};
    day.push_back(interval);
    return {};
}

Result<void> addHoursText(std::string_view text, OpeningHours& hours) {
    while (true) {
        const auto semicolon = text.find(';');
        const auto part = trimmed(text.substr(0, semicolon));
        if (!part.empty())
            if (auto done = addPart(part, hours); !done) return done;
        if (semicolon == std::string_view::npos) return {};
        text.remove_prefix(semicolon + 1);
    }
}

void sortHours(OpeningHours& hours) {
    const auto earlier = [](const OpenInterval& a, const OpenInterval& b) {
        return std::pair(a.fromMinute, a.toMinute) < std::pair(b.fromMinute, b.toMinute);
    };
    for (auto& day : hours.week)
        std::sort(day.begin(), day.end(), earlier);
    for (auto& day : hours.special)
        std::sort(day.open.begin(), day.open.end(), earlier);
    std::sort(hours.special.begin(), hours.special.end(),
              [](const SpecialDay& a, const SpecialDay& b) { return a.date < b.date; });
}

} // namespace silta::hub
