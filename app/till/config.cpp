#include "till/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace silta::till {

namespace {

constexpr std::uintmax_t kConfigBytesMax = 64 * 1024;
constexpr std::size_t kTextsMax = 8;
constexpr std::size_t kTextBytesMax = 253; // RFC 1035
constexpr std::int64_t kIdleMinutesMax = 60;
constexpr std::int64_t kWidePaperMm = 80, kNarrowPaperMm = 58;

Error keyError(const toml::key& key, const char* words) {
    return {Errc::Invalid,
            fmt::format("read configuration: line {}, {}: {}", key.source().begin.line, key.str(), words)};
}

Result<std::vector<std::string>> textsOf(const toml::key& key, const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr || array->empty() || array->size() > kTextsMax)
        return keyError(key, "expected a list of 1 to 8 texts");
    std::vector<std::string> texts;
    for (const auto& entry : *array) {
        const auto text = entry.value<std::string>();
        if (!text || text->empty() || text->size() > kTextBytesMax)
            return keyError(key, "expected a list of texts of at most 253 bytes");
        texts.push_back(*text);
    }
    return texts;
}

Result<void> apply(TillConfig& config, const toml::key& key, const toml::node& node) {
    struct Text {
        std::string_view name;
        std::string TillConfig::*member;
    };
    constexpr std::array<Text, 6> kTexts = {{{"certificate", &TillConfig::certificateFile},
                                             {"key", &TillConfig::keyFile},
                                             {"state_folder", &TillConfig::stateFolder},
                                             {"edge_socket", &TillConfig::edgeSocket},
                                             {"pos_keys", &TillConfig::posKeysFile},
                                             {"printer", &TillConfig::printer}}};
    const auto text = std::ranges::find(kTexts, key.str(), &Text::name);
    if (text != kTexts.end()) {
        const auto value = node.value<std::string>();
        if (!value || value->empty())
            return keyError(key, key.str() == "printer"
                                     ? "expected tcp:ADDRESS[:PORT], usb:/dev/… or serial:/dev/…:BAUD"
                                     : "expected a path");
        config.*text->member = *value;
        return {};
    }
    if (key.str() == "listen" || key.str() == "names") {
        auto texts = textsOf(key, node);
        if (!texts) return texts.error();
        (key.str() == "listen" ? config.listen : config.names) = std::move(*texts);
        return {};
    }
    if (key.str() == "paper_mm") {
        const auto value = node.value<std::int64_t>();
        if (!value || (*value != kWidePaperMm && *value != kNarrowPaperMm))
            return keyError(key, "expected 80 or 58");
        config.paperMm = static_cast<int>(*value);
        return {};
    }
    if (key.str() == "printer_codes") {
        const auto value = node.value<std::string>();
        if (!value || (*value != "own" && *value != "drawn")) return keyError(key, "expected own or drawn");
        config.drawsCodes = *value == "drawn";
        return {};
    }
    if (key.str() == "idle_minutes") {
        const auto value = node.value<std::int64_t>();
        if (!value || *value < 1 || *value > kIdleMinutesMax) return keyError(key, "expected 1 to 60");
        config.idleMinutes = static_cast<int>(*value);
        return {};
    }
    return keyError(key, "no such setting");
}

} // namespace

Result<TillConfig> loadTillConfig(const std::string& path) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) return Error{Errc::NotFound, fmt::format("read configuration: cannot open {}", path)};
    if (bytes > kConfigBytesMax) return Error{Errc::Limit, "read configuration: too long"};
    TillConfig config;
    try {
        for (const auto& [key, node] : toml::parse_file(path))
            if (auto done = apply(config, key, node); !done) return done.error();
    } catch (const toml::parse_error& problem) {
        return Error{Errc::Invalid, fmt::format("read configuration: line {}: {}",
                                                problem.source().begin.line, problem.description())};
    }
    if (config.listen.empty())
        return Error{Errc::Invalid,
                     "read configuration: listen is missing: the addresses on the staff's network"};
    if (config.certificateFile.empty() != config.keyFile.empty())
        return Error{Errc::Invalid, "read configuration: certificate and key belong together"};
    return config;
}

} // namespace silta::till
