// Small catalogues for tests.
#pragma once

#include <silta/catalog.h>

#include <QtTest>
#include <filesystem>
#include <map>
#include <random>
#include <string>

namespace silta::test {

inline const Currency kEur = *Currency::parse("EUR");

/// Fails the test with the error's words.
#define SILTA_OK(call)                                                                                       \
    do {                                                                                                     \
        const auto& siltaResult = (call);                                                                    \
        QVERIFY2(siltaResult.has_value(), siltaResult ? "" : siltaResult.error().what.c_str());              \
    } while (false)

/// `body`: the 12 digits before the check digit.
inline Gtin gtinOf(const std::string& body) {
    return *Gtin::parse(body + Gtin::checkDigit(body));
}

inline Price priceOf(std::int64_t minor) {
    return Price{Money{minor, kEur}, std::nullopt, std::nullopt, std::nullopt};
}

inline ProductText text(std::string lang, std::string title, std::string department = {},
                        std::string color = {}, std::string size = {}) {
    return ProductText{std::move(lang),       std::move(title), {},
                       std::move(department), std::move(color), std::move(size)};
}

inline ProductRecord product(std::string sku, std::string title, std::string department = {}) {
    ProductRecord record;
    record.sku = std::move(sku);
    record.texts.push_back(text("en", std::move(title), std::move(department)));
    record.price = priceOf(995);
    return record;
}

inline StoreRecord store(std::string code, double latitude = 60.17, double longitude = 24.94) {
    StoreRecord record;
    record.code = std::move(code);
    record.name = "Store " + record.code;
    record.country = "FI";
    record.latitude = latitude;
    record.longitude = longitude;
    record.timeZone = "Europe/Helsinki";
    for (auto& day : record.hours.week)
        day = {{540, 1260}};
    return record;
}

inline StockRecord cell(std::string sku, std::string storeCode, std::int32_t quantity, UtcMs asOf = 1'000'000,
                        std::string aisle = {}) {
    return StockRecord{std::move(sku), std::move(storeCode), quantity, asOf, std::move(aisle)};
}

/// Every member set.
inline ProductRecord fullProduct() {
    ProductRecord record = product("SKU-1", "Coffee maker", "Kitchen > Coffee > Filter coffee");
    record.gtin = gtinOf("643001234567");
    record.group = "group-1";
    record.brand = "Bärbel & Søn";
    record.price = Price{Money{12'995, kEur}, Money{9'995, kEur}, 1'700'000'000'000, 1'800'000'000'000};
    record.picture = std::string(60, 'a') + "0189";
    record.texts[0].description = "Makes \"coffee\".\nTwo lines, and a snowman \u2603.";
    record.texts[0].color = "black";
    record.texts[0].size = "1.2 l";
    record.texts.push_back(text("fi", "Kahvinkeitin", "Keittiö > Kahvi > Suodatinkahvi", "musta", "1,2 l"));
    record.texts[1].description = "Keittää kahvia.";
    record.attributes = {{"material", "steel"}, {"power", "1000 W"}};
    record.rating.count = 12;
    record.rating.average = 4.25;
    record.rating.histogram = {1, 0, 1, 3, 7};
    record.reviews = {{5, "en", "Great", "Very hot.", "2025-01-31"}, {1, "fi", "", "Huono", "2024-12-01"}};
    return record;
}

struct TemporaryCatalog {
    QTemporaryDir dir;
    std::string path = dir.filePath("catalog.db").toStdString();

    std::unique_ptr<CatalogWriter> create() const {
        auto writer = CatalogWriter::create(path);
        return writer ? std::move(*writer) : nullptr;
    }
    std::unique_ptr<CatalogReader> reader(std::string home = "1") const {
        auto reader = CatalogReader::open(path, std::move(home));
        return reader ? std::move(*reader) : nullptr;
    }
};

} // namespace silta::test
