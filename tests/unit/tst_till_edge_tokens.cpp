// What the till asks of edge for coupons and gift cards, and how it reads the answers.
#include "till/edge_link.h"
#include "till/limits.h"

#include <QTest>
#include <deque>
#include <vector>

using namespace silta;
using namespace silta::till;

namespace {

/// What edge answers, one after the other, and what it was asked.
struct Script {
    struct Reply {
        int status;
        Json body;
    };
    std::deque<Reply> replies;
    std::vector<HttpCall> calls;
};

class ScriptedEdge final : public HttpTransport {
public:
    explicit ScriptedEdge(Script& script) : script_(script) {}
    Result<HttpReply> send(const HttpCall& call) override {
        script_.calls.push_back(call);
        if (script_.replies.empty()) return Error{Errc::Unavailable, "nothing more to say"};
        HttpReply reply;
        reply.status = script_.replies.front().status;
        reply.body = dumpJson(script_.replies.front().body);
        script_.replies.pop_front();
        return reply;
    }

private:
    Script& script_;
};

TokenWish spend() {
    return {.act = TokenAct::Redeem,
            .kind = TokenKind::GiftCard,
            .letters = "S50G",
            .staffId = "staff",
            .request = "0190f3a0-7c1e-7000-8000-0000000000c1",
            .of = "0190f3a0-7c1e-7000-8000-0000000000c2",
            .minor = 500,
            .hasMember = true};
}

} // namespace

class TestTillEdgeTokens : public QObject {
    Q_OBJECT

    Script script_;
    std::unique_ptr<UnixEdgeLink> link_;

private slots:
    void init() {
        script_ = {};
        link_ = std::make_unique<UnixEdgeLink>("till.sock",
                                               [this] { return std::make_unique<ScriptedEdge>(script_); });
    }

    void readsEveryWord() {
        const std::vector<std::string> names = {
            "valid",        "done",           "asking",    "unknown",        "wrong-kind",
            "revoked",      "not-yet",        "expired",   "not-here",       "members-only",
            "min-purchase", "other-products", "used-here", "used-elsewhere", "held-elsewhere",
            "needs-uplink", "too-much",       "empty",     "no-such-use"};
        QCOMPARE(names.size(), static_cast<std::size_t>(TokenWord::Count_));
        for (std::size_t i = 0; i < names.size(); ++i) {
            script_.replies = {{200,
                                {{"word", names[i]},
                                 {"offline", true},
                                 {"left", 7},
                                 {"campaign",
                                  {{"titles", {{"fi", "Kahvi"}}},
                                   {"currency", "EUR"},
                                   {"skus", {"A", 1}},
                                   {"uses", 3},
                                   {"membersOnly", true}}}}}};
            const auto answer = link_->useToken(spend());
            QVERIFY(answer && answer->word == static_cast<TokenWord>(i));
            QVERIFY(answer->isOffline && answer->left == 7 && !answer->offlineLeft);
            const auto& campaign = *answer->campaign;
            QCOMPARE(campaign.titles.at("fi"), std::string("Kahvi"));
            QCOMPARE(campaign.skus, std::vector<std::string>{"A"});
            QCOMPARE(campaign.uses, std::int64_t(3));
            QVERIFY(campaign.currency && campaign.isForMembers);
        }
    }

    void asksTheRouteOfEachWish_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("act");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("members");
        const auto row = [](TokenKind kind, TokenAct act, const char* route, const char* members) {
            QTest::newRow(route) << static_cast<int>(kind) << static_cast<int>(act) << route << members;
        };
        using enum TokenKind;
        using enum TokenAct;
        row(Coupon, Check, "/v1/coupons/check", "");
        row(Coupon, Redeem, "/v1/coupons/redeem", "request");
        row(Coupon, Reverse, "/v1/coupons/reverse", "of request");
        row(GiftCard, Check, "/v1/gift-cards/balance", "");
        row(GiftCard, Redeem, "/v1/gift-cards/spend", "minor request");
        row(GiftCard, Load, "/v1/gift-cards/load", "minor request");
        row(GiftCard, Reverse, "/v1/gift-cards/reverse", "of request");
    }
    void asksTheRouteOfEachWish() {
        QFETCH(int, kind);
        QFETCH(int, act);
        QFETCH(QString, route);
        QFETCH(QString, members);
        auto wish = spend();
        wish.kind = static_cast<TokenKind>(kind);
        wish.act = static_cast<TokenAct>(act);
        script_.replies = {{200, {{"word", "valid"}}}};
        QVERIFY(link_->useToken(wish));
        const auto& call = script_.calls.at(0);
        QCOMPARE(call.method, std::string("POST"));
        QVERIFY2(call.url.ends_with(route.toStdString()), call.url.c_str());
        Json body = {{"token", "S50G"}, {"staff", "staff"}, {"member", true}};
        if (members.contains("request")) body["request"] = wish.request;
        if (members.contains("of")) body["of"] = wish.of;
        if (members.contains("minor")) body["minor"] = 500;
        QCOMPARE(dumpJson(*parseJson(call.body, 4'096)), dumpJson(body));
    }

    void asksTheSameAgainWhileTheHubIsAsked() {
        const Json asking = {{"word", "asking"}};
        script_.replies = {{202, asking}, {202, asking}, {200, {{"word", "done"}}}};
        const auto answer = link_->useToken(spend());
        QVERIFY(answer && answer->word == TokenWord::Done && !answer->campaign);
        QCOMPARE(script_.calls.size(), std::size_t(3));
        QCOMPARE(script_.calls[1].body, script_.calls[0].body);
        QCOMPARE(script_.calls[2].body, script_.calls[0].body);
    }

    void givesUpAskingAfterAWhile() {
        const Json asking = {{"word", "asking"}};
        script_.replies.assign(1'000, {202, asking});
        const auto answer = link_->useToken(spend());
        QVERIFY(answer && answer->word == TokenWord::Asking);
        QVERIFY(script_.calls.size() <= std::size_t(kTokenWaitMs / kTokenPollMs + 1));
    }

    void saysWhyNot_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, int status, Errc code) {
            QTest::newRow(name) << status << static_cast<int>(code);
        };
        row("a word of a newer edge", 200, Errc::Invalid);
        row("malformed", 400, Errc::Invalid);
        row("not allowed", 403, Errc::Denied);
        row("another wish", 409, Errc::Conflict);
        row("too many", 429, Errc::Limit);
        row("not ready", 503, Errc::Unavailable);
        row("full", 507, Errc::Full);
    }
    void saysWhyNot() {
        QFETCH(int, status);
        QFETCH(int, code);
        for (const Json& body : {Json{{"word", "perhaps"}}, Json::array(), Json(nullptr)}) {
            script_.replies = {{status, body}};
            const auto answer = link_->useToken(spend());
            QVERIFY(!answer);
            QCOMPARE(static_cast<int>(answer.error().code), code);
        }
        script_.replies.clear();
        QVERIFY(link_->useToken(spend()).error().code == Errc::Unavailable);
    }
};

QTEST_GUILESS_MAIN(TestTillEdgeTokens)
#include "tst_till_edge_tokens.moc"
