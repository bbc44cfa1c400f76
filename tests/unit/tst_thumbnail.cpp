// Small pictures out of anybody's: what they show, what is refused, and that what goes wrong stays outside.
#include "portal/picture_desk.h"
#include "portal/thumbnail/thumbnail_program.h"
#include "support/clocks.h"
#include "support/pictures.h"

#include <silta/system_calls.h>

#include <fmt/format.h>

#include <QImage>
#include <QProcess>
#include <QTest>
#include <atomic>
#include <semaphore>

using namespace silta;
using namespace silta::portal;
using silta::test::bytesOf;
using silta::test::noisePicture;

namespace {

constexpr ThumbnailWish kWish{300, 200, 4'000};

/// Red, green, blue and black from the top left, as one reads.
QImage quarters(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            image.setPixelColor(x, y,
                                y < height / 2 ? (x < width / 2 ? Qt::red : Qt::green)
                                               : (x < width / 2 ? Qt::blue : Qt::black));
    return image;
}

QString letterOf(const QColor& color) {
    const int r = color.red(), g = color.green(), b = color.blue();
    if (r > 200 && g > 200 && b > 200) return "w";
    if (r > 150 && g < 100 && b < 100) return "r";
    if (g > 150 && r < 100 && b < 100) return "g";
    if (b > 150 && r < 100 && g < 100) return "b";
    return r < 60 && g < 60 && b < 60 ? "k" : "?";
}

/// The colours of its quarters as one reads, and its size.
QString seenIn(const std::string& webp) {
    const auto image = QImage::fromData(QByteArray::fromStdString(webp), "webp");
    if (image.isNull()) return "not a WebP";
    QString seen;
    for (const auto& [x, y] : {std::pair(1, 1), {3, 1}, {1, 3}, {3, 3}})
        seen += letterOf(image.pixelColor(image.width() * x / 4, image.height() * y / 4));
    return seen + QString(" %1x%2").arg(image.width()).arg(image.height());
}

QString outcomeOf(const Result<std::string>& made) {
    return made ? seenIn(*made) : QString(toString(made.error().code));
}

/// A JPEG whose camera was held so. Source: CIPA DC-008 (Exif 2.3), section 4.5.
std::string withOrientation(std::string jpeg, char orientation, bool isBigEndian) {
    using namespace std::string_literals;
    const auto tiff = isBigEndian
                          ? "MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"s + orientation + "\0\0"s
                          : "II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"s + orientation + "\0\0\0"s;
    const auto body = "Exif\0\0"s + tiff + "\0\0\0\0"s;
    const auto size = body.size() + 2;
    return jpeg.insert(2,
                       "\xff\xe1"s + static_cast<char>(size >> 8U) + static_cast<char>(size & 0xffU) + body);
}

} // namespace

class TestThumbnail : public QObject {
    Q_OBJECT

private slots:
    void makesThemSmall_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QSize>("from");
        QTest::addColumn<QString>("seen");
        for (const char* format : {"jpg", "png", "webp"}) {
            const auto row = [format](const char* what, QSize from, const char* seen) {
                QTest::addRow("%s, %s", format, what) << QByteArray(format) << from << QString(seen);
            };
            row("as wide as wished", {1'200, 800}, "rgbk 300x200");
            row("a square", {1'000, 1'000}, "rgbk 300x200");
            row("a tower", {600, 3'000}, "rgbk 300x200");
            row("smaller than wished", {150, 150}, "rgbk 150x100");
            row("narrower than wished", {100, 900}, "rgbk 100x67");
            row("the largest", {4'000, 3'000}, "rgbk 300x200");
        }
    }
    void makesThemSmall() {
        QFETCH(QByteArray, format);
        QFETCH(QSize, from);
        QFETCH(QString, seen);
        const auto picture = bytesOf(quarters(from.width(), from.height()), format);
        QCOMPARE(outcomeOf(makeThumbnail(picture, kWish)), seen);
        const auto made = ThumbnailProgram().make(picture, kWish);
        QCOMPARE(outcomeOf(made), seen);
        QVERIFY(made->size() <= kWish.bytesMax);
    }

    void showsWhatIsTransparentAsWhite() {
        for (const char* format : {"png", "webp"}) {
            auto image = quarters(400, 400).convertToFormat(QImage::Format_ARGB32);
            for (int y = 0; y < 200; ++y)
                for (int x = 0; x < 200; ++x)
                    image.setPixelColor(x, y, QColor(255, 0, 0, 0));
            QCOMPARE(outcomeOf(makeThumbnail(bytesOf(image, format), {200, 200, 4'000})),
                     QString("wgbk 200x200"));
        }
    }

    void turnsAsTheCameraSays_data() {
        QTest::addColumn<int>("orientation");
        QTest::addColumn<QString>("seen");
        const std::array seen = {"rgbk 300x200", "grkb 300x200", "kbgr 300x200", "bkrg 300x200",
                                 "rbgk 300x200", "brkg 300x200", "kgbr 300x200", "gkrb 300x200"};
        for (int i = 0; i < 8; ++i)
            QTest::addRow("%d", i + 1) << i + 1 << QString(seen[static_cast<std::size_t>(i)]);
    }
    void turnsAsTheCameraSays() {
        QFETCH(int, orientation);
        QFETCH(QString, seen);
        for (const bool isBigEndian : {true, false}) {
            const auto jpeg = withOrientation(bytesOf(quarters(900, 900), "jpg"),
                                              static_cast<char>(orientation), isBigEndian);
            QCOMPARE(orientationOf(jpeg), orientation);
            QCOMPARE(outcomeOf(makeThumbnail(jpeg, kWish)), seen);
        }
    }

    void staysWithinItsBytes() {
        const auto noise = noisePicture(2'000, 2'000, "jpg", 90);
        for (const std::size_t most : {16'000U, 8'000U, 4'000U, 2'000U}) {
            const auto made = makeThumbnail(noise, {336, 336, most});
            QVERIFY(made.has_value());
            QVERIFY2(made->size() <= most, std::to_string(made->size()).c_str());
        }
        QCOMPARE(outcomeOf(makeThumbnail(noise, {336, 336, 100})), QString("limit"));
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("picture");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const std::string& picture, const char* why) {
            QTest::newRow(name) << QByteArray::fromStdString(picture) << QString(why);
        };
        row("nothing", {}, "unsupported");
        row("a drawing", "<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported");
        row("a GIF", "GIF89a", "unsupported");
        for (const char* format : {"jpg", "png", "webp"}) {
            const auto whole = noisePicture(400, 300, format, 80);
            const auto name = [format](const char* what) { return std::string(format) + ", " + what; };
            row(name("its first bytes").c_str(), whole.substr(0, 16), "corrupt");
            row(name("cut off").c_str(), whole.substr(0, whole.size() / 2), "corrupt");
            row(name("too many pixels").c_str(), bytesOf(QImage(4'001, 3'000, QImage::Format_RGB32), format),
                "limit");
            row(name("too wide").c_str(), bytesOf(QImage(10'001, 2, QImage::Format_RGB32), format), "limit");
            row(name("too many bytes").c_str(), whole + std::string(kSourceBytesMax, '\0'), "limit");
        }
        auto bomb = bytesOf(QImage(8, 8, QImage::Format_RGB32), "png");
        bomb.replace(16, 8, std::string("\x00\xff\xff\xff\x00\xff\xff\xff", 8)); // what it says of its size
        row("png, far too many pixels", bomb, "corrupt");                        // its checksum is wrong, too
    }
    void refuses() {
        QFETCH(QByteArray, picture);
        QFETCH(QString, why);
        QCOMPARE(outcomeOf(makeThumbnail(picture.toStdString(), kWish)), why);
        QCOMPARE(outcomeOf(ThumbnailProgram().make(picture.toStdString(), kWish)), why);
    }
    void refusesUnsoundWishes() {
        const auto picture = bytesOf(quarters(64, 64), "png");
        for (const ThumbnailWish wish : {ThumbnailWish{0, 9, 900},
                                         {9, -1, 900},
                                         {9, 9, 0},
                                         {1'025, 9, 900},
                                         {9, 1'025, 900},
                                         {9, 9, kThumbnailBytesMax + 1}}) {
            QCOMPARE(outcomeOf(makeThumbnail(picture, wish)), QString("invalid"));
            QCOMPARE(outcomeOf(ThumbnailProgram().make(picture, wish)), QString("invalid"));
        }
    }

    void isConfined() {
        if (kIsSanitized) QSKIP("a sanitizer needs what the thumbnailer gives up");
        QProcess program;
        program.start(SILTA_BIN "/silta-thumbnailer", {"--self-test"});
        QVERIFY(program.waitForFinished());
        QCOMPARE(program.readAllStandardOutput(), QByteArray("confined\n"));
        QCOMPARE(program.exitCode(), 0);
    }
    void outlivesItsProgram() {
        const auto picture = bytesOf(quarters(64, 64), "png");
        QCOMPARE(outcomeOf(ThumbnailProgram("/nowhere/at/all").make(picture, kWish)), QString("unavailable"));
        QCOMPARE(outcomeOf(ThumbnailProgram("/bin/false").make(picture, kWish)), QString("unavailable"));
        QCOMPARE(outcomeOf(ThumbnailProgram("/bin/true").make(picture, kWish)), QString("unavailable"));
        // It would sleep for 300 seconds.
        QCOMPARE(outcomeOf(ThumbnailProgram("/bin/sleep", 50).make(picture, kWish)), QString("unavailable"));
    }

    // ---- the desk

    void keepsWhatItHasMade() {
        const silta::test::FakeClock clock;
        std::atomic<int> fetched = 0;
        const std::string name(64, 'a');
        PictureDesk desk(
            [&](const std::string&) {
                ++fetched;
                return Result<std::string>("large");
            },
            [](std::string_view picture, const ThumbnailWish& wish) {
                return Result<std::string>(fmt::format("{} {}x{}", picture, wish.width, wish.height));
            },
            clock);
        QVERIFY(desk.ready(name, PicturePlace::Small).path.empty());
        for (int round = 0; round < 3; ++round) {
            desk.want({name, name, "", "../x", std::string(65, 'a'), "A"}, PicturePlace::Small);
            desk.wait(60'000);
        }
        QCOMPARE(fetched.load(), 1);
        const auto small = desk.ready(name, PicturePlace::Small);
        QCOMPARE(QString::fromStdString(small.path),
                 QString("/pictures/%1-small.webp").arg(QString(64, 'a')));
        QCOMPARE(QString::fromStdString(*desk.find(small.path)), QString("large 336x336"));
        QCOMPARE(small.bytes, std::size_t(13));
        QVERIFY(desk.ready(name, PicturePlace::Large).path.empty());
        QVERIFY(!desk.find("/pictures/" + name));
        QVERIFY(!desk.find("/pictures/"));
    }
    void triesAgainLater() {
        silta::test::FakeClock clock;
        std::atomic<int> fetched = 0;
        PictureDesk desk(
            [&](const std::string&) {
                return ++fetched == 1 ? Result<std::string>(Error{Errc::NotFound, "not come yet"})
                                      : Result<std::string>("x");
            },
            [](std::string_view picture, const ThumbnailWish&) {
                return Result<std::string>(std::string(picture));
            },
            clock);
        const auto isThere = [&] {
            desk.want({"ab"}, PicturePlace::Line);
            desk.wait(60'000);
            return !desk.ready("ab", PicturePlace::Line).path.empty();
        };
        QVERIFY(!isThere());
        QVERIFY(!isThere());
        QCOMPARE(fetched.load(), 1);
        clock.steady += 5'000;
        QVERIFY(isThere());
        QCOMPARE(fetched.load(), 2);
    }
    void triesWhatCannotBeMadeMuchLater() {
        silta::test::FakeClock clock;
        std::atomic<int> made = 0;
        PictureDesk desk([](const std::string&) { return Result<std::string>("x"); },
                         [&](std::string_view, const ThumbnailWish&) {
                             ++made;
                             return Result<std::string>(Error{Errc::Corrupt, "damaged"});
                         },
                         clock);
        const auto tries = [&] {
            desk.want({"ab"}, PicturePlace::Line);
            desk.wait(60'000);
            return made.load();
        };
        QCOMPARE(tries(), 1);
        clock.steady += 60'000;
        QCOMPARE(tries(), 1);
        clock.steady += 540'000;
        QCOMPARE(tries(), 2);
    }
    void isBounded() {
        const silta::test::FakeClock clock;
        std::counting_semaphore<1'000> mayFetch{0};
        PictureDesk desk(
            [&](const std::string&) {
                mayFetch.acquire();
                return Result<std::string>("x");
            },
            [](std::string_view picture, const ThumbnailWish&) {
                return Result<std::string>(std::string(picture));
            },
            clock);
        const auto names = [](int from, int count) {
            std::vector<std::string> made;
            for (int i = from; i < from + count; ++i)
                made.push_back(fmt::format("{:x}", i));
            return made;
        };
        const auto kept = [&](int from, int count) {
            return std::ranges::count_if(names(from, count), [&](const std::string& name) {
                return !desk.ready(name, PicturePlace::Line).path.empty();
            });
        };
        desk.want(names(0, 500), PicturePlace::Line); // of which so many may wait, and one is being made
        mayFetch.release(500);
        desk.wait(60'000);
        QVERIFY(kept(0, 500) == 64 || kept(0, 500) == 65);
        for (int from = 0; from < 500; from += 50) {
            desk.want(names(from, 50), PicturePlace::Line);
            desk.wait(60'000);
            mayFetch.release(50);
        }
        QCOMPARE(kept(0, 500), 256);
        QCOMPARE(kept(450, 50), 50); // the last that were wanted
    }
};

QTEST_GUILESS_MAIN(TestThumbnail)
#include "tst_thumbnail.moc"
