// CodeAsker: asks the hub for one-time codes by SMS, at once and beside everything else that is said to it.
//
// Requests come from handlers that may not wait: they leave a question and come back for the answer. A code
// itself is never kept longer than its question, and nothing is written to disk.
#pragma once

#include "sync/hub_client.h"

#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace silta {

inline constexpr std::size_t kCodeQuestionsMax = 32;   ///< waiting for the hub
inline constexpr std::size_t kCodeChallengesMax = 512; ///< remembered
inline constexpr std::size_t kCodeDigits = 6;

/// Where one code stands.
enum class CodeState {
    Asking,      ///< the hub has not answered yet
    Sent,        ///< on its way to the phone
    Checking,    ///< what was typed is being compared
    Right,       ///< it was the code
    Wrong,       ///< it was not; there are attempts left
    Gone,        ///< too old, used up, or never made
    TooMany,     ///< for this phone or this device, for now
    Refused,     ///< not a number that can be written to
    Unavailable, ///< the hub cannot be reached, or has no way to send; ask again later
};

struct CodeStatus {
    CodeState state = CodeState::Gone;
    int expiresSeconds = 0; ///< with Sent
    int attemptsLeft = 0;   ///< with Wrong
};

/// Thread: any for the public calls; the questions are asked by a thread of its own.
class CodeAsker {
public:
    struct Access {
        HubAddress address;
        KeyPair keys;
        std::string incarnation;
    };
    /// Called on the asker's thread. Errors: Unavailable (not enrolled).
    using GetAccess = std::function<Result<Access>()>;
    CodeAsker(GetAccess access, std::unique_ptr<HttpTransport> transport, const Clock& clock, Random& random);
    CodeAsker(const CodeAsker&) = delete;
    CodeAsker& operator=(const CodeAsker&) = delete;
    ~CodeAsker();

    /// Gives the name of the challenge. Errors: Unavailable (the hub could not be reached a moment ago),
    /// Limit (too many questions wait).
    Result<std::string> ask(const std::string& sealedPhone, const std::string& lang);
    /// Takes what a guest typed for a challenge. Errors: as ask().
    Result<void> check(const std::string& challenge, const std::string& code);
    /// Errors: NotFound (never heard of, or forgotten).
    Result<CodeStatus> status(const std::string& challenge) const;

private:
    struct Question {
        std::string challenge, sealedPhone, lang, code; ///< with a code it is to be checked
    };
    struct Known {
        CodeStatus status;
        std::int64_t untilMs = 0; ///< steady; forgotten then
    };
    Result<void> mayAsk();                                      ///< call with mutex_ held
    void note(const std::string& challenge, CodeStatus status); ///< call with mutex_ held
    void run(const std::stop_token& stop);
    Result<CodeStatus> put(const Question& question);

    const GetAccess access_;
    std::unique_ptr<HttpTransport> transport_; ///< the thread's only
    const Clock& clock_;
    Random& random_;

    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable_any wake_;
    std::deque<Question> questions_;
    std::map<std::string, Known> known_;
    std::int64_t quietUntilMs_ = 0; ///< steady; the hub could not be reached

    std::jthread thread_; ///< last: it uses everything above
};

} // namespace silta
