// What a guest finds beside the internet, before and after signing in: a search, and the club.
#include "portal/limits.h"
#include "portal/phone.h"
#include "portal/portal.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <algorithm>

namespace silta::portal {

HttpResponse Portal::find(const Context& context) {
    Find find;
    const auto asked = context.request.query.find("q");
    if (asked != context.request.query.end()) find.words = trimmed(asked->second);
    int status = 200;
    if (find.words.size() > kWordsBytesMax) {
        status = 400; // no browser sends that from our form; it is shown as nothing found
    } else if (!find.words.empty()) {
        std::int64_t waitSec = 0;
        {
            const std::lock_guard lock(mutex_);
            waitSec = searches_.tryOnce(context.device);
        }
        auto found = waitSec == 0 ? edge_.search(find.words, context.lang)
                                  : Result<std::vector<Offer>>(Error{Errc::Limit, "search: too often"});
        find.isUnavailable = !found;
        if (!found) status = found.error().code == Errc::Limit ? 429 : 503;
        if (found) find.found = std::move(*found);
    }
    return page(status, renderFind(visitOf(context), find));
}

HttpResponse Portal::joinPage(const Context& context, Join join, int status) {
    const auto visit = visitOf(context);
    {
        const std::lock_guard lock(mutex_);
        join.token = tokens_.issue(context.holder);
    }
    return page(status, renderJoin(visit, join));
}

HttpResponse Portal::joinClub(Context& context) {
    Join join;
    join.name = std::string(trimmed(fieldOf(context.form, "name")));
    join.email = std::string(trimmed(fieldOf(context.form, "email")));
    join.phone = std::string(trimmed(fieldOf(context.form, "phone")));
    Membership membership{makeUuid(clock_, random_), context.lang, {}, {}};
    for (const auto id : kJoinConsentIds) {
        const auto& wording = consentWording(id);
        const bool isGranted = fieldOf(context.form, std::string(wording.field)) == wording.version;
        if (isGranted) join.ticked.push_back(id);
        membership.consents.push_back({id, isGranted});
    }
    const auto phone = phoneOf(join.phone);
    if (join.email.empty() && join.phone.empty()) join.problems.push_back(Problem::ContactMissing);
    if (!join.email.empty() && !isEmailAddress(join.email)) join.problems.push_back(Problem::EmailMalformed);
    if (!join.phone.empty() && phone.empty()) join.problems.push_back(Problem::PhoneMalformed);
    if (std::ranges::find(join.ticked, ConsentId::Membership) == join.ticked.end())
        join.problems.push_back(Problem::MembershipMissing);
    if (join.name.size() > kPersonBytesMax) join.name.clear(); // no browser sends that from our form
    if (!join.problems.empty()) return joinPage(context, std::move(join), 422);
    auto sealed = sealedForHub({{"name", join.name}, {"email", join.email}, {"phone", phone}});
    if (!sealed) return statusPage(context, 503);
    membership.sealed = std::move(*sealed);
    const auto number = edge_.join(membership);
    if (!number) return statusPage(context, number.error().code == Errc::Limit ? 429 : 503);
    return page(200, renderJoined(visitOf(context), *number));
}

} // namespace silta::portal
