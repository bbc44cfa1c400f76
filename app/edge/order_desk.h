// OrderDesk: what kiosk and till may do with orders, decided on this device's disk.
//
// With the uplink the hub decides what is promised. Without it the device promises by itself, from its share
// of its own store's shelf: it holds so many parts of the shelf as leases, which no other device can have at
// the same time. See app/docs/orders.md.
#pragma once

#include "edge/order_numbers.h"
#include "sync/journal.h"
#include "sync/order_book.h"

#include <silta/random.h>
#include <silta/time.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// All parts of a shelf, as the hub gives them out.
inline constexpr std::int64_t kShelfPartsOfStore = 60;
inline constexpr UtcMs kFigureAgeMaxMs = UtcMs{24} * 3'600'000; ///< an older one promises nothing

/// What the replica says of the shelf of this store.
struct ShelfCount {
    std::int64_t quantity = 0;
    UtcMs asOf = 0;
};
/// Nothing for what is not known.
using ShelfLookup = std::function<std::optional<ShelfCount>(const std::string& sku)>;

/// What may be promised of one line.
struct LinePromise {
    std::string sku;
    bool isKept = false;
    std::int64_t free = 0; ///< units that this device may promise by itself
};

/// Units that a device with `parts` of the shelf may promise of a product: its share of the figure less what
/// others took of it, less what it promised itself.
std::int64_t freeShare(const ShelfCount& count, std::int64_t parts, std::int64_t takenByOthers,
                       std::int64_t takenHere);

/// Thread: whoever holds the journal's mutex, for one call of Engine::withOrders().
class OrderDesk {
public:
    struct Setting {
        std::string storeCode;
        int deviceNumber = 0;
        std::string numberKey; ///< see OrderNumbers
        UtcMs nowMs = 0;
        bool isOnline = false;    ///< the last talk with the hub went well
        bool isTimeKnown = false; ///< not only estimated: see TrustedClock
    };
    OrderDesk(Journal& journal, Random& random, Setting setting)
        : journal_(journal), random_(random), setting_(std::move(setting)) {}

    /// What would be said now. Writes nothing.
    Result<std::vector<LinePromise>> check(OrderKind kind, const std::string& store,
                                           const std::vector<OrderLine>& lines,
                                           const ShelfLookup& shelf) const;
    /// Safe on disk when it returns; the same id again gives the same order. Errors: Conflict (the id is
    /// another order's), Limit, Full, Io.
    Result<KnownOrder> place(const OrderDraft& draft, const ShelfLookup& shelf);
    /// `request`: a UUID, with which asking again changes nothing; empty where there is none. `change.atMs`
    /// is the desk's to say: the machine's clock may be years off. Errors: NotFound, Conflict (not for the
    /// order as it is now; the request was another wish), Limit, Full, Io.
    Result<KnownOrder> change(const std::string& request, OrderChange change);
    /// Errors: NotFound.
    Result<KnownOrder> find(const std::string& id) const;
    Result<KnownOrder> findByNumber(const std::string& number) const;
    /// Those that are open, and those that came to an end and that somebody has to see to.
    Result<std::vector<KnownOrder>> open() const;

    [[nodiscard]] const Setting& setting() const { return setting_; }
    [[nodiscard]] bool hasWritten() const { return hasWritten_; }

private:
    /// What the shelf's figures do not know of yet: the orders that may have taken from it, and how many of
    /// the store's parts of the shelf are this device's.
    struct Taken {
        std::vector<KnownOrder> orders;
        std::int64_t parts = 0;
    };
    Result<Taken> taken(const std::vector<OrderLine>& lines) const;
    [[nodiscard]] LinePromise promiseOf(const OrderLine& line, const ShelfLookup& shelf,
                                        const Taken& taken) const;
    Result<Order> orderOf(const OrderDraft& draft, const ShelfLookup& shelf) const;
    [[nodiscard]] OrderNumbers numbers() const { return {setting_.deviceNumber, setting_.numberKey}; }
    /// The count of the next order of this device, 1..kOrderSerialMax, after which it begins again.
    Result<int> nextCount() const;
    Result<bool> isFree(int count) const;
    /// Puts to it what the hub refused.
    Result<KnownOrder> judged(Result<KnownOrder> known) const;

    Journal& journal_;
    Random& random_;
    Setting setting_;
    bool hasWritten_ = false;
};

} // namespace silta
