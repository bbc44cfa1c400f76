// Campaigns, tokens and their uses at the hub, on both stores.
#include "hub/operation_store.h"
#include "support/both_stores.h"
#include "support/clocks.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;
using namespace silta::hub;

class TestTokenRegistry : public QObject {
    Q_OBJECT

    test::PostgresServer* postgres_; ///< null = SQLite
    std::unique_ptr<QTemporaryDir> folder_;
    test::FakeClock clock_;
    test::SeededRandom random_{5};
    HubKeys keys_;
    std::unique_ptr<OperationStore> store_;
    DeviceRow first_, second_;
    std::map<std::string, std::int64_t> seqs_;

    std::string uuid() {
        ++clock_.now;
        return makeUuid(clock_, random_);
    }
    DeviceRow enrol(const std::string& id) {
        const auto code = *store_->devices().makeEnrolCode("FI-HEL-01", 24);
        return *store_->devices().enrol(code, id, std::string(31, 'p') + id.back());
    }
    static Campaign campaign() {
        Campaign campaign;
        campaign.titles = {{"en", "Coffee"}};
        campaign.firstDay = "2026-01-01";
        campaign.lastDay = "2027-01-31";
        return campaign;
    }
    static Campaign giftCards() {
        auto cards = campaign();
        cards.kind = TokenKind::GiftCard;
        cards.uses = 0;
        cards.currency = "EUR";
        return cards;
    }
    Result<void> change(const std::function<Result<void>(TokenRegistry&)>& work) {
        return store_->changeTokens(work);
    }
    int add(const Campaign& wanted) {
        int id = 0;
        const auto done = change([&](TokenRegistry& tokens) -> Result<void> {
            auto added = tokens.addCampaign(wanted);
            if (!added) return added.error();
            id = *added;
            return {};
        });
        return done ? id : -static_cast<int>(done.error().code);
    }
    Result<std::vector<std::string>> issue(const TokenRegistry::Issue& wanted) {
        Result<std::vector<std::string>> letters = std::vector<std::string>{};
        const auto done = change([&](TokenRegistry& tokens) -> Result<void> {
            letters = tokens.issue(wanted);
            return letters ? Result<void>{} : letters.error();
        });
        return letters;
    }
    Lease lease(const DeviceRow& device, const std::string& pool, std::int64_t rights,
                std::string* why = nullptr) {
        const auto id = uuid();
        const auto grants = store_->exchangeLeases(device, "inc1", {{id, pool, rights}}, std::nullopt);
        if (!grants || grants->empty()) return {};
        if (why != nullptr) *why = grants->front().why;
        return {id, pool, "inc1", LeaseState::Open, grants->front().rights, 0, grants->front().proof};
    }
    VerdictKind send(const DeviceRow& device, const std::string& type, const Json& data,
                     std::string* operationId = nullptr) {
        Operation operation;
        operation.id = uuid();
        operation.device = device.id;
        operation.incarnation = "inc1";
        operation.seq = ++seqs_[device.id];
        operation.hlc = Hlc::make(clock_.now, 0);
        operation.entity = "pool/" + textMember(data, "pool").value_or("");
        operation.type = type;
        operation.data = data;
        if (operationId != nullptr) *operationId = operation.id;
        const auto reply = store_->receive(device, "inc1", toLine(operation) + "\n");
        return reply && reply->verdicts.size() == 1 ? reply->verdicts.front().kind : VerdictKind::Unknown;
    }
    VerdictKind redeem(const DeviceRow& device, const std::string& pool, const std::optional<Lease>& lease,
                       std::int64_t amount = 1, std::string* operationId = nullptr) {
        Json data = {{"pool", pool}, {"amount", amount}, {"staff", "s1"}};
        if (lease) data["lease"] = leaseData(*lease);
        return send(device, "token.redeem", data, operationId);
    }
    std::size_t toldTo(const DeviceRow& device) {
        const auto page = store_->changesFor(device.id, cursors_[device.id]);
        std::size_t told = 0;
        for (const auto& each : page->changes)
            told += textMember(each, "verdict") == "flag" ? 1 : 0;
        cursors_[device.id] = page->cursor;
        return told;
    }
    std::map<std::string, std::string> cursors_;

public:
    explicit TestTokenRegistry(test::PostgresServer* postgres) : postgres_(postgres) {}

private slots:
    void init() {
        store_.reset();
        folder_ = std::make_unique<QTemporaryDir>();
        seqs_.clear();
        cursors_.clear();
        const auto path = (folder_->path() + "/hub.db").toStdString();
        keys_ = *loadOrMakeHubKeys(path + ".keys");
        store_ = *OperationStore::open(postgres_ != nullptr ? postgres_->makeDatabase() : path, keys_, clock_,
                                       random_);
        first_ = enrol("d1");
        second_ = enrol("d2");
        toldTo(first_);
        toldTo(second_);
    }

    void publishesWhatDevicesNeed() {
        QCOMPARE(store_->tokenRules()->text, std::string());
        const auto id = add(campaign());
        const auto letters = issue({id, 2, std::nullopt, 0});
        QCOMPARE(letters->size(), std::size_t(2));
        const auto before = *store_->tokenRules();
        QVERIFY(change([&](TokenRegistry& tokens) { return tokens.revoke({id, 2}); }));
        const auto after = *store_->tokenRules();
        QVERIFY(before.tag != after.tag);
        QCOMPARE(*store_->tokenRulesTag(), after.tag);
        const auto rules = readTokenRules(after.text);
        QVERIFY(rules.has_value());
        QVERIFY(rules->revoked.contains({id, 2}));
        QCOMPARE(believeToken(letters->front(), *rules, clock_.now)->serial, std::int64_t(1));
        QCOMPARE(store_->tokenKeys()->size(), std::size_t(1));
    }
    void givesNoNumberAgainAfterARestore() {
        const auto id = add(giftCards());
        QVERIFY(issue({id, 1, std::nullopt, 1'000}));
        QVERIFY(change([](TokenRegistry& tokens) { return tokens.noteRestored(); }));
        QCOMPARE(*store_->tokenRulesTag(), std::string()); // devices keep what they have
        QCOMPARE(store_->tokenRules()->text, std::string());
        // A card of after the copy was made: what is loaded on it counts, and its number is not given again.
        const auto lost = tokenPool({id, 2});
        QCOMPARE(send(first_, "token.load", {{"pool", lost}, {"amount", 500}, {"staff", "s1"}}),
                 VerdictKind::Ok);
        const auto letters = issue({id, 1, std::nullopt, 1'000});
        QCOMPARE(readToken(letters->front())->token.serial, 2 + kRestoredSerialJump);
        QCOMPARE(lease(first_, lost, kLeaseRightsMax).granted, std::int64_t(500));
        QVERIFY(!store_->tokenRulesTag()->empty());
        QCOMPARE(std::int64_t(add(giftCards())), id + kRestoredCampaignJump + 1);
        QVERIFY(change([](TokenRegistry& tokens) -> Result<void> {
            auto made = tokens.makeKey(1);
            return made ? Result<void>{} : made.error();
        }));
        QCOMPARE(std::int64_t(store_->tokenKeys()->back().id), 1 + kRestoredKeyJump + 1);
    }
    void addsTheBalanceToWhatWasLoadedBefore() {
        const auto id = add(giftCards());
        const auto pool = tokenPool({id, 1});
        // From a device that knows the card, to a copy that does not.
        QCOMPARE(send(first_, "token.load", {{"pool", pool}, {"amount", 500}, {"staff", "s1"}}),
                 VerdictKind::Flag);
        QVERIFY(issue({id, 1, std::nullopt, 1'000}));
        QCOMPARE(lease(first_, pool, kLeaseRightsMax).granted, std::int64_t(1'500));
    }
    void keepsItsLimits() {
        for (std::size_t i = 0; i < kCampaignsMax; ++i)
            QVERIFY(add(campaign()) > 0);
        QCOMPARE(add(campaign()), -static_cast<int>(Errc::Limit));
        QVERIFY(change([](TokenRegistry& tokens) { return tokens.endCampaign(1); }));
        QVERIFY(add(campaign()) > 0);
        QCOMPARE(issue({1, 1, std::nullopt, 0}).error().code, Errc::NotFound);
        QCOMPARE(issue({2, kTokensIssuedAtOnceMax + 1, std::nullopt, 0}).error().code, Errc::Limit);
        QCOMPARE(issue({2, 0, std::nullopt, 0}).error().code, Errc::Limit);
        QCOMPARE(issue({2, 1, std::nullopt, 1}).error().code, Errc::Invalid); // money on a coupon
        const auto never = [](TokenRegistry& tokens) { return tokens.revoke({2, 1}); };
        QCOMPARE(change(never).error().code, Errc::NotFound);
        for (int i = 0; i < kTokenKeyIdMax; ++i)
            QVERIFY(change([](TokenRegistry& tokens) -> Result<void> {
                auto made = tokens.makeKey(1);
                return made ? Result<void>{} : made.error();
            }));
        const auto another = [](TokenRegistry& tokens) -> Result<void> {
            auto made = tokens.makeKey(1);
            return made ? Result<void>{} : made.error();
        };
        QCOMPARE(change(another).error().code, Errc::Limit);
        clock_.now += 2 * 86'400'000LL; // their time is over
        QVERIFY(change(another));
    }
    void leasesATokenToOneDevice() {
        const auto id = add(campaign());
        QVERIFY(issue({id, 2, std::nullopt, 0}));
        const auto pool = tokenPool({id, 1});
        std::string why;
        const auto held = lease(first_, pool, 1);
        QCOMPARE(held.granted, std::int64_t(1));
        QCOMPARE(lease(second_, pool, 1, &why).granted, std::int64_t(0));
        QCOMPARE(why, std::string("held"));
        QCOMPARE(redeem(first_, pool, held), VerdictKind::Ok);
        lease(second_, pool, 1, &why);
        QCOMPARE(why, std::string("used"));
        lease(second_, tokenPool({id, 3}), 1, &why);
        QCOMPARE(why, std::string("unknown"));
        QVERIFY(change([&](TokenRegistry& tokens) { return tokens.revoke({id, 2}); }));
        lease(second_, tokenPool({id, 2}), 1, &why);
        QCOMPARE(why, std::string("revoked"));
        QVERIFY(store_->pools()->empty()); // those of tokens are not listed
    }
    void tellsBothOfWhatWasUsedTwice() {
        auto wanted = campaign();
        wanted.offlineBudget = 10;
        wanted.offlineShare = 2;
        const auto id = add(wanted);
        QVERIFY(issue({id, 1, std::nullopt, 0}));
        const auto pool = tokenPool({id, 1});
        const auto share = lease(first_, offlinePool(id), 2);
        const auto other = lease(second_, offlinePool(id), 2);
        std::string of;
        QCOMPARE(redeem(first_, pool, share), VerdictKind::Ok);
        QCOMPARE(toldTo(first_), std::size_t(0));
        QCOMPARE(redeem(second_, pool, other, 1, &of), VerdictKind::Flag);
        QCOMPARE(toldTo(first_), std::size_t(1));
        QCOMPARE(toldTo(second_), std::size_t(1));
        const auto row = store_->campaigns()->front();
        QCOMPARE(row.flaggedAmount, std::int64_t(1));
        QCOMPARE(row.offline, std::int64_t(2));
        // Taken back by the second: one honest use is left, and nothing can be used again.
        const Json back = {{"pool", pool}, {"amount", 1}, {"staff", "s2"}, {"of", of}};
        QCOMPARE(send(second_, "token.reverse", back), VerdictKind::Ok);
        QCOMPARE(send(second_, "token.reverse", back), VerdictKind::Flag); // it is already
        QCOMPARE(send(first_, "token.reverse", back), VerdictKind::Flag);  // not its own
        std::string why;
        QCOMPARE(lease(second_, pool, 1, &why).granted, std::int64_t(0));
        QCOMPARE(why, std::string("used"));
    }
    void flagsUsesThatNobodyCovers() {
        const auto id = add(campaign());
        QVERIFY(issue({id, 1, std::nullopt, 0}));
        const auto pool = tokenPool({id, 1});
        QCOMPARE(redeem(first_, pool, std::nullopt), VerdictKind::Flag);               // no lease at all
        QCOMPARE(redeem(first_, tokenPool({id, 9}), std::nullopt), VerdictKind::Flag); // never issued
        QCOMPARE(redeem(first_, tokenPool({99, 1}), std::nullopt), VerdictKind::Flag); // no such campaign
        Json data = {{"pool", pool}, {"amount", 1}, {"staff", "s1"}};
        data["lease"] = leaseData({uuid(), "coupon/other", "inc1", LeaseState::Open, 1, 1, "x"});
        QCOMPARE(send(first_, "token.redeem", data), VerdictKind::Quarantined); // another pool's
        data["lease"]["pool"] = pool;
        QCOMPARE(send(first_, "token.redeem", data), VerdictKind::Quarantined); // not by this hub
    }
    void refusesMalformedUses() {
        const Json good = {{"pool", "token/1/1"}, {"amount", 1}, {"staff", "s1"}};
        const auto with = [&good](const char* key, const Json& value) {
            auto data = good;
            data[key] = value;
            return data;
        };
        for (const auto& bad :
             {with("amount", 0), with("amount", kMoneyMinorMax + 1), with("amount", "1"), with("staff", 7),
              with("staff", std::string(101, 's')), with("pool", "token/1/01"), with("pool", "token/0/1"),
              with("pool", "token/1/1099511627776"), with("pool", "coupon/1"), with("lease", Json::object())})
            QCOMPARE(send(first_, "token.redeem", bad), VerdictKind::Quarantined);
        QCOMPARE(send(first_, "token.reverse", with("of", "x")), VerdictKind::Quarantined);
    }
    void loadsWhatWasPaid() {
        const auto id = add(giftCards());
        QVERIFY(issue({id, 1, std::nullopt, 1'000}));
        const auto pool = tokenPool({id, 1});
        QCOMPARE(send(first_, "token.load", {{"pool", pool}, {"amount", 500}, {"staff", "s1"}}),
                 VerdictKind::Ok);
        const auto held = lease(first_, pool, kLeaseRightsMax);
        QCOMPARE(held.granted, std::int64_t(1'500));
        auto closing = held;
        closing.used = 700;
        QCOMPARE(redeem(first_, pool, held, 700), VerdictKind::Ok);
        QCOMPARE(send(first_, "lease.close", leaseData(closing)), VerdictKind::Ok);
        QCOMPARE(redeem(first_, pool, held, 100), VerdictKind::Flag); // after its end
        QCOMPARE(store_->tokenUses(id, 10)->size(), std::size_t(3));
    }
};

int main(int argc, char** argv) {
    return test::runOnBothStores<TestTokenRegistry>(argc, argv);
}
#include "tst_token_registry.moc"
