#include "drivers/evdev_scanner.h"
#include "support/code_collector.h"
#include "support/input_events.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using silta::test::CodeCollector;
using silta::test::InputEvents;

namespace {

/// In place of a grabbed device: a FIFO that a recording is written into.
Result<Fd> openFifo(const std::string& path) {
    Fd fifo(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!fifo.isOpen()) return systemError("open fifo", errno);
    return fifo;
}

void send(const Fd& fd, const std::string& bytes) {
    QCOMPARE(::write(fd.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
}

} // namespace

class TestEvdevScanner : public QObject {
    Q_OBJECT

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("event").toStdString();
        QCOMPARE(::mkfifo(path_.c_str(), 0600), 0);
    }
    void readsRecordedStream();
    void endsCodeWhenKeysPause();
    void tellsOnceThatItIsUnpluggedAndComesBack();
    void refusesWhatIsNoInputDevice();

private:
    EvdevConfig config() const { return EvdevConfig{path_, openFifo, 10}; }
    /// Both ends, so that the stream does not end with the first recording.
    Fd writer() const { return Fd(::open(path_.c_str(), O_RDWR | O_CLOEXEC)); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

void TestEvdevScanner::readsRecordedStream() {
    const auto device = writer();
    CodeCollector seen;
    EvdevScanner scanner(config());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    InputEvents events;
    events.digits("4006381333931").tap(KEY_ENTER);
    events.shifted(KEY_A)
        .tap(KEY_B)
        .press(KEY_LEFTCTRL)
        .tap(KEY_RIGHTBRACE)
        .release(KEY_LEFTCTRL)
        .digits("42");
    events.tap(KEY_ENTER);
    send(device, events.bytes().substr(0, 100)); // cut inside an event
    send(device, events.bytes().substr(100));
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.codes()[0].bytes, std::string("4006381333931"));
    QCOMPARE(seen.codes()[1].bytes, std::string("Ab\x1d"
                                                "42"));
    QCOMPARE(seen.codes()[0].source, std::string("keyboard"));
}

void TestEvdevScanner::endsCodeWhenKeysPause() {
    const auto device = writer();
    CodeCollector seen;
    EvdevScanner scanner(config());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    InputEvents events;
    events.digits("96385074");
    send(device, events.bytes());
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(seen.last(), std::string("96385074"));
}

void TestEvdevScanner::tellsOnceThatItIsUnpluggedAndComesBack() {
    auto device = writer();
    CodeCollector seen;
    EvdevScanner scanner(config());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    InputEvents half;
    half.digits("123");
    send(device, half.bytes());
    device.reset();
    QTRY_VERIFY(seen.faultCount() >= 1);
    device = writer();
    InputEvents whole;
    whole.digits("4006381333931").tap(KEY_ENTER);
    send(device, whole.bytes());
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(seen.last(), std::string("4006381333931"));
}

void TestEvdevScanner::refusesWhatIsNoInputDevice() {
    CodeCollector seen;
    EvdevConfig config;
    config.path = "/dev/null";
    EvdevScanner notInput(config);
    QCOMPARE(notInput.start(seen.onCode(), seen.onFault()).error().code, Errc::Unsupported);
    config.path = folder_->filePath("none").toStdString();
    EvdevScanner missing(config);
    QCOMPARE(missing.start(seen.onCode(), seen.onFault()).error().code, Errc::NotFound);
}

QTEST_GUILESS_MAIN(TestEvdevScanner)
#include "tst_evdev_scanner.moc"
