// portal.sock as the portal uses it: the real engine and the real hub, over a Unix socket and loopback HTTP.
#include "unit/portal_stage.h"

using namespace silta;
using namespace silta::test;

class TestPortalApi : public QObject, PortalStage {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void hasNothingToShowAtFirst() {
        QCOMPARE(get("/v1/store").status, 503);
        QCOMPARE(get("/v1/offers").status, 503);
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 503);
        QCOMPARE(post("/v1/codes", {{"sealedPhone", "AAAA"}, {"lang", "fi"}}).status, 503);
        enrol();
        QCOMPARE(get("/v1/store").status, 503); // no catalogue
        QVERIFY(!get("/v1/store").body["error"].get<std::string>().empty());
    }

    void showsTheStore() {
        enrol();
        writeCatalog();
        const auto answer = get("/v1/store");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body["code"].get<std::string>(), std::string(kHome));
        QCOMPARE(answer.body["chain"].get<std::string>(), std::string("Silta Demo"));
        QCOMPARE(answer.body["company"].get<std::string>(), std::string("Silta Demo Oy"));
        QCOMPARE(answer.body["timeZone"].get<std::string>(), std::string("Europe/Helsinki"));
        QCOMPARE(answer.body["language"].get<std::string>(), std::string("fi"));
        QCOMPARE(answer.body["hours"]["week"].size(), std::size_t(7));
        QCOMPARE(*fromBase64(answer.body["hubSealKey"].get<std::string>()), keys_->seal.publicKey);
    }

    void showsOffersInStockBiggestFirstWithVariety() {
        enrol();
        writeCatalog();
        const auto answer = get("/v1/offers?lang=en&limit=10");
        QCOMPARE(answer.status, 200);
        std::vector<std::string> skus;
        for (const auto& offer : answer.body["offers"])
            skus.push_back(offer["sku"].get<std::string>());
        // The third mug waits until the lamps have had their turn.
        QVERIFY((skus == std::vector<std::string>{"HALF", "THIRD", "TENTH", "FIFTH"}));
        const auto& first = answer.body["offers"][0];
        QCOMPARE(first["name"].get<std::string>(), std::string("Item HALF"));
        QCOMPARE(first["price"]["minor"].get<int>(), 500);
        QCOMPARE(first["price"]["currency"].get<std::string>(), std::string("EUR"));
        QCOMPARE(first["regularPrice"]["minor"].get<int>(), 1000);
        QCOMPARE(first["stockHere"].get<int>(), 3);
        QCOMPARE(first["asOfMs"].get<std::int64_t>(), 1'000'000);
        QCOMPARE(first["aisle"].get<std::string>(), std::string("A12"));
        QCOMPARE(first["picture"].get<std::string>(), std::string(64, 'a'));
    }

    void showsOffersInTheGuestsLanguage() {
        enrol();
        writeCatalog();
        const auto nameOf = [](const Answer& answer) {
            return answer.body["offers"][0]["name"].get<std::string>();
        };
        QCOMPARE(nameOf(get("/v1/offers?lang=fi")), std::string("Tuote HALF"));
        QCOMPARE(nameOf(get("/v1/offers?lang=sv")), std::string("Item HALF"));  // there is no Swedish text
        QCOMPARE(nameOf(get("/v1/offers?lang=de")), std::string("Tuote HALF")); // the store's own language
        QCOMPARE(nameOf(get("/v1/offers")), std::string("Tuote HALF"));
        QCOMPARE(get("/v1/offers?limit=2").body["offers"].size(), std::size_t(2));
        QCOMPARE(get("/v1/offers?limit=1000000").body["offers"].size(), std::size_t(4));
        QCOMPARE(get("/v1/offers?limit=-x").status, 400);
        QCOMPARE(get("/v1/offers?lang=../..").status, 400);
    }

    void readsTheCatalogueSeldom() {
        enrol();
        writeCatalog();
        QCOMPARE(get("/v1/offers").body["offers"].size(), std::size_t(4));
        QFile::remove(QString::fromStdString(config_.catalogFolder + "/catalog.current"));
        QCOMPARE(get("/v1/offers").status, 200);
        clock_.moved = 20'000;
        QCOMPARE(get("/v1/offers").status, 503);
        QCOMPARE(get("/v1/store").status, 503);
    }

    void givesPicturesByNameOnly() {
        const std::string name(64, 'a');
        std::filesystem::create_directories(config_.catalogFolder + "/media/aa");
        QFile file(QString::fromStdString(config_.catalogFolder + "/media/aa/" + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("\xff\xd8\xff picture");
        file.close();
        HttpCall call;
        call.url = "http://edge/v1/pictures/" + name;
        call.unixSocket = config_.socketFolder + "/portal.sock";
        const auto reply = client_->send(call);
        QCOMPARE(reply->status, 200);
        QVERIFY(reply->header("content-type") == "image/jpeg");
        QCOMPARE(reply->body, std::string("\xff\xd8\xff picture"));
        for (const char* bad : {"..%2f..%2fstate%2fdevice.key", "catalog.current", "%2e%2e"})
            QCOMPARE(get(std::string("/v1/pictures/") + bad).status, 404);
        QCOMPARE(get("/v1/pictures/" + std::string(64, 'b')).status, 404);
    }

    void signsUpOnceWhateverTheLineDoes() {
        enrol();
        *cut_ = true;
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 200);
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 200);
        stopEdge(); // saved is saved
        startEdge();
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 200);
        *cut_ = false;
        engine_->syncNow();
        QTRY_COMPARE(store_->contacts()->size(), std::size_t(1));
        QTRY_COMPARE(engine_->status()["outbox"]["pending"].get<int>(), 0);
        const auto contact = (*store_->contacts())[0];
        QCOMPARE(contact.email, std::string("planted.person@example.com"));
        QCOMPARE(contact.visits, 1);
        QVERIFY(contact.consents[1]["granted"].get<bool>());
        QVERIFY(store_->members()->empty());
        QCOMPARE(store_->operations(10)->size(), std::size_t(1));
    }

    void theWelcomeCouponEndsByTheStoresOwnDay() {
        enrol();
        const auto inZone = [](const char* zone) {
            ::setenv("TZ", zone, 1);
            ::tzset();
        };
        const auto today = dayOf(clock_.nowMs()); // in UTC
        QVERIFY(store_->setWelcomeCoupon(WelcomeCoupon{{{"en", "10 % off"}}, "TEN", today}));
        inZone("UTC0");
        engine_->syncNow();
        QTRY_VERIFY(engine_->welcomeCoupon()->has_value());
        inZone("EAST-24"); // where it is tomorrow
        const bool hasAfter = engine_->welcomeCoupon()->has_value();
        inZone("WEST+24");
        const bool hasBefore = engine_->welcomeCoupon()->has_value();
        ::unsetenv("TZ");
        ::tzset();
        QVERIFY(!hasAfter);
        QVERIFY(hasBefore);
    }

    void writesNothingOfWhoSaidNothing() {
        enrol();
        for (const char* way : {"terms", "voucher"})
            QCOMPARE(post("/v1/sign-ups", test::guestJson(way)).status, 200);
        QCOMPARE(engine_->outbox(10)->size(), std::size_t(0));
    }

    void refusesSignUps_data() {
        QTest::addColumn<QByteArray>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("no id") << QByteArray("/signUpId") << QByteArray("\"1\"");
        QTest::newRow("another way") << QByteArray("/way") << QByteArray("\"fax\"");
        QTest::newRow("a box with terms only") << QByteArray("/way") << QByteArray("\"terms\"");
        QTest::newRow("no box") << QByteArray("/sealed") << QByteArray("\"\"");
        QTest::newRow("personal data in the clear")
            << QByteArray("/sealed") << QByteArray("\"planted.person@example.com\"");
        QTest::newRow("too short for a box") << QByteArray("/sealed") << QByteArray("\"cGxhbnRlZA\"");
        QTest::newRow("terms not agreed to") << QByteArray("/consents/0/granted") << QByteArray("false");
        QTest::newRow("a member's terms")
            << QByteArray("/consents/0/purpose") << QByteArray("\"membership-terms\"");
        QTest::newRow("a version that is no text") << QByteArray("/consents/0/version") << QByteArray("7");
        QTest::newRow("a number with an e-mail")
            << QByteArray("/memberNumber") << QByteArray("\"9246000010000017\"");
        QTest::newRow("a code with an e-mail")
            << QByteArray("/challenge") << QByteArray("\"0190f3a0-7c1e-7000-8000-000000000001\"");
    }
    void refusesSignUps() {
        QFETCH(QByteArray, pointer);
        QFETCH(QByteArray, value);
        enrol();
        auto json = emailSignUp();
        json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        QCOMPARE(post("/v1/sign-ups", json).status, 400);
        QCOMPARE(engine_->outbox(10)->size(), std::size_t(0));
    }

    void takesAMemberNumberThatCanBeOne() {
        enrol();
        auto json = test::guestJson("loyalty");
        json["memberNumber"] = "9246000010000017";
        const bool isValid = isLuhnValid("9246000010000017");
        QCOMPARE(post("/v1/sign-ups", json).status, isValid ? 200 : 400);
        json["memberNumber"] = isValid ? "9246000010000018" : "9246000010000016";
        QCOMPARE(post("/v1/sign-ups", json).status, 400);
    }

    void refusesFloods() {
        enrol();
        int refused = 0;
        for (int i = 0; i < 150; ++i)
            refused += post("/v1/sign-ups", emailSignUp()).status == 429 ? 1 : 0;
        QVERIFY(refused >= 30);
        QCOMPARE(post("/v1/sign-ups", test::guestJson("terms")).status, 200); // nothing is written of them
        clock_.moved = 61'000;
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 200);
        auto large = emailSignUp();
        large["sealed"] = std::string(20'000, 'A');
        QCOMPARE(post("/v1/sign-ups", large).status, 413);
    }

    void countsEventsByDay() {
        enrol();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(post("/v1/events", {{"kind", "wifi.login"}, {"way", "email"}}).status, 200);
        QCOMPARE(post("/v1/events", {{"kind", "offer.tap"}, {"atMs", 1}}).status, 200);
        const auto many = [](const Json& count) {
            return Json{{"kind", "wifi.login"}, {"way", "email"}, {"count", count}};
        };
        QCOMPARE(post("/v1/events", many(40)).status, 200);
        for (const auto& wrong : {Json(0), Json(-1), Json(10'000'001), Json("9"), Json(1.5)})
            QCOMPARE(post("/v1/events", many(wrong)).status, 400);
        QCOMPARE(post("/v1/events", {{"kind", "wifi.planted"}}).status, 400);
        QCOMPARE(post("/v1/events", {{"kind", "wifi.login"}, {"way", "aino@example.com"}}).status, 400);
        const auto day = dayOf(clock_.nowMs());
        stopEdge(); // what was counted is written down
        clock_.moved = std::int64_t{24} * 3'600'000;
        startEdge();
        QTRY_COMPARE(store_->guestCounts()->size(), std::size_t(2));
        const auto counts = *store_->guestCounts();
        QCOMPARE(counts[0].day, day);
        QCOMPARE(counts[0].kind, std::string("offer.tap"));
        QCOMPARE(counts[0].count, 1);
        QCOMPARE(counts[1].way, std::string("email"));
        QCOMPARE(counts[1].count, 43);
        QCOMPARE(counts[1].storeCode, std::string(kHome));
    }

    void sendsAndChecksACode() {
        enrol();
        const auto sealed = test::sealedFor(keys_->seal, {{"phone", kPhone}});
        const auto asked = post("/v1/codes", {{"sealedPhone", sealed}, {"lang", "fi"}});
        QCOMPARE(asked.status, 202);
        const auto challenge = asked.body["challenge"].get<std::string>();
        const auto sent = settled(challenge);
        QCOMPARE(sent.status, 200);
        QCOMPARE(sent.body["expiresSeconds"].get<int>(), 300);
        QTRY_COMPARE(sentCode().size(), std::size_t(6));
        const auto code = sentCode();
        QCOMPARE(QFile::permissions(QString::fromStdString(path("sms.jsonl"))) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        const auto check = "/v1/codes/" + challenge + "/check";
        QCOMPARE(post(check, {{"code", code == "123456" ? "654321" : "123456"}}).status, 202);
        const auto wrong = settled(challenge);
        QCOMPARE(wrong.status, 403);
        QCOMPARE(wrong.body["attemptsLeft"].get<int>(), 4);
        QCOMPARE(post(check, {{"code", "12345"}}).status, 400);
        QCOMPARE(post(check, {{"code", code}}).status, 202);
        const auto right = settled(challenge);
        QCOMPARE(right.status, 200);
        QVERIFY(right.body["ok"].get<bool>());
        auto signUp = test::guestJson("phone");
        signUp["sealed"] = sealed;
        signUp["challenge"] = challenge;
        QCOMPARE(post("/v1/sign-ups", signUp).status, 200);
        QTRY_COMPARE(store_->contacts()->size(), std::size_t(1));
        QVERIFY((*store_->contacts())[0].verifiedMs > 0);
    }

    void checksACodeAfterARestart() {
        enrol();
        const auto sealed = test::sealedFor(keys_->seal, {{"phone", kPhone}});
        const auto asked = post("/v1/codes", {{"sealedPhone", sealed}, {"lang", "en"}});
        const auto challenge = asked.body["challenge"].get<std::string>();
        QCOMPARE(settled(challenge).status, 200);
        QTRY_COMPARE(sentCode().size(), std::size_t(6));
        stopEdge();
        startEdge();
        QCOMPARE(get("/v1/codes/" + challenge).status, 404);
        QCOMPARE(post("/v1/codes/" + challenge + "/check", {{"code", sentCode()}}).status, 202);
        QCOMPARE(settled(challenge).status, 200);
    }

    void saysWhyThereIsNoCode() {
        enrol();
        const auto ask = [&](const Json& person) {
            const auto sealed = test::sealedFor(keys_->seal, person);
            const auto asked = post("/v1/codes", {{"sealedPhone", sealed}, {"lang", "en"}});
            return asked.status == 202 ? settled(asked.body["challenge"].get<std::string>()) : asked;
        };
        QCOMPARE(ask({{"phone", "call me"}}).status, 400);
        for (int i = 0; i < hub::kCodesPerPhoneAnHour; ++i)
            QCOMPARE(ask({{"phone", kPhone}}).status, 200);
        QCOMPARE(ask({{"phone", kPhone}}).status, 429);
        *cut_ = true;
        const auto cut = ask({{"phone", "+358405550100"}});
        QCOMPARE(cut.status, 503);
        QCOMPARE(cut.body["error"].get<std::string>(), std::string("unavailable"));
        QCOMPARE(post("/v1/codes", {{"sealedPhone", "AAAA"}, {"lang", "en"}}).status, 503); // at once now
        *cut_ = false;
        clock_.moved = 11'000;
        QCOMPARE(ask({{"phone", "+358405550100"}}).status, 200);
        QCOMPARE(
            post("/v1/codes/" + std::string(test::kGuestSignUpId) + "/check", {{"code", "000000"}}).status,
            202);
        QCOMPARE(settled(test::kGuestSignUpId).status, 410); // never made
    }

    void givesAndTakesVouchers() {
        QCOMPARE(call("kiosk.sock", "POST", "/v1/vouchers", Json::object()).status, 503);
        enrol();
        const auto made = call("kiosk.sock", "POST", "/v1/vouchers",
                               {{"minutes", 120}, {"quotaBytes", 5'000'000}, {"validMinutes", 10}});
        QCOMPARE(made.status, 200);
        const auto typed = made.body["voucher"].get<std::string>();
        const auto token = made.body["token"].get<std::string>();
        QCOMPARE(made.body["url"].get<std::string>(), "http://wifi.example/?voucher=" + token);
        QCOMPARE(typed.size(), std::size_t(11));
        *cut_ = true; // none of this needs the line
        const auto wifi = [this] {
            return QString::fromStdString(
                call("kiosk.sock", "GET", "/v1/wifi").body["state"].get<std::string>());
        };
        QCOMPARE(wifi(), QString("open"));
        QCOMPARE(get("/v1/store?vouchers=no").status, 503); // no catalogue, but said is said
        QCOMPARE(wifi(), QString("none"));
        QCOMPARE(call("kiosk.sock", "POST", "/v1/vouchers", Json::object()).status, 503);
        get("/v1/store");
        QCOMPARE(wifi(), QString("none"));
        get("/v1/store?vouchers=yes");
        QCOMPARE(wifi(), QString("open"));
        const Json use = {{"voucher", typed}, {"usedFor", test::kGuestSignUpId}};
        const auto used = post("/v1/vouchers", use);
        QCOMPARE(used.status, 200);
        QCOMPARE(used.body["minutes"].get<int>(), 120);
        QCOMPARE(used.body["quotaBytes"].get<std::int64_t>(), 5'000'000);
        stopEdge();
        startEdge();
        QCOMPARE(post("/v1/vouchers", use).status, 200); // the same guest, whose answer was lost
        const auto again = post("/v1/vouchers", {{"voucher", token}});
        QCOMPARE(again.status, 410);
        QCOMPARE(again.body["error"].get<std::string>(), std::string("used up"));
        const auto unknown = post("/v1/vouchers", {{"voucher", "0000000000"}});
        QCOMPARE(unknown.status, 403);
        QCOMPARE(unknown.body["error"].get<std::string>(), std::string("unknown"));
        const auto second = call("kiosk.sock", "POST", "/v1/vouchers", Json::object());
        QCOMPARE(second.body["minutes"].get<int>(), config_.voucherMinutes);
        clock_.moved = std::int64_t{16} * 60'000;
        const auto expired = post("/v1/vouchers", {{"voucher", second.body["token"]}});
        QCOMPARE(expired.status, 410);
        QCOMPARE(expired.body["error"].get<std::string>(), std::string("expired"));
    }

    void limitsVouchersAndGuesses() {
        enrol();
        QCOMPARE(call("kiosk.sock", "POST", "/v1/vouchers", {{"minutes", 0}}).status, 400);
        QCOMPARE(call("kiosk.sock", "POST", "/v1/vouchers", {{"minutes", 1'441}}).status, 400);
        int refused = 0;
        for (int i = 0; i < 14; ++i)
            refused += call("kiosk.sock", "POST", "/v1/vouchers", {{"minutes", 5}}).status == 429 ? 1 : 0;
        QVERIFY(refused > 0);
        int limited = 0;
        for (int i = 0; i < 70; ++i)
            limited += post("/v1/vouchers", {{"voucher", "0000000000"}}).status == 429 ? 1 : 0;
        QCOMPARE(limited, 10);
    }

    void hasNoOtherRoute() {
        enrol();
        for (const char* target : {"/v1/status",
                                   "/v1/wishlists/"
                                   "0190f3a0-7c1e-7000-8000-000000000001",
                                   "/v1/outbox", "/"})
            QCOMPARE(get(target).status, 404);
        for (const char* target : {"/v1/wifi", "/v1/enrol", "/v1/sync"})
            QVERIFY(post(target, Json::object()).status >= 404);
    }

    void turnsOtherUsersAway() {
        const auto guarded = onlyForNobody();
        HttpRequest request;
        request.peerUid = 12'345;
        QCOMPARE(guarded(request).status, 403);
        request.peerUid.reset();
        QCOMPARE(guarded(request).status, 403);
        request.peerUid = geteuid();
        QCOMPARE(guarded(request).status, 503);
    }

    void leavesNoPersonalDataOnTheDevice() {
        enrol();
        QCOMPARE(post("/v1/sign-ups", emailSignUp()).status, 200);
        const auto sealed = test::sealedFor(keys_->seal, {{"phone", kPhone}});
        const auto asked = post("/v1/codes", {{"sealedPhone", sealed}, {"lang", "fi"}});
        QCOMPARE(settled(asked.body["challenge"].get<std::string>()).status, 200);
        QTRY_COMPARE(engine_->status()["outbox"]["pending"].get<int>(), 0);
        stopEdge();
        int files = 0;
        for (const auto& folder : {config_.stateFolder, config_.catalogFolder, config_.socketFolder}) {
            QDirIterator it(QString::fromStdString(folder), QDir::Files | QDir::Hidden,
                            QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const auto bytes = file.readAll();
                QVERIFY2(!bytes.contains("planted") && !bytes.contains("405550199"),
                         qPrintable(file.fileName()));
                ++files;
            }
        }
        QVERIFY(files > 0);
    }

private:
    HttpServer::Handler onlyForNobody();
};

HttpServer::Handler TestPortalApi::onlyForNobody() {
    const auto routes = portalRoutes(*engine_, config_, clock_);
    return onlyFor(std::make_shared<Callers>(config_.portalUsers, false, clock_), routes.front().handler);
}

QTEST_GUILESS_MAIN(TestPortalApi)
#include "tst_portal_api.moc"
