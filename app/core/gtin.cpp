#include "core/digits.h"

#include <silta/gtin.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kGtinNumberMax = 99'999'999'999'999;

std::int64_t toNumber(std::string_view digits) {
    std::int64_t number = 0;
    for (char c : digits)
        number = number * 10 + (c - '0');
    return number;
}

} // namespace

char Gtin::checkDigit(std::string_view body) {
    int sum = 0;
    int weight = 3;
    for (auto it = body.rbegin(); it != body.rend(); ++it) {
        sum += (*it - '0') * weight;
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

Result<Gtin> Gtin::parse(std::string_view digits) {
    const auto n = digits.size();
    if (n != 8 && n != 12 && n != 13 && n != kGtinDigits)
        return Error{Errc::Invalid, fmt::format("read gtin: {} characters instead of 8, 12, 13 or 14", n)};
    if (!allDigits(digits)) return Error{Errc::Invalid, "read gtin: not all characters are digits"};
    const char expected = checkDigit(digits.substr(0, n - 1));
    if (digits.back() != expected)
        return Error{Errc::Invalid,
                     fmt::format("read gtin: check digit is {}, expected {}", digits.back(), expected)};
    const auto number = toNumber(digits);
    if (number == 0) return Error{Errc::Invalid, "read gtin: all digits are zero"};
    return Gtin(number);
}

Result<Gtin> Gtin::parseUpcE(std::string_view digits) {
    if (digits.size() != 8 || !allDigits(digits)) return Error{Errc::Invalid, "read upc-e: not 8 digits"};
    if (digits[0] != '0' && digits[0] != '1')
        return Error{Errc::Invalid, "read upc-e: number system is neither 0 nor 1"};
    const auto x = digits.substr(1, 6);
    std::string body(1, digits[0]);
    switch (x[5]) {
    case '0':
    case '1':
    case '2':
        body.append(x.substr(0, 2)).append(1, x[5]).append("0000").append(x.substr(2, 3));
        break;
    case '3':
        body.append(x.substr(0, 3)).append("00000").append(x.substr(3, 2));
        break;
    case '4':
        body.append(x.substr(0, 4)).append("00000").append(x.substr(4, 1));
        break;
    default:
        body.append(x.substr(0, 5)).append("0000").append(1, x[5]);
        break;
    }
    return parse(body + digits[7]);
}

Result<Gtin> Gtin::fromNumber(std::int64_t number) {
    if (number <= 0 || number > kGtinNumberMax) return Error{Errc::Invalid, "read gtin: number out of range"};
    return parse(fmt::format("{:014}", number));
}

std::string Gtin::toString() const {
    return fmt::format("{:014}", number_);
}

std::string Gtin::shortForm() const {
    if (number_ < 100'000'000) return fmt::format("{:08}", number_);
    if (number_ < 1'000'000'000'000) return fmt::format("{:012}", number_);
    if (number_ < 10'000'000'000'000) return fmt::format("{:013}", number_);
    return toString();
}

bool Gtin::isRestricted() const {
    if (number_ < 100'000'000) { // GTIN-8: prefixes 0 and 2 are for use inside a company
        const auto first = number_ / 10'000'000;
        return first == 0 || first == 2;
    }
    if (number_ >= 10'000'000'000'000) return false; // a case of something that has a GTIN of its own
    const auto prefix = number_ / 100'000'000'000;   // first two digits of the 13-digit form
    return prefix == 2 || prefix == 4 || (prefix >= 20 && prefix <= 29);
}

} // namespace silta
