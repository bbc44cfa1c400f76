#include "gate/gate.h"

#include <algorithm>

namespace silta::gate {

namespace {

Result<void> checkCount(std::size_t count) {
    if (count == 0) return Error{Errc::Limit, "ask gate: nobody named"};
    if (count > kBatchMax) return Error{Errc::Limit, "ask gate: too many at once"};
    return {};
}

// The order in which one transaction would apply two orders for one guest is nobody's to rely on.
Result<void> checkMacs(std::vector<Mac> macs) {
    if (!std::ranges::all_of(macs, isStation))
        return Error{Errc::Invalid, "ask gate: not the address of a station"};
    std::ranges::sort(macs);
    if (std::ranges::adjacent_find(macs) != macs.end()) return Error{Errc::Invalid, "ask gate: named twice"};
    return {};
}

template <class Order>
std::vector<Mac> macsOf(std::span<const Order> orders) {
    std::vector<Mac> macs;
    macs.reserve(orders.size());
    for (const auto& order : orders)
        macs.push_back(order.mac);
    return macs;
}

bool isTime(std::uint32_t seconds) {
    return seconds >= 1 && seconds <= kSecondsMax;
}

} // namespace

Result<void> check(std::span<const Grant> grants) {
    if (auto done = checkCount(grants.size()); !done) return done;
    for (const auto& grant : grants) {
        if (!isTime(grant.seconds)) return Error{Errc::Invalid, "allow guest: time out of range"};
        if (grant.address && !isHost(*grant.address))
            return Error{Errc::Invalid, "allow guest: not the address of a host"};
        if (grant.quotaBytes > kQuotaBytesMax || grant.usedBytes > kQuotaBytesMax)
            return Error{Errc::Invalid, "allow guest: quota out of range"};
        if (grant.rateClass > kRateClassesMax) return Error{Errc::Invalid, "allow guest: no such rate class"};
    }
    return checkMacs(macsOf(grants));
}

Result<void> check(std::span<const Extension> extensions) {
    if (auto done = checkCount(extensions.size()); !done) return done;
    for (const auto& extension : extensions) {
        if (!isTime(extension.seconds)) return Error{Errc::Invalid, "extend guest: time out of range"};
        if (extension.quotaBytes.value_or(0) > kQuotaBytesMax)
            return Error{Errc::Invalid, "extend guest: quota out of range"};
    }
    return checkMacs(macsOf(extensions));
}

Result<void> check(std::span<const Mac> macs) {
    if (auto done = checkCount(macs.size()); !done) return done;
    return checkMacs({macs.begin(), macs.end()});
}

} // namespace silta::gate
