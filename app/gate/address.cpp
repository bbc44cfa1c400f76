#include "gate/address.h"

#include "core/digits.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace silta::gate {

namespace {

constexpr std::size_t kMacChars = 17;
constexpr unsigned kIpv4Bits = 32;
constexpr unsigned kIpv6Bits = 128;

int hexValue(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// inet_pton wants a terminated text and would stop at a NUL in the middle.
template <std::size_t Bytes>
bool readAddress(int family, std::string_view text, std::array<std::uint8_t, Bytes>& bytes) {
    std::array<char, INET6_ADDRSTRLEN> copy{};
    if (text.size() >= copy.size() || text.find('\0') != std::string_view::npos) return false;
    std::ranges::copy(text, copy.begin());
    return inet_pton(family, copy.data(), bytes.data()) == 1;
}

std::optional<unsigned> readBits(std::string_view text, unsigned most) {
    const auto bits = parseNumber<unsigned>(text);
    const bool hasLeadingZero = text.size() > 1 && text.front() == '0';
    return bits && !hasLeadingZero && *bits <= most ? bits : std::nullopt;
}

Ipv4 fromNetworkOrder(const std::array<std::uint8_t, 4>& bytes) {
    std::uint32_t value = 0;
    for (const auto byte : bytes)
        value = value << 8 | byte;
    return {value};
}

} // namespace

bool isStation(const Mac& mac) {
    constexpr std::uint8_t kGroupBit = 0x01;
    return (mac.bytes[0] & kGroupBit) == 0 && mac != Mac{};
}

bool isHost(const Ipv4& address) {
    const auto first = address.value >> 24;
    return first != 0 && first != 127 && first < 224;
}

Result<Mac> parseMac(std::string_view text) {
    const Error invalid{Errc::Invalid, "parse hardware address: not one of a station"};
    if (text.size() != kMacChars) return invalid;
    Mac mac;
    for (std::size_t i = 0; i < mac.bytes.size(); ++i) {
        const auto high = hexValue(text[3 * i]);
        const auto low = hexValue(text[3 * i + 1]);
        const bool isSeparated = i + 1 == mac.bytes.size() || text[3 * i + 2] == ':';
        if (high < 0 || low < 0 || !isSeparated) return invalid;
        mac.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    if (!isStation(mac)) return invalid;
    return mac;
}

Result<Ipv4> parseHostIpv4(std::string_view text) {
    std::array<std::uint8_t, 4> bytes{};
    const bool isRead = readAddress(AF_INET, text, bytes);
    const auto address = fromNetworkOrder(bytes);
    if (!isRead || !isHost(address)) return Error{Errc::Invalid, "parse address: not one of a host"};
    return address;
}

Result<Ipv4Prefix> parseIpv4Prefix(std::string_view text) {
    const auto slash = text.find('/');
    std::array<std::uint8_t, 4> bytes{};
    if (slash == std::string_view::npos || !readAddress(AF_INET, text.substr(0, slash), bytes))
        return Error{Errc::Invalid, "parse network: expected an address and a length, like 10.77.0.1/16"};
    const auto bits = readBits(text.substr(slash + 1), kIpv4Bits);
    if (!bits) return Error{Errc::Invalid, "parse network: expected a length of 0 to 32"};
    return Ipv4Prefix{fromNetworkOrder(bytes), *bits};
}

Result<Ipv6Prefix> parseIpv6Prefix(std::string_view text) {
    const auto slash = text.find('/');
    Ipv6Prefix prefix;
    if (slash == std::string_view::npos ||
        !readAddress(AF_INET6, text.substr(0, slash), prefix.address.bytes))
        return Error{Errc::Invalid, "parse network: expected an address and a length, like 2001:db8:7::1/64"};
    const auto bits = readBits(text.substr(slash + 1), kIpv6Bits);
    if (!bits) return Error{Errc::Invalid, "parse network: expected a length of 0 to 128"};
    prefix.bits = *bits;
    return prefix;
}

std::string toString(const Mac& mac) {
    const auto& b = mac.bytes;
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", b[0], b[1], b[2], b[3], b[4], b[5]);
}

std::string toString(const Ipv4& address) {
    const auto value = address.value;
    return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
}

std::string toString(const Ipv6& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
    return text.data();
}

std::string networkOf(const Ipv4Prefix& prefix) {
    const auto mask = prefix.bits == 0 ? 0U : ~std::uint32_t{0} << (kIpv4Bits - prefix.bits);
    return fmt::format("{}/{}", toString(Ipv4{prefix.address.value & mask}), prefix.bits);
}

std::string networkOf(const Ipv6Prefix& prefix) {
    auto network = prefix.address;
    for (unsigned bit = prefix.bits; bit < kIpv6Bits; ++bit)
        network.bytes[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
    return fmt::format("{}/{}", toString(network), prefix.bits);
}

} // namespace silta::gate
