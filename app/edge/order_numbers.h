// Numbers of this device's orders: no two are the same, and none tells the next one.
//
// The device counts its orders. A count in plain sight would let anybody with one slip look at the
// neighbour's order, so the count is shuffled: a Feistel network over the 18 bits of the serial, with a key
// that never leaves the device, gives each count another serial. What the journal loses can be read back from
// the numbers that the hub tells.
#pragma once

#include <silta/random.h>
#include <silta/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace silta {

/// Thread: a value.
class OrderNumbers {
public:
    OrderNumbers(int deviceNumber, std::string key) : deviceNumber_(deviceNumber), key_(std::move(key)) {}

    /// The number of this device's `count`-th order, 1..kOrderSerialMax. Errors: Limit.
    Result<std::string> make(int count) const;
    /// The count of a number that make() gave; nothing for another device's.
    [[nodiscard]] std::optional<int> countOf(std::string_view number) const;

private:
    [[nodiscard]] unsigned roundOf(unsigned round, unsigned half) const;
    [[nodiscard]] unsigned shuffle(unsigned serial) const;
    [[nodiscard]] unsigned unshuffle(unsigned serial) const;

    int deviceNumber_;
    std::string key_;
};

/// Reads `<folder>/order.key`, or makes it (mode 0600, synced to disk): it outlives journal and device key.
/// Errors: Io, Full.
Result<std::string> loadOrMakeOrderKey(const std::string& folder, Random& random);

} // namespace silta
