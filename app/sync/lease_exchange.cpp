#include "sync/lease_exchange.h"

namespace silta {

namespace {

constexpr std::size_t kAnswerBytesMax = 256 * 1024; // kLeasesMax grants
constexpr std::string_view kToldSetting = "leases_told_epoch";

struct Question {
    Json body;
    std::string incarnation, epoch;
    bool tells = false;
};

Result<Question> questionOf(Journal& journal) {
    const LeaseBook book(journal.database());
    auto asked = book.inState(LeaseState::Asked);
    if (!asked) return asked.error();
    const auto known = journal.setting("hub_epoch").value_or("");
    Question question;
    // What was spent of leases that are closed by now comes first: they are not among what is held.
    question.tells = known != journal.setting(kToldSetting).value_or("") && !journal.hasPending();
    question.incarnation = journal.incarnation();
    question.epoch = known;
    if (asked->empty() && !question.tells) return question;
    auto wanted = Json::array();
    for (const auto& lease : *asked)
        wanted.push_back({{"lease", lease.id}, {"pool", lease.pool}, {"rights", lease.granted}});
    question.body = {{"wanted", std::move(wanted)}};
    if (!question.tells) return question;
    auto held = Json::array();
    for (const auto state : {LeaseState::Open, LeaseState::Recalled}) {
        auto leases = book.inState(state);
        if (!leases) return leases.error();
        for (const auto& lease : *leases)
            held.push_back(leaseData(lease));
    }
    question.body["held"] = std::move(held);
    question.body["epoch"] = known; // what is told to one epoch says nothing to another
    return question;
}

std::vector<LeaseRefusal> refusalsIn(const Question& question, const Json& answer) {
    std::vector<LeaseRefusal> refusals;
    for (const auto& grant : arrayMember(answer, "granted")) {
        if (integerMember(grant, "rights").value_or(0) > 0) continue;
        const auto id = textMember(grant, "lease").value_or("");
        for (const auto& wanted : arrayMember(question.body, "wanted"))
            if (textMember(wanted, "lease") == id)
                refusals.push_back(
                    {textMember(wanted, "pool").value_or(""), textMember(grant, "why").value_or("")});
    }
    return refusals;
}

Result<void> applyAnswer(Journal& journal, const Question& question, const Json& answer) {
    if (question.incarnation != journal.incarnation()) return {}; // it was granted to who we were
    return journal.apply([&](Database& database) -> Result<void> {
        LeaseBook book(database);
        for (const auto& grant : arrayMember(answer, "granted")) {
            const auto id = textMember(grant, "lease").value_or("");
            const auto rights = integerMember(grant, "rights").value_or(0);
            if (auto done = book.grant(id, rights, textMember(grant, "proof").value_or("")); !done)
                return done;
        }
        if (!question.tells || textMember(answer, "epoch") != question.epoch) return {};
        return journal.setSetting(kToldSetting, question.epoch);
    });
}

} // namespace

Result<std::vector<LeaseRefusal>> exchangeLeases(Journal& journal, std::mutex& journalMutex, HubClient& hub) {
    Result<Question> question = Question{};
    {
        const std::lock_guard lock(journalMutex);
        question = questionOf(journal);
    }
    if (!question) return question.error();
    if (question->body.is_null()) return std::vector<LeaseRefusal>{};
    auto reply = hub.signedCall("POST", "/v1/leases", dumpJson(question->body), question->incarnation,
                                {{"Content-Type", "application/json"}});
    if (!reply) return reply.error();
    auto answer = parseJson(reply->body, kAnswerBytesMax);
    if (!answer) return answer.error();
    if (!textMember(*answer, "epoch") || arrayMember(*answer, "granted").is_null())
        return Error{Errc::Invalid, "exchange leases: a member is missing"};
    const std::lock_guard lock(journalMutex);
    if (auto done = applyAnswer(journal, *question, *answer); !done) return done.error();
    return refusalsIn(*question, *answer);
}

Result<void> closeLease(Journal& journal, const Lease& lease) {
    auto recorded = journal.record({.entity = "pool/" + lease.pool, .type = "lease.close"},
                                   [&lease](Database& database, const OperationStamp&) -> Result<Json> {
                                       auto closed = LeaseBook(database).close(lease.id);
                                       if (!closed) return closed.error();
                                       return leaseData(*closed);
                                   });
    return recorded ? Result<void>{} : recorded.error();
}

} // namespace silta
