#include "view/idle_watch.h"

#include <QEvent>

namespace silta::kiosk {

IdleWatch::IdleWatch(const Clock& clock, int idleSeconds, QObject* parent)
    : QObject(parent), clock_(clock), idleMs_(std::int64_t{idleSeconds} * 1000), lastMs_(clock.steadyMs()) {}

void IdleWatch::touch() {
    lastMs_ = clock_.steadyMs();
    if (!warning_) return;
    warning_ = false;
    secondsLeft_ = 0;
    emit changed();
}

void IdleWatch::setArmed(bool armed) {
    if (armed == armed_) return;
    armed_ = armed;
    touch();
}

void IdleWatch::tick() {
    if (!armed_) return;
    const std::int64_t leftMs = lastMs_ + idleMs_ - clock_.steadyMs();
    if (leftMs <= 0) {
        touch();
        emit expired();
        return;
    }
    const bool warning = leftMs <= kIdleWarningSeconds * 1000;
    const int secondsLeft = warning ? static_cast<int>((leftMs + 999) / 1000) : 0;
    if (warning == warning_ && secondsLeft == secondsLeft_) return;
    warning_ = warning;
    secondsLeft_ = secondsLeft;
    emit changed();
}

bool IdleWatch::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::KeyPress:
    case QEvent::Wheel:
        touch();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace silta::kiosk
