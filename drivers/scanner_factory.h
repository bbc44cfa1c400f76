// Makes scanners from the words of a configuration file.
#pragma once

#include <silta/scanner.h>

#include <memory>
#include <string>
#include <string_view>

namespace silta::drivers {

/// One of "camera", "camera:<device-id>", "video:/file", "images:/dir", "serial:/dev/ttyACM0",
/// "serial:/dev/ttyACM0@115200", "evdev:/dev/input/event5", "recording:/fifo" (its events, recorded),
/// "socket:/path", "fifo:/path". Opens nothing yet. `keepFolder`: where frames go that killed the decoder;
/// empty: nowhere. Errors: Invalid (no such kind, path missing or not absolute, baud rate).
Result<std::unique_ptr<Scanner>> makeScanner(std::string_view spec, const std::string& keepFolder = {});

} // namespace silta::drivers
