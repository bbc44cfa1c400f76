// What a POS may tell at the till, with which key; receipts that are scanned; and what a member card shows.
#include "shopper/sale.h"
#include "till/pos_keys.h"
#include "till_stage.h"

#include <silta/crypto.h>

using namespace silta;
using namespace silta::till;

namespace {

constexpr const char* kSaleId = "0190f3a0-7c1e-7000-8000-0000000000c1";
constexpr const char* kCardNumber = "9246000010000011";

} // namespace

class TestTillReceipts : public QObject, private TillStage {
    Q_OBJECT

    std::string key_;

    static Json sale() {
        return {
            {"receipt", "R1"},       {"atMs", 1'790'000'000'000},
            {"currency", "EUR"},     {"totalMinor", 2'599},
            {"member", kCardNumber}, {"lines", {{{"sku", "MUG-W"}, {"quantity", 1}, {"totalMinor", 2'599}}}}};
    }
    HttpResponse tell(const std::string& body, const std::string& key, const std::string& id = kSaleId) {
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = "/v1/sales";
        request.body = body;
        request.headers = {{"host", "till.example:8443"}};
        if (!key.empty()) request.headers["authorization"] = key;
        if (!id.empty()) request.headers["idempotency-key"] = id;
        return till_->handle(request);
    }
    HttpResponse tell(const Json& body) { return tell(dumpJson(body), "Bearer " + key_); }
    void openReceipt(bool isTold) {
        signIn(aino_);
        edge_->card = {};
        edge_->card.kind = CardKind::Receipt;
        edge_->card.text = "R1";
        if (isTold) edge_->card.sale = ReceiptFace{{2'599, *Currency::parse("EUR")}, 1'790'000'000'000};
        post(aino_, "/find", {{"q", "R1"}});
        QCOMPARE(aino_.status, 200);
    }
    void give(const std::string& what) {
        post(aino_, "/receipt", {{"receipt", "R1"}, {"request", hiddenOf("request")}, {"member", what}});
    }

private slots:
    void init() {
        begin();
        const auto made = makePosKey("POS-1", random_);
        key_ = made->key;
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_,
                                       *PosKeys::parse("# ours\n\n" + made->line + "\n"));
    }

    void takesASale() {
        const auto response = tell(sale());
        QCOMPARE(response.status, 200);
        const auto answer = *parseJson(response.body, 1'000);
        QCOMPARE(answer["points"].get<int>(), 25);
        QCOMPARE(edge_->sales.size(), std::size_t(1));
        const auto& told = edge_->sales[0];
        QCOMPARE(QString::fromStdString(told.saleId), QString(kSaleId));
        QVERIFY(told.hasMember);
        const auto box = *openSealed(*fromBase64(told.sealed), edge_->keys);
        auto expected = sale();
        expected["pos"] = "POS-1";
        QCOMPARE(QString::fromStdString(box), QString::fromStdString(dumpJson(expected)));
        QVERIFY(told.sealed.size() <= kSaleSealedBytesMax);
    }

    void knowsTheSameSaleByWhatWasSoldAndNotByWhose() {
        auto other = sale();
        other.erase("member");
        QCOMPARE(tell(sale()).status, 200);
        QCOMPARE(tell(other).status, 200);
        QCOMPARE(QString::fromStdString(edge_->sales[0].fingerprint),
                 QString::fromStdString(edge_->sales[1].fingerprint));
        other["lines"][0]["quantity"] = 2;
        QCOMPARE(tell(other).status, 200);
        QVERIFY(edge_->sales[2].fingerprint != edge_->sales[0].fingerprint);
    }

    void fitsAnOperationWhenItIsAsLongAsItMayBe() {
        auto longest = sale();
        longest["lines"] = Json::array();
        while (dumpJson(longest).size() < kSaleBytesMax - 200)
            longest["lines"].push_back(
                {{"text", std::string(kSaleTextBytesMax, 'x')}, {"quantity", 1}, {"totalMinor", 1}});
        QCOMPARE(tell(longest).status, 200);
        QVERIFY(edge_->sales[0].sealed.size() <= kSaleSealedBytesMax);
        for (int i = 0; i < 4; ++i)
            longest["lines"].push_back(
                {{"text", std::string(kSaleTextBytesMax, 'x')}, {"quantity", 1}, {"totalMinor", 1}});
        QCOMPARE(tell(longest).status, 413);
        QCOMPARE(tell(std::string(20'000, ' '), "Bearer " + key_).status, 413);
    }

    void wantsTheKeyOfAPos() {
        const auto body = dumpJson(sale());
        for (const auto& key : {std::string(), key_, "Basic " + key_, std::string("Bearer "),
                                "Bearer " + key_ + "0", "Bearer " + std::string(64, '0')}) {
            const auto response = tell(body, key);
            QCOMPARE(response.status, 401);
        }
        signIn(aino_);
        HttpRequest request; // nor does a session do
        request.method = "POST";
        request.path = request.target = "/v1/sales";
        request.body = body;
        request.headers = {{"cookie", aino_.cookieHeader()}, {"idempotency-key", kSaleId}};
        QCOMPARE(till_->handle(request).status, 401);
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_);
        QCOMPARE(tell(sale()).status, 401); // where no POS has a key
        QVERIFY(edge_->sales.empty());
    }

    void refusesWhatIsNoSale() {
        QCOMPARE(tell(dumpJson(sale()), "Bearer " + key_, "R1").status, 400);
        QCOMPARE(tell(dumpJson(sale()), "Bearer " + key_, "").status, 400);
        QCOMPARE(tell(std::string("[]"), "Bearer " + key_).status, 400);
        QCOMPARE(tell(std::string("{"), "Bearer " + key_).status, 400);
        for (const auto* key : {"receipt", "atMs", "currency", "totalMinor", "lines"}) {
            auto told = sale();
            told.erase(key);
            QCOMPARE(tell(told).status, 422);
        }
        auto told = sale();
        told["member"] = "Aino";
        QCOMPARE(tell(told).status, 422);
        QVERIFY(edge_->sales.empty());
    }

    void saysWhyItCannotTakeIt_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::newRow("another sale's") << static_cast<int>(Errc::Conflict) << 409;
        QTest::newRow("full") << static_cast<int>(Errc::Full) << 507;
        QTest::newRow("too many") << static_cast<int>(Errc::Limit) << 429;
        QTest::newRow("edge is not there") << static_cast<int>(Errc::Unavailable) << 503;
    }
    void saysWhyItCannotTakeIt() {
        QFETCH(int, code);
        QFETCH(int, status);
        edge_->saleFailure = Error{static_cast<Errc>(code), "no"};
        QCOMPARE(tell(sale()).status, status);
        edge_->isDown = true;
        QCOMPARE(tell(sale()).status, 503);
    }

    void readsTheFileOfKeys() {
        const auto hash = std::string(64, 'a');
        QVERIFY(PosKeys::parse("")->posOf("Bearer x").empty());
        for (const auto& text :
             {std::string("POS-1"), "POS_1 " + hash, "POS-1 " + hash + "a", "POS-1  " + hash,
              "POS-1 " + std::string(64, 'A'), std::string(33, 'P') + " " + hash})
            QVERIFY(PosKeys::parse(text).error().code == Errc::Invalid);
        std::string many;
        for (std::size_t i = 0; i < kPosKeysMax; ++i)
            many += "POS-" + std::to_string(i) + " " + hash + "\n";
        QVERIFY(PosKeys::parse(many));
        QVERIFY(PosKeys::parse(many + "POS-X " + hash).error().code == Errc::Limit);
        QVERIFY(makePosKey("no name", random_).error().code == Errc::Invalid);
    }

    void givesThePointsOfAReceipt() {
        openReceipt(true);
        QVERIFY(says("€25.99"));
        QVERIFY(says("id=member name=member"));
        const auto before = aino_;
        give("planted.person@example.com"); // is asked of nobody
        QCOMPARE(aino_.status, 422);
        QVERIFY(says("That is no member card."));
        aino_ = before;
        edge_->cardOf = {{kCardNumber, CardKind::Member}};
        give(kCardNumber);
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("points of this purchase: 25."));
        QCOMPARE(edge_->links.size(), std::size_t(1));
        const auto box = *parseJson(*openSealed(*fromBase64(edge_->boxes.back()), edge_->keys), 1'000);
        QCOMPARE(QString::fromStdString(box["member"].get<std::string>()), QString(kCardNumber));
        QCOMPARE(QString::fromStdString(box["staff"].get<std::string>()), QString(kStaffId));
        aino_ = before;
        give(kCardNumber); // the same page once more: the same wish
        QCOMPARE(QString::fromStdString(edge_->links[1]), QString::fromStdString(edge_->links[0]));
        QVERIFY(edge_->heard.find("planted") == std::string::npos);
    }

    void saysWhatItKnowsOfAReceiptOfAPosThatTellsNothing() {
        openReceipt(false);
        QVERIFY(says("has not told this store"));
        edge_->cardOf = {{kCardNumber, CardKind::Member}};
        give(kCardNumber);
        QVERIFY(says("when headquarters has the receipt"));
    }

    void saysThatThePointsAreGiven() {
        openReceipt(true);
        edge_->cardOf = {{kCardNumber, CardKind::Member}};
        edge_->saleFailure = Error{Errc::Conflict, "taken"};
        give(kCardNumber);
        QCOMPARE(aino_.status, 409);
        QVERIFY(says("have been given already"));
        edge_->card.isTaken = true;
        post(aino_, "/find", {{"q", "R1"}});
        QVERIFY(says("have been given already"));
        QVERIFY(!says("id=member"));
    }

    void showsTierAndPointsAndHowOldTheyAre() {
        signIn(aino_);
        edge_->card.kind = CardKind::Member;
        edge_->card.text = kCardNumber;
        edge_->card.kept = KeptPoints{100, "member", 1'790'000'000'000};
        edge_->card.member = MemberWord{true, 1'700'000'000'000, "0011", 640, "silver"};
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(says("Silver member"));
        QVERIFY(says("Points: 640"));
        QVERIFY(!says("as of"));
        edge_->card.member.reset(); // the hub cannot be asked
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(says("Points: 100"));
        QVERIFY(says("as of"));
        QVERIFY(!says("Silver"));
        edge_->card.kept.reset();
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(!says("Points:"));
    }

    void showsOneThingToOffer() {
        signIn(aino_);
        edge_->card.kind = CardKind::Member;
        edge_->card.text = kCardNumber;
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(!says("class=next"));
        edge_->card.next = NextThing{NextThing::Kind::Coupon, "<b>10 % off", {}, "2026-11-30"};
        post(aino_, "/find", {{"q", kCardNumber}}); // with no line, too
        QVERIFY(says("Members’ coupon, good until"));
        QVERIFY(says("&lt;b&gt;10 % off"));
        edge_->card.member = MemberWord{true, 1'700'000'000'000, "0011", 640, "silver"};
        edge_->card.member->next = NextThing{NextThing::Kind::Wish, "Stoneware <i>mug", "A12", {}};
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(says("Wished for, and in stock here"));
        QVERIFY(says("Stoneware &lt;i&gt;mug"));
        QVERIFY(says("A12"));
        QVERIFY(!says("10 % off")); // one line
        edge_->card.member = MemberWord{};
        post(aino_, "/find", {{"q", kCardNumber}});
        QVERIFY(!says("class=next")); // nobody's card
    }
};

QTEST_GUILESS_MAIN(TestTillReceipts)
#include "tst_till_receipts.moc"
