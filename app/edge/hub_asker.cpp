#include "edge/hub_asker.h"

#include "core/log.h"

namespace silta {

namespace {

constexpr std::int64_t kQuietMs =
    10'000; // people hear at once that there is no line, not after a time-out each
constexpr std::size_t kAnswerBytesMax = 4'096;

} // namespace

HubAsker::HubAsker(GetAccess access, std::unique_ptr<HttpTransport> transport, const Clock& clock)
    : access_(std::move(access)), transport_(std::move(transport)), clock_(clock),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

HubAsker::~HubAsker() {
    thread_.request_stop();
    wake_.notify_all();
}

Result<void> HubAsker::mayAskNow() const {
    if (clock_.steadyMs() < quietUntilMs_) return Error{Errc::Unavailable, "ask hub: it cannot be reached"};
    if (questions_.size() >= kHubQuestionsMax) return Error{Errc::Limit, "ask hub: too many questions wait"};
    return {};
}

Result<void> HubAsker::mayAsk() const {
    const std::lock_guard lock(mutex_);
    return mayAskNow();
}

Result<void> HubAsker::ask(Question question) {
    {
        const std::lock_guard lock(mutex_);
        if (auto may = mayAskNow(); !may) return may;
        questions_.push_back(std::move(question));
    }
    wake_.notify_all();
    return {};
}

Result<Json> HubAsker::put(const Question& question) {
    auto access = access_();
    if (!access) return access.error();
    HubClient hub(*transport_, access->address, access->keys, &clock_);
    auto reply = hub.signedCall("POST", question.path, dumpJson(question.body), access->incarnation,
                                {{"Content-Type", "application/json"}});
    if (!reply) return reply.error();
    return parseJson(reply->body, kAnswerBytesMax);
}

void HubAsker::run(const std::stop_token& stop) {
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
        if (!answer) {
            log::warning("edge", "hub not asked path={} code={}", question.path,
                         toString(answer.error().code));
            const std::lock_guard lock(mutex_);
            if (answer.error().code == Errc::Unavailable) quietUntilMs_ = clock_.steadyMs() + kQuietMs;
        }
        question.onAnswer(answer);
    }
}

} // namespace silta
