// Coupons and gift cards on the till's pages: what each word of edge is said as, one redemption for one wish,
// amounts, members, what a cashier may not do.
#include "support/html_reader.h"
#include "till/limits.h"
#include "till_stage.h"

#include <silta/uuid.h>

using namespace silta;
using namespace silta::till;

namespace {

// The vectors of tokens.md: a coupon to 2027-01-31, a gift card, a member card.
constexpr const char* kCoupon =
    "S4GG01R00XDWT58A3ETNNCFP4JFFTZDK0D803H8VDCRN9JGFZAZ3RBSQF9WTS4AFR9NMF4BT199SYHJKPKCR8"
    "PJ3A37376G01ED1FZPZYN94ZJH10G7JBP84";
constexpr const char* kGiftCard =
    "S50G2B0000000080021NWK2NB8T0CGBGKJSYXT6RVC47PZV8Z1SXS026MTB9EDB08VRB0Q0J66HV7KJ71Y"
    "WY414CQMYY92EQ6WZ5XMDF8RG74XW478DKYFRE";
constexpr const char* kMemberToken =
    "S5H21P9G48R7D48000GK7N1XKZR0KD3XC119BA8ME7N1GST622Z5VZQ71MRSPX602V6JRSJPM5JB4KZ0"
    "KK8PFX9K7MR4PFN1HZ559AFM0RJ1HKZP60BFWHGF";
constexpr const char* kOtherRequest = "0190f3a0-7c1e-7000-8000-0000000000c1";

CampaignFace campaign() {
    CampaignFace face;
    face.titles = {{"en", "Coffee for two"}, {"fi", "Kahvit kahdelle"}};
    face.firstDay = "2026-12-01";
    face.lastDay = "2027-12-31";
    face.currency = *Currency::parse("EUR");
    face.percent = 20;
    face.minPurchaseMinor = 2'000;
    face.uses = 1;
    return face;
}

} // namespace

class TestTillTokens : public QObject, private TillStage {
    Q_OBJECT

    void scan(const char* letters, const char* lang = "en") {
        edge_->card = {};
        edge_->card.kind = CardKind::Token;
        edge_->card.text = letters;
        post(aino_, "/find", {{"q", letters}, {"lang", lang}});
    }
    /// What the form of the page sends when a button of it is pressed.
    std::map<std::string, std::string> formOf(const char* act) const {
        std::map<std::string, std::string> fields = {
            {"code", hiddenOf("code")}, {"request", hiddenOf("request")}, {"act", act}};
        for (const auto* name : {"of", "currency", "amount"})
            if (const auto value = hiddenOf(name); !value.empty()) fields[name] = value;
        return fields;
    }
    void pressWithAmount(const char* act, const std::string& amount) {
        auto fields = formOf(act);
        fields["amount"] = amount;
        post(aino_, "/code", fields);
    }
    bool offers(const char* act) const { return says((std::string("name=act value=") + act).c_str()); }

private slots:
    void init() {
        begin();
        edge_->answer.word = TokenWord::Valid;
        edge_->answer.campaign = campaign();
    }

    // ---- what it says

    void saysEachWord_data() {
        QTest::addColumn<int>("word");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("finnish");
        const auto row = [](const char* name, TokenWord word, const char* english, const char* finnish) {
            QTest::newRow(name) << static_cast<int>(word) << QString::fromUtf8(english)
                                << QString::fromUtf8(finnish);
        };
        row("valid", TokenWord::Valid, "It is good.", "Koodi käy.");
        row("done", TokenWord::Done, "<h1>Done</h1>", "<h1>Valmis</h1>");
        row("asking", TokenWord::Asking, "One moment", "Hetkinen");
        row("unknown", TokenWord::Unknown, "no code of ours", "ei ole meidän");
        row("wrong-kind", TokenWord::WrongKind, "This is a gift card", "Tämä on lahjakortti");
        row("revoked", TokenWord::Revoked, "called it back", "on perunut koodin");
        row("not-yet", TokenWord::NotYet, "It is good from 1\u00a0Dec\u00a02026",
            "Koodi käy 1.12.2026 alkaen");
        row("expired", TokenWord::Expired, "It was good until 31\u00a0Jan\u00a02027",
            "oli voimassa 31.1.2027 asti");
        row("not-here", TokenWord::NotHere, "not for this store", "ei käy tässä myymälässä");
        row("members-only", TokenWord::MembersOnly, "may I see the card?", "saisinko nähdä kortin?");
        row("min-purchase", TokenWord::MinPurchase, "purchases from €20.00",
            "vähintään 20,00\u00a0€ ostoksille");
        row("other-products", TokenWord::OtherProducts, "for other products", "muille tuotteille");
        row("used-here", TokenWord::UsedHere, "has been used here", "käytetty täällä");
        row("used-elsewhere", TokenWord::UsedElsewhere, "used in another store", "toisessa myymälässä");
        row("held-elsewhere", TokenWord::HeldElsewhere, "Two minutes, please", "Kaksi minuuttia");
        row("needs-uplink", TokenWord::NeedsUplink, "without it I cannot take it", "enkä voi ottaa");
        row("too-much", TokenWord::TooMuch, "only €3.20 on the card", "vain 3,20\u00a0€");
        row("empty", TokenWord::Empty, "The card is empty", "Kortti on tyhjä");
        row("no-such-use", TokenWord::NoSuchUse, "taken back already", "käyttö on jo peruttu");
    }
    void saysEachWord() {
        QFETCH(int, word);
        QFETCH(QString, english);
        QFETCH(QString, finnish);
        signIn(aino_);
        edge_->answer.word = static_cast<TokenWord>(word);
        edge_->answer.left = 320;
        scan(kCoupon);
        QCOMPARE(aino_.status, 200);
        QVERIFY2(says(english.toUtf8().constData()), aino_.page.c_str());
        QVERIFY(says("Coffee for two"));
        QVERIFY(!says("{}"));
        QCOMPARE(offers("redeem"), edge_->answer.word == TokenWord::Valid);
        scan(kCoupon, "fi");
        QVERIFY2(says(finnish.toUtf8().constData()), aino_.page.c_str());
        QVERIFY(says("Kahvit kahdelle"));
        edge_->answer.campaign.reset(); // as of what is believed by nobody
        scan(kCoupon);
        QCOMPARE(aino_.status, 200);
        QVERIFY(!says("{}"));
        QVERIFY(!offers("redeem"));
    }

    void saysWhatACouponIsWorthAndWhen() {
        signIn(aino_);
        auto& face = *edge_->answer.campaign;
        face.isForMembers = true;
        face.uses = 5;
        edge_->answer.left = 1;
        for (int i = 1; i <= 7; ++i)
            face.skus.push_back("SKU-" + std::to_string(i));
        scan(kCoupon);
        for (const auto* words :
             {"20\u00a0% off", "Valid until 31\u00a0Jan\u00a02027", "For members",
              "For purchases from €20.00", "SKU-5", " +2", "used 5 times in all", "now: 1"})
            QVERIFY2(says(words), words);
        QVERIFY(!says("SKU-6"));
        face.percent = 0;
        face.amountMinor = 500;
        face.titles = {{"pl", "Kawa"}};
        scan(kCoupon, "sv");
        QVERIFY(says("5,00\u00a0€ rabatt"));
        QVERIFY(says("Kawa")); // the only title there is
    }

    void knowsOnlyCouponsAndGiftCards() {
        signIn(aino_);
        for (const auto* letters : {kMemberToken, "S4GG01R00X", ""}) {
            scan(letters);
            QVERIFY(edge_->wishes.empty());
        }
    }

    void saysWhatIsTakenWithNoLine() {
        signIn(aino_);
        edge_->answer.isOffline = true;
        edge_->answer.offlineLeft = 5;
        scan(kCoupon);
        QVERIFY(says("at most 5 of these"));
        post(aino_, "/code", formOf("redeem"));
        QVERIFY(says("Taken with no connection"));
        QVERIFY(says("at most 4 of these"));
    }

    // ---- redeeming

    void redeemsOnceForOneWish() {
        signIn(aino_);
        scan(kCoupon);
        QVERIFY(says("name=act value=redeem autofocus")); // Enter
        QVERIFY(isUuid(hiddenOf("request")));
        Visitor impatient = aino_;
        const auto fields = formOf("redeem");
        post(aino_, "/code", fields);
        QVERIFY(says("<h1>Done</h1>"));
        QVERIFY(says("Take 20\u00a0% off the purchase."));
        post(impatient, "/code", fields); // a double click, a reload
        QVERIFY(impatient.page.find("<h1>Done</h1>") != std::string::npos);
        QVERIFY(impatient.page.find("Take 20\u00a0% off") != std::string::npos);
        QCOMPARE(edge_->wishes.size(), std::size_t(3));
        QCOMPARE(edge_->done.size(), std::size_t(1));
        const auto& wish = edge_->wishes[1];
        QCOMPARE(wish.letters, std::string(kCoupon));
        QCOMPARE(wish.staffId, std::string(kStaffId));
        QVERIFY(wish.act == TokenAct::Redeem && wish.kind == TokenKind::Coupon);
        scan(kCoupon);
        QVERIFY(hiddenOf("request") != fields.at("request")); // the next customer's
    }

    void asksAgainWithTheSameWish() {
        signIn(aino_);
        scan(kGiftCard);
        edge_->answer.word = TokenWord::Asking;
        pressWithAmount("redeem", "5,00");
        QVERIFY(says("One moment"));
        edge_->answer.word = TokenWord::Valid;
        edge_->tokenFailure = Error{Errc::Unavailable, "cut"};
        post(aino_, "/code", formOf("redeem"));
        QCOMPARE(aino_.status, 503);
        QVERIFY(says("it counts once"));
        edge_->tokenFailure.reset();
        post(aino_, "/code", formOf("redeem"));
        QVERIFY(says("€5.00 was taken off the card."));
        QCOMPARE(edge_->wishes.size(), std::size_t(4));
        for (std::size_t i = 2; i < 4; ++i) {
            QCOMPARE(edge_->wishes[i].request, edge_->wishes[1].request);
            QCOMPARE(edge_->wishes[i].minor, std::int64_t(500));
        }
    }

    void saysWhenAPageWasUsedForAnotherWish() {
        signIn(aino_);
        scan(kGiftCard);
        edge_->tokenFailure = Error{Errc::Conflict, "another"};
        pressWithAmount("redeem", "6");
        QCOMPARE(aino_.status, 409);
        QVERIFY(says("used already"));
    }

    void saysOtherFailures_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::newRow("full") << static_cast<int>(Errc::Full) << 507;
        QTest::newRow("too many") << static_cast<int>(Errc::Limit) << 429;
        QTest::newRow("not understood") << static_cast<int>(Errc::Invalid) << 502;
        QTest::newRow("away") << static_cast<int>(Errc::Unavailable) << 503;
    }
    void saysOtherFailures() {
        QFETCH(int, code);
        QFETCH(int, status);
        signIn(aino_);
        edge_->tokenFailure = Error{static_cast<Errc>(code), "no"};
        scan(kCoupon);
        QCOMPARE(aino_.status, status);
        QVERIFY(!offers("redeem"));
    }

    // ---- gift cards

    void showsTheBalanceAndSpends() {
        signIn(aino_);
        edge_->answer.left = 4'500;
        scan(kGiftCard);
        QVERIFY(says("€45.00"));
        QVERIFY(says("id=amount"));
        pressWithAmount("redeem", "12,5");
        QVERIFY(says("€12.50 was taken off the card."));
        QCOMPARE(edge_->wishes.back().minor, std::int64_t(1'250));
        scan(kGiftCard);
        pressWithAmount("load", " 20 ");
        QVERIFY(says("€20.00 was put on the card."));
        QVERIFY(edge_->wishes.back().act == TokenAct::Load);
        QCOMPARE(edge_->wishes.back().minor, std::int64_t(2'000));
    }

    void offersWhatACardAllows() {
        signIn(aino_);
        const char* cursorInTheField = "q-hint autofocus";
        edge_->answer.word = TokenWord::Empty;
        scan(kGiftCard);
        QVERIFY(offers("load") && !offers("redeem"));
        QVERIFY(says(cursorInTheField)); // an amount and Enter load nothing by mistake
        edge_->answer.word = TokenWord::Valid;
        scan(kGiftCard);
        QVERIFY(offers("load") && offers("redeem"));
        QVERIFY(!says(cursorInTheField));
        edge_->answer.word = TokenWord::NeedsUplink;
        scan(kGiftCard);
        QVERIFY(offers("load") && !offers("redeem"));
        edge_->answer.offlineLeft = 500;
        scan(kGiftCard);
        QVERIFY(offers("load") && offers("redeem"));
        QVERIFY(says("up to €5.00"));
        edge_->answer.word = TokenWord::Revoked;
        scan(kGiftCard);
        QVERIFY(!offers("load") && !offers("redeem"));
    }

    void readsAmounts_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("currency");
        QTest::addColumn<qint64>("minor"); // 0: malformed, -1: beyond its limits
        const auto row = [](const char* typed, const char* currency, qint64 minor) {
            QTest::addRow("%s %s", typed, currency) << typed << currency << minor;
        };
        row("12.50", "EUR", 1'250);
        row("12,50", "EUR", 1'250);
        row("12,5", "EUR", 1'250);
        row("12", "EUR", 1'200);
        row("0,01", "EUR", 1);
        row("10000", "EUR", 1'000'000);
        row("10000.01", "EUR", -1);
        row("1000001", "JPY", -1);
        row("1000000", "JPY", 1'000'000);
        row("1,234", "KWD", 1'234);
        row("0", "EUR", -1);
        row("0,00", "EUR", -1);
        row("99999999999999999999", "EUR", -1);
        row("-5", "EUR", 0);
        row("+5", "EUR", 0);
        row("1,234", "EUR", 0);
        row("1,000", "EUR", 0);
        row("12.345", "EUR", 0);
        row("12.340", "EUR", 0);
        row("1,5", "JPY", 0);
        row("1.2.3", "EUR", 0);
        row("1.000,00", "EUR", 0);
        row("12.", "EUR", 0);
        row(",5", "EUR", 0);
        row("", "EUR", 0);
        row("five", "EUR", 0);
        row("5 EUR", "EUR", 0);
        row("1e3", "EUR", 0);
        row("0x10", "EUR", 0);
        row("٣", "EUR", 0);
    }
    void readsAmounts() {
        QFETCH(QString, typed);
        QFETCH(QString, currency);
        QFETCH(qint64, minor);
        const auto read = readAmount(typed.toStdString(), *Currency::parse(currency.toStdString()));
        QCOMPARE(read ? *read : read.error().code == Errc::Limit ? -1 : 0, minor);
        if (currency != "EUR" || minor > 0) return;
        signIn(aino_);
        scan(kGiftCard);
        pressWithAmount("redeem", typed.toStdString());
        QCOMPARE(aino_.status, 422);
        QVERIFY(says(minor == 0 ? "an amount such as €12.50" : "from €0.01 to €10,000.00"));
        QVERIFY(offers("redeem"));
        QVERIFY(edge_->done.empty());
        for (const auto& wish : edge_->wishes)
            QVERIFY(wish.act == TokenAct::Check);
    }

    // ---- members

    void remembersAMemberForTheNextCode() {
        signIn(aino_);
        edge_->card.kind = CardKind::Member;
        edge_->card.text = "9246000010000011";
        edge_->card.member = MemberWord{true, 1, "0011"};
        const auto memberCard = edge_->card;
        post(aino_, "/find", {{"q", "9246000010000011"}});
        clock_.steady += kMemberShownMs;
        scan(kCoupon);
        QVERIFY(edge_->wishes.back().hasMember);
        clock_.steady += kMemberShownMs;
        post(aino_, "/code", formOf("redeem"));
        QVERIFY(edge_->wishes.back().hasMember);
        scan(kGiftCard); // another code: the next customer's
        QVERIFY(!edge_->wishes.back().hasMember);
        clock_.steady += 1;
        scan(kCoupon);
        QVERIFY(!edge_->wishes.back().hasMember);

        edge_->card = memberCard;
        post(aino_, "/find", {{"q", "9246000010000011"}});
        Visitor colleague;
        signIn(colleague);
        std::swap(aino_, colleague);
        scan(kCoupon);
        QVERIFY(!edge_->wishes.back().hasMember); // shown to somebody else
        std::swap(aino_, colleague);
        clock_.steady += kMemberShownMs + 1;
        scan(kCoupon);
        QVERIFY(!edge_->wishes.back().hasMember); // too long ago

        edge_->card = memberCard;
        edge_->card.member = MemberWord{};
        post(aino_, "/find", {{"q", "9246000010000011"}});
        scan(kCoupon);
        QVERIFY(!edge_->wishes.back().hasMember); // the hub knows nobody with it
    }

    // ---- taking back

    void letsASupervisorTakeBack() {
        edge_->isSupervisor = true;
        signIn(aino_);
        scan(kCoupon);
        const auto redeemed = hiddenOf("request");
        post(aino_, "/code", formOf("redeem"));
        QVERIFY(offers("reverse"));
        QCOMPARE(hiddenOf("of"), redeemed);
        QVERIFY(hiddenOf("request") != redeemed);
        post(aino_, "/code", formOf("reverse"));
        QVERIFY(says("It has been taken back."));
        QVERIFY(!offers("reverse"));
        QVERIFY(edge_->wishes.back().act == TokenAct::Reverse);
        QCOMPARE(edge_->wishes.back().of, redeemed);
    }

    void letsASupervisorTakeBackWhatACashierDid() {
        edge_->answer.left = 4'500;
        signIn(aino_);
        for (const auto* amount : {"5", "7"}) {
            scan(kGiftCard);
            pressWithAmount("redeem", amount);
        }
        const auto last = edge_->wishes.back().request;
        edge_->isSupervisor = true;
        Visitor elias;
        signIn(elias);
        std::swap(aino_, elias);
        scan(kCoupon);
        QVERIFY(!offers("reverse")); // another code
        scan(kGiftCard);
        QVERIFY(says("Take back: €7.00"));
        auto reverse = formOf("reverse");
        reverse["of"] = hiddenOf("of");
        QCOMPARE(reverse["of"], last);
        post(aino_, "/code", reverse);
        QVERIFY(says("It has been taken back."));
        scan(kGiftCard);
        QVERIFY(says("Take back: €5.00"));
    }

    void forgetsTheOldestUse() {
        edge_->isSupervisor = true;
        edge_->answer.left = 4'500;
        signIn(aino_);
        scan(kCoupon);
        post(aino_, "/code", formOf("redeem"));
        scan(kGiftCard);
        auto fields = formOf("redeem");
        fields["amount"] = "1";
        fields["token"] = aino_.tokenOf("/code");
        for (std::size_t i = 0; i < kUsesKeptMax; ++i) {
            scan(kCoupon);
            QCOMPARE(offers("reverse"), true);
            fields["request"] = makeUuid(clock_, random_);
            post(aino_, "/code", fields);
        }
        scan(kCoupon);
        QVERIFY(!offers("reverse"));
    }

    void letsNoCashierTakeBack() {
        signIn(aino_);
        scan(kCoupon);
        const auto fields = formOf("redeem");
        post(aino_, "/code", fields);
        QVERIFY(!offers("reverse"));
        scan(kCoupon);
        auto reverse = formOf("reverse");
        reverse["of"] = fields.at("request");
        const auto asked = edge_->wishes.size();
        post(aino_, "/code", reverse);
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("Only a supervisor"));
        QCOMPARE(edge_->wishes.size(), asked);
        // Who was a supervisor when signing in edge asks anew.
        edge_->isSupervisor = true;
        Visitor elias;
        signIn(elias);
        std::swap(aino_, elias);
        scan(kCoupon);
        reverse["token"] = aino_.tokenOf("/code");
        edge_->tokenFailure = Error{Errc::Denied, "not any more"};
        post(aino_, "/code", reverse);
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("Only a supervisor"));
    }

    // ---- forms that are not ours, and limits

    void refusesOtherForms() {
        signIn(aino_);
        scan(kCoupon);
        const auto good = formOf("redeem");
        const auto page = aino_;
        const auto asked = edge_->wishes.size();
        for (const auto& token : {std::string(), std::string("x"), aino_.tokenOf("/find")}) {
            auto fields = good;
            fields["token"] = token;
            aino_ = page;
            post(aino_, "/code", fields);
            QCOMPARE(aino_.status, 403);
        }
        aino_ = page;
        aino_.origin = "https://evil.example";
        post(aino_, "/code", good);
        QCOMPARE(aino_.status, 403);
        aino_ = page;
        aino_.cookies.clear();
        post(aino_, "/code", good);
        QCOMPARE(aino_.status, 403);
        QCOMPARE(edge_->wishes.size(), asked);
    }

    void refusesMalformedForms_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const char* field, const QString& value, int status) {
            QTest::newRow(name) << field << value << status;
        };
        row("no code", "code", "", 400);
        row("half a code", "code", "S4GG01R00X", 400);
        row("a member card", "code", kMemberToken, 400);
        row("no act", "act", "", 400);
        row("another act", "act", "spend", 400);
        row("no request", "request", "", 400);
        row("no UUID", "request", "1", 400);
        row("no currency", "currency", "", 400);
        row("no currency of ours", "currency", "EURO", 400);
        for (const auto* field : {"code", "act", "request", "currency", "amount", "of", "token", "lang"})
            row((std::string("a megabyte in ") + field).c_str(), field, QString(1 << 20, '1'), 413);
    }
    void refusesMalformedForms() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(int, status);
        signIn(aino_);
        scan(kGiftCard);
        auto fields = formOf("redeem");
        fields["amount"] = "5";
        fields[field.toStdString()] = value.toStdString();
        const auto asked = edge_->wishes.size();
        post(aino_, "/code", fields);
        QCOMPARE(aino_.status, status);
        QCOMPARE(edge_->wishes.size(), asked);
    }

    void loadsNoCouponAndTakesBackWhatIsNamed() {
        edge_->isSupervisor = true;
        signIn(aino_);
        scan(kCoupon);
        const auto page = aino_;
        const auto fields = formOf("load");
        post(aino_, "/code", fields);
        QCOMPARE(aino_.status, 400);
        aino_ = page;
        auto reverse = formOf("reverse");
        reverse["of"] = "all";
        post(aino_, "/code", reverse);
        QCOMPARE(aino_.status, 400);
        QCOMPARE(edge_->wishes.size(), std::size_t(1));
        reverse["of"] = kOtherRequest;
        aino_ = page;
        edge_->answer.word = TokenWord::NoSuchUse;
        post(aino_, "/code", reverse);
        QVERIFY(says("not redeemed at this till"));
    }

    void writesNoMarkupOfOthers() {
        edge_->isSupervisor = true;
        signIn(aino_);
        auto& face = *edge_->answer.campaign;
        face.titles = {{"en", kScript}};
        face.skus = {kScript};
        face.firstDay = face.lastDay = kScript;
        const auto isClean = [this] {
            const auto tags = test::readHtml(aino_.page);
            if (!tags || aino_.page.find("<script>alert") != std::string::npos) return false;
            return std::ranges::count_if(
                       *tags, [](const auto& tag) { return tag.name == "script" && !tag.isEnd; }) == 1;
        };
        for (int word = 0; word < static_cast<int>(TokenWord::Count_); ++word)
            for (const auto* letters : {kCoupon, kGiftCard}) {
                edge_->answer.word = static_cast<TokenWord>(word);
                scan(letters);
                QVERIFY(isClean());
            }
        edge_->answer.word = TokenWord::Valid;
        scan(kGiftCard);
        pressWithAmount("redeem", kScript);
        QCOMPARE(aino_.status, 422);
        QVERIFY(isClean());
        scan(kCoupon);
        post(aino_, "/code", formOf("redeem"));
        QVERIFY(isClean());
    }
};

QTEST_GUILESS_MAIN(TestTillTokens)
#include "tst_till_tokens.moc"
