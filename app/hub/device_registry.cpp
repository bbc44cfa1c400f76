#include "hub/device_registry.h"

#include "core/crockford.h"

#include <silta/crypto.h>
#include <silta/scan.h>

namespace silta::hub {

namespace {

constexpr int kDeviceNumberMax = kHubDeviceNumber - 1;
constexpr int kCodeGroups = 3;
constexpr int kCodeGroupLetters = 4; // 12 letters of 32: 60 bits, and a code lives for hours
constexpr UtcMs kMsPerHour = 3'600'000;
constexpr const char* kDeviceColumns =
    "SELECT id, number, public_key, store_code, revoked, next_key FROM device ";

std::string makeCode(Random& random) {
    std::string code;
    for (int group = 0; group < kCodeGroups; ++group) {
        if (group > 0) code.push_back('-');
        code +=
            crockfordText(random.next64(), kCodeGroupLetters); // it arrives when it is read over the phone
    }
    return code;
}

DeviceRow readRow(const Statement& query) {
    DeviceRow row;
    row.id = query.string(0);
    row.number = static_cast<int>(query.integer(1));
    row.publicKey = query.blob(2);
    row.storeCode = query.string(3);
    row.revoked = query.integer(4) != 0;
    if (!query.isNull(5)) row.nextKey = query.blob(5);
    return row;
}

} // namespace

Result<std::string> DeviceRegistry::makeEnrolCode(const std::string& storeCode, int hours) {
    auto code = makeCode(random_);
    auto insert =
        database_.prepare("INSERT INTO enrol_code(code_hash, store_code, expires_ms) VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    const auto hash = sha256(code);
    insert->bindBlob(0, hash).bind(1, storeCode).bind(2, clock_.nowMs() + hours * kMsPerHour);
    if (auto done = insert->run(); !done) return done.error();
    return code;
}

Result<DeviceRow> DeviceRegistry::enrol(const std::string& code, const std::string& deviceId,
                                        const std::string& publicKey) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::string names[] = {"enrol"};
    if (auto done = database_.lockNames(names); !done) return done.error();
    const auto hash = sha256(code);
    std::string storeCode;
    {
        auto query = database_.prepare(
            "SELECT store_code FROM enrol_code WHERE code_hash = ? AND used_by IS NULL AND expires_ms > ?");
        if (!query) return query.error();
        auto row = query->bindBlob(0, hash).bind(1, clock_.nowMs()).step();
        if (!row) return row.error();
        if (!*row) return Error{Errc::Denied, "enrol: the code is unknown, used or too old"};
        storeCode = query->string(0);
    }
    auto spend = database_.prepare("UPDATE enrol_code SET used_by = ? WHERE code_hash = ?");
    if (!spend) return spend.error();
    if (auto done = spend->bind(0, deviceId).bindBlob(1, hash).run(); !done) return done.error();
    // A new device holds no leases, and says so under the hub's epoch by being new.
    auto upsert = database_.prepare(
        "INSERT INTO device(id, number, public_key, store_code, enrolled_ms, leases_epoch)"
        " VALUES(?1, (SELECT coalesce(max(number), 0) + 1 FROM device), ?2, ?3, ?4,"
        " coalesce((SELECT value FROM hub_setting WHERE name = 'epoch'), ''))"
        " ON CONFLICT(id) DO UPDATE SET public_key = ?2, next_key = NULL, store_code = ?3, enrolled_ms = ?4,"
        " revoked = 0");
    if (!upsert) return upsert.error();
    upsert->bind(0, deviceId).bindBlob(1, publicKey).bind(2, storeCode).bind(3, clock_.nowMs());
    if (auto done = upsert->run(); !done) return done.error();
    auto enrolled = find(deviceId);
    if (!enrolled) return enrolled;
    if (enrolled->number > kDeviceNumberMax) return Error{Errc::Limit, "enrol: no device number is left"};
    if (auto done = transaction->commit(); !done) return done.error();
    return enrolled;
}

Result<DeviceRow> DeviceRegistry::find(const std::string& id) const {
    auto query = database_.prepare(std::string(kDeviceColumns) + "WHERE id = ?");
    if (!query) return query.error();
    auto row = query->bind(0, id).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "find device: unknown"};
    return readRow(*query);
}

Result<std::vector<DeviceRow>> DeviceRegistry::all() const {
    auto query = database_.prepare(std::string(kDeviceColumns) + "ORDER BY number");
    if (!query) return query.error();
    std::vector<DeviceRow> rows;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return rows;
        rows.push_back(readRow(*query));
    }
}

Result<void> DeviceRegistry::setNextKey(const std::string& id, const std::string& publicKey) {
    auto update = database_.prepare("UPDATE device SET next_key = ? WHERE id = ?");
    if (!update) return update.error();
    return update->bindBlob(0, publicKey).bind(1, id).run();
}

Result<void> DeviceRegistry::takeNextKey(const std::string& id) {
    auto update = database_.prepare(
        "UPDATE device SET public_key = next_key, next_key = NULL WHERE id = ? AND next_key IS NOT NULL");
    if (!update) return update.error();
    return update->bind(0, id).run();
}

Result<void> DeviceRegistry::revoke(const std::string& id) {
    auto update = database_.prepare("UPDATE device SET revoked = 1 WHERE id = ?");
    if (!update) return update.error();
    if (auto done = update->bind(0, id).run(); !done) return done;
    if (database_.changes() == 0) return Error{Errc::NotFound, "revoke device: unknown"};
    return {};
}

} // namespace silta::hub
