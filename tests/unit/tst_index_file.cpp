// The index file: what is written is read, and what is damaged is refused or answers without harm.
#include "unit/index_fixture.h"

#include <filesystem>
#include <fstream>
#include <random>

using namespace silta;
using namespace silta::test;

namespace {

std::vector<IndexedProduct> sample() {
    std::vector<IndexedProduct> products;
    const std::vector<std::string> words = {
        "kahvi",  "suodatinkahvi", "kuppi", "punainen", "WH-1000XM4", "\u0447\u0430\u0439",
        "levi's", "1,5 l",         "musta", "lamp"};
    for (std::uint32_t i = 0; i < 200; ++i)
        products.push_back({i + 1, i / 3, words[i % 10] + ' ' + words[i / 10 % 10] + ' ' + words[i * 7 % 10],
                            6'400'000'000'000U + static_cast<std::uint64_t>(i), i * 300});
    return products;
}

const std::vector<std::string> kQueries = {
    "k",      "kahvi",          "kahvj ", "kahvi punaine",       "wh1000",          "64000000",
    "lamppu", "suodatinkuppi ", "levis",  "\u0447\u0430\u0438 ", "mustasssa kuppi "};

/// Asks all that can be asked. Returns the number of hits, so that nothing is left out by the compiler.
std::size_t askEverything(const std::shared_ptr<const IndexFile>& file) {
    IndexFinder finder(file);
    std::size_t hits = 0;
    for (const auto& query : kQueries)
        for (const auto& hit : finder.find(TypedText::parse(query), {50, 50, nullptr}))
            hits += file->product(hit.doc) != 0 && file->rank(hit.doc) < 1'000 ? 1U : 0U;
    for (const auto& hit : finder.browse({50, 50, nullptr}))
        hits += file->facet(0, hit.doc) != 7 ? 1U : 0U;
    return hits;
}

} // namespace

class TestIndexFile : public QObject {
    Q_OBJECT

private slots:
    void readsWhatWasWritten();
    void refusesWhatIsNoIndex();
    void refusesEveryTruncation();
    void survivesAnyChangedByte();
    void survivesManyChangedBytesUnderAValidHeader();
    void survivesTurnedRanges();
    void replacesAFileAtOnceOrNotAtAll();
    void isTheSameWhateverTheOrderOfProducts();
};

void TestIndexFile::readsWhatWasWritten() {
    const auto products = sample();
    const auto file = indexOf(products);
    SILTA_INDEX_OK(file->verify());
    QCOMPARE(file->docCount(), std::uint32_t{200});
    for (std::uint32_t doc = 0; doc < file->docCount(); ++doc) {
        const auto& product = products[file->product(doc) - 1];
        QCOMPARE(file->rank(doc), product.rank);
        QCOMPARE(file->facet(0, doc), product.facet);
        if (doc > 0) QVERIFY(file->rank(doc - 1) <= file->rank(doc));
        QCOMPARE(file->docsOfGtins(product.gtin, product.gtin), std::vector<std::uint32_t>({doc}));
    }
    for (std::uint32_t term = 1; term < file->termCount(); ++term)
        QVERIFY(file->term(term - 1) < file->term(term));
    // Lists and documents say the same.
    const auto& lists = file->header().sections[static_cast<std::size_t>(IndexSection::DocLists)];
    auto entries = lists.bytes / kNumberBytes;
    for (std::uint32_t list = 0; list < file->listCount(); ++list) {
        IndexFile::Documents documents(*file, list);
        do {
            const ListRange own[] = {{list, list + 1}};
            QVERIFY(file->holds(documents.current(), own));
            --entries;
        } while (documents.next());
    }
    QCOMPARE(entries, std::uint64_t{0});
}

void TestIndexFile::refusesWhatIsNoIndex() {
    QTemporaryDir folder;
    const auto path = folder.filePath("index").toStdString();
    QCOMPARE(IndexFile::open(path).error().code, Errc::NotFound);
    std::ofstream(path) << "short";
    QCOMPARE(IndexFile::open(path).error().code, Errc::Corrupt);
    std::ofstream(path) << std::string(100'000, 'x');
    QCOMPARE(IndexFile::open(path).error().code, Errc::Corrupt);
    QCOMPARE(IndexFile::open(folder.path().toStdString()).error().code, Errc::Corrupt);
    auto bytes = indexBytes(sample());
    bytes[offsetof(IndexHeader, version)] = 9;
    QCOMPARE(IndexFile::fromBytes(bytes).error().code, Errc::Unsupported);
}

void TestIndexFile::refusesEveryTruncation() {
    const auto bytes = indexBytes(sample());
    for (std::size_t size = 0; size < bytes.size(); size += size < 1'000 ? 1 : 37)
        QVERIFY(!IndexFile::fromBytes({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}));
}

void TestIndexFile::survivesAnyChangedByte() {
    const auto bytes = indexBytes(sample());
    std::mt19937 random(1);
    std::size_t opened = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        auto changed = bytes;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1U << (random() % 8)));
        auto file = IndexFile::fromBytes(std::move(changed));
        if (!file) continue;
        ++opened;
        // Only what lies between the sections may change unnoticed.
        const auto sections = (*file)->header().sections;
        const bool isInSection = std::ranges::any_of(sections, [at](const auto& place) {
            return at >= place.offset && at < place.offset + place.bytes;
        });
        QCOMPARE((*file)->verify().has_value(), !isInSection);
        askEverything(*file);
    }
    QVERIFY(opened > bytes.size() / 2);
}

void TestIndexFile::survivesManyChangedBytesUnderAValidHeader() {
    const auto bytes = indexBytes(sample());
    for (unsigned seed = 0; seed < 3'000; ++seed) {
        std::mt19937 random(seed);
        auto changed = bytes;
        for (auto count = 1 + random() % 200; count > 0; --count) {
            const auto at = sizeof(IndexHeader) + random() % (bytes.size() - sizeof(IndexHeader));
            changed[at] = static_cast<std::uint8_t>(random() % 3 == 0 ? 0xff : random());
        }
        const auto file = IndexFile::fromBytes(std::move(changed));
        QVERIFY(file.has_value());
        askEverything(*file);
    }
}

/// Ranges that end before they begin, of any table of pairs.
void TestIndexFile::survivesTurnedRanges() {
    const auto bytes = indexBytes(sample());
    constexpr std::array<std::uint8_t, 8> kTurned = {0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0};
    for (std::size_t at = sizeof(IndexHeader); at + kTurned.size() <= bytes.size(); at += 4) {
        auto changed = bytes;
        std::ranges::copy(kTurned, changed.begin() + static_cast<std::ptrdiff_t>(at));
        const auto file = IndexFile::fromBytes(std::move(changed));
        QVERIFY(file.has_value());
        askEverything(*file);
    }
}

void TestIndexFile::replacesAFileAtOnceOrNotAtAll() {
    QTemporaryDir folder;
    const auto path = folder.filePath("index").toStdString();
    auto write = [&](std::uint32_t product) {
        IndexBuilder builder({});
        SILTA_INDEX_OK(builder.add({product, 0, 0, "thing", {}}));
        SILTA_INDEX_OK(builder.write(path));
    };
    write(1);
    const auto before = *IndexFile::open(path);
    { std::ofstream(path + ".new") << "left by a crash"; }
    write(2);
    QVERIFY(!std::filesystem::exists(path + ".new"));
    QCOMPARE(before->product(0), std::uint32_t{1}); // whoever has it open keeps it
    QCOMPARE((*IndexFile::open(path))->product(0), std::uint32_t{2});
    IndexBuilder builder({});
    QVERIFY(!builder.write(folder.filePath("none/index").toStdString()));
}

void TestIndexFile::isTheSameWhateverTheOrderOfProducts() {
    auto products = sample();
    const auto bytes = indexBytes(products);
    std::mt19937 random(3);
    std::ranges::shuffle(products, random);
    QVERIFY(indexBytes(products) == bytes);
}

QTEST_APPLESS_MAIN(TestIndexFile)
#include "tst_index_file.moc"
