// What people at headquarters read.
#include "hub/member_registry.h"
#include "hub/operation_store.h"

namespace silta::hub {

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

} // namespace silta::hub
