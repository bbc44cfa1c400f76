// CameraStage: from the frames of a live camera to codes. Sleeps in an empty shop, looks where a code was
// last, keeps to its share of the processor, and believes weak codes only when frames agree.
#pragma once

#include "drivers/camera/consensus.h"
#include "drivers/camera/frame_plan.h"
#include "drivers/camera/motion_gate.h"
#include "drivers/frame_stage.h"

#include <silta/time.h>

#include <string>
#include <vector>

namespace silta::drivers {

/// Thread: one.
class CameraStage {
public:
    /// `clock` must outlive the stage.
    CameraStage(std::string source, DecodeFrame decodeFrame, const Clock& clock)
        : decode_(std::move(decodeFrame)), clock_(clock), stage_(std::move(source)) {}

    /// The codes in this frame that are believed and were not told within kFrameRepeatMs. When one is, the
    /// whole frame is searched for others beside it; the likeliest to be meant comes first.
    std::vector<ScannedCode> process(const GrayImage& frame);

private:
    [[nodiscard]] std::vector<SeenCode> search(const GrayImage& frame, const FramePart& part,
                                               int symbolsMax) const;

    DecodeFrame decode_;
    const Clock& clock_;
    MotionGate gate_;
    FramePlan plan_;
    Consensus consensus_;
    FrameStage stage_;
};

} // namespace silta::drivers
