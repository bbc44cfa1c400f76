#include "edge/replies.h"

#include <pwd.h>
#include <unistd.h>

#include <array>

namespace silta {

namespace {

int statusOf(Errc code) {
    switch (code) {
    case Errc::Invalid:
    case Errc::Unsupported:
        return 400;
    case Errc::NotFound:
        return 404;
    case Errc::Limit:
        return 413;
    case Errc::Denied:
        return 403;
    case Errc::Conflict:
        return 409;
    case Errc::Full:
        return 507;
    case Errc::Busy:
    case Errc::Unavailable:
        return 503;
    default:
        return 500;
    }
}

} // namespace

HttpResponse errorReply(const Error& error) {
    return jsonReply({{"error", error.what}, {"code", toString(error.code)}}, statusOf(error.code));
}

HttpResponse tooMany() {
    auto response = jsonReply({{"error", "too many"}}, 429);
    response.headers.push_back({"Retry-After", "60"});
    return response;
}

Callers::Callers(std::vector<std::string> users, bool withRoot, const Clock& clock)
    : users_(std::move(users)), withRoot_(withRoot), clock_(clock) {
    lookUp();
}

void Callers::lookUp() {
    uids_ = {geteuid()};
    if (withRoot_) uids_.insert(0);
    for (const auto& user : users_) {
        passwd entry{};
        passwd* found = nullptr;
        std::array<char, 4096> buffer{};
        if (getpwnam_r(user.c_str(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
            uids_.insert(found->pw_uid);
    }
    nextLookUpMs_ = clock_.steadyMs() + kLookUpMs;
}

bool Callers::mayCall(std::uint32_t uid) {
    const std::lock_guard lock(mutex_);
    if (!uids_.contains(uid) && clock_.steadyMs() >= nextLookUpMs_) lookUp();
    return uids_.contains(uid);
}

HttpServer::Handler onlyFor(std::shared_ptr<Callers> callers, HttpServer::Handler handler) {
    return [callers = std::move(callers), handler = std::move(handler)](const HttpRequest& request) {
        if (!request.peerUid || !callers->mayCall(*request.peerUid))
            return httpError(403, "not for this user");
        return handler(request);
    };
}

HttpResponse enrolReply(Engine& engine, const HttpRequest& request, std::size_t bodyBytesMax) {
    auto body = parseJson(request.body, bodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto code = textMember(*body, "code");
    if (!code) return errorReply({Errc::Invalid, "enrol: code is missing"});
    const auto hubKey = fromBase64(textMember(*body, "hubKey").value_or(""));
    if (!hubKey) return errorReply({Errc::Invalid, "enrol: hubKey is no key"});
    auto done = engine.requestEnrolment({*code, textMember(*body, "hubUrl").value_or(""), *hubKey});
    return done ? jsonReply(engine.status(), 202) : errorReply(done.error());
}

} // namespace silta
