// RecentProducts: what this shopper has looked at, newest first. Forgotten with the shopper.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>
#include <deque>

namespace silta::kiosk {

/// A strip that is still looked through.
inline constexpr std::size_t kRecentMax = 12;

/// Thread: GUI.
class RecentProducts : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::ProductListModel* items READ items CONSTANT)

public:
    explicit RecentProducts(const Desk& desk, QObject* parent = nullptr) : QObject(parent), desk_(desk) {}

    ProductListModel* items() { return &items_; }
    /// Puts it in front; one that is there already moves.
    void add(const std::string& sku);
    void setLanguage(const QString& language);
    /// Reads titles, prices and stock again.
    void reload();
    void reset();

private:
    Desk desk_;
    QString language_;
    std::deque<std::string> skus_;
    ProductListModel items_;
    quint64 ticket_ = 0;
};

} // namespace silta::kiosk
