#include "till/till.h"

#include "core/json.h"
#include "core/log.h"
#include "till/invite_page.h"
#include "till/limits.h"

#include <silta/crypto.h>

#include <algorithm>
#include <array>

namespace silta::till {

namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kDoorBytes = 16;

bool isGet(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

std::string queryOf(const HttpRequest& request, const char* name) {
    const auto entry = request.query.find(name);
    return entry == request.query.end() ? std::string() : entry->second;
}

} // namespace

Till::Till(EdgeLink& edge, int idleMinutes, const Clock& clock, Random& random, PosKeys posKeys,
           Printer* printer)
    : edge_(edge), idleMinutes_(idleMinutes), clock_(clock), random_(random), posKeys_(std::move(posKeys)),
      printer_(printer), doorKey_(random.hex(kKeyBytes)), sessions_(idleMinutes, clock, random),
      signIns_(clock, {kSignInsAtOnce, kSignInMs, kAddressesMax}) {}

Result<Desk> Till::desk(std::int64_t ageMs) {
    const auto now = clock_.steadyMs();
    {
        const std::lock_guard lock(mutex_);
        if (desk_ && now - deskSinceMs_ < ageMs) return *desk_;
    }
    auto fresh = edge_.desk();
    const std::lock_guard lock(mutex_);
    if (!fresh) {
        desk_.reset();
        return fresh;
    }
    desk_ = *fresh;
    deskSinceMs_ = now;
    return fresh;
}

std::string Till::tokenOf(const Context& context, std::string_view action) const {
    return formToken(context.session ? context.session->formKey : doorKey_ + context.door, action);
}

Frame Till::frameOf(const Context& context) const {
    constexpr int kSecondsPerMinute = 60;
    return {.lang = context.lang,
            .chain = context.desk.chain,
            .store = context.desk.name,
            .isOnline = context.desk.isOnline,
            .staff = context.session ? context.session->name : std::string(),
            .findToken = tokenOf(context, kFindPath),
            .signOutToken = tokenOf(context, kSignOutPath),
            .idleSeconds = idleMinutes_ * kSecondsPerMinute,
            .hasPrinter = printer_ != nullptr,
            .printToken = tokenOf(context, kPrintPath),
            .inviteToken = context.desk.mayInvite ? tokenOf(context, kInvitePath) : std::string()};
}

HttpResponse Till::page(int status, std::string html) const {
    HttpResponse response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.body = std::move(html);
    response.headers = {{"Content-Security-Policy", contentSecurityPolicy()},
                        {"Cache-Control", "no-store"},      // a customer's data is on it
                        {"Referrer-Policy", "same-origin"}, // "no-referrer" would hide the origin of forms
                        {"X-Content-Type-Options", "nosniff"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cross-Origin-Resource-Policy", "same-origin"}};
    return response;
}

HttpResponse Till::line(const Context& context) {
    auto response = page(context.session ? 200 : 403, dumpJson({{"online", context.desk.isOnline}}));
    response.contentType = "application/json";
    return response;
}

HttpResponse Till::doorPage(Context& context, DoorPage door, int status) {
    const bool isNew = context.door.empty();
    if (isNew) context.door = random_.hex(kDoorBytes);
    context.session.reset();
    door.token = tokenOf(context, kSignInPath);
    auto response = page(status, renderDoor(frameOf(context), door));
    if (isNew) response.headers.push_back({"Set-Cookie", cookieOf(kDoorCookie, context.door)});
    return response;
}

HttpResponse Till::messagePage(const Context& context, Word title, Word text, int status) {
    return page(status, renderMessage(frameOf(context), word(title, context.lang), word(text, context.lang)));
}

HttpResponse Till::failurePage(const Context& context, const Error& error) {
    log::warning("till", "{}", error.what);
    if (error.code == Errc::Full) return messagePage(context, Word::Failed, Word::Full, 507);
    if (error.code == Errc::Limit) return messagePage(context, Word::Failed, Word::TooMany, 429);
    if (error.code == Errc::Unavailable) return messagePage(context, Word::NotReady, Word::NotReadyText, 503);
    return messagePage(context, Word::Failed, Word::FailedText, 502);
}

HttpResponse Till::handle(const HttpRequest& request) {
    if (request.path == kSalesPath) return sale(request);
    Context context{.request = request,
                    .desk = {},
                    .lang = Lang::En,
                    .cookie = {},
                    .door = {},
                    .session = {},
                    .form = {}};
    const auto cookies = request.header("cookie");
    context.cookie = cookieNamed(cookies, kSessionCookie);
    context.door = cookieNamed(cookies, kDoorCookie);
    context.lang = chooseLang(queryOf(request, "lang"), request.header("accept-language"));
    if (request.refusal != 0)
        return page(request.refusal, renderMessage(frameOf(context), word(Word::Failed, context.lang),
                                                   word(Word::FailedText, context.lang)));
    // A page that looks by itself whether it is still open must not keep itself open.
    const bool isUse = queryOf(request, kIdleQuery).empty();
    auto session = sessions_.find(context.cookie, isUse);
    auto desk = this->desk(session ? 0 : kDoorDeskMs);
    if (!desk) return failurePage(context, {Errc::Unavailable, desk.error().what});
    context.desk = std::move(*desk);
    if (session) {
        // Who was taken off the list at headquarters is out with the next request.
        const auto staff = edge_.staff(session->staffId);
        if (!staff && staff.error().code != Errc::NotFound) return failurePage(context, staff.error());
        if (staff)
            context.session = std::move(session);
        else
            sessions_.end(context.cookie);
    }
    return isGet(request) ? get(context) : post(context);
}

HttpResponse Till::get(Context& context) {
    const auto& path = context.request.path;
    constexpr std::array<std::string_view, 8> kForms = {kPrintPath, kReceiptPath, kSignInPath, kSignOutPath,
                                                        kFindPath,  kJoinPath,    kCodePath,   kOrderPath};
    const bool isForm = std::ranges::find(kForms, path) != kForms.end(); // a reload of what a form answered
    if (path == kLinePath) return line(context);
    const bool isPage = path == kHomePath || path == kProductPath || path == kOrdersPath ||
                        path == kInvitePath || path == kInviteState;
    if (!isPage && !isForm)
        return context.session ? messagePage(context, Word::NotFound, Word::NotFoundText, 404)
                               : doorPage(context, {}, 404);
    if (!context.session) {
        DoorPage door;
        if (!context.cookie.empty()) door.notice = word(Word::Idle, context.lang);
        auto response = doorPage(context, std::move(door));
        if (!context.cookie.empty()) response.headers.push_back({"Set-Cookie", cookieOf(kSessionCookie, "")});
        return response;
    }
    if (path == kProductPath) return product(context);
    if (path == kInvitePath || path == kInviteState) return invitation(context);
    if (path == kOrdersPath) return orders(context);
    if (path == kOrderPath) return order(context);
    return page(200, renderHome(frameOf(context)));
}

std::optional<HttpResponse> Till::checkForm(Context& context) {
    const auto& request = context.request;
    auto form = parseForm(request.body);
    if (!form)
        return messagePage(context, Word::Failed, Word::FailedText,
                           form.error().code == Errc::Limit ? 413 : 400);
    context.form = std::move(*form);
    if (const auto lang = fieldOf(context.form, "lang"); !lang.empty())
        context.lang = chooseLang(lang, request.header("accept-language"));
    const auto origin = request.header("origin");
    const auto site = request.header("sec-fetch-site");
    const bool isForeign = (!origin.empty() && origin != "https://" + std::string(request.header("host"))) ||
                           (!site.empty() && site != "same-origin");
    if (isForeign) return messagePage(context, Word::Failed, Word::FailedText, 403);
    if (!sameBytes(fieldOf(context.form, "token"), tokenOf(context, request.path))) {
        if (!context.session) {
            DoorPage door;
            door.notice = word(Word::FormExpired, context.lang);
            return doorPage(context, std::move(door), 403);
        }
        return page(403, renderHome(frameOf(context), std::string(word(Word::FormExpired, context.lang))));
    }
    return std::nullopt;
}

HttpResponse Till::post(Context& context) {
    const auto& request = context.request;
    if (request.method != "POST") return messagePage(context, Word::Failed, Word::FailedText, 405);
    using Handler = HttpResponse (Till::*)(Context&);
    constexpr std::array<std::pair<std::string_view, Handler>, 9> kForms = {
        {{kInvitePath, &Till::invite},
         {kPrintPath, &Till::print},
         {kReceiptPath, &Till::giveReceipt},
         {kSignInPath, &Till::signIn},
         {kSignOutPath, &Till::signOut},
         {kFindPath, &Till::find},
         {kJoinPath, &Till::join},
         {kCodePath, &Till::code},
         {kOrderPath, &Till::changeOrder}}};
    for (const auto& [form, handler] : kForms) {
        if (request.path != form) continue;
        if (form == kSignInPath) context.session.reset(); // a tab that was signed out is signed in anew
        if (form != kSignInPath && !context.session) {
            DoorPage door;
            door.notice = word(Word::Idle, context.lang);
            return doorPage(context, std::move(door), 403);
        }
        if (auto refusal = checkForm(context)) return std::move(*refusal);
        return (this->*handler)(context);
    }
    return messagePage(context, Word::NotFound, Word::NotFoundText, 404);
}

void Till::sweep() {
    for (const auto& session : sessions_.sweep())
        if (auto done = edge_.note(session.staffId, "idle"); !done)
            log::warning("till", "not noted: {}", done.error().what);
}

} // namespace silta::till
