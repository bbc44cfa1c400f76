#include "drivers/frame_stage.h"

#include <algorithm>
#include <cmath>

namespace silta::drivers {

namespace {

/// How likely a code is what a shopper wants to show: large and in the middle.
double prominence(const SeenCode& code, int width, int height) {
    const double share =
        std::sqrt(static_cast<double>(code.right - code.left) * (code.bottom - code.top) / width / height);
    const double awayX = (code.left + code.right) / 2.0 / width - 0.5;
    const double awayY = (code.top + code.bottom) / 2.0 / height - 0.5;
    return share - std::hypot(awayX, awayY);
}

} // namespace

bool FrameStage::isNew(const SeenCode& code, std::int64_t steadyMs) const {
    return std::none_of(told_.begin(), told_.end(), [&](const Told& told) {
        return steadyMs - told.atMs < kFrameRepeatMs && told.symbology == code.symbology &&
               told.bytes == code.bytes;
    });
}

std::vector<ScannedCode> FrameStage::tell(std::vector<SeenCode> codes, int width, int height,
                                          std::int64_t steadyMs) {
    std::erase_if(told_, [steadyMs](const Told& told) { return steadyMs - told.atMs >= kFrameRepeatMs; });
    std::erase_if(codes, [&](const SeenCode& code) { return !isNew(code, steadyMs); });
    std::stable_sort(codes.begin(), codes.end(), [&](const SeenCode& a, const SeenCode& b) {
        return prominence(a, width, height) > prominence(b, width, height);
    });
    for (auto& code : codes) {
        code.source = source_;
        if (told_.size() >= kFrameCodesMax) told_.erase(told_.begin());
        told_.push_back(Told{code.bytes, code.symbology, steadyMs});
    }
    return {codes.begin(), codes.end()};
}

std::vector<ScannedCode> FrameStage::process(const GrayImage& frame, std::int64_t steadyMs) {
    DecodeOptions options;
    options.symbolsMax = 1; // one code at a time is what a shopper holds up, and the next frame is soon
    options.isThorough = false;
    auto codes = decode_(frame, options);
    if (!codes) return {}; // an odd frame; the next one may be better
    return tell(std::move(*codes), frame.width, frame.height, steadyMs);
}

} // namespace silta::drivers
