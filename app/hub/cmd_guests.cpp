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
    auto session = openSession(args, {"--code", "--last-day", "--en", "--fi", "--sv", "--pl"}, {"--none"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    auto& store = *(*session)->store;
    const bool describes =
        options.has("--last-day") ||
        std::ranges::any_of(kTitleOptions, [&](const char* title) { return options.has(title); });
    if (!options.has("--code") && describes)
        return printFailure({Errc::Invalid, "set welcome coupon: --code is missing"});
    if (options.has("--code") && options.has("--none"))
        return printFailure({Errc::Invalid, "set welcome coupon: --code and --none exclude each other"});
    if (!options.has("--code") && !options.has("--none")) return printWelcomeCoupon(store);
    std::optional<WelcomeCoupon> coupon;
    if (options.has("--code")) {
        auto parsed = couponOf(options);
        if (!parsed) return printFailure(parsed.error());
        coupon = std::move(*parsed);
    }
    if (auto done = store.setWelcomeCoupon(coupon); !done) return printFailure(done.error());
    return 0;
}

} // namespace silta::hub
