#include "hub/cmd_orders.h"

#include "core/order_number.h"
#include "hub/session.h"

#include <fmt/format.h>

namespace silta::hub {

namespace {

constexpr int kOrdersShown = 200;

void printOrder(const OrderRow& row, bool asJson) {
    const auto& order = row.order;
    if (asJson) {
        auto json = toJson(order);
        json["device"] = row.device;
        json["rev"] = row.rev;
        json["endedMs"] = row.endedMs;
        return printLine(json);
    }
    fmt::print("{}  {:<8} {:<20} made in {} served by {}  {} lines, {} {}{}\n",
               shownOrderNumber(order.number), toString(order.kind), toString(order.state), order.madeIn,
               order.store.empty() ? "nobody yet" : order.store, order.lines.size(), order.totalMinor(),
               order.currency,
               order.isOverPromised ? "  OVER-PROMISED"
               : order.owesRefund() ? "  PAID, TO BE GIVEN BACK"
                                    : "");
}

/// Why: the reason of a cancellation or of a hand-over without the word, and of each line that came back.
std::string reasonsOf(const Json& detail) {
    std::string text;
    if (const auto reason = textMember(detail, "reason")) text += " " + *reason;
    for (const auto& line : arrayMember(detail, "lines"))
        text += fmt::format(" {}x{}{}{}{}{}", integerMember(line, "quantity").value_or(0),
                            textMember(line, "sku").value_or(""), line.contains("reason") ? " " : "",
                            textMember(line, "reason").value_or(""), line.contains("condition") ? "/" : "",
                            textMember(line, "condition").value_or(""));
    return text;
}

Json detailOf(const OrderEventRow& event) {
    return parseJson(event.detail, kOperationBytesMax).value_or(Json::object());
}

int listReturns(Session& session) {
    auto rows = session.store->orderReader().returns(session.options.value("--store"), kOrdersShown);
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows) {
        const auto detail = detailOf(row.event);
        if (session.options.has("--json"))
            printLine({{"orderId", row.orderId},
                       {"number", row.number},
                       {"store", row.event.storeCode},
                       {"by", row.event.by},
                       {"atMs", row.event.atMs},
                       {"lines", arrayMember(detail, "lines")}});
        else
            fmt::print("{}  {} in {}:{}\n", row.event.atMs, shownOrderNumber(row.number), row.event.storeCode,
                       reasonsOf(detail));
    }
    return 0;
}

int listShelves(Session& session) {
    auto rows = session.store->orderReader().shelfHolders(session.options.value("--store"));
    if (!rows) return printFailure(rows.error());
    for (const auto& [store, device, parts, sinceMs] : *rows) {
        if (session.options.has("--json"))
            printLine({{"store", store}, {"device", device}, {"parts", parts}, {"sinceMs", sinceMs}});
        else
            fmt::print("{}  {}  {} of {} parts since {}\n", store, device, parts, kShelfParts, sinceMs);
    }
    return 0;
}

int listOrders(Session& session) {
    const auto store = session.options.value("--store");
    auto rows = session.options.has("--refund")
                    ? session.store->orderReader().owingRefund(store, kOrdersShown)
                    : session.store->orderReader().list(store, session.options.has("--open"), kOrdersShown);
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows)
        printOrder(row, session.options.has("--json"));
    return 0;
}

int showOrder(Session& session, const std::string& number) {
    const bool asJson = session.options.has("--json");
    auto row = session.store->orderReader().findByNumber(number);
    if (!row) return printFailure(row.error());
    printOrder(*row, asJson);
    auto events = session.store->orderReader().events(row->order.id);
    if (!events) return printFailure(events.error());
    for (const auto& event : *events) {
        if (asJson)
            printLine({{"action", event.action},
                       {"by", event.by},
                       {"store", event.storeCode},
                       {"device", event.device},
                       {"atMs", event.atMs},
                       {"detail", detailOf(event)},
                       {"outcome", event.outcome}});
        else
            fmt::print("  {} {} by {} in {} on {}: {}{}\n", event.atMs, event.action, event.by,
                       event.storeCode.empty() ? "headquarters" : event.storeCode,
                       event.device.empty() ? "the hub" : event.device, event.outcome,
                       reasonsOf(detailOf(event)));
    }
    return 0;
}

int tellWho(Session& session, const std::string& number) {
    auto person = session.store->whoOrdered(number, session.options.value("--id"));
    if (!person) return printFailure(person.error());
    printLine({{"name", person->name},
               {"email", person->email},
               {"phone", person->phone},
               {"street", person->street},
               {"postcode", person->postcode},
               {"city", person->city},
               {"country", person->country},
               {"memberNumber", person->memberNumber}});
    return 0;
}

} // namespace

int runOrders(std::span<const std::string> args) {
    const bool isNamed = !args.empty() && !args.front().starts_with("--");
    const std::string what = isNamed ? args.front() : "list";
    auto session = openSession(isNamed ? args.subspan(1) : args, {"--store", "--number", "--id"},
                               {"--open", "--refund"});
    if (!session) return printFailure(session.error());
    auto& store = *(*session)->store;
    if (what == "list") return listOrders(**session);
    if (what == "returns") return listReturns(**session);
    if (what == "shelves") return listShelves(**session);
    if (what == "expire") {
        auto ended = store.tendOrders();
        if (!ended) return printFailure(ended.error());
        fmt::print("{} ended\n", *ended);
        return 0;
    }
    const auto number = readOrderNumber((*session)->options.value("--number"));
    if (!number) return printFailure({Errc::Invalid, "orders: --number is no order's number"});
    if (what == "show") return showOrder(**session, *number);
    if (what == "who") return tellWho(**session, *number);
    if (what != "erase")
        return printFailure({Errc::Invalid, "orders: list, returns, shelves, show, who, erase or expire"});
    auto erased = store.eraseWhoOrdered(*number, (*session)->options.value("--id"));
    return erased ? 0 : printFailure(erased.error());
}

} // namespace silta::hub
