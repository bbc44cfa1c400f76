#include "feeds.h"

#include "table.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>

namespace silta::demo {
namespace {

constexpr const char* kShopUrl = "https://demo.silta.example/p/";

bool hasVariants(const Model& model) {
    return model.colors.size() * std::max<std::size_t>(1, model.sizes.size()) > 1;
}

QString titleOf(const Item& item, std::size_t language) {
    QString title = item.model->title[language];
    if (item.model->namesColor) title += QStringLiteral(", ") + item.color->name[language];
    if (!item.size.isEmpty()) title += QStringLiteral(", ") + localized(item.size, language);
    return title;
}

/// The chain counts its days by Finnish time.
QString offerText(const OfferPeriod& period) {
    const QTimeZone zone("Europe/Helsinki");
    const auto text = [&zone](QDate date) {
        const QDateTime start(date, QTime(0, 0), zone);
        const int minutes = start.offsetFromUtc() / 60;
        return date.toString(Qt::ISODate) + QStringLiteral("T00:00+%1%2")
                                                .arg(minutes / 60, 2, 10, QLatin1Char('0'))
                                                .arg(minutes % 60, 2, 10, QLatin1Char('0'));
    };
    return text(period.from) + QLatin1Char('/') + text(period.to);
}

/// Food shows a price per kilogram or litre: "250 g" and its base "1 kg".
std::pair<QString, QString> unitPricing(const Item& item) {
    const QString measure = item.size.isEmpty() ? item.model->measure : item.size;
    const QString unit = measure.section(QLatin1Char(' '), -1);
    if (!item.model->department->isFood && !item.model->topDepartment->isFood) return {};
    if (unit == u"g" || unit == u"kg") return {measure, QStringLiteral("1 kg")};
    if (unit == u"ml" || unit == u"l") return {measure, QStringLiteral("1 l")};
    return {};
}

} // namespace

QByteArray productFeed(const Assortment& assortment, const std::vector<Shop>& shops, QDate today) {
    TableWriter feed({QStringLiteral("id"),
                      QStringLiteral("title"),
                      QStringLiteral("description"),
                      QStringLiteral("link"),
                      QStringLiteral("image_link"),
                      QStringLiteral("availability"),
                      QStringLiteral("price"),
                      QStringLiteral("sale_price"),
                      QStringLiteral("sale_price_effective_date"),
                      QStringLiteral("brand"),
                      QStringLiteral("gtin"),
                      QStringLiteral("item_group_id"),
                      QStringLiteral("color"),
                      QStringLiteral("size"),
                      QStringLiteral("product_type"),
                      QStringLiteral("material"),
                      QStringLiteral("condition"),
                      QStringLiteral("product_detail"),
                      QStringLiteral("unit_pricing_measure"),
                      QStringLiteral("unit_pricing_base_measure")});
    for (const Item& item : assortment.items) {
        const Model& model = *item.model;
        const bool inStock = std::any_of(shops.begin(), shops.end(), [&item](const Shop& shop) {
            return stockOf(shop, item).quantity > 0;
        });
        const auto [unit, unitBase] = unitPricing(item);
        feed.add({item.sku,
                  titleOf(item, 0),
                  model.description[0],
                  QLatin1String(kShopUrl) + item.sku,
                  QStringLiteral("pictures/") + item.picture,
                  inStock ? QStringLiteral("in_stock") : QStringLiteral("out_of_stock"),
                  priceText(item.priceCents),
                  item.saleCents > 0 ? priceText(item.saleCents) : QString(),
                  item.saleCents > 0 ? offerText(offerPeriod(model, today)) : QString(),
                  model.brand,
                  item.gtin,
                  hasVariants(model) ? model.key : QString(),
                  model.namesColor ? item.color->name[0] : QString(),
                  item.size,
                  model.department->path[0],
                  model.material,
                  QStringLiteral("new"),
                  model.details.join(QLatin1Char(',')),
                  unit,
                  unitBase});
    }
    return feed.bytes();
}

QByteArray supplementalFeed(const Assortment& assortment, std::size_t language) {
    TableWriter feed({QStringLiteral("id"), QStringLiteral("title"), QStringLiteral("description"),
                      QStringLiteral("product_type"), QStringLiteral("color"), QStringLiteral("size")});
    for (const Item& item : assortment.items) {
        const Model& model = *item.model;
        feed.add({item.sku, titleOf(item, language), model.description[language],
                  model.department->path[language], model.namesColor ? item.color->name[language] : QString(),
                  localized(item.size, language)});
    }
    return feed.bytes();
}

QByteArray inventoryFeed(const Assortment& assortment, const std::vector<Shop>& shops) {
    TableWriter feed({QStringLiteral("store_code"), QStringLiteral("id"), QStringLiteral("quantity"),
                      QStringLiteral("price"), QStringLiteral("availability"),
                      QStringLiteral("pickup_method"), QStringLiteral("pickup_sla"),
                      QStringLiteral("instore_product_location")});
    for (const Shop& shop : shops) {
        for (const Item& item : assortment.items) {
            const Stock stock = stockOf(shop, item);
            if (!stock.carried) continue;
            const QString availability = stock.quantity == 0  ? QStringLiteral("out_of_stock")
                                         : stock.quantity < 4 ? QStringLiteral("limited_availability")
                                                              : QStringLiteral("in_stock");
            feed.add({shop.code, item.sku, QString::number(stock.quantity), priceText(item.priceCents),
                      availability,
                      stock.quantity > 0 ? QStringLiteral("buy") : QStringLiteral("not supported"),
                      stock.quantity > 0 ? QStringLiteral("same day") : QString(), stock.aisle});
        }
    }
    return feed.bytes();
}

} // namespace silta::demo
