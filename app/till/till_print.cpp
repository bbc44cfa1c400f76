// Slips that staff have printed.
#include "core/digits.h"
#include "shopper/sale.h"
#include "till/limits.h"
#include "till/till.h"

#include <silta/uuid.h>

namespace silta::till {

Result<Slip> Till::slipOf(const Context& context, const PrintWish& wish) {
    const Error none{Errc::NotFound, "print: nothing that is printed"};
    const auto frame = frameOf(context);
    if (wish.what == "order") {
        if (!isUuid(wish.id)) return none;
        auto order = edge_.order(wish.id, context.lang);
        return order ? Result<Slip>(orderSlip(frame, *order)) : order.error();
    }
    const bool isNumber =
        (wish.number.empty() || allDigits(wish.number)) && wish.number.size() <= kSaleMemberDigitsMax;
    if (wish.what != "coupon" || wish.code.empty() || !isNumber) return none;
    auto card = edge_.resolve(wish.code, context.lang);
    if (!card) return card.error();
    if (card->kind != CardKind::WelcomeCoupon) return none;
    return couponSlip(frame, card->coupon, wish.number);
}

HttpResponse Till::print(Context& context) {
    const PrintWish wish{fieldOf(context.form, "what"), fieldOf(context.form, "id"),
                         fieldOf(context.form, "code"), fieldOf(context.form, "number")};
    auto slip = slipOf(context, wish);
    if (!slip && slip.error().code == Errc::NotFound)
        return messagePage(context, Word::NotFound, Word::NotFoundText, 404);
    if (!slip) return failurePage(context, slip.error());
    const bool mayWait = ++printsWaiting_ <= kPrintsWaitingMax;
    const auto outcome = printer_ == nullptr || !mayWait ? PrintOutcome::Offline : printer_->print(*slip);
    --printsWaiting_;
    return page(200, renderPrinted(frameOf(context), outcome, wish));
}

} // namespace silta::till
