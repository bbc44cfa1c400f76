// The kiosk's controller: codes lead to pages, lists are saved by the edge, a session leaves nothing behind.
#include "core/order_number.h"
#include "support/kiosk_stage.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;
using Page = KioskController::Page;

class TestKioskSession : public QObject {
    Q_OBJECT

private slots:
    void waitsUntilTheCatalogueIsOpen() {
        KioskStage stage(false);
        QCOMPARE(stage.controller.page(), Page::Waiting);
        stage.poll();
        QCOMPARE(stage.controller.page(), Page::Waiting);
        stage.edge->status["catalog"] = {{"path", "/c.db"}, {"catalogSeq", 1}, {"stockSeq", 1}};
        stage.poll();
        QCOMPARE(stage.controller.page(), Page::Attract);
        QCOMPARE(stage.controller.store()->offers()->count(), 1);
        QCOMPARE(stage.controller.store()->name(), QStringLiteral("Store A"));
    }

    void saysWhatHelpsOnceWaitingDoesNot() {
        KioskStage stage;
        stage.edge->reachable = false;
        stage.poll();
        const QString waiting = stage.controller.waitingTitle();
        QVERIFY(stage.controller.waitingSteps().isEmpty());
        stage.clock.steady += kEdgeLostMs;
        stage.poll();
        QCOMPARE(stage.controller.waitingTitle(), waiting);
        const QSignalSpy told(&stage.controller, &KioskController::statusChanged);
        stage.clock.steady += 1;
        stage.poll();
        QCOMPARE(told.count(), 1);
        QCOMPARE(stage.controller.page(), Page::Waiting);
        QCOMPARE(stage.controller.waitingTitle(), QStringLiteral("This screen needs a hand"));
        QVERIFY(stage.controller.waitingText().contains(QLatin1String("ask our staff")));
        QCOMPARE(stage.controller.waitingSteps().size(), 2);
        stage.poll();
        QCOMPARE(told.count(), 1); // once a change, not once a question
        stage.edge->reachable = true;
        stage.poll();
        QCOMPARE(stage.controller.page(), Page::Attract);
        QVERIFY(stage.controller.waitingSteps().isEmpty());
        // One answer in between is enough to begin anew.
        stage.clock.steady += kEdgeLostMs;
        stage.edge->reachable = false;
        stage.poll();
        QVERIFY(stage.controller.waitingSteps().isEmpty());
    }

    void opensTheCatalogueAgainOnlyWhenItChanged() {
        KioskStage stage;
        stage.open();
        stage.poll();
        QCOMPARE(stage.opened.size(), std::size_t{1});
        stage.edge->status["catalog"]["stockSeq"] = 2;
        stage.poll();
        QCOMPARE(stage.opened.size(), std::size_t{2});
        stage.edge->status["catalog"]["path"] = "/catalog-2.db";
        stage.poll();
        QCOMPARE(stage.opened.back(), std::string("/catalog-2.db"));
    }

    void scanLeadsToItsPage_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("page");
        QTest::newRow("EAN-13 of a product") << "9520000000011" << int(Page::Product);
        QTest::newRow("digital link") << "https://id.gs1.org/01/09520000000011" << int(Page::Product);
        QTest::newRow("product not carried") << "4006381333931" << int(Page::NotCarried);
        QTest::newRow("member card") << QString::fromStdString(*makeMemberNumber("9246", 1, 1))
                                     << int(Page::Member);
        QTest::newRow("wishlist") << "https://lists.example/w/01890000-0000-7000-8000-000000000001"
                                  << int(Page::Wishlist);
        QTest::newRow("slip of an order")
            << QString::fromStdString(orderCode(*makeOrderNumber(1, 1))) << int(Page::FoundOrder);
        QTest::newRow("anything else") << "WIFI:T:WPA;S:lobby;;" << int(Page::UnknownCode);
    }

    void scanLeadsToItsPage() {
        QFETCH(QString, code);
        QFETCH(int, page);
        for (const bool fromAttract : {true, false}) {
            KioskStage stage;
            stage.open();
            if (fromAttract) stage.controller.resetSession();
            stage.scan(code.toStdString());
            QCOMPARE(int(stage.controller.page()), page);
        }
    }

    void findsWhatWasWeighedInTheStore_data() {
        QTest::addColumn<QString>("gtin");
        QTest::addColumn<QString>("sku");
        QTest::newRow("by the number without its measure") << "2312345600001"
                                                           << "CHEESE";
        QTest::newRow("by the shop's item number") << "9520000000059"
                                                   << "23123456";
    }

    void findsWhatWasWeighedInTheStore() {
        QFETCH(QString, gtin);
        QFETCH(QString, sku);
        const auto body = gtin.left(12).toStdString();
        ChainCodes codes;
        codes.inStoreCountry = "FI";
        KioskStage stage(true, codes);
        auto cheese = stage.shelf->products.front();
        cheese.sku = sku.toStdString();
        cheese.gtin = *Gtin::parse(body + Gtin::checkDigit(body));
        stage.shelf->products.push_back(cheese);
        stage.open();
        const std::string weighed = "231234560512"; // 512 g
        stage.scan(weighed + Gtin::checkDigit(weighed));
        QCOMPARE(int(stage.controller.page()), int(Page::Product));
        QCOMPARE(stage.controller.product()->sku(), sku);
    }

    void showsTheNumberOfWhatIsNotCarried() {
        KioskStage stage;
        stage.open();
        stage.scan("4006381333931");
        QCOMPARE(stage.controller.scannedText(), QStringLiteral("4006381333931"));
    }

    void showsNoControlCharactersOfAnUnknownCode() {
        KioskStage stage;
        stage.open();
        stage.scan(std::string("bad\x1b[31m\n\xff") + std::string(4000, 'x'));
        QVERIFY(!stage.controller.scannedText().contains(QChar(0x1b)));
        QVERIFY(stage.controller.scannedText().size() < 60);
    }

    void enrolsOnlyWhileNotEnrolled() {
        KioskStage stage(false);
        stage.poll();
        stage.scan("silta:enrol?c=CR27-1VXS-V6M0&h=https%3A%2F%2Fhub.example");
        QCOMPARE(stage.edge->bodies("/enrol").size(), std::size_t{1});
        QVERIFY(stage.edge->bodies("/enrol")[0].find("https://hub.example") != std::string::npos);
        KioskStage enrolled;
        enrolled.open();
        enrolled.scan("silta:enrol?c=CR27-1VXS-V6M0&h=https%3A%2F%2Fhub.example");
        QVERIFY(enrolled.edge->bodies("/enrol").empty());
    }

    void showsPriceStockAndOtherStoresOfAProduct() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000035");
        auto& product = *stage.controller.product();
        QCOMPARE(product.title(), QStringLiteral("Kettle"));
        QCOMPARE(product.priceText(), QStringLiteral("€39.00"));
        QCOMPARE(product.regularPriceText(), QStringLiteral("€49.00"));
        QCOMPARE(product.hereKind(), QStringLiteral("out"));
        QCOMPARE(product.otherStores()->count(), 1);
        QCOMPARE(product.otherStores()->rows()[0].availabilityKind, QStringLiteral("in-stock"));
        QCOMPARE(
            product.stockAgeText(),
            QStringLiteral("as of %1").arg(Words("en").age(stage.shelf->info.stockAsOf, stage.clock.now)));
    }

    void variantTakesThePlaceOfTheShownItem() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000011");
        QCOMPARE(stage.controller.product()->colors()->count(), 2);
        stage.controller.openVariant(stage.controller.product()->colors()->rows()[1].productId);
        stage.settle();
        QCOMPARE(stage.controller.product()->sku(), QStringLiteral("MUG-RED"));
        QCOMPARE(stage.controller.product()->hereKind(), QStringLiteral("last-few"));
        stage.controller.back();
        QCOMPARE(stage.controller.page(), Page::Home);
    }

    void savedIsSaidOnlyAfterTheEdgeAnswered() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000011");
        stage.controller.addToWishlist();
        QCOMPARE(stage.controller.wishlist()->count(), 0);
        QVERIFY(stage.controller.notice().isEmpty());
        stage.settle();
        QCOMPARE(stage.controller.wishlist()->count(), 1);
        QCOMPARE(stage.controller.notice(), QStringLiteral("Saved to your list"));
    }

    void failedSaveIsSaidAndNothingIsShownAsSaved() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000011");
        stage.edge->refusal = 507;
        stage.controller.addToWishlist();
        stage.settle();
        QCOMPARE(stage.controller.wishlist()->count(), 0);
        QVERIFY(stage.controller.notice().startsWith(QStringLiteral("Not saved")));
    }

    void edgeLossKeepsBrowsingAndIsTold() {
        KioskStage stage;
        stage.open();
        stage.edge->reachable = false;
        stage.poll();
        QVERIFY(!stage.controller.banner().isEmpty());
        stage.scan("9520000000011");
        QCOMPARE(stage.controller.page(), Page::Product);
        QVERIFY(stage.controller.product()->ready());
    }

    void offlineBannerTellsTheAgeOfStock() {
        KioskStage stage;
        stage.edge->status["hub"]["reachable"] = false;
        stage.clock.now = stage.shelf->info.stockAsOf + 2 * 3'600'000;
        stage.open();
        QVERIFY2(stage.controller.banner().contains(QStringLiteral("2 h ago")),
                 qPrintable(stage.controller.banner()));
    }

    void resetForgetsEverything() {
        KioskStage stage;
        stage.open();
        stage.controller.setLanguage(QStringLiteral("fi"));
        stage.scan("9520000000011");
        stage.controller.addToWishlist();
        stage.settle();
        const std::string id = stage.controller.wishlist()->id();
        stage.controller.openSearch();
        stage.controller.search()->setText(QStringLiteral("mug"));
        stage.settle();
        stage.scan(*makeMemberNumber("9246", 1, 1));
        stage.controller.openJoin();
        stage.controller.signUp()->setTerms(true);
        QGuiApplication::clipboard()->setText(QStringLiteral("maija@example.com"));
        QSignalSpy cleared(stage.controller.signUp(), &SignUpForm::cleared);

        stage.controller.resetSession();
        stage.settle();
        QCOMPARE(stage.controller.page(), Page::Attract);
        QCOMPARE(stage.controller.language(), QStringLiteral("en"));
        QCOMPARE(stage.controller.wishlist()->count(), 0);
        QVERIFY(stage.controller.wishlist()->url().isEmpty());
        QCOMPARE(stage.controller.wishlist()->items()->count(), 0);
        QVERIFY(stage.controller.search()->text().isEmpty());
        QCOMPARE(stage.controller.search()->results()->count(), 0);
        QVERIFY(stage.controller.product()->sku().isEmpty());
        QVERIFY(stage.controller.memberText().isEmpty());
        QVERIFY(stage.controller.scannedText().isEmpty());
        QVERIFY(!stage.controller.signUp()->terms());
        QVERIFY(cleared.count() > 0);
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
        QVERIFY(!stage.controller.remembers(Page::Product));

        stage.scan("9520000000011");
        stage.controller.addToWishlist();
        stage.settle();
        QVERIFY(stage.controller.wishlist()->id() != id);
    }

    void answersForAFormerShopperAreDropped() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000011");
        stage.controller.addToWishlist();
        stage.controller.resetSession();
        stage.settle();
        QCOMPARE(stage.controller.wishlist()->count(), 0);
        QVERIFY(stage.controller.notice().isEmpty());
    }

    void idlenessWarnsAndThenForgets() {
        KioskStage stage;
        stage.open();
        auto& idle = *stage.controller.idle();
        stage.clock.steady += 49'000;
        idle.tick();
        QVERIFY(!idle.warning());
        stage.clock.steady += 2'000;
        idle.tick();
        QVERIFY(idle.warning());
        QCOMPARE(idle.secondsLeft(), 9);
        stage.controller.stillHere();
        QVERIFY(!idle.warning());
        stage.clock.steady += 60'000;
        idle.tick();
        QCOMPARE(stage.controller.page(), Page::Attract);
        stage.clock.steady += 600'000;
        idle.tick();
        QVERIFY(!idle.warning());
    }

    void languageChangeReadsTextsAgain() {
        KioskStage stage;
        stage.open();
        stage.scan("9520000000035");
        stage.controller.setLanguage(QStringLiteral("fi"));
        stage.settle();
        QCOMPARE(stage.controller.product()->title(), QStringLiteral("Kettle (fi)"));
        QCOMPARE(stage.controller.product()->priceText(), QStringLiteral("39,00\u00a0€"));
        QCOMPARE(stage.controller.store()->departments()->rows()[0].title, QStringLiteral("Keittiö"));
        stage.controller.setLanguage(QStringLiteral("xx"));
        QCOMPARE(stage.controller.language(), QStringLiteral("fi"));
    }
};

QTEST_MAIN(TestKioskSession)
#include "tst_kiosk_session.moc"
