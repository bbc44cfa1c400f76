// Names of hosts in the configuration, and the names by which devices look for a portal.
#pragma once

#include <silta/result.h>

#include <span>
#include <string>
#include <string_view>

namespace silta::network {

/// A name in lower case with at least two labels of letters, digits and hyphens, and not an address.
bool isHostName(std::string_view text);

/// One that a certificate authority may sign: not under a name that RFC 6761, RFC 6762, RFC 8375 or ICANN
/// keep for private use.
bool isPublicName(std::string_view host);

/// What phones and computers ask for to find a portal. Whoever reaches one of them believes to be online.
/// Source: traffic of iOS 9 to 18, Android 7 to 16, Windows 7 to 11, Firefox, GNOME, Debian, Ubuntu, KDE,
/// ChromeOS.
std::span<const std::string_view> probeHosts();

/// The probe host that `host` covers: it is the same or lies below it. Empty when there is none.
std::string_view coveredProbe(std::string_view host);

} // namespace silta::network
