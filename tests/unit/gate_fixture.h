// What the gate's tests share: guests and their network.
#pragma once

#include "gate/gate.h"
#include "gate/guest_table.h"
#include "support/networks.h"

#include <fmt/format.h>

namespace silta::test {

inline gate::Mac macOf(unsigned number) {
    return {{0x02, 0x00, 0x5e, static_cast<std::uint8_t>(number >> 16),
             static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)}};
}

inline gate::Ipv4 addressOf(unsigned number) {
    return {0x0a4d'0000U + 256 + number}; // in 10.77.0.0/16
}

inline gate::Grant grantFor(unsigned number, std::uint32_t seconds = 3'600) {
    return {.mac = macOf(number), .address = addressOf(number), .seconds = seconds};
}

inline gate::GuestNetwork guestNetwork() {
    gate::GuestNetwork network;
    network.guestInterface = "g0";
    network.uplinkInterface = "u0";
    network.gateway4 = *gate::parseIpv4Prefix("10.77.0.1/16");
    network.gateway6 = *gate::parseIpv6Prefix("2001:db8:7::1/64");
    network.guestsMax = gate::kGuestsMax;
    return network;
}

} // namespace silta::test
