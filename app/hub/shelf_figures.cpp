#include "hub/shelf_figures.h"

namespace silta::hub {

namespace {

std::unique_lock<std::mutex> held(const CatalogPlace& place) {
    return place.guard != nullptr ? std::unique_lock(*place.guard) : std::unique_lock<std::mutex>();
}

} // namespace

Result<std::vector<ShelfFigure>> ShelfFigures::of(const std::string& sku) const {
    std::vector<ShelfFigure> figures;
    if (place_.database == nullptr) return figures;
    const auto lock = held(place_);
    auto query = place_.database->prepare(
        "SELECT s.code, c.quantity, max(c.as_of, s.reported_at) FROM hub_products AS p "
        "JOIN hub_stock AS c ON c.product = p.id JOIN hub_stores AS s ON s.id = c.store "
        "WHERE p.sku = ? AND p.removed = 0 AND s.removed = 0 AND c.quantity > 0 ORDER BY s.code");
    if (!query) return figures; // nothing was imported yet: the tables are the importer's
    query->bind(0, sku);
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return figures;
        figures.push_back({query->string(0), query->integer(1), query->integer(2)});
    }
}

Result<std::optional<std::string>> ShelfFigures::textOf(const char* sql, const std::string& key) const {
    if (place_.database == nullptr) return std::optional<std::string>();
    const auto lock = held(place_);
    auto query = place_.database->prepare(sql);
    if (!query) return std::optional<std::string>();
    auto row = query->bind(0, key).step();
    if (!row) return row.error();
    return *row ? std::optional(query->string(0)) : std::nullopt;
}

Result<std::optional<Money>> ShelfFigures::priceOf(const std::string& sku, UtcMs nowMs) const {
    auto body = textOf("SELECT body FROM hub_products WHERE sku = ? AND removed = 0", sku);
    if (!body) return body.error();
    if (!*body) return std::optional<Money>();
    const auto change = parseChange(**body);
    if (!change || !change->product || !change->product->price) return std::optional<Money>();
    return std::optional(change->product->price->at(nowMs));
}

Result<std::optional<StoreRecord>> ShelfFigures::storeNamed(const std::string& code) const {
    auto body = textOf("SELECT body FROM hub_stores WHERE code = ? AND removed = 0", code);
    if (!body) return body.error();
    const auto change = *body ? parseChange(**body) : Result<CatalogChange>(Error{Errc::NotFound, ""});
    return change ? change->store : std::nullopt;
}

Result<std::vector<double>> ShelfFigures::kmFrom(const std::string& store,
                                                 const std::vector<std::string>& others) const {
    const auto from = storeNamed(store);
    if (!from) return from.error();
    std::vector<double> all;
    for (const auto& other : others) {
        const auto to = storeNamed(other);
        if (!to) return to.error();
        const bool areKnown = *from && *to;
        all.push_back(
            areKnown ? distanceKm((*from)->latitude, (*from)->longitude, (*to)->latitude, (*to)->longitude)
                     : 0);
    }
    return all;
}

} // namespace silta::hub
