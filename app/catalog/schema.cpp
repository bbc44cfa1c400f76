// A catalog file is one SQLite database whose application_id is set last, so that a half-built one is told
// apart:
//
//   meta                what the file stands for, and counters ("epoch", "catalog_seq", "next_id",
//                       "products", "stores", "stores_change", "names_change", "index_source",
//                       "index_change", "index_from", "stock_as_of", "stock_reference", "stock_folded",
//                       "stock_reports"), and the chain's "search_words"
//   products            one row an item: what a card needs. `id` is the row number, `rank` the place in lists
//   that
//                       are alike otherwise (0 = first), `texts` packed as in product_row.h
//   details             descriptions, attributes, reviews as JSON; no row when there are none
//   paths               department paths of any language, each once
//   departments         the tree, by the path in English or else in the feed's own language; `cards` counts
//   the
//                       products that lie exactly there, a group of variants once
//   department_titles   the last step of the path in each language
//   stores, store_reports   stores, and when each last told its stock
//   aisles, stock_cells stock: one row an item, cells packed as in stock/cells.h. What the hub has told since
//                       they were written is in the log beside the file, see stock/log.h
//   stock_positions     up to which of the hub's numbers these rows hold the stock of a region
//   index_log           which products have changed since the search index beside the file was made, and by
//                       which change; see catalog_index.h
#include "catalog/schema.h"

#include <fmt/format.h>

namespace silta {

namespace {

constexpr const char* kMigration1 = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL UNIQUE,
    rank INTEGER NOT NULL,
    gtin INTEGER,
    group_key TEXT,
    department INTEGER NOT NULL,
    brand TEXT NOT NULL,
    currency TEXT,
    regular INTEGER,
    sale INTEGER,
    sale_from INTEGER,
    sale_to INTEGER,
    picture BLOB,
    texts BLOB NOT NULL,
    rating BLOB
) STRICT;
CREATE INDEX products_gtin ON products (gtin) WHERE gtin IS NOT NULL;
CREATE INDEX products_group ON products (group_key, department) WHERE group_key IS NOT NULL;
CREATE INDEX products_sale ON products (rank, group_key, regular, sale, sale_from, sale_to) WHERE sale IS NOT NULL;
CREATE TABLE details (product INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE paths (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE departments (
    id INTEGER PRIMARY KEY,
    parent INTEGER NOT NULL,
    path TEXT NOT NULL UNIQUE,
    cards INTEGER NOT NULL
) STRICT;
CREATE TABLE department_titles (
    department INTEGER NOT NULL,
    lang TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (department, lang)
) STRICT, WITHOUT ROWID;
CREATE TABLE stores (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    city TEXT NOT NULL,
    postcode TEXT NOT NULL,
    country TEXT NOT NULL,
    phone TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    time_zone TEXT NOT NULL,
    hours TEXT NOT NULL
) STRICT;
CREATE TABLE store_reports (store INTEGER PRIMARY KEY, as_of INTEGER NOT NULL) STRICT;
CREATE TABLE aisles (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE stock (product INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;
CREATE TABLE stock_log (change INTEGER PRIMARY KEY, products BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
    words, content='', detail=none, columnsize=0, prefix='1 2 3', tokenize="ascii tokenchars '.'"
);
CREATE TABLE words (word TEXT PRIMARY KEY, backwards TEXT NOT NULL, products INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX words_backwards ON words (backwards, products);
)sql";

// Search moved out of the database into a file of its own.
constexpr const char* kMigration2 = R"sql(
DROP TABLE search;
DROP TABLE words;
CREATE TABLE index_log (product INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT;
CREATE INDEX index_log_change ON index_log (change);
)sql";

// Stock's rows are packed in another way, and its changes are in a file of their own. What was there is
// fetched again: no region's number is below 0.
constexpr const char* kMigration3 = R"sql(
DROP TABLE stock;
DROP TABLE stock_log;
CREATE TABLE stock_cells (product INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;
CREATE TABLE stock_positions (region TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO stock_positions SELECT '', -1 FROM meta WHERE key = 'stock_seq';
DELETE FROM meta WHERE key IN ('stock_seq', 'stock_change', 'stock_as_of');
)sql";

Result<std::int64_t> pragma(const Database& database, const char* sql) {
    auto query = database.prepare(sql);
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    return *row ? query->integer(0) : 0;
}

} // namespace

const std::array<const char*, 3> kCatalogMigrations = {kMigration1, kMigration2, kMigration3};

const char* const kDropBulkIndexes = R"sql(
DROP INDEX products_gtin;
DROP INDEX products_group;
DROP INDEX products_sale;
)sql";

const char* const kCreateBulkIndexes = R"sql(
CREATE INDEX products_gtin ON products (gtin) WHERE gtin IS NOT NULL;
CREATE INDEX products_group ON products (group_key, department) WHERE group_key IS NOT NULL;
CREATE INDEX products_sale ON products (rank, group_key, regular, sale, sale_from, sale_to) WHERE sale IS NOT NULL;
)sql";

Result<void> checkCatalogHeader(const Database& database) {
    const auto application = pragma(database, "PRAGMA application_id");
    if (!application) return application.error();
    const auto version = pragma(database, "PRAGMA user_version");
    if (!version) return version.error();
    if (*application != kCatalogApplicationId || *version < 1)
        return Error{Errc::Corrupt, "open catalog: not a catalog file"};
    if (*version > static_cast<std::int64_t>(kCatalogMigrations.size()))
        return Error{Errc::Unsupported,
                     fmt::format("open catalog: format {} is newer than this program", *version)};
    // SQLite reads what is missing of the last page as zeros.
    const auto pages = pragma(database, "PRAGMA page_count");
    if (!pages) return pages.error();
    const auto pageBytes = pragma(database, "PRAGMA page_size");
    if (!pageBytes) return pageBytes.error();
    const auto bytes = database.fileBytes();
    if (!bytes) return bytes.error();
    if (*bytes < *pages * *pageBytes) return Error{Errc::Corrupt, "open catalog: the file is cut off"};
    return {};
}

} // namespace silta
