// What may be done from an order's card: the forms of its page. All texts are HTML.
#pragma once

#include "till/order_pages.h"
#include "web/form_body.h"

#include <string>
#include <string_view>

namespace silta::till {

/// Buttons of what comes next, and the word where it is handed over.
std::string actionForms(const OrderPage& page, Lang lang);
/// The cursor stands in one of actionForms(), so that Enter does it.
bool takesCursor(const OrderPage& page);
/// Of one line: it was not found on the shelf. Empty where that cannot be.
std::string missingForm(const OrderPage& page, const OrderLineFace& line, Lang lang);
/// Which stores have all of it, and to ask them. Empty where it is not wanted.
std::string elsewhereOf(const OrderPage& page, Lang lang);
std::string returnForm(const OrderPage& page, Lang lang);
std::string cancelForm(const OrderPage& page, Lang lang);
/// The money has been given back. Without the cursor: a second Enter must not say so.
std::string refundForm(const OrderPage& page, Lang lang);
/// Where the word is asked for: what to do when the shopper does not know it.
std::string forgottenForm(const OrderPage& page, Lang lang);
/// A reason of kReturnReasons, in words.
std::string_view returnReasonText(std::string_view reason, Lang lang);
/// The form that was sent, once more.
std::string againForm(const std::string& formToken, const FormFields& sent, Lang lang);

} // namespace silta::till
