// The page that stands at the till while somebody joins on a phone of their own. No I/O.
#pragma once

#include "till/pages.h"

#include <string>
#include <string_view>

namespace silta::till {

inline constexpr std::string_view kInvitePath = "/phone";        ///< GET ?id=; POST: begins a new one
inline constexpr std::string_view kInviteState = "/phone/state"; ///< ?id=, for the script of that page

/// What stands where a member may be registered: the button that begins it. Empty where that cannot be.
std::string inviteForm(const Frame& frame, bool withLead);
/// With the code while it is open; the new member's card once they have joined.
std::string renderInvitation(const Frame& frame, const Invitation& invitation);

} // namespace silta::till
