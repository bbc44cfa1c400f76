// The pages on which somebody joins on a phone of their own, with the code that the till shows. No script, no
// cookie, no outside asset. All functions are pure; texts are escaped here.
#pragma once

#include "hub/phone_page.h"
#include "shopper/membership_words.h"

#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

/// Value of the Content-Security-Policy header of these pages.
const std::string& joinPagePolicy();

enum class JoinProblem {
    ContactMissing,
    EmailMalformed,
    PhoneMalformed,
    NameTooLong,
    TermsMissing,
    AgeMissing
};

/// What was typed, as it is shown again where something is missing.
struct JoinForm {
    std::string email, phone, name;
    int age = 0; ///< see ageOfConsent()
    std::vector<MembershipConsent> ticked;
    std::vector<JoinProblem> problems;
};
/// `address`: the path of this page, of A-Z a-z 0-9 _ - and "/".
std::string renderJoinForm(const PhoneFrame& frame, std::string_view address, const JoinForm& form);

struct JoinedCoupon {
    std::string title, code, lastDay; ///< YYYY-MM-DD
};
/// `number`: digits. `coupon`: null where there is none.
std::string renderJoined(const PhoneFrame& frame, const std::string& number, const JoinedCoupon* coupon);

/// Why a code leads to no form.
enum class JoinEnd { Unknown, Over, Used, Failed };
std::string renderJoinEnd(const PhoneFrame& frame, JoinEnd end);

} // namespace silta::hub
