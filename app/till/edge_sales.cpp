// What the till tells silta-edge of sales: see app/docs/till-api.md.
#include "till/edge_link.h"

namespace silta::till {

namespace {

constexpr int kSaleConflict = 409, kSaleFull = 507;

Result<void> saleOutcome(const Result<HttpReply>& reply) {
    if (!reply) return reply.error();
    if (reply->status == kSaleConflict) return Error{Errc::Conflict, "tell of sale: it is another one's"};
    if (reply->status == kSaleFull) return Error{Errc::Full, "tell of sale: the device is full"};
    return reply->status == 200 ? Result<void>{} : unixStatusError(reply->status);
}

} // namespace

Result<void> UnixEdgeLink::recordSale(const SaleTelling& sale) {
    return saleOutcome(edge_.send("POST", "/v1/sales",
                                  {{"saleId", sale.saleId},
                                   {"receipt", sale.receipt},
                                   {"fingerprint", sale.fingerprint},
                                   {"currency", sale.currency},
                                   {"totalMinor", sale.totalMinor},
                                   {"atMs", sale.atMs},
                                   {"hasMember", sale.hasMember},
                                   {"sealed", sale.sealed}}));
}

Result<void> UnixEdgeLink::linkReceipt(const std::string& linkId, const std::string& staffId,
                                       const std::string& receipt, const std::string& sealed) {
    return saleOutcome(
        edge_.send("POST", "/v1/sales/links",
                   {{"linkId", linkId}, {"staff", staffId}, {"receipt", receipt}, {"sealed", sealed}}));
}

} // namespace silta::till
