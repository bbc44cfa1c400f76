// Coupons and gift cards at two tills: the real engine and the real hub, line up and line cut.
#include "support/till_chain.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestTokenDesk : public QObject {
    Q_OBJECT

    std::unique_ptr<TillChain> chain_;

private slots:
    void init() { chain_ = std::make_unique<TillChain>(7); }
    void cleanup() { chain_.reset(); }

    void redeemsOnceWithTheUplink() {
        const auto campaign = chain_->add(coupons(1, 0, 0));
        const auto letters = chain_->issue(campaign);
        QVERIFY(chain_->addTill("a"));
        QVERIFY(chain_->addTill("b"));
        const auto wanted = chain_->caseOf(letters);
        QCOMPARE(chain_->check("a", wanted).word, TokenWord::Valid);
        const auto done = chain_->redeem("a", wanted);
        QCOMPARE(done.word, TokenWord::Done);
        QVERIFY(!done.isOffline);
        QCOMPARE(chain_->redeem("a", wanted).operationId,
                 done.operationId); // the till did not hear the answer
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::UsedHere);
        chain_->talkAll();
        QCOMPARE(chain_->redeem("b", chain_->caseOf(letters)).word, TokenWord::UsedElsewhere);
        QCOMPARE(chain_->row(campaign).uses, std::int64_t(1));
        QCOMPARE(chain_->row(campaign).flagged, std::int64_t(0));
    }
    void heldByAnotherTillWhileItLooks() {
        const auto letters = chain_->issue(chain_->add(coupons(1, 0, 0)));
        QVERIFY(chain_->addTill("a"));
        QVERIFY(chain_->addTill("b"));
        QCOMPARE(chain_->check("a", chain_->caseOf(letters)).word, TokenWord::Valid);
        QCOMPARE(chain_->check("b", chain_->caseOf(letters)).word, TokenWord::HeldElsewhere);
        chain_->hub().pass(130'000); // the customer went away
        chain_->talkAll();
        QCOMPARE(chain_->redeem("b", chain_->caseOf(letters)).word, TokenWord::Done);
    }
    void strictCampaignNeedsTheUplink() {
        const auto letters = chain_->issue(chain_->add(coupons(1, 0, 0)));
        QVERIFY(chain_->addTill("a"));
        chain_->cut("a");
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::NeedsUplink);
        chain_->join("a");
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::Done);
    }
    void bothTillsCutOffRedeemTheSameAndHearOfIt() {
        const auto campaign = chain_->add(coupons(1, 10, 2));
        const auto letters = chain_->issue(campaign);
        for (const char* name : {"a", "b"}) {
            QVERIFY(chain_->addTill(name));
            chain_->talkAll();
        }
        for (const char* name : {"a", "b"}) {
            chain_->cut(name);
            const auto done = chain_->redeem(name, chain_->caseOf(letters));
            QCOMPARE(done.word, TokenWord::Done);
            QVERIFY(done.isOffline);
        }
        chain_->join("b");
        QCOMPARE(chain_->row(campaign).flagged, std::int64_t(0));
        chain_->join("a");
        chain_->talkAll();
        QCOMPARE(chain_->row(campaign).uses, std::int64_t(2));
        QCOMPARE(chain_->row(campaign).flaggedAmount, std::int64_t(1));
        QCOMPARE(chain_->contestedAt("a").size(), std::size_t(1));
        QCOMPARE(chain_->contestedAt("b").size(), std::size_t(1));
    }
    void offlineBudgetIsTheBound() {
        const auto campaign = chain_->add(coupons(1, 3, 2));
        std::vector<std::string> letters;
        for (int i = 0; i < 5; ++i)
            letters.push_back(chain_->issue(campaign));
        for (const char* name : {"a", "b"}) {
            QVERIFY(chain_->addTill(name));
            chain_->hub().talk(chain_->till(name));
        }
        int done = 0;
        for (const char* name : {"a", "b"}) {
            chain_->cut(name);
            for (const auto& each : letters) {
                const auto word = chain_->redeem(name, chain_->caseOf(each)).word;
                done += word == TokenWord::Done ? 1 : 0;
                QVERIFY(word == TokenWord::Done || word == TokenWord::NeedsUplink);
            }
        }
        QCOMPARE(done, 3);
        QVERIFY(chain_->restart("a")); // nothing is forgotten, nothing is won
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters.back())).word, TokenWord::NeedsUplink);
    }
    void clockThatWakesUpYearsAheadEndsNothing() {
        const auto campaign = chain_->add(coupons(1, 10, 4));
        const auto used = chain_->issue(campaign);
        const auto other = chain_->issue(campaign);
        QVERIFY(chain_->addTill("a"));
        chain_->talkAll();
        QCOMPARE(chain_->redeem("a", chain_->caseOf(used)).word, TokenWord::Done);
        chain_->talkAll(); // and it is told
        chain_->cut("a");
        constexpr std::int64_t kYears = std::int64_t{2'000} * 86'400'000;
        chain_->hub().clock.now += kYears;
        QVERIFY(chain_->restart("a"));
        chain_->hub().talk(chain_->till("a")); // nobody answers
        chain_->hub().clock.now -= kYears;
        QCOMPARE(chain_->redeem("a", chain_->caseOf(used)).word, TokenWord::UsedHere);
        QCOMPARE(chain_->redeem("a", chain_->caseOf(other)).word, TokenWord::Done);
    }
    void remembersAUseUntilItIsTold() {
        auto lasting = coupons(1, 10, 4);
        lasting.lastDay = "2029-12-31";
        const auto letters = chain_->issue(chain_->add(lasting));
        QVERIFY(chain_->addTill("a"));
        chain_->talkAll();
        chain_->cut("a");
        const auto wanted = chain_->caseOf(letters);
        const auto done = chain_->redeem("a", wanted);
        QCOMPARE(done.word, TokenWord::Done);
        chain_->hub().pass(std::int64_t{401} * 86'400'000);
        chain_->hub().talk(chain_->till("a"));
        QCOMPARE(chain_->redeem("a", wanted).operationId, done.operationId);
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::UsedHere);
    }
    void asksAgainForRulesThatCameSpoiled_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("a page of a proxy") << 0;
        QTest::newRow("cut in the middle") << 1;
        QTest::newRow("another signature") << 2;
        QTest::newRow("the tag of another text") << 3;
        QTest::newRow("refused") << 4;
    }
    void asksAgainForRulesThatCameSpoiled() {
        QFETCH(int, kind);
        const auto letters = chain_->issue(chain_->add(coupons(1, 0, 0)));
        int spoiled = 0;
        chain_->line("a").spoil = [&](const std::string& path, HttpReply& reply) {
            if (path != "/v1/token-rules") return;
            ++spoiled;
            auto body = parseJson(reply.body, 2 * kTokenRulesBytesMax).value_or(Json());
            if (kind == 0) reply.body = "<html>sign in</html>";
            if (kind == 1) reply.body.resize(reply.body.size() / 2);
            if (kind == 2) body["signature"] = toBase64(std::string(64, 's'));
            if (kind == 3) body["tag"] = tokenRulesTag("another");
            if (kind == 2 || kind == 3) reply.body = dumpJson(body);
            if (kind == 4) reply.status = 400;
        };
        QVERIFY(chain_->addTill("a"));
        chain_->talkAll();
        QVERIFY(spoiled > 0);
        QCOMPARE(chain_->check("a", chain_->caseOf(letters)).word, TokenWord::Unknown);
        chain_->line("a").spoil = nullptr;
        chain_->talkAll();
        QCOMPARE(chain_->check("a", chain_->caseOf(letters)).word, TokenWord::Valid);
    }
    void fetchesRulesThatItsJournalLost() {
        const auto letters = chain_->issue(chain_->add(coupons(1, 0, 0)));
        QVERIFY(chain_->addTill("a"));
        chain_->talkAll();
        for (const char* left : {"", "{\"keys\":"}) {
            QVERIFY(chain_->loseRules("a", left));
            QCOMPARE(chain_->check("a", chain_->caseOf(letters)).word, TokenWord::Unknown);
            chain_->talkAll();
            QCOMPARE(chain_->check("a", chain_->caseOf(letters)).word, TokenWord::Valid);
        }
    }
    void saysWhyNot() {
        auto campaign = coupons(1, 0, 0);
        campaign.stores = {"SE-STO-01"};
        const auto elsewhere = chain_->issue(chain_->add(campaign));
        campaign = coupons(1, 0, 0);
        campaign.firstDay = "2026-12-01";
        const auto later = chain_->issue(chain_->add(campaign));
        campaign = coupons(1, 0, 0);
        campaign.membersOnly = true;
        campaign.currency = "EUR";
        campaign.minPurchaseMinor = 2'000;
        campaign.skus = {"MUG"};
        const auto demanding = chain_->issue(chain_->add(campaign));
        const auto plain = chain_->add(coupons(1, 0, 0));
        using namespace std::chrono_literals;
        const auto old = chain_->issue(plain, 0, std::chrono::sys_days{2026y / 9 / 1});
        const auto revoked = chain_->issue(plain);
        const auto card = chain_->issue(chain_->add(cards(0, 0, 0)), 500);
        const auto ended = chain_->add(coupons(1, 0, 0));
        const auto over = chain_->issue(ended);
        QVERIFY(chain_->hub().store().changeTokens([&](hub::TokenRegistry& tokens) -> Result<void> {
            if (auto done = tokens.endCampaign(ended); !done) return done;
            return tokens.revoke({plain, 2});
        }));
        QVERIFY(chain_->addTill("a"));
        chain_->hub().talk(chain_->till("a"));
        const auto word = [this](const std::string& letters) {
            return chain_->check("a", chain_->caseOf(letters)).word;
        };
        QCOMPARE(word(elsewhere), TokenWord::NotHere);
        QCOMPARE(word(later), TokenWord::NotYet);
        QCOMPARE(word(old), TokenWord::Expired);
        QCOMPARE(word(revoked), TokenWord::Revoked);
        QCOMPARE(word(card), TokenWord::WrongKind);
        QCOMPARE(word(over), TokenWord::Unknown);
        QCOMPARE(word("no token"), TokenWord::Unknown);
        auto forged = elsewhere;
        forged.back() = forged.back() == '0' ? '1' : '0';
        QCOMPARE(word(forged), TokenWord::Unknown);
        auto wanted = chain_->caseOf(demanding);
        QCOMPARE(chain_->check("a", wanted).word, TokenWord::MembersOnly);
        wanted.hasMember = true;
        wanted.purchaseMinor = 1'999;
        QCOMPARE(chain_->check("a", wanted).word, TokenWord::MinPurchase);
        wanted.purchaseMinor = 2'000;
        wanted.skus = {"PLATE"};
        QCOMPARE(chain_->check("a", wanted).word, TokenWord::OtherProducts);
        wanted.skus = {"PLATE", "MUG"};
        QCOMPARE(chain_->check("a", wanted).word, TokenWord::Valid);
    }
    void keyIsReplacedAndRetired() {
        const auto campaign = chain_->add(coupons(1, 0, 0));
        const auto before = chain_->issue(campaign);
        int newKey = 0;
        QVERIFY(chain_->hub().store().changeTokens([&](hub::TokenRegistry& tokens) -> Result<void> {
            auto made = tokens.makeKey(30);
            if (!made) return made.error();
            newKey = *made;
            return {};
        }));
        const auto after = chain_->issue(campaign);
        QCOMPARE(readToken(after)->token.keyId, newKey);
        QVERIFY(chain_->addTill("a"));
        QCOMPARE(chain_->check("a", chain_->caseOf(before)).word, TokenWord::Valid);
        QCOMPARE(chain_->check("a", chain_->caseOf(after)).word, TokenWord::Valid);
        QVERIFY(chain_->hub().store().changeTokens(
            [&](hub::TokenRegistry& tokens) { return tokens.retireKey(newKey); }));
        chain_->hub().talk(chain_->till("a"));
        QCOMPARE(chain_->check("a", chain_->caseOf(before)).word, TokenWord::Valid);
        QCOMPARE(chain_->check("a", chain_->caseOf(after)).word, TokenWord::Unknown);
    }
    void sharedCouponIsGoodForEverybody() {
        const auto campaign = chain_->add(coupons(0, 0, 0));
        const auto letters = chain_->issue(campaign);
        QVERIFY(chain_->addTill("a"));
        chain_->cut("a");
        for (int i = 0; i < 3; ++i)
            QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::Done);
        chain_->join("a");
        QCOMPARE(chain_->row(campaign).uses, std::int64_t(3));
        QCOMPARE(chain_->row(campaign).flagged, std::int64_t(0));
    }
    void remembersWhatTheHubSaidWhenItIsGone() {
        const auto letters = chain_->issue(chain_->add(coupons(1, 10, 2)));
        QVERIFY(chain_->addTill("a"));
        QVERIFY(chain_->addTill("b"));
        QCOMPARE(chain_->redeem("a", chain_->caseOf(letters)).word, TokenWord::Done);
        chain_->talkAll();
        QCOMPARE(chain_->check("b", chain_->caseOf(letters)).word, TokenWord::UsedElsewhere);
        chain_->cut("b");
        chain_->hub().pass(3'600'000);
        QCOMPARE(chain_->redeem("b", chain_->caseOf(letters)).word, TokenWord::UsedElsewhere);
        chain_->hub().pass(24 * 3'600'000);
        QCOMPARE(chain_->redeem("b", chain_->caseOf(letters)).word, TokenWord::Done); // as if never asked
    }
    void takesBackWhatItRedeemedOnce() {
        const auto campaign = chain_->add(coupons(1, 0, 0));
        const auto letters = chain_->issue(campaign);
        QVERIFY(chain_->addTill("a"));
        QVERIFY(chain_->addTill("b"));
        const auto wanted = chain_->caseOf(letters);
        QCOMPARE(chain_->redeem("a", wanted).word, TokenWord::Done);
        QCOMPARE(chain_->reverse("b", chain_->caseOf(letters), wanted.request).word, TokenWord::NoSuchUse);
        const auto back = chain_->caseOf(letters);
        QCOMPARE(chain_->reverse("a", back, wanted.request).word, TokenWord::Done);
        QCOMPARE(chain_->reverse("a", back, wanted.request).word, TokenWord::Done); // the same request
        QCOMPARE(chain_->reverse("a", chain_->caseOf(letters), wanted.request).word, TokenWord::NoSuchUse);
        chain_->talkAll();
        QCOMPARE(chain_->redeem("b", chain_->caseOf(letters)).word, TokenWord::Done);
        chain_->talkAll();
        QCOMPARE(chain_->row(campaign).uses, std::int64_t(1));
        QCOMPARE(chain_->row(campaign).flagged, std::int64_t(0));
    }
    void takesBackWithOneRequestOneUse() {
        const auto campaign = chain_->add(cards(0, 0, 0));
        const auto letters = chain_->issue(campaign, 500);
        const auto card = [&] { return chain_->caseOf(letters, TokenKind::GiftCard); };
        QVERIFY(chain_->addTill("a"));
        const auto first = card();
        QCOMPARE(chain_->redeem("a", first, 100).word, TokenWord::Done);
        const auto second = card();
        QCOMPARE(chain_->redeem("a", second, 100).word, TokenWord::Done);
        // Its key ends: the journal knows the uses all the same.
        QVERIFY(chain_->hub().store().changeTokens(
            [](hub::TokenRegistry& tokens) { return tokens.retireKey(1); }));
        chain_->talkAll();
        QCOMPARE(chain_->check("a", card()).word, TokenWord::Unknown);
        QCOMPARE(chain_->redeem("a", first, 100).word, TokenWord::Done); // as it was
        const auto back = card();
        QCOMPARE(chain_->reverse("a", back, first.request).word, TokenWord::Done);
        const auto refused = [&](const Engine::TokenWork& work) {
            const auto answer = chain_->till("a").withTokens(work);
            return !answer && answer.error().code == Errc::Conflict;
        };
        QVERIFY(refused([&](TokenDesk& desk) { return desk.reverse(back, second.request); }));
        QVERIFY(refused([&](TokenDesk& desk) { return desk.redeem(first, 100); }));
        QCOMPARE(chain_->reverse("a", card(), second.request).word, TokenWord::Done);
    }
    void spendsAndLoadsAGiftCard() {
        const auto campaign = chain_->add(cards(0, 0, 0));
        const auto letters = chain_->issue(campaign, 5'000);
        const auto card = [&] { return chain_->caseOf(letters, TokenKind::GiftCard); };
        QVERIFY(chain_->addTill("a"));
        QVERIFY(chain_->addTill("b"));
        QCOMPARE(chain_->check("a", card()).left, std::optional<std::int64_t>(5'000));
        const auto spent = chain_->redeem("a", card(), 1'800);
        QCOMPARE(spent.word, TokenWord::Done);
        QCOMPARE(spent.left, std::optional<std::int64_t>(3'200));
        chain_->talkAll();
        QCOMPARE(chain_->check("b", card()).left, std::optional<std::int64_t>(3'200));
        QCOMPARE(chain_->redeem("b", card(), 3'201).word, TokenWord::TooMuch);
        QCOMPARE(chain_->redeem("b", card(), 3'200).word, TokenWord::Done);
        chain_->talkAll();
        QCOMPARE(chain_->check("a", card()).word, TokenWord::Empty);
        chain_->cut("a");
        QCOMPARE(chain_->load("a", card(), 700).word, TokenWord::Done);
        QCOMPARE(chain_->redeem("a", card(), 700).word, TokenWord::NeedsUplink); // no offline budget
        chain_->join("a");
        chain_->hub().pass(11'000);
        QCOMPARE(chain_->check("b", card()).left, std::optional<std::int64_t>(700));
    }
    void requestIsNotAnothersRequest() {
        const auto campaign = chain_->add(cards(0, 0, 0));
        const auto first = chain_->caseOf(chain_->issue(campaign, 500), TokenKind::GiftCard);
        QVERIFY(chain_->addTill("a"));
        QCOMPARE(chain_->redeem("a", first, 100).word, TokenWord::Done);
        const auto again =
            chain_->till("a").withTokens([&](TokenDesk& desk) { return desk.redeem(first, 200); });
        QVERIFY(!again);
        QCOMPARE(again.error().code, Errc::Conflict);
    }
};

QTEST_GUILESS_MAIN(TestTokenDesk)
#include "tst_token_desk.moc"
