// Forgets what a device knows. Keys, the journal and sessions are overwritten first: on a magnetic or
// emulated disk nothing is left of them. A memory card keeps old copies of what is overwritten where nobody
// reads them without taking it apart; who fears that destroys the card.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <string>

namespace silta::ctl {

struct Wiped {
    std::int64_t files = 0, overwritten = 0;
};

/// Empties the folders of Silta's state under `root` ("" = this machine), keeping the folders, and those of
/// its settings but for edge.toml, hub-ca.pem and codes.toml, which are the chain's. Links are removed and
/// never followed. Nobody may be writing there. Errors: Denied, Io: then some of it is left, and it can be
/// called again.
Result<Wiped> wipeState(const std::string& root);

} // namespace silta::ctl
