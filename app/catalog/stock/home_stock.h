// HomeStock: what the home store has of each product, for lists that look at many products at once.
#pragma once

#include "catalog/statements.h"
#include "catalog/stock/overlay.h"

#include <cstdint>
#include <vector>

namespace silta {

/// A bit and a number for each product. Thread: its owner's.
class HomeStock {
public:
    [[nodiscard]] bool isLoaded() const { return isLoaded_; }
    [[nodiscard]] bool isOf(std::int32_t store) const { return isLoaded_ && store_ == store; }
    [[nodiscard]] bool has(std::int64_t product) const {
        const auto at = static_cast<std::size_t>(product);
        return product >= 0 && at < quantities_.size() && (bits_[at / kWordBits] >> at % kWordBits & 1) != 0;
    }
    [[nodiscard]] std::int32_t quantity(std::int64_t product) const {
        const auto at = static_cast<std::size_t>(product);
        return product >= 0 && at < quantities_.size() ? quantities_[at] : 0;
    }
    /// Reads all stock. `nextProduct`: row numbers from it on have not been given yet; memory is taken for as
    /// many as there are. Errors: Corrupt, Busy.
    Result<void> load(Statements& statements, const StockOverlay& overlay, std::int32_t store,
                      std::int64_t nextProduct);
    /// `product` is below the number that comes next.
    void set(std::int64_t product, std::int32_t quantity);

private:
    static constexpr std::size_t kWordBits = 64;
    bool isLoaded_ = false;
    std::int32_t store_ = 0;
    std::vector<std::uint64_t> bits_;
    std::vector<std::int32_t> quantities_;
};

} // namespace silta
