#include "drivers/camera/motion_gate.h"

#include <algorithm>
#include <cstdlib>
#include <functional>

namespace silta::drivers {

namespace {

constexpr int kSamplesAcross = 8; // of a cell, in each direction: enough to average the camera's noise out
constexpr int kScale = 16;
constexpr int kMovedMin = 5 * kScale; // of 255 steps: what a cell changes when something passes
constexpr int kCellsMovedMin = 4;
constexpr int kAroundShare = 4; // of the foreground's size, on each side

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

/// Without what has changed everywhere.
MotionGate::Cells MotionGate::changesOf(const Cells& from, const Cells& to) {
    Cells changes{};
    std::transform(to.begin(), to.end(), from.begin(), changes.begin(), std::minus<>());
    auto sorted = changes;
    const auto middle = sorted.begin() + sorted.size() / 2;
    std::nth_element(sorted.begin(), middle, sorted.end());
    for (auto& change : changes)
        change -= *middle;
    return changes;
}

bool MotionGate::hasMoved(const Cells& changes) {
    const auto moved = std::count_if(changes.begin(), changes.end(),
                                     [](int change) { return std::abs(change) >= kMovedMin; });
    return moved >= kCellsMovedMin;
}

void MotionGate::findForeground(const Cells& cells, const GrayImage& frame) {
    const auto changes = changesOf(shop_, cells);
    for (std::size_t i = 0; i < cells.size(); ++i)
        shop_[i] += std::clamp(cells[i] - shop_[i], -kScale / kShopFrames, kScale / kShopFrames);
    foreground_.reset();
    if (!hasMoved(changes)) return;
    int left = kColumns;
    int top = kRows;
    int right = 0;
    int bottom = 0;
    for (int row = 0; row < kRows; ++row) {
        for (int column = 0; column < kColumns; ++column) {
            const auto cell = static_cast<std::size_t>(row) * kColumns + static_cast<std::size_t>(column);
            if (std::abs(changes[cell]) < kMovedMin) continue;
            left = std::min(left, column);
            right = std::max(right, column + 1);
            top = std::min(top, row);
            bottom = std::max(bottom, row + 1);
        }
    }
    // Its edges may look like the shop.
    const int aside = 1 + (right - left) / kAroundShare;
    const int above = 1 + (bottom - top) / kAroundShare;
    const auto toX = [&](int column) { return std::clamp(column, 0, kColumns) * frame.width / kColumns; };
    const auto toY = [&](int row) { return std::clamp(row, 0, kRows) * frame.height / kRows; };
    foreground_ = FramePart{toX(left - aside), toY(top - above), toX(right + aside), toY(bottom + above)};
}

bool MotionGate::isWorthSearching(const GrayImage& frame, std::int64_t steadyMs) {
    const auto cells = cellsOf(frame);
    if (!hasLast_) shop_ = cells;
    if (!hasLast_ || hasMoved(changesOf(last_, cells))) {
        movedMs_ = steadyMs;
        last_ = cells; // what is compared with stays until something moves: slow movement adds up
    }
    findForeground(cells, frame);
    const bool isWorth = !hasLast_ || steadyMs - movedMs_ < kAwakeMs || steadyMs - searchedMs_ >= kGlanceMs;
    hasLast_ = true;
    if (isWorth) searchedMs_ = steadyMs;
    return isWorth;
}

} // namespace silta::drivers
