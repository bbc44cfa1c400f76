// Videos as a camera would see them, made for tests.
#pragma once

#include "support/barcode_images.h"

#include <QFile>
#include <QString>
#include <algorithm>
#include <string>

namespace silta::test {

/// A hand brings a product in front of a shelf, holds it and takes it away: YUV4MPEG2, 30 frames a second.
/// Written beside, then renamed in; false when that fails.
inline bool writeHandVideo(const std::string& path, const std::string& ean13) {
    constexpr int kWidth = 640;
    constexpr int kHeight = 480;
    constexpr int kFrames = 60;
    const auto label = drawBarcode(Symbology::Ean13, ean13, 280, 120);
    std::string video = "YUV4MPEG2 W640 H480 F30:1 Ip A1:1 C420jpeg\n";
    for (int frame = 0; frame < kFrames; ++frame) {
        std::string luma;
        for (int y = 0; y < kHeight; ++y)
            for (int x = 0; x < kWidth; ++x)
                luma.push_back(static_cast<char>(90 + x / 16 + (x * 7 + y * 13 + frame * 5) % 6));
        const int left = 700 - 30 * std::min(frame, 20) - (frame > 40 ? 30 * (frame - 40) : 0);
        for (int y = 0; y < label.height; ++y)
            for (int x = 0; x < label.width; ++x)
                if (left + x >= 0 && left + x < kWidth)
                    luma[static_cast<std::size_t>((180 + y) * kWidth + left + x)] =
                        static_cast<char>(label.pixels[static_cast<std::size_t>(y * label.width + x)]);
        video += "FRAME\n" + luma + std::string(kWidth * kHeight / 2, '\x80');
    }
    const auto name = QString::fromStdString(path);
    QFile file(name + ".part");
    if (!file.open(QIODevice::WriteOnly)) return false;
    if (file.write(video.data(), static_cast<qint64>(video.size())) != static_cast<qint64>(video.size()))
        return false;
    file.close();
    return QFile::rename(name + ".part", name);
}

} // namespace silta::test
