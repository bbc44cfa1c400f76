// Makes the sums of a write-ahead log right, since a reader goes by them and chance never would. Written from
// the format's description and not from the reader. Source: https://www.sqlite.org/fileformat2.html, section
// 4.2.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace silta::fuzz {

class WalSums {
public:
    /// Bit 0 of `which`: the header's; the others: those of every seventh frame, from bit 1 on. Gives how
    /// many frames the log has.
    static std::size_t mend(std::string& log, std::size_t pageBytes, std::uint8_t which) {
        constexpr std::size_t kHeaderBytes = 32, kFrameHeaderBytes = 24, kSaltBytes = 8;
        if (log.size() < kHeaderBytes) return 0;
        if ((which & 1U) != 0) {
            log.replace(0, 4, std::string("\x37\x7f\x06", 3) + static_cast<char>(0x82 | (log[3] & 1)));
            put(log, 24, sum(log, 0, 24, {0, 0}, log));
        }
        std::size_t frames = 0;
        auto before = kHeaderBytes - kSaltBytes;
        for (auto at = kHeaderBytes; at + kFrameHeaderBytes + pageBytes <= log.size();
             at += kFrameHeaderBytes + pageBytes, ++frames) {
            if ((which >> (1 + frames % 7) & 1U) != 0) {
                log.replace(at + 8, kSaltBytes, log, 16, kSaltBytes);
                auto sums = sum(log, at, 8, {get(log, before, true), get(log, before + 4, true)}, log);
                sums = sum(log, at + kFrameHeaderBytes, pageBytes, sums, log);
                put(log, at + 16, sums);
            }
            before = at + 16;
        }
        return frames;
    }

private:
    using Sums = std::array<std::uint32_t, 2>;
    static std::uint32_t get(const std::string& bytes, std::size_t at, bool isBigEndian) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto byte = static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at + i]));
            value |= byte << (isBigEndian ? 24 - 8 * i : 8 * i);
        }
        return value;
    }
    static Sums sum(const std::string& bytes, std::size_t at, std::size_t size, Sums sums,
                    const std::string& log) {
        const bool isBigEndian = get(log, 0, true) == 0x377f'0683;
        for (auto end = at + size; at + 8 <= end; at += 8) {
            sums[0] += get(bytes, at, isBigEndian) + sums[1];
            sums[1] += get(bytes, at + 4, isBigEndian) + sums[0];
        }
        return sums;
    }
    static void put(std::string& log, std::size_t at, Sums sums) {
        for (std::size_t i = 0; i < 8; ++i)
            log[at + i] = static_cast<char>(sums[i / 4] >> (24 - 8 * (i % 4)) & 0xffU);
    }
};

} // namespace silta::fuzz
