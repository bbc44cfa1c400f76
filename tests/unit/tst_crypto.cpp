#include <silta/crypto.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace silta;

class TestCrypto : public QObject {
    Q_OBJECT

private slots:
    void hashesTheStandardVectors() {
        // Source: FIPS 180-4 examples; RFC 4231 has no case with a 32-byte key, so the HMAC is checked by
        // definition.
        QCOMPARE(sha256Hex("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        const std::string key(32, '\x0b');
        std::string inner(64, '\x36');
        std::string outer(64, '\x5c');
        for (std::size_t i = 0; i < key.size(); ++i) {
            inner[i] = static_cast<char>(inner[i] ^ key[i]);
            outer[i] = static_cast<char>(outer[i] ^ key[i]);
        }
        QCOMPARE(hmacSha256(key, "Hi There"), sha256(outer + sha256(inner + "Hi There")));
    }

    void hashesAFileLikeItsBytes() {
        QTemporaryDir folder;
        QFile file(folder.path() + "/f");
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray bytes(200'000, 'q');
        file.write(bytes);
        file.close();
        const auto hash = sha256HexOfFile(file.fileName().toStdString());
        QVERIFY(hash.has_value());
        QCOMPARE(*hash, sha256Hex(bytes.toStdString()));
        QVERIFY(!sha256HexOfFile("/nonexistent"));
    }

    void sealsSoThatOnlyTheHubOpens() {
        const auto hub = makeSealingKeys();
        const auto other = makeSealingKeys();
        const auto sealed = seal("Aino Virtanen", hub.publicKey);
        QVERIFY(sealed.has_value());
        QVERIFY(sealed->find("Aino") == std::string::npos);
        const auto opened = openSealed(*sealed, hub);
        QVERIFY(opened.has_value());
        QCOMPARE(*opened, std::string("Aino Virtanen"));
        QVERIFY(!openSealed(*sealed, other));
        auto damaged = *sealed;
        damaged.back() = static_cast<char>(damaged.back() ^ 1);
        QVERIFY(!openSealed(damaged, hub));
        QVERIFY(!openSealed("short", hub));
        QVERIFY(!seal("x", "not a key"));
    }

    void encryptsUnderAContext() {
        const std::string key(32, 'k');
        const auto box = encrypt("secret", key, "member/1");
        QVERIFY(box.has_value());
        QCOMPARE(*decrypt(*box, key, "member/1"), std::string("secret"));
        QVERIFY(!decrypt(*box, key, "member/2"));
        QVERIFY(!decrypt(*box, std::string(32, 'x'), "member/1"));
        QVERIFY(!decrypt("", key, "member/1"));
        QVERIFY(!encrypt("secret", "short", ""));
    }

    void base64IsUrlSafeAndStrict() {
        QCOMPARE(toBase64("\xff\xfe\xfd"), std::string("__79"));
        QCOMPARE(*fromBase64("__79"), std::string("\xff\xfe\xfd"));
        QCOMPARE(*fromBase64(""), std::string());
        QVERIFY(!fromBase64("a b"));
        QVERIFY(!fromBase64("+/+/"));
        QVERIFY(!fromBase64("__79="));
    }

    void signedRequestVerifiesUntilAnyPartChanges() {
        const auto keys = makeSigningKeys();
        const auto digest = contentDigest("body");
        const SignedRequest request{"POST", "/v1/ops?x=1", digest, "inc1", "d0123", "bm9uY2U"};
        const auto signature = signRequest(request, keys);
        QVERIFY(verifyRequest(request, signature, keys.publicKey));
        const auto parameters = parseSignatureInput(signature.input);
        QVERIFY(parameters.has_value());
        QCOMPARE(parameters->device, std::string("d0123"));
        QCOMPARE(parameters->nonce, std::string("bm9uY2U"));

        auto changed = request;
        changed.method = "GET";
        QVERIFY(!verifyRequest(changed, signature, keys.publicKey));
        changed = request;
        changed.target = "/v1/ops?x=2";
        QVERIFY(!verifyRequest(changed, signature, keys.publicKey));
        changed = request;
        const auto otherDigest = contentDigest("Body");
        changed.digest = otherDigest;
        QVERIFY(!verifyRequest(changed, signature, keys.publicKey));
        changed = request;
        changed.incarnation = "inc2";
        QVERIFY(!verifyRequest(changed, signature, keys.publicKey));
        changed = request;
        changed.nonce = "b3RoZXI";
        QVERIFY(!verifyRequest(changed, signature, keys.publicKey));
        QVERIFY(!verifyRequest(request, signature, makeSigningKeys().publicKey));
    }

    // Source: RFC 9530, appendix B.
    void contentDigestHasTheStandardForm() {
        QCOMPARE(contentDigest("{\"hello\": \"world\"}\n"),
                 std::string("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"));
    }

    void refusesMalformedSignatureHeaders_data() {
        const QByteArray all = "silta=(\"@method\" \"@target-uri\" \"content-digest\" \"silta-incarnation\")";
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("other label") << QByteArray("sig1=(\"@method\");keyid=\"a\"");
        QTest::newRow("fewer components")
            << QByteArray("silta=(\"@method\");keyid=\"d1\";nonce=\"n\";alg=\"ed25519\"");
        QTest::newRow("quote in the device") << all + ";keyid=\"d\\\"1\";nonce=\"n\";alg=\"ed25519\"";
        QTest::newRow("long nonce") << all + ";keyid=\"d1\";nonce=\"" + QByteArray(500, 'n') +
                                           "\";alg=\"ed25519\"";
    }
    void refusesMalformedSignatureHeaders() {
        QFETCH(QByteArray, input);
        QVERIFY(!parseSignatureInput(input.toStdString()));
        const auto keys = makeSigningKeys();
        const SignedRequest request{"POST", "/", contentDigest(""), "i", "d1", "n"};
        QVERIFY(!verifyRequest(request, {"", input.toStdString()}, keys.publicKey));
    }
};

QTEST_APPLESS_MAIN(TestCrypto)
#include "tst_crypto.moc"
