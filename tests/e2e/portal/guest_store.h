// A store with guests: the rig's networks with the real gate, and behind it the real silta-portal, silta-edge
// and silta-hub.
#pragma once

#include "e2e/portal/names.h"
#include "e2e/portal/visitor.h"
#include "e2e/station.h"

#include <silta/http.h>

namespace silta::test {

inline constexpr std::uint16_t kDataPort = 8'000; ///< of whoever pours out bytes in the internet

/// Thread: the test's.
class GuestStore {
public:
    /// `portal`: lines of the portal's configuration; `network`: sections of the rig's.
    explicit GuestStore(std::string portal = {}, std::string network = {}, int guestsMax = 16);
    ~GuestStore();
    GuestStore(const GuestStore&) = delete;
    GuestStore& operator=(const GuestStore&) = delete;

    /// Another chain than the small one: a folder with its products.tsv, inventory.tsv and stores.json, a
    /// store FI-HEL-01 among them. Before up().
    void setFeeds(std::string folder) { feeds_ = std::move(folder); }
    /// Everything runs, the store is enrolled, and both devices have a lease. Empty, or what failed.
    std::string up();

    Rig& rig() { return rig_; }
    Station& station() { return station_; }
    /// Whether this build has a screen; the station starts it.
    [[nodiscard]] bool hasKiosk() const { return hasKiosk_; }
    /// Starts and waits until a guest is led to the page; empty, or what failed.
    std::string startPortal();
    void stopPortal(int signal);
    /// Puts a new file in the place of a program that runs, as a package does. What runs is the old one
    /// still.
    bool replaceProgram(const std::string& name);
    [[nodiscard]] pid_t portalProcess() const { return static_cast<pid_t>(portal_->processId()); }

    /// Another device plugs in where the last one was: a hardware address that was never seen, and a lease.
    /// Its address; empty when there is none.
    std::string newDevice(const Network& network);

    /// What the portal's API says (RFC 8908), asked over HTTPS at `portal`, "[…]" around an IPv6 address.
    /// With no answer, the body is empty.
    [[nodiscard]] HttpReply api(const Network& network,
                                const std::string& accept = "application/captive+json",
                                const std::string& portal = kGateway4);
    /// `captive` of the API; nothing when it does not answer.
    std::optional<bool> isCaptive(const Network& network);
    /// Whether a page of the internet comes through, and is the internet's own.
    [[nodiscard]] static bool reaches(const Network& network, const char* address = kInternet4);

private:
    std::string writeFiles();

    bool copyProgram(const std::string& name, const std::string& as) const;

    std::string portalSettings_;
    std::string feeds_;      ///< a folder; empty: the small chain's, written here
    QTemporaryDir programs_; ///< copies, which may be replaced
    Rig rig_;
    Station station_;
    std::unique_ptr<NameServer> names_;
    std::unique_ptr<WebServer> web_;
    std::unique_ptr<QProcess> portal_;
    int devices_ = 0;
    bool hasKiosk_ = false;
};

} // namespace silta::test
