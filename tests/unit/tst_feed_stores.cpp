#include "hub/feed_hours.h"
#include "unit/hub_fixture.h"

using namespace silta;
using namespace silta::test;

class FeedStoresTest : public QObject {
    Q_OBJECT
private slots:
    void readsSchemaOrg();
    void readsArrayGraphAndSingleAlike();
    void readsCsvLikeJson();
    void readsOpeningHoursText_data();
    void readsOpeningHoursText();
    void refusesOpeningHoursText_data();
    void refusesOpeningHoursText();
    void readsSpecialDays();
    void boundsSpecialDays();
    void findsTheTimeZone_data();
    void findsTheTimeZone();
    void refusesAStore_data();
    void refusesAStore();
    void passesOverOtherThings();
    void goesOnAfterABadStore();
    void namesHowJsonEnds_data();
    void namesHowJsonEnds();
    void namesHowCsvEnds_data();
    void namesHowCsvEnds();
    void refusesAFile_data();
    void refusesAFile();
};

namespace {

class StoreKeeper final : public StoreSink {
public:
    bool onStore(std::int64_t line, StoreRecord& store) override {
        lines.push_back(line);
        stores.push_back(store);
        return true;
    }
    void onBadStore(std::int64_t line, const RowFault& fault, const std::string& code) override {
        bad.push_back({line, fault.field, fault.excerpt, fault.reason, code});
    }
    std::vector<StoreRecord> stores;
    std::vector<std::int64_t> lines;
    std::vector<RememberedBad> bad;
};

Result<FeedEnd> readText(std::string_view text, StoreKeeper& sink, std::string_view timeZone = {}) {
    const auto source = memoryFeed(text);
    return readStores(*source, timeZone, sink);
}

const char* const kKamppi =
    R"({"@context": "https://schema.org", "@type": "DepartmentStore", "branchCode": "HEL-1",
 "name": "Kamppi", "telephone": "+358 9 123",
 "address": {"@type": "PostalAddress", "streetAddress": "Urho Kekkosen katu 1", "addressLocality": "Helsinki",
             "postalCode": "00100", "addressCountry": "FI"},
 "geo": {"@type": "GeoCoordinates", "latitude": 60.1688, "longitude": "24.9310"},
 "openingHoursSpecification": [
   {"@type": "OpeningHoursSpecification", "dayOfWeek": ["https://schema.org/Monday", "Tuesday", "We", "Thursday", "Friday"],
    "opens": "09:00", "closes": "21:00:00"},
   {"dayOfWeek": "http://schema.org/Saturday", "opens": "10:00", "closes": "18:00"}],
 "specialOpeningHoursSpecification": {"opens": "09:00", "closes": "13:00",
    "validFrom": "2026-12-24", "validThrough": "2026-12-24"}})";

} // namespace

void FeedStoresTest::readsSchemaOrg() {
    StoreKeeper sink;
    const auto end = readText(kKamppi, sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QVERIFY2(sink.bad.empty(), sink.bad.empty() ? "" : sink.bad[0].reason.c_str());
    QCOMPARE(sink.stores.size(), std::size_t{1});
    const auto& store = sink.stores[0];
    QCOMPARE(store.code, std::string("HEL-1"));
    QCOMPARE(store.name, std::string("Kamppi"));
    QCOMPARE(store.street, std::string("Urho Kekkosen katu 1"));
    QCOMPARE(store.city, std::string("Helsinki"));
    QCOMPARE(store.postcode, std::string("00100"));
    QCOMPARE(store.country, std::string("FI"));
    QCOMPARE(store.phone, std::string("+358 9 123"));
    QCOMPARE(store.latitude, 60.1688);
    QCOMPARE(store.longitude, 24.931);
    QCOMPARE(store.timeZone, std::string("Europe/Helsinki"));
    const std::vector<OpenInterval> weekday = {{540, 1260}};
    for (std::size_t day = 0; day < 5; ++day)
        QVERIFY(store.hours.week[day] == weekday);
    QVERIFY((store.hours.week[5] == std::vector<OpenInterval>{{600, 1080}}));
    QVERIFY(store.hours.week[6].empty());
    QCOMPARE(store.hours.special.size(), std::size_t{1});
    QCOMPARE(store.hours.special[0].date, std::string("2026-12-24"));
    QVERIFY((store.hours.special[0].open == std::vector<OpenInterval>{{540, 780}}));
}

void FeedStoresTest::readsArrayGraphAndSingleAlike() {
    const std::string one = kKamppi;
    for (const auto& text : {one, "[" + one + "]", "  [\n" + one + "\n]\n", "{\"@graph\": [" + one + "]}",
                             "{\"@context\": {\"a\": [1, \"]\"]}, \"@graph\" : [ " + one + "], \"x\": 1}"}) {
        StoreKeeper sink;
        const auto end = readText(text, sink);
        QVERIFY(end && end->how == FeedEnd::How::Whole);
        QCOMPARE(sink.stores.size(), std::size_t{1});
        QCOMPARE(sink.stores[0].name, std::string("Kamppi"));
    }
}

void FeedStoresTest::readsCsvLikeJson() {
    StoreKeeper json;
    QVERIFY(readText(R"([{"branchCode": "1", "name": "The \"Old\" Mill, Turku", "telephone": "02 1",
        "address": {"streetAddress": "A 1", "addressLocality": "Turku", "postalCode": "20100", "addressCountry": "FI"},
        "latitude": 60.5, "longitude": -22.25, "openingHours": ["Mo-Fr 09:00-21:00", "Sa 10:00-18:00"]}])",
                     json));
    for (const char* header : {"code,name,street,city,postcode,country,latitude,longitude,phone,hours",
                               "\xEF\xBB\xBF"
                               "branchCode,Name,streetAddress,addressLocality,postal code,"
                               "address_country,Latitude,longitude,telephone,openingHours"}) {
        StoreKeeper csv;
        const auto end = readText(
            std::string(header) + "\r\n1,\"The \"\"Old\"\" Mill, Turku\",A 1,Turku,20100,fi,60.5,-22.25,02 1,"
                                  "Mo-Fr 09:00-21:00; Sa 10:00-18:00\r\n",
            csv);
        QVERIFY(end && end->how == FeedEnd::How::Whole);
        QVERIFY2(csv.bad.empty(), csv.bad.empty() ? "" : csv.bad[0].reason.c_str());
        QCOMPARE(csv.stores.size(), std::size_t{1});
        QVERIFY(csv.stores == json.stores);
        QCOMPARE(csv.lines[0], std::int64_t{2});
    }
}

void FeedStoresTest::readsOpeningHoursText_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // per day from Monday
    QTest::newRow("range") << "Mo-Fr 09:00-21:00"
                           << "540-1260|540-1260|540-1260|540-1260|540-1260||";
    QTest::newRow("list") << "Mo,We 9:00-12:00"
                          << "540-720||540-720||||";
    QTest::newRow("parts") << "Mo 09:00-12:00; Su 10:00-11:00;"
                           << "540-720||||||600-660";
    QTest::newRow("two times") << "Tu 09:00-12:00,13:00-18:00"
                               << "|540-720,780-1080|||||";
    QTest::newRow("sorted") << "Tu 13:00-18:00; Tu 09:00-12:00"
                            << "|540-720,780-1080|||||";
    QTest::newRow("same twice") << "Tu 09:00-12:00; Tu 09:00-12:00"
                                << "|540-720|||||";
    QTest::newRow("round the week") << "Sa-Mo 10:00-11:00"
                                    << "600-660|||||600-660|600-660";
    QTest::newRow("all day") << "Sa"
                             << "|||||0-1440|";
    QTest::newRow("all day as 23:59") << "Sa 00:00-23:59"
                                      << "|||||0-1440|";
    QTest::newRow("all day as 24:00") << "Sa 00:00-24:00"
                                      << "|||||0-1440|";
    QTest::newRow("past midnight") << "Fr 18:00-02:00"
                                   << "||||1080-1560||";
    QTest::newRow("closed") << "Mo 10:00-11:00; Su closed"
                            << "600-660||||||";
    QTest::newRow("zero to zero") << "Su 00:00-00:00"
                                  << "||||||";
    QTest::newRow("long names") << "Monday-Thurs: 10:00-11:00"
                                << "600-660|600-660|600-660|600-660|||";
    QTest::newRow("nothing") << ""
                             << "||||||";
}

void FeedStoresTest::readsOpeningHoursText() {
    QFETCH(QString, text);
    QFETCH(QString, expected);
    OpeningHours hours;
    const auto done = addHoursText(text.toStdString(), hours);
    QVERIFY2(done, done ? "" : done.error().what.c_str());
    sortHours(hours);
    QStringList days;
    for (const auto& day : hours.week) {
        QStringList intervals;
        for (const auto& open : day)
            intervals << QString("%1-%2").arg(open.fromMinute).arg(open.toMinute);
        days << intervals.join(',');
    }
    QCOMPARE(days.join('|'), expected);
}

void FeedStoresTest::refusesOpeningHoursText_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"9-5", "Mo 10", "Mo 10:00", "Mo 10:00-", "Mo 25:00-26:00", "Mo 10:60-11:00",
                             "Xx 10:00-11:00", "Mo-Xx 10:00-11:00", "Mo 10:00-11:00,",
                             "Mo 1:00-2:00,2:00-3:00,3:00-4:00,4:00-5:00,"
                             "5:00-6:00,6:00-7:00,7:00-8:00,8:00-9:00,9:00-10:00"})
        QTest::newRow(text) << text;
}

void FeedStoresTest::refusesOpeningHoursText() {
    QFETCH(QString, text);
    OpeningHours hours;
    QVERIFY(!addHoursText(text.toStdString(), hours));
}

void FeedStoresTest::readsSpecialDays() {
    StoreRecord store;
    const auto bad = readStoreJson(R"({"branchCode": 7, "name": "S", "address": {"addressCountry": "SE"},
        "openingHoursSpecification": [
          {"dayOfWeek": "Monday", "opens": "09:00", "closes": "17:00"},
          {"validFrom": "2026-12-30", "validThrough": "2027-01-02", "dayOfWeek": ["Thursday", "Friday"],
           "opens": "10:00", "closes": "12:00"},
          {"validFrom": "2026-12-25", "validThrough": "2026-12-26", "opens": "00:00", "closes": "00:00"},
          {"dayOfWeek": "PublicHolidays", "opens": "10:00", "closes": "12:00"}]})",
                                   {}, store);
    QVERIFY2(!bad, bad ? bad->reason.c_str() : "");
    QCOMPARE(store.code, std::string("7"));
    QVERIFY((store.hours.week[0] == std::vector<OpenInterval>{{540, 1020}}));
    const std::vector<SpecialDay> expected = {{"2026-12-25", {}},
                                              {"2026-12-26", {}},
                                              {"2026-12-31", {{600, 720}}}, // a Thursday
                                              {"2027-01-01", {{600, 720}}}};
    QVERIFY(store.hours.special == expected);
}

void FeedStoresTest::boundsSpecialDays() {
    StoreRecord store;
    const auto text = [](const char* through) {
        return std::string(R"({"branchCode": "7", "name": "S", "address": {"addressCountry": "SE"},
            "openingHoursSpecification": {"opens": "10:00", "closes": "12:00", "validFrom": "2026-01-01",
            "validThrough": ")") +
               through + "\"}}";
    };
    QVERIFY(!readStoreJson(text("2026-12-31"), {}, store));
    QCOMPARE(store.hours.special.size(), std::size_t{365});
    QVERIFY(readStoreJson(text("9999-12-31"), {}, store));
    QVERIFY(readStoreJson(text("2025-12-31"), {}, store));
}

void FeedStoresTest::findsTheTimeZone_data() {
    QTest::addColumn<QString>("country");
    QTest::addColumn<QString>("own");
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("by country") << "PL"
                                << ""
                                << ""
                                << "Europe/Warsaw";
    QTest::newRow("country before option") << "FI"
                                           << ""
                                           << "Europe/Paris"
                                           << "Europe/Helsinki";
    QTest::newRow("own first") << "FI"
                               << "Europe/Mariehamn"
                               << ""
                               << "Europe/Mariehamn";
    QTest::newRow("several zones") << "US"
                                   << ""
                                   << ""
                                   << "";
    QTest::newRow("several zones, option") << "US"
                                           << ""
                                           << "America/New_York"
                                           << "America/New_York";
    QTest::newRow("nonsense") << "FI"
                              << "Helsinki time!"
                              << ""
                              << "";
    QTest::newRow("no country") << ""
                                << ""
                                << "Europe/Oslo"
                                << "Europe/Oslo";
}

void FeedStoresTest::findsTheTimeZone() {
    QFETCH(QString, country);
    QFETCH(QString, own);
    QFETCH(QString, option);
    QFETCH(QString, expected);
    StoreKeeper sink;
    QVERIFY(
        readText("code,name,country,time_zone\n1,S," + country.toStdString() + "," + own.toStdString() + "\n",
                 sink, option.toStdString()));
    QCOMPARE(sink.stores.empty() ? std::string{} : sink.stores[0].timeZone, expected.toStdString());
    if (expected.isEmpty()) QCOMPARE(sink.bad[0].field, std::string("timeZone"));
}

void FeedStoresTest::refusesAStore_data() {
    QTest::addColumn<QString>("member");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("field");
    QTest::newRow("no code") << "branchCode"
                             << "\"\""
                             << "branchCode";
    QTest::newRow("code of 65") << "branchCode"
                                << "\"" + QString(65, 'x') + "\""
                                << "branchCode";
    QTest::newRow("code of two lines") << "branchCode"
                                       << "\"a\\nb\""
                                       << "branchCode";
    QTest::newRow("no name") << "name"
                             << "null"
                             << "name";
    QTest::newRow("long name") << "name"
                               << "\"" + QString(500, 'x') + "\""
                               << "name";
    QTest::newRow("control character") << "name"
                                       << "\"a\\u0007b\""
                                       << "name";
    QTest::newRow("country in words") << "address"
                                      << R"({"addressCountry": "Finland"})"
                                      << "addressCountry";
    QTest::newRow("latitude") << "geo"
                              << R"({"latitude": 91, "longitude": 0})"
                              << "latitude";
    QTest::newRow("longitude") << "geo"
                               << R"({"latitude": 0, "longitude": "-181"})"
                               << "longitude";
    QTest::newRow("coordinate in words") << "geo"
                                         << R"({"latitude": "north"})"
                                         << "latitude";
    QTest::newRow("hours") << "openingHours"
                           << "\"always\""
                           << "openingHours";
    QTest::newRow("day") << "openingHoursSpecification"
                         << R"({"dayOfWeek": "Noday", "opens": "09:00", "closes": "10:00"})"
                         << "dayOfWeek";
    QTest::newRow("no day") << "openingHoursSpecification"
                            << R"({"opens": "09:00", "closes": "10:00"})"
                            << "dayOfWeek";
    QTest::newRow("opens") << "openingHoursSpecification"
                           << R"({"dayOfWeek": "Monday", "opens": "9 am", "closes": "10:00"})"
                           << "opens";
    QTest::newRow("closes") << "openingHoursSpecification"
                            << R"({"dayOfWeek": "Monday", "opens": "09:00"})"
                            << "closes";
    QTest::newRow("valid from") << "specialOpeningHoursSpecification"
                                << R"({"validFrom": "Christmas"})"
                                << "validFrom";
    QTest::newRow("special without date") << "specialOpeningHoursSpecification"
                                          << R"({"opens": "09:00", "closes": "10:00"})"
                                          << "validFrom";
}

void FeedStoresTest::refusesAStore() {
    QFETCH(QString, member);
    QFETCH(QString, value);
    QFETCH(QString, field);
    QString text = R"({"@branchCode": "1", "@name": "S", "@address": {"addressCountry": "FI"}})";
    for (const char* name : {"branchCode", "name", "address"})
        if (member != name) text.replace(QString("\"@%1\"").arg(name), QString("\"%1\"").arg(name));
    text.chop(1);
    text += QString(", \"%1\": %2}").arg(member, value);
    StoreRecord store;
    const auto bad = readStoreJson(text.toStdString(), {}, store);
    QVERIFY(bad);
    QCOMPARE(bad->field, field.toStdString());
}

void FeedStoresTest::passesOverOtherThings() {
    StoreKeeper sink;
    const auto end = readText("[{\"@type\": \"Organization\", \"name\": \"Chain\"}," + std::string(kKamppi) +
                                  ", {\"@type\": [\"WebSite\"], \"name\": \"x\"}]",
                              sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QCOMPARE(sink.stores.size(), std::size_t{1});
    QVERIFY(sink.bad.empty());
}

void FeedStoresTest::goesOnAfterABadStore() {
    StoreKeeper sink;
    const auto end =
        readText("[\n{\"branchCode\": \"1\", \"name\": },\n\"text\",\n{\"branchCode\": \"2\"},\n" +
                     std::string(kKamppi) + "\n]",
                 sink);
    QVERIFY(end && end->how == FeedEnd::How::Whole);
    QCOMPARE(sink.bad.size(), std::size_t{3});
    QCOMPARE(sink.bad[0].line, std::int64_t{2});
    QCOMPARE(sink.bad[1].line, std::int64_t{3});
    QCOMPARE(sink.bad[2].line, std::int64_t{4});
    QCOMPARE(sink.bad[2].id, std::string("2"));
    QCOMPARE(sink.lines, (std::vector<std::int64_t>{5}));
}

void FeedStoresTest::namesHowJsonEnds_data() {
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("inside a store") << QByteArray(", {\"branchCode\": \"2\", \"na");
    QTest::newRow("inside a text") << QByteArray(", {\"branchCode\": \"2\\");
    QTest::newRow("after a comma") << QByteArray(",");
    QTest::newRow("before the bracket") << QByteArray("\n");
    QTest::newRow("no comma") << QByteArray(" {}]");
    QTest::newRow("two commas") << QByteArray(",, {}]");
}

void FeedStoresTest::namesHowJsonEnds() {
    QFETCH(QByteArray, rest);
    StoreKeeper sink;
    const auto end = readText("[" + std::string(kKamppi) + rest.toStdString(), sink);
    QVERIFY(end && end->how == FeedEnd::How::Cut);
    QVERIFY(!end->reason.empty());
    QCOMPARE(sink.stores.size(), std::size_t{1});
}

void FeedStoresTest::namesHowCsvEnds_data() {
    using How = FeedEnd::How;
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<int>("how");
    QTest::addColumn<int>("stores");
    QTest::newRow("whole") << QByteArray("2,B,FI\n") << int(How::Whole) << 2;
    QTest::newRow("no newline") << QByteArray("2,B,FI") << int(How::NoNewline) << 2;
    QTest::newRow("too few") << QByteArray("2,B") << int(How::Cut) << 1;
    QTest::newRow("open quote") << QByteArray("2,\"B") << int(How::Cut) << 1;
    QTest::newRow("stray quote before a good row") << QByteArray("2,\"B,FI\n3,C,FI\n") << int(How::Cut) << 2;
}

void FeedStoresTest::namesHowCsvEnds() {
    QFETCH(QByteArray, row);
    QFETCH(int, how);
    QFETCH(int, stores);
    StoreKeeper sink;
    const auto end = readText("code,name,country\n1,A,FI\n" + row.toStdString(), sink);
    QVERIFY(end);
    QCOMPARE(int(end->how), how);
    QCOMPARE(int(sink.stores.size()), stores);
}

void FeedStoresTest::refusesAFile_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("xml") << QByteArray("<rss/>");
    QTest::newRow("no code") << QByteArray("name,city\nA,B\n");
    QTest::newRow("tabs") << QByteArray("code\tname\n1\tA\n");
}

void FeedStoresTest::refusesAFile() {
    QFETCH(QByteArray, text);
    StoreKeeper sink;
    QVERIFY(!readText(text.toStdString(), sink));
    QVERIFY(sink.stores.empty());
}

QTEST_GUILESS_MAIN(FeedStoresTest)
#include "tst_feed_stores.moc"
