#include "shopper/join_invitation.h"

#include <silta/crypto.h>

#include <QTest>

using namespace silta;

namespace {

constexpr UtcMs kMade = 1'795'440'600'000;

JoinInvitation sample() {
    return {"d0123456789abcdef0123", "0190f3a0-7c1e-7000-8000-0000000000a1", "9246000010000011", kMade + 999};
}

} // namespace

class TestJoinInvitation : public QObject {
    Q_OBJECT

private slots:
    void saysWhatWasSigned() {
        const auto keys = makeSigningKeys();
        const auto letters = signInvitation(sample(), keys);
        QCOMPARE(letters.size(), kInvitationLetters);
        const auto read = readInvitation(letters);
        QVERIFY(read);
        QCOMPARE(QString::fromStdString(read->deviceId), QString::fromStdString(sample().deviceId));
        QCOMPARE(QString::fromStdString(read->memberId), QString::fromStdString(sample().memberId));
        QCOMPARE(QString::fromStdString(read->number), QString::fromStdString(sample().number));
        QCOMPARE(read->madeMs, kMade); // whole seconds
        QVERIFY(isInvitationBy(letters, keys.publicKey));
    }

    void isBelievedOfItsMakerAlone() {
        const auto letters = signInvitation(sample(), makeSigningKeys());
        QVERIFY(!isInvitationBy(letters, makeSigningKeys().publicKey));
        QVERIFY(!isInvitationBy(letters, ""));
        QVERIFY(!isInvitationBy("", makeSigningKeys().publicKey));
    }

    /// Whichever bit is changed, it is no invitation or nobody's.
    void isSpoiltByEveryChange() {
        const auto keys = makeSigningKeys();
        const auto bytes = *fromBase64(signInvitation(sample(), keys));
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            auto other = bytes;
            other[bit / 8] = static_cast<char>(other[bit / 8] ^ 1 << bit % 8);
            const auto letters = toBase64(other);
            QVERIFY2(!readInvitation(letters) || !isInvitationBy(letters, keys.publicKey),
                     std::to_string(bit).c_str());
        }
    }

    void isNotASignatureOfSomethingElse() {
        const auto keys = makeSigningKeys();
        const auto said = fromBase64(signInvitation(sample(), keys))->substr(0, 39);
        QVERIFY(!isInvitationBy(toBase64(said + sign(said, keys)), keys.publicKey));
        QVERIFY(!isInvitationBy(toBase64(said + sign("silta-token:" + said, keys)), keys.publicKey));
    }

    void refusesWhatIsNone_data() {
        QTest::addColumn<QString>("letters");
        QTest::newRow("nothing") << "";
        QTest::newRow("words") << "hello";
        QTest::newRow("too short") << QString(137, 'A');
        QTest::newRow("too long") << QString(139, 'A');
        QTest::newRow("another version") << QString(138, 'A');
        QTest::newRow("no base64") << QString(138, '*');
        QTest::newRow("a path") << QString("../").repeated(46);
    }
    void refusesWhatIsNone() {
        QFETCH(QString, letters);
        const auto read = readInvitation(letters.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, Errc::Invalid);
    }

    void signsNothingMalformed() {
        const auto keys = makeSigningKeys();
        for (auto spoil : {+[](JoinInvitation& it) { it.deviceId = "d0123"; },
                           +[](JoinInvitation& it) { it.deviceId[5] = 'x'; },
                           +[](JoinInvitation& it) { it.memberId = "somebody"; },
                           +[](JoinInvitation& it) { it.number = "123"; },
                           +[](JoinInvitation& it) { it.number = "924600001000001x"; },
                           +[](JoinInvitation& it) { it.madeMs = -1; }}) {
            auto invitation = sample();
            spoil(invitation);
            QCOMPARE(QString::fromStdString(signInvitation(invitation, keys)), QString());
        }
    }
};

QTEST_APPLESS_MAIN(TestJoinInvitation)
#include "tst_join_invitation.moc"
