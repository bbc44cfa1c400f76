#include "catalog/stock/cells.h"

#include "catalog/limits.h"
#include "catalog/packing.h"

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kMsPerSecond = 1'000;
constexpr unsigned kFlagBits = 3;
constexpr std::uint64_t kInMs = 1, kHasTimes = 2, kHasAisles = 4;
constexpr unsigned kMore = 15; ///< in half a byte: a number follows
constexpr unsigned kHalfBits = 4;
constexpr std::uint64_t kNumberMax = 0x7fffffff; ///< a store, a quantity, an aisle

Error damagedCells() {
    return {Errc::Corrupt, "read stock: damaged cells"};
}

std::uint64_t zigzag(std::int64_t value) {
    return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

/// What stands before the cells, and the parts behind it.
struct Parts {
    std::int64_t unitMs = 1;
    std::int64_t before = 0; ///< the reference, in units
    std::string_view cells, times;
    bool hasTimes = false, hasAisles = false;
};

Result<Parts> partsOf(std::string_view bytes) {
    PackReader in(bytes);
    const auto head = in.number();
    Parts parts;
    parts.unitMs = (head & kInMs) != 0 ? 1 : kMsPerSecond;
    parts.hasTimes = (head & kHasTimes) != 0;
    parts.hasAisles = (head & kHasAisles) != 0;
    parts.before = unzigzag(head >> kFlagBits);
    if (parts.before > kTimeMsMax || parts.before < -kTimeMsMax) return damagedCells();
    const bool hasMore = parts.hasTimes || parts.hasAisles;
    parts.cells = hasMore ? in.text() : in.rest();
    if (hasMore) parts.times = in.rest();
    if (!in.ok()) return damagedCells();
    return parts;
}

/// Takes one cell after the other off the bytes.
class CellReader {
public:
    explicit CellReader(std::string_view bytes) : in_(bytes) {}
    bool next() {
        if (in_.atEnd() || !isSound_) return false;
        const auto head = static_cast<unsigned char>(in_.byte());
        std::uint64_t gap = (head >> kHalfBits) + 1;
        std::uint64_t quantity = head & kMore;
        if (gap > kMore) gap += in_.number();
        if (quantity == kMore) quantity += in_.number();
        isSound_ = in_.ok() && gap <= kNumberMax && quantity <= kNumberMax &&
                   gap + static_cast<std::uint64_t>(store_) <= kNumberMax;
        if (!isSound_) return false;
        store_ += static_cast<std::int32_t>(gap);
        quantity_ = static_cast<std::int32_t>(quantity);
        return true;
    }
    [[nodiscard]] bool isSound() const { return isSound_; }
    [[nodiscard]] std::int32_t store() const { return store_; }
    [[nodiscard]] std::int32_t quantity() const { return quantity_; }

private:
    PackReader in_;
    std::int32_t store_ = 0, quantity_ = 0;
    bool isSound_ = true;
};

/// Pairs (cells, value), one or more, up to `runsEnd`. `set(cell, value)` is false when that is nonsense.
enum class RunsEnd { Zero, LastByte };
template <class Set>
bool readRuns(PackReader& in, RunsEnd runsEnd, std::span<StockCell> cells, Set set) {
    std::size_t at = 0;
    while (at == 0 || runsEnd == RunsEnd::Zero || !in.atEnd()) {
        const auto count = in.number();
        if (count == 0) return in.ok() && runsEnd == RunsEnd::Zero;
        const auto value = in.number();
        if (!in.ok() || count > cells.size() - at) return false;
        for (const auto end = at + count; at < end; ++at)
            if (!set(cells[at], value)) return false;
    }
    return in.ok();
}

/// The other way round; leaves out the last run where it says 0.
template <class Get>
void writeRuns(PackWriter& out, std::span<const StockCell> cells, Get get) {
    for (std::size_t at = 0; at < cells.size();) {
        const auto value = get(cells[at]);
        auto end = at + 1;
        while (end < cells.size() && get(cells[end]) == value)
            ++end;
        if (end == cells.size() && value == 0) return;
        out.number(end - at);
        out.number(value);
        at = end;
    }
}

std::string packQuantities(std::span<const StockCell> cells) {
    PackWriter out;
    std::int32_t before = 0;
    for (const auto& cell : cells) {
        const auto gap = static_cast<std::uint64_t>(cell.store) - static_cast<std::uint64_t>(before);
        const auto quantity = static_cast<std::uint64_t>(cell.quantity);
        const auto gapHalf = std::min<std::uint64_t>(gap - 1, kMore);
        const auto quantityHalf = std::min<std::uint64_t>(quantity, kMore);
        out.byte(static_cast<char>(gapHalf << kHalfBits | quantityHalf));
        if (gapHalf == kMore) out.number(gap - kMore - 1);
        if (quantityHalf == kMore) out.number(quantity - kMore);
        before = cell.store;
    }
    return out.take();
}

} // namespace

std::string packCells(std::span<const StockCell> cells, UtcMs reference) {
    if (cells.empty()) return {};
    std::int64_t oldest = cells.front().asOf;
    bool isWholeSeconds = true, hasTimes = false, hasAisles = false;
    for (const auto& cell : cells) {
        oldest = std::min(oldest, cell.asOf);
        isWholeSeconds = isWholeSeconds && cell.asOf % kMsPerSecond == 0;
        hasTimes = hasTimes || cell.asOf != cells.front().asOf;
        hasAisles = hasAisles || cell.aisle != 0;
    }
    const std::int64_t unitMs = isWholeSeconds ? kMsPerSecond : 1;
    const auto before = reference / unitMs - oldest / unitMs;
    PackWriter out;
    out.number(zigzag(before) << kFlagBits | (isWholeSeconds ? 0 : kInMs) | (hasTimes ? kHasTimes : 0) |
               (hasAisles ? kHasAisles : 0));
    const auto quantities = packQuantities(cells);
    if (!hasTimes && !hasAisles) {
        out.raw(quantities);
        return out.take();
    }
    out.text(quantities);
    if (hasTimes) {
        writeRuns(out, cells, [&](const StockCell& cell) {
            return static_cast<std::uint64_t>((cell.asOf - oldest) / unitMs);
        });
        out.number(0);
    }
    if (hasAisles)
        writeRuns(out, cells, [](const StockCell& cell) { return static_cast<std::uint64_t>(cell.aisle); });
    return out.take();
}

Result<void> unpackCells(std::string_view bytes, UtcMs reference, std::vector<StockCell>& cells) {
    if (bytes.empty()) return {};
    if (bytes.size() > kCellsBytesMax) return damagedCells();
    const auto parts = partsOf(bytes);
    if (!parts) return parts.error();
    const auto first = cells.size();
    const auto oldest = (reference / parts->unitMs - parts->before) * parts->unitMs;
    if (oldest < 0 || oldest > kTimeMsMax) return damagedCells();
    CellReader in(parts->cells);
    while (in.next())
        cells.push_back({in.store(), in.quantity(), oldest, 0});
    const auto added = std::span(cells).subspan(first);
    PackReader more(parts->times);
    const auto unitMs = parts->unitMs;
    const bool isSound =
        in.isSound() &&
        (!parts->hasTimes || readRuns(more, RunsEnd::Zero, added,
                                      [oldest, unitMs](StockCell& cell, std::uint64_t later) {
                                          if (later > static_cast<std::uint64_t>(kTimeMsMax)) return false;
                                          cell.asOf = oldest + static_cast<std::int64_t>(later) * unitMs;
                                          return cell.asOf <= kTimeMsMax;
                                      })) &&
        (!parts->hasAisles ||
         readRuns(more, RunsEnd::LastByte, added, [](StockCell& cell, std::uint64_t aisle) {
             cell.aisle = static_cast<std::int32_t>(std::min(aisle, kNumberMax));
             return aisle <= kNumberMax;
         }));
    if (isSound && more.atEnd()) return {};
    cells.resize(first);
    return damagedCells();
}

Result<std::int32_t> quantityInStore(std::string_view bytes, std::int32_t store) {
    if (bytes.empty()) return 0;
    const auto parts = partsOf(bytes);
    if (!parts) return parts.error();
    CellReader in(parts->cells);
    while (in.next())
        if (in.store() >= store) return in.store() == store ? in.quantity() : 0;
    if (!in.isSound()) return damagedCells();
    return 0;
}

void mergeCells(std::span<const StockCell> old, std::span<const StockCell> news,
                std::vector<StockCell>& merged) {
    merged.clear();
    merged.reserve(old.size() + news.size());
    auto kept = old.begin();
    for (std::size_t i = 0; i < news.size(); ++i) {
        if (i + 1 < news.size() && news[i + 1].store == news[i].store) continue;
        for (; kept != old.end() && kept->store < news[i].store; ++kept)
            merged.push_back(*kept);
        if (kept != old.end() && kept->store == news[i].store) ++kept;
        if (news[i].quantity > 0) merged.push_back(news[i]);
    }
    merged.insert(merged.end(), kept, old.end());
}

} // namespace silta
