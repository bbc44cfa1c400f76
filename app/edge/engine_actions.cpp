// What people do on the device: each is safe on disk when the call returns.
#include "core/digits.h"
#include "edge/engine.h"
#include "sync/lease_exchange.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <algorithm>

namespace silta {

Result<std::vector<WishlistItem>> Engine::wishlist(const std::string& list) const {
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open.error();
    return WishlistRepository(journal_->database()).items(list);
}

Result<std::vector<WishlistItem>> Engine::addToWishlist(const std::string& list, const std::string& sku,
                                                        std::optional<Gtin> gtin, int quantity,
                                                        const std::string& note) {
    Result<std::vector<WishlistItem>> items = std::vector<WishlistItem>{};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto recorded = journal_->record(
            {.entity = "wishlist/" + list, .type = "wishlist.add", .version = kWishlistAddVersion},
            [&](Database& database, const OperationStamp& stamp) -> Result<Json> {
                WishlistRepository repository(database);
                auto existing = repository.items(list);
                if (!existing) return existing.error();
                const bool known = std::any_of(existing->begin(), existing->end(),
                                               [&sku](const WishlistItem& item) { return item.sku == sku; });
                if (!known && existing->size() >= static_cast<std::size_t>(kWishlistItemsMax))
                    return Error{Errc::Limit, "add to wishlist: the list is full"};
                if (auto done = repository.add({list, stamp.id, sku, gtin, quantity, note, stamp.hlc}); !done)
                    return done.error();
                Json data = {{"list", list}, {"sku", sku}, {"quantity", quantity}};
                if (gtin) data["gtin"] = gtin->toString();
                if (!note.empty()) data["note"] = note;
                return data;
            });
        if (!recorded) return recorded.error();
        items = WishlistRepository(journal_->database()).items(list);
    }
    wake();
    return items;
}

Result<std::vector<WishlistItem>> Engine::removeFromWishlist(const std::string& list,
                                                             const std::string& sku) {
    Result<std::vector<WishlistItem>> items = std::vector<WishlistItem>{};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        WishlistRepository repository(journal_->database());
        items = repository.items(list);
        if (!items) return items;
        const auto item = std::find_if(items->begin(), items->end(),
                                       [&sku](const WishlistItem& i) { return i.sku == sku; });
        if (item == items->end()) return items; // removing what is not there is done already
        const auto tags = item->tags;
        auto recorded =
            journal_->record({.entity = "wishlist/" + list, .type = "wishlist.remove"},
                             [&list, &tags](Database& database, const OperationStamp&) -> Result<Json> {
                                 if (auto done = WishlistRepository(database).remove(list, tags); !done)
                                     return done.error();
                                 return Json{{"list", list}, {"tags", tags}};
                             });
        if (!recorded) return recorded.error();
        items = repository.items(list);
    }
    wake();
    return items;
}

Result<Engine::NewNumber> Engine::nextNumber() {
    std::string prefix;
    int deviceNumber = 0;
    {
        const std::lock_guard lock(stateMutex_);
        if (!enrolment_) return Error{Errc::Unavailable, "sign up: this device is not enrolled yet"};
        prefix = enrolment_->memberPrefix;
        deviceNumber = enrolment_->deviceNumber;
    }
    const auto serial = parseNumber<int>(journal_->setting("member_serial").value_or("")).value_or(0) + 1;
    if (serial > kMemberSerialMax)
        return Error{Errc::Limit, "sign up: the device's range of numbers is used up"};
    auto number = makeMemberNumber(prefix, deviceNumber, serial);
    if (!number) return number.error();
    return NewNumber{serial, *number};
}

Result<void> Engine::keepNumber(Database& database, const std::string& memberId, const NewNumber& number,
                                std::optional<std::string_view> outcome) {
    auto insert = database.prepare("INSERT INTO member(id, number, created_ms, outcome) VALUES(?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, memberId).bind(1, number.number).bind(2, clock_.nowMs());
    if (auto done = insert->bind(3, outcome).run(); !done) return done;
    return journal_->setSetting("member_serial", std::to_string(number.serial));
}

Result<std::string> Engine::signUp(SignUp signUp) {
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto known =
            journal_->database().prepare("SELECT number FROM member WHERE id = ? AND outcome IS NOT ?");
        if (!known) return known.error();
        auto row = known->bind(0, signUp.memberId).bind(1, kInvitedOutcome).step();
        if (!row) return row.error();
        if (*row) return known->string(0);
        auto number = nextNumber();
        if (!number) return number.error();
        signUp.number = number->number;
        auto recorded = journal_->record({.entity = "member/" + signUp.memberId, .type = "member.signup"},
                                         [&](Database& database, const OperationStamp&) -> Result<Json> {
                                             auto kept =
                                                 keepNumber(database, signUp.memberId, *number, std::nullopt);
                                             return kept ? Result<Json>(toJson(signUp)) : kept.error();
                                         });
        if (!recorded) return recorded.error();
    }
    wake();
    return signUp.number;
}

Result<void> Engine::wantRights(const std::string& pool, int rights) {
    if (!isPoolName(pool) || rights < 1 || rights > kLeaseRightsMax)
        return Error{Errc::Invalid, "want rights: a pool's name and 1 to 10000 rights"};
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open;
        const auto id = makeUuid(clock_, random_);
        auto done = journal_->apply([&](Database& database) {
            return LeaseBook(database).ask(id, pool, journal_->incarnation(), rights);
        });
        if (!done) return done;
    }
    wake();
    return {};
}

Result<Engine::Redemption> Engine::redeem(const std::string& pool, const std::string& dependsOn) {
    Redemption redemption;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        auto recorded = journal_->record(
            {.entity = "pool/" + pool, .type = "right.redeem", .version = 1, .dependsOn = dependsOn},
            [&](Database& database, const OperationStamp&) -> Result<Json> {
                auto spent = LeaseBook(database).spend(pool);
                if (!spent) return spent.error();
                redemption.left = spent->granted - spent->used;
                return leaseData(*spent);
            });
        if (!recorded) return recorded.error();
        redemption.operationId = recorded->id;
    }
    wake();
    return redemption;
}

Result<void> Engine::returnRights(const std::string& pool) {
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open;
        auto leases = LeaseBook(journal_->database()).inState(LeaseState::Open);
        if (!leases) return leases.error();
        for (const auto& lease : *leases)
            if (lease.pool == pool)
                if (auto done = closeLease(*journal_, lease); !done) return done;
    }
    wake();
    return {};
}

} // namespace silta
