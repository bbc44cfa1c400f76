// gate.sock: takes requests of gate_protocol.h from users that may ask, and passes them to a gate.
#pragma once

#include "core/service_manager.h"
#include "gate/gate.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace silta::gate {

/// Makes the socket file with mode 0660, in place of one that a crash left. The caller closes the descriptor.
/// Errors: Limit (path too long), Io.
Result<int> listenOnGateSocket(const std::string& path);

/// Thread: the one that calls run(). Holds no descriptor but those it accepted.
class GateServer {
public:
    /// `gate` and `listener` (listening, SOCK_SEQPACKET) outlive it; the peers of `users` may ask.
    GateServer(Gate& gate, int listener, std::vector<uid_t> users)
        : gate_(gate), listener_(listener), users_(std::move(users)) {}
    ~GateServer();
    GateServer(const GateServer&) = delete;
    GateServer& operator=(const GateServer&) = delete;

    /// Serves until `stopFd` can be read; between requests the manager hears that the program is alive.
    /// Errors: Io.
    Result<void> run(int stopFd, const ServiceManager& manager);

private:
    void acceptOne();
    [[nodiscard]] bool serveOne(int client);
    [[nodiscard]] bool mayAsk(int client) const;

    Gate& gate_;
    int listener_;
    std::vector<uid_t> users_;
    std::vector<int> clients_; ///< at most kClientsMax
    std::string request_;      ///< room for the largest
    bool hasWarned_ = false;   ///< of a stranger: once, not for each try
};

} // namespace silta::gate
