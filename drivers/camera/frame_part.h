// A part of a camera's frame.
#pragma once

namespace silta::drivers {

/// A rectangle in pixels; right and bottom are outside.
struct FramePart {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    [[nodiscard]] int width() const { return right - left; }
    [[nodiscard]] int height() const { return bottom - top; }
};

} // namespace silta::drivers
