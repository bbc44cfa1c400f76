#include "view/pointer_watch.h"

#include <QMouseEvent>
#include <QPointingDevice>

namespace silta::kiosk {

PointerWatch::PointerWatch(std::function<void(bool isSeen)> show, QObject* parent)
    : QObject(parent), show_(std::move(show)) {
    show_(false);
}

void PointerWatch::setSeen(bool isSeen) {
    if (isSeen == isSeen_) return;
    isSeen_ = isSeen;
    show_(isSeen);
}

bool PointerWatch::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::TouchBegin || event->type() == QEvent::TabletPress) {
        setSeen(false);
    } else if (event->type() == QEvent::MouseMove) {
        // A finger that no item takes as a touch is made a mouse by Qt, of the touch screen's device.
        const auto* device = static_cast<QMouseEvent*>(event)->pointingDevice();
        const bool isMouse = device != nullptr && (device->type() == QInputDevice::DeviceType::Mouse ||
                                                   device->type() == QInputDevice::DeviceType::TouchPad);
        setSeen(isMouse);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace silta::kiosk
