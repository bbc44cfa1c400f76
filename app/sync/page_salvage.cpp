#include "sync/page_salvage.h"

#include "sync/journal_tables.h"
#include "sync/outbox_line.h"
#include "sync/page_file.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

namespace silta {

namespace {

using Values = std::vector<PageValue>;

/// What the records of a table look like: one letter a column, in the order of journalTables().
/// t = a text, i = an integer, g = an integer or nothing, u = a UUID, n = a setting's name.
struct Shape {
    std::string_view table;
    std::string_view columns;
};
// What the hub tells again when it is asked from its beginning is not here (member, staff); nor are leases,
// which end with the incarnation, and rows that look like those of an index (guest_sign_up,
// wishlist_tombstone).
constexpr std::array<Shape, 6> kShapes = {{
    {"setting", "nt"},
    {"wishlist_tag", "uutgiit"},
    {"guest_count", "tttti"},
    {"voucher", "tiiiit"},
    {"staff_try", "tii"},
    {"token_use", "ttttiiiii"},
}};

bool isSettingName(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
}

bool fits(char letter, const PageValue& value) {
    using Kind = PageValue::Kind;
    switch (letter) {
    case 'i':
        return value.kind == Kind::Integer;
    case 'g':
        return value.kind == Kind::Integer || value.kind == Kind::Null;
    case 'u':
        return value.kind == Kind::Text && isUuid(value.text);
    case 'n':
        return value.kind == Kind::Text && isSettingName(value.text);
    default:
        return value.kind == Kind::Text;
    }
}

const Shape* shapeOf(const Values& values) {
    const auto* found = std::ranges::find_if(
        kShapes, [&values](const Shape& shape) { return std::ranges::equal(shape.columns, values, fits); });
    return found == kShapes.end() ? nullptr : found;
}

/// The outbox keeps its row's number elsewhere, and a checksum since its second version.
bool isOfOutbox(const Values& values) {
    constexpr std::string_view kColumns = "itiitti";
    if (values.size() != kColumns.size() + 1 || values[0].kind != PageValue::Kind::Null) return false;
    const auto& checksum = values.back();
    const bool isOld = checksum.kind == PageValue::Kind::Null;
    auto columns = std::vector(values.begin() + 1, values.end());
    if (isOld) columns.back().kind = PageValue::Kind::Integer;
    if (!std::ranges::equal(kColumns, columns, fits)) return false;
    const auto& line = values[values.size() - 2].text;
    return isSoundLine(line, isOld ? std::nullopt : std::optional(checksum.integer));
}

Result<std::int64_t> insertRow(Database& into, std::string_view table, std::span<const PageValue> values) {
    const auto entry = std::ranges::find(journalTables(), table, &JournalTable::name);
    std::string places = "?";
    for (std::size_t i = 1; i < values.size(); ++i)
        places += ", ?";
    auto insert =
        into.prepare(fmt::format("INSERT OR IGNORE INTO {}({}) VALUES({})", table, entry->columns, places));
    if (!insert) return insert.error();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto at = static_cast<int>(i);
        if (values[i].kind == PageValue::Kind::Integer)
            insert->bind(at, values[i].integer);
        else if (values[i].kind == PageValue::Kind::Text)
            insert->bind(at, values[i].text);
        else
            insert->bindNull(at);
    }
    if (auto done = insert->run(); !done) return done.error();
    return into.changes();
}

} // namespace

Result<std::int64_t> salvagePages(const std::string& path, Database& into,
                                  const std::set<std::string_view>& tables) {
    const auto file = PageFile::read(path);
    std::int64_t rows = 0;
    Result<void> outcome;
    file.forEachRecord([&](PageTree tree, const Values& values) {
        std::string_view table;
        auto columns = std::span<const PageValue>(values);
        if (tree == PageTree::Table) {
            if (isOfOutbox(values)) table = "outbox";
            columns = columns.subspan(1);
        } else if (const auto* shape = shapeOf(values)) {
            table = shape->table;
        }
        if (!tables.contains(table)) return true;
        const auto written = insertRow(into, table, columns);
        if (written)
            rows += *written;
        else
            outcome = written.error();
        return written.has_value();
    });
    if (!outcome) return outcome.error();
    return rows;
}

} // namespace silta
