#include "gate/nft_gate.h"
#include "gate/pretend_gate.h"
#include "support/clocks.h"
#include "unit/gate_fixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace silta;
using namespace silta::gate;
using silta::test::grantFor;
using silta::test::macOf;

// The real sets, in a network of this process's own. Each test begins with an empty table.
class TestGateNft : public QObject {
    Q_OBJECT

    const SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<NftGate> gate_;

    static std::string element(const char* set, const std::string& key) {
        return test::runProgram("nft", {"get", "element", "inet", kTableName, set,
                                        QString::fromStdString("{ " + key + " }")})
            .out;
    }
    static int elementsOf(const char* set) {
        const auto* kind = std::string_view(set) == "session" ? "set" : "map";
        const auto json = test::runProgram("nft", {"-j", "list", kind, "inet", kTableName, set}).out;
        int count = 0;
        for (std::size_t at = 0; (at = json.find("\"expires\"", at)) != std::string::npos; ++at)
            ++count;
        return count;
    }
    std::optional<Guest> guest(const Mac& mac) {
        const auto guests = gate_->counters(std::span(&mac, 1));
        return guests && guests->size() == 1 ? std::optional(guests->front()) : std::nullopt;
    }
    Result<void> allow(const Grant& grant) { return gate_->allow(std::span(&grant, 1)); }
    Result<void> revoke(const Mac& mac) { return gate_->revoke(std::span(&mac, 1)); }
    std::vector<Guest> everybody(Gate& gate) {
        std::vector<Guest> all;
        std::optional<Mac> after;
        while (true) {
            const auto page = gate.list(after);
            if (!page || page->guests.empty()) return all;
            all.insert(all.end(), page->guests.begin(), page->guests.end());
            if (!page->hasMore) return all;
            after = all.back().mac;
        }
    }
    static std::vector<Grant> grants(unsigned from, unsigned count) {
        std::vector<Grant> all;
        for (unsigned i = 0; i < count; ++i) {
            auto grant = grantFor(from + i);
            grant.quotaBytes = 1'000'000;
            grant.usedBytes = from + i;
            grant.rateClass = i % 4;
            all.push_back(grant);
        }
        return all;
    }

private slots:
    void initTestCase() {
        if (!test::canMakeNetworks()) QSKIP("skipped: needs root");
        QCOMPARE(unshare(CLONE_NEWNET), 0);
    }
    void init() {
        test::runProgram("nft", {"delete", "table", "inet", kTableName});
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(test::guestNetwork())).code, 0);
        auto opened = NftGate::open(clock_, random_);
        QVERIFY(opened);
        gate_ = std::move(*opened);
    }

    void needsItsTable() {
        const auto mac = macOf(7);
        QVERIFY(allow(grantFor(7)));
        test::runProgram("nft", {"delete", "table", "inet", kTableName});
        const auto opened = NftGate::open(clock_, random_);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, Errc::Unavailable);
        const auto done = allow(grantFor(1));
        QVERIFY(!done);
        QCOMPARE(done.error().code, Errc::Unavailable);
        QCOMPARE(gate_->counters(std::span(&mac, 1)).error().code, Errc::Unavailable);
    }
    void opensInEverySet() {
        auto grant = grantFor(1, 100);
        grant.quotaBytes = 5'000;
        grant.usedBytes = 123;
        grant.rateClass = 2;
        QVERIFY(allow(grant));
        const auto four = element("guest4", toString(grant.mac) + " . " + toString(*grant.address));
        QVERIFY2(four.find("timeout 1m40s") != std::string::npos, four.c_str());
        QVERIFY(element("guest6", toString(grant.mac)).find(toString(grant.mac)) != std::string::npos);
        QCOMPARE(elementsOf("session"), 1);
        QCOMPARE(elementsOf("rate"), 1);
        const auto found = guest(grant.mac);
        QVERIFY(found);
        QCOMPARE(found->usedBytes, 123U);
        QCOMPARE(found->quotaBytes, 5'000U);
        QCOMPARE(found->rateClass, 2U);
        QVERIFY(found->address == grant.address);
        QVERIFY(found->secondsLeft > 90 && found->secondsLeft <= 100);
    }
    void aGuestWithoutVersionFourHasNoAddress() {
        auto grant = grantFor(1);
        grant.address.reset();
        QVERIFY(allow(grant));
        QCOMPARE(elementsOf("guest4"), 0);
        QCOMPARE(elementsOf("guest6"), 1);
    }
    void allowAgainTakesTheOldPlace() {
        QVERIFY(allow(grantFor(1, 100)));
        auto moved = grantFor(1, 500);
        moved.address = test::addressOf(900);
        moved.rateClass = 1;
        QVERIFY(allow(moved));
        QCOMPARE(elementsOf("guest4"), 1);
        QCOMPARE(elementsOf("guest6"), 1);
        QCOMPARE(elementsOf("session"), 1);
        const auto found = guest(macOf(1));
        QVERIFY(found && found->address == moved.address && found->secondsLeft > 400);
    }
    void extendKeepsWhatWasUsed() {
        auto grant = grantFor(1, 50);
        grant.quotaBytes = 10'000;
        grant.usedBytes = 777;
        QVERIFY(allow(grant));
        const Extension longer{.mac = grant.mac, .seconds = 900, .quotaBytes = std::nullopt};
        QVERIFY(gate_->extend(std::span(&longer, 1)));
        auto found = guest(grant.mac);
        QVERIFY(found && found->secondsLeft > 890 && found->usedBytes == 777 && found->quotaBytes == 10'000);
        const Extension wider{.mac = grant.mac, .seconds = 900, .quotaBytes = 20'000};
        QVERIFY(gate_->extend(std::span(&wider, 1)));
        found = guest(grant.mac);
        QVERIFY(found && found->usedBytes == 777 && found->quotaBytes == 20'000);
        const Extension shorter{.mac = grant.mac, .seconds = 9, .quotaBytes = 0};
        QVERIFY(gate_->extend(std::span(&shorter, 1)));
        found = guest(grant.mac);
        QVERIFY(found && found->secondsLeft <= 9 && found->quotaBytes == 0);
    }
    void extendOfAStrangerChangesNothing() {
        QVERIFY(allow(grantFor(1, 50)));
        const std::array<Extension, 2> both = {
            {{macOf(1), 900, std::nullopt}, {macOf(2), 900, std::nullopt}}};
        const auto done = gate_->extend(both);
        QVERIFY(!done);
        QCOMPARE(done.error().code, Errc::NotFound);
        QVERIFY(guest(macOf(1))->secondsLeft <= 50);
    }
    void revokeTakesAllOfIt() {
        auto grant = grantFor(1);
        grant.rateClass = 1;
        QVERIFY(allow(grant));
        QVERIFY(revoke(grant.mac));
        for (const auto* set : {"guest4", "guest6", "session", "rate"})
            QCOMPARE(elementsOf(set), 0);
        QVERIFY(!guest(grant.mac));
        QVERIFY(revoke(grant.mac)); // closed already
        QVERIFY(allow(grant));
    }
    void timeIsOverByItself() {
        QVERIFY(allow(grantFor(1, 1)));
        QVERIFY(allow(grantFor(2, 60)));
        QTRY_VERIFY_WITH_TIMEOUT(!guest(macOf(1)), 3'000);
        QVERIFY(guest(macOf(2)));
        QVERIFY(revoke(macOf(1))); // what is removed may have gone by itself
        QVERIFY(allow(grantFor(1, 60)));
    }
    void aNewProcessFindsTheGuests() {
        const auto all = grants(0, 200);
        QVERIFY(gate_->allow(all));
        gate_ = *NftGate::open(clock_, random_);
        const auto found = everybody(*gate_);
        QCOMPARE(found.size(), all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            QVERIFY(found[i].mac == all[i].mac && found[i].address == all[i].address);
            QCOMPARE(found[i].usedBytes, all[i].usedBytes);
            QCOMPARE(found[i].rateClass, all[i].rateClass);
        }
        // It knows which class numbers are taken, and removes what it did not make.
        QVERIFY(gate_->allow(grants(200, 200)));
        std::vector<Mac> macs;
        for (const auto& grant : all)
            macs.push_back(grant.mac);
        QVERIFY(gate_->revoke(macs));
        QCOMPARE(everybody(*gate_).size(), std::size_t(200));
    }
    void whatAnotherWroteIsLearnt() {
        auto other = *NftGate::open(clock_, random_);
        QVERIFY(other->allow(grants(0, 10)));
        QVERIFY(gate_->allow(grants(0, 20)));
        QCOMPARE(everybody(*gate_).size(), std::size_t(20));
        QCOMPARE(elementsOf("session"), 20);
    }
    void theTableMadeAnewIsEmpty() {
        QVERIFY(gate_->allow(grants(0, 10)));
        test::runProgram("nft", {"delete", "table", "inet", kTableName});
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(test::guestNetwork())).code, 0);
        QVERIFY(!guest(macOf(1)));
        QVERIFY(gate_->allow(grants(0, 10)));
        QCOMPARE(everybody(*gate_).size(), std::size_t(10));
    }
    void aFullTableSaysSo() {
        auto network = test::guestNetwork();
        network.guestsMax = 5;
        test::runProgram("nft", {"delete", "table", "inet", kTableName});
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(network)).code, 0);
        const auto done = gate_->allow(grants(0, 6));
        QVERIFY(!done);
        QCOMPARE(done.error().code, Errc::Full);
        QCOMPARE(elementsOf("guest6"), 0); // all or nothing
        QVERIFY(gate_->allow(grants(0, 5)));
    }
    void loadingTheRulesAgainKeepsTheGuests() {
        QVERIFY(gate_->allow(grants(0, 10)));
        QCOMPARE(test::runProgram("nft", {"-f", "-"}, *renderGuestTable(test::guestNetwork())).code, 0);
        QCOMPARE(everybody(*gate_).size(), std::size_t(10));
    }
    void tenThousandGuests() {
        constexpr unsigned kGuests = 10'000;
        QElapsedTimer timer;
        const auto rate = [&timer](const char* what, double count) {
            const auto ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
            qInfo("%s: %.0f in %.1f ms, %.0f/s", what, count, ms, 1'000 * count / ms);
        };
        timer.start();
        for (unsigned from = 0; from < kGuests; from += kBatchMax)
            QVERIFY(gate_->allow(grants(from, std::min<unsigned>(kBatchMax, kGuests - from))));
        rate("allow, 256 a transaction", kGuests);
        timer.start();
        const auto found = everybody(*gate_);
        rate("list", static_cast<double>(found.size()));
        QCOMPARE(found.size(), std::size_t(kGuests));
        for (unsigned i = 0; i < kGuests; ++i)
            QVERIFY(found[i].mac == macOf(i) && found[i].usedBytes == i);
        timer.start();
        for (unsigned i = 0; i < 1'000; ++i)
            QVERIFY(allow(grantFor(kGuests + i)));
        rate("allow, one a transaction", 1'000);
        timer.start();
        for (unsigned i = 0; i < 1'000; ++i) {
            const Extension longer{.mac = macOf(i), .seconds = 5'000, .quotaBytes = std::nullopt};
            QVERIFY(gate_->extend(std::span(&longer, 1)));
        }
        rate("extend, one a transaction", 1'000);
        timer.start();
        gate_ = *NftGate::open(clock_, random_);
        rate("learn at start", kGuests + 1'000);
        QCOMPARE(guest(macOf(9))->usedBytes, 9U);
        timer.start();
        for (unsigned i = 0; i < 1'000; ++i)
            QVERIFY(revoke(macOf(i)));
        rate("revoke, one a transaction", 1'000);
        QCOMPARE(elementsOf("session"), 10'000);
    }
    void thePretendGateDoesTheSame() {
        test::FakeClock clock;
        PretendGate pretend(clock);
        for (Gate* gate : {static_cast<Gate*>(&pretend), static_cast<Gate*>(gate_.get())}) {
            QVERIFY(gate->allow(grants(0, 5)));
            const std::array<Extension, 1> longer = {{{macOf(3), 5'000, 9'000}}};
            QVERIFY(gate->extend(longer));
            const std::array<Mac, 2> some = {macOf(1), macOf(77)};
            QVERIFY(gate->revoke(some));
            QCOMPARE(gate->allow(std::span<const Grant>()).error().code, Errc::Limit);
        }
        const auto real = everybody(*gate_);
        const auto pretended = everybody(pretend);
        QCOMPARE(real.size(), pretended.size());
        for (std::size_t i = 0; i < real.size(); ++i)
            QVERIFY(real[i] == pretended[i]);
    }
};

QTEST_GUILESS_MAIN(TestGateNft)
#include "tst_gate_nft.moc"
