// Somebody joins on a phone of their own: what the hub believes, shows, keeps and tells.
#include "hub/hub_api.h"
#include "shopper/join_invitation.h"
#include "support/both_stores.h"
#include "support/clocks.h"
#include "web/form_body.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr const char* kScript = "\"><script>alert('x')</script>";
constexpr std::int64_t kMinuteMs = 60'000;

} // namespace

class TestJoinByPhone : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{17};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    std::unique_ptr<StorePool> pool_;
    std::unique_ptr<HubApi> api_;
    KeyPair deviceKeys_ = makeSigningKeys();
    DeviceRow device_;
    int serial_ = 0;

    JoinInvitation makeInvitation() {
        ++clock_.now;
        return {device_.id, makeUuid(clock_, random_), *makeMemberNumber("9246", 1, ++serial_), clock_.now};
    }
    std::string letters() { return signInvitation(makeInvitation(), deviceKeys_); }
    HttpResponse ask(const char* method, const std::string& code, const std::string& body = {},
                     const char* lang = "en") {
        HttpRequest request;
        request.method = method;
        request.path = request.target = "/j/" + code;
        request.headers["accept-language"] = lang;
        request.body = body;
        for (const auto& route : api_->routes())
            if (route.method == method && route.path == "/j/*") return route.handler(request);
        return {};
    }
    HttpResponse get(const std::string& code, const char* lang = "en") { return ask("GET", code, {}, lang); }
    HttpResponse join(const std::string& code, const std::string& email,
                      const std::string& more = "&terms=yes&age=yes") {
        return ask("POST", code, "lang=en&email=" + percentEncode(email) + more);
    }
    static bool says(const HttpResponse& response, const char* words) {
        return response.body.find(words) != std::string::npos;
    }
    std::vector<MemberRow> members() const { return store_->members().value_or(std::vector<MemberRow>{}); }

public:
    explicit TestJoinByPhone(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        keys_ = *loadOrMakeHubKeys((folder_->path() + "/keys").toStdString());
        api_.reset();
        pool_.reset();
        store_.reset();
        const auto where =
            postgres_ != nullptr ? postgres_->makeDatabase() : (folder_->path() + "/hub.db").toStdString();
        store_ = *OperationStore::open(where, keys_, clock_, random_);
        pool_ = std::make_unique<StorePool>(*store_);
        HubOptions options;
        options.chainName = "Silta & Co";
        api_ = std::make_unique<HubApi>(
            *pool_, keys_, options, [](const std::string&) { return std::nullopt; },
            [](const std::string& code) {
                StoreRecord store;
                store.code = code;
                store.name = "Kamppi <1>";
                store.country = "FI";
                return std::optional(store);
            },
            clock_, random_);
        device_ = *store_->devices().enrol(*store_->devices().makeEnrolCode("FI-HEL-01", 24),
                                           "d0123456789abcdef0123", deviceKeys_.publicKey);
    }

    void signsUp() {
        QVERIFY(store_->setWelcomeCoupon(WelcomeCoupon{{{"en", "10 % off"}}, "WELCOME10", "2099-12-31"}));
        const auto invitation = makeInvitation();
        const auto code = signInvitation(invitation, deviceKeys_);
        const auto form = get(code);
        QCOMPARE(form.status, 200);
        QVERIFY(says(form, "Become a member"));
        QVERIFY(says(form, "Silta &amp; Co"));
        QVERIFY(says(form, "Kamppi &lt;1&gt;"));
        QVERIFY(says(form, "13 years")); // Finland's age
        const auto done = join(code, "Aino@Example.com", "&name=Aino&terms=yes&age=yes&news_email=yes");
        QCOMPARE(done.status, 200);
        QVERIFY(says(done, "WELCOME10"));
        QVERIFY(!says(done, "xample.com"));
        QCOMPARE(members().size(), std::size_t(1));
        const auto member = members().front();
        QCOMPARE(QString::fromStdString(member.id), QString::fromStdString(invitation.memberId));
        QCOMPARE(QString::fromStdString(member.number), QString::fromStdString(invitation.number));
        QCOMPARE(QString::fromStdString(member.email), QString("aino@example.com"));
        QCOMPARE(QString::fromStdString(member.name), QString("Aino"));
        QCOMPARE(QString::fromStdString(member.storeCode), QString("FI-HEL-01"));
        int granted = 0;
        for (const auto& consent : member.consents)
            granted += consent["granted"] == true ? 1 : 0;
        QCOMPARE(member.consents.size(), std::size_t(4));
        QCOMPARE(granted, 3);
        const auto told = dumpJson(store_->changesFor(device_.id, "")->changes);
        QVERIFY2(told.empty() || told.find("@") == std::string::npos, told.c_str());
    }

    void tellsTheDevice() {
        auto before = store_->changesFor(device_.id, "");
        while (before && before->more)
            before = store_->changesFor(device_.id, before->cursor);
        QVERIFY(before);
        const auto invitation = makeInvitation();
        QCOMPARE(join(signInvitation(invitation, deviceKeys_), "a@b.fi").status, 200);
        const auto after = store_->changesFor(device_.id, before->cursor);
        QVERIFY(after);
        QCOMPARE(after->changes.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(textMember(after->changes[0], "type").value_or("")),
                 QString("member.result"));
        QCOMPARE(QString::fromStdString(textMember(after->changes[0], "memberId").value_or("")),
                 QString::fromStdString(invitation.memberId));
        QCOMPARE(QString::fromStdString(textMember(after->changes[0], "outcome").value_or("")),
                 QString("created"));
    }

    void worksOnce() {
        const auto code = letters();
        QCOMPARE(join(code, "a@b.fi").status, 200);
        QCOMPARE(join(code, "A@B.fi").status, 200); // a phone that sends it again
        QCOMPARE(join(code, "somebody.else@b.fi").status, 410);
        QCOMPARE(get(code).status, 410);
        QVERIFY(says(get(code), "This code has been used"));
        QCOMPARE(members().size(), std::size_t(1));
    }

    /// The page says the same of who is a member already: it tells nobody who is one.
    void tellsNobodyWhoIsAMember() {
        QCOMPARE(join(letters(), "a@b.fi").status, 200);
        const auto invitation = makeInvitation();
        const auto again = join(signInvitation(invitation, deviceKeys_), "a@b.fi");
        QCOMPARE(again.status, 200);
        QVERIFY(says(again, "You are a member"));
        QCOMPARE(members().size(), std::size_t(1));
        QCOMPARE(members().front().aliases, std::vector{invitation.number}); // it works
    }

    void endsAfterHalfAnHour() {
        const auto code = letters();
        clock_.now += 29 * kMinuteMs;
        QCOMPARE(get(code).status, 200);
        clock_.now += 2 * kMinuteMs;
        QCOMPARE(get(code).status, 410);
        QCOMPARE(join(code, "a@b.fi").status, 410);
        auto early = makeInvitation();
        early.madeMs += 10 * kMinuteMs; // a clock that runs ahead, to make a code that lives long
        QCOMPARE(get(signInvitation(early, deviceKeys_)).status, 410);
        QVERIFY(members().empty());
    }

    void believesOnlyDevicesOfOurs() {
        QCOMPARE(get(signInvitation(makeInvitation(), makeSigningKeys())).status, 404);
        auto stranger = makeInvitation();
        stranger.deviceId = "dffffffffffffffffffff";
        QCOMPARE(get(signInvitation(stranger, deviceKeys_)).status, 404);
        for (const auto* none : {"", "x", "../../etc/passwd", "%2e%2e%2f"})
            QCOMPARE(get(none).status, 404);
        const auto code = letters();
        QVERIFY(store_->devices().revoke(device_.id));
        QCOMPARE(get(code).status, 404);
        QCOMPARE(join(code, "a@b.fi").status, 404);
        QVERIFY(members().empty());
    }

    void saysWhatIsMissing_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << "lang=en"
                                 << "Type an e";
        QTest::newRow("no address") << "lang=en&email=a&terms=yes&age=yes"
                                    << "look like an e";
        QTest::newRow("no number") << "lang=en&phone=abc&terms=yes&age=yes"
                                   << "look like a phone number";
        QTest::newRow("no terms") << "lang=en&email=a%40b.fi&age=yes"
                                  << "Accept the membership terms";
        QTest::newRow("no age") << "lang=en&email=a%40b.fi&terms=yes"
                                << "Confirm your age";
        QTest::newRow("a long name") << "lang=en&email=a%40b.fi&terms=yes&age=yes&name=" + QString(201, 'n')
                                     << "name is too long";
        QTest::newRow("a long phone")
            << "lang=en&terms=yes&age=yes&phone=" + QString(33, '1') << "look like a phone number";
    }
    void saysWhatIsMissing() {
        QFETCH(QString, body);
        QFETCH(QString, words);
        const auto response = ask("POST", letters(), body.toStdString());
        QCOMPARE(response.status, 422);
        QVERIFY2(says(response, words.toUtf8().constData()), response.body.c_str());
        QVERIFY(members().empty());
    }

    void showsNoScriptOfAnybody() {
        const auto script = percentEncode(kScript);
        for (const auto* field : {"email", "phone", "name", "lang", "terms"}) {
            const auto body = std::string(field) + "=" + script;
            const auto response = ask("POST", letters(), body);
            QCOMPARE(response.status, 422);
            QVERIFY2(!says(response, "<script"), field);
        }
        QCOMPARE(join(letters(), "x@b.fi", "&terms=yes&age=yes&name=" + script).status, 200);
        QCOMPARE(QString::fromStdString(members().front().name), QString(kScript)); // as it was typed
    }

    void limitsWhatIsSent() {
        const std::string much(1U << 20U, 'x');
        for (const auto* field : {"email=", "phone=", "name=", "terms=", "lang=", "other="}) {
            const auto response = ask("POST", letters(), field + much);
            QCOMPARE(response.status, 400);
            QVERIFY(response.body.size() < 20'000);
        }
        QVERIFY(members().empty());
    }

    void keepsPagesToItself() {
        const auto form = get(letters(), "pl");
        QVERIFY(says(form, "<html lang=pl>"));
        std::string policy, caching;
        for (const auto& header : form.headers) {
            if (header.name == "Content-Security-Policy") policy = header.value;
            if (header.name == "Cache-Control") caching = header.value;
            QVERIFY(header.name != "Set-Cookie");
        }
        for (const auto* part : {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"})
            QVERIFY2(policy.find(part) != std::string::npos, part);
        QVERIFY(policy.find("unsafe") == std::string::npos);
        QCOMPARE(caching, std::string("no-store"));
        QVERIFY(!says(form, "<script"));
        QVERIFY(!says(form, "src="));
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestJoinByPhone>(argc, argv);
}
#include "tst_join_by_phone.moc"
