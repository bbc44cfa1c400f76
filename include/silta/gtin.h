// Gtin: a Global Trade Item Number, always held as its 14-digit form with a valid check digit.
#pragma once

#include <silta/result.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kGtinDigits = 14; ///< of the stored form

/// Source: GS1 General Specifications, section 7.9 (check digit) and 2.1.13 (restricted circulation numbers).
class Gtin {
public:
    /// Reads 8, 12, 13 or 14 digits (nothing else, no spaces); shorter forms are padded with zeros on the
    /// left. Errors: Invalid (length, a non-digit, the check digit, all zeros).
    static Result<Gtin> parse(std::string_view digits);
    /// Reads the 8 digits of a UPC-E symbol (number system 0 or 1, six digits, check digit).
    /// Errors: Invalid. Source: GS1 General Specifications, section 5.2.2.4.2 (zero suppression).
    static Result<Gtin> parseUpcE(std::string_view digits);
    /// The stored form back. Errors: Invalid.
    static Result<Gtin> fromNumber(std::int64_t number);

    /// The check digit ('0'..'9') that belongs after `body`, which holds digits only.
    static char checkDigit(std::string_view body);

    [[nodiscard]] std::int64_t number() const { return number_; }
    /// 14 digits.
    [[nodiscard]] std::string toString() const;
    /// The form printed on a pack: 8, 12 or 13 digits where the number fits, else 14.
    [[nodiscard]] std::string shortForm() const;
    /// True for in-store and company-internal numbers (prefix 02, 04, 20–29 of the 13-digit form).
    [[nodiscard]] bool isRestricted() const;

    auto operator<=>(const Gtin&) const = default;

private:
    explicit Gtin(std::int64_t number) : number_(number) {}
    std::int64_t number_;
};

} // namespace silta
