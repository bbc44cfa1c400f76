#include "view/models.h"

namespace silta::kiosk {

QString pictureUrl(const std::string& sha256) {
    return sha256.empty() ? QString() : QStringLiteral("image://picture/") + QString::fromStdString(sha256);
}

QString kindOf(Availability availability) {
    return QString::fromLatin1(toString(availability));
}

Result<ProductCard> cardOfSku(const CatalogReader& reader, const std::string& sku, const std::string& lang) {
    const auto id = reader.idOfSku(sku);
    if (!id) return id.error();
    auto page = reader.product(*id, lang);
    if (!page) return page.error();
    ProductCard card;
    card.id = page->id;
    card.sku = page->record.sku;
    card.title = page->text.title;
    card.brand = page->record.brand;
    card.price = page->record.price;
    card.picture = page->record.picture;
    card.rating = page->record.rating;
    const auto stock = reader.storesWithStock(page->id);
    if (stock && !stock->empty() && !stock->front().isEstimate) card.here = stock->front().availability;
    return card;
}

ProductRow toRow(const ProductCard& card, const Words& words, UtcMs now) {
    ProductRow row;
    row.productId = card.id;
    row.sku = QString::fromStdString(card.sku);
    row.title = QString::fromStdString(card.title);
    row.brand = QString::fromStdString(card.brand);
    if (card.price) {
        row.price = words.money(card.price->at(now));
        row.offer = card.price->isOffer(now);
        if (row.offer) row.regularPrice = words.money(card.price->regular);
    }
    row.picture = pictureUrl(card.picture);
    if (card.rating.count > 0) row.rating = words.rating(card.rating.average);
    row.variants = card.variants;
    row.availability = words.availability(card.here);
    row.availabilityKind = kindOf(card.here);
    return row;
}

QVariant ProductListModel::data(const QModelIndex& index, int role) const {
    const ProductRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case ProductId:
        return row->productId;
    case Sku:
        return row->sku;
    case Title:
        return row->title;
    case Brand:
        return row->brand;
    case PriceText:
        return row->price;
    case RegularPriceText:
        return row->regularPrice;
    case Picture:
        return row->picture;
    case RatingText:
        return row->rating;
    case AvailabilityText:
        return row->availability;
    case AvailabilityKind:
        return row->availabilityKind;
    case Variants:
        return row->variants;
    case Offer:
        return row->offer;
    default:
        return {};
    }
}

QHash<int, QByteArray> ProductListModel::roleNames() const {
    return {{ProductId, "productId"},
            {Sku, "sku"},
            {Title, "title"},
            {Brand, "brand"},
            {PriceText, "priceText"},
            {RegularPriceText, "regularPriceText"},
            {Picture, "picture"},
            {RatingText, "ratingText"},
            {AvailabilityText, "availabilityText"},
            {AvailabilityKind, "availabilityKind"},
            {Variants, "variants"},
            {Offer, "offer"}};
}

QVariant DepartmentModel::data(const QModelIndex& index, int role) const {
    const DepartmentRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case DepartmentId:
        return row->departmentId;
    case Title:
        return row->title;
    case Products:
        return row->products;
    case Picture:
        return row->picture;
    default:
        return {};
    }
}

QHash<int, QByteArray> DepartmentModel::roleNames() const {
    return {{DepartmentId, "departmentId"}, {Title, "title"}, {Products, "products"}, {Picture, "picture"}};
}

QVariant VariantModel::data(const QModelIndex& index, int role) const {
    const VariantRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case ProductId:
        return row->productId;
    case Label:
        return row->label;
    case Picture:
        return row->picture;
    case AvailabilityText:
        return row->availability;
    case AvailabilityKind:
        return row->availabilityKind;
    case Selected:
        return row->selected;
    default:
        return {};
    }
}

QHash<int, QByteArray> VariantModel::roleNames() const {
    return {{ProductId, "productId"},
            {Label, "label"},
            {Picture, "picture"},
            {AvailabilityText, "availabilityText"},
            {AvailabilityKind, "availabilityKind"},
            {Selected, "selected"}};
}

QVariant StockModel::data(const QModelIndex& index, int role) const {
    const StockRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Name:
        return row->name;
    case Address:
        return row->address;
    case Distance:
        return row->distance;
    case AvailabilityText:
        return row->availability;
    case AvailabilityKind:
        return row->availabilityKind;
    case Opening:
        return row->opening;
    case Age:
        return row->age;
    default:
        return {};
    }
}

QHash<int, QByteArray> StockModel::roleNames() const {
    return {{Name, "name"},
            {Address, "address"},
            {Distance, "distance"},
            {AvailabilityText, "availabilityText"},
            {AvailabilityKind, "availabilityKind"},
            {Opening, "opening"},
            {Age, "age"}};
}

QVariant ReviewModel::data(const QModelIndex& index, int role) const {
    const ReviewRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Stars:
        return row->stars;
    case Title:
        return row->title;
    case Body:
        return row->text;
    case Date:
        return row->date;
    default:
        return {};
    }
}

QHash<int, QByteArray> ReviewModel::roleNames() const {
    return {{Stars, "stars"}, {Title, "title"}, {Body, "body"}, {Date, "date"}};
}

} // namespace silta::kiosk
