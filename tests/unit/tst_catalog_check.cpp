// Whether a device finds what its memory card did to the catalogue, and nothing else.
#include "catalog/stock/log.h"
#include "hub/cmd_search_words.h"
#include "hub/digest_maker.h"
#include "sync/catalog_check.h"
#include "sync/catalog_puller.h"
#include "unit/hub_fixture.h"

#include <silta/crypto.h>

#include <filesystem>
#include <functional>
#include <set>

using namespace silta;
using namespace silta::test;
namespace fs = std::filesystem;

namespace {

constexpr UtcMs kHourMs = 3'600'000;
constexpr UtcMs kMidnight = 1'790'035'200'000; // UTC

/// A hub's public side without a network: its head, signed, and its files.
class FolderTransport final : public HttpTransport {
public:
    FolderTransport(HubFolder& hub, const KeyPair& keys) : hub_(hub), keys_(keys) {}
    Result<HttpReply> send(const HttpCall& call) override {
        HttpReply reply;
        reply.status = 200;
        if (call.url == "/v1/head") {
            auto store = hub_.store();
            auto text = *currentHead(store->database());
            if (changeHead) {
                auto head = Json::parse(text);
                changeHead(head);
                text = dumpJson(head);
            }
            reply.body = dumpJson({{"signed", text}, {"signature", toBase64(sign(text, keys_))}});
            return reply;
        }
        const auto name = call.url.substr(call.url.rfind('/') + 1);
        std::error_code error;
        fs::copy_file(hub_.path("hub.db.files/" + name.substr(0, 2) + "/" + name), call.downloadTo,
                      fs::copy_options::overwrite_existing, error);
        if (error) reply.status = 404;
        return reply;
    }

    std::function<void(Json&)> changeHead;

private:
    HubFolder& hub_;
    const KeyPair& keys_;
};

/// A chain and one device of it.
struct Chain : HubFolder {
    static constexpr int kProducts = 450; // more than two slices
    std::map<int, std::string> titles;
    std::map<int, int> quantities;
    std::set<int> gone;
    int stores = 3;
    KeyPair keys = makeSigningKeys();
    FolderTransport transport{*this, keys};
    HubClient hub{transport, {"", "", "d1"}, keys};
    std::unique_ptr<CatalogPuller> puller;
    std::unique_ptr<CatalogCheck> check;

    Chain() {
        fs::create_directories(path("device"));
        puller = std::make_unique<CatalogPuller>(path("device"), keys.publicKey);
        check = std::make_unique<CatalogCheck>(path("device"));
    }
    int importAll() {
        std::string items =
            "id\ttitle\tdescription\tprice\tsale_price\tsale_price_effective_date\tbrand\tgtin\t"
            "item_group_id\tcolor\tsize\tproduct_type\tmaterial\n";
        std::string stock = "store_code\tid\tquantity\tpickup_sla\n";
        for (int i = 0; i < kProducts; ++i) {
            if (gone.contains(i)) continue;
            const auto title = titles.contains(i) ? titles.at(i) : "Kahvikuppi №" + std::to_string(i);
            items += "sku-" + std::to_string(i) + "\t" + title + "\t" + sha256Hex(title) + " \"ä\\n\"\t" +
                     std::to_string(i + 1) + ".95 EUR\t";
            items += i % 3 == 0 ? std::to_string(i) + ".50 EUR\t" : "\t";
            items += i % 6 == 0 ? "2026-11-01T00:00Z/2026-12-01T00:00Z\t" : "\t";
            items += i % 4 == 0 ? "Arabia\t" : "\t";
            items += i == 7 ? "9521234543213\t" : "\t";
            items += i % 5 == 0 ? "group-" + std::to_string(i / 10) + "\tred\t" + std::to_string(i) + "\t"
                                : "\t\t\t";
            items += i % 2 == 0 ? "Kitchen >  Coffee > Cups\tsteel\n" : "\t\n";
            for (int store = 1; store <= stores; ++store)
                stock += std::to_string(store) + "\tsku-" + std::to_string(i) + "\t" +
                         std::to_string(quantities.contains(i) ? quantities.at(i) : (i + store) % 7) + "\t\n";
        }
        std::string list = "code,name,country\n";
        for (int store = 1; store <= stores; ++store)
            list += std::to_string(store) + ",Kauppa " + std::to_string(store) + ",FI\n";
        clock.now += 60'000;
        return import({"--products", write("p.tsv", items), "--inventory", write("i.tsv", stock), "--stores",
                       write("s.csv", list)});
    }
    bool pull() {
        auto pulled = puller->pull(hub);
        if (!pulled) qWarning("%s", pulled.error().what.c_str());
        if (pulled && pulled->isFetchedAnew) return check->noteRepaired(puller->snapshot()).has_value();
        return pulled.has_value();
    }
    std::string replica() const { return *CatalogPuller::currentFile(path("device")); }
    CatalogDigest ofDevice() const {
        auto scan = *DigestScan::open(replica());
        while (*scan->slice(100)) {
        }
        return scan->digest();
    }
    void begin() {
        auto digest = puller->digest(hub);
        if (digest)
            if (auto done = check->begin(replica(), *digest); !done)
                qWarning("%s", done.error().what.c_str());
    }
    CatalogCheck::Outcome run() {
        begin();
        while (check->isRunning())
            if (const auto outcome = *check->slice(clock.now); outcome != CatalogCheck::Outcome::Reading)
                return outcome;
        return CatalogCheck::Outcome::Again;
    }
    void spoil(const char* sql) const {
        auto database = Database::open(replica(), OpenMode::Replica);
        if (auto done = database->exec(sql); !done) qFatal("%s", done.error().what.c_str());
    }
};

} // namespace

class CatalogCheckTest : public QObject {
    Q_OBJECT
    using Outcome = CatalogCheck::Outcome;

private slots:
    void sumsInAnyOrder() {
        CatalogDigest a, b;
        for (int i = 0; i < 5'000; ++i)
            a.addItem("sku-" + std::to_string(i), "line " + std::to_string(i));
        for (int i = 5'000; i-- > 0;)
            b.addItem("sku-" + std::to_string(i), "line " + std::to_string(i));
        QCOMPARE(differingRanges(a, b), 0);
        QVERIFY(std::ranges::none_of(a.items, [](std::uint64_t sum) { return sum == 0; })); // keys are spread
        b.addStock("sku-1", "1", 2, 3, "A");
        QCOMPARE(differingRanges(a, b), 1);
        a.addStock("sku-1", "1", 2, 4, "A");
        QCOMPARE(differingRanges(a, b), 1);
    }

    // Another client computes the same: the figure is of another program.
    void hashesAsTheProtocolSays() {
        CatalogDigest digest;
        digest.addItem("", "");
        const auto used = std::ranges::find_if(digest.items, [](std::uint64_t sum) { return sum != 0; });
        QCOMPARE(*used, 0xefd01f60ba992926ULL);
        QCOMPARE(used - digest.items.begin(), 0xef);
    }

    void survivesItsText() {
        CatalogDigest digest;
        digest.epoch = "e1";
        digest.catalogSeq = 12;
        digest.stockSeq = 1'000'000'000'000;
        for (int i = 0; i < 5'000; ++i)
            digest.addStock("sku-" + std::to_string(i), "1", i, i, "");
        const auto text = toText(digest);
        QVERIFY(text.size() < kDigestBytesMax);
        const auto read = parseDigest(text);
        QVERIFY(read && read->isAt("e1", 12, 1'000'000'000'000));
        QCOMPARE(differingRanges(*read, digest), 0);
        QCOMPARE(parseDigest(R"({"form":2})").error().code, Errc::Unsupported);
        for (const char* wrong : {"", "{}", "[]",
                                  R"({"form":1,"epoch":"e","catalogSeq":1,"stockSeq":1,"items":[],)"
                                  R"("stock":[]})"})
            QVERIFY(!parseDigest(wrong));
        auto cut = text;
        cut.replace(cut.find("\"items\":[\"") + 10, 1, "g");
        QCOMPARE(parseDigest(cut).error().code, Errc::Invalid);
    }

    void agreesAfterSnapshotAndSegments() {
        Chain chain;
        const auto agrees = [&chain] {
            if (chain.importAll() != 0 || !chain.pull()) return false;
            const auto expected = chain.puller->digest(chain.hub);
            const auto here = chain.ofDevice();
            if (!expected || !expected->isAt(here.epoch, here.catalogSeq, here.stockSeq)) return false;
            return differingRanges(*expected, here) == 0;
        };
        QVERIFY(agrees());
        const auto first = chain.replica();
        chain.titles[3] = "Another cup";
        chain.quantities[4] = 0;
        chain.quantities[5] = 77;
        QVERIFY(agrees());
        chain.quantities[6] = 12; // stock alone: the items' numbers are taken from the digest before
        QVERIFY(agrees());
        chain.gone = {10, 11};
        QVERIFY(agrees());
        chain.gone = {11};
        QVERIFY(agrees());
        chain.stores = 4;
        QVERIFY(agrees());
        QCOMPARE(chain.replica(), first); // by segments
        const auto before = *chain.puller->digest(chain.hub);
        chain.titles[3] = "Yet another cup";
        QVERIFY(agrees());
        QCOMPARE(differingRanges(before, *chain.puller->digest(chain.hub)), 1);
    }

    void agreesWhateverTheSearchWords() {
        Chain chain;
        chain.titles = {{3, "Emalimuki"}};
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        const auto found = [&chain](const char* typed) {
            const auto cards = CatalogReader::open(chain.replica(), "1").value()->search({typed});
            return cards && !cards->empty() ? QString::fromStdString(cards->front().sku) : QString();
        };
        const auto words = [&chain](std::vector<std::string> args) {
            args.insert(args.begin(), {"--db", chain.path("hub.db")});
            return hub::runSearchWords(args);
        };
        const auto file = chain.write("words.txt", "mätäke = emalimuki\n# no end of line");
        QCOMPARE(found("matake"), QString());
        QCOMPARE(words({"--from", file}), 0);
        QVERIFY(chain.pull());
        QCOMPARE(found("matake"), QString("sku-3"));
        QCOMPARE(chain.run(), Outcome::Same);
        // A new snapshot has them too, and so has one that they were there before.
        chain.puller->fetchAnew();
        QVERIFY(chain.pull());
        QCOMPARE(found("matake"), QString("sku-3"));
        // What this program cannot read holds nothing else up, and what is wrong does not come so far.
        QVERIFY(words({"--from", chain.write("bad.txt", "mätäke")}) != 0);
        QVERIFY(words({"--from", chain.path("not.there")}) != 0);
        QVERIFY(words({"--from", file, "--none"}) != 0);
        auto store = chain.store();
        QVERIFY(store->database().exec("UPDATE hub_search_words SET text = 'matake of the future'"));
        chain.titles[4] = "Posliinikuppi";
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        QCOMPARE(found("posliinikuppi"), QString("sku-4"));
        QCOMPARE(found("matake"), QString("sku-3"));
        QCOMPARE(words({"--none"}), 0);
        QVERIFY(chain.pull());
        QCOMPARE(found("matake"), QString());
        QCOMPARE(chain.run(), Outcome::Same);
    }

    void keepsTheDigestsOfTwoHeads() {
        Chain chain;
        for (int round = 0; round < 4; ++round) {
            chain.quantities[1] = 10 + round;
            QCOMPARE(chain.importAll(), 0);
        }
        auto store = chain.store();
        auto count = store->database().prepare("SELECT count(*) FROM hub_files WHERE kind = 'digest'");
        QVERIFY(count && *count->step());
        QCOMPARE(count->integer(0), 2);
    }

    void findsAndHealsAChangedRow_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("price") << QByteArray(
            "UPDATE products SET regular = regular + 1 WHERE sku = 'sku-44'");
        QTest::newRow("text") << QByteArray(
            "UPDATE details SET body = replace(body, 'a', 'b') WHERE product = 9");
        QTest::newRow("product") << QByteArray("DELETE FROM products WHERE sku = 'sku-200'");
        QTest::newRow("stock") << QByteArray("DELETE FROM stock_cells WHERE product = 300");
        QTest::newRow("store") << QByteArray("UPDATE stores SET name = 'Old name' WHERE code = '2'");
    }
    void findsAndHealsAChangedRow() {
        QFETCH(QByteArray, sql);
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        QCOMPARE(chain.run(), Outcome::Same);
        chain.spoil(sql.constData());
        QCOMPARE(chain.run(), Outcome::Differs);
        const auto found = chain.check->toJson();
        QVERIFY(found["ranges"] == 1 || found["ranges"] == 2); // a product takes its stock along
        QCOMPARE(found["state"], Json("differs"));
        QVERIFY(chain.check->isWorthRepairing(chain.puller->snapshot()));
        const auto old = chain.replica();
        chain.puller->fetchAnew();
        QVERIFY(chain.pull());
        QVERIFY(chain.replica() != old); // readers see that it is another
        QVERIFY(!fs::exists(old));
        QVERIFY(chain.check->isDue(chain.clock.now)); // to see whether it helped
        QCOMPARE(chain.run(), Outcome::Same);
        QCOMPARE(chain.check->toJson()["state"], Json("same"));
        QCOMPARE(chain.check->toJson()["repairs"], Json(1));
    }

    // A card that gives back what was in a page before the last write.
    void findsAStalePage() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        const auto path = chain.replica();
        const auto readAll = [&path] {
            std::ifstream file(path, std::ios::binary);
            std::stringstream bytes;
            bytes << file.rdbuf();
            return bytes.str();
        };
        const auto before = readAll();
        for (int i = 0; i < Chain::kProducts; i += 40)
            chain.quantities[i] = 50 + i;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        QCOMPARE(chain.replica(), path);
        QVERIFY(foldStock(path, StockFold::Now).has_value()); // else no page of it has been written
        const auto after = readAll();
        std::size_t pageBytes = 0;
        {
            auto database = Database::open(path, OpenMode::ReadOnly);
            auto query = database->prepare("PRAGMA page_size");
            QVERIFY(query && *query->step());
            pageBytes = static_cast<std::size_t>(query->integer(0));
        }
        int found = 0;
        for (std::size_t at = pageBytes; at + pageBytes <= std::min(before.size(), after.size());
             at += pageBytes) {
            const auto old = std::string_view(before).substr(at, pageBytes);
            if (old == std::string_view(after).substr(at, pageBytes)) continue;
            std::ofstream(path, std::ios::binary)
                << after.substr(0, at) << old << after.substr(at + pageBytes);
            auto database = Database::open(path, OpenMode::ReadOnly);
            const bool looksSound = database && database->quickCheck().has_value();
            auto reader = CatalogReader::open(path, "1");
            const bool isAtHead = reader && (*reader)->info()->stockSeq == chain.position().stockSeq;
            if (!looksSound || !isAtHead) continue;
            if (chain.run() == Outcome::Differs) ++found;
        }
        QVERIFY(found > 0); // pages of stock; those of counters say nothing that is shown
        std::ofstream(path, std::ios::binary) << after;
        QCOMPARE(chain.run(), Outcome::Same);
    }

    void fetchesWhatADamagedLogHasLost() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        for (int round = 1; round <= 3; ++round) {
            chain.quantities[round] = 60 + round;
            QCOMPARE(chain.importAll(), 0);
            QVERIFY(chain.pull());
        }
        const auto path = chain.replica();
        const auto log = stockLogPath(path);
        const auto stockSeq = (*CatalogReader::open(path, "1"))->info()->stockSeq;
        std::fstream file(log, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(log) / 2));
        file.put('\x7f').put('\x7f').put('\x7f');
        file.close();
        QVERIFY((*CatalogReader::open(path, "1"))->info()->stockSeq < stockSeq);
        QVERIFY(chain.pull()); // the hub has nothing new
        QCOMPARE((*CatalogReader::open(path, "1"))->info()->stockSeq, stockSeq);
        QCOMPARE(chain.replica(), path);
        QCOMPARE(chain.run(), Outcome::Same);
    }

    void fetchesReportsThatADamagedLogHasLost() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        const auto path = chain.replica();
        const auto reportsOf = [&path] { return (*CatalogReader::open(path, "1"))->info()->reports; };
        const auto reports = reportsOf();
        QVERIFY(!reports.empty());
        fs::resize_file(stockLogPath(path), fs::file_size(stockLogPath(path)) - 1); // the last record
        QVERIFY(reportsOf().empty());
        QVERIFY(chain.pull()); // the hub has nothing new
        QVERIFY(reportsOf() == reports);
        const auto stock = (*CatalogReader::open(path, "1"))->stock(1);
        QVERIFY(stock->front().availability != Availability::Unknown);
    }

    // Its position would be safe on the disk before the stock is, and a power cut between would lose that.
    void refusesStockAmongProducts() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        const auto before = (*CatalogReader::open(chain.replica(), "1"))->info();
        chain.quantities[1] = 99;
        QCOMPARE(chain.importAll(), 0);
        chain.transport.changeHead = [](Json& head) {
            const auto next = head["catalogSeq"].get<std::int64_t>() + 1;
            for (auto& segment : head["segments"])
                if (segment["stream"] == "stock")
                    segment.update({{"stream", "catalog"}, {"from", next - 1}, {"to", next}});
            head["catalogSeq"] = next;
        };
        const auto pulled = chain.puller->pull(chain.hub);
        QVERIFY(!pulled.has_value());
        QCOMPARE(pulled.error().code, Errc::Invalid);
        QCOMPARE((*CatalogReader::open(chain.replica(), "1"))->info()->catalogSeq, before->catalogSeq);
        chain.transport.changeHead = nullptr;
        QVERIFY(chain.pull());
        QCOMPARE(chain.run(), Outcome::Same);
    }

    void isNotMisledByASegmentInTheNight() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        chain.begin();
        QCOMPARE(*chain.check->slice(chain.clock.now), Outcome::Reading);
        chain.titles[1] = "New in the night";
        chain.titles[440] = "New in the night";
        chain.quantities[2] = 99;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        QCOMPARE(*chain.check->slice(chain.clock.now), Outcome::Again);
        QVERIFY(!chain.check->isRunning());
        QCOMPARE(chain.run(), Outcome::Same);
        // The head is newer than the replica: nothing to compare with.
        const auto old = *chain.puller->digest(chain.hub);
        chain.quantities[2] = 98;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        QVERIFY(chain.check->begin(chain.replica(), old));
        QVERIFY(!chain.check->isRunning());
    }

    void givesUpWhereItChangesAllTheTime() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        chain.check->request();
        for (int i = 0; i <= kCheckRestartsMax; ++i) {
            QVERIFY(chain.check->isDue(chain.clock.now));
            chain.begin();
            QVERIFY(chain.check->isRunning());
            chain.quantities[2] = 100 + i;
            QCOMPARE(chain.importAll(), 0);
            QVERIFY(chain.pull());
            QCOMPARE(*chain.check->slice(chain.clock.now), Outcome::Again);
        }
        QVERIFY(!chain.check->isDue(chain.clock.now));
    }

    void repairsOnceWithTheSameSnapshot() {
        Chain chain;
        QCOMPARE(chain.importAll(), 0);
        QVERIFY(chain.pull());
        chain.spoil("UPDATE products SET regular = regular + 1 WHERE sku = 'sku-44'");
        QVERIFY(chain.check->noteRepaired(chain.puller->snapshot()));
        QCOMPARE(chain.run(), Outcome::Differs);
        QVERIFY(!chain.check->isWorthRepairing(chain.puller->snapshot()));
        QVERIFY(chain.check->isWorthRepairing("another"));
        const CatalogCheck later(chain.path("device")); // remembered over a restart
        QVERIFY(!later.isWorthRepairing(chain.puller->snapshot()));
        QCOMPARE(later.toJson()["state"], Json("differs"));
    }

    void isDueAtNight() {
        Chain chain;
        QVERIFY(!chain.check->isDue(kMidnight)); // new here
        QVERIFY(!chain.check->isDue(kMidnight + 2 * kHourMs));
        QVERIFY(!chain.check->isDue(kMidnight + 21 * kHourMs)); // in the evening
        QVERIFY(chain.check->isDue(kMidnight + 22 * kHourMs));
        QVERIFY(chain.check->isDue(kMidnight + 27 * kHourMs));
        QVERIFY(!chain.check->isDue(kMidnight + 36 * kHourMs));
        QVERIFY(chain.check->isDue(kMidnight + 60 * kHourMs)); // it is off at night
        CatalogCheck again(chain.path("device"));
        QVERIFY(again.isDue(kMidnight + 22 * kHourMs));
        QVERIFY(!again.isDue(kMidnight - 1'000 * kHourMs)); // the clock was ahead
        again.request();
        QVERIFY(again.isDue(kMidnight));
    }
};

QTEST_GUILESS_MAIN(CatalogCheckTest)
#include "tst_catalog_check.moc"
