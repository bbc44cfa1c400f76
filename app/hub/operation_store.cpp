#include "hub/operation_store.h"

#include "core/mutant.h"
#include "hub/member_registry.h"
#include "hub/migrations.h"

#include <silta/crypto.h>
#include <silta/scan.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace silta::hub {

namespace {

constexpr std::size_t kOpsEpochBytes = 8;
constexpr const char* kMarkBackups = "INSERT OR REPLACE INTO hub_setting VALUES('keeps_backups', '1')";
constexpr int kDeviceNumberMax = kHubDeviceNumber - 1;
constexpr int kCodeGroups = 3;
constexpr int kCodeGroupLetters = 4; // 12 letters of 32: 60 bits, and a code lives for hours
constexpr UtcMs kMsPerHour = 3'600'000;

// Crockford's base 32: no I, L, O, U, so that a code read over the phone arrives.
constexpr std::string_view kCodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string makeCode(Random& random) {
    std::string code;
    for (int group = 0; group < kCodeGroups; ++group) {
        if (group > 0) code.push_back('-');
        auto bits = random.next64();
        for (int letter = 0; letter < kCodeGroupLetters; ++letter, bits /= kCodeAlphabet.size())
            code.push_back(kCodeAlphabet[bits % kCodeAlphabet.size()]);
    }
    return code;
}

// Transient trouble is the batch's; everything else is the operation's own fault.
bool isTransient(Errc code) {
    return code == Errc::Busy || code == Errc::Full || code == Errc::Io || code == Errc::Corrupt ||
           code == Errc::Internal;
}

Result<WishlistAdd> parseAdd(const Operation& operation, Hlc hlc) {
    const auto list = textMember(operation.data, "list", kOperationNameBytesMax).value_or("");
    const auto sku = textMember(operation.data, "sku", kSkuBytesMax).value_or("");
    const auto quantity = integerMember(operation.data, "quantity").value_or(1);
    if (operation.entity != "wishlist/" + list || sku.empty() || quantity < 1 ||
        quantity > kWishlistQuantityMax)
        return Error{Errc::Invalid, "read wishlist.add: a member is missing or malformed"};
    WishlistAdd add{list, operation.id, sku, std::nullopt, static_cast<int>(quantity), hlc};
    if (const auto text = textMember(operation.data, "gtin", kOperationNameBytesMax)) {
        auto gtin = Gtin::parse(*text);
        if (!gtin) return gtin.error();
        add.gtin = *gtin;
    }
    return add;
}

Result<void> applyRemove(WishlistRepository& wishlists, const Operation& operation) {
    const auto list = textMember(operation.data, "list", kOperationNameBytesMax).value_or("");
    const auto& tags = arrayMember(operation.data, "tags");
    if (operation.entity != "wishlist/" + list || tags.empty())
        return Error{Errc::Invalid, "read wishlist.remove: a member is missing or malformed"};
    std::vector<std::string> names;
    for (const auto& tag : tags) {
        if (!tag.is_string() || tag.get_ref<const std::string&>().size() > kOperationNameBytesMax)
            return Error{Errc::Invalid, "read wishlist.remove: a tag"};
        names.push_back(tag.get<std::string>());
    }
    return wishlists.remove(list, names);
}

} // namespace

Result<std::unique_ptr<OperationStore>> OperationStore::open(const std::string& path, const HubKeys& keys,
                                                             const Clock& clock, Random& random) {
    auto database = Database::open(path, OpenMode::Shared);
    if (!database) return database.error();
    std::unique_ptr<OperationStore> store(new OperationStore(std::move(*database), keys, clock, random));
    if (auto done = store->database_.migrate(hubMigrations()); !done) return done.error();
    return store;
}

// ---- enrolment
// ---------------------------------------------------------------------------------------------------

Result<std::string> OperationStore::makeEnrolCode(const std::string& storeCode, int hours) {
    auto code = makeCode(random_);
    auto insert =
        database_.prepare("INSERT INTO enrol_code(code_hash, store_code, expires_ms) VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    const auto hash = sha256(code);
    insert->bindBlob(0, hash).bind(1, storeCode).bind(2, clock_.nowMs() + hours * kMsPerHour);
    if (auto done = insert->run(); !done) return done.error();
    return code;
}

Result<DeviceRow> OperationStore::enrol(const std::string& code, const std::string& deviceId,
                                        const std::string& publicKey) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const auto hash = sha256(code);
    std::string storeCode;
    {
        auto query = database_.prepare(
            "SELECT store_code FROM enrol_code WHERE code_hash = ? AND used_by IS NULL AND expires_ms > ?");
        if (!query) return query.error();
        auto row = query->bindBlob(0, hash).bind(1, clock_.nowMs()).step();
        if (!row) return row.error();
        if (!*row) return Error{Errc::Denied, "enrol: the code is unknown, used or too old"};
        storeCode = query->string(0);
    }
    auto spend = database_.prepare("UPDATE enrol_code SET used_by = ? WHERE code_hash = ?");
    if (!spend) return spend.error();
    if (auto done = spend->bind(0, deviceId).bindBlob(1, hash).run(); !done) return done.error();
    auto upsert =
        database_.prepare("INSERT INTO device(id, number, public_key, store_code, enrolled_ms)"
                          " VALUES(?1, (SELECT coalesce(max(number), 0) + 1 FROM device), ?2, ?3, ?4)"
                          " ON CONFLICT(id) DO UPDATE SET store_code = ?3, enrolled_ms = ?4, revoked = 0");
    if (!upsert) return upsert.error();
    upsert->bind(0, deviceId).bindBlob(1, publicKey).bind(2, storeCode).bind(3, clock_.nowMs());
    if (auto done = upsert->run(); !done) return done.error();
    auto enrolled = device(deviceId);
    if (!enrolled) return enrolled;
    if (enrolled->number > kDeviceNumberMax) return Error{Errc::Limit, "enrol: no device number is left"};
    if (auto done = transaction->commit(); !done) return done.error();
    return enrolled;
}

Result<DeviceRow> OperationStore::device(const std::string& id) const {
    auto query =
        database_.prepare("SELECT id, number, public_key, store_code, revoked FROM device WHERE id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find device: unknown"};
    return DeviceRow{query->string(0), static_cast<int>(query->integer(1)), std::string(query->blob(2)),
                     query->string(3), query->integer(4) != 0};
}

// ---- operations
// --------------------------------------------------------------------------------------------------

Result<OperationStore::Marks> OperationStore::marksOf(const std::string& deviceId,
                                                      const std::string& incarnation) const {
    auto query = database_.prepare(
        "SELECT i.high_seq, i.durable_seq, (SELECT 1 FROM hub_setting WHERE name = 'keeps_backups') "
        "FROM (SELECT 1) LEFT JOIN incarnation AS i ON i.device = ? AND i.incarnation = ?");
    if (!query) return query.error();
    if (auto row = query->bind(0, deviceId).bind(1, incarnation).step(); !row) return row.error();
    Marks marks{query->integer(0), std::nullopt}; // NULL reads as 0
    if (!query->isNull(2)) marks.backedUpSeq = query->integer(1);
    return marks;
}

Result<PushReply> OperationStore::receive(const DeviceRow& device, const std::string& incarnation,
                                          std::string_view lines) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    PushReply reply;
    auto before = marksOf(device.id, incarnation);
    if (!before) return before.error();
    reply.highSeq = before->highSeq;
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const auto line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (line.empty()) continue;
        if (reply.verdicts.size() >= kPushOperationsMax)
            return Error{Errc::Limit, "receive: too many operations"};
        auto verdict = receiveOne(device, incarnation, line, reply.highSeq);
        if (!verdict) return verdict.error();
        if (!verdict->id.empty()) reply.verdicts.push_back(std::move(*verdict));
    }
    auto mark = database_.prepare("INSERT INTO incarnation(device, incarnation, high_seq) VALUES(?1, ?2, ?3) "
                                  "ON CONFLICT(device, incarnation) DO UPDATE SET high_seq = ?3");
    if (!mark) return mark.error();
    if (auto done = mark->bind(0, device.id).bind(1, incarnation).bind(2, reply.highSeq).run(); !done)
        return done.error();
    auto current = epoch();
    if (!current) return current.error();
    if (auto done = transaction->commit(); !done) return done.error();
    reply.epoch = *current;
    reply.durableSeq = before->backedUpSeq.value_or(reply.highSeq);
    reply.nowMs = clock_.nowMs();
    return reply;
}

Result<Verdict> OperationStore::receiveOne(const DeviceRow& device, const std::string& incarnation,
                                           std::string_view line, std::int64_t& highSeq) {
    auto operation = parseOperation(line);
    if (!operation || operation->device != device.id || operation->incarnation != incarnation) {
        // Not what a device of ours sends. Where it has a name, the sender is told; it cannot block what
        // follows.
        const auto json = parseJson(line, kOperationBytesMax);
        return Verdict{json ? textMember(*json, "id", kOperationNameBytesMax).value_or("") : "",
                       VerdictKind::Quarantined};
    }
    {
        auto known = database_.prepare("SELECT verdict FROM operation WHERE id = ?");
        if (!known) return known.error();
        auto row = known->bind(0, operation->id).step();
        if (!row) return row.error();
        if (*row && !isMutant(Mutant::NoIdDedupe)) {
            if (operation->seq == highSeq + 1) ++highSeq; // the same operation under a new incarnation
            return Verdict{operation->id,
                           known->text(0) == "ok" ? VerdictKind::Dup : VerdictKind::Quarantined};
        }
    }
    if (operation->seq <= highSeq)
        return Verdict{operation->id, isMutant(Mutant::DedupeBySeq) ? VerdictKind::Dup : VerdictKind::Fork};
    if (operation->seq > highSeq + 1) return Verdict{operation->id, VerdictKind::Gap};
    if (auto done = database_.exec("SAVEPOINT operation"); !done) return done.error();
    const auto applied = applyOperation(device, *operation);
    if (!applied && (isTransient(applied.error().code) || isMutant(Mutant::PoisonBlocks)))
        return applied.error();
    if (!applied)
        if (auto done = database_.exec("ROLLBACK TO operation"); !done) return done.error();
    if (auto done = insertOperation(*operation, line, applied); !done) return done.error();
    if (auto done = database_.exec("RELEASE operation"); !done) return done.error();
    ++highSeq;
    return Verdict{operation->id, applied ? VerdictKind::Ok : VerdictKind::Quarantined};
}

Result<void> OperationStore::insertOperation(const Operation& operation, std::string_view line,
                                             const Result<void>& applied) {
    auto stored = std::string(line);
    if (applied && operation.data.contains("sealed")) {
        // The person's data is in the member's row now, under the person's own key; a second copy here would
        // outlive an erasure.
        auto stripped = operation;
        stripped.data.erase("sealed");
        stored = toLine(stripped);
    }
    auto insert = database_.prepare("INSERT INTO operation(id, device, incarnation, seq, entity, type, "
                                    "received_ms, verdict, reason, line)"
                                    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, operation.id)
        .bind(1, operation.device)
        .bind(2, operation.incarnation)
        .bind(3, operation.seq);
    insert->bind(4, operation.entity).bind(5, operation.type).bind(6, clock_.nowMs());
    const std::string reason = applied ? "" : applied.error().what;
    insert->bind(7, applied ? "ok" : "quarantined").bind(8, reason).bind(9, stored);
    return insert->run();
}

Result<void> OperationStore::applyOperation(const DeviceRow& device, const Operation& operation) {
    constexpr UtcMs kClockAheadMaxMs = 5 * 60 * 1000; // a clock that runs ahead must not win for ever
    const auto now = clock_.nowMs();
    const auto latest = Hlc::make(now + kClockAheadMaxMs, 0);
    const auto hlc = isMutant(Mutant::NoClockClamp) ? operation.hlc : std::min(operation.hlc, latest);
    WishlistRepository wishlists(database_);
    if (operation.version != 1) return Error{Errc::Unsupported, "apply operation: a newer schema"};
    if (operation.type == "wishlist.add") {
        auto add = parseAdd(operation, hlc);
        if (!add) return add.error();
        return wishlists.add(*add);
    }
    if (operation.type == "wishlist.remove") return applyRemove(wishlists, operation);
    if (operation.type == "member.signup") {
        auto signUp = parseSignUp(operation.data);
        if (!signUp) return signUp.error();
        if (operation.entity != "member/" + signUp->memberId)
            return Error{Errc::Invalid, "apply operation: the entity is another member's"};
        auto signedUp =
            MemberRegistry(database_, keys_, random_).signUp(*signUp, operation.id, device.storeCode, now);
        if (!signedUp) return signedUp.error();
        const bool merged = signedUp->outcome == MemberRegistry::Outcome::Merged;
        auto tell = database_.prepare("INSERT INTO change(device, body) VALUES(?, ?)");
        if (!tell) return tell.error();
        Json body = {{"type", "member.result"},
                     {"memberId", signUp->memberId},
                     {"outcome", merged ? "merged" : "created"}};
        if (signedUp->number != signUp->number) body["number"] = signedUp->number;
        const auto text = dumpJson(body);
        return tell->bind(0, device.id).bind(1, text).run();
    }
    return Error{Errc::Unsupported, "apply operation: unknown type"};
}

Result<ChangePage> OperationStore::changesFor(const std::string& deviceId, const std::string& incarnation,
                                              std::string_view cursor) {
    auto current = epoch();
    if (!current) return current.error();
    auto marks = marksOf(deviceId, incarnation);
    if (!marks) return marks.error();
    const auto prefix = *current + ".";
    std::int64_t after = 0;
    if (cursor.starts_with(prefix)) {
        const auto digits = cursor.substr(prefix.size());
        std::from_chars(digits.data(), digits.data() + digits.size(), after);
    }
    auto query =
        database_.prepare("SELECT seq, body FROM change WHERE device = ? AND seq > ? ORDER BY seq LIMIT ?");
    if (!query) return query.error();
    query->bind(0, deviceId).bind(1, after).bind(2, static_cast<std::int64_t>(kChangesMax));
    ChangePage page;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        auto body = parseJson(query->text(1), kOperationBytesMax);
        if (!body) return Error{Errc::Corrupt, "read changes: a row cannot be read"};
        page.changes.push_back(std::move(*body));
        after = query->integer(0);
    }
    page.cursor = prefix + std::to_string(after);
    page.epoch = *current;
    page.durableSeq = marks->backedUpSeq.value_or(marks->highSeq);
    page.more = page.changes.size() == kChangesMax;
    return page;
}

// ---- backups
// -----------------------------------------------------------------------------------------------------

Result<void> OperationStore::backUp(const std::string& target) {
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

Result<void> OperationStore::startEpoch() {
    auto insert = database_.prepare("INSERT OR REPLACE INTO hub_setting VALUES('epoch', ?)");
    if (!insert) return insert.error();
    const auto made = random_.hex(kOpsEpochBytes);
    return insert->bind(0, made).run();
}

// ---- headquarters
// ------------------------------------------------------------------------------------------------

Result<std::vector<MemberRow>> OperationStore::members() const {
    auto& database = const_cast<Database&>(database_); // NOLINT: reading only; the registry writes elsewhere
    const MemberRegistry registry(database, keys_, random_);
    auto query = database_.prepare(
        "SELECT id, number, store_code, lang, wishlist_id, created_ms FROM member ORDER BY created_ms, id");
    auto aliases = database_.prepare("SELECT number FROM member_alias WHERE member_id = ? ORDER BY number");
    auto consents = database_.prepare(
        "SELECT purpose, channel, granted, at_ms FROM consent WHERE member_id = ? ORDER BY row");
    if (!query) return query.error();
    if (!aliases) return aliases.error();
    if (!consents) return consents.error();
    std::vector<MemberRow> members;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return members;
        MemberRow member;
        member.id = query->string(0);
        member.number = query->string(1);
        member.storeCode = query->string(2);
        member.lang = query->string(3);
        member.wishlistId = query->string(4);
        member.createdMs = query->integer(5);
        if (auto person = registry.personalData(member.id)) {
            member.name = person->name;
            member.email = person->email;
            member.phone = person->phone;
        }
        aliases->bind(0, member.id);
        for (auto more = aliases->step(); more && *more; more = aliases->step())
            member.aliases.push_back(aliases->string(0));
        aliases->reset();
        member.consents = Json::array();
        consents->bind(0, member.id);
        for (auto more = consents->step(); more && *more; more = consents->step())
            member.consents.push_back({{"purpose", consents->string(0)},
                                       {"channel", consents->string(1)},
                                       {"granted", consents->integer(2) != 0},
                                       {"atMs", consents->integer(3)}});
        consents->reset();
        members.push_back(std::move(member));
    }
}

Result<std::vector<OperationRow>> OperationStore::operations(int limit) const {
    auto query = database_.prepare("SELECT id, device, entity, type, verdict, reason, seq, received_ms FROM "
                                   "operation ORDER BY row DESC LIMIT ?");
    if (!query) return query.error();
    query->bind(0, limit);
    std::vector<OperationRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back({query->string(0), query->string(1), query->string(2), query->string(3),
                        query->string(4), query->string(5), query->integer(6), query->integer(7)});
    }
}

Result<std::vector<std::string>> OperationStore::wishlistIds() const {
    auto query = database_.prepare("SELECT DISTINCT list FROM wishlist_tag ORDER BY list");
    if (!query) return query.error();
    std::vector<std::string> ids;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return ids;
        ids.push_back(query->string(0));
    }
}

Result<std::vector<WishlistItem>> OperationStore::wishlist(const std::string& id) {
    return WishlistRepository(database_).items(id);
}

Result<std::string> OperationStore::headJson() const {
    auto query = database_.prepare("SELECT json FROM hub_head");
    if (!query) return std::string(); // nothing was imported yet: the table is the importer's
    auto row = query->step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<std::string> OperationStore::epoch() {
    {
        auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = 'epoch'");
        if (!query) return query.error();
        auto row = query->step();
        if (!row) return row.error();
        if (*row) return query->string(0);
    }
    auto made = random_.hex(kOpsEpochBytes);
    auto insert = database_.prepare("INSERT INTO hub_setting VALUES('epoch', ?)");
    if (!insert) return insert.error();
    if (auto done = insert->bind(0, made).run(); !done) return done.error();
    return made;
}

} // namespace silta::hub
