#include "core/service_manager.h"
#include "core/stop_signals.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <string>
#include <thread>

using namespace silta;

namespace {

/// systemd's end: a socket that notifications come to.
class Manager {
public:
    explicit Manager(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(path.begin(), path.end(), address.sun_path);
        if (path[0] == '@') address.sun_path[0] = '\0';
        const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
        isBound_ = ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
        constexpr timeval kPatience{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    }
    ~Manager() { ::close(fd_); }
    Manager(const Manager&) = delete;
    Manager& operator=(const Manager&) = delete;

    bool isBound() const { return isBound_; }
    /// Empty: nothing came in ten seconds.
    std::string next() const {
        std::string text(256, '\0');
        const auto bytes = ::recv(fd_, text.data(), text.size(), 0);
        text.resize(bytes > 0 ? static_cast<std::size_t>(bytes) : 0);
        return text;
    }
    bool isQuiet() const {
        char byte = 0;
        return ::recv(fd_, &byte, 1, MSG_DONTWAIT) < 0;
    }

private:
    int fd_;
    bool isBound_ = false;
};

} // namespace

class TestServiceManager : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    static void setEnvironment(const std::string& socket, const char* microseconds, const std::string& pid) {
        ::setenv("NOTIFY_SOCKET", socket.c_str(), 1);
        ::setenv("WATCHDOG_USEC", microseconds, 1);
        ::setenv("WATCHDOG_PID", pid.c_str(), 1);
    }
    static std::string ownPid() { return std::to_string(::getpid()); }

private slots:
    void initTestCase() { holdStopSignals(); }

    void isNothingWithoutAManager() {
        ::unsetenv("NOTIFY_SOCKET");
        const ServiceManager manager;
        QCOMPARE(manager.heartbeat().count(), 0);
        manager.tellReady();
    }

    void tellsByAnyKindOfSocket_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("a file") << (folder_.path() + "/notify").toUtf8();
        QTest::newRow("an abstract name") << "@silta-test-" + QByteArray::fromStdString(ownPid());
    }
    void tellsByAnyKindOfSocket() {
        QFETCH(QByteArray, path);
        const Manager systemd(path.toStdString());
        QVERIFY(systemd.isBound());
        setEnvironment(path.toStdString(), "20000000", ownPid());
        const ServiceManager manager;
        QCOMPARE(manager.heartbeat().count(), 10'000);
        for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            QVERIFY2(!qEnvironmentVariableIsSet(name), name);
        manager.tellReady();
        manager.tellAlive();
        manager.tellStopping();
        QCOMPARE(systemd.next(), "READY=1");
        QCOMPARE(systemd.next(), "WATCHDOG=1");
        QCOMPARE(systemd.next(), "STOPPING=1");
    }

    void doesNotFeedAnothersWatchdog() {
        const auto path = (folder_.path() + "/others").toStdString();
        const Manager systemd(path);
        setEnvironment(path, "20000000", "1");
        QCOMPARE(ServiceManager().heartbeat().count(), 0);
    }

    void livesWithAnEnvironmentThatMakesNoSense_data() {
        QTest::addColumn<QByteArray>("socket");
        QTest::addColumn<QByteArray>("microseconds");
        QTest::newRow("nobody there") << (folder_.path() + "/nobody").toUtf8() << QByteArray("1000");
        QTest::newRow("no path") << QByteArray("notify") << QByteArray("1000");
        QTest::newRow("too long") << QByteArray("/" + QByteArray(200, 'a')) << QByteArray("1000");
        QTest::newRow("no number") << QByteArray("@") << QByteArray("often");
    }
    void livesWithAnEnvironmentThatMakesNoSense() {
        QFETCH(QByteArray, socket);
        QFETCH(QByteArray, microseconds);
        setEnvironment(socket.toStdString(), microseconds.constData(), ownPid());
        const ServiceManager manager;
        QCOMPARE(manager.heartbeat().count(), 0);
        manager.tellReady();
    }

    void feedsTheWatchdogAsLongAsTheProgramIsWell() {
        const auto path = (folder_.path() + "/watchdog").toStdString();
        const Manager systemd(path);
        setEnvironment(path, "20000", ownPid());
        const ServiceManager manager;
        std::atomic<int> asked = 0;
        constexpr int kGoodAnswers = 3;
        std::thread administrator([&] {
            while (asked < kGoodAnswers + 3) // some that get no heartbeat
                std::this_thread::yield();
            ::kill(::getpid(), SIGTERM);
        });
        const auto signal = serveUntilStopSignal(manager, [&] { return ++asked <= kGoodAnswers; });
        administrator.join();
        QCOMPARE(signal, SIGTERM);
        QCOMPARE(systemd.next(), "READY=1");
        for (int i = 0; i < kGoodAnswers; ++i)
            QCOMPARE(systemd.next(), "WATCHDOG=1");
        QCOMPARE(systemd.next(), "STOPPING=1");
        QVERIFY(systemd.isQuiet());
    }
};

QTEST_APPLESS_MAIN(TestServiceManager)
#include "tst_service_manager.moc"
