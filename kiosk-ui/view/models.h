// List models: rows as pages show them. All texts are ready to be read; QML formats nothing.
#pragma once

#include "view/words.h"

#include <silta/catalog.h>

#include <QtQml/qqmlregistration.h>

#include <QAbstractListModel>
#include <vector>

namespace silta::kiosk {

/// Address of a picture for Image.source; empty for an empty hash. See PictureProvider.
QString pictureUrl(const std::string& sha256);
/// "in-stock", "last-few", "out", "unknown".
QString kindOf(Availability availability);

/// What the models share: rows are replaced as a whole. Thread: GUI.
class RowModel : public QAbstractListModel {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int count() const { return rowCount(); }

signals:
    void countChanged();

protected:
    template <class Row>
    static int countOf(const std::vector<Row>& rows, const QModelIndex& parent) {
        return parent.isValid() ? 0 : static_cast<int>(rows.size());
    }
    template <class Row>
    static const Row* rowAt(const std::vector<Row>& rows, const QModelIndex& index) {
        return index.isValid() && index.row() < countOf(rows, {})
                   ? &rows[static_cast<std::size_t>(index.row())]
                   : nullptr;
    }
    template <class Row>
    void replace(std::vector<Row>& rows, std::vector<Row> fresh) {
        beginResetModel();
        rows = std::move(fresh);
        endResetModel();
        emit countChanged();
    }
};

/// One product in a grid, a strip or the wishlist.
struct ProductRow {
    qint64 productId = 0; ///< 0: this catalogue does not hold it
    QString sku, title, brand, price, regularPrice, picture, rating, availability, availabilityKind;
    int variants = 1;
    bool offer = false;
    bool operator==(const ProductRow&) const = default;
};
/// One item by its own number, as a card of its own. Thread: the reader's. Errors: the reader's.
Result<ProductCard> cardOfSku(const CatalogReader& reader, const std::string& sku, const std::string& lang);
ProductRow toRow(const ProductCard& card, const Words& words, UtcMs now);

class ProductListModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role {
        ProductId = Qt::UserRole,
        Sku,
        Title,
        Brand,
        PriceText,
        RegularPriceText,
        Picture,
        RatingText,
        AvailabilityText,
        AvailabilityKind,
        Variants,
        Offer
    };
    using RowModel::RowModel;
    void setRows(std::vector<ProductRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<ProductRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<ProductRow> rows_;
};

struct DepartmentRow {
    qint64 departmentId = 0;
    QString title, products, picture;
};

class DepartmentModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { DepartmentId = Qt::UserRole, Title, Products, Picture };
    using RowModel::RowModel;
    void setRows(std::vector<DepartmentRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<DepartmentRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<DepartmentRow> rows_;
};

/// One choice among a group's colours or sizes.
struct VariantRow {
    qint64 productId = 0;
    QString label, picture, availability, availabilityKind;
    bool selected = false;
};

class VariantModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { ProductId = Qt::UserRole, Label, Picture, AvailabilityText, AvailabilityKind, Selected };
    using RowModel::RowModel;
    void setRows(std::vector<VariantRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<VariantRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<VariantRow> rows_;
};

struct StockRow {
    QString name, address, distance, availability, availabilityKind, opening;
    QString age; ///< of the figure: "5 min ago"; empty when nobody knows
};

class StockModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Name = Qt::UserRole, Address, Distance, AvailabilityText, AvailabilityKind, Opening, Age };
    using RowModel::RowModel;
    void setRows(std::vector<StockRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<StockRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<StockRow> rows_;
};

struct ReviewRow {
    int stars = 0;
    QString title, text, date;
};

class ReviewModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Stars = Qt::UserRole, Title, Body, Date };
    using RowModel::RowModel;
    void setRows(std::vector<ReviewRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<ReviewRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<ReviewRow> rows_;
};

} // namespace silta::kiosk
