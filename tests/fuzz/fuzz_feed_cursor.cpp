// A cursor of the private feed, as anybody may make one up: only what the hub gave out leads to a place;
// anything else begins anew.
#include "fuzz_hub.h"

#include <algorithm>

using namespace silta;
using silta::fuzz::check;
using silta::fuzz::FuzzedHub;

namespace {

constexpr std::size_t kReplyBytesMax = std::size_t{1} << 20;

Json page(FuzzedHub& hub, const std::string& cursor) {
    const auto reply = hub.ask("GET", "/v1/changes", {{"cursor", cursor}}, "");
    check(reply.status == 200);
    auto json = parseJson(reply.body, kReplyBytesMax);
    check(json.has_value());
    return std::move(*json);
}

/// A device that has been told one thing, and where it stood before and after.
struct Told {
    FuzzedHub hub;
    std::string before, after;

    Told() {
        before = page(hub, "")["cursor"].get<std::string>();
        check(hub.store().setPool("coupon/summer", 1).has_value());
        const auto code = hub.ask(
            "POST", "/v1/leases", {},
            R"({"wanted":[{"lease":"0190f3a0-7c1e-7000-8000-000000000001","pool":"coupon/summer","rights":1}]})");
        check(code.status == 200);
        check(hub.store().recall("coupon/summer").value_or(0) == 1);
        const auto told = page(hub, before);
        check(told["changes"].size() == 1);
        after = told["cursor"].get<std::string>();
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Told told;
    std::string cursor(reinterpret_cast<const char*>(data), size);
    // So that the fuzzer begins with good ones: "B…" and "A…" stand for what the hub gave out.
    if (!cursor.empty() && (cursor.front() == 'A' || cursor.front() == 'B'))
        cursor.replace(0, 1, cursor.front() == 'A' ? told.after : told.before);
    const auto got = page(told.hub, cursor);
    // Whoever begins anew is told who works in the store, but nothing that is over.
    const auto recalls = std::ranges::count_if(
        got["changes"], [](const Json& change) { return change["type"] == "lease.recall"; });
    check(recalls == (cursor == told.before ? 1 : 0));
    check(got["cursor"].is_string() && got["more"] == false);
    return 0;
}
