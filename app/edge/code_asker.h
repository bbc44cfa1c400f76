// CodeAsker: asks the hub for one-time codes by SMS. A code itself is never kept longer than its question,
// and nothing is written to disk.
#pragma once

#include "edge/hub_asker.h"

#include <silta/random.h>

#include <map>
#include <mutex>
#include <string>

namespace silta {

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

/// Thread: any. Must outlive the asker's thread, which tells it the answers.
class CodeAsker {
public:
    CodeAsker(HubAsker& hub, const Clock& clock, Random& random)
        : hub_(hub), clock_(clock), random_(random) {}
    CodeAsker(const CodeAsker&) = delete;
    CodeAsker& operator=(const CodeAsker&) = delete;

    /// Gives the name of the challenge. Errors: Unavailable (the hub could not be reached a moment ago),
    /// Limit (too many questions wait).
    Result<std::string> ask(const std::string& sealedPhone, const std::string& lang);
    /// Takes what a guest typed for a challenge. Errors: as ask().
    Result<void> check(const std::string& challenge, const std::string& code);
    /// Errors: NotFound (never heard of, or forgotten).
    Result<CodeStatus> status(const std::string& challenge) const;

private:
    struct Known {
        CodeStatus status;
        std::int64_t untilMs = 0; ///< steady; forgotten then
    };
    Result<void> mayAsk();                                      ///< call with mutex_ held
    void note(const std::string& challenge, CodeStatus status); ///< call with mutex_ held
    Result<void> put(const std::string& challenge, const char* path, Json body,
                     CodeStatus (*statusOf)(const Json&));

    HubAsker& hub_;
    const Clock& clock_;
    Random& random_;
    mutable std::mutex mutex_; ///< guards known_
    std::map<std::string, Known> known_;
};

} // namespace silta
