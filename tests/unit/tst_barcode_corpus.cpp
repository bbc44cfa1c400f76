// Photographs of barcodes, where a folder with them lies beside the sources: how many are read, and none may
// crash.
#include "drivers/decode/decoder.h"
#include "drivers/image_file.h"

#include <silta/scan.h>

#include <QtTest>

using namespace silta;
using namespace silta::drivers;

class TestBarcodeCorpus : public QObject {
    Q_OBJECT

private slots:
    void readsPhotographs();
};

void TestBarcodeCorpus::readsPhotographs() {
    const auto folder = QStringLiteral(SILTA_SOURCE_DIR "/../shared/data/barcodes/");
    QFile table(folder + "expected.tsv");
    if (!table.open(QIODevice::ReadOnly)) QSKIP("skipped: no ../shared");
    struct Count {
        int pictures = 0;
        int right = 0;
        int wrong = 0;
    };
    QMap<QByteArray, Count> counts;
    table.readLine();
    while (!table.atEnd()) {
        auto line = table.readLine();
        line.chop(line.endsWith('\n') ? 1 : 0);
        const auto columns = line.split('\t');
        if (columns.size() < 4) continue;
        const auto& format = columns[1];
        auto expected = columns[2];
        expected.replace("\\\\", "\x01")
            .replace("\\x1d", "\x1d")
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\x01", "\\");
        auto& count = counts[columns[3] == "pos" ? format : columns[3]];
        ++count.pictures;
        const auto picture = loadGray((folder + columns[0]).toStdString());
        if (!picture) {
            qInfo("not loaded: %s", picture.error().what.c_str());
            continue;
        }
        const auto codes = decode(picture->view());
        QVERIFY2(codes.has_value(), columns[0].constData());
        if (columns[3] != "pos") {
            count.wrong += codes->empty() ? 0 : 1;
            for (const auto& code : *codes)
                if (columns[3] == "neg")
                    qInfo("read in %s: %s %s", columns[0].constData(), toString(code.symbology),
                          code.bytes.c_str());
            continue;
        }
        const bool isRight = std::any_of(codes->begin(), codes->end(), [&](const ScannedCode& code) {
            const auto bytes = QByteArray::fromStdString(code.bytes);
            if (format == "EANUPC+ADDON")
                return bytes.size() >= 12 &&
                       (expected.startsWith(bytes) || expected.startsWith("0" + bytes)); // the main code
            return bytes == expected || bytes == "0" + expected || "0" + bytes == expected;
        });
        count.right += isRight ? 1 : 0;
        if (!isRight && !codes->empty()) {
            ++count.wrong;
            qInfo("%s: %s instead of %s", columns[0].constData(), codes->front().bytes.substr(0, 40).c_str(),
                  expected.left(40).constData());
        }
    }
    Count all;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        qInfo("%-14s %3d of %3d read, %d otherwise", it.key().constData(), it->right, it->pictures,
              it->wrong);
        if (it.key().startsWith("DATABAR") || it.key() == "neg" || it.key() == "partial" ||
            it.key() == "multi")
            continue;
        all.pictures += it->pictures;
        all.right += it->right;
    }
    qInfo("all but DataBar: %d of %d read", all.right, all.pictures);
    QVERIFY(all.right * 10 >= all.pictures * 8);
}

QTEST_GUILESS_MAIN(TestBarcodeCorpus)
#include "tst_barcode_corpus.moc"
