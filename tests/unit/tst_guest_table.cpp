#include "gate/guest_table.h"
#include "gate/limits.h"
#include "unit/gate_fixture.h"

#include <QTest>
#include <set>

using namespace silta;
using namespace silta::gate;
using silta::test::guestNetwork;

Q_DECLARE_METATYPE(silta::gate::GuestNetwork)

class TestGuestTable : public QObject {
    Q_OBJECT

    static bool contains(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    template <class Change>
    static GuestNetwork with(Change change) {
        auto network = guestNetwork();
        change(network);
        return network;
    }

private slots:
    void dropsWhatIsNotLetThrough() {
        const auto text = renderGuestTable(guestNetwork());
        QVERIFY(text);
        QVERIFY(contains(*text, "type filter hook forward priority filter; policy drop;"));
        // Neither a list of established connections nor an owner whose end would take the table away.
        QVERIFY(!contains(*text, "established"));
        QVERIFY(!contains(*text, "flags owner"));
    }
    void namesWhatIsNotInternet() {
        const auto text = renderGuestTable(with([](GuestNetwork& n) {
            n.blocked4.push_back(*parseIpv4Prefix("203.0.113.77/24"));
            n.blocked6.push_back(*parseIpv6Prefix("2001:db8:55:1::9/48"));
        }));
        QVERIFY(text);
        for (const auto* network : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                                    "203.0.113.0/24", "fc00::/7", "fe80::/10", "2001:db8:55::/48"})
            QVERIFY2(contains(*text, network), network);
    }
    void leavesSixOutWhereThereIsNone() {
        const auto text = renderGuestTable(with([](GuestNetwork& n) { n.gateway6.reset(); }));
        QVERIFY(text);
        QVERIFY(contains(*text, "meta nfproto ipv6 drop"));
        QVERIFY(!contains(*text, "dnat ip6"));
    }
    void refuses_data() {
        QTest::addColumn<GuestNetwork>("network");
        const auto row = [](const char* name, auto change) { QTest::newRow(name) << with(change); };
        row("no interface", [](auto& n) { n.guestInterface.clear(); });
        row("interface that ends its quotes", [](auto& n) { n.guestInterface = "a\" drop"; });
        row("interface with a rule", [](auto& n) { n.uplinkInterface = "u0\n}"; });
        row("interface with a NUL", [](auto& n) { n.uplinkInterface = std::string("u0\0x", 4); });
        row("interface like an option", [](auto& n) { n.guestInterface = "-f"; });
        row("interface with a wildcard", [](auto& n) { n.guestInterface = "*"; });
        row("interface of 16 letters", [](auto& n) { n.guestInterface = "abcdefghijklmnop"; });
        row("one interface for both", [](auto& n) { n.uplinkInterface = n.guestInterface; });
        row("gateway without an address", [](auto& n) { n.gateway4.address.value = 0; });
        row("gateway with all the world", [](auto& n) { n.gateway4.bits = 0; });
        row("link-local gateway", [](auto& n) { n.gateway6 = *parseIpv6Prefix("fe80::1/64"); });
        row("a network too small", [](auto& n) { n.gateway6 = *parseIpv6Prefix("2001:db8::1/96"); });
        row("no port", [](auto& n) { n.portalHttpPort = 0; });
        row("one port for both", [](auto& n) { n.portalHttpPort = n.portalHttpsPort; });
        row("port of DNS", [](auto& n) { n.portalHttpPort = 53; });
        row("no guests", [](auto& n) { n.guestsMax = 0; });
        row("too many guests", [](auto& n) { n.guestsMax = kGuestsMax + 1; });
        row("no connections", [](auto& n) { n.portalFlowsMax = 0; });
        row("too many connections", [](auto& n) { n.guestFlowsMax = 65'536; });
        row("no DNS", [](auto& n) { n.dnsBitsPerSecond = 999; });
        row("a short garden", [](auto& n) { n.gardenSeconds = 59; });
        row("everything blocked", [](auto& n) { n.blocked4.push_back({}), n.blocked4.back().bits = 0; });
        row("too much blocked", [](auto& n) { n.blocked6.resize(257); });
        row("too slow a class", [](auto& n) { n.rateClasses = {{.downKbit = 63}}; });
        row("too many classes",
            [](auto& n) { n.rateClasses.resize(kRateClassesMax + 1, {.downKbit = 5'000}); });
    }
    void refuses() {
        QFETCH(GuestNetwork, network);
        QVERIFY(!renderGuestTable(network));
        QVERIFY(!renderShaping(network));
    }
    void nftTakesIt_data() {
        QTest::addColumn<GuestNetwork>("network");
        QTest::newRow("both families") << guestNetwork();
        QTest::newRow("v4 only") << with([](auto& n) { n.gateway6.reset(); });
        QTest::newRow("v6 translated") << with([](auto& n) { n.translatesV6 = true; });
        QTest::newRow("overlapping blocks") << with([](auto& n) {
            n.blocked4 = {*parseIpv4Prefix("10.1.0.0/16"), *parseIpv4Prefix("203.0.113.0/24")};
            n.blocked6 = {*parseIpv6Prefix("fc00:1::/32")};
        });
        QTest::newRow("the least of all") << with([](auto& n) {
            n.guestsMax = 1, n.portalFlowsMax = 4, n.guestFlowsMax = 16, n.dnsBitsPerSecond = 1'000,
            n.gardenSeconds = 60;
        });
    }
    void nftTakesIt() {
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        QFETCH(GuestNetwork, network);
        const test::Network ours;
        const auto text = renderGuestTable(network);
        QVERIFY(text);
        const auto checked = ours.run("nft -c -f -", *text);
        QVERIFY2(checked.code == 0, checked.err.c_str());
        // Again over itself: an upgrade. Rules are replaced, not doubled.
        QCOMPARE(ours.run("nft -f -", *text).code, 0);
        const auto once = ours.run("nft list ruleset").out;
        QCOMPARE(ours.run("nft -f -", *text).code, 0);
        QCOMPARE(ours.run("nft list ruleset").out, once);
    }
    void classNumbersAreEachOnesOwn() {
        std::set<unsigned> minors;
        for (unsigned rateClass = 1; rateClass <= kRateClassesMax; ++rateClass)
            for (unsigned slot = 0; slot + 1 < kGuestsMax; ++slot)
                minors.insert(classMinor(rateClass, slot));
        QCOMPARE(minors.size(), std::size_t(kRateClassesMax) * (kGuestsMax - 1));
        QVERIFY(!minors.contains(0) && !minors.contains(1)); // HTB's own and the class of everybody else
    }
    void shapingIsNothingWithoutClasses() {
        const auto calls = renderShaping(guestNetwork());
        QVERIFY(calls && calls->empty());
    }
    void tcTakesTheShaping() {
        const auto network = with([](auto& n) {
            n.guestsMax = 3;
            n.rateClasses = {{.downKbit = 5'000, .upKbit = 1'000}, {.downKbit = 64}};
        });
        const auto calls = renderShaping(network);
        QVERIFY(calls);
        QCOMPARE(calls->size(),
                 std::size_t(2 * 2 + 3 * 2 * 3)); // interfaces, then (down, up, down) for three guests
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        const test::Network ours;
        QCOMPARE(ours.run("ip link add g0 type veth peer name u0").code, 0);
        for (const auto& call : *calls) {
            const auto ran = ours.run(fmt::format("tc {}", fmt::join(call, " ")));
            QVERIFY2(ran.code == 0, ran.err.c_str());
        }
        QVERIFY(contains(ours.run("tc class show dev g0").out, "1:8002"));
    }
};

QTEST_GUILESS_MAIN(TestGuestTable)
#include "tst_guest_table.moc"
