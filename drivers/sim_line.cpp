#include "drivers/sim_line.h"

namespace silta::drivers {

namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string unescape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto rest = text.substr(i);
        if (rest.starts_with("\\\\")) {
            out.push_back('\\');
            i += 1;
        } else if (rest.size() >= 4 && rest.starts_with("\\x") && hexDigit(rest[2]) >= 0 &&
                   hexDigit(rest[3]) >= 0) {
            out.push_back(static_cast<char>(hexDigit(rest[2]) * 16 + hexDigit(rest[3])));
            i += 3;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

} // namespace

std::optional<ScannedCode> parseSimLine(std::string_view line) {
    ScannedCode code;
    code.source = "simulated";
    if (const auto tab = line.find('\t'); tab != std::string_view::npos) {
        if (const auto symbology = parseSymbology(line.substr(0, tab))) {
            code.symbology = *symbology;
            line.remove_prefix(tab + 1);
        }
    }
    code.bytes = unescape(line);
    if (code.bytes.empty() || code.bytes.size() > kScanBytesMax) return std::nullopt;
    return code;
}

} // namespace silta::drivers
