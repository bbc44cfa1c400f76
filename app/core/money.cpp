#include "core/digits.h"

#include <silta/money.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

struct CurrencyRow {
    std::string_view code;
    int exponent;
};

// ISO 4217, list one, as of 2024-06-25: currencies in use in retail. Sorted by code.
constexpr CurrencyRow kCurrencies[] = {
    {"AED", 2}, {"ARS", 2}, {"AUD", 2}, {"BGN", 2}, {"BHD", 3}, {"BRL", 2}, {"CAD", 2},
    {"CHF", 2}, {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CZK", 2}, {"DKK", 2}, {"EGP", 2},
    {"EUR", 2}, {"GBP", 2}, {"HKD", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2},
    {"ISK", 0}, {"JOD", 3}, {"JPY", 0}, {"KRW", 0}, {"KWD", 3}, {"MAD", 2}, {"MXN", 2},
    {"MYR", 2}, {"NOK", 2}, {"NZD", 2}, {"OMR", 3}, {"PEN", 2}, {"PHP", 2}, {"PLN", 2},
    {"QAR", 2}, {"RON", 2}, {"RSD", 2}, {"SAR", 2}, {"SEK", 2}, {"SGD", 2}, {"THB", 2},
    {"TND", 3}, {"TRY", 2}, {"TWD", 2}, {"UAH", 2}, {"USD", 2}, {"VND", 0}, {"ZAR", 2},
};

// Twelve digits before the point: more than any price, less than an int64 of thousandths.
constexpr std::size_t kWholeDigitsMax = 12;

} // namespace

Result<Currency> Currency::parse(std::string_view code) {
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), isUpper))
        return Error{Errc::Invalid, "read currency: not three capital letters"};
    const auto* row = std::lower_bound(std::begin(kCurrencies), std::end(kCurrencies), code,
                                       [](const CurrencyRow& r, std::string_view c) { return r.code < c; });
    if (row == std::end(kCurrencies) || row->code != code)
        return Error{Errc::Unsupported, fmt::format("read currency: {} is not in the list", code)};
    return Currency({code[0], code[1], code[2]}, row->exponent);
}

Result<Money> Money::parse(std::string_view text) {
    const auto space = text.rfind(' ');
    if (space == std::string_view::npos)
        return Error{Errc::Invalid, "read price: expected a number, a space and a currency, as in 12.95 EUR"};
    auto currency = Currency::parse(text.substr(space + 1));
    if (!currency) return currency.error();
    const auto number = text.substr(0, space);
    const auto point = number.find('.');
    const auto whole = number.substr(0, point);
    const auto fraction = point == std::string_view::npos ? std::string_view{} : number.substr(point + 1);
    if (!allDigits(whole) || (point != std::string_view::npos && !allDigits(fraction)))
        return Error{Errc::Invalid, "read price: not a number with a decimal point"};
    if (whole.size() > kWholeDigitsMax) return Error{Errc::Limit, "read price: too large"};
    const auto exponent = static_cast<std::size_t>(currency->exponent());
    std::int64_t minor = 0;
    for (char c : whole)
        minor = minor * 10 + (c - '0');
    for (std::size_t i = 0; i < exponent; ++i)
        minor = minor * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    const auto rest = fraction.size() > exponent ? fraction.substr(exponent) : std::string_view{};
    if (rest.find_first_not_of('0') != std::string_view::npos)
        return Error{Errc::Invalid,
                     fmt::format("read price: {} has {} decimals", currency->code(), exponent)};
    return Money{minor, *currency};
}

std::string Money::toString() const {
    std::int64_t unit = 1;
    for (int i = 0; i < currency.exponent(); ++i)
        unit *= 10;
    if (unit == 1) return fmt::format("{} {}", minor, currency.code());
    const auto* sign = minor < 0 ? "-" : "";
    const auto magnitude = minor < 0 ? -minor : minor;
    return fmt::format("{}{}.{:0{}} {}", sign, magnitude / unit, magnitude % unit, currency.exponent(),
                       currency.code());
}

} // namespace silta
