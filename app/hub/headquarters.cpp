// What people at headquarters read.
#include "hub/guest_registry.h"
#include "hub/member_registry.h"
#include "hub/operation_store.h"

namespace silta::hub {

Result<std::vector<MemberRow>> OperationStore::members() const {
    auto& database = const_cast<Database&>(database_); // NOLINT: reading only; the registry writes elsewhere
    const MemberRegistry registry(database, keys_, random_);
    auto query = database_.prepare(
        "SELECT id, number, store_code, lang, wishlist_id, created_ms FROM member ORDER BY created_ms, id");
    auto aliases = database_.prepare("SELECT number FROM member_alias WHERE member_id = ? ORDER BY number");
    auto consents = database_.prepare("SELECT purpose, channel, granted, at_ms, staff_id, lang, wording_hash "
                                      "FROM consent WHERE member_id = ? ORDER BY row");
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
                                       {"atMs", consents->integer(3)},
                                       {"staffId", consents->string(4)},
                                       {"lang", consents->string(5)},
                                       {"wordingHash", consents->string(6)}});
        consents->reset();
        members.push_back(std::move(member));
    }
}

Result<std::vector<ContactRow>> OperationStore::contacts() const {
    auto query = database_.prepare(
        "SELECT c.id, c.store_code, c.lang, c.member_id, c.created_ms, c.seen_ms, c.verified_ms, (SELECT "
        "count(*) FROM contact_visit WHERE contact_id = c.id) FROM contact AS c ORDER BY c.created_ms, c.id");
    auto consents = database_.prepare("SELECT purpose, channel, granted, version, lang, at_ms FROM "
                                      "contact_consent WHERE contact_id = ? ORDER BY row");
    if (!query) return query.error();
    if (!consents) return consents.error();
    std::vector<ContactRow> contacts;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return contacts;
        ContactRow contact;
        contact.id = query->string(0);
        contact.storeCode = query->string(1);
        contact.lang = query->string(2);
        contact.memberId = query->string(3);
        contact.createdMs = query->integer(4);
        contact.seenMs = query->integer(5);
        contact.verifiedMs = query->integer(6);
        contact.visits = query->integer(7);
        if (auto person = guestData(database_, keys_, contact.id)) {
            contact.email = person->email;
            contact.phone = person->phone;
        }
        contact.consents = Json::array();
        consents->bind(0, contact.id);
        for (;;) {
            auto more = consents->step();
            if (!more) return more.error();
            if (!*more) break;
            contact.consents.push_back({{"purpose", consents->string(0)},
                                        {"channel", consents->string(1)},
                                        {"granted", consents->integer(2) != 0},
                                        {"version", consents->string(3)},
                                        {"lang", consents->string(4)},
                                        {"atMs", consents->integer(5)}});
        }
        consents->reset();
        contacts.push_back(std::move(contact));
    }
}

Result<std::vector<GuestCountRow>> OperationStore::guestCounts() const {
    auto query = database_.prepare("SELECT store_code, day, kind, way, count FROM guest_count ORDER BY day "
                                   "DESC, store_code, kind, way");
    if (!query) return query.error();
    std::vector<GuestCountRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(
            {query->string(0), query->string(1), query->string(2), query->string(3), query->integer(4)});
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

} // namespace silta::hub
