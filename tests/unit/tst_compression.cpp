#include "net/compression.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

class TestCompression : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char* name) const { return (folder_.path() + "/" + name).toStdString(); }
    static void write(const std::string& path, const QByteArray& bytes) {
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static QByteArray read(const std::string& path) {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray sample() {
        QByteArray bytes;
        for (int i = 0; i < 100'000; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        return bytes;
    }

private slots:
    void roundTripsInMemory() {
        const auto bytes = sample().toStdString();
        const auto frame = compressLines(bytes);
        QVERIFY(frame.has_value());
        QVERIFY(frame->size() < bytes.size() / 3);
        QCOMPARE(*decompress(*frame, bytes.size()), bytes);
    }

    void refusesDamageAndBombs() {
        const auto frame = *compressLines(std::string(1'000'000, 'x'));
        const auto bomb = decompress(frame, 999'999);
        QVERIFY(!bomb);
        QCOMPARE(bomb.error().code, Errc::Limit);
        QVERIFY(!decompress(frame.substr(0, frame.size() - 4), 2'000'000));
        QVERIFY(!decompress("plain text", 100));
        QVERIFY(!decompress(frame + "tail", 2'000'000));
        QVERIFY(!decompress("", 100));
    }

    void roundTripsFiles() {
        write(path("raw"), sample());
        QVERIFY(compressFile(path("raw"), path("packed"), 3));
        QVERIFY(decompressFile(path("packed"), path("again"), 10'000'000));
        QCOMPARE(read(path("again")), sample());
        const auto exists = decompressFile(path("packed"), path("again"), 10'000'000);
        QVERIFY(!exists);
        QCOMPARE(exists.error().code, Errc::Conflict);
    }

    void leavesNothingBehindOnFailure() {
        write(path("source"), sample());
        QVERIFY(compressFile(path("source"), path("source.zst"), 3));
        auto cut = read(path("source.zst"));
        cut.chop(20);
        write(path("cut.zst"), cut);
        const auto result = decompressFile(path("cut.zst"), path("target"), 10'000'000);
        QVERIFY(!result);
        QCOMPARE(result.error().code, Errc::Corrupt);
        QVERIFY(!QFile::exists(QString::fromStdString(path("target"))));
        const auto tooLong = decompressFile(path("source.zst"), path("target"), 1'000);
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().code, Errc::Limit);
        QVERIFY(!QFile::exists(QString::fromStdString(path("target"))));
    }

    void readsLines() {
        write(path("lines"), sample());
        QVERIFY(compressFile(path("lines"), path("lines.zst"), 3));
        int count = 0;
        std::string last;
        QVERIFY(forEachLine(path("lines.zst"), 100, [&](std::string_view line) -> Result<void> {
            ++count;
            last = std::string(line);
            return {};
        }));
        QCOMPARE(count, 100'000);
        QCOMPARE(last, std::string("line 99999"));
    }

    void refusesACutLastLineAndLongLines() {
        write(path("cutline"), "one\ntwo");
        QVERIFY(compressFile(path("cutline"), path("cutline.zst"), 3));
        const auto ok = [](std::string_view) -> Result<void> { return {}; };
        const auto cut = forEachLine(path("cutline.zst"), 100, ok);
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, Errc::Corrupt);
        write(path("long"), QByteArray(500, 'x') + '\n');
        QVERIFY(compressFile(path("long"), path("long.zst"), 3));
        const auto tooLong = forEachLine(path("long.zst"), 499, ok);
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().code, Errc::Limit);
        QVERIFY(forEachLine(path("long.zst"), 500, ok));
    }
};

QTEST_APPLESS_MAIN(TestCompression)
#include "tst_compression.moc"
