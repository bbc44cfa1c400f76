// What devices ask of the hub because only the centre knows: one-time codes, who is a member.
#include "core/digits.h"
#include "core/log.h"
#include "hub/hub_api.h"
#include "hub/member_registry.h"
#include "hub/sms_sender.h"
#include "net/json_reply.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <array>

namespace silta::hub {

namespace {

constexpr std::size_t kAskBytesMax = 2'048;
constexpr std::size_t kSealedPhoneBytesMax = 512;
constexpr std::size_t kSmsCodeDigits = 6;
constexpr int kMsPerSecond = 1'000;
constexpr std::int64_t kMsPerMinute = 60'000;
constexpr int kMemberAsksPerMinute = 60; // of one device; a busy store's tills ask a tenth of it
constexpr std::size_t kDigitsTold = 4;

std::string smsText(std::string_view lang, std::string_view code, std::string_view chain) {
    constexpr int kMinutes = kCodeLifeMs / 60'000;
    if (lang == "fi")
        return fmt::format("{} on Wi-Fi-koodisi, {}. Se on voimassa {} minuuttia.", code, chain, kMinutes);
    if (lang == "sv")
        return fmt::format("{} är din wifi-kod hos {}. Den gäller i {} minuter.", code, chain, kMinutes);
    if (lang == "pl")
        return fmt::format("{} to Twój kod Wi-Fi, {}. Jest ważny przez {} minut.", code, chain, kMinutes);
    return fmt::format("{} is your Wi-Fi code, {}. It is good for {} minutes.", code, chain, kMinutes);
}

HttpResponse notAccepted(const char* reason) {
    return jsonReply({{"accepted", false}, {"reason", reason}});
}

} // namespace

HttpResponse HubApi::askCode(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kAskBytesMax);
        if (!json) return json.error();
        const auto challenge = textMember(*json, "challenge").value_or("");
        const auto lang = textMember(*json, "lang").value_or("");
        const auto sealed = textMember(*json, "sealedPhone", kSealedPhoneBytesMax).value_or("");
        if (!isUuid(challenge) || !isLanguage(lang))
            return Error{Errc::Invalid, "ask for code: a member is missing or malformed"};
        if (options_.sms == nullptr || !options_.sms->hasRoom()) return notAccepted("unavailable");
        auto person = unsealPerson(sealed, keys_);
        if (!person || person->phone.empty()) return notAccepted("malformed");
        auto made = store.makeCode(caller.device, challenge, person->phone);
        if (!made) return made.error();
        if (made->outcome == CodeRegistry::Made::Outcome::TooMany) return notAccepted("too-many");
        if (made->outcome == CodeRegistry::Made::Outcome::Made) {
            auto sent = options_.sms->push(person->phone, smsText(lang, made->code, options_.chainName));
            if (!sent) return notAccepted("unavailable");
        }
        return jsonReply({{"accepted", true}, {"expiresSeconds", kCodeLifeMs / kMsPerSecond}});
    });
}

HttpResponse HubApi::checkCode(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kAskBytesMax);
        if (!json) return json.error();
        const auto challenge = textMember(*json, "challenge").value_or("");
        const auto code = textMember(*json, "code").value_or("");
        if (!isUuid(challenge) || code.size() != kSmsCodeDigits || !allDigits(code))
            return Error{Errc::Invalid, "check code: a member is missing or malformed"};
        auto checked = store.checkCode(caller.device, challenge, code);
        if (!checked) return checked.error();
        return jsonReply({{"right", checked->right}, {"attemptsLeft", checked->attemptsLeft}});
    });
}

HttpResponse HubApi::askMember(const HttpRequest& request) {
    return forDevice(request, [&](OperationStore& store, const Caller& caller) -> Result<HttpResponse> {
        auto json = parseJson(request.body, kAskBytesMax);
        if (!json) return json.error();
        const auto sealed = textMember(*json, "sealed", kAskBytesMax).value_or("");
        const auto number = textMember(*json, "number", kMemberDigitsMax).value_or("");
        if (sealed.empty() == number.empty() || (!number.empty() && !allDigits(number)))
            return Error{Errc::Invalid, "ask for member: a sealed box or a number is wanted"};
        if (!mayAskForMember(caller.device.id)) {
            auto response = httpError(429, "too many questions");
            response.headers.push_back({"Retry-After", "60"});
            return response;
        }
        auto met = store.lookUpMember(sealed, number);
        if (!met) return met.error();
        if (met->number.empty()) return jsonReply({{"known", false}});
        Json answer = {{"known", true},
                       {"sinceMs", met->sinceMs},
                       {"lastDigits", met->number.substr(met->number.size() - kDigitsTold)}};
        if (!number.empty()) { // the card is there
            auto standing = store.standingOf(met->id);
            if (!standing) return standing.error();
            answer["points"] = standing->points;
            answer["tier"] = toString(standing->tier);
            auto wishes = store.wishesOf(met->id);
            if (!wishes) return wishes.error();
            if (!wishes->empty()) answer["wishes"] = *wishes;
        }
        return jsonReply(answer);
    });
}

/// What a stolen device could learn of who is a member before anybody revokes it.
bool HubApi::mayAskForMember(const std::string& device) {
    const std::lock_guard lock(mutex_);
    const auto now = clock_.steadyMs();
    if (now - memberAsksFromMs_ >= kMsPerMinute) {
        memberAsks_.clear();
        memberAsksFromMs_ = now;
    }
    return ++memberAsks_[device] <= kMemberAsksPerMinute;
}

} // namespace silta::hub
