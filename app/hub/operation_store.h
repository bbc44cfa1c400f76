// OperationStore: what the hub knows of devices, operations, wishlists and members, in one database.
#pragma once

#include "core/json.h"
#include "hub/change_feed.h"
#include "hub/code_registry.h"
#include "hub/device_registry.h"
#include "hub/hub_keys.h"
#include "hub/lease_registry.h"
#include "hub/member_registry.h"
#include "hub/order_people.h"
#include "hub/order_registry.h"
#include "hub/review_registry.h"
#include "hub/sale_registry.h"
#include "hub/schemas.h"
#include "hub/staff_registry.h"
#include "hub/token_registry.h"
#include "hub/waiting_rows.h"
#include "shopper/welcome_coupon.h"
#include "shopper/wishlist_repository.h"
#include "sync/operation.h"
#include "sync/protocol.h"

#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace silta::hub {

class FleetRegistry;

inline constexpr std::size_t kWishesToldMax = 10; ///< staff are told of one

struct MemberRow {
    std::string id, number, storeCode, lang, wishlistId;
    UtcMs createdMs = 0;
    std::vector<std::string> aliases; ///< other numbers of the same person
    std::string name, email, phone;   ///< unsealed
    Json consents;
};

/// Somebody met on the Wi-Fi.
struct ContactRow {
    std::string id, storeCode, lang;
    std::string memberId; ///< empty: no member
    UtcMs createdMs = 0, seenMs = 0;
    UtcMs verifiedMs = 0;     ///< when a one-time code showed that the phone is theirs; 0 = never
    std::string email, phone; ///< unsealed; empty for members
    std::int64_t visits = 0;
    Json consents;
};

struct GuestCountRow {
    std::string storeCode, day, kind, way;
    std::int64_t count = 0;
};

struct OperationRow {
    std::string id, device, entity, type, verdict, reason;
    std::int64_t seq = 0;
    UtcMs receivedMs = 0;
};

/// What the hub says of itself in each answer to a device.
struct HubMarks {
    std::string epoch;
    std::int64_t highSeq = 0, durableSeq = 0; ///< of the asking incarnation
    bool isFenced = false;                    ///< it is: its device was written off
};

/// Thread: the connection's owner; the server puts a mutex around it. Several processes may have one open,
/// and on PostgreSQL several replicas.
class OperationStore {
public:
    /// `where`: see openHubDatabase(). Keys must outlive the store. Errors: Unsupported (newer database),
    /// Corrupt, Full, Io.
    static Result<std::unique_ptr<OperationStore>> open(const std::string& where, const HubKeys& keys,
                                                        const Clock& clock, Random& random);

    [[nodiscard]] DeviceRegistry devices() { return {database_, clock_, random_}; }
    [[nodiscard]] FleetRegistry fleet();

    // Operations.
    /// One transaction for the batch. `text` is NDJSON within the push limits. What the hub refuses is set
    /// aside with what depends on it; the rest goes on. Errors: Invalid (a line without an id), Limit, Busy,
    /// Full, Io: then nothing of the batch was taken, and it can be sent again.
    Result<PushReply> receive(const DeviceRow& device, const std::string& incarnation, std::string_view text);
    /// Tries again what was set aside: what a newer program understands is taken, and its device told.
    struct Replayed {
        std::int64_t tried = 0, taken = 0;
    };
    /// What another version of the hub understands. They must outlive the store.
    void setSchemas(std::span<const Schema> schemas) { schemas_ = schemas; }
    Result<Replayed> replay();

    // The private feed.
    void setOnTold(ChangeFeed::OnTold onTold) { onTold_ = std::move(onTold); }
    /// Errors: NotFound (the cursor is before the horizon).
    Result<ChangePage> changesFor(const std::string& deviceId, std::string_view cursor);
    Result<HubMarks> marksFor(const std::string& deviceId, const std::string& incarnation);
    /// Throws away what devices were told before `ms`. Gives how much.
    Result<std::int64_t> forgetChangesBefore(UtcMs ms);

    // Leases. Each call is one transaction. See LeaseRegistry.
    Result<std::vector<LeaseRegistry::Grant>> exchangeLeases(const DeviceRow& device,
                                                             const std::string& incarnation,
                                                             const std::vector<LeaseRegistry::Asking>& wanted,
                                                             const std::optional<std::vector<Lease>>& held);
    Result<void> setPool(const std::string& id, std::int64_t budget);
    Result<std::vector<PoolRow>> pools();
    /// Asks all devices for the pool's rights back. Gives how many leases were asked for.
    Result<std::int64_t> recall(const std::string& pool);
    Result<std::int64_t> writeOff(const std::string& deviceId);

    // Signed tokens. See TokenRegistry.
    /// One transaction, which ends with the rules that devices get.
    Result<void> changeTokens(const std::function<Result<void>(TokenRegistry&)>& change);
    /// Empty before the first change.
    Result<SignedRules> tokenRules();
    Result<std::string> tokenRulesTag();
    Result<std::vector<CampaignRow>> campaigns();
    Result<std::vector<TokenKey>> tokenKeys();
    Result<std::vector<TokenUseRow>> tokenUses(int campaign, int limit);

    // Backups. From the first one on, devices keep what they sent until a backup holds it.
    /// Writes a whole copy to a new file. Errors: Conflict (the file exists), Unsupported (PostgreSQL has its
    /// own ways), Full, Io.
    Result<void> backUp(const std::string& target);
    /// Call on a copy that takes the hub's place: devices then send again what the copy may lack.
    Result<void> startEpoch();
    Result<std::string> epoch();
    /// What a sign-in to the Wi-Fi earns; nothing when there is no such campaign, or none that can be read.
    /// See WelcomeCoupon.
    Result<std::optional<WelcomeCoupon>> welcomeCoupon() const;
    /// Errors: Invalid (it could not be read again).
    Result<void> setWelcomeCoupon(const std::optional<WelcomeCoupon>& coupon);

    // One-time codes. Each call is one transaction. See CodeRegistry.
    Result<CodeRegistry::Made> makeCode(const DeviceRow& device, const std::string& challenge,
                                        const std::string& phone);
    Result<CodeRegistry::Checked> checkCode(const DeviceRow& device, const std::string& challenge,
                                            const std::string& code);

    // Staff. Each call is one transaction, and tells the devices of the stores concerned.
    /// Errors: Conflict (the badge is somebody's), Limit (kStaffOfStoreMax).
    Result<void> addStaff(const Staff& staff, const std::vector<std::string>& stores);
    /// Errors: NotFound (no such badge).
    Result<void> setStaffActive(const std::string& badge, bool active);
    Result<void> setStaffPin(const std::string& badge, const std::string& pinHash);
    /// All of its store, to a device that is new there.
    Result<void> tellStaff(const DeviceRow& device);
    Result<std::vector<StaffRow>> staff();
    /// Newest first.
    Result<std::vector<StaffEventRow>> staffEvents(int limit);

    // Orders. Each call that changes something is one transaction. See OrderRegistry.
    /// Where stock and prices are, when that is another database than this one. Must outlive the store.
    void setCatalog(CatalogPlace catalog) { catalog_ = catalog; }
    [[nodiscard]] OrderReader orderReader() { return OrderReader(database_); }
    /// In as many transactions as it takes. Gives how many ended.
    Result<std::int64_t> tendOrders();
    /// See kShelfParts.
    Result<std::int64_t> shelfPartsFor(const DeviceRow& device);
    /// `id` may be empty. Errors: NotFound (the order; nobody was named, or they are erased), Conflict (see
    /// OrderReader::findNamed).
    Result<OrderPerson> whoOrdered(const std::string& number, const std::string& id = {});
    Result<void> eraseWhoOrdered(const std::string& number, const std::string& id = {});

    /// See MemberRegistry::lookUp.
    Result<MemberRegistry::Met> lookUpMember(const std::string& sealed, const std::string& number);
    /// Skus of the member's wishlist, where their newest word on offers, by whatever channel, is yes; at most
    /// kWishesToldMax. To be told to who has seen their card.
    Result<std::vector<std::string>> wishesOf(const std::string& memberId);
    /// Signs somebody up whom `device` invited, in one transaction, and tells it. The same person again
    /// changes nothing. False: somebody else has the number by now. Errors: Invalid, Busy, Full, Io.
    Result<bool> joinByPhone(const DeviceRow& device, const SignUp& signUp);

    /// Forgets who has that number: name, contacts, consents, wishlist, reviews; their sales stay as
    /// nobody's. Again does nothing. Errors: NotFound (nobody has it), Busy, Full, Io.
    Result<void> eraseMember(const std::string& number);

    // Sales. See SaleRegistry.
    Result<Standing> standingOf(const std::string& memberId);
    Result<std::vector<SaleRow>> salesBy(const std::string& receipt, int limit);

    // Reviews. See ReviewRegistry.
    /// For what only reads.
    [[nodiscard]] ReviewRegistry reviews() { return {database_, keys_, random_, clock_.nowMs()}; }
    /// One transaction, and the only one at a time.
    Result<void> changeReviews(const std::function<Result<void>(ReviewRegistry&)>& change);

    // For people at headquarters.
    Result<std::vector<MemberRow>> members() const;
    Result<std::vector<ContactRow>> contacts() const;
    /// Newest day first.
    Result<std::vector<GuestCountRow>> guestCounts() const;
    Result<std::vector<OperationRow>> operations(int limit) const;
    Result<std::vector<std::string>> wishlistIds() const;
    Result<std::vector<WishlistItem>> wishlist(const std::string& id);

    /// The published head document, or an empty text before the first import.
    Result<std::string> headJson() const;
    /// Where the importer works on another database than this one.
    Result<void> publishHead(const std::string& json);

private:
    struct Received {
        std::string_view line;
        std::string id;
        std::int64_t seq = 0;               ///< where there is no operation: its number among ours, or 0
        std::optional<Operation> operation; ///< nothing: not one of a device of ours
    };
    /// Of an incarnation of which nothing is taken any more. The numbers are incarnation.fenced.
    enum class Ended : std::int64_t { No = 0, WrittenOff = 1, Forked = 2 };
    struct Marks {
        std::int64_t highSeq = 0;
        /// What a backup holds. Nothing where none are made: then what is committed is as durable as it gets.
        std::optional<std::int64_t> backedUpSeq;
        Ended ended = Ended::No;
    };
    /// Notes how far this incarnation has come. Where it is over, its device hears so now.
    Result<void> mark(const std::string& device, const std::string& incarnation, std::int64_t highSeq,
                      Ended ended);
    struct Applied {
        VerdictKind kind = VerdictKind::Ok;
        std::string reason; ///< of a refusal
    };
    enum class Care { None, Savepoints };
    /// One transaction's work on a batch.
    struct Batch {
        const DeviceRow& device;
        Care care;
        std::int64_t highSeq;
        WaitingRows rows;
    };

    OperationStore(Database database, const HubKeys& keys, const Clock& clock, Random& random)
        : database_(std::move(database)), keys_(keys), clock_(clock), random_(random) {}

    [[nodiscard]] LeaseRegistry leases() { return {database_, keys_.sign, clock_.nowMs()}; }
    [[nodiscard]] TokenRegistry tokens() { return {database_, keys_, feed(), clock_.nowMs()}; }
    /// Takes those out of `wanted` that are of a token which nobody may use, and says why.
    Result<std::vector<LeaseRegistry::Grant>> openTokens(std::vector<LeaseRegistry::Asking>& wanted);
    [[nodiscard]] OrderRegistry orders();
    [[nodiscard]] SaleRegistry sales() { return {database_, keys_, random_, clock_.nowMs()}; }
    /// Makes the pool of a store's shelf when a device of it asks for its part.
    Result<void> openShelf(const DeviceRow& device, const std::vector<LeaseRegistry::Asking>& wanted);
    [[nodiscard]] ChangeFeed feed() { return {database_, keys_.nonceKey, &onTold_}; }
    Result<Marks> marksOf(const std::string& deviceId, const std::string& incarnation) const;
    /// The greatest id; empty = none.
    Result<std::string> newestId(const std::string& device) const;
    /// Errors: Invalid (there is no name to tell the sender).
    static Result<Received> read(const DeviceRow& device, const std::string& incarnation,
                                 std::string_view line);
    Result<void> lockBatch(const DeviceRow& device, const std::vector<std::string_view>& lines);
    /// Nothing when an operation was refused and care is None: then it begins again with care.
    Result<std::optional<PushReply>> receiveBatch(const DeviceRow& device, const std::string& incarnation,
                                                  const std::vector<std::string_view>& lines, Care care);
    /// Nothing: as receiveBatch().
    Result<std::optional<Verdict>> receiveOne(Batch& batch, Received& received);
    Result<std::optional<Applied>> tryApply(Batch& batch, const Operation& operation);
    Result<VerdictKind> applyOperation(Batch& batch, const Operation& operation);
    Result<VerdictKind> applyCurrent(const DeviceRow& device, const Operation& operation, WaitingRows& rows);
    Result<VerdictKind> applySignUp(const DeviceRow& device, const Operation& operation);
    Result<VerdictKind> applyGuest(const DeviceRow& device, const Operation& operation);
    Result<VerdictKind> applyGuestCounts(const DeviceRow& device, const Operation& operation);
    Result<VerdictKind> applyStaffEvent(const DeviceRow& device, const Operation& operation);
    /// Tells the devices of a person's stores what they are now.
    Result<void> tellOf(const StaffRow& row);
    Result<void> changeStaff(const std::string& badge, const std::function<void(Staff&)>& change);
    /// So that two who take people on there count each other.
    Result<void> lockStores(const std::vector<std::string>& stores);
    Result<void> checkDependency(const Batch& batch, const Operation& operation) const;
    Result<bool> replayOne(std::int64_t row, const DeviceRow& device, const std::string& line);

    Database database_;
    const HubKeys& keys_;
    const Clock& clock_;
    Random& random_;
    ChangeFeed::OnTold onTold_;
    CatalogPlace catalog_;
    std::span<const Schema> schemas_ = operationSchemas();
};

} // namespace silta::hub
