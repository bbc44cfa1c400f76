#include "edge/guest_meter.h"

#include <fmt/format.h>

namespace silta {

Result<void> GuestMeter::count(const std::string& day, const std::string& kind, const std::string& way,
                               std::int64_t times) {
    if (!isGuestEvent(kind) || !isGuestWayOrNone(way))
        return Error{Errc::Invalid, "count event: no such kind or way"};
    counts_[{day, kind, way}] += times;
    return {};
}

Result<void> GuestMeter::write(Database& database) const {
    auto upsert =
        database.prepare("INSERT INTO guest_count(id, day, kind, way, count) VALUES(?1, ?2, ?3, ?4, ?5) "
                         "ON CONFLICT(id) DO UPDATE SET count = min(count + ?5, ?6)");
    if (!upsert) return upsert.error();
    for (const auto& [key, count] : counts_) {
        const auto& [day, kind, way] = key;
        const auto id = fmt::format("{}/{}/{}", day, kind, way);
        upsert->bind(0, id).bind(1, day).bind(2, kind).bind(3, way).bind(4, count).bind(5, kGuestCountMax);
        if (auto done = upsert->run(); !done) return done;
    }
    return {};
}

void GuestMeter::subtract(const GuestMeter& written) {
    for (const auto& [key, count] : written.counts_) {
        const auto own = counts_.find(key);
        if (own == counts_.end()) continue;
        own->second -= count;
        if (own->second <= 0) counts_.erase(own);
    }
}

Result<std::vector<std::string>> countedDays(const Database& database, const std::string& today) {
    // A day that damage has made of another one is none that anybody could be told of.
    auto query = database.prepare("SELECT DISTINCT day FROM guest_count WHERE day < ? AND "
                                  "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' ORDER BY day");
    if (!query) return query.error();
    query->bind(0, today);
    std::vector<std::string> days;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return days;
        days.push_back(query->string(0));
    }
}

Result<std::vector<GuestCount>> takeCounts(Database& database, const std::string& day) {
    std::vector<GuestCount> counts;
    {
        auto query = database.prepare("SELECT kind, way, count FROM guest_count WHERE day = ? ORDER BY id");
        if (!query) return query.error();
        query->bind(0, day);
        for (;;) {
            auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            counts.push_back({query->string(0), query->string(1), query->integer(2)});
        }
    }
    auto remove = database.prepare("DELETE FROM guest_count WHERE day = ?");
    if (!remove) return remove.error();
    if (auto done = remove->bind(0, day).run(); !done) return done.error();
    return counts;
}

} // namespace silta
