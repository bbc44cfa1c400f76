#include "drivers/decode/linear_reader.h"

#include "drivers/decode/symbol_reader.h"

#include <algorithm>
#include <cmath>

namespace silta::drivers {

namespace {

constexpr int kStrips = 13;
// A first look, at fewer and thinner strips: reads most of what is held straight in front of a camera, and
// knows most of what is no code.
constexpr int kGlanceStrips = 5;
constexpr int kGlanceLines = 3;
constexpr int kFirstLines = 4; // of the strips before they are straightened
// A short EAN-8 or ITF has 14 bars or more; more than so many is fabric or a comb.
constexpr int kBarsMin = 12;
constexpr int kBarsMax = 220;
constexpr int kBlurredBarsMin = 5; // what is left of them in a blurred EAN-13
constexpr float kAlikeMin = 0.6F;  // correlation of neighbouring strips: bars go on, letters do not
constexpr float kSameMin = 0.85F;  // the same, of the very same bars
constexpr int kRunMin = 3;         // strips next to each other that show the same bars
constexpr int kGlanceRunMin = 2;
constexpr int kGlanceBarsMin = 11; // thin strips miss some
constexpr int kRunWhole = 10;      // of kStrips; shorter runs are worth a closer look

/// The longest run of strips that show the same bars.
struct Run {
    int first = 0;
    int count = 0;
    int bars = 0; ///< in the strip that has most

    [[nodiscard]] bool isSharp(int countMin = kRunMin) const { return count >= countMin && bars >= kBarsMin; }
    [[nodiscard]] bool isBlurred() const { return count >= kRunMin && bars >= kBlurredBarsMin; }
};

Run findRun(const std::vector<Profile>& profiles) {
    Run best;
    Run run;
    for (int k = 0; k < static_cast<int>(profiles.size()); ++k) {
        const auto& profile = profiles[static_cast<std::size_t>(k)];
        const int bars = unevenBarsIn(profile);
        const bool hasBars = bars >= kBlurredBarsMin && bars <= kBarsMax;
        const bool isSame =
            run.count > 0 && correlation(profiles[static_cast<std::size_t>(k) - 1], profile) >= kAlikeMin;
        if (!hasBars || !isSame) run = {k, 0, 0};
        if (!hasBars) continue;
        ++run.count;
        run.bars = std::max(run.bars, bars);
        if (run.count > best.count) best = run;
    }
    return best;
}

// A profile is evened out in windows of this share of its length: close ones follow the light, wide ones keep
// what is left of the bars in a blurred picture.
constexpr int kCloseWindows = 14;
constexpr int kWideWindows = 7;
constexpr float kBlendPixels = 16; // of a window: the light of a reflection is nearly even there
constexpr int kBlendSamplesMin = 8;
constexpr int kWindowMin = 16; // samples
constexpr float kSlantMin = 0.01F;
constexpr float kSharpenReach = 2.2F; // pixels: a bar or two of a fine code
constexpr int kSharpenRadiusMin = 3;  // samples
constexpr ReadOptions kBars{.hasMatrix = false};

std::optional<FoundSymbol> readPicture(const std::vector<Profile>& profiles, const ReadOptions& options) {
    return readSymbol(pictureOf(profiles).view(), options);
}

std::vector<Profile> evenOf(const Strips& strips, int windows) {
    const int samples = static_cast<int>(strips.profiles.front().size());
    std::vector<Profile> even(strips.profiles.size());
    std::transform(strips.profiles.begin(), strips.profiles.end(), even.begin(), [&](const Profile& profile) {
        return normalise(profile, std::max(kWindowMin, samples / windows));
    });
    return even;
}

template <class Change>
std::vector<Profile> changed(std::vector<Profile> profiles, Change change) {
    for (auto& profile : profiles)
        std::transform(profile.begin(), profile.end(), profile.begin(), change);
    return profiles;
}

/// Evened out, then sharpened, black and white, and light on dark.
std::optional<FoundSymbol> readVariants(const Strips& strips, const std::vector<Profile>& even) {
    if (auto found = readPicture(even, kBars)) return found;
    const int radius = std::max(kSharpenRadiusMin, static_cast<int>(kSharpenReach / strips.step));
    const auto sharpened = [&](float strength) {
        std::vector<Profile> sharp(even.size());
        std::transform(even.begin(), even.end(), sharp.begin(),
                       [&](const Profile& profile) { return sharpen(profile, radius, strength); });
        return sharp;
    };
    if (auto found = readPicture(sharpened(1.6F), kBars)) return found;
    const auto sharp = sharpened(1);
    const auto blackAndWhite = changed(sharp, [](float value) { return value > 0.5F ? 1.0F : 0.0F; });
    if (auto found = readPicture(blackAndWhite, {.hasMatrix = false, .hasFixedThreshold = true}))
        return found;
    const auto inverse = [](float value) { return 1 - value; };
    return readPicture(changed(sharp, inverse), kBars);
}

/// As they were, and light on dark.
std::optional<FoundSymbol> readRaw(const Strips& strips) {
    const auto raw = changed(strips.profiles, [](float value) { return value / 255; });
    if (auto found = readPicture(raw, kBars)) return found;
    return readPicture(changed(raw, [](float value) { return 1 - value; }), kBars);
}

/// All strips as one, in which bars stand out that each strip shows elsewhere. The outermost may be half
/// beside the bars.
std::optional<FoundSymbol> readBlended(const Strips& strips, const Run& run) {
    const int window = std::max(kBlendSamplesMin, static_cast<int>(kBlendPixels / strips.step));
    for (const int above : {0, 1}) {
        for (const int below : {0, 1}) {
            if (run.count - above - below < 2) continue;
            const auto first = strips.profiles.begin() + run.first + above;
            const std::vector<Profile> same(first, first + run.count - above - below);
            const auto blend = normalise(blendOf(same, window), window);
            if (auto found = readPicture(std::vector<Profile>(kReadRowsMin, blend), kBars)) return found;
        }
    }
    return std::nullopt;
}

/// The part of a region in which the strips show the same bars as the row that was read.
LinearRegion partAround(const LinearRegion& region, const Strips& strips, const std::vector<Profile>& even,
                        int row) {
    const int count = static_cast<int>(even.size());
    const auto isSame = [&](int k) {
        return correlation(even[static_cast<std::size_t>(k)], even[static_cast<std::size_t>(k) + 1]) >=
               kSameMin;
    };
    int first = std::clamp(row, 0, count - 1);
    int last = first;
    while (first > 0 && isSame(first - 1))
        --first;
    while (last + 1 < count && isSame(last))
        ++last;
    auto part = region;
    // What lies beyond the last of those strips may be something else.
    part.vMin = strips.vFirst + strips.apart * static_cast<float>(first);
    part.vMax = strips.vFirst + strips.apart * static_cast<float>(last);
    return part;
}

} // namespace

LinearAttempt readLinear(const GrayImage& image, const LinearRegion& region, LinearEffort effort) {
    auto part = region;
    auto strips = takeStrips(image, part, kGlanceStrips, 0, kGlanceLines);
    auto even = evenOf(strips, kCloseWindows);
    const auto barsOf = [&](FoundSymbol found) {
        const int row = (found.corners[0].y + found.corners[2].y) / 2;
        return ReadBars{partAround(part, strips, even, row), std::move(found.code)};
    };
    const int barsMin = effort == LinearEffort::Blurred ? kBlurredBarsMin : kGlanceBarsMin;
    const bool isHopeless = std::none_of(even.begin(), even.end(), [barsMin](const Profile& profile) {
        const int bars = unevenBarsIn(profile);
        return bars >= barsMin && bars <= kBarsMax;
    });
    if (isHopeless) return {};
    if (findRun(even).isSharp(kGlanceRunMin)) {
        if (auto found = readPicture(even, kBars)) return {barsOf(std::move(*found)), std::nullopt};
    }
    if (effort == LinearEffort::Glance) return {};
    strips = takeStrips(image, part, kStrips, 0, kFirstLines);
    even = evenOf(strips, kCloseWindows);
    auto run = findRun(even);
    if (!run.isBlurred()) return {};
    const auto attempt = [&](const auto& reader) -> std::optional<ReadBars> {
        if (!run.isSharp()) return std::nullopt;
        auto found = reader();
        if (!found) return std::nullopt;
        return barsOf(std::move(*found));
    };
    const auto variants = [&] { return readVariants(strips, even); };
    if (auto bars = attempt(variants)) return {std::move(bars), std::nullopt};
    const float slant = slantOf(strips);
    if (std::abs(slant) > kSlantMin || run.count < kRunWhole) {
        part.vMin = strips.vFirst + strips.apart * (static_cast<float>(run.first) - 0.5F);
        part.vMax = part.vMin + strips.apart * static_cast<float>(run.count);
        strips = takeStrips(image, part, kStrips, slant);
        even = evenOf(strips, kCloseWindows);
        run = findRun(even);
        if (auto bars = attempt(variants)) return {std::move(bars), std::nullopt};
    }
    if (auto bars = attempt([&] { return readBlended(strips, run); })) return {std::move(bars), std::nullopt};
    if (auto bars = attempt([&] { return readRaw(strips); })) return {std::move(bars), std::nullopt};
    if (!run.isBlurred()) return {};
    const auto first = strips.profiles.begin() + run.first;
    strips.profiles = {first, first + run.count};
    return {std::nullopt, UnreadBars{part, std::move(strips), run.isSharp()}};
}

std::vector<Profile> widelyEven(const UnreadBars& bars) {
    return evenOf(bars.strips, kWideWindows);
}

} // namespace silta::drivers
