// What a digit of an EAN looks like through a blurred lens.
#pragma once

#include "drivers/decode/ean_code.h"

#include <array>
#include <cstddef>
#include <vector>

namespace silta::drivers {

/// Samples of a digit: two a module, and one from the module on each side.
inline constexpr int kDigitSamples = 2 * kDigitModules + 2;
/// Patterns are compared eight at a time.
inline constexpr std::size_t kPatternLanes = 32;
/// Standard deviations of the blur, in modules.
inline constexpr std::array<float, 8> kBlurs = {0.3F, 0.5F, 0.7F, 0.9F, 1.15F, 1.4F, 1.75F, 2.2F};
inline constexpr int kBlurCount = static_cast<int>(kBlurs.size());

/// For one blur and each sample of a digit, that sample of each pattern: without its mean, of length 1.
using DigitTemplates = std::array<std::array<float, kPatternLanes>, kDigitSamples>;

const DigitTemplates& digitTemplates(int blur);

/// A symbol's waveform has two samples a module, the first a quarter of a module behind the beginning of the
/// quiet zone of kWaveQuiet modules on either side.
inline constexpr int kWaveQuiet = 4;
using Wave = std::vector<float>;

/// Darkness of a whole symbol: `modules` (true is a bar) and light all around.
Wave blurredWave(const std::vector<bool>& modules, int blur);

/// What the bars of one digit add to the wave of a symbol, from kResponseReach modules before the digit.
inline constexpr int kResponseReach = 2;
inline constexpr int kResponseSamples = 2 * (kDigitModules + 2 * kResponseReach);
using DigitResponses = std::array<std::array<float, kResponseSamples>, kDigitPatterns>;

const DigitResponses& digitResponses(int blur);

/// Index in a wave at which the response of a digit that begins at module `offset` begins.
constexpr std::size_t responseBegin(int offset) {
    const int modules = offset - kResponseReach + kWaveQuiet;
    return 2 * static_cast<std::size_t>(modules);
}

} // namespace silta::drivers
