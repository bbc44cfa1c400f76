#include "catalog/stock/home_stock.h"

#include "catalog/limits.h"

namespace silta {

void HomeStock::set(std::int64_t product, std::int32_t quantity) {
    const auto at = static_cast<std::size_t>(product);
    if (at >= quantities_.size()) {
        if (quantity == 0) return;
        quantities_.resize(at + 1 + at / 8);
        bits_.resize(quantities_.size() / kWordBits + 1);
    }
    quantities_[at] = quantity;
    const auto bit = std::uint64_t{1} << at % kWordBits;
    if (quantity > 0)
        bits_[at / kWordBits] |= bit;
    else
        bits_[at / kWordBits] &= ~bit;
}

Result<void> HomeStock::load(Statements& statements, const StockOverlay& overlay, std::int32_t store,
                             std::int64_t nextProduct) {
    isLoaded_ = false;
    bits_.clear();
    quantities_.clear();
    store_ = store;
    auto query = statements.get("SELECT product, cells FROM stock_cells");
    if (!query) return query.error();
    for (;;) {
        auto more = (*query)->step();
        if (!more) return more.error();
        if (!*more) break;
        const auto product = (*query)->integer(0);
        if (product < 0 || product >= nextProduct || product > kProductIdMax)
            return Error{Errc::Corrupt, "read stock: a row number out of range"};
        const auto quantity = quantityInStore((*query)->blob(1), store);
        if (!quantity) return quantity.error();
        set(product, *quantity);
    }
    for (const auto product : overlay.products())
        if (const auto* cell = overlay.find(product, store); cell != nullptr && product < nextProduct)
            set(product, cell->quantity);
    isLoaded_ = true;
    return {};
}

} // namespace silta
