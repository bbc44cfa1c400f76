#include "hub/sale_registry.h"

#include "hub/member_registry.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <algorithm>
#include <utility>

namespace silta::hub {

namespace {

/// Whose it is: the card that was shown with the sale, else the one that was shown with the receipt.
constexpr const char* kCounted =
    "SELECT s.id, s.device, s.store_code, s.received_ms, s.points, s.document, "
    "CASE WHEN s.member_number <> '' THEN s.member_number ELSE coalesce(l.member_number, '') END "
    "FROM sale AS s LEFT JOIN sale_link AS l ON l.store_code = s.store_code AND l.receipt = s.receipt "
    "WHERE ?1 = '' OR s.receipt = ?1 ORDER BY s.received_ms DESC, s.id DESC LIMIT ?2";

constexpr const char* kStanding =
    "SELECT CAST(coalesce(sum(points), 0) AS BIGINT), "
    "CAST(coalesce(sum(CASE WHEN at_ms >= ?2 THEN points ELSE 0 END), 0) AS BIGINT) FROM ("
    "SELECT s.points, s.at_ms FROM sale AS s WHERE s.member_number IN (SELECT number FROM member WHERE id = "
    "?1 UNION SELECT number FROM member_alias WHERE member_id = ?1) "
    "UNION ALL SELECT s.points, s.at_ms FROM sale_link AS l JOIN sale AS s ON s.store_code = l.store_code "
    "AND s.receipt = l.receipt AND s.member_number = '' WHERE l.member_number IN (SELECT number FROM member "
    "WHERE id = ?1 UNION SELECT number FROM member_alias WHERE member_id = ?1)) AS counted";

Result<Json> unsealed(const Operation& operation, const HubKeys& keys) {
    const auto id = textMember(operation.data, "id").value_or("");
    const auto box = fromBase64(textMember(operation.data, "sealed", kSaleSealedBytesMax).value_or(""));
    if (!isUuid(id) || operation.entity != "sale/" + id || !box)
        return Error{Errc::Invalid, "read sale: a member is missing or malformed"};
    auto text = openSealed(*box, keys.seal);
    if (!text) return text.error();
    return parseJson(*text, kSaleBytesMax);
}

} // namespace

Result<bool> SaleRegistry::apply(const DeviceRow& device, const Operation& operation) {
    auto json = unsealed(operation, keys_);
    if (!json) return json.error();
    const auto id = textMember(operation.data, "id").value_or("");
    if (operation.type == "sale.record") {
        auto sale = parseSale(*json);
        return sale ? record(device, id, *sale) : sale.error();
    }
    auto whose = parseSaleLink(*json);
    return whose ? link(device, id, *whose) : whose.error();
}

Result<std::string> SaleRegistry::livingMember(const std::string& number) const {
    auto erased = MemberRegistry(database_, keys_, random_).isErased(number);
    if (!erased) return erased.error();
    return *erased ? std::string() : number;
}

Result<bool> SaleRegistry::record(const DeviceRow& device, const std::string& id, Sale sale) {
    auto member = livingMember(sale.member);
    if (!member) return member.error();
    sale.member = std::move(*member);
    const auto document = encrypt(dumpJson(toJson(sale)), keys_.masterKey, id);
    if (!document) return document.error();
    auto insert =
        database_.prepare("INSERT INTO sale(id, device, store_code, pos, receipt, at_ms, received_ms, "
                          "currency, total_minor, points, member_number, document) "
                          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    insert->bind(0, id).bind(1, device.id).bind(2, device.storeCode).bind(3, sale.posName);
    insert->bind(4, sale.receipt).bind(5, std::min(sale.atMs, nowMs_)).bind(6, nowMs_);
    insert->bind(7, sale.currency.code()).bind(8, sale.totalMinor);
    insert->bind(9, pointsFor(sale.totalMinor, sale.currency)).bind(10, sale.member);
    if (auto done = insert->bindBlob(11, *document).run(); !done) return done.error();
    return database_.changes() == 1;
}

Result<bool> SaleRegistry::link(const DeviceRow& device, const std::string& id, SaleLink link) {
    auto member = livingMember(link.member);
    if (!member) return member.error();
    link.member = std::move(*member);
    auto insert =
        database_.prepare("INSERT INTO sale_link(store_code, receipt, id, member_number, staff_id, at_ms, "
                          "received_ms) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    if (!insert) return insert.error();
    insert->bind(0, device.storeCode).bind(1, link.receipt).bind(2, id).bind(3, link.member);
    if (auto done = insert->bind(4, link.staffId).bind(5, link.atMs).bind(6, nowMs_).run(); !done)
        return done.error();
    return database_.changes() == 1;
}

Result<void> SaleRegistry::forget(const std::string& memberId) {
    auto query =
        database_.prepare("SELECT id, document FROM sale WHERE member_number IN (SELECT number FROM member "
                          "WHERE id = ?1 UNION SELECT number FROM member_alias WHERE member_id = ?1)");
    if (!query) return query.error();
    query->bind(0, memberId);
    std::vector<std::pair<std::string, std::string>> theirs; ///< id and document
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        theirs.emplace_back(query->string(0), std::string(query->blob(1)));
    }
    auto update = database_.prepare("UPDATE sale SET member_number = '', document = ? WHERE id = ?");
    if (!update) return update.error();
    for (const auto& [id, document] : theirs) {
        const auto text = decrypt(document, keys_.masterKey, id);
        auto json = text ? parseJson(*text, kSaleBytesMax) : Result<Json>(text.error());
        if (!json) return Error{Errc::Corrupt, "forget sale: its receipt cannot be read"};
        json->erase("member");
        const auto nobodys = encrypt(dumpJson(*json), keys_.masterKey, id);
        if (!nobodys) return nobodys.error();
        if (auto done = update->bindBlob(0, *nobodys).bind(1, id).run(); !done) return done;
    }
    // The link stays, so that nobody else takes the points.
    auto unlink =
        database_.prepare("UPDATE sale_link SET member_number = '' WHERE member_number IN (SELECT number "
                          "FROM member WHERE id = ?1 UNION SELECT number FROM member_alias WHERE "
                          "member_id = ?1)");
    if (!unlink) return unlink.error();
    return unlink->bind(0, memberId).run();
}

Result<Standing> SaleRegistry::standingOf(const std::string& memberId) const {
    auto query = database_.prepare(kStanding);
    if (!query) return query.error();
    auto row = query->bind(0, memberId).bind(1, nowMs_ - kTierMs).step();
    if (!row) return row.error();
    if (!*row) return Standing{};
    return Standing{query->integer(0), tierFor(query->integer(1))};
}

Result<std::vector<SaleRow>> SaleRegistry::list(const std::string& receipt, int limit) const {
    auto query = database_.prepare(kCounted);
    if (!query) return query.error();
    query->bind(0, receipt).bind(1, limit);
    std::vector<SaleRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        const auto id = query->string(0);
        const auto text = decrypt(query->blob(5), keys_.masterKey, id);
        const auto json = text ? parseJson(*text, kSaleBytesMax) : Result<Json>(text.error());
        auto sale = json ? parseSale(*json) : Result<Sale>(json.error());
        if (!sale) return Error{Errc::Corrupt, "read sale: its receipt cannot be read"};
        rows.push_back({id, query->string(1), query->string(2), query->integer(3), query->integer(4),
                        query->string(6), std::move(*sale)});
    }
}

} // namespace silta::hub
