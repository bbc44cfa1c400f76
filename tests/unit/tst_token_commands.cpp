// silta-hub's commands about coupons and gift cards, as a person types them.
#include "hub/cmd_tokens.h"
#include "hub/operation_store.h"
#include "support/clocks.h"

#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

class TestTokenCommands : public QObject {
    Q_OBJECT

    using Command = int (*)(std::span<const std::string>);
    std::unique_ptr<QTemporaryDir> folder_;

    std::string database() const { return (folder_->path() + "/hub.db").toStdString(); }
    int run(Command command, const QString& words) const {
        std::vector<std::string> args = {"--db", database()};
        for (const auto& word : words.split(' ', Qt::SkipEmptyParts))
            args.push_back(word.toStdString());
        return command(args);
    }
    template <class T>
    T ask(const std::function<Result<T>(OperationStore&)>& question) const {
        const SystemClock clock;
        SystemRandom random;
        const auto keys = loadOrMakeHubKeys(database() + ".keys");
        auto store = OperationStore::open(database(), *keys, clock, random);
        return *question(**store);
    }
    TokenRules rules() const {
        const auto text = ask<SignedRules>([](OperationStore& store) { return store.tokenRules(); });
        return readTokenRules(text.text).value_or(TokenRules{});
    }
    static constexpr const char* kDays = "--first-day 2026-01-01 --last-day 2027-01-31 ";

private slots:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void beginsCampaignsAndIssuesTokens() {
        QCOMPARE(run(runCampaign, QString(kDays) +
                                      "--en Coffee --fi Kahvi --percent 50 --uses 3 --stores A,B "
                                      "--skus MUG --members-only --currency EUR --min-purchase 2000 "
                                      "--offline-budget 100 --offline-share 5"),
                 0);
        QCOMPARE(run(runCampaign, QString(kDays) +
                                      "--gift-card --sv Kort --currency EUR --offline-budget 9000 "
                                      "--offline-share 900 --offline-per-card 500"),
                 0);
        const auto known = rules();
        QCOMPARE(known.campaigns.size(), std::size_t(2));
        const auto& coffee = known.campaigns.at(1);
        QCOMPARE(coffee.percent, 50);
        QCOMPARE(coffee.uses, 3);
        QCOMPARE(coffee.stores.size(), std::size_t(2));
        QVERIFY(coffee.membersOnly);
        QCOMPARE(known.campaigns.at(2).offlinePerToken, std::int64_t(500));
        QCOMPARE(run(runIssue, "--campaign 1 --count 3 --last-day 2026-12-31"), 0);
        QCOMPARE(run(runIssue, "--campaign 2 --balance 5000"), 0);
        const auto rows =
            ask<std::vector<CampaignRow>>([](OperationStore& store) { return store.campaigns(); });
        QCOMPARE(rows.front().issued, std::int64_t(3));
        QCOMPARE(run(runRevokeToken, "--campaign 1 --serial 2"), 0);
        QVERIFY(rules().revoked.contains({1, 2}));
        QCOMPARE(run(runTokenKeys, "--new --days 30"), 0);
        QCOMPARE(rules().keys.size(), std::size_t(2));
        QCOMPARE(run(runTokenKeys, "--retire 1"), 0);
        QCOMPARE(rules().keys.size(), std::size_t(1));
        QCOMPARE(run(runEndCampaign, "--campaign 1"), 0);
        QVERIFY(!rules().campaigns.contains(1));
        for (const auto command : {runCampaigns, runTokenKeys})
            QCOMPARE(run(command, "--json"), 0);
        QCOMPARE(run(runTokenUses, "--campaign 2"), 0);
    }
    void refusesWhatMakesNoSense_data() {
        QTest::addColumn<int>("command");
        QTest::addColumn<QString>("words");
        QTest::newRow("no title") << 0 << QString(kDays);
        QTest::newRow("no days") << 0 << "--en x";
        QTest::newRow("no number") << 0 << QString(kDays) + "--en x --percent ten";
        QTest::newRow("a number and more") << 0 << QString(kDays) + "--en x --percent 10%";
        QTest::newRow("percent 101") << 0 << QString(kDays) + "--en x --percent 101";
        QTest::newRow("gift card without currency") << 0 << QString(kDays) + "--en x --gift-card";
        QTest::newRow("no campaign") << 1 << "";
        QTest::newRow("no such campaign") << 1 << "--campaign 9";
        QTest::newRow("no such day") << 1 << "--campaign 1 --last-day 2026-02-30";
        QTest::newRow("a day beyond tokens") << 1 << "--campaign 1 --last-day 2200-01-01";
        QTest::newRow("end none") << 2 << "--campaign 9";
        QTest::newRow("revoke what is none") << 3 << "--token ABC";
        QTest::newRow("revoke never issued") << 3 << "--campaign 1 --serial 1";
        QTest::newRow("new and retire") << 4 << "--new --retire 1";
        QTest::newRow("retire none") << 4 << "--retire 9";
        QTest::newRow("days of a key") << 4 << "--new --days 0";
        QTest::newRow("limit") << 5 << "--campaign 1 --limit 0";
    }
    void refusesWhatMakesNoSense() {
        QFETCH(int, command);
        QFETCH(QString, words);
        constexpr std::array<Command, 6> kCommands = {runCampaign,    runIssue,     runEndCampaign,
                                                      runRevokeToken, runTokenKeys, runTokenUses};
        QCOMPARE(run(runCampaign, QString(kDays) + "--en Coffee"), 0);
        const auto before = ask<SignedRules>([](OperationStore& store) { return store.tokenRules(); });
        QVERIFY(run(kCommands.at(static_cast<std::size_t>(command)), words) != 0);
        const auto after = ask<SignedRules>([](OperationStore& store) { return store.tokenRules(); });
        QCOMPARE(after.tag, before.tag);
    }
};

QTEST_APPLESS_MAIN(TestTokenCommands)
#include "tst_token_commands.moc"
