#include "view/order_models.h"

namespace silta::kiosk {

QVariant OrderLineModel::data(const QModelIndex& index, int role) const {
    const OrderLineRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Sku:
        return row->sku;
    case Title:
        return row->title;
    case Brand:
        return row->brand;
    case Picture:
        return row->picture;
    case PriceText:
        return row->price;
    case QuantityText:
        return row->quantity;
    case Count:
        return row->count;
    case AvailabilityText:
        return row->availability;
    case AvailabilityKind:
        return row->availabilityKind;
    default:
        return {};
    }
}

QHash<int, QByteArray> OrderLineModel::roleNames() const {
    return {{Sku, "sku"},
            {Title, "title"},
            {Brand, "brand"},
            {Picture, "picture"},
            {PriceText, "priceText"},
            {QuantityText, "quantityText"},
            {Count, "count"},
            {AvailabilityText, "availabilityText"},
            {AvailabilityKind, "availabilityKind"}};
}

void PickUpModel::choose(const QString& code) {
    for (int i = 0; i < rowCount(); ++i) {
        PickUpRow& row = rows_[static_cast<std::size_t>(i)];
        if (row.chosen == (row.code == code)) continue;
        row.chosen = row.code == code;
        emit dataChanged(index(i), index(i), {Chosen});
    }
}

QVariant PickUpModel::data(const QModelIndex& index, int role) const {
    const PickUpRow* row = rowAt(rows_, index);
    if (row == nullptr) return {};
    switch (role) {
    case Code:
        return row->code;
    case Name:
        return row->name;
    case Address:
        return row->address;
    case Distance:
        return row->distance;
    case Opening:
        return row->opening;
    case StockText:
        return row->stock;
    case StockKind:
        return row->stockKind;
    case Chosen:
        return row->chosen;
    default:
        return {};
    }
}

QHash<int, QByteArray> PickUpModel::roleNames() const {
    return {{Code, "code"},       {Name, "name"},           {Address, "address"},     {Distance, "distance"},
            {Opening, "opening"}, {StockText, "stockText"}, {StockKind, "stockKind"}, {Chosen, "chosen"}};
}

} // namespace silta::kiosk
