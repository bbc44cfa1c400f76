// What a hub says of its tokens: what is understood is written and understood as the same again.
#include "fuzz_check.h"
#include "shopper/token_rules.h"

#include <cstddef>
#include <cstdint>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = parseJson({reinterpret_cast<const char*>(data), size}, kTokenRulesBytesMax);
    if (!json) return 0;
    const auto rules = parseTokenRules(*json);
    if (!rules) return 0;
    check(rules->campaigns.size() <= kCampaignsMax && rules->revoked.size() <= kTokensRevokedMax);
    const auto text = dumpJson(toJson(*rules));
    const auto again = parseTokenRules(toJson(*rules));
    check(again.has_value() && dumpJson(toJson(*again)) == text);
    return 0;
}
