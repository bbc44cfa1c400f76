// The byte forms inside the replica's BLOB columns: numbers of varying length, strings, and stock cells.
//
// number  7 bits a byte, least significant first, high bit = more follow; at most 10 bytes
// text    number of bytes, then the bytes
// real    8 bytes, IEEE 754 binary64, least significant first
// cells   see packCells()
#pragma once

#include <silta/catalog.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

class PackWriter {
public:
    void number(std::uint64_t value);
    void text(std::string_view value);
    void real(double value);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

/// Reads what PackWriter wrote. After bytes that do not fit, every read gives zero or empty and ok() is
/// false.
class PackReader {
public:
    explicit PackReader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number();
    std::string_view text();
    double real();
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool ok_ = true;
};

/// One store's stock of one item; ids are the replica's own.
struct StockCell {
    std::int64_t store = 0;
    std::int32_t quantity = 0;
    UtcMs asOf = 0;
    std::int64_t aisle = 0; ///< 0 = not known
    bool operator==(const StockCell&) const = default;
};

/// `cells` sorted by store, without doubles.
///
/// Bytes: number base·2 + unit, where unit 0 counts time in seconds and 1 in milliseconds (used when a figure
/// is not on a whole second) and base is the oldest figure; then for each cell number (store - store
/// before)·4 + aisle? 2 + newer? 1, number quantity, if newer number time - base, if aisle number aisle.
/// About 5 bytes a cell.
std::string packCells(const std::vector<StockCell>& cells);
/// Errors: Corrupt.
Result<std::vector<StockCell>> unpackCells(std::string_view bytes);
/// The quantity of one store only, without building the list; 0 when absent. Errors: Corrupt.
Result<std::int32_t> quantityInStore(std::string_view bytes, std::int64_t store);

/// What is left when `news`, sorted by store, are told to who knows `old`: the last word on a store counts,
/// and a quantity of 0 ends its cell.
std::vector<StockCell> mergeCells(const std::vector<StockCell>& old, const std::vector<StockCell>& news);

/// Row numbers in ascending order, as differences.
std::string packIds(const std::vector<std::int64_t>& sortedIds);
/// Errors: Corrupt.
Result<std::vector<std::int64_t>> unpackIds(std::string_view bytes);

} // namespace silta
