#include "sync/staff_book.h"

#include <silta/uuid.h>

#include <algorithm>

namespace silta {

namespace {

constexpr const char* kStaffRows = "SELECT id, badge, name, role, pin_hash FROM staff ";

Result<Staff> readOne(Statement& query) {
    auto row = query.step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find staff: unknown"};
    const auto role = staffRoleNamed(query.text(3));
    if (!role) return Error{Errc::Corrupt, "find staff: a role"};
    return Staff{query.string(0), query.string(1), query.string(2), *role, query.string(4), true};
}

} // namespace

UtcMs pinLockMs(std::int64_t locks) {
    auto length = kLockMs;
    for (std::int64_t i = 1; i < locks && length < kLockMsMax; ++i)
        length *= 2;
    return std::min(length, kLockMsMax);
}

const char* toString(StaffRole role) {
    return role == StaffRole::Supervisor ? "supervisor" : "cashier";
}

std::optional<StaffRole> staffRoleNamed(std::string_view name) {
    for (const auto role : {StaffRole::Cashier, StaffRole::Supervisor})
        if (name == toString(role)) return role;
    return std::nullopt;
}

std::string normalizeBadge(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    if (text.size() < kBadgeBytesMin || text.size() > kBadgeBytesMax) return {};
    std::string badge;
    for (const char c : text) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        const bool isPlain = (upper >= 'A' && upper <= 'Z') || (upper >= '0' && upper <= '9') || upper == '-';
        if (!isPlain) return {};
        badge.push_back(upper);
    }
    return badge;
}

bool isPinText(std::string_view text) {
    return text.size() >= kPinDigitsMin && text.size() <= kPinDigitsMax &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Json toJson(const Staff& staff) {
    return {{"id", staff.id},       {"badge", staff.badge},
            {"name", staff.name},   {"role", toString(staff.role)},
            {"pin", staff.pinHash}, {"active", staff.active}};
}

Result<Staff> parseStaff(const Json& json) {
    Staff staff;
    staff.id = textMember(json, "id").value_or("");
    staff.badge = textMember(json, "badge", kBadgeBytesMax).value_or("");
    staff.name = textMember(json, "name", kStaffNameBytesMax).value_or("");
    staff.pinHash = textMember(json, "pin", kPinHashBytesMax).value_or("");
    const auto role = staffRoleNamed(textMember(json, "role").value_or(""));
    const auto active = boolMember(json, "active");
    if (!isUuid(staff.id) || staff.badge.empty() || normalizeBadge(staff.badge) != staff.badge ||
        staff.name.empty() || staff.pinHash.empty() || !role || !active)
        return Error{Errc::Invalid, "read staff: a member is missing or malformed"};
    staff.role = *role;
    staff.active = *active;
    return staff;
}

Json toJson(const StaffEvent& event) {
    return {{"staff", event.staffId}, {"action", event.action}, {"atMs", event.atMs}};
}

Result<StaffEvent> parseStaffEvent(const Json& json) {
    StaffEvent event;
    event.staffId = textMember(json, "staff").value_or("");
    event.action = textMember(json, "action").value_or("");
    const auto atMs = integerMember(json, "atMs");
    if (!isUuid(event.staffId) || std::ranges::find(kStaffActions, event.action) == kStaffActions.end() ||
        !atMs)
        return Error{Errc::Invalid, "read staff.event: a member is missing or malformed"};
    event.atMs = *atMs;
    return event;
}

Result<void> StaffBook::put(const Staff& staff) {
    // A badge that somebody else had before is theirs no more.
    auto free = database_.prepare("DELETE FROM staff WHERE badge = ?1 AND id <> ?2");
    if (!free) return free.error();
    if (auto done = free->bind(0, staff.badge).bind(1, staff.id).run(); !done) return done;
    if (!staff.active) return remove(staff.id);
    const auto known = find(staff.id);
    if (!known && known.error().code != Errc::NotFound) return known.error();
    auto upsert =
        database_.prepare("INSERT INTO staff(id, badge, name, role, pin_hash) VALUES(?1, ?2, ?3, ?4, ?5) ON "
                          "CONFLICT(id) DO UPDATE SET badge = ?2, name = ?3, role = ?4, pin_hash = ?5");
    if (!upsert) return upsert.error();
    upsert->bind(0, staff.id).bind(1, staff.badge).bind(2, staff.name).bind(3, toString(staff.role));
    if (auto done = upsert->bind(4, staff.pinHash).run(); !done) return done;
    return known && known->pinHash != staff.pinHash ? forgetTries(staff.id) : Result<void>{};
}

// The tries stay: whoever is taken on again with the same PIN goes on where they were.
Result<void> StaffBook::remove(const std::string& id) {
    auto remove = database_.prepare("DELETE FROM staff WHERE id = ?");
    if (!remove) return remove.error();
    return remove->bind(0, id).run();
}

Result<void> StaffBook::removeAll() {
    return database_.exec("DELETE FROM staff");
}

Result<Staff> StaffBook::find(const std::string& id) const {
    auto query = database_.prepare(std::string(kStaffRows) + "WHERE id = ?");
    if (!query) return query.error();
    query->bind(0, id);
    return readOne(*query);
}

Result<Staff> StaffBook::findByBadge(const std::string& badge) const {
    auto query = database_.prepare(std::string(kStaffRows) + "WHERE badge = ?");
    if (!query) return query.error();
    query->bind(0, badge);
    return readOne(*query);
}

Result<UtcMs> StaffBook::lockedUntil(const std::string& id, UtcMs nowMs) const {
    auto query = database_.prepare("SELECT until_ms FROM staff_try WHERE staff_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    const auto until = *row ? std::min(query->integer(0), nowMs + kLockMsMax) : 0;
    return until > nowMs ? until : 0;
}

Result<void> StaffBook::shortenLock(const std::string& id, UtcMs nowMs) {
    auto update =
        database_.prepare("UPDATE staff_try SET until_ms = ?1 WHERE staff_id = ?2 AND until_ms > ?1");
    if (!update) return update.error();
    return update->bind(0, nowMs + kLockMsMax).bind(1, id).run();
}

Result<std::int64_t> StaffBook::countTry(const std::string& id, UtcMs nowMs) {
    auto query = database_.prepare("SELECT tries FROM staff_try WHERE staff_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    const auto tries = (*row ? query->integer(0) : 0) + 1;
    query->reset();
    const bool isLast = tries % kPinTriesMax == 0;
    auto upsert = database_.prepare("INSERT INTO staff_try(staff_id, tries, until_ms) VALUES(?1, ?2, ?3) ON "
                                    "CONFLICT(staff_id) DO UPDATE SET tries = ?2, until_ms = ?3");
    if (!upsert) return upsert.error();
    upsert->bind(0, id).bind(1, tries).bind(2, isLast ? nowMs + pinLockMs(tries / kPinTriesMax) : 0);
    if (auto done = upsert->run(); !done) return done.error();
    return isLast ? 0 : kPinTriesMax - tries % kPinTriesMax;
}

Result<void> StaffBook::forgetTries(const std::string& id) {
    auto remove = database_.prepare("DELETE FROM staff_try WHERE staff_id = ?");
    if (!remove) return remove.error();
    return remove->bind(0, id).run();
}

} // namespace silta
