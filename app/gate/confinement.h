// What the gate gives up before it listens to anybody.
#pragma once

#include <silta/result.h>

namespace silta::gate {

/// Keeps CAP_NET_ADMIN and no other capability, for good; no new privileges, no core dumps. From then on the
/// process can only use the descriptors that it has, accept connections, and allocate memory: a system call
/// that would open a file or a socket or start a program fails with EPERM. Only CAP_NET_ADMIN has to be held
/// when it is called. Thread: the only one of its process. Errors: Denied, Io.
Result<void> confine();

} // namespace silta::gate
