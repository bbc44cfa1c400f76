#include "sync/lease_book.h"

#include "core/mutant.h"
#include "sync/operation.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kProofBytesMax = 100; // 64 bytes in base64url

Lease readRow(const Statement& query) {
    return {query.string(0),  query.string(1),  query.string(2), static_cast<LeaseState>(query.integer(3)),
            query.integer(4), query.integer(5), query.string(6)};
}

Error noneLeft() {
    return {Errc::NotFound, "use lease: none is open"};
}

} // namespace

std::string leaseText(std::string_view device, const Lease& lease) {
    return fmt::format("silta-lease:{}:{}:{}:{}:{}", device, lease.incarnation, lease.id, lease.pool,
                       lease.granted);
}

Json leaseData(const Lease& lease) {
    return {{"lease", lease.id},        {"pool", lease.pool}, {"inc", lease.incarnation},
            {"granted", lease.granted}, {"used", lease.used}, {"proof", lease.proof}};
}

Result<Lease> parseLeaseData(const Json& data) {
    Lease lease;
    lease.id = textMember(data, "lease", kOperationNameBytesMax).value_or("");
    lease.pool = textMember(data, "pool", kPoolBytesMax).value_or("");
    lease.incarnation = textMember(data, "inc", kOperationNameBytesMax).value_or("");
    lease.granted = integerMember(data, "granted").value_or(-1);
    lease.used = integerMember(data, "used").value_or(-1);
    lease.proof = textMember(data, "proof", kProofBytesMax).value_or("");
    if (!isUuid(lease.id) || !isPoolName(lease.pool) || lease.incarnation.empty() || lease.granted < 1 ||
        lease.granted > kLeaseRightsMax || lease.used < 0 || lease.used > lease.granted)
        return Error{Errc::Invalid, "read lease: a member is missing or malformed"};
    return lease;
}

bool isPoolName(std::string_view name) {
    return !name.empty() && name.size() <= kPoolBytesMax && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
    });
}

std::string shelfPool(std::string_view storeCode) {
    constexpr std::size_t kDigits = 16; // a store's code may hold what a pool's name may not
    return std::string(kShelfPools) + sha256Hex(storeCode).substr(0, kDigits);
}

Result<void> LeaseBook::ask(const std::string& id, const std::string& pool, const std::string& incarnation,
                            std::int64_t rights) {
    auto count = database_.prepare("SELECT count(*) FROM lease");
    if (!count) return count.error();
    if (auto row = count->step(); !row) return row.error();
    if (count->integer(0) >= kLeasesMax) return Error{Errc::Limit, "ask for lease: too many are open"};
    auto insert =
        database_.prepare("INSERT INTO lease(id, pool, incarnation, state, granted) VALUES(?, ?, ?, 0, ?)");
    if (!insert) return insert.error();
    return insert->bind(0, id).bind(1, pool).bind(2, incarnation).bind(3, rights).run();
}

Result<void> LeaseBook::grant(const std::string& id, std::int64_t granted, const std::string& proof) {
    if (granted < 1) {
        auto remove = database_.prepare("DELETE FROM lease WHERE id = ? AND state = 0");
        if (!remove) return remove.error();
        return remove->bind(0, id).run();
    }
    auto update =
        database_.prepare("UPDATE lease SET state = 1, granted = ?, proof = ? WHERE id = ? AND state = 0");
    if (!update) return update.error();
    return update->bind(0, granted).bind(1, proof).bind(2, id).run();
}

Result<Lease> LeaseBook::readOne(const char* sql, std::string_view key) const {
    auto query = database_.prepare(sql);
    if (!query) return query.error();
    auto row = query->bind(0, key).step();
    if (!row) return row.error();
    if (!*row) return noneLeft();
    return readRow(*query);
}

Result<Lease> LeaseBook::spend(std::string_view pool, std::int64_t rights) {
    auto update = database_.prepare(
        "UPDATE lease SET used = used + ?2 WHERE id = (SELECT id FROM lease WHERE pool = ?1 AND "
        "state = 1 AND used + ?2 <= granted ORDER BY id LIMIT 1) "
        "RETURNING id, pool, incarnation, state, granted, used, proof");
    if (!update) return update.error();
    auto row = update->bind(0, pool).bind(1, rights).step();
    if (!row) return row.error();
    if (!*row) return noneLeft();
    return readRow(*update);
}

Result<Lease> LeaseBook::largest(std::string_view pool) const {
    return readOne("SELECT id, pool, incarnation, state, granted, used, proof FROM lease WHERE pool = ? AND "
                   "state = 1 ORDER BY granted - used DESC, id LIMIT 1",
                   pool);
}

Result<void> LeaseBook::recall(std::string_view id) {
    auto update = database_.prepare("UPDATE lease SET state = 2 WHERE id = ? AND state = 1");
    if (!update) return update.error();
    return update->bind(0, id).run();
}

Result<Lease> LeaseBook::close(const std::string& id) {
    return readOne("DELETE FROM lease WHERE id = ? AND state <> 0 "
                   "RETURNING id, pool, incarnation, state, granted, used, proof",
                   id);
}

Result<void> LeaseBook::forgetAll() {
    if (isMutant(Mutant::ShelfLeaseKept))
        return database_.exec("DELETE FROM lease WHERE pool NOT LIKE 'shelf/%'");
    return database_.exec("DELETE FROM lease");
}

Result<std::vector<Lease>> LeaseBook::inState(LeaseState state) const {
    auto query = database_.prepare(
        "SELECT id, pool, incarnation, state, granted, used, proof FROM lease WHERE state = ? ORDER BY id");
    if (!query) return query.error();
    query->bind(0, static_cast<std::int64_t>(state));
    std::vector<Lease> leases;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return leases;
        leases.push_back(readRow(*query));
    }
}

Result<Json> LeaseBook::left() const {
    auto query = database_.prepare(
        "SELECT pool, sum(granted - used) FROM lease WHERE state = 1 GROUP BY pool ORDER BY pool");
    if (!query) return query.error();
    Json left = Json::object();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return left;
        left[query->string(0)] = query->integer(1);
    }
}

} // namespace silta
