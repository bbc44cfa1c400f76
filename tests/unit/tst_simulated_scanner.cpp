#include "drivers/simulated_scanner.h"
#include "support/code_collector.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using silta::test::CodeCollector;

namespace {

Fd connectTo(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    Fd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        client.reset();
    return client;
}

void send(const Fd& fd, const std::string& bytes) {
    QCOMPARE(::write(fd.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
}

} // namespace

class TestSimulatedScanner : public QObject {
    Q_OBJECT

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        path_ = folder_->filePath("scanner").toStdString();
    }
    void takesLinesFromSeveralClients();
    void makesSocketForOwnerOnlyAndRemovesIt();
    void replacesStaleSocketButNotAnothers();
    void hangsUpOnTooManyClients();
    void dropsTooLongLines();
    void takesLinesFromFifo();
    void refusesBadPaths();

private:
    SimulatedConfig socket() const { return SimulatedConfig{SimulatedConfig::Kind::Socket, path_}; }
    std::unique_ptr<QTemporaryDir> folder_;
    std::string path_;
};

void TestSimulatedScanner::takesLinesFromSeveralClients() {
    CodeCollector seen;
    SimulatedScanner scanner(socket());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    const auto first = connectTo(path_);
    auto second = connectTo(path_);
    QVERIFY(first.isOpen() && second.isOpen());
    send(first, "400638"); // each client has a line of its own
    send(second, "EAN-8\t96385074\n");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    send(first, "1333931\r\n");
    QTRY_COMPARE(seen.count(), std::size_t{2});
    QCOMPARE(seen.codes()[0].symbology, Symbology::Ean8);
    QCOMPARE(seen.codes()[1].bytes, std::string("4006381333931"));
    send(second, "last line without an end");
    second.reset();
    QTRY_COMPARE(seen.count(), std::size_t{3});
    send(first, "0109521234543213\\x1d10A\n");
    QTRY_COMPARE(seen.count(), std::size_t{4});
    QCOMPARE(seen.last(), std::string("0109521234543213\x1d"
                                      "10A"));
}

void TestSimulatedScanner::makesSocketForOwnerOnlyAndRemovesIt() {
    CodeCollector seen;
    SimulatedScanner scanner(socket());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    QCOMPARE(scanner.start(seen.onCode(), seen.onFault()).error().code, Errc::Busy);
    struct stat status {};
    QCOMPARE(::stat(path_.c_str(), &status), 0);
    QVERIFY(S_ISSOCK(status.st_mode));
    QCOMPARE(status.st_mode & 0777, 0600U);
    scanner.stop();
    QVERIFY(::stat(path_.c_str(), &status) != 0);
    scanner.stop();
}

void TestSimulatedScanner::replacesStaleSocketButNotAnothers() {
    CodeCollector seen;
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(path_.begin(), path_.end(), address.sun_path);
        const Fd dead(::socket(AF_UNIX, SOCK_STREAM, 0));
        QCOMPARE(::bind(dead.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
    }
    SimulatedScanner scanner(socket());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    SimulatedScanner other(socket());
    QCOMPARE(other.start(seen.onCode(), seen.onFault()).error().code, Errc::Busy);
    other.stop();
    QVERIFY(connectTo(path_).isOpen());
}

void TestSimulatedScanner::hangsUpOnTooManyClients() {
    CodeCollector seen;
    SimulatedScanner scanner(socket());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    std::vector<Fd> clients;
    for (int i = 0; i < kSimClientsMax; ++i) {
        clients.push_back(connectTo(path_));
        send(clients.back(), "hello\n"); // and so is surely taken in
        QTRY_COMPARE(seen.count(), static_cast<std::size_t>(i + 1));
    }
    const auto late = connectTo(path_);
    char byte = 0;
    QCOMPARE(::read(late.get(), &byte, 1), ssize_t{0});
    clients.clear();
    send(connectTo(path_), "room again\n");
    QTRY_COMPARE(seen.last(), std::string("room again"));
}

void TestSimulatedScanner::dropsTooLongLines() {
    CodeCollector seen;
    SimulatedScanner scanner(socket());
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    const auto client = connectTo(path_);
    send(client, std::string(3 * kScanBytesMax, '7') + "\nnext\n");
    QTRY_COMPARE(seen.count(), std::size_t{1});
    QCOMPARE(seen.last(), std::string("next"));
}

void TestSimulatedScanner::takesLinesFromFifo() {
    CodeCollector seen;
    SimulatedScanner scanner(SimulatedConfig{SimulatedConfig::Kind::Fifo, path_});
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value());
    struct stat status {};
    QCOMPARE(::stat(path_.c_str(), &status), 0);
    QVERIFY(S_ISFIFO(status.st_mode));
    for (int round = 1; round <= 2; ++round) {
        const Fd writer(::open(path_.c_str(), O_WRONLY));
        send(writer, "4006381333931\n");
        QTRY_COMPARE(seen.count(), static_cast<std::size_t>(round));
    }
    scanner.stop();
    QVERIFY(scanner.start(seen.onCode(), seen.onFault()).has_value()); // the FIFO is there already
}

void TestSimulatedScanner::refusesBadPaths() {
    CodeCollector seen;
    const auto codeOf = [&](SimulatedConfig::Kind kind, const std::string& path) {
        SimulatedScanner scanner(SimulatedConfig{kind, path});
        const auto started = scanner.start(seen.onCode(), seen.onFault());
        return started ? Errc::Internal : started.error().code;
    };
    using enum SimulatedConfig::Kind;
    QCOMPARE(codeOf(Socket, ""), Errc::Invalid);
    QCOMPARE(codeOf(Socket, "/tmp/" + std::string(200, 'a')), Errc::Invalid);
    QCOMPARE(codeOf(Socket, path_ + "/none/scanner"), Errc::NotFound);
    QCOMPARE(codeOf(Fifo, path_ + "/none/scanner"), Errc::NotFound);
    QFile file(QString::fromStdString(path_));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    QCOMPARE(codeOf(Socket, path_), Errc::Invalid);
    QCOMPARE(codeOf(Fifo, path_), Errc::Invalid);
    QCOMPARE(file.size(), qint64{8}); // and it is still there
}

QTEST_GUILESS_MAIN(TestSimulatedScanner)
#include "tst_simulated_scanner.moc"
