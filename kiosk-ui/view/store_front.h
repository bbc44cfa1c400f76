// StoreFront: what the kiosk shows before anyone has asked for anything: the store, its offers, its
// departments.
#pragma once

#include "view/desk.h"
#include "view/models.h"

#include <QObject>

namespace silta::kiosk {

/// Enough for the strip on the home page and the attract carousel.
inline constexpr int kOffersMax = 24;

/// Thread: GUI.
class StoreFront : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(silta::kiosk::ProductListModel* offers READ offers CONSTANT)
    Q_PROPERTY(silta::kiosk::DepartmentModel* departments READ departments CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString opening READ opening NOTIFY changed)
    Q_PROPERTY(QString stockAge READ stockAge NOTIFY changed)

public:
    explicit StoreFront(const Desk& desk, QObject* parent = nullptr);

    ProductListModel* offers() { return &offers_; }
    DepartmentModel* departments() { return &departments_; }
    [[nodiscard]] QString name() const { return name_; }
    [[nodiscard]] QString opening() const { return opening_; }
    [[nodiscard]] QString stockAge() const { return stockAge_; }

    void setStatus(const EdgeStatus& status);
    void setInfo(const CatalogInfo& info);
    /// Reads offers, departments and the store again in `language`.
    void reload(const QString& language);
    /// Words that age by themselves: the opening state and the age of stock.
    void refreshTimes();

signals:
    void changed();

private:
    void readDepartments(quint64 ticket);

    Desk desk_;
    QString language_;
    std::string storeCode_, statusName_;
    StoreRecord store_;
    UtcMs stockAsOf_ = 0;
    ProductListModel offers_;
    DepartmentModel departments_;
    QString name_, opening_, stockAge_;
    quint64 ticket_ = 0; ///< replies to an older question are dropped
};

} // namespace silta::kiosk
