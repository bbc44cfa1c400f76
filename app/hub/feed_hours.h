// Opening hours as schema.org writes them, in text and in OpeningHoursSpecification terms.
#pragma once

#include <silta/catalog.h>
#include <silta/result.h>

#include <optional>
#include <string>
#include <string_view>

namespace silta::hub {

/// 0 = Monday … 6 = Sunday from "Mo", "Mon", "Thurs", "Monday", "https://schema.org/Monday".
std::optional<int> dayOfWeek(std::string_view text);

/// "09:00", "9:00", "21:00:00" to minutes after midnight, 0..1440.
std::optional<std::int32_t> minuteOfDay(std::string_view text);

/// Opening and closing minute as feeds state them. Closing at 23:59 means midnight; closing before opening
/// means the next day; both 00:00 means closed, and nothing is returned. Source: Google, "Local business
/// structured data".
std::optional<OpenInterval> openInterval(std::int32_t opens, std::int32_t closes);

/// Adds "Mo-Fr 09:00-21:00; Sa,Su 10:00-18:00" to `week`; parts are parted by ';' or stand alone, times may
/// be several ("09:00-12:00,13:00-18:00"), "closed" or left out for all day. Errors: Invalid, Limit (too many
/// intervals on one day). Source: schema.org/openingHours.
Result<void> addHoursText(std::string_view text, OpeningHours& hours);

/// Adds an interval to a day's list unless it is there already. Errors: Limit.
Result<void> addInterval(std::vector<OpenInterval>& day, OpenInterval interval);

/// Sorts every day by its first minute.
void sortHours(OpeningHours& hours);

} // namespace silta::hub
