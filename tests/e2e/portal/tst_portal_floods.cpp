// Slow, long and many: what hostile guests do to the portal, and what an honest one notices of it.
#include "e2e/portal/devices.h"
#include "e2e/portal/guest_store.h"

#include <QFile>
#include <QTest>
#include <algorithm>

using namespace silta;
using namespace silta::test;

namespace {

constexpr int kDevices = 25;
constexpr int kConnectionsEach = 16;     ///< as many as the server takes from one address
constexpr int kConnectionsOfDevice = 32; ///< as many as the rules let through to the portal
constexpr int kSlow = kDevices * kConnectionsEach;
constexpr int kServerPort = 8'080;
constexpr double kHonestMs = 100;
constexpr qint64 kDeadlineMs = 30'000; ///< of a request, from the connection to the answer's end
constexpr qint64 kGrowthMaxKb = 2'048; ///< whatever guests do
const std::string kPlainGet = "GET / HTTP/1.1\r\nHost: 10.77.0.1\r\nConnection: close\r\n\r\n";

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

bool isClosed(const Fd& fd) {
    char byte = 0;
    const auto size = ::recv(fd.get(), &byte, 1, MSG_DONTWAIT);
    return size == 0 || (size < 0 && errno != EAGAIN);
}

} // namespace

class TestPortalFloods : public QObject {
    Q_OBJECT

    std::unique_ptr<GuestStore> store_;

    [[nodiscard]] const Network& guest() { return store_->rig().guest; }
    [[nodiscard]] const Network& other() { return store_->rig().other; }
    [[nodiscard]] qint64 residentKb() const {
        QFile status(QString("/proc/%1/status").arg(store_->portalProcess()));
        if (!status.open(QIODevice::ReadOnly)) return 0;
        const auto line = QString::fromUtf8(status.readAll()).section("RssAnon:", 1).trimmed();
        return line.section(' ', 0, 0).toLongLong();
    }
    std::vector<double> honestMs(int requests, int pauseMs) {
        std::vector<double> taken;
        for (int i = 0; i < requests; ++i) {
            QElapsedTimer timer;
            timer.start();
            if (exchange(guest(), kGateway4, kPlainGet).status != 200) return {};
            taken.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
            QTest::qWait(pauseMs);
        }
        return taken;
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        store_ = std::make_unique<GuestStore>("ways = { email = 60, terms = 60 }\n");
        const auto wrong = store_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY(!honestMs(400, 0).empty()); // each of its threads has drawn a page
    }
    void init() {
        if (!store_) QSKIP("skipped: no rig");
    }
    void cleanupTestCase() { store_.reset(); }

    void slowConnectionsKeepNobodyWaiting() {
        const Devices devices(other(), kDevices);
        QVERIFY2(devices.error().empty(), devices.error().c_str());
        const auto alone = honestMs(50, 5);
        const auto before = residentKb();
        std::vector<Fd> slow;
        QElapsedTimer sinceFirst;
        sinceFirst.start();
        other().in([&slow] {
            for (int device = 0; device < kDevices; ++device)
                for (int i = 0; i < kConnectionsEach; ++i)
                    slow.push_back(Devices::connect(device, kGateway4, 80));
        });
        QVERIFY(std::ranges::all_of(slow, [](const Fd& fd) { return fd.get() >= 0 && !isClosed(fd); }));
        QCOMPARE(slow.size(), std::size_t(kSlow));
        const auto grownByConnections = residentKb() - before;
        const std::string request =
            "GET /a-rather-long-path-that-is-never-finished HTTP/1.1\r\nHost: a.example\r\n";
        std::vector<double> taken;
        for (std::size_t second = 0; second < 8; ++second) {
            for (const auto& fd : slow)
                QCOMPARE(::send(fd.get(), &request[second], 1, MSG_NOSIGNAL), 1);
            for (const auto ms : honestMs(40, 20))
                taken.push_back(ms);
        }
        QVERIFY(std::ranges::none_of(slow, isClosed));
        QCOMPARE(taken.size(), std::size_t(320)); // each was answered
        const auto grown = residentKb() - before;
        qInfo("beside %d slow connections: p50 %.2f ms, p95 %.2f ms, worst %.2f ms; alone p50 %.2f ms", kSlow,
              percentile(taken, 0.5), percentile(taken, 0.95), percentile(taken, 1), percentile(alone, 0.5));
        qInfo("memory grew by %lld kB, %lld of them by the connections", static_cast<long long>(grown),
              static_cast<long long>(grownByConnections));
        QVERIFY(percentile(taken, 0.95) < kHonestMs);
        QVERIFY2(grown < kGrowthMaxKb, std::to_string(grown).c_str());
        // A byte now and then does not keep a connection for ever.
        while (sinceFirst.elapsed() < kDeadlineMs + 2'000 && !std::ranges::all_of(slow, isClosed)) {
            for (const auto& fd : slow)
                static_cast<void>(::send(fd.get(), "x", 1, MSG_NOSIGNAL));
            QTest::qWait(500);
        }
        qInfo("the last was closed after %lld ms", static_cast<long long>(sinceFirst.elapsed()));
        QVERIFY(std::ranges::all_of(slow, isClosed));
    }
    void oneDeviceGetsItsShareOfConnections() {
        std::vector<Fd> all;
        const auto before = residentKb();
        for (int i = 0; i < kSlow; ++i) {
            Fd fd;
            connectTo(guest(), kGateway4, 80, fd);
            all.push_back(std::move(fd));
        }
        const auto countOpen = [&all] {
            return std::ranges::count_if(all, [](const Fd& fd) { return !isClosed(fd); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(countOpen() <= kConnectionsEach, kPatienceMs);
        QVERIFY(residentKb() - before < kGrowthMaxKb);
        Fd oneMore; // they are held on our side too, and what is too much hears so at once
        QCOMPARE(connectTo(guest(), kGateway4, 80, oneMore), ECONNREFUSED);
        // With more addresses it gets no more than the rules let a device have.
        const auto sourceOf = [](int address) { return fmt::format("2001:db8:7::f{}", address); };
        for (int address = 1; address <= 4; ++address)
            QCOMPARE(guest().run(fmt::format("ip address add {}/64 dev c0 nodad", sourceOf(address))).code,
                     0);
        const auto connectFromAll = [&] {
            all.clear();
            for (int address = 1; address <= 4; ++address)
                for (int i = 0; i < kConnectionsEach; ++i) {
                    Fd fd;
                    connectTo(guest(), kGateway6, 80, fd, sourceOf(address).c_str());
                    all.push_back(std::move(fd));
                }
            QTest::qWait(200);
            return countOpen();
        };
        qsizetype byDevice = 0;
        const auto hasMoreThanByOneAddress = [&] {
            byDevice = connectFromAll();
            return byDevice > kConnectionsEach;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasMoreThanByOneAddress(),
                                 kPatienceMs); // what has just been closed may count a moment longer
        QVERIFY2(byDevice <= kConnectionsOfDevice, std::to_string(byDevice).c_str());
        all.clear();
        // The server's own, seen from where there are no rules.
        const auto& gateway = store_->rig().gateway;
        for (int i = 0; i < 40; ++i) {
            Fd fd;
            connectTo(gateway, kGateway4, kServerPort, fd);
            all.push_back(std::move(fd));
        }
        QTRY_COMPARE_WITH_TIMEOUT(countOpen(), kConnectionsEach, kPatienceMs);
        QTest::qWait(300);
        QCOMPARE(countOpen(), kConnectionsEach); // and it has not passed by there on its way to fewer
        QCOMPARE(exchange(other(), kGateway4, kPlainGet).status, 200); // others do not notice
    }
    void longRequestsAreRefusedInWords() {
        QVERIFY(!store_->newDevice(guest()).empty());
        const auto before = residentKb();
        const auto longHeader =
            "GET / HTTP/1.1\r\nHost: 10.77.0.1\r\nX-Long: " + std::string(64 * 1024, 'x') +
            "\r\nConnection: close\r\n\r\n";
        const auto manyHeaders = [] {
            std::string text = "GET / HTTP/1.1\r\nHost: 10.77.0.1\r\n";
            for (int i = 0; i < 4'000; ++i)
                text += fmt::format("X-{}: 1\r\n", i);
            return text + "\r\n";
        }();
        const std::string fromFinland = " HTTP/1.1\r\nHost: 10.77.0.1\r\nAccept-Language: fi\r\n";
        const auto longUrl = "GET /" + std::string(8 * 1024, 'a') + fromFinland + "Connection: close\r\n\r\n";
        const auto longPost =
            "POST /login" + fromFinland + "Content-Length: 1000000\r\n\r\n" + std::string(10'000, 'a');
        const auto fullJar = "GET /" + fromFinland + "Cookie: " + std::string(6'000, 'c') + "\r\n\r\n";
        // In the guest's language; but a header that is longer than all that a connection may hold is refused
        // by the library, before it has read any language.
        for (const auto& [request, status] : {std::pair(fullJar, 431), {longUrl, 414}, {longPost, 413}}) {
            const auto page = exchange(guest(), kGateway4, request);
            QCOMPARE(page.status, status);
            QVERIFY(page.body.find("<html lang=fi>") != std::string::npos);
        }
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(exchange(guest(), kGateway4, longHeader).status, 431);
            QCOMPARE(exchange(guest(), kGateway4, manyHeaders).status, 431);
            QCOMPARE(exchange(guest(), kGateway4, longUrl).status, 414);
            QCOMPARE(exchange(guest(), kGateway4, longPost).status, 413);
        }
        QCOMPARE(exchange(guest(), kGateway4, kPlainGet).status, 200);
        const auto grown = residentKb() - before;
        QVERIFY2(grown < kGrowthMaxKb, std::to_string(grown).c_str());
    }
    void aFloodOfSignUpsIsHeldBack() {
        QVERIFY(!store_->newDevice(guest()).empty());
        Visitor visitor(guest(), kGateway4);
        int taken = 0;
        int refused = 0;
        for (int i = 0; i < 30; ++i) {
            const auto page =
                visitor.signIn(fmt::format("way=email&email=person{}@example.com&terms=2026-11", i));
            if (page.status != 429) {
                ++taken;
            } else {
                ++refused;
                QVERIFY(std::stoi("0" + page.header("retry-after")) > 0);
            }
        }
        QVERIFY2(taken <= 6 && refused >= 24, std::to_string(taken).c_str());
        Visitor neighbour(other(), kGateway4); // is not held back
        QCOMPARE(neighbour.signIn("way=terms&terms=2026-11").status, 303);
    }
};

QTEST_GUILESS_MAIN(TestPortalFloods)
#include "tst_portal_floods.moc"
