// A chain in one thread: the real hub and real devices on simulated disks, clocks and network, under one
// seed.
//
// A run does hours of trade with every kind of trouble, then heals all and lets the devices drain. What must
// hold then is in check(). The same seed gives the same run.
#pragma once

#include "edge/engine.h"
#include "hub/hub_api.h"
#include "sim/disk.h"
#include "support/clocks.h"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace silta::test {

/// How much goes wrong; drawn from the seed, so that some runs are calm and others are not.
struct FaultMix {
    double dropRequest = 0, dropReply = 0, duplicate = 0, delay = 0, cutBody = 0, loginPage = 0,
           serverError = 0;
    double offline = 0;            ///< share of the time
    double kill = 0, powerCut = 0; ///< of a device, for each event
    double hubCrash = 0;
    double clockJump = 0;
    double diskFull = 0;
    double rollback = 0;    ///< an old copy of the card is put back
    double clone = 0;       ///< a copy of the card runs in a second device
    double hubRestore = 0;  ///< the hub comes back from its last backup
    double poison = 0;      ///< an action that the hub refuses
    double writeOff = 0;    ///< a living device is taken for dead
    double hubClock = 0;    ///< the hub's clock is set, by seconds
    double oldProgram = 0;  ///< what waits was written by the version before
    double lyingDisk = 0;   ///< a card says "synced" and is not, until its power goes
    double damage = 0;      ///< a page of the journal changes at rest
    double wrongAnswer = 0; ///< something on the way answers a push with the answer to another one
};

class World {
public:
    /// Databases with nothing in them yet: to make their tables anew would be a tenth of each run.
    struct Blank {
        SimDisk::Image hub, device;
    };
    static Blank makeBlank(const std::string& folder, const hub::HubKeys& keys);

    /// `folder`: real files (keys) go below it. `keys`: the hub's, shared by all runs.
    World(std::string folder, const hub::HubKeys& keys, const Blank& blank, std::uint64_t seed);
    ~World();

    static constexpr const char* kPool = "coupon/simulated";
    static constexpr std::array<const char*, 3> kStores = {"store-0", "store-1", "store-2"};
    /// Sold in all stores; what else is wished for is on no shelf.
    static constexpr std::array<const char*, 3> kGoods = {"tent", "boots", "mug"};
    /// Units on the shelf of a store at the beginning; nobody but those who order takes any.
    static std::int64_t onShelf(std::string_view sku, std::string_view store);
    static constexpr std::int64_t kStartMs = 1'790'000'000'000;
    static constexpr int kEvents = 160;
    static constexpr std::int64_t kMinuteMs = 60'000;
    static constexpr std::int64_t kHourMs = 60 * kMinuteMs;
    static constexpr std::int64_t kYearMs = 365 * 24 * kHourMs;
    void run();
    /// What is wrong, one line each; empty = everything holds.
    std::vector<std::string> check();
    [[nodiscard]] const std::vector<std::string>& trace() const { return trace_; }
    /// Leaves faults out from this event on, to find the shortest trace that still fails.
    void stopFaultsAfter(int event) { lastFaultyEvent_ = event; }

private:
    struct SimClock final : Clock {
        UtcMs nowMs() const override { return world->trueMs_ + skewMs; }
        std::int64_t steadyMs() const override { return world->trueMs_ - bootMs; }
        const World* world = nullptr;
        std::int64_t skewMs = 0, bootMs = 0;
    };
    class Transport;
    struct Device {
        int number = 0;
        std::string folder, store;
        std::unique_ptr<SimDisk> disk;
        SimClock clock;
        std::unique_ptr<SeededRandom> random;
        std::unique_ptr<Engine> engine;
        std::int64_t offlineUntilMs = 0;
        std::optional<SimDisk::Image> card; ///< an old copy
        std::size_t actionsAtCard = 0;
        std::int64_t rightsOnCard = 0;
        bool hasTwin = false;
        std::vector<std::pair<std::size_t, std::size_t>>
            forgotten; ///< promises [from, to) that an old card undid
        std::string list;
        std::vector<std::string> skus; ///< put on the list, for removals
        bool hadDamage = false;
        std::deque<std::pair<std::string, HttpReply>> answers; ///< to its last pushes, by their bodies
    };
    /// What a person was told, and what must therefore be at the hub.
    struct Promise {
        enum class Kind { Added, Removed, SignedUp, Redeemed, Refused, Ordered } kind = Kind::Added;
        int device = 0;
        std::string list, sku;
        std::set<std::string> tags; ///< the operation's id, what a remove took away, or an eventKey()
        std::string memberId, email;
        bool isExcused = false; ///< an old card was put back before it had reached the hub
    };
    /// An order that somebody was told is in.
    struct Sale {
        std::string id;
        int device = 0;
        bool isKept = false; ///< promised by the device
    };
    struct Late {
        std::int64_t dueMs = 0;
        HttpCall call;
    };

    std::uint64_t below(std::uint64_t n);
    bool happens(double probability);
    void note(std::string words);

    void startHub();
    void stopHub();
    /// The power of a hub whose disk has halted goes; true when it did.
    bool cutHaltedHub();
    [[nodiscard]] bool hubIsUp() const { return api_ != nullptr; }
    Result<HttpReply> ask(const HttpCall& call);
    Result<HttpReply> send(int device, const HttpCall& call);

    void addDevice(const std::string& store);
    void boot(Device& device);
    void shutDown(Device& device, bool powerCut);
    void reviveIfHalted(Device& device);
    void act(Device& device);
    void actAdd(Device& device);
    void actRemove(Device& device);
    void removeElsewhere(Device& owner);
    void actSignUp(Device& device);
    void actRights(Device& device);
    void redeem(Device& device, const std::string& refused);
    void actOrders(Device& device);
    void placeOrder(Device& device);
    OrderDraft draftOrder(Device& device, bool isPoison);
    /// Somebody of staff or the shopper does what is possible with one of the newest orders.
    void changeOrder(Device& device);
    std::optional<OrderChange> changeOf(Device& device, const Order& order);
    void expireOrders();
    static ShelfLookup shelfOf(const Device& device);
    [[nodiscard]] static Result<KnownOrder> orderOn(const Device& device, const std::string& id);
    /// How an event is known: nobody does the same twice.
    static std::string eventKey(std::string_view order, std::string_view action, std::string_view by);
    void disturb();
    void disturbDevice(Device& device);
    void putOldCardBack(Device& device);
    void cloneOf(Device& device);
    void learnList(Device& device);
    void writeOff(Device& device);
    void loseWhatWasNotSynced(Device& device);
    void forgive(Device& device);
    void damage(Device& device);
    [[nodiscard]] static std::set<std::string> outboxOf(const Device& device);
    void upgradeHub();
    void becomeOldProgram(Device& device);
    /// What the device may spend, has asked for, or has spent and not reported. The engine must be down.
    [[nodiscard]] std::int64_t rightsOn(const Device& device) const;
    void noteEnds(const Device& device);
    void restoreHub();
    /// What the device has forgotten and the hub does not have either is lost, and nobody promised otherwise.
    void excuse(const Device& device, std::size_t from, std::size_t to);
    void deliverLate();
    void heal();
    bool isDrained();

    void checkPromises(std::vector<std::string>& wrong);
    void checkFold(std::vector<std::string>& wrong);
    void checkRights(std::vector<std::string>& wrong);
    void checkPrivacy(std::vector<std::string>& wrong);
    void checkOutcomes(std::vector<std::string>& wrong);
    void checkSetAside(std::vector<std::string>& wrong);
    /// What a device has promised by itself is within its parts of the shelf.
    void checkShare(const Device& device, const Order& placed);
    void checkOrders(std::vector<std::string>& wrong);
    void checkEvents(std::vector<std::string>& wrong);
    void checkLog(const hub::OrderRow& row, std::vector<std::string>& wrong);
    void checkShelves(const std::vector<hub::OrderRow>& rows, std::vector<std::string>& wrong);
    void checkReplicas(const std::vector<hub::OrderRow>& rows, std::vector<std::string>& wrong);
    void checkParts(std::vector<std::string>& wrong);
    [[nodiscard]] bool isPromisedByDevice(const std::string& order) const;
    [[nodiscard]] static Database openToLook(const std::string& path, OpenMode mode);
    [[nodiscard]] static std::vector<std::string> columnOf(const Database& database, const std::string& sql);
    /// The file that the device would open next; it must have one.
    [[nodiscard]] static std::string journalOf(const Device& device);
    [[nodiscard]] static std::vector<std::string> journalColumn(const Device& device, const std::string& sql);
    [[nodiscard]] std::vector<std::string> hubColumn(const std::string& sql) const;

    std::string folder_;
    const hub::HubKeys& keys_;
    const Blank& blank_;
    std::mt19937_64 dice_;
    FaultMix mix_;
    std::int64_t trueMs_ = kStartMs;
    int event_ = 0;
    int lastFaultyEvent_ = 1 << 30;
    bool calm_ = true; ///< no faults on the network

    std::unique_ptr<SimDisk> hubDisk_;
    SimClock hubClock_;
    SeededRandom hubRandom_;
    std::unique_ptr<hub::OperationStore> store_;
    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::HubApi> api_;
    std::vector<HttpServer::Route> routes_;
    std::int64_t hubDownUntilMs_ = 0;
    bool isHubOld_ = false; ///< it runs a program that does not know the newest operations yet
    std::optional<SimDisk::Image> backup_;
    std::optional<Database> hubReader_; ///< while nothing happens any more

    std::deque<Device> devices_;
    std::vector<Promise> promises_;
    std::vector<std::string> personalData_;
    std::vector<Sale> sales_;
    std::set<std::string> shoppersDid_; ///< each eventKey() of a shopper
    std::vector<Late> late_;
    std::size_t pushOperations_ = 0; ///< in a batch: few, so that there are many batches
    int skuCount_ = 0;
    int personCount_ = 0;
    std::int64_t budget_ = 0;
    std::int64_t slack_ =
        0; ///< rights that a copied card, or a device taken for dead, may spend a second time
    /// Nobody can spend them, or say again that they have ended, though a restored hub may hold them open.
    std::set<std::string> endedLeases_;
    std::vector<std::string> wrong_; ///< what was found on the way
    std::vector<std::string> trace_;
};

} // namespace silta::test
