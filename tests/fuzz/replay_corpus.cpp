// Runs a fuzz target over its corpus, and over every beginning of each file, as an ordinary test.
#include <QtTest>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

class ReplayCorpus : public QObject {
    Q_OBJECT

private slots:
    void survivesEachFile_data();
    void survivesEachFile();
};

void ReplayCorpus::survivesEachFile_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    const auto target = QCoreApplication::applicationName().remove("_corpus");
    const auto corpus = QStringLiteral(SILTA_SOURCE_DIR "/tests/fuzz/corpus/") + target;
    QDirIterator files(corpus, QDir::Files);
    int found = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QTest::newRow(qPrintable(files.fileName())) << file.readAll();
        ++found;
    }
    QVERIFY2(found > 0, qPrintable(corpus + " holds no file"));
}

void ReplayCorpus::survivesEachFile() {
    QFETCH(QByteArray, bytes);
    constexpr qsizetype kCutsMax = 512; // longer files are cut at the first so many places only
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
    QCOMPARE(LLVMFuzzerTestOneInput(data, static_cast<std::size_t>(bytes.size())), 0);
    for (qsizetype n = 0; n < std::min(bytes.size(), kCutsMax); ++n) {
        const auto part = bytes.left(n); // a copy, so that a sanitizer sees a read past its end
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(part.constData()),
                               static_cast<std::size_t>(n));
    }
}

QTEST_GUILESS_MAIN(ReplayCorpus)
#include "replay_corpus.moc"
