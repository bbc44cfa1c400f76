// What the tests of the hub's feeds share: sinks that remember, literal files, an import in a temporary
// folder.
#pragma once

#include "hub/cmd_import.h"
#include "hub/feed_items.h"
#include "hub/feed_stores.h"
#include "hub/importer.h"
#include "hub/publisher.h"

#include <QtTest>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace silta::test {

using namespace silta::hub;

struct RememberedBad {
    std::int64_t line;
    std::string field, excerpt, reason, id;
};

/// Understands rows as a product or inventory feed does and keeps what came.
class RememberingSink final : public RowSink {
public:
    enum class Kind { Products, Stock };
    explicit RememberingSink(Kind kind = Kind::Products) : kind_(kind) {}

    bool onRow(FeedRow& row) override {
        lines.push_back(row.line);
        std::optional<RowFault> fault;
        if (kind_ == Kind::Products) {
            ProductRecord product;
            fault = readProduct(row, "en", product);
            if (!fault) products.push_back(product);
        } else {
            StockRecord cell;
            fault = readStock(row, cell);
            if (!fault) cells.push_back(cell);
        }
        links.push_back(row[Field::ImageLink]);
        if (fault) bad.push_back({row.line, fault->field, fault->excerpt, fault->reason, row[Field::Id]});
        return !fault;
    }
    void onBadRow(std::int64_t line, const RowFault& fault, const FeedRow& readable) override {
        bad.push_back({line, fault.field, fault.excerpt, fault.reason, readable[Field::Id]});
    }

    std::vector<ProductRecord> products;
    std::vector<StockRecord> cells;
    std::vector<std::string> links;
    std::vector<std::int64_t> lines;
    std::vector<RememberedBad> bad;

private:
    Kind kind_;
};

inline Result<FeedEnd> readText(std::string_view text, RememberingSink& sink) {
    const auto source = memoryFeed(text);
    return readItems(*source, requiredOfProducts(), sink);
}

class FixedClock final : public Clock {
public:
    UtcMs now = 1'790'000'000'000;
    UtcMs nowMs() const override { return now; }
    std::int64_t steadyMs() const override { return now; }
};

/// Counts instead of chance.
class CountingRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override {
        for (auto& byte : bytes)
            byte = static_cast<std::byte>(++count_);
    }

private:
    unsigned char count_ = 0;
};

/// A folder with feeds and a hub database.
class HubFolder {
public:
    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(name.c_str()).toStdString();
    }
    std::string write(const std::string& name, std::string_view bytes) const {
        std::ofstream file(path(name), std::ios::binary | std::ios::trunc);
        file << bytes;
        return path(name);
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream file(path(name), std::ios::binary);
        std::stringstream bytes;
        bytes << file.rdbuf();
        return bytes.str();
    }
    [[nodiscard]] std::string database() const { return path("hub.db"); }

    /// Runs `silta-hub import` with --db and these arguments.
    int import(std::vector<std::string> args) {
        args.insert(args.begin(), {"--db", database()});
        std::ostringstream out;
        std::ostringstream err;
        const int code = runImport(args, clock, random, out, err);
        this->out = out.str();
        this->err = err.str();
        return code;
    }
    Result<CatalogStore> store() { return CatalogStore::open(database(), random); }
    HubPosition position() {
        auto opened = store();
        return opened ? opened->position().value_or(HubPosition{-1, -1}) : HubPosition{-1, -1};
    }
    /// Live products by sku; a segment line each.
    std::map<std::string, ProductRecord> products() {
        std::map<std::string, ProductRecord> result;
        auto opened = store();
        if (!opened) return result;
        const auto done = opened->forEachProductAfter(0, [&](const HubProduct& row) -> Result<void> {
            if (row.removed) return {};
            auto change = parseChange(row.body);
            if (!change) return change.error();
            result.emplace(row.sku, *change->product);
            return {};
        });
        return done ? result : std::map<std::string, ProductRecord>{};
    }
    /// "sku@store" to quantity, without zeros.
    std::map<std::string, int> cells() {
        std::map<std::string, int> result;
        auto opened = store();
        if (!opened) return result;
        std::map<std::int64_t, std::string> codes;
        const auto stores = opened->stores();
        if (!stores) return result;
        for (const auto& row : *stores)
            codes[row.id] = row.code;
        const auto done = opened->forEachCell([&](const HubCell& cell) -> Result<void> {
            if (cell.quantity > 0)
                result[opened->skuOf(cell.product).value_or("?") + "@" + codes[cell.store]] = cell.quantity;
            return {};
        });
        return done ? result : std::map<std::string, int>{};
    }

    FixedClock clock;
    CountingRandom random;
    std::string out, err;

private:
    QTemporaryDir folder_;
};

inline bool contains(const std::string& text, const std::string& part) {
    const bool found = text.find(part) != std::string::npos;
    if (!found) qWarning("\"%s\" is not in:\n%s", part.c_str(), text.c_str());
    return found;
}

} // namespace silta::test
