#include "shopper/wishlist_repository.h"

#include "core/mutant.h"
#include "store/row_insert.h"

#include <algorithm>

namespace silta {

namespace {

void bindAdd(Statement& insert, int position, const WishlistAdd& add) {
    insert.bind(position, add.list).bind(position + 1, add.tag).bind(position + 2, add.sku);
    if (add.gtin) {
        insert.bind(position + 3, add.gtin->number());
    } else {
        insert.bindNull(position + 3);
    }
    insert.bind(position + 4, add.quantity).bind(position + 5, static_cast<std::int64_t>(add.hlc.value));
    insert.bind(position + 6, add.note);
}

} // namespace

Result<void> WishlistRepository::add(std::span<const WishlistAdd> adds) {
    static const RowInsert kInsert(
        "INSERT INTO wishlist_tag(list, tag, sku, gtin, quantity, hlc, note) "
        "SELECT column1, column2, column3, column4, column5, column6, column7 FROM (VALUES",
        "(?, ?, ?, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT), ?)",
        ") AS added WHERE NOT EXISTS (SELECT 1 FROM wishlist_tombstone WHERE list = column1 AND tag = "
        "column2) ON CONFLICT DO NOTHING");
    const auto written = kInsert.run(database_, adds, bindAdd);
    if (!written) return written.error();
    if (static_cast<std::size_t>(*written) == adds.size()) return {};
    // The remove of one was here first, and has done its work.
    auto dead = database_.prepare("DELETE FROM wishlist_tombstone WHERE list = ? AND tag = ?");
    if (!dead) return dead.error();
    for (const auto& add : adds)
        if (auto done = dead->bind(0, add.list).bind(1, add.tag).run(); !done) return done;
    return {};
}

Result<void> WishlistRepository::remove(std::string_view list, const std::vector<std::string>& tags) {
    auto remove = database_.prepare("DELETE FROM wishlist_tag WHERE list = ? AND tag = ?");
    auto bury =
        database_.prepare("INSERT INTO wishlist_tombstone(list, tag) VALUES(?, ?) ON CONFLICT DO NOTHING");
    if (!remove) return remove.error();
    if (!bury) return bury.error();
    for (const auto& tag : tags) {
        if (auto done = remove->bind(0, list).bind(1, tag).run(); !done) return done;
        if (database_.changes() > 0 || isMutant(Mutant::NoTombstone)) continue;
        if (auto done = bury->bind(0, list).bind(1, tag).run(); !done) return done;
    }
    return {};
}

Result<std::vector<WishlistItem>> WishlistRepository::items(std::string_view list) const {
    // Tags are UUIDv7 of one list's devices; the clock decides, the tag breaks ties.
    auto query = database_.prepare(
        "SELECT sku, gtin, quantity, tag, note FROM wishlist_tag WHERE list = ? ORDER BY hlc, tag");
    if (!query) return query.error();
    query->bind(0, list);
    std::vector<WishlistItem> items;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return items;
        const auto sku = query->text(0);
        auto item =
            std::find_if(items.begin(), items.end(), [sku](const WishlistItem& i) { return i.sku == sku; });
        if (item == items.end())
            item = items.insert(items.end(), WishlistItem{std::string(sku), {}, 1, {}, {}});
        item->quantity = static_cast<int>(query->integer(2));
        item->note = query->text(4);
        item->tags.push_back(query->string(3));
        if (query->isNull(1)) continue;
        if (auto gtin = Gtin::fromNumber(query->integer(1))) item->gtin = *gtin;
    }
}

} // namespace silta
