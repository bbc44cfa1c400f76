#include "portal/return_cookie.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <charconv>

namespace silta::portal {

namespace {

constexpr std::string_view kName = "silta_wifi=";
constexpr std::size_t kValueBytesMax = 200;
constexpr std::size_t kSerialBytesMax = 64;

std::string macOf(std::string_view text, std::string_view key) {
    return toBase64(hmacSha256(key, fmt::format("cookie:{}", text)));
}

std::string_view nextPart(std::string_view& text, char separator) {
    const auto part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

} // namespace

std::string makeReturnCookie(const ReturnPass& pass, std::string_view key, bool isSecure, UtcMs nowMs) {
    const auto text = fmt::format("{}.{}.{}", nameOf(pass.way), pass.untilMs, pass.serial);
    return fmt::format("{}{}.{}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", kName, text, macOf(text, key),
                       (pass.untilMs - nowMs) / 1'000, isSecure ? "; Secure" : "");
}

std::optional<ReturnPass> readReturnCookie(std::string_view header, std::string_view key, UtcMs nowMs) {
    while (!header.empty()) {
        auto pair = nextPart(header, ';');
        while (!pair.empty() && pair.front() == ' ')
            pair.remove_prefix(1);
        if (!pair.starts_with(kName)) continue;
        pair.remove_prefix(kName.size());
        const auto dot = pair.rfind('.');
        if (pair.size() > kValueBytesMax || dot == std::string_view::npos) return std::nullopt;
        auto text = pair.substr(0, dot);
        if (!sameBytes(macOf(text, key), pair.substr(dot + 1))) return std::nullopt;
        const auto way = wayNamed(nextPart(text, '.'));
        const auto until = nextPart(text, '.');
        ReturnPass pass;
        const auto [end, error] = std::from_chars(until.data(), until.data() + until.size(), pass.untilMs);
        if (!way || error != std::errc{} || pass.untilMs <= nowMs || text.size() > kSerialBytesMax)
            return std::nullopt;
        pass.way = *way;
        pass.serial = std::string(text);
        return pass;
    }
    return std::nullopt;
}

} // namespace silta::portal
