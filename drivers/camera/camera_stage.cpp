#include "drivers/camera/camera_stage.h"

#include <algorithm>
#include <iterator>

namespace silta::drivers {

std::vector<SeenCode> CameraStage::search(const GrayImage& frame, const FramePart& part,
                                          int symbolsMax) const {
    DecodeOptions options;
    options.symbolsMax = symbolsMax;
    options.isThorough = false; // the next frame is soon
    options.turn = plan_.turn();
    const GrayImage view{frame.data + frame.stride * part.top + part.left, part.right - part.left,
                         part.bottom - part.top, frame.stride};
    auto codes = decode_(view, options);
    if (!codes) return {}; // an odd frame; the next one may be better
    for (auto& code : *codes) {
        code.left += part.left;
        code.right += part.left;
        code.top += part.top;
        code.bottom += part.top;
    }
    return std::move(*codes);
}

std::vector<ScannedCode> CameraStage::process(const GrayImage& frame) {
    if (frame.data == nullptr || frame.width <= 0 || frame.height <= 0) return {};
    const auto startMs = clock_.steadyMs();
    if (!gate_.isWorthSearching(frame, startMs)) return {};
    const auto part = plan_.next(frame.width, frame.height, startMs, gate_.foreground());
    if (!part) return {};
    const auto seen = search(frame, *part, 1);
    auto codes = consensus_.believed(seen, startMs);
    if (codes.empty() && !seen.empty() && !isPart(seen.front())) {
        // Seen through another window the strips lie on other rows, and what was cut off is there.
        const auto closer = partAround(seen.front(), frame.width, frame.height);
        codes = consensus_.believed(search(frame, closer, 1), startMs);
    }
    const bool hasNew = std::any_of(codes.begin(), codes.end(),
                                    [&](const SeenCode& code) { return stage_.isNew(code, startMs); });
    if (hasNew) {
        const FramePart whole{0, 0, frame.width, frame.height};
        auto all = search(frame, whole, kSymbolsMax);
        // Those of the first look are believed; here weak ones have been seen but once.
        std::erase_if(all, [&](const SeenCode& code) {
            return isWeak(code.symbology) ||
                   std::any_of(codes.begin(), codes.end(), [&](const SeenCode& other) {
                       return other.symbology == code.symbology && other.bytes == code.bytes;
                   });
        });
        std::move(all.begin(), all.end(), std::back_inserter(codes));
    }
    plan_.searched(startMs, clock_.steadyMs(), codes.empty() ? nullptr : &codes.front());
    return stage_.tell(std::move(codes), frame.width, frame.height, startMs);
}

} // namespace silta::drivers
