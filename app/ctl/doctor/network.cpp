// The network: cable, way out, names, the hub; and the guests' side.
#include "ctl/doctor/doctor.h"
#include "ctl/doctor/look.h"
#include "network/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace silta::ctl {

namespace {

constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1'000;
constexpr std::int64_t kCertificateWarnDays = 21; // a renewal has been tried for a week by then
constexpr const char* kNetworkFile = "etc/silta/network.toml";
constexpr const char* kCertificateFile = "etc/silta/portal/certificate.pem";

void examineLink(const Surroundings& device, const std::string& guestInterface,
                 std::vector<Finding>& findings) {
    const auto interfaces = device.root / "sys/class/net";
    std::string up;
    bool hasAny = false;
    std::error_code error;
    for (const auto& name : namesIn(interfaces)) {
        if (name == guestInterface || !std::filesystem::exists(interfaces / name / "device", error)) continue;
        hasAny = true;
        if (numberOf(interfaces / name / "carrier").value_or(0) == 1) up += (up.empty() ? "" : ", ") + name;
    }
    if (!up.empty())
        findings.push_back({"LINK", Severity::Well, "connected: " + up, ""});
    else if (hasAny)
        findings.push_back({"LINK", Severity::Fault, "no network cable or Wi-Fi is connected",
                            "check the network cable at both ends: a light must be on beside each plug"});
    else
        findings.push_back({"LINK", Severity::Note, "no network hardware of its own", ""});
}

bool hasDefaultRoute(const std::filesystem::path& root) {
    std::istringstream lines(textOf(root / "proc/net/route"));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string interface, destination, gateway;
        words >> interface >> destination >> gateway;
        if (destination == "00000000" && gateway != "00000000" && interface != "Iface") return true;
    }
    constexpr std::string_view kAll = "00000000000000000000000000000000 00 ";
    std::istringstream lines6(textOf(root / "proc/net/ipv6_route"));
    for (std::string line; std::getline(lines6, line);)
        if (line.starts_with(kAll) && !line.ends_with(" lo")) return true;
    return false;
}

std::string hostOf(const std::string& url) {
    const auto scheme = url.find("://");
    if (scheme == std::string::npos) return {};
    auto host = url.substr(scheme + 3);
    host.resize(std::min(host.find('/'), host.size()));
    if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.rfind(':'));
}

void examineHub(const Surroundings& device, const std::string& url, std::vector<Finding>& findings) {
    constexpr const char* kNothingLost =
        "nothing is lost meanwhile: the device keeps everything and goes on trying";
    const auto host = hostOf(url);
    if (host.empty()) {
        findings.push_back({"HUB", Severity::Note, "no hub is known before the device is enrolled", ""});
        return;
    }
    if (const auto address = device.resolve(host); !address) {
        findings.push_back({"NAMES", Severity::Fault, fmt::format("the name {} leads nowhere", host),
                            "the shop's router must answer names (DNS); restart the router"});
    } else {
        findings.push_back({"NAMES", Severity::Well, fmt::format("{} is {}", host, *address), ""});
    }
    const auto status = device.get(url + "/healthz");
    if (status && *status == 200)
        findings.push_back({"HUB", Severity::Well, url + " answers", ""});
    else if (status)
        findings.push_back(
            {"HUB", Severity::Fault, fmt::format("{} answers with {}: somebody else", url, *status),
             "the shop's network shows a sign-in page or blocks the address: its provider must let this "
             "device out"});
    else if (status.error().code == Errc::Denied)
        findings.push_back(
            {"TLS", Severity::Fault, "somebody answers for the hub with a certificate that is not its own",
             "a filter or a sign-in page stands between: the network's provider must let this device "
             "through unread; also see CLOCK"});
    else
        findings.push_back({"HUB", Severity::Warning, url + " does not answer", kNothingLost});
}

void examineGuests(const Surroundings& device, std::vector<Finding>& findings) {
    std::error_code error;
    if (!std::filesystem::exists(device.root / kNetworkFile, error)) {
        findings.push_back({"GUESTS", Severity::Note, "no guest Wi-Fi is set up", ""});
        return;
    }
    const auto config = network::loadNetworkConfig((device.root / kNetworkFile).string());
    if (!config) {
        findings.push_back({"GUESTS", Severity::Fault, config.error().what,
                            fmt::format("mend the line in /{}, then: siltactl network check", kNetworkFile)});
        return;
    }
    const auto isDown = [&](const char* program) { return !isRunning(device.root, program); };
    if (isDown("dnsmasq"))
        findings.push_back({"GUESTS", Severity::Fault, "guests get no address: dnsmasq does not run",
                            "systemctl restart silta-guest-net"});
    else if (config->wifi && isDown("hostapd"))
        findings.push_back({"GUESTS", Severity::Fault, "there is no guest Wi-Fi: hostapd does not run",
                            "systemctl restart silta-guest-wifi; its journal says what the radio refuses"});
    else if (config->wifi)
        findings.push_back({"GUESTS", Severity::Well,
                            fmt::format("Wi-Fi {}, channel {}, country {}", config->wifi->name,
                                        config->wifi->channel, config->wifi->country),
                            ""});
    else
        findings.push_back({"GUESTS", Severity::Well, "over the store's own access points", ""});
    const auto gateway = toString(config->guest.gateway4.address);
    const auto port = config->guest.portalHttpPort;
    if (device.accepts(gateway, port))
        findings.push_back(
            {"PORTAL", Severity::Well, fmt::format("guests reach the sign-in page at {}", gateway), ""});
    else
        findings.push_back(
            {"PORTAL", Severity::Fault, fmt::format("no sign-in page answers at {} port {}", gateway, port),
             "systemctl restart silta-portal; where its file is older than the network's: "
             "siltactl network render /etc/silta/network.toml --to /etc/silta/network, then restart"});
}

void examineCertificate(const Surroundings& device, std::vector<Finding>& findings) {
    const auto end = device.certificateEnd((device.root / kCertificateFile).string());
    if (!end && end.error().code == Errc::NotFound) return; // plain HTTP: nothing to run out
    if (!end) {
        findings.push_back(
            {"CERTIFICATE", Severity::Fault, end.error().what, "install the portal's certificate anew"});
        return;
    }
    const auto days = (*end - device.nowMs) / kDayMs;
    findings.push_back(
        {"CERTIFICATE",
         *end <= device.nowMs          ? Severity::Fault
         : days < kCertificateWarnDays ? Severity::Warning
                                       : Severity::Well,
         *end <= device.nowMs ? "the portal's certificate has run out"
                              : fmt::format("the portal's certificate is good for {} days", days),
         days < kCertificateWarnDays ? "renew it: phones refuse the sign-in page without" : ""});
}

} // namespace

void examineNetwork(const Surroundings& surroundings, const std::optional<Json>& status,
                    std::vector<Finding>& findings) {
    const auto config = network::loadNetworkConfig((surroundings.root / kNetworkFile).string());
    examineLink(surroundings, config ? config->guest.guestInterface : "", findings);
    if (hasDefaultRoute(surroundings.root))
        findings.push_back({"ROUTE", Severity::Well, "there is a way out", ""});
    else
        findings.push_back({"ROUTE", Severity::Fault, "the device got no address with a way out",
                            "restart the shop's router, then unplug the network cable and plug it in again"});
    examineHub(surroundings, status ? textMember(objectMember(*status, "hub"), "url").value_or("") : "",
               findings);
    examineGuests(surroundings, findings);
    examineCertificate(surroundings, findings);
}

} // namespace silta::ctl
