// Orders that went another way: money that is owed, a word that was forgotten, and what the shopper asked at
// the kiosk to return.
#include "till_order_stage.h"

#include <algorithm>

using namespace silta;
using namespace silta::till;

class TestTillOrderTroubles : public QObject, private TillOrderStage {
    Q_OBJECT

private slots:
    void init() { beginWithOrder(); }

    void listsMoneyThatIsOwedFirst() {
        auto unpaid = order();
        unpaid.state = OrderState::Cancelled;
        unpaid.initials = "UNPAID";
        auto owed = unpaid;
        owed.isPaid = true;
        owed.initials = "OWED";
        auto uncollected = owed;
        uncollected.state = OrderState::NotCollected;
        uncollected.initials = "UNCOLLECTED";
        auto done = owed;
        done.isRefunded = true;
        done.initials = "DONE";
        edge_->listing.orders = {unpaid, owed, done, uncollected};
        get(aino_, "/orders?lang=en&list=look");
        const std::vector<std::size_t> places = {
            placeOf("Money to give back</h2>"), placeOf("OWED"),   placeOf("UNCOLLECTED"),
            placeOf("Everything else</h2>"),    placeOf("UNPAID"), placeOf("DONE")};
        QVERIFY(std::ranges::is_sorted(places));
        QVERIFY(places.back() != std::string::npos);
        QVERIFY(says("To give back: €259.00") && says("The money has been given back"));
        edge_->listing.orders = {unpaid};
        get(aino_, "/orders?lang=en&list=look");
        QVERIFY(says("UNPAID") && !says("</h2>"));
        edge_->listing.orders = {owed};
        get(aino_, "/orders?lang=en&list=look");
        QVERIFY(says("Money to give back</h2>") && !says("Everything else"));
    }

    // ---- money that is owed

    void givesMoneyBackByAButtonOfItsOwn() {
        order().state = OrderState::Cancelled;
        order().isPaid = true;
        order().actions = {OrderAction::Refund};
        open();
        QVERIFY(says("It was paid for and came to nothing."));
        QVERIFY(says("To give back: €259.00") && !says("<b>Paid</b>"));
        QVERIFY(offers("refund"));
        QVERIFY(says("q-hint autofocus")); // an Enter too many says nothing
        press("refund");
        QVERIFY(edge_->orderWishes.back().action == OrderAction::Refund);
        order().isRefunded = true;
        order().actions.clear();
        open();
        QVERIFY(says("The money has been given back"));
        QVERIFY(!offers("refund") && !says("came to nothing") && !says("To give back"));
    }

    void saysNoSumThatItDoesNotKnow() {
        order().state = OrderState::NotCollected;
        order().isPaid = true;
        order().actions = {OrderAction::Refund};
        order().lines[0].missing = 1; // before it was paid, or after
        open();
        QVERIFY(says("To give back: what was paid"));
        open("fi");
        QVERIFY(says("Palautettavaa: maksettu summa"));
    }

    // ---- a word that was forgotten

    void letsASupervisorHandOverWithoutTheWord() {
        edge_->isSupervisor = true;
        aino_ = {};
        signIn(aino_);
        open();
        QVERIFY(says("name=reason value=\"word_forgotten\""));
        QVERIFY(says("prove in another way"));
        press("hand_over", {{"reason", "word_forgotten"}});
        QCOMPARE(aino_.status, 200);
        QVERIFY(edge_->orderWishes.back().action == OrderAction::HandOver);
        QCOMPARE(edge_->orderWishes.back().reason, std::string("word_forgotten"));
        order().state = OrderState::Accepted; // nothing to hand over, no word to forget
        open();
        QVERIFY(!says("word_forgotten") && !says("has forgotten the word"));
    }

    void sendsACashierToASupervisor() {
        open();
        QVERIFY(says("has forgotten the word") && says("A supervisor can hand it over"));
        QVERIFY(!says("word_forgotten"));
        edge_->orderFailure = Error{Errc::Denied, "no"};
        press("hand_over", {{"reason", "word_forgotten"}}); // as with the page of somebody else
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("Only a supervisor may hand over without the word."));
        QVERIFY(says("It is ready to hand over.") && !says("Done."));
        press("hand_over", {{"word", "Harbour"}}); // of another store
        QCOMPARE(aino_.status, 403);
        QVERIFY(says("You may not change orders in this store."));
    }

    // ---- what the shopper asked at the kiosk to return

    void fillsInWhatIsAskedToComeBack() {
        order().state = OrderState::HandedOver;
        order().actions = {OrderAction::Return};
        order().isReturnAsked = true;
        order().lines[0].asked = 2;
        order().lines[0].askedReason = "wrong_size";
        open();
        QVERIFY(says("2 to be returned: Wrong size"));
        QVERIFY(says("<option selected>2</option>"));
        QVERIFY(says("<option selected>0</option>")); // of the tent
        QVERIFY(says("<option value=wrong_size selected>"));
        QVERIFY(!says("As said at the kiosk"));
        order().lines[0].asked = 0;
        order().lines[0].askedReason.clear();
        open();
        QVERIFY(!says(" selected>2") && !says("wrong_size selected") && !says("to be returned:"));
    }

    void keepsAReasonForEachLine() {
        order().state = OrderState::HandedOver;
        order().actions = {OrderAction::Return};
        order().lines[0].asked = order().lines[1].asked = 1;
        order().lines[0].askedReason = "wrong_size";
        order().lines[1].askedReason = "damaged";
        open();
        QVERIFY(says("<option value=as_asked selected>As said at the kiosk"));
        const std::map<std::string, std::string> both = {
            {"q0", "1"}, {"q1", "1"}, {"reason", "as_asked"}, {"condition", "opened"}};
        press("return", both);
        QCOMPARE(
            edge_->orderWishes.back().parts,
            (std::vector<OrderPart>{{"MUG-W", 1, "wrong_size", "opened"}, {"TENT", 1, "damaged", "opened"}}));
        edge_->orderWishes.clear();
        order().lines[1].asked = 0; // meanwhile
        order().lines[1].askedReason.clear();
        press("return", both);
        QCOMPARE(aino_.status, 422);
        QVERIFY(says("Choose a reason"));
        QVERIFY(edge_->orderWishes.empty());
    }
};

QTEST_GUILESS_MAIN(TestTillOrderTroubles)
#include "tst_till_order_troubles.moc"
