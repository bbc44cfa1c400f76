#include "sync/page_salvage.h"

#include "core/json.h"
#include "sync/journal_tables.h"
#include "sync/operation.h"
#include "sync/outbox_line.h"

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
/// t = a text, o = a text or nothing, i = an integer, g = an integer or nothing, u = a UUID, n = a setting's
/// name, d = a day, j = an object of JSON, k = digits, m = milliseconds of our time.
struct Shape {
    std::string_view table;
    std::string_view columns;
};
// Not here: staff, whom the hub tells again; leases, which end with the incarnation; tombstones of a
// wishlist, which look like rows of an index and which a device has no use for.
constexpr std::array<Shape, 11> kShapes = {{
    {"setting", "nt"},
    {"member", "ukmo"},
    {"wishlist_tag", "uutgiit"},
    {"guest_sign_up", "um"}, // an index of ids ends in the number of a row, which is smaller
    {"guest_count", "tdtti"},
    {"voucher", "tiiiit"},
    {"staff_try", "tii"},
    {"token_use", "ttttiiiii"},
    {"shop_order", "utijttmi"},
    {"order_change", "uutji"},
    {"receipt", "ttttiiitm"},
}};

bool isMadeOf(std::string_view text, std::string_view letters) {
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool isDay(std::string_view text) {
    constexpr std::string_view kDay = "0000-00-00";
    return std::ranges::equal(
        text, kDay, [](char c, char like) { return like == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

bool fitsText(char letter, std::string_view text) {
    switch (letter) {
    case 'u':
        return isUuid(text);
    case 'n':
        return isMadeOf(text, "abcdefghijklmnopqrstuvwxyz_");
    case 'k':
        return isMadeOf(text, "0123456789");
    case 'd':
        return isDay(text);
    case 'j':
        return text.starts_with('{') && parseJson(text, kOperationBytesMax).has_value();
    default:
        return letter == 't' || letter == 'o';
    }
}

bool fits(char letter, const PageValue& value) {
    constexpr std::int64_t kOursFromMs = 1'000'000'000'000; // of 2001
    switch (value.kind) {
    case PageValue::Kind::Integer:
        return letter == 'i' || letter == 'g' || (letter == 'm' && value.integer > kOursFromMs);
    case PageValue::Kind::Text:
        return fitsText(letter, value.text);
    case PageValue::Kind::Null:
        return letter == 'g' || letter == 'o';
    case PageValue::Kind::Other:
        break;
    }
    return false;
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

Result<std::int64_t> salvagePages(const PageFile& file, Database& into,
                                  const std::set<std::string_view>& tables) {
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
