// The readers that are compared.
#pragma once

#include "drivers/gray_image.h"

#include <functional>
#include <string>
#include <vector>

namespace silta::bench {

struct Reader {
    std::string name;
    std::function<std::vector<std::string>(const drivers::GrayImage&)> read;
};

/// Ours first, then ZXing as installed in three modes and zbar where it was there at build time. All look
/// for the retail symbologies EAN, UPC, Code 128, ITF, QR Code and Data Matrix (zbar knows no Data Matrix),
/// "ZXing defaults" for everything that it knows. Reading may end the process.
std::vector<Reader> allReaders();

/// For the frames of a live camera, fifteen a second: CameraStage, our decoder on each whole frame, ZXing
/// with try-harder and zbar.
std::vector<Reader> cameraReaders();

#ifdef SILTA_HAS_ZBAR
/// In a file of its own: the macros of one library are the class names of the other.
std::vector<std::string> readZbar(const drivers::GrayImage& image);
#endif

} // namespace silta::bench
