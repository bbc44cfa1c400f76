// Joining the club: what leaves the process, what stays in it.
#include "support/kiosk_stage.h"
#include "view/personal.h"

#include <QSignalSpy>
#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;

namespace {

/// Text of its own, as typing makes it: a literal would have no buffer to wipe.
QString typed(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

class TestSignUpForm : public QObject {
    Q_OBJECT

private slots:
    void sealsBeforeSending() {
        KioskStage stage;
        stage.open();
        auto& form = *stage.controller.signUp();
        stage.controller.openJoin();
        form.setTerms(true);
        form.setSmsMarketing(true);
        form.submit(typed("Plantaasi Maija"), typed("planted@example.com"), typed("+358 40 7654321"));
        stage.settle();
        QCOMPARE(stage.edge->bodies("/members").size(), std::size_t{1});
        for (const auto& call : stage.edge->calls)
            for (const char* secret : {"Plantaasi", "planted", "7654321"})
                QVERIFY2(call.body.find(secret) == std::string::npos &&
                             call.url.find(secret) == std::string::npos,
                         secret);
        const auto body = parseJson(stage.edge->bodies("/members")[0], 1 << 16);
        const auto sealed = fromBase64(*textMember(*body, "sealed", 4096));
        const auto person = parseJson(*openSealed(*sealed, stage.hubKeys), 4096);
        QCOMPARE(*textMember(*person, "name", 99), std::string("Plantaasi Maija"));
        QCOMPARE(*textMember(*person, "email", 99), std::string("planted@example.com"));
        QCOMPARE(*textMember(*person, "phone", 99), std::string("+358 40 7654321"));
        QCOMPARE(form.memberNumberText(), QStringLiteral("9246\u00a00000\u00a01000\u00a00014"));
        QCOMPARE(stage.controller.page(), KioskController::Joined);
    }

    void sendsTheHashOfTheWordingThatWasShown() {
        KioskStage stage;
        stage.open();
        auto& form = *stage.controller.signUp();
        stage.controller.openJoin();
        form.setTerms(true);
        form.setEmailMarketing(true);
        const std::string terms = sha256Hex(form.termsWording().toStdString());
        const std::string sms = sha256Hex(form.smsWording().toStdString());
        form.submit({}, typed("a@b.fi"), {});
        stage.settle();
        const auto body = parseJson(stage.edge->bodies("/members")[0], 1 << 16);
        const Json& consents = arrayMember(*body, "consents");
        QCOMPARE(consents.size(), std::size_t{3});
        QCOMPARE(*textMember(consents[0], "purpose", 99), std::string("membership-terms"));
        QCOMPARE(*textMember(consents[0], "wordingHash", 99), terms);
        QCOMPARE(*boolMember(consents[0], "granted"), true);
        QCOMPARE(*boolMember(consents[1], "granted"), true);
        QCOMPARE(*textMember(consents[2], "channel", 99), std::string("sms"));
        QCOMPARE(*textMember(consents[2], "wordingHash", 99), sms);
        QCOMPARE(*boolMember(consents[2], "granted"), false);
    }

    void consentsStartUntickedAndNeverOutliveTheirWording() {
        KioskStage stage;
        stage.open();
        stage.controller.openJoin();
        auto& form = *stage.controller.signUp();
        QVERIFY(!form.terms() && !form.emailMarketing() && !form.smsMarketing());
        form.setTerms(true);
        stage.controller.setLanguage(QStringLiteral("sv"));
        QVERIFY(!form.terms());
    }

    void wipesWhatWasTypedForEveryHolder() {
        QString typedName = typed("Plantaasi Maija");
        const QString fieldCopy = typedName; // as the text field holds it
        wipe(typedName);
        QVERIFY(typedName.isEmpty());
        QVERIFY(!fieldCopy.contains(QStringLiteral("Plantaasi")));
        QString literal = QStringLiteral("read-only");
        wipe(literal);
        QVERIFY(literal.isEmpty());
    }

    void refusesWhatIsNotSound_data() {
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("phone");
        QTest::addColumn<bool>("terms");
        QTest::newRow("neither e-mail nor phone") << ""
                                                  << "" << true;
        QTest::newRow("no consent to the terms") << "a@b.fi"
                                                 << "" << false;
        QTest::newRow("no at sign") << "a.b.fi"
                                    << "" << true;
        QTest::newRow("no domain") << "a@b"
                                   << "" << true;
        QTest::newRow("two at signs") << "a@b@c.fi"
                                      << "" << true;
        QTest::newRow("e-mail with a space") << "a b@c.fi"
                                             << "" << true;
        QTest::newRow("e-mail too long") << QString(300, QLatin1Char('a')) + "@c.fi"
                                         << "" << true;
        QTest::newRow("phone too short") << ""
                                         << "12345" << true;
        QTest::newRow("phone too long") << ""
                                        << "1234567890123456" << true;
        QTest::newRow("letters in the phone") << ""
                                              << "0401234abc" << true;
    }

    void refusesWhatIsNotSound() {
        QFETCH(QString, email);
        QFETCH(QString, phone);
        QFETCH(bool, terms);
        KioskStage stage;
        stage.open();
        stage.controller.openJoin();
        auto& form = *stage.controller.signUp();
        form.setTerms(terms);
        QSignalSpy cleared(&form, &SignUpForm::cleared);
        form.submit({}, email, phone);
        stage.settle();
        QVERIFY(stage.edge->bodies("/members").empty());
        QVERIFY(!(form.contactError() + form.emailError() + form.phoneError() + form.termsError()).isEmpty());
        QCOMPARE(cleared.count(), 0); // the shopper mends what is there
    }

    void tellsWhenTheEdgeRefuses_data() {
        QTest::addColumn<int>("status");
        QTest::newRow("not enrolled") << 503;
        QTest::newRow("disk full") << 507;
        QTest::newRow("invalid") << 400;
    }

    void tellsWhenTheEdgeRefuses() {
        QFETCH(int, status);
        KioskStage stage;
        stage.open();
        stage.controller.openJoin();
        auto& form = *stage.controller.signUp();
        form.setTerms(true);
        stage.edge->refusal = status;
        form.submit({}, typed("a@b.fi"), {});
        stage.settle();
        QCOMPARE(form.state(), SignUpForm::State::Editing);
        QVERIFY(!form.failure().isEmpty());
        QCOMPARE(stage.controller.page(), KioskController::Join);
    }

    void isClosedWithoutASealingKey() {
        KioskStage stage;
        stage.edge->status["sealKey"] = nullptr;
        stage.open();
        auto& form = *stage.controller.signUp();
        QVERIFY(!form.open());
        form.setTerms(true);
        form.submit({}, typed("a@b.fi"), {});
        stage.settle();
        QVERIFY(stage.edge->bodies("/members").empty());
    }

    void newMemberTakesTheListOver() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000011");
        stage.controller.addToWishlist();
        stage.settle();
        stage.controller.openJoin();
        stage.controller.signUp()->setTerms(true);
        stage.controller.signUp()->submit({}, typed("a@b.fi"), {});
        stage.settle();
        const auto body = parseJson(stage.edge->bodies("/members")[0], 1 << 16);
        QCOMPARE(*textMember(*body, "wishlistId", 99), stage.controller.wishlist()->id());
    }
};

QTEST_MAIN(TestSignUpForm)
#include "tst_sign_up_form.moc"
