// OperationStore's part in orders: each call is one transaction.
#include "hub/operation_store.h"

#include <algorithm>

namespace silta::hub {

OrderRegistry OperationStore::orders() {
    auto catalog = catalog_;
    if (catalog.database == nullptr && database_.dialect() == SqlDialect::Sqlite)
        catalog.database = &database_; // the importer works on this file too
    return {{database_, keys_, random_, ShelfFigures(catalog), clock_.nowMs()}, feed()};
}

Result<std::int64_t> OperationStore::tendOrders() {
    for (std::int64_t ended = 0;;) {
        auto transaction = Transaction::begin(database_);
        if (!transaction) return transaction.error();
        auto tended = orders().tend();
        if (!tended) return tended.error();
        if (auto done = transaction->commit(); !done) return done.error();
        ended += tended->ended;
        if (!tended->hasMore) return ended;
    }
}

/// The parts that are a device's own, if all devices of its store have as many. The pool is made when it is
/// first asked for.
Result<std::int64_t> OperationStore::shelfPartsFor(const DeviceRow& device) {
    auto devices = StaffRegistry(database_).devicesOf({device.storeCode});
    if (!devices) return devices.error();
    return kShelfParts / static_cast<std::int64_t>(std::max<std::size_t>(devices->size(), 1));
}

Result<void> OperationStore::openShelf(const DeviceRow& device,
                                       const std::vector<LeaseRegistry::Asking>& wanted) {
    const auto pool = shelfPool(device.storeCode);
    for (const auto& asking : wanted)
        if (asking.pool == pool) return leases().setPool(pool, kShelfParts);
    return {};
}

Result<OrderPerson> OperationStore::whoOrdered(const std::string& number, const std::string& id) {
    auto row = orderReader().findNamed(number, id);
    if (!row) return row.error();
    return OrderPeople(database_, keys_).find(row->order.id);
}

Result<void> OperationStore::eraseWhoOrdered(const std::string& number, const std::string& id) {
    auto row = orderReader().findNamed(number, id);
    if (!row) return row.error();
    return OrderPeople(database_, keys_).erase(row->order.id);
}

} // namespace silta::hub
