// Gallery: walks every page with the data at hand and writes a picture of each.
#pragma once

#include "view/kiosk_controller.h"

#include <QQuickWindow>

namespace silta::kiosk {

/// A page that is not ready by then is reported as failed.
inline constexpr int kGalleryStepMs = 8'000;
/// After a page is ready: fades end, pictures settle.
inline constexpr int kGallerySettleMs = 1'200;

/// Writes `<folder>/<language>-<number>-<page>-<width>x<height>.png`. Thread: GUI.
class Gallery : public QObject {
    Q_OBJECT

public:
    Gallery(KioskController& controller, QQuickWindow& window, QString folder, QStringList languages,
            QObject* parent = nullptr);
    void start();

signals:
    /// `failed` counts pages that could not be shown or written.
    void finished(int failed);

private:
    struct Step {
        QString name;
        std::function<void()> act;
        std::function<bool()> ready;
    };
    [[nodiscard]] std::vector<Step> steps();
    void addShoppingSteps(std::vector<Step>& steps);
    void addOrderSteps(std::vector<Step>& steps);
    void addServiceSteps(std::vector<Step>& steps);
    void next();
    void look();
    void shoot();

    KioskController& controller_;
    QQuickWindow& window_;
    QString folder_;
    QStringList languages_;
    QString orderNumber_; ///< of the order that was placed for its picture
    std::vector<Step> steps_;
    std::size_t step_ = 0;
    int language_ = 0, waitedMs_ = 0, failed_ = 0;
    QTimer timer_;
};

} // namespace silta::kiosk
