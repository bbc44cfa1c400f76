// A till before an edge that writes down what it is asked, and browsers that keep cookies.
#pragma once

#include "support/clocks.h"
#include "support/till_visitor.h"
#include "till/till.h"

#include <silta/crypto.h>

#include <QTest>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace silta::till {

inline constexpr const char* kStaffId = "0190f3a0-7c1e-7000-8000-0000000000a1";
inline constexpr const char* kScript = "\"><script>alert('x')</script>";
inline constexpr int kIdleMinutes = 5;

class PretendEdge final : public EdgeLink {
public:
    Result<Desk> desk() override {
        if (isDown) return Error{Errc::Unavailable, "down"};
        return Desk{"FI-HEL-01", storeName, "Silta Demo", "FI", "en", keys.publicKey, isOnline, mayInvite};
    }
    Result<SignInAnswer> signIn(const std::string& badge, const std::string& pin) override {
        heard += badge + " ";
        using Outcome = SignInAnswer::Outcome;
        if (isLocked) return SignInAnswer{Outcome::Locked, {}, 0, 300};
        if (badge != "STAFF-1001" || pin != "246810") return SignInAnswer{Outcome::Wrong, {}, triesLeft, 0};
        return SignInAnswer{Outcome::Welcome, {kStaffId, staffName, isSupervisor}, 0, 0};
    }
    Result<StaffFace> staff(const std::string& id) override {
        if (isDismissed) return Error{Errc::NotFound, "unknown"};
        return StaffFace{id, staffName, isSupervisor};
    }
    Result<void> note(const std::string& staffId, const char* action) override {
        notes.push_back(staffId + " " + action);
        return {};
    }
    Result<Card> resolve(const std::string& text, Lang) override {
        heard += text + " ";
        const auto other = cardOf.find(text);
        if (other == cardOf.end()) return card;
        Card found;
        found.kind = other->second;
        found.text = text;
        return found;
    }
    Result<Card> product(const std::string& sku, Lang) override {
        if (sku != "MUG-W") return Error{Errc::NotFound, "none"};
        return card;
    }
    Result<MemberWord> member(const std::string& sealed) override {
        boxes.push_back(sealed);
        if (!isOnline) return Error{Errc::Unavailable, "no line"};
        return word;
    }
    Result<JoinedCard> join(const SignUp& signUp) override {
        boxes.push_back(signUp.sealed);
        signUps.push_back(signUp);
        if (isFull) return Error{Errc::Full, "full"};
        return JoinedCard{"9246000010000011", CouponFace{couponTitle, "WELCOME10", "2027-12-31"}};
    }
    Result<Invitation> invite(const std::string& memberId, const std::string& staffId, Lang) override {
        if (isFull) return Error{Errc::Full, "full"};
        if (!mayInvite) return Error{Errc::Unavailable, "not now"};
        notes.push_back(staffId + " invite");
        invited.memberId = memberId;
        return invited;
    }
    Result<Invitation> invitation(const std::string& memberId, Lang) override {
        if (memberId != invited.memberId) return Error{Errc::NotFound, "none"};
        return invited;
    }
    Result<TokenAnswer> useToken(const TokenWish& wish) override {
        wishes.push_back(wish);
        if (tokenFailure) return *tokenFailure;
        auto said = answer;
        if (wish.act != TokenAct::Check && said.word == TokenWord::Valid) {
            said.word = TokenWord::Done;
            done.insert(wish.request); // the same again is done once
        }
        return said;
    }
    Result<void> recordSale(const SaleTelling& sale) override {
        if (saleFailure) return *saleFailure;
        sales.push_back(sale);
        return {};
    }
    Result<void> linkReceipt(const std::string& linkId, const std::string&, const std::string& receipt,
                             const std::string& sealed) override {
        if (saleFailure) return *saleFailure;
        links.push_back(linkId + " " + receipt);
        boxes.push_back(sealed);
        return {};
    }
    Result<OrderListing> orders(OrderList list, Lang) override {
        lists.push_back(list);
        if (orderFailure) return *orderFailure;
        return listing;
    }
    Result<OrderFace> findOrder(const std::string& text, Lang) override {
        heard += "order:" + text + " ";
        if (text.find(orderFace.number) == std::string::npos) return Error{Errc::NotFound, "none"};
        return orderFace;
    }
    Result<OrderFace> order(const std::string& id, Lang) override {
        if (id != orderFace.id) return Error{Errc::NotFound, "none"};
        return orderFace;
    }
    Result<OrderAnswer> changeOrder(const OrderWish& wish, Lang) override {
        orderWishes.push_back(wish);
        if (orderFailure) return *orderFailure;
        return OrderAnswer{orderOutcome, orderFace};
    }

    bool mayInvite = true;
    Invitation invited{Invitation::State::Open, {}, "https://hub.example/j/code", 1'795'440'600'000, {}};
    KeyPair keys = makeSealingKeys();
    bool isDown = false, isOnline = true, isLocked = false, isDismissed = false, isFull = false;
    bool isSupervisor = false;
    std::int64_t triesLeft = 4;
    std::string storeName = "Helsinki Kamppi", staffName = "Aino", couponTitle = "10 % off";
    Card card;
    std::map<std::string, CardKind> cardOf; ///< of other texts
    MemberWord word;
    std::string heard;
    std::vector<std::string> notes, boxes;
    std::vector<SignUp> signUps;
    TokenAnswer answer; ///< to every wish; of a good one Done
    std::optional<Error> tokenFailure;
    std::vector<TokenWish> wishes;
    std::set<std::string> done; ///< requests
    std::vector<SaleTelling> sales;
    std::vector<std::string> links;
    std::optional<Error> saleFailure;
    OrderListing listing;
    OrderFace orderFace;
    OrderAnswer::Outcome orderOutcome = OrderAnswer::Outcome::Done;
    std::optional<Error> orderFailure;
    std::vector<OrderList> lists;
    std::vector<OrderWish> orderWishes;
};

/// Thread: the test's.
class TillStage {
protected:
    void begin() {
        clock_ = {};
        edge_ = std::make_unique<PretendEdge>();
        till_ = std::make_unique<Till>(*edge_, kIdleMinutes, clock_, random_);
        aino_ = {};
    }
    test::FakeClock clock_;
    test::SeededRandom random_{5};
    std::unique_ptr<PretendEdge> edge_;
    std::unique_ptr<Till> till_;
    Visitor aino_;

    void get(Visitor& visitor, const std::string& target) { visitor.get(*till_, target); }
    void post(Visitor& visitor, const std::string& path, std::map<std::string, std::string> fields) {
        visitor.post(*till_, path, std::move(fields));
    }
    void signIn(Visitor& visitor) {
        get(visitor, "/");
        post(visitor, "/sign-in", {{"badge", "STAFF-1001"}, {"pin", "246810"}});
        QCOMPARE(visitor.status, 303);
        get(visitor, "/");
    }
    std::string hiddenOf(const std::string& name) const { return aino_.hiddenOf(name); }
    bool says(const char* words) const { return aino_.page.find(words) != std::string::npos; }
    std::map<std::string, std::string> joinForm() const {
        const std::string mark = "name=member value=\"";
        const auto from = aino_.page.find(mark) + mark.size();
        return {{"member", aino_.page.substr(from, 36)}, {"said", "en"},   {"asked", "yes"},
                {"email", "planted.person@example.com"}, {"terms", "yes"}, {"age", "yes"}};
    }
    void openJoin() {
        post(aino_, "/find", {{"q", "planted.person@example.com"}});
        QCOMPARE(aino_.status, 200);
    }
};

} // namespace silta::till
