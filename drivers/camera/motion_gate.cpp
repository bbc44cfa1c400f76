#include "drivers/camera/motion_gate.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace silta::drivers {

namespace {

constexpr int kSamplesAcross = 8; // of a cell, in each direction: enough to average the camera's noise out
constexpr int kScale = 16;
constexpr int kMovedMin = 5 * kScale; // of 255 steps: what a cell changes when something passes
constexpr int kCellsMovedMin = 2;

} // namespace

MotionGate::Cells MotionGate::cellsOf(const GrayImage& frame) {
    Cells cells{};
    std::size_t cell = 0;
    for (int row = 0; row < kRows; ++row) {
        for (int column = 0; column < kColumns; ++column, ++cell) {
            int sum = 0;
            for (int j = 0; j < kSamplesAcross; ++j) {
                const int y = (row * kSamplesAcross + j) * frame.height / (kRows * kSamplesAcross);
                const auto* line = frame.data + frame.stride * y;
                for (int i = 0; i < kSamplesAcross; ++i)
                    sum += line[(column * kSamplesAcross + i) * frame.width / (kColumns * kSamplesAcross)];
            }
            cells[cell] = sum * kScale / (kSamplesAcross * kSamplesAcross);
        }
    }
    return cells;
}

bool MotionGate::hasMoved(const Cells& cells) {
    Cells changes{};
    std::transform(cells.begin(), cells.end(), last_.begin(), changes.begin(), std::minus<>());
    auto sorted = changes;
    const auto middle = sorted.begin() + sorted.size() / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    const auto moved = std::count_if(changes.begin(), changes.end(), [common = *middle](int change) {
        return std::abs(change - common) >= kMovedMin;
    });
    return moved >= kCellsMovedMin;
}

bool MotionGate::isWorthSearching(const GrayImage& frame, std::int64_t steadyMs) {
    const auto cells = cellsOf(frame);
    if (!hasLast_ || hasMoved(cells)) {
        movedMs_ = steadyMs;
        last_ = cells; // what is compared with stays until something moves: slow movement adds up
    }
    const bool isWorth = !hasLast_ || steadyMs - movedMs_ < kAwakeMs || steadyMs - searchedMs_ >= kGlanceMs;
    hasLast_ = true;
    if (isWorth) searchedMs_ = steadyMs;
    return isWorth;
}

} // namespace silta::drivers
