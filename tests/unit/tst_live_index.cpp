// An index and its changes against one that is built anew.
#include "catalog/index/live_index.h"
#include "unit/index_fixture.h"

#include <map>
#include <random>
#include <set>

using namespace silta;
using namespace silta::test;

namespace {

std::string randomTitle(std::mt19937& random) {
    static const std::vector<std::string> kWords = {
        "kahvi",  "tee",    "kuppi",      "musta", "punainen", "lautanen", "pan",   "panel",
        "pantry", "kettle", "kahvikuppi", "lamp",  "lamb",     "lamppu",   "matto", "teekuppi"};
    std::string title;
    for (auto count = 1 + random() % 4; count > 0; --count)
        title += kWords[random() % kWords.size()] + ' ';
    return title;
}

ChangedProduct changed(const IndexedProduct& product) {
    return {product.product,   product.rank, product.gtin, product.text, {product.facet}, false, 0,
            product.department};
}

using Found = std::vector<std::pair<FindTier, std::uint32_t>>;

Found found(LiveIndex& index, std::string_view query, FindTier last) {
    Found list;
    for (const auto& hit : index.find(TypedText::parse(query), {1'000, 1'000, nullptr, last}))
        list.emplace_back(hit.hit.tier, hit.product);
    std::ranges::sort(list);
    return list;
}

/// Every product with the words, in the order of rank, is what a search without a limit finds.
void compareAll(LiveIndex& live, LiveIndex& anew, std::string_view query) {
    const auto typed = TypedText::parse(query);
    const auto products = live.productsWith(typed);
    QCOMPARE(products, anew.productsWith(typed));
    std::set<std::uint32_t> all;
    const FindOptions options{1'000, 1'000, nullptr, FindTier::Exact};
    for (const auto& hit : query.empty() ? live.browse(options) : live.find(typed, options))
        all.insert(hit.product);
    QCOMPARE(std::set(products.begin(), products.end()), all);
    QCOMPARE(products.size(), all.size());
}

} // namespace

class TestLiveIndex : public QObject {
    Q_OBJECT

private slots:
    void findsWhatANewIndexFinds();
    void keepsTheOrderOfRanks();
    void forgetsWhatWasRemoved();
};

void TestLiveIndex::findsWhatANewIndexFinds() {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        std::map<std::uint32_t, IndexedProduct> now;
        auto make = [&](std::uint32_t product) {
            return IndexedProduct{product,
                                  static_cast<std::uint32_t>(random() % 50),
                                  randomTitle(random),
                                  6'400'000'000'000U + static_cast<std::uint64_t>(product),
                                  static_cast<std::uint32_t>(random() % 3),
                                  0,
                                  random() % 2 == 0 ? randomTitle(random) : ""};
        };
        std::vector<IndexedProduct> products;
        for (std::uint32_t i = 0; i < 200; ++i)
            products.push_back(now[i] = make(i));
        const auto base = indexOf(products);
        LiveIndex live(base);
        for (int round = 0; round < 12; ++round) {
            std::vector<ChangedProduct> changes;
            for (auto count = random() % 8; count > 0; --count) {
                const auto product = static_cast<std::uint32_t>(random() % 230);
                if (random() % 4 == 0) {
                    now.erase(product);
                    changes.push_back({product, 0, 0, {}, {}, true});
                } else {
                    changes.push_back(changed(now[product] = make(product)));
                }
            }
            SILTA_INDEX_OK(live.change(std::move(changes)));
            products.clear();
            for (const auto& [number, product] : now)
                products.push_back(product);
            // The same words must be heads, or the two know different compounds.
            LiveIndex anew(indexOf(products, base.get()));
            for (int i = 0; i < 10; ++i) {
                auto query = randomTitle(random);
                if (random() % 2 == 0) query.resize(1 + random() % query.size());
                QCOMPARE(found(live, query, FindTier::Exact), found(anew, query, FindTier::Exact));
                const auto own = found(live, "kuppj ", FindTier::OtherEdits);
                QCOMPARE(own, found(anew, "kuppj ", FindTier::OtherEdits));
            }
            QCOMPARE(found(live, "64000000", FindTier::Exact), found(anew, "64000000", FindTier::Exact));
            for (const auto* query : {"", "kahvi", "pan ", "kuppi musta ", "64000000", "6400000000017"})
                compareAll(live, anew, query);
            QCOMPARE(live.browse({1'000, 1'000, nullptr}).size(), now.size());
        }
    }
}

void TestLiveIndex::keepsTheOrderOfRanks() {
    std::vector<IndexedProduct> products;
    for (std::uint32_t i = 0; i < 100; ++i)
        products.push_back({i, i * 10, "lamp"});
    LiveIndex live(indexOf(products));
    SILTA_INDEX_OK(live.change({changed({200, 25, "lamp"}), changed({1, 991, "lamp"})}));
    std::vector<std::uint32_t> order;
    for (const auto& hit : live.find(TypedText::parse("lamp "), {5, 5, nullptr}))
        order.push_back(hit.product);
    QCOMPARE(order, std::vector<std::uint32_t>({0, 2, 200, 3, 4}));
}

void TestLiveIndex::forgetsWhatWasRemoved() {
    LiveIndex live(indexOf({{1, 1, "lamp"}, {2, 2, "kettle"}}));
    SILTA_INDEX_OK(live.change({changed({1, 1, "cup"})}));
    QVERIFY(found(live, "lamp ", FindTier::Exact).empty());
    QCOMPARE(found(live, "cup ", FindTier::Exact).size(), std::size_t{1});
    SILTA_INDEX_OK(live.change({{1, 0, 0, {}, {}, true}}));
    QVERIFY(found(live, "cup ", FindTier::Exact).empty());
    SILTA_INDEX_OK(live.change({changed({1, 1, "lamp"})}));
    QCOMPARE(found(live, "lamp ", FindTier::Exact).size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TestLiveIndex)
#include "tst_live_index.moc"
