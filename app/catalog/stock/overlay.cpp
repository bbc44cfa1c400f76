#include "catalog/stock/overlay.h"

#include <algorithm>
#include <span>

namespace silta {

namespace {

constexpr std::size_t kHeadsMin = 64;
constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15; // 2^64 / golden ratio: neighbours go far apart
constexpr unsigned kSpreadShift = 32;

} // namespace

std::size_t StockOverlay::slotOf(std::uint32_t product) const {
    const auto mask = heads_.size() - 1;
    auto slot = static_cast<std::size_t>(product * kSpread >> kSpreadShift) & mask;
    while (heads_[slot] != 0 && entries_[heads_[slot] - 1].product != product)
        slot = (slot + 1) & mask;
    return slot;
}

void StockOverlay::grow() {
    const auto old = std::move(heads_);
    heads_.assign(std::max(kHeadsMin, old.size() * 2), 0);
    for (const auto head : old)
        if (head != 0) heads_[slotOf(entries_[head - 1].product)] = head;
}

void StockOverlay::put(std::int64_t product, const StockCell& cell) {
    if (products_ * 2 >= heads_.size()) grow();
    const auto key = static_cast<std::uint32_t>(product);
    auto& head = heads_[slotOf(key)];
    if (head == 0) ++products_;
    entries_.push_back({cell, key, head});
    head = static_cast<std::uint32_t>(entries_.size());
}

void StockOverlay::addTo(std::int64_t product, std::vector<StockCell>& cells) const {
    if (heads_.empty()) return;
    const auto first = cells.size();
    for (auto at = heads_[slotOf(static_cast<std::uint32_t>(product))]; at != 0; at = entries_[at - 1].next)
        cells.push_back(entries_[at - 1].cell);
    const auto added = std::span(cells).subspan(first);
    std::ranges::reverse(added); // the newest was in front
    std::ranges::stable_sort(added, {}, &StockCell::store);
}

const StockCell* StockOverlay::find(std::int64_t product, std::int32_t store) const {
    if (heads_.empty()) return nullptr;
    for (auto at = heads_[slotOf(static_cast<std::uint32_t>(product))]; at != 0; at = entries_[at - 1].next)
        if (entries_[at - 1].cell.store == store) return &entries_[at - 1].cell;
    return nullptr;
}

std::vector<std::int64_t> StockOverlay::products() const {
    std::vector<std::int64_t> list;
    list.reserve(products_);
    for (const auto head : heads_)
        if (head != 0) list.push_back(entries_[head - 1].product);
    std::ranges::sort(list);
    return list;
}

std::int32_t StockOverlay::aisleId(std::string_view name) {
    if (name.empty()) return 0;
    const auto next = -static_cast<std::int32_t>(aisles_.size()) - 1;
    const auto [found, isNew] = aisleIds_.try_emplace(std::string(name), next);
    if (isNew) aisles_.emplace_back(name);
    return found->second;
}

std::string_view StockOverlay::aisle(std::int32_t id) const {
    const auto index = static_cast<std::size_t>(-static_cast<std::int64_t>(id) - 1);
    return id < 0 && index < aisles_.size() ? std::string_view(aisles_[index]) : std::string_view();
}

} // namespace silta
