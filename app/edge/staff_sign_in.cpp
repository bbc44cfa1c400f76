#include "edge/staff_sign_in.h"

#include "edge/replies.h"

namespace silta {

Json staffJson(const Staff& staff) {
    return {{"id", staff.id}, {"name", staff.name}, {"role", toString(staff.role)}};
}

HttpResponse staffSignInReply(Engine& engine, RatePerMinute& rate, const HttpRequest& request,
                              std::size_t bodyBytesMax) {
    auto body = parseJson(request.body, bodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto badge = normalizeBadge(textMember(*body, "badge", kBadgeBytesMax).value_or(""));
    const auto pin = textMember(*body, "pin", kPinDigitsMax).value_or("");
    if (badge.empty() || !isPinText(pin))
        return errorReply({Errc::Invalid, "sign in: badge or pin is missing or malformed"});
    if (!rate.take()) return tooMany();
    auto answer = engine.signInStaff(badge, pin);
    if (!answer) return errorReply(answer.error());
    using Outcome = Engine::StaffSignIn::Outcome;
    constexpr UtcMs kMsPerSecond = 1'000;
    switch (answer->outcome) {
    case Outcome::Welcome:
        return jsonReply(staffJson(answer->staff));
    case Outcome::Locked:
        return jsonReply(
            {{"error", "locked"}, {"seconds", (answer->lockedMs + kMsPerSecond - 1) / kMsPerSecond}}, 423);
    case Outcome::Wrong:
        break;
    }
    return jsonReply({{"error", "wrong"}, {"triesLeft", answer->triesLeft}}, 403);
}

HttpResponse staffEventReply(Engine& engine, const HttpRequest& request, std::size_t bodyBytesMax) {
    auto body = parseJson(request.body, bodyBytesMax);
    if (!body) return errorReply(body.error());
    const auto staff = textMember(*body, "staffId").value_or("");
    const auto action = textMember(*body, "action").value_or("");
    if (action != "sign-out" && action != "idle") // the others are not a screen's to say
        return errorReply({Errc::Invalid, "note staff: sign-out or idle"});
    if (auto known = engine.activeStaff(staff); !known) return errorReply(known.error());
    auto done = engine.noteStaff(staff, action);
    return done ? jsonReply(Json::object()) : errorReply(done.error());
}

} // namespace silta
