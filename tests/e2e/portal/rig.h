// The guest network of a store, in networks of the test's own: what `siltactl network render` writes is what
// runs here, with the real dnsmasq, the real rules and the real silta-gate.
//
//     guest  c0 --- p1 \                              / i0 internet: name server, web
//                       guests0 (bridge) gateway u0 -<
//     other  c0 --- p2 /                              \ what must never be reached
//
// Networks are called silta-rig-PID-gateway and so on, for `ip netns exec`. They and what runs in them go
// with the process, however it ends (NetworkGuard); the next start looks for leftovers too. Root is needed:
// see missing().
#pragma once

#include "gate/gate_client.h"
#include "support/networks.h"
#include "support/wire.h"

#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <string>

namespace silta::test {

inline constexpr const char* kGuestMac = "02:00:5e:00:00:10";
inline constexpr const char* kOtherMac = "02:00:5e:00:00:20";
inline constexpr const char* kGateway4 = "10.77.0.1";
inline constexpr const char* kGateway6 = "2001:db8:7::1";
inline constexpr const char* kInternet4 = "93.184.216.34"; ///< a host that a guest may reach after login
inline constexpr const char* kInternet6 = "2606:2800:220::34";
inline constexpr const char* kForbidden4 = "93.184.216.99"; ///< one that only somebody outside would reach
inline constexpr const char* kForbidden6 = "2606:2800:220::99";
inline constexpr const char* kGarden4 = "93.184.216.80";
inline constexpr const char* kGarden6 = "2606:2800:220::80";
inline constexpr const char* kStoreLan4 = "192.168.50.1"; ///< behind the uplink, as a store's own network is
inline constexpr const char* kStorePublic4 = "198.51.100.7"; ///< the same, with an address of `blocked`
inline constexpr const char* kPortalHost = "wifi.example.com";
/// A section of the rig's configuration: the portal's certificate is one that devices believe.
inline constexpr const char* kPublicPortal =
    "[portal]\nhost = \"wifi.example.com\"\npublic_certificate = true\n";

class Rig {
public:
    /// What the rig needs and this machine or user lacks; empty: nothing. The words of a QSKIP.
    static std::string missing();

    /// `more` is put behind the rig's configuration: sections that it does not have (portal, garden, rate).
    /// `programs` is the folder of silta-gate and siltactl; empty: the test's own.
    explicit Rig(std::string more = {}, QString programs = {}, int guestsMax = 16)
        : more_(std::move(more)), programs_(std::move(programs)), guestsMax_(guestsMax) {}
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    /// Renders, runs what the units run, in the order that they ask for, and starts dnsmasq and silta-gate.
    /// Empty, or what failed.
    std::string up();
    /// Called by up() after each command of a unit, with the command.
    std::function<void(const std::string& command)> afterCommand;

private:
    NetworkGuard guard_; ///< before the networks, so that it is told last

public:
    Network gateway{"gateway"}, guest{"guest"}, other{"other"}, internet{"internet"};

    /// Renders anew with other sections and loads the rules; dnsmasq keeps what it has. Empty, or what
    /// failed.
    std::string reload(const std::string& more);
    /// The gate process; both wait for it. Empty, or what failed.
    std::string startGate();
    void stopGate(int signal);
    [[nodiscard]] pid_t gateProcess() const { return static_cast<pid_t>(gate_->processId()); }
    std::string startDnsmasq();
    void stopDnsmasq();
    /// SIGHUP: it forgets what it has kept.
    void flushDnsmasq() const { ::kill(static_cast<pid_t>(dnsmasq_->processId()), SIGHUP); }

    /// The portal may ask the gate as root.
    [[nodiscard]] std::string gateSocket() const { return path("gate.sock"); }
    /// A file of what siltactl network render wrote.
    [[nodiscard]] std::string rendered(const std::string& name) const { return path("set/" + name); }
    gate::GateClient& gate() { return client_; }

    /// A lease by a real client; its address, or empty. `arguments` are udhcpc's.
    std::string lease(const Network& network, const QStringList& arguments = {});
    /// Takes the lease once more and gives it back, as a device that leaves does.
    bool giveLeaseBack(const Network& network);
    /// The address that the network's c0 has made itself after a router advertisement, or empty.
    static std::string slaac(const Network& network);
    /// Lets the device in: the same as a login would.
    Result<void> allow(const std::string& mac, const std::string& address, gate::Grant grant = {});
    Result<void> revoke(const std::string& mac);

    [[nodiscard]] std::string path(const std::string& name) const {
        return folder_.filePath(QString::fromStdString(name)).toStdString();
    }

private:
    std::string render(const std::string& more);
    std::string makeLinks();
    /// Those that make the network, by their After=; where they ask for nothing, by name.
    [[nodiscard]] std::vector<std::string> unitsInOrder() const;
    std::string runUnit(const std::string& name);
    [[nodiscard]] QString programOf(const char* name) const;

    std::string more_;
    QString programs_;
    int guestsMax_;
    QTemporaryDir folder_;
    std::unique_ptr<QProcess> dnsmasq_, gate_;
    gate::GateClient client_{gateSocket()};
};

} // namespace silta::test
