#include "portal/portal.h"

#include "core/json.h"
#include "core/local_time.h"
#include "core/log.h"
#include "portal/limits.h"
#include "portal/thumbnail/thumbnail_program.h"

#include <silta/http.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::portal {

namespace {

constexpr std::string_view kPicturePath = "/pictures/";

std::string_view hostOf(std::string_view url) {
    url.remove_prefix(std::min(url.size(), url.find("//") + 2));
    if (url.starts_with('[')) return url.substr(0, url.find(']') + 1);
    return url.substr(0, url.find(':'));
}

bool isHostName(std::string_view host) {
    return !host.empty() && host.size() <= kHostBytesMax && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == ':' || c == '[' || c == ']' || c == '_';
    });
}

bool isPlainTarget(std::string_view target) {
    return target.starts_with('/') && std::ranges::all_of(target, [](char c) {
               return c > 0x20 && static_cast<unsigned char>(c) < 0x7f;
           });
}

/// Where the guest was going, as text that can be shown; empty when it makes no sense.
std::string wantedOf(const HttpRequest& request) {
    const auto host = request.header("host");
    if (!isHostName(host) || !isPlainTarget(request.target)) return {};
    auto wanted = fmt::format("http://{}{}", host, request.target);
    return wanted.size() <= kUrlBytesMax ? wanted : std::string();
}

Lang langOf(const HttpRequest& request) {
    const auto asked = request.query.find("lang");
    return chooseLang(asked == request.query.end() ? "" : asked->second, request.header("accept-language"));
}

bool isGet(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

Portal::Portal(const PortalConfig& config, SessionStore& store, gate::Gate& gate, EdgeLink& edge,
               Neighbours& neighbours, const Clock& clock, Random& random)
    : config_(config), edge_(edge), neighbours_(neighbours), clock_(clock), random_(random),
      cookieKey_(store.cookieKey()), ourHosts_(config.hosts), keeper_(config, store, gate, clock),
      tokens_(clock, random), attempts_(clock, {kAttemptsAtOnce, kAttemptMs, kDevicesMax}),
      searches_(clock, {kSearchesAtOnce, kSearchMs, kDevicesMax}),
      pictures_([&edge](const std::string& name) { return edge.picture(name); },
                [program = ThumbnailProgram()](std::string_view picture, const ThumbnailWish& wish) {
                    return program.make(picture, wish);
                },
                clock) {
    ourHosts_.emplace_back(hostOf(config.url));
    for (const auto* addresses : {&config.listen, &config.listenTls})
        for (const auto& address : *addresses)
            ourHosts_.emplace_back(hostOf("//" + address));
}

bool Portal::isOurHost(std::string_view host) const {
    if (host.starts_with('['))
        host = host.substr(0, host.find(']') + 1);
    else
        host = host.substr(0, host.find(':'));
    return std::ranges::find(ourHosts_, host) != ourHosts_.end();
}

void Portal::reportEvents() {
    Events events;
    {
        const std::lock_guard lock(mutex_);
        events.swap(events_);
    }
    for (int call = 0; call < kEventCallsPerSweep && !events.empty(); ++call) {
        auto& [event, count] = *events.begin();
        const auto told = std::min(count, kEventsPerCall);
        const auto done = edge_.event(event.first, event.second, told);
        const bool isRefused =
            !done && done.error().code == Errc::Invalid; // and will be, however often asked
        if (isRefused) log::warning("portal", "{} not counted: {}", event.first, done.error().what);
        if (!done && !isRefused) break; // it is on its way up again
        count -= told;
        if (isRefused || count <= 0) events.erase(events.begin());
    }
    const std::lock_guard lock(mutex_);
    for (const auto& [event, count] : events)
        events_[event] += count;
}

Result<void> Portal::sweep() {
    reportEvents();
    refreshFaces(Lang::En); // edge hears which ways there are, and the first guest finds pictures
    {
        const auto today = localTimeOf(clock_.nowMs()).date;
        const std::lock_guard lock(mutex_);
        const auto now = clock_.steadyMs();
        std::erase_if(codes_, [now](const auto& entry) { return entry.second.endsMs <= now; });
        std::erase_if(strangers_, [now](const auto& entry) { return now - entry.second > kStrangerMs; });
        for (auto& [device, kept] : earned_)
            kept.earned.forgetOver(today);
        std::erase_if(earned_, [now](const auto& entry) {
            return entry.second.earned.isEmpty() || now - entry.second.sinceMs > kEarnedMs;
        });
        if (wanted_.size() >= kRememberedMax) wanted_.clear();
    }
    return keeper_.sweep();
}

Result<GuestPlace> Portal::placeOf(const HttpRequest& request) {
    auto mac = neighbours_.macOf(request.peer);
    if (!mac) return mac.error();
    GuestPlace place{*mac, std::nullopt};
    if (auto address = gate::parseHostIpv4(request.peer))
        place.address = *address;
    else if (request.method == "POST" || !keeper_.isStranger(*mac))
        place.address = neighbours_.ipv4Of(*mac); // what is opened is opened for both families
    return place;
}

HttpResponse Portal::handle(const HttpRequest& request, bool isTls) {
    // A jar of cookies that is too full is another site's: at our address it is another one.
    if (request.refusal == 431 && isGet(request) && !isOurHost(request.header("host"))) return leadHome();
    if (request.refusal != 0)
        return statusPage(Context{request, isTls, {}, {}, {}, langOf(request), {}}, request.refusal);
    if (!isOurHost(request.header("host")) || !request.target.starts_with('/')) return leadAway(request);
    if (isGet(request) && request.path.starts_with(kPicturePath)) return picture(request);
    auto place = placeOf(request);
    Context context{request, isTls, {}, {}, {}, langOf(request), {}};
    if (!place) return statusPage(context, 500);
    context.guest = *place;
    context.device = gate::toString(place->mac);
    context.holder = fmt::format("{} {}", context.device, request.peer);
    return isGet(request) ? get(context) : post(context);
}

HttpResponse Portal::leadHome() const {
    HttpResponse response;
    response.status = 302;
    response.contentType = "text/html; charset=utf-8";
    response.body = "<!doctype html><title>Wi-Fi</title>\n";
    response.headers = {{"Connection", "close"}, {"Location", config_.url + "/"}};
    return response;
}

/// Not for us. Before the sign-in everything on port 80 comes here; after it only what comes on a connection
/// of before, or from a guest with a new address whose session runs: those are sent to where they were going.
HttpResponse Portal::leadAway(const HttpRequest& request) {
    HttpResponse response;
    response.contentType = "text/html; charset=utf-8";
    if (!isGet(request)) {
        response.status = 511;
        response.body = fmt::format("<!doctype html><title>511</title><a href=\"{}/\">{}/</a>\n", config_.url,
                                    config_.url);
        return response;
    }
    const auto wanted = wantedOf(request);
    const bool isLetIn = !wanted.empty() && isOpenFor(request);
    response.status = 302;
    auto location = isLetIn          ? wanted
                    : wanted.empty() ? config_.url + "/"
                                     : fmt::format("{}/?to={}", config_.url, percentEncode(wanted));
    response.body = "<!doctype html><title>Wi-Fi</title>\n";
    if (isLetIn) response.headers.push_back({"Connection", "close"}); // this one would lead here for ever
    response.headers.push_back({"Location", std::move(location)});
    return response;
}

bool Portal::isOpenFor(const HttpRequest& request) {
    const auto now = clock_.steadyMs();
    std::uint64_t signInsBefore = 0;
    {
        const std::lock_guard lock(mutex_);
        signInsBefore = signIns_;
        const auto known = strangers_.find(request.peer);
        if (known != strangers_.end() && now - known->second <= kStrangerMs) return false;
    }
    const auto place = placeOf(request);
    const auto status = place ? keeper_.look(*place) : Result<GuestStatus>(place.error());
    if (status && status->state == GuestState::Open) return true;
    const std::lock_guard lock(mutex_);
    const bool mayHaveSignedIn = signIns_ != signInsBefore; // since the look
    if (!mayHaveSignedIn && strangers_.size() < kDevicesMax) strangers_[request.peer] = now;
    return false;
}

HttpResponse Portal::get(Context& context) {
    const auto& path = context.request.path;
    if (path == kHomePath) return home(context);
    if (path == config_.apiPath) return captiveApi(context);
    if (path == kTermsPath) return page(200, renderTerms(visitOf(context)));
    if (path == kPrivacyPath) return page(200, renderPrivacy(visitOf(context), config_.logsConnections));
    if (path == kCollectPath) return page(200, renderCollect(visitOf(context)));
    if (path == kFindPath) return find(context);
    if (path == kJoinPath) return joinPage(context, {});
    for (const auto form : {kLoginPath, kCodePath, kResendPath, kReturnPath, kExtendPath, kSignOutPath})
        if (path == form) return homeOf(context, {}); // a reload, or a bookmark of what a form answered
    return statusPage(context, 404);
}

HttpResponse Portal::post(Context& context) {
    const auto& path = context.request.path;
    if (context.request.method != "POST") return statusPage(context, 405);
    using Handler = HttpResponse (Portal::*)(Context&);
    constexpr std::array<std::pair<std::string_view, Handler>, 7> kForms = {
        {{kLoginPath, &Portal::signIn},
         {kCodePath, &Portal::checkCode},
         {kResendPath, &Portal::resendCode},
         {kReturnPath, &Portal::comeBack},
         {kExtendPath, &Portal::extend},
         {kSignOutPath, &Portal::signOut},
         {kJoinPath, &Portal::joinClub}}};
    for (const auto& [form, handler] : kForms) {
        if (path != form) continue;
        if (auto refusal = checkForm(context)) return std::move(*refusal);
        const bool opensGate = form != kSignOutPath && form != kJoinPath;
        if (opensGate && config_.onlyWhenOpen && !isOpenNow()) {
            MessagePage message;
            message.message = Message::OutsideHours;
            return messagePage(context, message);
        }
        return (this->*handler)(context);
    }
    return statusPage(context, 404);
}

std::optional<HttpResponse> Portal::checkForm(Context& context) {
    auto form = parseForm(context.request.body);
    if (!form) return statusPage(context, form.error().code == Errc::Limit ? 413 : 400);
    context.form = std::move(*form);
    if (const auto lang = fieldOf(context.form, "lang"); !lang.empty())
        context.lang = chooseLang(lang, context.request.header("accept-language"));
    // A browser says where a form stood; what stood elsewhere is not acted on. Old ones say nothing.
    const auto origin = context.request.header("origin");
    if (!origin.empty() && !(origin.starts_with("http") && isOurHost(hostOf(origin))))
        return statusPage(context, 400);
    std::int64_t waitSec = 0;
    bool isFresh = false;
    {
        const std::lock_guard lock(mutex_);
        waitSec = attempts_.tryOnce(context.device);
        isFresh = waitSec == 0 && tokens_.take(context.holder, fieldOf(context.form, "token"));
    }
    if (waitSec > 0) {
        MessagePage message;
        message.message = Message::TooManyAttempts;
        message.waitSec = waitSec;
        auto response = messagePage(context, message);
        response.status = 429;
        response.headers.push_back({"Retry-After", std::to_string(waitSec)});
        return response;
    }
    if (isFresh) return std::nullopt;
    if (context.request.path == kJoinPath) {
        Join join;
        join.notice = Notice::FormExpired;
        join.name = fieldOf(context.form, "name");
        join.email = fieldOf(context.form, "email");
        join.phone = fieldOf(context.form, "phone");
        return joinPage(context, std::move(join), 400);
    }
    Login login;
    login.notice = Notice::FormExpired;
    login.email = fieldOf(context.form, "email");
    login.phone = fieldOf(context.form, "phone");
    login.loyalty = fieldOf(context.form, "loyalty");
    login.chosen = wayNamed(fieldOf(context.form, "way"));
    return loginPage(context, std::move(login), 400);
}

HttpResponse Portal::home(Context& context) {
    const auto& query = context.request.query;
    if (const auto to = query.find("to"); to != query.end() && to->second.size() <= kWantedBytesMax) {
        const std::lock_guard lock(mutex_);
        if (wanted_.size() < kRememberedMax) wanted_[context.holder] = to->second;
    }
    const auto status = keeper_.look(context.guest);
    if (!status) return statusPage(context, 503);
    MessagePage message;
    switch (status->state) {
    case GuestState::Open:
        return landingPage(context, *status);
    case GuestState::QuotaSpent:
        message.message = Message::QuotaSpent;
        message.bytes = static_cast<std::int64_t>(status->session->quotaBytes);
        return messagePage(context, message);
    case GuestState::TimeUp:
        if (query.contains("way") || query.contains("voucher")) break;
        message.message = Message::TimeUp;
        message.usedSec = (status->session->endsMs - status->session->startedMs) / 1'000;
        message.extendMinutes = status->canExtend ? config_.extendMinutes : 0;
        message.canSignIn = true;
        return messagePage(context, message);
    case GuestState::Stranger:
        break;
    }
    if (config_.onlyWhenOpen && !isOpenNow()) {
        message.message = Message::OutsideHours;
        return messagePage(context, message);
    }
    const auto pass = readReturnCookie(context.request.header("cookie"), cookieKey_, clock_.nowMs());
    if (pass && wayOf(pass->way) != nullptr && !query.contains("way") && !query.contains("voucher")) {
        message.message = Message::WelcomeBack;
        return messagePage(context, message);
    }
    if (const auto voucher = query.find("voucher"); voucher != query.end()) {
        Login login;
        login.voucherFromLink = voucher->second;
        login.chosen = WayKind::Voucher;
        return loginPage(context, std::move(login));
    }
    const auto way = query.find("way");
    return emptyLoginPage(context, way == query.end() ? std::nullopt : wayNamed(way->second));
}

/// Source: RFC 8908, section 5.
HttpResponse Portal::captiveApi(Context& context) {
    if (!context.isTls) return statusPage(context, 404); // section 4: over TLS only
    const auto status = keeper_.look(context.guest);
    if (!status) return statusPage(context, 503);
    const bool isOpen = status->state == GuestState::Open;
    Json answer = {{"captive", !isOpen}, {"user-portal-url", config_.url + "/"}};
    if (!config_.venueUrl.empty()) answer["venue-info-url"] = config_.venueUrl;
    answer["can-extend-session"] = status->canExtend;
    if (isOpen) {
        answer["seconds-remaining"] = status->secondsLeft;
        if (status->bytesLeft) answer["bytes-remaining"] = *status->bytesLeft;
    }
    HttpResponse response;
    response.contentType = "application/captive+json";
    response.headers.push_back({"Cache-Control", "private"});
    response.body = dumpJson(answer);
    return response;
}

HttpResponse Portal::picture(const HttpRequest& request) const {
    const auto bytes = pictures_.find(request.path);
    if (!bytes) return httpError(404, "no such picture");
    HttpResponse response;
    response.contentType = "image/webp";
    response.headers.push_back({"Cache-Control", "max-age=86400, immutable"});
    response.body = *bytes;
    return response;
}

} // namespace silta::portal
