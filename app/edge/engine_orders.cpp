// Orders: see OrderDesk.
#include "edge/engine.h"
#include "sync/lease_exchange.h"

#include <silta/uuid.h>

namespace silta {

Result<OrderDesk::Setting> Engine::orderSetting() const {
    const std::lock_guard lock(stateMutex_);
    if (!enrolment_) return Error{Errc::Unavailable, "use order: this device is not enrolled yet"};
    OrderDesk::Setting setting;
    setting.storeCode = enrolment_->storeCode;
    setting.deviceNumber = enrolment_->deviceNumber;
    setting.numberKey = orderKey_;
    setting.nowMs = clock_.nowMs();
    setting.isOnline = hub_.reachable;
    setting.isTimeKnown = clock_.isSynced();
    return setting;
}

Result<KnownOrder> Engine::withOrders(const OrderWork& work) {
    auto setting = orderSetting();
    if (!setting) return setting.error();
    Result<KnownOrder> known = KnownOrder{};
    bool hasWritten = false;
    {
        const std::lock_guard lock(journalMutex_);
        if (auto open = journalIsOpen(); !open) return open.error();
        OrderDesk desk(*journal_, random_, std::move(*setting));
        known = work(desk);
        hasWritten = desk.hasWritten();
    }
    if (hasWritten) wake();
    return known;
}

Result<void> Engine::lookAtOrders(const OrderLook& look) const {
    auto setting = orderSetting();
    if (!setting) return setting.error();
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open;
    return look(OrderDesk(*journal_, random_, std::move(*setting)));
}

Result<void> Engine::tendOrders() {
    auto setting = orderSetting();
    if (!setting) return setting.error();
    const auto day = dayOf(setting->nowMs);
    const std::lock_guard lock(journalMutex_);
    if (auto open = journalIsOpen(); !open) return open;
    // A clock that woke up years ahead would forget what still counts.
    if (clock_.isSynced() && ordersDay_ != day) {
        const auto before = setting->nowMs - kOrderKeptMs;
        auto done = journal_->apply(
            [before](Database& database) { return OrderBook(database).forgetBefore(before); });
        if (!done) return done;
        ordersDay_ = day;
    }
    if (shelfParts_ == 0) return {};
    const auto pool = shelfPool(setting->storeCode);
    std::int64_t held = 0;
    std::vector<Lease> open;
    for (const auto state : {LeaseState::Asked, LeaseState::Open}) {
        auto leases = LeaseBook(journal_->database()).inState(state);
        if (!leases) return leases.error();
        for (const auto& lease : *leases) {
            if (lease.pool != pool) continue;
            held += lease.granted;
            if (state == LeaseState::Open) open.push_back(lease);
        }
    }
    if (held > shelfParts_) { // a newcomer needs some; what is its own is asked for with the next talk
        for (const auto& lease : open)
            if (auto done = closeLease(*journal_, lease); !done) return done;
        return {};
    }
    if (held == shelfParts_) return {};
    const auto id = makeUuid(clock_, random_);
    return journal_->apply([&](Database& database) {
        return LeaseBook(database).ask(id, pool, journal_->incarnation(), shelfParts_ - held);
    });
}

} // namespace silta
