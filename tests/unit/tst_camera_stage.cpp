#include "drivers/camera/camera_stage.h"
#include "support/barcode_images.h"

#include <QtTest>
#include <array>
#include <random>

using namespace silta;
using namespace silta::drivers;

namespace {

constexpr int kFrameMs = 33;

/// Goes on only when told to.
class HandClock final : public Clock {
public:
    UtcMs nowMs() const override { return ms; }
    std::int64_t steadyMs() const override { return ms; }
    std::int64_t ms = 1'000;
};

constexpr int kWidth = 640;
constexpr int kHeight = 480;

/// A shelf in even light, with the noise of a camera: a few frames in turn.
GrayBuffer emptyShop(unsigned number) {
    static const auto frames = [] {
        std::array<GrayBuffer, 8> made;
        std::minstd_rand random(1);
        for (auto& frame : made) {
            frame = {{}, kWidth, kHeight};
            for (int y = 0; y < kHeight; ++y) {
                for (int x = 0; x < kWidth; ++x)
                    frame.pixels.push_back(
                        static_cast<std::uint8_t>(90 + x / 16 + static_cast<int>(random() % 9)));
            }
        }
        return made;
    }();
    return frames[number % frames.size()];
}

void paste(GrayBuffer& frame, const GrayBuffer& code, int left, int top) {
    for (int y = 0; y < code.height; ++y)
        std::copy_n(code.pixels.begin() + y * code.width, code.width,
                    frame.pixels.begin() + (top + y) * frame.width + left);
}

SeenCode seen(Symbology symbology, const char* bytes) {
    return {{symbology, "", bytes, ""}, 0, 0, 10, 10};
}

} // namespace

class TestCameraStage : public QObject {
    Q_OBJECT

private slots:
    void sleepsInAnEmptyShop();
    void wakesForAHandButNotForALamp();
    void tellsWhatStandsBeforeTheShop();
    void takesWhatStaysForAPartOfTheShop();
    void believesStrongCodesAtOnceAndWeakOnesTwice();
    void doesNotBelieveWeakCodesThatDisagree();
    void forgetsOldSightings();
    void takesTurnsBetweenRegionAndWhole();
    void looksAtTheForegroundMoreOften();
    void keepsToItsShareOfTheProcessor();
    void looksLessOftenAtWholeFramesThatTakeLong();
    void readsAProductThatIsBroughtAndTakenAway();
    void looksTwiceAtWeakCodes_data();
    void looksTwiceAtWeakCodes();
    void tellsTheOneInTheMiddleFirst();
    void goesOnWhenTheDecoderFails();
};

void TestCameraStage::sleepsInAnEmptyShop() {
    MotionGate gate;
    int searched = 0;
    std::int64_t ms = 0;
    for (unsigned i = 0; i < 900; ++i, ms += kFrameMs)
        searched += gate.isWorthSearching(emptyShop(i).view(), ms) && ms > kAwakeMs ? 1 : 0;
    // A glance a second of the 21.7 s after it fell asleep.
    QVERIFY2(searched >= 20 && searched <= 22, QByteArray::number(searched).constData());
}

void TestCameraStage::wakesForAHandButNotForALamp() {
    MotionGate gate;
    std::int64_t ms = 0;
    for (; ms < kAwakeMs + 10 * kFrameMs; ms += kFrameMs)
        gate.isWorthSearching(emptyShop(1).view(), ms);
    QVERIFY(!gate.isWorthSearching(emptyShop(2).view(), ms += kFrameMs));
    auto brighter = emptyShop(3);
    for (auto& pixel : brighter.pixels)
        pixel = static_cast<std::uint8_t>(pixel + 60);
    QVERIFY(!gate.isWorthSearching(brighter.view(), ms += kFrameMs));
    auto hand = emptyShop(4);
    paste(hand, {std::vector<std::uint8_t>(80 * 80, 200), 80, 80}, 200, 200);
    QVERIFY(gate.isWorthSearching(hand.view(), ms += kFrameMs));
    QVERIFY(gate.isWorthSearching(hand.view(), ms + kAwakeMs - kFrameMs)); // held quite still
}

void TestCameraStage::tellsWhatStandsBeforeTheShop() {
    MotionGate gate;
    std::int64_t ms = 0;
    for (unsigned i = 0; i < 8; ++i, ms += kFrameMs) {
        gate.isWorthSearching(emptyShop(i).view(), ms);
        QVERIFY(!gate.foreground());
    }
    auto brighter = emptyShop(3);
    for (auto& pixel : brighter.pixels)
        pixel = static_cast<std::uint8_t>(pixel + 60);
    gate.isWorthSearching(brighter.view(), ms += kFrameMs);
    QVERIFY(!gate.foreground()); // a lamp
    auto hand = emptyShop(4);
    paste(hand, {std::vector<std::uint8_t>(120 * 80, 250), 120, 80}, 300, 200);
    gate.isWorthSearching(hand.view(), ms += kFrameMs);
    const auto part = gate.foreground();
    QVERIFY(part.has_value());
    QVERIFY2(part->left < 290 && part->left > 200 && part->right > 430 && part->right < 520,
             qPrintable(QString("%1-%2").arg(part->left).arg(part->right)));
    QVERIFY2(part->top < 190 && part->top > 120 && part->bottom > 290 && part->bottom < 360,
             qPrintable(QString("%1-%2").arg(part->top).arg(part->bottom)));
}

void TestCameraStage::takesWhatStaysForAPartOfTheShop() {
    MotionGate gate;
    gate.isWorthSearching(emptyShop(0).view(), 0);
    int frames = 0;
    const auto box = GrayBuffer{std::vector<std::uint8_t>(120 * 80, 200), 120, 80}; // 90 steps brighter
    do {
        auto frame = emptyShop(static_cast<unsigned>(frames));
        paste(frame, box, 300, 200);
        gate.isWorthSearching(frame.view(), ++frames * std::int64_t{kFrameMs});
    } while (gate.foreground() && frames < 10'000);
    QVERIFY2(frames > 40 * kShopFrames && frames < 100 * kShopFrames, QByteArray::number(frames).constData());
}

void TestCameraStage::believesStrongCodesAtOnceAndWeakOnesTwice() {
    Consensus consensus;
    using enum Symbology;
    for (const auto strong : {Ean13, UpcA, Code128, QrCode, DataMatrix})
        QCOMPARE(consensus.believed({seen(strong, "1")}, 0).size(), std::size_t{1});
    for (const auto weak : {Ean8, UpcE, Itf}) {
        QVERIFY(consensus.believed({seen(weak, "1")}, 0).empty());
        QVERIFY(consensus.believed({}, kFrameMs).empty());
        QCOMPARE(consensus.believed({seen(weak, "1")}, 2 * kFrameMs).size(), std::size_t{1});
    }
}

void TestCameraStage::doesNotBelieveWeakCodesThatDisagree() {
    Consensus consensus;
    std::int64_t ms = 0;
    for (int i = 0; i < 4; ++i, ms += kFrameMs)
        QVERIFY(consensus.believed({seen(Symbology::Itf, i % 2 == 0 ? "12" : "1234")}, ms).empty());
    QVERIFY(consensus.believed({seen(Symbology::Itf, "1234")}, ms).empty()); // three to two
    QCOMPARE(consensus.believed({seen(Symbology::Itf, "1234")}, ms).size(), std::size_t{1});
}

void TestCameraStage::forgetsOldSightings() {
    Consensus consensus;
    QVERIFY(consensus.believed({seen(Symbology::Ean8, "1")}, 0).empty());
    QVERIFY(consensus.believed({seen(Symbology::Ean8, "1")}, kSightingsMs).empty());
}

void TestCameraStage::takesTurnsBetweenRegionAndWhole() {
    FramePlan plan;
    const auto first = plan.next(kWidth, kHeight, 0, {});
    QVERIFY(first && first->right - first->left == kWidth);
    const SeenCode code{{Symbology::Ean13, "", "1", ""}, 400, 100, 500, 150};
    plan.searched(0, 5, &code);
    QCOMPARE(plan.turn(), 0U);
    const auto second = plan.next(kWidth, kHeight, kFrameMs, {});
    QVERIFY(second.has_value());
    QCOMPARE(plan.turn(), 0U); // each kind of part has turns of its own
    QVERIFY(second->left < 400 && second->left > 200 && second->right > 500 && second->right < kWidth);
    plan.searched(kFrameMs, kFrameMs + 5, nullptr);
    QCOMPARE(plan.next(kWidth, kHeight, 2 * kFrameMs, {})->right, kWidth);
    QCOMPARE(plan.turn(), 1U);
    plan.searched(2 * kFrameMs, 2 * kFrameMs + 5, nullptr);
    const auto later = plan.next(kWidth, kHeight, 10'000, {}); // it is gone: the middle
    QCOMPARE(later->left, kWidth - later->right);
}

void TestCameraStage::looksAtTheForegroundMoreOften() {
    FramePlan plan;
    const FramePart hand{200, 100, 420, 300};
    int wholes = 0;
    for (int i = 0; i < 40; ++i) {
        const auto part = plan.next(kWidth, kHeight, i * kFrameMs, hand);
        QVERIFY(part.has_value());
        if (part->width() == kWidth)
            ++wholes;
        else
            QVERIFY(part->left == hand.left && part->bottom == hand.bottom);
    }
    QCOMPARE(wholes, 10);
}

void TestCameraStage::keepsToItsShareOfTheProcessor() {
    FramePlan plan;
    std::int64_t busyMs = 0;
    std::int64_t ms = 0;
    constexpr std::int64_t kSearchMs = 60; // of a slow machine
    while (ms < 60'000) {
        if (plan.next(kWidth, kHeight, ms, {})) {
            plan.searched(ms, ms + kSearchMs, nullptr);
            busyMs += kSearchMs;
            ms += kSearchMs;
        }
        ms += kFrameMs;
    }
    QVERIFY2(busyMs < 60'000 * (kSearchShare + 0.02) && busyMs > 60'000 * (kSearchShare - 0.1),
             QByteArray::number(busyMs).constData());
}

void TestCameraStage::looksLessOftenAtWholeFramesThatTakeLong() {
    FramePlan plan;
    int wholes = 0;
    int searches = 0;
    for (std::int64_t ms = 0; searches < 200; ms += 200) {
        const auto part = plan.next(kWidth, kHeight, ms, {});
        QVERIFY(part.has_value());
        const bool isWhole = part->right - part->left == kWidth;
        plan.searched(ms, ms + (isWhole ? 80 : 30), nullptr);
        wholes += isWhole ? 1 : 0;
        ++searches;
    }
    QVERIFY2(wholes > 40 && wholes < 65, QByteArray::number(wholes).constData());
}

void TestCameraStage::readsAProductThatIsBroughtAndTakenAway() {
    HandClock clock;
    CameraStage stage("camera", decode, clock);
    const auto code = test::drawBarcode(Symbology::Ean8, "96385074", 200, 80);
    std::vector<ScannedCode> told;
    int firstFrame = -1;
    for (int i = 0; i < 90; ++i, clock.ms += kFrameMs) {
        auto frame = emptyShop(static_cast<unsigned>(i));
        if (i >= 30 && i < 60) paste(frame, code, 40 + 6 * i, 200); // a hand goes through the picture
        for (auto& each : stage.process(frame.view())) {
            if (firstFrame < 0) firstFrame = i;
            told.push_back(std::move(each));
        }
    }
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().bytes, std::string("96385074"));
    QCOMPARE(told.front().source, std::string("camera"));
    QVERIFY2(firstFrame >= 30 && firstFrame <= 33, QByteArray::number(firstFrame).constData());
}

void TestCameraStage::looksTwiceAtWeakCodes_data() {
    QTest::addColumn<int>("symbology");
    QTest::addColumn<QByteArray>("whole");  // what a search of the whole frame reads
    QTest::addColumn<QByteArray>("closer"); // … and of a part
    QTest::addColumn<int>("framesUntilTold");
    const int ean8 = static_cast<int>(Symbology::Ean8);
    const int itf = static_cast<int>(Symbology::Itf);
    const QByteArray carton = "14006381333938";
    QTest::newRow("agreed") << ean8 << QByteArray("96385074") << QByteArray("96385074") << 1;
    QTest::newRow("seen once") << ean8 << QByteArray("96385074") << QByteArray() << 3;
    QTest::newRow("other digits") << ean8 << QByteArray("96385074") << QByteArray("12345670") << 2;
    QTest::newRow("carton") << itf << carton << carton << 1;
    QTest::newRow("part of a carton") << itf << carton.left(10) << carton.left(10) << 2;
    QTest::newRow("carton, wrong digit")
        << itf << QByteArray("14006381333939") << QByteArray("14006381333939") << 2;
}

void TestCameraStage::looksTwiceAtWeakCodes() {
    QFETCH(int, symbology);
    QFETCH(QByteArray, whole);
    QFETCH(QByteArray, closer);
    QFETCH(int, framesUntilTold);
    HandClock clock;
    CameraStage stage(
        "camera",
        [&](const GrayImage& image, const DecodeOptions&) -> Result<std::vector<SeenCode>> {
            const auto& read = image.width == kWidth ? whole : closer;
            if (read.isEmpty()) return std::vector<SeenCode>{};
            return std::vector{SeenCode{
                {static_cast<Symbology>(symbology), "", read.toStdString(), ""}, 100, 100, 200, 150}};
        },
        clock);
    int told = -1;
    for (int frame = 1; frame <= 6 && told < 0; ++frame, clock.ms += kFrameMs) {
        if (!stage.process(emptyShop(1).view()).empty()) told = frame;
    }
    QCOMPARE(told, framesUntilTold);
}

void TestCameraStage::tellsTheOneInTheMiddleFirst() {
    HandClock clock;
    CameraStage stage("camera", decode, clock);
    auto frame = emptyShop(1);
    paste(frame, test::drawBarcode(Symbology::QrCode, "at the edge", 100, 100), 8, 8);
    paste(frame, test::drawBarcode(Symbology::QrCode, "in the middle", 140, 140), 250, 170);
    std::vector<std::string> told;
    for (int i = 0; i < 4; ++i, clock.ms += kFrameMs) {
        for (const auto& code : stage.process(frame.view()))
            told.push_back(code.bytes);
    }
    QCOMPARE(told, (std::vector<std::string>{"in the middle", "at the edge"}));
}

void TestCameraStage::goesOnWhenTheDecoderFails() {
    HandClock clock;
    int calls = 0;
    CameraStage stage(
        "camera",
        [&calls](const GrayImage& image, const DecodeOptions& options) -> Result<std::vector<SeenCode>> {
            if (++calls == 1) return Error{Errc::Unavailable, "decode picture: the decoder died over it"};
            return decode(image, options);
        },
        clock);
    auto frame = emptyShop(1);
    paste(frame, test::drawBarcode(Symbology::QrCode, "still here", 140, 140), 250, 170);
    QVERIFY(stage.process(frame.view()).empty());
    clock.ms += kFrameMs;
    QCOMPARE(stage.process(frame.view()).size(), std::size_t{1});
    QVERIFY(stage.process(GrayImage{}).empty());
}

QTEST_APPLESS_MAIN(TestCameraStage)
#include "tst_camera_stage.moc"
