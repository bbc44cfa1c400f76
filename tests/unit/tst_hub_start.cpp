// Commands of the hub that begin on a new database at once.
#include "hub/hub_keys.h"
#include "hub/operation_store.h"
#include "support/clocks.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <latch>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

using namespace silta;
using namespace silta::hub;

class TestHubStart : public QObject {
    Q_OBJECT

    static constexpr int kAtOnce = 8;
    static constexpr int kRounds = 20;

    /// What each of them came to, all of whom began together.
    template <class Work>
    static auto together(Work work) {
        std::vector<std::optional<decltype(work())>> results(kAtOnce);
        std::latch ready(kAtOnce);
        {
            std::vector<std::jthread> threads;
            for (auto& result : results)
                threads.emplace_back([&result, &ready, &work] {
                    ready.arrive_and_wait();
                    result.emplace(work());
                });
        }
        return results;
    }

private slots:
    void usesTheKeysThatOneOfThemMade() {
        for (int round = 0; round < kRounds; ++round) {
            const QTemporaryDir folder;
            const auto path = folder.filePath("hub.db.keys").toStdString();
            const auto all = together([&path] { return loadOrMakeHubKeys(path); });
            const auto kept = loadOrMakeHubKeys(path);
            QVERIFY(kept);
            for (const auto& keys : all) {
                QVERIFY2(*keys, keys->has_value() ? "" : keys->error().what.c_str());
                QVERIFY((*keys)->masterKey == kept->masterKey);
                QVERIFY((*keys)->sign.secretKey == kept->sign.secretKey);
            }
            QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList("hub.db.keys"));
            QCOMPARE(QFile::permissions(folder.filePath("hub.db.keys")) &
                         (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                     QFile::Permissions());
        }
    }

    void makesTheTablesOnce() {
        const QTemporaryDir folder;
        const auto keys = loadOrMakeHubKeys(folder.filePath("hub.db.keys").toStdString());
        QVERIFY(keys);
        const auto path = folder.filePath("hub.db").toStdString();
        const auto epochs = together([&path, &keys]() -> Result<std::string> {
            const test::FakeClock clock;
            SystemRandom random;
            auto store = OperationStore::open(path, *keys, clock, random);
            if (!store) return store.error();
            return (*store)->epoch();
        });
        for (const auto& epoch : epochs) {
            QVERIFY2(*epoch, epoch->has_value() ? "" : epoch->error().what.c_str());
            QCOMPARE(QString::fromStdString(**epoch), QString::fromStdString(**epochs.front()));
        }
    }
};

QTEST_GUILESS_MAIN(TestHubStart)
#include "tst_hub_start.moc"
