// What a page says: the store's face, and what this guest has.
#include "core/local_time.h"
#include "portal/limits.h"
#include "portal/portal.h"
#include "portal/remembered.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace silta::portal {

namespace {

std::size_t slotOf(Lang lang) {
    return static_cast<std::size_t>(lang);
}

} // namespace

/// The faces are asked for without holding the rest up; when edge does not answer, the last ones go on.
void Portal::refreshFaces(Lang lang) {
    const auto now = clock_.steadyMs();
    {
        const std::lock_guard lock(mutex_);
        const auto since = faces_.sinceMs[slotOf(lang)];
        if (since != 0 && now - since <= kFaceMs) return;
        faces_.sinceMs[slotOf(lang)] = now; // one asks; others show what there is
    }
    auto store = edge_.store(wayOf(WayKind::Voucher) != nullptr);
    auto offers = store ? edge_.offers(lang) : Result<std::vector<Offer>>(store.error());
    const std::lock_guard lock(mutex_);
    if (store) faces_.store = std::move(*store);
    if (!offers) return;
    std::vector<std::string> names;
    for (const auto& offer : *offers)
        names.push_back(offer.picture.name);
    faces_.offers[slotOf(lang)] = std::move(*offers);
    if (names.empty()) return;
    pictures_.want({names.front()}, PicturePlace::Large);
    names.erase(names.begin());
    pictures_.want(names, PicturePlace::Small);
}

std::vector<Offer> Portal::offersToShow(Lang lang) const {
    auto offers = faces_.offers[slotOf(lang)];
    auto place = PicturePlace::Large;
    for (auto& offer : offers)
        offer.picture = pictures_.ready(offer.picture.name, std::exchange(place, PicturePlace::Small));
    return offers;
}

bool Portal::isOpenNow() {
    refreshFaces(Lang::En);
    const std::lock_guard lock(mutex_);
    if (!faces_.store || !faces_.store->hours) return true; // not known: nobody is turned away for it
    const auto local = localTimeOf(clock_.nowMs());
    return openState(*faces_.store->hours, local.date, local.minute).open;
}

Visit Portal::visitOf(const Context& context) {
    refreshFaces(context.lang);
    const std::lock_guard lock(mutex_);
    Visit visit;
    visit.lang = context.lang;
    const auto& request = context.request;
    visit.path = request.method == "GET" && request.refusal == 0 ? request.path : std::string(kHomePath);
    visit.services = {{Service::CollectOrder, std::string(kCollectPath)},
                      {Service::FindProduct, std::string(kFindPath)},
                      {Service::JoinClub, std::string(kJoinPath)}};
    if (!faces_.store) return visit;
    const auto& store = *faces_.store;
    visit.chain = store.chain;
    visit.store = store.name;
    visit.company = store.company;
    visit.contact = store.contact;
    if (store.hours) {
        const auto local = localTimeOf(clock_.nowMs());
        visit.hours = StoreHours{openState(*store.hours, local.date, local.minute), local.weekday};
    }
    return visit;
}

HttpResponse Portal::page(int status, std::string html) const {
    HttpResponse response;
    response.status = status;
    response.contentType = "text/html; charset=utf-8";
    response.body = std::move(html);
    response.headers.push_back({"Content-Security-Policy", contentSecurityPolicy()});
    response.headers.push_back(
        {"Referrer-Policy", "same-origin"}); // "no-referrer" would hide the origin of forms
    return response;
}

HttpResponse Portal::statusPage(const Context& context, int status) {
    return page(status, renderStatus(visitOf(context), status));
}

HttpResponse Portal::messagePage(const Context& context, MessagePage message) {
    const auto visit = visitOf(context);
    {
        const std::lock_guard lock(mutex_);
        message.token = tokens_.issue(context.holder);
    }
    return page(200, renderMessage(visit, message));
}

HttpResponse Portal::loginPage(Context& context, Login login, int status) {
    const auto visit = visitOf(context);
    login.ways = config_.ways;
    {
        const std::lock_guard lock(mutex_);
        login.token = tokens_.issue(context.holder);
        login.offers = offersToShow(context.lang);
    }
    return page(status, renderLogin(visit, login));
}

HttpResponse Portal::emptyLoginPage(Context& context, std::optional<WayKind> chosen) {
    const auto key = std::pair(context.lang, chosen);
    {
        const std::lock_guard lock(mutex_);
        const auto it = drawn_.find(key);
        if (it != drawn_.end() && clock_.steadyMs() - it->second.sinceMs <= kDrawnMs)
            return page(200, it->second.before + tokens_.issue(context.holder) + it->second.after);
    }
    const auto visit = visitOf(context);
    Login login;
    login.chosen = chosen;
    login.ways = config_.ways;
    {
        const std::lock_guard lock(mutex_);
        login.token = tokens_.issue(context.holder);
        login.offers = offersToShow(context.lang);
    }
    auto html = renderLogin(visit, login);
    const auto at = html.find(login.token); // stands there once: 128 bits that were made a moment ago
    if (at != std::string::npos) {
        const std::lock_guard lock(mutex_);
        drawn_[key] = {html.substr(0, at), html.substr(at + login.token.size()), clock_.steadyMs()};
    }
    return page(200, std::move(html));
}

HttpResponse Portal::landingPage(Context& context, const GuestStatus& status) {
    const auto visit = visitOf(context);
    Landing landing;
    landing.secondsLeft = status.secondsLeft;
    if (status.bytesLeft) landing.bytesLeft = static_cast<std::int64_t>(*status.bytesLeft);
    const bool isNearEnd = status.secondsLeft <= kEndingSec;
    landing.extendMinutes = status.canExtend && isNearEnd ? config_.extendMinutes : 0;
    const auto today = localTimeOf(clock_.nowMs()).date;
    {
        const std::lock_guard lock(mutex_);
        landing.token = tokens_.issue(context.holder);
        if (const auto wanted = wanted_.find(context.holder); wanted != wanted_.end())
            landing.wantedUrl = wanted->second;
        if (const auto kept = earned_.find(context.device); kept != earned_.end()) {
            auto& earned = kept->second.earned;
            earned.forgetOver(today);
            landing.coupon = earned.coupon;
            landing.wishlist = earned.wishlist;
        }
    }
    for (auto& line : landing.wishlist.lines)
        line.picture = pictures_.ready(line.picture.name, PicturePlace::Line);
    return page(200, renderLanding(visit, landing));
}

HttpResponse Portal::codePage(const Context& context, const PendingCode& pending, CodeEntry entry,
                              int status) {
    const auto visit = visitOf(context);
    const auto now = clock_.steadyMs();
    entry.sentTo = pending.maskedPhone;
    entry.validSec = std::max<std::int64_t>(pending.endsMs - now, 0) / 1'000;
    entry.resendInSec = std::max<std::int64_t>(pending.resendMs - now, 0) / 1'000;
    {
        const std::lock_guard lock(mutex_);
        entry.token = tokens_.issue(context.holder);
    }
    return page(status, renderCode(visit, entry));
}

HttpResponse Portal::homeOf(const Context& context, const std::string& cookie) const {
    HttpResponse response;
    response.status = 303;
    response.contentType = "text/plain; charset=utf-8";
    response.headers.push_back({"Location", fmt::format("/?lang={}", codeOf(context.lang))});
    if (!cookie.empty()) response.headers.push_back({"Set-Cookie", cookie});
    return response;
}

void Portal::keepEarned(const std::string& device, Earned earned) {
    earned_.erase(device);
    if (!earned.isEmpty()) remember(earned_, device, KeptEarned{std::move(earned), clock_.steadyMs()});
}

void Portal::note(std::string_view event, WayKind way) {
    ++events_[{std::string(event), way}];
}

} // namespace silta::portal
