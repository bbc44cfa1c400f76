#include "catalog/limits.h"
#include "catalog/stock/fold.h"
#include "catalog/writer.h"
#include "sim/disk.h"
#include "unit/catalog_fixture.h"

#include <silta/store.h>

#include <algorithm>
#include <set>
#include <tuple>

using namespace silta;
using namespace silta::test;

/// Stock of a live catalogue against a plain map, on a disk that loses power: batches that come twice and in
/// the wrong order, folds, products and stores that go, a new file in place of the old one.
/// SILTA_STOCK_CHANGES in the environment sets how many changes; the default takes seconds.
class StockOracleTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { SimDisk::install(); }
    void equalsAMap_data();
    void equalsAMap();
    void refetchesFromAnOlderFile();
    void beginsTheLogAnewAfterAFailedSync();
};

namespace {

constexpr int kProducts = 120, kStores = 30;
constexpr const char* kHome = "3";

using Cell = std::tuple<std::int32_t, UtcMs, std::string>; ///< quantity, as of, aisle
struct Truth {
    std::map<std::string, std::map<std::string, Cell>> cells; ///< sku, store
    std::map<std::string, UtcMs> reports;
    std::int64_t seq = 0;

    void apply(const CatalogChange& change) {
        for (const auto& record : change.stock) {
            if (!cells.contains(record.sku)) continue;
            if (record.quantity == 0)
                cells[record.sku].erase(record.storeCode);
            else
                cells[record.sku][record.storeCode] = {record.quantity, record.asOf, record.aisle};
        }
        for (const auto& report : change.reports)
            reports[report.storeCode] = std::max(reports[report.storeCode], report.asOf);
    }
};

struct Segment {
    std::int64_t from = 0;
    std::vector<CatalogChange> lines;
};

std::string skuOf(unsigned i) {
    return "p" + std::to_string(i);
}

class Device {
public:
    explicit Device(unsigned seed) : random_(seed), disk_("/sim/", seed) {
        for (unsigned i = 0; i < kProducts; ++i)
            truth_.cells[skuOf(i)];
        build();
    }

    void step() {
        switch (below(24)) {
        case 0:
            fold();
            break;
        case 1:
            changeCatalogue();
            break;
        case 2:
            if (below(10) == 0) build();
            break;
        default:
            if (hub_.size() < 4) publish();
            receive();
        }
        compare(false);
    }
    void compareAll() { compare(true); }
    [[nodiscard]] std::int64_t changes() const { return changes_; }
    [[nodiscard]] int crashes() const { return crashes_; }
    [[nodiscard]] int folds() const { return folds_; }
    [[nodiscard]] const std::string& wrong() const { return wrong_; }

private:
    unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

    CatalogChange changeOf(unsigned product) {
        CatalogChange change;
        std::set<unsigned> stores;
        for (auto count = 1 + below(below(10) == 0 ? kStores : 3); count > 0; --count)
            stores.insert(1 + below(kStores));
        for (const auto store : stores) {
            const auto quantity = below(4) == 0 ? 0 : below(20) == 0 ? below(1'000'000) : 1 + below(30);
            const auto aisle = below(3) == 0 ? "A" + std::to_string(below(200)) : std::string();
            const auto asOf = 1'000'000'000 + hubSeq_ * 1'000 + (below(5) == 0 ? 7 : 0);
            change.stock.push_back(cell(skuOf(product), std::to_string(store),
                                        static_cast<std::int32_t>(quantity), asOf,
                                        quantity > 0 ? aisle : ""));
            ++changes_;
        }
        return change;
    }

    /// The hub has another segment for us.
    void publish() {
        Segment segment;
        segment.from = hubSeq_++;
        for (auto lines = 1 + below(30); lines > 0; --lines)
            segment.lines.push_back(changeOf(below(kProducts)));
        if (below(6) == 0) {
            CatalogChange report;
            report.reports = {{std::to_string(1 + below(kStores)), 1'000'000'000 + hubSeq_ * 1'000}};
            segment.lines.push_back(report);
        }
        hub_.push_back(segment);
    }

    /// Segments in any order, as a device with retries meets them; it takes what follows on what it has.
    void receive() {
        std::ranges::shuffle(hub_, random_);
        for (const auto& segment : hub_)
            if (segment.from == truth_.seq) {
                apply(segment);
                break;
            }
        if (below(4) != 0) // or it comes again
            std::erase_if(hub_, [this](const Segment& segment) { return segment.from < truth_.seq; });
    }

    void apply(const Segment& segment) {
        auto next = truth_;
        for (const auto& line : segment.lines)
            next.apply(line);
        next.seq = segment.from + 1;
        armPowerCut(3);
        const auto done = [&]() -> Result<void> {
            constexpr std::int64_t kFewEntries = 60; // what is more goes into the rows at once
            auto writer = openCatalogWriter(path_, below(8) == 0 ? kFewEntries : kStockLogEntriesMax);
            if (!writer) return writer.error();
            if (auto begun = (*writer)->begin(); !begun) return begun;
            for (const auto& line : segment.lines)
                if (auto put = applyChange(**writer, line); !put) return put;
            if (auto put = (*writer)->setStockPosition({"", next.seq}); !put) return put;
            return (*writer)->commit();
        }();
        const auto before = truth_;
        if (done) truth_ = next;
        if (!endPowerCut(done)) return;
        if (done) return; // what was acknowledged must be there
        const auto seq = reader_ ? reader_->info()->stockSeq : -1;
        truth_ = seq == next.seq ? next : before; // compare() says whether it is one of the two
    }

    void fold() {
        armPowerCut(100);
        FoldBounds bounds{.entriesMin = 0, .sliceProducts = 32};
        if (below(3) == 0) bounds.slicesMax = 1;
        auto done = foldStockLog(path_, bounds);
        bounds.slicesMax = kFoldSlicesMax;
        if (done && !*done && below(2) == 0) done = foldStockLog(path_, bounds); // goes on, or another time
        folds_ += done && *done ? 1 : 0;
        endPowerCut(done ? Result<void>{} : Result<void>(done.error()));
    }

    /// A product goes and comes back, or a store does; with nothing in it.
    void changeCatalogue() {
        auto writer = CatalogWriter::open(path_);
        if (!writer || !(*writer)->begin()) return fail("cannot write");
        const auto sku = skuOf(below(kProducts));
        bool done = (*writer)->removeProduct(sku).has_value() &&
                    (*writer)->putProduct(product(sku, "Thing " + sku)).has_value();
        truth_.cells[sku].clear();
        if (below(3) == 0) {
            const auto code = std::to_string(4 + below(kStores - 3));
            done = done && (*writer)->removeStore(code).has_value() &&
                   (*writer)->putStore(store(code)).has_value();
            for (auto& [_, cells] : truth_.cells)
                cells.erase(code);
            truth_.reports.erase(code);
        }
        if (!done || !(*writer)->commit()) fail("cannot change the catalogue");
    }

    /// A snapshot of what is true takes the place of the file in use.
    void build() {
        path_ = "/sim/catalog-" + std::to_string(++files_) + ".db";
        auto writer = std::move(*CatalogWriter::create(path_));
        bool done = true;
        for (unsigned i = 1; i <= kStores; ++i)
            done = done && writer->putStore(store(std::to_string(i), 60 + i * 0.01)).has_value();
        for (const auto& [sku, cells] : truth_.cells) {
            done = done && writer->putProduct(product(sku, "Thing " + sku)).has_value();
            std::vector<StockRecord> records;
            for (const auto& [code, each] : cells)
                records.push_back(cell(sku, code, std::get<0>(each), std::get<1>(each), std::get<2>(each)));
            done = done && (records.empty() || writer->putStock(sku, records).has_value());
        }
        std::vector<StoreReport> reports;
        for (const auto& [code, asOf] : truth_.reports)
            reports.push_back({code, asOf});
        done = done && writer->putReports(reports).has_value() &&
               writer->setStockPosition({"", truth_.seq}).has_value() && writer->finish().has_value();
        if (!done) fail("cannot build");
        open();
    }

    void open() {
        reader_.reset();
        auto reader = CatalogReader::open(path_, kHome);
        if (!reader) return fail("cannot open: " + reader.error().what);
        reader_ = std::move(*reader);
    }

    void armPowerCut(unsigned operations) {
        if (below(3) == 0) disk_.haltAfter(static_cast<int>(1 + below(operations)));
    }
    /// True when the power went or the process was killed.
    bool endPowerCut(const Result<void>& done) {
        disk_.haltAfter(-1);
        if (!disk_.isHalted()) {
            if (!done) fail("without a power cut: " + done.error().what);
            return false;
        }
        ++crashes_;
        reader_.reset();
        const bool isKilled = below(4) == 0;
        if (isKilled)
            disk_.restart();
        else
            disk_.cutPower();
        // The next start of the device looks at the log. What a killed process wrote and did not sync is
        // there, and a power cut could still take it; folding makes it safe.
        const auto folded = foldStock(path_, isKilled ? StockFold::Now : StockFold::WhenLarge);
        if (!folded) fail(folded.error().what);
        open();
        return true;
    }

    void fail(const std::string& what) {
        if (wrong_.empty()) wrong_ = what;
    }

    void compare(bool all) {
        if (!reader_ || !wrong_.empty()) return;
        if (reader_->info()->stockSeq != truth_.seq)
            fail("stands at " + std::to_string(reader_->info()->stockSeq) + " instead of " +
                 std::to_string(truth_.seq));
        for (unsigned i = 0; i < kProducts; ++i)
            if (all || below(20) == 0) compareProduct(skuOf(i));
        if (!all && below(10) != 0) return;
        std::size_t here = 0;
        for (const auto& [sku, cells] : truth_.cells)
            here += cells.contains(kHome) ? 1 : 0;
        const auto cards = reader_->search({"thing", "en", kSearchLimitMax, 0, true});
        if (!cards || cards->size() != here) fail("the home store's bits differ");
    }

    void compareProduct(const std::string& sku) {
        const auto id = reader_->idOfSku(sku);
        const auto list = id ? reader_->stock(*id) : Result<std::vector<StoreStock>>(id.error());
        const auto brief = id ? reader_->storesWithStock(*id) : list;
        if (!list || !brief || list->size() != kStores) return fail("cannot read " + sku);
        const auto& cells = truth_.cells[sku];
        std::size_t count = 0;
        for (const auto& item : *list) {
            const auto found = cells.find(item.store->code);
            const auto report = truth_.reports.find(item.store->code);
            const auto reported = report == truth_.reports.end() ? 0 : report->second;
            const auto quantity = found == cells.end() ? 0 : std::get<0>(found->second);
            const auto asOf =
                found == cells.end() ? reported : std::max(reported, std::get<1>(found->second));
            const auto aisle = found == cells.end() ? "" : std::get<2>(found->second);
            if (item.quantity != quantity || item.asOf != asOf || item.aisle != aisle ||
                item.isEstimate != (item.store->code != kHome))
                return fail(sku + " in " + item.store->code + " differs");
            const bool isShown = quantity > 0 || item.store->code == kHome;
            if (isShown && (*brief)[count].store->code != item.store->code) return fail("wrong order");
            if (isShown && (*brief)[count].quantity != quantity) return fail("two answers");
            count += isShown ? 1 : 0;
        }
        if (brief->size() != count) fail("too many stores");
    }

    std::mt19937 random_;
    SimDisk disk_;
    std::string path_;
    int files_ = 0, crashes_ = 0, folds_ = 0;
    std::int64_t hubSeq_ = 0, changes_ = 0;
    std::vector<Segment> hub_;
    Truth truth_;
    std::unique_ptr<CatalogReader> reader_;
    std::string wrong_;
};

} // namespace

void StockOracleTest::equalsAMap_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void StockOracleTest::equalsAMap() {
    QFETCH(unsigned, seed);
    const auto wanted = qEnvironmentVariableIntValue("SILTA_STOCK_CHANGES");
    const auto changes = wanted > 0 ? wanted : 6'000;
    Device device(seed);
    for (int step = 0; device.changes() < changes && device.wrong().empty(); ++step) {
        device.step();
        if (step % 200 == 0) device.compareAll();
    }
    device.compareAll();
    QVERIFY2(device.wrong().empty(), device.wrong().c_str());
    QVERIFY(device.crashes() > 3);
    QVERIFY(device.folds() > 1);
}

// A file of before there was a log: its stock counts as not known until the hub has told it again.
void StockOracleTest::refetchesFromAnOlderFile() {
    SimDisk disk("/sim/", 1);
    const std::string path = "/sim/catalog-old.db";
    {
        auto writer = std::move(*CatalogWriter::create(path));
        SILTA_OK(writer->putStore(store("3")));
        SILTA_OK(writer->putProduct(product("p1", "Thing")));
        SILTA_OK(writer->setPosition("e", 7));
        SILTA_OK(writer->finish());
        auto database = Database::open(path, OpenMode::Replica);
        SILTA_OK(
            database->exec("DROP TABLE stock_cells; DROP TABLE stock_positions;"
                           "CREATE TABLE stock (product INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;"
                           "CREATE TABLE stock_log (change INTEGER PRIMARY KEY, products BLOB) STRICT;"
                           "INSERT INTO stock VALUES (1, x'00');"
                           "INSERT INTO meta VALUES ('stock_seq', 9); PRAGMA user_version=2"));
    }
    auto reader = std::move(*CatalogReader::open(path, kHome));
    QVERIFY(reader->stock(1)->front().availability == Availability::Unknown);
    QVERIFY(reader->search({"thing", "en", 5, 0, true})->empty());
    SILTA_OK(foldStock(path, StockFold::WhenLarge));
    QCOMPARE(reader->info()->stockSeq, std::int64_t{-1}); // before any that the hub has
    QCOMPARE(reader->info()->catalogSeq, std::int64_t{7});
    QVERIFY(reader->stock(1)->front().availability == Availability::Unknown);
}

// What a reader may have taken in is not on the disk, and the next record might be as long: nobody may go on
// behind it.
void StockOracleTest::beginsTheLogAnewAfterAFailedSync() {
    SimDisk disk("/sim/", 1);
    const std::string path = "/sim/catalog-sync.db";
    {
        auto writer = std::move(*CatalogWriter::create(path));
        SILTA_OK(writer->putStore(store(kHome)));
        SILTA_OK(writer->putProduct(product("p1", "Thing")));
        SILTA_OK(writer->setStockPosition({"", 4}));
        SILTA_OK(writer->finish());
    }
    const auto tell = [&path](int seq, int quantity) -> Result<void> {
        auto writer = std::move(*CatalogWriter::open(path));
        if (auto begun = writer->begin(); !begun) return begun;
        const auto record = cell("p1", kHome, quantity, seq * 1'000);
        if (auto put = writer->putStock("p1", std::span(&record, 1)); !put) return put;
        if (auto put = writer->setStockPosition({"", seq}); !put) return put;
        return writer->commit();
    };
    auto reader = std::move(*CatalogReader::open(path, kHome));
    SILTA_OK(tell(5, 7));
    QCOMPARE(reader->info()->stockSeq, std::int64_t{5});
    disk.failNextSync();
    const auto failed = tell(6, 8);
    QVERIFY(!failed.has_value() && failed.error().code == Errc::Io);
    QCOMPARE(reader->info()->stockSeq, std::int64_t{4}); // the hub is asked from there
    SILTA_OK(tell(6, 9));
    disk.cutPower();
    reader = std::move(*CatalogReader::open(path, kHome));
    QCOMPARE(reader->info()->stockSeq, std::int64_t{6});
    QCOMPARE(reader->stock(1)->front().quantity, 9);
}

QTEST_GUILESS_MAIN(StockOracleTest)
#include "tst_stock_oracle.moc"
