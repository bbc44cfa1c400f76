#include "drivers/worker/decode_worker.h"
#include "drivers/worker/protocol.h"
#include "support/barcode_images.h"

#include <QtTest>
#include <csignal>

using namespace silta;
using namespace silta::drivers;

namespace {

constexpr int kRestartMsMax = 100;
constexpr auto kNumber = "4006381333931";

GrayBuffer picture() {
    return test::drawBarcode(Symbology::Ean13, kNumber, 300, 120);
}

bool reads(DecodeWorker& worker) {
    const auto seen = picture();
    const auto codes = worker.decode(seen.view());
    return codes && codes->size() == 1 && codes->front().bytes == kNumber;
}

/// Waits until the process has taken the signal, which it does when it is next on a processor.
void signalAndWait(pid_t pid, int signal, char state) {
    ::kill(pid, signal);
    QTRY_VERIFY([&] {
        QFile file(QString("/proc/%1/stat").arg(pid));
        if (!file.open(QIODevice::ReadOnly)) return true;
        const auto stat = file.readAll();
        return stat.mid(stat.lastIndexOf(')') + 2, 1) == QByteArray(1, state);
    }());
}

} // namespace

class TestDecodeWorker : public QObject {
    Q_OBJECT

private slots:
    void readsAsTheDecoderDoes();
    void refusesWhatIsNoPicture();
    void survivesTwentyDeathsDuringUse();
    void givesUpAHangingDecoder();
    void keepsThePictureThatKilled();
    void saysWhenItCannotStart();
    void isConfined();
    void leavesNoProcessBehind();
    void believesNoAnswer_data();
    void believesNoAnswer();
};

void TestDecodeWorker::readsAsTheDecoderDoes() {
    DecodeWorker worker;
    QVERIFY(reads(worker));
    const auto qr = test::drawBarcode(Symbology::QrCode, std::string(1'000, 'x'), 400, 400);
    const auto codes = worker.decode(qr.view());
    QVERIFY(codes.has_value());
    QCOMPARE(codes->size(), std::size_t{1});
    QCOMPARE(codes->front().bytes, std::string(1'000, 'x'));
    QCOMPARE(codes->front().aimId, std::string("]Q1"));
    const auto two = test::stack(picture(), qr);
    QCOMPARE(worker.decode(two.view())->size(), std::size_t{2});
    QCOMPARE(worker.decode(two.view(), {.symbolsMax = 1})->size(), std::size_t{1});
    const GrayBuffer blank{std::vector<std::uint8_t>(64 * 64, 255), 64, 64};
    QVERIFY(worker.decode(blank.view())->empty());
    QCOMPARE(worker.deaths(), 0);
}

void TestDecodeWorker::refusesWhatIsNoPicture() {
    DecodeWorker worker;
    QCOMPARE(worker.decode(GrayImage{}).error().code, Errc::Invalid);
    const std::uint8_t pixel = 0;
    QCOMPARE(worker.decode(GrayImage{&pixel, 30'000, 30'000, 30'000}).error().code, Errc::Limit);
    QCOMPARE(worker.pid(), -1); // not even started for that
}

void TestDecodeWorker::survivesTwentyDeathsDuringUse() {
    DecodeWorker worker;
    QVERIFY(reads(worker));
    QList<qint64> restartsMs;
    for (int death = 1; death <= 20; ++death) {
        signalAndWait(worker.pid(), SIGKILL, 'Z');
        QElapsedTimer timer;
        timer.start();
        const auto lost = worker.decode(picture().view());
        QVERIFY(!lost.has_value());
        QCOMPARE(lost.error().code, Errc::Unavailable);
        QVERIFY(reads(worker)); // only the one picture is lost
        restartsMs.append(timer.elapsed());
        QCOMPARE(worker.deaths(), death);
    }
    std::sort(restartsMs.begin(), restartsMs.end());
    qInfo("from death to the next reading: median %lld ms, longest %lld ms", restartsMs[10],
          restartsMs.last());
    QVERIFY2(restartsMs[10] < kRestartMsMax, "slower than promised");
}

void TestDecodeWorker::givesUpAHangingDecoder() {
    DecodeWorkerConfig config;
    config.deadlineMs = 200;
    DecodeWorker worker(config);
    QVERIFY(reads(worker));
    const auto hanging = worker.pid();
    signalAndWait(hanging, SIGSTOP, 'T');
    const auto lost = worker.decode(picture().view());
    QCOMPARE(lost.error().code, Errc::Unavailable);
    QVERIFY(worker.pid() != hanging);
    QVERIFY(reads(worker));
}

void TestDecodeWorker::keepsThePictureThatKilled() {
    const QTemporaryDir folder;
    DecodeWorkerConfig config;
    config.keepFolder = folder.path().toStdString();
    DecodeWorker worker(config);
    for (int death = 0; death <= kKeptFramesMax; ++death) {
        QVERIFY(reads(worker));
        signalAndWait(worker.pid(), SIGKILL, 'Z');
        QVERIFY(!worker.decode(picture().view()).has_value());
    }
    const auto kept = QDir(folder.path()).entryInfoList(QDir::Files);
    QCOMPARE(kept.size(), qsizetype{kKeptFramesMax});
    QFile file(kept.first().filePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto bytes = file.readAll();
    const auto seen = picture();
    const auto heading = QByteArray("P5\n%1 %2\n255\n")
                             .replace("%1", QByteArray::number(seen.width))
                             .replace("%2", QByteArray::number(seen.height));
    QVERIFY(bytes.startsWith(heading));
    QCOMPARE(bytes.mid(heading.size()),
             QByteArray(reinterpret_cast<const char*>(seen.pixels.data()), qsizetype(seen.pixels.size())));
}

void TestDecodeWorker::saysWhenItCannotStart() {
    DecodeWorkerConfig config;
    config.program = "/nowhere/silta-decoder";
    DecodeWorker worker(config);
    const auto codes = worker.decode(picture().view());
    QCOMPARE(codes.error().code, Errc::Unavailable);
    QVERIFY(codes.error().what.find("/nowhere") != std::string::npos);
}

void TestDecodeWorker::isConfined() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("skipped: sanitizers need more of the system");
#endif
    QProcess decoder;
    decoder.start(QCoreApplication::applicationDirPath() + "/silta-decoder", {"--self-test"});
    QVERIFY(decoder.waitForFinished());
    QVERIFY2(decoder.exitCode() == 0, decoder.readAllStandardError().constData());
}

void TestDecodeWorker::leavesNoProcessBehind() {
    pid_t pid = -1;
    {
        DecodeWorker worker;
        QVERIFY(reads(worker));
        pid = worker.pid();
        QCOMPARE(::kill(pid, 0), 0);
    }
    QVERIFY(::kill(pid, 0) != 0);
}

void TestDecodeWorker::believesNoAnswer_data() {
    QTest::addColumn<QByteArray>("bytes");
    const SeenCode code{{Symbology::QrCode, "]Q1", "hello", ""}, 1, 2, 3, 4};
    const auto packed = packReply(std::vector<SeenCode>{code});
    const QByteArray sound(reinterpret_cast<const char*>(packed.data()), qsizetype(packed.size()));
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << sound.chopped(1);
    QTest::newRow("longer") << sound + "x";
    QTest::newRow("no such symbology") << QByteArray(sound).replace(4, 2, QByteArray("\xff\x00", 2));
    QTest::newRow("too many codes") << QByteArray(sound).replace(2, 2, QByteArray("\xff\xff", 2));
    QTest::newRow("no such error") << QByteArray("\x09\x00", 2);
    QTest::newRow("long text") << QByteArray(sound).replace(19, 2, QByteArray("\xff\xff", 2));
}

void TestDecodeWorker::believesNoAnswer() {
    QFETCH(QByteArray, bytes);
    const auto reply =
        unpackReply({reinterpret_cast<const std::byte*>(bytes.constData()), std::size_t(bytes.size())});
    QVERIFY(!reply.has_value());
    QCOMPARE(reply.error().code, Errc::Corrupt);
}

QTEST_GUILESS_MAIN(TestDecodeWorker)
#include "tst_decode_worker.moc"
