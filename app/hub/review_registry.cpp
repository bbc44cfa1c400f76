#include "hub/review_registry.h"

#include "core/digits.h"
#include "core/json.h"
#include "hub/member_registry.h"
#include "shopper/sale.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <algorithm>

namespace silta::hub {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kSkusBytesMax = 1'024; // kReviewedProductsMax of kSaleSkuBytesMax, escaped
constexpr std::size_t kKeyBytes = kReviewKeyLetters / 2;
constexpr std::string_view kSeenMs = "review_seen_ms", kSeenId = "review_seen_id";

/// After the last sale that was looked at, in the order in which they came.
constexpr const char* kCandidates =
    "SELECT s.id, s.store_code, s.at_ms, s.received_ms, s.document, "
    "CASE WHEN s.member_number <> '' THEN s.member_number ELSE coalesce(l.member_number, '') END "
    "FROM sale AS s LEFT JOIN sale_link AS l ON l.store_code = s.store_code AND l.receipt = s.receipt "
    "WHERE (s.received_ms > ?1 OR (s.received_ms = ?1 AND s.id > ?2)) AND s.received_ms <= ?3 "
    "ORDER BY s.received_ms, s.id LIMIT ?4";

Result<std::string> setting(const Database& database, std::string_view name) {
    auto query = database.prepare("SELECT value FROM hub_setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, name).step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> set(Database& database, std::string_view name, const std::string& value) {
    auto upsert = database.prepare("INSERT INTO hub_setting(name, value) VALUES(?1, ?2) "
                                   "ON CONFLICT(name) DO UPDATE SET value = ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, name).bind(1, value).run();
}

} // namespace

bool isReviewText(std::string_view utf8) {
    const auto characters =
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return static_cast<std::size_t>(characters) <= kReviewWrittenCharactersMax;
}

std::string_view toString(ReviewState state) {
    switch (state) {
    case ReviewState::Approved:
        return "approved";
    case ReviewState::Refused:
        return "refused";
    case ReviewState::Waiting:
        break;
    }
    return "waiting";
}

std::optional<ReviewState> reviewStateNamed(std::string_view name) {
    for (const auto state : {ReviewState::Waiting, ReviewState::Approved, ReviewState::Refused})
        if (toString(state) == name) return state;
    return std::nullopt;
}

Result<std::vector<ReviewRegistry::Candidate>> ReviewRegistry::candidates(int days) const {
    const auto seenMs = setting(database_, kSeenMs);
    const auto seenId = setting(database_, kSeenId);
    if (!seenMs) return seenMs.error();
    if (!seenId) return seenId.error();
    const auto untilMs = nowMs_ - days * kDayMs;
    // Who switches this on does not ask about sales of years.
    const auto fromMs = seenMs->empty() ? untilMs - kDayMs : parseNumber<std::int64_t>(*seenMs).value_or(0);
    auto query = database_.prepare(kCandidates);
    if (!query) return query.error();
    query->bind(0, fromMs).bind(1, *seenId).bind(2, untilMs).bind(3, kReviewSalesAtOnceMax);
    std::vector<Candidate> found;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return found;
        found.push_back({query->string(0), query->string(1), query->string(5), std::string(query->blob(4)),
                         query->integer(2), query->integer(3)});
    }
}

Result<bool> ReviewRegistry::mayBeAsked(const std::string& memberId) const {
    auto word = database_.prepare("SELECT granted FROM consent WHERE member_id = ? AND purpose = 'marketing' "
                                  "AND channel = 'sms' ORDER BY row DESC LIMIT 1");
    if (!word) return word.error();
    auto said = word->bind(0, memberId).step();
    if (!said) return said.error();
    if (!*said || word->integer(0) != 1) return false;
    auto lately =
        database_.prepare("SELECT 1 FROM review_invitation WHERE member_id = ? AND made_ms > ? LIMIT 1");
    if (!lately) return lately.error();
    auto row = lately->bind(0, memberId).bind(1, nowMs_ - kReviewQuietMs).step();
    if (!row) return row.error();
    return !*row;
}

Result<std::vector<std::string>>
ReviewRegistry::skusOf(const Candidate& candidate, const std::string& memberId, const IsSold& isSold) const {
    const auto text = decrypt(candidate.document, keys_.masterKey, candidate.saleId);
    const auto json = text ? parseJson(*text, kSaleBytesMax) : Result<Json>(text.error());
    const auto sale = json ? parseSale(*json) : Result<Sale>(json.error());
    if (!sale) return Error{Errc::Corrupt, "read sale: its receipt cannot be read"};
    auto before = database_.prepare("SELECT 1 FROM review WHERE member_id = ? AND sku = ? LIMIT 1");
    if (!before) return before.error();
    std::vector<std::string> skus;
    for (const auto& line : sale->lines) {
        if (skus.size() == kReviewedProductsMax) break;
        const bool isTwice = std::ranges::find(skus, line.sku) != skus.end();
        if (line.sku.empty() || line.quantity <= 0 || isTwice || !isSold(line.sku)) continue;
        before->reset();
        auto row = before->bind(0, memberId).bind(1, line.sku).step();
        if (!row) return row.error();
        if (!*row) skus.push_back(line.sku);
    }
    return skus;
}

Result<std::optional<ReviewCall>> ReviewRegistry::inviteFor(const Candidate& candidate,
                                                            const IsSold& isSold) {
    const std::optional<ReviewCall> nobody;
    if (candidate.member.empty() || candidate.atMs < nowMs_ - kReviewSaleAgeMaxMs) return nobody;
    const MemberRegistry members(database_, keys_, random_);
    auto met = members.lookUp({}, candidate.member);
    if (!met) return met.error();
    if (met->id.empty()) return nobody;
    auto may = mayBeAsked(met->id);
    if (!may) return may.error();
    if (!*may) return nobody;
    auto person = members.personalData(met->id);
    if (!person && person.error().code == Errc::NotFound) return nobody;
    if (!person) return person.error();
    if (person->phone.empty()) return nobody;
    auto skus = skusOf(candidate, met->id, isSold);
    if (!skus) return skus.error();
    if (skus->empty()) return nobody;
    auto language = database_.prepare("SELECT lang FROM member WHERE id = ?");
    if (!language) return language.error();
    if (auto row = language->bind(0, met->id).step(); !row) return row.error();
    ReviewCall call{person->phone, language->string(0), random_.hex(kKeyBytes)};
    auto insert = database_.prepare("INSERT INTO review_invitation VALUES(?, ?, ?, ?, ?, ?, ?, 0)");
    if (!insert) return insert.error();
    const auto hash = sha256Hex(call.key);
    const auto list = dumpJson(Json(*skus));
    insert->bind(0, candidate.saleId).bind(1, met->id).bind(2, hash).bind(3, candidate.storeCode);
    if (auto done = insert->bind(4, call.lang).bind(5, list).bind(6, nowMs_).run(); !done)
        return done.error();
    return std::optional(std::move(call));
}

Result<std::vector<ReviewCall>> ReviewRegistry::invite(int days, const IsSold& isSold) {
    auto sales = candidates(days);
    if (!sales) return sales.error();
    std::vector<ReviewCall> calls;
    for (const auto& sale : *sales) {
        auto call = inviteFor(sale, isSold);
        if (!call) return call.error();
        if (*call) calls.push_back(std::move(**call));
    }
    if (sales->empty()) return calls;
    if (auto done = set(database_, kSeenMs, std::to_string(sales->back().receivedMs)); !done)
        return done.error();
    if (auto done = set(database_, kSeenId, sales->back().saleId); !done) return done.error();
    return calls;
}

Result<ReviewInvitation> ReviewRegistry::find(std::string_view key) const {
    auto query = database_.prepare("SELECT sale_id, member_id, store_code, lang, skus, made_ms, used_ms FROM "
                                   "review_invitation WHERE page_hash = ?");
    if (!query) return query.error();
    const auto hash = sha256Hex(key);
    auto row = query->bind(0, hash).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find invitation to a review: none"};
    ReviewInvitation invitation{query->string(0),  query->string(1), query->string(2), query->string(3), {},
                                query->integer(5), query->integer(6)};
    const auto skus = parseJson(query->text(4), kSkusBytesMax);
    if (!skus || !skus->is_array()) return Error{Errc::Corrupt, "read invitation to a review: its products"};
    for (const auto& sku : *skus)
        if (sku.is_string()) invitation.skus.push_back(sku.get<std::string>());
    return invitation;
}

Result<void> ReviewRegistry::take(const ReviewInvitation& invitation,
                                  const std::vector<ReviewAnswer>& answers) {
    auto use =
        database_.prepare("UPDATE review_invitation SET used_ms = ? WHERE sale_id = ? AND used_ms = 0");
    auto insert = database_.prepare("INSERT INTO review VALUES(?, ?, ?, ?, ?, ?, 'waiting', ?)");
    if (!use) return use.error();
    if (!insert) return insert.error();
    if (auto done = use->bind(0, nowMs_).bind(1, invitation.saleId).run(); !done) return done;
    if (database_.changes() != 1) return Error{Errc::Conflict, "take reviews: the invitation is used"};
    for (const auto& answer : answers) {
        const bool isAsked = std::ranges::find(invitation.skus, answer.sku) != invitation.skus.end();
        if (!isAsked || answer.stars < 1 || answer.stars > kReviewStarsMax || !isReviewText(answer.text))
            return Error{Errc::Invalid, "take reviews: one that was not asked for, or too long"};
        const auto id = makeUuid(Hlc::make(nowMs_, 0), random_);
        const auto text = encrypt(answer.text, keys_.masterKey, id);
        if (!text) return text.error();
        insert->bind(0, id).bind(1, invitation.memberId).bind(2, answer.sku).bind(3, answer.stars);
        if (auto done = insert->bind(4, invitation.lang).bind(5, nowMs_).bindBlob(6, *text).run(); !done)
            return done;
    }
    return {};
}

Result<std::vector<ReviewRow>> ReviewRegistry::list(std::optional<ReviewState> state) const {
    auto query = database_.prepare("SELECT id, sku, lang, text, stars, at_ms, state FROM review "
                                   "WHERE ?1 = '' OR state = ?1 ORDER BY at_ms, id");
    if (!query) return query.error();
    query->bind(0, state ? toString(*state) : std::string_view());
    std::vector<ReviewRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        const auto id = query->string(0);
        auto text = decrypt(query->blob(3), keys_.masterKey, id);
        if (!text) return Error{Errc::Corrupt, "read review: its text cannot be read"};
        rows.push_back({id, query->string(1), query->string(2), std::move(*text),
                        static_cast<int>(query->integer(4)), query->integer(5),
                        reviewStateNamed(query->text(6)).value_or(ReviewState::Waiting)});
    }
}

Result<void> ReviewRegistry::forget(const std::string& memberId) {
    for (const auto* text :
         {"DELETE FROM review WHERE member_id = ?", "DELETE FROM review_invitation WHERE member_id = ?"}) {
        auto statement = database_.prepare(text);
        if (!statement) return statement.error();
        if (auto done = statement->bind(0, memberId).run(); !done) return done;
    }
    return {};
}

Result<void> ReviewRegistry::judge(const std::string& id, ReviewState state) {
    auto update = database_.prepare("UPDATE review SET state = ? WHERE id = ?");
    if (!update) return update.error();
    if (auto done = update->bind(0, toString(state)).bind(1, id).run(); !done) return done;
    if (database_.changes() != 1) return Error{Errc::NotFound, "judge review: there is none of that id"};
    return {};
}

} // namespace silta::hub
