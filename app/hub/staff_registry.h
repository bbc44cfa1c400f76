// Staff of a chain: who may sign in at the tills of which stores, and what they did there.
#pragma once

#include "hub/device_registry.h"
#include "sync/staff_book.h"

#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

struct StaffRow {
    Staff staff;
    std::vector<std::string> stores;
    UtcMs changedMs = 0;
};

struct StaffEventRow {
    std::string device, storeCode, staffId;
    std::string badge, name; ///< as they are now; empty: unknown here
    std::string action;
    UtcMs atMs = 0; ///< by the device's clock
};

/// What devices are told of somebody.
Json staffPut(const Staff& staff);

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class StaffRegistry {
public:
    explicit StaffRegistry(Database& database) : database_(database) {}

    /// Errors: Limit (one of these stores has more than kStaffOfStoreMax who work there now).
    Result<void> checkRoom(const std::vector<std::string>& stores) const;
    /// Errors: Conflict (the badge is somebody's), Limit (kStaffOfStoreMax).
    Result<void> add(const Staff& staff, const std::vector<std::string>& stores, UtcMs nowMs);
    Result<void> update(const Staff& staff, UtcMs nowMs);
    /// Errors: NotFound.
    Result<StaffRow> find(const std::string& badge) const;
    Result<std::vector<StaffRow>> all() const;
    /// Somebody of this id was taken on in the store, whether or not they still may sign in.
    Result<bool> worksIn(const std::string& staffId, const std::string& storeCode) const;
    Result<bool> isSupervisor(const std::string& staffId) const;
    /// Devices in use of these stores.
    Result<std::vector<std::string>> devicesOf(const std::vector<std::string>& stores) const;
    /// Puts behind `changes` what a device that knows nothing has to know.
    Result<void> append(std::string_view device, std::vector<Json>& changes) const;
    Result<void> note(const DeviceRow& device, const std::string& operationId, const StaffEvent& event,
                      UtcMs nowMs);
    Result<std::vector<StaffEventRow>> events(int limit) const;

private:
    Result<std::vector<std::string>> storesOf(const std::string& staffId) const;

    Database& database_;
};

} // namespace silta::hub
