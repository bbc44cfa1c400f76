// What the portal's forms do: sign in by each way, come back, a few minutes more, sign out.
#include "core/json.h"
#include "portal/limits.h"
#include "portal/phone.h"
#include "portal/portal.h"
#include "portal/remembered.h"

#include <silta/catalog.h>
#include <silta/crypto.h>
#include <silta/scan.h>
#include <silta/uuid.h>

#include <algorithm>

namespace silta::portal {

namespace {

constexpr std::int64_t kResendMs = 30'000;
constexpr std::size_t kCodeDigits = 6;
constexpr std::size_t kSerialBytes = 12;

std::string masked(const std::string& phone) {
    constexpr std::size_t kShown = 4;
    return "•••\u00a0" + phone.substr(phone.size() - kShown);
}

} // namespace

const Way* Portal::wayOf(WayKind kind) const {
    const auto way = std::ranges::find_if(config_.ways, [kind](const Way& w) { return w.kind == kind; });
    return way == config_.ways.end() ? nullptr : &*way;
}

Result<std::string> Portal::sealedForHub(const Json& person) {
    refreshFaces(Lang::En);
    std::string key;
    {
        const std::lock_guard lock(mutex_);
        if (faces_.store) key = faces_.store->hubSealKey;
    }
    if (key.empty()) return Error{Errc::Unavailable, "seal for hub: the store is not enrolled yet"};
    auto box = seal(dumpJson(person), key);
    if (!box) return box;
    return toBase64(*box);
}

HttpResponse Portal::signIn(Context& context) {
    Login login;
    login.email = std::string(trimmed(fieldOf(context.form, "email")));
    login.phone = std::string(trimmed(fieldOf(context.form, "phone")));
    login.loyalty = std::string(trimmed(fieldOf(context.form, "loyalty")));
    for (const auto id : kConsentIds) {
        const auto& wording = consentWording(id);
        if (fieldOf(context.form, std::string(wording.field)) == wording.version) login.ticked.push_back(id);
    }
    const auto kind = config_.ways.size() == 1 ? std::optional(config_.ways.front().kind)
                                               : wayNamed(fieldOf(context.form, "way"));
    const auto* way = kind ? wayOf(*kind) : nullptr;
    if (way == nullptr) {
        login.problems.push_back(Problem::WayMissing);
        return loginPage(context, std::move(login), 422);
    }
    login.chosen = way->kind;
    return signInBy(context, *way, std::move(login));
}

HttpResponse Portal::signInBy(Context& context, const Way& way, Login login) {
    WifiSignUp signUp;
    signUp.way = way.kind;
    signUp.lang = context.lang;
    for (const auto id : kConsentIds)
        if (asksFor(way.kind, id))
            signUp.consents.push_back({id, std::ranges::find(login.ticked, id) != login.ticked.end()});
    auto& problems = login.problems;
    const auto phone = phoneOf(login.phone);
    const auto number = digitsOf(login.loyalty);
    const std::string voucher(trimmed(fieldOf(context.form, "voucher")));
    switch (way.kind) {
    case WayKind::Email:
        if (!isEmailAddress(login.email))
            problems.push_back(login.email.empty() ? Problem::EmailMissing : Problem::EmailMalformed);
        break;
    case WayKind::Phone:
        if (phone.empty())
            problems.push_back(login.phone.empty() ? Problem::PhoneMissing : Problem::PhoneMalformed);
        break;
    case WayKind::Loyalty:
        if (!isLuhnValid(number))
            problems.push_back(login.loyalty.empty() ? Problem::LoyaltyMissing : Problem::LoyaltyUnknown);
        break;
    case WayKind::Voucher:
        if (voucher.empty() || voucher.size() > kVoucherBytesMax)
            problems.push_back(voucher.empty() ? Problem::VoucherMissing : Problem::VoucherUnknown);
        break;
    case WayKind::Terms:
        break;
    }
    if (std::ranges::find(login.ticked, ConsentId::WifiTerms) == login.ticked.end())
        problems.push_back(Problem::TermsMissing);
    if (!problems.empty()) return loginPage(context, std::move(login), 422);

    const bool isKept =
        way.kind == WayKind::Phone || way.kind == WayKind::Email || way.kind == WayKind::Loyalty;
    if (isKept) signUp.id = makeUuid(clock_, random_);
    if (way.kind == WayKind::Phone) return sendCode(context, std::move(signUp), phone, std::move(login));
    auto minutes = way.minutes;
    auto quotaBytes = config_.quotaBytes;
    std::string person;
    Earned earned;
    if (way.kind == WayKind::Email) {
        auto sealed = sealedForHub({{"email", login.email}});
        if (!sealed) return statusPage(context, 503);
        signUp.sealed = std::move(*sealed);
        person = keeper_.personOf("email:" + foldText(login.email));
    }
    if (way.kind == WayKind::Loyalty) {
        signUp.memberNumber = number;
        person = keeper_.personOf("member:" + number);
    }
    if (way.kind == WayKind::Voucher) {
        auto grant = redeem(context, voucher);
        if (!grant) {
            const auto code = grant.error().code;
            if (code == Errc::Unavailable || code == Errc::Io) return statusPage(context, 503);
            problems.push_back(code == Errc::Denied  ? Problem::VoucherUsed
                               : code == Errc::Limit ? Problem::VoucherExpired
                                                     : Problem::VoucherUnknown);
            return loginPage(context, std::move(login), 422);
        }
        minutes = grant->minutes;
        if (grant->quotaBytes > 0) quotaBytes = grant->quotaBytes;
        earned.wishlist = std::move(grant->wishlist);
    }
    // Of the others there is nothing to keep but a count, which openGate() notes.
    if (isKept) {
        auto saved = edge_.signUp(signUp);
        if (!saved && saved.error().code == Errc::NotFound && way.kind == WayKind::Loyalty) {
            problems.push_back(Problem::LoyaltyUnknown);
            return loginPage(context, std::move(login), 422);
        }
        if (!saved) return statusPage(context, 503); // no consent is taken that is not kept
        earned.coupon = std::move(*saved);
    }
    return finish(context, std::move(earned), way.kind, minutes, quotaBytes, person);
}

Result<VoucherGrant> Portal::redeem(const Context& context, const std::string& voucher) {
    std::string usedFor;
    {
        const std::lock_guard lock(mutex_);
        if (!tries_.contains(context.device))
            remember(tries_, context.device, VoucherTry{makeUuid(clock_, random_), clock_.steadyMs()});
        usedFor = tries_[context.device].usedFor;
    }
    return edge_.redeem(voucher, usedFor, context.lang);
}

HttpResponse Portal::sendCode(Context& context, WifiSignUp signUp, const std::string& phone, Login login) {
    auto sealed = sealedForHub({{"phone", phone}});
    if (!sealed) return statusPage(context, 503);
    signUp.sealed = std::move(*sealed);
    auto sent = edge_.sendCode(signUp.sealed, signUp.lang);
    if (!sent && sent.error().code == Errc::Limit) {
        MessagePage message;
        message.message = Message::TooManyAttempts;
        message.waitSec = 15 * 60;
        return messagePage(context, message);
    }
    if (!sent) {
        login.notice = Notice::NoCodes;
        login.chosen.reset();
        return loginPage(context, std::move(login), 503);
    }
    const auto now = clock_.steadyMs();
    PendingCode pending{std::move(signUp),
                        sent->challenge,
                        keeper_.personOf("phone:" + phone),
                        masked(phone),
                        now + sent->validSec * 1'000,
                        now + kResendMs};
    {
        const std::lock_guard lock(mutex_);
        if (codes_.size() < kDevicesMax || codes_.contains(context.holder)) codes_[context.holder] = pending;
    }
    return codePage(context, pending, {});
}

HttpResponse Portal::checkCode(Context& context) {
    std::optional<PendingCode> pending;
    {
        const std::lock_guard lock(mutex_);
        if (const auto it = codes_.find(context.holder); it != codes_.end()) pending = it->second;
    }
    const auto* way = wayOf(WayKind::Phone);
    if (!pending || way == nullptr) return homeOf(context, {});
    CodeEntry entry;
    const auto code = digitsOf(fieldOf(context.form, "code"));
    if (code.size() != kCodeDigits) {
        entry.problem = code.empty() ? Problem::CodeMissing : Problem::CodeWrong;
        return codePage(context, *pending, entry, 422);
    }
    const auto checked = edge_.checkCode(pending->challenge, code);
    if (!checked) {
        const auto why = checked.error().code;
        if (why != Errc::Denied && why != Errc::NotFound) return statusPage(context, 503);
        entry.problem = why == Errc::Denied ? Problem::CodeWrong : Problem::CodeExpired;
        return codePage(context, *pending, entry, 422);
    }
    {
        const std::lock_guard lock(mutex_);
        codes_.erase(context.holder);
    }
    pending->signUp.challenge = pending->challenge;
    auto saved = edge_.signUp(pending->signUp);
    if (!saved) return statusPage(context, 503);
    return finish(context, {std::move(*saved), {}}, WayKind::Phone, way->minutes, config_.quotaBytes,
                  pending->person);
}

HttpResponse Portal::resendCode(Context& context) {
    std::optional<PendingCode> pending;
    {
        const std::lock_guard lock(mutex_);
        if (const auto it = codes_.find(context.holder); it != codes_.end()) pending = it->second;
    }
    if (!pending) return homeOf(context, {});
    if (pending->resendMs > clock_.steadyMs()) return codePage(context, *pending, {});
    auto sent = edge_.sendCode(pending->signUp.sealed, context.lang);
    if (!sent) return statusPage(context, sent.error().code == Errc::Limit ? 429 : 503);
    pending->challenge = sent->challenge;
    pending->endsMs = clock_.steadyMs() + sent->validSec * 1'000;
    pending->resendMs = clock_.steadyMs() + kResendMs;
    {
        const std::lock_guard lock(mutex_);
        codes_[context.holder] = *pending;
    }
    return codePage(context, *pending, {});
}

HttpResponse Portal::finish(Context& context, Earned earned, WayKind way, int minutes,
                            std::uint64_t quotaBytes, const std::string& person) {
    std::vector<std::string> pictures;
    for (const auto& line : earned.wishlist.lines)
        pictures.push_back(line.picture.name);
    pictures_.want(pictures, PicturePlace::Line);
    {
        const std::lock_guard lock(mutex_);
        keepEarned(context.device, std::move(earned));
    }
    std::string cookie;
    // A voucher's time goes on where it was, and ends when it would have ended; a quota of its own would not.
    const bool canGoOn = way != WayKind::Voucher || quotaBytes == config_.quotaBytes;
    if (config_.cookieDays > 0 && canGoOn) {
        const auto now = clock_.nowMs();
        const auto untilMs = now + (way == WayKind::Voucher ? std::int64_t{minutes} * 60'000
                                                            : std::int64_t{config_.cookieDays} * 86'400'000);
        const ReturnPass pass{way, untilMs, person.empty() ? random_.hex(kSerialBytes) : person};
        cookie = makeReturnCookie(pass, cookieKey_, context.isTls, now);
    }
    auto response = openGate(context, way, minutes, quotaBytes, person, cookie);
    if (!pictures.empty()) pictures_.wait(kListPicturesMs); // the page that comes next shows them
    return response;
}

HttpResponse Portal::openGate(Context& context, WayKind way, int minutes, std::uint64_t quotaBytes,
                              const std::string& person, const std::string& cookie) {
    const auto opened = keeper_.open(context.guest, way, minutes, quotaBytes, person);
    if (opened) {
        const std::lock_guard lock(mutex_);
        strangers_.clear(); // this device's other addresses among them
        if (way == WayKind::Voucher) tries_.erase(context.device);
        ++signIns_;
        note("wifi.login", way);
        return homeOf(context, cookie);
    }
    MessagePage message;
    if (opened.error().code == Errc::Limit) {
        message.message = Message::DeviceLimit;
        message.devices = config_.devicesPerPerson;
        return messagePage(context, message);
    }
    if (opened.error().code == Errc::Denied) {
        message.message = Message::QuotaSpent;
        message.bytes = static_cast<std::int64_t>(quotaBytes);
        return messagePage(context, message);
    }
    return statusPage(context, 503);
}

HttpResponse Portal::comeBack(Context& context) {
    const auto pass = readReturnCookie(context.request.header("cookie"), cookieKey_, clock_.nowMs());
    const auto* way = pass ? wayOf(pass->way) : nullptr;
    if (way == nullptr) return emptyLoginPage(context, std::nullopt);
    {
        const std::lock_guard lock(mutex_);
        keepEarned(context.device, {});
    }
    const auto minutesLeft = static_cast<int>((pass->untilMs - clock_.nowMs()) / 60'000);
    const auto minutes = way->kind == WayKind::Voucher ? std::max(minutesLeft, 1) : way->minutes;
    return openGate(context, way->kind, minutes, config_.quotaBytes, pass->serial, {});
}

HttpResponse Portal::extend(Context& context) {
    const auto done = keeper_.extend(context.guest);
    if (done) {
        const std::lock_guard lock(mutex_);
        note("wifi.extend", WayKind::Terms);
    }
    if (!done && done.error().code != Errc::Denied) return statusPage(context, 503);
    return homeOf(context, {});
}

HttpResponse Portal::signOut(Context& context) {
    const auto done = keeper_.signOut(context.guest);
    {
        const std::lock_guard lock(mutex_);
        if (done) note("wifi.logout", WayKind::Terms);
        earned_.erase(context.device);
        wanted_.erase(context.holder);
    }
    if (!done) return statusPage(context, 503);
    MessagePage message;
    message.message = Message::SignedOut;
    message.canSignIn = true;
    return messagePage(context, message);
}

} // namespace silta::portal
