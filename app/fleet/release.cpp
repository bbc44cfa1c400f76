#include "fleet/release.h"

#include "core/digits.h"
#include "core/json.h"
#include "core/sha256_hex.h"

#include <silta/crypto.h>

#include <algorithm>

namespace silta {

namespace {

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// '~' before the end, the end before letters, letters before everything else.
int rankOf(std::string_view text, std::size_t at) {
    constexpr int kOther = 256;
    if (at >= text.size() || isDigit(text[at])) return 0;
    if (text[at] == '~') return -1;
    return isLetter(text[at]) ? text[at] : text[at] + kOther;
}

/// Of two versions without revision.
int comparePart(std::string_view a, std::string_view b) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        while ((i < a.size() && !isDigit(a[i])) || (j < b.size() && !isDigit(b[j]))) {
            const auto left = rankOf(a, i);
            const auto right = rankOf(b, j);
            if (left != right) return left - right;
            ++i;
            ++j;
        }
        while (i < a.size() && a[i] == '0')
            ++i;
        while (j < b.size() && b[j] == '0')
            ++j;
        int difference = 0;
        for (; i < a.size() && j < b.size() && isDigit(a[i]) && isDigit(b[j]); ++i, ++j)
            if (difference == 0) difference = a[i] - b[j];
        if (i < a.size() && isDigit(a[i])) return 1;
        if (j < b.size() && isDigit(b[j])) return -1;
        if (difference != 0) return difference;
    }
    return 0;
}

} // namespace

bool isVersion(std::string_view text) {
    const auto isAllowed = [](char c) {
        return isDigit(c) || isLetter(c) || c == '.' || c == '+' || c == '-' || c == '~';
    };
    return !text.empty() && text.size() <= kVersionBytesMax && isDigit(text.front()) &&
           std::ranges::all_of(text, isAllowed);
}

bool isCompatible(std::string_view text) {
    const auto isAllowed = [](char c) {
        return isDigit(c) || isLetter(c) || c == '.' || c == '-' || c == '_';
    };
    return !text.empty() && text.size() <= kCompatibleBytesMax && std::ranges::all_of(text, isAllowed);
}

int compareVersions(std::string_view a, std::string_view b) {
    const auto split = [](std::string_view version) {
        const auto at = version.rfind('-');
        return at == std::string_view::npos ? std::pair(version, std::string_view())
                                            : std::pair(version.substr(0, at), version.substr(at + 1));
    };
    const auto [upstreamA, revisionA] = split(a);
    const auto [upstreamB, revisionB] = split(b);
    const auto difference = comparePart(upstreamA, upstreamB);
    return difference != 0 ? difference : comparePart(revisionA, revisionB);
}

std::string toText(const Release& release) {
    return dumpJson({{"version", release.version},
                     {"compatible", release.compatible},
                     {"sha256", release.sha256},
                     {"bytes", release.bytes}});
}

Result<Release> parseRelease(std::string_view text) {
    auto json = parseJson(text, kReleaseTextBytesMax);
    if (!json) return json.error();
    Release release{textMember(*json, "version", kVersionBytesMax).value_or(""),
                    textMember(*json, "compatible", kCompatibleBytesMax).value_or(""),
                    textMember(*json, "sha256", kSha256Letters).value_or(""),
                    integerMember(*json, "bytes").value_or(0)};
    if (!isVersion(release.version) || !isCompatible(release.compatible) || !isSha256Hex(release.sha256) ||
        release.bytes < 1)
        return Error{Errc::Invalid, "read release: a member is missing or malformed"};
    if (release.bytes > kBundleBytesMax) return Error{Errc::Limit, "read release: a bundle of that size"};
    return release;
}

std::string releaseToSign(std::string_view text) {
    return "silta-release:" + std::string(text);
}

Result<Release> openRelease(const SignedText& release, std::string_view publicKey) {
    if (!verify(releaseToSign(release.text), release.signature, publicKey))
        return Error{Errc::Denied, "read release: headquarters has not signed it"};
    return parseRelease(release.text);
}

} // namespace silta
