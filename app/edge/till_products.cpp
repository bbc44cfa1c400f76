#include "edge/till_products.h"

#include "core/money_json.h"
#include "sync/catalog_puller.h"

#include <algorithm>

namespace silta {

namespace {

void addPrice(Json& json, const std::optional<Price>& price, UtcMs nowMs) {
    if (!price) return;
    json["price"] = moneyToJson(price->at(nowMs));
    if (price->isOffer(nowMs)) json["regularPrice"] = moneyToJson(price->regular);
}

std::string variantOf(const ProductText& text) {
    if (text.color.empty() || text.size.empty()) return text.color + text.size;
    return text.color + ", " + text.size;
}

} // namespace

Result<const CatalogReader*> TillProducts::reader(const std::string& storeCode) {
    auto path = CatalogPuller::currentFile(folder_);
    if (!path) return Error{Errc::Unavailable, "read product: no catalogue has come yet"};
    if (!reader_ || *path != path_ || storeCode != storeCode_) {
        auto opened = CatalogReader::open(*path, storeCode);
        if (!opened) return Error{Errc::Unavailable, "read product: the catalogue cannot be read"};
        reader_ = std::move(*opened);
        path_ = std::move(*path);
        storeCode_ = storeCode;
    }
    return reader_.get();
}

Result<Json> TillProducts::pageOf(const CatalogReader& reader, std::int64_t id,
                                  const std::string& lang) const {
    auto page = reader.product(id, lang);
    if (!page) return page.error();
    Json json = {{"sku", page->record.sku}, {"name", page->text.title}, {"near", Json::array()}};
    if (!page->record.brand.empty()) json["brand"] = page->record.brand;
    if (const auto variant = variantOf(page->text); !variant.empty()) json["variant"] = variant;
    if (page->record.gtin) json["gtin"] = page->record.gtin->toString();
    addPrice(json, page->record.price, clock_.nowMs());
    auto stock = reader.storesWithStock(id);
    if (!stock) return stock.error();
    for (std::size_t i = 0; i < stock->size(); ++i) {
        const auto& cell = (*stock)[i];
        if (i == 0) { // the home store leads
            if (cell.availability == Availability::Unknown) continue;
            json["here"] = {{"quantity", cell.quantity}, {"asOfMs", cell.asOf}};
            if (!cell.aisle.empty()) json["here"]["aisle"] = cell.aisle;
        } else if (json["near"].size() < kNearMax && cell.quantity > 0) {
            json["near"].push_back(
                {{"store", cell.store->name}, {"km", cell.distanceKm}, {"quantity", cell.quantity}});
        }
    }
    return json;
}

Result<Json> TillProducts::byGtin(const Gtin& gtin, const std::string& storeCode, const std::string& lang) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto id = (*open)->idOfGtin(gtin);
    return id ? pageOf(**open, *id, lang) : id.error();
}

Result<Json> TillProducts::bySku(const std::string& sku, const std::string& storeCode,
                                 const std::string& lang) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto id = (*open)->idOfSku(sku);
    return id ? pageOf(**open, *id, lang) : id.error();
}

Result<Json> TillProducts::byWords(const std::string& words, const std::string& storeCode,
                                   const std::string& lang) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    SearchQuery query;
    query.text = words;
    query.lang = lang;
    query.limit = kTillHitsMax;
    auto cards = (*open)->search(query);
    if (!cards) return cards.error();
    auto hits = Json::array();
    for (const auto& card : *cards) {
        Json hit = {
            {"sku", card.sku}, {"name", card.title}, {"brand", card.brand}, {"here", toString(card.here)}};
        addPrice(hit, card.price, clock_.nowMs());
        hits.push_back(std::move(hit));
    }
    return hits;
}

Result<TillProducts::Shelf> TillProducts::shelfOf(const std::string& sku, const std::string& storeCode) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto id = (*open)->idOfSku(sku);
    if (!id) return id.error();
    auto stock = (*open)->storesWithStock(*id);
    if (!stock) return stock.error();
    if (stock->empty() || stock->front().availability == Availability::Unknown) return Shelf{};
    const auto& here = stock->front(); // the home store leads
    return Shelf{here.quantity, here.asOf, here.aisle};
}

Result<std::string> TillProducts::nameOf(const std::string& sku, const std::string& storeCode,
                                         const std::string& lang) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto id = (*open)->idOfSku(sku);
    if (!id) return id.error();
    auto page = (*open)->product(*id, lang);
    if (!page) return page.error();
    return page->text.title;
}

Result<std::map<std::string, std::string>> TillProducts::storeNames(const std::string& storeCode) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto stores = (*open)->stores();
    if (!stores) return stores.error();
    std::map<std::string, std::string> names;
    for (const auto& store : *stores)
        names[store.code] = store.name;
    return names;
}

Result<std::string> TillProducts::countryOf(const std::string& storeCode) {
    const std::lock_guard lock(mutex_);
    auto open = reader(storeCode);
    if (!open) return open.error();
    auto stores = (*open)->stores();
    if (!stores) return stores.error();
    const auto home = std::ranges::find(*stores, storeCode, &StoreRecord::code);
    if (home == stores->end()) return Error{Errc::NotFound, "read store: not in the catalogue"};
    return home->country;
}

} // namespace silta
