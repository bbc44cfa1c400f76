#include "view/postcode.h"

#include "view/order_form.h"

#include <algorithm>
#include <array>
#include <string>

namespace silta::kiosk {

namespace {

constexpr std::array kRules = {
    PostcodeRule{"FI", "99999", "00100"},      PostcodeRule{"SE", "999 99", "111 22"},
    PostcodeRule{"PL", "99-999", "00-950"},    PostcodeRule{"DE", "99999", "10115"},
    PostcodeRule{"DK", "9999", "1050"},        PostcodeRule{"NO", "9999", "0150"},
    PostcodeRule{"EE", "99999", "10111"},      PostcodeRule{"LV", "9999", "LV-1010"},
    PostcodeRule{"LT", "99999", "LT-01103"},   PostcodeRule{"GB", "", "SW1A 1AA", false},
    PostcodeRule{"IE", "", "D02 AF30", false}, PostcodeRule{"", "", ""},
};

/// Without what people leave out, in large letters.
std::string bare(std::string_view text) {
    std::string letters;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        letters.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return letters;
}

bool fits(char form, char c) {
    if (form == '9') return c >= '0' && c <= '9';
    return form == c;
}

} // namespace

const PostcodeRule& postcodeRuleOf(std::string_view country) {
    const auto rule = std::find_if(kRules.begin(), kRules.end(),
                                   [&](const PostcodeRule& entry) { return entry.country == country; });
    return rule == kRules.end() ? kRules.back() : *rule;
}

bool isPostcode(std::string_view country, std::string_view text) {
    std::string letters = bare(text);
    const std::string form = bare(postcodeRuleOf(country).form);
    if (!form.empty() && letters.starts_with(country)) letters.erase(0, country.size()); // LV-1010
    if (form.empty()) return !letters.empty() && letters.size() <= kPostcodeCharsMax;
    return std::equal(form.begin(), form.end(), letters.begin(), letters.end(), fits);
}

} // namespace silta::kiosk
