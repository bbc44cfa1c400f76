#include "net/unix_caller.h"

#include <fmt/format.h>

namespace silta {

Error unixStatusError(int status) {
    const auto what = fmt::format("ask: status {}", status);
    switch (status) {
    case 403:
        return {Errc::Denied, what};
    case 404:
        return {Errc::NotFound, what};
    case 410:
    case 413:
    case 429:
        return {Errc::Limit, what};
    case 503:
        return {Errc::Unavailable, what};
    default:
        return {status >= 500 ? Errc::Unavailable : Errc::Invalid, what};
    }
}

Result<HttpReply> UnixCaller::send(const char* method, const std::string& target, const Json& body) {
    std::unique_ptr<HttpTransport> transport;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            transport = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    if (!transport) transport = makeTransport_();
    HttpCall call;
    call.method = method;
    call.url = "http://localhost" + target;
    call.unixSocket = socketPath_;
    call.timeoutMs = limits_.timeoutMs;
    call.responseBytesMax = limits_.answerBytesMax;
    if (!body.is_null()) {
        call.body = dumpJson(body);
        call.headers.push_back({"Content-Type", "application/json"});
    }
    auto reply = transport->send(call);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(transport));
    return reply;
}

Result<Json> UnixCaller::ask(const char* method, const std::string& target, const Json& body) {
    auto reply = send(method, target, body);
    if (!reply) return reply.error();
    if (reply->status < 200 || reply->status >= 300) return unixStatusError(reply->status);
    if (reply->body.empty()) return Json::object();
    return parseJson(reply->body, limits_.answerBytesMax);
}

} // namespace silta
