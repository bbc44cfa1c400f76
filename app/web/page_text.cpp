#include "web/page_text.h"

#include "web/limits.h"

#include <algorithm>
#include <cstdint>

namespace silta {

namespace {

constexpr std::string_view kReplacement = "\uFFFD";

/// One character and the bytes it takes; `bytes` 0 = malformed. Source: Unicode 15, table 3-7.
struct Character {
    char32_t point = 0;
    std::size_t bytes = 0;
};

Character firstOf(std::string_view text) {
    const auto at = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto lead = at(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
    auto point = static_cast<char32_t>(lead & (0x7Fu >> bytes));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((at(i) & 0xC0u) != 0x80u) return {};
        point = (point << 6) | (at(i) & 0x3Fu);
    }
    constexpr char32_t kLowest[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLowest[bytes] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {};
    return {point, bytes};
}

bool turnsDirection(char32_t c) {
    return c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool isBlank(char32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

void append(std::string& html, char32_t point, std::string_view bytes) {
    switch (point) {
    case '&':
        html += "&amp;";
        return;
    case '<':
        html += "&lt;";
        return;
    case '>':
        html += "&gt;";
        return;
    case '"':
        html += "&#34;";
        return;
    case '\'':
        html += "&#39;";
        return;
    default:
        html += bytes;
    }
}

bool isAsciiAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isOnly(std::string_view text, std::string_view extra) {
    return std::all_of(text.begin(), text.end(), [extra](char c) {
        return isAsciiAlnum(c) || extra.find(c) != std::string_view::npos;
    });
}

bool beginsWith(std::string_view text, std::string_view lowerPrefix) {
    return text.size() >= lowerPrefix.size() &&
           std::equal(lowerPrefix.begin(), lowerPrefix.end(), text.begin(),
                      [](char p, char c) { return p == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

} // namespace

std::string escaped(std::string_view utf8, std::size_t bytesMax) {
    std::string html;
    html.reserve(std::min(utf8.size(), bytesMax) + 16);
    std::size_t used = 0;
    bool afterBlank = true; // no blank at the front
    while (used < utf8.size()) {
        const auto rest = utf8.substr(used);
        const auto character = firstOf(rest);
        const auto bytes = std::max<std::size_t>(character.bytes, 1);
        if (used + bytes > bytesMax) {
            html += "…";
            break;
        }
        used += bytes;
        if (character.bytes == 0) {
            html += kReplacement;
            afterBlank = false;
        } else if (isBlank(character.point)) {
            if (!afterBlank) html += ' ';
            afterBlank = true;
        } else if (!turnsDirection(character.point)) {
            append(html, character.point, rest.substr(0, bytes));
            afterBlank = false;
        }
    }
    return html;
}

std::string isolated(std::string_view utf8, std::size_t bytesMax) {
    return "<bdi dir=auto>" + escaped(utf8, bytesMax) + "</bdi>";
}

std::string escapedUrl(std::string_view url) {
    if (url.size() > kUrlBytesMax) return {};
    const std::size_t scheme = beginsWith(url, "https://") ? 8 : beginsWith(url, "http://") ? 7 : 0;
    if (scheme == 0) return {};
    const auto rest = url.substr(scheme);
    if (!isOnly(rest, "-._~:/?#[]@!$&()*+,;=%")) return {};
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.empty() || !isOnly(authority, "-.:[]")) return {};
    return escaped(url, kUrlBytesMax);
}

std::string escapedPath(std::string_view path) {
    if (path.size() > kPathBytesMax || path.empty() || path.front() != '/') return {};
    if (path.size() > 1 && path[1] == '/') return {};
    if (path.find("..") != std::string_view::npos || !isOnly(path, "/-._~")) return {};
    return std::string(path);
}

std::string escapedCode(std::string_view code, std::size_t bytesMax) {
    return code.size() <= bytesMax && isOnly(code, "-._~=") ? std::string(code) : std::string();
}

std::string initialOf(std::string_view utf8) {
    while (!utf8.empty()) {
        const auto character = firstOf(utf8);
        if (character.bytes == 0) return {};
        if (!isBlank(character.point) && !turnsDirection(character.point)) {
            std::string html;
            append(html, character.point, utf8.substr(0, character.bytes));
            return html;
        }
        utf8.remove_prefix(character.bytes);
    }
    return {};
}

} // namespace silta
