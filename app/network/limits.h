// Every limit of the guest network's configuration, with its reason.
#pragma once

#include <cstddef>

namespace silta::network {

/// A page of settings; longer is another file.
inline constexpr std::size_t kConfigBytesMax = 64 * 1024;
/// IEEE 802.11: an SSID has 1 to 32 bytes.
inline constexpr std::size_t kWifiNameBytesMax = 32;
/// What the hidden network of OWE transition adds to the name.
inline constexpr const char* kOweSuffix = "-owe";
/// IFNAMSIZ without its NUL.
inline constexpr std::size_t kInterfaceBytesMax = 15;
/// WPA3's password, as devices let people type it.
inline constexpr std::size_t kPasswordBytesMin = 8;
inline constexpr std::size_t kPasswordBytesMax = 63;
/// RFC 1035: a name has 253 characters, a label 63.
inline constexpr std::size_t kHostBytesMax = 253;
inline constexpr std::size_t kLabelBytesMax = 63;
/// Room in a DHCP option for the address of the API: RFC 8910, section 2, in one option of 255 bytes.
inline constexpr std::size_t kApiPathBytesMax = 64;
/// Name servers that are asked; the resolver asks the quickest.
inline constexpr std::size_t kServersMax = 8;
/// Names before login: payment and a loyalty programme, not half of the internet.
inline constexpr std::size_t kGardenHostsMax = 64;
/// Wired ports of a guest bridge.
inline constexpr std::size_t kPortsMax = 8;
/// Leases: a phone that draws a new hardware address each day leaves its old lease behind.
inline constexpr unsigned kLeasesPerGuest = 4;

/// What guests may keep of an answer: one that points to the portal, or to nothing, is soon asked again.
inline constexpr unsigned kGuestTtlSeconds = 5;
/// What we keep of an answer. An answer from the cache adds nothing to the garden, so it must be much
/// shorter than the garden's time-out; the garden is closed for at most so long once an element has expired.
inline constexpr unsigned kCacheTtlSeconds = 60;
/// Answers that we keep: some 100 bytes each.
inline constexpr unsigned kCacheEntries = 10'000;

/// Stations of one radio: what hostapd can number.
inline constexpr unsigned kStationsMax = 2'007;
/// Connections that the kernel remembers, for a guest with an ordinary phone. 320 bytes each.
inline constexpr unsigned kFlowsPerGuest = 256;
inline constexpr unsigned kFlowsMin = 65'536;
inline constexpr unsigned kFlowsMax = 1'048'576;
/// Neighbours that the kernel remembers: a device has one IPv4 address and several IPv6 addresses.
inline constexpr unsigned kNeighboursPerGuest = 4;

} // namespace silta::network
