#include "view/staff_reply.h"

#include "core/json.h"

#include <QDateTime>

namespace silta::kiosk {

namespace {

constexpr std::size_t kReplyBytesMax = 512u << 10;
constexpr std::size_t kTextBytesMax = 2048;
constexpr UtcMs kMsPerSecond = 1'000;

} // namespace

Result<StaffAnswer> parseStaffAnswer(int status, const std::string& body) {
    if (status == 429) return Error{Errc::Limit, "sign in: too many"};
    if (status == 400) return Error{Errc::Invalid, "sign in: refused as invalid"};
    if (status != 200 && status != 403 && status != 423)
        return Error{Errc::Unavailable, "sign in: status " + std::to_string(status)};
    const auto json = parseJson(body, kReplyBytesMax);
    if (!json || !json->is_object()) return Error{Errc::Corrupt, "sign in: the answer is no object"};
    StaffAnswer answer;
    if (status == 200) {
        answer.outcome = StaffAnswer::Outcome::Welcome;
        answer.id = textMember(*json, "id", kTextBytesMax).value_or("");
        answer.name = textMember(*json, "name", kTextBytesMax).value_or("");
        if (answer.id.empty()) return Error{Errc::Corrupt, "sign in: the answer names nobody"};
    } else if (status == 423) {
        answer.outcome = StaffAnswer::Outcome::Locked;
        answer.seconds = integerMember(*json, "seconds").value_or(0);
    } else {
        // Whom the socket does not serve at all is refused with the same status, and no count.
        const auto left = integerMember(*json, "triesLeft");
        if (!left) return Error{Errc::Unavailable, "sign in: this program may not ask"};
        answer.triesLeft = *left;
    }
    return answer;
}

Result<DeviceHealth> parseDeviceHealth(const std::string& body) {
    const auto json = parseJson(body, kReplyBytesMax);
    if (!json || !json->is_object()) return Error{Errc::Corrupt, "read status: no object"};
    const auto text = [](const Json& object, const char* name) {
        return textMember(object, name, kTextBytesMax).value_or("");
    };
    DeviceHealth health;
    health.deviceId = text(*json, "deviceId");
    health.storeName = text(*json, "storeName");
    health.storeCode = text(*json, "storeCode");
    health.isEnrolled = boolMember(*json, "enrolled").value_or(false);
    health.enrolmentState = text(objectMember(*json, "enrolment"), "state");
    const Json& hub = objectMember(*json, "hub");
    health.hubUrl = text(hub, "url");
    health.hubError = text(hub, "lastError");
    health.isHubReachable = boolMember(hub, "reachable").value_or(false);
    health.lastSyncMs = integerMember(hub, "lastSyncMs").value_or(0);
    const Json& outbox = objectMember(*json, "outbox");
    health.pending = integerMember(outbox, "pending").value_or(0);
    health.quarantined = integerMember(outbox, "quarantined").value_or(0);
    health.oldestMs = integerMember(outbox, "oldestMs").value_or(0);
    health.catalogSeq = integerMember(objectMember(*json, "catalog"), "catalogSeq").value_or(0);
    health.isClockSynced = text(objectMember(*json, "time"), "quality") == "synced";
    health.isJournalDamaged = boolMember(*json, "journalDamaged").value_or(false);
    return health;
}

std::string summaryOf(const DeviceHealth& health, const std::string& version, UtcMs now) {
    const auto seconds = [now](UtcMs then) {
        return then > 0 ? std::to_string(std::max<UtcMs>(0, now - then) / kMsPerSecond) + "s"
                        : std::string("never");
    };
    std::string text = "SILTA-STATUS 1 " + health.deviceId + ' ' +
                       QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(Qt::ISODate).toStdString();
    text += " VERSION=" + version + " STORE=" + health.storeCode + " ENROLMENT=" + health.enrolmentState;
    text +=
        std::string(" HUB=") + (health.isHubReachable ? "on" : "off") + " SYNC=" + seconds(health.lastSyncMs);
    text += " PENDING=" + std::to_string(health.pending);
    if (health.pending > 0) text += " OLDEST=" + seconds(health.oldestMs);
    text += " HELD=" + std::to_string(health.quarantined) + " CATALOG=" + std::to_string(health.catalogSeq);
    text += std::string(" CLOCK=") + (health.isClockSynced ? "synced" : "estimated");
    text += std::string(" JOURNAL=") + (health.isJournalDamaged ? "damaged" : "sound");
    return text;
}

} // namespace silta::kiosk
