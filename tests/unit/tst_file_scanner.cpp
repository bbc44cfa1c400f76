#include "drivers/file_scanner.h"
#include "support/barcode_images.h"
#include "support/code_collector.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using silta::test::CodeCollector;

namespace {

class FakeClock final : public Clock {
public:
    UtcMs nowMs() const override { return 0; }
    std::int64_t steadyMs() const override { return ms; }
    std::atomic<std::int64_t> ms = 0;
};

} // namespace

class TestFileScanner : public QObject {
    Q_OBJECT

private slots:
    void decodesFilesThatAppear();
    void tellsSamePictureOncePerWindow();
    void countsFilesThatAreNoPictures();
    void readsListFromFifo();
    void tellsOnceThatFolderIsGoneAndComesBack();
    void refusesWhatIsNoFolder();
    void stopsTwiceAndStartsAgain();

private:
    /// As a camera program would: written beside, then renamed in.
    static void put(const QTemporaryDir& folder, const QString& name, const std::string& text) {
        const auto hidden = folder.filePath("." + name);
        QVERIFY(test::save(test::drawBarcode(Symbology::QrCode, text), hidden.toStdString()));
        QVERIFY(QFile::rename(hidden, folder.filePath(name)));
    }
};

void TestFileScanner::decodesFilesThatAppear() {
    QTemporaryDir folder;
    put(folder, "old.png", "was there before");
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{folder.path().toStdString()}, clock);
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    put(folder, "a.png", "first");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(seen.last(), std::string("first"));
    QCOMPARE(seen.codes()[0].source, scanner.name());
    put(folder, "b.jpg", "second");
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.last(), std::string("second"));
    QVERIFY(
        test::save(test::drawBarcode(Symbology::QrCode, "third"), folder.filePath("c.png").toStdString()));
    QTRY_COMPARE(seen.count(), std::size_t{3});
    scanner.stop();
    QCOMPARE(seen.faultCount(), std::size_t{0});
}

void TestFileScanner::tellsSamePictureOncePerWindow() {
    QTemporaryDir folder;
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{folder.path().toStdString()}, clock);
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    put(folder, "a.png", "same");
    put(folder, "b.png", "same");
    QTRY_COMPARE(scanner.framesSeen(), 2);
    QCOMPARE(seen.count(), std::size_t{1});
    clock.ms = 10'000;
    put(folder, "c.png", "same");
    QTRY_COMPARE(seen.count(), std::size_t{2});
}

void TestFileScanner::countsFilesThatAreNoPictures() {
    QTemporaryDir folder;
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{folder.path().toStdString()}, clock);
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    QFile file(folder.filePath("a.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no picture");
    file.close();
    QFile part(folder.filePath("a.png.part"));
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.close();
    put(folder, "b.png", "picture");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(scanner.framesSeen(), 2);
    QCOMPARE(scanner.framesRefused(), 1);
    QCOMPARE(seen.faultCount(), std::size_t{0});
}

void TestFileScanner::readsListFromFifo() {
    QTemporaryDir folder;
    const auto fifo = folder.filePath("list").toStdString();
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    const auto picture = folder.filePath("a.png").toStdString();
    QVERIFY(test::save(test::drawBarcode(Symbology::QrCode, "listed"), picture));
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{fifo}, clock);
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    for (int round = 1; round <= 2; ++round) { // the second writer comes after the first has left
        clock.ms = 10'000 * round;
        const Fd writer(::open(fifo.c_str(), O_WRONLY));
        const auto line = picture + "\n";
        QCOMPARE(::write(writer.get(), line.data(), line.size()), static_cast<ssize_t>(line.size()));
        QTRY_COMPARE(seen.count(), static_cast<std::size_t>(round));
    }
    QCOMPARE(seen.last(), std::string("listed"));
}

void TestFileScanner::tellsOnceThatFolderIsGoneAndComesBack() {
    QTemporaryDir outer;
    const auto inner = outer.filePath("frames");
    QVERIFY(QDir().mkdir(inner));
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{inner.toStdString()}, clock);
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    QVERIFY(QDir().rmdir(inner));
    QTRY_COMPARE(seen.faultCount(), std::size_t{1});
    scanner.stop(); // also ends the wait for its return
    QCOMPARE(seen.faultCount(), std::size_t{1});
}

void TestFileScanner::refusesWhatIsNoFolder() {
    QTemporaryDir folder;
    FakeClock clock;
    CodeCollector seen;
    const auto codeOf = [&](const QString& path) {
        FileScanner scanner(FileScannerConfig{path.toStdString()}, clock);
        const auto started = scanner.start(seen.onCode(), seen.onFault());
        return started ? Errc::Internal : started.error().code;
    };
    QCOMPARE(codeOf(folder.filePath("none")), Errc::NotFound);
    QFile file(folder.filePath("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(codeOf(folder.filePath("file")), Errc::Unsupported);
}

void TestFileScanner::stopsTwiceAndStartsAgain() {
    QTemporaryDir folder;
    FakeClock clock;
    CodeCollector seen;
    FileScanner scanner(FileScannerConfig{folder.path().toStdString()}, clock);
    scanner.stop();
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    QCOMPARE(scanner.start(seen.onCode(), seen.onFault()).error().code, Errc::Busy);
    scanner.stop();
    scanner.stop();
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    put(folder, "a.png", "again");
    QTRY_COMPARE(seen.count(), std::size_t{1});
}

QTEST_GUILESS_MAIN(TestFileScanner)
#include "tst_file_scanner.moc"
