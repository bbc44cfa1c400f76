#include "edge/admin_api.h"

#include "edge/replies.h"
#include "edge/updater.h"

namespace silta {

namespace {

// A technician and a monitoring script at once.
constexpr HttpLimits kAdminLimits{.connections = 8,
                                  .connectionsPerAddress = 8,
                                  .headerBytes = 8 * 1024,
                                  .bodyBytes = 4 * 1024,
                                  .idleSeconds = 30,
                                  .totalSeconds = 120,
                                  .threads = 1};
constexpr int kOutboxRowsMax = 1'000;

HttpResponse outbox(const Engine& engine) {
    auto rows = engine.outbox(kOutboxRowsMax);
    if (!rows) return errorReply(rows.error());
    auto array = Json::array();
    for (const auto& row : *rows)
        array.push_back({{"seq", row.seq},
                         {"state", row.state},
                         {"createdMs", row.createdMs},
                         {"id", row.id},
                         {"type", row.type}});
    return jsonReply({{"operations", array}});
}

} // namespace

Result<std::unique_ptr<HttpServer>> serveAdmin(Engine& engine, const EdgeConfig& config, const Clock& clock,
                                               Updater& updater) {
    const auto callers = std::make_shared<Callers>(config.adminUsers, true, clock);
    const auto guarded = [&callers](HttpServer::Handler handler) {
        return onlyFor(callers, std::move(handler));
    };
    std::vector<HttpServer::Route> routes;
    routes.push_back(
        {"GET", "/v1/status", guarded([&engine](const HttpRequest&) { return jsonReply(engine.status()); })});
    routes.push_back(
        {"GET", "/v1/outbox", guarded([&engine](const HttpRequest&) { return outbox(engine); })});
    routes.push_back({"POST", "/v1/sync", guarded([&engine](const HttpRequest&) {
                          engine.syncNow();
                          return jsonReply(engine.status(), 202);
                      })});
    routes.push_back({"POST", "/v1/catalog/check", guarded([&engine](const HttpRequest&) {
                          engine.requestCatalogCheck();
                          return jsonReply(engine.status(), 202);
                      })});
    routes.push_back({"POST", "/v1/key", guarded([&engine](const HttpRequest&) {
                          auto done = engine.requestNewKey();
                          return done ? jsonReply(engine.status(), 202) : errorReply(done.error());
                      })});
    routes.push_back({"POST", "/v1/enrol", guarded([&engine](const HttpRequest& request) {
                          return enrolReply(engine, request, kAdminLimits.bodyBytes);
                      })});
    routes.push_back({"GET", "/v1/diagnostics", guarded([&updater](const HttpRequest&) {
                          auto sealed = updater.sealedDiagnostics();
                          return sealed ? jsonReply({{"sealed", *sealed}}) : errorReply(sealed.error());
                      })});
    routes.push_back({"POST", "/v1/diagnostics", guarded([&updater](const HttpRequest&) {
                          updater.sendDiagnostics();
                          return jsonReply(Json::object(), 202);
                      })});
    return HttpServer::start("unix:" + config.socketFolder + "/admin.sock", std::move(routes), kAdminLimits,
                             std::nullopt);
}

} // namespace silta
