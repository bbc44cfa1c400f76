// Somebody joins on a phone of their own, with a code that a till's device signed.
#include "core/log.h"
#include "hub/hub_api.h"
#include "hub/join_page.h"
#include "net/json_reply.h"
#include "shopper/campaign.h"
#include "shopper/consent_field.h"
#include "shopper/join_invitation.h"
#include "web/form_body.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr UtcMs kClockApartMaxMs = 5 * 60 * 1000; ///< of device and hub, where both know the time

HttpResponse joinHtml(std::string html, int status) {
    return phoneReply(std::move(html), status, joinPagePolicy());
}

JoinForm readJoinForm(const FormFields& fields) {
    JoinForm form;
    form.email = trimmed(fieldOf(fields, "email"));
    form.phone = trimmed(fieldOf(fields, "phone"));
    form.name = trimmed(fieldOf(fields, "name"));
    for (const auto consent : kMembershipConsents)
        if (fieldOf(fields, std::string(checkboxOf(consent))) == "yes") form.ticked.push_back(consent);
    const auto lacks = [&form](MembershipConsent consent) {
        return std::ranges::find(form.ticked, consent) == form.ticked.end();
    };
    auto& problems = form.problems;
    if (form.email.empty() && form.phone.empty()) problems.push_back(JoinProblem::ContactMissing);
    const bool isEmail = form.email.size() <= kEmailBytesMax && isEmailAddress(form.email) &&
                         !normalizeEmail(form.email).empty();
    if (!form.email.empty() && !isEmail) problems.push_back(JoinProblem::EmailMalformed);
    const bool isPhone = form.phone.size() <= kPhoneBytesMax && !normalizePhone(form.phone).empty();
    if (!form.phone.empty() && !isPhone) problems.push_back(JoinProblem::PhoneMalformed);
    if (form.name.size() > kPersonNameBytesMax) problems.push_back(JoinProblem::NameTooLong);
    if (lacks(MembershipConsent::Terms)) problems.push_back(JoinProblem::TermsMissing);
    if (lacks(MembershipConsent::Age)) problems.push_back(JoinProblem::AgeMissing);
    return form;
}

Result<SignUp> signUpOf(const JoinInvitation& invitation, const JoinForm& form, Lang lang,
                        const HubKeys& keys) {
    const Json person = {{"name", form.name}, {"email", form.email}, {"phone", form.phone}};
    auto box = seal(dumpJson(person), keys.seal.publicKey);
    if (!box) return box.error();
    SignUp signUp{.memberId = invitation.memberId,
                  .number = invitation.number,
                  .sealed = toBase64(*box),
                  .lang = std::string(codeOf(lang)),
                  .wishlistId = {},
                  .consents = {}};
    for (const auto consent : kMembershipConsents) {
        const bool isTicked = std::ranges::find(form.ticked, consent) != form.ticked.end();
        signUp.consents.push_back(membershipConsent(consent, codeOf(lang), form.age, isTicked));
    }
    return signUp;
}

/// The device that made it, where the hub still believes that one. Errors: NotFound.
Result<DeviceRow> makerOf(OperationStore& store, const JoinInvitation& invitation, std::string_view letters) {
    const Error unknown{Errc::NotFound, "find invitation: not one of a device of ours"};
    auto device = store.devices().find(invitation.deviceId);
    if (!device) return device.error().code == Errc::NotFound ? unknown : device.error();
    const bool isIts = isInvitationBy(letters, device->publicKey) ||
                       (!device->nextKey.empty() && isInvitationBy(letters, device->nextKey));
    return device->revoked || !isIts ? Result<DeviceRow>(unknown) : device;
}

} // namespace

Result<HttpResponse> HubApi::joined(OperationStore& store, const PhoneFrame& frame,
                                    const std::string& number) const {
    auto coupon = store.welcomeCoupon();
    if (!coupon) return coupon.error();
    if (!*coupon) return joinHtml(renderJoined(frame, number, nullptr), 200);
    const JoinedCoupon shown{titleIn((*coupon)->titles, std::string(codeOf(frame.lang)), "en"),
                             (*coupon)->code, (*coupon)->lastDay};
    return joinHtml(renderJoined(frame, number, &shown), 200);
}

HttpResponse HubApi::joinPage(const HttpRequest& request) {
    const auto letters = lastSegment(request.path);
    const bool isPost = request.method == "POST";
    FormFields fields;
    bool isForm = true;
    if (isPost) {
        auto read = parseForm(request.body);
        isForm = read.has_value();
        if (read) fields = std::move(*read);
    }
    const auto asked = request.query.find("lang");
    PhoneFrame frame{chooseLang(isPost                         ? fieldOf(fields, "lang")
                                : asked == request.query.end() ? std::string()
                                                               : asked->second,
                                request.header("accept-language")),
                     options_.chainName,
                     {}};
    const auto end = [&frame](JoinEnd why, int status) {
        return joinHtml(renderJoinEnd(frame, why), status);
    };
    const auto invitation = readInvitation(letters);
    if (!invitation) return end(JoinEnd::Unknown, 404);
    if (!isForm) return end(JoinEnd::Failed, 400);
    auto response = withStore([&](OperationStore& store) -> Result<HttpResponse> {
        const auto device = makerOf(store, *invitation, letters);
        if (!device && device.error().code == Errc::NotFound) return end(JoinEnd::Unknown, 404);
        if (!device) return device.error();
        auto form = readJoinForm(fields);
        {
            const std::lock_guard lock(mutex_);
            const auto record = stores_(device->storeCode);
            frame.store = record ? record->name : std::string();
            form.age = ageOfConsent(record ? record->country : std::string());
        }
        const auto now = clock_.nowMs();
        if (now < invitation->madeMs - kClockApartMaxMs || now >= invitation->madeMs + kInvitationLifeMs)
            return end(JoinEnd::Over, kGone);
        if (!isPost) {
            auto taken = store.lookUpMember({}, invitation->number);
            if (!taken) return taken.error();
            if (!taken->number.empty()) return end(JoinEnd::Used, kGone);
            form.problems.clear();
            return joinHtml(renderJoinForm(frame, request.path, form), 200);
        }
        if (!form.problems.empty()) return joinHtml(renderJoinForm(frame, request.path, form), 422);
        auto signUp = signUpOf(*invitation, form, frame.lang, keys_);
        if (!signUp) return signUp.error();
        auto isTheirs = store.joinByPhone(*device, *signUp);
        if (!isTheirs) return isTheirs.error();
        return *isTheirs ? joined(store, frame, invitation->number) : end(JoinEnd::Used, kGone);
    });
    // What went wrong is told as a page, too.
    return response.contentType.starts_with("text/html") ? response : end(JoinEnd::Failed, 503);
}

} // namespace silta::hub
