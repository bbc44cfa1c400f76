// Orders as values: their numbers, words and limits, and what may be done with them.
#include "core/order_number.h"
#include "shopper/order_rules.h"

#include <QTest>
#include <set>

using namespace silta;

namespace {

constexpr const char* kId = "018f0000-0000-7000-8000-000000000001";
constexpr const char* kStaffId = "018f0000-0000-7000-8000-00000000000a";

Json draft() {
    return {{"orderId", kId},
            {"kind", "collect"},
            {"lang", "fi"},
            {"currency", "EUR"},
            {"lines", {{{"sku", "A"}, {"quantity", 2}, {"unitPriceMinor", 1'295}}}}};
}

Order accepted(OrderKind kind = OrderKind::Collect) {
    Order order;
    order.id = kId;
    order.number = *makeOrderNumber(1, 1);
    order.kind = kind;
    order.state = OrderState::Accepted;
    order.isKept = true;
    order.madeIn = order.store = "S1";
    order.lang = "en";
    order.word = "river";
    order.lines = {{"A", 2, 1'295, std::nullopt, 0, 0}, {"B", 1, 500, std::nullopt, 0, 0}};
    order.currency = "EUR";
    return order;
}

OrderChange change(OrderAction action, std::vector<OrderPart> parts = {}) {
    OrderChange made;
    made.orderId = kId;
    made.action = action;
    made.by = kStaffId;
    made.atMs = 5;
    made.parts = std::move(parts);
    return made;
}

} // namespace

class TestOrder : public QObject {
    Q_OBJECT

private slots:
    void readsEveryNumberThatItMakes() {
        std::set<std::string> all;
        for (const int device : {1, 2, 99'999, kOrderDeviceMax})
            for (const int serial : {1, 2, 4'096, kOrderSerialMax}) {
                const auto number = makeOrderNumber(device, serial);
                QVERIFY(number.has_value());
                QCOMPARE(readOrderNumber(*number).value_or(""), *number);
                QCOMPARE(orderSerialOf(*number, device).value_or(0), serial);
                QVERIFY(!orderSerialOf(*number, device + 1));
                QCOMPARE(readOrderNumber(shownOrderNumber(*number)).value_or(""), *number);
                QVERIFY(all.insert(*number).second);
            }
        QVERIFY(!makeOrderNumber(0, 1));
        QVERIFY(!makeOrderNumber(kOrderDeviceMax + 1, 1));
        QVERIFY(!makeOrderNumber(1, 0));
        QVERIFY(!makeOrderNumber(1, kOrderSerialMax + 1));
    }

    void findsOneWrongLetterAndTwoSwappedOnes() {
        constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        const auto number = *makeOrderNumber(4'711, 815);
        for (std::size_t i = 0; i < number.size(); ++i)
            for (const char letter : kLetters) {
                auto wrong = number;
                if (wrong[i] == letter) continue;
                wrong[i] = letter;
                QVERIFY(!readOrderNumber(wrong));
            }
        for (std::size_t i = 0; i + 1 < number.size(); ++i) {
            auto swapped = number;
            std::swap(swapped[i], swapped[i + 1]);
            QCOMPARE(readOrderNumber(swapped).has_value(), swapped == number);
        }
        QVERIFY(!readOrderNumber(number + "0"));
        QVERIFY(!readOrderNumber(""));
    }

    void offersWordsThatAreTakenAsWords() {
        for (const auto* lang : {"en", "fi", "sv", "pl", "xx"}) {
            const auto words = orderWords(lang);
            QCOMPARE(std::set(words.begin(), words.end()).size(), words.size());
            for (const auto word : words)
                QCOMPARE(normalizeOrderWord(word), std::string(word));
        }
        QCOMPARE(normalizeOrderWord("  żagiel "), std::string("żagiel"));
        for (const auto* wrong : {"", "a", "two words", "x1", "abcdefghijklmnopqrstu", "<b>"})
            QCOMPARE(normalizeOrderWord(wrong), std::string());
    }

    void refusesWhatIsNoDraft_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("value");
        QTest::newRow("id") << "orderId"
                            << "\"x\"";
        QTest::newRow("kind") << "kind"
                              << "\"post\"";
        QTest::newRow("lang") << "lang"
                              << "\"finnish\"";
        QTest::newRow("currency") << "currency"
                                  << "\"EURO\"";
        QTest::newRow("no lines") << "lines"
                                  << "[]";
        QTest::newRow("lines of nothing") << "lines"
                                          << "[{}]";
        QTest::newRow("nothing of it") << "lines"
                                       << R"([{"sku":"A","quantity":0,"unitPriceMinor":1}])";
        QTest::newRow("100 of it") << "lines"
                                   << R"([{"sku":"A","quantity":100,"unitPriceMinor":1}])";
        QTest::newRow("price") << "lines"
                               << R"([{"sku":"A","quantity":1,"unitPriceMinor":-1}])";
        QTest::newRow("too dear") << "lines"
                                  << R"([{"sku":"A","quantity":99,"unitPriceMinor":100000000}])";
        QTest::newRow("twice")
            << "lines"
            << R"([{"sku":"A","quantity":1,"unitPriceMinor":1},{"sku":"A","quantity":1,"unitPriceMinor":1}])";
        QTest::newRow("word") << "word"
                              << "\"7\"";
        QTest::newRow("initials") << "initials"
                                  << "\"ABCD\"";
        QTest::newRow("home without address") << "kind"
                                              << "\"home\"";
    }
    void refusesWhatIsNoDraft() {
        QFETCH(QString, member);
        QFETCH(QString, value);
        auto json = draft();
        QVERIFY(parseOrderDraft(json).has_value());
        json[member.toStdString()] = Json::parse(value.toStdString());
        QVERIFY(!parseOrderDraft(json));
    }

    void takesTwentyLinesAndNotOneMore() {
        auto json = draft();
        json["lines"] = Json::array();
        for (std::size_t i = 0; i < kOrderLinesMax; ++i)
            json["lines"].push_back({{"sku", std::to_string(i)}, {"quantity", 1}, {"unitPriceMinor", 1}});
        QVERIFY(parseOrderDraft(json).has_value());
        json["lines"].push_back({{"sku", "more"}, {"quantity", 1}, {"unitPriceMinor", 1}});
        QCOMPARE(parseOrderDraft(json).error().code, Errc::Limit);
        json = draft();
        json["sealed"] = std::string(kOrderSealedBytesMax + 1, 'A');
        QCOMPARE(parseOrderDraft(json).error().code, Errc::Limit);
    }

    void readsTheOrderThatItWrote() {
        auto order = accepted();
        order.arrivedMs = 9;
        order.lines[0].priceNowMinor = 1'395;
        order.lines[0].missing = 1;
        order.state = OrderState::AcceptedUnallocated;
        order.alternatives = {{"S2", 3.5}};
        const auto read = parseOrder(toJson(order));
        QVERIFY(read.has_value());
        QVERIFY(*read == order);
        QCOMPARE(order.totalMinor(), std::int64_t{3'090});
    }

    void placesNothingThatHasHappened_data() {
        QTest::addColumn<QByteArray>("patch");
        QTest::newRow("as a device makes it") << QByteArray();
        for (const char* patch : {R"({"state":"accepted"})", R"({"paid":true})", R"({"returnAsked":true})",
                                  R"({"overPromised":true})", R"({"arrivedMs":5})", R"({"pickUp":"x"})",
                                  R"({"alternatives":[{"store":"S2","km":1}]})"})
            QTest::newRow(patch) << QByteArray(patch);
        for (const char* member : {R"("missing":1)", R"("returned":1)", R"("priceNowMinor":1)"})
            QTest::newRow(member) << QByteArray(R"({"lines":[{"sku":"A","quantity":2,"unitPriceMinor":5,)") +
                                         member + "}]}";
    }
    void placesNothingThatHasHappened() {
        QFETCH(QByteArray, patch);
        auto order = accepted();
        order.state = OrderState::Placed;
        auto json = toJson(OrderPlacing{order, {}, std::string(kOrderPageKeyLetters, 'k')});
        if (!patch.isEmpty()) json.update(*parseJson(patch.toStdString(), 1'000));
        QCOMPARE(parseOrderPlacing(json).has_value(), patch.isEmpty());
    }

    void goesFromPickingToReturned() {
        auto order = accepted();
        for (const auto action : {OrderAction::Pick, OrderAction::Ready, OrderAction::Arrive,
                                  OrderAction::Pay, OrderAction::HandOver})
            QVERIFY(applyOrderChange(order, change(action)));
        QCOMPARE(order.state, OrderState::HandedOver);
        QVERIFY(order.isPaid);
        QVERIFY(!applyOrderChange(order, change(OrderAction::HandOver)));
        QVERIFY(!applyOrderChange(order, change(OrderAction::Cancel)));
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"A", 1, "damaged", "damaged"}})));
        QCOMPARE(order.state, OrderState::HandedOver);
        const auto before = order;
        QVERIFY(!applyOrderChange(order, change(OrderAction::Return, {{"B", 1, {}, {}}, {"A", 2, {}, {}}})));
        QVERIFY(order == before); // all of it or nothing
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"A", 1, {}, {}}, {"B", 1, {}, {}}})));
        QCOMPARE(order.state, OrderState::Returned);
    }

    void keepsAskingForWhatDidNotComeBackYet() {
        auto order = accepted();
        QVERIFY(applyOrderChange(order, change(OrderAction::HandOver)));
        QVERIFY(applyOrderChange(
            order, change(OrderAction::AskReturn, {{"A", 2, "damaged", {}}, {"B", 1, "wrong_size", {}}})));
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"A", 1, "damaged", "damaged"}})));
        QVERIFY(order.isReturnAsked);
        QCOMPARE(order.lines[0].asked, 1);
        QCOMPARE(QString::fromStdString(order.lines[0].askedReason), QString("damaged"));
        QCOMPARE(order.lines[1].asked, 1);
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"A", 1, "damaged", "damaged"}})));
        QVERIFY(order.isReturnAsked);
        QCOMPARE(order.lines[0].asked, 0);
        QVERIFY(order.lines[0].askedReason.empty());
        QCOMPARE(QString::fromStdString(order.lines[1].askedReason), QString("wrong_size"));
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"B", 1, "wrong_size", "as_new"}})));
        QVERIFY(!order.isReturnAsked);
        QCOMPARE(order.state, OrderState::Returned);
    }

    void comesBackBeyondWhatWasAsked() {
        auto order = accepted();
        QVERIFY(applyOrderChange(order, change(OrderAction::HandOver)));
        QVERIFY(applyOrderChange(order, change(OrderAction::AskReturn, {{"A", 1, "damaged", {}}})));
        QVERIFY(applyOrderChange(order, change(OrderAction::Return, {{"A", 2, "other", "as_new"}})));
        QCOMPARE(order.lines[0].asked, 0);
        QVERIFY(!order.isReturnAsked);
    }

    void handsOverToHomeOnlyWhatIsPaid() {
        auto order = accepted(OrderKind::Home);
        QVERIFY(!applyOrderChange(order, change(OrderAction::HandOver)));
        QVERIFY(applyOrderChange(order, change(OrderAction::Pay)));
        QVERIFY(!isPossible(order, OrderAction::Expire));
        QVERIFY(applyOrderChange(order, change(OrderAction::HandOver)));
    }

    void handsOverTheRestOfWhatWasNotFound() {
        auto order = accepted();
        QVERIFY(applyOrderChange(order, change(OrderAction::Missing, {{"A", 2, {}, {}}})));
        QCOMPARE(order.state, OrderState::AcceptedUnallocated);
        QVERIFY(isPossible(order, OrderAction::HandOver));
        QVERIFY(applyOrderChange(order, change(OrderAction::HandOver)));
        auto nothingLeft = accepted();
        QVERIFY(applyOrderChange(nothingLeft,
                                 change(OrderAction::Missing, {{"A", 2, {}, {}}, {"B", 1, {}, {}}})));
        QVERIFY(!isPossible(nothingLeft, OrderAction::HandOver));
    }

    void promisesNothingOfWhatIsOnlyAskedFor() {
        auto order = accepted();
        order.state = OrderState::Placed;
        QVERIFY(order.holdsStock());
        QVERIFY(isPossible(order, OrderAction::Pick));
        order.isKept = false;
        QVERIFY(!order.holdsStock());
        QVERIFY(!isPossible(order, OrderAction::Pick));
        QVERIFY(isPossible(order, OrderAction::Cancel));
    }

    void readsTheChangeThatItWrote() {
        auto wanted = change(OrderAction::Return, {{"A", 1, "wrong_size", "as_new"}});
        const auto read = parseOrderChange(toJson(wanted));
        QVERIFY(read.has_value());
        QCOMPARE(dumpJson(toJson(*read)), dumpJson(toJson(wanted)));
        auto json = toJson(wanted);
        json["lines"][0]["condition"] = "eaten";
        QVERIFY(!parseOrderChange(json));
        json = toJson(change(OrderAction::Pick));
        QVERIFY(parseOrderChange(json).has_value());
        for (const char* key : {"store", "reason"}) {
            auto foreign = json;
            foreign[key] = "other";
            QVERIFY(!parseOrderChange(foreign));
        }
        json["by"] = "somebody";
        QVERIFY(!parseOrderChange(json));
        for (const auto action : kOrderActions)
            QVERIFY(!isPossible(
                [] {
                    auto order = accepted();
                    order.state = OrderState::Cancelled;
                    return order;
                }(),
                action));
    }
};

QTEST_APPLESS_MAIN(TestOrder)
#include "tst_order.moc"
