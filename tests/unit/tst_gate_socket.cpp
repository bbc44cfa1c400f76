#include "gate/gate_client.h"
#include "gate/gate_server.h"
#include "gate/guest_table.h"
#include "gate/pretend_gate.h"
#include "support/clocks.h"
#include "unit/gate_fixture.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <filesystem>
#include <fstream>

using namespace silta;
using namespace silta::gate;
using silta::test::grantFor;
using silta::test::macOf;

namespace {

/// A gate in memory behind a socket, served by a thread.
class Served {
public:
    Served(const std::string& path, std::vector<uid_t> users)
        : gate_(clock_), listener_(*listenOnGateSocket(path)), stop_(eventfd(0, EFD_CLOEXEC)),
          server_(gate_, listener_, std::move(users)),
          thread_([this] { result_ = server_.run(stop_, manager_).has_value(); }) {}
    ~Served() {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(stop_, &one, sizeof one);
        thread_.join();
        ::close(listener_);
        ::close(stop_);
        if (!result_) std::abort();
    }

private:
    test::FakeClock clock_;
    PretendGate gate_;
    int listener_, stop_;
    GateServer server_;
    ServiceManager manager_;
    bool result_ = false;
    std::thread thread_;
};

int connectRaw(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    const auto fd = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return -1;
    return fd;
}

std::string askRaw(int fd, const std::string& request) {
    if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) return "unsent";
    std::string reply(kReplyBytesMax, '\0');
    const auto bytes = ::recv(fd, reply.data(), reply.size(), 0);
    reply.resize(static_cast<std::size_t>(std::max<ssize_t>(bytes, 0)));
    return reply;
}

std::string statusOf(qint64 process, const std::string& key) {
    std::ifstream file(fmt::format("/proc/{}/status", process));
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key + ":")) return line.substr(line.find('\t') + 1);
    return {};
}

} // namespace

class TestGateSocket : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path_ = folder_.filePath("gate.sock").toStdString();

    static QString program() { return QCoreApplication::applicationDirPath() + "/silta-gate"; }
    static bool isReady(GateClient& client) { return client.list(std::nullopt).has_value(); }

private slots:
    void asksOverTheSocket() {
        const Served served(path_, {getuid()});
        GateClient client(path_);
        std::vector<Grant> grants;
        for (unsigned i = 0; i < kBatchMax; ++i)
            grants.push_back(grantFor(i));
        QVERIFY(client.allow(grants));
        const auto extra = grantFor(5'000);
        QVERIFY(client.allow(std::span(&extra, 1)));
        const auto page = client.list(std::nullopt);
        QVERIFY(page && page->hasMore);
        QCOMPARE(page->guests.size(), kBatchMax);
        QCOMPARE(client.list(page->guests.back().mac)->guests.size(), std::size_t(1));
        const Extension longer{.mac = macOf(3), .seconds = 9'000, .quotaBytes = 7};
        QVERIFY(client.extend(std::span(&longer, 1)));
        const std::array<Mac, 2> asked = {macOf(3), macOf(77'777)};
        const auto counters = client.counters(asked);
        QVERIFY(counters);
        QCOMPARE(counters->size(), std::size_t(1));
        QCOMPARE(counters->front().secondsLeft, 9'000U);
        QVERIFY(client.revoke(asked));
        QVERIFY(client.counters(asked)->empty());
        QCOMPARE(client.extend(std::span(&longer, 1)).error().code, Errc::NotFound);
    }
    void refusesOtherUsers() {
        const Served served(path_, {getuid() + 1});
        GateClient client(path_);
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Denied);
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Denied);
    }
    void refusesTooLongADatagram() {
        const Served served(path_, {getuid()});
        const auto fd = connectRaw(path_);
        QVERIFY(askRaw(fd, std::string(kRequestBytesMax + 1, 'x')).starts_with("error limit"));
        QVERIFY(askRaw(fd, std::string(150'000, 'x')).starts_with("error limit"));
        QCOMPARE(askRaw(fd, "list\n"), std::string("ok 0\n")); // and goes on
        ::close(fd);
    }
    void refusesTooManyConnections() {
        const Served served(path_, {getuid()});
        std::vector<int> open;
        for (std::size_t i = 0; i < kClientsMax; ++i) {
            open.push_back(connectRaw(path_));
            QCOMPARE(askRaw(open.back(), "list\n"), std::string("ok 0\n"));
        }
        GateClient late(path_);
        QCOMPARE(late.list(std::nullopt).error().code, Errc::Busy);
        ::close(open.back());
        QTRY_VERIFY(isReady(late));
        open.pop_back();
        for (const auto fd : open)
            ::close(fd);
    }
    void aClientThatDoesNotReadHurtsNobody() {
        const Served served(path_, {getuid()});
        const auto deaf = connectRaw(path_);
        for (int i = 0; i < 5'000; ++i)
            if (::send(deaf, "list\n", 5, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno == EPIPE) break;
        GateClient client(path_);
        QVERIFY(isReady(client));
        ::close(deaf);
    }
    void connectsAgainAfterARestart() {
        GateClient client(path_);
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Unavailable);
        {
            const Served served(path_, {getuid()});
            QVERIFY(isReady(client));
        }
        const Served served(path_, {getuid()});
        QVERIFY(isReady(client));
    }
    void doesNotWaitForEver() {
        const auto silent = *listenOnGateSocket(path_);
        GateClient client(path_);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Unavailable);
        QVERIFY(timer.elapsed() < 5 * kAnswerMsMax);
        ::close(silent);
    }
    void aPathTooLongIsRefused() {
        GateClient client(std::string(200, 'x'));
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Limit);
        QCOMPARE(listenOnGateSocket(std::string(200, 'x')).error().code, Errc::Limit);
    }
    void theProgramKeepsOneCapability() {
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        QCOMPARE(unshare(CLONE_NEWNET), 0);
        QProcess gate;
        gate.setProcessChannelMode(QProcess::ForwardedChannels);
        gate.start(program(), {"--socket", QString::fromStdString(path_), "--allow-user", "root"});
        QVERIFY(gate.waitForFinished());
        QCOMPARE(gate.exitCode(), 1); // no table, no gate
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(test::guestNetwork())).code, 0);
        gate.start(program(), {"--socket", QString::fromStdString(path_), "--allow-user", "root"});
        GateClient client(path_);
        QTRY_VERIFY(isReady(client));
        const auto id = gate.processId();
        QCOMPARE(statusOf(id, "CapEff"), std::string("0000000000001000"));
        QCOMPARE(statusOf(id, "CapPrm"), std::string("0000000000001000"));
        QCOMPARE(statusOf(id, "CapBnd"), std::string("0000000000000000"));
        QCOMPARE(statusOf(id, "CapAmb"), std::string("0000000000000000"));
        QCOMPARE(statusOf(id, "NoNewPrivs"), std::string("1"));
        if (!qEnvironmentVariableIsSet("ASAN_OPTIONS") && !qEnvironmentVariableIsSet("TSAN_OPTIONS"))
            QCOMPARE(statusOf(id, "Seccomp"), std::string("2"));
        QCOMPARE(statusOf(id, "Threads"), std::string("1"));
        qInfo("resident: %s", statusOf(id, "VmRSS").c_str());
        auto grant = grantFor(1);
        grant.rateClass = 1;
        QVERIFY(client.allow(std::span(&grant, 1)));
        gate.terminate();
        QVERIFY(gate.waitForFinished());
        QCOMPARE(gate.exitCode(), 0);
        QCOMPARE(client.list(std::nullopt).error().code, Errc::Unavailable);
        for (int i = 0; i < 2; ++i) { // ended, then killed: the guest stays in either way
            gate.start(program(), {"--socket", QString::fromStdString(path_), "--allow-user", "0"});
            QTRY_VERIFY(isReady(client));
            QCOMPARE(client.list(std::nullopt)->guests.size(), std::size_t(1));
            gate.kill();
            QVERIFY(gate.waitForFinished());
        }
    }
    void takesItsSocketFromSystemd() {
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(test::guestNetwork())).code, 0);
        const auto listener = *listenOnGateSocket(path_);
        const auto path = program().toStdString();
        const auto child = ::fork();
        if (child == 0) {
            ::dup2(listener, 3);
            ::setenv("LISTEN_FDS", "1", 1);
            ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
            ::execl(path.c_str(), "silta-gate", "--allow-user", "root", nullptr);
            ::_exit(127);
        }
        GateClient client(path_);
        QTRY_VERIFY(isReady(client));
        ::kill(child, SIGTERM);
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(WEXITSTATUS(status), 0);
        ::close(listener);
    }
};

QTEST_GUILESS_MAIN(TestGateSocket)
#include "tst_gate_socket.moc"
