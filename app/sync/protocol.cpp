#include "sync/protocol.h"

#include "core/json.h"
#include "core/sha256_hex.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kNameBytesMax = 100;
constexpr std::size_t kSegmentsMax = 1'000; // the hub makes a new snapshot long before

struct VerdictName {
    VerdictKind kind;
    const char* name;
};
constexpr std::array<VerdictName, 8> kVerdictNames = {{{VerdictKind::Ok, "ok"},
                                                       {VerdictKind::Dup, "dup"},
                                                       {VerdictKind::Quarantined, "quarantined"},
                                                       {VerdictKind::Flag, "flag"},
                                                       {VerdictKind::Gap, "gap"},
                                                       {VerdictKind::Fork, "fork"},
                                                       {VerdictKind::Fenced, "fenced"},
                                                       {VerdictKind::Unknown, "unknown"}}};

Result<FileRef> parseFile(const Json& json) {
    const auto name = textMember(json, "file", kNameBytesMax);
    const auto bytes = integerMember(json, "bytes");
    if (!name || !isSha256Hex(*name) || !bytes || *bytes < 0 ||
        static_cast<std::uint64_t>(*bytes) > kFileBytesMax)
        return Error{Errc::Invalid, "read head: a file's name or size"};
    return FileRef{*name, *bytes};
}

Result<SnapshotRef> parseSnapshot(const Json& json) {
    auto file = parseFile(json);
    if (!file) return file.error();
    SnapshotRef snapshot;
    snapshot.file = *file;
    snapshot.rawBytes = integerMember(json, "rawBytes").value_or(-1);
    snapshot.rawSha256 = textMember(json, "rawSha256", kNameBytesMax).value_or("");
    snapshot.catalogSeq = integerMember(json, "catalogSeq").value_or(-1);
    snapshot.stockSeq = integerMember(json, "stockSeq").value_or(-1);
    if (snapshot.rawBytes < 0 || static_cast<std::uint64_t>(snapshot.rawBytes) > kRawSnapshotBytesMax ||
        !isSha256Hex(snapshot.rawSha256) || snapshot.catalogSeq < 0 || snapshot.stockSeq < 0)
        return Error{Errc::Invalid, "read head: the snapshot's description"};
    return snapshot;
}

Result<SegmentRef> parseSegment(const Json& json) {
    auto file = parseFile(json);
    if (!file) return file.error();
    const auto stream = textMember(json, "stream", kNameBytesMax).value_or("");
    const auto from = integerMember(json, "from").value_or(-1);
    const auto to = integerMember(json, "to").value_or(-1);
    if ((stream != "catalog" && stream != "stock") || from < 0 || to <= from)
        return Error{Errc::Invalid, "read head: a segment's description"};
    return SegmentRef{stream == "stock", from, to, *file};
}

} // namespace

const char* toString(VerdictKind kind) {
    const auto* row = std::find_if(kVerdictNames.begin(), kVerdictNames.end(),
                                   [kind](const VerdictName& v) { return v.kind == kind; });
    return row->name;
}

VerdictKind verdictKind(std::string_view name) {
    const auto* row = std::find_if(kVerdictNames.begin(), kVerdictNames.end(),
                                   [name](const VerdictName& v) { return v.name == name; });
    return row == kVerdictNames.end() ? VerdictKind::Unknown : row->kind;
}

std::string timeText(std::string_view nonce, std::int64_t nowMs) {
    return fmt::format("silta-time:{}:{}", nonce, nowMs);
}

std::string enrolledText(std::string_view deviceId, std::string_view body) {
    return fmt::format("silta-enrolled:{}:{}", deviceId, body);
}

std::string newKeyText(std::string_view deviceId) {
    return fmt::format("silta-key:{}", deviceId);
}

std::string deviceIdOf(std::string_view publicKey) {
    constexpr std::size_t kDigits = 20;
    return "d" + sha256Hex(publicKey).substr(0, kDigits);
}

std::string toText(const PushReply& reply) {
    auto verdicts = Json::array();
    for (const auto& verdict : reply.verdicts)
        if (verdict.kind != VerdictKind::Ok)
            verdicts.push_back({{"id", verdict.id}, {"verdict", toString(verdict.kind)}});
    return dumpJson({{"digest", reply.digest},
                     {"verdicts", std::move(verdicts)},
                     {"hwm", reply.highSeq},
                     {"durable_seq", reply.durableSeq},
                     {"epoch", reply.epoch},
                     {"now", reply.nowMs}});
}

Result<PushReply> parsePushReply(std::string_view body) {
    auto json = parseJson(body, kPushBytesMax);
    if (!json) return json.error();
    auto digest = textMember(*json, "digest", kNameBytesMax);
    const auto& verdicts = arrayMember(*json, "verdicts");
    const auto highSeq = integerMember(*json, "hwm");
    const auto durableSeq = integerMember(*json, "durable_seq");
    auto epoch = textMember(*json, "epoch", kNameBytesMax);
    if (!digest || verdicts.is_null() || verdicts.size() > kPushOperationsMax || !highSeq || !durableSeq ||
        !epoch)
        return Error{Errc::Invalid, "read push reply: a member is missing"};
    PushReply reply;
    reply.digest = std::move(*digest);
    for (const auto& entry : verdicts) {
        auto id = textMember(entry, "id", kNameBytesMax);
        auto kind = textMember(entry, "verdict", kNameBytesMax);
        if (!id || !kind) return Error{Errc::Invalid, "read push reply: a verdict"};
        reply.verdicts.push_back({*id, verdictKind(*kind)});
    }
    reply.highSeq = *highSeq;
    reply.durableSeq = *durableSeq;
    reply.epoch = *epoch;
    reply.nowMs = integerMember(*json, "now").value_or(0);
    return reply;
}

Result<Head> parseSignedHead(std::string_view body, std::string_view hubSignKey) {
    auto envelope = parseJson(body, kHeadBytesMax);
    if (!envelope) return envelope.error();
    const auto text = textMember(*envelope, "signed", kHeadBytesMax);
    const auto signature = fromBase64(textMember(*envelope, "signature", kNameBytesMax).value_or(""));
    if (!text || !signature) return Error{Errc::Invalid, "read head: not signed"};
    if (!verify(*text, *signature, hubSignKey)) return Error{Errc::Denied, "read head: wrong signature"};
    auto json = parseJson(*text, kHeadBytesMax);
    if (!json) return json.error();
    Head head;
    head.epoch = textMember(*json, "epoch", kNameBytesMax).value_or("");
    head.catalogSeq = integerMember(*json, "catalogSeq").value_or(-1);
    head.stockSeq = integerMember(*json, "stockSeq").value_or(-1);
    if (head.epoch.empty() || head.catalogSeq < 0 || head.stockSeq < 0)
        return Error{Errc::Invalid, "read head: epoch or sequence numbers"};
    auto snapshot = parseSnapshot(objectMember(*json, "snapshot"));
    if (!snapshot) return snapshot.error();
    head.snapshot = *snapshot;
    const auto& segments = arrayMember(*json, "segments");
    if (segments.size() > kSegmentsMax) return Error{Errc::Limit, "read head: too many segments"};
    for (const auto& entry : segments) {
        auto segment = parseSegment(entry);
        if (!segment) return segment.error();
        head.segments.push_back(*segment);
    }
    if (const auto& reports = objectMember(*json, "reports"); !reports.is_null()) {
        auto file = parseFile(reports);
        if (!file) return file.error();
        head.reports = *file;
    }
    if (const auto& digest = objectMember(*json, "digest"); !digest.is_null()) {
        auto file = parseFile(digest);
        if (!file) return file.error();
        head.digest = *file;
    }
    if (const auto& words = objectMember(*json, "searchWords"); !words.is_null()) {
        auto file = parseFile(words);
        if (!file) return file.error();
        head.searchWords = *file;
    }
    return head;
}

} // namespace silta
