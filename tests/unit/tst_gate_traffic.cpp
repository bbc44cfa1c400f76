#include "gate/nft_gate.h"
#include "support/wire.h"
#include "unit/gate_fixture.h"

#include <QElapsedTimer>
#include <QTest>
#include <array>
#include <cerrno>

using namespace silta;
using namespace silta::gate;
using namespace silta::test;

namespace {

constexpr const char* kServer4 = "203.0.113.2";
constexpr const char* kServer6 = "2001:db8:1::2";
constexpr const char* kGateway4 = "10.77.0.1";
constexpr std::uint16_t kAnyPort = 8'000;
constexpr std::uint16_t kUpPort = 9'000;
constexpr int kLongestMs = 5'000; ///< for what must come
constexpr unsigned char kEchoRequest6 = 128;

bool isEcho(const Packet& packet) {
    return packet.protocol == IPPROTO_ICMP || packet.protocol == IPPROTO_ICMPV6;
}

} // namespace

// client c0 --- g0 gateway u0 --- i0 internet, each in a network of its own.
class TestGateTraffic : public QObject {
    Q_OBJECT

    std::unique_ptr<test::Network> client_, gateway_, internet_;
    std::unique_ptr<NftGate> gate_;
    const SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<Wire> wire_; ///< hears what reaches the internet

    const Grant grant_{
        .mac = *parseMac("02:00:5e:00:00:10"), .address = *parseHostIpv4("10.77.0.10"), .seconds = 600};

    void load(const GuestNetwork& network) {
        const auto text = renderGuestTable(network);
        QVERIFY(text);
        // In one transaction, so that nothing passes between the two.
        const auto ran =
            gateway_->run("nft -f -", "table inet silta_guest\ndelete table inet silta_guest\n" + *text);
        QVERIFY2(ran.code == 0, ran.err.c_str());
        gateway_->in([&] { gate_ = std::move(*NftGate::open(clock_, random_)); });
    }
    void allow(const Grant& grant) { QVERIFY(gate_->allow(std::span(&grant, 1))); }
    void revoke() { QVERIFY(gate_->revoke(std::span(&grant_.mac, 1))); }
    std::optional<Guest> guest() {
        const auto guests = gate_->counters(std::span(&grant_.mac, 1));
        return guests && guests->size() == 1 ? std::optional(guests->front()) : std::nullopt;
    }
    // One to each server; the kernel sums up those of IPv6 itself.
    void sendEchoes() const {
        client_->in([] {
            const std::array<unsigned char, 8> four = {8, 0, 0xf7, 0xff, 0, 0, 0, 0};
            const std::array<unsigned char, 8> six = {kEchoRequest6};
            const Fd raw4(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP));
            const Fd raw6(::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6));
            const auto to4 = addressOf(kServer4, 0);
            const auto to6 = addressOf(kServer6, 0);
            [[maybe_unused]] auto sent = ::sendto(raw4.get(), four.data(), 8, 0, to4.get(), to4.size);
            sent = ::sendto(raw6.get(), six.data(), 8, 0, to6.get(), to6.size);
        });
    }
    int connectClient(const char* host, std::uint16_t port) {
        Fd fd;
        return connectTo(*client_, host, port, fd);
    }

private slots:
    void initTestCase() {
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        client_ = std::make_unique<test::Network>();
        gateway_ = std::make_unique<test::Network>();
        internet_ = std::make_unique<test::Network>();
        const std::array<std::pair<test::Network*, std::string>, 21> steps = {{
            {gateway_.get(), "ip link add g0 type veth peer name c0 netns " + client_->path()},
            {gateway_.get(), "ip link add u0 type veth peer name i0 netns " + internet_->path()},
            {gateway_.get(), "sysctl -qw net.ipv4.ip_forward=1"},
            {gateway_.get(), "sysctl -qw net.ipv6.conf.all.forwarding=1"},
            {gateway_.get(), "ip link set g0 up"},
            {gateway_.get(), "ip link set u0 up"},
            {gateway_.get(), "ip address add 10.77.0.1/16 dev g0"},
            {gateway_.get(), "ip address add 2001:db8:7::1/64 dev g0 nodad"},
            {gateway_.get(), "ip address add 203.0.113.1/24 dev u0"},
            {gateway_.get(), "ip address add 2001:db8:1::1/64 dev u0 nodad"},
            {client_.get(), "ip link set c0 address 02:00:5e:00:00:10 up"},
            {client_.get(), "ip address add 10.77.0.10/16 dev c0"},
            {client_.get(), "ip address add 2001:db8:7::10/64 dev c0 nodad"},
            {client_.get(), "ip route add default via 10.77.0.1"},
            {client_.get(), "ip route add default via 2001:db8:7::1"},
            {internet_.get(), "ip link set i0 up"},
            {internet_.get(), "ip address add 203.0.113.2/24 dev i0"},
            {internet_.get(), "ip address add 192.168.50.1/32 dev i0"},
            {internet_.get(), "ip address add 2001:db8:1::2/64 dev i0 nodad"},
            {internet_.get(), "ip route add 2001:db8:7::/64 via 2001:db8:1::1"},
            {gateway_.get(), "ip route add 192.168.50.1 dev u0"},
        }};
        for (const auto& [network, command] : steps) {
            const auto ran = network->run(command);
            QVERIFY2(ran.code == 0, (command + ": " + ran.err).c_str());
        }
        wire_ = std::make_unique<Wire>(*internet_, "i0");
        // A path that works, so that silence means something.
        Fd open;
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        QTRY_COMPARE(connectTo(*client_, kServer6, kAnyPort, open), 0);
    }
    void init() {
        if (client_ == nullptr) QSKIP("skipped: needs root");
        client_->run("ip link set c0 address 02:00:5e:00:00:10");
        client_->run("ip route replace default via 10.77.0.1");
        client_->run("ip -6 route replace default via 2001:db8:7::1");
        load(test::guestNetwork());
        wire_->heard();
    }

    void nothingPassesBeforeLogin() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        for (const auto* host : {kServer4, kServer6}) {
            for (const std::uint16_t port : {443, 8'000, 22, 853, 25}) {
                Fd fd;
                QCOMPARE(connectTo(*client_, host, port, fd), ECONNREFUSED);
                QVERIFY2(isAnsweredAtOnce(fd), "it must not keep a browser waiting");
            }
            for (const std::uint16_t port : {443, 123, 5'000}) {
                const auto fd = datagramsTo(*client_, host, port);
                QCOMPARE(::send(fd.get(), "x", 1, 0), 1);
                QVERIFY(canRead(fd.get(), kLongestMs));
                char byte = 0;
                QCOMPARE(::recv(fd.get(), &byte, 1, MSG_DONTWAIT), -1);
                QCOMPARE(errno, ECONNREFUSED); // ICMP, port unreachable
            }
        }
        sendEchoes();
        QCOMPARE(wire_->heard(), QString());
        allow(grant_); // the same, to hear that we would have heard it
        sendEchoes();
        QVERIFY(wire_->hears(isEcho, 2));
    }
    void webBeforeLoginIsThePortal() {
        const auto portal4 = bound(*gateway_, SOCK_STREAM, "::", 8'080);
        const auto secure = bound(*gateway_, SOCK_STREAM, "::", 8'443);
        const auto web = bound(*internet_, SOCK_STREAM, "::", 80);
        for (const auto* host : {kServer4, kServer6, kGateway4, "2001:db8:7::1"}) {
            QCOMPARE(connectClient(host, 80), 0);
            QVERIFY2(canRead(portal4.get(), kLongestMs), host);
            Fd(::accept(portal4.get(), nullptr, nullptr));
        }
        QCOMPARE(connectClient(kGateway4, 443), 0); // ours, by its usual port
        QVERIFY(canRead(secure.get(), kLongestMs));
        QCOMPARE(wire_->heard(), QString());
        allow(grant_);
        for (const auto* host : {kServer4, kServer6}) {
            QCOMPARE(connectClient(host, 80), 0);
            QVERIFY(canRead(web.get(), kLongestMs));
            Fd(::accept(web.get(), nullptr, nullptr));
        }
        QVERIFY(!canRead(portal4.get(), 0));
        QCOMPARE(connectClient(kGateway4, 80), 0); // the portal stays where it is
        QVERIFY(canRead(portal4.get(), kLongestMs));
    }
    void allowOpensAtOnceForBothFamilies() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        QElapsedTimer timer;
        timer.start();
        allow(grant_);
        QCOMPARE(connectClient(kServer4, kAnyPort), 0);
        QCOMPARE(connectClient(kServer6, kAnyPort), 0);
        const auto ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        qInfo("from allow to two connections: %.1f ms", ms); // at the first try: the gate refuses at once
        // A privacy address that comes later.
        QCOMPARE(client_->run("ip address add 2001:db8:7::abcd/64 dev c0 nodad preferred_lft 0").code, 0);
        Fd fd;
        QCOMPARE(connectTo(*client_, kServer6, kAnyPort, fd, "2001:db8:7::abcd"), 0);
        client_->run("ip address delete 2001:db8:7::abcd/64 dev c0");
        revoke();
        QCOMPARE(connectClient(kServer4, kAnyPort), ECONNREFUSED);
        QCOMPARE(connectClient(kServer6, kAnyPort), ECONNREFUSED);
    }
    void revokeAndExpiryCutLiveFlows_data() {
        QTest::addColumn<bool>("expires");
        QTest::addColumn<QString>("host");
        for (const bool expires : {false, true})
            for (const auto* host : {kServer4, kServer6})
                QTest::addRow("%s %s", expires ? "expiry" : "revoke", host) << expires << host;
    }
    void revokeAndExpiryCutLiveFlows() {
        QFETCH(bool, expires);
        QFETCH(QString, host);
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        const Source source(server);
        allow(grant_);
        Fd fd;
        QCOMPARE(connectTo(*client_, host.toStdString().c_str(), kAnyPort, fd), 0);
        QVERIFY(readAtLeast(fd, 100'000));
        const auto up = datagramsTo(*client_, host.toStdString().c_str(), kUpPort);
        const auto send = [&up] { return ::send(up.get(), "x", 1, MSG_DONTWAIT) == 1; };
        QVERIFY(send() && wire_->hears([](const Packet& packet) { return packet.port == kUpPort; }));
        const Extension second{.mac = grant_.mac, .seconds = 1, .quotaBytes = std::nullopt};
        if (expires)
            QVERIFY(gate_->extend(std::span(&second, 1)));
        else
            revoke();
        QTRY_VERIFY(!guest());
        QVERIFY(readToTheEnd(fd)); // half a second of nothing
        wire_->heard();
        send();
        QCOMPARE(wire_->heard(), QString());
        QCOMPARE(readFor(fd, 100), 0);
    }
    void quotaCutsBothWays() {
        constexpr std::int64_t kQuota = 4'000'000;
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        const Source source(server);
        auto grant = grant_;
        grant.quotaBytes = kQuota;
        grant.usedBytes = 1'000'000; // of an earlier session
        allow(grant);
        Fd fd;
        QCOMPARE(connectTo(*client_, kServer6, kAnyPort, fd), 0);
        const auto got = readToTheEnd(fd).value_or(0);
        const auto used = static_cast<std::int64_t>(guest()->usedBytes);
        qInfo("quota %lld, counted %lld, read %lld", static_cast<long long>(kQuota),
              static_cast<long long>(used), static_cast<long long>(got));
        QVERIFY(used <= kQuota + kQuota / 50 && used > kQuota * 95 / 100);
        QVERIFY(got <= kQuota - 1'000'000 && got > (kQuota - 1'000'000) * 90 / 100);
        QCOMPARE(connectClient(kServer4, kAnyPort), ECONNREFUSED); // one quota for both families
        const Extension more{.mac = grant_.mac, .seconds = 60, .quotaBytes = 5'000'000};
        QVERIFY(gate_->extend(std::span(&more, 1)));
        QCOMPARE(connectClient(kServer4, kAnyPort), 0);
    }
    void extendDoesNotDisturbAFlow() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        const auto client = datagramsTo(*client_, kServer4, 9'000);
        const auto sink = bound(*internet_, SOCK_DGRAM, "0.0.0.0", 9'000);
        allow(grant_);
        constexpr int kDatagrams = 2'000;
        std::uint64_t before = 0;
        int received = 0;
        for (int i = 0; i < kDatagrams; ++i) {
            QCOMPARE(::send(client.get(), "0123456789", 10, 0), 10);
            if (i % 10 == 0) {
                const Extension longer{.mac = grant_.mac, .seconds = 600, .quotaBytes = std::nullopt};
                QVERIFY(gate_->extend(std::span(&longer, 1)));
                const auto used = guest()->usedBytes;
                QVERIFY(used >= before);
                before = used;
            }
            std::array<char, 16> buffer{};
            if (canRead(sink.get(), kLongestMs) && ::recv(sink.get(), buffer.data(), buffer.size(), 0) == 10)
                ++received;
        }
        QCOMPARE(received, kDatagrams);
        QCOMPARE(guest()->usedBytes, std::uint64_t(kDatagrams * 38));
    }
    void theRightAddressWithAWrongMacIsBlocked() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        const Source source(server);
        allow(grant_);
        Fd fd;
        QCOMPARE(connectTo(*client_, kServer4, kAnyPort, fd), 0);
        QVERIFY(readAtLeast(fd, 100'000));
        client_->run("ip link set c0 address 02:00:5e:00:00:66");
        QVERIFY(readToTheEnd(fd)); // its own connections included
        QCOMPARE(connectClient(kServer4, kAnyPort), ECONNREFUSED);
        client_->run("ip -6 route replace default via 2001:db8:7::1");
        QCOMPARE(connectClient(kServer6, kAnyPort), ECONNREFUSED);
    }
    void aReusedLeaseInheritsNothing() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        allow(grant_);
        auto other = grant_;
        other.mac = *parseMac("02:00:5e:00:00:77");
        client_->run("ip link set c0 address 02:00:5e:00:00:77");
        QCOMPARE(connectClient(kServer4, kAnyPort), ECONNREFUSED);
        allow(other);
        QCOMPARE(connectClient(kServer4, kAnyPort), 0);
        QCOMPARE(guest()->usedBytes, 0U); // the first one's
    }
    void privateNetworksStayClosedAfterLogin() {
        const auto server = bound(*internet_, SOCK_STREAM, "0.0.0.0", kAnyPort);
        allow(grant_);
        QCOMPARE(connectClient("192.168.50.1", kAnyPort), ECONNREFUSED);
        QCOMPARE(connectClient(kServer4, 853), ECONNREFUSED);
        QCOMPARE(wire_->heard([](const Packet& packet) {
            return packet.to == "192.168.50.1" || (packet.protocol == IPPROTO_TCP && packet.port == 853);
        }),
                 QString());
    }
    void managementPortsStayClosedAfterLogin() {
        const auto ssh = bound(*gateway_, SOCK_STREAM, "::", 22);
        const auto till = bound(*gateway_, SOCK_STREAM, "203.0.113.1", 8'443);
        allow(grant_);
        QCOMPARE(connectClient(kGateway4, 22), ECONNREFUSED);
        QCOMPARE(connectClient("2001:db8:7::1", 22), ECONNREFUSED);
        Fd fd; // our other addresses do not exist for guests
        QCOMPARE(connectTo(*client_, "203.0.113.1", 8'443, fd), ETIMEDOUT);
        QVERIFY(!isAnsweredAtOnce(fd));
    }
    void everyNameServerIsUs() {
        const auto dns = bound(*gateway_, SOCK_DGRAM, "0.0.0.0", 53);
        const auto dns6 = bound(*gateway_, SOCK_DGRAM, "2001:db8:7::1", 53);
        for (const bool isIn : {false, true}) {
            if (isIn) allow(grant_);
            auto client = datagramsTo(*client_, kServer4, 53);
            QCOMPARE(::send(client.get(), "question", 8, 0), 8);
            QVERIFY(canRead(dns.get(), kLongestMs));
            Address from;
            from.size = sizeof from.storage;
            std::array<char, 16> buffer{};
            QCOMPARE(::recvfrom(dns.get(), buffer.data(), buffer.size(), 0,
                                reinterpret_cast<sockaddr*>(&from.storage), &from.size),
                     8);
            QCOMPARE(::sendto(dns.get(), "answer", 6, 0, from.get(), from.size), 6);
            QVERIFY(canRead(client.get(),
                            kLongestMs)); // from the address that was asked, or it would not be taken
            client = datagramsTo(*client_, kServer6, 53);
            QCOMPARE(::send(client.get(), "question", 8, 0), 8);
            QVERIFY(canRead(dns6.get(), kLongestMs));
            QCOMPARE(::recv(dns6.get(), buffer.data(), buffer.size(), 0), 8);
        }
        QCOMPARE(wire_->heard([](const Packet& packet) { return packet.port == 53; }), QString());
    }
    void dnsIsNoTunnelBeforeLogin() {
        const auto dns = bound(*gateway_, SOCK_DGRAM, "0.0.0.0", 53);
        const auto client = datagramsTo(*client_, kServer4, 53);
        const auto exchange = [&](int ms) {
            // Questions of 100 bytes and answers of 500, as fast as they go.
            std::array<char, 500> data{};
            std::int64_t up = 0;
            std::int64_t down = 0;
            QElapsedTimer timer;
            timer.start();
            while (timer.elapsed() < ms) {
                [[maybe_unused]] const auto sent = ::send(client.get(), data.data(), 100, 0);
                Address from;
                from.size = sizeof from.storage;
                while (canRead(dns.get(), 1)) {
                    up += ::recvfrom(dns.get(), data.data(), data.size(), 0,
                                     reinterpret_cast<sockaddr*>(&from.storage), &from.size);
                    for (int i = 0; i < 3; ++i)
                        [[maybe_unused]] const auto back =
                            ::sendto(dns.get(), data.data(), data.size(), 0, from.get(), from.size);
                }
                while (canRead(client.get(), 0))
                    down += ::recv(client.get(), data.data(), data.size(), 0);
            }
            const auto took = timer.elapsed();
            return std::pair(up * 8'000 / took, down * 8'000 / took); // bit/s
        };
        exchange(1'000); // what is granted at first
        const auto [up, down] = exchange(8'000);
        qInfo("before login: %lld bit/s up, %lld bit/s down", static_cast<long long>(up),
              static_cast<long long>(down));
        QVERIFY(up + down <= 8'000);
        QVERIFY(up > 1'000); // it is slow, not dead
        allow(grant_);
        const auto [upAfter, downAfter] = exchange(1'000);
        QVERIFY(upAfter > 16'000 && downAfter > 16'000);
    }
    void theGardenIsOpen() {
        const auto server = bound(*internet_, SOCK_STREAM, "::", 443);
        const auto other = bound(*internet_, SOCK_STREAM, "::", 8'443);
        const Source source(server);
        QCOMPARE(gateway_->run("nft add element inet silta_guest garden4 { 203.0.113.2 }").code, 0);
        QCOMPARE(gateway_->run("nft add element inet silta_guest garden6 { 2001:db8:1::2 }").code, 0);
        for (const auto* host : {kServer4, kServer6}) {
            Fd fd;
            QCOMPARE(connectTo(*client_, host, 443, fd), 0);
            QVERIFY(readAtLeast(fd, 1));
            QCOMPARE(connectClient(host, 8'443), ECONNREFUSED);
        }
    }
    void oneGuestHasItsShareOfConnections() {
        auto network = test::guestNetwork();
        network.portalFlowsMax = 8;
        network.guestFlowsMax = 16;
        load(network);
        const auto portal = bound(*gateway_, SOCK_STREAM, "::", 8'080);
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        allow(grant_);
        const auto count = [this](const char* host, const char* host6, std::uint16_t port) {
            std::vector<Fd> open;
            for (int i = 0; i < 30; ++i) {
                Fd fd;
                if (connectTo(*client_, i % 2 == 0 ? host : host6, port, fd) == 0)
                    open.push_back(std::move(fd));
            }
            return open.size();
        };
        QCOMPARE(count(kGateway4, "2001:db8:7::1", 8'080), std::size_t(8));
        QCOMPARE(count(kServer4, kServer6, kAnyPort), std::size_t(16));
    }
    void aRateClassIsKept() {
        auto network = test::guestNetwork();
        network.guestsMax = 4;
        network.rateClasses = {{.downKbit = 20'000, .upKbit = 8'000}};
        load(network);
        const auto calls = renderShaping(network);
        QVERIFY(calls);
        for (const auto& call : *calls) {
            const auto ran = gateway_->run(fmt::format("tc {}", fmt::join(call, " ")));
            QVERIFY2(ran.code == 0, ran.err.c_str());
        }
        auto grant = grant_;
        grant.rateClass = 1;
        allow(grant);
        const auto server = bound(*internet_, SOCK_STREAM, "::", kAnyPort);
        const auto rate = [](const Fd& from, std::int64_t kbit) {
            readFor(from, 500);
            return kbitsPerSecond(from, 2'000, kbit * 9 / 10);
        };
        Fd fd;
        std::int64_t down = 0;
        {
            const Source source(server);
            QCOMPARE(connectTo(*client_, kServer4, kAnyPort, fd), 0);
            down = rate(fd, 20'000);
        }
        QCOMPARE(connectTo(*client_, kServer6, kAnyPort, fd), 0);
        const Fd sink(::accept(server.get(), nullptr, nullptr));
        std::int64_t up = 0;
        {
            std::jthread pump([&fd](const std::stop_token& stop) {
                const std::vector<char> data(16'384, 'x');
                while (!stop.stop_requested()) {
                    pollfd watched{fd.get(), POLLOUT, 0};
                    if (::poll(&watched, 1, 50) > 0) [[maybe_unused]]
                        const auto sent = ::send(fd.get(), data.data(), data.size(), MSG_NOSIGNAL);
                }
            });
            up = rate(sink, 8'000);
        }
        qInfo("of 20000 kbit/s down: %lld; of 8000 up: %lld", static_cast<long long>(down),
              static_cast<long long>(up));
        gateway_->run("tc qdisc delete dev g0 root");
        gateway_->run("tc qdisc delete dev u0 root");
        QVERIFY(down >= 18'000 && down <= 22'000);
        QVERIFY(up >= 7'200 && up <= 8'800);
    }
};

QTEST_GUILESS_MAIN(TestGateTraffic)
#include "tst_gate_traffic.moc"
