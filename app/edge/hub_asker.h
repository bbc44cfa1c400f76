// HubAsker: puts questions to the hub that only it can answer, at once and beside everything else that is
// said to it.
//
// Questions come from handlers that may not wait: they leave one and come back for the answer.
#pragma once

#include "core/json.h"
#include "sync/hub_client.h"

#include <silta/http.h>
#include <silta/time.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace silta {

inline constexpr std::size_t kHubQuestionsMax = 32; ///< waiting for the hub

/// Thread: any for the public calls; the questions are asked by a thread of its own.
class HubAsker {
public:
    struct Access {
        HubAddress address;
        KeyPair keys;
        std::string incarnation;
    };
    /// Called on the asker's thread. Errors: Unavailable (not enrolled).
    using GetAccess = std::function<Result<Access>()>;
    /// Called on the asker's thread, unless the asker ends before.
    using OnAnswer = std::function<void(const Result<Json>&)>;
    struct Question {
        std::string path; ///< of the hub, as in "/v1/ask/code"
        Json body;
        OnAnswer onAnswer;
    };
    HubAsker(GetAccess access, std::unique_ptr<HttpTransport> transport, const Clock& clock);
    HubAsker(const HubAsker&) = delete;
    HubAsker& operator=(const HubAsker&) = delete;
    ~HubAsker();

    /// Errors: Unavailable (the hub could not be reached a moment ago), Limit (too many questions wait).
    Result<void> mayAsk() const;
    /// Errors: as mayAsk().
    Result<void> ask(Question question);

private:
    Result<void> mayAskNow() const; ///< call with mutex_ held
    void run(const std::stop_token& stop);
    Result<Json> put(const Question& question);

    const GetAccess access_;
    std::unique_ptr<HttpTransport> transport_; ///< the thread's only
    const Clock& clock_;

    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable_any wake_;
    std::deque<Question> questions_;
    std::int64_t quietUntilMs_ = 0; ///< steady; the hub could not be reached

    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta
