#include "core/money_json.h"

namespace silta {

Json moneyToJson(const Money& money) {
    return {{"minor", money.minor}, {"currency", money.currency.code()}};
}

std::optional<Money> moneyMember(const Json& json, const char* key) {
    const auto& money = objectMember(json, key);
    const auto minor = integerMember(money, "minor");
    auto currency = Currency::parse(textMember(money, "currency").value_or(""));
    if (!minor || !currency) return std::nullopt;
    return Money{*minor, *currency};
}

} // namespace silta
