// The page of a receipt that was scanned: what is known of it, and whose its points are.
#pragma once

#include "till/pages.h"

#include <cstdint>
#include <string>

namespace silta::till {

inline constexpr std::string_view kReceiptPath = "/receipt";

enum class ReceiptOutcome { None, Given, Taken, NoCard };

struct ReceiptPage {
    Card receipt;
    ReceiptOutcome outcome = ReceiptOutcome::None;
    std::string formToken, request; ///< one wish: a second press gives nothing twice
    std::int64_t nowMs = 0;
};
std::string renderReceipt(const Frame& frame, const ReceiptPage& page);

} // namespace silta::till
