#include "catalog/digest_scan.h"

#include "catalog/limits.h"
#include "catalog/replica_view.h"
#include "catalog/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace silta {

namespace {

class SqliteDigestScan final : public DigestScan {
public:
    SqliteDigestScan(Database database, const std::string& path) : view_(std::move(database), {}, path) {}

    /// Begins with the stores, which are few.
    Result<void> start() {
        auto snapshot = view_.snapshot();
        if (!snapshot) return snapshot.error();
        const auto& info = view_.info();
        digest_.epoch = info.epoch;
        digest_.catalogSeq = info.catalogSeq;
        digest_.stockSeq = stockSeqOf(info);
        for (const auto& store : *view_.stores()) {
            CatalogChange change;
            change.store = store.record;
            digest_.addItem(store.record.code, toLine(change));
            codes_[store.id] = store.record.code;
        }
        return {};
    }

    Result<bool> slice(int products) override {
        auto snapshot = view_.snapshot();
        if (!snapshot) return snapshot.error();
        const auto& info = view_.info();
        if (!digest_.isAt(info.epoch, info.catalogSeq, stockSeqOf(info)))
            return Error{Errc::Conflict, "scan catalogue: it has moved on"};
        std::vector<ProductRow> rows;
        {
            auto query = view_.statements().get("SELECT " SILTA_PRODUCT_COLUMNS
                                                " FROM products WHERE id > ? ORDER BY id LIMIT ?");
            if (!query) return query.error();
            (*query)->bind(0, last_).bind(1, std::int64_t{products});
            for (;;) {
                auto more = (*query)->step();
                if (!more) return more.error();
                if (!*more) break;
                auto row = readProductRow(**query);
                if (!row) return row.error();
                rows.push_back(std::move(*row));
            }
        }
        for (const auto& row : rows) {
            auto record = view_.record(row);
            if (!record) return record.error();
            CatalogChange change;
            change.product = std::move(*record);
            digest_.addItem(row.sku, toLine(change));
            if (auto done = addStock(row); !done) return done.error();
            last_ = row.id;
        }
        return rows.size() == static_cast<std::size_t>(products);
    }

    [[nodiscard]] const CatalogDigest& digest() const override { return digest_; }

private:
    /// A hub's digest is of one moment; regions that stand at several are like none.
    static std::int64_t stockSeqOf(const CatalogInfo& info) {
        const auto isSame = [&info](const StockPosition& position) { return position.seq == info.stockSeq; };
        return std::ranges::all_of(info.stock, isSame) ? info.stockSeq : -1;
    }
    Result<void> addStock(const ProductRow& row) {
        const auto cells = view_.stock().cells(row.id);
        if (!cells) return cells.error();
        for (const auto& cell : *cells) {
            const auto code = codes_.find(cell.store); // cells of a store that is gone are seen by nobody
            if (code != codes_.end())
                digest_.addStock(row.sku, code->second, cell.quantity, cell.asOf, view_.aisle(cell.aisle));
        }
        return {};
    }

    ReplicaView view_;
    CatalogDigest digest_;
    std::unordered_map<std::int32_t, std::string> codes_; ///< of stores
    std::int64_t last_ = 0;                               ///< row read last
};

} // namespace

Result<std::unique_ptr<DigestScan>> DigestScan::open(const std::string& path) {
    auto database = Database::open(path, OpenMode::ReadOnly);
    if (!database) return database.error();
    if (auto header = checkCatalogHeader(*database); !header) return header.error();
    const auto settings = fmt::format("PRAGMA busy_timeout={}", kReaderBusyMs);
    if (auto done = database->exec(settings.c_str()); !done) return done.error();
    auto scan = std::make_unique<SqliteDigestScan>(std::move(*database), path);
    if (auto done = scan->start(); !done) return done.error();
    return std::unique_ptr<DigestScan>(std::move(scan));
}

} // namespace silta
