// What a guest finds beside the internet: a search, the club, an order that waits. Before and after signing
// in.
#include "portal/limits.h"
#include "support/portal_desk.h"

#include <QTest>

using namespace silta;
using namespace silta::portal;
using namespace silta::portal::test;

namespace {

constexpr const char* kTerms = "way=terms&terms=2026-11";
constexpr const char* kMember = "membership=2026-11";

} // namespace

class TestPortalServices : public QObject, PortalDesk {
    Q_OBJECT

    /// The club's form, filled in.
    HttpResponse join(const std::string& fields) {
        return post("/join", "token=" + tokenIn(get("/join")) + "&lang=en&" + fields);
    }

private slots:
    void init() { begin(); }

    void everyRowLeadsSomewhere() {
        for (const bool isIn : {false, true}) {
            if (isIn) QCOMPARE(signIn(kTerms).status, 303);
            const auto home = get("/");
            for (const auto path : {kCollectPath, kFindPath, kJoinPath}) {
                QVERIFY(has(home, fmt::format("<a class=service href=\"{}?lang=en\">", path)));
                const auto page = get(std::string(path));
                QCOMPARE(page.status, 200);
                QCOMPARE(headerOf(page, "Content-Security-Policy"), contentSecurityPolicy());
                QVERIFY(page.body.size() <= kPageBytesMax);
            }
            QCOMPARE(passes(kAda, kHere), isIn); // none of them opens or closes anything
        }
    }
    void findsAProductInTheGuestsLanguage() {
        auto request = requestOf("GET", "/find?q=LIPA&lang=fi", kHere);
        request.query = {{"q", "LIPA"}, {"lang", "fi"}};
        const auto page = portal_->handle(request, false);
        QCOMPARE(page.status, 200);
        QVERIFY(has(page, "Lipa-hunaja 350 g"));
        QVERIFY(!has(page, "Dimma"));
        QVERIFY(has(page, "value=\"LIPA\""));
        QVERIFY(has(get("/find?q=zzz"), word(Word::FindNothing, Lang::En)));
        QVERIFY(!has(get("/find?q="), word(Word::FindNothing, Lang::En)));
    }
    void whatIsLookedForStaysText() {
        const auto page = get("/find?q=<script>alert(1)</script>");
        QVERIFY(!has(page, "<script"));
        QVERIFY(has(page, "&lt;script&gt;"));
    }
    void looksForNothingLongerThanAPersonTypes() {
        QCOMPARE(get("/find?q=" + std::string(kWordsBytesMax, 'a')).status, 200);
        QCOMPARE(get("/find?q=" + std::string(kWordsBytesMax + 1, 'a')).status, 400);
    }
    void oneDeviceSearchesSoOften() {
        for (int i = 0; i < kSearchesAtOnce; ++i)
            QCOMPARE(get("/find?q=lipa").status, 200);
        QCOMPARE(get("/find?q=lipa").status, 429);
        QCOMPARE(get("/find").status, 200);                      // to look at the page costs nothing
        QCOMPARE(get("/find?q=lipa", "10.77.0.10").status, 200); // somebody else's device
        pass(kSearchMs);
        QCOMPARE(get("/find?q=lipa").status, 200);
        QCOMPARE(get("/find?q=lipa").status, 429);
    }
    void aStoreThatCannotSearchSaysSo() {
        edge_->isDown = true;
        const auto page = get("/find?q=lipa");
        QCOMPARE(page.status, 503);
        QVERIFY(has(page, std::string(word(Word::FindUnavailable, Lang::En)).substr(0, 20)));
    }

    void joiningSealsWhatWasTyped() {
        const auto page =
            join(fmt::format("name=Ada&email=ada%40example.com&phone=&{}&news_email=2026-11", kMember));
        QCOMPARE(page.status, 200);
        QVERIFY(has(page, "9246\u00a00001\u00a00001\u00a05"));
        QVERIFY(!has(page, "ada@example.com"));
        QCOMPARE(edge_->memberships.size(), std::size_t{1});
        const auto& membership = edge_->memberships.front();
        const auto plain = openSealed(*fromBase64(membership.sealed), hubKeys_);
        QVERIFY(plain);
        const Json expected = {{"name", "Ada"}, {"email", "ada@example.com"}, {"phone", ""}};
        QVERIFY(*parseJson(*plain, 1'000) == expected);
        QCOMPARE(membership.consents.size(), std::size_t{3});
        for (const auto& [id, isGranted] : membership.consents)
            QCOMPARE(isGranted, id != ConsentId::SmsMarketing);
        QVERIFY(!passes(kAda, kHere)); // a member is not in the internet for it
    }
    void joiningNeedsAContactAndTheTerms_data() {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<int>("words");
        const auto row = [](const char* name, const QString& fields, Word word) {
            QTest::newRow(name) << fields << static_cast<int>(word);
        };
        row("nothing to find them by", "name=Ada&membership=2026-11", Word::ContactMissing);
        row("no address", "email=ada&membership=2026-11", Word::EmailMalformed);
        row("no number", "phone=12&membership=2026-11", Word::PhoneMalformed);
        row("a number beside an address", "email=ada%40example.com&phone=12&membership=2026-11",
            Word::PhoneMalformed);
        row("terms not ticked", "email=ada%40example.com", Word::MembershipMissing);
        row("terms of another day", "email=ada%40example.com&membership=2020-01", Word::MembershipMissing);
    }
    void joiningNeedsAContactAndTheTerms() {
        QFETCH(QString, fields);
        QFETCH(int, words);
        const auto page = join(fields.toStdString());
        QCOMPARE(page.status, 422);
        auto said = std::string(word(static_cast<Word>(words), Lang::En));
        said = said.substr(0, said.find('\''));
        QVERIFY2(has(page, said), page.body.c_str());
        QVERIFY(edge_->memberships.empty());
    }
    void theClubsFormWorksOnceAndForOneDevice() {
        const auto token = tokenIn(get("/join"));
        const auto form = fmt::format("token={}&lang=en&email=ada%40example.com&{}", token, kMember);
        QCOMPARE(post("/join", form, "10.77.0.10").status, 400); // somebody else's device
        QCOMPARE(post("/join", form).status, 200);
        const auto again = post("/join", form);
        QCOMPARE(again.status, 400);
        QVERIFY(has(again, "value=\"ada@example.com\"")); // nothing has to be typed twice
        QCOMPARE(edge_->memberships.size(), std::size_t{1});
    }
    void oneDeviceJoinsSoOften() {
        for (int i = 0; i < kAttemptsAtOnce; ++i)
            QCOMPARE(join(fmt::format("email=a{}%40example.com&{}", i, kMember)).status, 200);
        QCOMPARE(join(fmt::format("email=b%40example.com&{}", kMember)).status, 429);
    }
    void whoeverCannotBeKeptIsNotWelcomed() {
        get("/join"); // the hub's key is known
        edge_->isDown = true;
        QCOMPARE(join(fmt::format("email=ada%40example.com&{}", kMember)).status, 503);
        QVERIFY(edge_->memberships.empty());
    }
    void theClubIsOpenWhenTheStoreIsClosed() {
        config_.onlyWhenOpen = true;
        start();
        QCOMPARE(join(fmt::format("email=ada%40example.com&{}", kMember)).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestPortalServices)
#include "tst_portal_services.moc"
