// What devices say to those who look after the fleet.
#include "core/log.h"
#include "hub/fleet_registry.h"
#include "hub/hub_api.h"
#include "net/json_reply.h"

namespace silta::hub {

namespace {

constexpr std::int64_t kTendMs = 60'000; // between two looks at what is due by the clock alone

} // namespace

FleetRegistry OperationStore::fleet() {
    return {database_, keys_, clock_};
}

HttpResponse HubApi::fleet(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kFleetBodyBytesMax);
        if (!json) return json.error();
        auto report = parseFleetReport(*json);
        if (!report) return report.error();
        bool isDue = false;
        {
            const std::lock_guard lock(mutex_);
            isDue = clock_.steadyMs() >= nextFleetTendMs_;
            if (isDue) nextFleetTendMs_ = clock_.steadyMs() + kTendMs;
        }
        if (isDue)
            if (auto done = store.fleet().tend(); !done)
                log::warning("hub", "fleet not tended code={}", silta::toString(done.error().code));
        auto answer = store.fleet().report(caller.device, *report);
        if (!answer) return answer.error();
        return jsonReply(toJson(*answer));
    });
}

HttpResponse HubApi::fleetDiagnostics(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kDiagnosticsBytesMax + kFleetBodyBytesMax);
        if (!json) return json.error();
        auto sealed = fromBase64(textMember(*json, "sealed", kDiagnosticsBytesMax).value_or(""));
        if (!sealed || sealed->empty())
            return Error{Errc::Invalid, "keep diagnostics: there is nothing sealed"};
        if (auto done = store.fleet().keepDiagnostics(caller.device.id, *sealed); !done) return done.error();
        return jsonReply(Json::object());
    });
}

} // namespace silta::hub
