// A cookie by which a guest who was here before is let in with one tap, whatever hardware address the phone
// has made up today. It says how they signed in and until when it counts; it names nobody.
#pragma once

#include "portal/pages.h"

#include <silta/random.h>
#include <silta/time.h>

#include <optional>
#include <string>
#include <string_view>

namespace silta::portal {

struct ReturnPass {
    WayKind way = WayKind::Terms;
    UtcMs untilMs = 0;
    std::string
        serial; ///< tells people apart for the number of devices: of SessionKeeper::personOf(), or random
};

/// The value of a Set-Cookie header. `key` is 32 bytes.
std::string makeReturnCookie(const ReturnPass& pass, std::string_view key, bool isSecure, UtcMs nowMs);
/// From a Cookie header of any length; nothing when ours is not in it, is not by this key, or is too old.
std::optional<ReturnPass> readReturnCookie(std::string_view header, std::string_view key, UtcMs nowMs);

} // namespace silta::portal
