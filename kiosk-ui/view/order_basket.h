// OrderBasket: what is about to be ordered, what it costs, and which stores have it.
#pragma once

#include "view/desk.h"
#include "view/order_models.h"

#include <QObject>
#include <optional>

namespace silta::kiosk {

/// What silta-edge takes of one order: lines, and pieces of a line. Source: app/docs/orders.md.
inline constexpr std::size_t kOrderLinesMax = 20;
inline constexpr int kOrderQuantityMax = 99;
/// Stores offered for collecting; farther ones are a trip that nobody makes for this.
inline constexpr std::size_t kPickUpStoresMax = 8;

/// A line as it was seen: what the order says of it.
struct OrderLine {
    std::string sku;
    int quantity = 1;
    Money unitPrice;
};

/// Thread: GUI. Answers to a question that a newer one has overtaken are dropped.
class OrderBasket : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the order")
    Q_PROPERTY(bool ready READ ready NOTIFY changed)
    /// Read, and nothing of it can be ordered.
    Q_PROPERTY(bool empty READ empty NOTIFY changed)
    Q_PROPERTY(silta::kiosk::OrderLineModel* lines READ lines CONSTANT)
    Q_PROPERTY(silta::kiosk::PickUpModel* stores READ stores CONSTANT)
    Q_PROPERTY(QString totalText READ totalText NOTIFY changed)
    /// What was left out, in words; empty when nothing was.
    Q_PROPERTY(QString omittedText READ omittedText NOTIFY changed)
    Q_PROPERTY(bool allHere READ allHere NOTIFY changed)

public:
    explicit OrderBasket(const Desk& desk, QObject* parent = nullptr);

    [[nodiscard]] bool ready() const { return ready_; }
    [[nodiscard]] bool empty() const { return ready_ && ordered_.empty(); }
    OrderLineModel* lines() { return &lines_; }
    PickUpModel* stores() { return &stores_; }
    [[nodiscard]] QString totalText() const { return totalText_; }
    [[nodiscard]] QString omittedText() const;
    /// The home store has all of it, by its own figures.
    [[nodiscard]] bool allHere() const { return allHere_; }
    [[nodiscard]] const std::vector<OrderLine>& ordered() const { return ordered_; }
    [[nodiscard]] std::optional<Money> total() const { return total_; }
    /// ISO 3166-1 alpha-2 of the home store; empty until it is known.
    [[nodiscard]] const std::string& country() const { return country_; }
    /// Where it would be collected: as chosen, else this store where it has all of it, else the nearest that
    /// has.
    [[nodiscard]] const std::string& store() const { return store_; }
    [[nodiscard]] const std::string& homeStore() const { return homeStore_; }
    /// One of stores(); anything else changes nothing.
    void setStore(const std::string& code);

    void setLanguage(const QString& language);
    void fill(std::vector<ListItem> items);
    /// 1..kOrderQuantityMax; anything else changes nothing.
    Q_INVOKABLE void setQuantity(const QString& sku, int quantity);
    /// Reads titles, prices and stock again.
    void reload();
    void reset();

signals:
    void changed();

private:
    struct Found {
        ListItem item;
        ProductPage page;
        std::vector<StoreStock> stock; ///< the home store leads
    };
    /// What one store has of the order.
    struct Cover {
        StoreStock scarcest; ///< of the line that it has least of
        int lines = 0;       ///< that it has enough of
        bool isWhole = false;
    };
    static std::vector<Cover> nearest(const std::vector<Found>& found);
    static PickUpRow toPickUp(const Cover& cover, int lines, const Words& words, UtcMs now);
    static Result<std::vector<Found>> read(const CatalogReader& reader, const std::vector<ListItem>& items,
                                           const std::string& lang);
    void take(const std::vector<Found>& found);
    void takeLine(const Found& entry, const Words& words, UtcMs now, std::vector<OrderLineRow>& rows);
    void takeStores(const std::vector<Found>& found, const Words& words, UtcMs now);

    Desk desk_;
    QString language_;
    std::vector<ListItem> items_;
    std::vector<OrderLine> ordered_;
    std::optional<Money> total_;
    std::string country_, homeStore_, store_;
    bool isStoreChosen_ = false;
    QString totalText_;
    bool ready_ = false, allHere_ = false;
    OrderLineModel lines_;
    PickUpModel stores_;
    quint64 ticket_ = 0;
};

} // namespace silta::kiosk
