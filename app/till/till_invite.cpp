// Who joins on a phone of their own: the code for it, and whether it is done.
#include "core/json.h"
#include "till/invite_page.h"
#include "till/till.h"

#include <silta/uuid.h>

#include <fmt/format.h>

namespace silta::till {

HttpResponse Till::invite(Context& context) {
    const auto invited = edge_.invite(makeUuid(clock_, random_), context.session->staffId, context.lang);
    if (!invited && (invited.error().code == Errc::Unavailable || !context.desk.mayInvite))
        return messagePage(context, Word::InviteNotNow, Word::InviteNotNowText, 503);
    if (!invited) return failurePage(context, invited.error());
    auto response = page(303, {});
    response.headers.push_back(
        {"Location", fmt::format("{}?id={}&lang={}", kInvitePath, invited->memberId, codeOf(context.lang))});
    return response;
}

HttpResponse Till::invitation(const Context& context) {
    const auto id = context.request.query.find("id");
    if (id == context.request.query.end()) return page(200, renderHome(frameOf(context)));
    auto invitation = isUuid(id->second)
                          ? edge_.invitation(id->second, context.lang)
                          : Result<Invitation>(Error{Errc::NotFound, "show invitation: no name"});
    if (!invitation && invitation.error().code == Errc::NotFound)
        return messagePage(context, Word::NotFound, Word::NotFoundText, 404);
    if (!invitation) return failurePage(context, invitation.error());
    if (context.request.path == kInvitePath)
        return page(200, renderInvitation(frameOf(context), *invitation));
    auto response = page(200, dumpJson({{"isOpen", invitation->state == Invitation::State::Open}}));
    response.contentType = "application/json";
    return response;
}

} // namespace silta::till
