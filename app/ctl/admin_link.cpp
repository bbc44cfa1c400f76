#include "ctl/admin_link.h"

#include <fmt/format.h>

namespace silta::ctl {

namespace {

constexpr std::size_t kReplyBytesMax = 1 << 20;

} // namespace

Result<Json> AdminLink::ask(const std::string& method, const std::string& path, const Json& body) {
    HttpCall call;
    call.method = method;
    call.url = "http://edge" + path;
    call.unixSocket = socket_;
    call.responseBytesMax = kReplyBytesMax;
    if (!body.is_null()) call.body = dumpJson(body);
    auto reply = transport_->send(call);
    if (!reply) {
        return Error{Errc::Unavailable,
                     fmt::format("silta-edge does not answer on {}; is it running?", socket_)};
    }
    if (reply->status == 403) return Error{Errc::Denied, "this user may not ask; try as root"};
    auto json = parseJson(reply->body, kReplyBytesMax);
    if (!json) return json.error();
    if (reply->status >= 400) return Error{Errc::Invalid, textMember(*json, "error").value_or("refused")};
    return json;
}

} // namespace silta::ctl
