#include "sync/private_feed.h"

#include "core/json.h"
#include "core/log.h"
#include "core/mutant.h"
#include "sync/lease_book.h"
#include "sync/order_book.h"
#include "sync/staff_book.h"

#include <silta/crypto.h>

#include <limits>

namespace silta {

namespace {

constexpr std::size_t kTokenRulesReplyBytesMax = 2 * kTokenRulesBytesMax; // as text in text

Result<void> applyMemberResult(Database& database, const Json& change) {
    auto update =
        database.prepare("UPDATE member SET outcome = ?2, number = coalesce(?3, number) WHERE id = ?1");
    if (!update) return update.error();
    const auto id = textMember(change, "memberId").value_or("");
    const auto outcome = textMember(change, "outcome").value_or("");
    const auto number = textMember(change, "number"); // only where another device had given ours out
    return update->bind(0, id).bind(1, outcome).bind(2, number).run();
}

Result<void> applyOperationResult(Journal& journal, Database& database, const Json& change) {
    const auto id = textMember(change, "id").value_or("");
    if (textMember(change, "verdict") != toString(VerdictKind::Flag)) return journal.acceptQuarantined(id);
    auto update = database.prepare("UPDATE token_use SET contested = 1 WHERE operation_id = ?");
    if (!update) return update.error();
    return update->bind(0, id).run();
}

/// What cannot be read stays as it was: one entry must not hold up the feed.
Result<void> putStaff(Database& database, const Json& change) {
    const auto staff = parseStaff(objectMember(change, "staff"));
    if (staff) return StaffBook(database).put(*staff);
    log::warning("sync", "staff not understood");
    return {};
}

/// The same goes for an order.
Result<void> applyOrder(Database& database, const Json& change, std::string_view type, UtcMs hubNowMs) {
    OrderBook orders(database);
    auto done = type == "order.gone" ? orders.remove(change) : orders.put(change, hubNowMs);
    if (done || done.error().code != Errc::Invalid) return done;
    log::warning("sync", "order not understood");
    return {};
}

/// What a newer hub says besides is passed over.
Result<void> applyChange(Journal& journal, Database& database, const Json& change, UtcMs hubNowMs) {
    const auto type = textMember(change, "type").value_or("");
    if (type == "order.put" || type == "order.gone") return applyOrder(database, change, type, hubNowMs);
    if (type == "order.begin") return OrderBook(database).begin();
    if (type == "member.result") return applyMemberResult(database, change);
    if (type == "operation.result") return applyOperationResult(journal, database, change);
    if (type == "lease.recall") return LeaseBook(database).recall(textMember(change, "lease").value_or(""));
    if (type == "staff.begin") return StaffBook(database).removeAll();
    if (type == "staff.put") return putStaff(database, change);
    return {};
}

/// A hub that does not know of coupons says nothing of them, and what was there goes on.
Result<void> noteWelcomeCoupon(Journal& journal, const Json& page) {
    if (!page.contains("welcomeCoupon")) return {};
    const auto& coupon = objectMember(page, "welcomeCoupon");
    const auto text = coupon.empty() ? std::string() : dumpJson(coupon);
    if (text == journal.setting(kWelcomeCouponSetting).value_or("")) return {};
    return journal.setSetting(kWelcomeCouponSetting, text);
}

/// Writes nothing when the hub says nothing new: it is asked every few seconds, and a card wears.
Result<void> applyPage(Journal& journal, const Json& page, const std::string& before,
                       const std::string& cursor, bool& resends) {
    if (isMutant(Mutant::CursorFirst))
        if (auto done = journal.setSetting(kFeedCursorSetting, cursor); !done) return done;
    return journal.apply([&](Database& database) -> Result<void> {
        const auto epoch = textMember(page, "epoch").value_or("");
        const auto durableSeq = integerMember(page, "durable_seq").value_or(0);
        if (!isMutant(Mutant::EpochOnPushOnly)) {
            auto noted = journal.noteHub(epoch, durableSeq);
            if (!noted) return noted.error();
            resends = resends || *noted;
        }
        const auto hubNowMs = integerMember(page, "now").value_or(0);
        for (const auto& change : arrayMember(page, "changes"))
            if (auto done = applyChange(journal, database, change, hubNowMs); !done) return done;
        if (auto done = noteWelcomeCoupon(journal, page); !done) return done;
        return cursor == before ? Result<void>{} : journal.setSetting(kFeedCursorSetting, cursor);
    });
}

} // namespace

Result<FeedOutcome> pullPrivateFeed(Journal& journal, std::mutex& journalMutex, HubClient& hub) {
    FeedOutcome outcome;
    for (bool more = true; more;) {
        std::string cursor;
        std::string incarnation;
        {
            const std::lock_guard lock(journalMutex);
            cursor = journal.setting(kFeedCursorSetting).value_or("");
            incarnation = journal.incarnation();
        }
        auto reply = hub.signedCall("GET", "/v1/changes?cursor=" + cursor, "", incarnation);
        if (!reply && reply.error().code == Errc::NotFound && !cursor.empty()) {
            // We stopped before the hub's horizon: what we missed is told as a whole.
            const std::lock_guard lock(journalMutex);
            if (auto done = journal.setSetting(kFeedCursorSetting, ""); !done) return done.error();
            more = true;
            continue;
        }
        if (!reply) return reply.error();
        auto json = parseJson(reply->body, kChangesBytesMax);
        if (!json) return json.error();
        const auto next = textMember(*json, "cursor");
        if (!next || !textMember(*json, "epoch") || arrayMember(*json, "changes").is_null())
            return Error{Errc::Invalid, "read changes: a member is missing"};
        more = boolMember(*json, "more").value_or(false) && *next != cursor;
        const std::lock_guard lock(journalMutex);
        outcome.hubNowMs = integerMember(*json, "now").value_or(0);
        outcome.tokenRulesTag = textMember(*json, "tokenRules").value_or("");
        outcome.shelfParts = integerMember(*json, "shelfParts").value_or(0);
        if (incarnation != journal.incarnation()) return outcome; // its marks are those of another numbering
        if (auto done = applyPage(journal, *json, cursor, *next, outcome.resends); !done) return done.error();
        if (textMember(*json, "inc") != incarnation) continue; // an older hub, or an answer to somebody else
        const bool isFenced = boolMember(*json, "fenced").value_or(false); // no number of it is ours any more
        auto begun = journal.noteHighSeq(isFenced ? std::numeric_limits<std::int64_t>::max()
                                                  : integerMember(*json, "hwm").value_or(0));
        if (!begun) return begun.error();
        outcome.resends = outcome.resends || *begun;
    }
    return outcome;
}

Result<std::optional<TokenRules>> pullTokenRules(Journal& journal, std::mutex& journalMutex, HubClient& hub,
                                                 const std::string& tag, const std::string& signKey) {
    std::string incarnation;
    {
        const std::lock_guard lock(journalMutex);
        if (tag.empty()) return std::optional<TokenRules>();
        // By the text itself: a salvage may have lost it, or brought back another one.
        const auto kept = journal.setting(kTokenRulesSetting);
        if (kept && tokenRulesTag(*kept) == tag) return std::optional<TokenRules>();
        incarnation = journal.incarnation();
    }
    auto reply = hub.signedCall("GET", "/v1/token-rules", "", incarnation);
    if (!reply) return reply.error();
    auto json = parseJson(reply->body, kTokenRulesReplyBytesMax);
    if (!json) return json.error();
    const auto text = textMember(*json, "rules", kTokenRulesBytesMax);
    const auto signature = fromBase64(textMember(*json, "signature").value_or(""));
    const auto itsTag = textMember(*json, "tag");
    if (!text || !signature || !itsTag) return Error{Errc::Invalid, "read token rules: a member is missing"};
    if (!verify(tokenRulesText(*text), *signature, signKey) || *itsTag != tokenRulesTag(*text))
        return Error{Errc::Denied, "read token rules: not what the hub signed and named"};
    auto rules = readTokenRules(*text);
    if (!rules) return Error{Errc::Unsupported, rules.error().what};
    const std::lock_guard lock(journalMutex);
    if (auto kept = journal.setSetting(kTokenRulesSetting, *text); !kept) return kept.error();
    return std::optional(std::move(*rules));
}

} // namespace silta
