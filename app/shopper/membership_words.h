// The words by which people join, as the kiosk shows them and staff at the till read them out.
#pragma once

#include "shopper/consent.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// What is agreed to, each on its own and none beforehand.
enum class MembershipConsent { Terms, Age, EmailMarketing, SmsMarketing };
inline constexpr std::array<MembershipConsent, 4> kMembershipConsents = {
    MembershipConsent::Terms, MembershipConsent::Age, MembershipConsent::EmailMarketing,
    MembershipConsent::SmsMarketing};

/// From how many years on people consent for themselves; 16 where the country is not known. Source: GDPR,
/// article 8, with the member states' own ages as of 2026.
int ageOfConsent(std::string_view country);

/// The exact words in one of kLanguages. `age` is of Age only.
std::string membershipWording(MembershipConsent consent, std::string_view lang, int age);
/// As it is recorded: with the hash of membershipWording().
Consent membershipConsent(MembershipConsent consent, std::string_view lang, int age, bool granted);

} // namespace silta
