// What a form's box for a consent to membership is called, at the till and on a phone.
#pragma once

#include "shopper/membership_words.h"

#include <string_view>

namespace silta {

/// Sent with the value "yes" where it is ticked. Thread: any.
inline std::string_view checkboxOf(MembershipConsent consent) {
    switch (consent) {
    case MembershipConsent::Terms:
        return "terms";
    case MembershipConsent::Age:
        return "age";
    case MembershipConsent::EmailMarketing:
        return "news_email";
    case MembershipConsent::SmsMarketing:
        break;
    }
    return "news_sms";
}

} // namespace silta
