// OperationStore: what the hub knows of devices, operations, wishlists and members, in one SQLite file.
#pragma once

#include "core/json.h"
#include "hub/hub_keys.h"
#include "shopper/wishlist_repository.h"
#include "sync/operation.h"
#include "sync/protocol.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace silta::hub {

struct DeviceRow {
    std::string id;
    int number = 0;
    std::string publicKey; ///< 32 raw bytes
    std::string storeCode;
    bool revoked = false;
};

struct MemberRow {
    std::string id, number, storeCode, lang, wishlistId;
    UtcMs createdMs = 0;
    std::vector<std::string> aliases; ///< other numbers of the same person
    std::string name, email, phone;   ///< unsealed
    Json consents;
};

struct OperationRow {
    std::string id, device, entity, type, verdict, reason;
    std::int64_t seq = 0;
    UtcMs receivedMs = 0;
};

struct ChangePage {
    std::vector<Json> changes;
    std::string cursor, epoch;
    std::int64_t durableSeq = 0; ///< of the asking incarnation
    bool more = false;
};

/// Thread: the connection's owner; the server puts a mutex around it. Several processes may have one open.
class OperationStore {
public:
    /// Keys must outlive the store. Errors: Unsupported (newer database), Corrupt, Full, Io.
    static Result<std::unique_ptr<OperationStore>> open(const std::string& path, const HubKeys& keys,
                                                        const Clock& clock, Random& random);

    // Enrolment.
    /// A code "XXXX-XXXX-XXXX" that one device of this store can spend within `hours`.
    Result<std::string> makeEnrolCode(const std::string& storeCode, int hours);
    /// Spends a code. Errors: Denied (unknown, used, too old), Limit (no device number left).
    Result<DeviceRow> enrol(const std::string& code, const std::string& deviceId,
                            const std::string& publicKey);
    Result<DeviceRow> device(const std::string& id) const; ///< Errors: NotFound

    // Operations.
    /// One transaction for the batch; one savepoint for each operation. `lines` is NDJSON within the push
    /// limits. Errors: Busy, Full, Io: then nothing of the batch was taken, and it can be sent again.
    Result<PushReply> receive(const DeviceRow& device, const std::string& incarnation,
                              std::string_view lines);
    /// `cursor` is what an earlier page gave, or anything else to begin. One of another epoch begins anew.
    Result<ChangePage> changesFor(const std::string& deviceId, const std::string& incarnation,
                                  std::string_view cursor);

    // Backups. From the first one on, devices keep what they sent until a backup holds it.
    /// Writes a whole copy to a new file. Errors: Conflict (the file exists), Full, Io.
    Result<void> backUp(const std::string& target);
    /// Call on a copy that takes the hub's place: devices then send again what the copy may lack.
    Result<void> startEpoch();

    // For people at headquarters.
    Result<std::vector<MemberRow>> members() const;
    Result<std::vector<OperationRow>> operations(int limit) const;
    Result<std::vector<std::string>> wishlistIds() const;
    Result<std::vector<WishlistItem>> wishlist(const std::string& id);

    /// The published head document, or an empty text before the first import.
    Result<std::string> headJson() const;
    Result<std::string> epoch();

private:
    OperationStore(Database database, const HubKeys& keys, const Clock& clock, Random& random)
        : database_(std::move(database)), keys_(keys), clock_(clock), random_(random) {}
    struct Marks {
        std::int64_t highSeq = 0;
        /// What a backup holds. Nothing where none are made: then what is committed is as durable as it gets.
        std::optional<std::int64_t> backedUpSeq;
    };
    Result<Marks> marksOf(const std::string& deviceId, const std::string& incarnation) const;
    Result<Verdict> receiveOne(const DeviceRow& device, const std::string& incarnation, std::string_view line,
                               std::int64_t& highSeq);
    Result<void> applyOperation(const DeviceRow& device, const Operation& operation);
    Result<void> insertOperation(const Operation& operation, std::string_view line,
                                 const Result<void>& applied);

    Database database_;
    const HubKeys& keys_;
    const Clock& clock_;
    Random& random_;
};

} // namespace silta::hub
