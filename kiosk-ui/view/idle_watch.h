// IdleWatch: notices that the shopper has gone, warns, and tells.
#pragma once

#include <silta/time.h>

#include <QtQml/qqmlregistration.h>

#include <QObject>

namespace silta::kiosk {

/// How long the question "are you still here?" stands before everything is forgotten.
inline constexpr int kIdleWarningSeconds = 10;

/// Thread: GUI. As an event filter on the application, any touch, click or key counts as a sign of life.
class IdleWatch : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("owned by the controller")
    Q_PROPERTY(bool warning READ warning NOTIFY changed)
    Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY changed)

public:
    /// `idleSeconds` until the session ends, the warning included.
    IdleWatch(const Clock& clock, int idleSeconds, QObject* parent = nullptr);

    [[nodiscard]] bool warning() const { return warning_; }
    [[nodiscard]] int secondsLeft() const { return secondsLeft_; }
    /// A sign of life.
    void touch();
    /// Unarmed (on the attract page) it never expires.
    void setArmed(bool armed);
    /// Looks at the clock; call it a few times a second.
    void tick();
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void changed();
    void expired();

private:
    const Clock& clock_;
    std::int64_t idleMs_;
    std::int64_t lastMs_;
    bool armed_ = false, warning_ = false;
    int secondsLeft_ = 0;
};

} // namespace silta::kiosk
