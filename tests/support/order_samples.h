// Orders for tests, and a hub's catalogue with some shelves.
#pragma once

#include "core/order_number.h"
#include "hub/catalog_store.h"
#include "shopper/order_rules.h"

#include <silta/catalog.h>
#include <silta/crypto.h>

#include <array>
#include <string>
#include <vector>

namespace silta::test {

inline constexpr const char* kHomeStore = "FI-HEL-01";
inline constexpr const char* kNearStore = "FI-ESP-01";
inline constexpr const char* kFarStore = "FI-OUL-01";

inline Order order(const std::string& id, OrderKind kind, std::vector<OrderLine> lines,
                   const std::string& store = kHomeStore, int serial = 1) {
    Order made;
    made.id = id;
    made.number = *makeOrderNumber(7, serial);
    made.kind = kind;
    made.madeIn = kHomeStore;
    made.store = kind == OrderKind::Home ? "" : store;
    made.lang = "en";
    made.word = "Harbour";
    made.lines = std::move(lines);
    made.currency = "EUR";
    made.placedMs = 1'000;
    made.promisedMs = 2'000;
    made.expiresMs = 1'000'000'000'000'000;
    return made;
}

inline OrderLine line(const std::string& sku, int quantity, std::int64_t priceMinor = 1'295) {
    OrderLine made;
    made.sku = sku;
    made.quantity = quantity;
    made.unitPriceMinor = priceMinor;
    return made;
}

inline std::string sealedAddress(const std::string& sealKey) {
    const auto box =
        seal(R"({"name":"Aino Planted","email":"aino@planted.example","phone":"","street":"Katu 1",)"
             R"("postcode":"00100","city":"Helsinki","country":"FI"})",
             sealKey);
    return toBase64(*box);
}

/// Three stores, the third far from the others, and products at 12.95 EUR.
class Shelves {
public:
    using Stores = std::array<const char*, 3>;
    explicit Shelves(hub::CatalogStore& catalog, const Stores& stores = {kHomeStore, kNearStore, kFarStore})
        : catalog_(catalog) {
        auto update = *hub::CatalogUpdate::begin(catalog_);
        addStore(update, 1, stores[0], 60.17);
        addStore(update, 2, stores[1], 60.20);
        addStore(update, 3, stores[2], 65.01);
        isSound_ = isSound_ && update.commit();
    }
    void put(const std::string& sku, std::int64_t store, std::int32_t quantity, UtcMs asOf) {
        auto update = *hub::CatalogUpdate::begin(catalog_);
        hub::HubProduct product;
        product.id = idOf(sku);
        product.sku = sku;
        product.inputs = "x";
        ProductRecord record;
        record.sku = sku;
        record.price = Price{*Money::parse("12.95 EUR"), {}, {}, {}};
        auto& text = record.texts.emplace_back();
        text.lang = "en";
        text.title = "Thing " + sku;
        CatalogChange change;
        change.product = record;
        product.body = toLine(change);
        isSound_ = isSound_ && update.putProduct(product) &&
                   update.putCell({product.id, store, quantity, asOf, 0, {}}) && update.commit();
    }
    [[nodiscard]] bool isSound() const { return isSound_; }

private:
    void addStore(hub::CatalogUpdate& update, std::int64_t id, const char* code, double latitude) {
        StoreRecord record;
        record.code = record.name = code;
        record.country = "FI";
        record.latitude = latitude;
        record.longitude = 25;
        record.timeZone = "Europe/Helsinki";
        CatalogChange change;
        change.store = record;
        isSound_ = isSound_ && update.putStore(id, code, toLine(change));
    }
    std::int64_t idOf(const std::string& sku) {
        for (std::size_t i = 0; i < skus_.size(); ++i)
            if (skus_[i] == sku) return static_cast<std::int64_t>(i) + 1;
        skus_.push_back(sku);
        return static_cast<std::int64_t>(skus_.size());
    }
    hub::CatalogStore& catalog_;
    std::vector<std::string> skus_;
    bool isSound_ = true;
};

} // namespace silta::test
