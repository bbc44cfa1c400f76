// Orders on a till's pages: an order as edge tells it, and hands to press what its card offers.
#pragma once

#include "core/order_number.h"
#include "till_stage.h"

#include <map>
#include <string>

namespace silta::till {

inline constexpr const char* kOrderId = "0190f3a0-7c1e-7000-8000-0000000000d1";
inline constexpr const char* kOtherId = "0190f3a0-7c1e-7000-8000-0000000000d2";
inline constexpr std::int64_t kHourMs = 3'600'000;

inline const std::string& number() {
    static const std::string made = *makeOrderNumber(7, 42);
    return made;
}

inline OrderFace face(std::int64_t nowMs) {
    OrderFace order;
    order.id = kOrderId;
    order.number = number();
    order.state = OrderState::Ready;
    order.isKept = true;
    order.store = "FI-HEL-01";
    order.storeName = "Helsinki Kamppi";
    order.initials = "AP";
    order.currency = *Currency::parse("EUR");
    order.promisedMs = nowMs + kHourMs;
    order.expiresMs = nowMs + 24 * kHourMs;
    OrderLineFace mug;
    mug.sku = "MUG-W";
    mug.name = "Stoneware mug";
    mug.quantity = 3;
    mug.unitPriceMinor = 1'000;
    mug.here = 12;
    mug.aisle = "4";
    OrderLineFace tent;
    tent.sku = "TENT";
    tent.name = "Two-person tent";
    tent.quantity = 1;
    tent.unitPriceMinor = 22'900;
    order.lines = {mug, tent};
    order.actions = {OrderAction::Missing, OrderAction::Move, OrderAction::Pay, OrderAction::HandOver,
                     OrderAction::Cancel};
    return order;
}

/// Aino, signed in, before an edge that knows one order. Thread: the test's.
class TillOrderStage : protected TillStage {
protected:
    void beginWithOrder() {
        begin();
        order() = face(clock_.nowMs());
        signIn(aino_);
    }
    OrderFace& order() { return edge_->orderFace; }
    void open(const char* lang = "en") {
        get(aino_, std::string("/order?id=") + kOrderId + "&lang=" + lang);
        QCOMPARE(aino_.status, 200);
    }
    std::map<std::string, std::string> formOf(const char* act) const {
        return {{"order", kOrderId}, {"request", hiddenOf("request")}, {"act", act}};
    }
    void press(const char* act, const std::map<std::string, std::string>& more = {}) {
        auto fields = formOf(act);
        fields.insert(more.begin(), more.end());
        post(aino_, "/order", fields);
    }
    bool offers(const char* act) const { return says((std::string("name=act value=\"") + act).c_str()); }
    std::size_t placeOf(const std::string& words) const { return aino_.page.find(words); }
};

} // namespace silta::till
