// A process gives up all system calls but those that it names (seccomp).
#pragma once

#include <silta/result.h>

#include <span>

namespace silta {

/// Sanitizers need more of the system than a program does: built with one, nothing is to be given up.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

/// From here on every other call fails with EPERM, and one of a foreign architecture ends the process. For
/// good, and for threads that the caller makes later. PR_SET_NO_NEW_PRIVS comes first. `calls`: SYS_…
/// numbers. Errors: Denied, Io.
Result<void> allowOnlyCalls(std::span<const int> calls);

} // namespace silta
