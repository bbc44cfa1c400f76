// Profiles across the bars of a region: straightened, averaged along the bars, evened out.
#pragma once

#include "drivers/decode/locator.h"
#include "drivers/gray_image.h"

#include <span>
#include <vector>

namespace silta::drivers {

/// Luminance from one end of a region to the other and some way beyond.
using Profile = std::vector<float>;

/// Samples of a profile at most; wider regions are sampled more coarsely.
inline constexpr int kProfileSamplesMax = 2'000;
/// Lines of pixels that are averaged in one profile, at most.
inline constexpr int kStripLinesMax = 6;

struct Strips {
    float step = 1;                ///< pixels from one sample to the next
    float vFirst = 0;              ///< place of the first profile along the bars
    float apart = 1;               ///< pixels from one profile to the next
    std::vector<Profile> profiles; ///< of equal length, from one edge of the region to the other; 0..255
};

/// `count` profiles at equal distances along the bars, each the mean of neighbouring lines. `slant` is how
/// far the bars move across for each pixel along them. `linesMax` limits the lines of a profile: fewer are
/// quicker, and noisier.
Strips takeStrips(const GrayImage& image, const LinearRegion& region, int count, float slant = 0,
                  int linesMax = kStripLinesMax);
/// The slant that the profiles show: how far the bars move from one to the next. 0 where they do not tell.
float slantOf(const Strips& strips);

/// The profile between the local darkest (0) and brightest (1) within `window` samples.
Profile normalise(const Profile& profile, int window);
/// One profile of all of them, evened out in windows of `window` samples: each place as those profiles have
/// it in which most contrast is left there. Where a lamp is mirrored the bars fade in each strip elsewhere.
Profile blendOf(const std::vector<Profile>& profiles, int window);
/// Each sample moved away from the mean of those up to `radius` away, `strength` times its difference.
Profile sharpen(const Profile& profile, int radius, float strength);
/// Changes from bright to dark in a normalised profile.
int barsIn(const Profile& profile);
/// The same without those that stand in long rows at equal distances, as a blind, a fabric or a comb has
/// them. In retail codes such rows are short: the two distances in a digit of an EAN make seven modules, the
/// three in a character of Code 128 eleven, and each digit of ITF has both wide and narrow bars.
int unevenBarsIn(const Profile& profile);
/// -1..1: how alike two profiles of one length are.
float correlation(std::span<const float> a, std::span<const float> b);
/// One row for each profile; 0..1 become 0..255.
GrayBuffer pictureOf(const std::vector<Profile>& profiles);

} // namespace silta::drivers
