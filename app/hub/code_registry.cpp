#include "hub/code_registry.h"

#include "hub/member_registry.h"

#include <silta/crypto.h>

#include <fmt/format.h>

namespace silta::hub {

namespace {

constexpr UtcMs kCodeHourMs = 3'600'000;
constexpr UtcMs kCodeDayMs = 24 * kCodeHourMs;
// Longer than the limits look back, and than a sign-up that names a challenge takes to arrive on most days.
constexpr UtcMs kCodesKeptMs = 7 * kCodeDayMs;
constexpr std::uint64_t kCodes = 1'000'000;

} // namespace

std::string CodeRegistry::macOf(const std::string& challenge, const std::string& code) const {
    return hmacSha256(keys_.contactKey, fmt::format("code:{}:{}", challenge, code));
}

Result<std::int64_t> CodeRegistry::madeSince(const char* column, std::string_view value,
                                             UtcMs sinceMs) const {
    const bool isPhone = std::string_view(column) == "phone_mac";
    auto query =
        database_.prepare(isPhone ? "SELECT count(*) FROM sms_code WHERE phone_mac = ? AND made_ms > ?"
                                  : "SELECT count(*) FROM sms_code WHERE device = ? AND made_ms > ?");
    if (!query) return query.error();
    if (isPhone)
        query->bindBlob(0, value);
    else
        query->bind(0, value);
    if (auto row = query->bind(1, sinceMs).step(); !row) return row.error();
    return query->integer(0);
}

Result<CodeRegistry::Made> CodeRegistry::make(const std::string& device, const std::string& challenge,
                                              const std::string& phone) {
    {
        auto known = database_.prepare("SELECT 1 FROM sms_code WHERE challenge = ?");
        if (!known) return known.error();
        auto row = known->bind(0, challenge).step();
        if (!row) return row.error();
        if (*row) return Made{Made::Outcome::Again, {}};
    }
    auto forget = database_.prepare("DELETE FROM sms_code WHERE made_ms < ?");
    if (!forget) return forget.error();
    if (auto done = forget->bind(0, nowMs_ - kCodesKeptMs).run(); !done) return done.error();
    const auto phoneMac = contactMac("phone", phone, keys_);
    auto phoneHour = madeSince("phone_mac", phoneMac, nowMs_ - kCodeHourMs);
    if (!phoneHour) return phoneHour.error();
    auto phoneDay = madeSince("phone_mac", phoneMac, nowMs_ - kCodeDayMs);
    if (!phoneDay) return phoneDay.error();
    auto deviceHour = madeSince("device", device, nowMs_ - kCodeHourMs);
    if (!deviceHour) return deviceHour.error();
    if (*phoneHour >= kCodesPerPhoneAnHour || *phoneDay >= kCodesPerPhoneADay ||
        *deviceHour >= kCodesPerDeviceAnHour)
        return Made{Made::Outcome::TooMany, {}};
    // 2^64 is no multiple of a million: the first codes are likelier by one in 10^13.
    auto code = fmt::format("{:06}", random_.next64() % kCodes);
    auto insert = database_.prepare("INSERT INTO sms_code(challenge, device, phone_mac, code_mac, made_ms, "
                                    "expires_ms, attempts, used) VALUES(?, ?, ?, ?, ?, ?, 0, 0)");
    if (!insert) return insert.error();
    const auto codeMac = macOf(challenge, code);
    insert->bind(0, challenge).bind(1, device).bindBlob(2, phoneMac).bindBlob(3, codeMac);
    insert->bind(4, nowMs_).bind(5, nowMs_ + kCodeLifeMs);
    if (auto done = insert->run(); !done) return done.error();
    return Made{Made::Outcome::Made, std::move(code)};
}

Result<CodeRegistry::Checked> CodeRegistry::check(const std::string& device, const std::string& challenge,
                                                  const std::string& code) {
    std::string codeMac;
    std::int64_t attempts = 0;
    {
        auto query = database_.prepare("SELECT code_mac, attempts FROM sms_code WHERE challenge = ? AND "
                                       "device = ? AND expires_ms > ?");
        if (!query) return query.error();
        auto row = query->bind(0, challenge).bind(1, device).bind(2, nowMs_).step();
        if (!row) return row.error();
        if (!*row || query->integer(1) >= kCodeAttempts) return Checked{};
        codeMac = query->blob(0);
        attempts = query->integer(1) + 1;
    }
    // Hashes under a key, compared in constant time.
    const bool right = sameBytes(macOf(challenge, code), codeMac);
    auto update = database_.prepare("UPDATE sms_code SET attempts = ?, used = CASE WHEN ? = 1 THEN 1 ELSE "
                                    "used END WHERE challenge = ?");
    if (!update) return update.error();
    // The right one costs no attempt: its answer may get lost.
    update->bind(0, right ? attempts - 1 : attempts).bind(1, right ? 1 : 0).bind(2, challenge);
    if (auto done = update->run(); !done) return done.error();
    return Checked{right, right ? 0 : static_cast<int>(kCodeAttempts - attempts)};
}

} // namespace silta::hub
