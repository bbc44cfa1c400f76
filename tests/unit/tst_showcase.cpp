// What the attract page shows: which products, where they lie, when it looks again, and when it sleeps.
#include "support/kiosk_stage.h"
#include "view/motif.h"

#include <QImage>
#include <QPainter>
#include <QQuickWindow>
#include <QTest>

using namespace silta;
using namespace silta::kiosk;
using silta::test::KioskStage;

namespace {

using Kind = SlideRow::Kind;

const SlideRow* slideOf(KioskStage& stage, const char* sku) {
    for (const SlideRow& row : stage.controller.store()->slides()->rows())
        if (row.seed == QLatin1String(sku)) return &row;
    return nullptr;
}

void putStock(KioskStage& stage, const std::string& sku, const std::string& store, int quantity) {
    stage.shelf->stock[{sku, store}] = {sku, store, quantity, stage.shelf->info.stockAsOf, "D4"};
}

void lookLater(KioskStage& stage) {
    stage.clock.steady += kShowcaseMs;
    stage.controller.store()->refreshSlides();
    stage.settle();
}

/// 21 September 2026 in Helsinki, a Monday; doors are open from 9:00 to 21:00.
void setTime(KioskStage& stage, int hour, int minute) {
    constexpr UtcMs kMidnight = 1'789'938'000'000;
    stage.clock.now = kMidnight + (hour * 60 + minute) * UtcMs{60'000};
    stage.controller.store()->refreshTimes();
}

QImage drawn(const QString& seed, const QList<QColor>& colors, QSize size = {90, 160}) {
    Motif motif;
    motif.setSize(size);
    motif.setSeed(seed);
    motif.setColors(colors);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    motif.paint(&painter);
    return image;
}

/// Counts how often it is painted.
class CountedItem : public DrawnItem {
public:
    using DrawnItem::DrawnItem;
    using DrawnItem::redraw;
    void paint(QPainter* painter) override {
        ++times;
        painter->fillRect(boundingRect(), Qt::red);
    }
    int times = 0;
};

const QList<QColor> kTwoPalettes = {Qt::white, Qt::red,  Qt::green,   Qt::blue,
                                    Qt::black, Qt::cyan, Qt::magenta, Qt::yellow};

} // namespace

class TestShowcase : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatIsHereAndWhere() {
        KioskStage stage;
        stage.open();
        const SlideRow* mug = slideOf(stage, "MUG-BLUE");
        QVERIFY(mug != nullptr);
        QCOMPARE(mug->kind, Kind::Here);
        QCOMPARE(mug->kicker, QStringLiteral("In this store now"));
        QCOMPARE(mug->place, QStringLiteral("Aisle C13"));
        QCOMPARE(mug->price, QStringLiteral("€12.95"));
    }

    void offerOfAnotherStoreSaysWhichAndHowFar() {
        KioskStage stage;
        stage.open();
        const SlideRow* kettle = slideOf(stage, "KETTLE");
        QVERIFY(kettle != nullptr);
        QCOMPARE(kettle->kind, Kind::Offer);
        QCOMPARE(kettle->regularPrice, QStringLiteral("€49.00"));
        QCOMPARE(kettle->place, QStringLiteral("Store B · 6.1 km"));
    }

    void offersThatAreHereComeWithoutOthers() {
        KioskStage stage;
        stage.shelf->products[0].price->sale = Money{995, stage.shelf->products[0].price->regular.currency};
        stage.open();
        QCOMPARE(slideOf(stage, "MUG-BLUE")->kind, Kind::Offer);
        QCOMPARE(slideOf(stage, "KETTLE")->kind, Kind::Nearby);
    }

    void farAwayIsNotNearby() {
        KioskStage stage;
        stage.shelf->products[2].price->sale.reset();
        stage.shelf->kmBetween = kNearbyKm + 1;
        stage.open();
        QVERIFY(slideOf(stage, "KETTLE") == nullptr);
    }

    void whatComesBackIsNoticedAndStaysNews() {
        KioskStage stage;
        stage.open();
        QVERIFY(slideOf(stage, "LAMP") == nullptr);
        putStock(stage, "LAMP", "A", 6);
        lookLater(stage);
        QVERIFY(slideOf(stage, "LAMP") != nullptr);
        QCOMPARE(slideOf(stage, "LAMP")->kind, Kind::Back);
        QCOMPARE(slideOf(stage, "LAMP")->place, QStringLiteral("Aisle D4"));
        lookLater(stage);
        QCOMPARE(slideOf(stage, "LAMP")->kind, Kind::Back);
        stage.clock.steady += kBackMs;
        lookLater(stage);
        QCOMPARE(slideOf(stage, "LAMP")->kind, Kind::Here);
    }

    void looksAgainOnlyAfterAWhile() {
        KioskStage stage;
        stage.open();
        putStock(stage, "LAMP", "A", 6);
        const int before = stage.shelf->searches;
        stage.clock.steady += kShowcaseMs - 1;
        stage.controller.store()->refreshSlides();
        stage.settle();
        QCOMPARE(stage.shelf->searches, before);
        lookLater(stage);
        QVERIFY(stage.shelf->searches > before);
    }

    void nothingKnownOfStockShowsTheRange() {
        KioskStage stage;
        stage.shelf->products[2].price->sale.reset();
        stage.shelf->stock.clear();
        stage.open();
        const auto& rows = stage.controller.store()->slides()->rows();
        QCOMPARE(rows.size(), std::size_t{4});
        for (const SlideRow& row : rows)
            QCOMPARE(row.kind, Kind::Range);
    }

    void eachProductIsShownOnceAndFewOfAKind() {
        KioskStage stage;
        for (int i = 0; i < 40; ++i) {
            auto record = stage.shelf->products[3];
            record.sku = "EXTRA-" + std::to_string(i);
            putStock(stage, record.sku, "A", 5);
            stage.shelf->products.push_back(record);
        }
        stage.open();
        const auto first = stage.controller.store()->slides()->rows();
        std::set<QString> seeds;
        std::size_t here = 0;
        for (const SlideRow& row : first) {
            QVERIFY(seeds.insert(row.seed).second);
            here += row.kind == Kind::Here ? 1 : 0;
        }
        QCOMPARE(here, kSlidesEach);
        lookLater(stage);
        QVERIFY(stage.controller.store()->slides()->rows() != first); // others have their turn
    }

    void damagedCatalogueLeavesTheSlidesAsTheyWere() {
        KioskStage stage;
        stage.open();
        const auto before = stage.controller.store()->slides()->rows();
        stage.shelf->failing = true;
        lookLater(stage);
        QVERIFY(stage.controller.store()->slides()->rows() == before);
    }

    void sleepsWhileTheStoreIsClosed_data() {
        QTest::addColumn<int>("hour");
        QTest::addColumn<int>("minute");
        QTest::addColumn<bool>("asleep");
        QTest::newRow("at noon") << 12 << 0 << false;
        QTest::newRow("when the last ones leave") << 21 << 29 << false;
        QTest::newRow("at night") << 21 << 31 << true;
        QTest::newRow("after midnight") << 26 << 0 << true;
        QTest::newRow("before work") << 8 << 29 << true;
        QTest::newRow("when the first ones come") << 8 << 30 << false;
    }
    void sleepsWhileTheStoreIsClosed() {
        QFETCH(int, hour);
        QFETCH(int, minute);
        KioskStage stage;
        stage.open();
        setTime(stage, hour, minute);
        QTEST(stage.controller.store()->asleep(), "asleep");
        QCOMPARE(stage.controller.store()->minute(), minute);
    }

    void storeWithoutHoursNeverSleeps() {
        KioskStage stage;
        stage.shelf->stores[0].hours = {};
        stage.open();
        setTime(stage, 3, 0);
        QVERIFY(!stage.controller.store()->asleep());
    }

    void motifIsTheSameForTheSameProductOnly() {
        QCOMPARE(drawn(QStringLiteral("MUG"), kTwoPalettes), drawn(QStringLiteral("MUG"), kTwoPalettes));
        QVERIFY(drawn(QStringLiteral("MUG"), kTwoPalettes) != drawn(QStringLiteral("LAMP"), kTwoPalettes));
    }

    void motifFillsItsPlace() {
        for (const QSize size : {QSize(90, 160), QSize(160, 90), QSize(1, 40)}) {
            const QImage image = drawn(QStringLiteral("MUG"), kTwoPalettes, size);
            for (const QPoint corner : {QPoint(0, 0), QPoint(size.width() - 1, size.height() - 1)})
                QCOMPARE(qAlpha(image.pixel(corner)), 255);
        }
        QCOMPARE(qAlpha(drawn(QStringLiteral("MUG"), {}).pixel(0, 0)), 0);
        QCOMPARE(qAlpha(drawn(QStringLiteral("MUG"), {Qt::red}).pixel(0, 0)), 0); // not a whole palette
    }

    void isPaintedWhileItIsSeenAndChanges() {
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
        QQuickWindow window;
        window.resize(60, 60);
        window.setColor(Qt::blue);
        CountedItem item(window.contentItem());
        item.setSize({20, 20});
        item.setVisible(false);
        window.show();
        QCOMPARE(window.grabWindow().pixelColor(10, 10), QColor(Qt::blue));
        QCOMPARE(item.times, 0);
        item.setVisible(true);
        QCOMPARE(window.grabWindow().pixelColor(10, 10), QColor(Qt::red));
        item.setX(30);
        QCOMPARE(window.grabWindow().pixelColor(10, 10), QColor(Qt::blue));
        QCOMPARE(item.times, 1); // where it lies is no reason
        item.setWidth(25.5);
        const QImage wider = window.grabWindow();
        QCOMPARE(wider.pixelColor(54, 10), QColor(Qt::red));
        QCOMPARE(wider.pixelColor(56, 10), QColor(Qt::blue));
        QCOMPARE(item.times, 2);
        item.redraw();
        window.grabWindow();
        QCOMPARE(item.times, 3);
        item.setVisible(false);
        QCOMPARE(window.grabWindow().pixelColor(40, 10), QColor(Qt::blue));
        item.setVisible(true);
        QCOMPARE(window.grabWindow().pixelColor(40, 10), QColor(Qt::red));
        QCOMPARE(item.times, 4); // it kept nothing meanwhile
    }
};

QTEST_MAIN(TestShowcase)
#include "tst_showcase.moc"
