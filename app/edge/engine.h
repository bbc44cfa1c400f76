// Engine: what silta-edge is. Holds the journal and the key, and keeps device and hub in step.
#pragma once

#include "edge/code_asker.h"
#include "edge/config.h"
#include "edge/enrolment.h"
#include "edge/feed_waiter.h"
#include "edge/fleet_desk.h"
#include "edge/guest_meter.h"
#include "edge/member_asker.h"
#include "edge/order_desk.h"
#include "edge/token_desk.h"
#include "edge/usage.h"
#include "edge/voucher_book.h"
#include "shopper/consent.h"
#include "shopper/guest.h"
#include "shopper/welcome_coupon.h"
#include "shopper/wishlist_repository.h"
#include "sync/catalog_check.h"
#include "sync/catalog_puller.h"
#include "sync/hub_client.h"
#include "sync/journal.h"
#include "sync/lease_book.h"
#include "sync/staff_book.h"
#include "sync/trusted_clock.h"

#include <silta/crypto.h>
#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <atomic>
#include <condition_variable>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace silta {

class SaleBook;

/// Thread: all public calls from any thread. One thread of its own talks to the hub; calls never wait for it.
class Engine {
public:
    /// Opens key and journal. Works with no hub at all. Nothing is said to the hub but by step().
    /// Errors: Denied (key file), Busy (another silta-edge runs), Full, Io, Corrupt.
    static Result<std::unique_ptr<Engine>> open(EdgeConfig config, const Clock& clock, Random& random,
                                                std::unique_ptr<HttpTransport> transport);
    /// The same with a thread that steps whenever something is due, one that puts people's questions to it
    /// over `askTransport` (null: nothing can be asked), and one that waits for news over `feedTransport`
    /// (null: the feed is asked at every pull).
    static Result<std::unique_ptr<Engine>> start(EdgeConfig config, const Clock& clock, Random& random,
                                                 std::unique_ptr<HttpTransport> transport,
                                                 std::unique_ptr<HttpTransport> askTransport = nullptr,
                                                 std::unique_ptr<HttpTransport> feedTransport = nullptr);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    /// Says to the hub what is due now and returns when there is something to do next (clock.steadyMs()).
    /// Thread: one; that of start(), where there is one.
    std::int64_t step();

    /// What kiosk and technicians may know; holds no secret and no customer data. See `edge-api.md`.
    Json status() const;

    Result<std::vector<WishlistItem>> wishlist(const std::string& list) const;
    /// Returns when the action is safe on disk. Errors: Limit (a full list), Full, Io.
    Result<std::vector<WishlistItem>> addToWishlist(const std::string& list, const std::string& sku,
                                                    std::optional<Gtin> gtin, int quantity,
                                                    const std::string& note = {});
    Result<std::vector<WishlistItem>> removeFromWishlist(const std::string& list, const std::string& sku);

    /// Gives the provisional member number; asking again with the same memberId gives the same number.
    /// Errors: Unavailable (not enrolled: there is no key to seal to, no range of numbers), Limit, Full, Io.
    Result<std::string> signUp(SignUp signUp);

    // Guests of the Wi-Fi. See `portal_api.h`.
    /// What the pages and sealing need. Errors: Unavailable (not enrolled).
    struct GuestDesk {
        std::string storeCode, storeName, sealKey;
        std::string publicUrl; ///< where phones reach the hub; may be empty
    };
    Result<GuestDesk> guestDesk() const;
    /// Returns when the sign-up is safe on disk; asking again with the same id changes nothing. Nothing is
    /// written of a guest who said nothing of themselves. Errors: Unavailable (not enrolled), Invalid (not
    /// sealed, no member number), Full, Io.
    Result<void> signUpGuest(const GuestSignUp& signUp);
    /// What a sign-up earns now, as the hub said last. Errors: Invalid (what it said), Io.
    Result<std::optional<WelcomeCoupon>> welcomeCoupon();
    /// In memory; on disk within a minute. Errors: Invalid.
    Result<void> countGuestEvent(const std::string& kind, const std::string& way, std::int64_t times);
    /// Whether the portal lets guests in by voucher, as it said last; until it has, it does.
    void setTakesVouchers(bool takes) { takesVouchers_ = takes; }
    [[nodiscard]] bool takesVouchers() const { return takesVouchers_; }
    struct IssuedVoucher {
        Voucher voucher;
        std::string token;
    };
    /// `list`: what whoever uses it finds beside the internet. Kept in memory alone: a restart forgets it.
    /// Errors: Unavailable (not enrolled), Limit (too many wait to be used), Full, Io.
    Result<IssuedVoucher> makeVoucher(int minutes, std::int64_t quotaBytes, int validMinutes,
                                      const VoucherList& list = {});
    struct VoucherAnswer {
        VoucherUse use = VoucherUse::Unknown;
        Voucher voucher;  ///< with Taken
        VoucherList list; ///< with Taken; empty where none came with it
    };
    /// `text`: what was typed, or a token. Taken: the use is safe on disk. `usedFor`: see VoucherBook::use.
    /// Errors: Unavailable (not enrolled), Full, Io.
    Result<VoucherAnswer> redeemVoucher(const std::string& text, const std::string& usedFor);
    /// Errors: Unavailable (nobody to ask).
    Result<CodeAsker*> codeAsker();

    /// Does something with coupons and gift cards at the desk, which holds for the call only.
    /// Errors: Unavailable (not enrolled), what `work` gives.
    using TokenWork = std::function<Result<TokenAnswer>(TokenDesk&)>;
    Result<TokenAnswer> withTokens(const TokenWork& work);
    /// See next_thing.h. Nothing while the day is not known.
    [[nodiscard]] std::optional<Campaign> couponEndingSoon() const;

    /// The same with orders. See `order_api.h`.
    using OrderWork = std::function<Result<KnownOrder>(OrderDesk&)>;
    Result<KnownOrder> withOrders(const OrderWork& work);
    /// Reading only. Errors: Unavailable (not enrolled), what `work` gives.
    using OrderLook = std::function<Result<void>(const OrderDesk&)>;
    Result<void> lookAtOrders(const OrderLook& look) const;

    /// The same with sales; true where something was written. See `till_sales.h`.
    using SaleWork = std::function<Result<bool>(SaleBook&)>;
    Result<bool> withSales(const SaleWork& work);

    // Staff at the till. See `till_api.h`.
    struct TillDesk {
        GuestDesk store;
        std::string memberPrefix;
        bool isOnline = false; ///< the last talk with the hub went well
    };
    /// Errors: Unavailable (not enrolled).
    Result<TillDesk> tillDesk() const;
    struct StaffSignIn {
        enum class Outcome { Welcome, Wrong, Locked };
        Outcome outcome = Outcome::Wrong;
        Staff staff;                ///< with Welcome
        std::int64_t triesLeft = 0; ///< with Wrong
        UtcMs lockedMs = 0;         ///< with Locked: for so long from now
    };
    /// Checks badge and PIN with no uplink; one at a time, tens of milliseconds each. A badge that is
    /// nobody's is answered as one with a wrong PIN. Errors: Full, Io.
    Result<StaffSignIn> signInStaff(const std::string& badge, const std::string& pin);
    /// Errors: NotFound (nobody who works here).
    Result<Staff> activeStaff(const std::string& id) const;
    /// Writes down what they did, to be told to the hub. Errors: Invalid (no such action), Full, Io.
    Result<void> noteStaff(const std::string& staffId, const std::string& action);
    /// Errors: Unavailable (nobody to ask).
    Result<MemberAsker*> memberAsker();
    /// A number that this device gave out: the hub's word about it, "" while there is none. Errors: NotFound.
    Result<std::string> numberOutcome(const std::string& number) const;

    // Who joins on a phone of their own. See `join_invitation.h`.
    struct Invited {
        std::string url;     ///< where the phone goes
        UtcMs untilMs = 0;   ///< when it ends
        bool isOver = false; ///< it has ended, and the hub has not said that it was used
        bool isDone = false; ///< the hub has said that they joined
        std::string number;  ///< with isDone
    };
    /// The hub has a public address, and has told the time since the start: it judges by its own.
    [[nodiscard]] bool mayInvite() const;
    /// Returns when the number that waits is safe on disk; asking again with the same id gives the same.
    /// Errors: Invalid, Unavailable (not mayInvite()), Limit, Full, Io.
    Result<Invited> invite(const std::string& memberId, const std::string& staffId);
    /// Errors: NotFound (nobody was invited by that id).
    Result<Invited> invited(const std::string& memberId) const;

    /// Asks the hub for rights of a pool, to spend with no uplink; status() tells what is here.
    /// Errors: Invalid, Limit, Full, Io.
    Result<void> wantRights(const std::string& pool, int rights);
    struct Redemption {
        std::string operationId;
        std::int64_t left = 0; ///< of its lease
    };
    /// Spends one right of the pool. `dependsOn`: see Operation. Errors: NotFound (none is left here), Full,
    /// Io.
    Result<Redemption> redeem(const std::string& pool, const std::string& dependsOn = {});
    /// Gives back what is not spent.
    Result<void> returnRights(const std::string& pool);

    /// Starts enrolling; status() tells how it went. Errors: Conflict (already enrolled).
    Result<void> requestEnrolment(EnrolmentCode code);
    /// Replaces the device's key at the next talk with the hub. Errors: Unavailable (not enrolled).
    Result<void> requestNewKey();
    /// Compares the catalogue with the hub's digest at the next talk; status() tells what came of it.
    void requestCatalogCheck();
    /// For the updater. Errors: Unavailable (not enrolled).
    Result<FleetDesk> fleetDesk() const;
    /// Talks to the hub now, whatever the back-off says.
    void syncNow();
    Result<std::vector<OutboxRow>> outbox(int limit) const;

private:
    static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
    enum class EnrolState { None, Working, Failed, Done };
    struct HubState {
        bool reachable = false;
        UtcMs lastSyncMs = 0;      ///< 0 = never
        std::string lastError;     ///< name of the Errc, or empty
        std::int64_t attempts = 0; ///< conversations that have ended, well or not
        std::int64_t pushedBytes = 0, pulledBytes = 0;
        std::optional<int> picturesMissing; ///< nothing before the first pull
    };

    Engine(EdgeConfig config, const Clock& clock, Random& random, std::unique_ptr<HttpTransport> transport,
           DeviceIdentity identity);
    Result<void> load();
    Result<void> loadEnrolment();
    Result<void> openJournal();                       ///< call with journalMutex_ held
    [[nodiscard]] Result<void> journalIsOpen() const; ///< call with journalMutex_ held
    /// member.outcome of a number that waits for somebody: the hub's word of their sign-up takes its place.
    static constexpr std::string_view kInvitedOutcome = "invited";
    struct NewNumber {
        int serial = 0;
        std::string number;
    };
    /// The device's next member number, which keepNumber() uses up. Call with journalMutex_ held. Errors:
    /// Unavailable (not enrolled), Limit.
    Result<NewNumber> nextNumber();
    /// Within a transaction of the journal. `outcome`: nothing: the hub has not been told of them yet.
    Result<void> keepNumber(Database& database, const std::string& memberId, const NewNumber& number,
                            std::optional<std::string_view> outcome);
    /// Looks at the next slice now and then; salvages a journal that is damaged, and tries again to.
    Result<void> checkJournal();
    void countUsage(std::int64_t pushedBytes, std::int64_t pulledBytes);
    /// Remembers time and usage now and then, so that neither begins anew after each power cut.
    Result<void> noteUsage();
    void learnTime();
    /// Writes down what guests did, and reports the days that are over.
    Result<void> noteGuests();
    /// Errors: Unavailable (not enrolled).
    Result<TokenDesk::Setting> tokenSetting() const;
    [[nodiscard]] TokenDesk tokenDesk(TokenDesk::Setting setting); ///< call with journalMutex_ held
    /// Gives back and asks for rights of tokens, before the hub is told what waits.
    Result<void> tendTokens();
    Result<void> pullTokens(const std::string& tag);
    Result<void> noteRefusals(const std::vector<LeaseRefusal>& refusals);
    void loadTokens(); ///< call with journalMutex_ held, or alone
    Result<OrderDesk::Setting> orderSetting() const;
    /// Holds as many parts of the store's shelf as the hub says, and forgets old orders.
    Result<void> tendOrders();
    Result<HubAsker::Access> hubAccess() const;
    Result<FeedWaiter::Place> feedPlace() const;
    /// Brings another key to the hub and takes it into use; goes on after a power cut where it stopped.
    Result<void> replaceKey();
    /// True when there is something to push.
    Result<bool> closeRecalled();
    /// When step() has something to do. Call with stateMutex_ held.
    [[nodiscard]] std::int64_t dueMs() const;
    void run(const std::stop_token& stop);
    void enrol(const EnrolmentCode& code);
    void applyEnrolment(Enrolment enrolment);
    /// One conversation with the hub: push all, then pull what is due. A pull asks the feed as well.
    Result<void> talk(bool pullDue, bool newsDue);
    Result<void> pullCatalog();
    Result<void> pullFeed();
    /// There is news for us at the hub: it is fetched soon, but not before the back-off ends.
    void expectNews();
    /// Begins to compare the catalogue with the hub's digest when that is due.
    Result<void> beginCatalogCheck();
    /// Reads one slice of the catalogue, and has it fetched anew when it differs.
    void continueCatalogCheck();
    void noteCatalogCheck();
    StaffSignIn countUnknownBadge(const std::string& badge); ///< call with pinMutex_ held
    Result<void> recordStaff(const std::string& staffId, const std::string& action); ///< journalMutex_ held
    void noteCatalog(); ///< keeps what status() says of the catalogue; it changes with a pull only
    void noteOutcome(const Result<void>& outcome);
    void wake();

    const EdgeConfig config_;
    TrustedClock clock_;
    Random& random_;
    std::unique_ptr<HttpTransport> transport_; ///< the hub thread's only
    /// The key is written by the hub's thread only, which others must not read meanwhile; the name never
    /// changes.
    DeviceIdentity identity_;
    std::string orderKey_;        ///< see OrderNumbers
    mutable std::mutex keyMutex_; ///< held by who writes the key, and by who reads it on another thread

    mutable std::mutex
        journalMutex_; ///< guards journal_, which is null while a damaged one cannot be replaced
    std::unique_ptr<Journal> journal_;
    TokenRules tokenRules_;   ///< guarded by journalMutex_ too
    TokenEscrow tokenEscrow_; ///< the same

    std::mutex pinMutex_; ///< one PIN at a time; held before journalMutex_
    struct UnknownBadge {
        std::int64_t tries = 0, untilMs = 0; ///< steady
    };
    std::map<std::string, UnknownBadge> unknownBadges_; ///< guarded by pinMutex_; kept by no restart

    mutable std::mutex stateMutex_; ///< guards what follows; never held while journalMutex_ is waited for
    std::condition_variable_any wake_;
    std::optional<Enrolment> enrolment_;
    EnrolState enrolState_ = EnrolState::None;
    std::string enrolError_;
    std::optional<EnrolmentCode> enrolRequest_;
    HubState hub_;
    UsageMeter usage_;
    GuestMeter guests_;
    std::atomic<bool> takesVouchers_ = true;
    struct KeptList {
        VoucherList list;
        UtcMs expiresMs = 0;
    };
    std::map<std::string, KeptList> voucherLists_; ///< by voucher; at most kVoucherListsMax
    Json catalogState_;
    bool pushWanted_ = false;
    bool syncWanted_ = false;
    bool feedWanted_ = false;
    bool newKeyWanted_ = false;
    bool catalogCheckWanted_ = false;
    Json catalogCheckState_;
    std::int64_t nextPullMs_ = 0;
    std::int64_t newsDueMs_ = kNever; ///< when the news that is said to be there is fetched
    std::int64_t quietUntilMs_ = 0;   ///< back-off: nothing is said before this, however many actions come in
    std::int64_t generation_ = 1;     ///< changes with everything that status() shows

    // The hub thread's own:
    std::optional<HubClient> client_;
    std::optional<CatalogPuller> puller_;
    CatalogCheck catalogCheck_;
    int failures_ = 0;
    std::int64_t nextCheckMs_ = 0;  ///< of the journal
    std::int64_t nextFeedMs_ = 0;   ///< when the private feed is asked, news or not
    std::int64_t nextNoteMs_ = 0;   ///< of usage and time
    std::int64_t written_ = 0;      ///< bytes by this process, counted so far
    std::int64_t nextGuestsMs_ = 0; ///< when guests' counts are written down
    std::string guestsDay_;         ///< days before it are reported
    std::string tokensDay_;         ///< old uses of tokens were forgotten on it
    std::string badRulesTag_;       ///< of rules that could not be read
    std::int64_t shelfParts_ = 0;   ///< as the hub said last; 0 = it has not said
    std::string ordersDay_;         ///< old orders were forgotten on it

    // They and the thread use everything above.
    std::unique_ptr<CodeAsker> codeAsker_;
    std::unique_ptr<MemberAsker> memberAsker_;
    std::unique_ptr<HubAsker> hubAsker_;
    std::unique_ptr<FeedWaiter> feedWaiter_;
    std::jthread thread_;
};

} // namespace silta
