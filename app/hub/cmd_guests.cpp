#include "hub/cmd_guests.h"

#include "hub/session.h"

#include <fmt/format.h>

namespace silta::hub {

int runContacts(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto contacts = (*session)->store->contacts();
    if (!contacts) return printFailure(contacts.error());
    for (const auto& contact : *contacts) {
        if ((*session)->options.has("--json")) {
            printLine({{"id", contact.id},
                       {"member", contact.memberId},
                       {"store", contact.storeCode},
                       {"lang", contact.lang},
                       {"createdMs", contact.createdMs},
                       {"seenMs", contact.seenMs},
                       {"verifiedMs", contact.verifiedMs},
                       {"visits", contact.visits},
                       {"email", contact.email},
                       {"phone", contact.phone},
                       {"consents", contact.consents}});
            continue;
        }
        const auto& member = contact.memberId;
        fmt::print("{}  {}  {}  {}  {}\n", contact.id, contact.storeCode,
                   contact.email.empty() ? "-" : contact.email, contact.phone.empty() ? "-" : contact.phone,
                   member.empty() ? "-" : member);
    }
    return 0;
}

int runGuestCounts(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto rows = (*session)->store->guestCounts();
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows) {
        if ((*session)->options.has("--json")) {
            printLine({{"store", row.storeCode},
                       {"day", row.day},
                       {"kind", row.kind},
                       {"way", row.way},
                       {"count", row.count}});
        } else {
            fmt::print("{}  {}  {:<12}  {:<8}  {}\n", row.day, row.storeCode, row.kind,
                       row.way.empty() ? "-" : row.way, row.count);
        }
    }
    return 0;
}

int runWelcomeCoupon(std::span<const std::string> args) {
    auto session = openSession(args, {"--code", "--last-day", "--en", "--fi", "--sv", "--pl"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    Json wanted = {{"code", options.value("--code")},
                   {"lastDay", options.value("--last-day")},
                   {"titles", Json::object()}};
    for (const std::string lang : {"en", "fi", "sv", "pl"})
        if (options.has("--" + lang)) wanted["titles"][lang] = options.value("--" + lang);
    std::optional<WelcomeCoupon> coupon;
    if (options.has("--code")) { // without one there is none any more
        auto parsed = parseWelcomeCoupon(wanted);
        if (!parsed) return printFailure(parsed.error());
        coupon = std::move(*parsed);
    }
    if (auto done = (*session)->store->setWelcomeCoupon(coupon); !done) return printFailure(done.error());
    return 0;
}

} // namespace silta::hub
