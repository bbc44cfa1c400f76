#include "till/invite_page.h"

#include "core/local_time.h"
#include "till/limits.h"
#include "till/page_frame.h"
#include "web/form_body.h"
#include "web/page_text.h"
#include "web/qr_code.h"

#include <fmt/format.h>

namespace silta::till {

namespace {

std::string buttonForm(const Frame& frame, Word label, std::string_view look) {
    return fmt::format(
        "<form method=post action=\"{}\" autocomplete=off>{}<button class={}>{}</button></form>", kInvitePath,
        tokenField(frame.inviteToken, frame.lang), look, word(label, frame.lang));
}

/// `path` is ours.
std::string addressOf(std::string_view path, const Invitation& invitation, Lang lang) {
    return fmt::format("{}?id={}&amp;lang={}", path, percentEncode(invitation.memberId), codeOf(lang));
}

} // namespace

std::string inviteForm(const Frame& frame, bool withLead) {
    if (frame.inviteToken.empty()) return {};
    return fmt::format("<div class=invite>{}{}</div>",
                       withLead ? fmt::format("<span>{}</span>", word(Word::InviteLead, frame.lang))
                                : std::string(),
                       buttonForm(frame, Word::DoInvite, "quiet"));
}

std::string renderInvitation(const Frame& frame, const Invitation& invitation) {
    const auto lang = frame.lang;
    if (invitation.state == Invitation::State::Done) return renderJoined(frame, invitation.joined);
    if (invitation.state == Invitation::State::Over) {
        const auto title = std::string(word(Word::InviteOver, lang));
        const auto again =
            frame.inviteToken.empty()
                ? std::string()
                : fmt::format("<div class=deeds>{}</div>", buttonForm(frame, Word::InviteAgain, "quiet"));
        return pageOf(
            frame, title,
            fmt::format("<h1>{}</h1><p class=lead>{}</p>{}", title, word(Word::InviteOverText, lang), again));
    }
    const auto title = std::string(word(Word::InviteTitle, lang));
    const auto until = clockText(localTimeOf(invitation.untilMs).minute, lang);
    const auto content = fmt::format(
        "<div class=phone data-invite=\"{0}&amp;{1}=1\" data-then=\"{2}\">{3}<div><h1>{4}</h1><p "
        "class=lead>{5}</p><p class=lead>{6}</p><p class=\"verdict few\" data-while-down{7}>{8}</p><p "
        "class=\"verdict out\" data-while-up role=status{9}>{10}</p><p class=deeds><a class=quiet "
        "href=\"{2}\">{11}</a></p></div></div>",
        addressOf(kInviteState, invitation, lang), kIdleQuery, addressOf(kInvitePath, invitation, lang),
        qrPicture(qrCodeOf(invitation.url), word(Word::InvitePicture, lang)), title,
        filled(word(Word::InviteText, lang), until), word(Word::InviteNetwork, lang),
        frame.isOnline ? " hidden" : "", word(Word::InviteOffline, lang), frame.isOnline ? "" : " hidden",
        word(Word::InviteWaiting, lang), word(Word::InviteCheck, lang));
    return pageOf(frame, title, content);
}

} // namespace silta::till
