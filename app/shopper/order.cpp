#include "shopper/order.h"

#include "core/order_number.h"
#include "shopper/consent.h"
#include "shopper/wishlist_repository.h"

#include <silta/money.h>
#include <silta/uuid.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::array<OrderKind, 3> kOrderKinds = {OrderKind::Home, OrderKind::Collect, OrderKind::Reserve};
constexpr std::array<OrderState, 9> kOrderStates = {
    OrderState::Placed,   OrderState::Accepted,  OrderState::AcceptedUnallocated,
    OrderState::Picking,  OrderState::Ready,     OrderState::HandedOver,
    OrderState::Returned, OrderState::Cancelled, OrderState::NotCollected};
constexpr std::size_t kLetterBytesMax = 4; // of UTF-8
constexpr double kKmMax = 20'100;          // half around the earth
constexpr std::size_t kPickUpBytesMax = 120;

Error wrongOrder(const char* what) {
    return {Errc::Invalid, std::string("read order: ") + what};
}

template <class Named, std::size_t N>
std::optional<Named> named(const std::array<Named, N>& all, const std::string& name) {
    const auto found = std::ranges::find_if(all, [&name](Named each) { return name == toString(each); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

/// Code points of sound UTF-8, as JSON gives it.
std::size_t lettersOf(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// No blank, digit, sign or control character of ASCII.
bool isAllLetters(std::string_view utf8) {
    return std::ranges::all_of(utf8, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (static_cast<unsigned char>(c) & 0x80) != 0;
    });
}

/// An optional text; nothing when it is there and too long or of another type.
std::optional<std::string> textOrEmpty(const Json& json, const char* key, std::size_t bytesMax) {
    return json.contains(key) ? textMember(json, key, bytesMax) : std::optional<std::string>("");
}

Result<OrderLine> parseLine(const Json& json) {
    OrderLine line;
    line.sku = textMember(json, "sku", kSkuBytesMax).value_or("");
    const auto quantity = integerMember(json, "quantity").value_or(0);
    const auto price = integerMember(json, "unitPriceMinor").value_or(-1);
    if (line.sku.empty()) return wrongOrder("a line's sku is missing or too long");
    if (quantity < 1 || quantity > kOrderQuantityMax) return wrongOrder("a line's quantity is not 1 to 99");
    if (price < 0 || price > kOrderUnitPriceMinorMax) return wrongOrder("a line's unitPriceMinor");
    line.quantity = static_cast<int>(quantity);
    line.unitPriceMinor = price;
    const auto missing = integerMember(json, "missing").value_or(0);
    const auto returned = integerMember(json, "returned").value_or(0);
    if (missing < 0 || returned < 0 || missing > quantity || returned > quantity - missing)
        return wrongOrder("a line has more missing and returned than there was");
    line.missing = static_cast<int>(missing);
    line.returned = static_cast<int>(returned);
    const auto asked = integerMember(json, "asked").value_or(0);
    const auto reason = textOrEmpty(json, "askedReason", kOrderReasonBytesMax);
    if (asked < 0 || asked > quantity - missing - returned || !reason)
        return wrongOrder("what of a line is asked to be taken back");
    line.asked = static_cast<int>(asked);
    line.askedReason = *reason;
    line.priceNowMinor = integerMember(json, "priceNowMinor");
    return line;
}

Json toJson(const OrderLine& line) {
    Json json = {{"sku", line.sku}, {"quantity", line.quantity}, {"unitPriceMinor", line.unitPriceMinor}};
    if (line.priceNowMinor) json["priceNowMinor"] = *line.priceNowMinor;
    if (line.missing > 0) json["missing"] = line.missing;
    if (line.returned > 0) json["returned"] = line.returned;
    if (line.asked > 0) json["asked"] = line.asked;
    if (!line.askedReason.empty()) json["askedReason"] = line.askedReason;
    return json;
}

std::int64_t totalOf(const std::vector<OrderLine>& lines) {
    std::int64_t total = 0;
    for (const auto& line : lines)
        total += line.unitPriceMinor * line.quantity;
    return total;
}

/// What a draft and an order have in common.
template <class Said>
Result<void> readCommon(const Json& json, Said& said) {
    if (!json.is_object()) return wrongOrder("no object");
    said.id = textMember(json, "orderId").value_or("");
    if (!isUuid(said.id)) return wrongOrder("orderId is no UUID");
    auto kind = parseOrderKind(json);
    if (!kind) return kind.error();
    said.kind = *kind;
    said.lang = textMember(json, "lang").value_or("");
    if (!isLanguage(said.lang)) return wrongOrder("lang");
    auto lines = parseOrderLines(json);
    if (!lines) return lines.error();
    said.lines = std::move(*lines);
    said.currency = textMember(json, "currency").value_or("");
    if (!Currency::parse(said.currency)) return wrongOrder("currency");
    const auto initials = textOrEmpty(json, "initials", kOrderInitialsMax * kLetterBytesMax);
    if (!initials || lettersOf(*initials) > kOrderInitialsMax || !isAllLetters(*initials))
        return wrongOrder("initials are not up to 3 letters");
    said.initials = *initials;
    const auto word = textOrEmpty(json, "word", kOrderWordLettersMax * kLetterBytesMax * 2);
    if (!word || normalizeOrderWord(*word).empty() != word->empty())
        return wrongOrder("word is not 2 to 20 letters");
    said.word = normalizeOrderWord(*word);
    const auto store = textOrEmpty(json, "store", kOrderStoreBytesMax);
    if (!store) return wrongOrder("store");
    said.store = *store;
    return {};
}

Result<std::vector<OrderAlternative>> parseAlternatives(const Json& json) {
    std::vector<OrderAlternative> alternatives;
    const auto& list = arrayMember(json, "alternatives");
    if (list.size() > kOrderAlternativesMax) return wrongOrder("too many alternatives");
    for (const auto& entry : list) {
        OrderAlternative other{textMember(entry, "store", kOrderStoreBytesMax).value_or(""),
                               numberMember(entry, "km").value_or(-1)};
        if (other.store.empty() || !(other.km >= 0 && other.km <= kKmMax))
            return wrongOrder("an alternative");
        alternatives.push_back(std::move(other));
    }
    return alternatives;
}

/// Nobody has done anything with it yet.
bool isNew(const Order& order) {
    const auto isTouched = [](const OrderLine& line) {
        return line.priceNowMinor || line.missing > 0 || line.returned > 0 || line.asked > 0 ||
               !line.askedReason.empty();
    };
    return order.state == OrderState::Placed && order.arrivedMs == 0 && !order.isPaid && !order.isRefunded &&
           !order.isReturnAsked && !order.isOverPromised && order.alternatives.empty() &&
           order.pickUp.empty() && std::ranges::none_of(order.lines, isTouched);
}

/// A moment of an order; nothing when it is there and no such number.
std::optional<UtcMs> momentOf(const Json& json, const char* key) {
    const auto ms = json.contains(key) ? integerMember(json, key).value_or(-1) : 0;
    return ms >= 0 ? std::optional(ms) : std::nullopt;
}

} // namespace

const char* toString(OrderKind kind) {
    switch (kind) {
    case OrderKind::Home:
        return "home";
    case OrderKind::Collect:
        return "collect";
    case OrderKind::Reserve:
        break;
    }
    return "reserve";
}

UtcMs promisedAfter(OrderKind kind) {
    return kind == OrderKind::Home ? kOrderShipMs : kOrderPickMs;
}

UtcMs expiresAfter(OrderKind kind) {
    return kind == OrderKind::Collect ? kOrderCollectMs : kOrderReservedMs;
}

const char* toString(OrderState state) {
    switch (state) {
    case OrderState::Placed:
        return "placed";
    case OrderState::Accepted:
        return "accepted";
    case OrderState::AcceptedUnallocated:
        return "accepted_unallocated";
    case OrderState::Picking:
        return "picking";
    case OrderState::Ready:
        return "ready";
    case OrderState::HandedOver:
        return "handed_over";
    case OrderState::Returned:
        return "returned";
    case OrderState::Cancelled:
        return "cancelled";
    case OrderState::NotCollected:
        break;
    }
    return "not_collected";
}

std::int64_t Order::totalMinor() const {
    return totalOf(lines);
}

bool Order::isEnded() const {
    return state == OrderState::HandedOver || state == OrderState::Returned ||
           state == OrderState::Cancelled || state == OrderState::NotCollected;
}

bool Order::owesRefund() const {
    return isPaid && !isRefunded && (state == OrderState::Cancelled || state == OrderState::NotCollected);
}

bool Order::holdsStock() const {
    return state == OrderState::Accepted || state == OrderState::Picking || state == OrderState::Ready ||
           (state == OrderState::Placed && isKept);
}

bool Order::keepsFound() const {
    return state == OrderState::AcceptedUnallocated &&
           std::ranges::any_of(lines, [](const OrderLine& line) { return line.missing > 0; });
}

Result<OrderKind> parseOrderKind(const Json& json) {
    const auto kind = named(kOrderKinds, textMember(json, "kind").value_or(""));
    if (!kind) return wrongOrder("kind is home, collect or reserve");
    return *kind;
}

Result<std::vector<OrderLine>> parseOrderLines(const Json& json) {
    const auto& list = arrayMember(json, "lines");
    if (list.empty()) return wrongOrder("there are no lines");
    if (list.size() > kOrderLinesMax) return Error{Errc::Limit, "read order: more than 20 lines"};
    std::vector<OrderLine> lines;
    for (const auto& entry : list) {
        auto line = parseLine(entry);
        if (!line) return line.error();
        if (std::ranges::find(lines, line->sku, &OrderLine::sku) != lines.end())
            return wrongOrder("a product in two lines");
        lines.push_back(std::move(*line));
    }
    if (totalOf(lines) > kOrderTotalMinorMax) return Error{Errc::Limit, "read order: the sum is too high"};
    return lines;
}

Json toJson(const Order& order) {
    auto lines = Json::array();
    for (const auto& line : order.lines)
        lines.push_back(toJson(line));
    Json json = {{"orderId", order.id},
                 {"number", order.number},
                 {"kind", toString(order.kind)},
                 {"state", toString(order.state)},
                 {"promise", order.isKept ? "kept" : "requested"},
                 {"madeIn", order.madeIn},
                 {"store", order.store},
                 {"lang", order.lang},
                 {"word", order.word},
                 {"initials", order.initials},
                 {"lines", std::move(lines)},
                 {"currency", order.currency},
                 {"placedMs", order.placedMs},
                 {"promisedMs", order.promisedMs},
                 {"expiresMs", order.expiresMs},
                 {"paid", order.isPaid},
                 {"returnAsked", order.isReturnAsked},
                 {"overPromised", order.isOverPromised}};
    if (order.arrivedMs > 0) json["arrivedMs"] = order.arrivedMs;
    if (order.isRefunded) json["refunded"] = true;
    if (!order.pickUp.empty()) json["pickUp"] = order.pickUp;
    if (order.alternatives.empty()) return json;
    json["alternatives"] = Json::array();
    for (const auto& other : order.alternatives)
        json["alternatives"].push_back({{"store", other.store}, {"km", other.km}});
    return json;
}

Result<Order> parseOrder(const Json& json) {
    Order order;
    if (auto done = readCommon(json, order); !done) return done.error();
    const auto number = readOrderNumber(textMember(json, "number").value_or(""));
    const auto state = named(kOrderStates, textMember(json, "state").value_or(""));
    const auto promise = textMember(json, "promise").value_or("");
    order.madeIn = textMember(json, "madeIn", kOrderStoreBytesMax).value_or("");
    if (!number || !state || order.word.empty() || order.madeIn.empty() ||
        (promise != "kept" && promise != "requested"))
        return wrongOrder("number, state, word, madeIn or promise");
    order.number = *number;
    order.state = *state;
    order.isKept = promise == "kept";
    const auto placed = momentOf(json, "placedMs");
    const auto promised = momentOf(json, "promisedMs");
    const auto expires = momentOf(json, "expiresMs");
    const auto arrived = momentOf(json, "arrivedMs");
    if (!placed || !promised || !expires || !arrived) return wrongOrder("a time");
    order.placedMs = *placed;
    order.promisedMs = *promised;
    order.expiresMs = *expires;
    order.arrivedMs = *arrived;
    order.isPaid = boolMember(json, "paid").value_or(false);
    order.isRefunded = boolMember(json, "refunded").value_or(false);
    order.isReturnAsked = boolMember(json, "returnAsked").value_or(false);
    order.isOverPromised = boolMember(json, "overPromised").value_or(false);
    order.pickUp = textMember(json, "pickUp", kPickUpBytesMax).value_or("");
    auto alternatives = parseAlternatives(json);
    if (!alternatives) return alternatives.error();
    order.alternatives = std::move(*alternatives);
    return order;
}

Result<OrderDraft> parseOrderDraft(const Json& json) {
    OrderDraft draft;
    if (auto done = readCommon(json, draft); !done) return done.error();
    const auto sealed = textOrEmpty(json, "sealed", kOrderSealedBytesMax);
    if (!sealed) return Error{Errc::Limit, "read order: sealed is too long or no text"};
    draft.sealed = *sealed;
    if (draft.sealed.empty() && draft.kind == OrderKind::Home) return wrongOrder("home needs an address");
    if (!draft.store.empty() && draft.kind != OrderKind::Collect)
        return wrongOrder("only collect names a store");
    return draft;
}

Json toJson(const OrderPlacing& placing) {
    auto json = toJson(placing.order);
    if (!placing.sealed.empty()) json["sealed"] = placing.sealed;
    json["pageKey"] = placing.pageKey;
    return json;
}

Result<OrderPlacing> parseOrderPlacing(const Json& json) {
    auto order = parseOrder(json);
    if (!order) return order.error();
    OrderPlacing placing{std::move(*order), {}, textMember(json, "pageKey").value_or("")};
    const auto sealed = textOrEmpty(json, "sealed", kOrderSealedBytesMax);
    if (!sealed) return wrongOrder("sealed");
    placing.sealed = *sealed;
    if (placing.sealed.empty() && placing.order.kind == OrderKind::Home)
        return wrongOrder("home needs an address");
    if (placing.pageKey.size() != kOrderPageKeyLetters) return wrongOrder("pageKey");
    if (!isNew(placing.order)) return wrongOrder("a new one is placed, and nothing else");
    return placing;
}

std::string normalizeOrderWord(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    const auto letters = lettersOf(text);
    const bool isWord =
        letters >= kOrderWordLettersMin && letters <= kOrderWordLettersMax && isAllLetters(text);
    return isWord ? std::string(text) : std::string();
}

} // namespace silta
