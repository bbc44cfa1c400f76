// A guest of the Wi-Fi with the real hub and the real edge, as the portal asks over portal.sock: offers, a
// one-time code by SMS, a sign-up with the line down and with a kill, a voucher of the kiosk; and nothing of
// the person on the device.
#include "e2e/chain.h"
#include "e2e/station.h"

#include <silta/crypto.h>
#include <silta/token.h>

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <set>

using namespace silta;
using namespace silta::test;

namespace {

// Planted: found nowhere on the device afterwards.
constexpr const char* kEmail = "planted.person@example.com";
constexpr const char* kPhone = "+358405550199";

bool holdsPlanted(const QByteArray& bytes) {
    return bytes.contains("planted.person") || bytes.contains("405550199");
}

Json consents(bool marketing) {
    const auto one = [](const char* purpose, const char* channel, bool granted) {
        return Json{{"purpose", purpose},   {"channel", channel}, {"granted", granted},
                    {"version", "2026-11"}, {"lang", "fi"},       {"wordingHash", sha256Hex(purpose)}};
    };
    return Json::array({one("wifi-terms", "any", true), one("marketing", "email", marketing)});
}

} // namespace

class TestGuestSignIn : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    std::string sealKey_;

    struct Answer {
        int status = 0;
        Json body;
    };
    Answer portal(const std::string& method, const std::string& target, const Json& body = nullptr) {
        HttpCall call;
        call.method = method;
        call.url = "http://edge" + target;
        call.unixSocket = station_->path("run/portal.sock");
        if (!body.is_null()) call.body = dumpJson(body);
        const auto reply = makeCurlTransport()->send(call);
        if (!reply) return {};
        return {reply->status, parseJson(reply->body, 1 << 20).value_or(Json(nullptr))};
    }
    Answer settled(const std::string& challenge) {
        Answer answer;
        const bool isSettled = QTest::qWaitFor(
            [&] {
                answer = portal("GET", "/v1/codes/" + challenge);
                return answer.status != 202;
            },
            20'000);
        return isSettled ? answer : Answer{};
    }
    std::string sealed(const Json& person) const { return toBase64(*seal(dumpJson(person), sealKey_)); }
    static Json signUp(const std::string& id, const std::string& way, const std::string& box) {
        return {
            {"signUpId", id}, {"way", way}, {"lang", "fi"}, {"sealed", box}, {"consents", consents(true)}};
    }
    QByteArray smsSent() const {
        QFile file(QString::fromStdString(station_->path("sms.jsonl")));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        auto& station = *station_;
        station.setHubOptions({"--sms-file", station.path("sms.jsonl")});
        std::string products = kProductsTsv; // the white mug is on sale
        products.replace(products.find("12.95 EUR\tin_stock\t9521234543213"), 9, "14.95 EUR");
        products.insert(products.find("color\titem"), "sale_price\t");
        products = withSale(products, "MUG-W", "9.95 EUR");
        station.write("products.tsv", products);
        station.write("inventory.tsv", kInventoryTsv);
        station.write("stores.json", kStoresJson);
        const auto imported = station.run("silta-hub", {"import", "--db", station.path("hub.db"),
                                                        "--products", station.path("products.tsv"),
                                                        "--inventory", station.path("inventory.tsv"),
                                                        "--stores", station.path("stores.json")});
        QVERIFY2(imported.status == 0, imported.err.c_str());
        QVERIFY(station.startHub());
        QVERIFY(station.startEdge());
        QCOMPARE(portal("GET", "/v1/store").status, 503); // before enrolment
        QVERIFY(station.enrol("FI-HEL-01"));
        QTRY_COMPARE_WITH_TIMEOUT(portal("GET", "/v1/store").status, 200, 60'000);
        sealKey_ = *fromBase64(portal("GET", "/v1/store").body["hubSealKey"].get<std::string>());
    }

    void seesTheStoreAndItsOffers() {
        QCOMPARE(portal("GET", "/v1/store").body["name"].get<std::string>(), std::string("Helsinki Kamppi"));
        const auto offers = portal("GET", "/v1/offers?lang=fi&limit=8").body["offers"];
        QCOMPARE(offers.size(), std::size_t(1));
        QCOMPARE(offers[0]["sku"].get<std::string>(), std::string("MUG-W"));
        QCOMPARE(offers[0]["price"]["minor"].get<int>(), 995);
        QCOMPARE(offers[0]["regularPrice"]["minor"].get<int>(), 1'495);
        QCOMPARE(offers[0]["stockHere"].get<int>(), 12);
        QCOMPARE(offers[0]["aisle"].get<std::string>(), std::string("A12"));
    }

    void signsInByPhone() {
        const auto box = sealed({{"phone", kPhone}});
        const auto asked = portal("POST", "/v1/codes", {{"sealedPhone", box}, {"lang", "fi"}});
        QCOMPARE(asked.status, 202);
        const auto challenge = asked.body["challenge"].get<std::string>();
        QCOMPARE(settled(challenge).status, 200);
        QTRY_VERIFY(!smsSent().isEmpty());
        const auto sms = parseJson(smsSent().toStdString(), 4'096);
        QCOMPARE((*sms)["to"].get<std::string>(), std::string(kPhone));
        const auto code = (*sms)["text"].get<std::string>().substr(0, 6);
        const auto check = "/v1/codes/" + challenge + "/check";
        QCOMPARE(portal("POST", check, {{"code", code == "000000" ? "000001" : "000000"}}).status, 202);
        QCOMPARE(settled(challenge).status, 403);
        QCOMPARE(portal("POST", check, {{"code", code}}).status, 202);
        QCOMPARE(settled(challenge).status, 200);
        auto body = signUp("0190f3a0-7c1e-7000-8000-0000000000a1", "phone", box);
        body["challenge"] = challenge;
        QCOMPARE(portal("POST", "/v1/sign-ups", body).status, 200);
    }

    void signsUpWithTheLineDownAndAKill() {
        station_->stopHub();
        const auto body =
            signUp("0190f3a0-7c1e-7000-8000-0000000000a2", "email", sealed({{"email", kEmail}}));
        QCOMPARE(portal("POST", "/v1/sign-ups", body).status, 200);
        station_->killEdge();
        QVERIFY(station_->startEdge());
        QCOMPARE(portal("POST", "/v1/sign-ups", body).status, 200); // its answer was lost
        const auto asked =
            portal("POST", "/v1/codes", {{"sealedPhone", sealed({{"phone", kPhone}})}, {"lang", "fi"}});
        const auto answer = asked.status == 202 ? settled(asked.body["challenge"].get<std::string>()) : asked;
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.body["error"].get<std::string>(), std::string("unavailable"));
        QVERIFY(station_->startHub());
    }

    void usesAVoucherOfTheKioskOnce() {
        const auto made = station_->edge("POST", "/v1/vouchers", Json{{"minutes", 60}});
        QVERIFY(made.has_value());
        QCOMPARE(made->status, 200);
        const auto voucher = *parseJson(made->body, 4'096);
        QCOMPARE(portal("POST", "/v1/vouchers", {{"voucher", voucher["token"]}}).status, 200);
        station_->killEdge(); // the use was safe on disk
        QVERIFY(station_->startEdge());
        QCOMPARE(portal("POST", "/v1/vouchers", {{"voucher", voucher["voucher"]}}).status, 410);
    }

    void reachesTheHubOnce() {
        QCOMPARE(station_->ctl("sync").status, 0);
        QTRY_COMPARE_WITH_TIMEOUT(station_->hub("contacts").size(), std::size_t(2), 60'000);
        std::set<std::string> reached;
        for (const auto& contact : station_->hub("contacts")) {
            reached.insert(contact["email"].get<std::string>() + contact["phone"].get<std::string>());
            QCOMPARE(contact["visits"].get<int>(), 1);
            QCOMPARE(contact["consents"].size(), std::size_t(2));
            QCOMPARE(contact["verifiedMs"].get<std::int64_t>() > 0,
                     contact["email"].get<std::string>().empty());
        }
        QVERIFY((reached == std::set<std::string>{kEmail, kPhone}));
        QVERIFY(station_->hub("members").empty());
        for (const auto& operation : station_->hub("ops"))
            QCOMPARE(operation["verdict"].get<std::string>(), std::string("ok"));
    }

    void leavesNothingOfThePersonBehind() {
        int files = 0;
        for (const auto* folder : {"state", "catalog", "run"}) {
            QDirIterator it(QString::fromStdString(station_->path(folder)), QDir::Files | QDir::Hidden,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(!holdsPlanted(file.readAll()), qPrintable(file.fileName()));
                ++files;
            }
        }
        QVERIFY(files > 2);
        const auto code = parseJson(smsSent().toStdString(), 4'096);
        for (const auto* log : {"silta-edge.log", "silta-hub.log"}) {
            QFile file(QString::fromStdString(station_->path(log)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto text = file.readAll();
            QVERIFY(!text.isEmpty());
            QVERIFY2(!holdsPlanted(text), log);
            QVERIFY2(!text.contains((*code)["text"].get<std::string>().c_str()), log);
        }
    }

    void earnsTheCouponThatTheChainHas() {
        const auto earned = [this](const char* id, const char* lang) {
            auto body = signUp(id, "email", sealed({{"email", "coupon.hunter@example.com"}}));
            body["lang"] = lang;
            const auto answer = portal("POST", "/v1/sign-ups", body);
            return answer.status == 200 ? answer.body.value("coupon", Json()) : Json("refused");
        };
        const auto set = [this](const std::vector<std::string>& more) {
            std::vector<std::string> words = {"welcome-coupon", "--db", station_->path("hub.db")};
            words.insert(words.end(), more.begin(), more.end());
            return station_->run("silta-hub", words);
        };
        constexpr const char* kFirst = "0190f3a0-7c1e-7000-8000-0000000000b1";
        QVERIFY(earned(kFirst, "fi").is_null());
        QVERIFY(set({"--code", "TEN OFF", "--last-day", "2099-12-31", "--en", "x"}).status != 0);
        QVERIFY(set({"--code", "TEN", "--last-day", "2099-02-30", "--en", "x"}).status != 0);
        QVERIFY(set({"--code", "TEN", "--last-day", "2099-12-31"}).status != 0);
        QCOMPARE(
            set({"--code", "TEN", "--last-day", "2099-12-31", "--en", "10 % off", "--fi", "10 % alennus"})
                .status,
            0);
        QTRY_VERIFY_WITH_TIMEOUT(!earned(kFirst, "fi").is_null(), 60'000); // an old sign-up's id, too
        const Json finnish = {{"title", "10 % alennus"}, {"code", "TEN"}, {"validDate", "2099-12-31"}};
        QVERIFY(earned(kFirst, "fi") == finnish);
        QCOMPARE(earned("0190f3a0-7c1e-7000-8000-0000000000b2", "pl")["title"].get<std::string>(),
                 std::string("10 % off")); // the store's language
        auto nobody = signUp("0190f3a0-7c1e-7000-8000-0000000000b3", "terms", "");
        nobody.erase("sealed");
        QVERIFY(portal("POST", "/v1/sign-ups", nobody).body == Json::object());
        station_->killEdge(); // the hub is not asked when a guest is there
        station_->stopHub();
        QVERIFY(station_->startEdge());
        QVERIFY(earned(kFirst, "fi") == finnish);
        QVERIFY(station_->startHub());
        QVERIFY(set({"--last-day", "2099-12-31"}).status != 0);
        QVERIFY(set({"--code", "TEN", "--none"}).status != 0);
        QCOMPARE(set({}).status, 0); // only shows it
        QVERIFY(earned(kFirst, "fi") == finnish);
        // A campaign of the chain, of which everybody is shown the same token.
        const auto begun =
            station_->run("silta-hub", {"campaign", "--db", station_->path("hub.db"), "--first-day",
                                        "2020-01-01", "--last-day", "2099-12-31", "--uses", "0", "--percent",
                                        "10", "--en", "A tenth off"});
        QCOMPARE(begun.status, 0);
        QVERIFY(set({"--campaign", "1", "--none"}).status != 0);
        QVERIFY(set({"--campaign", "2"}).status != 0); // there is none
        QCOMPARE(set({"--campaign", "1"}).status, 0);
        QTRY_VERIFY_WITH_TIMEOUT(earned(kFirst, "en")["title"] == "A tenth off", 60'000);
        const auto token = readToken(earned(kFirst, "en")["code"].get<std::string>());
        QVERIFY(token && token->token.campaign == 1 && token->token.serial == 0);
        QCOMPARE(set({"--none"}).status, 0);
        QTRY_VERIFY_WITH_TIMEOUT(earned(kFirst, "fi").is_null(), 60'000);
    }

    void saysNothingThatIsNotDescribed() {
        const auto checked = station_->checkTraffic();
        QVERIFY2(checked.status == 0, checked.out.c_str());
    }

private:
    /// Fills the column before the colour: empty, and a price for one item.
    static std::string withSale(const std::string& tsv, const std::string& sku, const std::string& price) {
        std::string out;
        bool isHeader = true;
        for (const auto& line : QByteArray::fromStdString(tsv).split('\n')) {
            auto fields = line.split('\t');
            if (!isHeader && fields.size() > 8)
                fields.insert(9, fields[0] == sku.c_str() ? QByteArray(price.c_str()) : QByteArray());
            isHeader = false;
            out += fields.join('\t').toStdString() + "\n";
        }
        while (out.size() > 1 && out[out.size() - 2] == '\n')
            out.pop_back();
        return out;
    }
};

QTEST_GUILESS_MAIN(TestGuestSignIn)
#include "tst_guest_sign_in.moc"
