#include "scan/chain_config.h"

#include "core/digits.h"
#include "scan/in_store.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>

namespace silta {

namespace {

constexpr std::uintmax_t kConfigBytesMax = 16 * 1024;
constexpr std::size_t kReceiptPrefixMax = 16;

Error keyError(const toml::key& key, std::string_view words) {
    return {Errc::Invalid,
            fmt::format("read chain codes: line {}, {}: {}", key.source().begin.line, key.str(), words)};
}

std::optional<MemberCardRule::Check> checkOf(std::string_view name) {
    using enum MemberCardRule::Check;
    if (name == "ean") return Ean;
    if (name == "luhn") return Luhn;
    if (name == "none") return None;
    return std::nullopt;
}

Result<void> applyToCard(MemberCardRule& card, const toml::key& key, const toml::node& node) {
    if (key.str() == "prefix") {
        const auto value = node.value<std::string>();
        if (!value || !allDigits(*value) || value->size() > kMemberDigitsMax)
            return keyError(key, "expected digits");
        card.prefix = *value;
        return {};
    }
    if (key.str() == "digits") {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < 2 || *value > static_cast<std::int64_t>(kMemberDigitsMax))
            return keyError(key, fmt::format("expected 2 to {}", kMemberDigitsMax));
        card.digits = static_cast<std::size_t>(*value);
        return {};
    }
    if (key.str() != "check") return keyError(key, "no such setting");
    const auto check = checkOf(node.value<std::string>().value_or(""));
    if (!check) return keyError(key, "expected ean, luhn or none");
    card.check = *check;
    return {};
}

Result<void> applyCards(ChainCodes& codes, const toml::key& key, const toml::node& node) {
    const auto* cards = node.as_array();
    if (cards == nullptr) return keyError(key, "expected [[member_card]]");
    if (cards->size() > kMemberCardRulesMax)
        return Error{Errc::Limit,
                     fmt::format("read chain codes: more than {} member cards", kMemberCardRulesMax)};
    for (const auto& each : *cards) {
        const auto* table = each.as_table();
        if (table == nullptr) return keyError(key, "expected [[member_card]]");
        MemberCardRule card;
        for (const auto& [name, value] : *table)
            if (auto done = applyToCard(card, name, value); !done) return done;
        if (card.prefix.empty()) return keyError(key, "a card without a prefix would be every number");
        codes.memberCards.push_back(std::move(card));
    }
    return {};
}

Result<void> apply(ChainCodes& codes, const toml::key& key, const toml::node& node) {
    if (key.str() == "member_card") return applyCards(codes, key, node);
    const auto value = node.value<std::string>();
    if (key.str() == "in_store_country") {
        if (!value || !hasInStoreRules(*value))
            return keyError(key, "expected a country with rules: DE, DK, EE, FI, GB, LT, LV, NO or SE");
        codes.inStoreCountry = *value;
        return {};
    }
    if (key.str() == "receipt_prefix") {
        if (!value || value->empty() || value->size() > kReceiptPrefixMax)
            return keyError(key, fmt::format("expected 1 to {} characters", kReceiptPrefixMax));
        codes.receiptPrefix = *value;
        return {};
    }
    return keyError(key, "no such setting");
}

} // namespace

Result<ChainCodes> loadChainCodes(const std::string& path) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) return Error{Errc::NotFound, fmt::format("read chain codes: cannot open {}", path)};
    if (bytes > kConfigBytesMax) return Error{Errc::Limit, "read chain codes: too long"};
    try {
        ChainCodes codes;
        for (const auto& [key, node] : toml::parse_file(path))
            if (auto done = apply(codes, key, node); !done) return done.error();
        return codes;
    } catch (const toml::parse_error& problem) {
        return Error{Errc::Invalid, fmt::format("read chain codes: line {}: {}", problem.source().begin.line,
                                                problem.description())};
    }
}

} // namespace silta
