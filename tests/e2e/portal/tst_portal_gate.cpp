// The gate between guests and the internet, with rules, speeds and addresses as they are rendered and leased.
#include "e2e/portal/heartbeat.h"

#include <QFile>
#include <QTest>

using namespace silta;
using namespace silta::gate;
using namespace silta::test;

namespace {

constexpr std::uint16_t kAnyPort = 8'000;
constexpr int kLongestMs = 5'000;         ///< for what must come
constexpr std::int64_t kFlowing = 50'000; ///< bytes of a flow that is certainly there
const std::string kRates = "[[rate]]\ndown_kbit = 20000\nup_kbit = 8000\n";

} // namespace

class TestPortalGate : public QObject {
    Q_OBJECT

    std::unique_ptr<Rig> rig_;
    std::string address_, address6_;

    int connectGuest(const char* host, std::uint16_t port, Fd* keep = nullptr,
                     const char* source = nullptr) const {
        Fd fd;
        const auto error = connectTo(rig_->guest, host, port, fd, source);
        if (keep != nullptr) *keep = std::move(fd);
        return error;
    }
    std::optional<Guest> guest() const {
        const auto mac = *parseMac(kGuestMac);
        const auto guests = rig_->gate().counters(std::span(&mac, 1));
        return guests && guests->size() == 1 ? std::optional(guests->front()) : std::nullopt;
    }
    void setMac(const char* mac) const {
        QCOMPARE(rig_->guest.run(fmt::format("ip link set c0 address {}", mac)).code, 0);
        rig_->guest.run(fmt::format("ip route replace default via {}", kGateway4));
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        rig_ = std::make_unique<Rig>(kRates);
        const auto wrong = rig_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        address_ = rig_->lease(rig_->guest);
        address6_ = Rig::slaac(rig_->guest);
        QVERIFY(!address_.empty() && !address6_.empty());
    }
    void init() {
        if (!rig_) QSKIP("skipped: no rig");
        QVERIFY(rig_->revoke(kGuestMac));
        setMac(kGuestMac);
        address_ = rig_->lease(rig_->guest);
        QVERIFY(!address_.empty());
    }
    void cleanupTestCase() { rig_.reset(); }

    void nothingIsInterceptedBeforeLogin() {
        const auto secure = bound(rig_->gateway, SOCK_STREAM, "::", 8'443);
        const auto portal = bound(rig_->gateway, SOCK_STREAM, "::", 8'080);
        Wire wire(rig_->internet, "i0");
        for (const auto* host : {kForbidden4, kForbidden6}) {
            Fd secured;
            QCOMPARE(connectGuest(host, 443, &secured), ECONNREFUSED);
            QVERIFY2(isAnsweredAtOnce(secured), "it must not keep a browser waiting");
            const auto fd = datagramsTo(rig_->guest, host, 443);
            QCOMPARE(::send(fd.get(), "x", 1, 0), 1);
            QVERIFY(canRead(fd.get(), kLongestMs));
            char byte = 0;
            QCOMPARE(::recv(fd.get(), &byte, 1, MSG_DONTWAIT), -1);
            QCOMPARE(errno, ECONNREFUSED);
            QCOMPARE(wire.heard(Wire::to(host)), QString());
        }
        QVERIFY(!canRead(secure.get(), 50) && !canRead(portal.get(), 0));
        QCOMPARE(connectGuest(kForbidden4, 80), 0); // http is the portal's
        QVERIFY(canRead(portal.get(), kLongestMs));
    }
    void bothFamiliesOpenAtOnce() {
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        Wire wire(rig_->internet, "i0");
        for (int i = 0; i < 3; ++i)
            QCOMPARE(connectGuest(kInternet6, kAnyPort), ECONNREFUSED);
        rig_->guest.run(fmt::format("busybox ping -c 2 -W 1 {}", kInternet6));
        QCOMPARE(wire.heard(Wire::to(kInternet6)), QString());
        QElapsedTimer timer;
        timer.start();
        QVERIFY(rig_->allow(kGuestMac, address_));
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
        QCOMPARE(connectGuest(kInternet6, kAnyPort), 0);
        qInfo("from login to both families: %lld ms", // at the first try: the gate refuses at once
              static_cast<long long>(timer.elapsed()));
        // A privacy address that comes later: the kernel makes it of the same advertisement.
        rig_->guest.run("sysctl -qw net.ipv6.conf.c0.use_tempaddr=2");
        rig_->guest.run("ip link set c0 down");
        rig_->guest.run("ip link set c0 up");
        std::string later;
        const auto isThere = [&] {
            const auto shown =
                rig_->guest.run("ip -6 -o address show dev c0 scope global temporary -tentative").out;
            later = QString::fromStdString(shown).section("inet6 ", 1).section('/', 0, 0).toStdString();
            return !later.empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 15'000);
        QCOMPARE(connectGuest(kInternet6, kAnyPort, nullptr, later.c_str()), 0);
        rig_->guest.run("sysctl -qw net.ipv6.conf.c0.use_tempaddr=0");
        rig_->guest.run(fmt::format("ip route replace default via {}", kGateway4));
        rig_->guest.run("ip address delete " + later + "/64 dev c0");
    }
    void aNewHardwareAddressIsCaptive() {
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        QVERIFY(rig_->allow(kGuestMac, address_));
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
        setMac("02:00:5e:00:00:66"); // the right address with a wrong one
        QCOMPARE(connectGuest(kInternet4, kAnyPort), ECONNREFUSED);
        setMac(kGuestMac);
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
    }
    void theSameDeviceKeepsItsSessionOnANewAddress() {
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        QVERIFY(rig_->allow(kGuestMac, address_));
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
        const auto used = guest()->usedBytes;
        QVERIFY(used > 0);
        // A new lease under the same hardware address; the portal tells the gate, and what was used goes on.
        const auto moved = rig_->lease(rig_->guest, {"-r", "10.77.9.9", "-x", "0x3d:01aabbccddee"});
        QVERIFY2(!moved.empty() && moved != address_, moved.c_str());
        QVERIFY(rig_->allow(kGuestMac, moved, {.usedBytes = used}));
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
        QVERIFY(guest()->usedBytes >= used);
        QCOMPARE(toString(*guest()->address), moved);
    }
    void aReusedLeaseInheritsNothing() {
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        const auto mine = address_;
        QVERIFY(rig_->allow(kGuestMac, mine));
        QCOMPARE(connectGuest(kInternet4, kAnyPort), 0);
        QVERIFY(rig_->giveLeaseBack(rig_->guest));
        setMac("02:00:5e:00:00:77");
        QCOMPARE(rig_->lease(rig_->guest, {"-r", QString::fromStdString(mine)}),
                 mine); // the same, to another
        QCOMPARE(connectGuest(kInternet4, kAnyPort), ECONNREFUSED);
    }

    void revocationExpiryAndQuotaCutLiveFlows_data() {
        QTest::addColumn<QString>("how");
        for (const auto* how : {"revocation", "expiry", "quota"})
            QTest::newRow(how) << QString(how);
    }
    void revocationExpiryAndQuotaCutLiveFlows() {
        QFETCH(QString, how);
        const std::int64_t quota = how == "quota" ? 4'000'000 : 0;
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        const Source source(server);
        QVERIFY(rig_->allow(kGuestMac, address_, {.quotaBytes = static_cast<std::uint64_t>(quota)}));
        Fd four, six;
        QCOMPARE(connectGuest(kInternet4, kAnyPort, &four), 0);
        QCOMPARE(connectGuest(kInternet6, kAnyPort, &six), 0);
        QVERIFY(readAtLeast(four, kFlowing) && readAtLeast(six, kFlowing));
        if (how == "revocation") QVERIFY(rig_->revoke(kGuestMac));
        if (how == "expiry") {
            const Extension second{.mac = *parseMac(kGuestMac), .seconds = 1, .quotaBytes = std::nullopt};
            QVERIFY(rig_->gate().extend(std::span(&second, 1)));
            QTRY_VERIFY_WITH_TIMEOUT(!guest(), kPatienceMs);
        }
        const auto left4 = readToTheEnd(four); // half a second of nothing
        const auto left6 = readToTheEnd(six);
        QVERIFY(left4 && left6);
        QCOMPARE(readFor(four, 100) + readFor(six, 100), 0);
        QCOMPARE(connectGuest(kInternet4, kAnyPort), ECONNREFUSED);
        if (quota == 0) return;
        const auto counted = static_cast<std::int64_t>(guest()->usedBytes);
        qInfo("quota %lld, counted %lld, read %lld at the end", static_cast<long long>(quota),
              static_cast<long long>(counted), static_cast<long long>(*left4 + *left6));
        QVERIFY(counted <= quota + quota / 50 && counted > quota * 9 / 10);
        QVERIFY(*left4 + *left6 + 2 * kFlowing <= quota + quota / 50);
    }
    void theQuotaSurvivesARestartOfTheGate() {
        constexpr std::int64_t kQuota = 4'000'000;
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        const Source source(server);
        QVERIFY(rig_->allow(kGuestMac, address_, {.quotaBytes = kQuota, .rateClass = 1}));
        Fd fd;
        QCOMPARE(connectGuest(kInternet4, kAnyPort, &fd), 0);
        QVERIFY(readAtLeast(fd, 600'000));
        fd = Fd(); // or it would go on meanwhile
        rig_->stopGate(SIGKILL);
        QCOMPARE(rig_->startGate(), std::string());
        const auto used = guest()->usedBytes;
        QVERIFY(used > 500'000 && used < kQuota);
        const Extension longer{.mac = *parseMac(kGuestMac), .seconds = 900, .quotaBytes = std::nullopt};
        QVERIFY(rig_->gate().extend(std::span(&longer, 1))); // "five more minutes" keeps it, too
        QVERIFY(guest()->usedBytes >= used && guest()->secondsLeft > 600);
        // He leaves and comes back: the portal carries over what he used.
        const auto carried = guest()->usedBytes;
        QVERIFY(rig_->revoke(kGuestMac));
        QVERIFY(rig_->allow(kGuestMac, address_, {.quotaBytes = kQuota, .usedBytes = carried}));
        Fd again;
        QCOMPARE(connectGuest(kInternet4, kAnyPort, &again), 0);
        const auto got = readToTheEnd(again).value_or(kQuota);
        const auto counted = static_cast<std::int64_t>(guest()->usedBytes);
        qInfo("used %lld before, then read %lld, counted %lld of %lld", static_cast<long long>(carried),
              static_cast<long long>(got), static_cast<long long>(counted), static_cast<long long>(kQuota));
        QVERIFY(counted <= kQuota + kQuota / 50 && counted > kQuota * 95 / 100);
        QVERIFY(got <= kQuota - static_cast<std::int64_t>(carried));
    }

    void aSpeedIsKept() {
        const auto server = bound(rig_->internet, SOCK_STREAM, "::", kAnyPort);
        QVERIFY(rig_->allow(kGuestMac, address_, {.rateClass = 1}));
        constexpr int kMs = 2'500; // what comes at once is up to 64 kB: of 8 Mbit/s, 2.6 % of this
        Fd fd;
        std::int64_t down = 0;
        {
            const Source source(server);
            QCOMPARE(connectGuest(kInternet4, kAnyPort, &fd), 0);
            readFor(fd, 500);
            down = kbitsPerSecond(fd, kMs, 18'000);
        }
        QCOMPARE(connectGuest(kInternet6, kAnyPort, &fd), 0);
        const Fd sink(::accept(server.get(), nullptr, nullptr));
        std::int64_t up = 0;
        {
            const std::jthread pump([&fd](const std::stop_token& stop) {
                const std::vector<char> data(16'384, 'x');
                while (!stop.stop_requested()) {
                    pollfd watched{fd.get(), POLLOUT, 0};
                    if (::poll(&watched, 1, 50) > 0) [[maybe_unused]]
                        const auto sent =
                            ::send(fd.get(), data.data(), data.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
                }
            });
            readFor(sink, 500);
            up = kbitsPerSecond(sink, kMs, 7'200);
        }
        qInfo("of 20000 kbit/s down: %lld; of 8000 up: %lld", static_cast<long long>(down),
              static_cast<long long>(up));
        QVERIFY(down >= 18'000 && down <= 22'000);
        QVERIFY(up >= 7'200 && up <= 8'800);
    }

    void nobodyNoticesARestart_data() {
        QTest::addColumn<QString>("what");
        for (const auto* what : {"gate killed", "gate ended", "rules loaded again", "dnsmasq killed"})
            QTest::newRow(what) << QString(what);
    }
    void nobodyNoticesARestart() {
        QFETCH(QString, what);
        const Echo echo4(rig_->internet, kInternet4);
        const Echo echo6(rig_->internet, kInternet6);
        QVERIFY(rig_->allow(kGuestMac, address_));
        Wire wire4(rig_->internet, "i0");
        Wire wire6(rig_->internet, "i0");
        // Somebody who is not in tries all the time, by a default route of his own making.
        const auto otherAddress = rig_->lease(rig_->other);
        QVERIFY(!otherAddress.empty());
        Stranger stranger(rig_->other);
        Heartbeat four(rig_->guest, kInternet4);
        Heartbeat six(rig_->guest, kInternet6);
        QTRY_VERIFY_WITH_TIMEOUT(four.sent() > 100 && six.sent() > 100 && stranger.knocks() > 100,
                                 kPatienceMs);
        for (int i = 0; i < 3; ++i) {
            if (what == "rules loaded again") {
                QCOMPARE(rig_->reload(kRates), std::string());
            } else if (what == "dnsmasq killed") {
                rig_->stopDnsmasq();
                QCOMPARE(rig_->startDnsmasq(), std::string());
            } else {
                rig_->stopGate(what == "gate killed" ? SIGKILL : SIGTERM);
                QTest::qWait(100); // nobody is there
                QCOMPARE(rig_->startGate(), std::string());
            }
            QTest::qWait(100);
        }
        four.finish();
        six.finish();
        qInfo("%d + %d datagrams, %d + %d lost, longest gap %lld and %lld ms; %d knocks", four.sent(),
              six.sent(), four.lost(), six.lost(), static_cast<long long>(four.gapMs()),
              static_cast<long long>(six.gapMs()), stranger.knocks());
        QCOMPARE(four.lost() + six.lost(), 0);
        QVERIFY(four.gapMs() <= kGapMsMax && six.gapMs() <= kGapMsMax);
        QCOMPARE(wire4.heard(Wire::to(kForbidden4)), QString()); // each forgets what it has told
        QCOMPARE(wire6.heard(Wire::to(kForbidden6)), QString());
        QVERIFY(guest().has_value());
        QVERIFY(rig_->allow(kOtherMac, otherAddress)); // the same, to hear that we would have heard it
        QVERIFY(wire4.hears(Wire::to(kForbidden4)));
        QVERIFY(wire6.hears(Wire::to(kForbidden6)));
        QVERIFY(rig_->revoke(kOtherMac));
    }
};

QTEST_GUILESS_MAIN(TestPortalGate)
#include "tst_portal_gate.moc"
