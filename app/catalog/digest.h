// CatalogDigest: what a catalogue holds, as 512 numbers that hub and device compare.
//
// Everything falls into one of 256 ranges by the hash of its key (a product by its sku, a store by its code,
// a figure of stock by its sku). A range's number is the sum of the hashes of all that is in it, so it does
// not depend on an order. Equal numbers mean equal catalogues but for a chance of 2^-64 a range: this finds
// what a memory card lost, and is no defence against a forger (the head that names a digest is signed).
//
//   hash(bytes)       FNV-1a, 64 bits, then the finalizer of MurmurHash3; sums are modulo 2^64
//   range of a key    the upper 8 bits of hash(key)
//   item              hash(line): the segment line that puts the product or store, as toLine() writes it
//   figure of stock   hash(sku LF store code LF quantity LF as-of in ms LF aisle), numbers in decimal
#pragma once

#include <silta/catalog.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kDigestRanges = 256;
inline constexpr std::size_t kDigestBytesMax = 16'384; ///< 512 numbers of 16 digits and what is around them
/// Of the lines and of what is hashed. A device compares no digest of another form: it would differ for that
/// alone. To be raised with any change of what toLine() writes.
inline constexpr int kDigestForm = 1;

struct CatalogDigest {
    using Ranges = std::array<std::uint64_t, kDigestRanges>;
    std::string epoch;
    std::int64_t catalogSeq = 0, stockSeq = 0; ///< that the catalogue stood at
    Ranges items{};                            ///< products and stores
    Ranges stock{};

    /// `line` without a newline.
    void addItem(std::string_view key, std::string_view line);
    void addStock(std::string_view sku, std::string_view storeCode, std::int32_t quantity, UtcMs asOf,
                  std::string_view aisle);
    bool isAt(std::string_view otherEpoch, std::int64_t otherCatalogSeq, std::int64_t otherStockSeq) const {
        return epoch == otherEpoch && catalogSeq == otherCatalogSeq && stockSeq == otherStockSeq;
    }
};

/// Ranges in which they differ, items and stock counted apart: 0..512.
int differingRanges(const CatalogDigest& a, const CatalogDigest& b);

/// One line of JSON without a newline.
std::string toText(const CatalogDigest& digest);
/// Errors: Invalid, Limit; Unsupported (another form).
Result<CatalogDigest> parseDigest(std::string_view text);

} // namespace silta
