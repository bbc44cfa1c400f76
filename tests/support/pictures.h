// Pictures for tests, drawn here.
#pragma once

#include <QBuffer>
#include <QImage>
#include <cstdint>
#include <string>

namespace silta::test {

/// Encoded by Qt's plug-ins; empty when one is missing. `quality`: as QImage::save.
inline std::string bytesOf(const QImage& image, const char* format, int quality = -1) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format, quality) ? bytes.toStdString() : std::string();
}

/// What no encoder makes small: every pixel of a colour of its own, the same in every run.
inline std::string noisePicture(int width, int height, const char* format, int quality) {
    QImage image(width, height, QImage::Format_RGB32);
    std::uint32_t state = 2'463'534'242U;
    for (int y = 0; y < height; ++y) {
        auto* row = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < width; ++x) {
            state ^= state << 13U;
            state ^= state >> 17U;
            state ^= state << 5U;
            row[x] = state | 0xff000000U;
        }
    }
    return bytesOf(image, format, quality);
}

} // namespace silta::test
