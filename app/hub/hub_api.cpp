#include "hub/hub_api.h"

#include "core/digits.h"
#include "core/log.h"
#include "core/sha256_hex.h"
#include "hub/feed_waits.h"
#include "hub/nonce.h"
#include "hub/order_page.h"
#include "hub/wishlist_page.h"
#include "net/compression.h"
#include "net/json_reply.h"
#include "net/picture_type.h"

#include <silta/uuid.h>

#include <fmt/format.h>

namespace silta::hub {

namespace {

// Devices of a small chain, and phones that open wishlists.
constexpr HttpLimits kLimits{.connections = 1'024, // a device may have two: it waits on one of its own
                             .connectionsPerAddress = 256, // a store's devices come through one address
                             .headerBytes = 16 * 1024,
                             .bodyBytes = kPushBytesMax,
                             .idleSeconds = 60,
                             .totalSeconds = 1'800, // a snapshot over a slow line
                             .threads = 32}; // more than push at once, so that others are answered meanwhile
// Behind a proxy everybody comes from its address, and a region that is back comes at once: each gets an
// answer, if only when to come again.
constexpr unsigned kProxiedConnections = 2'048;
constexpr std::size_t kEnrolBytesMax = 4'096;
constexpr int kEnrolAttemptsPerMinute = 30; // a code has 60 bits; this keeps even the log quiet
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kTimeNonceBytesMax = 64;

HttpResponse errorReply(const Error& error) {
    switch (error.code) {
    case Errc::Denied:
        return httpError(401, "signature, device or nonce not accepted");
    case Errc::Invalid:
    case Errc::Limit:
        return httpError(400, "request not understood");
    default:
        break;
    }
    log::error("hub", "request failed code={} cause=\"{}\"", toString(error.code), error.what);
    auto response = httpError(503, "try again later");
    // A lock goes away. When something is wrong nobody knows until when, and devices come ever more seldom.
    if (error.code == Errc::Busy) response.headers.push_back({"Retry-After", "5"});
    return response;
}

/// For how long a request of the feed may wait, all in all.
std::int64_t waitOf(const HttpRequest& request) {
    const auto entry = request.query.find("wait");
    if (entry == request.query.end()) return 0;
    const auto seconds = parseNumber<std::int64_t>(entry->second).value_or(0);
    return std::clamp<std::int64_t>(seconds, 0, kFeedWaitMsMax / 1'000) * 1'000;
}

struct LeaseQuestion {
    std::vector<LeaseRegistry::Asking> wanted;
    std::optional<std::vector<Lease>> held; ///< nothing: the device has told before
    std::string epoch;                      ///< that it tells it to
};

Result<LeaseQuestion> parseLeaseQuestion(std::string_view body) {
    auto json = parseJson(body, kLimits.bodyBytes);
    if (!json) return json.error();
    LeaseQuestion question;
    const auto& wanted = arrayMember(*json, "wanted");
    if (wanted.size() > kLeasesMax) return Error{Errc::Limit, "read leases: too many"};
    for (const auto& entry : wanted) {
        const auto id = textMember(entry, "lease").value_or("");
        const auto pool = textMember(entry, "pool").value_or("");
        const auto rights = integerMember(entry, "rights").value_or(0);
        if (!isUuid(id) || !isPoolName(pool) || rights < 1 || rights > kLeaseRightsMax)
            return Error{Errc::Invalid, "read leases: one that is wanted"};
        question.wanted.push_back({id, pool, rights});
    }
    const auto& held = arrayMember(*json, "held");
    if (held.is_null()) return question;
    if (held.size() > kLeasesMax) return Error{Errc::Limit, "read leases: too many"};
    question.held.emplace();
    question.epoch = textMember(*json, "epoch").value_or("");
    for (const auto& entry : held) {
        auto lease = parseLeaseData(entry);
        if (!lease) return lease.error();
        question.held->push_back(std::move(*lease));
    }
    return question;
}

HttpResponse shopperHtml(std::string html) {
    HttpResponse response;
    response.contentType = "text/html; charset=utf-8";
    response.body = std::move(html);
    response.headers.push_back(
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'"});
    response.headers.push_back({"Referrer-Policy", "no-referrer"});
    response.headers.push_back({"X-Robots-Tag", "noindex"});
    return response;
}

} // namespace

HubApi::HubApi(StorePool& store, const HubKeys& keys, HubOptions options, ProductLookup products,
               StoreLookup stores, const Clock& clock, Random& random)
    : store_(store), keys_(keys), options_(std::move(options)), products_(std::move(products)),
      stores_(std::move(stores)), clock_(clock), random_(random),
      pushes_(options_.pushesAtWork, clock, random) {}

std::vector<HttpServer::Route> HubApi::routes() {
    const auto call = [this](HttpResponse (HubApi::*method)(const HttpRequest&)) {
        return [this, method](const HttpRequest& request) { return (this->*method)(request); };
    };
    std::vector<HttpServer::Route> routes;
    routes.push_back(
        {"GET", "/v1/nonce", [this](const HttpRequest&) { return withNonce(jsonReply(Json::object())); }});
    routes.push_back({"GET", "/v1/time", [this](const HttpRequest& request) { return time(request); }});
    routes.push_back({"POST", "/v1/devices", call(&HubApi::enrol)});
    routes.push_back({"POST", "/v1/devices/key", call(&HubApi::newKey)});
    routes.push_back({"GET", "/v1/head", call(&HubApi::head)});
    routes.push_back({"GET", "/v1/files/*", [this](const HttpRequest& request) { return file(request); }});
    routes.push_back({"POST", "/v1/ops", call(&HubApi::operations)});
    routes.push_back({"POST", "/v1/leases", call(&HubApi::leases)});
    routes.push_back({"GET", "/v1/token-rules", call(&HubApi::tokenRules)});
    routes.push_back({"POST", "/v1/ask/code", call(&HubApi::askCode)});
    routes.push_back({"POST", "/v1/ask/code-check", call(&HubApi::checkCode)});
    routes.push_back({"POST", "/v1/ask/member", call(&HubApi::askMember)});
    routes.push_back({"POST", "/v1/fleet", call(&HubApi::fleet)});
    routes.push_back({"POST", "/v1/fleet/diagnostics", call(&HubApi::fleetDiagnostics)});
    routes.push_back({"GET", "/v1/changes", call(&HubApi::changes), true});
    routes.push_back({"GET", "/w/*", call(&HubApi::wishlistPage)});
    routes.push_back({"GET", "/o/*", call(&HubApi::orderPage)});
    routes.push_back({"GET", "/j/*", call(&HubApi::joinPage)});
    routes.push_back({"POST", "/j/*", call(&HubApi::joinPage)});
    routes.push_back({"GET", "/r/*", call(&HubApi::reviewPage)});
    routes.push_back({"POST", "/r/*", call(&HubApi::reviewPage)});
    routes.push_back({"GET", "/healthz", [this](const HttpRequest&) { return health(); }});
    return routes;
}

std::size_t waitingRoom(const HubOptions& options) {
    return (options.tls ? kLimits.connections : kProxiedConnections) / 2;
}

Result<std::unique_ptr<HttpServer>> HubApi::serve() {
    auto limits = kLimits;
    if (!options_.tls) limits.connections = limits.connectionsPerAddress = kProxiedConnections;
    return HttpServer::start(options_.listen, routes(), limits, options_.tls);
}

HttpResponse HubApi::withNonce(HttpResponse response, UtcMs turnMs) {
    response.headers.push_back({kNonceHeader, makeNonce(clock_.nowMs(), keys_.nonceKey, random_, turnMs)});
    return response;
}

HttpResponse HubApi::time(const HttpRequest& request) const {
    const auto entry = request.query.find("nonce");
    if (entry == request.query.end() || entry->second.empty() || entry->second.size() > kTimeNonceBytesMax)
        return httpError(400, "nonce: 1 to 64 characters");
    const auto now = clock_.nowMs();
    return jsonReply({{"now", now}, {"signature", toBase64(sign(timeText(entry->second, now), keys_.sign))}});
}

bool HubApi::mayTryEnrolling() {
    const auto now = clock_.steadyMs();
    if (now - enrolWindowMs_ > kMinuteMs) {
        enrolWindowMs_ = now;
        enrolAttempts_ = 0;
    }
    return ++enrolAttempts_ <= kEnrolAttemptsPerMinute;
}

HttpResponse HubApi::withStore(const std::function<Result<HttpResponse>(OperationStore&)>& work) {
    auto store = store_.take();
    if (!store) return errorReply(store.error());
    auto response = work(**store);
    if (response) return std::move(*response);
    if (response.error().code == Errc::Io) store->discard(); // its connection may be gone
    return errorReply(response.error());
}

HttpResponse HubApi::forDevice(const HttpRequest& request, const Work& work) {
    return withNonce(withStore([&](OperationStore& store) -> Result<HttpResponse> {
        auto caller = authenticate(store, request);
        if (!caller) return caller.error();
        return work(store, *caller);
    }));
}

HttpResponse HubApi::enrol(const HttpRequest& request) {
    {
        const std::lock_guard lock(mutex_);
        if (!mayTryEnrolling()) {
            auto response = httpError(429, "too many attempts");
            response.headers.push_back({"Retry-After", "60"});
            return response;
        }
    }
    auto json = parseJson(request.body, kEnrolBytesMax);
    if (!json) return errorReply(json.error());
    const auto code = textMember(*json, "code").value_or("");
    const auto publicKey = fromBase64(textMember(*json, "publicKey").value_or(""));
    const auto proof = fromBase64(textMember(*json, "proof").value_or(""));
    const auto deviceId = textMember(*json, "deviceId").value_or("");
    if (!publicKey || publicKey->size() != kKeyBytes || !proof ||
        !verify("silta-enrol:" + code, *proof, *publicKey))
        return httpError(400, "device id, public key and proof do not belong together");
    return withStore([&](OperationStore& store) -> Result<HttpResponse> {
        // A device that has had a new key is still called by its first one.
        const auto known = store.devices().find(deviceId);
        const bool isItsKey = known && (known->publicKey == *publicKey || known->nextKey == *publicKey);
        if (deviceId != deviceIdOf(*publicKey) && !isItsKey)
            return httpError(400, "device id, public key and proof do not belong together");
        auto device = store.devices().enrol(code, deviceId, *publicKey);
        if (!device && device.error().code == Errc::Denied)
            return httpError(403, "code unknown, used or too old");
        if (!device) return device.error();
        // One that was another store's may go on with its old place in the feed.
        if (known)
            if (auto done = store.tellStaff(*device); !done) return done.error();
        const std::lock_guard lock(mutex_);
        const auto record = stores_(device->storeCode);
        log::info("hub", "device enrolled device={} store={}", device->id, device->storeCode);
        auto response = jsonReply(
            {{"deviceId", device->id},
             {"deviceNumber", device->number},
             {"store", {{"code", device->storeCode}, {"name", record ? record->name : device->storeCode}}},
             {"sealKey", toBase64(keys_.seal.publicKey)},
             {"signKey", toBase64(keys_.sign.publicKey)},
             {"publicUrl", options_.publicUrl},
             {"memberPrefix", options_.memberPrefix}},
            201);
        response.headers.push_back(
            {"Silta-Signature", toBase64(sign(enrolledText(device->id, response.body), keys_.sign))});
        return response;
    });
}

HttpResponse HubApi::newKey(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kEnrolBytesMax);
        if (!json) return json.error();
        const auto publicKey = fromBase64(textMember(*json, "publicKey").value_or(""));
        const auto proof = fromBase64(textMember(*json, "proof").value_or(""));
        if (!publicKey || publicKey->size() != kKeyBytes || !proof ||
            !verify(newKeyText(caller.device.id), *proof, *publicKey))
            return httpError(400, "public key and proof do not belong together");
        if (auto done = store.devices().setNextKey(caller.device.id, *publicKey); !done) return done.error();
        return jsonReply(Json::object());
    });
}

HttpResponse HubApi::head(const HttpRequest& request) {
    return withStore([&](OperationStore& store) -> Result<HttpResponse> {
        auto text = store.headJson();
        if (!text) return text.error();
        if (text->empty()) return httpError(404, "nothing published yet");
        const auto etag = fmt::format("\"{}\"", sha256Hex(*text).substr(0, 32));
        HttpResponse response;
        if (request.header("if-none-match") == etag) {
            response.status = 304;
        } else {
            response = jsonReply({{"signed", *text}, {"signature", toBase64(sign(*text, keys_.sign))}});
        }
        response.headers.push_back({"ETag", etag});
        response.headers.push_back({"Cache-Control", "public, max-age=5"});
        return response;
    });
}

HttpResponse HubApi::file(const HttpRequest& request) const {
    const auto name = lastSegment(request.path);
    if (!isSha256Hex(name)) return httpError(404, "no such file");
    HttpResponse response;
    response.filePath = fmt::format("{}/{}/{}", options_.filesFolder, name.substr(0, 2), name);
    response.contentType = pictureTypeOf(response.filePath);
    response.headers.push_back({"Cache-Control", "public, max-age=31536000, immutable"});
    return response;
}

Result<HubApi::Caller> HubApi::authenticate(OperationStore& store, const HttpRequest& request) {
    const std::string input(request.header("signature-input"));
    auto parameters = parseSignatureInput(input);
    if (!parameters) return Error{Errc::Denied, "authenticate: no signature"};
    if (!isFreshNonce(parameters->nonce, clock_.nowMs(), keys_.nonceKey))
        return Error{Errc::Denied, "authenticate: old nonce"};
    const auto digest = contentDigest(request.body);
    if (request.header("content-digest") != digest) return Error{Errc::Denied, "authenticate: digest"};
    auto device = store.devices().find(parameters->device);
    if (!device && device.error().code != Errc::NotFound) return device.error();
    if (!device || device->revoked) return Error{Errc::Denied, "authenticate: unknown device"};
    const std::string incarnation(request.header("silta-incarnation"));
    const SignedRequest signedParts{request.method, request.target,     digest,
                                    incarnation,    parameters->device, parameters->nonce};
    const RequestSignature signature{input, std::string(request.header("signature"))};
    if (!verifyRequest(signedParts, signature, device->publicKey)) {
        if (device->nextKey.empty() || !verifyRequest(signedParts, signature, device->nextKey))
            return Error{Errc::Denied, "authenticate: wrong signature"};
        if (auto done = store.devices().takeNextKey(device->id); !done) return done.error();
    }
    return Caller{*device, incarnation};
}

// Who is turned away costs no signature check and no database: it may be thousands at once.
HttpResponse HubApi::operations(const HttpRequest& request) {
    const auto parameters = parseSignatureInput(std::string(request.header("signature-input")));
    const auto nonce = parameters ? openNonce(parameters->nonce, keys_.nonceKey) : std::nullopt;
    const auto turnMs = nonce ? nonce->turnMs : 0;
    if (!nonce || !isFreshNonce(parameters->nonce, clock_.nowMs(), keys_.nonceKey))
        return withNonce(errorReply({Errc::Denied, "authenticate: old nonce"}), turnMs);
    auto answer = pushes_.enter(request.body.size(), turnMs);
    if (answer.entry) return receive(request, *answer.entry);
    auto response = httpError(503, "too many at once; come again later");
    response.headers.push_back({"Retry-After", std::to_string(answer.retryAfterSeconds)});
    return withNonce(std::move(response), answer.turnMs);
}

bool HubApi::isTendingDue() {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.steadyMs();
    if (now < nextTendMs_) return false;
    nextTendMs_ = now + kMinuteMs;
    return true;
}

void HubApi::tend(OperationStore& store) {
    if (auto tended = store.tendOrders(); !tended)
        log::warning("hub", "orders not tended code={}", toString(tended.error().code));
    if (auto asked = askForReviews(store); !asked)
        log::warning("hub", "reviews not asked for code={}", toString(asked.error().code));
}

HttpResponse HubApi::receive(const HttpRequest& request, PushAdmission::Entry& entry) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        std::string lines = request.body;
        if (request.header("content-encoding") == "zstd") {
            auto decompressed = decompress(request.body, kPushBytesMax + kOperationBytesMax);
            if (!decompressed) return Error{Errc::Invalid, "push: not zstd"};
            lines = std::move(*decompressed);
        }
        auto reply = store.receive(caller.device, caller.incarnation, lines);
        if (!reply) return reply.error();
        if (isTendingDue()) tend(store);
        entry.noteWorked();
        reply->digest = request.header("content-digest");
        HttpResponse response;
        response.body = toText(*reply);
        return response;
    });
}

HttpResponse HubApi::health() const {
    Json health = {{"ok", true}};
    if (options_.waits != nullptr)
        health.update({{"feedWaiting", options_.waits->waiting()},
                       {"feedHeldSeconds", options_.waits->heldMs() / 1'000}});
    return jsonReply(health);
}

HttpResponse HubApi::changes(const HttpRequest& request) {
    const auto arrivedMs = clock_.steadyMs() - request.waitedMs;
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        const auto entry = request.query.find("cursor");
        const auto cursor =
            entry == request.query.end() ? std::string_view{} : std::string_view(entry->second);
        auto marks = store.marksFor(caller.device.id, caller.incarnation);
        if (!marks) return marks.error();
        auto page = store.changesFor(caller.device.id, cursor);
        if (!page && page.error().code == Errc::NotFound)
            return httpError(410, "the place is before the horizon; begin anew without a cursor");
        if (!page) return page.error();
        const bool hasNews = page->cursor != cursor;
        if (options_.waits != nullptr && hasNews) options_.waits->answered(caller.device.id);
        const auto waitMs = waitOf(request);
        if (options_.waits != nullptr && !hasNews && request.waitedMs < waitMs && !request.isLast) {
            HttpResponse later;
            later.putOff = options_.waits->place({caller.device.id, arrivedMs, arrivedMs + waitMs});
            if (later.putOff) return later;
        }
        auto coupon = store.welcomeCoupon();
        if (!coupon) return coupon.error();
        auto rules = store.tokenRulesTag();
        if (!rules) return rules.error();
        auto parts = store.shelfPartsFor(caller.device);
        if (!parts) return parts.error();
        return jsonReply({{"changes", page->changes},
                          {"cursor", page->cursor},
                          {"more", page->more},
                          {"epoch", marks->epoch},
                          {"inc", caller.incarnation},
                          {"hwm", marks->highSeq},
                          {"fenced", marks->isFenced},
                          {"durable_seq", marks->durableSeq},
                          {"welcomeCoupon", *coupon ? toJson(**coupon) : Json::object()},
                          {"tokenRules", *rules},
                          {"shelfParts", *parts},
                          {"waitedMs", request.waitedMs},
                          {"now", clock_.nowMs()}});
    });
}

HttpResponse HubApi::leases(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto question = parseLeaseQuestion(request.body);
        if (!question) return question.error();
        auto epoch = store.epoch();
        if (!epoch) return epoch.error();
        if (question->held && question->epoch != *epoch) question->held.reset(); // told to who we were
        auto grants =
            store.exchangeLeases(caller.device, caller.incarnation, question->wanted, question->held);
        if (!grants) return grants.error();
        auto granted = Json::array();
        for (const auto& grant : *grants) {
            Json told = {{"lease", grant.id}, {"rights", grant.rights}, {"proof", grant.proof}};
            if (!grant.why.empty()) told["why"] = grant.why;
            granted.push_back(std::move(told));
        }
        return jsonReply({{"granted", granted}, {"epoch", *epoch}});
    });
}

HttpResponse HubApi::tokenRules(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller&) -> Result<HttpResponse> {
        auto rules = store.tokenRules();
        if (!rules) return rules.error();
        if (rules->text.empty()) return httpError(404, "there are none yet");
        return jsonReply({{"rules", rules->text},
                          {"tag", rules->tag},
                          {"signature", toBase64(sign(tokenRulesText(rules->text), keys_.sign))}});
    });
}

HttpResponse HubApi::wishlistPage(const HttpRequest& request) {
    const auto id = lastSegment(request.path);
    if (!isUuid(id)) return httpError(404, "no such list");
    std::vector<WishlistItem> items;
    auto read = withStore([&](OperationStore& store) -> Result<HttpResponse> {
        auto found = store.wishlist(id);
        if (!found) return found.error();
        items = std::move(*found);
        return HttpResponse{};
    });
    if (read.status != 200) return read;
    const auto extra = request.query.find("i");
    auto shown = wishlistToShow(items, extra == request.query.end() ? "" : extra->second);
    const std::lock_guard lock(mutex_);
    return shopperHtml(renderWishlist(shown, products_, options_.chainName, request.header("accept-language"),
                                      clock_.nowMs()));
}

HttpResponse HubApi::orderPage(const HttpRequest& request) {
    const auto key = lastSegment(request.path);
    if (key.size() != kOrderPageKeyLetters) return httpError(404, "no such order");
    std::optional<Order> order;
    auto read = withStore([&](OperationStore& store) -> Result<HttpResponse> {
        auto found = store.orderReader().findByPage(key);
        if (!found && found.error().code != Errc::NotFound) return found.error();
        if (found) order = std::move(found->order);
        return HttpResponse{};
    });
    if (read.status != 200) return read;
    const std::lock_guard lock(mutex_);
    return shopperHtml(renderOrder(order ? &*order : nullptr, products_, stores_, options_.chainName,
                                   request.header("accept-language")));
}

} // namespace silta::hub
