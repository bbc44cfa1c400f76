// How kiosk and till are told of orders: see app/docs/orders.md, "JSON of an order".
#pragma once

#include "core/json.h"
#include "edge/till_products.h"
#include "sync/order_book.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// Who reads it decides how much of it there is.
enum class OrderReaderKind {
    Owner,  ///< who placed it, at the kiosk, or who knows its unguessable id
    Anyone, ///< who scanned a slip: neither word nor initials nor page
    Staff,  ///< also what may be done with it now
};

struct OrderViewing {
    OrderReaderKind reader = OrderReaderKind::Anyone;
    std::string lang, storeCode;
    std::string publicUrl;   ///< of the hub; empty: there is no page
    bool hasShelves = false; ///< also where each line lies in this store, which takes a look-up each
};

/// Reads names from the catalogue where there is one.
Json orderJson(const KnownOrder& known, const OrderViewing& viewing, TillProducts& products);

inline constexpr std::size_t kOrderListMax = 200;
enum class OrderList { HandOver, Pick, Look };
/// "hand-over", "pick", "look".
std::optional<OrderList> orderListNamed(std::string_view name);
/// Those of the list, of orders that `storeCode` serves (or, to look at, made), in the order in which to see
/// to them.
std::vector<KnownOrder> listed(std::vector<KnownOrder> orders, OrderList list, const std::string& storeCode,
                               UtcMs nowMs);

/// The number in a scanned or typed text; nothing where it is none of an order.
std::optional<std::string> orderNumberIn(std::string_view text);
/// Whether somebody knows the word: case, diacritics and blanks around do not count.
bool isOrderWord(std::string_view said, const Order& order);

} // namespace silta
