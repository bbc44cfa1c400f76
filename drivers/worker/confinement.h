// What the decoder gives up before it sees the first picture.
#pragma once

#include <silta/result.h>

namespace silta::drivers {

/// From here on: no file, no socket, no process or thread can be made, memory is bounded, and nobody but the
/// kernel reads this process. The two descriptors that it was started with stay usable. A call that is not
/// needed fails with EPERM. Errors: Denied, Io.
Result<void> confineDecoder();

} // namespace silta::drivers
