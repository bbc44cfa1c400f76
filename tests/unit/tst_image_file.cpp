#include "drivers/image_file.h"
#include "support/barcode_images.h"

#include <QImage>
#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestImageFile : public QObject {
    Q_OBJECT

private slots:
    void init() { QVERIFY(folder_.isValid()); }
    void readsEachKind_data();
    void readsEachKind();
    void refusesEveryTruncation_data() { addTruncatedKinds(); }
    void refusesEveryTruncation();
    void refusesWhatIsNoImage_data();
    void refusesWhatIsNoImage();
    void refusesMissingFilesAndFolders();
    void refusesTooManyPixelsBeforeUnpacking();
    void refusesTooManyBytes();
    void takesTransparentForWhite();

private:
    static void addTruncatedKinds() {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("png") << "png";
        QTest::newRow("jpeg") << "jpg";
        QTest::newRow("webp") << "webp";
        QTest::newRow("bmp") << "bmp";
    }
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    QByteArray read(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder_;
};

void TestImageFile::readsEachKind_data() {
    addTruncatedKinds();
    QTest::newRow("ppm") << "ppm";
}

void TestImageFile::readsEachKind() {
    QFETCH(QString, suffix);
    const auto picture = test::drawBarcode(Symbology::Ean13, "4006381333931");
    const auto file = path("whole." + suffix).toStdString();
    QVERIFY(test::save(picture, file));
    const auto loaded = loadGray(file);
    QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().what.c_str());
    QCOMPARE(loaded->width, picture.width);
    QCOMPARE(loaded->height, picture.height);
    QCOMPARE(loaded->pixels.size(), picture.pixels.size());
    QVERIFY(loaded->pixels[0] > 200);
}

void TestImageFile::refusesEveryTruncation() {
    QFETCH(QString, suffix);
    const auto picture = test::drawBarcode(Symbology::QrCode, "cut me", 200, 200);
    const auto whole = "cut." + suffix;
    QVERIFY(test::save(picture, path(whole).toStdString()));
    const auto bytes = read(whole);
    const auto step = std::max<qsizetype>(1, bytes.size() / 97);
    for (qsizetype n = 0; n < bytes.size(); n += step) {
        write("part." + suffix, bytes.left(n));
        const auto loaded = loadGray(path("part." + suffix).toStdString());
        QVERIFY2(!loaded, qPrintable(QString("%1 of %2 bytes").arg(n).arg(bytes.size())));
        QVERIFY(loaded.error().code == Errc::Corrupt || loaded.error().code == Errc::Unsupported);
    }
    write("part." + suffix, bytes.chopped(1));
    QVERIFY(!loadGray(path("part." + suffix).toStdString()));
}

void TestImageFile::refusesWhatIsNoImage_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << "a.txt" << QByteArray("not a picture at all\n");
    QTest::newRow("text that says it is a PNG") << "a.png" << QByteArray("not a picture at all\n");
    QTest::newRow("drawing") << "a.svg"
                             << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
}

void TestImageFile::refusesWhatIsNoImage() {
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    write(name, bytes);
    const auto file = path(name).toStdString();
    const auto loaded = loadGray(file);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, Errc::Unsupported);
    QCOMPARE(loaded.error().what, "read image " + file + ": not an image");
}

void TestImageFile::refusesMissingFilesAndFolders() {
    QCOMPARE(loadGray(path("none.png").toStdString()).error().code, Errc::NotFound);
    QCOMPARE(loadGray(folder_.path().toStdString()).error().code, Errc::Unsupported);
    write("empty.png", QByteArray());
    QCOMPARE(loadGray(path("empty.png").toStdString()).error().code, Errc::Corrupt);
}

void TestImageFile::refusesTooManyPixelsBeforeUnpacking() {
    // A whole PNG that promises 60,000 by 60,000 pixels.
    QByteArray bytes = QByteArray::fromHex("89504e470d0a1a0a");
    const auto append32 = [&](quint32 value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.append(static_cast<char>(value >> shift));
    };
    const auto chunk = [&](const QByteArray& type, const QByteArray& data) {
        append32(static_cast<quint32>(data.size()));
        bytes.append(type).append(data);
        quint32 crc = 0xffffffffU; // ISO 3309, as the PNG specification asks
        for (char c : type + data) {
            crc ^= static_cast<unsigned char>(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xedb88320U : crc >> 1U;
        }
        append32(~crc);
    };
    chunk("IHDR", QByteArray::fromHex("0000ea600000ea600800000000"));
    chunk("IDAT", QByteArray::fromHex("789c030000000001"));
    chunk("IEND", QByteArray());
    write("huge.png", bytes);
    const auto loaded = loadGray(path("huge.png").toStdString());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, Errc::Limit);
}

void TestImageFile::refusesTooManyBytes() {
    QFile file(path("long.png"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(kImageBytesMax + 1));
    file.close();
    const auto loaded = loadGray(path("long.png").toStdString());
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, Errc::Limit);
}

void TestImageFile::takesTransparentForWhite() {
    QImage image(4, 1, QImage::Format_ARGB32);
    image.setPixel(0, 0, qRgba(0, 0, 0, 0));
    image.setPixel(1, 0, qRgba(0, 0, 0, 255));
    image.setPixel(2, 0, qRgba(255, 255, 255, 255));
    image.setPixel(3, 0, qRgba(0, 0, 0, 128));
    QVERIFY(image.save(path("alpha.png")));
    const auto loaded = loadGray(path("alpha.png").toStdString());
    QVERIFY(loaded.has_value());
    QCOMPARE(int{loaded->pixels[0]}, 255);
    QCOMPARE(int{loaded->pixels[1]}, 0);
    QCOMPARE(int{loaded->pixels[2]}, 255);
    QVERIFY(std::abs(int{loaded->pixels[3]} - 127) <= 1);
}

QTEST_GUILESS_MAIN(TestImageFile)
#include "tst_image_file.moc"
