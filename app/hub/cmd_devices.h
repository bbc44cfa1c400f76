// Commands of silta-hub about devices and the rights that they hold: devices, revoke, pool, pools, recall,
// write-off, replay, forget-changes, publish.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Each returns the exit status: 0 done, 1 failed, 2 wrong usage. `args` are those after the command's name.
int runDevices(std::span<const std::string> args);
/// A stolen device: nothing that it says counts any more.
int runRevoke(std::span<const std::string> args);
/// Makes a pool of rights or changes its budget.
int runPool(std::span<const std::string> args);
int runPools(std::span<const std::string> args);
/// Asks devices for a pool's rights back.
int runRecall(std::span<const std::string> args);
/// A device that will not come back: its unspent rights return.
int runWriteOff(std::span<const std::string> args);
/// Tries again what was set aside.
int runReplay(std::span<const std::string> args);
/// Throws away what devices were told long ago.
int runForgetChanges(std::span<const std::string> args);
/// Shows the head of `--db` to the replicas of `--operations`.
int runPublish(std::span<const std::string> args);

} // namespace silta::hub
