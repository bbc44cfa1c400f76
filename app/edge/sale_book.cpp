#include "edge/sale_book.h"

namespace silta {

Result<KnownReceipt> SaleBook::find(const std::string& receipt) const {
    auto query = journal_.database().prepare("SELECT sale_id, fingerprint, currency, total_minor, at_ms, "
                                             "somebodys, link_id FROM receipt WHERE number = ?");
    if (!query) return query.error();
    auto row = query->bind(0, receipt).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find receipt: nobody told of it here"};
    return KnownReceipt{query->string(0),  query->string(1),       query->string(2), query->integer(3),
                        query->integer(4), query->integer(5) != 0, query->string(6)};
}

Result<std::string> SaleBook::receiptOf(const std::string& saleId) const {
    auto query = journal_.database().prepare("SELECT number FROM receipt WHERE sale_id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, saleId).step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> SaleBook::forgetOld(Database& database) const {
    auto forget = database.prepare("DELETE FROM receipt WHERE kept_ms < ?");
    return forget ? forget->bind(0, nowMs_ - kReceiptKeptMs).run() : forget.error();
}

Result<bool> SaleBook::record(const ToldSale& sale) {
    const auto& facts = sale.facts;
    auto other = receiptOf(sale.saleId);
    if (!other) return other.error();
    auto known = find(sale.receipt);
    if (!known && known.error().code != Errc::NotFound) return known.error();
    const bool isTold = known && !known->saleId.empty();
    if (isTold && known->fingerprint == facts.fingerprint) return false;
    if (isTold || (!other->empty() && *other != sale.receipt))
        return Error{Errc::Conflict, "record sale: the name or the receipt is another sale's"};
    auto recorded = journal_.record(
        {.entity = "sale/" + sale.saleId, .type = "sale.record"},
        [&](Database& database, const OperationStamp&) -> Result<Json> {
            if (auto done = forgetOld(database); !done) return done.error();
            auto upsert = database.prepare(
                "INSERT INTO receipt(number, sale_id, fingerprint, currency, total_minor, at_ms, somebodys, "
                "kept_ms) VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(number) DO UPDATE SET sale_id = "
                "excluded.sale_id, fingerprint = excluded.fingerprint, currency = excluded.currency, "
                "total_minor = excluded.total_minor, at_ms = excluded.at_ms, somebodys = max(somebodys, "
                "excluded.somebodys)");
            if (!upsert) return upsert.error();
            upsert->bind(0, sale.receipt).bind(1, sale.saleId).bind(2, facts.fingerprint);
            upsert->bind(3, facts.currency).bind(4, facts.totalMinor).bind(5, facts.atMs);
            upsert->bind(6, facts.isSomebodys ? 1 : 0).bind(7, nowMs_);
            if (auto done = upsert->run(); !done) return done.error();
            return Json{{"id", sale.saleId}, {"sealed", sale.sealed}};
        });
    return recorded ? Result<bool>(true) : recorded.error();
}

Result<bool> SaleBook::link(const std::string& linkId, const std::string& receipt,
                            const std::string& sealed) {
    auto known = find(receipt);
    if (!known && known.error().code != Errc::NotFound) return known.error();
    if (known && known->linkId == linkId) return false;
    if (known && known->isSomebodys) return Error{Errc::Conflict, "link receipt: it is somebody's already"};
    auto recorded = journal_.record(
        {.entity = "sale/" + linkId, .type = "sale.link"},
        [&](Database& database, const OperationStamp&) -> Result<Json> {
            if (auto done = forgetOld(database); !done) return done.error();
            auto upsert = database.prepare(
                "INSERT INTO receipt(number, somebodys, link_id, kept_ms) VALUES(?1, 1, ?2, ?3) "
                "ON CONFLICT(number) DO UPDATE SET somebodys = 1, link_id = excluded.link_id");
            if (!upsert) return upsert.error();
            if (auto done = upsert->bind(0, receipt).bind(1, linkId).bind(2, nowMs_).run(); !done)
                return done.error();
            return Json{{"id", linkId}, {"sealed", sealed}};
        });
    return recorded ? Result<bool>(true) : recorded.error();
}

} // namespace silta
