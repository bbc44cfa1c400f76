#include "core/json.h"
#include "sync/protocol.h"

#include <silta/crypto.h>

#include <QTest>

using namespace silta;

namespace {

const std::string kHash(64, 'a');

Json headDocument() {
    return {{"epoch", "e1"},
            {"catalogSeq", 12},
            {"stockSeq", 40},
            {"snapshot",
             {{"file", kHash},
              {"bytes", 1'000},
              {"rawBytes", 9'000},
              {"rawSha256", kHash},
              {"catalogSeq", 10},
              {"stockSeq", 30}}},
            {"segments",
             {{{"stream", "catalog"}, {"from", 10}, {"to", 12}, {"file", kHash}, {"bytes", 10}},
              {{"stream", "stock"}, {"from", 30}, {"to", 40}, {"file", kHash}, {"bytes", 10}}}}};
}

std::string envelope(const Json& document, const KeyPair& keys) {
    const auto text = dumpJson(document);
    return dumpJson({{"signed", text}, {"signature", toBase64(sign(text, keys))}});
}

} // namespace

class TestProtocol : public QObject {
    Q_OBJECT

private slots:
    void readsASignedHead() {
        const auto keys = makeSigningKeys();
        const auto head = parseSignedHead(envelope(headDocument(), keys), keys.publicKey);
        QVERIFY2(head.has_value(), head ? "" : head.error().what.c_str());
        QCOMPARE(head->epoch, std::string("e1"));
        QCOMPARE(head->snapshot.rawBytes, std::int64_t(9'000));
        QCOMPARE(head->segments.size(), std::size_t(2));
        QVERIFY(!head->segments[0].isStock);
        QVERIFY(head->segments[1].isStock);
        QVERIFY(!head->reports);
        auto document = headDocument();
        document["reports"] = {{"file", kHash}, {"bytes", 10}};
        const auto reporting = parseSignedHead(envelope(document, keys), keys.publicKey);
        QVERIFY(reporting && reporting->reports);
        QCOMPARE(reporting->reports->sha256, std::string(kHash));
        QVERIFY(!reporting->searchWords);
        document["searchWords"] = {{"file", kHash}, {"bytes", 10}};
        const auto speaking = parseSignedHead(envelope(document, keys), keys.publicKey);
        QVERIFY(speaking && speaking->searchWords);
        QCOMPARE(speaking->searchWords->bytes, std::int64_t(10));
    }

    void refusesAHeadThatTheHubDidNotSign() {
        const auto keys = makeSigningKeys();
        const auto other = parseSignedHead(envelope(headDocument(), makeSigningKeys()), keys.publicKey);
        QVERIFY(!other);
        QCOMPARE(other.error().code, Errc::Denied);
        auto body = envelope(headDocument(), keys);
        body.replace(body.find("catalogSeq"), 1, "C");
        QVERIFY(!parseSignedHead(body, keys.publicKey));
        QVERIFY(!parseSignedHead("<html>Please log in</html>", keys.publicKey));
        QVERIFY(!parseSignedHead("{}", keys.publicKey));
    }

    void refusesMalformedHeads_data() {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("no epoch") << QByteArray("/epoch") << QByteArray("\"\"");
        QTest::newRow("negative seq") << QByteArray("/catalogSeq") << QByteArray("-1");
        QTest::newRow("path as a file name")
            << QByteArray("/snapshot/file") << QByteArray("\"../../etc/passwd\"");
        QTest::newRow("raw size") << QByteArray("/snapshot/rawBytes") << QByteArray("99999999999999");
        QTest::newRow("segment runs backwards") << QByteArray("/segments/0/to") << QByteArray("10");
        QTest::newRow("unknown stream") << QByteArray("/segments/0/stream") << QByteArray("\"prices\"");
        QTest::newRow("reports without a file") << QByteArray("/reports") << QByteArray("{}");
        QTest::newRow("search words without a file") << QByteArray("/searchWords") << QByteArray("{}");
        QTest::newRow("no snapshot") << QByteArray("/snapshot") << QByteArray("null");
    }
    void refusesMalformedHeads() {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        const auto keys = makeSigningKeys();
        auto document = headDocument();
        document[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        const auto head = parseSignedHead(envelope(document, keys), keys.publicKey);
        QVERIFY(!head);
        QCOMPARE(head.error().code, Errc::Invalid);
    }

    void readsPushReplies() {
        const auto reply = parsePushReply(
            R"({"digest":"s","verdicts":[{"id":"a","verdict":"dup"},{"id":"b","verdict":"later"}],"hwm":2,"durable_seq":1,"epoch":"e"})");
        QVERIFY(reply.has_value());
        QCOMPARE(reply->digest, std::string("s"));
        QCOMPARE(reply->verdicts[0].kind, VerdictKind::Dup);
        QCOMPARE(reply->verdicts[1].kind, VerdictKind::Unknown);
        QVERIFY(!parsePushReply("<html></html>"));
        QVERIFY(!parsePushReply(R"({"digest":"s","verdicts":[],"hwm":2})"));
        QVERIFY(!parsePushReply(R"({"verdicts":[],"hwm":2,"durable_seq":1,"epoch":"e"})"));
        QVERIFY(
            !parsePushReply(R"({"digest":"s","verdicts":[{"id":1}],"hwm":2,"durable_seq":1,"epoch":"e"})"));
    }

    void namesOnlyWhatIsNotOk() {
        PushReply reply;
        reply.digest = "s";
        reply.verdicts = {{"a", VerdictKind::Ok}, {"b", VerdictKind::Quarantined}, {"c", VerdictKind::Ok}};
        const auto read = parsePushReply(toText(reply));
        QVERIFY(read.has_value());
        QCOMPARE(read->verdicts.size(), std::size_t(1));
        QCOMPARE(read->verdicts[0].id, std::string("b"));
        QCOMPARE(read->verdicts[0].kind, VerdictKind::Quarantined);
    }
};

QTEST_APPLESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
