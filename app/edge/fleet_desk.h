// What the updater needs to know of the device.
#pragma once

#include "edge/hub_asker.h"

#include <string>
#include <vector>

namespace silta {

struct FleetDesk {
    HubAsker::Access access;
    std::string hubSignKey; ///< 32 raw bytes
    std::string storeCode;
    UtcMs nowMs = 0;
    bool isTimeKnown = false;
    std::vector<std::string> ills; ///< words, see FleetReport
};

} // namespace silta
