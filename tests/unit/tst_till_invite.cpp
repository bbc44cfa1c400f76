// The page that stands at the till while somebody joins on a phone of their own.
#include "till/invite_page.h"
#include "till_stage.h"

using namespace silta;
using namespace silta::till;

class TestTillInvite : public QObject, private TillStage {
    Q_OBJECT

    bool hasButton() const { return says("action=\"/phone\""); }
    /// Presses the button, and follows.
    void invite() {
        post(aino_, "/phone", {});
        QCOMPARE(aino_.status, 303);
        get(aino_, "/phone?id=" + edge_->invited.memberId + "&lang=en");
        QCOMPARE(aino_.status, 200);
    }

private slots:
    void init() { begin(); }

    void isOfferedWhereMembersAreRegistered() {
        signIn(aino_);
        QVERIFY(hasButton());
        openJoin();
        QVERIFY(hasButton());
        edge_->mayInvite = false;
        get(aino_, "/");
        QVERIFY(!hasButton());
        openJoin();
        QVERIFY(!hasButton());
    }

    void showsTheCodeUntilItIsDone() {
        signIn(aino_);
        invite();
        QVERIFY(says("<svg class=qr"));
        QVERIFY(says("Waiting for the customer"));
        QVERIFY(says("data-field")); // the next scan
        const auto state = "/phone/state?id=" + edge_->invited.memberId;
        get(aino_, state);
        QCOMPARE(aino_.page, std::string(R"({"isOpen":true})"));
        edge_->invited.state = Invitation::State::Done;
        edge_->invited.joined = {"9246000010000011", CouponFace{"10 % off", "WELCOME10", "2027-12-31"}};
        get(aino_, state);
        QCOMPARE(aino_.page, std::string(R"({"isOpen":false})"));
        get(aino_, "/phone?id=" + edge_->invited.memberId);
        QVERIFY(says("Welcome to the club"));
        QVERIFY(says("WELCOME10"));
        QVERIFY(!says("<svg class=qr"));
        QCOMPARE(edge_->notes, std::vector{std::string(kStaffId) + " invite"});
    }

    void saysThatItCannotSeeWithTheLineDown() {
        signIn(aino_);
        edge_->isOnline = false;
        invite();
        QVERIFY(says("<svg class=qr")); // the phone has a line of its own
        QVERIFY(says("<p class=\"verdict few\" data-while-down>No connection"));
        QVERIFY(says("<p class=\"verdict out\" data-while-up role=status hidden>Waiting"));
    }

    void offersAnotherOneWhenItIsTooOld() {
        signIn(aino_);
        invite();
        edge_->invited.state = Invitation::State::Over;
        get(aino_, "/phone?id=" + edge_->invited.memberId);
        QVERIFY(says("This code is too old"));
        QVERIFY(!says("<svg class=qr"));
        const auto before = edge_->invited.memberId;
        edge_->invited.state = Invitation::State::Open;
        invite();
        QVERIFY(edge_->invited.memberId != before);
    }

    void saysWhatCannotBeNow() {
        signIn(aino_);
        auto token = aino_.tokenOf("/phone");
        edge_->mayInvite = false;
        post(aino_, "/phone", {{"token", token}}); // of a page from before
        QCOMPARE(aino_.status, 503);
        QVERIFY(says("Not on a phone now"));
        edge_->mayInvite = true;
        edge_->isFull = true;
        get(aino_, "/");
        post(aino_, "/phone", {});
        QCOMPARE(aino_.status, 507);
    }

    void isForStaffAlone() {
        signIn(aino_);
        invite();
        Visitor stranger;
        get(stranger, "/phone?id=" + edge_->invited.memberId);
        QVERIFY(stranger.page.find("class=qr") == std::string::npos);
        get(stranger, "/phone/state?id=" + edge_->invited.memberId);
        QVERIFY(stranger.page.find("{\"isOpen\"") == std::string::npos);
        const auto notes = edge_->notes.size();
        post(stranger, "/phone", {});
        QCOMPARE(stranger.status, 403);
        post(aino_, "/phone", {{"token", std::string(64, '0')}}); // forged
        QCOMPARE(aino_.status, 403);
        QCOMPARE(edge_->notes.size(), notes);
    }

    void findsNothingByNoName() {
        signIn(aino_);
        for (const auto* id : {"", "..", "x", "0190f3a0-7c1e-7000-8000-0000000000ff"}) {
            get(aino_, std::string("/phone?id=") + id);
            QCOMPARE(aino_.status, 404);
        }
        get(aino_, "/phone"); // a reload of what the form answered
        QCOMPARE(aino_.status, 200);
        QVERIFY(says("id=q"));
    }

    void doesNotKeepASessionOpen() {
        signIn(aino_);
        invite();
        for (int minute = 0; minute < kIdleMinutes; ++minute) {
            clock_.steady += 60'000;
            get(aino_, "/phone/state?id=" + edge_->invited.memberId + "&idle=1");
        }
        clock_.steady += 1'000;
        get(aino_, "/phone/state?id=" + edge_->invited.memberId + "&idle=1");
        QVERIFY(says("id=badge"));
    }
};

QTEST_APPLESS_MAIN(TestTillInvite)
#include "tst_till_invite.moc"
