#include "view/edge_service.h"

#include "core/json.h"

#include <silta/crypto.h>

#include <algorithm>

namespace silta::kiosk {

namespace {

constexpr std::size_t kCodeBytesMax = 128;
constexpr std::size_t kPathBytesMax = 4096; // PATH_MAX
constexpr std::size_t kUrlBytesMax = 2048;
constexpr int kListQuantityMax = 9'999;

Error unreadable(const char* what) {
    return {Errc::Corrupt, std::string("read edge's answer: ") + what};
}

Error errorOf(int status) {
    switch (status) {
    case 400:
        return {Errc::Invalid, "ask edge: refused as invalid"};
    case 403:
        return {Errc::Denied, "ask edge: not allowed"};
    case 404:
        return {Errc::NotFound, "ask edge: not found"};
    case 409:
        return {Errc::Conflict, "ask edge: not now"};
    case 413:
        return {Errc::Full, "ask edge: more than it takes"};
    case 429:
        return {Errc::Limit, "ask edge: too many"};
    case 503:
        return {Errc::Unavailable, "ask edge: not ready"};
    case 507:
        return {Errc::Full, "ask edge: no space left"};
    default:
        return {Errc::Internal, "ask edge: status " + std::to_string(status)};
    }
}

Json orderBody(const OrderRequest& order) {
    Json lines = Json::array();
    for (const auto& line : order.lines)
        lines.push_back(
            {{"sku", line.sku}, {"quantity", line.quantity}, {"unitPriceMinor", line.unitPriceMinor}});
    Json body = {{"kind", toString(order.kind)}, {"lines", std::move(lines)}};
    if (!order.store.empty()) body["store"] = order.store;
    return body;
}

} // namespace

Result<EdgeStatus> parseEdgeStatus(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadable("status is no object");
    EdgeStatus status;
    status.deviceId = textMember(*json, "deviceId", kCodeBytesMax).value_or("");
    status.storeCode = textMember(*json, "storeCode", kCodeBytesMax).value_or("");
    status.storeName = textMember(*json, "storeName", kUrlBytesMax).value_or("");
    status.enrolled = boolMember(*json, "enrolled").value_or(false);
    status.hubReachable = boolMember(objectMember(*json, "hub"), "reachable").value_or(false);
    if (const auto key = textMember(*json, "sealKey", kCodeBytesMax)) {
        const auto bytes = fromBase64(*key);
        if (!bytes) return unreadable("sealKey is not base64url");
        status.sealKey = *bytes;
    }
    status.publicUrl = textMember(*json, "publicUrl", kUrlBytesMax).value_or("");
    while (status.publicUrl.ends_with('/'))
        status.publicUrl.pop_back();
    status.memberPrefix = textMember(*json, "memberPrefix", kCodeBytesMax).value_or("");
    status.hasGuestNetwork = boolMember(*json, "guestNetwork").value_or(false);
    const Json& enrolment = objectMember(*json, "enrolment");
    status.enrolling = textMember(enrolment, "state", kCodeBytesMax) == "working";
    status.enrolmentError = textMember(enrolment, "error", kUrlBytesMax).value_or("");
    const Json& catalog = objectMember(*json, "catalog");
    status.catalogPath = textMember(catalog, "path", kPathBytesMax).value_or("");
    status.catalogSeq = integerMember(catalog, "catalogSeq").value_or(0);
    status.stockSeq = integerMember(catalog, "stockSeq").value_or(0);
    status.mediaDir = textMember(*json, "mediaDir", kPathBytesMax).value_or("");
    return status;
}

Result<std::vector<ListItem>> parseList(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadable("list is no object");
    const Json& items = arrayMember(*json, "items");
    if (!items.is_array()) return unreadable("list has no items");
    std::vector<ListItem> list;
    for (const Json& entry : items) {
        const auto sku = textMember(entry, "sku", kCodeBytesMax);
        if (!sku) return unreadable("item has no sku");
        const auto quantity = integerMember(entry, "quantity").value_or(1);
        list.push_back({*sku, static_cast<int>(std::clamp<std::int64_t>(quantity, 1, kListQuantityMax))});
    }
    return list;
}

Result<GuestWifi> parseGuestWifi(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadable("wifi is no object");
    GuestWifi wifi;
    const auto state = textMember(*json, "state", kCodeBytesMax);
    if (state == "open")
        wifi.state = GuestWifi::State::Open;
    else if (state == "closed")
        wifi.state = GuestWifi::State::Closed;
    else if (state != "none")
        return unreadable("wifi has no state");
    wifi.name = textMember(*json, "name", kCodeBytesMax).value_or("");
    wifi.password = textMember(*json, "password", kCodeBytesMax).value_or("");
    wifi.code = textMember(*json, "code", kUrlBytesMax).value_or("");
    return wifi;
}

Result<WifiVoucher> parseWifiVoucher(const std::string& body) {
    const auto json = parseJson(body, kEdgeReplyBytesMax);
    if (!json || !json->is_object()) return unreadable("voucher is no object");
    WifiVoucher voucher;
    voucher.letters = textMember(*json, "voucher", kCodeBytesMax).value_or("");
    voucher.url = textMember(*json, "url", kUrlBytesMax).value_or("");
    voucher.minutes = static_cast<int>(integerMember(*json, "minutes").value_or(0));
    voucher.expiresMs = integerMember(*json, "expiresMs").value_or(0);
    if (voucher.letters.empty() || voucher.url.empty() || voucher.minutes <= 0 || voucher.expiresMs <= 0)
        return unreadable("voucher lacks a member");
    return voucher;
}

EdgeService::EdgeService(JobQueue& queue, std::unique_ptr<HttpTransport> transport, std::string socketPath)
    : queue_(queue), transport_(std::move(transport)), socketPath_(std::move(socketPath)) {}

HttpCall EdgeService::call(const char* method, const std::string& path, std::string body) const {
    HttpCall made;
    made.method = method;
    made.url = "http://localhost" + path;
    made.unixSocket = socketPath_;
    if (!body.empty()) made.headers.push_back({"Content-Type", "application/json"});
    made.body = std::move(body);
    made.timeoutMs = kEdgeTimeoutMs;
    made.responseBytesMax = kEdgeReplyBytesMax;
    return made;
}

template <class T>
void EdgeService::send(QObject* receiver, HttpCall call,
                       std::function<Result<T>(const std::string& body)> parse, Reply<T> reply) {
    queue_.post([this, receiver, call = std::move(call), parse = std::move(parse), reply = std::move(reply)] {
        const auto answer = transport_->send(call);
        if (!answer) return replyTo<Result<T>>(receiver, reply, answer.error());
        if (answer->status != 200 && answer->status != 201)
            return replyTo<Result<T>>(receiver, reply, errorOf(answer->status));
        replyTo<Result<T>>(receiver, reply, parse(answer->body));
    });
}

void EdgeService::status(QObject* receiver, Reply<EdgeStatus> reply) {
    send<EdgeStatus>(receiver, call("GET", "/v1/status", {}), parseEdgeStatus, std::move(reply));
}

void EdgeService::list(QObject* receiver, const std::string& listId, Reply<List> reply) {
    send<List>(receiver, call("GET", "/v1/wishlists/" + listId, {}), parseList, std::move(reply));
}

void EdgeService::addItem(QObject* receiver, const std::string& listId, const std::string& sku,
                          const std::string& gtin, Reply<List> reply) {
    Json body = {{"sku", sku}, {"quantity", 1}};
    if (!gtin.empty()) body["gtin"] = gtin;
    send<List>(receiver, call("POST", "/v1/wishlists/" + listId + "/items", dumpJson(body)), parseList,
               std::move(reply));
}

void EdgeService::removeItem(QObject* receiver, const std::string& listId, const std::string& sku,
                             Reply<List> reply) {
    send<List>(receiver, call("POST", "/v1/wishlists/" + listId + "/removals", dumpJson(Json{{"sku", sku}})),
               parseList, std::move(reply));
}

void EdgeService::join(QObject* receiver, const SealedSignUp& signUp, Reply<std::string> reply) {
    Json consents = Json::array();
    for (const Consent& consent : signUp.consents)
        consents.push_back({{"purpose", consent.purpose},
                            {"channel", consent.channel},
                            {"granted", consent.granted},
                            {"wordingHash", consent.wordingHash},
                            {"lang", signUp.lang}});
    Json body = {{"memberId", signUp.memberId},
                 {"sealed", toBase64(signUp.sealed)},
                 {"lang", signUp.lang},
                 {"consents", std::move(consents)}};
    if (!signUp.wishlistId.empty()) body["wishlistId"] = signUp.wishlistId;
    send<std::string>(
        receiver, call("POST", "/v1/members", dumpJson(body)),
        [](const std::string& text) -> Result<std::string> {
            const auto json = parseJson(text, kEdgeReplyBytesMax);
            if (!json) return unreadable("membership is no object");
            const auto number = textMember(*json, "number", kCodeBytesMax);
            if (!number) return unreadable("membership has no number");
            return *number;
        },
        std::move(reply));
}

void EdgeService::wifi(QObject* receiver, Reply<GuestWifi> reply) {
    send<GuestWifi>(receiver, call("GET", "/v1/wifi", {}), parseGuestWifi, std::move(reply));
}

void EdgeService::voucher(QObject* receiver, const SharedList& list, Reply<WifiVoucher> reply) {
    auto body = Json::object();
    if (!list.id.empty()) body["list"] = list.id;
    if (!list.id.empty() && !list.url.empty()) body["listUrl"] = list.url;
    send<WifiVoucher>(receiver, call("POST", "/v1/vouchers", dumpJson(body)), parseWifiVoucher,
                      std::move(reply));
}

void EdgeService::orderWords(QObject* receiver, const std::string& lang,
                             Reply<std::vector<std::string>> reply) {
    send<std::vector<std::string>>(receiver, call("GET", "/v1/orders/words?lang=" + lang, {}),
                                   parseOrderWords, std::move(reply));
}

void EdgeService::checkOrder(QObject* receiver, const OrderRequest& order, Reply<OrderPromise> reply) {
    send<OrderPromise>(receiver, call("POST", "/v1/orders/check", dumpJson(orderBody(order))),
                       parseOrderPromise, std::move(reply));
}

void EdgeService::placeOrder(QObject* receiver, const OrderRequest& order, Reply<Order> reply) {
    Json body = orderBody(order);
    body["orderId"] = order.orderId;
    body["lang"] = order.lang;
    body["currency"] = order.currency;
    if (!order.word.empty()) body["word"] = order.word;
    if (!order.initials.empty()) body["initials"] = order.initials;
    if (!order.sealed.empty()) body["sealed"] = toBase64(order.sealed);
    send<Order>(receiver, call("POST", "/v1/orders", dumpJson(body)), parseOrder, std::move(reply));
}

void EdgeService::order(QObject* receiver, const std::string& orderId, const std::string& lang,
                        Reply<Order> reply) {
    send<Order>(receiver, call("GET", "/v1/orders/" + orderId + "?lang=" + lang, {}), parseOrder,
                std::move(reply));
}

void EdgeService::findOrder(QObject* receiver, const std::string& code, const std::string& lang,
                            Reply<Order> reply) {
    send<Order>(receiver, call("POST", "/v1/orders/find", dumpJson(Json{{"code", code}, {"lang", lang}})),
                parseOrder, std::move(reply));
}

void EdgeService::arrive(QObject* receiver, const std::string& orderId, Reply<Order> reply) {
    send<Order>(receiver, call("POST", "/v1/orders/" + orderId + "/arrivals", "{}"), parseOrder,
                std::move(reply));
}

void EdgeService::cancelOrder(QObject* receiver, const std::string& orderId, const std::string& word,
                              Reply<Order> reply) {
    send<Order>(receiver,
                call("POST", "/v1/orders/" + orderId + "/cancellations", dumpJson(Json{{"word", word}})),
                parseOrder, std::move(reply));
}

void EdgeService::askReturn(QObject* receiver, const std::string& orderId,
                            const std::vector<ReturnLine>& lines, Reply<Order> reply) {
    Json wanted = Json::array();
    for (const ReturnLine& line : lines)
        wanted.push_back({{"sku", line.sku}, {"quantity", line.quantity}, {"reason", line.reason}});
    const Json body = {{"lines", std::move(wanted)}};
    send<Order>(receiver, call("POST", "/v1/orders/" + orderId + "/return-requests", dumpJson(body)),
                parseOrder, std::move(reply));
}

void EdgeService::signInStaff(QObject* receiver, const std::string& badge, const std::string& pin,
                              Reply<StaffAnswer> reply) {
    const Json body = {{"badge", badge}, {"pin", pin}};
    queue_.post(
        [this, receiver, call = call("POST", "/v1/staff/sign-in", dumpJson(body)), reply = std::move(reply)] {
            const auto answer = transport_->send(call);
            replyTo<Result<StaffAnswer>>(receiver, reply,
                                         answer ? parseStaffAnswer(answer->status, answer->body)
                                                : Result<StaffAnswer>(answer.error()));
        });
}

void EdgeService::noteStaff(QObject* receiver, const std::string& staffId, const std::string& action) {
    send<bool>(
        receiver, call("POST", "/v1/staff/events", dumpJson(Json{{"staffId", staffId}, {"action", action}})),
        [](const std::string&) -> Result<bool> { return true; }, [](const Result<bool>&) {});
}

void EdgeService::health(QObject* receiver, Reply<DeviceHealth> reply) {
    send<DeviceHealth>(receiver, call("GET", "/v1/status", {}), parseDeviceHealth, std::move(reply));
}

void EdgeService::enrol(QObject* receiver, const Meaning& meaning, Reply<bool> reply) {
    const Json body = {
        {"code", meaning.enrolmentCode}, {"hubUrl", meaning.hubUrl}, {"hubKey", meaning.hubKey}};
    send<bool>(
        receiver, call("POST", "/v1/enrol", dumpJson(body)),
        [](const std::string&) -> Result<bool> { return true; }, std::move(reply));
}

} // namespace silta::kiosk
