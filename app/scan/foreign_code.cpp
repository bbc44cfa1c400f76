#include "scan/look_alike.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace silta {

namespace {

struct LookAlike {
    std::string_view prefix; // lower case
    const char* words;
};

// Source: the de-facto QR contents of phones: ZXing "Barcode Contents", RFC 2426, RFC 5545, RFC 3966, RFC
// 6068.
constexpr std::array kLookAlikes = {
    LookAlike{"http://", "a web address"},
    LookAlike{"https://", "a web address"},
    LookAlike{"www.", "a web address"},
    LookAlike{"wifi:", "a Wi-Fi network"},
    LookAlike{"begin:vcard", "a contact card"},
    LookAlike{"mecard:", "a contact card"},
    LookAlike{"bizcard:", "a contact card"},
    LookAlike{"begin:vevent", "a calendar event"},
    LookAlike{"begin:vcalendar", "a calendar event"},
    LookAlike{"tel:", "a telephone number"},
    LookAlike{"sms:", "a text message"},
    LookAlike{"smsto:", "a text message"},
    LookAlike{"mailto:", "an e-mail address"},
    LookAlike{"matmsg:", "an e-mail message"},
    LookAlike{"geo:", "a place on the map"},
    LookAlike{"otpauth:", "a secret for sign-in codes"},
    LookAlike{"bitcoin:", "a payment request"},
    LookAlike{"spc\r\n", "a payment request"},
    LookAlike{"spc\n", "a payment request"},
    LookAlike{"bcd\n", "a payment request"},
    LookAlike{"bcd\r\n", "a payment request"},
    LookAlike{"urn:", "a resource name"},
    LookAlike{"market://", "an app"},
    LookAlike{"[)>\x1e", "a logistics label"},
    LookAlike{"m1", "a boarding pass"}, // IATA BCBP; see the length below
};
constexpr std::size_t kBoardingPassBytesMin = 58; // IATA resolution 792: the mandatory part of one flight

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char p, char c) {
               return p == static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
           });
}

} // namespace

std::string describeForeign(std::string_view text) {
    for (const auto& each : kLookAlikes) {
        if (!startsWith(text, each.prefix)) continue;
        if (each.prefix == "m1" && text.size() < kBoardingPassBytesMin) continue;
        return each.words;
    }
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(text.begin(), text.end(), isControl)) return "text with control characters";
    if (std::any_of(text.begin(), text.end(),
                    [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }))
        return "text or data that is not plain letters and digits";
    return "text without a product number";
}

} // namespace silta
