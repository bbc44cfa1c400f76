#include "shopper/sale.h"

#include "core/digits.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace silta {

namespace {

constexpr std::array<std::string_view, 3> kTierNames = {"member", "silver", "gold"};

bool isWithin(const std::optional<std::int64_t>& value, std::int64_t most) {
    return value && *value >= -most && *value <= most;
}

bool isCardNumber(const std::string& text) {
    return !text.empty() && text.size() <= kSaleMemberDigitsMax && allDigits(text);
}

Result<SaleLine> readLine(const Json& json) {
    const auto quantity = integerMember(json, "quantity");
    const auto total = integerMember(json, "totalMinor");
    SaleLine line{textMember(json, "sku", kSaleSkuBytesMax).value_or(""),
                  textMember(json, "text", kSaleTextBytesMax).value_or(""), quantity.value_or(0),
                  total.value_or(0)};
    const bool hasName = !line.sku.empty() || !line.text.empty();
    // A member of another type or too long must not pass for one that is not there.
    const bool isWhole = json.is_object() && json.contains("sku") == !line.sku.empty() &&
                         json.contains("text") == !line.text.empty();
    if (!hasName || !isWhole || !isWithin(quantity, kSaleQuantityMax) || !isWithin(total, kSaleMinorMax))
        return Error{Errc::Invalid, "read sale: a line"};
    return line;
}

} // namespace

bool isReceiptNumber(std::string_view text) {
    return !text.empty() && text.size() <= kReceiptNumberBytesMax &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

Json toJson(const Sale& sale) {
    Json json = {
        {"receipt", sale.receipt},          {"pos", sale.posName},           {"atMs", sale.atMs},
        {"currency", sale.currency.code()}, {"totalMinor", sale.totalMinor}, {"lines", Json::array()}};
    if (!sale.member.empty()) json["member"] = sale.member;
    for (const auto& line : sale.lines) {
        Json each = {{"quantity", line.quantity}, {"totalMinor", line.totalMinor}};
        if (!line.sku.empty()) each["sku"] = line.sku;
        if (!line.text.empty()) each["text"] = line.text;
        json["lines"].push_back(std::move(each));
    }
    return json;
}

Result<Sale> parseSale(const Json& json) {
    auto currency = Currency::parse(textMember(json, "currency").value_or(""));
    if (!currency) return currency.error();
    const auto atMs = integerMember(json, "atMs");
    const auto total = integerMember(json, "totalMinor");
    const auto& lines = arrayMember(json, "lines");
    Sale sale{textMember(json, "receipt", kReceiptNumberBytesMax).value_or(""),
              textMember(json, "pos", kRegisterBytesMax).value_or(""),
              atMs.value_or(0),
              *currency,
              total.value_or(0),
              textMember(json, "member", kSaleMemberDigitsMax).value_or(""),
              {}};
    const bool isCard = !json.contains("member") || isCardNumber(sale.member);
    if (!isReceiptNumber(sale.receipt) || sale.posName.empty() || !atMs || *atMs < 0 ||
        !isWithin(total, kSaleMinorMax) || !isCard || lines.empty())
        return Error{Errc::Invalid, "read sale: a member is missing or malformed"};
    if (lines.size() > kSaleLinesMax) return Error{Errc::Limit, "read sale: too many lines"};
    for (const auto& each : lines) {
        auto line = readLine(each);
        if (!line) return line.error();
        sale.lines.push_back(std::move(*line));
    }
    if (dumpJson(toJson(sale)).size() > kSaleBytesMax) return Error{Errc::Limit, "read sale: too long"};
    return sale;
}

Json toJson(const SaleLink& link) {
    return {{"receipt", link.receipt}, {"member", link.member}, {"staff", link.staffId}, {"atMs", link.atMs}};
}

Result<SaleLink> parseSaleLink(const Json& json) {
    const auto atMs = integerMember(json, "atMs");
    SaleLink link{textMember(json, "receipt", kReceiptNumberBytesMax).value_or(""),
                  textMember(json, "member", kSaleMemberDigitsMax).value_or(""),
                  textMember(json, "staff").value_or(""), atMs.value_or(0)};
    if (!isReceiptNumber(link.receipt) || !isCardNumber(link.member) || !isUuid(link.staffId) || !atMs ||
        *atMs < 0)
        return Error{Errc::Invalid, "read link of sale: a member is missing or malformed"};
    return link;
}

std::int64_t pointsFor(std::int64_t totalMinor, const Currency& currency) {
    std::int64_t unit = 1;
    for (int digit = 0; digit < currency.exponent(); ++digit)
        unit *= 10;
    return totalMinor / unit; // towards zero: what comes back whole takes away what it gave
}

Tier tierFor(std::int64_t pointsInTime) {
    return pointsInTime >= kGoldPoints     ? Tier::Gold
           : pointsInTime >= kSilverPoints ? Tier::Silver
                                           : Tier::Member;
}

std::string_view toString(Tier tier) {
    return kTierNames.at(static_cast<std::size_t>(tier));
}

Result<Tier> tierNamed(std::string_view name) {
    const auto found = std::ranges::find(kTierNames, name);
    if (found == kTierNames.end()) return Error{Errc::Unsupported, "read tier: of another name"};
    return static_cast<Tier>(found - kTierNames.begin());
}

} // namespace silta
