// Tokens: the vectors of app/docs/tokens.md, made by another library (pyca/cryptography), and everything that
// is none.
#include "shopper/token_rules.h"
#include "web/qr_code.h"

#include <silta/crypto.h>
#include <silta/token.h>

#include <QTest>
#include <fstream>
#include <sstream>

using namespace silta;

namespace {

using namespace std::chrono_literals;

constexpr UtcMs kNow = 1'790'000'000'000; // 2026-09-21

std::string fromHex(std::string_view text) {
    return QByteArray::fromHex({text.data(), static_cast<qsizetype>(text.size())}).toStdString();
}

/// The seed 00 01 02 … 1f.
KeyPair vectorKeys() {
    KeyPair keys;
    keys.publicKey = fromHex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
    for (char i = 0; i < 32; ++i)
        keys.secretKey.push_back(i);
    keys.secretKey += keys.publicKey;
    return keys;
}

struct Vector {
    const char* name;
    Token token;
    const char* letters;
};

const Vector kVectors[] = {
    {"coupon",
     {TokenKind::Coupon, 1, 7, 123456789, std::chrono::sys_days{2027y / 1 / 31}},
     "S4GG01R00XDWT58A3ETNNCFP4JFFTZDK0D803H8VDCRN9JGFZAZ3RBSQF9WTS4AFR9NMF4BT199SYHJKPKCR8PJ3A37376G01ED1FZP"
     "ZYN94"
     "ZJH10G7JBP84"},
    {"gift-card",
     {TokenKind::GiftCard, 1, 300, 1, std::nullopt},
     "S50G2B0000000080021NWK2NB8T0CGBGKJSYXT6RVC47PZV8Z1SXS026MTB9EDB08VRB0Q0J66HV7KJ71YWY414CQMYY92EQ6WZ5XMD"
     "F8RG7"
     "4XW478DKYFRE"},
    {"member-card",
     {TokenKind::MemberCard, 2, 8409, 206732031633, std::nullopt},
     "S5H21P9G48R7D48000GK7N1XKZR0KD3XC119BA8ME7N1GST622Z5VZQ71MRSPX602V6JRSJPM5JB4KZ0KK8PFX9K7MR4PFN1HZ559AF"
     "M0RJ1"
     "HKZP60BFWHGF"},
    {"pick-up",
     {TokenKind::PickUp, 31, 65535, kTokenSerialMax, std::chrono::sys_days{2199y / 6 / 6}},
     "S6FZZZZZZZZZZZZZZYFQN0N2KFFV21V8D7RFHNDF7Y7Z2QYPQZ3VECEQZG1A95XDB8K3H5CEV51ZW1XNQSZGNNTH782FNY2BGVSKS1Q"
     "2YAND"
     "JWPRZ7P9K001"},
};

TokenRules rulesWith(TokenKey key) {
    TokenRules rules;
    rules.keys.push_back(std::move(key));
    return rules;
}

} // namespace

class TestToken : public QObject {
    Q_OBJECT

private slots:
    void agreesWithTheVectors_data() {
        QTest::addColumn<int>("row");
        for (int row = 0; row < static_cast<int>(std::size(kVectors)); ++row)
            QTest::newRow(kVectors[row].name) << row;
    }
    void agreesWithTheVectors() {
        QFETCH(int, row);
        const auto& vector = kVectors[row];
        QCOMPARE(toString(vector.token.kind), vector.name);
        QCOMPARE(signToken(vector.token, vectorKeys()), std::string(vector.letters));
        const auto read = readToken(vector.letters);
        QVERIFY(read);
        QVERIFY(read->token == vector.token);
        const auto rules = rulesWith({vector.token.keyId, vectorKeys().publicKey, 0, kNow + 1});
        const auto believed = believeToken(vector.letters, rules, kNow);
        QVERIFY(believed);
        QVERIFY(*believed == vector.token);
    }
    void documentHasTheVectors() {
        std::ifstream file(SILTA_SOURCE_DIR "/app/docs/tokens.md");
        std::stringstream text;
        text << file.rdbuf();
        for (const auto& vector : kVectors)
            QVERIFY2(text.str().find(vector.letters) != std::string::npos, vector.name);
    }
    void memberNumberFitsItsCard() {
        const auto token = memberCardToken(9'246'000'010'000'017, 2);
        QVERIFY(token == kVectors[2].token);
        QCOMPARE(memberNumberOf(token), std::int64_t{9'246'000'010'000'017});
        const auto largest = memberCardToken(9'999'999'999'999'999, 1);
        const std::string signature(kTokenSignatureBytes, 'x');
        QCOMPARE(memberNumberOf(readToken(writeToken(largest, signature))->token), 9'999'999'999'999'999);
        auto larger = largest; // 17 digits
        ++larger.serial;
        QCOMPARE(readToken(writeToken(larger, signature)).error().code, Errc::Invalid);
    }
    void readsSmallLettersAndLookAlikes() {
        std::string typed;
        for (const char c : std::string(kVectors[0].letters))
            typed.push_back(c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c)));
        QVERIFY(typed != kVectors[0].letters);
        QVERIFY(readToken(typed)->token == kVectors[0].token);
        std::ranges::replace(typed, 'l', 'I');
        QVERIFY(readToken(typed)->token == kVectors[0].token);
    }
    void refusesWhatIsNone_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const QByteArray good = kVectors[0].letters;
        const auto with = [&good](int place, char letter) {
            auto text = good;
            text[place] = letter;
            return text;
        };
        const auto invalid = static_cast<int>(Errc::Invalid);
        const auto unsupported = static_cast<int>(Errc::Unsupported);
        QTest::newRow("empty") << QByteArray() << invalid;
        QTest::newRow("one letter short") << good.chopped(1) << invalid;
        QTest::newRow("one letter long") << good + "0" << invalid;
        QTest::newRow("a megabyte") << QByteArray(1 << 20, 'S') << invalid;
        QTest::newRow("another first letter") << with(0, 'T') << invalid;
        QTest::newRow("a blank") << with(60, ' ') << invalid;
        QTest::newRow("a hyphen") << with(60, '-') << invalid;
        QTest::newRow("the letter U") << with(60, 'U') << invalid;
        QTest::newRow("a NUL") << with(60, '\0') << invalid;
        QTest::newRow("beyond ASCII") << with(60, '\xc3') << invalid;
        QTest::newRow("version 2") << with(1, '8') << unsupported;
        QTest::newRow("version 0") << with(1, '0') << unsupported;
        QTest::newRow("kind 0") << with(1, '4').replace(2, 1, "0") << unsupported;
        QTest::newRow("kind 5") << with(1, '6').replace(2, 1, "G") << unsupported;
        QTest::newRow("key 0") << with(2, 'G').replace(3, 1, "0") << invalid;
        QTest::newRow("campaign 0") << with(5, '0').replace(6, 1, "0") << invalid;
    }
    void refusesWhatIsNone() {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        const auto read = readToken({text.data(), static_cast<std::size_t>(text.size())});
        QVERIFY(!read);
        QCOMPARE(static_cast<int>(read.error().code), code);
    }
    void believesNoChangedLetter() {
        const auto rules = rulesWith({1, vectorKeys().publicKey, 0, kNow + 1});
        const std::string good = kVectors[0].letters;
        QVERIFY(believeToken(good, rules, kNow));
        for (std::size_t i = 0; i < good.size(); ++i) {
            auto changed = good;
            changed[i] = changed[i] == '7' ? '8' : '7';
            QVERIFY2(!believeToken(changed, rules, kNow), std::to_string(i).c_str());
        }
    }
    void believesAKeyInItsTimeOnly() {
        const std::string good = kVectors[0].letters;
        const auto keys = vectorKeys();
        QVERIFY(believeToken(good, rulesWith({1, keys.publicKey, kNow, kNow + 1}), kNow));
        QCOMPARE(believeToken(good, rulesWith({1, keys.publicKey, kNow + 1, kNow + 2}), kNow).error().code,
                 Errc::Denied);
        QCOMPARE(believeToken(good, rulesWith({1, keys.publicKey, 0, kNow}), kNow).error().code,
                 Errc::Denied);
        QCOMPARE(believeToken(good, rulesWith({2, keys.publicKey, 0, kNow + 1}), kNow).error().code,
                 Errc::Denied);
        QCOMPARE(
            believeToken(good, rulesWith({1, makeSigningKeys().publicKey, 0, kNow + 1}), kNow).error().code,
            Errc::Denied);
        QCOMPARE(believeToken(good, TokenRules{}, kNow).error().code, Errc::Denied);
    }
    // 21 + 4 × version modules a side: 37 is version 5.
    void isASmallCode() {
        for (const auto& vector : kVectors)
            QCOMPARE(qrCodeOf(vector.letters).side, std::size_t{37});
    }
};

QTEST_APPLESS_MAIN(TestToken)
#include "tst_token.moc"
