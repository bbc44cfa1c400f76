#include "catalog/packing.h"

#include "catalog/limits.h"

#include <algorithm>
#include <bit>

namespace silta {

namespace {

constexpr std::int64_t kMsPerSecond = 1'000;

Error damagedCells() {
    return Error{Errc::Corrupt, "read stock: damaged cells"};
}

struct CellReader {
    explicit CellReader(std::string_view bytes) : in(bytes) {
        const auto head = in.number();
        unitMs = (head & 1) != 0 ? 1 : kMsPerSecond;
        base = static_cast<std::int64_t>(head >> 1);
        if (base > kTimeMsMax) valid = false;
    }

    bool next(StockCell& cell) {
        if (!valid || in.atEnd()) return false;
        const auto head = in.number();
        const auto quantity = in.number();
        const auto later = (head & 1) != 0 ? in.number() : 0;
        const auto aisle = (head & 2) != 0 ? in.number() : 0;
        const auto gap = head >> 2;
        const bool sane = in.ok() && gap > 0 && gap <= kMax && quantity > 0 && quantity <= kMax &&
                          later <= static_cast<std::uint64_t>(kTimeMsMax) && aisle <= kMax &&
                          store <= static_cast<std::int64_t>(kMax);
        if (!sane) {
            valid = false;
            return false;
        }
        store += static_cast<std::int64_t>(gap);
        cell.store = store;
        cell.quantity = static_cast<std::int32_t>(quantity);
        cell.asOf = (base + static_cast<std::int64_t>(later)) * unitMs;
        cell.aisle = static_cast<std::int64_t>(aisle);
        return true;
    }

    static constexpr std::uint64_t kMax = 0x7fffffff;
    PackReader in;
    std::int64_t unitMs = 1;
    std::int64_t base = 0;
    std::int64_t store = 0;
    bool valid = true;
};

} // namespace

void PackWriter::number(std::uint64_t value) {
    while (value >= 0x80) {
        bytes_.push_back(static_cast<char>((value & 0x7f) | 0x80));
        value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
}

void PackWriter::text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
}

void PackWriter::real(double value) {
    auto bits = std::bit_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i, bits >>= 8)
        bytes_.push_back(static_cast<char>(bits & 0xff));
}

std::uint64_t PackReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) return value;
    }
    ok_ = false;
    rest_ = {};
    return 0;
}

std::string_view PackReader::text() {
    const auto size = number();
    if (!ok_ || size > rest_.size()) {
        ok_ = false;
        rest_ = {};
        return {};
    }
    const auto value = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return value;
}

double PackReader::real() {
    if (rest_.size() < 8) {
        ok_ = false;
        rest_ = {};
        return 0;
    }
    std::uint64_t bits = 0;
    for (std::size_t i = 8; i-- > 0;)
        bits = bits << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(8);
    return std::bit_cast<double>(bits);
}

std::string packCells(const std::vector<StockCell>& cells) {
    if (cells.empty()) return {};
    std::int64_t base = cells.front().asOf;
    bool wholeSeconds = true;
    for (const auto& cell : cells) {
        base = std::min(base, cell.asOf);
        wholeSeconds = wholeSeconds && cell.asOf % kMsPerSecond == 0;
    }
    const std::int64_t unitMs = wholeSeconds ? kMsPerSecond : 1;
    base /= unitMs;
    PackWriter out;
    out.number(static_cast<std::uint64_t>(base) << 1 | (wholeSeconds ? 0U : 1U));
    std::int64_t before = 0;
    for (const auto& cell : cells) {
        const auto later = static_cast<std::uint64_t>(cell.asOf / unitMs - base);
        out.number(static_cast<std::uint64_t>(cell.store - before) << 2 | (cell.aisle != 0 ? 2U : 0U) |
                   (later != 0 ? 1U : 0U));
        out.number(static_cast<std::uint64_t>(cell.quantity));
        if (later != 0) out.number(later);
        if (cell.aisle != 0) out.number(static_cast<std::uint64_t>(cell.aisle));
        before = cell.store;
    }
    return out.take();
}

Result<std::vector<StockCell>> unpackCells(std::string_view bytes) {
    std::vector<StockCell> cells;
    if (bytes.empty()) return cells;
    if (bytes.size() > kCellsBytesMax) return damagedCells();
    CellReader in(bytes);
    StockCell cell;
    while (in.next(cell))
        cells.push_back(cell);
    if (!in.valid || !in.in.ok()) return damagedCells();
    return cells;
}

Result<std::int32_t> quantityInStore(std::string_view bytes, std::int64_t store) {
    if (bytes.empty()) return 0;
    CellReader in(bytes);
    StockCell cell;
    while (in.next(cell)) {
        if (cell.store == store) return cell.quantity;
        if (cell.store > store) return 0;
    }
    if (!in.valid || !in.in.ok()) return damagedCells();
    return 0;
}

std::vector<StockCell> mergeCells(const std::vector<StockCell>& old, const std::vector<StockCell>& news) {
    std::vector<StockCell> merged;
    merged.reserve(old.size() + news.size());
    auto kept = old.cbegin();
    for (std::size_t i = 0; i < news.size(); ++i) {
        if (i + 1 < news.size() && news[i + 1].store == news[i].store) continue;
        for (; kept != old.cend() && kept->store < news[i].store; ++kept)
            merged.push_back(*kept);
        if (kept != old.cend() && kept->store == news[i].store) ++kept;
        if (news[i].quantity > 0) merged.push_back(news[i]);
    }
    merged.insert(merged.end(), kept, old.cend());
    return merged;
}

std::string packIds(const std::vector<std::int64_t>& sortedIds) {
    PackWriter out;
    std::int64_t before = 0;
    for (const auto id : sortedIds) {
        out.number(static_cast<std::uint64_t>(id - before));
        before = id;
    }
    return out.take();
}

Result<std::vector<std::int64_t>> unpackIds(std::string_view bytes) {
    std::vector<std::int64_t> ids;
    PackReader in(bytes);
    std::int64_t before = 0;
    while (!in.atEnd()) {
        const auto gap = in.number();
        if (!in.ok() || gap > static_cast<std::uint64_t>(kProductIdMax))
            return Error{Errc::Corrupt, "read stock log: damaged list"};
        before += static_cast<std::int64_t>(gap);
        if (before > kProductIdMax) return Error{Errc::Corrupt, "read stock log: damaged list"};
        ids.push_back(before);
    }
    return ids;
}

} // namespace silta
