// The finder against a scan of all products, on small random catalogues.
#include "unit/index_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace silta;
using namespace silta::test;

namespace {

constexpr std::size_t kAll = 1'000;

/// Optimal string alignment: letters replaced, left out, put in, neighbours swapped.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min(
                {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

bool isWithin(std::string_view typed, std::string_view word, bool isOpen, std::size_t edits) {
    if (!isOpen) return distance(typed, word) <= edits;
    for (std::size_t size = 0; size <= word.size(); ++size)
        if (distance(typed, word.substr(0, size)) <= edits) return true;
    return false;
}

using Product = std::set<std::string>;

/// What the finder promises, by looking at every word of every product.
class Oracle {
public:
    explicit Oracle(const std::vector<IndexedProduct>& products) {
        TextWords text;
        for (const auto& each : products) {
            auto& words = words_.emplace_back();
            text.split(each.text + '\n' + each.department);
            for (const auto word : text.words())
                if (words.emplace(word).second) ++frequencies_[std::string(word)];
        }
    }

    /// Heads of compounds count as words that stand at the end of others.
    [[nodiscard]] bool isHeadOf(std::string_view compound, const std::string& head) const {
        const auto known = frequencies_.find(head);
        if (known == frequencies_.end() || known->second < 3 || head.size() < 4) return false;
        return compound.size() >= head.size() + 3 && compound.ends_with(head);
    }

    template <class Fits>
    bool holds(const Product& product, Fits fits) const {
        return std::ranges::any_of(product, [&](const std::string& word) {
            if (fits(std::string_view(word))) return true;
            for (std::size_t at = 3; at + 4 <= word.size(); ++at)
                if (isHeadOf(word, word.substr(at)) && fits(std::string_view(word).substr(at))) return true;
            return false;
        });
    }

    static bool isExact(const TypedText::Word& typed, std::string_view word) {
        return typed.isOpen ? word.starts_with(typed.text) : word == typed.text;
    }

    /// Whether `word` is what a tier up to `last` takes `typed` for.
    static bool isLike(const TypedText::Word& typed, std::string_view word, FindTier last) {
        if (isExact(typed, word)) return true;
        if (last >= FindTier::Likely && !typed.isOpen && typed.text.size() >= 3 &&
            word.starts_with(typed.text))
            return true;
        if (last >= FindTier::OtherEdits && typed.text.size() >= 4 &&
            isWithin(typed.text, word, typed.isOpen, 1))
            return true;
        if (last >= FindTier::Endings)
            for (std::size_t cut = 1; cut <= 4 && typed.text.size() >= 4 + cut; ++cut)
                if (word.starts_with(typed.text.substr(0, typed.text.size() - cut))) return true;
        return false;
    }

    /// Products that fit with one word relaxed; `all`: with every word relaxed.
    [[nodiscard]] std::set<std::uint32_t> find(const TypedText& typed, FindTier last, bool all) const {
        std::set<std::uint32_t> found;
        for (std::uint32_t i = 0; i < words_.size(); ++i) {
            std::size_t missed = 0;
            bool fits = true;
            for (const auto& word : typed.words) {
                if (holds(words_[i], [&](auto own) { return isExact(word, own); })) continue;
                ++missed;
                fits &= holds(words_[i], [&](auto own) { return isLike(word, own, last); });
            }
            if (fits && (all || missed <= 1)) found.insert(i);
        }
        return found;
    }

private:
    std::vector<Product> words_;
    std::map<std::string, std::size_t> frequencies_;
};

/// Words out of few letters, so that many are like each other.
std::string randomWord(std::mt19937& random) {
    static constexpr std::string_view kLetters = "bkms";
    static constexpr std::string_view kVowels = "ao";
    std::string word;
    const auto size = 2 + random() % 6;
    for (std::size_t i = 0; i < size; ++i)
        word.push_back(i % 2 == 0 ? kLetters[random() % kLetters.size()]
                                  : kVowels[random() % kVowels.size()]);
    return word;
}

std::string mistyped(std::string word, std::mt19937& random) {
    const auto at = random() % word.size();
    switch (random() % 4) {
    case 0:
        word[at] = 'w';
        break;
    case 1:
        word.erase(at, 1);
        break;
    case 2:
        word.insert(at, 1, 'e');
        break;
    default:
        if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
    }
    return word;
}

struct RandomCatalogue {
    std::vector<std::string> vocabulary;
    std::vector<IndexedProduct> products;

    explicit RandomCatalogue(std::mt19937& random) {
        for (std::size_t i = 0; i < 60; ++i)
            vocabulary.push_back(randomWord(random));
        for (std::size_t i = 0; i < 10; ++i)
            vocabulary.push_back(vocabulary[i] + vocabulary[i + 10]);
        const auto count = 1 + random() % 150;
        for (std::uint32_t i = 0; i < count; ++i) {
            IndexedProduct product{i + 1, static_cast<std::uint32_t>(random() % 7), ""};
            for (std::size_t word = 1 + random() % 5; word > 0; --word)
                product.text += vocabulary[random() % vocabulary.size()] + ' ';
            product.gtin = 6'400'000'000'000 + random() % 10'000;
            product.facet = static_cast<std::uint32_t>(random() % 5);
            if (random() % 2 == 0) product.department = vocabulary[random() % vocabulary.size()];
            products.push_back(product);
        }
    }

    [[nodiscard]] std::string query(std::mt19937& random) const {
        std::string text;
        for (std::size_t word = 1 + random() % 3; word > 0; --word) {
            const auto& own = vocabulary[random() % vocabulary.size()];
            if (!text.empty()) text.push_back(' ');
            text += random() % 2 == 0 ? mistyped(own, random) : own;
        }
        if (random() % 2 == 0) return text + ' ';
        return text.substr(0, 1 + random() % text.size());
    }
};

class OneFacet final : public IndexFilter {
public:
    explicit OneFacet(std::uint32_t facet) : facet_(facet) {}
    bool passes(const IndexFile& file, std::uint32_t doc) const override {
        return file.facet(0, doc) == facet_;
    }

private:
    std::uint32_t facet_;
};

std::set<std::uint32_t> productsOf(const IndexFile& file, std::span<const IndexHit> hits) {
    std::set<std::uint32_t> products;
    for (const auto& hit : hits)
        products.insert(file.product(hit.doc) - 1);
    return products;
}

std::vector<std::uint32_t> found(IndexFinder& finder, std::string_view typed, FindOptions options = {}) {
    std::vector<std::uint32_t> products;
    for (const auto& hit : finder.find(TypedText::parse(typed), options))
        products.push_back(finder.file().product(hit.doc) - 100);
    return products;
}

bool isBefore(const IndexHit& a, const IndexHit& b) {
    return a.isBefore(b);
}

using Numbers = std::vector<std::uint32_t>;

} // namespace

class TestIndexFinder : public QObject {
    Q_OBJECT

private slots:
    void findsWhatAScanFinds();
    void cutsWhatComesLastAndNothingElse();
    void dropsRangesAsSetsAre();
    void spellsAsAScanDoes();
    void takesASlipForAWholeWordFirst();
    void filtersAndForgetsAsAScanDoes();
    void findsCodesByTheirBeginning();
    void filtersCodesBeforeItCutsThem();
    void findsAWholeTitleFirst();
    void ordersByRankWithinATier();
    void putsTitlesBeforeDepartments();
    void asksForWholeWordsBehindWholeTitles();
    void takesModelCodesAndQuantitiesAsPeopleWriteThem();
    void findsInflections_data();
    void findsInflections();
    void findsCompoundsByTheirEnd();
    void findsWordsThatAreJoinedOrParted();
    void forgivesTwoMistakesAndAWordTooMany();
    void stopsAtTheTierThatIsEnough();
    void findsNothingInAnEmptyIndex();
};

void TestIndexFinder::findsWhatAScanFinds() {
    int compared = 0;
    for (unsigned seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        const RandomCatalogue catalogue(random);
        const Oracle oracle(catalogue.products);
        const auto file = indexOf(catalogue.products);
        SILTA_INDEX_OK(file->verify());
        IndexFinder finder(file);
        for (int i = 0; i < 50; ++i) {
            const auto query = catalogue.query(random);
            const auto typed = TypedText::parse(query);
            if (typed.words.empty()) continue;
            for (const auto last : {FindTier::Exact, FindTier::OtherEdits, FindTier::Endings}) {
                const auto hits = finder.find(typed, {kAll, kAll, nullptr, last});
                QVERIFY(std::ranges::is_sorted(hits, &isBefore));
                const auto own = productsOf(*file, hits);
                QCOMPARE(own.size(), hits.size());
                const auto strict = oracle.find(typed, last, false);
                const auto loose = oracle.find(typed, last, true);
                const auto context = fmt::format("seed {} tier {} '{}'", seed, static_cast<int>(last), query);
                // Everything that the scan finds with one word relaxed; more only of kinds it does not know
                // (inflections, words joined and parted), and none at all in the exact tier.
                QVERIFY2(std::ranges::includes(own, strict), context.c_str());
                if (last == FindTier::Exact) QVERIFY2(own == strict, context.c_str());
                if (strict.empty() && !loose.empty() && last == FindTier::Endings)
                    QVERIFY2(!own.empty(), context.c_str());
                for (const auto& hit : hits) {
                    if (typed.words.size() > 1) break;
                    if (hit.tier != FindTier::OtherEdits) continue;
                    QVERIFY2(loose.contains(file->product(hit.doc) - 1), context.c_str());
                }
                ++compared;
            }
        }
    }
    QVERIFY(compared > 1'000);
}

void TestIndexFinder::cutsWhatComesLastAndNothingElse() {
    int cut = 0;
    for (unsigned seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        const RandomCatalogue catalogue(random);
        IndexFinder finder(indexOf(catalogue.products));
        for (int i = 0; i < 100; ++i) {
            const auto typed = TypedText::parse(catalogue.query(random));
            const auto every = finder.find(typed, {kAll, kAll, nullptr, FindTier::Exact});
            const std::vector<IndexHit> all(every.begin(), every.end());
            for (const std::size_t limit : {1, 3, 10}) {
                const auto first = finder.find(typed, {limit, limit, nullptr, FindTier::Exact});
                QCOMPARE(first.size(), std::min(limit, all.size()));
                QVERIFY(std::ranges::equal(first, std::span(all).first(first.size())));
                if (first.size() < all.size()) ++cut;
            }
        }
    }
    QVERIFY(cut > 500);
}

void TestIndexFinder::dropsRangesAsSetsAre() {
    constexpr std::uint32_t kNumbers = 40;
    std::mt19937 random(7);
    auto randomRanges = [&] {
        ListRanges ranges;
        for (auto count = random() % 6; count > 0; --count) {
            const auto begin = static_cast<std::uint32_t>(random() % kNumbers);
            ranges.push_back({begin, begin + static_cast<std::uint32_t>(random() % 8)});
        }
        tidyRanges(ranges);
        return ranges;
    };
    auto holds = [](const ListRanges& ranges, std::uint32_t number) {
        return std::ranges::any_of(
            ranges, [&](ListRange range) { return number >= range.begin && number < range.end; });
    };
    for (int i = 0; i < 2'000; ++i) {
        const auto ranges = randomRanges();
        const auto known = randomRanges();
        auto left = ranges;
        dropRanges(left, known);
        for (std::uint32_t number = 0; number < kNumbers + 8; ++number)
            QCOMPARE(holds(left, number), holds(ranges, number) && !holds(known, number));
        auto tidy = left;
        tidyRanges(tidy);
        QCOMPARE(tidy.size(), left.size());
    }
}

void TestIndexFinder::spellsAsAScanDoes() {
    for (unsigned seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        const RandomCatalogue catalogue(random);
        const auto file = indexOf(catalogue.products);
        for (int i = 0; i < 40; ++i) {
            const auto word = mistyped(catalogue.vocabulary[random() % 60] + "k", random);
            const bool isOpen = random() % 2 == 0;
            SpellingRanges ranges;
            findSpellings(*file, word, isOpen, 1, ranges);
            std::set<std::uint32_t> near, whole;
            for (const auto* each : {&ranges.likely, &ranges.other})
                for (const auto range : *each)
                    for (auto term = range.begin; term < range.end; ++term)
                        near.insert(term);
            for (const auto* each : {&ranges.likelyWhole, &ranges.otherWhole})
                for (const auto range : *each)
                    whole.insert(range.begin);
            for (std::uint32_t number = 0; number < file->wordCount(); ++number) {
                const auto term = file->wordTerm(number);
                const auto own = file->term(term);
                QCOMPARE(near.contains(term), isWithin(word, own, isOpen, 1));
                // A letter more is what is still to be typed, no mistake.
                const bool goesOn = own.starts_with(word) && own != word;
                if (isOpen && !goesOn) QCOMPARE(whole.contains(term), distance(word, own) <= 1);
            }
        }
    }
}

void TestIndexFinder::takesASlipForAWholeWordFirst() {
    std::vector<std::string> texts(12, "texskaka");
    texts.emplace_back("texel");
    IndexFinder finder(indexOf(ranked(texts)));
    const auto products = found(finder, "texek"); // of thirteen, and it has the last rank
    QVERIFY(std::ranges::find(products, std::uint32_t{12}) != products.end());
}

void TestIndexFinder::filtersAndForgetsAsAScanDoes() {
    for (unsigned seed = 0; seed < 12; ++seed) {
        std::mt19937 random(seed);
        const RandomCatalogue catalogue(random);
        const Oracle oracle(catalogue.products);
        const auto file = indexOf(catalogue.products);
        IndexFinder finder(file);
        std::vector<std::uint64_t> dead(file->docCount() / 64 + 1);
        std::set<std::uint32_t> gone;
        for (std::uint32_t doc = 0; doc < file->docCount(); ++doc) {
            if (random() % 4 != 0) continue;
            dead[doc / 64] |= 1ULL << (doc % 64);
            gone.insert(file->product(doc) - 1);
        }
        finder.setDead(dead);
        const OneFacet filter(3);
        for (int i = 0; i < 40; ++i) {
            const auto typed = TypedText::parse(catalogue.query(random));
            if (typed.words.empty()) continue;
            auto expected = oracle.find(typed, FindTier::Exact, false);
            std::erase_if(expected, [&](std::uint32_t product) {
                return gone.contains(product) || catalogue.products[product].facet != 3;
            });
            const auto hits = finder.find(typed, {kAll, kAll, &filter, FindTier::Exact});
            QCOMPARE(productsOf(*file, hits), expected);
        }
        std::size_t left = 0;
        for (std::uint32_t product = 0; product < catalogue.products.size(); ++product)
            left += !gone.contains(product) && catalogue.products[product].facet == 3 ? 1U : 0U;
        QCOMPARE(finder.browse({kAll, kAll, &filter}).size(), left);
    }
}

void TestIndexFinder::findsCodesByTheirBeginning() {
    std::mt19937 random(7);
    const RandomCatalogue catalogue(random);
    const auto file = indexOf(catalogue.products);
    IndexFinder finder(file);
    for (int i = 0; i < 300; ++i) {
        auto digits = std::to_string(6'400'000'000'000 + random() % 10'000);
        digits.resize(5 + random() % 9);
        std::set<std::uint32_t> expected;
        for (std::uint32_t product = 0; product < catalogue.products.size(); ++product)
            if (std::to_string(catalogue.products[product].gtin).starts_with(digits))
                expected.insert(product);
        QCOMPARE(productsOf(*file, finder.find(TypedText::parse(digits), {kAll, kAll, nullptr})), expected);
    }
}

void TestIndexFinder::filtersCodesBeforeItCutsThem() {
    std::vector<IndexedProduct> products;
    for (std::uint32_t i = 0; i < 500; ++i)
        products.push_back({i + 100, i, "thing", 6'400'000'000'000U + std::uint64_t{i}, i == 490 ? 3U : 0U});
    IndexFinder finder(indexOf(products));
    const OneFacet filter(3);
    QCOMPARE(found(finder, "64000", {10, 10, &filter}), Numbers({490}));
    QCOMPARE(found(finder, "64000").size(), std::size_t{10});
}

void TestIndexFinder::findsAWholeTitleFirst() {
    std::vector<std::string> texts;
    for (int i = 0; i < 100; ++i)
        texts.push_back(fmt::format("Tea cup {}", i));
    texts.insert(texts.end(), {"Tea", "Cup tea", "Tea cup", "Tea"});
    auto products = ranked(texts);
    for (auto& product : products)
        product.titles = 1;
    IndexFinder finder(indexOf(products));
    QCOMPARE(found(finder, "tea", {2, 2, nullptr}), Numbers({100, 103}));
    QCOMPARE(found(finder, "TEA cup ", {2, 2, nullptr}), Numbers({102, 0}));
    QCOMPARE(found(finder, "te", {1, 1, nullptr}), Numbers({0}));
}

void TestIndexFinder::ordersByRankWithinATier() {
    IndexFinder finder(indexOf(ranked({"pantry", "pan", "panel", "pan lid", "pen"})));
    // A whole word counts for more than the start of another, by a quarter of its place.
    QCOMPARE(found(finder, "pan"), Numbers({0, 1, 2, 3}));
    QCOMPARE(found(finder, "pan ", {10, 2, nullptr}), Numbers({1, 3}));
}

void TestIndexFinder::putsTitlesBeforeDepartments() {
    auto products = ranked({"Mokka", "Pressa", "Kahvi", "Pannu", "Kahvipannu", "Suodatin"});
    for (auto& each : products)
        if (each.text != "Kahvi" && each.text != "Kahvipannu") each.department = "Juomat Kahvi";
    IndexFinder finder(indexOf(products));
    const Numbers all{2, 0, 4, 1, 3, 5};
    QCOMPARE(found(finder, "kahvi"), all);
    QCOMPARE(found(finder, "kah"), all);
    QCOMPARE(found(finder, "juomat kahvi "), (Numbers{0, 1, 3, 5}));
    FindOptions options;
    options.isExact = true;
    options.lastTier = FindTier::Exact;
    QCOMPARE(found(finder, "kahvi ", options), Numbers{2});
    // As many as are wanted, and still the title first.
    QCOMPARE(found(finder, "kahvi", {2, 2}), (Numbers{2, 0}));
    // A slip does not make the department count for more.
    QCOMPARE(found(finder, "kahwi"), all);
    // What is far more popular comes first though its department says it.
    std::vector<std::string> many(40, "Mokka");
    many.push_back("Kahvi");
    products = ranked(many);
    for (auto& each : products)
        if (each.text == "Mokka") each.department = "Kahvi";
    IndexFinder popular(indexOf(products));
    QCOMPARE(found(popular, "kahvi").front(), 0U);
    QCOMPARE(found(popular, "kahvi")[4], 40U);
}

// Of those that are left to find behind whole titles, compounds took the places of whole words.
void TestIndexFinder::asksForWholeWordsBehindWholeTitles() {
    std::vector<std::string> texts = {"Milch", "Milch", "Milch"};
    texts.insert(texts.end(), 8, "Buttermilch");
    texts.insert(texts.end(), 10, "Frische Milch");
    auto products = ranked(texts);
    for (auto& each : products)
        each.titles = 1;
    IndexFinder finder(indexOf(products));
    FindOptions options;
    options.isExact = true;
    QCOMPARE(found(finder, "milch ", options), (Numbers{0, 1, 2, 11, 12, 13, 14, 15, 16, 17}));
    options.isExact = false;
    const auto mixed = found(finder, "milch ", options);
    QVERIFY(std::ranges::count_if(mixed, [](auto product) { return product >= 11; }) >= 2);
}

void TestIndexFinder::takesModelCodesAndQuantitiesAsPeopleWriteThem() {
    IndexFinder finder(
        indexOf(ranked({"Sony WH-1000XM4 black", "Sony WH-1000 XM5", "Cola 1,5 l", "Cola 0.33l", "Levi's 501",
                        "L'Oréal crème", "Boots 42.5", "Cable 15 l"})));
    const FindOptions exact{10, 10, nullptr, FindTier::Exact};
    QCOMPARE(found(finder, "wh1000xm4", exact), Numbers({0}));
    QCOMPARE(found(finder, "WH-1000XM4", exact), Numbers({0}));
    QCOMPARE(found(finder, "wh1000x", exact), Numbers({0, 1}));
    QCOMPARE(found(finder, "wh 1000 xm", exact), Numbers({0, 1}));
    QCOMPARE(found(finder, "cola 1.5l", exact), Numbers({2}));
    QCOMPARE(found(finder, "1,5 l", exact), Numbers({2}));
    QCOMPARE(found(finder, "0,33 l", exact), Numbers({3}));
    QCOMPARE(found(finder, "42,5", exact), Numbers({6}));
    QCOMPARE(found(finder, "levis", exact), Numbers({4}));
    QCOMPARE(found(finder, "levi's ", exact), Numbers({4}));
    QCOMPARE(found(finder, "levi", exact), Numbers({4}));
    QCOMPARE(found(finder, "loreal", exact), Numbers({5}));
    QCOMPARE(found(finder, "l\u2019or\u00e9al", exact), Numbers({5}));
    QCOMPARE(found(finder, "oreal", exact), Numbers({5}));
}

void TestIndexFinder::findsInflections_data() {
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("typed");
    QTest::newRow("en plural") << "wooden chair"
                               << "chairs ";
    QTest::newRow("fi genitive") << "musta kattila"
                                 << "mustan kattilan ";
    QTest::newRow("fi inessive") << "musta kattila"
                                 << "kattilassa ";
    QTest::newRow("sv definite") << "röd lampa"
                                 << "lampan ";
    QTest::newRow("sv plural") << "röd lampa"
                               << "lampor ";
    QTest::newRow("pl plural") << "czarna koszula"
                               << "koszule ";
    QTest::newRow("pl genitive") << "czarny młotek duży"
                                 << "dużego ";
    QTest::newRow("the catalogue has the longer form") << "red chairs"
                                                       << "chair ";
}

void TestIndexFinder::findsInflections() {
    QFETCH(QString, title);
    QFETCH(QString, typed);
    IndexFinder finder(indexOf(ranked({"something else", title.toStdString(), "nothing"})));
    QCOMPARE(found(finder, typed.toStdString()), Numbers({1}));
}

void TestIndexFinder::findsCompoundsByTheirEnd() {
    IndexFinder finder(indexOf(ranked({"Suodatinkahvi", "Tumma kahvi", "Kahvi", "Kahvi papu", "Kaakao"})));
    const FindOptions exact{10, 10, nullptr, FindTier::Exact};
    auto products = found(finder, "kahvi", exact);
    std::ranges::sort(products);
    QCOMPARE(products, Numbers({0, 1, 2, 3}));
    QVERIFY(found(finder, "suodatin kahvi ").front() == 0);

    // Letters whose bytes have the highest bit set, among those that have not.
    IndexFinder mixed(indexOf(ranked({"Кофемолка", "Suodatinkahvi", "Kahvi", "Молка", "Teevati", "Vati"})));
    products = found(mixed, "молка");
    std::ranges::sort(products);
    QCOMPARE(products, Numbers({0, 3}));
    products = found(mixed, "kahvi");
    std::ranges::sort(products);
    QCOMPARE(products, Numbers({1, 2}));
}

void TestIndexFinder::findsWordsThatAreJoinedOrParted() {
    IndexFinder finder(indexOf(ranked({"Coca Cola", "Pepsi Max", "Dishwasher salt"})));
    QCOMPARE(found(finder, "cocacola"), Numbers({0}));
    QCOMPARE(found(finder, "dish washer salt "), Numbers({2}));
}

void TestIndexFinder::forgivesTwoMistakesAndAWordTooMany() {
    IndexFinder finder(indexOf(ranked({"Refrigerator white", "Washing machine", "Toaster"})));
    QCOMPARE(found(finder, "refridgerater "), Numbers({0}));
    QCOMPARE(found(finder, "toaster zzz "), Numbers({2}));
}

void TestIndexFinder::stopsAtTheTierThatIsEnough() {
    std::vector<std::string> texts(20, "lamp");
    texts.emplace_back("lamb");
    IndexFinder finder(indexOf(ranked(texts)));
    QCOMPARE(found(finder, "lamp ", {30, 10, nullptr}).size(), std::size_t{20});
    QCOMPARE(found(finder, "lamp ", {30, 30, nullptr}).size(), std::size_t{21});
    QCOMPARE(found(finder, "lamp ", {5, 5, nullptr}), Numbers({0, 1, 2, 3, 4}));
}

void TestIndexFinder::findsNothingInAnEmptyIndex() {
    IndexFinder finder(indexOf({}));
    QVERIFY(found(finder, "anything at all").empty());
    QVERIFY(found(finder, "12345").empty());
    QVERIFY(finder.browse({}).empty());
}

QTEST_APPLESS_MAIN(TestIndexFinder)
#include "tst_index_finder.moc"
