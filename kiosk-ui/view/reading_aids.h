// ReadingAids: how a shopper wants the screen: larger, in stronger contrast, without motion. For this
// session.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>

namespace silta::kiosk {

/// Thread: GUI.
class ReadingAids : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    /// Of the text's usual size; see scales().
    Q_PROPERTY(qreal textScale READ textScale NOTIFY changed)
    Q_PROPERTY(QList<qreal> scales READ scales CONSTANT)
    Q_PROPERTY(bool highContrast READ highContrast NOTIFY changed)
    Q_PROPERTY(bool lessMotion READ lessMotion NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] qreal textScale() const { return textScale_; }
    /// What can be chosen. Source of the largest: EN 301 549, 11.1.4.4 (text to 200 %).
    [[nodiscard]] static QList<qreal> scales() { return {1, 1.5, 2}; }
    [[nodiscard]] bool highContrast() const { return highContrast_; }
    [[nodiscard]] bool lessMotion() const { return lessMotion_; }

    /// One of scales(); anything else changes nothing.
    Q_INVOKABLE void setTextScale(qreal scale);
    Q_INVOKABLE void setHighContrast(bool on);
    Q_INVOKABLE void setLessMotion(bool on);
    void reset();

signals:
    void changed();

private:
    qreal textScale_ = 1;
    bool highContrast_ = false, lessMotion_ = false;
};

} // namespace silta::kiosk
