// WishlistView: the shopper's list, as silta-edge keeps it.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>

namespace silta::kiosk {

/// As many skus as still make a QR code that phones read from a screen.
inline constexpr std::size_t kUrlItemsMax = 30;

/// Thread: GUI. An item counts as saved only after the edge's answer.
class WishlistView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::ProductListModel* items READ items CONSTANT)
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString countText READ countText NOTIFY changed)
    Q_PROPERTY(QString totalText READ totalText NOTIFY changed)
    /// Where the list can be opened on a phone; empty while no public address is known.
    Q_PROPERTY(QString url READ url NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)

public:
    explicit WishlistView(const Desk& desk, QObject* parent = nullptr);

    ProductListModel* items() { return &items_; }
    [[nodiscard]] int count() const { return static_cast<int>(list_.size()); }
    [[nodiscard]] QString countText() const;
    [[nodiscard]] QString totalText() const { return totalText_; }
    [[nodiscard]] QString url() const { return QString::fromStdString(url_); }
    [[nodiscard]] bool busy() const { return pending_ > 0; }
    [[nodiscard]] std::string id() const { return list_.empty() ? std::string() : id_; }
    [[nodiscard]] const std::vector<ListItem>& list() const { return list_; }
    Q_INVOKABLE bool holds(const QString& sku) const;

    void setLanguage(const QString& language);
    void setPublicUrl(const std::string& publicUrl);
    void add(const std::string& sku, const std::string& gtin);
    void remove(const std::string& sku);
    /// Opens a list made elsewhere.
    void open(const std::string& id);
    /// Reads titles, prices and stock again.
    void reload();
    void reset();

signals:
    void changed();
    void saved();
    void removed();
    void failed(silta::Errc code);

private:
    void take(std::vector<ListItem> list);
    void resolve();

    Desk desk_;
    QString language_;
    std::string id_, publicUrl_, url_;
    std::vector<ListItem> list_;
    ProductListModel items_;
    QString totalText_;
    int pending_ = 0;
    quint64 session_ = 0; ///< answers that belong to a former shopper are dropped
    quint64 ticket_ = 0;
};

/// `<publicUrl>/w/<id>?i=<sku>~<sku>…`; empty without a public address or items. A sku that itself holds a
/// tilde would make the short list ambiguous and is left to the list that the address names.
std::string wishlistUrl(const std::string& publicUrl, const std::string& id,
                        const std::vector<ListItem>& list);

} // namespace silta::kiosk
