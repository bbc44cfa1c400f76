// What dnsmasq does to guests with the files that were rendered for it: addresses, names, the garden.
#include "e2e/portal/leases.h"
#include "e2e/portal/names.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>
#include <algorithm>
#include <limits>
#include <random>

using namespace silta;
using namespace silta::test;

namespace {

// Goes on with the rig's [dns]: who asks much must not wait for the ration, which has a test of its own.
const std::string kManyQuestions = "bits_per_second_before_login = 1000000\n";
const std::string kGarden = "[garden]\nhosts = [\"garden.net\"]\nseconds = 120\n";
constexpr std::uint32_t kTtlMax = 5;
constexpr int kRefusedMs = 5'000; ///< for what is answered at once
constexpr qint64 kEchoMs =
    3'000; ///< dnsmasq waits so long where it looks for somebody with the address first

} // namespace

class TestPortalNetwork : public QObject {
    Q_OBJECT

    std::unique_ptr<Rig> rig_;
    std::unique_ptr<NameServer> names_;
    std::string address_, address6_;

    int connectGuest(const char* host, std::uint16_t port) const {
        Fd fd;
        return connectTo(rig_->guest, host, port, fd);
    }
    [[nodiscard]] int gardenAddresses() const {
        const auto ran = rig_->gateway.run("nft list set inet silta_guest garden4");
        return ran.out.find(kGarden4) == std::string::npos ? 0 : 1;
    }

    /// dnsmasq keeps no name: it takes the signal when it comes to it, and answers from what it has till
    /// then.
    [[nodiscard]] bool forgetsNames() const {
        const auto isAskedFor = [this] {
            const auto before = names_->questions();
            static_cast<void>(ask(rig_->guest, kGateway4, "www.internet.net"));
            return names_->questions() > before;
        };
        static_cast<void>(isAskedFor()); // it has this one
        rig_->flushDnsmasq();
        return QTest::qWaitFor(isAskedFor, kPatienceMs);
    }

    struct Poured {
        std::int64_t up = 0, down = 0;
    };
    /// Bytes that come through the tunnel in `ms`, or until there were `enough` in both directions.
    [[nodiscard]] Poured pour(int ms, std::int64_t enough) const {
        const auto sinkUp = bound(rig_->internet, SOCK_DGRAM, "10.9.9.1", 9'000);
        const auto sinkDown = bound(rig_->guest, SOCK_DGRAM, "10.9.9.2", 9'000);
        const auto sourceUp = datagramsTo(rig_->guest, "10.9.9.1", 9'000);
        const auto sourceDown = datagramsTo(rig_->internet, "10.9.9.2", 9'000);
        const auto drink = [](const Fd& sink) {
            std::int64_t bytes = 0;
            while (canRead(sink.get(), 1)) {
                std::array<char, 2'000> buffer{};
                bytes += std::max<std::int64_t>(::recv(sink.get(), buffer.data(), buffer.size(), 0), 0);
            }
            return bytes;
        };
        Poured poured;
        std::mt19937 random(1);
        QElapsedTimer timer;
        for (timer.start(); timer.elapsed() < ms && std::min(poured.up, poured.down) < enough;) {
            std::array<char, 200> data{}; // that cannot be made shorter on the way
            std::ranges::generate(data, [&random] { return static_cast<char>(random()); });
            for (const auto* source : {&sourceUp, &sourceDown}) {
                [[maybe_unused]] const auto sent =
                    ::send(source->get(), data.data(), data.size(), MSG_DONTWAIT);
            }
            poured.up += drink(sinkUp);
            poured.down += drink(sinkDown);
        }
        return poured;
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        rig_ = std::make_unique<Rig>(kManyQuestions + kGarden + kPublicPortal);
        const auto wrong = rig_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        names_ = std::make_unique<NameServer>(rig_->internet, kInternet4, 53);
        address_ = rig_->lease(rig_->guest);
        QVERIFY2(address_.starts_with("10.77."), address_.c_str());
        address6_ = Rig::slaac(rig_->guest);
        QVERIFY2(address6_.starts_with("2001:db8:7:"), address6_.c_str());
    }
    void init() {
        if (!rig_) QSKIP("skipped: no rig");
        static_cast<void>(rig_->revoke(kGuestMac));
    }
    void cleanupTestCase() {
        names_.reset();
        rig_.reset();
    }

    void theApiIsOfferedWhenItIsConfigured() {
        const std::string url = "https://wifi.example.com/captive-portal/api";
        QCOMPARE(offeredApi4(rig_->guest), std::optional(url));
        QCOMPARE(offeredApi6(rig_->guest), std::optional(url));
    }
    void theApiIsNotOfferedOtherwise() {
        // The same host, with a certificate that devices would refuse.
        rig_->stopDnsmasq();
        QCOMPARE(rig_->reload(kManyQuestions + kGarden + "[portal]\nhost = \"wifi.example.com\"\n"),
                 std::string());
        QCOMPARE(rig_->startDnsmasq(), std::string());
        QCOMPARE(offeredApi4(rig_->guest), std::optional(std::string()));
        QCOMPARE(offeredApi6(rig_->guest), std::optional(std::string()));
        rig_->stopDnsmasq();
        QCOMPARE(rig_->reload(kManyQuestions + kGarden + kPublicPortal), std::string());
        QCOMPARE(rig_->startDnsmasq(), std::string());
    }
    void aSecondAskerKeepsItsLease() {
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(rig_->lease(rig_->guest), address_);
        qInfo("from asking to a lease: %lld ms", static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < kEchoMs);
    }
    void everyNameServerIsUs() {
        for (const auto* server : {kGateway4, kInternet4, kForbidden4, "9.9.9.9", kGateway6, kForbidden6}) {
            const auto portal = ask(rig_->guest, server, kPortalHost);
            QVERIFY2(portal, server);
            QCOMPARE(portal->first(), std::string(kGateway4));
            QCOMPARE(ask(rig_->guest, server, "www.internet.net")->first(), std::string(kInternet4));
            const auto overTcp = askOverTcp(rig_->guest, server, kPortalHost);
            QVERIFY2(overTcp, server);
            QCOMPARE(overTcp->first(), std::string(kGateway4));
        }
        QCOMPARE(ask(rig_->guest, kGateway4, kPortalHost, kTypeAaaa)->first(), std::string(kGateway6));
        QVERIFY(ask(rig_->guest, kGateway4, kPortalHost, kTypeTxt)->records.empty());
    }
    void canaryNamesDoNotExist() {
        const auto before = names_->questions();
        for (const auto* name : {"mask.icloud.com", "mask-h2.icloud.com", "use-application-dns.net"})
            for (const auto type : {kTypeA, kTypeAaaa}) {
                const auto reply = ask(rig_->guest, kGateway4, name, type);
                QVERIFY(reply);
                QCOMPARE(reply->code, kNxDomain);
            }
        QCOMPARE(names_->questions(), before); // nobody else was asked
    }
    void nothingLivesLongAtGuests() {
        for (const auto type : {kTypeA, kTypeAaaa, kTypeTxt})
            for (int i = 0; i < 2; ++i) { // from outside, then from the cache
                const auto reply = ask(rig_->guest, kGateway4, "www.internet.net", type);
                QVERIFY(reply && reply->records.size() == 1);
                QVERIFY2(reply->records[0].ttl <= kTtlMax, std::to_string(reply->records[0].ttl).c_str());
            }
        QVERIFY(ask(rig_->guest, kGateway4, kPortalHost)->records.at(0).ttl <= kTtlMax);
    }
    void privateAnswersFromOutsideAreDropped() {
        const auto before = names_->questions();
        const auto reply = ask(rig_->guest, kGateway4, "rebind.internet.net");
        QVERIFY(names_->questions() > before); // it was asked for
        QVERIFY(!reply || reply->records.empty());
        QCOMPARE(ask(rig_->guest, kGateway4, "nothing.internet.net")->code, kNxDomain);
    }
    void encryptedNamesAreRejected() {
        for (const bool isIn : {false, true}) {
            if (isIn) QVERIFY(rig_->allow(kGuestMac, address_));
            for (const auto* host : {kInternet4, kInternet6, kGateway4, kGateway6}) {
                Fd fd;
                QCOMPARE(connectTo(rig_->guest, host, 853, fd), ECONNREFUSED);
                QVERIFY(isAnsweredAtOnce(fd));
                const auto datagrams = datagramsTo(rig_->guest, host, 853);
                QCOMPARE(::send(datagrams.get(), "x", 1, 0), 1);
                QVERIFY2(canRead(datagrams.get(), kRefusedMs), host);
                char byte = 0;
                QCOMPARE(::recv(datagrams.get(), &byte, 1, MSG_DONTWAIT), -1);
                QCOMPARE(errno, ECONNREFUSED);
            }
        }
    }

    void theGardenIsOpenOnceItsNameWasAsked() {
        const auto web = bound(rig_->internet, SOCK_STREAM, "::", 443);
        rig_->gateway.run("nft flush set inet silta_guest garden4");
        rig_->gateway.run("nft flush set inet silta_guest garden6");
        QVERIFY(forgetsNames());
        QCOMPARE(connectGuest(kGarden4, 443), ECONNREFUSED);
        QCOMPARE(ask(rig_->guest, kGateway4, "pay.garden.net")->first(), std::string(kGarden4));
        QCOMPARE(ask(rig_->guest, kGateway4, "pay.garden.net", kTypeAaaa)->first(), std::string(kGarden6));
        QTRY_COMPARE_WITH_TIMEOUT(connectGuest(kGarden4, 443), 0, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(connectGuest(kGarden6, 443), 0, kPatienceMs);
        QCOMPARE(connectGuest(kInternet4, 443), ECONNREFUSED); // its neighbour is not
        QCOMPARE(connectGuest(kGarden4, 22), ECONNREFUSED);
    }
    void anAnswerFromTheCacheOpensNothing() {
        static_cast<void>(ask(rig_->guest, kGateway4, "pay.garden.net"));
        QTRY_COMPARE_WITH_TIMEOUT(gardenAddresses(), 1, kPatienceMs);
        rig_->gateway.run("nft flush set inet silta_guest garden4");
        const auto before = names_->questions();
        QCOMPARE(ask(rig_->guest, kGateway4, "pay.garden.net")->first(), std::string(kGarden4));
        QCOMPARE(names_->questions(), before);
        QCOMPARE(gardenAddresses(), 0);
        QVERIFY(forgetsNames()); // together with the set: that is what a reload of the unit does
        const auto afterFlush = names_->questions();
        QCOMPARE(ask(rig_->guest, kGateway4, "pay.garden.net")->first(), std::string(kGarden4));
        QVERIFY(names_->questions() > afterFlush);
        QTRY_COMPARE_WITH_TIMEOUT(gardenAddresses(), 1, kPatienceMs);
    }
    void whatHasExpiredIsOpenedByAQuestionOnly() {
        const auto web = bound(rig_->internet, SOCK_STREAM, "::", 443);
        QVERIFY(forgetsNames());
        const auto known = ask(rig_->guest, kGateway4, "pay.garden.net");
        QVERIFY(known && known->first() == kGarden4);
        QTRY_COMPARE_WITH_TIMEOUT(gardenAddresses(), 1, kPatienceMs);
        for (const auto* verb :
             {"delete", "add"}) // the same element with a time-out that a test can wait for
            QCOMPARE(rig_->gateway
                         .run(fmt::format("nft {} element inet silta_guest garden4 {{ {}{} }}", verb,
                                          kGarden4, verb == std::string_view("add") ? " timeout 2s" : ""))
                         .code,
                     0);
        QTRY_COMPARE_WITH_TIMEOUT(gardenAddresses(), 0, 30'000);
        QCOMPARE(connectGuest(kGarden4, 443), ECONNREFUSED);
        const auto before = names_->questions();
        QCOMPARE(ask(rig_->guest, kGateway4, "pay.garden.net")->first(), std::string(kGarden4));
        QCOMPARE(names_->questions(), before); // from the cache
        QCOMPARE(gardenAddresses(), 0);
        QCOMPARE(ask(rig_->guest, kGateway4, "help.garden.net")->first(), std::string(kGarden4));
        QVERIFY(names_->questions() > before);
        QTRY_COMPARE_WITH_TIMEOUT(gardenAddresses(), 1, kPatienceMs);
        QCOMPARE(connectGuest(kGarden4, 443), 0);
    }
    void theGardenOutlivesTheCache() {
        const auto set = rig_->gateway.run("nft list set inet silta_guest garden4").out;
        QVERIFY2(set.find("timeout 2m") != std::string::npos, set.c_str()); // 120 s; the cache keeps 60
        QFile conf(QString::fromStdString(rig_->path("set/dnsmasq.conf")));
        QVERIFY(conf.open(QIODevice::ReadOnly));
        QVERIFY(conf.readAll().contains("\nmax-cache-ttl=60\n"));
    }

    void dnsIsNoTunnelBeforeLogin() {
        const auto server = QStandardPaths::findExecutable("iodined", {"/usr/sbin"});
        const auto program = QStandardPaths::findExecutable("iodine", {"/usr/sbin"});
        if (server.isEmpty() || program.isEmpty()) QSKIP("skipped: no iodine");
        if (!QFile::exists("/dev/net/tun")) QSKIP("skipped: no /dev/net/tun");
        names_ = std::make_unique<NameServer>(rig_->internet, "127.0.0.1", 5'353);
        const auto far = rig_->internet.start(server, {"-f", "-c", "-b", "5353", "-l", kInternet4, "-P",
                                                       "secret", "-d", "tun9", "10.9.9.1/24", "tunnel.net"});
        const auto near =
            rig_->guest.start(program, {"-f", "-r", "-P", "secret", "-d", "tun9", kGateway4, "tunnel.net"});
        QByteArray said;
        const auto isConnected = [&] {
            near->waitForReadyRead(100);
            said += near->readAll();
            return said.contains("Connection setup complete");
        };
        QVERIFY2(QTest::qWaitFor(isConnected, 60'000), said.constData());
        // With plenty of questions it works both ways; with the ration that is rendered it does not.
        constexpr int kMs = 10'000;
        constexpr std::int64_t kPlenty = 40'000; // bytes: four times what the ration is in kMs
        const auto open = pour(60'000, kPlenty);
        qInfo("iodine with plenty: %lld bytes up, %lld down", static_cast<long long>(open.up),
              static_cast<long long>(open.down));
        QVERIFY(open.up >= kPlenty && open.down >= kPlenty);
        QCOMPARE(rig_->reload(kGarden + kPublicPortal), std::string());
        for (const auto* set : {"dns_up", "dns_down"}) // what it has of this device is of the ration before
            QCOMPARE(rig_->gateway.run(fmt::format("nft flush set inet silta_guest {}", set)).code, 0);
        const auto rules = rig_->gateway.run("nft list table inet silta_guest").out;
        QVERIFY2(rules.find("limit rate 500 bytes/second") != std::string::npos, rules.c_str()); // each way
        const auto rationed = pour(kMs, std::numeric_limits<std::int64_t>::max());
        qInfo("iodine before login: %lld bit/s up, %lld down",
              static_cast<long long>(rationed.up * 8'000 / kMs),
              static_cast<long long>(rationed.down * 8'000 / kMs));
        QVERIFY((rationed.up + rationed.down) * 8'000 / kMs <= 8'000);
        near->kill();
        far->kill();
        near->waitForFinished();
        far->waitForFinished();
        names_ = std::make_unique<NameServer>(rig_->internet, kInternet4, 53);
    }
};

QTEST_GUILESS_MAIN(TestPortalNetwork)
#include "tst_portal_network.moc"
