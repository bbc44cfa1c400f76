#include "scan/in_store.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

using enum InStoreMeasure::Kind;

struct CountryRule {
    std::string_view country;
    std::string_view prefix;
    InStoreMeasure::Kind kind;
    std::string_view pattern; ///< P prefix and item, C check digit of the measure, V measure, K check digit
    int decimals;
};

// clang-format off
constexpr std::array kCountryRules = {
    CountryRule{"DK", "21", Price, "PPPPPPVVVVVVK", 2},
    CountryRule{"DK", "22", Price, "PPPPPPVVVVVVK", 2},
    CountryRule{"DK", "23", Price, "PPPPPPVVVVVVK", 2},
    CountryRule{"DK", "24", Price, "PPPPPPVVVVVVK", 2},
    CountryRule{"DK", "26", Weight, "PPPPPPVVVVVVK", 3},
    CountryRule{"DK", "27", Weight, "PPPPPPPVVVVVK", 3},
    CountryRule{"DK", "28", Weight, "PPPPPPVVVVVVK", 3},
    CountryRule{"EE", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"EE", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"EE", "25", Weight, "PPPPPPPPVVVVK", 1},
    CountryRule{"FI", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"FI", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"FI", "25", Weight, "PPPPPPPPVVVVK", 1},
    CountryRule{"DE", "22", Price, "PPPPPPCVVVVVK", 2},
    CountryRule{"DE", "23", Price, "PPPPPPCVVVVVK", 2},
    CountryRule{"DE", "25", Count, "PPPPPPCVVVVVK", 0},
    CountryRule{"DE", "26", Count, "PPPPPPCVVVVVK", 0},
    CountryRule{"DE", "28", Weight, "PPPPPPCVVVVVK", 3},
    CountryRule{"DE", "29", Weight, "PPPPPPCVVVVVK", 3},
    CountryRule{"GB", "20", Price, "PPPPPPPCVVVVK", 2},
    CountryRule{"LV", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"LV", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"LV", "25", Weight, "PPPPPPPPVVVVK", 1},
    CountryRule{"LT", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"LT", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"LT", "25", Weight, "PPPPPPPPVVVVK", 1},
    CountryRule{"NO", "20", Price, "PPPPPPPPVVVVK", 2},
    CountryRule{"NO", "21", Price, "PPPPPPPPVVVVK", 1},
    CountryRule{"NO", "22", Price, "PPPPPPPPVVVVK", 0},
    CountryRule{"NO", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"NO", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"NO", "25", Weight, "PPPPPPPPVVVVK", 1},
    CountryRule{"SE", "20", Price, "PPPPPPPPVVVVK", 2},
    CountryRule{"SE", "21", Price, "PPPPPPPPVVVVK", 1},
    CountryRule{"SE", "22", Price, "PPPPPPPPVVVVK", 0},
    CountryRule{"SE", "23", Weight, "PPPPPPPPVVVVK", 3},
    CountryRule{"SE", "24", Weight, "PPPPPPPPVVVVK", 2},
    CountryRule{"SE", "25", Weight, "PPPPPPPPVVVVK", 1},
};
// clang-format on

// What a digit counts under each weight of the price check digit. Source: GS1 General Specifications, figures
// 7.9.2-1 to 7.9.2-4.
constexpr std::string_view kTimes2Minus = "0246891357";
constexpr std::string_view kTimes3 = "0369258147";
constexpr std::string_view kTimes5Plus = "0516273849";
constexpr std::string_view kTimes5Minus = "0594837261";

template <std::size_t N>
int weightedSum(std::string_view digits, const std::array<std::string_view, N>& weights) {
    int sum = 0;
    for (std::size_t i = 0; i < N; ++i)
        sum += weights[i][static_cast<std::size_t>(digits[i] - '0')] - '0';
    return sum;
}

/// The digits of `ean13` where the pattern has `letter`.
std::string digitsAt(std::string_view ean13, std::string_view pattern, char letter) {
    std::string digits;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == letter) digits.push_back(ean13[i]);
    }
    return digits;
}

} // namespace

std::optional<char> measureCheckDigit(std::string_view digits) {
    if (digits.size() == 4) {
        const int sum = weightedSum<4>(digits, {kTimes2Minus, kTimes2Minus, kTimes3, kTimes5Minus});
        return static_cast<char>('0' + sum * 3 % 10);
    }
    if (digits.size() == 5) {
        const int sum =
            weightedSum<5>(digits, {kTimes5Plus, kTimes2Minus, kTimes5Minus, kTimes5Plus, kTimes2Minus});
        const char rest = static_cast<char>('0' + (10 - sum % 10) % 10);
        return static_cast<char>('0' + kTimes5Minus.find(rest));
    }
    return std::nullopt;
}

std::optional<InStoreMeasure> readInStore(const Gtin& gtin, std::string_view country) {
    const auto digits = gtin.toString();
    if (digits.front() != '0') return std::nullopt;
    const auto ean13 = std::string_view(digits).substr(1);
    const auto* rule = std::find_if(kCountryRules.begin(), kCountryRules.end(), [&](const CountryRule& each) {
        return each.country == country && ean13.starts_with(each.prefix);
    });
    if (rule == kCountryRules.end()) return std::nullopt;
    const auto value = digitsAt(ean13, rule->pattern, 'V');
    const auto check = digitsAt(ean13, rule->pattern, 'C');
    if (!check.empty() && measureCheckDigit(value) != check.front()) return std::nullopt;
    InStoreMeasure measure;
    measure.kind = rule->kind;
    measure.item = digitsAt(ean13, rule->pattern, 'P');
    for (const char c : value)
        measure.value = measure.value * 10 + (c - '0');
    measure.decimals = rule->decimals;
    return measure;
}

bool hasInStoreRules(std::string_view country) {
    return std::any_of(kCountryRules.begin(), kCountryRules.end(),
                       [country](const CountryRule& rule) { return rule.country == country; });
}

std::optional<Gtin> unmeasuredOf(const InStoreMeasure& measure) {
    constexpr std::size_t kBodyDigits = 12;
    if (measure.item.empty() || measure.item.size() > kBodyDigits) return std::nullopt;
    auto digits = measure.item + std::string(kBodyDigits - measure.item.size(), '0');
    digits.push_back(Gtin::checkDigit(digits));
    const auto gtin = Gtin::parse(digits);
    return gtin ? std::optional(*gtin) : std::nullopt;
}

} // namespace silta
