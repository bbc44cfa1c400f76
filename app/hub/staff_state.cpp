// Staff, as headquarters and devices are served: each call one transaction.
#include "hub/operation_store.h"

#include <array>

namespace silta::hub {

Result<void> OperationStore::tellOf(const StaffRow& row) {
    auto devices = StaffRegistry(database_).devicesOf(row.stores);
    if (!devices) return devices.error();
    for (const auto& device : *devices)
        if (auto done = feed().tell(device, staffPut(row.staff), clock_.nowMs()); !done) return done;
    return {};
}

Result<void> OperationStore::lockStores(const std::vector<std::string>& stores) {
    std::vector<std::string> names;
    names.reserve(stores.size());
    for (const auto& store : stores)
        names.push_back("staff-of/" + store);
    return database_.lockNames(names);
}

Result<void> OperationStore::addStaff(const Staff& staff, const std::vector<std::string>& stores) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto done = lockStores(stores); !done) return done;
    if (auto done = StaffRegistry(database_).add(staff, stores, clock_.nowMs()); !done) return done;
    if (auto done = tellOf({staff, stores, clock_.nowMs()}); !done) return done;
    return transaction->commit();
}

Result<void> OperationStore::changeStaff(const std::string& badge,
                                         const std::function<void(Staff&)>& change) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    // Two changes of one person wait for each other: what is written is made of what was read.
    const std::array names = {"staff/" + badge};
    if (auto done = database_.lockNames(names); !done) return done;
    StaffRegistry registry(database_);
    auto row = registry.find(badge);
    if (!row) return row.error();
    if (auto done = lockStores(row->stores); !done) return done;
    change(row->staff);
    if (auto done = registry.update(row->staff, clock_.nowMs()); !done) return done;
    if (auto done = registry.checkRoom(row->stores); !done) return done;
    if (auto done = tellOf(*row); !done) return done;
    return transaction->commit();
}

Result<void> OperationStore::setStaffActive(const std::string& badge, bool active) {
    return changeStaff(badge, [active](Staff& staff) { staff.active = active; });
}

Result<void> OperationStore::setStaffPin(const std::string& badge, const std::string& pinHash) {
    return changeStaff(badge, [&pinHash](Staff& staff) { staff.pinHash = pinHash; });
}

Result<void> OperationStore::tellStaff(const DeviceRow& device) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    std::vector<Json> changes;
    if (auto done = StaffRegistry(database_).append(device.id, changes); !done) return done;
    for (const auto& change : changes)
        if (auto done = feed().tell(device.id, change, clock_.nowMs()); !done) return done;
    return transaction->commit();
}

Result<std::vector<StaffRow>> OperationStore::staff() {
    return StaffRegistry(database_).all();
}

Result<std::vector<StaffEventRow>> OperationStore::staffEvents(int limit) {
    return StaffRegistry(database_).events(limit);
}

} // namespace silta::hub
