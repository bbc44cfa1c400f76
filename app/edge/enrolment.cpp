#include "edge/enrolment.h"

#include "core/durable_file.h"
#include "sync/hub_client.h"
#include "sync/protocol.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::size_t kReplyBytesMax = 16 * 1024;
constexpr std::size_t kKeyBytes = 32;
constexpr int kDeviceNumberMax = 99'999;
constexpr std::size_t kCodeBytesMax = 32;

bool isCode(const std::string& code) {
    return !code.empty() && code.size() <= kCodeBytesMax && std::all_of(code.begin(), code.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string keptPath(const std::string& stateFolder) {
    return stateFolder + "/enrolment.json";
}

Result<Enrolment> parseEnrolment(const Json& json) {
    Enrolment enrolment;
    const auto& store = objectMember(json, "store");
    const auto sealKey = fromBase64(textMember(json, "sealKey").value_or(""));
    const auto signKey = fromBase64(textMember(json, "signKey").value_or(""));
    const auto number = integerMember(json, "deviceNumber").value_or(0);
    enrolment.hubUrl = textMember(json, "hubUrl").value_or("");
    enrolment.storeCode = textMember(store, "code").value_or("");
    enrolment.storeName = textMember(store, "name").value_or("");
    enrolment.publicUrl = textMember(json, "publicUrl").value_or("");
    enrolment.memberPrefix = textMember(json, "memberPrefix").value_or("");
    if (!sealKey || sealKey->size() != kKeyBytes || !signKey || signKey->size() != kKeyBytes || number < 1 ||
        number > kDeviceNumberMax || enrolment.storeCode.empty())
        return Error{Errc::Invalid, "read enrolment: a member is missing or malformed"};
    enrolment.sealKey = *sealKey;
    enrolment.signKey = *signKey;
    enrolment.deviceNumber = static_cast<int>(number);
    return enrolment;
}

} // namespace

Json toJson(const Enrolment& enrolment) {
    return {{"hubUrl", enrolment.hubUrl},
            {"deviceNumber", enrolment.deviceNumber},
            {"store", {{"code", enrolment.storeCode}, {"name", enrolment.storeName}}},
            {"sealKey", toBase64(enrolment.sealKey)},
            {"signKey", toBase64(enrolment.signKey)},
            {"publicUrl", enrolment.publicUrl},
            {"memberPrefix", enrolment.memberPrefix}};
}

Result<Enrolment> readEnrolment(std::string_view text) {
    auto json = parseJson(text, kReplyBytesMax);
    if (!json) return json.error();
    return parseEnrolment(*json);
}

Result<void> keepEnrolment(const std::string& stateFolder, const std::string& text) {
    if (const auto kept = keptEnrolment(stateFolder); kept && *kept == text) return {};
    return replaceFile(keptPath(stateFolder), text, 0600);
}

Result<std::string> keptEnrolment(const std::string& stateFolder) {
    return readFile(keptPath(stateFolder));
}

Result<Enrolment> enrolAt(HttpTransport& transport, const EnrolmentCode& code, const std::string& caFile,
                          const DeviceIdentity& identity, TrustedClock& clock, Random& random) {
    if (!isCode(code.code)) return Error{Errc::Invalid, "enrol: a code has letters, digits and dashes only"};
    if (code.hubUrl.empty()) return Error{Errc::Invalid, "enrol: the hub's address is not known"};
    if (!code.hubKey.empty() && code.hubKey.size() != kKeyBytes)
        return Error{Errc::Invalid, "enrol: the hub's key has another length"};
    if (!code.hubKey.empty() && !clock.isSynced()) {
        HubClient hub(transport, {code.hubUrl, caFile, identity.id}, identity.keys, &clock);
        // Where it gives none, our own time decides whether its certificate is good.
        if (const auto now = hub.pinnedTime(code.hubKey, random)) clock.learn(*now);
    }
    HttpCall call;
    call.method = "POST";
    call.url = code.hubUrl + "/v1/devices";
    call.caFile = caFile;
    call.verifyAtMs = clock.nowMs();
    call.takesLater = code.hubKey.empty() && !clock.isSynced();
    call.responseBytesMax = kReplyBytesMax;
    call.headers = {{"Content-Type", "application/json"}};
    call.body = dumpJson({{"code", code.code},
                          {"deviceId", identity.id},
                          {"publicKey", toBase64(identity.keys.publicKey)},
                          {"proof", toBase64(sign("silta-enrol:" + code.code, identity.keys))}});
    auto reply = transport.send(call);
    if (!reply) return reply.error();
    if (reply->status == 403) return Error{Errc::Denied, "enrol: the code is unknown, used or too old"};
    if (reply->status == 409) return Error{Errc::Conflict, "enrol: this device belongs to another store"};
    if (reply->status != 201)
        return Error{Errc::Unavailable, fmt::format("enrol: the hub answered with status {}", reply->status)};
    if (!code.hubKey.empty()) {
        const auto signature = fromBase64(reply->header("silta-signature"));
        if (!signature || !verify(enrolledText(identity.id, reply->body), *signature, code.hubKey))
            return Error{Errc::Denied, "enrol: this is not the hub that the code names"};
    }
    auto json = parseJson(reply->body, kReplyBytesMax);
    if (!json) return json.error();
    auto enrolment = parseEnrolment(*json);
    if (!enrolment) return enrolment.error();
    enrolment->hubUrl = code.hubUrl;
    return enrolment;
}

} // namespace silta
