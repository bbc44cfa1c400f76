#include "drivers/decode/ean_template.h"

#include <algorithm>
#include <cmath>

namespace silta::drivers {

namespace {

/// Share of a unit bell curve to the left of `x`.
float bellBelow(float x) {
    return 0.5F * std::erfc(-x * 0.70710678F);
}

std::array<DigitTemplates, kBlurs.size()> makeTemplates() {
    constexpr int kContext = 3; // modules around a digit that a blur brings in
    std::array<DigitTemplates, kBlurs.size()> all{};
    for (std::size_t blur = 0; blur < kBlurs.size(); ++blur) {
        for (int pattern = 0; pattern < kDigitPatterns; ++pattern) {
            // What stands next to a digit is known (sets A and B: a bar before, a space behind; C the other
            // way round), what comes beyond is not.
            std::array<float, kDigitModules + 2 * kContext> darkness{};
            darkness.fill(0.5F);
            const auto modules = digitModules(pattern);
            for (std::size_t i = 0; i < modules.size(); ++i)
                darkness[kContext + i] = modules[i] ? 1.0F : 0.0F;
            darkness[kContext - 1] = pattern < 20 ? 1.0F : 0.0F;
            darkness[kContext + kDigitModules] = pattern < 20 ? 0.0F : 1.0F;
            std::array<float, kDigitSamples> samples{};
            float mean = 0;
            for (int j = 0; j < kDigitSamples; ++j) {
                const float place = kContext + (static_cast<float>(j) - 0.5F) / 2;
                float value = 0.5F;
                for (std::size_t i = 0; i < darkness.size(); ++i) {
                    const float edge = (static_cast<float>(i) - place) / kBlurs[blur];
                    value += (darkness[i] - 0.5F) * (bellBelow(edge + 1 / kBlurs[blur]) - bellBelow(edge));
                }
                samples[static_cast<std::size_t>(j)] = value;
                mean += value / kDigitSamples;
            }
            float square = 0;
            for (auto& sample : samples) {
                sample -= mean;
                square += sample * sample;
            }
            for (std::size_t j = 0; j < samples.size(); ++j)
                all[blur][j][static_cast<std::size_t>(pattern)] = samples[j] / std::sqrt(square);
        }
    }
    return all;
}

constexpr std::size_t kShareReach = 12; // samples before and behind a bar of one module

/// What a bar of one module adds to the samples of a wave, from kShareReach before the bar's first sample.
std::array<float, 2 * kShareReach + 2> shareTable(int blur) {
    const float deviation = kBlurs[static_cast<std::size_t>(blur)];
    std::array<float, 2 * kShareReach + 2> shares{};
    for (std::size_t j = 0; j < shares.size(); ++j) {
        const float place = (static_cast<float>(j) - kShareReach) / 2 + 0.25F; // from the bar's left edge
        shares[j] = bellBelow((1 - place) / deviation) - bellBelow(-place / deviation);
    }
    return shares;
}

std::array<DigitResponses, kBlurs.size()> makeResponses() {
    std::array<DigitResponses, kBlurs.size()> all{};
    for (std::size_t blur = 0; blur < kBlurs.size(); ++blur) {
        for (int pattern = 0; pattern < kDigitPatterns; ++pattern) {
            const auto bits = digitModules(pattern);
            const auto wave =
                blurredWave(std::vector<bool>(bits.begin(), bits.end()), static_cast<int>(blur));
            std::copy_n(wave.begin() + 2 * (kWaveQuiet - kResponseReach), kResponseSamples,
                        all[blur][static_cast<std::size_t>(pattern)].begin());
        }
    }
    return all;
}

} // namespace

const DigitTemplates& digitTemplates(int blur) {
    static const auto templates = makeTemplates();
    return templates[static_cast<std::size_t>(blur)];
}

Wave blurredWave(const std::vector<bool>& modules, int blur) {
    Wave wave(2 * (modules.size() + 2 * kWaveQuiet));
    const auto share = shareTable(blur);
    for (std::size_t m = 0; m < modules.size(); ++m) {
        if (!modules[m]) continue;
        for (std::size_t j = 0; j < share.size(); ++j) {
            const auto at = 2 * (m + kWaveQuiet) + j;
            if (at >= kShareReach && at - kShareReach < wave.size()) wave[at - kShareReach] += share[j];
        }
    }
    return wave;
}

const DigitResponses& digitResponses(int blur) {
    static const auto responses = makeResponses();
    return responses[static_cast<std::size_t>(blur)];
}

} // namespace silta::drivers
