#include "scan/publication.h"

namespace silta {

namespace {

constexpr std::size_t kIssnDigits = 7; // and a check character

/// Source: ISO 3297, annex A (weights 8 to 2, modulo 11, X for 10).
char issnCheck(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[i] - '0') * static_cast<int>(8 - i);
    const int check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : static_cast<char>('0' + check);
}

} // namespace

std::optional<Publication> publicationOf(const Gtin& gtin) {
    using enum Publication::Kind;
    const auto gtin14 = gtin.toString();
    if (gtin14.front() != '0') return std::nullopt; // a carton of them
    const auto digits = gtin14.substr(1);
    if (digits.starts_with("9790")) return Publication{Ismn, digits};
    if (digits.starts_with("978") || digits.starts_with("979")) return Publication{Isbn, digits};
    if (!digits.starts_with("977")) return std::nullopt;
    auto issn = digits.substr(3, kIssnDigits);
    issn.push_back(issnCheck(issn));
    return Publication{Issn, std::move(issn)};
}

} // namespace silta
