#include "edge/token_desk.h"

#include "core/local_time.h"

#include <silta/uuid.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::int64_t kAskMs = 4'000;      // what a till waits for the hub before it counts as away
constexpr std::int64_t kRefusalMs = 10'000; // for how long the hub's no is believed while it can be asked
constexpr std::int64_t kRefusalCutOffMs = 24 * 3'600'000; // and while it cannot
constexpr std::size_t kRefusalsMax = 1'000;
constexpr std::int64_t kEscrowMs = 120'000; // a customer who looks at a balance; then others may have it
constexpr UtcMs kUsesRememberedMs = UtcMs{400} * 86'400'000;
constexpr std::string_view kHeld = "held"; // of LeaseRefusal
constexpr std::string_view kTokenPools = "token/";
constexpr std::string_view kOfflinePools = "offline/";

TokenWord wordOfRefusal(const std::string& why, TokenKind kind) {
    if (why == "revoked") return TokenWord::Revoked;
    if (why == kHeld) return TokenWord::HeldElsewhere;
    if (why == "unknown") return TokenWord::Unknown;
    return kind == TokenKind::GiftCard ? TokenWord::Empty : TokenWord::UsedElsewhere;
}

/// As the journal has it: the same request with another one to take back is another request.
std::string kindOfReversal(const std::string& of) {
    return "reverse " + of;
}

bool holdsAny(const std::vector<std::string>& wanted, const std::vector<std::string>& there) {
    return std::ranges::any_of(
        wanted, [&there](const std::string& each) { return std::ranges::find(there, each) != there.end(); });
}

} // namespace

const char* toString(TokenWord word) {
    constexpr std::array kWords = {
        "valid",        "done",           "asking",    "unknown",        "wrong-kind",
        "revoked",      "not-yet",        "expired",   "not-here",       "members-only",
        "min-purchase", "other-products", "used-here", "used-elsewhere", "held-elsewhere",
        "needs-uplink", "too-much",       "empty",     "no-such-use",
    };
    return kWords.at(static_cast<std::size_t>(word));
}

TokenWord TokenDesk::wordOf(const TokenCase& wanted, TokenAnswer& answer) const {
    const auto token = believeToken(wanted.letters, rules_, setting_.nowMs);
    if (!token) return TokenWord::Unknown;
    answer.token = *token;
    if (token->kind != wanted.kind) return TokenWord::WrongKind;
    const auto found = rules_.campaigns.find(token->campaign);
    if (found == rules_.campaigns.end() || found->second.kind != token->kind) return TokenWord::Unknown;
    answer.campaign = found->second;
    const auto& campaign = found->second;
    if (rules_.revoked.contains({token->campaign, token->serial})) return TokenWord::Revoked;
    if (campaign.isCounted() == (token->serial == 0)) return TokenWord::Unknown;
    if (!campaign.stores.empty() &&
        std::ranges::find(campaign.stores, setting_.storeCode) == campaign.stores.end())
        return TokenWord::NotHere;
    if (setting_.today < campaign.firstDay) return TokenWord::NotYet;
    if (setting_.today > campaign.lastDay || (token->lastDay && setting_.today > dayText(*token->lastDay)))
        return TokenWord::Expired;
    if (campaign.membersOnly && !wanted.hasMember) return TokenWord::MembersOnly;
    if (wanted.purchaseMinor >= 0 && wanted.purchaseMinor < campaign.minPurchaseMinor)
        return TokenWord::MinPurchase;
    if (!campaign.skus.empty() && !wanted.skus.empty() && !holdsAny(campaign.skus, wanted.skus))
        return TokenWord::OtherProducts;
    return TokenWord::Valid;
}

// ---- whose the uses are
// ------------------------------------------------------------------------------------------

void TokenDesk::noteRefusals(const std::vector<LeaseRefusal>& refusals) {
    for (const auto& [pool, why] : refusals) {
        if (!pool.starts_with(kTokenPools)) continue;
        if (escrow_.refused.size() >= kRefusalsMax) escrow_.refused.clear(); // they only spare a question
        escrow_.refused[pool] = {why, setting_.steadyMs};
        escrow_.asked.erase(pool);
    }
}

Result<void> TokenDesk::ask(const std::string& pool, std::int64_t rights) {
    const auto id = makeUuid(clock_, random_);
    auto done = journal_.apply([&](Database& database) {
        return LeaseBook(database).ask(id, pool, journal_.incarnation(), rights);
    });
    // With too many open the next tend() makes room; until then it is as if the hub did not answer.
    return done || done.error().code != Errc::Limit ? done : Result<void>{};
}

Result<bool> TokenDesk::isAsked(const std::string& pool) const {
    auto asked = LeaseBook(journal_.database()).inState(LeaseState::Asked);
    if (!asked) return asked.error();
    return std::ranges::find(*asked, pool, &Lease::pool) != asked->end();
}

Result<TokenDesk::Hold> TokenDesk::holdOf(const std::string& pool, std::int64_t rights, std::int64_t& left) {
    auto lease = LeaseBook(journal_.database()).largest(pool);
    if (!lease && lease.error().code != Errc::NotFound) return lease.error();
    if (lease && lease->granted > lease->used) {
        left = lease->granted - lease->used;
        escrow_.asked[pool] = setting_.steadyMs;
        return Hold::Here;
    }
    if (const auto refusal = escrow_.refused.find(pool); refusal != escrow_.refused.end()) {
        // What is used up stays so, but for money that is loaded elsewhere; what another till holds comes
        // back.
        const bool lasts = !setting_.isOnline && refusal->second.why != kHeld;
        if (setting_.steadyMs - refusal->second.steadyMs < (lasts ? kRefusalCutOffMs : kRefusalMs))
            return Hold::Refused;
    }
    if (!setting_.isOnline) return Hold::Offline;
    const auto since = escrow_.asked.find(pool);
    if (since != escrow_.asked.end())
        return setting_.steadyMs - since->second < kAskMs ? Hold::Asking : Hold::Offline;
    auto asked = isAsked(pool); // before a restart, or long ago
    if (!asked) return asked.error();
    if (!*asked)
        if (auto done = ask(pool, rights); !done) return done.error();
    escrow_.asked[pool] = setting_.steadyMs;
    return Hold::Asking;
}

/// How much of the token may be used at the expense of the offline budget.
Result<std::int64_t> TokenDesk::offlineFor(const Campaign& campaign, const std::string& pool) const {
    auto share = LeaseBook(journal_.database()).largest(offlinePool(campaign.id));
    if (!share && share.error().code == Errc::NotFound) return 0;
    if (!share) return share.error();
    const auto left = share->granted - share->used;
    if (campaign.kind != TokenKind::GiftCard) return left;
    auto waiting = waitingOffline(pool);
    if (!waiting) return waiting.error();
    return std::clamp<std::int64_t>(campaign.offlinePerToken - *waiting, 0, left);
}

Result<std::int64_t> TokenDesk::usedHere(const std::string& pool) const {
    auto query = journal_.database().prepare(
        "SELECT coalesce(sum(amount), 0) FROM token_use WHERE pool = ? AND kind = 'redeem' AND reversed = 0");
    if (!query) return query.error();
    if (auto row = query->bind(0, pool).step(); !row) return row.error();
    return query->integer(0);
}

/// What was spent of it with no uplink and is still to be told.
Result<std::int64_t> TokenDesk::waitingOffline(const std::string& pool) const {
    auto query = journal_.database().prepare(
        "SELECT coalesce(sum(u.amount), 0) FROM token_use AS u JOIN outbox AS o ON o.id = u.operation_id "
        "WHERE u.pool = ? AND u.kind = 'redeem' AND u.offline = 1 AND u.reversed = 0 AND o.state = 0");
    if (!query) return query.error();
    if (auto row = query->bind(0, pool).step(); !row) return row.error();
    return query->integer(0);
}

Result<TokenDesk::Examined> TokenDesk::examine(const TokenCase& wanted, std::int64_t amount) {
    Examined examined;
    auto& answer = examined.answer;
    answer.word = wordOf(wanted, answer);
    if (answer.word != TokenWord::Valid || !answer.campaign->isCounted()) return examined;
    const auto& campaign = *answer.campaign;
    const bool isCard = campaign.kind == TokenKind::GiftCard;
    const auto pool = tokenPool({answer.token.campaign, answer.token.serial});
    if (!isCard) {
        auto used = usedHere(pool);
        if (!used) return used.error();
        if (*used >= campaign.uses) {
            answer.word = TokenWord::UsedHere;
            return examined;
        }
    }
    std::int64_t left = 0;
    auto hold = holdOf(pool, isCard ? kLeaseRightsMax : 1, left);
    if (!hold) return hold.error();
    examined.hold = *hold;
    switch (*hold) {
    case Hold::Here:
        answer.left = left;
        if (left < amount) answer.word = TokenWord::TooMuch;
        break;
    case Hold::Asking:
        answer.word = TokenWord::Asking;
        break;
    case Hold::Refused:
        answer.word = wordOfRefusal(escrow_.refused[pool].why, campaign.kind);
        break;
    case Hold::Offline: {
        auto offline = offlineFor(campaign, pool);
        if (!offline) return offline.error();
        answer.offlineLeft = *offline;
        answer.isOffline = *offline >= amount;
        if (!answer.isOffline) answer.word = TokenWord::NeedsUplink;
        break;
    }
    }
    return examined;
}

// ---- what is done
// ------------------------------------------------------------------------------------------------

Result<std::optional<TokenDesk::PastUse>> TokenDesk::findUse(const std::string& request) const {
    auto query = journal_.database().prepare(
        "SELECT operation_id, pool, kind, amount, offline, reversed FROM token_use WHERE request = ?");
    if (!query) return query.error();
    auto row = query->bind(0, request).step();
    if (!row) return row.error();
    if (!*row) return std::optional<PastUse>();
    return std::optional(PastUse{query->string(0), query->string(1), query->string(2), query->integer(3),
                                 query->integer(4) != 0, query->integer(5) != 0});
}

Result<std::string> TokenDesk::record(const TokenCase& wanted, const Doing& doing) {
    auto recorded = journal_.record(
        {.entity = "pool/" + doing.pool, .type = "token." + doing.kind, .dependsOn = doing.of},
        [&](Database& database, const OperationStamp& stamp) -> Result<Json> {
            Json data = {{"pool", doing.pool}, {"amount", doing.amount}, {"staff", wanted.staff}};
            if (!doing.leasePool.empty()) {
                auto lease = LeaseBook(database).spend(doing.leasePool, doing.amount);
                if (!lease) return lease.error();
                data["lease"] = leaseData(*lease);
            }
            if (!doing.of.empty()) {
                data["of"] = doing.of;
                auto update = database.prepare("UPDATE token_use SET reversed = 1 WHERE operation_id = ?");
                if (!update) return update.error();
                if (auto done = update->bind(0, doing.of).run(); !done) return done.error();
            }
            auto insert = database.prepare("INSERT INTO token_use(request, operation_id, pool, kind, amount, "
                                           "at_ms, offline) VALUES(?, ?, ?, ?, ?, ?, ?)");
            if (!insert) return insert.error();
            const auto kind = doing.ofRequest.empty() ? doing.kind : kindOfReversal(doing.ofRequest);
            insert->bind(0, wanted.request).bind(1, stamp.id).bind(2, doing.pool).bind(3, kind);
            insert->bind(4, doing.amount).bind(5, setting_.nowMs).bind(6, doing.isOffline ? 1 : 0);
            if (auto done = insert->run(); !done) return done.error();
            return data;
        });
    if (!recorded) return recorded.error();
    return recorded->id;
}

std::string TokenDesk::poolOf(const TokenCase& wanted, TokenAnswer& answer) const {
    const auto read = readToken(wanted.letters);
    if (!read) return {};
    answer.token = read->token;
    const auto found = rules_.campaigns.find(answer.token.campaign);
    if (found != rules_.campaigns.end()) answer.campaign = found->second;
    return tokenPool({answer.token.campaign, answer.token.serial});
}

Result<std::optional<TokenAnswer>> TokenDesk::doneBefore(const TokenCase& wanted, const std::string& kind,
                                                         std::int64_t amount) {
    auto past = findUse(wanted.request);
    if (!past) return past.error();
    if (!*past) return std::optional<TokenAnswer>();
    TokenAnswer answer;
    if ((*past)->pool != poolOf(wanted, answer) || (*past)->kind != kind || (*past)->amount != amount)
        return Error{Errc::Conflict, "use token: the request's id was another request's"};
    if ((*past)->isReversed)
        return Error{Errc::Conflict, "use token: what the request did was taken back since"};
    answer.word = TokenWord::Done;
    answer.isOffline = (*past)->isOffline;
    answer.operationId = (*past)->operationId;
    return std::optional(std::move(answer));
}

Result<TokenAnswer> TokenDesk::check(const TokenCase& wanted) {
    const auto amount = wanted.kind == TokenKind::GiftCard ? 0 : 1;
    auto examined = examine(wanted, amount);
    if (!examined) return examined.error();
    // What a card holds nobody here knows.
    if (wanted.kind == TokenKind::GiftCard && !examined->answer.left &&
        examined->answer.word == TokenWord::Valid)
        examined->answer.word = TokenWord::NeedsUplink;
    return std::move(examined->answer);
}

Result<TokenAnswer> TokenDesk::redeem(const TokenCase& wanted, std::int64_t minor) {
    auto before = doneBefore(wanted, "redeem", minor);
    if (!before) return before.error();
    if (*before) return std::move(**before);
    auto examined = examine(wanted, minor);
    if (!examined) return examined.error();
    auto& answer = examined->answer;
    if (answer.word != TokenWord::Valid) return std::move(answer);
    const auto& campaign = *answer.campaign;
    Doing doing{.kind = "redeem",
                .pool = tokenPool({answer.token.campaign, answer.token.serial}),
                .amount = minor,
                .isOffline = answer.isOffline};
    if (campaign.isCounted()) doing.leasePool = answer.isOffline ? offlinePool(campaign.id) : doing.pool;
    auto recorded = record(wanted, doing);
    if (!recorded) return recorded.error();
    answer.word = TokenWord::Done;
    answer.operationId = *recorded;
    if (examined->hold != Hold::Here || !campaign.isCounted()) return std::move(answer);
    answer.left = *answer.left - minor;
    escrow_.asked.erase(doing.pool); // tend() gives the rest back
    return std::move(answer);
}

Result<TokenAnswer> TokenDesk::load(const TokenCase& wanted, std::int64_t minor) {
    auto before = doneBefore(wanted, "load", minor);
    if (!before) return before.error();
    if (*before) return std::move(**before);
    TokenAnswer answer;
    answer.word = wordOf(wanted, answer);
    if (answer.word != TokenWord::Valid) return answer;
    const auto pool = tokenPool({answer.token.campaign, answer.token.serial});
    auto recorded = record(wanted, {.kind = "load", .pool = pool, .amount = minor});
    if (!recorded) return recorded.error();
    escrow_.refused.erase(pool); // it is not empty any more
    answer.word = TokenWord::Done;
    answer.operationId = *recorded;
    return answer;
}

Result<TokenAnswer> TokenDesk::reverse(const TokenCase& wanted, const std::string& of) {
    auto use = findUse(of);
    if (!use) return use.error();
    TokenAnswer answer;
    const auto amount = *use ? (*use)->amount : 0;
    auto before = doneBefore(wanted, kindOfReversal(of), amount);
    if (!before) return before.error();
    if (*before) return std::move(**before);
    const auto pool = poolOf(wanted, answer); // it may have expired since, and that is no matter
    answer.word = TokenWord::NoSuchUse;
    if (!*use || (*use)->kind != "redeem" || (*use)->pool != pool || (*use)->isReversed) return answer;
    auto recorded = record(
        wanted,
        {.kind = "reverse", .pool = pool, .amount = amount, .of = (*use)->operationId, .ofRequest = of});
    if (!recorded) return recorded.error();
    answer.word = TokenWord::Done;
    answer.operationId = *recorded;
    return answer;
}

// ---- what goes on by itself
// --------------------------------------------------------------------------------------

Result<bool> TokenDesk::isIdle(const Lease& lease) const {
    if (lease.pool.starts_with(kTokenPools)) {
        const auto since = escrow_.asked.find(lease.pool);
        return since == escrow_.asked.end() || lease.used == lease.granted;
    }
    if (!lease.pool.starts_with(kOfflinePools)) return false;
    if (!wantsShare(lease.pool)) return true;
    auto largest = LeaseBook(journal_.database()).largest(lease.pool);
    if (!largest) return largest.error();
    return largest->id != lease.id; // a newer one has come
}

Result<bool> TokenDesk::closeIdle() {
    auto leases = LeaseBook(journal_.database()).inState(LeaseState::Open);
    if (!leases) return leases.error();
    bool closed = false;
    for (const auto& lease : *leases) {
        auto idle = isIdle(lease);
        if (!idle) return idle;
        if (!*idle) continue;
        if (auto done = closeLease(journal_, lease); !done) return done.error();
        closed = true;
    }
    return closed;
}

bool TokenDesk::wantsShare(std::string_view pool) const {
    return std::ranges::any_of(rules_.campaigns, [&](const auto& each) {
        const auto& [id, campaign] = each;
        const bool isHere = campaign.stores.empty() ||
                            std::ranges::find(campaign.stores, setting_.storeCode) != campaign.stores.end();
        return offlinePool(id) == pool && campaign.offlineShare > 0 && isHere &&
               (!setting_.isTimeKnown || setting_.today <= campaign.lastDay);
    });
}

Result<bool> TokenDesk::wantShares() {
    bool wanted = false;
    for (const auto& [id, campaign] : rules_.campaigns) {
        const auto pool = offlinePool(id);
        if (!wantsShare(pool) || escrow_.asked.contains(pool)) continue;
        auto share = LeaseBook(journal_.database()).largest(pool);
        if (!share && share.error().code != Errc::NotFound) return share.error();
        if (share && share->used * 2 < share->granted) continue; // more than half of it is there
        auto asked = isAsked(pool);
        if (!asked) return asked;
        if (*asked) continue;
        if (auto done = ask(pool, campaign.offlineShare); !done) return done.error();
        escrow_.asked[pool] = setting_.steadyMs;
        wanted = true;
    }
    return wanted;
}

Result<bool> TokenDesk::tend() {
    std::erase_if(escrow_.asked,
                  [this](const auto& each) { return setting_.steadyMs - each.second >= kEscrowMs; });
    std::erase_if(escrow_.refused, [this](const auto& each) {
        return setting_.steadyMs - each.second.steadyMs >= kRefusalCutOffMs;
    });
    auto closed = closeIdle();
    if (!closed) return closed;
    auto wanted = wantShares();
    if (!wanted) return wanted;
    return *closed || *wanted;
}

Result<void> TokenDesk::forgetOldUses() {
    if (!setting_.isTimeKnown) return {};
    return journal_.apply([this](Database& database) -> Result<void> {
        auto forget = database.prepare(
            "DELETE FROM token_use WHERE at_ms < ? AND operation_id NOT IN (SELECT id FROM outbox)");
        if (!forget) return forget.error();
        return forget->bind(0, setting_.nowMs - kUsesRememberedMs).run();
    });
}

} // namespace silta
