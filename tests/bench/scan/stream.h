// A camera's frames, drawn: codes of every retail kind in a shop, as hands and lenses spoil them.
#pragma once

#include "bench/scan/corpus.h"

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace silta::bench {

/// What is wrong with the frames of a clip.
enum class Spoil { Nothing, Rotation, Perspective, Curve, Blur, LowLight, Glare, Small, Motion };
inline constexpr int kSpoils = 9;
const char* toString(Spoil spoil);

struct ClipPlan {
    Spoil spoil = Spoil::Nothing;
    int symbol = 0; ///< 0 to kStreamSymbols - 1
    int width = 1280;
    int height = 720;
    int frames = 16;
    std::uint32_t seed = 1; ///< of the message, the pose, the shop and the noise: the same everywhere
};
inline constexpr int kStreamSymbols = 7;
bool isMatrixSymbol(int symbol);

/// The frames of one clip, in order: a code comes in, is held and leaves. `symbol` -1: an empty shop.
/// Errors: Internal (zint cannot draw the symbol).
Result<std::vector<Photograph>> drawClip(const ClipPlan& plan);

} // namespace silta::bench
