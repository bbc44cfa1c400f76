// What must hold when everything has healed.
#include "sim/world.h"

#include <fmt/format.h>

#include <stdexcept>

namespace silta::test {

Database World::openToLook(const std::string& path, OpenMode mode) {
    auto database = Database::open(path, mode);
    if (!database) throw std::runtime_error(path + " does not open: " + database.error().what);
    return std::move(*database);
}

std::vector<std::string> World::columnOf(const Database& database, const std::string& sql) {
    std::vector<std::string> column;
    auto query = database.prepare(sql);
    if (!query) throw std::runtime_error(sql + ": " + query.error().what);
    for (;;) {
        auto row = query->step();
        if (!row) throw std::runtime_error(sql + ": " + row.error().what);
        if (!*row) return column;
        column.push_back(query->string(0));
    }
}

std::string World::journalOf(const Device& device) {
    auto path = Journal::currentFile(device.folder);
    if (!path) throw std::runtime_error(fmt::format("d{}: {}", device.number, path.error().what));
    return *path;
}

std::vector<std::string> World::journalColumn(const Device& device, const std::string& sql) {
    return columnOf(openToLook(journalOf(device), OpenMode::Precious), sql);
}

std::vector<std::string> World::hubColumn(const std::string& sql) const {
    if (hubReader_) return columnOf(*hubReader_, sql);
    return columnOf(openToLook(folder_ + "/hub/hub.db", OpenMode::Shared), sql);
}

std::vector<std::string> World::check() {
    auto wrong = wrong_;
    if (!isDrained()) wrong.push_back("an outbox does not drain");
    if (!late_.empty()) wrong.push_back("requests are still on their way");
    for (const auto& device : devices_)
        if (device.engine)
            note(fmt::format("d{} ends with {}, hub {}", device.number,
                             dumpJson(device.engine->status()["outbox"]),
                             dumpJson(device.engine->status()["hub"])));
    hubReader_ = openToLook(folder_ + "/hub/hub.db", OpenMode::Shared);
    checkSetAside(wrong);
    checkPromises(wrong);
    checkFold(wrong);
    checkRights(wrong);
    checkOrders(wrong);
    checkPrivacy(wrong);
    checkOutcomes(wrong);
    return wrong;
}

/// What a device holds aside is what the hub refuses, or a row that was damaged: then its people are told,
/// and nobody is promised any more that it arrives.
void World::checkSetAside(std::vector<std::string>& wrong) {
    constexpr int kRowsMax = 10'000;
    const auto ids = hubColumn("SELECT id FROM operation WHERE verdict <> 'quarantined'");
    const std::set<std::string> taken(ids.begin(), ids.end());
    for (const auto& device : devices_) {
        if (!device.engine) continue;
        const auto rows = device.engine->outbox(kRowsMax);
        if (!rows) {
            wrong.push_back("an outbox cannot be read");
            continue;
        }
        for (const auto& row : *rows) {
            if (row.state != "quarantined") continue;
            if (taken.contains(row.id) && !device.hadDamage)
                wrong.push_back(fmt::format("d{} holds aside what the hub has taken", device.number));
            for (auto& promise : promises_)
                if (device.hadDamage && promise.device == device.number && promise.tags.contains(row.id))
                    promise.isExcused = true;
        }
    }
}

void World::checkPromises(std::vector<std::string>& wrong) {
    const auto ids = hubColumn("SELECT id FROM operation WHERE verdict <> 'quarantined'");
    const std::set<std::string> arrived(ids.begin(), ids.end());
    const auto entities =
        hubColumn("SELECT entity FROM operation WHERE verdict = 'ok' AND type = 'member.signup'");
    std::map<std::string, int> signUps;
    for (const auto& entity : entities)
        ++signUps[entity];
    std::map<std::string, std::set<std::string>> live;
    for (const auto& device : devices_)
        for (const auto& tag : hubColumn("SELECT tag FROM wishlist_tag WHERE list = '" + device.list + "'"))
            live[device.list].insert(tag);
    for (const auto& promise : promises_) {
        if (promise.isExcused) continue;
        switch (promise.kind) {
        case Promise::Kind::Added:
            if (!arrived.contains(*promise.tags.begin()))
                wrong.push_back(
                    fmt::format("saved, but never arrived: d{} add {}", promise.device, promise.sku));
            break;
        case Promise::Kind::Redeemed:
            if (!arrived.contains(*promise.tags.begin()))
                wrong.push_back(fmt::format("redeemed, but never arrived: d{}", promise.device));
            break;
        case Promise::Kind::Refused:
            if (arrived.contains(*promise.tags.begin()))
                wrong.push_back(fmt::format("taken without what it depends on: d{}", promise.device));
            break;
        case Promise::Kind::Ordered: // see checkEvents()
            break;
        case Promise::Kind::Removed:
            for (const auto& tag : promise.tags)
                if (live[promise.list].contains(tag))
                    wrong.push_back(
                        fmt::format("removed, but still there: d{} {}", promise.device, promise.sku));
            break;
        case Promise::Kind::SignedUp:
            if (const auto times = signUps["member/" + promise.memberId]; times != 1)
                wrong.push_back(fmt::format("sign-up of {} arrived {} times", promise.email, times));
            break;
        }
    }
    // One person is one member, however often they signed up.
    std::set<std::string> emails;
    const auto members = store_ ? store_->members() : Result<std::vector<hub::MemberRow>>(Error{});
    if (!members) {
        wrong.push_back("members cannot be read");
        return;
    }
    for (const auto& member : *members)
        if (!emails.insert(member.email).second) wrong.push_back("two members for " + member.email);
    if (const auto bonuses = hubColumn("SELECT count(*) FROM welcome_bonus");
        bonuses.front() != std::to_string(emails.size()))
        wrong.push_back(fmt::format("{} people have {} welcome bonuses", emails.size(), bonuses.front()));
}

void World::checkRights(std::vector<std::string>& wrong) {
    const auto pools = store_ ? store_->pools() : Result<std::vector<hub::PoolRow>>(Error{});
    if (!pools || pools->size() != 1) {
        wrong.push_back("the pool cannot be read");
        return;
    }
    const auto& pool = pools->front();
    note(fmt::format("of {} rights {} redeemed, {} flagged, {} held, slack {}", pool.budget, pool.redeemed,
                     pool.flagged, pool.held, slack_));
    for (const auto& lease :
         hubColumn("SELECT id || ' of ' || incarnation || ': granted ' || granted || ', state ' "
                   "|| state || ', used ' || used || ', closed with ' || closed_used || ', "
                   "flagged ' || (SELECT coalesce(sum(flagged), 0) FROM redemption WHERE lease = "
                   "lease.id) FROM lease ORDER BY id"))
        note("lease " + lease);
    if (pool.redeemed > budget_ + slack_)
        wrong.push_back(fmt::format("{} redeemed of {} with slack {}", pool.redeemed, budget_, slack_));
    std::string ended;
    for (const auto& lease : endedLeases_)
        ended += (ended.empty() ? "'" : ", '") + lease + "'";
    const auto out =
        std::stoll(hubColumn("SELECT coalesce(sum(CASE WHEN state = 0 AND id NOT IN (" + ended +
                             ") THEN granted ELSE used END), 0) FROM lease WHERE pool = '" + kPool + "'")
                       .front());
    if (out > budget_ + slack_)
        wrong.push_back(fmt::format("{} rights are out or spent, of {} with slack {}", out, budget_, slack_));
    if (pool.redeemed - pool.flagged > budget_)
        wrong.push_back("redeemed beyond the budget, and nobody is told");
    if (pool.flagged > slack_) wrong.push_back("an honest redemption is flagged");
}

/// The hub's lists are what its operations say, computed in another way.
void World::checkFold(std::vector<std::string>& wrong) {
    std::map<std::string, std::map<std::string, int>> added; // list, tag -> how often
    std::map<std::string, std::set<std::string>> removed;
    for (const auto& line : hubColumn("SELECT line FROM operation WHERE verdict = 'ok'")) {
        const auto operation = parseOperation(line);
        if (!operation) {
            wrong.push_back("the hub keeps an operation that cannot be read");
            continue;
        }
        const auto list = textMember(operation->data, "list").value_or("");
        if (operation->type == "wishlist.add") ++added[list][operation->id];
        if (operation->type == "wishlist.remove")
            for (const auto& tag : operation->data["tags"])
                removed[list].insert(tag.get<std::string>());
    }
    for (const auto& device : devices_) {
        std::set<std::string> expected;
        for (const auto& [tag, times] : added[device.list]) {
            if (times != 1) wrong.push_back("an operation took effect twice");
            if (!removed[device.list].contains(tag)) expected.insert(tag);
        }
        const auto rows = hubColumn("SELECT tag FROM wishlist_tag WHERE list = '" + device.list + "'");
        if (std::set<std::string>(rows.begin(), rows.end()) != expected)
            wrong.push_back(fmt::format("the list of d{} is not what its operations say", device.number));
    }
    const auto ahead = hubColumn(fmt::format("SELECT tag FROM wishlist_tag WHERE hlc > {}",
                                             Hlc::make(trueMs_ + 10 * kMinuteMs, 0).value));
    if (!ahead.empty()) wrong.push_back("a clock that ran ahead decides for ever");
}

void World::checkPrivacy(std::vector<std::string>& wrong) {
    for (const auto& device : devices_)
        for (const auto& text : personalData_)
            if (device.disk->holds(text)) wrong.push_back("personal data on a device's disk: " + text);
    for (const auto& text : personalData_)
        if (hubDisk_->holds(text)) wrong.push_back("personal data in the open on the hub's disk: " + text);
}

/// A device knows what became of every sign-up that it still remembers; of what damage left behind, of those
/// that it had promised. Closes the devices.
void World::checkOutcomes(std::vector<std::string>& wrong) {
    for (auto& device : devices_) {
        device.engine.reset();
        for (const auto& id : journalColumn(device, "SELECT id FROM member WHERE outcome IS NULL")) {
            const auto promise = std::ranges::find(promises_, id, &Promise::memberId);
            if (promise == promises_.end() ? device.hadDamage : promise->isExcused) continue;
            wrong.push_back(fmt::format("d{} never hears what became of sign-up {}", device.number, id));
        }
    }
}

} // namespace silta::test
