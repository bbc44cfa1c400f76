// What DHCP says on the wire, for questions that no ordinary client shows.
#pragma once

#include "e2e/portal/rig.h"

#include <optional>
#include <string>

namespace silta::test {

/// Asks for an address (RFC 2131) from c0 and gives option 114 (RFC 8910) of the offer; empty: an offer
/// without it; nothing: no offer within ten seconds.
std::optional<std::string> offeredApi4(const Network& network);
/// The same with an information request (RFC 8415) and option 103.
std::optional<std::string> offeredApi6(const Network& network);

} // namespace silta::test
