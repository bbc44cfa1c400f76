// What portal.sock does for guests beside the internet: a search, the club.
#include "unit/portal_stage.h"

using namespace silta;
using namespace silta::test;

class TestPortalServicesApi : public QObject, PortalStage {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void findsProductsOfThisStore() {
        QCOMPARE(get("/v1/products?q=item&lang=en").status, 503);
        enrol();
        QCOMPARE(get("/v1/products?q=item&lang=en").status, 503); // no catalogue
        writeCatalog();
        auto answer = get("/v1/products?q=item%20half&lang=en");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body["products"].size(), std::size_t(1));
        const auto& found = answer.body["products"][0];
        QCOMPARE(found["name"].get<std::string>(), std::string("Item HALF"));
        QCOMPARE(found["price"]["minor"].get<int>(), 500);
        QCOMPARE(found["regularPrice"]["minor"].get<int>(), 1000);
        QCOMPARE(found["stockHere"].get<int>(), 3);
        QCOMPARE(found["aisle"].get<std::string>(), std::string("A12"));
        QVERIFY(!found.contains("near") && !found.contains("gtin")); // what the till shows, guests need not
        answer = get("/v1/products?q=tuote&lang=fi");
        QCOMPARE(answer.body["products"][0]["name"].get<std::string>().substr(0, 5), std::string("Tuote"));
        QVERIFY(get("/v1/products?q=zzzzzz&lang=en").body["products"].empty());
        for (const auto* bad :
             {"/v1/products", "/v1/products?q=&lang=en", "/v1/products?q=a", "/v1/products?q=a&lang=../.."})
            QCOMPARE(get(bad).status, 400);
        QCOMPARE(get("/v1/products?lang=en&q=" + std::string(kQueryBytesMax, 'a')).status, 200);
        QCOMPARE(get("/v1/products?lang=en&q=" + std::string(kQueryBytesMax + 1, 'a')).status, 400);
    }
    void refusesAFloodOfSearches() {
        enrol();
        writeCatalog();
        int refused = 0;
        for (int i = 0; i < 601; ++i)
            if (get("/v1/products?q=&lang=en").status == 429) ++refused;
        QCOMPARE(refused, 1);
        clock_.moved = 61'000;
        QCOMPARE(get("/v1/products?q=mug&lang=en").status, 200);
    }

    void joinsTheClubOnceWhateverTheLineDoes() {
        auto membership = Json{{"memberId", "0190f3a0-7c1e-7000-8000-00000000000a"},
                               {"sealed", emailSignUp()["sealed"]},
                               {"lang", "fi"},
                               {"consents",
                                {{{"purpose", "membership-terms"},
                                  {"channel", "any"},
                                  {"granted", true},
                                  {"wordingHash", std::string(64, 'a')},
                                  {"lang", "fi"}}}},
                               {"staffId", "0190f3a0-7c1e-7000-8000-00000000000b"},
                               {"number", "1"}};
        QCOMPARE(post("/v1/members", membership).status, 503); // not enrolled
        enrol();
        const auto joined = post("/v1/members", membership);
        QCOMPARE(joined.status, 200);
        const auto number = joined.body["number"].get<std::string>();
        QVERIFY2(isLuhnValid(number), number.c_str()); // the device's, not the one that was sent
        QCOMPARE(post("/v1/members", membership).body["number"].get<std::string>(), number);
        auto other = membership;
        other["memberId"] = "0190f3a0-7c1e-7000-8000-00000000000c";
        QVERIFY(post("/v1/members", other).body["number"].get<std::string>() != number);
        other["sealed"] = "no box!";
        QCOMPARE(post("/v1/members", other).status, 400);
        other = membership;
        other["consents"][0]["granted"] = false;
        QCOMPARE(post("/v1/members", other).status, 400);
        for (int i = 4; i < 30; ++i)
            QCOMPARE(post("/v1/members", membership).status, 200);
        QCOMPARE(post("/v1/members", membership).status, 429);
        clock_.moved = 61'000;
        QCOMPARE(post("/v1/members", membership).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestPortalServicesApi)
#include "tst_portal_services_api.moc"
