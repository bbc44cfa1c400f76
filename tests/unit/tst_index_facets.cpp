// Counts of facets against a count of all products, with choices, a filter, changes and removals.
#include "catalog/index/live_index.h"
#include "unit/index_fixture.h"

#include <algorithm>
#include <map>
#include <random>

using namespace silta;
using namespace silta::test;

namespace {

constexpr std::size_t kColumns = 3;
const std::vector<std::string> kWords = {"lamp", "kettle", "tea", "cup", "red", "blue", "teapot", "la"};

struct Product {
    std::uint32_t number = 0;
    std::vector<std::string> words;
    std::vector<std::uint32_t> facets;
    bool isHere = false;

    [[nodiscard]] std::string text() const {
        std::string text;
        for (const auto& word : words)
            text += word + ' ';
        return text;
    }
    /// `last` is the beginning of a word.
    [[nodiscard]] bool fits(const std::vector<std::string>& typed) const {
        for (std::size_t i = 0; i < typed.size(); ++i)
            if (std::ranges::none_of(words, [&](const std::string& own) {
                    return own == typed[i] || (i + 1 == typed.size() && own.starts_with(typed[i]));
                }))
                return false;
        return true;
    }
};

class Here final : public IndexFilter {
public:
    explicit Here(const std::map<std::uint32_t, Product>& products) : products_(products) {}
    bool passes(const IndexFile& file, std::uint32_t doc) const override {
        return products_.at(file.product(doc)).isHere;
    }

private:
    const std::map<std::uint32_t, Product>& products_;
};

std::uint32_t bucketOf(const FacetColumn& column, std::uint32_t value) {
    if (column.bounds.empty()) return value;
    std::uint32_t bucket = 0;
    for (const auto bound : column.bounds)
        bucket += value >= bound ? 1U : 0U;
    return bucket;
}

FacetCounts countAll(const std::map<std::uint32_t, Product>& products, const std::vector<std::string>& typed,
                     const FacetRequest& request) {
    FacetCounts counts;
    std::vector<std::map<std::uint32_t, std::uint32_t>> columns(request.columns.size());
    for (const auto& [number, product] : products) {
        if (!product.fits(typed) || (request.filter != nullptr && !product.isHere)) continue;
        auto isChosen = [&](const FacetChoice& choice) {
            const auto& column = request.columns[choice.column];
            const auto own = bucketOf(column, product.facets[column.column]);
            return std::ranges::find(choice.values, own) != choice.values.end();
        };
        if (std::ranges::all_of(request.choices, isChosen)) ++counts.total;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto& column = request.columns[i];
            if (std::ranges::all_of(request.choices,
                                    [&](const auto& each) { return each.column == i || isChosen(each); }))
                ++columns[i][bucketOf(column, product.facets[column.column])];
        }
    }
    for (const auto& column : columns) {
        auto& own = counts.columns.emplace_back();
        for (const auto& [value, count] : column)
            own.push_back({value, count});
    }
    return counts;
}

Product randomProduct(std::uint32_t number, std::mt19937& random) {
    Product product;
    product.number = number;
    for (auto count = 1 + random() % 3; count > 0; --count)
        product.words.push_back(kWords[random() % kWords.size()]);
    // Of few values, of prices, and of numbers beyond those that are counted in an array.
    const auto price = static_cast<std::uint32_t>(random() % 5'000);
    product.facets = {static_cast<std::uint32_t>(random() % 4), price,
                      static_cast<std::uint32_t>(random() % 3) * 100'000};
    product.isHere = random() % 3 == 0;
    return product;
}

} // namespace

class TestIndexFacets : public QObject {
    Q_OBJECT

private slots:
    void countsWhatACountOfAllProductsGives();
    void countsNothingInAnEmptyIndex();
};

void TestIndexFacets::countsWhatACountOfAllProductsGives() {
    int compared = 0;
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        std::map<std::uint32_t, Product> products;
        IndexOptions options;
        options.facetCount = kColumns;
        IndexBuilder builder(options);
        for (std::uint32_t i = 0; i < 300; ++i) {
            const auto& product = products[i] = randomProduct(i, random);
            const auto text = product.text();
            const std::string_view texts[] = {text};
            SILTA_INDEX_OK(builder.add({i, i, 0, texts, {}, product.facets}));
        }
        LiveIndex index(*IndexFile::fromBytes(*builder.bytes()));
        for (int round = 0; round < 4; ++round) {
            std::vector<ChangedProduct> changes;
            for (int i = 0; i < 20 && round > 0; ++i) {
                const auto number = static_cast<std::uint32_t>(random() % 320);
                if (random() % 4 == 0) {
                    products.erase(number);
                    changes.push_back({number, 0, 0, {}, {}, {}, true});
                } else {
                    const auto& product = products[number] = randomProduct(number, random);
                    changes.push_back({number, number, 0, {product.text()}, {}, product.facets});
                }
            }
            SILTA_INDEX_OK(index.change(std::move(changes)));
            const Here here(products);
            for (int i = 0; i < 20; ++i) {
                std::vector<std::string> typed;
                std::string text;
                for (auto count = random() % 3; count > 0; --count) {
                    typed.push_back(kWords[random() % kWords.size()]);
                    if (count == 1) typed.back().resize(1 + random() % typed.back().size());
                    text += (text.empty() ? "" : " ") + typed.back();
                }
                FacetRequest request;
                request.columns = {{0, {}}, {1, {100, 1'000, 2'500}}, {2, {}}};
                if (random() % 2 == 0) request.choices.push_back({0, {1, 3}});
                if (random() % 2 == 0) request.choices.push_back({1, {2}});
                if (random() % 4 == 0) request.choices.push_back({2, {200'000}});
                if (random() % 2 == 0) request.filter = &here;
                const auto own = index.countFacets(TypedText::parse(text), request);
                const auto all = countAll(products, typed, request);
                QCOMPARE(own.total, all.total);
                QVERIFY2(own.columns == all.columns, text.c_str());
                ++compared;
            }
        }
    }
    QCOMPARE(compared, 20 * 4 * 20);
}

void TestIndexFacets::countsNothingInAnEmptyIndex() {
    LiveIndex index(indexOf({}));
    FacetRequest request;
    request.columns = {{0, {}}};
    const auto counts = index.countFacets(TypedText::parse("anything"), request);
    QCOMPARE(counts.total, std::uint32_t{0});
    QVERIFY(counts.columns.front().empty());
}

QTEST_APPLESS_MAIN(TestIndexFacets)
#include "tst_index_facets.moc"
