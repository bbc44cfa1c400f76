// Money: an integer of minor units with its ISO 4217 currency.
#pragma once

#include <silta/result.h>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

/// A three-letter ISO 4217 code, upper case.
class Currency {
public:
    /// Errors: Invalid (not three letters), Unsupported (letters, but not a code this program knows the
    /// exponent of).
    static Result<Currency> parse(std::string_view code);

    [[nodiscard]] std::string_view code() const { return {code_.data(), code_.size()}; }
    /// Decimal digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    [[nodiscard]] int exponent() const { return exponent_; }
    auto operator<=>(const Currency&) const = default;

private:
    Currency(std::array<char, 3> code, int exponent) : code_(code), exponent_(exponent) {}
    std::array<char, 3> code_;
    int exponent_;
};

struct Money {
    std::int64_t minor; ///< minor units, e.g. cents; tax included
    Currency currency;

    /// Reads the merchant-feed form "12.95 EUR" (a point, the currency after it). Errors: Invalid,
    /// Unsupported, Limit.
    static Result<Money> parse(std::string_view text);
    /// "12.95 EUR", the form that parse() reads.
    [[nodiscard]] std::string toString() const;
    auto operator<=>(const Money&) const = default;
};

} // namespace silta
