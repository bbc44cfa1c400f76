// kill -9 between a shopper's "saved" and the push, again and again: nothing lost, nothing doubled.
#include "e2e/chain.h"
#include "e2e/station.h"

#include <QTest>
#include <QThread>
#include <set>

using namespace silta;
using namespace silta::test;

class TestSavedIsSaved : public QObject {
    Q_OBJECT

    static bool import(Station& station) {
        station.write("products.tsv", kProductsTsv);
        station.write("inventory.tsv", kInventoryTsv);
        station.write("stores.json", kStoresJson);
        return station
                   .run("silta-hub", {"import", "--db", station.path("hub.db"), "--products",
                                      station.path("products.tsv"), "--inventory",
                                      station.path("inventory.tsv"), "--stores", station.path("stores.json")})
                   .status == 0;
    }

private slots:
    void survivesFiftyKills() {
        constexpr int kRounds = 50;
        const std::string list = "0190f3a0-7c1e-7000-8000-000000000001";
        Station station(SILTA_BIN);
        QVERIFY(import(station));
        QVERIFY(station.startHub());
        QVERIFY(station.startEdge());
        QVERIFY(station.enrol("FI-HEL-01"));
        std::set<std::string> saved;
        for (int round = 0; round < kRounds; ++round) {
            for (int item = 0; item < 3; ++item) {
                const auto sku = "S" + std::to_string(round) + "-" + std::to_string(item);
                const auto reply = station.edge("POST", "/v1/wishlists/" + list + "/items",
                                                Json{{"sku", sku}, {"quantity", 1}});
                QVERIFY(reply.has_value());
                QCOMPARE(reply->status, 200);
                saved.insert(sku);
            }
            QThread::usleep(static_cast<unsigned long>(round) *
                            700); // from before the push to well behind it
            station.killEdge();
            QVERIFY(station.startEdge());
        }
        QCOMPARE(station.ctl("sync").status, 0);
        std::set<std::string> arrived;
        for (const auto& wishlist : station.hub("wishlists"))
            for (const auto& item : wishlist["items"])
                arrived.insert(item["sku"].get<std::string>());
        QVERIFY(arrived == saved);
        const auto operations = station.hub("ops");
        QCOMPARE(operations.size(), saved.size());
        for (const auto& operation : operations)
            QCOMPARE(operation["verdict"].get<std::string>(), std::string("ok"));
        const auto status = parseJson(station.ctl("status").out, 1 << 16);
        QVERIFY(status.has_value());
        QCOMPARE((*status)["outbox"]["pending"].get<int>(), 0);
        QCOMPARE((*status)["outbox"]["quarantined"].get<int>(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSavedIsSaved)
#include "tst_saved_is_saved.moc"
