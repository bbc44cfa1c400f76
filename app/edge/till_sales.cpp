#include "edge/till_sales.h"

#include "edge/rate.h"
#include "edge/replies.h"
#include "edge/sale_book.h"
#include "shopper/sale.h"

#include <silta/uuid.h>

#include <memory>

namespace silta {

namespace {

constexpr std::size_t kSaleBodyBytesMax = 20 * 1024; // the box and what is around it
constexpr int kSalesPerMinute =
    1'200; // of all POS of a large store, five times over; a limit for a broken one
constexpr std::size_t kFingerprintBytes = 64;

struct TillSales {
    Engine& engine;
    StaffCheck isStaff;
    RatePerMinute sales;
};

bool isBox(const std::string& sealed) {
    return !sealed.empty() && fromBase64(sealed).has_value();
}

Result<ToldSale> readSale(const Json& body) {
    ToldSale sale{textMember(body, "saleId").value_or(""),
                  textMember(body, "receipt", kReceiptNumberBytesMax).value_or(""),
                  textMember(body, "sealed", kSaleSealedBytesMax).value_or(""),
                  {}};
    const auto total = integerMember(body, "totalMinor");
    const auto atMs = integerMember(body, "atMs");
    sale.facts.fingerprint = textMember(body, "fingerprint", kFingerprintBytes).value_or("");
    sale.facts.currency = textMember(body, "currency").value_or("");
    sale.facts.totalMinor = total.value_or(0);
    sale.facts.atMs = atMs.value_or(0);
    sale.facts.isSomebodys = boolMember(body, "hasMember").value_or(false);
    const bool isSound = isUuid(sale.saleId) && isReceiptNumber(sale.receipt) && isBox(sale.sealed) &&
                         sale.facts.fingerprint.size() == kFingerprintBytes && total && atMs &&
                         Currency::parse(sale.facts.currency).has_value();
    if (!isSound) return Error{Errc::Invalid, "record sale: a member is missing or malformed"};
    return sale;
}

HttpResponse recordReply(TillSales& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kSaleBodyBytesMax);
    if (!body) return errorReply(body.error());
    auto sale = readSale(*body);
    if (!sale) return errorReply(sale.error());
    if (!till.sales.take()) return tooMany();
    auto isNew = till.engine.withSales([&](SaleBook& book) { return book.record(*sale); });
    return isNew ? jsonReply({{"new", *isNew}}) : errorReply(isNew.error());
}

HttpResponse linkReply(TillSales& till, const HttpRequest& request) {
    auto body = parseJson(request.body, kSaleBodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto linkId = textMember(*body, "linkId").value_or("");
    const auto staff = textMember(*body, "staff").value_or("");
    const auto receipt = textMember(*body, "receipt", kReceiptNumberBytesMax).value_or("");
    const auto sealed = textMember(*body, "sealed", kSaleSealedBytesMax).value_or("");
    if (!isUuid(linkId) || !isReceiptNumber(receipt) || !isBox(sealed))
        return errorReply({Errc::Invalid, "link receipt: a member is missing or malformed"});
    if (!isUuid(staff) || !till.isStaff(staff, false)) return jsonReply({{"word", "not-allowed"}}, 403);
    if (!till.sales.take()) return tooMany();
    auto isNew = till.engine.withSales([&](SaleBook& book) { return book.link(linkId, receipt, sealed); });
    return isNew ? jsonReply({{"new", *isNew}}) : errorReply(isNew.error());
}

} // namespace

std::vector<HttpServer::Route> tillSaleRoutes(Engine& engine, StaffCheck staff, const Clock& clock) {
    const std::shared_ptr<TillSales> till(new TillSales{engine, std::move(staff), {kSalesPerMinute, clock}});
    return {{"POST", "/v1/sales", [till](const HttpRequest& request) { return recordReply(*till, request); }},
            {"POST", "/v1/sales/links",
             [till](const HttpRequest& request) { return linkReply(*till, request); }}};
}

Result<Json> receiptCard(Engine& engine, const std::string& number) {
    Json card = {{"kind", "receipt"}, {"number", number}};
    auto looked = engine.withSales([&](SaleBook& book) -> Result<bool> {
        const auto known = book.find(number);
        if (!known && known.error().code != Errc::NotFound) return known.error();
        card["taken"] = known && known->isSomebodys;
        if (known && !known->saleId.empty())
            card["sale"] = {
                {"currency", known->currency}, {"totalMinor", known->totalMinor}, {"atMs", known->atMs}};
        return false;
    });
    return looked ? Result<Json>(std::move(card)) : looked.error();
}

} // namespace silta
