// Which device has an address: the kernel's neighbour table.
#pragma once

#include "gate/address.h"

#include <silta/result.h>

#include <memory>
#include <optional>
#include <string>

namespace silta::portal {

class Neighbours {
public:
    virtual ~Neighbours() = default;
    /// Of an IPv4 or IPv6 address in text. Errors: NotFound (nobody on our networks has it), Invalid, Io.
    /// Thread: any.
    virtual Result<gate::Mac> macOf(const std::string& address) = 0;
    /// The IPv4 address of a device; nothing where it has none that is known. Thread: any.
    virtual std::optional<gate::Ipv4> ipv4Of(const gate::Mac& mac) = 0;
};

/// Asks the kernel about one interface; needs no capability. Errors: NotFound (no such interface), Io.
Result<std::unique_ptr<Neighbours>> openKernelNeighbours(const std::string& interface);

/// One device at every address: for `--demo`, where all guests are this machine.
class OneNeighbour final : public Neighbours {
public:
    explicit OneNeighbour(gate::Mac mac) : mac_(mac) {}
    Result<gate::Mac> macOf(const std::string& address) override;
    std::optional<gate::Ipv4> ipv4Of(const gate::Mac& mac) override;

private:
    gate::Mac mac_;
};

} // namespace silta::portal
