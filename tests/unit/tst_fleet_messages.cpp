// What headquarters, hub and devices of a fleet say to each other: limits, signatures, order of versions.
#include "fleet/privileged.h"
#include "fleet/report.h"

#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;

namespace {

Release sample() {
    return {"1.4.0", "silta-amd64", std::string(64, 'a'), 400'000'000};
}

FleetCommand order() {
    return {7, "device-1", CommandKind::Restart, 1'000'000, 2'000'000};
}

SignedText signedBy(const KeyPair& keys, const std::string& text) {
    return {text, sign(commandToSign(text), keys)};
}

Json report() {
    return toJson(FleetReport{
        "1.3.0", "silta-amd64", {"slot-unproven"}, UpdateState::Downloading, "1.4.0", "", 40, {{3, "done"}}});
}

} // namespace

class TestFleetMessages : public QObject {
    Q_OBJECT

private slots:
    void ordersVersionsAsDebianDoes_data() {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<int>("order");
        // Each was compared with dpkg --compare-versions.
        QTest::newRow("equal") << "1.0"
                               << "1.0" << 0;
        QTest::newRow("by number") << "1.9"
                                   << "1.10" << -1;
        QTest::newRow("leading zero") << "1.09"
                                      << "1.9" << 0;
        QTest::newRow("longer") << "1.0"
                                << "1.0.1" << -1;
        QTest::newRow("tilde") << "1.0~rc1"
                               << "1.0" << -1;
        QTest::newRow("two tildes") << "1.0~~"
                                    << "1.0~" << -1;
        QTest::newRow("letter before plus") << "1.0a"
                                            << "1.0+" << -1;
        QTest::newRow("revision") << "1.0-1"
                                  << "1.0-2" << -1;
        QTest::newRow("no revision") << "1.0"
                                     << "1.0-0" << 0;
        QTest::newRow("upstream first") << "1.1-1"
                                        << "1.0-9" << 1;
    }
    void ordersVersionsAsDebianDoes() {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(int, order);
        const auto sign = [](int value) { return (value > 0) - (value < 0); };
        QCOMPARE(sign(compareVersions(a.toStdString(), b.toStdString())), order);
        QCOMPARE(sign(compareVersions(b.toStdString(), a.toStdString())), -order);
    }

    void readsWhatItWrites() {
        QVERIFY(*parseRelease(toText(sample())) == sample());
        QVERIFY(*parseCommand(toText(order())) == order());
        const auto read = parseFleetReport(report());
        QVERIFY(read);
        QVERIFY(toJson(*read) == report());
        const FleetAnswer answer{SignedText{"r", std::string(64, 's')},
                                 {SignedText{"c", std::string(64, 't')}},
                                 SignedText{"h", std::string(64, 'u')},
                                 {SignedText{"n", std::string(64, 'v')}},
                                 300};
        QVERIFY(*parseFleetAnswer(toJson(answer)) == answer);
    }

    void refusesReleasesOutOfBounds_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value"); // JSON
        QTest::newRow("version with a path") << "version"
                                             << R"("1/../2")";
        QTest::newRow("version of no digit") << "version"
                                             << R"("a1")";
        QTest::newRow("long version") << "version" << QString("\"1%1\"").arg(QString(64, '0'));
        QTest::newRow("compatible with a blank") << "compatible"
                                                 << R"("silta amd64")";
        QTest::newRow("short hash") << "sha256"
                                    << R"("abc")";
        QTest::newRow("hash in capitals") << "sha256" << QString("\"%1\"").arg(QString(64, 'A'));
        QTest::newRow("empty bundle") << "bytes"
                                      << "0";
        QTest::newRow("huge bundle") << "bytes"
                                     << "1610612737";
    }
    void refusesReleasesOutOfBounds() {
        QFETCH(QString, member);
        QFETCH(QString, value);
        auto json = *parseJson(toText(sample()), kReleaseTextBytesMax);
        json[member.toStdString()] = *parseJson("[" + value.toStdString() + "]", 1'000)->begin();
        QVERIFY(!parseRelease(dumpJson(json)));
    }

    void refusesReportsOutOfBounds() {
        auto json = report();
        json["ills"] = std::vector<std::string>(kIllsMax + 1, "ill");
        QVERIFY(!parseFleetReport(json));
        json = report();
        json["ills"] = {"Aino Virtanen"}; // words only: nothing that is typed can come this way
        QVERIFY(!parseFleetReport(json));
        json = report();
        json["update"]["percent"] = 101;
        QVERIFY(!parseFleetReport(json));
        json = report();
        json["update"]["target"] = "";
        QVERIFY(!parseFleetReport(json));
        json = report();
        json["done"] = Json::array();
        for (std::size_t i = 0; i <= kCommandsMax; ++i)
            json["done"].push_back({{"number", 1}, {"outcome", "done"}});
        QVERIFY(!parseFleetReport(json));
    }

    void takesNoReleaseThatOthersSigned() {
        const auto hq = makeSigningKeys();
        const auto others = makeSigningKeys();
        const auto text = toText(sample());
        const SignedText release{text, sign(releaseToSign(text), hq)};
        QVERIFY(openRelease(release, hq.publicKey));
        QVERIFY(!openRelease(release, others.publicKey));
        auto changed = release;
        changed.text[changed.text.find('4')] = '5';
        QVERIFY(!openRelease(changed, hq.publicKey));
        // What is signed as something else is no release.
        QVERIFY(!openRelease({text, sign(commandToSign(text), hq)}, hq.publicKey));
    }

    void obeysEachCommandOnceAndInTime() {
        const auto hq = makeSigningKeys();
        const auto command = signedBy(hq, toText(order()));
        CommandJudge judge{hq.publicKey, "device-1", 6, 1'500'000};
        QVERIFY(openCommand(command, judge));
        judge.lastNumber = 7;
        QCOMPARE(openCommand(command, judge).error().code, Errc::Conflict);
        judge.lastNumber = 6;
        judge.nowMs = 2'000'000;
        QCOMPARE(openCommand(command, judge).error().code, Errc::Unavailable);
        judge.nowMs = 1'500'000;
        judge.device = "device-2";
        QCOMPARE(openCommand(command, judge).error().code, Errc::Denied);
        judge.device = "device-1";
        const auto others = makeSigningKeys();
        QCOMPARE(openCommand(signedBy(others, toText(order())), judge).error().code, Errc::Denied);
        auto unheard = *parseJson(toText(order()), kCommandTextBytesMax);
        unheard["do"] = "shell";
        QCOMPARE(openCommand(signedBy(hq, dumpJson(unheard)), judge).error().code, Errc::Invalid);
        auto endless = order();
        endless.expiresMs = endless.issuedMs + kCommandLifeMsMax + 1;
        QCOMPARE(openCommand(signedBy(hq, toText(endless)), judge).error().code, Errc::Limit);
    }

    void knowsThreeWordsForRootAndNoMore() {
        using enum PrivilegedRequest::Kind;
        const std::string hash(64, 'a');
        for (const auto& request : {PrivilegedRequest{Install, hash}, PrivilegedRequest{Restart, {}},
                                    PrivilegedRequest{Wipe, {}}}) {
            const auto read = parseRequest(toText(request));
            QVERIFY(read && *read == request);
        }
        for (const bool isInstalled : {false, true}) {
            const InstallResult result{isInstalled, hash};
            const auto read = parseInstallResult(toText(result));
            QVERIFY(read && *read == result);
        }
        const std::vector<std::string> others = {
            "",
            "restart",
            "restart now\n",
            "restart\nwipe\n",
            " wipe\n",
            "install\n",
            "install " + hash,
            "install " + hash.substr(1) + "\n",
            "install " + hash + "a\n",
            "install " + std::string(64, 'A') + "\n",
            "install ../" + hash.substr(3) + "\n",
            "install " + hash + "\nrestart\n",
        };
        for (const auto& text : others) {
            QVERIFY2(!parseRequest(text), text.c_str());
            QVERIFY2(!parseInstallResult(text), text.c_str());
        }
        QVERIFY(!parseInstallResult("installed " + hash));
        QVERIFY(!parseInstallResult("failed\n"));
        const std::string longest(kPrivilegedBytesMax, 'x');
        QCOMPARE(parseRequest(longest).error().code, Errc::Invalid);
        QCOMPARE(parseRequest(longest + "x").error().code, Errc::Limit);
        QCOMPARE(parseInstallResult(longest + "x").error().code, Errc::Limit);
    }

    void keepsKeysOfHeadquartersToTheirOwner() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("hq.key").toStdString();
        const auto made = makeHqKeys(path);
        QVERIFY(made);
        QCOMPARE(makeHqKeys(path).error().code, Errc::Conflict);
        const auto read = loadHqKeys(path);
        QVERIFY(read && publicHalves(*read) == publicHalves(*made));
        QVERIFY(*parseHqPublic(toText(publicHalves(*read))) == publicHalves(*made));
        QCOMPARE(chmod(path.c_str(), 0640), 0);
        QCOMPARE(loadHqKeys(path).error().code, Errc::Denied);
    }

    void followsHeadquartersFromKeyToKey() {
        std::vector<KeyPair> keys;
        std::vector<HqPublic> known;
        for (int i = 0; i < 4; ++i) {
            keys.push_back(makeSigningKeys());
            known.push_back({keys.back().publicKey, makeSealingKeys().publicKey});
        }
        const auto succession = [&](std::size_t from, std::size_t to) {
            const auto text = toText(known[to]);
            return SignedText{text, sign(hqNextToSign(text), keys[from])};
        };
        const std::vector<SignedText> both = {succession(0, 1), succession(1, 2)};
        for (std::size_t from = 0; from < 3; ++from)
            QVERIFY(followHq(known[from], both) == known[2]); // also who missed the first, or knows the last
        QVERIFY(followHq(known[3], both) == known[3]);        // others are not ours to replace
        QVERIFY(followHq(known[2], {succession(0, 3)}) == known[2]); // who has the first key comes too late
        auto forged = succession(3, 1);
        forged.signature = both[0].signature;
        forged.text += " ";
        QVERIFY(followHq(known[0], {forged}) == known[0]);
        const auto text = toText(known[1]);
        QVERIFY(followHq(known[0], {{text, sign(hqPublicToSign(text), keys[0])}}) == known[0]);
        QVERIFY(followHq(known[0], {{"{}", sign(hqNextToSign("{}"), keys[0])}}) == known[0]);
    }

    void limitsTheSuccessorsOfAnAnswer() {
        FleetAnswer answer;
        answer.askAgainSeconds = 1;
        answer.hqNext.assign(kHqSuccessorsMax, {"{}", std::string(64, 's')});
        const auto read = parseFleetAnswer(toJson(answer));
        QVERIFY(read && *read == answer);
        answer.hqNext.emplace_back(answer.hqNext.front());
        QCOMPARE(parseFleetAnswer(toJson(answer)).error().code, Errc::Limit);
    }
};

QTEST_GUILESS_MAIN(TestFleetMessages)
#include "tst_fleet_messages.moc"
