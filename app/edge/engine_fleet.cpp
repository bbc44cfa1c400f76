// The fleet: see Updater.
#include "edge/engine.h"

namespace silta {

Result<FleetDesk> Engine::fleetDesk() const {
    FleetDesk desk;
    auto access = hubAccess();
    if (!access) return access.error();
    desk.access = std::move(*access);
    {
        const std::lock_guard lock(journalMutex_);
        if (!journal_ || journal_->wasDamaged()) desk.ills.emplace_back("journal-damaged");
    }
    const std::lock_guard lock(stateMutex_);
    if (!enrolment_) return Error{Errc::Unavailable, "report to fleet: this device is not enrolled yet"};
    desk.hubSignKey = enrolment_->signKey;
    desk.storeCode = enrolment_->storeCode;
    desk.nowMs = clock_.nowMs();
    desk.isTimeKnown = clock_.isSynced();
    return desk;
}

} // namespace silta
