// Who ordered, and where to: under a key of their own each, so that they can be forgotten.
#pragma once

#include "hub/hub_keys.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <string>

namespace silta::hub {

struct OrderPerson {
    std::string name, email, phone, street, postcode, city, country, memberNumber;
    /// A carrier finds them, and somebody can ask them.
    [[nodiscard]] bool canBeDeliveredTo() const;
};

/// What was typed and sealed on a device. Errors: Invalid (not sealed to this hub, malformed).
Result<OrderPerson> unsealOrderPerson(const std::string& sealed, const HubKeys& keys);

/// Thread: the connection's owner. Every call but the reader belongs into the caller's transaction.
class OrderPeople {
public:
    OrderPeople(Database& database, const HubKeys& keys) : database_(database), keys_(keys) {}

    Result<void> keep(const std::string& orderId, const OrderPerson& person, Random& random);
    /// Errors: NotFound (nobody was named, or they are erased).
    Result<OrderPerson> find(const std::string& orderId) const;
    /// Destroys the key of who ordered.
    Result<void> erase(const std::string& orderId);
    /// The same for all whose orders ended before.
    Result<void> eraseBefore(UtcMs endedMs);

private:
    Database& database_;
    const HubKeys& keys_;
};

} // namespace silta::hub
