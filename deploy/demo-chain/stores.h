// The twelve shops of the demo chain: places, hours, holidays, and what each keeps on its shelves.
#pragma once

#include "chain.h"

#include <silta/result.h>

#include <QDate>
#include <QString>
#include <vector>

namespace silta::demo {

struct Shop {
    QString code, name, street, postcode, city, country, phone, timeZone;
    double latitude = 0, longitude = 0;
    double size = 1;                    ///< share of the assortment that it carries, 0..1
    QString weekdays, saturday, sunday; ///< "09:00-21:00", or "-" when closed
};

/// Errors: NotFound, Invalid.
Result<std::vector<Shop>> loadShops();

/// schema.org Store objects, with the special days of the 400 days from `today`. Errors: NotFound, Invalid.
Result<QByteArray> storesJson(const std::vector<Shop>& shops, QDate today);

struct Stock {
    bool carried = false;
    int quantity = 0;
    QString aisle; ///< "A12"
};
/// What the shop has of an item. Deterministic.
Stock stockOf(const Shop& shop, const Item& item);

/// Sunday's date in the Gregorian calendar. Source: the anonymous algorithm in Meeus, Astronomical
/// Algorithms, ch. 8.
QDate easterSunday(int year);

} // namespace silta::demo
