#include "hub/lease_registry.h"

#include "core/mutant.h"

namespace silta::hub {

namespace {

// lease.state. What is open holds its grant, what has ended what was spent of it.
enum State : std::int64_t { kOpen = 0, kClosed = 1, kWrittenOff = 2 };

constexpr UtcMs kMutantTimeoutMs = 3'600'000;

} // namespace

Result<bool> LeaseRegistry::mayGrant(const std::string& epoch) const {
    if (isMutant(Mutant::LeaseAfterRestore)) return true;
    auto query = database_.prepare("SELECT count(*) FROM device WHERE revoked = 0 AND leases_epoch <> ?");
    if (!query) return query.error();
    if (auto row = query->bind(0, epoch).step(); !row) return row.error();
    return query->integer(0) == 0;
}

Result<std::int64_t> LeaseRegistry::leftOf(const std::string& pool) const {
    auto query = database_.prepare(
        "SELECT budget - (SELECT coalesce(sum(CASE WHEN state = 0 AND granted_ms > ? THEN granted "
        "WHEN used > closed_used THEN used ELSE closed_used END), 0) FROM lease WHERE pool = ?) "
        "FROM pool WHERE id = ?");
    if (!query) return query.error();
    const auto heldSince = isMutant(Mutant::LeaseTimeout) ? nowMs_ - kMutantTimeoutMs : -1;
    auto row = query->bind(0, heldSince).bind(1, pool).bind(2, pool).step();
    if (!row) return row.error();
    return *row ? query->integer(0) : 0;
}

Result<std::vector<LeaseRegistry::Grant>> LeaseRegistry::grant(const DeviceRow& device,
                                                               const std::string& incarnation,
                                                               const std::vector<Asking>& wanted,
                                                               const std::string& epoch) {
    std::vector<Grant> grants;
    auto may = mayGrant(epoch);
    if (!may) return may.error();
    if (!*may) return grants;
    auto known =
        database_.prepare("SELECT granted, device, incarnation, state, used FROM lease WHERE id = ?");
    auto insert =
        database_.prepare("INSERT INTO lease(id, device, incarnation, pool, granted, state, granted_ms) "
                          "VALUES(?, ?, ?, ?, ?, 0, ?)");
    if (!known) return known.error();
    if (!insert) return insert.error();
    for (const auto& asking : wanted) {
        auto row = known->bind(0, asking.id).step();
        if (!row) return row.error();
        Grant grant{asking.id, {}, 0, {}};
        if (*row) {
            // The answer was lost. To anybody but the one who asked, or after it was used, it is nothing.
            const bool isTheirs = known->text(1) == device.id && known->text(2) == incarnation;
            if (isTheirs && known->integer(3) == kOpen && known->integer(4) == 0)
                grant.rights = known->integer(0);
            known->reset();
        } else {
            known->reset();
            auto left = leftOf(asking.pool);
            if (!left) return left.error();
            grant.rights = std::clamp<std::int64_t>(*left, 0, asking.rights);
            if (grant.rights > 0) {
                insert->bind(0, asking.id).bind(1, device.id).bind(2, incarnation).bind(3, asking.pool);
                if (auto done = insert->bind(4, grant.rights).bind(5, nowMs_).run(); !done)
                    return done.error();
            }
        }
        if (grant.rights > 0)
            grant.proof = toBase64(
                sign(leaseText(device.id,
                               {asking.id, asking.pool, incarnation, LeaseState::Open, grant.rights, 0, {}}),
                     signKeys_));
        if (grant.rights == 0) {
            auto why = whyNone(asking.pool);
            if (!why) return why.error();
            grant.why = *why;
        }
        grants.push_back(std::move(grant));
    }
    return grants;
}

Result<void> LeaseRegistry::learn(const DeviceRow& device, const std::string& incarnation,
                                  const Lease& lease) {
    const auto proof = fromBase64(lease.proof);
    if (!proof || !verify(leaseText(device.id, lease), *proof, signKeys_.publicKey))
        return Error{Errc::Invalid, "learn lease: it is not by this hub, for this device"};
    auto insert = database_.prepare(
        "INSERT INTO lease(id, device, incarnation, pool, granted, granted_ms, state) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, CASE WHEN coalesce("
        "(SELECT CASE WHEN fenced = 1 THEN 1 ELSE 0 END FROM incarnation WHERE device = ?2 AND incarnation = "
        "?3), "
        "(SELECT written_off FROM device WHERE id = ?2 AND ?3 <> ?7), 0) > 0 "
        "THEN 2 ELSE 0 END) ON CONFLICT(id) DO NOTHING");
    if (!insert) return insert.error();
    insert->bind(0, lease.id).bind(1, device.id).bind(2, lease.incarnation).bind(3, lease.pool);
    return insert->bind(4, lease.granted).bind(5, nowMs_).bind(6, incarnation).run();
}

Result<void> LeaseRegistry::hold(const DeviceRow& device, const std::string& incarnation,
                                 const std::vector<Lease>& leases, const std::string& epoch) {
    for (const auto& lease : leases)
        if (auto done = learn(device, incarnation, lease); !done) return done;
    auto update = database_.prepare("UPDATE device SET leases_epoch = ? WHERE id = ?");
    if (!update) return update.error();
    return update->bind(0, epoch).bind(1, device.id).run();
}

Result<bool> LeaseRegistry::redeem(const DeviceRow& device, const std::string& incarnation,
                                   const std::string& operationId, const Lease& lease, std::int64_t rights) {
    if (auto done = learn(device, incarnation, lease); !done) return done.error();
    auto count = database_.prepare(
        "UPDATE lease SET used = used + ? WHERE id = ? RETURNING state = 0 AND used <= granted");
    if (!count) return count.error();
    auto row = count->bind(0, rights).bind(1, lease.id).step();
    if (!row) return row.error();
    bool isCovered = count->text(0) == "t" || count->integer(0) != 0;
    count->reset();
    if (isCovered) {
        // A copied card, or an old one, can hold a lease whose rights a restored hub has given to others.
        auto covered = cover(lease.pool, rights);
        if (!covered) return covered;
        isCovered = *covered;
    }
    auto insert =
        database_.prepare("INSERT INTO redemption(device, operation_id, lease, pool, flagged, at_ms, rights) "
                          "VALUES(?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, device.id).bind(1, operationId).bind(2, lease.id).bind(3, lease.pool);
    insert->bind(4, isCovered ? 0 : 1).bind(5, nowMs_).bind(6, rights);
    if (auto done = insert->run(); !done) return done.error();
    return isCovered;
}

Result<bool> LeaseRegistry::cover(const std::string& pool, std::int64_t rights) {
    auto update =
        database_.prepare("UPDATE pool SET covered = covered + ?2 WHERE id = ?1 AND covered + ?2 <= budget");
    if (!update) return update.error();
    if (auto done = update->bind(0, pool).bind(1, rights).run(); !done) return done.error();
    return database_.changes() == 1;
}

Result<bool> LeaseRegistry::spendUnleased(const DeviceRow& device, const std::string& incarnation,
                                          const std::string& operationId, const std::string& pool,
                                          std::int64_t rights) {
    auto left = leftOf(pool);
    if (!left) return left.error();
    // What the device has been granted meanwhile, without knowing it yet, is in nobody else's hands.
    auto own =
        database_.prepare("SELECT coalesce(sum(CASE WHEN granted > used THEN granted - used ELSE 0 END), "
                          "0) FROM lease WHERE pool = ? AND device = ? AND incarnation = ? AND state = 0");
    if (!own) return own.error();
    if (auto row = own->bind(0, pool).bind(1, device.id).bind(2, incarnation).step(); !row)
        return row.error();
    const auto available = *left + own->integer(0);
    own->reset();
    // Held as a lease that has ended would be: there is one way to count.
    auto insert = database_.prepare("INSERT INTO lease(id, device, incarnation, pool, granted, state, used, "
                                    "closed_used, granted_ms) VALUES(?1, ?2, ?3, ?4, ?5, 1, ?5, ?5, ?6)");
    if (!insert) return insert.error();
    const auto id = device.id + "/" + operationId;
    insert->bind(0, id).bind(1, device.id).bind(2, incarnation).bind(3, pool);
    if (auto done = insert->bind(4, rights).bind(5, nowMs_).run(); !done) return done.error();
    if (available < rights) return false;
    return cover(pool, rights);
}

Result<void> LeaseRegistry::giveBack(const std::string& pool, std::int64_t rights, bool wasCovered) {
    auto update =
        database_.prepare("UPDATE pool SET budget = budget + ?2, covered = covered + ?3 WHERE id = ?1");
    if (!update) return update.error();
    return update->bind(0, pool).bind(1, rights).bind(2, wasCovered ? 0 : rights).run();
}

Result<std::string> LeaseRegistry::whyNone(const std::string& pool) const {
    auto query =
        database_.prepare("SELECT count(*), (SELECT count(*) FROM lease WHERE pool = ?1 AND state = 0 "
                          "AND used < granted) FROM pool WHERE id = ?1");
    if (!query) return query.error();
    if (auto row = query->bind(0, pool).step(); !row) return row.error();
    if (query->integer(0) == 0) return std::string("unknown");
    return std::string(query->integer(1) > 0 ? "held" : "used");
}

Result<bool> LeaseRegistry::close(const DeviceRow& device, const std::string& incarnation,
                                  const Lease& lease) {
    if (auto done = learn(device, incarnation, lease); !done) return done.error();
    auto update = database_.prepare(
        "UPDATE lease SET state = 1, closed_used = ? WHERE id = ? AND state = 0 RETURNING used");
    if (!update) return update.error();
    auto row = update->bind(0, lease.used).bind(1, lease.id).step();
    if (!row) return row.error();
    return *row && update->integer(0) == lease.used;
}

Result<void> LeaseRegistry::setPool(const std::string& id, std::int64_t budget) {
    auto upsert = database_.prepare(
        "INSERT INTO pool(id, budget) VALUES(?1, ?2) ON CONFLICT(id) DO UPDATE SET budget = ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, id).bind(1, budget).run();
}

Result<void> LeaseRegistry::addToPool(const std::string& id, std::int64_t rights) {
    auto upsert = database_.prepare("INSERT INTO pool(id, budget) VALUES(?1, ?2) "
                                    "ON CONFLICT(id) DO UPDATE SET budget = pool.budget + ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, id).bind(1, rights).run();
}

Result<std::vector<PoolRow>> LeaseRegistry::pools() const {
    auto query = database_.prepare(
        "SELECT id, budget, (SELECT coalesce(sum(granted), 0) FROM lease WHERE pool = pool.id AND state = "
        "0), "
        "(SELECT coalesce(sum(rights), 0) FROM redemption WHERE pool = pool.id), "
        "(SELECT coalesce(sum(flagged * rights), 0) FROM redemption WHERE pool = pool.id) FROM pool "
        "WHERE id NOT LIKE 'token/%' AND id NOT LIKE 'shelf/%' ORDER BY id");
    if (!query) return query.error();
    std::vector<PoolRow> pools;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return pools;
        pools.push_back(
            {query->string(0), query->integer(1), query->integer(2), query->integer(3), query->integer(4)});
    }
}

Result<std::vector<LeaseRegistry::Holder>> LeaseRegistry::holders(const std::string& pool) const {
    auto query = database_.prepare(
        "SELECT id, device FROM lease WHERE state = 0 AND (pool = ?1 OR ?1 = '') ORDER BY id");
    if (!query) return query.error();
    query->bind(0, pool);
    std::vector<Holder> holders;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return holders;
        holders.push_back({query->string(0), query->string(1)});
    }
}

Result<std::int64_t> LeaseRegistry::writeOff(const std::string& deviceId, const std::string& epoch) {
    auto count = database_.prepare(
        "SELECT coalesce(sum(CASE WHEN granted > used THEN granted - used ELSE 0 END), 0) FROM lease "
        "WHERE device = ? AND state = 0");
    auto leases = database_.prepare("UPDATE lease SET state = 2 WHERE device = ? AND state = 0");
    auto fence = database_.prepare("UPDATE incarnation SET fenced = 1 WHERE device = ?");
    auto told = database_.prepare("UPDATE device SET leases_epoch = ?, written_off = 1 WHERE id = ?");
    for (auto* statement : {&count, &leases, &fence, &told})
        if (!*statement) return statement->error();
    if (auto row = count->bind(0, deviceId).step(); !row) return row.error();
    const auto returned = count->integer(0);
    count->reset();
    if (auto done = leases->bind(0, deviceId).run(); !done) return done.error();
    if (auto done = fence->bind(0, deviceId).run(); !done) return done.error();
    if (auto done = told->bind(0, epoch).bind(1, deviceId).run(); !done) return done.error();
    return returned;
}

} // namespace silta::hub
