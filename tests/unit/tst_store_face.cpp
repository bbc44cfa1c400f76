// A shopper's wishlist as the page after signing in shows it.
#include "edge/store_face.h"
#include "support/clocks.h"
#include "support/fake_catalog.h"

#include <QTest>

using namespace silta;

namespace {

WishlistItem item(const std::string& sku, int quantity = 1) {
    return {sku, {}, quantity, "a note that is nobody else's", {}};
}

} // namespace

class TestStoreFace : public QObject {
    Q_OBJECT

    const test::FakeClock clock_;
    std::shared_ptr<test::FakeShelf> shelf_ = std::make_shared<test::FakeShelf>(test::makeShelf());
    StoreFace face_{test::openerOf(shelf_), clock_};

private slots:
    void listsWhatAShopperWants() {
        const auto list = *face_.list("A", {item("MUG-BLUE", 2), item("KETTLE")}, "fi");
        QCOMPARE(list["count"].get<int>(), 2);
        const Json mug = {{"name", "Blue mug (fi)"},
                          {"quantity", 2},
                          {"brand", "Aava"},
                          {"price", {{"minor", 1295}, {"currency", "EUR"}}},
                          {"picture", std::string(64, 'a')},
                          {"stockHere", 12}};
        QVERIFY2(list["items"][0] == mug, list.dump().c_str());
        const auto& kettle = list["items"][1];
        QCOMPARE(kettle["price"]["minor"].get<int>(), 3900); // on sale
        QCOMPARE(kettle["stockHere"].get<int>(), 0);         // another store's is no comfort here
    }
    void countsWhatItCannotShow() {
        std::vector<WishlistItem> items = {item("NO-SUCH-THING")};
        for (std::size_t i = 0; i <= kGuestListShownMax; ++i)
            items.push_back(item("MUG-RED"));
        const auto list = *face_.list("A", items, "en");
        QCOMPARE(list["count"].get<std::size_t>(), items.size());
        QCOMPARE(list["items"].size(), kGuestListShownMax);
        QCOMPARE(list["items"][0]["name"].get<std::string>(), std::string("Red mug"));
    }
    void hasNoneWithoutACatalogue() {
        const StoreFace none(
            [](const std::string&) {
                return Error{Errc::NotFound, "no catalogue"};
            },
            clock_);
        QCOMPARE(none.list("A", {item("MUG-RED")}, "en").error().code, Errc::NotFound);
    }
};

QTEST_APPLESS_MAIN(TestStoreFace)
#include "tst_store_face.moc"
