// What the till's field and its form for new members do; nothing of a customer leaves unsealed.
#include "till_stage.h"

#include <QFile>

using namespace silta;
using namespace silta::till;

class TestTillField : public QObject, private TillStage {
    Q_OBJECT

private slots:
    void init() { begin(); }

    void hasEveryWordInEveryLanguage() {
        for (int id = 0; id < static_cast<int>(Word::Count_); ++id)
            for (const auto lang : kLangs) {
                const auto text = word(static_cast<Word>(id), lang);
                QVERIFY2(!text.empty(), std::to_string(id).c_str());
                const auto gaps = [](std::string_view words) {
                    int count = 0;
                    for (auto at = words.find("{}"); at != std::string_view::npos;
                         at = words.find("{}", at + 2))
                        ++count;
                    return count;
                };
                QCOMPARE(gaps(text), gaps(word(static_cast<Word>(id), Lang::En)));
            }
    }

    void saysTheKiosksWordsOfConsent() {
        for (const auto lang : {"en", "fi", "sv", "pl"}) {
            QFile file(QStringLiteral(SILTA_SOURCE_DIR "/kiosk-ui/i18n/silta_kiosk_%1.ts").arg(lang));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto translations = file.readAll();
            for (const auto consent : kMembershipConsents) {
                if (consent == MembershipConsent::Age) continue; // the kiosk does not ask for it
                const auto wording = membershipWording(consent, lang, 13);
                const auto tag = std::string(lang) == "en" ? "<source>" + wording + "</source>"
                                                           : "<translation>" + wording + "</translation>";
                QVERIFY2(translations.contains(tag.c_str()), tag.c_str());
            }
        }
    }

    // ---- the field

    void tellsPeopleFromCodes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isPhone");
        QTest::newRow("international") << "+358 40 123 4567" << true;
        QTest::newRow("national, parted") << "040-1234567" << true;
        QTest::newRow("ten digits") << "0401234567" << true;
        QTest::newRow("twelve digits that are no GTIN") << "358401234567" << true;
        QTest::newRow("from abroad") << "00358401234567" << true;
        QTest::newRow("parted by points") << "040.123.4567" << true;
        QTest::newRow("UPC as EAN-13") << "0012345678905" << false;
        QTest::newRow("EAN-13") << "9520030000012" << false;
        QTest::newRow("EAN-8") << "96385074" << false;
        QTest::newRow("member card") << "9246000010000011" << false;
        QTest::newRow("too short") << "123456" << false;
        QTest::newRow("words") << "mug" << false;
        QTest::newRow("two signs") << "+358+401234567" << false;
        QTest::newRow("too long") << "+1234567890123456" << false;
    }
    void tellsPeopleFromCodes() {
        QFETCH(QString, text);
        QFETCH(bool, isPhone);
        QCOMPARE(looksLikePhone(text.toStdString()), isPhone);
    }

    void sealsWhatIsSomebodys() {
        signIn(aino_);
        for (const auto* text : {"planted.person@example.com", "+358405550199"})
            post(aino_, "/find", {{"q", text}});
        QVERIFY(edge_->heard.find("planted") == std::string::npos);
        QVERIFY(edge_->heard.find("5550199") == std::string::npos);
        QCOMPARE(edge_->boxes.size(), std::size_t(2));
        QCOMPARE(*openSealed(*fromBase64(edge_->boxes[0]), edge_->keys),
                 std::string(R"({"email":"planted.person@example.com"})"));
        QCOMPARE(*openSealed(*fromBase64(edge_->boxes[1]), edge_->keys),
                 std::string(R"({"phone":"+358405550199"})"));
    }

    void saysThatSomebodyIsAMemberAndNoMore() {
        signIn(aino_);
        edge_->word = {true, 1'700'000'000'000, "0011"};
        post(aino_, "/find", {{"q", "planted.person@example.com"}});
        QVERIFY(says("Already a member"));
        QVERIFY(says("14\u00a0Nov\u00a02023"));
        QVERIFY(says("0011"));
        QVERIFY(!says("planted"));
    }

    void showsLastDigitsOnly() {
        signIn(aino_);
        edge_->card.kind = CardKind::Member;
        edge_->card.text = "9246000010000011";
        for (const bool isKnown : {true, false}) {
            edge_->card.member = MemberWord{isKnown, 1'700'000'000'000, "0011"};
            post(aino_, "/find", {{"q", "9246000010000011"}});
            QVERIFY(says("0011"));
            QVERIFY(!says("924600001000"));
        }
        edge_->card.member.reset();
        post(aino_, "/find", {{"q", "9246000010000011"}});
        QVERIFY(says("cannot be asked"));
    }

    void leadsToAProductOfAnyNameInTheSameLanguage() {
        signIn(aino_);
        edge_->card.kind = CardKind::Products;
        edge_->card.products = {{"A&B #1/2", "Mug", "Korpi", {}, {}, "in-stock"}};
        post(aino_, "/find", {{"q", "mug"}, {"lang", "sv"}});
        QVERIFY(says("href=\"/product?sku=A%26B%20%231%2F2&amp;lang=sv\""));
        QVERIFY(says("url=/?lang=sv"));
        get(aino_, "/product?sku=MUG-W&lang=sv");
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("<html lang=sv>"));
        get(aino_, "/product?sku=NONE&lang=sv");
        QCOMPARE(aino_.status, 404);
    }

    void saysWhenEdgeIsAway() {
        edge_->isDown = true;
        get(aino_, "/");
        QCOMPARE(aino_.status, 503);
        QVERIFY(says("siltactl doctor"));
    }

    void saysThatTheLineIsDown() {
        edge_->isOnline = false;
        signIn(aino_);
        QVERIFY(says("Line is down"));
        openJoin();
        QVERIFY(says("cannot be asked now"));
    }

    // ---- registering

    void registersAMember() {
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields["name"] = "Planted Person";
        fields["news_email"] = "yes";
        post(aino_, "/join", fields);
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("9246\u00a00000\u00a01000\u00a00011"));
        QVERIFY(says("WELCOME10"));
        QVERIFY(!says("lanted"));
        QCOMPARE(edge_->signUps.size(), std::size_t(1));
        const auto& signUp = edge_->signUps[0];
        QCOMPARE(signUp.staffId, std::string(kStaffId));
        QCOMPARE(signUp.lang, std::string("en"));
        const auto person = parseJson(*openSealed(*fromBase64(signUp.sealed), edge_->keys), 1'000);
        QCOMPARE((*person)["name"].get<std::string>(), std::string("Planted Person"));
        QCOMPARE((*person)["email"].get<std::string>(), std::string("planted.person@example.com"));
        QCOMPARE(signUp.consents.size(), std::size_t(4));
        const std::vector<bool> granted = {true, true, true, false};
        for (std::size_t i = 0; i < granted.size(); ++i) {
            QCOMPARE(signUp.consents[i].granted, granted[i]);
            QCOMPARE(signUp.consents[i].wordingHash,
                     sha256Hex(membershipWording(kMembershipConsents[i], "en", 13)));
        }
    }

    void countsAFormThatIsSentTwiceOnce() {
        signIn(aino_);
        openJoin();
        const auto fields = joinForm();
        Visitor impatient = aino_;
        post(aino_, "/join", fields);
        post(impatient, "/join", fields);
        QCOMPARE(edge_->signUps.size(), std::size_t(2));
        QCOMPARE(edge_->signUps[0].memberId, edge_->signUps[1].memberId);
    }

    void readsOutInTheCustomersLanguage() {
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields["say"] = "sv";
        post(aino_, "/join", fields);
        QVERIFY(says("Jag vill bli medlem"));
        QVERIFY(!says("value=yes checked")); // a consent to one language's words is none to another's
        fields = joinForm();
        fields["said"] = "sv";
        post(aino_, "/join", fields);
        QCOMPARE(edge_->signUps[0].lang, std::string("sv"));
        QCOMPARE(edge_->signUps[0].consents[0].wordingHash,
                 sha256Hex(membershipWording(MembershipConsent::Terms, "sv", 13)));
    }

    void wantsWhatIsNeeded_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        QTest::newRow("no contact") << "email"
                                    << ""
                                    << "is needed";
        QTest::newRow("no address") << "email"
                                    << "planted"
                                    << "e‑mail address";
        QTest::newRow("no phone") << "phone"
                                  << "call me"
                                  << "phone number";
        QTest::newRow("a long name") << "name" << QString(201, 'a') << "too long";
        QTest::newRow("no terms") << "terms"
                                  << ""
                                  << "consent to the terms";
        QTest::newRow("no age") << "age"
                                << ""
                                << "guardian";
        QTest::newRow("another value") << "terms"
                                       << "no"
                                       << "consent to the terms";
    }
    void wantsWhatIsNeeded() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, words);
        signIn(aino_);
        openJoin();
        auto fields = joinForm();
        fields[field.toStdString()] = value.toStdString();
        post(aino_, "/join", fields);
        QCOMPARE(aino_.status, 422);
        QVERIFY(says(words.toUtf8().constData()));
        QVERIFY(edge_->signUps.empty());
    }

    void knowsTheAgeOfConsent() {
        QCOMPARE(ageOfConsent("FI"), 13);
        QCOMPARE(ageOfConsent("DK"), 15);
        QCOMPARE(ageOfConsent("PL"), 16);
        QCOMPARE(ageOfConsent(""), 16);
    }

    void saysWhenTheDeviceIsFull() {
        signIn(aino_);
        openJoin();
        edge_->isFull = true;
        post(aino_, "/join", joinForm());
        QCOMPARE(aino_.status, 507);
        QVERIFY(says("no room"));
    }
};

QTEST_GUILESS_MAIN(TestTillField)
#include "tst_till_field.moc"
