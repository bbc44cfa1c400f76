// The hub's HTTP interface: devices, and shoppers' phones. Described by openapi.yaml.
#pragma once

#include "hub/push_admission.h"
#include "hub/store_pool.h"

#include <silta/catalog.h>
#include <silta/http.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace silta::hub {

class FeedWaits;
class SmsQueue;
struct PhoneFrame;

struct HubOptions {
    std::string listen;      ///< "127.0.0.1:8480"
    std::string filesFolder; ///< content-addressed snapshots, segments and pictures: `ab/abcd…`
    std::string publicUrl;   ///< where shoppers' phones reach this hub; empty = not told to devices
    std::string chainName;   ///< shown on pages
    std::string memberPrefix = "9246";
    std::optional<HttpTls> tls;
    SmsQueue* sms = nullptr;    ///< outlives the API; null: no one-time codes can be sent
    FeedWaits* waits = nullptr; ///< outlives the API's server; null: the feed is answered at once
    int reviewDays = 0;         ///< from a sale to the invitation to review it; 0: nobody is asked
    int pushesAtWork = 1;       ///< large ones; fewer than the pool has stores, where it has several
};

/// How many requests of the feed may wait at a time: half of the connections, so that others get in.
std::size_t waitingRoom(const HubOptions& options);

/// Finds what a wishlist shows. Thread: one at a time.
using ProductLookup = std::function<std::optional<ProductRecord>(const std::string& sku)>;
using StoreLookup = std::function<std::optional<StoreRecord>(const std::string& code)>;

/// Thread: handlers run on the server's threads, each with a store of the pool to itself.
class HubApi {
public:
    HubApi(StorePool& store, const HubKeys& keys, HubOptions options, ProductLookup products,
           StoreLookup stores, const Clock& clock, Random& random);
    /// Errors: Io, Invalid (address, certificate).
    Result<std::unique_ptr<HttpServer>> serve();
    /// What serve() serves, for a server of another kind. The routes must not outlive this object.
    std::vector<HttpServer::Route> routes();

private:
    struct Caller {
        DeviceRow device;
        std::string incarnation;
    };
    HttpResponse time(const HttpRequest& request) const;
    HttpResponse health() const;
    HttpResponse enrol(const HttpRequest& request);
    HttpResponse newKey(const HttpRequest& request);
    HttpResponse head(const HttpRequest& request);
    HttpResponse file(const HttpRequest& request) const;
    HttpResponse operations(const HttpRequest& request);
    HttpResponse receive(const HttpRequest& request, PushAdmission::Entry& entry);
    HttpResponse leases(const HttpRequest& request);
    HttpResponse tokenRules(const HttpRequest& request);
    HttpResponse askCode(const HttpRequest& request);
    HttpResponse checkCode(const HttpRequest& request);
    HttpResponse askMember(const HttpRequest& request);
    bool mayAskForMember(const std::string& device);
    HttpResponse changes(const HttpRequest& request);
    HttpResponse fleet(const HttpRequest& request);
    HttpResponse fleetDiagnostics(const HttpRequest& request);
    HttpResponse wishlistPage(const HttpRequest& request);
    HttpResponse orderPage(const HttpRequest& request);
    HttpResponse joinPage(const HttpRequest& request);
    HttpResponse reviewPage(const HttpRequest& request);
    Result<HttpResponse> joined(OperationStore& store, const PhoneFrame& frame,
                                const std::string& number) const;
    /// Who signed the request. Errors: Denied.
    Result<Caller> authenticate(OperationStore& store, const HttpRequest& request);
    /// What a signed request gets: who it is by and a store to work with.
    using Work = std::function<Result<HttpResponse>(OperationStore&, const Caller&)>;
    HttpResponse forDevice(const HttpRequest& request, const Work& work);
    HttpResponse withStore(const std::function<Result<HttpResponse>(OperationStore&)>& work);
    HttpResponse withNonce(HttpResponse response, UtcMs turnMs = 0);
    bool mayTryEnrolling();
    /// Once a minute.
    bool isTendingDue();
    /// What falls due with time: orders that end, invitations to reviews.
    void tend(OperationStore& store);
    /// Asks members what they think of what they bought.
    Result<void> askForReviews(OperationStore& store);

    StorePool& store_;
    const HubKeys& keys_;
    HubOptions options_;
    ProductLookup products_;
    StoreLookup stores_;
    const Clock& clock_;
    Random& random_;
    PushAdmission pushes_;
    std::mutex mutex_; ///< guards the lookups and the counters
    std::int64_t enrolWindowMs_ = 0;
    int enrolAttempts_ = 0;
    std::int64_t nextTendMs_ = 0;           ///< steady
    std::int64_t nextFleetTendMs_ = 0;      ///< steady
    std::int64_t memberAsksFromMs_ = 0;     ///< steady
    std::map<std::string, int> memberAsks_; ///< since then, by device
};

} // namespace silta::hub
