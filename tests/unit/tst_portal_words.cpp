#include "portal/page_words.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace silta;
using namespace silta::portal;

namespace {

std::size_t placesIn(std::string_view text) {
    std::size_t places = 0;
    for (auto at = text.find("{}"); at != std::string_view::npos; at = text.find("{}", at + 2))
        ++places;
    return places;
}

Money money(std::int64_t minor, const char* currency) {
    return {minor, *Currency::parse(currency)};
}

} // namespace

class TestPortalWords : public QObject {
    Q_OBJECT

private slots:
    void hasEveryWordOnceInEveryLanguage() {
        std::set<Word> seen;
        for (const auto words : {pageWords(), messageWords(), serviceWords()})
            for (const auto& row : words) {
                QVERIFY2(seen.insert(row.id).second, row.texts[0].data());
                for (const auto& text : row.texts) {
                    QVERIFY2(!text.empty(), row.texts[0].data());
                    QVERIFY2(text.find_first_of("<>&\"") == std::string_view::npos, text.data());
                    QCOMPARE(placesIn(text), placesIn(row.texts[0]));
                }
            }
        QCOMPARE(seen.size(), static_cast<std::size_t>(Word::Count_));
    }

    void choosesTheLanguage_data() {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("accept");
        QTest::addColumn<QString>("lang");
        const auto row = [](const char* name, const char* asked, const char* accept, const char* lang) {
            QTest::newRow(name) << asked << accept << lang;
        };
        row("nothing", "", "", "en");
        row("finnish", "", "fi-FI,fi;q=0.9,en;q=0.8", "fi");
        row("weights, not order", "", "en;q=0.5, sv;q=0.9, pl;q=0.7", "sv");
        row("first of equals", "", "pl, fi", "pl");
        row("none of ours first", "", "ar, de;q=0.9, sv;q=0.3", "sv");
        row("never", "", "fi;q=0, pl;q=0.1", "pl");
        row("only never", "", "fi;q=0", "en");
        row("anything", "", "de, *;q=0.5", "en");
        row("anything, but rather", "", "*;q=0.1, fi;q=0.2", "fi");
        row("capitals and blanks", "", "  FI-fi ; Q=0.8 ,\tsv ; q=0.2", "fi");
        row("three digits", "", "fi;q=0.123, sv;q=0.124", "sv");
        row("more than one", "", "fi;q=9, sv;q=0.4", "sv");
        row("malformed weight", "", "fi;q=abc, sv;q=0.4", "sv");
        row("a longer word", "", "fil, pl;q=0.2", "pl");
        row("asked", "pl", "fi", "pl");
        row("asked in capitals", "SV", "fi", "sv");
        row("asked for what we lack", "de", "fi", "fi");
        row("asked nonsense", "<script>", "fi", "fi");
        row("only commas", "", ",,,,;;q=,", "en");
    }
    void choosesTheLanguage() {
        QFETCH(QString, asked);
        QFETCH(QString, accept);
        QFETCH(QString, lang);
        QCOMPARE(QString::fromUtf8(codeOf(chooseLang(asked.toStdString(), accept.toStdString()))), lang);
    }
    void readsOnlySoMuchOfTheHeader() {
        std::string many;
        for (std::size_t i = 0; i < kAcceptLanguageEntriesMax; ++i)
            many += "x,";
        QCOMPARE(chooseLang("", many + "fi"), Lang::En);
        QCOMPARE(chooseLang("", std::string(kAcceptLanguageBytesMax, ' ') + "fi"), Lang::En);
        QCOMPARE(chooseLang("", std::string(100'000, ',')), Lang::En);
    }

    void writesPrices() {
        const std::string nbsp = "\u00a0";
        QCOMPARE(priceText(money(1295, "EUR"), Lang::En), std::string("€12.95"));
        QCOMPARE(priceText(money(1295, "EUR"), Lang::Fi), "12,95" + nbsp + "€");
        QCOMPARE(priceText(money(123456705, "SEK"), Lang::Sv),
                 "1" + nbsp + "234" + nbsp + "567,05" + nbsp + "kr");
        QCOMPARE(priceText(money(4900, "PLN"), Lang::Pl), "49,00" + nbsp + "zł");
        QCOMPARE(priceText(money(4900, "PLN"), Lang::En), "49.00" + nbsp + "zł");
        QCOMPARE(priceText(money(1500, "JPY"), Lang::En), "1,500" + nbsp + "JPY");
        QCOMPARE(priceText(money(-250, "EUR"), Lang::En), std::string("−€2.50"));
        QCOMPARE(priceText(money(std::numeric_limits<std::int64_t>::min(), "EUR"), Lang::En),
                 std::string("−€92,233,720,368,547,758.08"));
    }

    void writesTimesAndAmounts() {
        const std::string nbsp = "\u00a0";
        QCOMPARE(clockText(1260, Lang::En), std::string("21:00"));
        QCOMPARE(clockText(1260, Lang::Fi), std::string("21.00"));
        QCOMPARE(clockText(545, Lang::Sv), std::string("09:05"));
        QCOMPARE(clockText(545, Lang::Pl), std::string("9:05"));
        QCOMPARE(clockText(1500, Lang::En), std::string("01:00")); // after midnight
        QCOMPARE(durationText(45, Lang::En), "45" + nbsp + "s");
        QCOMPARE(durationText(1259, Lang::En), "20" + nbsp + "min");
        QCOMPARE(durationText(6300, Lang::Fi), "1" + nbsp + "t" + nbsp + "45" + nbsp + "min");
        QCOMPARE(durationText(7200, Lang::Pl), "2" + nbsp + "h");
        QCOMPARE(durationText(-5, Lang::En), "0" + nbsp + "s");
        QCOMPARE(bytesText(850'900'000, Lang::En), "850" + nbsp + "MB");
        QCOMPARE(bytesText(1'299'000'000, Lang::Sv), "1,2" + nbsp + "GB");
        QCOMPARE(bytesText(2'000'000'000, Lang::Fi), "2" + nbsp + "Gt");
        QCOMPARE(bytesText(-1, Lang::En), "0" + nbsp + "MB");
        QCOMPARE(dayText("2026-11-09", Lang::En), "9" + nbsp + "Nov" + nbsp + "2026");
        QCOMPARE(dayText("2026-11-09", Lang::Fi), std::string("9.11.2026"));
        QCOMPARE(dayText("2026-11-09", Lang::Sv), std::string("2026-11-09"));
        QCOMPARE(dayText("2026-11-09", Lang::Pl), std::string("9.11.2026"));
        for (const auto* wrong : {"", "soon", "2026-13-01", "2026-11-00", "2026-1x-01", "2026-11-091"})
            QCOMPARE(dayText(wrong, Lang::Sv), std::string());
    }

    void saysWhenTheStoreIsOpen() {
        QCOMPARE(hoursText({true, 1260, std::nullopt, 0}, 7, Lang::En), std::string("Open until 21:00"));
        QCOMPARE(hoursText({true, std::nullopt, std::nullopt, 0}, 7, Lang::Fi), std::string("Avoinna nyt"));
        QCOMPARE(hoursText({false, std::nullopt, std::nullopt, 0}, 7, Lang::Sv), std::string("Stängt"));
        QCOMPARE(hoursText({false, std::nullopt, 600, 0}, 7, Lang::En),
                 std::string("Closed · opens at 10:00"));
        QCOMPARE(hoursText({false, std::nullopt, 600, 1}, 7, Lang::Pl),
                 std::string("Zamknięte · otwarcie jutro o 10:00"));
        QCOMPARE(hoursText({false, std::nullopt, 600, 2}, 6, Lang::Fi),
                 std::string("Suljettu · avautuu maanantaina klo 10.00"));
        QCOMPARE(hoursText({false, std::nullopt, 600, 3}, 0, Lang::En),
                 std::string("Closed · opens on Wednesday at 10:00"));
    }

    void fillsPlacesOnlyOnce() {
        QCOMPARE(filled("{} of {}", "{}", "2"), std::string("{} of 2"));
        QCOMPARE(filled("none", "x"), std::string("none"));
    }

    void asksForEachConsentInItsOwnWords() {
        std::set<std::string_view> fields;
        std::set<std::string_view> texts;
        for (const auto id : kConsentIds) {
            const auto& wording = consentWording(id);
            QCOMPARE(wording.id, id);
            QVERIFY(fields.insert(wording.field).second);
            QVERIFY(!wording.version.empty());
            for (const auto lang : kLangs)
                QVERIFY(texts.insert(consentText(id, lang)).second);
        }
        QCOMPARE(consentWording(ConsentId::WifiTerms).version, kTermsVersion);
        QCOMPARE(texts.size(), std::size_t(12));
    }

    void hasTermsAndPrivacyInEveryLanguage() {
        auto sections = privacySections(true);
        const auto without = privacySections(false);
        QCOMPARE(sections.size(), without.size());
        sections.insert(sections.end(), termsSections().begin(), termsSections().end());
        for (const auto& section : sections)
            for (std::size_t i = 0; i < kLangs.size(); ++i) {
                QVERIFY(!section.headings[i].empty());
                QVERIFY(section.texts[i].size() > 20);
                QCOMPARE(placesIn(section.texts[i]), placesIn(section.texts[0]));
            }
    }
};

QTEST_APPLESS_MAIN(TestPortalWords)
#include "tst_portal_words.moc"
