#include "stores.h"

#include "table.h"

#include <fmt/format.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace silta::demo {
namespace {

/// Holidays are announced a good year ahead.
constexpr int kSpecialDaysAhead = 400;

struct Hours {
    QString opens, closes;
};

/// Shops say "closed" as opening and closing at midnight. Source: schema.org/specialOpeningHoursSpecification
/// as search engines read it.
Hours hoursOf(const QString& text) {
    if (text == u"-") return {QStringLiteral("00:00"), QStringLiteral("00:00")};
    return {text.section(QLatin1Char('-'), 0, 0), text.section(QLatin1Char('-'), 1, 1)};
}

QJsonObject weekly(const QStringList& days, const QString& hours) {
    QJsonArray names;
    for (const QString& day : days)
        names.append(QStringLiteral("https://schema.org/") + day);
    const Hours open = hoursOf(hours);
    return {{QStringLiteral("@type"), QStringLiteral("OpeningHoursSpecification")},
            {QStringLiteral("dayOfWeek"), names},
            {QStringLiteral("opens"), open.opens},
            {QStringLiteral("closes"), open.closes}};
}

/// The first day on or after `from` that is this day of the week (1 = Monday).
QDate weekdayFrom(QDate from, int dayOfWeek) {
    return from.addDays((dayOfWeek - from.dayOfWeek() + 7) % 7);
}

/// "12-24", "easter+1", "friday>06-19" (the first Friday from that day), "sunday<12-24,2" (the second Sunday
/// before it).
std::optional<QDate> dateOf(const QString& rule, int year) {
    if (rule.startsWith(u"easter")) return easterSunday(year).addDays(rule.mid(6).toInt());
    const auto fixed = [year](const QString& monthDay) {
        return QDate::fromString(QStringLiteral("%1-%2").arg(year).arg(monthDay),
                                 QStringLiteral("yyyy-MM-dd"));
    };
    if (rule.startsWith(u"friday>")) return weekdayFrom(fixed(rule.mid(7)), Qt::Friday);
    if (rule.startsWith(u"saturday>")) return weekdayFrom(fixed(rule.mid(9)), Qt::Saturday);
    if (rule.startsWith(u"sunday<")) {
        const QString monthDay = rule.mid(7).section(QLatin1Char(','), 0, 0);
        const int weeks = rule.section(QLatin1Char(','), 1, 1).toInt();
        return weekdayFrom(fixed(monthDay), Qt::Sunday).addDays(-7 * weeks);
    }
    const QDate date = fixed(rule);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

Result<std::map<QDate, Row>> specialDays(const Table& holidays, const QString& country, QDate today) {
    std::map<QDate, Row> days;
    for (const Row& row : holidays.rows()) {
        if (row["country"] != country) continue;
        for (const int year : {today.year(), today.year() + 1, today.year() + 2}) {
            const auto date = dateOf(row["day"], year);
            if (!date)
                return Error{Errc::Invalid, fmt::format("compose holidays: {}", row["day"].toStdString())};
            if (*date >= today && *date <= today.addDays(kSpecialDaysAhead)) days.emplace(*date, row);
        }
    }
    return days;
}

QJsonObject storeJson(const Shop& shop, const std::map<QDate, Row>& special) {
    QJsonArray week;
    week.append(weekly({QStringLiteral("Monday"), QStringLiteral("Tuesday"), QStringLiteral("Wednesday"),
                        QStringLiteral("Thursday"), QStringLiteral("Friday")},
                       shop.weekdays));
    week.append(weekly({QStringLiteral("Saturday")}, shop.saturday));
    if (shop.sunday != u"-") week.append(weekly({QStringLiteral("Sunday")}, shop.sunday));
    QJsonArray days;
    for (const auto& [date, row] : special) {
        const Hours open = hoursOf(row["hours"]);
        days.append(QJsonObject{{QStringLiteral("@type"), QStringLiteral("OpeningHoursSpecification")},
                                {QStringLiteral("description"), row["name"]},
                                {QStringLiteral("validFrom"), date.toString(Qt::ISODate)},
                                {QStringLiteral("validThrough"), date.toString(Qt::ISODate)},
                                {QStringLiteral("opens"), open.opens},
                                {QStringLiteral("closes"), open.closes}});
    }
    return {
        {QStringLiteral("@type"), QStringLiteral("Store")},
        {QStringLiteral("branchCode"), shop.code},
        {QStringLiteral("name"), shop.name},
        {QStringLiteral("telephone"), shop.phone},
        {QStringLiteral("url"), QStringLiteral("https://demo.silta.example/stores/") + shop.code},
        {QStringLiteral("address"), QJsonObject{{QStringLiteral("@type"), QStringLiteral("PostalAddress")},
                                                {QStringLiteral("streetAddress"), shop.street},
                                                {QStringLiteral("postalCode"), shop.postcode},
                                                {QStringLiteral("addressLocality"), shop.city},
                                                {QStringLiteral("addressCountry"), shop.country}}},
        {QStringLiteral("geo"), QJsonObject{{QStringLiteral("@type"), QStringLiteral("GeoCoordinates")},
                                            {QStringLiteral("latitude"), shop.latitude},
                                            {QStringLiteral("longitude"), shop.longitude}}},
        {QStringLiteral("openingHoursSpecification"), week},
        {QStringLiteral("specialOpeningHoursSpecification"), days},
        {QStringLiteral("additionalProperty"),
         QJsonArray{QJsonObject{{QStringLiteral("@type"), QStringLiteral("PropertyValue")},
                                {QStringLiteral("name"), QStringLiteral("timeZone")},
                                {QStringLiteral("value"), shop.timeZone}}}},
    };
}

/// A department keeps its letter in every shop; where its shelves stand along the aisle differs from shop to
/// shop.
QString aisleOf(const Shop& shop, const Model& model) {
    const int rows = shop.size > 0.85 ? 24 : 12;
    const int start = pick(shop.code + model.topDepartment->key, rows - 6) + 1;
    const int shelf = start + pick(shop.code + model.department->key + QStringLiteral("/shelf"), 6);
    return QStringLiteral("%1%2").arg(model.topDepartment->aisle).arg(shelf);
}

} // namespace

QDate easterSunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, n / 31, n % 31 + 1};
}

Result<std::vector<Shop>> loadShops() {
    auto table = Table::load(QStringLiteral("stores"));
    if (!table) return table.error();
    std::vector<Shop> shops;
    for (const Row& row : table->rows()) {
        Shop shop;
        shop.code = row["code"];
        shop.name = row["name"];
        shop.street = row["street"];
        shop.postcode = row["postcode"];
        shop.city = row["city"];
        shop.country = row["country"];
        shop.phone = row["phone"];
        shop.timeZone = row["timezone"];
        shop.latitude = row["latitude"].toDouble();
        shop.longitude = row["longitude"].toDouble();
        shop.size = row["size"].toDouble();
        shop.weekdays = row["weekdays"];
        shop.saturday = row["saturday"];
        shop.sunday = row["sunday"];
        shops.push_back(std::move(shop));
    }
    return shops;
}

Result<QByteArray> storesJson(const std::vector<Shop>& shops, QDate today) {
    auto holidays = Table::load(QStringLiteral("holidays"));
    if (!holidays) return holidays.error();
    QJsonArray graph;
    for (const Shop& shop : shops) {
        auto special = specialDays(*holidays, shop.country, today);
        if (!special) return special.error();
        graph.append(storeJson(shop, *special));
    }
    const QJsonObject document{{QStringLiteral("@context"), QStringLiteral("https://schema.org")},
                               {QStringLiteral("@graph"), graph}};
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

Stock stockOf(const Shop& shop, const Item& item) {
    const Model& model = *item.model;
    Stock stock;
    // Popular models are in every shop; the rest fills the space that a shop has left.
    const double wanted =
        chance(shop.code + model.key + QStringLiteral("/carry")) - 0.35 * (model.popularity - 0.5);
    const bool variantHere =
        chance(shop.code + item.sku + QStringLiteral("/variant")) < 0.9 + 0.1 * shop.size;
    stock.carried = wanted < shop.size && variantHere && !(model.isBulky && shop.size < 0.5 && wanted > 0.25);
    if (!stock.carried) return stock;
    stock.aisle = aisleOf(shop, model);
    const double luck = chance(shop.code + item.sku + QStringLiteral("/luck"));
    if (luck < 0.05) return stock; // sold out
    // Cheap things lie deep, dear and bulky ones shallow.
    const double price = item.priceCents / 100.0;
    const double depth = model.isBulky ? 3 : std::clamp(46 / std::sqrt(price + 1), 3.0, 26.0);
    const double demand = depth * (0.35 + 1.3 * model.popularity) * item.share * (0.45 + 0.75 * shop.size);
    if (luck < 0.14)
        stock.quantity = 1 + pick(shop.code + item.sku + QStringLiteral("/few"), 3);
    else
        stock.quantity = std::max(1, static_cast<int>(std::lround(demand * (0.35 + 1.3 * luck))));
    return stock;
}

} // namespace silta::demo
