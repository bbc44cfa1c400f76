#include "sim/catalog_world.h"

#include "catalog/digest_scan.h"
#include "hub/publisher.h"

#include <silta/catalog.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace silta::test {

namespace fs = std::filesystem;

namespace {

constexpr int kStores = 3;
constexpr int kFirstProducts = 30;
constexpr int kHealPulls = 4;
constexpr int kSlice = 1'000;
constexpr const char* kLoginPage = "<html>Please log in to the Wi-Fi</html>";

std::string storeCode(std::uint64_t number) {
    return "store-" + std::to_string(number);
}

template <class Value>
Value must(Result<Value> result) {
    if (!result) throw std::runtime_error("the simulated hub: " + result.error().what);
    return std::move(*result);
}

void must(const Result<void>& result) {
    if (!result) throw std::runtime_error("the simulated hub: " + result.error().what);
}

std::string bytesOf(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

} // namespace

class CatalogWorld::Transport final : public HttpTransport {
public:
    explicit Transport(CatalogWorld& world) : world_(world) {}
    Result<HttpReply> send(const HttpCall& call) override { return world_.send(call); }

private:
    CatalogWorld& world_;
};

CatalogWorld::CatalogWorld(const std::string& folder, const hub::HubKeys& keys, std::uint64_t seed)
    : folder_(folder), keys_(keys), dice_(seed ^ 0x5e1f), random_(seed ^ 0xca7) {
    const auto share = [this](double most) { return below(3) == 0 ? 0.0 : most * chanceOf(dice_); };
    mix_.drop = share(0.2);
    mix_.cutBody = share(0.2);
    mix_.loginPage = share(0.1);
    mix_.serverError = share(0.1);
    mix_.wrongFile = share(0.1);
    mix_.oldHead = share(0.1);
    mix_.powerCut = share(0.4);
    mix_.kill = share(0.1);
    mix_.full = share(0.1);
    mix_.hubRestore = share(0.1);
    mix_.newSnapshot = share(0.2);
    for (const char* name : {"/hub", "/device"})
        fs::create_directories(folder_ + name);
    openHub();
    auto update = must(hub::CatalogUpdate::begin(*catalog_));
    for (int i = 1; i <= kStores; ++i) {
        CatalogChange change;
        change.store.emplace();
        change.store->code = storeCode(static_cast<std::uint64_t>(i));
        change.store->name = "Store " + std::to_string(i);
        change.store->country = "FI";
        shop_.items[change.store->code] = toLine(change);
        must(update.putStore(i, change.store->code, toLine(change)));
    }
    must(update.commit());
    for (int i = 0; i < kFirstProducts; ++i)
        changeShop();
    publish();
    card_ = std::make_unique<SimFiles>(folder_ + "/device", seed ^ 0xcad);
    transport_ = std::make_unique<Transport>(*this);
    bootDevice();
}

CatalogWorld::~CatalogWorld() {
    puller_.reset();
    routes_.clear();
}

void CatalogWorld::note(std::string words) {
    trace_.push_back(fmt::format("catalogue {:4} {}", event_, std::move(words)));
}

void CatalogWorld::blame(std::string words) {
    note(words);
    wrong_.push_back(std::move(words));
}

// ---- the hub
// -----------------------------------------------------------------------------------------------------

void CatalogWorld::openHub() {
    const auto path = folder_ + "/hub/hub.db";
    operations_ = must(hub::OperationStore::open(path, keys_, clock_, random_));
    pool_ = std::make_unique<hub::StorePool>(*operations_);
    hub::HubOptions options;
    options.filesFolder = folder_ + "/hub/files";
    api_ = std::make_unique<hub::HubApi>(
        *pool_, keys_, options, [](const std::string&) { return std::nullopt; },
        [](const std::string&) { return std::nullopt; }, clock_, random_);
    routes_ = api_->routes();
    catalog_.emplace(must(hub::CatalogStore::open(path, random_)));
    files_.emplace(must(hub::MediaStore::open(options.filesFolder)));
}

/// A product comes, goes or changes, or its stock does.
void CatalogWorld::changeShop() {
    auto update = must(hub::CatalogUpdate::begin(*catalog_));
    const auto lot = below(10);
    if (shop_.products.size() < kFirstProducts / 2 || lot < 2) {
        const auto number = ++shop_.lastProduct;
        // A hub that forgot a product gives its number to another one.
        shop_.products.push_back({number, fmt::format("sku-{}-{}", number, below(1'000))});
        putProduct(update, shop_.products.back());
        putStock(update, shop_.products.back());
    } else {
        const auto at = below(shop_.products.size());
        const auto product = shop_.products[at];
        if (lot == 2) {
            must(update.removeProduct(product.id));
            shop_.products.erase(shop_.products.begin() + static_cast<std::ptrdiff_t>(at));
            shop_.items.erase(product.sku);
        } else if (lot < 6) {
            putProduct(update, product);
        } else {
            putStock(update, product);
        }
    }
    must(update.commit());
}

void CatalogWorld::putProduct(hub::CatalogUpdate& update, const Product& product) {
    CatalogChange change;
    change.product.emplace();
    change.product->sku = product.sku;
    change.product->texts.push_back(
        {"en", fmt::format("Cup {} of {}", product.sku, below(1'000'000)), {}, {}, {}, {}});
    hub::HubProduct row;
    row.id = product.id;
    row.sku = product.sku;
    row.body = toLine(change);
    shop_.items[product.sku] = row.body;
    must(update.putProduct(row));
}

void CatalogWorld::putStock(hub::CatalogUpdate& update, const Product& product) {
    const auto store = 1 + below(kStores);
    const StockRecord cell{product.sku, storeCode(store), static_cast<std::int32_t>(below(4)),
                           clock_.now + static_cast<std::int64_t>(below(1'000)), ""};
    shop_.cells[{cell.sku, cell.storeCode}] = cell;
    must(update.putCell(
        {product.id, static_cast<std::int64_t>(store), cell.quantity, cell.asOf, 0, cell.aisle}));
}

void CatalogWorld::publish() {
    const auto at = must(catalog_->position());
    itemsAt_[{catalog_->epoch(), at.catalogSeq}] = shop_.items;
    cellsAt_[{catalog_->epoch(), at.stockSeq}] = shop_.cells;
    const auto head =
        must(hub::publish(*catalog_, *files_, folder_ + "/hub/hub.db", clock_, happens(mix_.newSnapshot)));
    note(fmt::format("published {} and {}{}", at.catalogSeq, at.stockSeq,
                     head.isNewSnapshot ? " with a new snapshot" : ""));
}

/// The hub is as it was at its backup, and says so.
void CatalogWorld::restoreHub() {
    const auto path = folder_ + "/hub/hub.db";
    const auto copy = fmt::format("{}/hub/backup-{}.db", folder_, backups_);
    if (!backup_ || below(3) == 0) {
        backup_ = shop_;
        must(operations_->backUp(fmt::format("{}/hub/backup-{}.db", folder_, ++backups_)));
        note("hub backed up");
        return;
    }
    routes_.clear();
    api_.reset();
    pool_.reset();
    operations_.reset();
    catalog_.reset();
    fs::copy_file(copy, path, fs::copy_options::overwrite_existing);
    openHub();
    shop_ = *backup_;
    must(operations_->startEpoch());
    must(catalog_->startEpoch(random_));
    note("hub restored from its backup");
    publish();
}

Result<HttpReply> CatalogWorld::ask(const HttpCall& call) {
    HttpRequest request;
    request.method = call.method;
    request.path = request.target = call.url;
    for (const auto& header : call.headers)
        request.headers[header.name == "If-None-Match" ? "if-none-match" : header.name] = header.value;
    const auto isFile = call.url.starts_with("/v1/files/");
    const auto route = std::ranges::find_if(routes_, [&](const HttpServer::Route& r) {
        return r.method == call.method && r.path == (isFile ? "/v1/files/*" : call.url);
    });
    if (route == routes_.end()) return Error{Errc::NotFound, "no such route in the simulation"};
    const auto response = route->handler(request);
    HttpReply reply;
    reply.status = response.status;
    reply.body = response.body;
    for (const auto& header : response.headers)
        reply.headers[header.name == "ETag" ? "etag" : header.name] = header.value;
    if (response.filePath.empty()) {
        heads_.push_back(reply);
        return reply;
    }
    reply.body = bytesOf(response.filePath);
    const auto from = static_cast<std::size_t>(call.resumeFrom);
    if (reply.body.empty())
        reply.status = 404;
    else if (from > 0 && from >= reply.body.size())
        reply.status = 416;
    else if (from > 0)
        reply.status = 206;
    reply.body.erase(0, from);
    return reply;
}

/// As libcurl does it: what comes is appended, or put in place of what is there where the whole comes.
Result<HttpReply> CatalogWorld::saveTo(const HttpCall& call, const HttpReply& reply) {
    const int fd = ::open(call.downloadTo.c_str(),
                          O_WRONLY | O_CREAT | O_CLOEXEC | (call.resumeFrom > 0 ? O_APPEND : O_TRUNC), 0644);
    if (fd < 0) return Error{Errc::Io, "call: cannot open the file to download to"};
    bool isSaved = true;
    if (reply.status == 200 && call.resumeFrom > 0) isSaved = ::ftruncate(fd, 0) == 0;
    if (reply.status == 200 || reply.status == 206)
        isSaved = isSaved && ::write(fd, reply.body.data(), reply.body.size()) ==
                                 static_cast<ssize_t>(reply.body.size());
    ::close(fd);
    if (!isSaved) return Error{Errc::Full, "call: cannot write the download"};
    return reply;
}

Result<HttpReply> CatalogWorld::send(const HttpCall& call) {
    const bool isFile = !call.downloadTo.empty();
    HttpReply reply;
    if (!calm_ && happens(mix_.drop)) return Error{Errc::Unavailable, "request lost"};
    if (!calm_ && happens(mix_.loginPage)) {
        reply.status = 200;
        reply.body = kLoginPage;
    } else if (!calm_ && happens(mix_.serverError)) {
        reply.status = 503;
    } else if (!calm_ && !isFile && !heads_.empty() && happens(mix_.oldHead)) {
        reply = heads_[below(heads_.size())]; // out of somebody's cache
    } else {
        auto answer = ask(call);
        if (!answer) return answer;
        reply = std::move(*answer);
    }
    if (!isFile) {
        if (!calm_ && happens(mix_.cutBody)) reply.body.resize(below(reply.body.size() + 1));
        return reply;
    }
    if (!calm_ && happens(mix_.wrongFile)) { // of another name, as a broken cache gives it
        std::vector<std::string> paths;
        for (const auto& entry : fs::recursive_directory_iterator(folder_ + "/hub/files"))
            if (entry.is_regular_file()) paths.push_back(entry.path());
        std::ranges::sort(paths);
        reply.status = 200;
        reply.body = bytesOf(paths[below(paths.size())]);
    }
    const bool isCut = !calm_ && happens(mix_.cutBody);
    if (isCut) reply.body.resize(below(reply.body.size() + 1));
    auto saved = saveTo(call, reply);
    if (saved && isCut && below(2) == 0) return Error{Errc::Unavailable, "connection lost"};
    return saved;
}

// ---- the device
// --------------------------------------------------------------------------------------------------

void CatalogWorld::bootDevice() {
    CatalogPuller::rollBack(folder_ + "/device");
    client_ = std::make_unique<HubClient>(*transport_, HubAddress{"", "", "d1"}, keys_.sign);
    puller_ = std::make_unique<CatalogPuller>(folder_ + "/device", keys_.sign.publicKey);
}

void CatalogWorld::pull() {
    const auto pulled = puller_->pull(*client_);
    if (card_->isHalted()) {
        puller_.reset();
        card_->cutPower();
        note("device lost power while it pulled");
        bootDevice();
    } else if (pulled && !pulled->changed) {
        note("device has pulled nothing new");
        return;
    } else if (pulled) {
        note("device pulled");
    } else {
        note("device has not pulled: " + pulled.error().what);
    }
    checkReplica();
}

CatalogDigest CatalogWorld::expectedAt(const CatalogDigest& position) const {
    CatalogDigest expected;
    expected.epoch = position.epoch;
    expected.catalogSeq = position.catalogSeq;
    expected.stockSeq = position.stockSeq;
    const auto& items = itemsAt_.at({position.epoch, position.catalogSeq});
    for (const auto& [key, line] : items)
        expected.addItem(key, line);
    for (const auto& [key, cell] : cellsAt_.at({position.epoch, position.stockSeq}))
        if (cell.quantity > 0 && items.contains(cell.sku))
            expected.addStock(cell.sku, cell.storeCode, cell.quantity, cell.asOf, cell.aisle);
    return expected;
}

void CatalogWorld::checkReplica() {
    const auto path = CatalogPuller::currentFile(folder_ + "/device");
    if (!path) {
        if (hasCatalog_) blame("the device had a catalogue and has none");
        return;
    }
    const auto reader = CatalogReader::open(*path, storeCode(1));
    auto scan = reader ? DigestScan::open(*path) : Result<std::unique_ptr<DigestScan>>(reader.error());
    if (!scan) {
        blame("the device's catalogue does not open: " + scan.error().what);
        return;
    }
    hasCatalog_ = true;
    for (;;) {
        const auto more = (*scan)->slice(kSlice);
        if (!more) {
            blame("the device's catalogue cannot be read: " + more.error().what);
            return;
        }
        if (!*more) break;
    }
    const auto& digest = (*scan)->digest();
    if (!itemsAt_.contains({digest.epoch, digest.catalogSeq}) ||
        !cellsAt_.contains({digest.epoch, digest.stockSeq})) {
        blame(fmt::format("the device stands at {} and {}, which was never published", digest.catalogSeq,
                          digest.stockSeq));
        return;
    }
    if (const auto differing = differingRanges(digest, expectedAt(digest)); differing > 0)
        blame(fmt::format("the device's catalogue differs from the hub's of {} and {} in {} ranges",
                          digest.catalogSeq, digest.stockSeq, differing));
}

// ---- the run
// -----------------------------------------------------------------------------------------------------

std::vector<std::string> CatalogWorld::run(int lastFaultyEvent) {
    for (event_ = 0; event_ < kEvents && wrong_.empty(); ++event_) {
        clock_.now += 60'000;
        calm_ = event_ > lastFaultyEvent;
        if (below(3) == 0) {
            for (auto changes = 1 + below(6); changes > 0; --changes)
                changeShop();
            publish();
        }
        if (!calm_) {
            if (happens(mix_.hubRestore)) restoreHub();
            if (happens(mix_.kill)) {
                note("device killed");
                bootDevice();
            }
            if (happens(mix_.full)) card_->setFull(below(2) == 0);
            if (happens(mix_.powerCut)) card_->haltAfter(1 + static_cast<int>(below(120)));
        }
        pull();
    }
    if (wrong_.empty()) heal();
    return wrong_;
}

void CatalogWorld::heal() {
    note("everything heals");
    calm_ = true;
    card_->setFull(false);
    card_->haltAfter(0);
    const auto hub = must(catalog_->position());
    for (int i = 0; i < kHealPulls; ++i)
        pull();
    const auto path = CatalogPuller::currentFile(folder_ + "/device");
    const auto expected = puller_->digest(*client_);
    auto scan = path ? DigestScan::open(*path) : Result<std::unique_ptr<DigestScan>>(path.error());
    if (!expected || !scan || !must((*scan)->slice(kSlice)) == false) {
        blame("the device has no digest to compare");
        return;
    }
    const auto& digest = (*scan)->digest();
    if (!digest.isAt(catalog_->epoch(), hub.catalogSeq, hub.stockSeq))
        blame(fmt::format("the device ends at {} and {}, the hub at {} and {}", digest.catalogSeq,
                          digest.stockSeq, hub.catalogSeq, hub.stockSeq));
    else if (differingRanges(digest, *expected) > 0)
        blame("the device's catalogue is not what the hub's digest says");
}

} // namespace silta::test
