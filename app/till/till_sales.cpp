// Sales: what a POS tells over POST /v1/sales, and receipts that are scanned here. See app/docs/sales.md.
#include "core/log.h"
#include "shopper/sale.h"
#include "till/limits.h"
#include "till/till.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

namespace silta::till {

namespace {

constexpr int kUnauthorized = 401, kConflict = 409, kTooLong = 413, kUnprocessable = 422, kTooMany = 429,
              kStorageFull = 507;

HttpResponse posAnswer(int status, const Json& body) {
    HttpResponse response;
    response.status = status;
    response.body = dumpJson(body);
    response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
    if (status == kUnauthorized) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    if (status == kTooMany) response.headers.push_back({"Retry-After", "60"});
    if (status == 503) response.headers.push_back({"Retry-After", "5"});
    return response;
}

HttpResponse posError(int status, std::string_view words) {
    return posAnswer(status, {{"error", words}});
}

HttpResponse posFailure(const Error& error) {
    log::warning("till", "{}", error.what);
    switch (error.code) {
    case Errc::Conflict:
        return posError(kConflict, "another sale has this key or this receipt");
    case Errc::Full:
        return posError(kStorageFull, "the store's device is full");
    case Errc::Limit:
        return posError(kTooMany, "too many sales");
    default:
        return posError(503, "the store's device cannot take it now");
    }
}

/// What makes two tellings the same sale, without whose it is: nobody is found by it on a stolen device.
std::string fingerprintOf(const Sale& sale) {
    auto json = toJson(sale);
    json.erase("member");
    return sha256Hex(dumpJson(json));
}

} // namespace

HttpResponse Till::sale(const HttpRequest& request) {
    if (request.refusal != 0) return posError(request.refusal, "too long");
    if (request.method != "POST") return posError(405, "POST only");
    const auto pos = posKeys_.posOf(request.header("authorization"));
    if (pos.empty()) return posError(kUnauthorized, "not the key of a POS of this store");
    const std::string id(request.header("idempotency-key"));
    if (!isUuid(id)) return posError(400, "Idempotency-Key is no UUID");
    auto json = parseJson(request.body, kSaleBodyBytesMax);
    if (!json && json.error().code == Errc::Limit) return posError(kTooLong, "too long");
    if (!json || !json->is_object()) return posError(400, "no JSON object");
    (*json)["pos"] = pos;
    const auto sale = parseSale(*json);
    if (!sale && sale.error().code == Errc::Limit) return posError(kTooLong, sale.error().what);
    if (!sale) return posError(kUnprocessable, sale.error().what);
    const auto desk = this->desk(0);
    if (!desk) return posFailure(desk.error());
    auto box = sealed(*desk, toJson(*sale));
    if (!box) return posFailure(box.error());
    const auto told =
        edge_.recordSale({id, sale->receipt, fingerprintOf(*sale), std::string(sale->currency.code()),
                          sale->totalMinor, sale->atMs, !sale->member.empty(), std::move(*box)});
    if (!told) return posFailure(told.error());
    Json answer = {{"saleId", id}, {"receipt", sale->receipt}};
    if (!sale->member.empty()) answer["points"] = pointsFor(sale->totalMinor, sale->currency);
    return posAnswer(200, answer);
}

HttpResponse Till::receiptPage(const Context& context, ReceiptPage shown, int status) {
    shown.formToken = tokenOf(context, kReceiptPath);
    if (shown.request.empty()) shown.request = makeUuid(clock_, random_);
    shown.nowMs = clock_.nowMs();
    return page(status, renderReceipt(frameOf(context), shown));
}

HttpResponse Till::giveReceipt(Context& context) {
    ReceiptPage shown;
    shown.request = fieldOf(context.form, "request");
    const auto number = fieldOf(context.form, "receipt");
    const std::string typed(trimmed(fieldOf(context.form, "member")));
    if (!isUuid(shown.request) || !isReceiptNumber(number))
        return messagePage(context, Word::Failed, Word::FailedText, 400);
    auto receipt = edge_.resolve(number, context.lang);
    if (!receipt) return failurePage(context, receipt.error());
    if (receipt->kind != CardKind::Receipt) return messagePage(context, Word::Failed, Word::FailedText, 400);
    shown.receipt = *receipt;
    const bool isContact = isEmailAddress(typed) || looksLikePhone(typed); // never leaves here unsealed
    auto card = typed.empty() || isContact ? Result<Card>(Card{}) : edge_.resolve(typed, context.lang);
    if (!card) return failurePage(context, card.error());
    if (card->kind != CardKind::Member) {
        shown.outcome = ReceiptOutcome::NoCard;
        return receiptPage(context, std::move(shown), kUnprocessable);
    }
    auto box =
        sealed(context.desk, toJson(SaleLink{number, card->text, context.session->staffId, clock_.nowMs()}));
    if (!box) return failurePage(context, box.error());
    const auto linked = edge_.linkReceipt(shown.request, context.session->staffId, number, *box);
    if (!linked && linked.error().code != Errc::Conflict) return failurePage(context, linked.error());
    shown.outcome = linked ? ReceiptOutcome::Given : ReceiptOutcome::Taken;
    return receiptPage(context, std::move(shown), linked ? 200 : kConflict);
}

} // namespace silta::till
