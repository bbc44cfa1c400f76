#include "edge/code_asker.h"

#include "core/json.h"
#include "core/log.h"

#include <silta/uuid.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::int64_t kRememberedMs = 10 * 60 * 1000; // twice a code's life
constexpr std::int64_t kQuietMs = 10'000; // a guest hears at once that there is no line, not after a time-out
constexpr std::size_t kAnswerBytesMax = 4'096;

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

CodeAsker::CodeAsker(GetAccess access, std::unique_ptr<HttpTransport> transport, const Clock& clock,
                     Random& random)
    : access_(std::move(access)), transport_(std::move(transport)), clock_(clock), random_(random),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

CodeAsker::~CodeAsker() {
    thread_.request_stop();
    wake_.notify_all();
}

Result<void> CodeAsker::mayAsk() {
    const auto now = clock_.steadyMs();
    if (now < quietUntilMs_) return Error{Errc::Unavailable, "ask for code: the hub cannot be reached"};
    std::erase_if(known_, [now](const auto& entry) { return entry.second.untilMs <= now; });
    if (questions_.size() >= kCodeQuestionsMax || known_.size() >= kCodeChallengesMax)
        return Error{Errc::Limit, "ask for code: too many questions wait"};
    return {};
}

void CodeAsker::note(const std::string& challenge, CodeStatus status) {
    known_[challenge] = {status, clock_.steadyMs() + kRememberedMs};
}

Result<std::string> CodeAsker::ask(const std::string& sealedPhone, const std::string& lang) {
    const auto challenge = makeUuid(clock_, random_);
    {
        const std::lock_guard lock(mutex_);
        if (auto may = mayAsk(); !may) return may.error();
        note(challenge, {CodeState::Asking});
        questions_.push_back({challenge, sealedPhone, lang, {}});
    }
    wake_.notify_all();
    return challenge;
}

Result<void> CodeAsker::check(const std::string& challenge, const std::string& code) {
    {
        const std::lock_guard lock(mutex_);
        if (auto may = mayAsk(); !may) return may;
        const auto known = known_.find(challenge);
        if (known != known_.end() && known->second.status.state == CodeState::Checking)
            return Error{Errc::Limit, "check code: one try at a time"};
        note(challenge, {CodeState::Checking});
        questions_.push_back({challenge, {}, {}, code});
    }
    wake_.notify_all();
    return {};
}

Result<CodeStatus> CodeAsker::status(const std::string& challenge) const {
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(challenge);
    if (known == known_.end() || known->second.untilMs <= clock_.steadyMs())
        return Error{Errc::NotFound, "read code: never heard of"};
    return known->second.status;
}

Result<CodeStatus> CodeAsker::put(const Question& question) {
    auto access = access_();
    if (!access) return access.error();
    HubClient hub(*transport_, access->address, access->keys, &clock_);
    const bool isCheck = !question.code.empty();
    const Json body = isCheck ? Json{{"challenge", question.challenge}, {"code", question.code}}
                              : Json{{"challenge", question.challenge},
                                     {"sealedPhone", question.sealedPhone},
                                     {"lang", question.lang}};
    auto reply = hub.signedCall("POST", isCheck ? "/v1/ask/code-check" : "/v1/ask/code", dumpJson(body),
                                access->incarnation, {{"Content-Type", "application/json"}});
    if (!reply) return reply.error();
    auto json = parseJson(reply->body, kAnswerBytesMax);
    if (!json) return json.error();
    return isCheck ? checkedStatus(*json) : askedStatus(*json);
}

void CodeAsker::run(const std::stop_token& stop) {
    for (;;) {
        Question question;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, stop, [this] { return !questions_.empty(); });
            if (stop.stop_requested()) return;
            question = std::move(questions_.front());
            questions_.pop_front();
        }
        const auto answer = put(question);
        const std::lock_guard lock(mutex_);
        note(question.challenge, answer ? *answer : CodeStatus{CodeState::Unavailable});
        if (answer) continue;
        if (answer.error().code == Errc::Unavailable) quietUntilMs_ = clock_.steadyMs() + kQuietMs;
        log::warning("edge", "one-time code not asked for code={}", toString(answer.error().code));
    }
}

} // namespace silta
