#include "drivers/decode/decoder.h"
#include "support/barcode_images.h"

#include <silta/scan.h>

#include <QtTest>

using namespace silta;
using namespace silta::drivers;
using namespace silta::test;

class TestPictureDecoder : public QObject {
    Q_OBJECT

private slots:
    void readsEachSymbology_data();
    void readsEachSymbology();
    void readsTurnedAndInvertedPictures();
    void readsSeveralSymbols();
    void readsPictureWithPaddedRows();
    void findsNothingInBlankAndTinyPictures();
    void refusesBadViews();
    void readsLargePictureBySmallerOne();
    void takesTurnsWithWholeFrames();
};

void TestPictureDecoder::readsEachSymbology_data() {
    QTest::addColumn<int>("symbology");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("aimId");
    QTest::addColumn<QByteArray>("meaning");
    const auto row = [](const char* name, Symbology symbology, const char* text, const char* bytes,
                        const char* aim, const char* meaning) {
        QTest::newRow(name) << static_cast<int>(symbology) << QByteArray(text) << QByteArray(bytes)
                            << QByteArray(aim) << QByteArray(meaning);
    };
    row("EAN-13", Symbology::Ean13, "4006381333931", "4006381333931", "]E0", "04006381333931");
    row("EAN-8", Symbology::Ean8, "96385074", "96385074", "]E4", "00000096385074");
    row("UPC-A", Symbology::UpcA, "416000336108", "416000336108", "]E0", "00416000336108");
    row("UPC-E", Symbology::UpcE, "04965802", "04965802", "]E0", "00049000006582");
    row("ITF", Symbology::Itf, "14006381333938", "14006381333938", "", "14006381333938");
    row("Code 128", Symbology::Code128, "SILTA-42", "SILTA-42", "]C0", "");
    row("GS1-128", Symbology::Code128,
        "\x1d"
        "010952123454321310ABC\x1d"
        "21X",
        "010952123454321310ABC\x1d"
        "21X",
        "]C1", "09521234543213");
    row("QR Code", Symbology::QrCode, "https://id.gs1.org/01/09520123456788",
        "https://id.gs1.org/01/09520123456788", "]Q1", "09520123456788");
    row("Data Matrix", Symbology::DataMatrix, "SILTA 42", "SILTA 42", "]d1", "");
}

void TestPictureDecoder::readsEachSymbology() {
    QFETCH(int, symbology);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, aimId);
    QFETCH(QByteArray, meaning);
    const auto picture = drawBarcode(static_cast<Symbology>(symbology), text.toStdString());
    QVERIFY(!picture.pixels.empty());
    const auto codes = decode(picture.view());
    QVERIFY(codes.has_value());
    QCOMPARE(codes->size(), std::size_t{1});
    const auto& code = codes->front();
    QCOMPARE(static_cast<int>(code.symbology), symbology);
    QCOMPARE(QByteArray::fromStdString(code.bytes), bytes);
    if (!aimId.isEmpty()) QCOMPARE(QByteArray::fromStdString(code.aimId), aimId);
    const auto explained = explain(code, ChainCodes{});
    QCOMPARE(explained.gtin ? QByteArray::fromStdString(explained.gtin->toString()) : QByteArray(), meaning);
}

void TestPictureDecoder::readsTurnedAndInvertedPictures() {
    const auto picture = drawBarcode(Symbology::Ean13, "4006381333931");
    GrayBuffer turned{{}, picture.height, picture.width};
    for (int y = 0; y < turned.height; ++y) {
        for (int x = 0; x < turned.width; ++x)
            turned.pixels.push_back(picture.pixels[static_cast<std::size_t>(x * picture.width + y)]);
    }
    const auto fromTurned = decode(turned.view());
    QVERIFY(fromTurned && fromTurned->size() == 1);
    auto inverted = drawBarcode(Symbology::QrCode, "light on dark");
    for (auto& pixel : inverted.pixels)
        pixel = static_cast<std::uint8_t>(255 - pixel);
    const auto fromInverted = decode(inverted.view());
    QVERIFY(fromInverted && fromInverted->size() == 1);
    QCOMPARE(fromInverted->front().bytes, std::string("light on dark"));
}

void TestPictureDecoder::readsSeveralSymbols() {
    const auto upper =
        stack(drawBarcode(Symbology::Ean13, "4006381333931"), drawBarcode(Symbology::QrCode, "hello"));
    const auto lower =
        stack(drawBarcode(Symbology::Code128, "ABC-1234"), drawBarcode(Symbology::Ean8, "96385074"));
    const auto codes = decode(stack(upper, lower).view());
    QVERIFY(codes.has_value());
    QSet<QByteArray> found;
    for (const auto& code : *codes)
        found.insert(QByteArray::fromStdString(code.bytes));
    QCOMPARE(found, (QSet<QByteArray>{"4006381333931", "hello", "ABC-1234", "96385074"}));
    QCOMPARE(codes->size(), std::size_t{4}); // each once
    DecodeOptions one;
    one.symbolsMax = 1;
    QCOMPARE(decode(stack(upper, lower).view(), one)->size(), std::size_t{1});
}

void TestPictureDecoder::readsPictureWithPaddedRows() {
    const auto picture = drawBarcode(Symbology::Ean13, "4006381333931");
    const auto stride = static_cast<std::size_t>(picture.width) + 13;
    std::vector<std::uint8_t> padded(stride * static_cast<std::size_t>(picture.height), 0);
    for (std::size_t y = 0; y < static_cast<std::size_t>(picture.height); ++y)
        std::copy_n(picture.pixels.begin() + static_cast<std::ptrdiff_t>(y) * picture.width, picture.width,
                    padded.begin() + static_cast<std::ptrdiff_t>(y * stride));
    const auto codes =
        decode(GrayImage{padded.data(), picture.width, picture.height, static_cast<std::ptrdiff_t>(stride)});
    QVERIFY(codes && codes->size() == 1);
}

void TestPictureDecoder::findsNothingInBlankAndTinyPictures() {
    for (int width : {1, 2, 7, 8, 9, 33}) {
        for (int height : {1, 2, 7, 8, 9, 33}) {
            for (std::uint8_t gray : {std::uint8_t{0}, std::uint8_t{127}, std::uint8_t{255}}) {
                const std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height), gray);
                const auto codes = decode(GrayImage{pixels.data(), width, height, width});
                QVERIFY(codes.has_value());
                QVERIFY(codes->empty());
            }
        }
    }
}

void TestPictureDecoder::refusesBadViews() {
    const std::vector<std::uint8_t> pixels(100, 0);
    QCOMPARE(decode(GrayImage{}).error().code, Errc::Invalid);
    QCOMPARE(decode(GrayImage{pixels.data(), 0, 10, 10}).error().code, Errc::Invalid);
    QCOMPARE(decode(GrayImage{pixels.data(), 10, -1, 10}).error().code, Errc::Invalid);
    QCOMPARE(decode(GrayImage{pixels.data(), 10, 10, 9}).error().code, Errc::Invalid);
    QCOMPARE(decode(GrayImage{pixels.data(), kDecodeSideMax + 1, 1, kDecodeSideMax + 1}).error().code,
             Errc::Limit);
}

void TestPictureDecoder::readsLargePictureBySmallerOne() {
    const auto picture = drawBarcode(Symbology::QrCode, "large", 5'000, 5'000);
    const auto codes = decode(picture.view());
    QVERIFY(codes && codes->size() == 1);
}

void TestPictureDecoder::takesTurnsWithWholeFrames() {
    // So large that no region of it holds less than the picture.
    const auto picture = drawBarcode(Symbology::QrCode, "4006381333931", 420, 420);
    DecodeOptions options;
    QCOMPARE(decode(picture.view(), options)->size(), std::size_t{1});
    options.isThorough = false;
    QCOMPARE(decode(picture.view(), options)->size(), std::size_t{1});
    options.turn = 1;
    QCOMPARE(decode(picture.view(), options)->size(), std::size_t{0});
    options.turn = 2;
    QCOMPARE(decode(picture.view(), options)->size(), std::size_t{1});
    options.turn = 1;
    options.isThorough = true; // has no turns
    QCOMPARE(decode(picture.view(), options)->size(), std::size_t{1});
    // A frame is searched at half its size; the place is told in its own pixels.
    GrayBuffer frame{std::vector<std::uint8_t>(1'280 * 720, 200), 1'280, 720};
    for (int y = 0; y < picture.height; ++y)
        std::copy_n(picture.pixels.begin() + std::ptrdiff_t{y} * picture.width, picture.width,
                    frame.pixels.begin() + (std::ptrdiff_t{y} + 100) * frame.width + 700);
    options = {.isThorough = false};
    const auto codes = decode(frame.view(), options);
    QVERIFY(codes && codes->size() == 1);
    const auto& code = codes->front();
    QVERIFY(code.left >= 700 && code.left < 800 && code.right > 1'000 && code.right <= 1'120);
    QVERIFY(code.top >= 100 && code.top < 200 && code.bottom > 400 && code.bottom <= 520);
}

QTEST_APPLESS_MAIN(TestPictureDecoder)
#include "tst_picture_decoder.moc"
