// The addresses that the gate handles: values that were checked once, so that no text of a guest's reaches
// a rule.
#pragma once

#include <silta/result.h>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta::gate {

/// A station's hardware address: of one device, never a group or all zero when it was parsed.
struct Mac {
    std::array<std::uint8_t, 6> bytes{};
    auto operator<=>(const Mac&) const = default;
};

struct Ipv4 {
    std::uint32_t value = 0; ///< host order
    auto operator<=>(const Ipv4&) const = default;
};

struct Ipv6 {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Ipv6&) const = default;
};

/// An address with the length of its network's prefix; host bits are kept.
struct Ipv4Prefix {
    Ipv4 address;
    unsigned bits = 32;
    bool operator==(const Ipv4Prefix&) const = default;
};

struct Ipv6Prefix {
    Ipv6 address;
    unsigned bits = 128;
    bool operator==(const Ipv6Prefix&) const = default;
};

/// "02:00:5e:10:00:01", lower case and nothing else. Errors: Invalid.
Result<Mac> parseMac(std::string_view text);
/// "10.77.0.9" without leading zeros; of one host: no 0/8, 127/8, multicast or broadcast. Errors: Invalid.
Result<Ipv4> parseHostIpv4(std::string_view text);
/// "10.77.0.1/16" and "2001:db8:7::1/64". Errors: Invalid.
Result<Ipv4Prefix> parseIpv4Prefix(std::string_view text);
Result<Ipv6Prefix> parseIpv6Prefix(std::string_view text);

/// Of one station: neither a group address nor all zero.
bool isStation(const Mac& mac);
/// Of one host: see parseHostIpv4.
bool isHost(const Ipv4& address);

std::string toString(const Mac& mac);
std::string toString(const Ipv4& address);
std::string toString(const Ipv6& address);
/// The network, without host bits: "10.77.0.0/16".
std::string networkOf(const Ipv4Prefix& prefix);
std::string networkOf(const Ipv6Prefix& prefix);

} // namespace silta::gate
