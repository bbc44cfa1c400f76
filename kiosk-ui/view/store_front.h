// StoreFront: what the kiosk shows before anyone has asked for anything: the store, its offers, its
// departments.
#pragma once

#include "view/desk.h"
#include "view/models.h"
#include "view/showcase.h"

#include <QObject>

namespace silta::kiosk {

/// Enough for the strip on the home page.
inline constexpr int kOffersMax = 24;
/// Before the doors open and after they close people are about, and the screen is awake.
inline constexpr UtcMs kAwakeMs = 30 * 60'000;

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
    Q_PROPERTY(silta::kiosk::SlideModel* slides READ slides CONSTANT)
    /// The store is closed, and will be for a while.
    Q_PROPERTY(bool asleep READ asleep NOTIFY changed)
    /// The time of day in the store.
    Q_PROPERTY(QString clock READ clock NOTIFY changed)
    /// 0..59, the minute of the hour.
    Q_PROPERTY(int minute READ minute NOTIFY changed)

public:
    explicit StoreFront(const Desk& desk, QObject* parent = nullptr);

    ProductListModel* offers() { return &offers_; }
    DepartmentModel* departments() { return &departments_; }
    [[nodiscard]] QString name() const { return name_; }
    [[nodiscard]] QString opening() const { return opening_; }
    [[nodiscard]] QString stockAge() const { return stockAge_; }
    SlideModel* slides() { return showcase_.slides(); }
    [[nodiscard]] bool asleep() const { return asleep_; }
    [[nodiscard]] QString clock() const { return clock_; }
    [[nodiscard]] int minute() const { return minute_; }

    void setStatus(const EdgeStatus& status);
    void setInfo(const CatalogInfo& info);
    /// Reads offers, departments and the store again in `language`.
    void reload(const QString& language);
    /// Words that age by themselves: the opening state, the time and the age of stock.
    void refreshTimes();
    /// Looks for other slides when those that are shown have been for long.
    void refreshSlides() { showcase_.refresh(); }

signals:
    void changed();

private:
    void readDepartments(quint64 ticket);
    [[nodiscard]] bool isClosedAround(UtcMs now) const;

    Desk desk_;
    Showcase showcase_;
    QString language_;
    std::string storeCode_, statusName_;
    StoreRecord store_;
    UtcMs stockAsOf_ = 0;
    ProductListModel offers_;
    DepartmentModel departments_;
    QString name_, opening_, stockAge_, clock_;
    int minute_ = 0;
    bool asleep_ = false;
    quint64 ticket_ = 0; ///< replies to an older question are dropped
};

} // namespace silta::kiosk
