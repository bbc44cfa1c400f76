// Orders, drafts and changes as they come over a socket: what is understood is within its limits, and is
// written and understood as the same again.
#include "core/order_number.h"
#include "fuzz_check.h"
#include "shopper/order_rules.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

namespace {

constexpr std::size_t kBodyBytesMax = 32 * 1024;

void checkLines(const std::vector<OrderLine>& lines) {
    check(!lines.empty() && lines.size() <= kOrderLinesMax);
    for (const auto& line : lines)
        check(line.quantity >= 1 && line.quantity <= kOrderQuantityMax && line.unitPriceMinor >= 0);
}

void checkOrder(const Json& json) {
    const auto order = parseOrder(json);
    if (!order) return;
    checkLines(order->lines);
    check(order->totalMinor() <= kOrderTotalMinorMax);
    const auto again = parseOrder(toJson(*order));
    check(again.has_value() && *again == *order);
    for (const auto action : staffActions(*order))
        check(isPossible(*order, action));
}

void checkChange(const Json& json) {
    const auto change = parseOrderChange(json);
    if (!change) return;
    check(change->parts.size() <= kOrderLinesMax);
    const auto again = parseOrderChange(toJson(*change));
    check(again.has_value() && dumpJson(toJson(*again)) == dumpJson(toJson(*change)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto number = readOrderNumber(text))
        check(readOrderNumber(shownOrderNumber(*number)) == number);
    const auto word = normalizeOrderWord(text);
    check(word.empty() || normalizeOrderWord(word) == word);
    const auto json = parseJson(text, kBodyBytesMax);
    if (!json) return 0;
    if (const auto draft = parseOrderDraft(*json)) checkLines(draft->lines);
    if (const auto placing = parseOrderPlacing(*json)) check(parseOrderPlacing(toJson(*placing)).has_value());
    checkOrder(*json);
    checkChange(*json);
    return 0;
}
