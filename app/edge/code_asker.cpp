#include "edge/code_asker.h"

#include <silta/uuid.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kRememberedMs = 10 * 60 * 1000; // twice a code's life

CodeStatus askedStatus(const Json& reply) {
    constexpr std::int64_t kSecondsMax = 3'600;
    if (boolMember(reply, "accepted").value_or(false)) {
        const auto seconds = integerMember(reply, "expiresSeconds").value_or(0);
        return {CodeState::Sent, static_cast<int>(std::clamp<std::int64_t>(seconds, 0, kSecondsMax)), 0};
    }
    const auto reason = textMember(reply, "reason").value_or("");
    if (reason == "too-many") return {CodeState::TooMany};
    if (reason == "malformed") return {CodeState::Refused};
    return {CodeState::Unavailable};
}

CodeStatus checkedStatus(const Json& reply) {
    constexpr std::int64_t kAttemptsMax = 100;
    if (boolMember(reply, "right").value_or(false)) return {CodeState::Right};
    const auto left = integerMember(reply, "attemptsLeft").value_or(0);
    if (left <= 0) return {CodeState::Gone};
    return {CodeState::Wrong, 0, static_cast<int>(std::min(left, kAttemptsMax))};
}

} // namespace

Result<void> CodeAsker::mayAsk() {
    if (auto may = hub_.mayAsk(); !may) return may;
    const auto now = clock_.steadyMs();
    std::erase_if(known_, [now](const auto& entry) { return entry.second.untilMs <= now; });
    if (known_.size() >= kCodeChallengesMax)
        return Error{Errc::Limit, "ask for code: too many are remembered"};
    return {};
}

void CodeAsker::note(const std::string& challenge, CodeStatus status) {
    known_[challenge] = {status, clock_.steadyMs() + kRememberedMs};
}

Result<void> CodeAsker::put(const std::string& challenge, const char* path, Json body,
                            CodeStatus (*statusOf)(const Json&)) {
    return hub_.ask({path, std::move(body), [this, challenge, statusOf](const Result<Json>& reply) {
                         const std::lock_guard lock(mutex_);
                         note(challenge, reply ? statusOf(*reply) : CodeStatus{CodeState::Unavailable});
                     }});
}

Result<std::string> CodeAsker::ask(const std::string& sealedPhone, const std::string& lang) {
    const auto challenge = makeUuid(clock_, random_);
    const std::lock_guard lock(mutex_);
    if (auto may = mayAsk(); !may) return may.error();
    note(challenge, {CodeState::Asking});
    auto done = put(challenge, "/v1/ask/code",
                    {{"challenge", challenge}, {"sealedPhone", sealedPhone}, {"lang", lang}}, askedStatus);
    if (!done) return done.error();
    return challenge;
}

Result<void> CodeAsker::check(const std::string& challenge, const std::string& code) {
    const std::lock_guard lock(mutex_);
    if (auto may = mayAsk(); !may) return may;
    const auto known = known_.find(challenge);
    if (known != known_.end() && known->second.status.state == CodeState::Checking)
        return Error{Errc::Limit, "check code: one try at a time"};
    note(challenge, {CodeState::Checking});
    return put(challenge, "/v1/ask/code-check", {{"challenge", challenge}, {"code", code}}, checkedStatus);
}

Result<CodeStatus> CodeAsker::status(const std::string& challenge) const {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(challenge);
    if (known == known_.end() || known->second.untilMs <= clock_.steadyMs())
        return Error{Errc::NotFound, "read code: never heard of"};
    return known->second.status;
}

} // namespace silta
