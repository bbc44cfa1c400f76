// A release: one version of the device's system as one signed bundle, and how versions follow one another.
//
// Headquarters signs the record's text, and devices take it from whatever hub they hear it of. The bundle is
// signed besides, by the key whose certificate is in the image: the record says only which bundle it is.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kVersionBytesMax = 64;
inline constexpr std::size_t kCompatibleBytesMax = 64;
inline constexpr std::size_t kReleaseTextBytesMax = 1'024;
/// As max-bundle-download-size of the image's system.conf.
inline constexpr std::int64_t kBundleBytesMax = std::int64_t{1536} << 20;

/// A text and who vouches for it. How the text is signed is its kind's matter.
struct SignedText {
    std::string text;
    std::string signature; ///< 64 raw bytes
    bool operator==(const SignedText&) const = default;
};

struct Release {
    std::string version;
    std::string compatible; ///< which devices it is for, as their system.conf says: "silta-amd64"
    std::string sha256;     ///< of the bundle, 64 lower-case hex characters
    std::int64_t bytes = 0; ///< of the bundle, 1..kBundleBytesMax
    bool operator==(const Release&) const = default;
};

/// A digit first, then letters, digits, '.', '+', '-' and '~'.
bool isVersion(std::string_view text);
/// Letters, digits, '-', '_' and '.'.
bool isCompatible(std::string_view text);
/// Which of two versions comes first: <0, 0, >0. A part with '~' comes before the same without.
/// Source: Debian Policy Manual, section 5.6.12, as `dpkg --compare-versions` does it for versions of
/// isVersion(): on the device it has the last word.
int compareVersions(std::string_view a, std::string_view b);

std::string toText(const Release& release);
/// Errors: Invalid, Limit (text or bundle too long).
Result<Release> parseRelease(std::string_view text);
/// What is signed.
std::string releaseToSign(std::string_view text);
/// Errors: Denied (the signature), as parseRelease().
Result<Release> openRelease(const SignedText& release, std::string_view publicKey);

} // namespace silta
