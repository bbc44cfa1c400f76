// What the updater remembers over a restart: one small file.
#pragma once

#include "fleet/report.h"

#include <optional>
#include <string>
#include <vector>

namespace silta {

struct UpdateMemory {
    UpdateState state = UpdateState::Idle;
    std::optional<Release> release;   ///< that `state` is about
    std::string why;                  ///< with Failed
    std::string wholeBundle;          ///< hash of the bundle that lies there whole; empty = none
    bool isInstalled = false;         ///< with Installing: it is on the disk, and the machine has to restart
    int attempts = 0;                 ///< of installing it
    std::optional<HqPublic> hq;       ///< as the hub told first, and those keys' successors
    std::int64_t lastCommand = 0;     ///< the number of the last one that was obeyed
    std::vector<CommandOutcome> done; ///< not told to the hub yet
};

/// A file that cannot be read counts as none: then headquarters' keys are learnt anew.
UpdateMemory loadUpdateMemory(const std::string& folder);
/// Errors: Io, Full.
Result<void> saveUpdateMemory(const std::string& folder, const UpdateMemory& memory);

} // namespace silta
