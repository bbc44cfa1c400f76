#include "core/digits.h"

#include <silta/scan.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kPrefixDigits = 4; // with 5 + 6 + 1 digits behind it a number has the 16 of a bank card
constexpr int kDeviceNumberMax = 99'999;

/// Sum of digits with every second one doubled, from the right; `doubleLast` says whether the last is
/// doubled.
int luhnSum(std::string_view digits, bool doubleLast) {
    int sum = 0;
    bool doubled = doubleLast;
    for (auto it = digits.rbegin(); it != digits.rend(); ++it) {
        const int digit = (*it - '0') * (doubled ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
        doubled = !doubled;
    }
    return sum;
}

} // namespace

bool isLuhnValid(std::string_view digits) {
    return digits.size() >= 2 && allDigits(digits) && luhnSum(digits, false) % 10 == 0;
}

Result<std::string> makeMemberNumber(std::string_view prefix, int deviceNumber, int serial) {
    if (prefix.size() != kPrefixDigits || !allDigits(prefix))
        return Error{Errc::Limit, "make member number: prefix is not 4 digits"};
    if (deviceNumber < 1 || deviceNumber > kDeviceNumberMax)
        return Error{Errc::Limit, "make member number: device number is not 1 to 99999"};
    if (serial < 0 || serial > kMemberSerialMax)
        return Error{Errc::Limit, "make member number: serial number is not 0 to 999999"};
    auto digits = fmt::format("{}{:05}{:06}", prefix, deviceNumber, serial);
    const int check = (10 - luhnSum(digits, true) % 10) % 10;
    digits.push_back(static_cast<char>('0' + check));
    return digits;
}

} // namespace silta
