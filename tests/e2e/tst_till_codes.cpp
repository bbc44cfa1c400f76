// Coupons and gift cards on the till's pages, with the real hub and the real edge behind them: redeemed once,
// here and with the line down, for members, spent, loaded and taken back. The pages are made in this process.
#include "e2e/till_store.h"
#include "net/unix_transport.h"
#include "support/till_visitor.h"
#include "till/till.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestTillCodes : public QObject {
    Q_OBJECT

    std::unique_ptr<Station> station_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<till::UnixEdgeLink> edge_;
    std::unique_ptr<till::Till> till_;
    till::Visitor aino_, elias_;

    std::vector<std::string> hub(const std::string& command, const std::vector<std::string>& args) const {
        std::vector<std::string> all = {command, "--db", station_->path("hub.db")};
        all.insert(all.end(), args.begin(), args.end());
        const auto done = station_->run("silta-hub", all);
        std::vector<std::string> lines;
        for (const auto& line : QByteArray::fromStdString(done.out).split('\n'))
            if (!line.isEmpty()) lines.push_back(line.toStdString());
        if (done.status != 0 || lines.empty()) lines = {done.err};
        return lines;
    }
    /// Its number.
    std::string campaign(std::vector<std::string> args) const {
        args.insert(args.end(), {"--first-day", "2020-01-01", "--last-day", "2099-12-31"});
        return hub("campaign", args).front();
    }
    /// A code that no till has seen, once the device has heard of its campaign.
    std::string issued(const std::string& campaign, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--campaign", campaign, "--count", "2"});
        const auto codes = hub("issue", more);
        const auto isKnown = [&] {
            if (station_->ctl("sync").status != 0) return false;
            return scan(aino_, codes.front()).find("no code of ours") == std::string::npos;
        };
        return QTest::qWaitFor(isKnown, 60'000) ? codes.back() : "nobody hears of it: " + codes.front();
    }
    [[nodiscard]] std::size_t usesOf(const std::string& campaign) const {
        const auto lines = hub("token-uses", {"--campaign", campaign, "--json"});
        return static_cast<std::size_t>(
            std::ranges::count_if(lines, [](const auto& line) { return line.starts_with('{'); }));
    }
    /// What the page says of what was scanned.
    std::string scan(till::Visitor& who, const std::string& text) {
        who.post(*till_, "/find", {{"q", text}});
        return who.page;
    }
    std::string press(till::Visitor& who, const char* act, const std::string& amount = {}) {
        std::map<std::string, std::string> fields = {{"act", act}};
        for (const auto* name : {"code", "request", "of", "currency"})
            fields[name] = who.hiddenOf(name);
        if (!amount.empty()) fields["amount"] = amount;
        who.post(*till_, "/code", fields);
        return who.page;
    }
    bool signIn(till::Visitor& who, const char* badge, const char* pin) {
        who.get(*till_, "/");
        who.post(*till_, "/sign-in", {{"badge", badge}, {"pin", pin}});
        who.get(*till_, "/");
        return who.page.find("name=q") != std::string::npos;
    }
    /// Whether edge sees the line as up.
    bool isOnline() const { return askTill(*station_, "GET", "/v1/desk").body["online"] == true; }

    /// Empty when the page says these words, otherwise what it says instead.
    static std::string instead(const std::string& page, const std::string& words) {
        return page.find(words) != std::string::npos ? std::string() : page.substr(page.find("<main>"));
    }

private slots:
    void initTestCase() {
        station_ = std::make_unique<Station>(SILTA_BIN);
        const auto wrong = startTillStore(*station_);
        QVERIFY2(wrong.empty(), wrong.c_str());
        edge_ = std::make_unique<till::UnixEdgeLink>(station_->path("run/till.sock"), makeUnixTransport);
        constexpr int kIdleMinutes = 5;
        till_ = std::make_unique<till::Till>(*edge_, kIdleMinutes, clock_, random_);
        QCOMPARE(station_->ctl("sync").status, 0); // the staff are there
        QVERIFY(signIn(aino_, kBadge, kPin));
        QVERIFY(signIn(elias_, "STAFF-1002", "862073"));
    }

    void redeemsOnce() {
        const auto number = campaign({"--en", "Coffee for two", "--percent", "20"});
        const auto code = issued(number);
        QCOMPARE(instead(scan(aino_, code), "Coffee for two"), std::string());
        QCOMPARE(instead(aino_.page, "20\u00a0% off"), std::string());
        QCOMPARE(instead(aino_.page, "It is good."), std::string());
        const auto before = aino_;
        QCOMPARE(instead(press(aino_, "redeem"), "<h1>Done</h1>"), std::string());
        aino_ = before;
        QCOMPARE(instead(press(aino_, "redeem"), "<h1>Done</h1>"), std::string()); // the same page once more
        QCOMPARE(instead(scan(aino_, code), "It has been used here."), std::string());
        QCOMPARE(aino_.page.find("value=reverse"), std::string::npos);
        QCOMPARE(instead(scan(elias_, code), "It has been used here."), std::string()); // a supervisor
        QCOMPARE(instead(press(elias_, "reverse"), "It has been taken back."), std::string());
        QCOMPARE(instead(scan(elias_, code), "Coffee for two"), std::string());
        QCOMPARE(elias_.page.find("value=reverse"), std::string::npos);
        QTRY_COMPARE_WITH_TIMEOUT(usesOf(number), std::size_t(2), 60'000); // the use, and that it was none
    }

    void wantsTheMembersCard() {
        const auto code = issued(campaign({"--en", "Club coffee", "--members-only"}));
        QCOMPARE(instead(scan(aino_, code), "may I see the card?"), std::string());
        aino_.post(*till_, "/find", {{"q", "member@example.com"}});
        aino_.post(*till_, "/join",
                   {{"member", aino_.hiddenOf("member")},
                    {"said", "en"},
                    {"asked", "yes"},
                    {"email", "member@example.com"},
                    {"terms", "yes"},
                    {"age", "yes"}});
        const auto mark = aino_.page.find("class=number>") + std::string("class=number>").size();
        std::string number;
        for (const char c : aino_.page.substr(mark, aino_.page.find('<', mark) - mark))
            if (c >= '0' && c <= '9') number += c;
        QCOMPARE(number.size(), std::size_t(16));
        scan(aino_, number);
        QCOMPARE(instead(scan(aino_, code), "It is good."), std::string());
        QCOMPARE(instead(press(aino_, "redeem"), "<h1>Done</h1>"), std::string());
    }

    void loadsAndSpendsAGiftCard() {
        const auto number = campaign({"--gift-card", "--en", "Gift card", "--currency", "EUR"});
        const auto card = issued(number, {"--balance", "5000"});
        QCOMPARE(instead(scan(aino_, card), "€50.00"), std::string());
        QCOMPARE(instead(press(aino_, "redeem", "60"), "only €50.00 on the card"), std::string());
        const auto before = aino_;
        QCOMPARE(instead(press(aino_, "redeem", "12,50"), "€12.50 was taken off the card."), std::string());
        QCOMPARE(instead(aino_.page, "€37.50"), std::string());
        aino_ = before;
        QCOMPARE(instead(press(aino_, "load", "20.00"), "used already"),
                 std::string()); // the page has made its one wish
        QCOMPARE(instead(scan(elias_, card), "Take back: €12.50"), std::string());
        QCOMPARE(instead(press(elias_, "redeem", "7.50"), "€7.50 was taken off the card."), std::string());
        QCOMPARE(instead(press(elias_, "reverse"), "It has been taken back."), std::string());
        QTRY_COMPARE_WITH_TIMEOUT(usesOf(number), std::size_t(3), 60'000);
        QCOMPARE(instead(scan(aino_, card), "€37.50"), std::string());
        QCOMPARE(instead(press(aino_, "load", "20.00"), "€20.00 was put on the card."), std::string());
        QTRY_COMPARE_WITH_TIMEOUT(usesOf(number), std::size_t(4), 60'000);
    }

    void keepsItsPromisesWithTheLineDown() {
        const auto used = issued(campaign({"--en", "Early"}));
        QCOMPARE(instead(scan(aino_, used), "It is good."), std::string());
        QCOMPARE(instead(press(aino_, "redeem"), "<h1>Done</h1>"), std::string());
        const auto strict = issued(campaign({"--en", "Strict"}));
        const auto budget = campaign({"--en", "Generous", "--offline-budget", "100", "--offline-share", "5"});
        const auto generous = issued(budget);
        const auto card =
            issued(campaign({"--gift-card", "--en", "Gift card", "--currency", "EUR", "--offline-budget",
                             "5000", "--offline-share", "2000", "--offline-per-card", "1000"}),
                   {"--balance", "5000"});
        const auto hasShares = [&] {
            int shares = 0;
            for (const auto& pool : station_->hub("pools"))
                shares += pool["id"].get<std::string>().starts_with("offline/") && pool["held"] > 0 ? 1 : 0;
            return shares == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasShares(), 60'000);
        QCOMPARE(station_->ctl("sync").status, 0); // the device has heard of them
        station_->stopHub();
        QTRY_VERIFY_WITH_TIMEOUT(!isOnline(), 60'000);

        QCOMPARE(instead(scan(aino_, used), "It has been used here."), std::string());
        QCOMPARE(instead(scan(aino_, strict), "without it I cannot take it"), std::string());
        QCOMPARE(instead(scan(aino_, generous), "It is good."), std::string());
        QCOMPARE(instead(aino_.page, "at most 5 of these"), std::string());
        QCOMPARE(instead(press(aino_, "redeem"), "Taken with no connection"), std::string());
        QCOMPARE(instead(aino_.page, "at most 4 of these"), std::string());
        QCOMPARE(instead(scan(aino_, generous), "It has been used here."), std::string());
        QCOMPARE(instead(scan(aino_, card), "I can take up to €10.00"), std::string());
        QCOMPARE(instead(press(aino_, "redeem", "10.01"), "I can take up to €10.00"), std::string());
        QCOMPARE(instead(press(aino_, "redeem", "10"), "€10.00 was taken off the card."), std::string());
        QCOMPARE(instead(scan(aino_, card), "without it I cannot take it"), std::string());
        QCOMPARE(instead(press(aino_, "load", "5"), "€5.00 was put on the card."), std::string());

        QVERIFY(station_->startHub());
        const auto isTold = [&] {
            for (const auto& pool : station_->hub("pools"))
                if (pool["id"] == "offline/" + budget && pool["redeemed"] == 1) return true;
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), 60'000);
    }
};

QTEST_GUILESS_MAIN(TestTillCodes)
#include "tst_till_codes.moc"
