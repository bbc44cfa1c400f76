// How the edge's sockets answer: JSON bodies, and one status for each kind of error.
#pragma once

#include "edge/engine.h"
#include "net/json_reply.h"

#include <silta/http.h>
#include <silta/time.h>

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace silta {

HttpResponse errorReply(const Error& error);
/// 429, to come again in a minute.
HttpResponse tooMany();
/// Starts enrolling with the `code` and `hubUrl` of the body; the status tells how it goes (D-008).
HttpResponse enrolReply(Engine& engine, const HttpRequest& request, std::size_t bodyBytesMax);

/// Who may call: our own user, and those of a list of names. Thread: any.
class Callers {
public:
    Callers(std::vector<std::string> users, bool withRoot, const Clock& clock);
    /// A name that did not exist is looked up again, once in kLookUpMs: a package may bring its user later.
    bool mayCall(std::uint32_t uid);

private:
    static constexpr std::int64_t kLookUpMs = 1'000;
    void lookUp();

    const std::vector<std::string> users_;
    const bool withRoot_;
    const Clock& clock_;
    std::mutex mutex_; ///< guards what follows
    std::set<std::uint32_t> uids_;
    std::int64_t nextLookUpMs_ = 0; ///< steady
};

/// Wraps a handler: other users get 403.
HttpServer::Handler onlyFor(std::shared_ptr<Callers> callers, HttpServer::Handler handler);

} // namespace silta
