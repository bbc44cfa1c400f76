#include "drivers/scanner_factory.h"

#include "drivers/camera_scanner.h"
#include "drivers/evdev_scanner.h"
#include "drivers/file_scanner.h"
#include "drivers/serial_scanner.h"
#include "drivers/simulated_scanner.h"

#include <silta/time.h>

#include <fmt/format.h>

#include <charconv>

namespace silta::drivers {

namespace {

using Made = Result<std::unique_ptr<Scanner>>;

const SystemClock kClock; // without state, so that scanners of any lifetime can share it

Error refused(std::string_view spec, std::string_view why) {
    return Error{Errc::Invalid, fmt::format("make scanner \"{}\": {}", spec, why)};
}

Made makeSerial(std::string_view spec, std::string_view path) {
    SerialConfig config;
    if (const auto at = path.rfind('@'); at != std::string_view::npos) {
        const auto digits = path.substr(at + 1);
        const auto* end = digits.data() + digits.size();
        const auto parsed = std::from_chars(digits.data(), end, config.baud);
        if (parsed.ec != std::errc() || parsed.ptr != end || !isBaudRate(config.baud))
            return refused(spec, "no such baud rate");
        path = path.substr(0, at);
    }
    config.path = std::string(path);
    return Made(std::make_unique<SerialScanner>(std::move(config)));
}

} // namespace

Made makeScanner(std::string_view spec, const std::string& keepFolder) {
    const auto colon = spec.find(':');
    const auto kind = spec.substr(0, colon);
    const auto rest = colon == std::string_view::npos ? std::string_view() : spec.substr(colon + 1);
    if (kind == "camera") {
        if (colon != std::string_view::npos && rest.empty()) return refused(spec, "camera id is empty");
        return Made(std::make_unique<CameraScanner>(CameraConfig{std::string(rest), {}, keepFolder}, kClock));
    }
    const bool isKnown = kind == "video" || kind == "images" || kind == "serial" || kind == "evdev" ||
                         kind == "recording" || kind == "socket" || kind == "fifo";
    if (!isKnown)
        return refused(spec, "not one of camera, video, images, serial, evdev, recording, socket, fifo");
    if (!rest.starts_with('/')) return refused(spec, "path is not absolute");
    const std::string path(rest);
    if (kind == "video")
        return Made(std::make_unique<CameraScanner>(CameraConfig{{}, path, keepFolder}, kClock));
    if (kind == "serial") return makeSerial(spec, rest);
    if (kind == "images")
        return Made(std::make_unique<FileScanner>(FileScannerConfig{path, keepFolder}, kClock));
    if (kind == "evdev" || kind == "recording") {
        EvdevConfig config;
        config.path = path;
        if (kind == "recording") config.open = openRecording;
        return Made(std::make_unique<EvdevScanner>(std::move(config)));
    }
    const auto simulated = kind == "socket" ? SimulatedConfig::Kind::Socket : SimulatedConfig::Kind::Fifo;
    return Made(std::make_unique<SimulatedScanner>(SimulatedConfig{simulated, path}));
}

} // namespace silta::drivers
