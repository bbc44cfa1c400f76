// A hub that publishes its catalogue and a device that keeps a replica of it, in one thread under one seed:
// the real publication and the real puller, with a network that fails and a card that loses power in the
// middle of anything.
//
// What must hold at all times: what the device serves is, product by product and figure by figure, what the
// hub had at the position that the device says it stands at; and a device that had a catalogue still has one.
// When all has healed it has the hub's newest, and the hub's own digest says so too.
#pragma once

#include "hub/catalog_store.h"
#include "hub/hub_api.h"
#include "hub/media_store.h"
#include "sim/files.h"
#include "support/clocks.h"
#include "sync/catalog_puller.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace silta::test {

class CatalogWorld {
public:
    static constexpr int kEvents = 60;

    /// `folder`: real files go below it.
    CatalogWorld(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed);
    ~CatalogWorld();
    /// What is wrong, one line each; empty = everything held. No fault begins after `lastFaultyEvent`.
    std::vector<std::string> run(int lastFaultyEvent);
    [[nodiscard]] const std::vector<std::string>& trace() const { return trace_; }

private:
    class Transport;
    struct Mix {
        double drop = 0, cutBody = 0, loginPage = 0, serverError = 0, wrongFile = 0, oldHead = 0;
        double powerCut = 0, kill = 0, full = 0, hubRestore = 0, newSnapshot = 0;
    };
    using Lines = std::map<std::string, std::string>; ///< by sku or store code: a segment's line
    using Cells = std::map<std::pair<std::string, std::string>, StockRecord>; ///< by sku and store code
    struct Product {
        std::int64_t id = 0;
        std::string sku;
    };
    /// What the hub holds.
    struct Shop {
        Lines items;
        Cells cells;
        std::vector<Product> products;
        std::int64_t lastProduct = 0;
    };

    std::uint64_t below(std::uint64_t n) { return dice_() % n; }
    bool happens(double probability) { return chanceOf(dice_) < probability; }
    void note(std::string words);
    void blame(std::string words);

    void openHub();
    void changeShop();
    void putProduct(hub::CatalogUpdate& update, const Product& product);
    void putStock(hub::CatalogUpdate& update, const Product& product);
    void publish();
    void restoreHub();
    Result<HttpReply> ask(const HttpCall& call);
    Result<HttpReply> send(const HttpCall& call);
    Result<HttpReply> saveTo(const HttpCall& call, const HttpReply& reply);

    void bootDevice();
    void pull();
    /// What the device would show now.
    void checkReplica();
    [[nodiscard]] CatalogDigest expectedAt(const CatalogDigest& position) const;
    void heal();

    std::string folder_;
    const hub::HubKeys& keys_;
    std::mt19937_64 dice_;
    Mix mix_;
    FakeClock clock_;
    SeededRandom random_;
    int event_ = 0;
    bool calm_ = false;

    std::unique_ptr<hub::StorePool> pool_;
    std::unique_ptr<hub::OperationStore> operations_;
    std::unique_ptr<hub::HubApi> api_;
    std::vector<HttpServer::Route> routes_;
    std::optional<hub::CatalogStore> catalog_;
    std::optional<hub::MediaStore> files_;
    Shop shop_;
    std::optional<Shop> backup_;
    int backups_ = 0;
    /// What the hub held at each position that it published, by epoch and number.
    std::map<std::pair<std::string, std::int64_t>, Lines> itemsAt_;
    std::map<std::pair<std::string, std::int64_t>, Cells> cellsAt_;
    std::vector<HttpReply> heads_; ///< as they were answered

    std::unique_ptr<SimFiles> card_;
    std::unique_ptr<HttpTransport> transport_;
    std::unique_ptr<HubClient> client_;
    std::unique_ptr<CatalogPuller> puller_;
    bool hasCatalog_ = false;

    std::vector<std::string> wrong_;
    std::vector<std::string> trace_;
};

} // namespace silta::test
