#include "view/order_reply.h"

#include "core/json.h"
#include "view/edge_service.h"

#include <algorithm>
#include <array>

namespace silta::kiosk {

namespace {

constexpr std::size_t kOrderTextBytesMax = 256;
constexpr std::size_t kOrderUrlBytesMax = 2048;
constexpr std::size_t kLinesReadMax = 20;
constexpr std::size_t kAlternativesReadMax = 5;
constexpr std::size_t kWordsReadMax = 3;
constexpr std::int64_t kQuantityReadMax = 99;

constexpr std::array<std::pair<std::string_view, OrderKind>, 3> kKinds = {
    {{"home", OrderKind::Home}, {"collect", OrderKind::Collect}, {"reserve", OrderKind::Reserve}}};
constexpr std::array<std::pair<std::string_view, OrderState>, 9> kStates = {
    {{"placed", OrderState::Placed},
     {"accepted", OrderState::Accepted},
     {"accepted_unallocated", OrderState::Unallocated},
     {"picking", OrderState::Picking},
     {"ready", OrderState::Ready},
     {"handed_over", OrderState::HandedOver},
     {"returned", OrderState::Returned},
     {"cancelled", OrderState::Cancelled},
     {"not_collected", OrderState::NotCollected}}};

Error unreadableOrder(const char* what) {
    return {Errc::Corrupt, std::string("read order: ") + what};
}

template <class Value, std::size_t count>
std::optional<Value> named(const std::array<std::pair<std::string_view, Value>, count>& names,
                           const std::optional<std::string>& name) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == name; });
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

std::string text(const Json& object, const char* key) {
    return textMember(object, key, kOrderTextBytesMax).value_or("");
}

int quantity(const Json& line, const char* key, int otherwise) {
    return static_cast<int>(
        std::clamp<std::int64_t>(integerMember(line, key).value_or(otherwise), 0, kQuantityReadMax));
}

bool readLines(const Json& json, Order& order) {
    const Json& lines = arrayMember(json, "lines");
    if (!lines.is_array() || lines.empty() || lines.size() > kLinesReadMax) return false;
    for (const Json& entry : lines) {
        OrderedLine line;
        line.sku = text(entry, "sku");
        line.name = text(entry, "name");
        line.quantity = quantity(entry, "quantity", 1);
        line.returned = std::min(line.quantity, quantity(entry, "returned", 0));
        line.unitPriceMinor = integerMember(entry, "unitPriceMinor").value_or(0);
        if (line.sku.empty()) return false;
        order.lines.push_back(std::move(line));
    }
    return true;
}

void readAlternatives(const Json& json, Order& order) {
    for (const Json& entry : arrayMember(json, "alternatives")) {
        if (order.alternatives.size() == kAlternativesReadMax) return;
        OrderAlternative other{text(entry, "store"), text(entry, "name"),
                               numberMember(entry, "km").value_or(0)};
        if (!other.store.empty()) order.alternatives.push_back(std::move(other));
    }
}

} // namespace

const char* toString(OrderKind kind) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& entry) { return entry.second == kind; });
    return found->first.data();
}

Result<Order> parseOrder(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadableOrder("no object");
    Order order;
    order.id = text(*json, "orderId");
    order.number = text(*json, "number");
    order.code = text(*json, "code");
    if (order.id.empty() || order.number.empty()) return unreadableOrder("no number");
    const auto kind = named(kKinds, textMember(*json, "kind"));
    const auto state = named(kStates, textMember(*json, "state"));
    if (!kind || !state) return unreadableOrder("kind or state unknown");
    order.kind = *kind;
    order.state = *state;
    order.isKept = text(*json, "promise") == "kept";
    order.word = text(*json, "word");
    order.store = text(*json, "store");
    order.storeName = text(*json, "storeName");
    if (!readLines(*json, order)) return unreadableOrder("lines");
    if (const auto currency = Currency::parse(text(*json, "currency")))
        order.total = Money{integerMember(*json, "totalMinor").value_or(0), *currency};
    order.promisedMs = integerMember(*json, "promisedMs").value_or(0);
    order.expiresMs = integerMember(*json, "expiresMs").value_or(0);
    order.hasArrived = integerMember(*json, "arrivedMs").has_value();
    order.isPaid = boolMember(*json, "paid").value_or(false);
    order.isReturnAsked = boolMember(*json, "returnAsked").value_or(false);
    order.isRefused = boolMember(*json, "refused").value_or(false);
    order.isAtHub = boolMember(*json, "atHub").value_or(false);
    order.pageUrl = textMember(*json, "pageUrl", kOrderUrlBytesMax).value_or("");
    readAlternatives(*json, order);
    return order;
}

Result<OrderPromise> parseOrderPromise(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadableOrder("promise is no object");
    return OrderPromise{text(*json, "promise") == "kept", boolMember(*json, "online").value_or(false)};
}

Result<std::vector<std::string>> parseOrderWords(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadableOrder("words are no object");
    std::vector<std::string> words;
    for (const Json& word : arrayMember(*json, "words"))
        if (word.is_string() && words.size() < kWordsReadMax) words.push_back(word.get<std::string>());
    return words;
}

} // namespace silta::kiosk
