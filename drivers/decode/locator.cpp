#include "drivers/decode/locator.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <utility>

namespace silta::drivers {

namespace {

// Squared steps of luminance: weaker texture than this is noise of the camera or print too faint to read.
constexpr float kEnergyMin = 60;
constexpr float kNoiseMax =
    900; // where even the quietest fifth of a picture is full of edges, it is no noise
// Of 1: how much stronger the one direction must be, at the seed of a region and in its other blocks.
constexpr float kSeedCoherence = 0.5F;
constexpr float kMemberCoherence = 0.4F;
constexpr float kMemberEnergy = 0.6F;   // of the seed's least energy: bars end in half-covered blocks
constexpr float kSameDirection = 0.82F; // cosine of twice the angle: 17 degrees
constexpr std::size_t kLinearBlocksMin = 5;
constexpr float kLengthMin = 40; // pixels: fewer than one a module for any code
constexpr float kHeightMin = 8;
constexpr float kScoreShareMin = 0.15F; // of the best region's score
constexpr int kMatrixBlocksMin = 4;
constexpr float kMatrixEnergy = 0.22F; // of that of the strongest blocks
constexpr int kMatrixMargin = 2;       // blocks around: the quiet zone, and modules in half-covered blocks

/// What each block says once its neighbours were asked.
struct Texture {
    int columns = 0;
    int rows = 0;
    float energyMin = 0;          ///< of stripes
    std::vector<float> energy;    ///< of both directions, without noise
    std::vector<float> coherence; ///< 0: no direction is preferred; 1: one only
    std::vector<float> cosine;    ///< of twice the angle across the stripes
    std::vector<float> sine;
    std::vector<float> weaker; ///< energy of the weaker direction

    [[nodiscard]] std::size_t size() const { return energy.size(); }
};

/// Half the energy of the quietest fifth of the blocks, for each of the two directions.
float noiseOf(const BlockTensor& tensor) {
    std::vector<float> energies(tensor.xx.size());
    for (std::size_t i = 0; i < energies.size(); ++i)
        energies[i] = tensor.xx[i] + tensor.yy[i];
    const auto fifth = energies.begin() + static_cast<std::ptrdiff_t>(energies.size() / 5);
    std::nth_element(energies.begin(), fifth, energies.end());
    return std::min(*fifth, kNoiseMax) / 2;
}

/// Calls `use` with each block of the 3 x 3 around one, itself included.
template <class Use>
void eachAround(int columns, int rows, std::size_t block, Use use) {
    const int x = static_cast<int>(block) % columns;
    const int y = static_cast<int>(block) / columns;
    for (int otherY = std::max(y - 1, 0); otherY <= std::min(y + 1, rows - 1); ++otherY) {
        const auto row = static_cast<std::size_t>(otherY) * static_cast<std::size_t>(columns);
        for (int otherX = std::max(x - 1, 0); otherX <= std::min(x + 1, columns - 1); ++otherX)
            use(row + static_cast<std::size_t>(otherX));
    }
}

/// Three means of a block and those around it, in which the block itself counts twice.
struct Around {
    float xx = 0;
    float yy = 0;
    float xy = 0;
};

void describe(Texture& texture, std::size_t i, const Around& around, float noise) {
    const float xx = std::max(around.xx - noise, 0.0F);
    const float yy = std::max(around.yy - noise, 0.0F);
    const float sum = xx + yy;
    const float difference = std::sqrt((xx - yy) * (xx - yy) + 4 * around.xy * around.xy);
    const float share = difference > 1e-3F ? 1 / difference : 0;
    texture.energy[i] = sum;
    texture.coherence[i] = sum > 1 ? difference / sum : 0;
    texture.weaker[i] = (sum - difference) / 2;
    texture.cosine[i] = (xx - yy) * share;
    texture.sine[i] = 2 * around.xy * share;
}

Texture textureOf(const BlockTensor& tensor) {
    const auto blocks = tensor.xx.size();
    Texture texture;
    texture.columns = tensor.columns;
    texture.rows = tensor.rows;
    for (auto* values :
         {&texture.energy, &texture.coherence, &texture.cosine, &texture.sine, &texture.weaker})
        values->resize(blocks);
    const float noise = noiseOf(tensor);
    texture.energyMin = std::max(kEnergyMin, 1.2F * noise);
    const auto describeEdge = [&](std::size_t i) {
        Around around{tensor.xx[i], tensor.yy[i], tensor.xy[i]};
        float weight = 1;
        eachAround(tensor.columns, tensor.rows, i, [&](std::size_t j) {
            around.xx += tensor.xx[j];
            around.yy += tensor.yy[j];
            around.xy += tensor.xy[j];
            weight += 1;
        });
        describe(texture, i, {around.xx / weight, around.yy / weight, around.xy / weight}, noise);
    };
    const auto columns = static_cast<std::size_t>(tensor.columns);
    for (std::size_t begin = 0; begin < blocks; begin += columns) {
        const bool isEdge = begin == 0 || begin + columns == blocks || columns < 3;
        if (isEdge) {
            for (std::size_t i = begin; i < begin + columns; ++i)
                describeEdge(i);
            continue;
        }
        describeEdge(begin);
        const auto mean = [columns](const float* at) {
            const auto three = [](const float* middle) { return middle[-1] + middle[0] + middle[1]; };
            const auto* upper = at - columns;
            const auto* lower = at + columns;
            return (at[0] + three(upper) + three(at) + three(lower)) * 0.1F;
        };
        // All but the edges, which the compiler does several blocks at a time.
        for (std::size_t i = begin + 1; i < begin + columns - 1; ++i)
            describe(texture, i, {mean(&tensor.xx[i]), mean(&tensor.yy[i]), mean(&tensor.xy[i])}, noise);
        describeEdge(begin + columns - 1);
    }
    return texture;
}

/// The blocks connected to `seed` that `isMember` accepts, in the order in which they are reached.
template <class IsMember>
void grow(const Texture& texture, std::size_t seed, std::vector<char>& isUsed,
          std::vector<std::size_t>& members, IsMember isMember) {
    members.assign(1, seed);
    isUsed[seed] = 1;
    for (std::size_t next = 0; next < members.size(); ++next) {
        eachAround(texture.columns, texture.rows, members[next], [&](std::size_t j) {
            if (isUsed[j] != 0 || !isMember(j)) return;
            isUsed[j] = 1;
            members.push_back(j);
        });
    }
}

struct Span {
    float min;
    float max;
};

/// From the lowest to the highest of the places, but for one in forty on each side.
Span spanOf(std::vector<float>& places) {
    const auto cut = static_cast<std::ptrdiff_t>(places.size() / 40);
    constexpr float kHalfBlock = kBlockSide / 2.0F;
    const auto lowest = places.begin() + cut;
    const auto highest = places.end() - 1 - cut;
    std::nth_element(places.begin(), lowest, places.end());
    if (highest > lowest) std::nth_element(lowest + 1, highest, places.end());
    return {*lowest - kHalfBlock, *highest + kHalfBlock};
}

LinearRegion linearRegionOf(const BlockTensor& tensor, const Texture& texture,
                            const std::vector<std::size_t>& members) {
    const auto centreOf = [&](std::size_t block) {
        const auto columns = static_cast<std::size_t>(texture.columns);
        const auto column = block % columns;
        const auto row = block / columns;
        return std::pair{(static_cast<float>(column) + 0.5F) * kBlockSide + 1,
                         (static_cast<float>(row) + 0.5F) * kBlockSide + 1};
    };
    LinearRegion region;
    float xx = 0;
    float yy = 0;
    float xy = 0;
    float weights = 0;
    for (auto i : members) {
        xx += tensor.xx[i];
        yy += tensor.yy[i];
        xy += tensor.xy[i];
        const float weight = std::sqrt(texture.energy[i]);
        const auto [x, y] = centreOf(i);
        region.centreX += weight * x;
        region.centreY += weight * y;
        region.score += weight * texture.coherence[i];
        weights += weight;
    }
    region.centreX /= weights;
    region.centreY /= weights;
    const float angle = std::atan2(2 * xy, xx - yy) / 2;
    region.acrossX = std::cos(angle);
    region.acrossY = std::sin(angle);
    std::vector<float> us;
    std::vector<float> vs;
    for (auto i : members) {
        const auto [x, y] = centreOf(i);
        const float dx = x - region.centreX;
        const float dy = y - region.centreY;
        us.push_back(dx * region.acrossX + dy * region.acrossY);
        vs.push_back(dy * region.acrossX - dx * region.acrossY);
    }
    const auto u = spanOf(us);
    const auto v = spanOf(vs);
    region.uMin = u.min;
    region.uMax = u.max;
    region.vMin = v.min;
    region.vMax = v.max;
    region.score *= std::min(1.0F, 0.8F * region.length() / region.height()); // codes are wider than high
    return region;
}

std::vector<LinearRegion> linearRegions(const BlockTensor& tensor, const Texture& texture) {
    std::vector<std::pair<float, std::size_t>> seeds; // with their strengths
    for (std::size_t i = 0; i < texture.size(); ++i) {
        if (texture.coherence[i] > kSeedCoherence && texture.energy[i] > texture.energyMin)
            seeds.emplace_back(texture.coherence[i] * texture.energy[i], i);
    }
    std::sort(seeds.begin(), seeds.end(), std::greater<>());
    std::vector<LinearRegion> regions;
    std::vector<char> isUsed(texture.size(), 0);
    std::vector<std::size_t> members;
    for (const auto& [strength, seed] : seeds) {
        if (isUsed[seed] != 0) continue;
        // The direction follows the region as it grows: the stripes of a bottle fan out.
        float cosine = texture.cosine[seed];
        float sine = texture.sine[seed];
        grow(texture, seed, isUsed, members, [&](std::size_t i) {
            if (texture.coherence[i] < kMemberCoherence ||
                texture.energy[i] < kMemberEnergy * texture.energyMin)
                return false;
            const float along = texture.cosine[i] * cosine + texture.sine[i] * sine;
            if (along < kSameDirection * std::sqrt(cosine * cosine + sine * sine)) return false;
            cosine += texture.cosine[i];
            sine += texture.sine[i];
            return true;
        });
        if (members.size() < kLinearBlocksMin) continue;
        const auto region = linearRegionOf(tensor, texture, members);
        if (region.length() >= kLengthMin && region.height() >= kHeightMin) regions.push_back(region);
    }
    return regions;
}

std::vector<MatrixRegion> matrixRegions(const Texture& texture) {
    auto energies = texture.weaker;
    const auto strong = energies.end() - 1 - static_cast<std::ptrdiff_t>(energies.size() / 60);
    std::nth_element(energies.begin(), strong, energies.end());
    const float energyMin = std::max(kEnergyMin, kMatrixEnergy * *strong);
    std::vector<MatrixRegion> regions;
    std::vector<char> isUsed(texture.size(), 0);
    std::vector<std::size_t> members;
    for (std::size_t seed = 0; seed < texture.size(); ++seed) {
        if (isUsed[seed] != 0 || texture.weaker[seed] < energyMin) continue;
        grow(texture, seed, isUsed, members, [&](std::size_t i) { return texture.weaker[i] >= energyMin; });
        int left = texture.columns;
        int top = texture.rows;
        int right = 0;
        int bottom = 0;
        float energy = 0;
        for (auto i : members) {
            const int x = static_cast<int>(i) % texture.columns;
            const int y = static_cast<int>(i) / texture.columns;
            left = std::min(left, x);
            right = std::max(right, x + 1);
            top = std::min(top, y);
            bottom = std::max(bottom, y + 1);
            energy += texture.weaker[i];
        }
        const int width = right - left;
        const int height = bottom - top;
        if (static_cast<int>(members.size()) < kMatrixBlocksMin || width < 2 || height < 2) continue;
        const float fill = static_cast<float>(members.size()) / static_cast<float>(width * height);
        const float aspect =
            static_cast<float>(std::min(width, height)) / static_cast<float>(std::max(width, height));
        regions.push_back({(left - kMatrixMargin) * kBlockSide, (top - kMatrixMargin) * kBlockSide,
                           (right + kMatrixMargin) * kBlockSide, (bottom + kMatrixMargin) * kBlockSide,
                           aspect, energy / static_cast<float>(width * height),
                           energy * fill * std::min(1.0F, 1.3F * aspect)});
    }
    return regions;
}

/// The best `countMax` regions, likeliest first; none that is far behind the likeliest.
template <class Region>
void rank(std::vector<Region>& regions, std::size_t countMax) {
    std::sort(regions.begin(), regions.end(),
              [](const Region& a, const Region& b) { return a.score > b.score; });
    if (regions.size() > countMax) regions.resize(countMax);
    const float scoreMin = regions.empty() ? 0 : kScoreShareMin * regions.front().score;
    std::erase_if(regions, [scoreMin](const Region& region) { return region.score < scoreMin; });
}

} // namespace

Regions locate(const BlockTensor& tensor) {
    if (tensor.xx.empty()) return {};
    const auto texture = textureOf(tensor);
    Regions regions{linearRegions(tensor, texture), matrixRegions(texture)};
    rank(regions.linear, kLinearRegionsMax);
    rank(regions.matrix, kMatrixRegionsMax);
    return regions;
}

} // namespace silta::drivers
