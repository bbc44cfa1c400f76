// What a device sees that has not signed in yet, and what nobody gets by asking in odd ways.
#include "e2e/portal/guest_store.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

struct Probe {
    const char *host, *path;
};
constexpr std::array<Probe, 11> kProbes = {{{"captive.apple.com", "/hotspot-detect.html"},
                                            {"connectivitycheck.gstatic.com", "/generate_204"},
                                            {"clients3.google.com", "/generate_204"},
                                            {"www.msftconnecttest.com", "/connecttest.txt"},
                                            {"www.msftconnecttest.com", "/redirect"},
                                            {"www.msftncsi.com", "/ncsi.txt"},
                                            {"detectportal.firefox.com", "/canonical.html"},
                                            {"detectportal.firefox.com", "/success.txt?ipv4"},
                                            {"nmcheck.gnome.org", "/check_network_status.txt"},
                                            {"network-test.debian.org", "/nm"},
                                            {"www.internet.net", "/a/page?with=words&and=%C3%A4"}}};
constexpr const char* kUrl = "https://wifi.example.com";

std::string requestOf(const char* method, const Probe& probe) {
    return fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: probe\r\nConnection: close\r\n\r\n", method,
                       probe.path, probe.host);
}

} // namespace

class TestPortalProbes : public QObject {
    Q_OBJECT

    std::unique_ptr<GuestStore> store_;
    std::string lastTest_;
    [[nodiscard]] const Network& guest() { return store_->rig().guest; }
    [[nodiscard]] const Network& other() { return store_->rig().other; }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
        store_ = std::make_unique<GuestStore>("ways = { terms = 60 }\n", kPublicPortal);
        const auto wrong = store_->up();
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    void init() {
        if (!store_) QSKIP("skipped: no rig");
        // A stranger for each test; the rows of one, of which none signs in, share theirs.
        const std::string test = QTest::currentTestFunction();
        if (test == lastTest_) return;
        lastTest_ = test;
        QVERIFY(!store_->newDevice(guest()).empty());
    }
    void cleanupTestCase() { store_.reset(); }

    void probesAreLedToThePage() {
        QVERIFY(!Rig::slaac(guest()).empty());
        for (const auto& probe : kProbes)
            for (const auto* address : {kInternet4, kInternet6})
                for (const auto* method : {"GET", "HEAD"}) {
                    const auto page = exchange(guest(), address, requestOf(method, probe));
                    const auto name = fmt::format("{} {} by {}", method, probe.host, address);
                    QVERIFY2(page.status == 302, name.c_str());
                    QVERIFY2(page.header("location").starts_with(std::string(kUrl) + "/?to=http%3A%2F%2F"),
                             page.header("location").c_str());
                    QCOMPARE(page.header("cache-control"), std::string("no-store"));
                    QCOMPARE(page.header("content-type"), std::string("text/html; charset=utf-8"));
                    QVERIFY(std::stoul(page.header("content-length")) > 0);
                    if (std::string_view(method) == "GET")
                        QCOMPARE(page.body.size(), std::stoul(page.header("content-length")));
                    QVERIFY(page.body.find("Success") == std::string::npos);
                }
    }
    void whatIsSentElsewhereIsRefused() { // RFC 6585, section 6
        QVERIFY(!Rig::slaac(guest()).empty());
        for (const auto& probe : kProbes)
            for (const auto* address : {kInternet4, kInternet6}) {
                const auto page =
                    exchange(guest(), address,
                             fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Length: 2\r\nConnection: "
                                         "close\r\n\r\nhi",
                                         probe.path, probe.host));
                QVERIFY2(page.status == 511, probe.host);
                QCOMPARE(page.header("cache-control"), std::string("no-store"));
                QCOMPARE(page.header("content-type"), std::string("text/html; charset=utf-8"));
                QCOMPARE(page.body.size(), std::stoul(page.header("content-length")));
                QVERIFY(page.header("location").empty());
                QVERIFY2(page.body.find(fmt::format("href=\"{}/\"", kUrl)) != std::string::npos,
                         page.body.c_str());
            }
    }
    void afterLoginTheOriginAnswers() {
        QVERIFY(!Rig::slaac(guest()).empty());
        QVERIFY(!GuestStore::reaches(guest()));
        Visitor visitor(guest(), kGateway4);
        QCOMPARE(visitor.signIn("terms=2026-11").status, 303);
        for (const auto& probe : kProbes)
            for (const auto* address : {kInternet4, kInternet6})
                for (const auto* method : {"GET", "HEAD"})
                    QCOMPARE(exchange(guest(), address, requestOf(method, probe)).bytes,
                             WebServer::answerOf(method, probe.host, probe.path));
    }

    void isNoProxy_data() {
        QTest::addColumn<QByteArray>("request");
        const auto row = [](const char* name, const std::string& head) {
            QTest::newRow(name) << QByteArray::fromStdString(head + "\r\nConnection: close\r\n\r\n");
        };
        const auto forbidden = std::string(kForbidden4);
        row("connect", "CONNECT " + forbidden + ":80 HTTP/1.1\r\nHost: " + forbidden);
        row("connect, a name of ours", "CONNECT wifi.example.com:80 HTTP/1.1\r\nHost: wifi.example.com");
        row("absolute", "GET http://" + forbidden + "/ HTTP/1.1\r\nHost: " + forbidden);
        row("absolute, a host of ours", "GET http://" + forbidden + "/ HTTP/1.1\r\nHost: 10.77.0.1");
        row("post of an absolute address",
            "POST http://" + forbidden + "/login HTTP/1.1\r\nHost: 10.77.0.1\r\nContent-Length: 0");
        row("loopback", "GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1");
        row("localhost", "GET / HTTP/1.1\r\nHost: localhost:8080");
        row("metadata", "GET /latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254");
        row("the store's network", "GET / HTTP/1.1\r\nHost: 192.168.50.1");
        row("user in host", "GET / HTTP/1.1\r\nHost: 10.77.0.1@" + forbidden);
        row("words in host", "GET / HTTP/1.1\r\nHost: \"><script>alert(1)</script>");
        row("two hosts", "GET / HTTP/1.1\r\nHost: 10.77.0.1\r\nHost: " + forbidden);
        row("no host", "GET / HTTP/1.1\r\nX: y");
        row("old", "GET http://" + forbidden + "/ HTTP/1.0\r\nX: y");
        row("forwarded",
            "GET / HTTP/1.1\r\nHost: " + forbidden + "\r\nX-Forwarded-For: 127.0.0.1\r\nVia: 1.1 x");
        row("line breaks in the path", "GET /%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a.example");
        row("line breaks in the query",
            "GET /?to=http://a%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: 10.77.0.1");
        row("a bare return in the host", "GET / HTTP/1.1\r\nHost: a\rX-Injected: yes");
        row("up and out", "GET /../../etc/passwd HTTP/1.1\r\nHost: 10.77.0.1");
        row("a picture from elsewhere", "GET /pictures/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: 10.77.0.1");
    }
    void isNoProxy() {
        QFETCH(QByteArray, request);
        Wire wire(store_->rig().internet, "i0");
        wire.heard(Wire::any, 0); // the end of what came before
        for (const auto* address : {kGateway4, kForbidden4}) {
            const auto page = exchange(guest(), address, request.toStdString());
            const auto location = page.header("location");
            QVERIFY2(location.empty() || location.starts_with(std::string(kUrl) + "/"), location.c_str());
            QVERIFY(page.header("x-injected").empty());
            QVERIFY(page.body.find("<script") == std::string::npos);
            QVERIFY2(page.status == 0 || page.status == 302 || page.status >= 400 ||
                         page.header("content-security-policy").starts_with("default-src 'none'"),
                     std::to_string(page.status).c_str());
        }
        QCOMPARE(wire.heard(), QString()); // nothing was fetched for us
        QCOMPARE(
            exchange(guest(), kGateway4, "GET / HTTP/1.1\r\nHost: 10.77.0.1\r\nConnection: close\r\n\r\n")
                .status,
            200);
    }

    void aFormIsUsedOnceByWhomItWasMadeFor() {
        Visitor ada(guest(), kGateway4);
        Visitor bo(other(), kGateway4);
        const auto form = [](const Page& page) {
            return "token=" + tokenOf(page, "/login") + "&lang=en&terms=2026-11";
        };
        const auto adas = form(ada.get("/"));
        QVERIFY(adas.size() > 50);
        QVERIFY(form(ada.get("/")) != adas);
        QCOMPARE(ada.get("/login?" + adas).status, 303); // a GET does nothing
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
        QCOMPARE(bo.post("/login", adas).status, 400);
        QCOMPARE(store_->isCaptive(other()), std::optional(true));
        QCOMPARE(ada.post("/login", adas, "\r\nOrigin: http://evil.example").status, 400);
        QCOMPARE(ada.post("/login", "token=00000000000000000000000000000000&terms=2026-11").status, 400);
        QCOMPARE(ada.post("/login", "terms=2026-11").status, 400);
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
        QVERIFY(!GuestStore::reaches(guest()));
        QCOMPARE(ada.post("/login", adas, "\r\nOrigin: https://wifi.example.com").status, 303);
        QCOMPARE(store_->isCaptive(guest()), std::optional(false));
        QVERIFY(GuestStore::reaches(guest()));
    }
    void aFormIsNotUsedTwice() {
        Visitor ada(guest(), kGateway4);
        const auto form = "token=" + tokenOf(ada.get("/"), "/login") + "&terms=2026-11";
        QCOMPARE(ada.post("/login", form).status, 303);
        const auto page = ada.get("/");
        QCOMPARE(ada.post("/sign-out", "token=" + tokenOf(page, "/sign-out")).status, 200);
        QCOMPARE(ada.post("/login", form).status, 400);
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
        QVERIFY(!GuestStore::reaches(guest()));
    }
    void aFormIsBoundToAddressAndDevice_data() {
        QTest::addColumn<QByteArray>("mac");
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("as it was") << QByteArray() << QByteArray();
        QTest::newRow("the same device with another address") << QByteArray() << QByteArray("10.77.201.7");
        QTest::newRow("another device with the same address")
            << QByteArray("02:00:5e:00:0e:01") << QByteArray();
    }
    void aFormIsBoundToAddressAndDevice() {
        QFETCH(QByteArray, mac);
        QFETCH(QByteArray, address);
        auto at = store_->newDevice(guest());
        QVERIFY(!at.empty());
        Visitor ada(guest(), kGateway4);
        const auto token = tokenOf(ada.get("/"), "/login");
        QCOMPARE(token.size(), std::size_t(32));
        if (!address.isEmpty()) at = address.toStdString();
        if (!mac.isEmpty()) {
            QCOMPARE(guest().run("ip link set c0 down").code, 0);
            QCOMPARE(guest().run("ip link set c0 address " + mac.toStdString() + " up").code, 0);
        }
        guest().run("ip address flush dev c0");
        QCOMPARE(guest().run(fmt::format("ip address add {}/16 dev c0", at)).code, 0);
        guest().run(fmt::format("ip route replace default via {}", kGateway4));
        // The gateway has seen who has the address now; it holds on to what it knew for a second.
        const auto isSeen = [&] {
            static_cast<void>(ada.get("/terms"));
            return mac.isEmpty() ||
                   store_->rig().gateway.run("ip neigh show " + at).out.find(mac.toStdString()) !=
                       std::string::npos;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSeen(), kPatienceMs);
        const bool isSame = mac.isEmpty() && address.isEmpty();
        QCOMPARE(ada.post("/login", "token=" + token + "&terms=2026-11").status, isSame ? 303 : 400);
        QCOMPARE(store_->isCaptive(guest()), std::optional(!isSame));
        QCOMPARE(GuestStore::reaches(guest()), isSame);
    }
    void aFormMovesWithNobody() {
        Visitor ada(guest(), kGateway4);
        const auto token = tokenOf(ada.get("/"), "/login");
        const auto address = store_->newDevice(guest()); // another device, which gets hold of the form
        QVERIFY(!address.empty());
        QCOMPARE(ada.post("/login", "token=" + token + "&terms=2026-11").status, 400);
        QCOMPARE(store_->isCaptive(guest()), std::optional(true));
    }
};

QTEST_GUILESS_MAIN(TestPortalProbes)
#include "tst_portal_probes.moc"
