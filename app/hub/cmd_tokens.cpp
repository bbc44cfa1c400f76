#include "hub/cmd_tokens.h"

#include "core/local_time.h"
#include "hub/session.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace silta::hub {

namespace {

constexpr int kUsesShownDefault = 100;
constexpr int kUsesShownMax = 100'000;
constexpr std::array<const char*, 4> kNameOptions = {"--en", "--fi", "--sv", "--pl"};

/// The number of an option; nothing when it is no whole number.
std::optional<std::int64_t> wholeNumber(const std::string& text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

Json listOf(std::string_view text) {
    auto list = Json::array();
    while (!text.empty()) {
        const auto entry = text.substr(0, text.find(','));
        list.push_back(entry);
        text.remove_prefix(std::min(entry.size() + 1, text.size()));
    }
    return list;
}

Result<Campaign> campaignOf(const Options& options) {
    const bool isCard = options.has("--gift-card");
    Json wanted = {{"id", 1}, // the hub's to choose
                   {"kind", toString(isCard ? TokenKind::GiftCard : TokenKind::Coupon)},
                   {"titles", Json::object()},
                   {"firstDay", options.value("--first-day")},
                   {"lastDay", options.value("--last-day")},
                   {"uses", isCard ? 0 : 1}};
    for (const std::string name : kNameOptions)
        if (options.has(name)) wanted["titles"][name.substr(2)] = options.value(name);
    if (options.has("--currency")) wanted["currency"] = options.value("--currency");
    if (options.has("--members-only")) wanted["membersOnly"] = true;
    if (options.has("--stores")) wanted["stores"] = listOf(options.value("--stores"));
    if (options.has("--skus")) wanted["skus"] = listOf(options.value("--skus"));
    for (const auto& [option, member] : {std::pair("--amount", "amountMinor"),
                                         {"--percent", "percent"},
                                         {"--uses", "uses"},
                                         {"--min-purchase", "minPurchaseMinor"},
                                         {"--offline-budget", "offlineBudget"},
                                         {"--offline-share", "offlineShare"},
                                         {"--offline-per-card", "offlinePerToken"}}) {
        if (!options.has(option)) continue;
        const auto number = wholeNumber(options.value(option));
        if (!number) return Error{Errc::Invalid, fmt::format("{}: expected a whole number", option)};
        wanted[member] = *number;
    }
    auto campaign = parseCampaign(wanted);
    if (campaign) campaign->id = 0;
    return campaign;
}

/// The number of a campaign that was asked for; 0 where there is none.
int campaignId(const Options& options) {
    return options.number("--campaign", 0);
}

int changed(const Result<void>& done) {
    return done ? 0 : printFailure(done.error());
}

Error missing(const char* option) {
    return {Errc::Invalid, fmt::format("{} is missing, or no number", option)};
}

} // namespace

int runCampaign(std::span<const std::string> args) {
    auto session = openSession(args,
                               {"--en", "--fi", "--sv", "--pl", "--first-day", "--last-day", "--amount",
                                "--percent", "--currency", "--min-purchase", "--skus", "--uses", "--stores",
                                "--offline-budget", "--offline-share", "--offline-per-card"},
                               {"--gift-card", "--members-only"});
    if (!session) return printFailure(session.error());
    auto campaign = campaignOf((*session)->options);
    if (!campaign) return printFailure(campaign.error());
    int id = 0;
    auto done = (*session)->store->changeTokens([&](TokenRegistry& tokens) -> Result<void> {
        auto added = tokens.addCampaign(std::move(*campaign));
        if (!added) return added.error();
        id = *added;
        return {};
    });
    if (done) fmt::print("{}\n", id);
    return changed(done);
}

int runCampaigns(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto rows = (*session)->store->campaigns();
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows) {
        if ((*session)->options.has("--json")) {
            auto line = toJson(row.campaign);
            line.update({{"issued", row.issued},
                         {"endedMs", row.endedMs},
                         {"used", row.uses},
                         {"usedOffline", row.offline},
                         {"flagged", row.flagged},
                         {"flaggedAmount", row.flaggedAmount}});
            printLine(line);
            continue;
        }
        fmt::print("{:>5}  {}{}  {} to {}  {} issued, {} used, {} of that offline, {} to look at  {}\n",
                   row.campaign.id, toString(row.campaign.kind), row.endedMs > 0 ? " (ended)" : "",
                   row.campaign.firstDay, row.campaign.lastDay, row.issued, row.uses, row.offline,
                   row.flagged, titleIn(row.campaign.titles, "en", "en"));
    }
    return 0;
}

int runEndCampaign(std::span<const std::string> args) {
    auto session = openSession(args, {"--campaign"});
    if (!session) return printFailure(session.error());
    return changed((*session)->store->changeTokens(
        [&](TokenRegistry& tokens) { return tokens.endCampaign(campaignId((*session)->options)); }));
}

int runIssue(std::span<const std::string> args) {
    auto session = openSession(args, {"--campaign", "--count", "--last-day", "--balance"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    TokenRegistry::Issue wanted{campaignId(options), 1, std::nullopt, 0};
    for (auto [option, number] : {std::pair("--count", &wanted.count), {"--balance", &wanted.balanceMinor}}) {
        if (!options.has(option)) continue;
        const auto value = wholeNumber(options.value(option));
        if (!value) return printFailure(missing(option));
        *number = *value;
    }
    if (options.has("--last-day")) {
        wanted.lastDay = parseDay(options.value("--last-day"));
        if (!wanted.lastDay || !isTokenDay(*wanted.lastDay))
            return printFailure({Errc::Invalid, "--last-day: a date like 2027-01-31, of 2020 to 2199"});
    }
    std::vector<std::string> letters;
    auto done = (*session)->store->changeTokens([&](TokenRegistry& tokens) -> Result<void> {
        auto made = tokens.issue(wanted);
        if (!made) return made.error();
        letters = std::move(*made);
        return {};
    });
    if (done)
        for (const auto& each : letters)
            fmt::print("{}\n", each);
    return changed(done);
}

int runRevokeToken(std::span<const std::string> args) {
    auto session = openSession(args, {"--token", "--campaign", "--serial"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    TokenPlace place{campaignId(options), wholeNumber(options.value("--serial", "-1")).value_or(-1)};
    if (options.has("--token")) {
        const auto read = silta::readToken(options.value("--token"));
        if (!read) return printFailure(read.error());
        place = {read->token.campaign, read->token.serial};
    }
    return changed(
        (*session)->store->changeTokens([&](TokenRegistry& tokens) { return tokens.revoke(place); }));
}

int runTokenUses(std::span<const std::string> args) {
    auto session = openSession(args, {"--campaign", "--limit"});
    if (!session) return printFailure(session.error());
    const auto limit = (*session)->options.number("--limit", kUsesShownDefault);
    if (limit < 1 || limit > kUsesShownMax) return printFailure({Errc::Invalid, "--limit: 1 to 100000"});
    auto uses = (*session)->store->tokenUses(campaignId((*session)->options), limit);
    if (!uses) return printFailure(uses.error());
    for (const auto& use : *uses) {
        if ((*session)->options.has("--json"))
            printLine({{"pool", use.pool},
                       {"kind", use.kind},
                       {"amount", use.amount},
                       {"device", use.device},
                       {"store", use.storeCode},
                       {"staff", use.staff},
                       {"atMs", use.atMs},
                       {"operation", use.operationId},
                       {"offline", use.isOffline},
                       {"flagged", use.isFlagged},
                       {"reversed", use.isReversed}});
        else
            fmt::print("{}  {:<7}  {:>7}  {}  {}  {}{}{}{}\n", use.pool, use.kind, use.amount, use.storeCode,
                       use.device, use.staff, use.isOffline ? "  offline" : "",
                       use.isReversed ? "  taken back" : "", use.isFlagged ? "  LOOK" : "");
    }
    return 0;
}

int runTokenKeys(std::span<const std::string> args) {
    auto session = openSession(args, {"--days", "--retire"}, {"--new"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    if (options.has("--new") && options.has("--retire"))
        return printFailure({Errc::Invalid, "--new and --retire exclude each other"});
    if (options.has("--new"))
        return changed((*session)->store->changeTokens([&](TokenRegistry& tokens) -> Result<void> {
            auto made = tokens.makeKey(options.number("--days", kTokenKeyDaysDefault));
            if (!made) return made.error();
            fmt::print("{}\n", *made);
            return {};
        }));
    if (options.has("--retire"))
        return changed((*session)->store->changeTokens(
            [&](TokenRegistry& tokens) { return tokens.retireKey(options.number("--retire", 0)); }));
    auto keys = (*session)->store->tokenKeys();
    if (!keys) return printFailure(keys.error());
    for (const auto& key : *keys)
        printLine({{"id", key.id},
                   {"publicKey", toBase64(key.publicKey)},
                   {"fromMs", key.fromMs},
                   {"untilMs", key.untilMs}});
    return 0;
}

} // namespace silta::hub
