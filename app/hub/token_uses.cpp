// What devices tell of tokens: redeemed, loaded, taken back.
#include "hub/token_registry.h"
#include "sync/protocol.h"

#include <silta/uuid.h>

namespace silta::hub {

namespace {

constexpr std::int64_t kUsersToldMax = 50; // operations on one token; a gift card can have been to many tills
constexpr std::size_t kStaffBytesMax = 100;
constexpr std::string_view kUseStart = "token."; // of an operation's type; the rest is token_use.kind

} // namespace

Result<TokenRegistry::Use> TokenRegistry::parseUse(const Operation& operation) {
    const Error wrong{Errc::Invalid, "read " + operation.type + ": a member is missing or malformed"};
    const auto& data = operation.data;
    Use use;
    use.pool = textMember(data, "pool", kPoolBytesMax).value_or("");
    use.amount = integerMember(data, "amount").value_or(0);
    const auto staff = textMember(data, "staff", kStaffBytesMax);
    const auto token = parseTokenPool(use.pool);
    if (!token || !staff || use.amount < 1 || use.amount > kMoneyMinorMax) return wrong;
    if (operation.entity != "pool/" + use.pool)
        return Error{Errc::Invalid, "apply operation: the entity is another token's"};
    use.token = *token;
    use.staff = *staff;
    use.of = textMember(data, "of").value_or("");
    if (operation.type == "token.reverse" && !isUuid(use.of)) return wrong;
    if (!data.contains("lease")) return use;
    auto lease = parseLeaseData(objectMember(data, "lease"));
    if (!lease) return lease.error();
    use.isOffline = lease->pool == offlinePool(use.token.campaign);
    if (!use.isOffline && lease->pool != use.pool) return wrong;
    use.lease = std::move(*lease);
    return use;
}

Result<bool> TokenRegistry::apply(const DeviceRow& device, const Operation& operation, LeaseRegistry leases) {
    auto use = parseUse(operation);
    if (!use) return use.error();
    if (operation.type == "token.redeem") return redeem(device, operation, *use, leases);
    if (operation.type == "token.reverse") return reverse(device, operation, *use, leases);
    auto why = open(use->token);
    if (!why) return why.error();
    // The customer has paid, whatever the chain thinks of the card.
    if (auto done = leases.addToPool(use->pool, use->amount); !done) return done.error();
    const bool isFlagged = !why->empty();
    if (auto done = write(device, operation, *use, true, isFlagged); !done) return done.error();
    return !isFlagged;
}

Result<bool> TokenRegistry::redeem(const DeviceRow& device, const Operation& operation, const Use& use,
                                   LeaseRegistry& leases) {
    auto known = find(use.token.campaign);
    if (!known) return known.error();
    const bool isCounted = !*known || (*known)->campaign.isCounted();
    auto why = isCounted ? open(use.token) : Result<std::string>(std::string());
    auto revoked = isRevoked(use.token);
    if (!why) return why.error();
    if (!revoked) return revoked.error();
    bool isCovered = !isCounted;
    bool isFlagged = *revoked || !why->empty();
    if (use.lease) {
        auto covered = leases.redeem(device, operation.incarnation, operation.id, *use.lease, use.amount);
        if (!covered) return covered;
        isCovered = *covered;
        isFlagged = isFlagged || !*covered;
    }
    if (isCounted && (use.isOffline || !use.lease)) {
        auto fits = leases.spendUnleased(device, operation.incarnation, operation.id, use.pool, use.amount);
        if (!fits) return fits;
        isCovered = *fits;
        isFlagged = isFlagged || !*fits || !use.lease;
    }
    if (auto done = write(device, operation, use, isCovered, isFlagged); !done) return done.error();
    auto contested = isContested(use.pool);
    if (!contested) return contested;
    if (*contested)
        if (auto done = tellUsers(use.pool); !done) return done.error();
    return !isFlagged;
}

Result<bool> TokenRegistry::reverse(const DeviceRow& device, const Operation& operation, const Use& use,
                                    LeaseRegistry& leases) {
    auto update = database_.prepare(
        "UPDATE token_use SET reversed = 1 WHERE device = ? AND operation_id = ? AND pool = ? AND amount = ? "
        "AND kind = 'redeem' AND reversed = 0 RETURNING covered");
    if (!update) return update.error();
    update->bind(0, device.id).bind(1, use.of).bind(2, use.pool).bind(3, use.amount);
    auto row = update->step();
    if (!row) return row.error();
    const bool isKnown = *row;
    const bool wasCovered = isKnown && update->integer(0) != 0;
    update->reset();
    if (isKnown)
        if (auto done = leases.giveBack(use.pool, use.amount, wasCovered); !done) return done.error();
    if (auto done = write(device, operation, use, true, !isKnown); !done) return done.error();
    return isKnown;
}

Result<void> TokenRegistry::write(const DeviceRow& device, const Operation& operation, const Use& use,
                                  bool isCovered, bool isFlagged) {
    auto insert = database_.prepare(
        "INSERT INTO token_use(device, operation_id, pool, campaign, kind, amount, staff, store_code, at_ms, "
        "offline, covered, flagged) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, device.id).bind(1, operation.id).bind(2, use.pool).bind(3, use.token.campaign);
    insert->bind(4, std::string_view(operation.type).substr(kUseStart.size())).bind(5, use.amount);
    insert->bind(6, use.staff).bind(7, device.storeCode).bind(8, nowMs_);
    return insert->bind(9, use.isOffline ? 1 : 0)
        .bind(10, isCovered ? 1 : 0)
        .bind(11, isFlagged ? 1 : 0)
        .run();
}

Result<bool> TokenRegistry::isContested(const std::string& pool) const {
    auto query = database_.prepare("SELECT 1 FROM token_use WHERE pool = ? AND kind = 'redeem' AND flagged = "
                                   "1 AND reversed = 0 LIMIT 1");
    if (!query) return query.error();
    return query->bind(0, pool).step();
}

Result<void> TokenRegistry::tellUsers(const std::string& pool) {
    auto query =
        database_.prepare("SELECT device, operation_id FROM token_use WHERE pool = ? AND kind = "
                          "'redeem' AND reversed = 0 ORDER BY at_ms DESC, operation_id DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(0, pool).bind(1, kUsersToldMax);
    std::vector<std::pair<std::string, std::string>> users;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        users.emplace_back(query->string(0), query->string(1));
    }
    for (const auto& [device, operation] : users) {
        const auto change = operationResult(operation, VerdictKind::Flag);
        if (auto done = feed_.tell(device, change, nowMs_); !done) return done;
    }
    return {};
}

} // namespace silta::hub
