// OperationStore's part in signed tokens: each call is one transaction.
#include "hub/operation_store.h"

namespace silta::hub {

namespace {

// Two commands at once must not make the rules from what each of them has not seen of the other.
constexpr const char* kRulesLock = "token-rules";

} // namespace

Result<void> OperationStore::changeTokens(const std::function<Result<void>(TokenRegistry&)>& change) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::string names[] = {kRulesLock};
    if (auto done = database_.lockNames(names); !done) return done;
    auto registry = tokens();
    if (auto done = change(registry); !done) return done;
    if (auto done = registry.publish(); !done) return done;
    return transaction->commit();
}

Result<SignedRules> OperationStore::tokenRules() {
    return tokens().published();
}

Result<std::string> OperationStore::tokenRulesTag() {
    return tokens().publishedTag();
}

Result<std::vector<CampaignRow>> OperationStore::campaigns() {
    return tokens().campaigns();
}

Result<std::vector<TokenKey>> OperationStore::tokenKeys() {
    return tokens().keys();
}

Result<std::vector<TokenUseRow>> OperationStore::tokenUses(int campaign, int limit) {
    return tokens().uses(campaign, limit);
}

Result<std::vector<LeaseRegistry::Grant>>
OperationStore::openTokens(std::vector<LeaseRegistry::Asking>& wanted) {
    std::vector<LeaseRegistry::Grant> refused;
    std::vector<LeaseRegistry::Asking> open;
    for (auto& asking : wanted) {
        const auto token = parseTokenPool(asking.pool);
        auto why = token ? tokens().open(*token) : Result<std::string>(std::string());
        if (!why) return why.error();
        if (why->empty())
            open.push_back(std::move(asking));
        else
            refused.push_back({asking.id, {}, 0, *why});
    }
    wanted = std::move(open);
    return refused;
}

} // namespace silta::hub
