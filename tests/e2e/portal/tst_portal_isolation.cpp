// What guests never reach, let in or not: each other, private networks, the store's LAN, this device.
#include "e2e/portal/rig.h"

#include <net/if.h>

#include <QScopeGuard>
#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

constexpr std::uint16_t kTillPort = 8'444;
constexpr std::uint16_t kSshPort = 22;
constexpr std::array<const char*, 11> kPrivate = {
    "10.1.2.3",        "172.16.0.1", "172.31.255.254", "192.168.1.1", "192.168.255.254",  "169.254.169.254",
    "100.127.255.254", "198.18.0.1", "fd00::1",        "fc00::1",     "64:ff9b::c0a8:101"};

} // namespace

class TestPortalIsolation : public QObject {
    Q_OBJECT

    std::unique_ptr<Rig> rig_;
    std::string address_, address6_, otherAddress_, otherAddress6_;

    int connectGuest(const std::string& host, std::uint16_t port) const {
        Fd fd;
        return connectTo(rig_->guest, host.c_str(), port, fd);
    }
    using Places = std::vector<std::pair<std::string, std::uint16_t>>;
    /// Where the guest gets a connection, of these; silence takes its time, so all are tried at once.
    [[nodiscard]] QStringList reached(const Places& places) const {
        std::vector<int> errors(places.size());
        {
            std::vector<std::jthread> hands;
            for (std::size_t i = 0; i < places.size(); ++i)
                hands.emplace_back([this, &places, &errors, i] {
                    errors[i] = connectGuest(places[i].first, places[i].second);
                });
        }
        QStringList names;
        for (std::size_t i = 0; i < places.size(); ++i)
            if (errors[i] == 0)
                names += QString("%1 port %2").arg(places[i].first.c_str()).arg(places[i].second);
        return names;
    }
    // A few of each kind towards a host; whether they went out.
    [[nodiscard]] bool knock(const std::string& host) const {
        bool isSent = true;
        for (const auto port : {std::uint16_t{53}, std::uint16_t{80}, std::uint16_t{9'000}}) {
            const auto fd = datagramsTo(rig_->guest, host.c_str(), port);
            isSent = isSent && ::send(fd.get(), "x", 1, 0) == 1;
        }
        rig_->guest.in([&] {
            const auto to = addressOf(host.c_str(), 0);
            const bool is4 = to.get()->sa_family == AF_INET;
            const Fd raw(::socket(to.get()->sa_family, SOCK_RAW | SOCK_CLOEXEC,
                                  is4 ? int{IPPROTO_ICMP} : int{IPPROTO_ICMPV6}));
            // An echo request; of IPv6 the kernel makes the sum.
            const std::array<unsigned char, 8> four = {8, 0, 0xf7, 0xff, 0, 0, 0, 0};
            const std::array<unsigned char, 8> six = {128};
            isSent =
                isSent && ::sendto(raw.get(), is4 ? four.data() : six.data(), 8, 0, to.get(), to.size) == 8;
        });
        return isSent;
    }

    // To everybody on the link; whether it went out.
    [[nodiscard]] bool shout(const char* host) const {
        bool isSent = false;
        rig_->guest.in([&] {
            auto to = addressOf(host, 5'353);
            if (to.get()->sa_family == AF_INET6)
                reinterpret_cast<sockaddr_in6*>(&to.storage)->sin6_scope_id = if_nametoindex("c0");
            const Fd fd(::socket(to.get()->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            const int on = 1;
            setsockopt(fd.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
            isSent = ::sendto(fd.get(), "x", 1, 0, to.get(), to.size) == 1;
        });
        return isSent;
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        rig_ = std::make_unique<Rig>();
        const auto wrong = rig_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        address_ = rig_->lease(rig_->guest);
        otherAddress_ = rig_->lease(rig_->other);
        address6_ = Rig::slaac(rig_->guest);
        otherAddress6_ = Rig::slaac(rig_->other);
        QVERIFY(!address_.empty() && !otherAddress_.empty() && !address6_.empty() && !otherAddress6_.empty());
        QVERIFY(address_ != otherAddress_ && address6_ != otherAddress6_);
    }
    void init() {
        if (!rig_) QSKIP("skipped: no rig");
        // Both are in: what is closed is closed for them too.
        QVERIFY(rig_->allow(kGuestMac, address_));
        QVERIFY(rig_->allow(kOtherMac, otherAddress_));
        Fd fd;
        const auto web = bound(rig_->internet, SOCK_STREAM, "::", 443);
        QCOMPARE(connectTo(rig_->guest, kInternet4, 443, fd), 0);
        QCOMPARE(connectTo(rig_->other, kInternet6, 443, fd), 0);
    }
    void cleanupTestCase() { rig_.reset(); }

    void guestsHearNothingOfEachOther_data() {
        QTest::addColumn<QString>("route"); // how the guest thinks that it gets there
        QTest::newRow("directly") << QString();
        QTest::newRow("by the gateway") << QString("via");
        QTest::newRow("with a neighbour set by hand") << QString("neighbour");
    }
    void guestsHearNothingOfEachOther() {
        QFETCH(QString, route);
        const auto server = bound(rig_->other, SOCK_STREAM, "::", 8'000);
        if (route == "via") {
            rig_->guest.run("ip route replace " + otherAddress_ + " via " + kGateway4);
            rig_->guest.run("ip -6 route replace " + otherAddress6_ + " via " + kGateway6);
        } else if (route == "neighbour") {
            for (const auto& address : {otherAddress_, otherAddress6_})
                QCOMPARE(
                    rig_->guest.run("ip neighbour replace " + address + " lladdr " + kOtherMac + " dev c0")
                        .code,
                    0);
        }
        Wire wire(rig_->other, "c0");
        for (const auto& host : {otherAddress_, otherAddress6_})
            QVERIFY2(knock(host), host.c_str());
        QCOMPARE(reached({{otherAddress_, 8'000}, {otherAddress6_, 8'000}}), QStringList());
        QCOMPARE(wire.heard(Wire::to(otherAddress_)), QString());
        QCOMPARE(wire.heard(Wire::to(otherAddress6_)), QString());
        rig_->guest.run("ip route delete " + otherAddress_);
        rig_->guest.run("ip -6 route delete " + otherAddress6_);
        rig_->guest.run("ip neighbour flush dev c0");
    }
    void theirLinksHearNothingEither() {
        // All that arrives at the other's port and is not ours; its own lease is quiet meanwhile.
        Wire wire(rig_->other, "c0");
        QTest::qWait(200);
        wire.heard();
        for (const auto* host : {"ff02::1", "ff02::fb", "10.77.255.255", "255.255.255.255", "224.0.0.251"})
            QVERIFY2(shout(host), host);
        QCOMPARE(wire.heard(Wire::any, 300), QString());
        const Fd probe = datagramsTo(rig_->gateway, otherAddress_.c_str(), 9'000); // it would have heard
        QCOMPARE(::send(probe.get(), "x", 1, 0), 1);
        QVERIFY(wire.hears(Wire::to(otherAddress_)));
    }
    void privateNetworksAndTheStoreStayClosed() {
        const auto till = bound(rig_->internet, SOCK_STREAM, "0.0.0.0", kTillPort);
        Fd fd; // they are there, for this device
        QCOMPARE(connectTo(rig_->gateway, kStoreLan4, kTillPort, fd), 0);
        QCOMPARE(connectTo(rig_->gateway, kStorePublic4, kTillPort, fd), 0);
        Wire quiet(rig_->internet, "i0");
        quiet.heard(); // the end of what came before
        for (const auto* host : {kStoreLan4, kStorePublic4}) {
            QCOMPARE(connectGuest(host, kTillPort), ECONNREFUSED);
            QVERIFY2(knock(host), host);
        }
        for (const auto* host : kPrivate) {
            QVERIFY2(connectGuest(host, 443) == ECONNREFUSED, host);
            QVERIFY2(knock(host), host);
        }
        QCOMPARE(quiet.heard(), QString());
    }
    void onlyTheRulesKeepThemClosed() { // there is a way to each of them, which this device would take
        Wire wire(rig_->internet, "i0");
        for (const auto* set : {"blocked4", "blocked6"})
            QCOMPARE(rig_->gateway.run(fmt::format("nft flush set inet silta_guest {}", set)).code, 0);
        const auto close = qScopeGuard([this] { QCOMPARE(rig_->reload({}), std::string()); });
        for (const auto* host : kPrivate) {
            QVERIFY2(knock(host), host);
            QVERIFY2(wire.hears(Wire::to(host)), host);
        }
    }
    void thisDeviceShowsThePortalOnly_data() {
        QTest::addColumn<QString>("host");
        for (const auto* host : {kGateway4, kGateway6, "93.184.216.1", "2606:2800:220::1"})
            QTest::newRow(host) << QString(host);
    }
    void thisDeviceShowsThePortalOnly() {
        QFETCH(QString, host);
        const auto ssh = bound(rig_->gateway, SOCK_STREAM, "::", kSshPort);
        const auto till = bound(rig_->gateway, SOCK_STREAM, "::", kTillPort);
        const auto portal = bound(rig_->gateway, SOCK_STREAM, "::", 8'080);
        const auto name = host.toStdString();
        QCOMPARE(reached({{name, kSshPort}, {name, kTillPort}}), QStringList());
        const bool isInside = name == kGateway4 || name == kGateway6;
        if (isInside) QCOMPARE(connectGuest(name, 80), 0);
        QVERIFY(!canRead(ssh.get(), 50) && !canRead(till.get(), 0));
    }
};

QTEST_GUILESS_MAIN(TestPortalIsolation)
#include "tst_portal_isolation.moc"
