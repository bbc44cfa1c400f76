// What device and hub agree on: limits, verdicts, the head document. See app/docs/sync-protocol.md.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

// A batch is what one SQLite transaction of the hub takes in a few milliseconds.
inline constexpr std::size_t kPushOperationsMax = 500;
inline constexpr std::size_t kPushBytesMax = 256 * 1024; ///< before compression
inline constexpr std::size_t kHeadBytesMax = 256 * 1024; ///< some hundred segments
inline constexpr std::size_t kRawSnapshotBytesMax = std::size_t{4} << 30;
inline constexpr std::size_t kFileBytesMax = std::size_t{2}
                                             << 30; ///< a compressed snapshot of a million products
inline constexpr std::size_t kSegmentLineBytesMax = 256 * 1024; ///< a product with all texts and reviews
inline constexpr std::size_t kPictureBytesMax = std::size_t{4} << 20;
inline constexpr std::size_t kChangesMax = 200; ///< entries in one answer of the private feed
inline constexpr std::size_t kChangesBytesMax = std::size_t{1} << 20; ///< of one answer
/// Of one entry: an order with the names of what this device did with it.
inline constexpr std::size_t kChangeBytesMax = std::size_t{32} * 1024;

inline constexpr const char* kNonceHeader = "Silta-Nonce";
inline constexpr const char* kIncarnationHeader = "Silta-Incarnation";

/// What the hub did with one operation.
enum class VerdictKind { Ok, Dup, Quarantined, Flag, Gap, Fork, Fenced, Unknown };
const char* toString(VerdictKind kind);
VerdictKind verdictKind(std::string_view name);

struct Verdict {
    std::string id;
    VerdictKind kind = VerdictKind::Unknown;
};

/// The hub's answer to a push.
struct PushReply {
    std::string digest;            ///< Content-Digest of the request that it answers
    std::vector<Verdict> verdicts; ///< what is not named here is ok
    std::int64_t highSeq = 0;      ///< highest seq the hub has seen of this (device, incarnation)
    std::int64_t durableSeq = 0;   ///< up to here nothing can be lost by the hub any more
    std::string epoch;             ///< changes when the hub was restored from a backup
    std::int64_t nowMs = 0;
};
/// Names what is not ok.
std::string toText(const PushReply& reply);
/// Errors: Invalid.
Result<PushReply> parsePushReply(std::string_view body);

/// A file named by the SHA-256 of its bytes as they travel.
struct FileRef {
    std::string sha256;
    std::int64_t bytes = 0;
};

struct SnapshotRef {
    FileRef file;
    std::int64_t rawBytes = 0;
    std::string rawSha256;
    std::int64_t catalogSeq = 0, stockSeq = 0;
};

struct SegmentRef {
    bool isStock = false;
    std::int64_t from = 0, to = 0; ///< holds the changes with from < seq <= to
    FileRef file;
};

/// What a device needs to know to be up to date.
struct Head {
    std::string epoch;
    SnapshotRef snapshot;
    std::vector<SegmentRef> segments;
    std::int64_t catalogSeq = 0, stockSeq = 0;
    std::optional<FileRef> reports;     ///< the stores' last full stock reports, all of them
    std::optional<FileRef> digest;      ///< a CatalogDigest at these very numbers
    std::optional<FileRef> searchWords; ///< see putSearchWords(); none before the chain has set any
};
/// Reads the head document out of its signed envelope `{"signed": text, "signature": base64url}`.
/// Errors: Denied (the signature is not by `hubSignKey`), Invalid, Limit.
Result<Head> parseSignedHead(std::string_view body, std::string_view hubSignKey);

/// What the hub signs to tell the time to who asked with this nonce.
std::string timeText(std::string_view nonce, std::int64_t nowMs);

/// What the hub signs of its answer to an enrolment, for who knows its key from the code.
std::string enrolledText(std::string_view deviceId, std::string_view body);

/// What a device signs with a new key, so that nobody can give it somebody else's.
std::string newKeyText(std::string_view deviceId);

/// The name of a device: "d" and 20 hex digits of the SHA-256 of its public key.
std::string deviceIdOf(std::string_view publicKey);

} // namespace silta
