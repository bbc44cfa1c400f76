#include "gate/gate_protocol.h"
#include "gate/options.h"
#include "gate/pretend_gate.h"
#include "support/clocks.h"
#include "unit/gate_fixture.h"

#include <QTest>
#include <algorithm>

using namespace silta;
using namespace silta::gate;
using silta::test::grantFor;
using silta::test::macOf;

class TestGateProtocol : public QObject {
    Q_OBJECT

    static std::string lines(std::size_t count, const char* format) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text += fmt::format(fmt::runtime(format), toString(macOf(static_cast<unsigned>(i))));
        return text;
    }
    static Guest largestGuest() {
        return {*parseMac("fe:ff:ff:ff:ff:ff"),
                *parseHostIpv4("223.255.255.255"),
                kSecondsMax,
                kQuotaBytesMax,
                std::numeric_limits<std::uint64_t>::max(),
                kRateClassesMax};
    }

private slots:
    void saysWhatItReads_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("allow") << QByteArray("allow 02:00:5e:10:00:01 10.77.0.9 3600 500000000 123 2\n");
        QTest::newRow("allow for IPv6 only") << QByteArray("allow 02:00:5e:10:00:01 - 1 0 0 0\n");
        QTest::newRow("two") << QByteArray(
            "allow 02:00:5e:10:00:01 - 1 0 0 0\n"
            "allow 02:00:5e:10:00:02 10.77.0.9 2592000 1000000000000000 7 3\n");
        QTest::newRow("extend") << QByteArray("extend 02:00:5e:10:00:01 300 -\n");
        QTest::newRow("extend with quota") << QByteArray("extend 02:00:5e:10:00:01 300 0\n");
        QTest::newRow("revoke") << QByteArray("revoke 02:00:5e:10:00:01\nrevoke 00:00:00:00:00:01\n");
        QTest::newRow("counters") << QByteArray("counters 02:00:5e:10:00:01\n");
        QTest::newRow("list") << QByteArray("list\n");
        QTest::newRow("list from") << QByteArray("list 02:00:5e:10:00:01\n");
    }
    void saysWhatItReads() {
        QFETCH(QByteArray, text);
        const auto request = parseRequest(text.toStdString());
        QVERIFY2(request, request ? "" : request.error().what.c_str());
        QCOMPARE(QByteArray::fromStdString(toText(*request)), text);
    }
    void refuses_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, std::string_view text) {
            QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size()));
        };
        row("nothing", "");
        row("an empty line", "\n");
        row("no end of line", "list");
        row("a carriage return", "list\r\n");
        row("an unknown command", "flush\n");
        row("a command in capitals", "LIST\n");
        row("two commands", "revoke 02:00:5e:10:00:01\ncounters 02:00:5e:10:00:02\n");
        row("list and more", "list\nlist\n");
        row("two blanks", "revoke  02:00:5e:10:00:01\n");
        row("a blank before", " list\n");
        row("a blank after", "list \n");
        row("a NUL", std::string_view("list\0\n", 6));
        row("a word too many", "revoke 02:00:5e:10:00:01 now\n");
        row("eight words", "allow 02:00:5e:10:00:01 - 1 0 0 0 0\n");
        row("a word too few", "allow 02:00:5e:10:00:01 - 1 0 0\n");
        row("a guest twice", "revoke 02:00:5e:10:00:01\nrevoke 02:00:5e:10:00:01\n");
        row("capitals in an address", "revoke 02:00:5E:10:00:01\n");
        row("dashes in an address", "revoke 02-00-5e-10-00-01\n");
        row("a short address", "revoke 02:00:5e:10:00\n");
        row("a long address", "revoke 02:00:5e:10:00:01:02\n");
        row("a group's address", "revoke 01:00:5e:10:00:01\n");
        row("everybody's address", "revoke ff:ff:ff:ff:ff:ff\n");
        row("nobody's address", "revoke 00:00:00:00:00:00\n");
        row("an IPv6 address", "allow 02:00:5e:10:00:01 2001:db8::1 1 0 0 0\n");
        row("three parts of an address", "allow 02:00:5e:10:00:01 10.77.1 1 0 0 0\n");
        row("an address with zeros", "allow 02:00:5e:10:00:01 010.77.0.1 1 0 0 0\n");
        row("a network", "allow 02:00:5e:10:00:01 10.77.0.1/16 1 0 0 0\n");
        row("loopback", "allow 02:00:5e:10:00:01 127.0.0.1 1 0 0 0\n");
        row("multicast", "allow 02:00:5e:10:00:01 224.0.0.1 1 0 0 0\n");
        row("broadcast", "allow 02:00:5e:10:00:01 255.255.255.255 1 0 0 0\n");
        row("no time", "allow 02:00:5e:10:00:01 - 0 0 0 0\n");
        row("time below nothing", "allow 02:00:5e:10:00:01 - -1 0 0 0\n");
        row("a plus", "allow 02:00:5e:10:00:01 - +1 0 0 0\n");
        row("a leading zero", "allow 02:00:5e:10:00:01 - 01 0 0 0\n");
        row("hexadecimal", "allow 02:00:5e:10:00:01 - 0x10 0 0 0\n");
        row("more than a month", "allow 02:00:5e:10:00:01 - 2592001 0 0 0\n");
        row("time beyond 32 bits", "allow 02:00:5e:10:00:01 - 4294967297 0 0 0\n");
        row("more than a petabyte", "allow 02:00:5e:10:00:01 - 1 1000000000000001 0 0\n");
        row("used more than a petabyte", "allow 02:00:5e:10:00:01 - 1 0 1000000000000001 0\n");
        row("quota beyond 64 bits", "allow 02:00:5e:10:00:01 - 1 18446744073709551617 0 0\n");
        row("class 4", "allow 02:00:5e:10:00:01 - 1 0 0 4\n");
        row("extend by nothing", "extend 02:00:5e:10:00:01 0 -\n");
        row("extend beyond a petabyte", "extend 02:00:5e:10:00:01 1 1000000000000001\n");
        row("a rule", "revoke 02:00:5e:10:00:01;flush ruleset\n");
    }
    void refuses() {
        QFETCH(QByteArray, text);
        const auto request = parseRequest(text.toStdString());
        QVERIFY(!request);
        const auto reply = parseReply(toText(request.error()));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, request.error().code);
        QCOMPARE(reply.error().what, request.error().what);
    }
    void limitsARequest() {
        QVERIFY(parseRequest(lines(kBatchMax, "revoke {}\n")));
        QCOMPARE(parseRequest(lines(kBatchMax + 1, "revoke {}\n")).error().code, Errc::Limit);
        QCOMPARE(parseRequest("list" + std::string(kLineBytesMax, 'x') + "\n").error().code, Errc::Limit);
        QCOMPARE(parseRequest(std::string(kRequestBytesMax, 'x') + "\n").error().code, Errc::Limit);
    }
    void theLargestFits() {
        GuestPage page;
        page.guests.assign(kBatchMax, largestGuest());
        page.hasMore = true;
        const auto text = toText(page);
        QVERIFY(text.size() <= kReplyBytesMax);
        const auto again = parseReply(text);
        QVERIFY(again && again->hasMore && again->guests == page.guests);
        std::vector<Grant> grants;
        for (unsigned i = 0; i < kBatchMax; ++i)
            grants.push_back({macOf(i), largestGuest().address, kSecondsMax, kQuotaBytesMax, kQuotaBytesMax,
                              kRateClassesMax});
        const auto request = toText(Request{grants});
        QVERIFY(request.size() <= kRequestBytesMax);
        QVERIFY(parseRequest(request));
    }
    void repliesAreReadAsStrictly_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray("");
        QTest::newRow("no end") << QByteArray("ok 0");
        QTest::newRow("no count") << QByteArray("ok\n");
        QTest::newRow("a wrong count") << QByteArray("ok 1\n");
        QTest::newRow("another word") << QByteArray("ok 0 most\n");
        QTest::newRow("no guest") << QByteArray("ok 1\nghost 02:00:5e:10:00:01 - 1 0 0 0\n");
        QTest::newRow("an unknown error") << QByteArray("error sorry no\n");
        QTest::newRow("an error and more") << QByteArray("error io x\nok 0\n");
        QTest::newRow("too long") << QByteArray(int(kReplyBytesMax) + 1, 'x');
    }
    void repliesAreReadAsStrictly() {
        QFETCH(QByteArray, text);
        QCOMPARE(parseReply(text.toStdString()).error().code, Errc::Corrupt);
    }
    void aLongReasonIsCut() {
        const auto text = toText(Error{Errc::Unavailable, std::string(500, 'x') + "\n"});
        QVERIFY(text.size() <= kLineBytesMax + 1);
        QCOMPARE(parseReply(text).error().code, Errc::Unavailable);
    }
    void answersForAGate() {
        test::FakeClock clock;
        PretendGate gate(clock);
        QCOMPARE(answer(gate, "allow 02:00:5e:00:00:01 10.77.0.9 60 1000 10 1\n"), std::string("ok 0\n"));
        QCOMPARE(answer(gate, "list\n"),
                 std::string("ok 1\nguest 02:00:5e:00:00:01 10.77.0.9 60 1000 10 1\n"));
        QVERIFY(gate.pass(macOf(1), parseHostIpv4("10.77.0.9").value(), 900));
        QVERIFY(!gate.pass(macOf(1), parseHostIpv4("10.77.0.8").value(), 1));
        QVERIFY(!gate.pass(macOf(1), std::nullopt, 91)); // over the quota
        QVERIFY(gate.pass(macOf(1), std::nullopt, 90));
        clock.steady += 59'001;
        QCOMPARE(answer(gate, "counters 02:00:5e:00:00:01\n"),
                 std::string("ok 1\nguest 02:00:5e:00:00:01 10.77.0.9 1 1000 1000 1\n"));
        QCOMPARE(answer(gate, "extend 02:00:5e:00:00:01 60 2000\n"), std::string("ok 0\n"));
        QCOMPARE(answer(gate, "extend 02:00:5e:00:00:02 60 -\n"),
                 std::string("error not-found extend guest: no open gate\n"));
        clock.steady += 60'000;
        QCOMPARE(answer(gate, "list\n"), std::string("ok 0\n"));
    }
    void aListComesInPages() {
        test::FakeClock clock;
        PretendGate gate(clock);
        for (unsigned from = 0; from < 2 * kBatchMax; from += kBatchMax) {
            std::vector<Grant> grants;
            for (unsigned i = 0; i < kBatchMax; ++i)
                grants.push_back(grantFor(from + i));
            QVERIFY(gate.allow(grants));
        }
        const auto extra = grantFor(9'999);
        QVERIFY(gate.allow(std::span(&extra, 1)));
        std::size_t found = 0;
        std::string request = "list\n";
        for (int pages = 1;; ++pages) {
            const auto page = parseReply(answer(gate, request));
            QVERIFY(page);
            found += page->guests.size();
            if (!page->hasMore) {
                QCOMPARE(pages, 3);
                break;
            }
            request = fmt::format("list {}\n", toString(page->guests.back().mac));
        }
        QCOMPARE(found, 2 * kBatchMax + 1);
    }
    void aPretendGateIsFullToo() {
        test::FakeClock clock;
        PretendGate gate(clock);
        for (unsigned i = 0; i < kGuestsMax; ++i) {
            const auto grant = grantFor(i);
            QVERIFY(gate.allow(std::span(&grant, 1)));
        }
        const auto one = grantFor(kGuestsMax);
        QCOMPARE(gate.allow(std::span(&one, 1)).error().code, Errc::Full);
    }
    void readsItsArguments() {
        const std::array<const char*, 6> right = {"--socket", "/run/x",       "--allow-user",
                                                  "root",     "--allow-user", "4711"};
        const auto options = parseOptions(right);
        QVERIFY(options);
        QCOMPARE(options->socketPath, std::string("/run/x"));
        QVERIFY(options->users == (std::vector<uid_t>{0, 4'711}));
        for (const std::vector<const char*>& wrong :
             std::vector<std::vector<const char*>>{{},
                                                   {"--socket", "/run/x"},
                                                   {"--allow-user"},
                                                   {"--allow-user", "no such user"},
                                                   {"--allow-user", ""},
                                                   {"--allow-user", "4294967295"},
                                                   {"--allow-user", "99999999999"},
                                                   {"--help", "x"},
                                                   {"--socket", "", "--allow-user", "0"}})
            QVERIFY(!parseOptions(wrong));
        std::vector<const char*> many;
        for (std::size_t i = 0; i <= kAllowedUsersMax; ++i)
            many.insert(many.end(), {"--allow-user", "1"});
        QCOMPARE(parseOptions(many).error().code, Errc::Limit);
    }
};

QTEST_APPLESS_MAIN(TestGateProtocol)
#include "tst_gate_protocol.moc"
