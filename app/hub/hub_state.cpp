// What the hub knows of itself: epoch, backups, head, pools of rights.
#include "core/log.h"
#include "core/mutant.h"
#include "hub/member_registry.h"
#include "hub/operation_store.h"

#include <mutex>

namespace silta::hub {

namespace {

constexpr std::size_t kEpochBytes = 8;
constexpr std::size_t kWelcomeCouponBytesMax = 8'192; // four titles, escaped
constexpr const char* kMarkBackups = "INSERT OR REPLACE INTO hub_setting VALUES('keeps_backups', '1')";

Result<WelcomeCoupon> readWelcomeCoupon(std::string_view text) {
    auto json = parseJson(text, kWelcomeCouponBytesMax);
    if (!json) return json.error();
    return parseWelcomeCoupon(*json);
}

} // namespace

// ---- the welcome of guests
// -------------------------------------------------------------------------------------

Result<std::optional<WelcomeCoupon>> OperationStore::welcomeCoupon() const {
    auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = 'welcome_coupon'");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    if (!*row || query->text(0).empty()) return std::optional<WelcomeCoupon>();
    auto coupon = readWelcomeCoupon(query->text(0));
    if (coupon) return std::optional(std::move(*coupon));
    // Every device asks every few seconds, and must get its changes all the same.
    static std::once_flag said;
    std::call_once(said, [&] { log::warning("hub", "no welcome coupon: {}", coupon.error().what); });
    return std::optional<WelcomeCoupon>();
}

Result<void> OperationStore::setWelcomeCoupon(const std::optional<WelcomeCoupon>& coupon) {
    const auto text = coupon ? dumpJson(toJson(*coupon)) : std::string();
    if (coupon) // what is no UTF-8 grows in dumpJson()
        if (auto read = readWelcomeCoupon(text); !read) return read.error();
    auto upsert = database_.prepare("INSERT INTO hub_setting(name, value) VALUES('welcome_coupon', ?1) "
                                    "ON CONFLICT(name) DO UPDATE SET value = ?1");
    if (!upsert) return upsert.error();
    return upsert->bind(0, text).run();
}

// ---- epoch and head
// ----------------------------------------------------------------------------------------------

Result<std::string> OperationStore::epoch() {
    for (int attempt = 0;; ++attempt) {
        auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = 'epoch'");
        if (!query) return query.error();
        auto row = query->step();
        if (!row) return row.error();
        if (*row) return query->string(0);
        if (attempt > 0) return Error{Errc::Corrupt, "read epoch: none"};
        auto insert = database_.prepare(
            "INSERT INTO hub_setting(name, value) VALUES('epoch', ?) ON CONFLICT DO NOTHING");
        if (!insert) return insert.error();
        const auto made = random_.hex(kEpochBytes);
        if (auto done = insert->bind(0, made).run(); !done) return done.error();
    }
}

Result<void> OperationStore::startEpoch() {
    auto insert = database_.prepare("INSERT INTO hub_setting(name, value) VALUES('epoch', ?1) "
                                    "ON CONFLICT(name) DO UPDATE SET value = ?1");
    if (!insert) return insert.error();
    const auto made = random_.hex(kEpochBytes);
    return insert->bind(0, made).run();
}

Result<std::string> OperationStore::headJson() const {
    auto query = database_.prepare("SELECT json FROM hub_head");
    if (!query) return std::string(); // nothing was imported yet: the table is the importer's
    auto row = query->step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> OperationStore::publishHead(const std::string& json) {
    auto upsert =
        database_.prepare("INSERT INTO hub_head(one, json, generation) VALUES(1, ?1, 1) "
                          "ON CONFLICT(one) DO UPDATE SET json = ?1, generation = hub_head.generation + 1");
    if (!upsert) return upsert.error();
    return upsert->bind(0, json).run();
}

// ---- leases
// ------------------------------------------------------------------------------------------------------

Result<std::vector<LeaseRegistry::Grant>>
OperationStore::exchangeLeases(const DeviceRow& device, const std::string& incarnation,
                               const std::vector<LeaseRegistry::Asking>& wanted,
                               const std::optional<std::vector<Lease>>& held) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    std::vector<std::string> names = {"device/" + device.id};
    for (const auto& asking : wanted)
        names.push_back("pool/" + asking.pool);
    if (held)
        for (const auto& lease : *held)
            names.push_back("pool/" + lease.pool);
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto current = epoch();
    if (!current) return current.error();
    auto marks = marksOf(device.id, incarnation);
    if (!marks) return marks.error();
    std::vector<LeaseRegistry::Grant> grants;
    if (marks->ended != Ended::No) return grants; // its next push tells it
    if (held)
        if (auto done = leases().hold(device, incarnation, *held, *current); !done) return done.error();
    if (auto done = openShelf(device, wanted); !done) return done.error();
    auto open = wanted;
    auto refused = openTokens(open);
    if (!refused) return refused;
    auto granted = leases().grant(device, incarnation, open, *current);
    if (!granted) return granted;
    granted->insert(granted->end(), refused->begin(), refused->end());
    if (auto done = transaction->commit(); !done) return done.error();
    return granted;
}

Result<void> OperationStore::setPool(const std::string& id, std::int64_t budget) {
    return leases().setPool(id, budget);
}

Result<std::vector<PoolRow>> OperationStore::pools() {
    return leases().pools();
}

Result<std::int64_t> OperationStore::recall(const std::string& pool) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto holders = leases().holders(pool);
    if (!holders) return holders.error();
    for (const auto& [lease, device] : *holders) {
        const Json change = {{"type", "lease.recall"}, {"lease", lease}};
        if (auto done = feed().tell(device, change, clock_.nowMs()); !done) return done.error();
    }
    if (auto done = transaction->commit(); !done) return done.error();
    return static_cast<std::int64_t>(holders->size());
}

Result<std::int64_t> OperationStore::writeOff(const std::string& deviceId) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    if (auto known = devices().find(deviceId); !known) return known.error();
    const std::string names[] = {"device/" + deviceId};
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto current = epoch();
    if (!current) return current.error();
    auto returned = leases().writeOff(deviceId, *current);
    if (!returned) return returned;
    if (auto done = transaction->commit(); !done) return done.error();
    return returned;
}

// ---- one-time codes
// ----------------------------------------------------------------------------------------------

Result<CodeRegistry::Made> OperationStore::makeCode(const DeviceRow& device, const std::string& challenge,
                                                    const std::string& phone) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    // By the hash: names of locks are seen by whoever looks after the server.
    const std::string names[] = {"codes/" + device.id,
                                 "codes/" + toBase64(contactMac("phone", phone, keys_))};
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto made = CodeRegistry(database_, keys_, random_, clock_.nowMs()).make(device.id, challenge, phone);
    if (!made) return made;
    if (auto done = transaction->commit(); !done) return done.error();
    return made;
}

Result<CodeRegistry::Checked> OperationStore::checkCode(const DeviceRow& device, const std::string& challenge,
                                                        const std::string& code) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::string names[] = {"code/" + challenge};
    if (auto done = database_.lockNames(names); !done) return done.error();
    auto checked = CodeRegistry(database_, keys_, random_, clock_.nowMs()).check(device.id, challenge, code);
    if (!checked) return checked;
    if (auto done = transaction->commit(); !done) return done.error();
    return checked;
}

Result<bool> OperationStore::joinByPhone(const DeviceRow& device, const SignUp& signUp) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::string names[] = {"member/" + signUp.memberId};
    if (auto done = database_.lockNames(names); !done) return done.error();
    MemberRegistry registry(database_, keys_, random_);
    auto taken = registry.lookUp({}, signUp.number);
    if (!taken) return taken.error();
    if (!taken->number.empty()) {
        auto known = registry.lookUp(signUp.sealed, {});
        if (!known) return known.error();
        return known->id == taken->id;
    }
    const auto now = clock_.nowMs();
    auto signedUp = registry.signUp(signUp, "invitation/" + signUp.memberId, device.storeCode, now);
    if (!signedUp) return signedUp.error();
    const bool merged = signedUp->outcome == MemberRegistry::Outcome::Merged;
    const auto result = memberResult(signUp.memberId, merged, signedUp->number, signUp.number);
    if (auto done = feed().tell(device.id, result, now); !done) return done.error();
    if (auto done = transaction->commit(); !done) return done.error();
    return true;
}

Result<MemberRegistry::Met> OperationStore::lookUpMember(const std::string& sealed,
                                                         const std::string& number) {
    return MemberRegistry(database_, keys_, random_).lookUp(sealed, number);
}

Result<void> OperationStore::eraseMember(const std::string& number) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    MemberRegistry members(database_, keys_, random_);
    auto id = members.idOf(number);
    if (!id) return id.error();
    const std::string names[] = {"member/" + *id, "reviews"};
    if (auto done = database_.lockNames(names); !done) return done;
    if (auto done = sales().forget(*id); !done) return done;
    if (auto done = reviews().forget(*id); !done) return done;
    if (auto done = members.erase(*id); !done) return done;
    return transaction->commit();
}

Result<std::vector<std::string>> OperationStore::wishesOf(const std::string& memberId) {
    auto query = database_.prepare(
        "SELECT m.wishlist_id FROM member AS m WHERE m.id = ? AND m.wishlist_id <> '' AND EXISTS(SELECT 1 "
        "FROM "
        "consent AS c WHERE c.member_id = m.id AND c.purpose = 'marketing' AND c.granted = 1 AND NOT EXISTS("
        "SELECT 1 FROM consent AS later WHERE later.member_id = c.member_id AND later.purpose = c.purpose "
        "AND "
        "later.channel = c.channel AND later.row > c.row))");
    if (!query) return query.error();
    auto row = query->bind(0, memberId).step();
    if (!row) return row.error();
    std::vector<std::string> skus;
    if (!*row) return skus;
    auto items = wishlist(query->string(0));
    if (!items) return items.error();
    for (auto& item : *items)
        if (skus.size() < kWishesToldMax) skus.push_back(std::move(item.sku));
    return skus;
}

// ---- backups
// -----------------------------------------------------------------------------------------------------

Result<void> OperationStore::backUp(const std::string& target) {
    if (database_.dialect() == SqlDialect::Postgres)
        return Error{Errc::Unsupported, "back up: PostgreSQL is backed up by its own means"};
    struct Mark {
        std::string device, incarnation;
        std::int64_t seq;
    };
    // Read before the copy is made: the copy holds at least so much.
    std::vector<Mark> marks;
    {
        auto query = database_.prepare("SELECT device, incarnation, high_seq FROM incarnation");
        if (!query) return query.error();
        for (;;) {
            auto row = query->step();
            if (!row) return row.error();
            if (!*row) break;
            marks.push_back({query->string(0), query->string(1), query->integer(2)});
        }
    }
    if (auto known = epoch(); !known) return known.error();
    // The copy must know it too: what it lacks may be wanted a second time.
    if (!isMutant(Mutant::BackupUnmarked))
        if (auto done = database_.exec(kMarkBackups); !done) return done;
    {
        auto copy = database_.prepare("VACUUM INTO ?");
        if (!copy) return copy.error();
        if (auto done = copy->bind(0, target).run(); !done) {
            if (done.error().code == Errc::Invalid) return Error{Errc::Conflict, "back up: the file exists"};
            return done;
        }
    }
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto update =
        database_.prepare("UPDATE incarnation SET durable_seq = ? WHERE device = ? AND incarnation = ?");
    if (!update) return update.error();
    for (const auto& mark : marks)
        if (auto done = update->bind(0, mark.seq).bind(1, mark.device).bind(2, mark.incarnation).run(); !done)
            return done;
    if (isMutant(Mutant::BackupUnmarked))
        if (auto done = database_.exec(kMarkBackups); !done) return done;
    return transaction->commit();
}

} // namespace silta::hub
