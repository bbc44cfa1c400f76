#include "core/json.h"
#include "net/compression.h"
#include "unit/hub_fixture.h"

#include <silta/crypto.h>

#include <filesystem>
#include <set>

using namespace silta;
using namespace silta::test;

class PublisherTest : public QObject {
    Q_OBJECT
private slots:
    void publishesASnapshotFirst();
    void namesWhatTheFilesAre();
    void publishesNothingWhenNothingChanged();
    void publishesReportsWithoutANumber();
    void publishesSearchWordsWithoutANumber();
    void goesOnWithAHubFromBeforeSearchWords();
    void publishesSegmentsAfterwards();
    void segmentsAndSnapshotAgree();
    void makesANewSnapshotWhenSegmentsGrow();
    void makesANewSnapshotWhenAFileIsGone();
    void deletesOldGenerations();
    void splitsLongStockLines();
    void countsMedia();
    void keepsItsEpoch();
    void startsAnEpochWithASnapshot();
};

namespace {

constexpr std::uint64_t kRawBytesMax = std::uint64_t{1} << 30;
constexpr std::size_t kLineBytesMaxOfDevices = std::size_t{256} * 1024;

/// A chain of some size, so that a change is small beside the snapshot.
struct Chain : HubFolder {
    int products = 400;
    std::map<int, std::string> titles; ///< of products that are not called by their number
    std::map<int, int> quantities;
    std::set<int> gone;
    int stores = 3;

    std::string productFeed() const {
        std::string text = "id\ttitle\tdescription\tprice\n";
        for (int i = 0; i < products; ++i) {
            if (gone.contains(i)) continue;
            const auto title = titles.contains(i) ? titles.at(i) : "Cup number " + std::to_string(i);
            // Words that do not pack away to nothing.
            text += "sku-" + std::to_string(i) + "\t" + title + "\t" + sha256Hex(std::to_string(i)) + " " +
                    sha256Hex(title) + "\t" + std::to_string(i + 1) + ".00 EUR\n";
        }
        return text;
    }
    std::string inventoryFeed() const {
        std::string text = "store_code\tid\tquantity\n";
        for (int i = 0; i < products; ++i)
            if (!gone.contains(i))
                text += std::to_string(i % stores + 1) + "\tsku-" + std::to_string(i) + "\t" +
                        std::to_string(quantities.contains(i) ? quantities.at(i) : i % 7 + 1) + "\n";
        return text;
    }
    std::string storeFeed() const {
        std::string text = "code,name,country\n";
        for (int i = 1; i <= stores; ++i)
            text += std::to_string(i) + ",Store,FI\n";
        return text;
    }
    int importAll() {
        return import({"--products", write("p.tsv", productFeed()), "--inventory",
                       write("i.tsv", inventoryFeed()), "--stores", write("s.csv", storeFeed())});
    }
    Json head() {
        auto opened = store();
        if (!opened) return {};
        const auto text = currentHead(opened->database());
        return text ? parseJson(*text, 1 << 20).value_or(Json{}) : Json{};
    }
    std::string fileOf(const Json& entry) const {
        const auto name = textMember(entry, "file", 64).value_or("??");
        return path("hub.db.files/" + name.substr(0, 2) + "/" + name);
    }
    int fileCount() const {
        int n = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path("hub.db.files")))
            n += entry.is_regular_file() ? 1 : 0;
        return n;
    }
    /// Unpacks the snapshot of a head and returns the path of the catalogue.
    std::string unpack(const Json& head, const std::string& name) const {
        std::filesystem::remove(path(name));
        const auto done = decompressFile(fileOf(head["snapshot"]), path(name), kRawBytesMax);
        return done ? path(name) : std::string{};
    }
};

/// All that a reader tells of a catalogue, as text.
QStringList contentsOf(const std::string& path, int products) {
    auto reader = CatalogReader::open(path, "1");
    if (!reader) return {QString::fromStdString(reader.error().what)};
    QStringList lines;
    const auto info = (*reader)->info();
    if (info)
        lines << QString("%1 %2 %3 %4 %5")
                     .arg(info->catalogSeq)
                     .arg(info->stockSeq)
                     .arg(info->products)
                     .arg(info->stores)
                     .arg(info->epoch.c_str());
    const auto stores = (*reader)->stores();
    if (stores)
        for (const auto& store : *stores) {
            CatalogChange change;
            change.store = store;
            lines << toLine(change).c_str();
        }
    for (int i = 0; i < products; ++i) {
        const auto id = (*reader)->idOfSku("sku-" + std::to_string(i));
        if (!id) continue;
        const auto page = (*reader)->product(*id, "en");
        if (!page) continue;
        CatalogChange change;
        change.product = page->record;
        lines << toLine(change).c_str();
        const auto stock = (*reader)->stock(*id);
        if (!stock) continue;
        for (const auto& cell : *stock)
            if (cell.quantity > 0)
                lines << QString("%1 %2 %3 %4")
                             .arg(i)
                             .arg(cell.store->code.c_str())
                             .arg(cell.quantity)
                             .arg(cell.asOf);
    }
    lines.sort();
    return lines;
}

Result<void> applySegment(CatalogWriter& writer, const std::string& path, int& lineCount) {
    return forEachLine(path, kLineBytesMaxOfDevices, [&](std::string_view line) -> Result<void> {
        ++lineCount;
        auto change = parseChange(line);
        if (!change) return change.error();
        return applyChange(writer, *change);
    });
}

} // namespace

void PublisherTest::publishesASnapshotFirst() {
    Chain chain;
    QVERIFY(chain.store());
    QVERIFY(!currentHead(chain.store()->database()));
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published a new snapshot"));
    const auto head = chain.head();
    QCOMPARE(integerMember(head, "v").value_or(0), std::int64_t{1});
    QCOMPARE(integerMember(head, "catalogSeq").value_or(0), std::int64_t{403});
    QCOMPARE(integerMember(head, "stockSeq").value_or(0), std::int64_t{400});
    QCOMPARE(integerMember(head, "publishedAt").value_or(0), chain.clock.now);
    QVERIFY(arrayMember(head, "segments").is_array() && head["segments"].empty());
    auto reader = CatalogReader::open(chain.unpack(head, "catalog.db"), "2");
    QVERIFY(reader);
    const auto info = (*reader)->info();
    QVERIFY(info);
    QCOMPARE(info->products, std::int64_t{400});
    QCOMPARE(info->stores, std::int64_t{3});
    QCOMPARE(info->catalogSeq, std::int64_t{403});
    QCOMPARE(info->stockSeq, std::int64_t{400});
    QCOMPARE(info->epoch, textMember(head, "epoch", 64).value_or(""));
    const auto id = (*reader)->idOfSku("sku-8");
    QVERIFY(id);
    const auto page = (*reader)->product(*id, "en");
    QVERIFY(page);
    QCOMPARE(page->text.title, std::string("Cup number 8"));
    QCOMPARE(page->record.price->regular.minor, std::int64_t{900});
    const auto stock = (*reader)->stock(*id);
    QVERIFY(stock);
    QCOMPARE(stock->size(), std::size_t{3});
    for (const auto& cell : *stock)
        QCOMPARE(cell.quantity, cell.store->code == "3" ? 2 : 0);
}

void PublisherTest::namesWhatTheFilesAre() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    const auto snapshot = objectMember(chain.head(), "snapshot");
    const auto file = chain.fileOf(snapshot);
    QCOMPARE(sha256HexOfFile(file).value_or(""), textMember(snapshot, "file", 64).value_or("?"));
    QCOMPARE(std::int64_t(std::filesystem::file_size(file)), integerMember(snapshot, "bytes").value_or(0));
    const auto raw = chain.unpack(chain.head(), "catalog.db");
    QCOMPARE(sha256HexOfFile(raw).value_or(""), textMember(snapshot, "rawSha256", 64).value_or("?"));
    QCOMPARE(std::int64_t(std::filesystem::file_size(raw)), integerMember(snapshot, "rawBytes").value_or(0));
}

void PublisherTest::publishesNothingWhenNothingChanged() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    const auto head = chain.head();
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published nothing new"));
    QVERIFY(chain.head() == head);
    QCOMPARE(chain.fileCount(), 3); // the snapshot, the reports and the digest
}

void PublisherTest::goesOnWithAHubFromBeforeSearchWords() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    {
        auto database = Database::open(chain.path("hub.db"), OpenMode::Shared);
        QVERIFY(database->exec("DROP TABLE hub_search_words"));
    }
    chain.titles[1] = "Another lamp";
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(chain.store()->setSearchWords("tv = televisio"));
}

void PublisherTest::publishesSearchWordsWithoutANumber() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    const auto first = chain.head();
    QVERIFY(!first.contains("searchWords"));
    const auto publishes = [&chain](const char* text) {
        auto store = chain.store();
        auto files = MediaStore::open(chain.path("hub.db.files"));
        if (!store->setSearchWords(text)) return false;
        const auto head = publish(*store, *files, chain.path("hub.db"), chain.clock);
        return head && head->isNew && !head->isNewSnapshot;
    };
    QVERIFY(publishes("tv = televisio"));
    const auto head = chain.head();
    for (const char* same : {"catalogSeq", "stockSeq", "snapshot", "segments", "reports"})
        QVERIFY2(head[same] == first[same], same);
    std::string text;
    QVERIFY(
        forEachLine(chain.fileOf(head["searchWords"]), kSearchWordsBytesMax, [&text](std::string_view line) {
            text.append(line);
            return Result<void>();
        }));
    QCOMPARE(text, std::string("tv = televisio"));
    QVERIFY(!publishes("tv = televisio")); // nothing new
    QVERIFY(!publishes("tv"));             // refused
    QVERIFY(publishes("a = b"));
    QVERIFY(publishes("")); // devices must hear that there are none
    const auto last = chain.head();
    QVERIFY(last.contains("searchWords"));
    QVERIFY(last["searchWords"]["file"] != head["searchWords"]["file"]);
    QVERIFY(!std::filesystem::exists(chain.fileOf(head["searchWords"])));
}

void PublisherTest::publishesReportsWithoutANumber() {
    Chain chain;
    chain.stores = 1'200; // more than fit on one line
    QCOMPARE(chain.importAll(), 0);
    const auto first = chain.head();
    Json last;
    for (int i = 0; i < 4; ++i) {
        last = chain.head();
        chain.clock.now += 60'000;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(contains(chain.out, "published only when stores last reported"));
    }
    const auto head = chain.head();
    for (const char* same : {"catalogSeq", "stockSeq", "snapshot", "segments"})
        QVERIFY2(head[same] == first[same], same);
    QVERIFY(head["reports"]["file"] != last["reports"]["file"]);
    QCOMPARE(chain.fileCount(),
             4); // the snapshot, the digest, these reports and those before, which a device may still want
    const auto replica = chain.unpack(head, "replica.db");
    auto writer = CatalogWriter::open(replica);
    QVERIFY(writer);
    QVERIFY((*writer)->begin());
    int lines = 0;
    const auto done = applySegment(**writer, chain.fileOf(head["reports"]), lines);
    QVERIFY2(done, done ? "" : done.error().what.c_str());
    QVERIFY((*writer)->commit());
    QCOMPARE(lines, 1); // only 400 of the stores are in the feed
    auto reader = CatalogReader::open(replica, "3");
    QVERIFY(reader);
    const auto stock = (*reader)->stock(*(*reader)->idOfSku("sku-8"));
    QVERIFY(stock);
    int reported = 0;
    for (const auto& cell : *stock) {
        if (cell.availability == Availability::Unknown) continue;
        ++reported;
        QCOMPARE(cell.asOf, chain.clock.now); // confirmed, though no figure has changed
    }
    QCOMPARE(reported, 400);
}

void PublisherTest::publishesSegmentsAfterwards() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    const auto before = chain.head();
    chain.titles[5] = "Saucer";
    chain.quantities[6] = 99;
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published segments"));
    const auto head = chain.head();
    QVERIFY(head["snapshot"] == before["snapshot"]);
    const auto& segments = arrayMember(head, "segments");
    QCOMPARE(segments.size(), std::size_t{2});
    QCOMPARE(textMember(segments[0], "stream", 10).value_or(""), std::string("catalog"));
    QCOMPARE(integerMember(segments[0], "from").value_or(0), std::int64_t{403});
    QCOMPARE(integerMember(segments[0], "to").value_or(0), std::int64_t{404});
    QCOMPARE(textMember(segments[1], "stream", 10).value_or(""), std::string("stock"));
    QCOMPARE(integerMember(segments[1], "from").value_or(0), std::int64_t{400});
    QCOMPARE(integerMember(segments[1], "to").value_or(0), std::int64_t{401});
    for (const auto& segment : segments) {
        const auto file = chain.fileOf(segment);
        QCOMPARE(sha256HexOfFile(file).value_or(""), textMember(segment, "file", 64).value_or("?"));
        QCOMPARE(std::int64_t(std::filesystem::file_size(file)), integerMember(segment, "bytes").value_or(0));
        std::int64_t raw = 0;
        int lines = 0;
        QVERIFY(forEachLine(file, kLineBytesMaxOfDevices, [&](std::string_view line) -> Result<void> {
            raw += static_cast<std::int64_t>(line.size()) + 1;
            ++lines;
            return {};
        }));
        QCOMPARE(lines, 1);
        QCOMPARE(raw, integerMember(segment, "rawBytes").value_or(0));
    }
    // Only stock: only its stream gets a segment, and the chain goes on where it was.
    chain.quantities[6] = 98;
    QCOMPARE(chain.importAll(), 0);
    QCOMPARE(arrayMember(chain.head(), "segments").size(), std::size_t{3});
    QCOMPARE(integerMember(chain.head()["segments"][2], "from").value_or(0), std::int64_t{401});
}

void PublisherTest::segmentsAndSnapshotAgree() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    const auto replica = chain.unpack(chain.head(), "replica.db");
    // Changed, removed, added, out of stock, a store gone and one that is new.
    chain.titles[5] = "Saucer";
    chain.gone = {7, 8};
    chain.quantities = {{9, 0}, {10, 50}};
    chain.products = 405;
    chain.clock.now += 60'000;
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published segments"));
    chain.gone = {8};
    chain.quantities = {{9, 3}};
    chain.clock.now += 60'000;
    QCOMPARE(chain.importAll(), 0);
    chain.stores = 2;
    chain.clock.now += 60'000;
    // The third store's items move; nearly all cells change, so that segments only fit by policy if small
    // enough.
    const auto position = [&chain](const char* key) { return integerMember(chain.head(), key).value_or(-1); };
    const auto head = chain.head();
    QCOMPARE(arrayMember(head, "segments").size(), std::size_t{4});
    {
        auto writer = CatalogWriter::open(replica);
        QVERIFY(writer);
        int lines = 0;
        QVERIFY((*writer)->begin());
        for (const auto& segment : head["segments"]) {
            const auto done = applySegment(**writer, chain.fileOf(segment), lines);
            QVERIFY2(done, done ? "" : done.error().what.c_str());
        }
        const auto reported = applySegment(**writer, chain.fileOf(head["reports"]), lines);
        QVERIFY2(reported, reported ? "" : reported.error().what.c_str());
        QVERIFY((*writer)->setPosition(textMember(head, "epoch", 64).value_or(""), position("catalogSeq")));
        QVERIFY((*writer)->setStockPosition({"", position("stockSeq")}));
        QVERIFY((*writer)->commit());
        QVERIFY(lines > 10 && lines < 60);
    }
    auto store = chain.store();
    auto files = MediaStore::open(filesFolderOf(chain.database()));
    QVERIFY(store && files);
    const auto forced = publish(*store, *files, chain.database(), chain.clock, true);
    QVERIFY(forced && forced->isNewSnapshot);
    const auto fresh = chain.unpack(chain.head(), "fresh.db");
    const auto expected = contentsOf(fresh, chain.products);
    QVERIFY(expected.size() > 700);
    QCOMPARE(contentsOf(replica, chain.products), expected);
    QCOMPARE(chain.importAll(), 0);
}

void PublisherTest::makesANewSnapshotWhenSegmentsGrow() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    for (int i = 0; i < 300; ++i)
        chain.titles[i] = "Changed " + std::to_string(i);
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published a new snapshot"));
    QVERIFY(arrayMember(chain.head(), "segments").empty());
    QCOMPARE(chain.fileCount(),
             5); // two snapshots and digests, and the reports; no segment that nobody names
    // Many small ones are too many, too.
    std::size_t most = 0;
    for (int i = 0; i < 70; ++i) {
        chain.quantities[0] = 100 + i;
        QCOMPARE(chain.importAll(), 0);
        most = std::max(most, arrayMember(chain.head(), "segments").size());
    }
    QVERIFY(most <= kSegmentsMax);
    QVERIFY(most > 2);
}

void PublisherTest::makesANewSnapshotWhenAFileIsGone() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    std::filesystem::remove(chain.fileOf(objectMember(chain.head(), "snapshot")));
    QCOMPARE(chain.importAll(), 0);
    QVERIFY(contains(chain.out, "published a new snapshot"));
    QVERIFY(std::filesystem::exists(chain.fileOf(objectMember(chain.head(), "snapshot"))));
}

void PublisherTest::deletesOldGenerations() {
    Chain chain;
    std::vector<std::string> snapshots;
    std::vector<std::string> segments;
    for (int round = 0; round < 5; ++round) {
        chain.titles[0] = "Round " + std::to_string(round);
        QCOMPARE(chain.importAll(), 0);
        chain.quantities[1] = 100 + round;
        QCOMPARE(chain.importAll(), 0);
        if (!arrayMember(chain.head(), "segments").empty())
            segments.push_back(chain.fileOf(chain.head()["segments"].back()));
        auto store = chain.store();
        auto files = MediaStore::open(filesFolderOf(chain.database()));
        QVERIFY(store && files);
        const auto forced = publish(*store, *files, chain.database(), chain.clock, true);
        QVERIFY(forced && forced->isNewSnapshot);
        snapshots.push_back(chain.fileOf(objectMember(chain.head(), "snapshot")));
    }
    QCOMPARE(snapshots.size(), std::size_t{5});
    for (std::size_t i = 0; i < snapshots.size(); ++i)
        QCOMPARE(std::filesystem::exists(snapshots[i]), i >= 2); // the current one and two before it
    QVERIFY(segments.size() >= 4);
    QVERIFY(!std::filesystem::exists(segments.front()));
    QVERIFY(std::filesystem::exists(segments.back()));
}

void PublisherTest::splitsLongStockLines() {
    HubFolder hub;
    std::string stores = "code,name,country\n";
    std::string inventory = "store_code\tid\tquantity\tinstore_product_location\n";
    const std::string longCode(60, 's');
    for (int i = 0; i < 2500; ++i) {
        stores += longCode + std::to_string(i) + ",S,FI\n";
        inventory += longCode + std::to_string(i) + "\tA\t7\t12345678901234567890\n";
    }
    hub.write("p.tsv", "id\ttitle\nA\tCup\n");
    QCOMPARE(hub.import({"--products", hub.path("p.tsv"), "--stores", hub.write("s.csv", stores)}), 0);
    auto store = hub.store();
    auto files = MediaStore::open(filesFolderOf(hub.database()));
    QVERIFY(store && files);
    QCOMPARE(hub.import({"--inventory", hub.write("i.tsv", inventory)}), 0);
    const auto text = currentHead(store->database());
    QVERIFY(text);
    const auto head = parseJson(*text, 1 << 20);
    QVERIFY(head);
    if (head->at("segments").empty()) QSKIP("the policy chose a snapshot");
    const auto name = textMember(head->at("segments")[0], "file", 64).value_or("");
    std::size_t cells = 0;
    QVERIFY(
        forEachLine(files->pathOf(name), kLineBytesMaxOfDevices, [&](std::string_view line) -> Result<void> {
            auto change = parseChange(line);
            if (!change) return change.error();
            cells += change->stock.size();
            return {};
        }));
    QCOMPARE(cells, std::size_t{2500});
}

void PublisherTest::countsMedia() {
    HubFolder hub;
    const std::string picture = "\xFF\xD8\xFF picture";
    hub.write("a.jpg", picture);
    QCOMPARE(
        hub.import({"--products", hub.write("p.tsv", "id\ttitle\timage_link\nA\tCup\ta.jpg\nB\tCup\ta.jpg\n"
                                                     "C\tPan\t\n")}),
        0);
    auto store = hub.store();
    QVERIFY(store);
    const auto head = parseJson(currentHead(store->database()).value_or(""), 1 << 20);
    QVERIFY(head);
    QCOMPARE(integerMember(head->at("media"), "files").value_or(0), std::int64_t{1});
    QCOMPARE(integerMember(head->at("media"), "bytes").value_or(0), std::int64_t(picture.size()));
}

void PublisherTest::keepsItsEpoch() {
    HubFolder hub;
    const auto first = hub.store();
    QVERIFY(first);
    const auto epoch = first->epoch();
    QCOMPARE(epoch.size(), std::size_t{16});
    const auto again = hub.store();
    QVERIFY(again);
    QCOMPARE(again->epoch(), epoch);
}

void PublisherTest::startsAnEpochWithASnapshot() {
    Chain chain;
    QCOMPARE(chain.importAll(), 0);
    chain.titles[1] = "Another cup";
    QCOMPARE(chain.importAll(), 0);
    const auto before = chain.head();
    QVERIFY(!before["segments"].empty());
    auto store = chain.store();
    QVERIFY(store->startEpoch(chain.random));
    QVERIFY(store->epoch() != before["epoch"].get<std::string>());
    auto files = MediaStore::open(filesFolderOf(chain.database()));
    QVERIFY(files);
    QVERIFY(publish(*store, *files, chain.database(), chain.clock));
    const auto after = chain.head();
    QCOMPARE(after["epoch"].get<std::string>(), store->epoch());
    QCOMPARE(after["catalogSeq"], before["catalogSeq"]);
    QVERIFY(after["segments"].empty());
    QVERIFY(after["snapshot"]["file"] != before["snapshot"]["file"]);
}

QTEST_GUILESS_MAIN(PublisherTest)
#include "tst_publisher.moc"
