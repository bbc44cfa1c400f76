#include "hub/staff_registry.h"

namespace silta::hub {

namespace {

constexpr const char* kColumns =
    "SELECT s.id, s.badge, s.name, s.role, s.pin_hash, s.active, s.changed_ms FROM staff AS s ";

Result<StaffRow> readRow(const Statement& query) {
    const auto role = staffRoleNamed(query.text(3));
    if (!role) return Error{Errc::Corrupt, "read staff: a role"};
    return StaffRow{
        {query.string(0), query.string(1), query.string(2), *role, query.string(4), query.integer(5) != 0},
        {},
        query.integer(6)};
}

} // namespace

Json staffPut(const Staff& staff) {
    return {{"type", "staff.put"}, {"staff", toJson(staff)}};
}

Result<void> StaffRegistry::add(const Staff& staff, const std::vector<std::string>& stores, UtcMs nowMs) {
    auto insert = database_.prepare("INSERT INTO staff(id, badge, name, role, pin_hash, active, changed_ms) "
                                    "VALUES(?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, staff.id).bind(1, staff.badge).bind(2, staff.name).bind(3, toString(staff.role));
    insert->bind(4, staff.pinHash).bind(5, staff.active ? 1 : 0).bind(6, nowMs);
    if (auto done = insert->run(); !done) {
        if (done.error().code == Errc::Conflict)
            return Error{Errc::Conflict, "add staff: the badge is somebody's already"};
        return done;
    }
    auto link = database_.prepare("INSERT INTO staff_store(store_code, staff_id) VALUES(?, ?)");
    if (!link) return link.error();
    for (const auto& store : stores)
        if (auto done = link->bind(0, store).bind(1, staff.id).run(); !done) return done;
    return checkRoom(stores);
}

Result<void> StaffRegistry::checkRoom(const std::vector<std::string>& stores) const {
    auto count =
        database_.prepare("SELECT count(*) FROM staff_store AS t JOIN staff AS s ON s.id = t.staff_id "
                          "WHERE t.store_code = ? AND s.active <> 0");
    if (!count) return count.error();
    for (const auto& store : stores) {
        if (auto row = count->bind(0, store).step(); !row) return row.error();
        if (count->integer(0) > kStaffOfStoreMax)
            return Error{Errc::Limit, "add staff: a store has at most 150"};
        count->reset();
    }
    return {};
}

Result<void> StaffRegistry::update(const Staff& staff, UtcMs nowMs) {
    auto update = database_.prepare("UPDATE staff SET pin_hash = ?, active = ?, changed_ms = ? WHERE id = ?");
    if (!update) return update.error();
    update->bind(0, staff.pinHash).bind(1, staff.active ? 1 : 0).bind(2, nowMs).bind(3, staff.id);
    return update->run();
}

Result<std::vector<std::string>> StaffRegistry::storesOf(const std::string& staffId) const {
    auto query =
        database_.prepare("SELECT store_code FROM staff_store WHERE staff_id = ? ORDER BY store_code");
    if (!query) return query.error();
    query->bind(0, staffId);
    std::vector<std::string> stores;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return stores;
        stores.push_back(query->string(0));
    }
}

Result<bool> StaffRegistry::worksIn(const std::string& staffId, const std::string& storeCode) const {
    auto query = database_.prepare("SELECT 1 FROM staff_store WHERE store_code = ? AND staff_id = ?");
    if (!query) return query.error();
    return query->bind(0, storeCode).bind(1, staffId).step();
}

Result<bool> StaffRegistry::isSupervisor(const std::string& staffId) const {
    auto query = database_.prepare("SELECT 1 FROM staff WHERE id = ? AND role = ?");
    if (!query) return query.error();
    return query->bind(0, staffId).bind(1, toString(StaffRole::Supervisor)).step();
}

Result<StaffRow> StaffRegistry::find(const std::string& badge) const {
    auto query = database_.prepare(std::string(kColumns) + "WHERE s.badge = ?");
    if (!query) return query.error();
    auto row = query->bind(0, badge).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find staff: no such badge"};
    auto found = readRow(*query);
    if (!found) return found;
    auto stores = storesOf(found->staff.id);
    if (!stores) return stores.error();
    found->stores = std::move(*stores);
    return found;
}

Result<std::vector<StaffRow>> StaffRegistry::all() const {
    auto query = database_.prepare(std::string(kColumns) + "ORDER BY s.name, s.badge");
    if (!query) return query.error();
    std::vector<StaffRow> rows;
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) break;
        auto row = readRow(*query);
        if (!row) return row.error();
        rows.push_back(std::move(*row));
    }
    for (auto& row : rows) {
        auto stores = storesOf(row.staff.id);
        if (!stores) return stores.error();
        row.stores = std::move(*stores);
    }
    return rows;
}

Result<std::vector<std::string>> StaffRegistry::devicesOf(const std::vector<std::string>& stores) const {
    auto query = database_.prepare("SELECT id FROM device WHERE store_code = ? AND revoked = 0 ORDER BY id");
    if (!query) return query.error();
    std::vector<std::string> devices;
    for (const auto& store : stores) {
        query->bind(0, store);
        for (;;) {
            auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            devices.push_back(query->string(0));
        }
        query->reset();
    }
    return devices;
}

Result<void> StaffRegistry::append(std::string_view device, std::vector<Json>& changes) const {
    changes.push_back({{"type", "staff.begin"}});
    auto query = database_.prepare(
        std::string(kColumns) + "JOIN staff_store AS t ON t.staff_id = s.id JOIN device AS d ON "
                                "d.store_code = t.store_code WHERE d.id = ? AND s.active <> 0 ORDER BY s.id");
    if (!query) return query.error();
    query->bind(0, device);
    for (;;) {
        auto more = query->step();
        if (!more) return more.error();
        if (!*more) return {};
        auto row = readRow(*query);
        if (!row) return row.error();
        changes.push_back(staffPut(row->staff));
    }
}

Result<void> StaffRegistry::note(const DeviceRow& device, const std::string& operationId,
                                 const StaffEvent& event, UtcMs nowMs) {
    auto insert = database_.prepare("INSERT INTO staff_event(device, operation_id, store_code, staff_id, "
                                    "action, at_ms, received_ms) VALUES(?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, device.id).bind(1, operationId).bind(2, device.storeCode).bind(3, event.staffId);
    return insert->bind(4, event.action).bind(5, event.atMs).bind(6, nowMs).run();
}

Result<std::vector<StaffEventRow>> StaffRegistry::events(int limit) const {
    auto query = database_.prepare("SELECT e.device, e.store_code, e.staff_id, coalesce(s.badge, ''), "
                                   "coalesce(s.name, ''), e.action, e.at_ms FROM staff_event AS e LEFT JOIN "
                                   "staff AS s ON s.id = e.staff_id ORDER BY e.row DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(0, limit);
    std::vector<StaffEventRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->string(0), query->string(1), query->string(2), query->string(3),
                        query->string(4), query->string(5), query->integer(6)});
    }
}

} // namespace silta::hub
