#include "network/config.h"

#include "core/durable_file.h"
#include "gate/limits.h"
#include "network/host_name.h"
#include "network/limits.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace silta::network {

namespace {

using namespace gate;

// What was expected instead; empty when the value was taken.
using Wrong = std::string;

constexpr unsigned kMinutesPerHour = 60;

bool isInterface(std::string_view name) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    };
    return !name.empty() && name.size() <= kInterfaceBytesMax && name.front() != '-' && name.front() != '.' &&
           std::ranges::all_of(name, isPlain);
}

// An absolute path of plain characters: it stands in units and other programs' configuration.
bool isPath(std::string_view path) {
    constexpr std::size_t kPathBytesMax = 200;
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.' || c == '/';
    };
    return path.size() > 1 && path.size() <= kPathBytesMax && path.front() == '/' && path.back() != '/' &&
           path.find("//") == std::string_view::npos && path.find("..") == std::string_view::npos &&
           std::ranges::all_of(path, isPlain);
}

template <class Number>
Wrong number(const toml::node& node, Number& into, std::int64_t least, std::int64_t most) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) return fmt::format("expected {} to {}", least, most);
    into = static_cast<Number>(*value);
    return {};
}

template <class Check>
Wrong text(const toml::node& node, std::string& into, Check check, const char* expected) {
    const auto value = node.value_exact<std::string>();
    if (!value || !check(*value)) return fmt::format("expected {}", expected);
    into = *value;
    return {};
}

Wrong interfaceName(const toml::node& node, std::string& into) {
    return text(node, into, isInterface, "the name of an interface, like \"wlan0\"");
}

Wrong boolean(const toml::node& node, bool& into) {
    const auto value = node.value_exact<bool>();
    if (!value) return "expected true or false";
    into = *value;
    return {};
}

// `take` gives what was expected instead of an entry, or nothing.
template <class Take>
Wrong texts(const toml::node& node, std::size_t most, Take take) {
    const auto* array = node.as_array();
    if (array == nullptr || array->size() > most) return fmt::format("expected a list of at most {}", most);
    for (const auto& entry : *array) {
        const auto value = entry.value_exact<std::string>();
        if (!value) return "expected a list of texts";
        if (auto wrong = take(*value); !wrong.empty()) return wrong;
    }
    return {};
}

Wrong addNetwork(NetworkConfig& config, const std::string& value) {
    const auto four = parseIpv4Prefix(value);
    const auto six = parseIpv6Prefix(value);
    if (four && four->bits > 0)
        config.guest.blocked4.push_back(*four);
    else if (six && six->bits > 0)
        config.guest.blocked6.push_back(*six);
    else
        return "expected networks, like \"198.51.100.0/24\" or \"2001:db8::/32\"";
    return {};
}

Wrong addServer(NetworkConfig& config, const std::string& value) {
    if (!parseHostIpv4(value) && !parseIpv6Prefix(value + "/128"))
        return "expected addresses of name servers, like \"9.9.9.9\"";
    config.nameServers.push_back(value);
    return {};
}

Wrong addGardenHost(NetworkConfig& config, const std::string& value) {
    if (!isHostName(value)) return "expected names in lower case, like \"pay.example.com\"";
    if (const auto probe = coveredProbe(value); !probe.empty())
        return fmt::format("{} covers {}, by which devices find the portal; nobody would see it", value,
                           probe);
    config.gardenHosts.push_back(value);
    return {};
}

Wrong addPort(NetworkConfig& config, const std::string& value) {
    if (!isInterface(value)) return "expected names of interfaces, like \"eth1\"";
    config.bridgePorts.push_back(value);
    return {};
}

Wrong lease(const toml::node& node, std::optional<Ipv4>& into) {
    const auto value = node.value_exact<std::string>();
    const auto address = value ? parseHostIpv4(*value) : Result<Ipv4>(Error{});
    if (!address) return "expected an address, like \"10.77.0.10\"";
    into = *address;
    return {};
}

Wrong gateway4(const toml::node& node, NetworkConfig& config) {
    const auto value = node.value_exact<std::string>();
    const auto prefix = value ? parseIpv4Prefix(*value) : Result<Ipv4Prefix>(Error{});
    if (!prefix || !isHost(prefix->address) || prefix->bits < 8 || prefix->bits > 30)
        return "expected an address with a length of 8 to 30, like \"10.77.0.1/16\"";
    config.guest.gateway4 = *prefix;
    return {};
}

Wrong gateway6(const toml::node& node, NetworkConfig& config) {
    const auto value = node.value_exact<std::string>();
    const auto prefix = value ? parseIpv6Prefix(*value) : Result<Ipv6Prefix>(Error{});
    constexpr unsigned kSlaacBits = 64; // devices make addresses of their own in nothing else
    if (!prefix || prefix->bits != kSlaacBits || prefix->address.bytes[0] < 0x20 ||
        prefix->address.bytes[0] > 0xfd)
        return "expected an address with a length of 64, like \"fd5a:1:2:3::1/64\"";
    config.guest.gateway6 = *prefix;
    return {};
}

bool isWifiName(const std::string& name) {
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !name.empty() && name.size() <= kWifiNameBytesMax && std::ranges::none_of(name, isControl);
}

bool isCountry(const std::string& code) {
    const auto isCapital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return code.size() == 2 && std::ranges::all_of(code, isCapital);
}

bool isApiPath(const std::string& path) {
    return path.size() <= kApiPathBytesMax && isPath(path);
}

Wrong band(const toml::node& node, Wifi& wifi) {
    const auto value = node.value_exact<std::string>();
    if (!value || (*value != "2.4" && *value != "5")) return "expected \"2.4\" or \"5\"";
    wifi.is5GHz = *value == "5";
    return {};
}

Wrong security(const toml::node& node, Wifi& wifi) {
    const auto value = node.value_exact<std::string>();
    if (value == "open")
        wifi.security = Security::Open;
    else if (value == "owe-transition")
        wifi.security = Security::OweTransition;
    else if (value == "wpa3")
        wifi.security = Security::Wpa3;
    else
        return "expected \"open\", \"owe-transition\" or \"wpa3\"";
    return {};
}

bool isDriver(const std::string& name) {
    return name == "nl80211" || name == "wired" || name == "none";
}

struct Setting {
    std::string_view section, key;
    Wrong (*set)(NetworkConfig&, const toml::node&);
};

using C = NetworkConfig;
using N = toml::node;

constexpr std::array<Setting, 35> kSettings = {{
    {"guest", "interface", [](C& c, const N& n) { return interfaceName(n, c.guest.guestInterface); }},
    {"guest", "bridge", [](C& c, const N& n) { return boolean(n, c.isBridge); }},
    {"guest", "ports",
     [](C& c, const N& n) {
         return texts(n, kPortsMax, [&c](const std::string& value) { return addPort(c, value); });
     }},
    {"guest", "gateway4", [](C& c, const N& n) { return gateway4(n, c); }},
    {"guest", "gateway6", [](C& c, const N& n) { return gateway6(n, c); }},
    {"guest", "translate6", [](C& c, const N& n) { return boolean(n, c.guest.translatesV6); }},
    {"guest", "guests_max", [](C& c, const N& n) { return number(n, c.guest.guestsMax, 1, kGuestsMax); }},
    {"guest", "connections_max",
     [](C& c, const N& n) { return number(n, c.guest.guestFlowsMax, 16, 65'535); }},
    {"guest", "blocked",
     [](C& c, const N& n) {
         constexpr std::size_t kBlockedMax = 200;
         return texts(n, kBlockedMax, [&c](const std::string& value) { return addNetwork(c, value); });
     }},
    {"guest", "log_connections", [](C& c, const N& n) { return boolean(n, c.guest.logsConnections); }},
    {"guest", "state_folder",
     [](C& c, const N& n) { return text(n, c.stateFolder, isPath, "an absolute path of plain letters"); }},
    {"uplink", "interface", [](C& c, const N& n) { return interfaceName(n, c.guest.uplinkInterface); }},
    {"dhcp", "first", [](C& c, const N& n) { return lease(n, c.firstLease); }},
    {"dhcp", "last", [](C& c, const N& n) { return lease(n, c.lastLease); }},
    {"dhcp", "lease_minutes",
     [](C& c, const N& n) { return number(n, c.leaseMinutes, 2, 24 * kMinutesPerHour); }},
    {"dns", "servers",
     [](C& c, const N& n) {
         return texts(n, kServersMax, [&c](const std::string& value) { return addServer(c, value); });
     }},
    {"dns", "bits_per_second_before_login",
     [](C& c, const N& n) { return number(n, c.guest.dnsBitsPerSecond, 1'000, 1'000'000); }},
    {"garden", "hosts",
     [](C& c, const N& n) {
         return texts(n, kGardenHostsMax, [&c](const std::string& value) { return addGardenHost(c, value); });
     }},
    {"garden", "seconds",
     [](C& c, const N& n) {
         return number(n, c.guest.gardenSeconds, std::int64_t{2} * kCacheTtlSeconds, 86'400);
     }},
    {"portal", "host",
     [](C& c, const N& n) {
         return text(n, c.portalHost, isHostName, "a name in lower case, like \"wifi.example.com\"");
     }},
    {"portal", "public_certificate", [](C& c, const N& n) { return boolean(n, c.hasPublicCertificate); }},
    {"portal", "api_path",
     [](C& c, const N& n) { return text(n, c.apiPath, isApiPath, "a path, like \"/captive-portal/api\""); }},
    {"portal", "http_port", [](C& c, const N& n) { return number(n, c.guest.portalHttpPort, 1, 65'535); }},
    {"portal", "https_port", [](C& c, const N& n) { return number(n, c.guest.portalHttpsPort, 1, 65'535); }},
    {"portal", "connections_max",
     [](C& c, const N& n) { return number(n, c.guest.portalFlowsMax, 4, 1'024); }},
    {"wifi", "interface", [](C& c, const N& n) { return interfaceName(n, c.wifi->interface); }},
    {"wifi", "name",
     [](C& c, const N& n) { return text(n, c.wifi->name, isWifiName, "a name of 1 to 32 bytes"); }},
    {"wifi", "country",
     [](C& c, const N& n) { return text(n, c.wifi->country, isCountry, "two capitals, like \"FI\""); }},
    {"wifi", "band", [](C& c, const N& n) { return band(n, *c.wifi); }},
    {"wifi", "channel", [](C& c, const N& n) { return number(n, c.wifi->channel, 1, 177); }},
    {"wifi", "security", [](C& c, const N& n) { return security(n, *c.wifi); }},
    {"wifi", "password_file",
     [](C& c, const N& n) { return text(n, c.wifi->passwordFile, isPath, "an absolute path"); }},
    {"wifi", "driver",
     [](C& c, const N& n) {
         return text(n, c.wifi->driver, isDriver, "\"nl80211\", \"wired\" or \"none\"");
     }},
    {"rate", "down_kbit",
     [](C& c, const N& n) { return number(n, c.guest.rateClasses.back().downKbit, 64, 10'000'000); }},
    {"rate", "up_kbit",
     [](C& c, const N& n) { return number(n, c.guest.rateClasses.back().upKbit, 0, 10'000'000); }},
}};

Error keyError(const toml::key& key, std::string_view section, std::string_view words) {
    return {Errc::Invalid,
            fmt::format("read network configuration: line {}, {}{}{}: {}", key.source().begin.line, section,
                        section.empty() ? "" : ".", key.str(), words)};
}

Error whole(std::string_view words) {
    return {Errc::Invalid, fmt::format("read network configuration: {}", words)};
}

Result<void> applySection(NetworkConfig& config, std::string_view section, const toml::table& table) {
    for (const auto& [key, node] : table) {
        const auto name = key.str();
        const auto* found = std::ranges::find_if(kSettings, [&](const Setting& setting) {
            return setting.section == section && setting.key == name;
        });
        if (found == kSettings.end()) return keyError(key, section, "no such setting");
        if (const auto wrong = found->set(config, node); !wrong.empty()) return keyError(key, section, wrong);
    }
    return {};
}

Result<void> applyRates(NetworkConfig& config, const toml::key& key, const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr || array->size() > kRateClassesMax)
        return keyError(key, "", fmt::format("expected at most {} of [[rate]]", kRateClassesMax));
    for (const auto& entry : *array) {
        const auto* table = entry.as_table();
        if (table == nullptr) return keyError(key, "", "expected [[rate]]");
        config.guest.rateClasses.push_back({});
        if (auto done = applySection(config, "rate", *table); !done) return done;
        if (config.guest.rateClasses.back().downKbit == 0) return keyError(key, "", "each needs down_kbit");
    }
    return {};
}

Result<void> apply(NetworkConfig& config, const toml::key& key, const toml::node& node) {
    constexpr std::array<std::string_view, 7> kSections = {"guest",  "uplink", "dhcp", "dns",
                                                           "garden", "portal", "wifi"};
    const auto name = key.str();
    if (name == "rate") return applyRates(config, key, node);
    if (std::ranges::find(kSections, name) == kSections.end()) return keyError(key, "", "no such section");
    const auto* table = node.as_table();
    if (table == nullptr) return keyError(key, "", "expected a section");
    if (name == "wifi") config.wifi.emplace();
    return applySection(config, name, *table);
}

// The larger side of the gateway, when nothing is said.
Result<void> settleLeases(NetworkConfig& config) {
    const auto gateway = config.guest.gateway4.address.value;
    const auto hostBits = (std::uint32_t{1} << (32 - config.guest.gateway4.bits)) - 1;
    const auto network = gateway & ~hostBits;
    const auto broadcast = network | hostBits;
    if (gateway == network || gateway == broadcast)
        return whole("guest.gateway4: that is the network's own address");
    const bool isAbove = broadcast - gateway > gateway - network;
    if (!config.firstLease) config.firstLease = Ipv4{isAbove ? gateway + 1 : network + 1};
    if (!config.lastLease) config.lastLease = Ipv4{isAbove ? broadcast - 1 : gateway - 1};
    const auto first = config.firstLease->value;
    const auto last = config.lastLease->value;
    if (first > last || first <= network || last >= broadcast)
        return whole("dhcp: first to last is no range within guest.gateway4's network");
    if (first <= gateway && gateway <= last) return whole("dhcp: first to last includes the gateway");
    if (last - first + 1 < config.guest.guestsMax)
        return whole(fmt::format("dhcp: {} addresses are too few for guest.guests_max = {}", last - first + 1,
                                 config.guest.guestsMax));
    return {};
}

Result<void> checkPortal(const NetworkConfig& config) {
    if (config.portalHost.empty()) {
        if (config.hasPublicCertificate)
            return whole("portal.public_certificate: needs portal.host, the name in the certificate");
        return {};
    }
    if (const auto probe = coveredProbe(config.portalHost); !probe.empty())
        return whole(fmt::format("portal.host: {} belongs to others", probe));
    if (config.hasPublicCertificate && !isPublicName(config.portalHost))
        return whole("portal.host: no authority signs a certificate for a private name");
    return {};
}

bool isChannel(const Wifi& wifi) {
    if (!wifi.is5GHz) return wifi.channel >= 1 && wifi.channel <= 13;
    const auto channel = wifi.channel;
    return (channel >= 36 && channel <= 64 && channel % 4 == 0) ||
           (channel >= 100 && channel <= 144 && channel % 4 == 0) ||
           (channel >= 149 && channel <= 177 && channel % 4 == 1);
}

Result<void> checkWifi(NetworkConfig& config) {
    auto& wifi = *config.wifi;
    const auto& guest = config.guest.guestInterface;
    if (wifi.interface.empty() && !config.isBridge) wifi.interface = guest;
    if (wifi.interface.empty()) return whole("wifi.interface is missing: a bridge has no radio");
    if (config.isBridge == (wifi.interface == guest))
        return whole(config.isBridge ? "wifi.interface: that is the bridge"
                                     : "wifi.interface: is guest.interface when that is no bridge");
    if (wifi.interface == config.guest.uplinkInterface) return whole("wifi.interface: that is the uplink");
    if (wifi.name.empty()) return whole("wifi.name is missing");
    if (wifi.country.empty()) return whole("wifi.country is missing");
    if (!isChannel(wifi)) return whole("wifi.channel: not one of wifi.band");
    const bool isOwe = wifi.security == Security::OweTransition;
    const auto suffix = std::string_view(kOweSuffix).size();
    if (isOwe && !config.isBridge)
        return whole("wifi.security: owe-transition makes two networks, which need guest.bridge = true");
    if (isOwe && wifi.name.size() + suffix > kWifiNameBytesMax)
        return whole("wifi.name: at most 28 bytes with owe-transition");
    if (isOwe && wifi.interface.size() + suffix > kInterfaceBytesMax)
        return whole("wifi.interface: at most 11 letters with owe-transition");
    if ((wifi.security == Security::Wpa3) == wifi.passwordFile.empty())
        return whole("wifi.password_file: belongs to security = \"wpa3\", which needs it");
    return {};
}

Result<void> checkWhole(NetworkConfig& config) {
    if (config.guest.guestInterface.empty()) return whole("guest.interface is missing");
    if (config.guest.uplinkInterface.empty()) return whole("uplink.interface is missing");
    if (config.guest.gateway4.address.value == 0) return whole("guest.gateway4 is missing");
    if (config.nameServers.empty()) return whole("dns.servers is missing");
    if (!config.isBridge && !config.bridgePorts.empty())
        return whole("guest.ports: belongs to guest.bridge = true");
    if (config.isBridge && config.bridgePorts.empty() && !config.wifi)
        return whole("guest.bridge: needs guest.ports or [wifi]");
    for (const auto& port : config.bridgePorts)
        if (port == config.guest.uplinkInterface || port == config.guest.guestInterface)
            return whole(fmt::format("guest.ports: {} is the uplink or the bridge", port));
    if (config.guest.translatesV6 && !config.guest.gateway6)
        return whole("guest.translate6: needs guest.gateway6");
    if (auto done = settleLeases(config); !done) return done;
    if (auto done = checkPortal(config); !done) return done;
    if (config.wifi)
        if (auto done = checkWifi(config); !done) return done;
    if (auto done = gate::check(config.guest); !done) return whole(done.error().what);
    return {};
}

Result<std::string> readPassword(const std::string& path) {
    std::ifstream file(path);
    std::string password;
    if (!file || !std::getline(file, password))
        return Error{Errc::NotFound, "read network configuration: wifi.password_file: cannot read it"};
    const auto isPrintable = [](char c) { return c >= 0x20 && c < 0x7f; };
    if (password.size() < kPasswordBytesMin || password.size() > kPasswordBytesMax ||
        !std::ranges::all_of(password, isPrintable))
        return whole("wifi.password_file: its first line is not 8 to 63 plain characters");
    // hostapd reads what follows a bar as options.
    if (password.find('|') != std::string::npos) return whole("wifi.password_file: a bar cannot be used");
    return password;
}

} // namespace

Result<NetworkConfig> parseNetworkConfig(std::string_view text) {
    if (text.size() > kConfigBytesMax) return Error{Errc::Limit, "read network configuration: too long"};
    try {
        NetworkConfig config;
        for (const auto& [key, node] : toml::parse(text))
            if (auto done = apply(config, key, node); !done) return done.error();
        if (auto done = checkWhole(config); !done) return done.error();
        return config;
    } catch (const toml::parse_error& problem) {
        return whole(fmt::format("line {}: {}", problem.source().begin.line, problem.description()));
    }
}

Result<NetworkConfig> loadNetworkConfig(const std::string& path) {
    const auto text = readFile(path, kConfigBytesMax);
    if (!text) return text.error();
    auto config = parseNetworkConfig(*text);
    if (!config || !config->wifi || config->wifi->passwordFile.empty()) return config;
    auto password = readPassword(config->wifi->passwordFile);
    if (!password) return password.error();
    config->wifi->password = std::move(*password);
    return config;
}

std::string apiUrl(const NetworkConfig& config) {
    if (!config.hasPublicCertificate) return {};
    return fmt::format("https://{}{}", config.portalHost, config.apiPath);
}

} // namespace silta::network
