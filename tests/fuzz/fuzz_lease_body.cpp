// What a device says of its leases: whatever it says, no more rights go out than the pool has.
#include "fuzz_hub.h"

using namespace silta;
using silta::fuzz::check;
using silta::fuzz::FuzzedHub;

namespace {

constexpr std::int64_t kBudget = 1'000;
constexpr std::size_t kReplyBytesMax = std::size_t{64} * 1024;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static FuzzedHub hub;
    static const bool isReady = hub.store().setPool("coupon/summer", kBudget).has_value();
    check(isReady);
    const auto reply =
        hub.ask("POST", "/v1/leases", {}, std::string(reinterpret_cast<const char*>(data), size));
    check(reply.status == 200 || reply.status == 400);
    const auto json = parseJson(reply.body, kReplyBytesMax);
    check(json.has_value());
    if (reply.status != 200) return 0;
    for (const auto& grant : arrayMember(*json, "granted"))
        check(integerMember(grant, "rights").value_or(-1) >= 0);
    const auto pools = hub.store().pools();
    check(pools && pools->size() == 1);
    check(pools->front().held <= kBudget && pools->front().redeemed == 0);
    return 0;
}
