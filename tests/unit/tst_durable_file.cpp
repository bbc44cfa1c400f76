#include "core/durable_file.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace silta;

class TestDurableFile : public QObject {
    Q_OBJECT

private slots:
    void readsWhatWasWritten() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("file").toStdString();
        for (const std::size_t bytes : {0, 1, 4'096, 10'000}) {
            const std::string written(bytes, 'a');
            QVERIFY(replaceFile(path, written, 0600).has_value());
            const auto read = readFile(path);
            QVERIFY(read.has_value());
            QVERIFY(*read == written);
        }
    }

    void keepsNoMoreRoomThanItNeeds() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("file").toStdString();
        QVERIFY(replaceFile(path, std::string(2'000, 'a'), 0600).has_value());
        const auto read = readFile(path);
        QVERIFY(read.has_value());
        QVERIFY2(read->capacity() <= 16'384, qPrintable(QString::number(read->capacity())));
    }

    void refusesWhatIsTooLong() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("file").toStdString();
        QVERIFY(replaceFile(path, std::string(10'000, 'a'), 0600).has_value());
        QVERIFY(readFile(path, 10'000).has_value());
        const auto read = readFile(path, 9'999);
        QVERIFY(!read.has_value());
        QCOMPARE(static_cast<int>(read.error().code), static_cast<int>(Errc::Limit));
    }

    void saysWhatItCannotRead() {
        const QTemporaryDir folder;
        const auto missing = readFile(folder.filePath("none").toStdString());
        QVERIFY(!missing.has_value());
        QCOMPARE(static_cast<int>(missing.error().code), static_cast<int>(Errc::NotFound));
        const auto aFolder = readFile(folder.path().toStdString());
        QVERIFY(!aFolder.has_value());
        QCOMPARE(static_cast<int>(aFolder.error().code), static_cast<int>(Errc::Io));
    }
};

QTEST_APPLESS_MAIN(TestDurableFile)
#include "tst_durable_file.moc"
