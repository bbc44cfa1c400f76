#include "edge/member_asker.h"

#include "shopper/wishlist_repository.h"

#include <silta/uuid.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kAnswerKeptMs = 60'000;
constexpr std::size_t kLastDigits = 4;
constexpr std::size_t kTierBytesMax = 16;

MemberAnswer answerOf(const Result<Json>& reply) {
    using State = MemberAnswer::State;
    const auto isKnown = reply ? boolMember(*reply, "known") : std::nullopt;
    MemberAnswer answer;
    answer.state = !isKnown ? State::Unavailable : *isKnown ? State::Known : State::Unknown;
    if (answer.state != State::Known) return answer;
    answer.sinceMs = integerMember(*reply, "sinceMs").value_or(0);
    answer.lastDigits = textMember(*reply, "lastDigits", kLastDigits).value_or("");
    answer.points = integerMember(*reply, "points");
    answer.tier = textMember(*reply, "tier", kTierBytesMax).value_or("");
    for (const auto& sku : arrayMember(*reply, "wishes"))
        if (sku.is_string() && answer.wishes.size() < kWishesHeardMax &&
            sku.get_ref<const std::string&>().size() <= kSkuBytesMax)
            answer.wishes.push_back(sku.get<std::string>());
    return answer;
}

} // namespace

Result<std::string> MemberAsker::askContact(const std::string& sealed) {
    return ask({{"sealed", sealed}});
}

Result<std::string> MemberAsker::askNumber(const std::string& number) {
    return ask({{"number", number}});
}

Result<std::string> MemberAsker::ask(Json body) {
    const auto id = makeUuid(clock_, random_);
    const auto now = clock_.steadyMs();
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(known_, [now](const auto& entry) { return entry.second.untilMs <= now; });
        if (known_.size() >= kMemberAnswersMax)
            return Error{Errc::Limit, "ask for member: too many answers wait"};
        known_[id] = {{}, now + kAnswerKeptMs};
    }
    const auto number = textMember(body, "number").value_or("");
    const auto note = [this, id, number](const Result<Json>& reply) {
        const std::lock_guard lock(mutex_);
        known_[id].answer = answerOf(reply);
        keep(number, known_[id].answer);
    };
    auto asked = hub_.ask({"/v1/ask/member", std::move(body), note});
    if (asked) return id;
    const std::lock_guard lock(mutex_);
    known_.erase(id);
    return asked.error();
}

void MemberAsker::keep(const std::string& number, const MemberAnswer& answer) {
    if (number.empty() || answer.state == MemberAnswer::State::Unavailable) return;
    const auto now = clock_.steadyMs();
    std::erase_if(standings_, [now](const auto& entry) { return entry.second.untilMs <= now; });
    standings_.erase(number);
    if (!answer.points) return;
    if (standings_.size() >= kStandingsMax)
        standings_.erase(
            std::ranges::min_element(standings_, {}, [](const auto& entry) { return entry.second.untilMs; }));
    standings_[number] = {{*answer.points, answer.tier, clock_.nowMs()}, now + kStandingKeptMs};
}

std::optional<KeptStanding> MemberAsker::kept(const std::string& number) const {
    const std::lock_guard lock(mutex_);
    const auto entry = standings_.find(number);
    if (entry == standings_.end() || entry->second.untilMs <= clock_.steadyMs()) return std::nullopt;
    return entry->second.standing;
}

Result<MemberAnswer> MemberAsker::answer(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(id);
    if (known == known_.end() || known->second.untilMs <= clock_.steadyMs())
        return Error{Errc::NotFound, "read member: never asked for"};
    return known->second.answer;
}

} // namespace silta
