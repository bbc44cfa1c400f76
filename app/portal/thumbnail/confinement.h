// What the thumbnailer gives up before it looks at a picture.
#pragma once

#include <silta/result.h>

namespace silta::portal {

/// From here on: no file is opened, no socket, process or thread made; memory, time and what is written are
/// bounded, and nobody but the kernel reads this process. Errors: Denied, Io.
Result<void> confineThumbnailer();

} // namespace silta::portal
