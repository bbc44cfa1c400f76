#include "hub/cmd_guests.h"

#include "hub/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta::hub {

namespace {

constexpr std::array<const char*, 4> kTitleOptions = {"--en", "--fi", "--sv", "--pl"};

Result<WelcomeCoupon> couponOf(const Options& options) {
    Json wanted = {{"code", options.value("--code")},
                   {"lastDay", options.value("--last-day")},
                   {"titles", Json::object()}};
    for (const std::string title : kTitleOptions)
        if (options.has(title)) wanted["titles"][title.substr(2)] = options.value(title);
    return parseWelcomeCoupon(wanted);
}

/// The one token of a campaign whose uses nobody counts, as everybody is shown it.
Result<WelcomeCoupon> couponOfCampaign(OperationStore& store, int id) {
    auto rows = store.campaigns();
    if (!rows) return rows.error();
    const auto row = std::ranges::find(*rows, id, [](const CampaignRow& each) { return each.campaign.id; });
    if (row == rows->end() || row->endedMs > 0 || row->campaign.isCounted())
        return Error{Errc::Invalid, "set welcome coupon: --campaign: one that goes on, begun with --uses 0"};
    WelcomeCoupon coupon{row->campaign.titles, {}, row->campaign.lastDay};
    auto done = store.changeTokens([&](TokenRegistry& tokens) -> Result<void> {
        auto letters = tokens.issue({id, 1, std::nullopt, 0});
        if (!letters) return letters.error();
        coupon.code = letters->front();
        return {};
    });
    if (!done) return done.error();
    return coupon;
}

int printWelcomeCoupon(const OperationStore& store) {
    auto coupon = store.welcomeCoupon();
    if (!coupon) return printFailure(coupon.error());
    printLine(*coupon ? toJson(**coupon) : Json::object());
    return 0;
}

} // namespace

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
    auto session =
        openSession(args, {"--campaign", "--code", "--last-day", "--en", "--fi", "--sv", "--pl"}, {"--none"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    auto& store = *(*session)->store;
    const bool describes =
        options.has("--last-day") ||
        std::ranges::any_of(kTitleOptions, [&](const char* title) { return options.has(title); });
    if (!options.has("--code") && describes)
        return printFailure({Errc::Invalid, "set welcome coupon: --code is missing"});
    const auto ways = std::ranges::count_if(std::array{"--campaign", "--code", "--none"},
                                            [&](const char* way) { return options.has(way); });
    if (ways > 1)
        return printFailure(
            {Errc::Invalid, "set welcome coupon: --campaign, --code and --none exclude each other"});
    if (ways == 0) return printWelcomeCoupon(store);
    std::optional<WelcomeCoupon> coupon;
    if (options.has("--campaign")) {
        auto shared = couponOfCampaign(store, options.number("--campaign", 0));
        if (!shared) return printFailure(shared.error());
        coupon = std::move(*shared);
    }
    if (options.has("--code")) {
        auto parsed = couponOf(options);
        if (!parsed) return printFailure(parsed.error());
        coupon = std::move(*parsed);
    }
    if (auto done = store.setWelcomeCoupon(coupon); !done) return printFailure(done.error());
    return 0;
}

} // namespace silta::hub
