// The keys of headquarters that devices are told, and others in their place.
#include "hub/fleet_registry.h"

#include <array>

namespace silta::hub {

namespace {

constexpr const char* kHqSetting = "fleet_hq";
constexpr const char* kHqNextSetting = "fleet_hq_next";
constexpr std::size_t kHqNextBytesMax = 16 * 1024;

Result<void> set(Database& database, const char* name, const std::string& value) {
    auto upsert = database.prepare("INSERT INTO hub_setting(name, value) VALUES(?1, ?2) "
                                   "ON CONFLICT(name) DO UPDATE SET value = ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, std::string(name)).bind(1, value).run();
}

struct Resigned {
    const char *select, *update;
    std::string (*toSign)(std::string_view text);
};
/// What devices are still told under a signature of headquarters.
constexpr std::array<Resigned, 2> kResigned = {
    {{"SELECT record, signature FROM fleet_release",
      "UPDATE fleet_release SET signature = ? WHERE record = ?", releaseToSign},
     {"SELECT record, signature FROM fleet_command WHERE outcome = ''",
      "UPDATE fleet_command SET signature = ? WHERE record = ?", commandToSign}}};

/// What somebody has put there without the keys stays worth nothing.
Result<void> resign(Database& database, const Resigned& what, const KeyPair& before, const KeyPair& next) {
    auto query = database.prepare(what.select);
    if (!query) return query.error();
    std::vector<std::string> records;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) break;
        auto record = query->string(0);
        if (verify(what.toSign(record), query->blob(1), before.publicKey))
            records.push_back(std::move(record));
    }
    for (const auto& record : records) {
        auto update = database.prepare(what.update);
        if (!update) return update.error();
        const auto signature = sign(what.toSign(record), next);
        if (auto done = update->bindBlob(0, signature).bind(1, record).run(); !done) return done;
    }
    return {};
}

} // namespace

Result<void> FleetRegistry::setHq(const HqPublic& keys, const std::string& who) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    if (hq()) return Error{Errc::Conflict, "set keys of headquarters: devices have been told others"};
    auto insert = database_.prepare("INSERT INTO hub_setting(name, value) VALUES(?, ?)");
    if (!insert) return insert.error();
    const auto text = toText(keys);
    if (auto done = insert->bind(0, kHqSetting).bind(1, text).run(); !done) return done;
    if (auto done = note(who, "hq-key", "", toBase64(keys.sign)); !done) return done;
    return transaction->commit();
}

Result<HqPublic> FleetRegistry::hq() const {
    auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, kHqSetting).step();
    if (!row) return row.error();
    if (!*row)
        return Error{Errc::NotFound, "read keys of headquarters: there are none yet; see `fleet hq-key`"};
    return parseHqPublic(query->text(0));
}

Result<std::vector<SignedText>> FleetRegistry::hqNext() const {
    auto query = database_.prepare("SELECT value FROM hub_setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, std::string(kHqNextSetting)).step();
    if (!row) return row.error();
    if (!*row) return std::vector<SignedText>();
    auto json = parseJson(query->text(0), kHqNextBytesMax);
    if (!json) return json.error();
    std::vector<SignedText> successors;
    for (const auto& entry : *json) {
        auto next = parseSigned(entry);
        if (!next) return next.error();
        successors.push_back(std::move(*next));
    }
    return successors;
}

Result<void> FleetRegistry::replaceHq(const HqKeys& before, const HqKeys& next, const std::string& who) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    const auto known = hq();
    if (!known) return known.error();
    if (!(*known == publicHalves(before)))
        return Error{Errc::Denied, "replace keys of headquarters: devices know others than the old ones"};
    if (publicHalves(next) == *known)
        return Error{Errc::Conflict, "replace keys of headquarters: they are the same"};
    auto successors = hqNext();
    if (!successors) return successors.error();
    const auto text = toText(publicHalves(next));
    successors->push_back({text, sign(hqNextToSign(text), before.sign)});
    if (successors->size() > kHqSuccessorsMax) successors->erase(successors->begin());
    auto list = Json::array();
    for (const auto& successor : *successors)
        list.push_back(toJson(successor));
    if (auto done = set(database_, kHqNextSetting, dumpJson(list)); !done) return done;
    if (auto done = set(database_, kHqSetting, text); !done) return done;
    for (const auto& what : kResigned)
        if (auto done = resign(database_, what, before.sign, next.sign); !done) return done;
    if (auto done = note(who, "hq-key", "", toBase64(next.sign.publicKey)); !done) return done;
    return transaction->commit();
}

} // namespace silta::hub
