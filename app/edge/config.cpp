#include "edge/config.h"

#include "core/digits.h"
#include "core/log.h"
#include "edge/guest_wifi.h"
#include "edge/voucher_book.h"

#include <silta/catalog.h>

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

namespace silta {

namespace {

constexpr std::uintmax_t kConfigBytesMax = 64 * 1024;
constexpr int kPullSecondsMax = 3'600;
constexpr int kUpdateKilobytesMin = 16; // less, and a bundle takes a week
constexpr int kUpdateKilobytesMax = 100'000;

Error keyError(const toml::key& key, const char* words) {
    return {Errc::Invalid,
            fmt::format("read configuration: line {}, {}: {}", key.source().begin.line, key.str(), words)};
}

Result<toml::table> parseFile(const std::string& path) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) return Error{Errc::NotFound, fmt::format("read configuration: cannot open {}", path)};
    if (bytes > kConfigBytesMax) return Error{Errc::Limit, "read configuration: too long"};
    try {
        return toml::parse_file(path);
    } catch (const toml::parse_error& problem) {
        return Error{Errc::Invalid, fmt::format("read configuration: line {}: {}",
                                                problem.source().begin.line, problem.description())};
    }
}

/// "HH:MM".
std::optional<int> minuteOf(std::string_view text) {
    constexpr std::size_t kLength = 5;
    constexpr unsigned kHours = 24;
    constexpr unsigned kMinutes = 60;
    if (text.size() != kLength || text[2] != ':') return std::nullopt;
    const auto hour = parseNumber<unsigned>(text.substr(0, 2));
    const auto minute = parseNumber<unsigned>(text.substr(3));
    if (!hour || !minute || *hour >= kHours || *minute >= kMinutes) return std::nullopt;
    return static_cast<int>(*hour * kMinutes + *minute);
}

/// "HH:MM-HH:MM".
std::optional<UpdateWindow> windowOf(std::string_view text) {
    constexpr int kShortestMinutes = 60; // an update takes ten, and a roll-back as long again
    constexpr int kDayMinutes = 24 * 60;
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = minuteOf(text.substr(0, dash));
    const auto to = minuteOf(text.substr(dash + 1));
    if (!from || !to || (*to - *from + kDayMinutes) % kDayMinutes < kShortestMinutes) return std::nullopt;
    return UpdateWindow{*from, *to};
}

/// It goes into a QR code with a query behind it.
bool isPortalUrl(std::string_view url) {
    constexpr std::size_t kUrlBytesMax = 200;
    const auto scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    const auto host = url.substr(static_cast<std::size_t>(scheme));
    return scheme > 0 && !host.empty() && url.size() <= kUrlBytesMax &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == std::string_view::npos;
}

Result<std::vector<std::string>> namesOf(const toml::key& key, const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr) return keyError(key, "expected a list of user names");
    std::vector<std::string> names;
    for (const auto& entry : *array) {
        const auto name = entry.value<std::string>();
        if (!name) return keyError(key, "expected a list of user names");
        names.push_back(*name);
    }
    return names;
}

struct JoinFile {
    std::string url, wifiName, wifiPassword;
};

/// How to join the guest network, as `siltactl network render` has written it.
Result<JoinFile> readJoinFile(const std::string& path) {
    const auto file = parseFile(path);
    if (!file) return file.error();
    JoinFile join;
    for (const auto& [key, node] : *file) {
        const auto text = node.value_or(std::string());
        if (key.str() == "url") {
            if (!isPortalUrl(text))
                return keyError(key, "expected http:// or https:// and a host, with nothing behind it");
            join.url = text;
        } else if (key.str() == "wifi_name") {
            if (text.empty() || text.size() > kWifiNameBytesMax)
                return keyError(key, "expected a name of 1 to 32 bytes");
            join.wifiName = text;
        } else if (key.str() == "wifi_password") {
            if (text.empty() || text.size() > kWifiPasswordBytesMax)
                return keyError(key, "expected a password of 1 to 63 bytes");
            join.wifiPassword = text;
        } else {
            return keyError(key, "no such setting of the guest network");
        }
    }
    return join;
}

/// The journal's keeper starts without a guest network too: what is wrong with its file is only said.
Result<void> applyGuestNetwork(EdgeConfig& config, const toml::key& key, const toml::node& node) {
    const auto path = node.value<std::string>();
    if (!path) return keyError(key, "expected the path of its join.toml");
    auto join = readJoinFile(*path);
    if (!join) {
        log::warning("edge", "no guest network is known: {}: {}", *path, join.error().what);
        return {};
    }
    config.portalUrl = std::move(join->url);
    config.wifiName = std::move(join->wifiName);
    config.wifiPassword = std::move(join->wifiPassword);
    return {};
}

Result<void> apply(EdgeConfig& config, const toml::key& key, const toml::node& node) {
    struct Text {
        std::string_view name;
        std::string EdgeConfig::*member;
    };
    constexpr std::array<Text, 9> kTexts = {{{"state_folder", &EdgeConfig::stateFolder},
                                             {"chain_name", &EdgeConfig::chainName},
                                             {"codes", &EdgeConfig::codesFile},
                                             {"company_name", &EdgeConfig::companyName},
                                             {"contact_email", &EdgeConfig::contactEmail},
                                             {"catalog_folder", &EdgeConfig::catalogFolder},
                                             {"socket_folder", &EdgeConfig::socketFolder},
                                             {"hub_url", &EdgeConfig::hubUrl},
                                             {"hub_ca_file", &EdgeConfig::hubCaFile}}};
    for (const auto& text : kTexts) {
        if (key.str() != text.name) continue;
        const auto value = node.value<std::string>();
        if (!value) return keyError(key, "expected a text");
        config.*text.member = *value;
        return {};
    }
    if (key.str() == "guest_network") return applyGuestNetwork(config, key, node);
    struct Users {
        std::string_view name;
        std::vector<std::string> EdgeConfig::*member;
    };
    constexpr std::array<Users, 4> kUsers = {{{"kiosk_users", &EdgeConfig::kioskUsers},
                                              {"portal_users", &EdgeConfig::portalUsers},
                                              {"till_users", &EdgeConfig::tillUsers},
                                              {"admin_users", &EdgeConfig::adminUsers}}};
    for (const auto& users : kUsers) {
        if (key.str() != users.name) continue;
        auto names = namesOf(key, node);
        if (!names) return names.error();
        config.*users.member = std::move(*names);
        return {};
    }
    if (key.str() == "language") {
        const auto value = node.value<std::string>();
        if (!value || std::ranges::find(kLanguages, *value) == kLanguages.end())
            return keyError(key, "expected en, fi, sv or pl");
        config.language = *value;
        return {};
    }
    if (key.str() == "guests_when_open") {
        const auto value = node.value_exact<bool>();
        if (!value) return keyError(key, "expected true or false");
        config.guestsWhenOpen = *value;
        return {};
    }
    if (key.str() == "voucher_minutes") {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < 1 || *value > kVoucherMinutesMax) return keyError(key, "expected 1 to 1440");
        config.voucherMinutes = static_cast<int>(*value);
        return {};
    }
    if (key.str() == "pull_seconds") {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < 1 || *value > kPullSecondsMax) return keyError(key, "expected 1 to 3600");
        config.pullSeconds = static_cast<int>(*value);
        return {};
    }
    if (key.str() == "update_kilobytes") {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < kUpdateKilobytesMin || *value > kUpdateKilobytesMax)
            return keyError(key, "expected 16 to 100000");
        config.updateKilobytes = static_cast<int>(*value);
        return {};
    }
    if (key.str() == "update_window") {
        const auto window = windowOf(node.value_or(std::string_view()));
        if (!window) return keyError(key, "expected HH:MM-HH:MM, an hour or more");
        config.updateWindow = *window;
        return {};
    }
    return keyError(key, "no such setting");
}

} // namespace

Result<EdgeConfig> loadEdgeConfig(const std::string& path) {
    const auto settings = parseFile(path);
    if (!settings) return settings.error();
    EdgeConfig config;
    for (const auto& [key, node] : *settings)
        if (auto done = apply(config, key, node); !done) return done.error();
    return config;
}

} // namespace silta
