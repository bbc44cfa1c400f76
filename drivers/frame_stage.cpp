#include "drivers/frame_stage.h"

#include "drivers/decode/decoder.h"

#include <algorithm>

namespace silta::drivers {

std::vector<ScannedCode> FrameStage::process(const GrayImage& frame, std::int64_t steadyMs) {
    std::erase_if(told_, [steadyMs](const Told& told) { return steadyMs - told.atMs >= kFrameRepeatMs; });
    DecodeOptions options;
    options.symbolsMax = 1; // one code at a time is what a shopper holds up, and the next frame is soon
    options.isThorough = false;
    auto decoded = decode(frame, options);
    if (!decoded) return {}; // an odd frame; the next one may be better
    auto codes = std::move(*decoded);
    std::erase_if(codes, [this](const ScannedCode& code) {
        return std::any_of(told_.begin(), told_.end(), [&](const Told& told) {
            return told.symbology == code.symbology && told.bytes == code.bytes;
        });
    });
    for (auto& code : codes) {
        code.source = source_;
        if (told_.size() >= kFrameCodesMax) told_.erase(told_.begin());
        told_.push_back(Told{code.bytes, code.symbology, steadyMs});
    }
    return codes;
}

} // namespace silta::drivers
