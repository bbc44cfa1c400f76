#include "hub/feed_staging.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace silta::hub {

namespace {

constexpr const char* kSchema = R"sql(
PRAGMA cache_size=-65536;
CREATE TABLE product(no INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, line INTEGER NOT NULL, gtin INTEGER NOT NULL,
  grp TEXT NOT NULL, base TEXT) STRICT;
CREATE TABLE known(sku TEXT PRIMARY KEY, id INTEGER NOT NULL, removed INTEGER NOT NULL, gtin INTEGER NOT NULL,
  grp TEXT NOT NULL, inputs BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE title(sku TEXT NOT NULL, lang TEXT NOT NULL, title TEXT, description TEXT, department TEXT, color TEXT,
  size TEXT, PRIMARY KEY(sku, lang)) STRICT, WITHOUT ROWID;
CREATE TABLE review(no INTEGER PRIMARY KEY, key TEXT NOT NULL, at INTEGER NOT NULL, stars INTEGER NOT NULL,
  date TEXT NOT NULL, lang TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX review_key ON review(key, at);
CREATE TABLE review_id(id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE cell(product INTEGER NOT NULL, store INTEGER NOT NULL, quantity INTEGER, aisle TEXT NOT NULL,
  line INTEGER NOT NULL) STRICT;
CREATE TABLE product_change(no INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id INTEGER NOT NULL, sku TEXT NOT NULL,
  gtin INTEGER NOT NULL, grp TEXT NOT NULL, inputs BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE cell_change(no INTEGER PRIMARY KEY, product INTEGER NOT NULL, store INTEGER NOT NULL,
  quantity INTEGER NOT NULL, as_of INTEGER NOT NULL, aisle TEXT NOT NULL) STRICT;
BEGIN;
)sql";

enum ChangeKind : int { kPut = 0, kRemove = 1, kInputsOnly = 2 };

} // namespace

enum Staging::Prepared : std::size_t {
    kAddProduct,
    kKeepProduct,
    kNames,
    kAddKnown,
    kKnown,
    kSetKnown,
    kAddTitle,
    kTitle,
    kGroupOfProduct,
    kGroupOfKnown,
    kByGtinProduct,
    kByGtinKnown,
    kAddReviewId,
    kAddReview,
    kStars,
    kNewest,
    kAddCell,
    kAddProductChange,
    kAddCellChange,
    kPreparedCount
};

namespace {

// In the order of Staging::Prepared.
constexpr const char* kStagingSql[] = {
    // A good row takes the place of a bad one of the same sku.
    "INSERT INTO product(sku, line, gtin, grp, base) VALUES(?, ?, ?, ?, ?) ON CONFLICT(sku) DO UPDATE SET "
    "line = excluded.line, gtin = excluded.gtin, grp = excluded.grp, base = excluded.base WHERE base IS NULL",
    "INSERT OR IGNORE INTO product(sku, line, gtin, grp) VALUES(?, 0, 0, '')",
    "SELECT 1 FROM product WHERE sku = ?",
    "INSERT INTO known(sku, id, removed, gtin, grp, inputs) VALUES(?, ?, ?, ?, ?, ?)",
    "SELECT id, removed, grp, inputs FROM known WHERE sku = ?",
    "INSERT INTO known(sku, id, removed, gtin, grp, inputs) VALUES(?, ?, ?, 0, '', x'') "
    "ON CONFLICT(sku) DO UPDATE SET removed = excluded.removed",
    "INSERT OR IGNORE INTO title(sku, lang, title, description, department, color, size) VALUES(?, ?, ?, ?, "
    "?, ?, ?)",
    "SELECT title, description, department, color, size FROM title WHERE sku = ? AND lang = ?",
    "SELECT grp FROM product WHERE sku = ? AND base IS NOT NULL",
    "SELECT grp FROM known WHERE sku = ? AND removed = 0",
    "SELECT sku, grp FROM product WHERE gtin = ? AND gtin > 0",
    "SELECT sku, grp FROM known WHERE gtin = ? AND gtin > 0 AND removed = 0",
    "INSERT OR IGNORE INTO review_id(id) VALUES(?)",
    "INSERT INTO review(key, at, stars, date, lang, title, text) VALUES(?, ?, ?, ?, ?, ?, ?)",
    "SELECT stars, count(*) FROM review WHERE key = ? GROUP BY stars",
    "SELECT stars, date, lang, title, text FROM review WHERE key = ? ORDER BY at DESC, no LIMIT ?",
    "INSERT INTO cell(product, store, quantity, aisle, line) VALUES(?, ?, ?, ?, ?)",
    "INSERT INTO product_change(kind, id, sku, gtin, grp, inputs, body) VALUES(?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO cell_change(product, store, quantity, as_of, aisle) VALUES(?, ?, ?, ?, ?)",
};

} // namespace

std::string ratingKey(std::string_view sku, std::string_view group) {
    std::string key(group.empty() ? "s:" : "g:");
    key += group.empty() ? sku : group;
    return key;
}

Result<Staging> Staging::create(const std::string& path) {
    ::unlink(path.c_str());
    auto database = Database::open(path, OpenMode::BuildOnce);
    if (!database) return database.error();
    Staging staging(path, std::move(*database));
    if (auto done = staging.database_.exec(kSchema); !done) return done.error();
    static_assert(std::size(kStagingSql) == kPreparedCount);
    for (const char* sql : kStagingSql) {
        auto statement = staging.database_.prepare(sql);
        if (!statement) return statement.error();
        staging.statements_.push_back(std::move(*statement));
    }
    return staging;
}

Staging::Staging(Staging&& other) noexcept
    : path_(std::exchange(other.path_, {})), database_(std::move(other.database_)),
      statements_(std::move(other.statements_)) {}

Staging::~Staging() {
    if (!path_.empty()) ::unlink(path_.c_str());
}

Statement& Staging::sql(Prepared which) {
    return statements_[which];
}

Result<bool> Staging::addProduct(const StagedProduct& product) {
    auto done = sql(kAddProduct)
                    .bind(0, product.sku)
                    .bind(1, product.line)
                    .bind(2, product.gtin)
                    .bind(3, product.group)
                    .bind(4, product.base)
                    .run();
    if (!done) return done.error();
    return database_.changes() > 0;
}

Result<void> Staging::keepProduct(std::string_view sku) {
    return sql(kKeepProduct).bind(0, sku).run();
}

Result<void> Staging::forEachProduct(const std::function<Result<void>(const StagedProduct&)>& take) {
    auto query = database_.prepare(
        "SELECT sku, line, gtin, grp, base FROM product WHERE base IS NOT NULL ORDER BY no");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        const StagedProduct product{query->string(0), query->integer(1), query->string(3), query->integer(2),
                                    query->string(4)};
        if (auto done = take(product); !done) return done;
    }
}

Result<bool> Staging::names(std::string_view sku) {
    auto& query = sql(kNames);
    auto row = query.bind(0, sku).step();
    query.reset();
    return row;
}

Result<void> Staging::addKnown(const HubProduct& product) {
    return sql(kAddKnown)
        .bind(0, product.sku)
        .bind(1, product.id)
        .bind(2, product.removed ? 1 : 0)
        .bind(3, product.gtin)
        .bind(4, product.group)
        .bindBlob(5, product.inputs)
        .run();
}

Result<std::optional<KnownProduct>> Staging::known(std::string_view sku) {
    auto& query = sql(kKnown);
    auto row = query.bind(0, sku).step();
    if (!row) return row.error();
    std::optional<KnownProduct> product;
    if (*row)
        product = KnownProduct{query.integer(0), query.integer(1) != 0, query.string(2),
                               std::string(query.blob(3))};
    query.reset();
    return product;
}

Result<void> Staging::setKnown(std::string_view sku, std::int64_t id, bool removed) {
    return sql(kSetKnown).bind(0, sku).bind(1, id).bind(2, removed ? 1 : 0).run();
}

Result<void> Staging::indexGtins() {
    return database_.exec("CREATE INDEX product_gtin ON product(gtin) WHERE gtin > 0;"
                          "CREATE INDEX known_gtin ON known(gtin) WHERE gtin > 0;");
}

Result<void> Staging::removeUnnamed() {
    return database_.exec("UPDATE known SET removed = 1 WHERE removed = 0 AND NOT EXISTS("
                          "SELECT 1 FROM product WHERE product.sku = known.sku)");
}

Result<void>
Staging::forEachUnnamed(const std::function<Result<void>(std::int64_t id, const std::string& sku)>& take) {
    auto query = database_.prepare("SELECT id, sku FROM known WHERE removed = 0 AND NOT EXISTS("
                                   "SELECT 1 FROM product WHERE product.sku = known.sku)");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        if (auto done = take(query->integer(0), query->string(1)); !done) return done;
    }
}

Result<void>
Staging::forEachKnown(const std::function<Result<void>(const std::string& sku, const KnownProduct&)>& take) {
    auto query = database_.prepare("SELECT sku, id, grp, inputs FROM known WHERE removed = 0");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        const KnownProduct product{query->integer(1), false, query->string(2), std::string(query->blob(3))};
        if (auto done = take(query->string(0), product); !done) return done;
    }
}

Result<bool> Staging::addTitle(std::string_view sku, std::string_view lang,
                               const std::optional<ProductText>& text) {
    auto& insert = sql(kAddTitle);
    insert.bind(0, sku).bind(1, lang);
    if (text)
        insert.bind(2, text->title)
            .bind(3, text->description)
            .bind(4, text->department)
            .bind(5, text->color)
            .bind(6, text->size);
    else
        for (int column = 2; column <= 6; ++column)
            insert.bindNull(column);
    if (auto done = insert.run(); !done) return done.error();
    return database_.changes() > 0;
}

Result<std::optional<Staging::StagedTitle>> Staging::title(std::string_view sku, std::string_view lang) {
    auto& query = sql(kTitle);
    auto row = query.bind(0, sku).bind(1, lang).step();
    if (!row) return row.error();
    std::optional<StagedTitle> title;
    if (*row) {
        title.emplace();
        if (!query.isNull(0))
            title->text = ProductText{std::string(lang), query.string(0), query.string(1),
                                      query.string(2),   query.string(3), query.string(4)};
    }
    query.reset();
    return title;
}

namespace {

void addOnce(std::vector<std::string>& keys, std::string key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
}

} // namespace

// What the feed says of an item goes before what the hub knew of it.
Result<void> Staging::addKeysOfSku(std::string_view sku, std::vector<std::string>& keys) {
    for (auto which : {kGroupOfProduct, kGroupOfKnown}) {
        auto& query = sql(which);
        auto row = query.bind(0, sku).step();
        if (!row) return row.error();
        const bool found = *row;
        if (found) addOnce(keys, ratingKey(sku, query.text(0)));
        query.reset();
        if (found) break;
    }
    return {};
}

Result<void> Staging::addKeysOfGtin(std::int64_t gtin, std::vector<std::string>& keys) {
    for (auto which : {kByGtinProduct, kByGtinKnown}) {
        auto& query = sql(which);
        query.bind(0, gtin);
        bool found = false;
        for (;;) {
            auto row = query.step();
            if (!row) return row.error();
            if (!*row) break;
            found = true;
            addOnce(keys, ratingKey(query.text(0), query.text(1)));
        }
        query.reset();
        if (found) break;
    }
    return {};
}

Result<bool> Staging::addReview(const FeedReview& review, const std::vector<std::string>& keys) {
    if (!review.id.empty()) {
        if (auto done = sql(kAddReviewId).bind(0, review.id).run(); !done) return done.error();
        if (database_.changes() == 0) return false;
    }
    for (const auto& key : keys) {
        auto done = sql(kAddReview)
                        .bind(0, key)
                        .bind(1, review.at)
                        .bind(2, review.stars)
                        .bind(3, review.date)
                        .bind(4, review.lang)
                        .bind(5, review.title)
                        .bind(6, review.text)
                        .run();
        if (!done) return done.error();
    }
    return true;
}

Result<std::optional<RatingSum>> Staging::rating(const std::string& key) {
    RatingSum sum;
    std::int64_t starsTotal = 0;
    auto& stars = sql(kStars);
    stars.bind(0, key);
    for (;;) {
        auto row = stars.step();
        if (!row) return row.error();
        if (!*row) break;
        const auto n = static_cast<std::int32_t>(stars.integer(1));
        sum.rating.histogram[static_cast<std::size_t>(stars.integer(0) - 1)] = n;
        sum.rating.count += n;
        starsTotal += stars.integer(0) * n;
    }
    stars.reset();
    if (sum.rating.count == 0) return std::optional<RatingSum>{};
    // Two decimals are what is shown; more would make equal ratings differ.
    sum.rating.average = std::round(100.0 * static_cast<double>(starsTotal) / sum.rating.count) / 100.0;
    auto& newest = sql(kNewest);
    newest.bind(0, key).bind(1, static_cast<std::int64_t>(kReviewsMax));
    for (;;) {
        auto row = newest.step();
        if (!row) return row.error();
        if (!*row) break;
        sum.newest.push_back({static_cast<std::int32_t>(newest.integer(0)), newest.string(2),
                              newest.string(3), newest.string(4), newest.string(1)});
    }
    newest.reset();
    return std::optional<RatingSum>(std::move(sum));
}

Result<void> Staging::addCell(const StagedCell& cell) {
    auto& insert = sql(kAddCell);
    insert.bind(0, cell.product).bind(1, cell.store).bind(3, cell.aisle).bind(4, cell.line);
    if (cell.quantity)
        insert.bind(2, *cell.quantity);
    else
        insert.bindNull(2);
    return insert.run();
}

Result<Statement> Staging::sortedCells() {
    return database_.prepare("SELECT product, store, quantity, aisle, line FROM cell "
                             "ORDER BY product, store, quantity IS NULL, line");
}

StagedCell Staging::cellOf(const Statement& row) {
    StagedCell cell{row.integer(0), row.integer(1), {}, row.string(3), row.integer(4)};
    if (!row.isNull(2)) cell.quantity = static_cast<std::int32_t>(row.integer(2));
    return cell;
}

Result<void> Staging::addChange(const ProductChange& change) {
    const auto kind = change.isRemoval ? kRemove : change.isInputsOnly ? kInputsOnly : kPut;
    const auto& product = change.product;
    return sql(kAddProductChange)
        .bind(0, kind)
        .bind(1, product.id)
        .bind(2, product.sku)
        .bind(3, product.gtin)
        .bind(4, product.group)
        .bindBlob(5, product.inputs)
        .bind(6, product.body)
        .run();
}

Result<void> Staging::forEachChange(const std::function<Result<void>(const ProductChange&)>& take) {
    auto query =
        database_.prepare("SELECT kind, id, sku, gtin, grp, inputs, body FROM product_change ORDER BY no");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        ProductChange change;
        change.isRemoval = query->integer(0) == kRemove;
        change.isInputsOnly = query->integer(0) == kInputsOnly;
        change.product.id = query->integer(1);
        change.product.sku = query->text(2);
        change.product.gtin = query->integer(3);
        change.product.group = query->text(4);
        change.product.inputs = query->blob(5);
        change.product.body = query->text(6);
        if (auto done = take(change); !done) return done;
    }
}

Result<void> Staging::addChange(const HubCell& cell) {
    return sql(kAddCellChange)
        .bind(0, cell.product)
        .bind(1, cell.store)
        .bind(2, cell.quantity)
        .bind(3, cell.asOf)
        .bind(4, cell.aisle)
        .run();
}

Result<void> Staging::forEachCellChange(const std::function<Result<void>(const HubCell&)>& take) {
    auto query =
        database_.prepare("SELECT product, store, quantity, as_of, aisle FROM cell_change ORDER BY no");
    if (!query) return query.error();
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return {};
        const HubCell cell{query->integer(0),
                           query->integer(1),
                           static_cast<std::int32_t>(query->integer(2)),
                           query->integer(3),
                           0,
                           query->string(4)};
        if (auto done = take(cell); !done) return done;
    }
}

} // namespace silta::hub
