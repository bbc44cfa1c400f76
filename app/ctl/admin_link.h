// AdminLink: asks silta-edge over its admin socket.
#pragma once

#include "core/json.h"

#include <silta/http.h>

#include <memory>
#include <string>

namespace silta::ctl {

inline constexpr const char* kSocketFolder = "/run/silta";

/// Thread: one at a time.
class AdminLink {
public:
    explicit AdminLink(const std::string& socketFolder) : socket_(socketFolder + "/admin.sock") {}

    /// Errors: Unavailable (nobody answers), Denied (this user may not ask), Invalid (refused, with the
    /// reason).
    Result<Json> ask(const std::string& method, const std::string& path, const Json& body = nullptr);

private:
    std::string socket_;
    std::unique_ptr<HttpTransport> transport_ = makeCurlTransport();
};

} // namespace silta::ctl
