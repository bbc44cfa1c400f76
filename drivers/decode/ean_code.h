// How EAN-13 is printed, and which digits fit best to what was seen. A UPC-A is the EAN-13 with a 0 in front.
// Source: GS1 General Specifications, section 5.2 (EAN/UPC symbology), tables of sets A, B and C and of their
// mixture; section 7.9 (check digit).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace silta::drivers {

/// Digits that stand as bars of their own: the first of the thirteen only chooses the sets of the next six.
inline constexpr int kEanDigits = 12;
inline constexpr int kEanModules = 95;
inline constexpr int kEanBars = 30;
inline constexpr int kDigitModules = 7;
/// Patterns of a digit: set A is 0..9, B is 10..19, C is 20..29.
inline constexpr int kDigitPatterns = 30;

/// Modules of a digit's pattern, left to right; true is a bar.
std::array<bool, kDigitModules> digitModules(int pattern);

/// True for the digits of set C, behind the middle of the symbol.
constexpr bool isRightHalf(int digit) {
    return digit >= kEanDigits / 2;
}

/// The module at which a digit begins: behind the left guard, and those of the right half behind the middle
/// one.
constexpr int digitOffset(int digit) {
    return 3 + kDigitModules * digit + (isRightHalf(digit) ? 5 : 0);
}

/// For each digit of a symbol, how well each pattern fits: larger is better.
using DigitScores = std::array<std::array<float, kDigitPatterns>, kEanDigits>;

struct EanReading {
    std::string digits;                     ///< all 13
    std::array<int, kEanDigits> patterns{}; ///< that stand in the symbol
    float score = 0;                        ///< sum over the digits
};

struct EanRanking {
    EanReading best;
    float runnerUp = 0; ///< score of the next best; below 0 when there is none
};

/// The reading with the highest score of all those with a right check digit and an allowed mixture of sets,
/// and how far behind the next one is. Considers every such reading.
EanRanking rankReadings(const DigitScores& scores);

/// All modules of a symbol; true is a bar.
std::vector<bool> modulesOf(const EanReading& reading);

} // namespace silta::drivers
