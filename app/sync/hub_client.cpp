#include "sync/hub_client.h"

#include "core/json.h"
#include "core/mutant.h"
#include "sync/protocol.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <charconv>
#include <cstdio>

namespace silta {

namespace {

constexpr long kDownloadTimeoutMs = 30 * 60 * 1000; // a snapshot over a slow line; stalls end much sooner
constexpr long kSignedTimeoutMs = 30'000;           // a busy hub has a full batch before others
constexpr std::size_t kTimeBytesMax = 1'024;
constexpr int kRetryAfterSecondsMax = 3'600; // a hub cannot silence a store for longer than this

std::int64_t sizeOf(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 ? info.st_size : 0;
}

Error statusError(int status) {
    if (status == 401 || status == 403) return {Errc::Denied, fmt::format("call hub: status {}", status)};
    if (status == 404 || status == 410) return {Errc::NotFound, fmt::format("call hub: status {}", status)};
    if (status == 429 || status >= 500)
        return {Errc::Unavailable, fmt::format("call hub: status {}", status)};
    return {Errc::Invalid, fmt::format("call hub: status {}", status)};
}

} // namespace

Result<HttpReply> HubClient::send(HttpCall call) {
    call.url = address_.url + call.url;
    call.caFile = address_.caFile;
    call.stop = stop_;
    if (clock_ != nullptr) call.verifyAtMs = clock_->nowMs();
    retryAfterSeconds_ = 0;
    auto reply = transport_.send(call);
    if (!reply) return reply;
    const auto retryAfter = reply->header("retry-after");
    int seconds = 0;
    if (std::from_chars(retryAfter.data(), retryAfter.data() + retryAfter.size(), seconds).ec == std::errc{})
        retryAfterSeconds_ = std::min(seconds, kRetryAfterSecondsMax);
    if (const auto nonce = reply->header("silta-nonce"); !nonce.empty()) nonce_ = std::string(nonce);
    return reply;
}

Result<HttpReply> HubClient::get(const std::string& path, std::string_view etag) {
    HttpCall call;
    call.url = path;
    if (!etag.empty()) call.headers.push_back({"If-None-Match", std::string(etag)});
    auto reply = send(std::move(call));
    if (!reply) return reply;
    if (reply->status != 200 && reply->status != 304) return statusError(reply->status);
    return reply;
}

Result<void> HubClient::download(const std::string& sha256, std::size_t bytesMax, const std::string& target) {
    HttpCall call;
    call.url = "/v1/files/" + sha256;
    call.downloadTo = target;
    call.resumeFrom = sizeOf(target);
    call.responseBytesMax = bytesMax;
    call.timeoutMs = kDownloadTimeoutMs;
    auto reply = send(std::move(call));
    if (!reply) return reply.error();
    // 416: there was nothing left to send.
    if (reply->status != 200 && reply->status != 206 && reply->status != 416) {
        std::remove(target.c_str());
        return statusError(reply->status);
    }
    const auto hash = sha256HexOfFile(target);
    if (!hash) return hash.error();
    if (*hash == sha256 || isMutant(Mutant::AnyFile)) return {};
    std::remove(target.c_str());
    return Error{Errc::Corrupt, "download file: its hash is not its name"};
}

Result<UtcMs> HubClient::pinnedTime(const std::string& hubSignKey, Random& random) {
    constexpr std::size_t kSaltBytes = 16;
    const auto salt = random.hex(kSaltBytes);
    HttpCall call;
    call.url = "/v1/time?nonce=" + salt;
    call.isAnswerSigned = true;
    call.responseBytesMax = kTimeBytesMax;
    auto reply = send(std::move(call));
    if (!reply) return reply.error();
    if (reply->status != 200) return statusError(reply->status);
    auto json = parseJson(reply->body, kTimeBytesMax);
    if (!json) return json.error();
    const auto now = integerMember(*json, "now");
    const auto signature = fromBase64(textMember(*json, "signature").value_or(""));
    if (!now || !signature) return Error{Errc::Invalid, "ask for time: a member is missing"};
    if (!verify(timeText(salt, *now), *signature, hubSignKey))
        return Error{Errc::Denied, "ask for time: wrong signature"};
    return *now;
}

Result<void> HubClient::fetchNonce() {
    HttpCall call;
    call.url = "/v1/nonce";
    auto reply = send(std::move(call));
    if (!reply) return reply.error();
    if (nonce_.empty()) return Error{Errc::Unavailable, "call hub: it gave no nonce"};
    return {};
}

Result<HttpReply> HubClient::signedCall(const std::string& method, const std::string& target,
                                        const std::string& body, const std::string& incarnation,
                                        const std::vector<HttpHeader>& headers) {
    const auto digest = contentDigest(body);
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (nonce_.empty())
            if (auto done = fetchNonce(); !done) return done.error();
        const auto nonce = std::exchange(nonce_, {});
        const auto signature =
            signRequest({method, target, digest, incarnation, address_.deviceId, nonce}, keys_);
        HttpCall call;
        call.method = method;
        call.url = target;
        call.timeoutMs = kSignedTimeoutMs;
        call.body = body;
        call.headers = headers;
        call.headers.push_back({"Content-Digest", digest});
        call.headers.push_back({kIncarnationHeader, incarnation});
        call.headers.push_back({"Signature-Input", signature.input});
        call.headers.push_back({"Signature", signature.signature});
        auto reply = send(std::move(call));
        if (!reply) return reply;
        if (reply->status >= 200 && reply->status < 300) return reply;
        const bool staleNonce = reply->status == 401 && !nonce_.empty();
        if (!staleNonce || attempt > 0) return statusError(reply->status);
    }
    return Error{Errc::Denied, "call hub: it does not take our nonce"};
}

} // namespace silta
