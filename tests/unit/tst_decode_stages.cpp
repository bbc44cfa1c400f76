// The stages between a picture and a code, one by one.
#include "drivers/decode/decoder.h"
#include "drivers/decode/ean_code.h"
#include "drivers/decode/ean_fit.h"
#include "drivers/decode/ean_template.h"
#include "drivers/decode/gray_ops.h"
#include "drivers/decode/linear_reader.h"
#include "drivers/decode/locator.h"
#include "drivers/decode/strips.h"
#include "drivers/decode/symbol_reader.h"
#include "support/barcode_images.h"

#include <QtTest>
#include <cmath>
#include <numbers>
#include <random>

using namespace silta;
using namespace silta::drivers;
using namespace silta::test;

namespace {

constexpr auto kDigits = "4006381333931";

/// The picture on a larger grey one, turned around its centre.
GrayBuffer turned(const GrayBuffer& picture, double degrees) {
    const int side = 2 * std::max(picture.width, picture.height);
    GrayBuffer out{{}, side, side};
    const double angle = degrees * std::numbers::pi / 180;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double dx = x - side / 2.0;
            const double dy = y - side / 2.0;
            const int fromX =
                static_cast<int>(dx * std::cos(angle) + dy * std::sin(angle) + picture.width / 2.0);
            const int fromY =
                static_cast<int>(dy * std::cos(angle) - dx * std::sin(angle) + picture.height / 2.0);
            const bool isInside = fromX >= 0 && fromY >= 0 && fromX < picture.width && fromY < picture.height;
            out.pixels.push_back(isInside
                                     ? picture.pixels[static_cast<std::size_t>(fromY * picture.width + fromX)]
                                     : std::uint8_t{200});
        }
    }
    return out;
}

/// A lamp mirrored in the middle.
GrayBuffer glared(GrayBuffer picture, double radius) {
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const double away = std::hypot(x - picture.width / 2.0, 2 * y - picture.height);
            auto& pixel = picture.pixels[static_cast<std::size_t>(y * picture.width + x)];
            const double light = 25 + 0.8 * pixel + 260 * std::exp(-away * away / (radius * radius));
            pixel = static_cast<std::uint8_t>(std::min(light, 255.0));
        }
    }
    return picture;
}

/// As a lens out of focus sees it, across the bars of upright codes.
GrayBuffer blurred(const GrayBuffer& picture, double deviation) {
    auto out = picture;
    const int reach = static_cast<int>(4 * deviation);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            double sum = 0;
            double weights = 0;
            for (int d = -reach; d <= reach; ++d) {
                const int from = std::clamp(x + d, 0, picture.width - 1);
                const double weight = std::exp(-d * d / (2 * deviation * deviation));
                sum += weight * picture.pixels[static_cast<std::size_t>(y * picture.width + from)];
                weights += weight;
            }
            out.pixels[static_cast<std::size_t>(y * picture.width + x)] =
                static_cast<std::uint8_t>(sum / weights);
        }
    }
    return out;
}

EanReading readingOf(const std::string& digits) {
    DigitScores scores{};
    for (std::size_t d = 0; d < kEanDigits; ++d) {
        const auto value = static_cast<std::size_t>(digits[d + 1] - '0');
        for (std::size_t set : {std::size_t{0}, std::size_t{10}, std::size_t{20}})
            scores[d][set + value] = 1;
    }
    return rankReadings(scores).best;
}

} // namespace

class TestDecodeStages : public QObject {
    Q_OBJECT

private slots:
    void tellsStripesFromChequers();
    void findsCodeAndItsAngle_data();
    void findsCodeAndItsAngle();
    void findsMatrixSymbol();
    void measuresSlant();
    void evensOutShading();
    void tellsCodesFromGratings_data();
    void tellsCodesFromGratings();
    void glancesAtWhatIsStraight();
    void blendsWhatEachStripShows();
    void readsThroughALampsReflection();
    void halvesByMeans();
    void drawsSameModulesAsWriter();
    void ranksOnlyValidReadings();
    void readsWhatIsTooBlurredForEdges();
    void fitsOneDirectionATurn();
    void believesNoNoise();
    void sharpensAgainstMean();
};

void TestDecodeStages::tellsStripesFromChequers() {
    GrayBuffer stripes{std::vector<std::uint8_t>(66 * 66), 66, 66};
    for (std::size_t i = 0; i < stripes.pixels.size(); ++i)
        stripes.pixels[i] = i % 66 / 3 % 2 == 0 ? 20 : 220;
    const auto tensor = structureTensor(stripes.view());
    QCOMPARE(tensor.columns, 4);
    QCOMPARE(tensor.rows, 4);
    for (std::size_t i = 0; i < tensor.xx.size(); ++i) {
        QVERIFY(tensor.xx[i] > 1'000);
        QCOMPARE(tensor.yy[i], 0.0F);
        QCOMPARE(tensor.xy[i], 0.0F);
    }
    QVERIFY(structureTensor(GrayImage{stripes.pixels.data(), 17, 17, 66}).xx.empty());
}

void TestDecodeStages::findsCodeAndItsAngle_data() {
    QTest::addColumn<double>("degrees");
    for (int degrees : {0, 10, 25, 45, 70, 90, 135, 180})
        QTest::addRow("%d degrees", degrees) << static_cast<double>(degrees);
}

void TestDecodeStages::findsCodeAndItsAngle() {
    QFETCH(double, degrees);
    const auto picture = turned(drawBarcode(Symbology::Ean13, kDigits, 380, 180), degrees);
    const auto regions = locate(structureTensor(picture.view()));
    QVERIFY(!regions.linear.empty());
    const auto& region = regions.linear.front();
    QVERIFY(std::abs(region.centreX - static_cast<float>(picture.width) / 2) < 20);
    QVERIFY(std::abs(region.centreY - static_cast<float>(picture.height) / 2) < 20);
    const double angle = degrees * std::numbers::pi / 180;
    const double along = region.acrossX * std::cos(angle) + region.acrossY * std::sin(angle);
    QVERIFY2(std::abs(along) > std::cos(6 * std::numbers::pi / 180), qPrintable(QString::number(along)));
    const auto attempt = readLinear(picture.view(), region, LinearEffort::Sharp);
    QVERIFY(attempt.read);
    QCOMPARE(attempt.read->code.bytes, std::string(kDigits));
}

void TestDecodeStages::findsMatrixSymbol() {
    const auto picture = turned(drawBarcode(Symbology::QrCode, "https://example.com/a-page", 200, 200), 15);
    const auto regions = locate(structureTensor(picture.view()));
    QVERIFY(!regions.matrix.empty());
    const auto& region = regions.matrix.front();
    QVERIFY(region.left < 140 && region.right > 260 && region.top < 140 && region.bottom > 260);
    QVERIFY(region.width() < 340 && region.height() < 340);
}

void TestDecodeStages::measuresSlant() {
    const auto upright = drawBarcode(Symbology::Ean13, kDigits, 300, 160);
    GrayBuffer slanted{{}, 400, 160};
    for (int y = 0; y < slanted.height; ++y) {
        for (int x = 0; x < slanted.width; ++x) {
            const int from = x - 20 - y / 5;
            slanted.pixels.push_back(from >= 0 && from < upright.width
                                         ? upright.pixels[static_cast<std::size_t>(y * upright.width + from)]
                                         : std::uint8_t{255});
        }
    }
    const LinearRegion region{
        .centreX = 190, .centreY = 80, .uMin = -130, .uMax = 130, .vMin = -70, .vMax = 70};
    const float slant = slantOf(takeStrips(slanted.view(), region, 13));
    QVERIFY2(std::abs(slant - 0.2F) < 0.05F, qPrintable(QString::number(slant)));
    const auto crooked = takeStrips(slanted.view(), region, 13);
    const auto straight = takeStrips(slanted.view(), region, 13, slant);
    QVERIFY(std::abs(slantOf(straight)) < 0.05F);
    QVERIFY(correlation(straight.profiles.front(), straight.profiles.back()) >
            correlation(crooked.profiles.front(), crooked.profiles.back()) + 0.2F);
}

void TestDecodeStages::evensOutShading() {
    Profile profile;
    for (int i = 0; i < 400; ++i)
        profile.push_back((i / 5 % 2 == 0 ? 60.0F : 140.0F) * (0.4F + static_cast<float>(i) / 400));
    const auto even = normalise(profile, 25);
    for (int i = 25; i < 375; ++i) { // at the ends there are fewer neighbours to go by
        const float value = even[static_cast<std::size_t>(i)];
        QVERIFY(i / 5 % 2 == 0 ? value < 0.35F : value > 0.65F);
    }
    QCOMPARE(barsIn(even), 40);
}

void TestDecodeStages::tellsCodesFromGratings_data() {
    QTest::addColumn<int>("symbology");
    QTest::addColumn<QString>("text");
    QTest::addRow("EAN-13") << static_cast<int>(Symbology::Ean13) << kDigits;
    QTest::addRow("EAN-13 of one digit") << static_cast<int>(Symbology::Ean13) << "0000000000000";
    QTest::addRow("EAN-8") << static_cast<int>(Symbology::Ean8) << "96385074";
    QTest::addRow("Code 128") << static_cast<int>(Symbology::Code128) << "AAAAAAAAAAAA";
    QTest::addRow("ITF") << static_cast<int>(Symbology::Itf) << "14006381333938";
}

void TestDecodeStages::tellsCodesFromGratings() {
    QFETCH(int, symbology);
    QFETCH(QString, text);
    const auto picture = drawBarcode(static_cast<Symbology>(symbology), text.toStdString(), 400, 60);
    QVERIFY(!picture.pixels.empty());
    const auto row = picture.pixels.begin() + std::ptrdiff_t{30} * picture.width;
    const auto code = normalise(Profile(row, row + picture.width), 30);
    QVERIFY(barsIn(code) > 15);
    QCOMPARE(unevenBarsIn(code), barsIn(code));
    Profile grating;
    for (int i = 0; i < picture.width; ++i)
        grating.push_back(i % 11 < 5 ? 40.0F : 200.0F);
    const auto stripes = normalise(grating, 30);
    QVERIFY(barsIn(stripes) > 30);
    QCOMPARE(unevenBarsIn(stripes), 0);
    auto both = stripes;
    both.insert(both.end(), code.begin(), code.end());
    QVERIFY(unevenBarsIn(both) >= barsIn(code) - 1);
    QVERIFY(unevenBarsIn(both) <= barsIn(code) + 1);
}

void TestDecodeStages::glancesAtWhatIsStraight() {
    const auto picture = turned(drawBarcode(Symbology::Ean13, kDigits, 380, 180), 10);
    const auto regions = locate(structureTensor(picture.view()));
    QVERIFY(!regions.linear.empty());
    const auto attempt = readLinear(picture.view(), regions.linear.front(), LinearEffort::Glance);
    QVERIFY(attempt.read);
    QCOMPARE(attempt.read->code.bytes, std::string(kDigits));
    // Light on dark is left for another turn.
    const auto negative = copyOf(picture.view(), true);
    const auto& region = regions.linear.front();
    QVERIFY(!readLinear(negative.view(), region, LinearEffort::Glance).read);
    QVERIFY(readLinear(negative.view(), region, LinearEffort::Sharp).read);
}

void TestDecodeStages::blendsWhatEachStripShows() {
    // The same bars in two strips, each of which fades to white at another end.
    std::vector<Profile> strips(2);
    for (int i = 0; i < 400; ++i) {
        const float contrast = static_cast<float>(i) / 400;
        const bool isBar = i / 6 % 2 == 0;
        strips[0].push_back(isBar ? 255 - 200 * contrast * contrast : 255);
        strips[1].push_back(isBar ? 255 - 200 * (1 - contrast) * (1 - contrast) : 255);
    }
    const auto blend = normalise(blendOf(strips, 20), 20);
    QVERIFY(barsIn(normalise(strips[0], 20)) < 30);
    QVERIFY(barsIn(normalise(strips[1], 20)) < 30);
    QCOMPARE(barsIn(blend), 34);
}

void TestDecodeStages::readsThroughALampsReflection() {
    const auto picture = glared(drawBarcode(Symbology::Code128, "SILTA-2026-0042", 480, 100), 150);
    QVERIFY(!readSymbol(picture.view(), ReadOptions{}));
    DecodeOptions hasty;
    hasty.isThorough = false;
    const auto codes = decode(turned(picture, 2).view(), hasty);
    QVERIFY(codes && codes->size() == 1);
    QCOMPARE(QString::fromStdString(codes->front().bytes), QStringLiteral("SILTA-2026-0042"));
}

void TestDecodeStages::halvesByMeans() {
    GrayBuffer picture{{}, 37, 5};
    for (int i = 0; i < picture.width * picture.height; ++i)
        picture.pixels.push_back(static_cast<std::uint8_t>(i * 89));
    const auto half = halfOf(picture.view());
    QCOMPARE(half.width, 18);
    QCOMPARE(half.height, 2);
    for (std::size_t y = 0; y < 2; ++y) {
        for (std::size_t x = 0; x < 18; ++x) {
            const auto* corner = &picture.pixels[2 * y * 37 + 2 * x];
            QCOMPARE(int{half.pixels[y * 18 + x]}, (corner[0] + corner[1] + corner[37] + corner[38] + 2) / 4);
        }
    }
}

void TestDecodeStages::drawsSameModulesAsWriter() {
    for (const char* digits : {kDigits, "9780201379624", "0012345678905", "2112345678900", "5901234123457"}) {
        const auto reading = readingOf(digits);
        QCOMPARE(reading.digits, std::string(digits));
        const auto modules = modulesOf(reading);
        const auto picture = drawBarcode(Symbology::Ean13, digits, 115, 10); // one pixel a module
        QByteArray drawn;
        QByteArray made;
        for (int i = 0; i < kEanModules; ++i) {
            drawn += picture.pixels[static_cast<std::size_t>((picture.width - kEanModules) / 2 + i)] == 0
                         ? '1'
                         : '0';
            made += modules[static_cast<std::size_t>(i)] ? '1' : '0';
        }
        QCOMPARE(made, drawn);
    }
}

void TestDecodeStages::ranksOnlyValidReadings() {
    std::mt19937 random(7);
    std::uniform_real_distribution<float> any(0, 1);
    for (int round = 0; round < 50; ++round) {
        DigitScores scores{};
        for (auto& digit : scores) {
            for (auto& score : digit)
                score = any(random);
        }
        const auto ranking = rankReadings(scores);
        const auto& best = ranking.best;
        int sum = 0;
        float total = 0;
        for (std::size_t i = 0; i < 13; ++i)
            sum += (best.digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
        for (std::size_t d = 0; d < kEanDigits; ++d) {
            QCOMPARE(best.patterns[d] % 10, best.digits[d + 1] - '0');
            total += scores[d][static_cast<std::size_t>(best.patterns[d])];
        }
        QCOMPARE(sum % 10, 0);
        QVERIFY(std::abs(total - best.score) < 1e-3F);
        QVERIFY(ranking.runnerUp > 0 && ranking.runnerUp <= best.score);
    }
}

void TestDecodeStages::readsWhatIsTooBlurredForEdges() {
    // Three pixels a module, and a blur of 1.3 modules: narrow bars are gone.
    const auto picture = blurred(drawBarcode(Symbology::Ean13, kDigits, 345, 160), 4);
    QVERIFY(!readSymbol(picture.view(), ReadOptions{}));
    const auto codes = decode(picture.view());
    QVERIFY(codes && codes->size() == 1);
    QCOMPARE(codes->front().bytes, std::string(kDigits));
    QCOMPARE(codes->front().symbology, Symbology::Ean13);
    QCOMPARE(codes->front().aimId, std::string("]E0"));
    DecodeOptions hasty;
    hasty.isThorough = false;
    QVERIFY(decode(picture.view(), hasty)->empty());
}

void TestDecodeStages::fitsOneDirectionATurn() {
    const auto upright = blurred(drawBarcode(Symbology::Ean13, "7310865004703", 345, 160), 4);
    auto turnedOver = upright;
    std::reverse(turnedOver.pixels.begin(), turnedOver.pixels.end());
    for (unsigned turn = 0; turn < 8; ++turn) {
        DecodeOptions hasty;
        hasty.isThorough = false;
        hasty.turn = turn;
        QCOMPARE(decode(upright.view(), hasty)->size(), std::size_t{turn % 4 == 1 ? 1U : 0U});
        QCOMPARE(decode(turnedOver.view(), hasty)->size(), std::size_t{turn % 4 == 3 ? 1U : 0U});
    }
}

void TestDecodeStages::believesNoNoise() {
    std::mt19937 random(11);
    for (int round = 0; round < 200; ++round) {
        // Stripes of random widths, the same in all strips, as blurred as what is read above.
        GrayBuffer stripes{{}, 400, 1};
        bool isBar = false;
        while (static_cast<int>(stripes.pixels.size()) < stripes.width) {
            const bool isMargin = stripes.pixels.size() < 50 || stripes.pixels.size() > 345;
            stripes.pixels.insert(stripes.pixels.end(), 3 * (1 + random() % 4),
                                  isBar && !isMargin ? std::uint8_t{0} : std::uint8_t{255});
            isBar = !isBar;
        }
        stripes.pixels.resize(400);
        const auto soft = blurred(stripes, 4);
        const Profile profile(soft.pixels.begin(), soft.pixels.end());
        const std::vector<Profile> strips(13, normalise(profile, 57));
        QVERIFY2(!fitEan(strips), qPrintable(QString("round %1").arg(round)));
    }
}

void TestDecodeStages::sharpensAgainstMean() {
    GrayBuffer edge{{}, 20, 20};
    for (int i = 0; i < 400; ++i)
        edge.pixels.push_back(i % 20 < 10 ? 100 : 150);
    const auto sharp = sharpenedOf(edge.view(), 3, 2);
    QCOMPARE(int{sharp.pixels[200]}, 100); // far from the edge nothing changes
    QVERIFY(sharp.pixels[209] < 100 && sharp.pixels[210] > 150);
    QCOMPARE(sharpenedOf(edge.view(), 0, 2).pixels, edge.pixels);
    QCOMPARE(int{doubledOf(edge.view()).pixels[400]}, 100);
    QCOMPARE(halfOf(edge.view()).width, 10);
}

QTEST_APPLESS_MAIN(TestDecodeStages)
#include "tst_decode_stages.moc"
