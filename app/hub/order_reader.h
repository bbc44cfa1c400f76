// OrderReader: what is read of orders at the hub, by devices, shoppers' phones and people at headquarters.
#pragma once

#include "hub/device_registry.h"
#include "shopper/order.h"

#include <silta/store.h>
#include <silta/time.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

struct OrderRow {
    Order order;
    std::string device; ///< which made it
    std::int64_t rev = 0;
    UtcMs endedMs = 0; ///< 0 = open
};

struct OrderEventRow {
    std::string device, storeCode, action, by, detail;
    UtcMs atMs = 0; ///< by the device's clock, never after its receipt
    std::string outcome;
};

/// Thread: the connection's owner.
class OrderReader {
public:
    explicit OrderReader(Database& database) : database_(database) {}

    /// Errors: NotFound.
    Result<OrderRow> find(const std::string& id) const;
    Result<OrderRow> findByNumber(const std::string& number) const;
    /// One of whom people speak by number, or by its id where that is given. Errors: NotFound, Conflict (the
    /// number is of several orders, of which a device that lost its journal made the later one).
    Result<OrderRow> findNamed(const std::string& number, const std::string& id) const;
    Result<OrderRow> findByPage(const std::string& pageKey) const;
    /// Newest first; of one store, or of all for "".
    Result<std::vector<OrderRow>> list(const std::string& store, bool onlyOpen, int limit) const;
    /// Those that were paid and came to nothing, and whose money has not been given back; as list().
    Result<std::vector<OrderRow>> owingRefund(const std::string& store, std::size_t limit) const;
    struct Return {
        std::string orderId, number;
        OrderEventRow event; ///< its detail says what, why and in which condition
    };
    /// What was taken back, newest first; of one store, or of all for "".
    Result<std::vector<Return>> returns(const std::string& store, int limit) const;
    struct ShelfHolder {
        std::string store, device;
        std::int64_t parts = 0;
        UtcMs sinceMs = 0;
    };
    /// Which devices hold parts of their store's shelf; of one store, or of all for "".
    Result<std::vector<ShelfHolder>> shelfHolders(const std::string& store) const;
    Result<std::vector<OrderEventRow>> events(const std::string& orderId) const;
    /// What this device is told of the order.
    Result<Json> putFor(const OrderRow& row, std::string_view device) const;
    struct Part {
        std::int64_t afterRow = 0;
        std::size_t ordersMax = 0;
        UtcMs endedAfterMs = 0;
    };
    /// Puts behind `changes` what a device must know of its store's orders: those that are open, and those
    /// that ended lately, so that it hands none of them over again. Gives the last row, or nothing at the
    /// end.
    Result<std::optional<std::int64_t>> append(std::string_view device, const Part& part,
                                               std::vector<Json>& changes) const;

private:
    Result<OrderRow> readOne(const char* sql, std::string_view key) const;
    Database& database_;
};

} // namespace silta::hub
