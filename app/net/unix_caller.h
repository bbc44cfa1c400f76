// UnixCaller: asks one of our own programs over its socket, in JSON.
#pragma once

#include "core/json.h"

#include <silta/http.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace silta {

/// What an answer of that status means: Denied (403), NotFound (404), Limit (410, 413, 429), Unavailable
/// (503 and every other that begins with 5), else Invalid.
Error unixStatusError(int status);

/// Thread: any. As many connections as are in use at once.
class UnixCaller {
public:
    using MakeTransport = std::function<std::unique_ptr<HttpTransport>()>;
    struct Limits {
        long timeoutMs;
        std::size_t answerBytesMax;
    };
    UnixCaller(std::string socketPath, MakeTransport makeTransport, Limits limits)
        : socketPath_(std::move(socketPath)), makeTransport_(std::move(makeTransport)), limits_(limits) {}

    /// An answer of any status. Errors: as HttpTransport::send.
    Result<HttpReply> send(const char* method, const std::string& target, const Json& body = nullptr);
    /// The body of a good answer; the others are errors (unixStatusError).
    Result<Json> ask(const char* method, const std::string& target, const Json& body = nullptr);

private:
    const std::string socketPath_;
    const MakeTransport makeTransport_;
    const Limits limits_;
    std::mutex mutex_; ///< guards idle_
    std::vector<std::unique_ptr<HttpTransport>> idle_;
};

} // namespace silta
