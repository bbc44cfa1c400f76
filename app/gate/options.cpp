#include "gate/options.h"

#include "core/digits.h"
#include "gate/limits.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <limits>
#include <optional>
#include <string_view>

namespace silta::gate {

namespace {

constexpr int kFirstPassedFd = 3; // sd_listen_fds(3)

Result<uid_t> findUser(const std::string& name) {
    if (allDigits(name)) {
        const auto uid = parseNumber<uid_t>(name);
        if (!uid || *uid == std::numeric_limits<uid_t>::max())
            return Error{Errc::Invalid, "--allow-user: not a user's number"};
        return *uid;
    }
    const auto* entry = getpwnam(name.c_str());
    if (entry == nullptr) return Error{Errc::NotFound, fmt::format("--allow-user: no user {}", name)};
    return entry->pw_uid;
}

bool hasOption(int fd, int option, int wanted) {
    int value = 0;
    socklen_t length = sizeof value;
    return getsockopt(fd, SOL_SOCKET, option, &value, &length) == 0 && value == wanted;
}

} // namespace

Result<Options> parseOptions(std::span<const char* const> arguments) {
    constexpr const char* kUsage = "usage: silta-gate [--socket PATH] --allow-user NAME-OR-UID ...";
    Options options;
    if (arguments.size() % 2 != 0) return Error{Errc::Invalid, kUsage};
    for (std::size_t i = 0; i < arguments.size(); i += 2) {
        const std::string_view name = arguments[i];
        const std::string value = arguments[i + 1];
        if (name == "--socket" && options.socketPath.empty() && !value.empty()) {
            options.socketPath = value;
        } else if (name == "--allow-user") {
            if (options.users.size() == kAllowedUsersMax) return Error{Errc::Limit, "--allow-user: too many"};
            auto uid = findUser(value);
            if (!uid) return uid.error();
            options.users.push_back(*uid);
        } else {
            return Error{Errc::Invalid, kUsage};
        }
    }
    if (options.users.empty()) return Error{Errc::Invalid, kUsage};
    return options;
}

Result<int> socketFromSystemd() {
    const auto* process = std::getenv("LISTEN_PID");
    const auto* count = std::getenv("LISTEN_FDS");
    if (process == nullptr || count == nullptr || parseNumber<pid_t>(process) != getpid())
        return Error{Errc::NotFound, "take socket: systemd passed none; give --socket PATH"};
    if (std::string_view(count) != "1") return Error{Errc::Invalid, "take socket: expected exactly one"};
    if (!hasOption(kFirstPassedFd, SO_DOMAIN, AF_UNIX) ||
        !hasOption(kFirstPassedFd, SO_TYPE, SOCK_SEQPACKET) || !hasOption(kFirstPassedFd, SO_ACCEPTCONN, 1))
        return Error{Errc::Invalid, "take socket: expected ListenSequentialPacket="};
    fcntl(kFirstPassedFd, F_SETFD, FD_CLOEXEC);
    fcntl(kFirstPassedFd, F_SETFL, O_NONBLOCK);
    return kFirstPassedFd;
}

} // namespace silta::gate
