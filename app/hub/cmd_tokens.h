// Commands of silta-hub about coupons and gift cards: campaign, campaigns, end-campaign, issue, revoke-token,
// token-uses, token-keys.
#pragma once

#include <span>
#include <string>

namespace silta::hub {

/// Each returns the exit status: 0 done, 1 failed, 2 wrong usage. `args` are those after the command's name.
/// Begins a campaign and prints its number.
int runCampaign(std::span<const std::string> args);
int runCampaigns(std::span<const std::string> args);
/// Devices do not know its tokens any more.
int runEndCampaign(std::span<const std::string> args);
/// Prints new tokens, one a line.
int runIssue(std::span<const std::string> args);
int runRevokeToken(std::span<const std::string> args);
/// What was done with a campaign's tokens, and what to look at.
int runTokenUses(std::span<const std::string> args);
/// Shows the keys that sign tokens, makes one or retires one.
int runTokenKeys(std::span<const std::string> args);

} // namespace silta::hub
