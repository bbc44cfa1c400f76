// Showcase: what the attract page shows in turn: offers, what is in this store, what came back, what is
// nearby.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>
#include <deque>
#include <set>

namespace silta::kiosk {

/// Of each kind; as many as a passer-by may see while passing.
inline constexpr std::size_t kSlidesEach = 4;
/// Products whose absence here is remembered, so that their return is noticed.
inline constexpr std::size_t kMissedMax = 200;
/// Stock changes all day, and each look reads a column of every product.
inline constexpr std::int64_t kShowcaseMs = 5 * 60'000;
/// "Back in stock" is news for so long.
inline constexpr std::int64_t kBackMs = 24 * 3'600'000;

/// One slide. `seed`: what its picture is drawn from where there is none.
struct SlideRow {
    enum class Kind { Offer, Here, Back, Nearby, Range };
    Kind kind = Kind::Range;
    QString kicker, title, brand, price, regularPrice, place, picture, seed;
    bool operator==(const SlideRow&) const = default;
};

class SlideModel : public silta::kiosk::RowModel { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")

public:
    enum Role { Kicker = Qt::UserRole, Title, Brand, PriceText, RegularPriceText, Place, Picture, Seed };
    using RowModel::RowModel;
    void setRows(std::vector<SlideRow> rows) { replace(rows_, std::move(rows)); }
    [[nodiscard]] const std::vector<SlideRow>& rows() const { return rows_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return countOf(rows_, parent);
    }
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<SlideRow> rows_;
};

/// Thread: GUI.
class Showcase : public QObject {
    Q_OBJECT

public:
    explicit Showcase(const Desk& desk, QObject* parent = nullptr) : QObject(parent), desk_(desk) {}

    SlideModel* slides() { return &slides_; }
    /// Reads all of it again in `language`.
    void reload(const QString& language);
    /// The same once it is older than kShowcaseMs.
    void refresh();

private:
    /// What a look at the catalogue found; `place` is where each lies: an aisle here, or another store.
    struct Found {
        struct Item {
            ProductCard card;
            std::string aisle, store; ///< of the home store; else the nearest that has it
            double km = 0;
        };
        std::vector<Item> offers, here, back, nearby, range;
        std::set<std::string> missed; ///< out here now, among the best rated
    };
    struct Question {
        std::string lang;
        UtcMs now = 0;
        std::size_t turn = 0;
        std::set<std::string> missed, back;
    };
    static Result<Found> look(const CatalogReader& reader, const Question& question);
    void take(Found found);
    [[nodiscard]] SlideRow rowOf(SlideRow::Kind kind, const Found::Item& item, const Words& words) const;

    Desk desk_;
    QString language_;
    SlideModel slides_;
    std::set<std::string> missed_;                          ///< skus
    std::deque<std::pair<std::int64_t, std::string>> back_; ///< since when (steady), sku
    std::int64_t readMs_ = 0;                               ///< steady
    std::size_t turn_ = 0;                                  ///< each look shows others of what is here
    quint64 ticket_ = 0;                                    ///< replies to an older question are dropped
};

} // namespace silta::kiosk
