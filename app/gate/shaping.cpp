#include "gate/guest_table.h"
#include "gate/limits.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::gate {

namespace {

using Arguments = std::vector<std::string>;

// HTB drops what belongs to no class number below 1:1, which is for everything that no guest's class holds.
constexpr const char* kUnlimited = "10gbit";
// 0.3 s of full packets at 5 Mbit/s: TCP fills it without loss, and a call still works beside it.
constexpr const char* kQueuePackets = "128";

void addInterface(std::vector<Arguments>& calls, const std::string& interface) {
    calls.push_back({"qdisc", "add", "dev", interface, "root", "handle", "1:", "htb", "default", "1"});
    calls.push_back({"class", "replace", "dev", interface, "parent", "1:", "classid", "1:1", "htb", "rate",
                     kUnlimited, "quantum", "60000"});
}

void addClasses(std::vector<Arguments>& calls, const std::string& interface, unsigned rateClass,
                unsigned kbit, unsigned guestsMax) {
    const auto rate = fmt::format("{}kbit", kbit);
    for (unsigned slot = 0; slot < guestsMax; ++slot) {
        const auto id = fmt::format("1:{:x}", classMinor(rateClass, slot));
        calls.push_back({"class", "replace", "dev", interface, "parent", "1:", "classid", id, "htb", "rate",
                         rate, "ceil", rate, "quantum", "3000"});
        calls.push_back(
            {"qdisc", "replace", "dev", interface, "parent", id, "pfifo", "limit", kQueuePackets});
    }
}

} // namespace

std::uint16_t classMinor(unsigned rateClass, unsigned slot) {
    assert(rateClass >= 1 && rateClass <= kRateClassesMax && slot + 1 < kGuestsMax);
    return static_cast<std::uint16_t>(rateClass * kGuestsMax + slot);
}

Result<std::vector<std::vector<std::string>>> renderShaping(const GuestNetwork& network) {
    if (auto done = check(network); !done) return done.error();
    std::vector<Arguments> calls;
    if (network.rateClasses.empty()) return calls;
    const auto slots = std::min(network.guestsMax, kGuestsMax - 1);
    const auto limitsUplink = [](const RateClass& rate) { return rate.upKbit > 0; };
    const bool shapesUplink = std::ranges::any_of(network.rateClasses, limitsUplink);
    addInterface(calls, network.guestInterface);
    if (shapesUplink) addInterface(calls, network.uplinkInterface);
    unsigned number = 0;
    for (const auto& rate : network.rateClasses) {
        ++number;
        addClasses(calls, network.guestInterface, number, rate.downKbit, slots);
        if (rate.upKbit > 0) addClasses(calls, network.uplinkInterface, number, rate.upKbit, slots);
    }
    return calls;
}

} // namespace silta::gate
