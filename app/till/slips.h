// What the till prints: slips from what it shows, and the words for what became of them.
#pragma once

#include "till/order_face.h"
#include "till/pages.h"

#include <silta/printer.h>

#include <cstdint>
#include <string>

namespace silta::till {

inline constexpr std::string_view kPrintPath = "/print";

/// For the customer: the coupon as a code, and the new member's number where there is one.
Slip couponSlip(const Frame& frame, const CouponFace& coupon, const std::string& memberNumber);
/// For the shelf and the bag: number, code and lines; nobody's name.
Slip orderSlip(const Frame& frame, const OrderFace& order);

/// What is printed again by the same form: `what` is "coupon" or "order".
struct PrintWish {
    std::string what;
    std::string id;     ///< of an order
    std::string code;   ///< of a coupon
    std::string number; ///< of a new member; may be empty
};
/// The button; where there is no printer, that there is none.
std::string printForm(const Frame& frame, const PrintWish& wish, bool isAgain = false);
std::string renderPrinted(const Frame& frame, PrintOutcome outcome, const PrintWish& wish);

} // namespace silta::till
