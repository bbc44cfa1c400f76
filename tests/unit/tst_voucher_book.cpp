#include "edge/voucher_book.h"
#include "support/clocks.h"
#include "sync/journal.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace silta;

namespace {
constexpr const char* kList = "0193e0c1-7b1a-7000-8000-000000000001";
}

class TestVoucherBook : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{5};
    QTemporaryDir folder_;
    std::unique_ptr<Journal> journal_;
    KeyPair keys_ = makeSigningKeys();

    Voucher voucher(UtcMs validMs = 60'000) {
        return {makeVoucherId(random_), 120, 1'000'000, clock_.now + validMs};
    }
    VoucherUse use(const Voucher& voucher, const std::string& usedFor = {}) {
        VoucherUse result = VoucherUse::Unknown;
        const auto done = journal_->apply([&](Database& database) -> Result<void> {
            auto used = VoucherBook(database).use(voucher, usedFor, clock_.now);
            if (!used) return used.error();
            result = *used;
            return {};
        });
        return done ? result : VoucherUse::Unknown;
    }
    Result<void> add(const Voucher& voucher) {
        return journal_->apply(
            [&](Database& database) { return VoucherBook(database).add(voucher, clock_.now); });
    }

private slots:
    void initTestCase() {
        journal_ = std::move(*Journal::open(folder_.path().toStdString(), "d1", clock_, random_));
    }

    void readsWhatAPersonTypes_data() {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("as it is") << QByteArray("K7QM3FDX9R") << QByteArray("K7QM3FDX9R");
        QTest::newRow("as it is shown") << QByteArray("K7QM3-FDX9R") << QByteArray("K7QM3FDX9R");
        QTest::newRow("by thumb") << QByteArray(" k7qm3 fdx9r ") << QByteArray("K7QM3FDX9R");
        QTest::newRow("look-alikes") << QByteArray("oIl00-00000") << QByteArray("0110000000");
        QTest::newRow("too short") << QByteArray("K7QM3FDX9") << QByteArray();
        QTest::newRow("too long") << QByteArray("K7QM3FDX9RT") << QByteArray();
        QTest::newRow("not of the alphabet") << QByteArray("U7QM3FDX9R") << QByteArray();
        QTest::newRow("a quote") << QByteArray("K7QM3'--9R") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void readsWhatAPersonTypes() {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(normalizeVoucher(typed.toStdString())), expected);
    }

    void namesAreTheirOwnNormalForm() {
        std::set<std::string> names;
        for (int i = 0; i < 1'000; ++i) {
            const auto id = makeVoucherId(random_);
            QCOMPARE(normalizeVoucher(id), id);
            names.insert(id);
        }
        QCOMPARE(names.size(), std::size_t(1'000));
    }

    void believesItsOwnTokenOnly() {
        const auto mine = voucher();
        const auto token = voucherToken(mine, "FI-HEL-01", keys_);
        QVERIFY(token.size() <= kVoucherBytesMax);
        const auto read = readVoucherToken(token, "FI-HEL-01", keys_.publicKey);
        QVERIFY(read.has_value());
        QCOMPARE(read->id, mine.id);
        QCOMPARE(read->minutes, 120);
        QCOMPARE(read->quotaBytes, 1'000'000);
        QCOMPARE(read->expiresMs, mine.expiresMs);
        QVERIFY(!readVoucherToken(token, "FI-TKU-01", keys_.publicKey));
        QVERIFY(!readVoucherToken(token, "FI-HEL-01", makeSigningKeys().publicKey));
        for (std::size_t i = 0; i < token.size(); ++i) {
            auto changed = token;
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            // The last letter of base64 has bits that mean nothing; everything else counts.
            const auto other = readVoucherToken(changed, "FI-HEL-01", keys_.publicKey);
            QVERIFY2(!other || other->id == mine.id, changed.c_str());
        }
    }

    void isGoodOnce() {
        const auto mine = voucher();
        QVERIFY(add(mine).has_value());
        QCOMPARE(use(mine, "a"), VoucherUse::Taken);
        QCOMPARE(use(mine, "a"), VoucherUse::Taken); // the answer was lost
        QCOMPARE(use(mine, "b"), VoucherUse::UsedUp);
        QCOMPARE(use(mine), VoucherUse::UsedUp);
        clock_.now += 61'000;
        QCOMPARE(use(mine, "b"), VoucherUse::UsedUp);
    }

    void expires() {
        const auto mine = voucher();
        QVERIFY(add(mine).has_value());
        clock_.now = mine.expiresMs;
        QCOMPARE(use(mine), VoucherUse::Expired);
    }

    void aTokenIsGoodOnceWithoutItsRow() {
        const auto mine = voucher(); // its row was lost with a damaged journal
        QCOMPARE(use(mine), VoucherUse::Taken);
        QCOMPARE(use(mine), VoucherUse::UsedUp);
    }

    void knowsTheAddressOfAList_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isGood");
        const QString page = QStringLiteral("https://hub.example/w/") + kList;
        QTest::newRow("the page") << page << true;
        QTest::newRow("with what is on it") << page + "?i=A-1~B%20C" << true;
        QTest::newRow("of another list")
            << "https://hub.example/w/0193e0c1-7b1a-7000-8000-000000000002" << false;
        QTest::newRow("of another host") << QString("https://evil.example/w/") + kList << false;
        QTest::newRow("host goes on") << QString("https://hub.example.evil/w/") + kList << false;
        QTest::newRow("path goes on") << page + "/../../x" << false;
        QTest::newRow("another question") << page + "?x=1" << false;
        QTest::newRow("a new line") << page + "?i=A\r\nX: y" << false;
        QTest::newRow("a blank") << page + "?i=A B" << false;
        QTest::newRow("too long") << page + "?i=" + QString(1'024, 'A') << false;
        QTest::newRow("nothing") << "" << false;
    }
    void knowsTheAddressOfAList() {
        QFETCH(QString, url);
        QFETCH(bool, isGood);
        const VoucherList list{kList, url.toStdString()};
        QCOMPARE(isListAddress(list, "https://hub.example"), isGood);
        QVERIFY(!isListAddress(list, ""));
    }

    void limitsHowManyWait() {
        clock_.now += std::int64_t{3} * 24 * 3'600'000; // everything of before is forgotten
        for (std::int64_t i = 0; i < kVouchersOpenMax; ++i)
            QVERIFY(add(voucher()).has_value());
        const auto refused = add(voucher());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Errc::Limit);
        clock_.now += 61'000;
        QVERIFY(add(voucher()).has_value());
    }
};

QTEST_APPLESS_MAIN(TestVoucherBook)
#include "tst_voucher_book.moc"
