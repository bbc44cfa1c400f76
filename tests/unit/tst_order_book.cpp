// The orders that a device knows: what damage costs, and what has left the shelf.
#include "support/clocks.h"
#include "support/order_samples.h"
#include "sync/journal.h"
#include "sync/order_book.h"

#include <silta/uuid.h>

#include <QTemporaryDir>
#include <QTest>

using namespace silta;

class TestOrderBook : public QObject {
    Q_OBJECT

    test::FakeClock clock_;
    test::SeededRandom random_{5};
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Journal> journal_;
    int serial_ = 0;

    bool open() {
        journal_.reset();
        auto journal = Journal::open(folder_->path().toStdString(), "d1", clock_, random_);
        if (journal) journal_ = std::move(*journal);
        return journal_ != nullptr;
    }
    OrderBook book() { return OrderBook(journal_->database()); }
    /// An order of the hub's. Gives its id.
    std::string hear(OrderState state = OrderState::Accepted, std::int64_t rev = 1) {
        auto order = test::order(makeUuid(clock_, random_), OrderKind::Collect, {test::line("A", 1)},
                                 test::kHomeStore, ++serial_);
        order.state = state;
        hearAgain(order, rev);
        return order.id;
    }
    void hearAgain(const Order& order, std::int64_t rev) {
        const Json change = {{"order", toJson(order)}, {"rev", rev}, {"ops", Json::array()}};
        QVERIFY(book().put(change, clock_.now));
    }
    /// Gives the operation's number.
    std::int64_t change(const std::string& id, OrderAction action) {
        OrderChange wanted;
        wanted.orderId = id;
        wanted.action = action;
        wanted.by = "018f0000-0000-7000-8000-00000000000a";
        wanted.atMs = clock_.now;
        if (action == OrderAction::Cancel) wanted.reason = "other";
        const auto recorded = journal_->record({.entity = "order/" + id, .type = "order.change"},
                                               [&](Database& database, const OperationStamp& stamp) {
                                                   const auto done =
                                                       OrderBook(database).change(stamp.id, {}, wanted);
                                                   return done ? Result<Json>(toJson(wanted)) : done.error();
                                               });
        return recorded ? recorded->seq : -1;
    }
    OrderState stateOf(const std::string& id) { return book().find(id)->order.state; }
    bool exec(const char* sql) { return journal_->database().exec(sql).has_value(); }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(open());
    }

    void passesOverRowsThatAreDamagedAndNothingElse() {
        const auto sound = hear();
        const auto lost = hear();
        const auto touched = hear();
        QVERIFY(change(sound, OrderAction::Pick) > 0);
        QVERIFY(change(touched, OrderAction::Pick) > 0);
        const auto lose = "UPDATE shop_order SET body = '{\"A\"' WHERE id = '" + lost + "'";
        QVERIFY(exec(lose.c_str()));
        const auto spoil = "UPDATE order_change SET body = '{' WHERE order_id = '" + touched + "'";
        QVERIFY(exec(spoil.c_str()));
        const auto known = book().holding({test::line("A", 1)}, 0);
        QVERIFY(known.has_value());
        QCOMPARE(known->size(), std::size_t(2));
        for (const auto& each : *known) // without the change that cannot be read
            QCOMPARE(each.order.state, each.order.id == sound ? OrderState::Picking : OrderState::Accepted);
        QCOMPARE(book().toSeeTo()->size(), std::size_t(2));
        // What is no damage of a row is told: to show no orders would say that there are none.
        QVERIFY(exec("ALTER TABLE order_change RENAME TO elsewhere"));
        QVERIFY(!book().holding({test::line("A", 1)}, 0).has_value());
        QVERIFY(!book().toSeeTo().has_value());
        QVERIFY(exec("ALTER TABLE elsewhere RENAME TO order_change"));
        QVERIFY(exec("ALTER TABLE shop_order RENAME TO elsewhere"));
        QVERIFY(!book().holding({test::line("A", 1)}, 0).has_value());
    }

    void findsThoseThatHoldAProduct() {
        const std::string odd = "5\" disc\\\"sku\":\"A\""; // what JSON looks like inside is no product
        const auto place = [&](const std::string& sku, OrderState state) {
            auto order =
                test::order(makeUuid(clock_, random_), OrderKind::Collect,
                            {test::line("other", 1), test::line(sku, 1)}, test::kHomeStore, ++serial_);
            order.state = state;
            hearAgain(order, 1);
        };
        place("A", OrderState::Accepted);
        place("AB", OrderState::Accepted);
        place(odd, OrderState::Ready);
        place("A", OrderState::HandedOver);
        const auto count = [&](const std::vector<OrderLine>& lines, UtcMs endedAfterMs) {
            return book().holding(lines, endedAfterMs)->size();
        };
        QCOMPARE(count({test::line("A", 1)}, clock_.now), std::size_t(1));
        QCOMPARE(count({test::line("A", 1)}, clock_.now - 1), std::size_t(2));
        QCOMPARE(count({test::line(odd, 1), test::line("AB", 1)}, clock_.now), std::size_t(2));
        QCOMPARE(count({test::line("other", 1)}, clock_.now), std::size_t(3));
        QCOMPARE(count({}, 0), std::size_t(0));
        std::vector<OrderLine> many;
        for (std::size_t i = 0; i < kOrderLinesMax; ++i)
            many.push_back(test::line(std::to_string(i), 1));
        QCOMPARE(count(many, 0), std::size_t(0));
    }

    void putsTheChangesOnInTheirOrder() {
        const auto first = hear();
        const auto second = hear();
        for (const auto action : {OrderAction::Pick, OrderAction::Ready, OrderAction::HandOver}) {
            ++clock_.now;
            QVERIFY(change(second, action) > 0);
        }
        QVERIFY(change(first, OrderAction::Pick) > 0);
        const auto known = book().holding({test::line("A", 1)}, 0);
        QVERIFY(known.has_value());
        QCOMPARE(known->size(), std::size_t(2));
        for (const auto& each : *known)
            QCOMPARE(each.order.state, each.order.id == first ? OrderState::Picking : OrderState::HandedOver);
    }

    void keepsWhatTheHubMayTakeLater() {
        const auto id = hear();
        QVERIFY(change(id, OrderAction::HandOver) > 0);
        const auto batch = *journal_->pendingBatch();
        PushReply reply;
        reply.epoch = "e";
        reply.highSeq = batch.lastSeq;
        reply.verdicts.push_back({batch.ids.back(), VerdictKind::Quarantined});
        QVERIFY(journal_->settle(batch, reply).has_value());
        QCOMPARE(stateOf(id), OrderState::HandedOver); // the goods are gone, whatever the hub makes of it
    }

    void forgetsWhatDamageKeepsFromTheHub() {
        const auto id = hear();
        QVERIFY(change(id, OrderAction::Cancel) > 0);
        QVERIFY(exec("UPDATE outbox SET line = '{' WHERE type = 'order.change'"));
        QVERIFY(journal_->pendingBatch().has_value());
        QCOMPARE(stateOf(id), OrderState::Accepted);
        QCOMPARE(book().find(id)->endedMs, UtcMs(0)); // it is in the lists again
    }

    void keepsNoChangeWhoseOperationASalvageLost() {
        const auto id = hear();
        const auto other = hear();
        QVERIFY(change(id, OrderAction::Pick) > 0);
        QVERIFY(change(other, OrderAction::Pick) > 0);
        QVERIFY(exec("DELETE FROM outbox WHERE seq = 1"));
        QVERIFY(exec("UPDATE clock SET next_seq = 2")); // of another time: the file is salvaged
        QVERIFY(open());
        QVERIFY(journal_->wasDamaged());
        QCOMPARE(stateOf(id), OrderState::Accepted);
        QCOMPARE(stateOf(other), OrderState::Picking);
    }

    /// The hub was restored, and what it has forgotten was lost here too.
    void putsNothingOnThatTheHubWillNeverHearAgain() {
        auto order = test::order(makeUuid(clock_, random_), OrderKind::Collect, {test::line("A", 1)},
                                 test::kHomeStore, ++serial_);
        order.state = OrderState::Accepted;
        hearAgain(order, 1);
        QVERIFY(change(order.id, OrderAction::Pick) > 0);
        QVERIFY(change(order.id, OrderAction::Ready) > 0);
        const auto sent = *journal_->outbox(2);
        order.state = OrderState::Ready;
        const Json word = {{"order", toJson(order)}, {"rev", 3}, {"ops", {sent[0].id, sent[1].id}}};
        QVERIFY(book().put(word, clock_.now));
        QVERIFY(exec("DELETE FROM outbox WHERE seq = 2"));
        QVERIFY(book().begin());
        order.state = OrderState::Accepted;
        hearAgain(order, 1);
        QCOMPARE(stateOf(order.id), OrderState::Picking); // which waits still
    }

    void forgetsWhatWasMovedAway() {
        const auto id = hear(OrderState::Accepted, 4);
        const auto gone = [&id](std::int64_t rev) { return Json{{"orderId", id}, {"rev", rev}}; };
        QVERIFY(book().remove(gone(3))); // of before it came back
        QVERIFY(book().find(id).has_value());
        QVERIFY(book().remove(gone(5)));
        QCOMPARE(book().find(id).error().code, Errc::NotFound);
        QCOMPARE(book().remove({{"orderId", id}}).error().code, Errc::Invalid);
        QCOMPARE(book().remove(Json::object()).error().code, Errc::Invalid);
    }

    void countsWhatLeftTheShelf_data() {
        QTest::addColumn<OrderState>("state");
        QTest::addColumn<int>("missing");
        QTest::addColumn<bool>("isFigureNewer");
        QTest::addColumn<int>("units");
        QTest::newRow("promised") << OrderState::Accepted << 0 << true << 3;
        QTest::newRow("a part lies at the desk") << OrderState::AcceptedUnallocated << 1 << true << 3;
        QTest::newRow("nothing allocated") << OrderState::AcceptedUnallocated << 0 << false << 0;
        QTest::newRow("handed over") << OrderState::HandedOver << 0 << false << 3;
        QTest::newRow("handed over, and counted anew") << OrderState::HandedOver << 0 << true << 0;
        QTest::newRow("back, and perhaps on no shelf") << OrderState::Returned << 0 << false << 3;
        QTest::newRow("cancelled") << OrderState::Cancelled << 0 << false << 0;
        QTest::newRow("cancelled, one was not there") << OrderState::Cancelled << 1 << false << 1;
    }
    void countsWhatLeftTheShelf() {
        QFETCH(OrderState, state);
        QFETCH(int, missing);
        QFETCH(bool, isFigureNewer);
        QFETCH(int, units);
        KnownOrder known;
        known.order.state = state;
        known.order.lines = {test::line("A", 3)};
        known.order.lines.front().missing = missing;
        known.endedMs = known.order.isEnded() ? 100 : 0;
        QCOMPARE(unitsTaken(known, "A", isFigureNewer ? 101 : 100), units);
        QCOMPARE(unitsTaken(known, "B", 100), 0);
    }
};

QTEST_GUILESS_MAIN(TestOrderBook)
#include "tst_order_book.moc"
