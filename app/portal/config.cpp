#include "portal/config.h"

#include "core/durable_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>

namespace silta::portal {

namespace {

constexpr std::size_t kConfigBytesMax = 64 * 1024;
constexpr std::int64_t kMinutesMax = 1'440;
constexpr std::int64_t kQuotaMegabytesMax = 1'000'000;
constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr std::int64_t kRateClassesMax = 3; // of the gate

Error keyError(const toml::key& key, std::string_view words) {
    return {Errc::Invalid,
            fmt::format("read configuration: line {}, {}: {}", key.source().begin.line, key.str(), words)};
}

Result<std::int64_t> numberOf(const toml::key& key, const toml::node& node, std::int64_t least,
                              std::int64_t most) {
    const auto value = node.value<std::int64_t>();
    if (!value || *value < least || *value > most)
        return keyError(key, fmt::format("expected {} to {}", least, most));
    return *value;
}

Result<std::vector<std::string>> textsOf(const toml::key& key, const toml::node& node) {
    constexpr std::size_t kTextsMax = 16;
    const auto* array = node.as_array();
    if (array == nullptr || array->size() > kTextsMax)
        return keyError(key, "expected a list of at most 16 texts");
    std::vector<std::string> texts;
    for (const auto& entry : *array) {
        const auto text = entry.value<std::string>();
        if (!text || text->empty()) return keyError(key, "expected a list of texts");
        texts.push_back(*text);
    }
    return texts;
}

/// Scheme and host, nothing after it.
bool isOrigin(std::string_view url) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!url.starts_with(scheme)) continue;
        const auto host = url.substr(scheme.size());
        return !host.empty() && std::ranges::all_of(host, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':' ||
                   c == '[' || c == ']';
        });
    }
    return false;
}

/// `ways = { email = 240, terms = 30 }`: in the order in which they stand.
Result<std::vector<Way>> waysOf(const toml::key& key, const toml::node& node) {
    const auto* table = node.as_table();
    if (table == nullptr || table->empty()) return keyError(key, "expected at least one way and its minutes");
    std::vector<std::pair<toml::source_position, Way>> ways;
    for (const auto& [name, minutes] : *table) {
        const auto kind = wayNamed(name.str());
        if (!kind) return keyError(name, "no such way to sign in");
        auto value = numberOf(name, minutes, 1, kMinutesMax);
        if (!value) return value.error();
        ways.emplace_back(name.source().begin, Way{*kind, static_cast<int>(*value)});
    }
    std::ranges::sort(ways, [](const auto& a, const auto& b) {
        return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
    std::vector<Way> ordered;
    ordered.reserve(ways.size());
    for (const auto& [position, way] : ways)
        ordered.push_back(way);
    return ordered;
}

struct Text {
    std::string_view name;
    std::string PortalConfig::*member;
};
constexpr std::array<Text, 5> kTexts = {{{"certificate", &PortalConfig::certificateFile},
                                         {"key", &PortalConfig::keyFile},
                                         {"gate_socket", &PortalConfig::gateSocket},
                                         {"edge_socket", &PortalConfig::edgeSocket},
                                         {"database", &PortalConfig::database}}};
struct Number {
    std::string_view name;
    int PortalConfig::*member;
    int least, most;
};
constexpr std::array<Number, 5> kNumbers = {{{"idle_minutes", &PortalConfig::idleMinutes, 1, kMinutesMax},
                                             {"devices_per_person", &PortalConfig::devicesPerPerson, 1, 100},
                                             {"extend_minutes", &PortalConfig::extendMinutes, 0, 60},
                                             {"extensions", &PortalConfig::extensionsMax, 0, 100},
                                             {"cookie_days", &PortalConfig::cookieDays, 0, 365}}};
struct Flag {
    std::string_view name;
    bool PortalConfig::*member;
};
constexpr Flag kOnlyWhenOpen = {"only_when_open", &PortalConfig::onlyWhenOpen};
constexpr Flag kLogsConnections = {"logs_connections", &PortalConfig::logsConnections};
struct List {
    std::string_view name;
    std::vector<std::string> PortalConfig::*member;
};
constexpr std::array<List, 3> kLists = {{{"listen", &PortalConfig::listen},
                                         {"listen_tls", &PortalConfig::listenTls},
                                         {"hosts", &PortalConfig::hosts}}};

template <class Entries>
auto entryNamed(const Entries& entries, std::string_view name) {
    return std::ranges::find_if(entries, [name](const auto& entry) { return entry.name == name; });
}

Result<void> applyFlag(PortalConfig& config, const Flag& flag, const toml::key& key, const toml::node& node) {
    const auto value = node.value_exact<bool>();
    if (!value) return keyError(key, "expected true or false");
    config.*(flag.member) = *value;
    return {};
}

/// What `siltactl network render` has written.
Result<void> applyNetwork(PortalConfig& config, const toml::key& key, const toml::node& node) {
    const auto name = key.str();
    if (const auto* list = entryNamed(kLists, name); list != kLists.end()) {
        auto texts = textsOf(key, node);
        if (!texts) return texts.error();
        config.*(list->member) = std::move(*texts);
        return {};
    }
    if (name == kLogsConnections.name) return applyFlag(config, kLogsConnections, key, node);
    if (name == "rate_classes") {
        auto value = numberOf(key, node, 0, kRateClassesMax);
        if (!value) return value.error();
        config.rateClasses = static_cast<unsigned>(*value);
        return {};
    }
    const auto value = node.value<std::string>();
    if (name == "url") {
        if (!value || !isOrigin(*value))
            return keyError(key, "expected http:// or https:// and a host in lower case, no path");
        config.url = *value;
        return {};
    }
    if (name == "api_path") {
        if (!value || !value->starts_with('/')) return keyError(key, "expected a path");
        config.apiPath = *value;
        return {};
    }
    if (name != "guest_interface") return keyError(key, "no such setting of the network");
    if (!value || value->empty()) return keyError(key, "expected a text");
    config.guestInterface = *value;
    return {};
}

Result<void> applyStore(PortalConfig& config, const toml::key& key, const toml::node& node) {
    const auto name = key.str();
    if (const auto* text = entryNamed(kTexts, name); text != kTexts.end()) {
        const auto value = node.value<std::string>();
        if (!value || value->empty()) return keyError(key, "expected a text");
        config.*(text->member) = *value;
        return {};
    }
    if (const auto* number = entryNamed(kNumbers, name); number != kNumbers.end()) {
        auto value = numberOf(key, node, number->least, number->most);
        if (!value) return value.error();
        config.*(number->member) = static_cast<int>(*value);
        return {};
    }
    if (name == kOnlyWhenOpen.name) return applyFlag(config, kOnlyWhenOpen, key, node);
    if (name == "venue_url") {
        const auto value = node.value<std::string>();
        if (!value || !value->starts_with("https://")) return keyError(key, "expected an https:// address");
        config.venueUrl = *value;
        return {};
    }
    if (name == "ways") {
        auto ways = waysOf(key, node);
        if (!ways) return ways.error();
        config.ways = std::move(*ways);
        return {};
    }
    if (name == "quota_megabytes") {
        auto value = numberOf(key, node, 0, kQuotaMegabytesMax);
        if (!value) return value.error();
        config.quotaBytes = static_cast<std::uint64_t>(*value) * kMegabyte;
        return {};
    }
    if (name == "rate_class") {
        auto value = numberOf(key, node, 0, kRateClassesMax);
        if (!value) return value.error();
        config.rateClass = static_cast<unsigned>(*value);
        return {};
    }
    PortalConfig other;
    return keyError(key, applyNetwork(other, key, node) ? "stands in the network's file, and only there"
                                                        : "no such setting");
}

using Apply = Result<void> (*)(PortalConfig&, const toml::key&, const toml::node&);

Result<void> applyText(PortalConfig& config, std::string_view text, Apply apply) {
    if (text.size() > kConfigBytesMax) return Error{Errc::Limit, "read configuration: too long"};
    try {
        for (const auto& [key, node] : toml::parse(text))
            if (auto done = apply(config, key, node); !done) return done;
        return {};
    } catch (const toml::parse_error& problem) {
        return Error{Errc::Invalid, fmt::format("read configuration: line {}: {}",
                                                problem.source().begin.line, problem.description())};
    }
}

/// Where the two files must agree.
Result<void> checkWhole(PortalConfig& config) {
    const auto wrong = [](std::string_view words) {
        return Error{Errc::Invalid, fmt::format("read configuration: {}", words)};
    };
    if (config.guestInterface.empty() || config.listen.empty() || config.url.empty())
        return wrong("the network's file lacks guest_interface, listen or url");
    if (config.certificateFile.empty() != config.keyFile.empty())
        return wrong("certificate and key belong together");
    if (config.certificateFile.empty() && config.url.starts_with("https://"))
        return wrong(fmt::format("the network says {}, which needs certificate and key", config.url));
    if (config.rateClass > config.rateClasses)
        return wrong(
            fmt::format("rate_class is {}, and the network has {}", config.rateClass, config.rateClasses));
    if (config.certificateFile.empty()) config.listenTls.clear();
    return {};
}

} // namespace

Result<PortalConfig> parsePortalConfig(std::string_view store, std::string_view network) {
    PortalConfig config;
    if (auto done = applyText(config, store, applyStore); !done) return done.error();
    if (auto done = applyText(config, network, applyNetwork); !done) return done.error();
    if (auto done = checkWhole(config); !done) return done.error();
    return config;
}

Result<PortalConfig> loadPortalConfig(const std::string& storePath, const std::string& networkPath) {
    auto store = readFile(storePath, kConfigBytesMax);
    if (!store) return store.error();
    auto network = readFile(networkPath, kConfigBytesMax);
    if (!network) return network.error();
    return parsePortalConfig(*store, *network);
}

} // namespace silta::portal
