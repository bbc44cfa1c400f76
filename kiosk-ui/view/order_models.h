// What an order is made of, as pages show it: its lines, and the stores that could hand it over.
#pragma once

#include "view/models.h"

namespace silta::kiosk {

struct OrderLineRow {
    QString sku, title, brand, picture;
    QString price;    ///< of the whole line, ready to be read
    QString quantity; ///< "2 × 12.95 €"; empty for one
    int count = 1;
    QString availability, availabilityKind;
};

class OrderLineModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role {
        Sku = Qt::UserRole,
        Title,
        Brand,
        Picture,
        PriceText,
        QuantityText,
        Count,
        AvailabilityText,
        AvailabilityKind
    };
    using RowModel::RowModel;
    void setRows(std::vector<OrderLineRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<OrderLineRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<OrderLineRow> rows_;
};

/// A store where the order could be collected.
struct PickUpRow {
    QString code, name, address, distance, opening;
    QString stock;     ///< "All items in stock", "1 of 3 items in stock"
    QString stockKind; ///< as kindOf()
    bool chosen = false;
};

class PickUpModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Code = Qt::UserRole, Name, Address, Distance, Opening, StockText, StockKind, Chosen };
    using RowModel::RowModel;
    void setRows(std::vector<PickUpRow> rows) { replace(rows_, std::move(rows)); }
    /// Marks the store, and no other.
    void choose(const QString& code);
    [[nodiscard]] const std::vector<PickUpRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<PickUpRow> rows_;
};

} // namespace silta::kiosk
