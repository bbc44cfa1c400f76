#include "catalog/fold.h"
#include "unit/catalog_fixture.h"

#include <set>

using namespace silta;
using namespace silta::test;

class CatalogSearchTest : public QObject {
    Q_OBJECT
private slots:
    void equalsAScanOfAllProducts_data();
    void equalsAScanOfAllProducts();
    void finds_data();
    void finds();
    void putsTheBestFirst();
    void putsWhatIsHereFirst();
    void ranksTheExactLetterFirst();
    void ranksTheOwnLanguageFirst();
    void guessesOnlyWhereNothingIsMeantSo();
    void guessesAtNoOtherLanguageThanTheWordsOwn();
    void answersEverydayWords_data();
    void answersEverydayWords();
    void findsAWholeWordAmongManyBeginnings();
    void findsACodeThatLooksLikeAnything();
    void browsesByDepartmentAndShelf();
    void foldsVariantsIntoOneCard();
    void followsUpdatesAndRemovals();
    void refusesTextsBeyondTheLimit();
    void survivesHostileText_data();
    void survivesHostileText();
    void clampsTheLimit();
};

namespace {

std::vector<std::string> skusOf(const Result<std::vector<ProductCard>>& cards) {
    std::vector<std::string> skus;
    if (!cards) return {"error: " + cards.error().what};
    for (const auto& card : *cards)
        skus.push_back(card.sku);
    return skus;
}

QString joined(const std::vector<std::string>& skus) {
    QStringList list;
    for (const auto& sku : skus)
        list << QString::fromStdString(sku);
    return list.join(' ');
}

/// The rule in its plainest form: each word is one of the product's words, the last one a beginning of one
/// unless a space ends it.
bool matches(const ProductRecord& product, const std::string& query) {
    std::string all = product.brand + " " + product.sku;
    for (const auto& text : product.texts)
        all += " " + text.title + " " + text.color + " " + text.size + " " + text.department;
    const auto folded = foldText(all);
    const auto own = wordsOf(folded);
    const auto foldedQuery = foldText(query);
    const auto words = wordsOf(foldedQuery);
    if (words.empty()) return false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool last = i + 1 == words.size() && query.back() != ' ';
        const auto fits = [&](std::string_view word) {
            return last ? word.starts_with(words[i]) : word == words[i];
        };
        if (std::ranges::none_of(own, fits)) return false;
    }
    return true;
}

const std::vector<std::string> kWords = {"Kahvi", "Kaffe",  "Coffee", "cup",   "Cupboard", "mélange",
                                         "Łyżka", "steel",  "Straße", "0,75",  "l",        "330ml",
                                         "牛奶",  "МОЛОКО", "blå",    "blue",  "A4",       "o'neal",
                                         "C3PO",  "cof",    "x",      "Åland", "ß",        "12"};

} // namespace

void CatalogSearchTest::equalsAScanOfAllProducts_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void CatalogSearchTest::equalsAScanOfAllProducts() {
    QFETCH(int, seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    const auto anyWord = [&] { return kWords[random() % kWords.size()]; };
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    std::vector<ProductRecord> products;
    std::set<std::string> here;
    const char* departments[] = {"Home > Kitchen", "Home", "Food > Dairy", ""};
    for (int i = 0; i < 120; ++i) {
        auto record =
            product("s" + std::to_string(i) + "x", anyWord() + " " + anyWord(), departments[random() % 4]);
        if (random() % 2 == 0) record.texts.push_back(text("fi", anyWord() + "-" + anyWord()));
        if (random() % 3 == 0) record.brand = anyWord();
        if (random() % 3 == 0) record.texts[0].color = anyWord();
        record.rating.count = static_cast<std::int32_t>(random() % 40);
        SILTA_OK(writer->putProduct(record));
        if (random() % 4 == 0) {
            const auto stock = cell(record.sku, "1", 1);
            SILTA_OK(writer->putStock(record.sku, std::span(&stock, 1)));
            here.insert(record.sku);
        }
        products.push_back(std::move(record));
    }
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    std::map<std::string, std::int64_t> roots;
    const auto departmentsNow = reader->departments("en");
    for (const auto& department : *departmentsNow)
        roots[department.title] = department.id;
    int found = 0;
    for (int round = 0; round < 300; ++round) {
        std::string query = anyWord();
        if (random() % 2 == 0) query += " " + anyWord();
        auto size = 1 + random() % query.size();
        while (size < query.size() && (query[size] & 0xc0) == 0x80)
            ++size;
        query.resize(size);
        SearchQuery ask{query, "en", kSearchLimitMax, 0, random() % 3 == 0};
        std::string root;
        if (random() % 3 == 0) {
            root = random() % 2 == 0 ? "Home" : "Food";
            ask.department = roots[root];
        }
        std::set<std::string> expected;
        bool anywhere = false;
        for (const auto& record : products) {
            if (!matches(record, query)) continue;
            const bool inRoot = root.empty() || record.texts[0].department.starts_with(root);
            if (inRoot && (!ask.hereOnly || here.contains(record.sku))) expected.insert(record.sku);
            anywhere = true;
        }
        const auto cards = reader->search(ask);
        SILTA_OK(cards);
        std::set<std::string> skus;
        for (const auto& card : *cards)
            skus.insert(card.sku);
        QCOMPARE(skus.size(), cards->size()); // none twice
        if (!anywhere) continue;
        // What was typed comes first; where that is little, words that are like it follow.
        QVERIFY2(cards->size() >= expected.size(), query.c_str());
        skus.clear();
        for (const auto& card : std::span(*cards).first(expected.size()))
            skus.insert(card.sku);
        if (skus != expected)
            QFAIL(qPrintable(QString("\"%1\": %2 instead of %3")
                                 .arg(query.c_str())
                                 .arg(skus.size())
                                 .arg(expected.size())));
        found += static_cast<int>(expected.size());
    }
    QVERIFY(found > 500);
}

void CatalogSearchTest::finds_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("skus");
    const auto row = [](const char* name, const char* query, const char* skus) {
        QTest::newRow(name) << QString::fromUtf8(query) << QString(skus);
    };
    row("one word", "kettle", "kettle");
    row("beginning", "ket", "kettle");
    row("other case and marks", "KAHVINKEITIN", "maker");
    row("without marks", "lyzka", "spoon");
    row("with marks", "łyżka", "spoon");
    row("any order", "steel kettle", "kettle");
    row("word of another language", "vedenkeitin", "kettle");
    row("brand", "brabant", "kettle");
    row("colour", "petrol", "kettle");
    row("department", "cutlery", "spoon");
    row("decimal comma", "0,75 l", "wine");
    row("decimal point without space", "0.75l", "wine");
    row("sku", "KT-55/b", "kettle");
    row("sku in other letters", "kt-55", "kettle");
    row("gtin of 13", "6430012345679", "maker");
    row("gtin of 14", "06430012345679", "maker");
    row("beginning of a gtin", "64300123", "maker");
    row("digits of a sku", "100200300", "100200300");
    row("beginning of such a sku", "100200", "100200300");
    row("no such word", "qqqqq", "");
    row("one word of two unknown", "kettle qqqqq", "kettle");
    row("chinese", "牛奶", "milk");
    row("chinese beginning", "牛", "milk");
    row("cyrillic", "молоко", "milk");
    row("one letter wrong", "kettel", "kettle");
    row("one letter missing", "ketle", "kettle");
    row("one letter too many", "ketttle", "kettle");
    row("first letter wrong", "jettle", "kettle");
    row("two letters swapped at the end", "brabnat", "kettle");
    row("mistyped beginning", "brabbn", "kettle");
    row("two letters wrong", "jettla", "");
    row("short words are not guessed", "kep", "");
    row("last part of a compound", "keitin", "kettle maker");
    row("mistyped and right", "steel ketle", "kettle");
    row("signs only", "\"*\" -- ()", "");
}

void CatalogSearchTest::finds() {
    QFETCH(QString, query);
    QFETCH(QString, skus);
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    auto kettle = product("kettle", "Steel kettle");
    kettle.sku = "KT-55/b";
    kettle.brand = "Brabant";
    kettle.texts[0].color = "petrol";
    kettle.texts.push_back(text("fi", "Vedenkeitin"));
    auto maker = product("maker", "Coffee maker");
    maker.texts.push_back(text("fi", "Kahvinkeitin"));
    maker.gtin = gtinOf("643001234567");
    auto milk = product("milk", "牛奶");
    milk.texts.push_back(text("ru", "Молоко"));
    for (const auto& record : {kettle, maker, milk, product("spoon", "Łyżka", "Kitchen > Cutlery"),
                               product("wine", "Red wine 0.75 l"), product("100200300", "Batteries")})
        SILTA_OK(writer->putProduct(record));
    SILTA_OK(writer->finish());
    auto found = skusOf(catalog.reader()->search({query.toStdString(), "en", 20, 0, false}));
    for (auto& sku : found)
        if (sku == "KT-55/b") sku = "kettle";
    std::ranges::sort(found);
    QCOMPARE(joined(found), skus);
}

void CatalogSearchTest::putsTheBestFirst() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    auto elsewhere = product("elsewhere", "Something");
    elsewhere.texts.push_back(text("fi", "Milk"));
    elsewhere.rating.count = 1'000'000;
    auto brand = product("brand", "Shake");
    brand.brand = "Milk";
    auto popular = product("popular", "Milk powder");
    popular.rating.count = 500;
    for (const auto& record :
         {elsewhere, brand, product("prefix", "Milkshake"), product("inside", "Oat milk"),
          product("starts", "Milk chocolate"), popular, product("same", "MILK")})
        SILTA_OK(writer->putProduct(record));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QCOMPARE(joined(skusOf(reader->search({"milk", "en", 20, 0, false}))),
             QString("same popular starts inside prefix brand elsewhere"));
    QCOMPARE(joined(skusOf(reader->search({"milk", "fi", 20, 0, false}))).section(' ', 0, 1),
             QString("elsewhere same"));
    QCOMPARE(reader->search({"milk", "fi", 20, 0, false})->front().title.c_str(), "Milk");
}

void CatalogSearchTest::putsWhatIsHereFirst() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    SILTA_OK(writer->putStore(store("2")));
    for (int i = 0; i < 700; ++i)
        SILTA_OK(writer->putProduct(product("p" + std::to_string(i), "Pan model")));
    for (const char* sku : {"p5", "p690"}) {
        const auto stock = cell(sku, "1", 5);
        SILTA_OK(writer->putStock(sku, std::span(&stock, 1)));
    }
    const auto other = cell("p6", "2", 5);
    SILTA_OK(writer->putStock("p6", std::span(&other, 1)));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader("1");
    QCOMPARE(joined(skusOf(reader->search({"pan", "en", 3, 0, false}))), QString("p5 p0 p1"));
    QCOMPARE(joined(skusOf(reader->search({"pan", "en", 9, 0, true}))), QString("p5 p690"));
    // Once the home store's shelf is known, what lies far down the list is found too.
    QCOMPARE(joined(skusOf(reader->search({"pan", "en", 3, 0, false}))), QString("p5 p690 p0"));
    QCOMPARE(joined(skusOf(catalog.reader("2")->search({"pan", "en", 2, 0, false}))), QString("p6 p0"));
    QCOMPARE(reader->search({"pan", "en", 1, 0, false})->front().here, Availability::InStock);
}

void CatalogSearchTest::browsesByDepartmentAndShelf() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putStore(store("1")));
    for (int i = 0; i < 10; ++i)
        SILTA_OK(writer->putProduct(product("a" + std::to_string(i), "Thing", i < 4 ? "A > B" : "C")));
    const auto stock = cell("a2", "1", 1);
    SILTA_OK(writer->putStock("a2", std::span(&stock, 1)));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto departments = *reader->departments("en");
    QCOMPARE(departments.size(), std::size_t{2});
    QVERIFY(departments[1].title == "A");
    QCOMPARE(reader->search({"", "en", 200, departments[1].id, false})->size(), std::size_t{4});
    QCOMPARE(reader->search({"  ", "en", 200, departments[0].id, false})->size(), std::size_t{6});
    QCOMPARE(reader->search({"", "en", 200, 0, false})->size(), std::size_t{10});
    QCOMPARE(joined(skusOf(reader->search({"", "en", 200, 0, true}))), QString("a2"));
    QCOMPARE(reader->search({"thing", "en", 200, departments[1].id, false})->size(), std::size_t{4});
    QVERIFY(reader->search({"", "en", 200, 12'345, false})->empty());
    QVERIFY(reader->search({"", "en", 200, -1, false})->empty());
    QCOMPARE(joined(skusOf(reader->search({"a7", "en", 5, departments[1].id, false}))), QString(""));
}

void CatalogSearchTest::ranksTheOwnLanguageFirst() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("broth", "Broth")));
    auto bread = product("bread", "");
    bread.texts = {text("sv", "Grovbrot")};
    SILTA_OK(writer->putProduct(bread));
    for (const auto* title : {"Brot", "Brot fin", "Brot grov"}) {
        auto other = product(title, "");
        other.texts = {text("sv", title)};
        SILTA_OK(writer->putProduct(other));
    }
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    const auto inSwedish = joined(skusOf(reader->search({"brot", "sv"})));
    QVERIFY2(inSwedish.indexOf("bread") < inSwedish.indexOf("broth"), qPrintable(inSwedish));
    const auto inEnglish = joined(skusOf(reader->search({"brot", "en"})));
    QVERIFY2(inEnglish.indexOf("broth") < inEnglish.indexOf("bread"), qPrintable(inEnglish));
}

void CatalogSearchTest::findsAWholeWordAmongManyBeginnings() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (int i = 0; i < 500; ++i)
        SILTA_OK(writer->putProduct(product("p" + std::to_string(i), "Risotto")));
    SILTA_OK(writer->putProduct(product("rice", "Basmati ris långkornigt i påse")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QCOMPARE(reader->search({"ris", "en"})->front().sku, std::string("rice"));
    QCOMPARE(reader->search({"ris", "en"})->size(), std::size_t{20});
}

void CatalogSearchTest::guessesOnlyWhereNothingIsMeantSo() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("coffee", "Tumma kahvi")));
    SILTA_OK(writer->putProduct(product("caviar", "Kaviaari")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QCOMPARE(joined(skusOf(reader->search({"kahvi", "en"}))), QString("coffee"));
    QCOMPARE(joined(skusOf(reader->search({"kahvia", "en"}))).indexOf("coffee"), 0);
    QCOMPARE(joined(skusOf(reader->search({"kaviasri", "en"}))), QString("caviar"));
}

void CatalogSearchTest::guessesAtNoOtherLanguageThanTheWordsOwn() {
    const TemporaryCatalog catalog;
    auto writer = catalog.create();
    const auto put = [&](const char* sku, const char* lang, const char* title) {
        auto own = product(sku, "");
        own.texts = {text(lang, title)};
        SILTA_OK(writer->putProduct(own));
    };
    put("break", "en", "Time out");
    put("beer", "fi", "Alkoholiton olut");
    put("coffee", "en", "Café Peru");
    put("flour", "fi", "Perunajauhot");
    put("salad", "fi", "Perusalaatti");
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QCOMPARE(joined(skusOf(reader->search({"olut", "fi"}))), QString("beer"));
    QCOMPARE(joined(skusOf(reader->search({"peruna", "fi"}))), QString("flour salad"));
    // Who reads English may mean either, but no third thing in Finnish.
    QCOMPARE(joined(skusOf(reader->search({"olut", "en"}))), QString("beer break"));
    QCOMPARE(joined(skusOf(reader->search({"peruna", "en"}))), QString("flour coffee"));
}

void CatalogSearchTest::answersEverydayWords_data() {
    QTest::addColumn<QString>("lang");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first"); ///< the skus, in their order; more may follow
    QTest::addColumn<QString>("never");
    QTest::newRow("and the department after it") << "en"
                                                 << "coffee"
                                                 << "coffee-1 coffee-2 filter"
                                                 << "";
    QTest::newRow("begun") << "en"
                           << "coff"
                           << "coffee-1 coffee-2 filter"
                           << "";
    QTest::newRow("a whole word before a compound") << "de"
                                                    << "milch"
                                                    << "milk-1 milk-2"
                                                    << "";
    QTest::newRow("a whole word before a beginning") << "de"
                                                     << "brot"
                                                     << "bread spread"
                                                     << "";
    QTest::newRow("no spice for a cucumber") << "fi"
                                             << "kurkku"
                                             << "cucumber"
                                             << "turmeric";
    QTest::newRow("forms of the word") << "fi"
                                       << "kahvi"
                                       << "brew cup"
                                       << "caviar";
    QTest::newRow("the letter that was typed") << "sv"
                                               << "\u00e4pple"
                                               << "apple-sv apple-en"
                                               << "";
    QTest::newRow("a letter that keyboards lack") << "pl"
                                                  << "sok"
                                                  << "juice-pl"
                                                  << "";
    QTest::newRow("earlier in the title") << "sv"
                                          << "ost"
                                          << "cheese-1 cheese-2"
                                          << "";
    QTest::newRow("still forgiven") << "en"
                                    << "cofee"
                                    << "coffee-1"
                                    << "";
}

void CatalogSearchTest::answersEverydayWords() {
    static const TemporaryCatalog kCatalog;
    static const bool kIsFilled = [] {
        auto writer = kCatalog.create();
        const auto put = [&](const char* sku, const char* lang, const char* title, const char* department) {
            auto own = product(sku, "");
            own.texts = {text(lang, title)};
            own.texts.front().department = department;
            return writer->putProduct(own).has_value();
        };
        return put("filter", "en", "Moelleux", "Drinks > Coffee") &&
               put("coffee-1", "en", "Coffee", "Drinks > Hot") &&
               put("coffee-2", "en", "Instant Coffee Gold", "Drinks > Hot") &&
               put("buttermilk-1", "de", "Buttermilch", "") && put("buttermilk-2", "de", "Kokosmilch", "") &&
               put("buttermilk-3", "de", "Hafermilch", "") && put("milk-1", "de", "Milch", "") &&
               put("milk-2", "de", "Frische Milch vom Berg", "") &&
               put("spread", "de", "Brotaufstrich", "") && put("bread", "de", "Brot aus dem Ofen", "") &&
               put("cucumber", "fi", "Kurkku", "") && put("turmeric", "en", "Kurkuma", "") &&
               put("caviar", "en", "Kavia", "") && put("cup", "fi", "Kahvikuppi", "") &&
               put("brew", "fi", "Tumma kahvi", "") && put("apple-en", "en", "Apple", "") &&
               put("apple-sv", "sv", "Dryck med \u00e4pple", "") &&
               put("juice-pl", "pl", "Sok jab\u0142kowy", "") && put("sock", "en", "Socks", "") &&
               put("cheese-2", "sv", "Riven ost", "") && put("cheese-1", "sv", "Ost riven", "") &&
               writer->finish().has_value();
    }();
    QVERIFY(kIsFilled);
    QFETCH(QString, lang);
    QFETCH(QString, typed);
    QFETCH(QString, first);
    QFETCH(QString, never);
    const auto skus = joined(skusOf(kCatalog.reader()->search({typed.toStdString(), lang.toStdString()})));
    QVERIFY2(skus.startsWith(first), qPrintable(skus));
    QVERIFY2(never.isEmpty() || !skus.contains(never), qPrintable(skus));
}

void CatalogSearchTest::ranksTheExactLetterFirst() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("dotless", "Oljy 1 l")));
    SILTA_OK(writer->putProduct(product("dotted", "Öljy 1 l")));
    SILTA_OK(writer->finish());
    QCOMPARE(joined(skusOf(catalog.reader()->search({"öljy", "fi", 10, 0, false}))),
             QString("dotted dotless"));
}

void CatalogSearchTest::findsACodeThatLooksLikeAnything() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (int i = 0; i < 200; ++i)
        SILTA_OK(writer->putProduct(product("p" + std::to_string(i), "Coffee 500 g")));
    SILTA_OK(writer->putProduct(product("500", "Kettle")));
    SILTA_OK(writer->finish());
    QCOMPARE(catalog.reader()->search({"500", "en", 10, 0, false})->front().sku, std::string("500"));
}

void CatalogSearchTest::foldsVariantsIntoOneCard() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (int i = 0; i < 600; ++i) {
        auto record = product("v" + std::to_string(i), "Shirt");
        record.group = "g" + std::to_string(i / 60);
        record.texts[0].color = i % 2 == 0 ? "red" : "blue";
        SILTA_OK(writer->putProduct(record));
    }
    SILTA_OK(writer->finish());
    const auto cards = catalog.reader()->search({"shirt", "en", 10, 0, false});
    SILTA_OK(cards);
    QCOMPARE(cards->size(), std::size_t{10}); // not only the groups of the first few hundred rows
    QCOMPARE(cards->front().variants, 60);
    QVERIFY(catalog.reader()->search({"shirt blue", "en", 10, 0, false})->front().sku == "v1");
}

void CatalogSearchTest::followsUpdatesAndRemovals() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (int i = 0; i < 50; ++i)
        SILTA_OK(writer->putProduct(product("p" + std::to_string(i), "Common old title")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    auto live = std::move(*CatalogWriter::open(catalog.path));
    SILTA_OK(live->begin());
    auto renamed = product("p7", "Renamed zebra");
    SILTA_OK(live->putProduct(product("p7", "Short-lived name")));
    SILTA_OK(live->putProduct(renamed));
    auto popular = product("p8", "Common old title");
    popular.rating.count = 900; // moves within the index
    SILTA_OK(live->putProduct(popular));
    SILTA_OK(live->removeProduct("p9"));
    SILTA_OK(live->removeProduct("p10"));
    SILTA_OK(live->putProduct(product("p10", "Back again")));
    SILTA_OK(live->removeProduct("no such"));
    SILTA_OK(live->commit());
    QCOMPARE(joined(skusOf(reader->search({"zebra", "en", 200, 0, false}))), QString("p7"));
    QCOMPARE(joined(skusOf(reader->search({"zebar", "en", 200, 0, false}))), QString("p7"));
    QVERIFY(reader->search({"lived", "en", 200, 0, false})->empty());
    QCOMPARE(joined(skusOf(reader->search({"again", "en", 200, 0, false}))), QString("p10"));
    const auto common = skusOf(reader->search({"common", "en", 200, 0, false}));
    QCOMPARE(common.size(), std::size_t{47});
    QVERIFY(common.front() == "p8");
    SILTA_OK(live->begin());
    SILTA_OK(live->putProduct(product("p8", "Common old title")));
    SILTA_OK(live->removeProduct("p7"));
    SILTA_OK(live->commit());
    QVERIFY(reader->search({"zebra", "en", 200, 0, false})->empty());
    QCOMPARE(reader->search({"common", "en", 200, 0, false})->size(), std::size_t{47});
}

void CatalogSearchTest::refusesTextsBeyondTheLimit() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("a", "aaa")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QVERIFY(reader->search({std::string(kQueryBytesMax, 'a'), "en", 5, 0, false}).has_value());
    const auto beyond = reader->search({std::string(kQueryBytesMax + 1, 'a'), "en", 5, 0, false});
    QCOMPARE(beyond.error().code, Errc::Limit);
    QCOMPARE(reader->search({std::string(1 << 20, '"'), "en", 5, 0, false}).error().code, Errc::Limit);
}

void CatalogSearchTest::survivesHostileText_data() {
    QTest::addColumn<QByteArray>("query");
    const QByteArray queries[] = {"\"",
                                  "*",
                                  "\"\"\"",
                                  "NEAR(",
                                  "NEAR(milk shake, 2)",
                                  "milk AND",
                                  "milk OR NOT",
                                  "words : milk",
                                  "{words} : milk",
                                  "-milk",
                                  "^milk",
                                  "milk + shake",
                                  "mi*lk*",
                                  "');DROP TABLE products;--",
                                  "\\",
                                  "%_",
                                  QByteArray("\0milk\0", 6),
                                  QByteArray(1, '\0'),
                                  "\xff\xfe\xfd",
                                  "\uE0000",
                                  "\uE0001 \uE0002",
                                  QByteArray(256, '('),
                                  QByteArray("a ").repeated(128),
                                  QByteArray("abcdefgh ").repeated(28),
                                  QByteArray("\xcc\x81").repeated(128),
                                  "99999999999999999999",
                                  "00000000000000",
                                  "-1"};
    int number = 0;
    for (const auto& query : queries)
        QTest::addRow("query %d", number++) << query;
}

void CatalogSearchTest::survivesHostileText() {
    QFETCH(QByteArray, query);
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    SILTA_OK(writer->putProduct(product("milk-1", "Milk shake", "Food > Dairy")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    for (const bool here : {false, true}) {
        const auto cards = reader->search({query.toStdString(), "en", 5, 0, here});
        SILTA_OK(cards);
        QVERIFY(cards->size() <= 1);
    }
    QCOMPARE(reader->search({"milk", "en", 5, 0, false})->size(), std::size_t{1});
}

void CatalogSearchTest::clampsTheLimit() {
    TemporaryCatalog catalog;
    auto writer = catalog.create();
    for (int i = 0; i < 300; ++i)
        SILTA_OK(writer->putProduct(product("p" + std::to_string(i), "Pan")));
    SILTA_OK(writer->finish());
    auto reader = catalog.reader();
    QCOMPARE(reader->search({"pan", "en", -5, 0, false})->size(), std::size_t{1});
    QCOMPARE(reader->search({"pan", "en", 1'000'000, 0, false})->size(),
             static_cast<std::size_t>(kSearchLimitMax));
}

QTEST_GUILESS_MAIN(CatalogSearchTest)
#include "tst_catalog_search.moc"
