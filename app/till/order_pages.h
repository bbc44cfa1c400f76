// The till's pages for orders: the lists, and the card of one order with what may be done now. No I/O.
#pragma once

#include "till/order_face.h"
#include "till/pages.h"
#include "web/form_body.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silta::till {

inline constexpr std::string_view kOrdersPath = "/orders"; ///< ?list=
inline constexpr std::string_view kOrderPath = "/order";   ///< GET ?id=; POST: what is to be done

struct OrdersPage {
    OrderList list = OrderList::HandOver;
    OrderListing listing;
    std::int64_t nowMs = 0; ///< what is late is late at this time
};
std::string renderOrders(const Frame& frame, const OrdersPage& page);

/// What was tried on the page before.
enum class OrderOutcome { Nothing, Done, WrongWord, WordNeeded, NotNow, NothingChosen, ReasonMissing };

struct OrderPage {
    OrderFace order;
    std::string formToken;
    std::string request;   ///< UUID of what a form of this page will ask
    std::string storeCode; ///< of this store
    std::int64_t nowMs = 0;
    bool isSupervisor = false; ///< who looks at it
    OrderOutcome outcome = OrderOutcome::Nothing;
    std::int64_t returnedMinor = 0; ///< what came back with the change that was just done
};
std::string renderOrder(const Frame& frame, const OrderPage& page);

/// Edge did not answer a change, and may have made it: what was sent may be sent again.
std::string renderUnanswered(const Frame& frame, const std::string& formToken, const FormFields& sent);

/// The reason of a return whose lines were asked for with several: each has its own.
inline constexpr std::string_view kReasonAsAsked = "as_asked";
/// Name of the field that says how many of the order's line `index` came back.
std::string returnField(std::size_t index);

} // namespace silta::till
