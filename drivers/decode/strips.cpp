#include "drivers/decode/strips.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace silta::drivers {

namespace {

constexpr float kMarginShare = 0.14F; // of the length, beyond each end: the quiet zone of an EAN-13 and more
constexpr float kMarginMin = 10;
constexpr float kFineLengthMax = 420; // pixels; below this a module may be a pixel wide
constexpr float kMiddleLengthMax = 900;
constexpr int kLinesMin = 2;       // averaged in one profile
constexpr float kEvenRange = 0.5F; // of the whole range: local differences below it are not spread further
constexpr float kEvenRangeMin = 4;
constexpr int kFractionBits = 16;

float stepOf(float length) {
    return length < kFineLengthMax ? 0.5F : length < kMiddleLengthMax ? 0.75F : 1.0F;
}

std::int32_t fixed(float value) {
    return static_cast<std::int32_t>(value * (1 << kFractionBits));
}

/// The samples of a line (those from `first` to before `last`) that lie in 0..`limit`.
void clip(float start, float step, float limit, int& first, int& last) {
    if (std::abs(step) < 1e-6F) {
        if (start < 0 || start > limit) last = first;
        return;
    }
    const float toZero = -start / step;
    const float toLimit = (limit - start) / step;
    first = std::max(first, static_cast<int>(std::ceil(std::min(toZero, toLimit))));
    last = std::min(last, static_cast<int>(std::floor(std::max(toZero, toLimit))) + 1);
}

/// Adds the interpolated pixels along a line; beyond the edges of the picture the outermost one goes on.
void addLine(const GrayImage& image, float x, float y, float stepX, float stepY,
             std::vector<std::int32_t>& sums) {
    int first = 0;
    int last = static_cast<int>(sums.size());
    // A thousandth inside, for the rounding of many small steps.
    clip(x - 0.01F, stepX, static_cast<float>(image.width) - 1.03F, first, last);
    clip(y - 0.01F, stepY, static_cast<float>(image.height) - 1.03F, first, last);
    if (first >= last) return;
    auto fixedX = fixed(x + stepX * static_cast<float>(first));
    auto fixedY = fixed(y + stepY * static_cast<float>(first));
    const auto fixedStepX = fixed(stepX);
    const auto fixedStepY = fixed(stepY);
    const auto stride = image.stride;
    const auto sample = [&](std::int32_t atX, std::int32_t atY) {
        const auto* pixel = image.data + stride * (atY >> kFractionBits) + (atX >> kFractionBits);
        const int shareX = (atX >> 8) & 0xff;
        const int shareY = (atY >> 8) & 0xff;
        const int upper = (pixel[0] << 8) + shareX * (pixel[1] - pixel[0]);
        const int lower = (pixel[stride] << 8) + shareX * (pixel[stride + 1] - pixel[stride]);
        return (upper >> 4) + ((shareY * ((lower - upper) >> 4)) >> 8); // luminance times 16
    };
    const auto begin = sample(fixedX, fixedY);
    for (int i = 0; i < first; ++i)
        sums[static_cast<std::size_t>(i)] += begin;
    std::int32_t value = begin;
    for (int i = first; i < last; ++i) {
        value = sample(fixedX, fixedY);
        sums[static_cast<std::size_t>(i)] += value;
        fixedX += fixedStepX;
        fixedY += fixedStepY;
    }
    for (auto i = static_cast<std::size_t>(last); i < sums.size(); ++i)
        sums[i] += value;
}

struct Range {
    float darkest = 0;
    float brightest = 0;
};

/// Of some samples, eight at a time.
Range rangeOf(std::span<const float> samples) {
    constexpr std::size_t kLanes = 8;
    std::array<float, kLanes> darkest{};
    std::array<float, kLanes> brightest{};
    darkest.fill(samples.front());
    brightest.fill(samples.front());
    std::size_t i = 0;
    for (; i + kLanes <= samples.size(); i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            darkest[lane] = std::min(darkest[lane], samples[i + lane]);
            brightest[lane] = std::max(brightest[lane], samples[i + lane]);
        }
    }
    for (; i < samples.size(); ++i) {
        darkest[0] = std::min(darkest[0], samples[i]);
        brightest[0] = std::max(brightest[0], samples[i]);
    }
    return {*std::min_element(darkest.begin(), darkest.end()),
            *std::max_element(brightest.begin(), brightest.end())};
}

} // namespace

Strips takeStrips(const GrayImage& image, const LinearRegion& region, int count, float slant, int linesMax) {
    Strips strips;
    const float margin = std::max(kMarginMin, region.length() * kMarginShare);
    const float begin = region.uMin - margin;
    const float length = region.length() + 2 * margin;
    strips.step = std::max(stepOf(region.length()), length / kProfileSamplesMax);
    const auto samples = static_cast<std::size_t>(length / strips.step) + 1;
    // The outermost tenths are half outside the bars, or hold digits.
    const float cut = region.height() < 24 ? 0 : region.height() * 0.1F;
    const float apart = (region.height() - 2 * cut) / static_cast<float>(count);
    strips.apart = apart;
    strips.vFirst = region.vMin + cut + apart / 2;
    const int lines = std::clamp(static_cast<int>(apart * 0.8F), kLinesMin, linesMax);
    std::vector<std::int32_t> sums(samples);
    for (int k = 0; k < count; ++k) {
        std::fill(sums.begin(), sums.end(), 0);
        const float middle = region.vMin + cut + (static_cast<float>(k) + 0.5F) * apart;
        for (int line = 0; line < lines; ++line) {
            const float v = middle + static_cast<float>(line) - static_cast<float>(lines - 1) / 2;
            const float u = begin + slant * v;
            addLine(image, region.centreX + region.acrossX * u - region.acrossY * v,
                    region.centreY + region.acrossY * u + region.acrossX * v, region.acrossX * strips.step,
                    region.acrossY * strips.step, sums);
        }
        Profile profile(samples);
        const float share = 1.0F / static_cast<float>(16 * lines);
        std::transform(sums.begin(), sums.end(), profile.begin(),
                       [share](std::int32_t sum) { return static_cast<float>(sum) * share; });
        strips.profiles.push_back(std::move(profile));
    }
    return strips;
}

float slantOf(const Strips& strips) {
    constexpr int kLagMax = 10; // samples
    constexpr float kClearMin = 0.7F;
    constexpr std::size_t kPairsMin = 3;
    std::vector<float> lags;
    for (std::size_t k = 0; k + 1 < strips.profiles.size(); k += 2) {
        const std::span upper(strips.profiles[k]);
        const std::span lower(strips.profiles[k + 1]);
        const auto samples = upper.size() - 2 * kLagMax;
        std::array<float, 2 * kLagMax + 1> alike{};
        for (std::size_t lag = 0; lag < alike.size(); ++lag)
            alike[lag] = correlation(upper.subspan(kLagMax, samples), lower.subspan(lag, samples));
        const auto best = std::max_element(alike.begin() + 1, alike.end() - 1);
        if (*best < kClearMin || *best < best[-1] || *best < best[1]) continue;
        // The top of the parabola through the best and its neighbours.
        const float curve = 2 * *best - best[-1] - best[1];
        const float top = curve > 1e-6F ? (best[1] - best[-1]) / (2 * curve) : 0;
        lags.push_back(static_cast<float>(best - alike.begin() - kLagMax) + top);
    }
    if (lags.size() < kPairsMin) return 0;
    const auto middle = lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2);
    std::nth_element(lags.begin(), middle, lags.end());
    return *middle * strips.step / strips.apart;
}

namespace {

/// The darkest and brightest within some windows of a profile and their neighbours, and in between evenly
/// from one to the next.
class LocalRanges {
public:
    LocalRanges(const Profile& profile, int window) : profile_(profile), window_(window) {
        const int samples = static_cast<int>(profile.size());
        const int blocks = std::max(1, samples / window);
        std::vector<Range> own(static_cast<std::size_t>(blocks));
        for (int b = 0; b < blocks; ++b) {
            const auto begin = profile.begin() + std::ptrdiff_t{b} * window;
            own[static_cast<std::size_t>(b)] =
                rangeOf({begin, b + 1 < blocks ? begin + window : profile.end()});
        }
        // Each block with its neighbours, so that no block is all bar or all space.
        ranges_ = own;
        for (std::size_t b = 0; b < ranges_.size(); ++b) {
            for (std::size_t other = b > 0 ? b - 1 : 0; other < std::min(b + 2, ranges_.size()); ++other) {
                ranges_[b].darkest = std::min(ranges_[b].darkest, own[other].darkest);
                ranges_[b].brightest = std::max(ranges_[b].brightest, own[other].brightest);
            }
        }
    }

    /// The middle one of the local ranges.
    [[nodiscard]] float medianWidth() const {
        std::vector<float> widths(ranges_.size());
        std::transform(ranges_.begin(), ranges_.end(), widths.begin(),
                       [](const Range& range) { return range.brightest - range.darkest; });
        const auto median = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
        std::nth_element(widths.begin(), median, widths.end());
        return *median;
    }

    /// Calls `use` with samples whose range goes evenly from one to another: the numbers of the first and the
    /// last (outside), brightest and width of the range at the first, and how each grows with a sample.
    template <class Use>
    void eachPart(Use use) const {
        const int samples = static_cast<int>(profile_.size());
        const int blocks = static_cast<int>(ranges_.size());
        for (int b = -1; b < blocks; ++b) {
            const auto middleOf = [&](int block) { return std::min(window_ * (2 * block + 1) / 2, samples); };
            const int first = b < 0 ? 0 : middleOf(b);
            const int last = b + 1 < blocks ? middleOf(b + 1) : samples;
            const auto& from = ranges_[static_cast<std::size_t>(std::max(b, 0))];
            const auto& to = ranges_[static_cast<std::size_t>(std::min(b + 1, blocks - 1))];
            const float scale = 1 / static_cast<float>(window_);
            const float shareFirst =
                (static_cast<float>(first) + 0.5F) * scale - 0.5F - static_cast<float>(b);
            const float brighter = to.brightest - from.brightest;
            const float wider = brighter - (to.darkest - from.darkest);
            use(first, last, from.brightest + shareFirst * brighter,
                from.brightest - from.darkest + shareFirst * wider, brighter * scale, wider * scale);
        }
    }

private:
    const Profile& profile_;
    int window_;
    std::vector<Range> ranges_;
};

} // namespace

Profile normalise(const Profile& profile, int window) {
    const LocalRanges ranges(profile, window);
    // Against the middle one of the local ranges: the frame around a code may be far darker than its bars.
    const float widthMin = std::max(kEvenRangeMin, kEvenRange * ranges.medianWidth());
    Profile out(profile.size());
    ranges.eachPart([&](int first, int last, float ceiling, float width, float brighter, float wider) {
        const auto* values = profile.data() + first;
        auto* even = out.data() + first;
        for (int i = 0; i < last - first; ++i) {
            const auto share = static_cast<float>(i);
            const float range = std::max(width + share * wider, widthMin);
            even[i] = std::min(std::max((values[i] - (ceiling + share * brighter)) / range + 1, 0.0F), 1.0F);
        }
    });
    return out;
}

Profile blendOf(const std::vector<Profile>& profiles, int window) {
    Profile sums(profiles.front().size());
    Profile weights(sums.size(), kEvenRangeMin);
    for (const auto& profile : profiles) {
        const LocalRanges ranges(profile, window);
        ranges.eachPart([&](int first, int last, float ceiling, float width, float brighter, float wider) {
            const auto* values = profile.data() + first;
            auto* sum = sums.data() + first;
            auto* weight = weights.data() + first;
            for (int i = 0; i < last - first; ++i) {
                const auto share = static_cast<float>(i);
                const float range = width + share * wider;
                // What is bright adds its whole weight, what is dark none: the division by the range cancels.
                sum[i] += range * std::max(values[i] - (ceiling + share * brighter) + range, 0.0F);
                weight[i] += range * range;
            }
        });
    }
    std::transform(sums.begin(), sums.end(), weights.begin(), sums.begin(),
                   [](float sum, float weight) { return 255 * std::min(sum / weight, 1.0F); });
    return sums;
}

Profile sharpen(const Profile& profile, int radius, float strength) {
    std::vector<float> sums(profile.size() + 1, 0);
    for (std::size_t i = 0; i < profile.size(); ++i)
        sums[i + 1] = sums[i] + profile[i];
    Profile out(profile.size());
    const auto reach = static_cast<std::size_t>(radius);
    for (std::size_t i = 0; i < profile.size(); ++i) {
        const auto left = i < reach ? 0 : i - reach;
        const auto right = std::min(i + reach + 1, profile.size());
        const float mean = (sums[right] - sums[left]) / static_cast<float>(right - left);
        out[i] = profile[i] + strength * (profile[i] - mean);
    }
    return out;
}

namespace {

constexpr float kDark = 0.35F;
constexpr float kBright = 0.65F;

/// Calls `use` with the number of each sample at which it turns dark.
template <class Use>
void eachBar(const Profile& profile, Use use) {
    bool isDark = false;
    for (std::size_t i = 0; i < profile.size(); ++i) {
        if (!isDark && profile[i] < kDark) {
            isDark = true;
            use(i);
        } else if (isDark && profile[i] > kBright) {
            isDark = false;
        }
    }
}

} // namespace

int barsIn(const Profile& profile) {
    int bars = 0;
    eachBar(profile, [&](std::size_t) { ++bars; });
    return bars;
}

int unevenBarsIn(const Profile& profile) {
    constexpr float kSameShare = 0.1F; // of a distance
    constexpr float kSameSamples = 0.5F;
    constexpr int kGratingDistances = 8;
    int bars = 0;
    int inGratings = 0;
    int equal = 0; // distances up to the last bar
    float before = 0;
    float lastDistance = 0;
    const auto endRow = [&] {
        if (equal >= kGratingDistances) inGratings += equal + 1;
    };
    eachBar(profile, [&](std::size_t i) {
        auto at = static_cast<float>(i);
        // Where the profile crosses the level, to a part of a sample.
        if (i > 0 && profile[i - 1] > profile[i])
            at -= std::clamp((kDark - profile[i]) / (profile[i - 1] - profile[i]), 0.0F, 1.0F);
        const float distance = at - before;
        const bool isSame =
            bars > 1 && std::abs(distance - lastDistance) <= kSameShare * distance + kSameSamples;
        if (!isSame) {
            endRow();
            equal = 0;
        }
        equal += bars > 0 ? 1 : 0;
        lastDistance = distance;
        before = at;
        ++bars;
    });
    endRow();
    return std::max(bars - inGratings, 0);
}

float correlation(std::span<const float> a, std::span<const float> b) {
    const auto samples = static_cast<float>(a.size());
    float sumA = 0;
    float sumB = 0;
    float sumAa = 0;
    float sumBb = 0;
    float sumAb = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sumA += a[i];
        sumB += b[i];
        sumAa += a[i] * a[i];
        sumBb += b[i] * b[i];
        sumAb += a[i] * b[i];
    }
    const float varianceA = sumAa - sumA * sumA / samples;
    const float varianceB = sumBb - sumB * sumB / samples;
    if (varianceA < 1e-3F || varianceB < 1e-3F) return 0;
    return (sumAb - sumA * sumB / samples) / std::sqrt(varianceA * varianceB);
}

GrayBuffer pictureOf(const std::vector<Profile>& profiles) {
    const auto samples = profiles.front().size();
    GrayBuffer picture{std::vector<std::uint8_t>(profiles.size() * samples), static_cast<int>(samples),
                       static_cast<int>(profiles.size())};
    auto* row = picture.pixels.data();
    for (const auto& profile : profiles) {
        const auto* values = profile.data();
        for (std::size_t i = 0; i < samples; ++i)
            row[i] =
                static_cast<std::uint8_t>(static_cast<int>(std::min(std::max(values[i], 0.0F), 1.0F) * 255));
        row += samples;
    }
    return picture;
}

} // namespace silta::drivers
