// Medium: the bytes of one file, as who reads sees them, and as they may be after a power cut.
//
// What was written and not synced may be there then, in part or not at all: each 512-byte sector survives or
// not, and writes may have arrived in another order, by a seeded coin.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace silta::test {

/// 0 <= the number < 1.
double chanceOf(std::mt19937_64& random);

class Medium {
public:
    Medium() = default;
    /// All of it is safe.
    explicit Medium(std::string bytes) : seen_(bytes), synced_(std::move(bytes)) {}

    [[nodiscard]] const std::string& seen() const { return seen_; }
    [[nodiscard]] const std::string& synced() const { return synced_; }
    /// `isWhole`: false of a write during which the power goes: nobody sees it, and it may tear.
    void write(std::size_t offset, std::string_view bytes, bool isWhole);
    void truncate(std::size_t bytes);
    void sync();
    /// The bytes become others at rest, from `offset` on.
    void damage(std::size_t offset, std::string_view bytes);
    [[nodiscard]] std::string afterPowerCut(std::mt19937_64& random) const;

private:
    struct Write {
        std::size_t offset = 0;
        std::string bytes;
        bool isTruncation = false;
    };
    std::string seen_, synced_;
    std::vector<Write> pending_; ///< the difference, in order
};

} // namespace silta::test
