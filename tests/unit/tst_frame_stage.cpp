#include "drivers/frame_stage.h"
#include "drivers/luma.h"
#include "support/barcode_images.h"

#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestFrameStage : public QObject {
    Q_OBJECT

private slots:
    void tellsCodeOncePerWindow();
    void tellsOtherCodesAtOnce();
    void ignoresFramesWithoutCode();
    void unpacksLuma_data();
    void unpacksLuma();
};

void TestFrameStage::tellsCodeOncePerWindow() {
    const auto frame = test::drawBarcode(Symbology::Ean13, "4006381333931");
    FrameStage stage("camera");
    const auto first = stage.process(frame.view(), 1'000);
    QCOMPARE(first.size(), std::size_t{1});
    QCOMPARE(first[0].source, std::string("camera"));
    for (std::int64_t ms = 1'033; ms < 1'000 + kFrameRepeatMs; ms += 400)
        QVERIFY(stage.process(frame.view(), ms).empty());
    QVERIFY(stage.process(frame.view(), 1'000 + kFrameRepeatMs - 1).empty());
    QCOMPARE(stage.process(frame.view(), 1'000 + kFrameRepeatMs).size(), std::size_t{1});
}

void TestFrameStage::tellsOtherCodesAtOnce() {
    FrameStage stage("camera");
    for (int i = 0; i < 2 * static_cast<int>(kFrameCodesMax); ++i) {
        const auto frame = test::drawBarcode(Symbology::QrCode, "code " + std::to_string(i), 120, 120);
        QCOMPARE(stage.process(frame.view(), i).size(), std::size_t{1});
        QVERIFY(stage.process(frame.view(), i).empty());
    }
}

void TestFrameStage::ignoresFramesWithoutCode() {
    const std::vector<std::uint8_t> white(100 * 100, 255);
    FrameStage stage("camera");
    QVERIFY(stage.process(GrayImage{white.data(), 100, 100, 100}, 0).empty());
    QVERIFY(stage.process(GrayImage{}, 0).empty());
}

void TestFrameStage::unpacksLuma_data() {
    QTest::addColumn<int>("first");
    QTest::newRow("YUYV") << 0;
    QTest::newRow("UYVY") << 1;
}

void TestFrameStage::unpacksLuma() {
    QFETCH(int, first);
    constexpr int kWidth = 4;
    constexpr int kHeight = 3;
    constexpr int kStride = 2 * kWidth + 5;
    std::vector<std::uint8_t> packed(kStride * kHeight, 200);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x)
            packed[static_cast<std::size_t>(y * kStride + 2 * x + first)] =
                static_cast<std::uint8_t>(10 * y + x);
    }
    const auto gray = unpackLuma(packed.data(), kWidth, kHeight, kStride, first);
    QCOMPARE(gray.pixels, (std::vector<std::uint8_t>{0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23}));
}

QTEST_APPLESS_MAIN(TestFrameStage)
#include "tst_frame_stage.moc"
