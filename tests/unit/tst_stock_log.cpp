#include "catalog/stock/log.h"

#include <sys/resource.h>

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace silta;

/// A log is followed by others while it is written, and ends where it is damaged.
class StockLogTest : public QObject {
    Q_OBJECT
private slots:
    void bringsBatchesBack();
    void tellsReadersWhatIsNew();
    void beginsAnewForAnotherCatalogue();
    void isReadNoMoreOnceFolded();
    void cutsOffWhatIsDamaged();
    void waitsForARecordThatIsBeingWritten();
    void takesNoFailureForAMissingLog();
};

namespace {

constexpr StockLogKey kKey{42, 0};

StockBatch batchOf(int seq) {
    StockBatch batch;
    batch.positions.push_back({"", seq});
    batch.aisles = {"A1", "B2"};
    for (int i = 0; i < 5; ++i)
        batch.changes.push_back({1 + (seq * 7 + i * 3) % 20, {1 + i, seq + i, 1'000 * seq, i % 3}});
    return batch;
}

struct Log {
    QTemporaryDir dir;
    std::string catalog = dir.filePath("catalog.db").toStdString();
    std::string path = stockLogPath(catalog);
    Log() { std::ofstream{catalog}; } // whose rights the log takes

    [[nodiscard]] std::string bytes() const {
        std::ifstream file(path, std::ios::binary);
        std::stringstream all;
        all << file.rdbuf();
        return all.str();
    }
    void write(const std::string& bytes) const {
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file << bytes;
    }
};

/// Numbers of the batches that a reader has been told, since it last began anew.
struct Follower {
    explicit Follower(const Log& log) : reader(log.catalog) {}
    StockLogReader reader;
    std::vector<std::int64_t> seen;
    StockLogReader::Step step = StockLogReader::Step::Same;

    bool poll(const StockLogKey& key = kKey, bool mayBeAnother = true) {
        const auto result = reader.poll(
            key, mayBeAnother,
            [this](StockLogReader::Step how) {
                if (how == StockLogReader::Step::Anew) seen.clear();
            },
            [this](const StockBatch& batch) { seen.push_back(batch.positions.front().seq); });
        if (result) step = *result;
        return result.has_value();
    }
};

std::vector<std::int64_t> upTo(int last) {
    std::vector<std::int64_t> list;
    for (int i = 1; i <= last; ++i)
        list.push_back(i);
    return list;
}

} // namespace

void StockLogTest::bringsBatchesBack() {
    StockBatch batch = batchOf(3);
    batch.reports = {{4, 5'000}};
    batch.positions.push_back({"north", 7});
    batch.changes.push_back({8, {3, 9, 4'000, 2}});
    batch.changes.push_back({8, {3, 0, 4'500, 0}}); // the last word on the same cell
    const auto back = unpackBatch(packBatch(batch));
    QVERIFY(back.has_value());
    QVERIFY(back->positions == batch.positions);
    QVERIFY(back->aisles == batch.aisles);
    QCOMPARE(back->reports.front().store, 4);
    const auto count = std::ranges::count_if(back->changes, [](const StockBatch::Change& change) {
        return change.product == 8 && change.cell.store == 3;
    });
    QCOMPARE(count, 1);
    for (const auto& change : back->changes)
        if (change.product == 8 && change.cell.store == 3)
            QVERIFY((change.cell == StockCell{3, 0, 4'500, 0}));
    QVERIFY(unpackBatch(packBatch(batch).substr(1)).has_value() == false ||
            unpackBatch(packBatch(batch).substr(1))->positions != batch.positions);
}

void StockLogTest::tellsReadersWhatIsNew() {
    Log log;
    Follower follower(log);
    QVERIFY(follower.poll());
    QVERIFY(follower.seen.empty()); // there is none yet
    auto writer = StockLogWriter::open(log.catalog, kKey);
    QVERIFY(writer.has_value());
    for (int i = 1; i <= 5; ++i) {
        auto batch = batchOf(i);
        QVERIFY(writer->append(batch).has_value());
        QVERIFY(follower.poll(kKey, false));
        QVERIFY(follower.seen == upTo(i));
    }
    QVERIFY(follower.poll(kKey, false));
    QVERIFY(follower.step == StockLogReader::Step::Same);
    auto again = StockLogWriter::open(log.catalog, kKey); // goes on where the last one stopped
    auto batch = batchOf(6);
    QVERIFY(again->append(batch).has_value());
    QVERIFY(follower.poll());
    QVERIFY(follower.step == StockLogReader::Step::More);
    QVERIFY(follower.seen == upTo(6));
}

void StockLogTest::beginsAnewForAnotherCatalogue() {
    Log log;
    auto writer = StockLogWriter::open(log.catalog, kKey);
    auto batch = batchOf(1);
    QVERIFY(writer->append(batch).has_value());
    Follower follower(log);
    QVERIFY(follower.poll({7, 0}));
    QVERIFY(follower.seen.empty());
    QVERIFY(StockLogWriter::open(log.catalog, {7, 0})->isEmpty());
}

void StockLogTest::isReadNoMoreOnceFolded() {
    Log log;
    auto writer = StockLogWriter::open(log.catalog, kKey);
    auto batch = batchOf(1);
    QVERIFY(writer->append(batch).has_value());
    Follower prompt(log), late(log);
    QVERIFY(prompt.poll());
    const StockLogKey folded{42, writer->number()};
    QVERIFY(late.poll(folded)); // the power went before it was begun anew
    QVERIFY(late.seen.empty());
    QVERIFY(writer->restart(LogStart::Sequel).has_value());
    batch = batchOf(2);
    QVERIFY(writer->append(batch).has_value());
    QVERIFY(prompt.poll(folded));
    QVERIFY(prompt.step == StockLogReader::Step::Anew && prompt.reader.isSequel());
    QVERIFY(prompt.seen == std::vector<std::int64_t>{2});
    batch = batchOf(3);
    QVERIFY(writer->append(batch).has_value());
    const StockLogKey next{42, writer->number()};
    QVERIFY(writer->restart(LogStart::Sequel).has_value());
    QVERIFY(prompt.poll(next));
    QVERIFY(!prompt.reader.isSequel()); // it never saw the third
    const StockLogKey last{42, writer->number()};
    QVERIFY(writer->restart(LogStart::Anew).has_value());
    QVERIFY(prompt.poll(last));
    QVERIFY(!prompt.reader.isSequel()); // it saw all, but the rows say more
    batch = batchOf(4);
    QVERIFY(writer->append(batch).has_value());
    QVERIFY(prompt.poll(last));
    const StockLogKey left{42, writer->number()}; // the power goes before it is begun anew
    QVERIFY(StockLogWriter::open(log.catalog, left)->isEmpty());
    QVERIFY(prompt.poll(left));
    QVERIFY(prompt.step == StockLogReader::Step::Anew && !prompt.reader.isSequel());
}

void StockLogTest::cutsOffWhatIsDamaged() {
    Log log;
    std::vector<std::size_t> ends;
    {
        auto writer = StockLogWriter::open(log.catalog, kKey);
        ends.push_back(log.bytes().size());
        for (int i = 1; i <= 6; ++i) {
            auto batch = batchOf(i);
            QVERIFY(writer->append(batch).has_value());
            ends.push_back(log.bytes().size());
        }
    }
    const auto whole = log.bytes();
    std::mt19937 random(5);
    for (int round = 0; round < 400; ++round) {
        auto bytes = whole;
        const auto at = random() % bytes.size();
        if (round % 2 == 0)
            bytes.resize(at);
        else
            bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + random() % 255));
        log.write(bytes);
        int sound = 0; // records wholly before the damage
        while (sound < 6 && ends[static_cast<std::size_t>(sound) + 1] <= at)
            ++sound;
        const auto expected = at < ends[0] ? std::vector<std::int64_t>{} : upTo(sound);
        Follower before(log);
        QVERIFY(before.poll());
        QVERIFY(before.seen == expected);
        auto writer = StockLogWriter::open(log.catalog, kKey);
        QVERIFY(writer.has_value());
        auto batch = batchOf(100);
        QVERIFY(writer->append(batch).has_value());
        auto then = expected;
        then.push_back(100);
        Follower after(log);
        QVERIFY(after.poll());
        QVERIFY(after.seen == then);
        QVERIFY(before.poll());
        QVERIFY(before.seen == then);
    }
}

void StockLogTest::waitsForARecordThatIsBeingWritten() {
    Log log;
    {
        auto writer = StockLogWriter::open(log.catalog, kKey);
        for (int i = 1; i <= 2; ++i) {
            auto batch = batchOf(i);
            QVERIFY(writer->append(batch).has_value());
        }
    }
    const auto whole = log.bytes();
    const auto header = std::size_t{48};
    Follower follower(log);
    for (auto size = header; size <= whole.size(); ++size) {
        std::filesystem::resize_file(log.path, std::min(size, log.bytes().size()));
        std::ofstream(log.path, std::ios::binary | std::ios::in)
            .write(whole.data(), static_cast<std::streamsize>(size));
        QVERIFY(follower.poll(kKey, false));
        QVERIFY(follower.seen.size() <= 2);
        QVERIFY(follower.seen == upTo(static_cast<int>(follower.seen.size())));
    }
    QVERIFY(follower.seen == upTo(2));
}

void StockLogTest::takesNoFailureForAMissingLog() {
    Log log;
    {
        auto writer = StockLogWriter::open(log.catalog, kKey);
        auto batch = batchOf(1);
        QVERIFY(writer->append(batch).has_value());
    }
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none = {0, before.rlim_max}; // no descriptor is left
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
    Follower follower(log);
    const bool isRead = follower.poll();
    const auto writer = StockLogWriter::open(log.catalog, kKey);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
    QVERIFY(!isRead);
    QVERIFY(!writer.has_value() && writer.error().code == Errc::Io);
    QVERIFY(follower.poll());
    QVERIFY(follower.seen == upTo(1));
}

QTEST_GUILESS_MAIN(StockLogTest)
#include "tst_stock_log.moc"
