// ProductView: everything that the product page says about one item.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>

namespace silta::kiosk {

/// Thread: GUI. Answers to a product that is no longer shown are dropped.
class ProductView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    Q_PROPERTY(QString sku READ sku NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString brand READ brand NOTIFY changed)
    Q_PROPERTY(QString description READ description NOTIFY changed)
    Q_PROPERTY(QString picture READ picture NOTIFY changed)
    Q_PROPERTY(QString priceText READ priceText NOTIFY changed)
    Q_PROPERTY(QString regularPriceText READ regularPriceText NOTIFY changed)
    /// By the kilogram, litre or metre, where the feed says how much it is; else empty.
    Q_PROPERTY(QString unitPriceText READ unitPriceText NOTIFY changed)
    Q_PROPERTY(QString offerText READ offerText NOTIFY changed)
    Q_PROPERTY(QString numberText READ numberText NOTIFY changed)
    Q_PROPERTY(QString ratingText READ ratingText NOTIFY changed)
    Q_PROPERTY(QString ratingCountText READ ratingCountText NOTIFY changed)
    /// Share of each number of stars, five stars first; 0..1.
    Q_PROPERTY(QList<qreal> ratingShares READ ratingShares NOTIFY changed)
    Q_PROPERTY(QString color READ color NOTIFY changed)
    Q_PROPERTY(QString size READ size NOTIFY changed)
    Q_PROPERTY(bool colorsHavePictures READ colorsHavePictures NOTIFY changed)
    Q_PROPERTY(QString hereText READ hereText NOTIFY changed)
    Q_PROPERTY(QString hereKind READ hereKind NOTIFY changed)
    Q_PROPERTY(QString aisle READ aisle NOTIFY changed)
    Q_PROPERTY(QString stockAgeText READ stockAgeText NOTIFY changed)
    /// How it can be had: here, elsewhere, at home.
    Q_PROPERTY(QString promiseText READ promiseText NOTIFY changed)
    Q_PROPERTY(silta::kiosk::VariantModel* colors READ colors CONSTANT)
    Q_PROPERTY(silta::kiosk::VariantModel* sizes READ sizes CONSTANT)
    Q_PROPERTY(silta::kiosk::StockModel* otherStores READ otherStores CONSTANT)
    Q_PROPERTY(silta::kiosk::ReviewModel* reviews READ reviews CONSTANT)

public:
    explicit ProductView(const Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] bool ready() const { return id_ != 0 && loaded_; }
    [[nodiscard]] qint64 id() const { return id_; }
    [[nodiscard]] QString sku() const { return QString::fromStdString(page_.record.sku); }
    [[nodiscard]] std::string gtin() const;
    [[nodiscard]] QString title() const { return QString::fromStdString(page_.text.title); }
    [[nodiscard]] QString brand() const { return QString::fromStdString(page_.record.brand); }
    [[nodiscard]] QString description() const { return QString::fromStdString(page_.text.description); }
    [[nodiscard]] QString picture() const { return pictureUrl(page_.record.picture); }
    [[nodiscard]] QString priceText() const { return priceText_; }
    [[nodiscard]] QString regularPriceText() const { return regularPriceText_; }
    [[nodiscard]] QString unitPriceText() const { return unitPriceText_; }
    [[nodiscard]] QString offerText() const { return offerText_; }
    [[nodiscard]] QString numberText() const;
    [[nodiscard]] QString ratingText() const { return ratingText_; }
    [[nodiscard]] QString ratingCountText() const { return ratingCountText_; }
    [[nodiscard]] QList<qreal> ratingShares() const { return ratingShares_; }
    [[nodiscard]] QString color() const { return QString::fromStdString(page_.text.color); }
    [[nodiscard]] QString size() const { return QString::fromStdString(page_.text.size); }
    [[nodiscard]] bool colorsHavePictures() const { return colorsHavePictures_; }
    [[nodiscard]] QString hereText() const { return hereText_; }
    [[nodiscard]] QString hereKind() const { return hereKind_; }
    [[nodiscard]] QString aisle() const { return aisle_; }
    [[nodiscard]] QString stockAgeText() const { return stockAgeText_; }
    [[nodiscard]] QString promiseText() const { return promiseText_; }
    VariantModel* colors() { return &colors_; }
    VariantModel* sizes() { return &sizes_; }
    StockModel* otherStores() { return &otherStores_; }
    ReviewModel* reviews() { return &reviews_; }

    void setLanguage(const QString& language);
    /// Shows the item with this row number of the open catalogue.
    void show(qint64 id);
    /// Looks the item up again by its sku: row numbers change with the catalogue.
    void reload();
    void reset();

signals:
    void changed();
    /// The item is not in this catalogue (any more).
    void missing();

private:
    struct Answer {
        ProductPage page;
        std::vector<StoreStock> stock;
    };
    static Result<Answer> read(const CatalogReader& reader, std::int64_t id, const std::string& lang);
    void take(Answer answer);
    void takeVariants(const Words& words);
    void takeStock(const std::vector<StoreStock>& stock, const Words& words, UtcMs now);
    [[nodiscard]] QString promiseOf(const std::vector<StockRow>& others) const;

    Desk desk_;
    QString language_;
    qint64 id_ = 0;
    bool loaded_ = false;
    quint64 ticket_ = 0;
    ProductPage page_;
    QString priceText_, regularPriceText_, unitPriceText_, offerText_, ratingText_, ratingCountText_;
    QString hereText_, hereKind_ = QStringLiteral("unknown"), aisle_, stockAgeText_, promiseText_;
    QList<qreal> ratingShares_;
    bool colorsHavePictures_ = false;
    VariantModel colors_, sizes_;
    StockModel otherStores_;
    ReviewModel reviews_;
};

} // namespace silta::kiosk
