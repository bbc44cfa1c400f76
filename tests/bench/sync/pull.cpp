// bench_sync_pull PRODUCTS STORES FOLDER [CARRIED]: how a new device gets the catalogue, then 10,000 changes
// of stock, and what a shopper's action costs the disk. A store carries about CARRIED of the products; all of
// them when that is not said.
//
// Prints a JSON line each for `bootstrap`, `stock` and `wear`. `written` is what /proc/self/io counts: whole
// pages that this process dirtied.
#include "bench/sync/hub_child.h"
#include "core/log.h"
#include "hub/publisher.h"
#include "sync/catalog_puller.h"
#include "sync/journal.h"
#include "sync/pusher.h"

#include <silta/catalog.h>
#include <silta/uuid.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr int kStockChanges = 10'000;
constexpr int kActions = 200;

ProductRecord productOf(int i) {
    ProductRecord product;
    product.sku = fmt::format("SKU-{:07}", i);
    product.texts.push_back({"en", fmt::format("Product number {} of the catalogue", i), "", {}, "", ""});
    product.brand = fmt::format("Brand {}", i % 500);
    product.price = Price{{100 + i % 9'000, *Currency::parse("EUR")}, {}, {}, {}};
    return product;
}

StoreRecord storeOf(int s) {
    StoreRecord store;
    store.code = fmt::format("store-{}", s);
    store.name = fmt::format("Store {}", s);
    return store;
}

/// Which products a store carries: every `step`th, each store others.
struct Assortment {
    int step = 1;
    [[nodiscard]] int quantityOf(int product, int store) const {
        return (product + store) % step == 0 ? (product * 31 + store * 7) % 20 : 0;
    }
};

void fill(hub::CatalogStore& store, int products, int stores, Assortment assortment) {
    auto update = must(hub::CatalogUpdate::begin(store));
    for (int s = 0; s < stores; ++s) {
        CatalogChange change;
        change.store = storeOf(s);
        must(update.putStore(s + 1, change.store->code, toLine(change)));
        must(update.reportStore(s + 1, 1'790'000'000'000));
    }
    for (int i = 0; i < products; ++i) {
        CatalogChange change;
        change.product = productOf(i);
        hub::HubProduct row;
        row.id = i + 1;
        row.sku = change.product->sku;
        row.body = toLine(change);
        must(update.putProduct(row));
        for (int s = 0; s < stores; ++s)
            if (const int quantity = assortment.quantityOf(i, s); quantity > 0)
                must(update.putCell({i + 1, s + 1, quantity, 1'790'000'000'000, 0, ""}));
    }
    must(update.commit());
}

/// Sold and delivered here and there, within five minutes: nothing in it repeats that could be packed.
void changeStock(hub::CatalogStore& store, int products, int stores) {
    std::mt19937 random(7);
    const auto below = [&random](int count) {
        return static_cast<int>(random() % static_cast<unsigned>(count));
    };
    auto update = must(hub::CatalogUpdate::begin(store));
    for (int n = 0; n < kStockChanges; ++n)
        must(update.putCell({1 + below(products), 1 + below(stores), below(50),
                             1'790'000'100'000 + 1'000LL * below(300), 0, ""}));
    must(update.commit());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4 || argc > 5) fail("usage: bench_sync_pull PRODUCTS STORES FOLDER [CARRIED]");
    const int products = std::atoi(argv[1]);
    const int stores = std::atoi(argv[2]);
    const std::string folder = argv[3];
    const int carried = argc > 4 ? std::atoi(argv[4]) : products;
    if (products < 1 || stores < 1 || carried < 1) fail("counts are at least 1");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder + "/device");
    log::setThreshold(log::Level::Warning);
    const SystemClock clock;
    SystemRandom random;
    const auto hubKeys = must(hub::loadOrMakeHubKeys(folder + "/hub.keys"));
    const auto database = folder + "/hub.db";
    auto catalog = must(hub::CatalogStore::open(database, random));
    auto files = must(hub::MediaStore::open(database + ".files"));
    fill(catalog, products, stores, {std::max(products / carried, 1)});
    must(hub::publish(catalog, files, database, clock));

    const auto keys = makeSigningKeys();
    const auto deviceId = deviceIdOf(keys.publicKey);
    const auto url = startHub(folder, keys).url();
    const auto transport = makeCurlTransport();
    HubClient client(*transport, {url, "", deviceId}, keys);
    CatalogPuller puller(folder + "/device", hubKeys.sign.publicKey);
    {
        const Meter meter;
        const auto outcome = must(puller.pull(client));
        meter.print("bootstrap", {{"products", products}, {"stores", stores}, {"bytes", outcome.bytes}});
    }
    changeStock(catalog, products, stores);
    must(hub::publish(catalog, files, database, clock));
    {
        const Meter meter;
        const auto outcome = must(puller.pull(client));
        if (!outcome.changed) fail("no change arrived");
        meter.print("stock", {{"cells", kStockChanges}, {"bytes", outcome.bytes}});
    }
    auto journal = must(Journal::open(folder + "/device", deviceId, clock, random));
    std::mutex mutex;
    {
        const Meter meter;
        for (int i = 0; i < kActions; ++i) {
            const auto list = makeUuid(clock, random);
            must(journal->record({"wishlist/" + list, "wishlist.add", kWishlistAddVersion},
                                 [&](Database& db, const OperationStamp& stamp) -> Result<Json> {
                                     WishlistAdd add{list, stamp.id, "SKU-1", std::nullopt, 1, "", stamp.hlc};
                                     if (auto done = WishlistRepository(db).add(add); !done)
                                         return done.error();
                                     return Json{{"list", list}, {"sku", "SKU-1"}, {"quantity", 1}};
                                 }));
            if (const auto pushed = pushPending(*journal, mutex, client, {}); pushed.trouble)
                fail(pushed.trouble->what);
        }
        meter.print("wear", {{"written", meter.written() / kActions}});
    }
    journal.reset();
    std::filesystem::remove_all(folder);
    return 0;
}
