// Search, wishlist, words, pictures: what pages read.
#include "support/kiosk_stage.h"
#include "view/code_item.h"
#include "view/picture_provider.h"
#include "view/pointer_watch.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;

class TestKioskViews : public QObject {
    Q_OBJECT

private slots:
    void searchOvertakenByANewerOneIsNotAskedAndNotShown() {
        KioskStage stage;
        stage.open();
        stage.controller.openSearch();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("mug"));
        search.setText(QStringLiteral("kettle"));
        const int before = stage.shelf->searches;
        stage.catalogQueue.runOne(); // the overtaken question, in both its parts
        stage.catalogQueue.runOne();
        QCOMPARE(stage.shelf->searches, before);
        QVERIFY(search.busy());
        stage.settle();
        QCOMPARE(search.results()->count(), 1);
        QCOMPARE(search.results()->rows()[0].title, QStringLiteral("Kettle"));
        QVERIFY(!search.busy());
    }

    void staleAnswerIsDropped() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("mug"));
        stage.catalogQueue.runOne(); // answered, the answer is on its way
        search.setText(QString());
        stage.settle();
        QCOMPARE(search.results()->count(), 0);
        QVERIFY(!search.asked());
    }

    void spaceAtTheEndIsPassedOn() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("  mug "));
        stage.settle();
        QCOMPARE(QString::fromStdString(stage.shelf->searched), QStringLiteral("mug "));
        search.setText(QStringLiteral("mug"));
        stage.settle();
        QCOMPARE(QString::fromStdString(stage.shelf->searched), QStringLiteral("mug"));
    }

    void searchKeepsToWhatIsHereWhenAsked() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("kettle"));
        search.setStock(SearchView::Here);
        stage.settle();
        QCOMPARE(search.results()->count(), 0);
        search.setStock(SearchView::Anywhere);
        stage.settle();
        QCOMPARE(search.results()->count(), 1);
    }

    void damagedCatalogueGivesNoResultsAndNoHang() {
        KioskStage stage;
        stage.open();
        stage.shelf->failing = true;
        stage.controller.search()->setText(QStringLiteral("mug"));
        stage.settle();
        QVERIFY(!stage.controller.search()->busy());
        QVERIFY(stage.controller.search()->failed());
        QCOMPARE(stage.controller.search()->results()->count(), 0);
        stage.shelf->failing = false;
        stage.controller.search()->reload();
        stage.settle();
        QVERIFY(!stage.controller.search()->failed());
        QCOMPARE(stage.controller.search()->results()->count(), 2);
    }

    void choicesNarrowAndAreTold() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("mug"));
        stage.settle();
        QCOMPARE(search.results()->count(), 2);
        QCOMPARE(search.colors()->count(), 2);
        QCOMPARE(search.colors()->rows()[0].paint, QStringLiteral("#2f62b8")); // blue
        search.toggle(SearchView::Color, QStringLiteral("red"));
        stage.settle();
        QCOMPARE(search.results()->count(), 1);
        QCOMPARE(search.results()->rows()[0].title, QStringLiteral("Red mug"));
        QVERIFY(search.colors()->rows()[1].chosen);
        QCOMPARE(search.chosen()->count(), 1);
        QCOMPARE(search.chosen()->rows()[0].label, QStringLiteral("red"));
        search.drop(search.chosen()->rows()[0].key);
        stage.settle();
        QCOMPARE(search.results()->count(), 2);
        QCOMPARE(search.chosen()->count(), 0);
    }

    void colorsAreAllPaintedOrNone() {
        KioskStage stage;
        stage.shelf->products[1].texts[0].color = "rose of dawn";
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("mug"));
        stage.settle();
        QCOMPARE(search.colors()->count(), 2);
        for (const auto& row : search.colors()->rows())
            QVERIFY2(row.paint.isEmpty(), qPrintable(row.label));
    }

    void pricesAndStarsAreChosenOneAtATime() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        stage.controller.openDepartment(1, QStringLiteral("Kitchen"));
        stage.settle();
        QCOMPARE(search.prices()->rows()[0].label, QStringLiteral("Under €20"));
        QCOMPARE(search.prices()->rows()[1].label, QStringLiteral("€20 and more"));
        search.toggle(SearchView::Price, search.prices()->rows()[0].key);
        search.toggle(SearchView::Price, search.prices()->rows()[1].key);
        stage.settle();
        QCOMPARE(search.results()->count(), 2); // kettle and lamp
        QCOMPARE(search.chosen()->count(), 1);
        search.toggle(SearchView::Stars, QStringLiteral("4"));
        stage.settle();
        QCOMPARE(search.results()->rows()[0].sku, QStringLiteral("KETTLE"));
        QCOMPARE(search.results()->count(), 1);
        search.clearChoices();
        stage.settle();
        QCOMPARE(search.results()->count(), 4);
    }

    void otherWordsForgetTheChoices() {
        KioskStage stage;
        stage.open();
        auto& search = *stage.controller.search();
        search.setText(QStringLiteral("mug"));
        search.toggle(SearchView::Color, QStringLiteral("red"));
        search.setOrder(SearchView::PriceUp);
        stage.settle();
        search.setText(QStringLiteral("kettle"));
        stage.settle();
        QCOMPARE(search.results()->count(), 1);
        QCOMPARE(search.chosen()->count(), 0);
        QCOMPARE(search.order(), SearchView::PriceUp); // a way to look, not a choice among these
        stage.controller.resetSession();
        QCOMPARE(search.order(), SearchView::BestMatch);
        QVERIFY(stage.shelf->browsed.colors.empty());
    }

    void whatCanBeChosenDoesNotJump() {
        ChoiceModel model;
        model.setRows({{"a", "A", "5", {}, 5, false}, {"b", "B", "3", {}, 3, false}}, false);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setRows({{"b", "B", "4", {}, 4, true}}, true);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.rows()[0].key, QStringLiteral("a"));
        QCOMPARE(model.rows()[0].cards, 0);
        QVERIFY(model.rows()[1].chosen);
        model.setRows({{"c", "C", "1", {}, 1, false}, {"a", "A", "2", {}, 2, false}}, true);
        QCOMPARE(model.rows()[0].cards, 2);
        QCOMPARE(model.rows()[2].key, QStringLiteral("c"));
    }

    void browsingTheStoreShowsWhatIsHere() {
        KioskStage stage;
        stage.open();
        stage.controller.browseStore();
        stage.settle();
        QCOMPARE(stage.controller.page(), KioskController::Search);
        QCOMPARE(stage.controller.search()->results()->count(), 2);
        QCOMPARE(stage.controller.search()->countAnywhere(), QStringLiteral("4"));
    }

    void longTextIsCutToTheLimit() {
        KioskStage stage;
        stage.open();
        stage.controller.search()->setText(QString(5000, QChar(0x20ac)));
        stage.settle();
        QVERIFY(!stage.controller.search()->busy());
    }

    void wishlistShowsItemsTotalAndAddress() {
        KioskStage stage;
        stage.open();
        for (const char* code : {"9520000000011", "9520000000035"}) {
            stage.scan(code);
            stage.controller.addToWishlist();
            stage.settle();
        }
        auto& list = *stage.controller.wishlist();
        QCOMPARE(list.count(), 2);
        QCOMPARE(list.totalText(), QStringLiteral("€51.95")); // 12.95 + the offer's 39.00
        QCOMPARE(list.url(), QStringLiteral("https://lists.example/w/%1?i=MUG-BLUE~KETTLE")
                                 .arg(QString::fromStdString(list.id())));
        QVERIFY(list.holds(QStringLiteral("KETTLE")));
        stage.controller.removeFromWishlist(QStringLiteral("KETTLE"));
        stage.settle();
        QCOMPARE(list.count(), 1);
        QVERIFY(!list.holds(QStringLiteral("KETTLE")));
    }

    void wishlistAddressHoldsAtMostThirtySkusAndNoAmbiguousOne() {
        std::vector<ListItem> items;
        for (int i = 0; i < 40; ++i)
            items.push_back({"S" + std::to_string(i), 1});
        const auto url = QString::fromStdString(wishlistUrl("https://x", "id", items));
        QCOMPARE(url.section(QStringLiteral("?i="), 1).split(QLatin1Char('~')).size(), 30);
        QCOMPARE(wishlistUrl("https://x", "id", {{"a~b", 1}}), std::string("https://x/w/id"));
        QCOMPARE(wishlistUrl("https://x", "id", {{"a b/c", 1}}), std::string("https://x/w/id?i=a%20b%2Fc"));
        QVERIFY(wishlistUrl("", "id", items).empty());
    }

    void listOfAnotherDeviceOpens() {
        KioskStage stage;
        stage.open();
        const std::string id = "01890000-0000-7000-8000-000000000001";
        stage.edge->lists[id] = {"KETTLE", "GONE"};
        stage.scan("https://lists.example/w/" + id);
        auto& list = *stage.controller.wishlist();
        QCOMPARE(list.id(), id);
        QCOMPARE(list.items()->count(), 2);
        QCOMPARE(list.items()->rows()[1].productId, qint64{0}); // not carried here, still on the list
    }

    void statusThatIsNoStatusIsRefused_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("html") << QByteArray("<html>login</html>");
        QTest::newRow("array") << QByteArray("[]");
        QTest::newRow("bad key") << QByteArray(R"({"sealKey":"***"})");
    }

    void statusThatIsNoStatusIsRefused() {
        QFETCH(QByteArray, body);
        const auto status = parseEdgeStatus(body.toStdString());
        QVERIFY(!status);
        QCOMPARE(status.error().code, Errc::Corrupt);
    }

    void statusWithWrongTypesFallsBack() {
        const auto status = parseEdgeStatus(R"({"enrolled":"yes","hub":7,"catalog":[],"sealKey":null})");
        QVERIFY(status);
        QVERIFY(!status->enrolled && !status->hubReachable && status->catalogPath.empty() &&
                status->sealKey.empty());
    }

    void listWithoutItemsIsRefused() {
        QVERIFY(!parseList("{}"));
        QVERIFY(!parseList(R"({"items":[{"quantity":1}]})"));
        QCOMPARE(parseList(R"({"items":[{"sku":"A","quantity":-5}]})")->front().quantity, 1);
    }

    void moneyIsWrittenAsTheLanguageDoes_data() {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("English") << "en"
                                 << "1234.50 EUR"
                                 << "€1,234.50";
        QTest::newRow("Finnish") << "fi"
                                 << "1234.50 EUR" << QStringLiteral("1\u00a0234,50\u00a0€");
        QTest::newRow("Swedish kronor") << "sv"
                                        << "12.00 SEK" << QStringLiteral("12,00\u00a0kr");
        QTest::newRow("Polish zloty") << "pl"
                                      << "12.95 PLN" << QStringLiteral("12,95\u00a0zł");
    }

    void moneyIsWrittenAsTheLanguageDoes() {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(Words(language).money(*Money::parse(text.toStdString())), expected);
    }

    void unitPricesAreThoseOfTheDirective_data() {
        QTest::addColumn<QString>("measure");
        QTest::addColumn<QString>("expected");
        QTest::newRow("grams") << "500 g" << QStringLiteral("€25.90/kg");
        QTest::newRow("millilitres, close") << "750ml" << QStringLiteral("€17.27/l");
        QTest::newRow("a comma") << "1,5 l" << QStringLiteral("€8.63/l");
        QTest::newRow("square metres") << "2 sqm" << QStringLiteral("€6.48/m²");
        QTest::newRow("pieces") << "6 ct" << QString();
        QTest::newRow("nothing of it") << "0 g" << QString();
        QTest::newRow("words") << "a pound" << QString();
        QTest::newRow("too long") << "99999999999 g" << QString();
    }

    void unitPricesAreThoseOfTheDirective() {
        QFETCH(QString, measure);
        QFETCH(QString, expected);
        QCOMPARE(Words(QStringLiteral("en")).unitPrice(*Money::parse("12.95 EUR"), measure.toStdString()),
                 expected);
    }

    void agesAreWords() {
        const Words words(QStringLiteral("en"));
        const UtcMs now = 1'790'000'000'000;
        QCOMPARE(words.age(now + 5'000, now), QStringLiteral("just now")); // a clock that jumped back
        QCOMPARE(words.age(now - 59'000, now), QStringLiteral("just now"));
        QVERIFY(words.age(now - 5 * 60'000, now).startsWith(QStringLiteral("5 min")));
        QVERIFY(words.age(now - 2 * 3'600'000, now).startsWith(QStringLiteral("2 h")));
        QVERIFY(words.age(now - 3 * 86'400'000LL, now).startsWith(QStringLiteral("3 day")));
    }

    void openingIsTold() {
        const auto store = silta::test::makeStore("A", "A", 24.9);
        const Words words(QStringLiteral("en"));
        const UtcMs noon =
            QDateTime(QDate(2026, 3, 4), QTime(10, 0), QTimeZone::utc()).toMSecsSinceEpoch(); // 12:00 there
        QCOMPARE(words.opening(store, noon), QStringLiteral("Open until 21:00"));
        QCOMPARE(words.opening(store, noon - 5 * 3'600'000), QStringLiteral("Opens at 09:00"));
        QCOMPARE(words.opening(store, noon + 10 * 3'600'000),
                 QStringLiteral("Opens tomorrow at 09:00")
                     .replace(QStringLiteral("tomorrow "),
                              localMoment(store.timeZone, noon + 10 * 3'600'000).minute < 540
                                  ? QString()
                                  : QStringLiteral("tomorrow ")));
        auto closed = store;
        for (auto& day : closed.hours.week)
            day.clear();
        QCOMPARE(words.opening(closed, noon), QString()); // nobody knows
        closed.hours.special = {{"2026-03-04", {}}};
        QCOMPARE(words.opening(closed, noon), QStringLiteral("Closed"));
        closed.hours.week[5] = {{10 * 60, 18 * 60}};
        QCOMPARE(words.opening(closed, noon), QStringLiteral("Opens Sat 10:00"));
        closed.timeZone = "Not/AZone";
        QVERIFY(!words.opening(closed, noon).isEmpty());
    }

    void qrHoldsAWishlistAddressAndRefusesWhatDoesNotFit() {
        const QImage image = qrImage(QStringLiteral("https://lists.example/w/x"), Qt::black, Qt::white);
        QVERIFY(!image.isNull());
        QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white)); // the quiet zone
        QCOMPARE(image.pixelColor(4, 4), QColor(Qt::black)); // a finder's corner
        QVERIFY(qrImage(QString(8000, QLatin1Char('x')), Qt::black, Qt::white).isNull());
        QVERIFY(qrImage(QString(), Qt::black, Qt::white).isNull());
    }

    void pointerIsSeenOnlyWhileAMouseMoves() {
        QList<bool> told;
        PointerWatch watch([&told](bool isSeen) { told.append(isSeen); });
        QCOMPARE(told, QList<bool>{false}); // at the start
        QObject nobody;
        const QPointingDevice mouse(QStringLiteral("mouse"), 1, QInputDevice::DeviceType::Mouse,
                                    QPointingDevice::PointerType::Generic, QInputDevice::Capability::Position,
                                    1, 3);
        const QPointingDevice glass(QStringLiteral("glass"), 2, QInputDevice::DeviceType::TouchScreen,
                                    QPointingDevice::PointerType::Finger, QInputDevice::Capability::Position,
                                    10, 0);
        const auto move = [&](const QPointingDevice& device) {
            QMouseEvent event(QEvent::MouseMove, QPointF(1, 1), QPointF(1, 1), Qt::NoButton, Qt::NoButton,
                              Qt::NoModifier, &device);
            QVERIFY(!watch.eventFilter(&nobody, &event)); // nothing is taken away
        };
        move(glass);
        QCOMPARE(told.size(), 1);
        move(mouse);
        move(mouse);
        QCOMPARE(told, (QList<bool>{false, true}));
        QTouchEvent touch(QEvent::TouchBegin, &glass);
        watch.eventFilter(&nobody, &touch);
        QCOMPARE(told, (QList<bool>{false, true, false}));
    }

    void pictureFillsItsPlaceWithRoundCorners() {
        QImage wide(400, 100, QImage::Format_RGB32);
        wide.fill(Qt::red);
        const QImage cut = coverPicture(wide, {120, 120}, 20);
        QCOMPARE(cut.size(), QSize(120, 120));
        QCOMPARE(qAlpha(cut.pixel(0, 0)), 0);
        QCOMPARE(QColor(cut.pixel(60, 60)), QColor(Qt::red));
        QCOMPARE(QColor(coverPicture(wide, {120, 120}, 0).pixel(0, 0)), QColor(Qt::red));
    }
};

QTEST_MAIN(TestKioskViews)
#include "tst_kiosk_views.moc"
