// PointerWatch: the mouse pointer is seen only while a mouse is moved.
#pragma once

#include <QObject>
#include <functional>

namespace silta::kiosk {

/// An event filter of the application. Thread: GUI.
class PointerWatch : public QObject {
    Q_OBJECT

public:
    /// `show` is told false at once, and then every change.
    explicit PointerWatch(std::function<void(bool isSeen)> show, QObject* parent = nullptr);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setSeen(bool isSeen);
    std::function<void(bool)> show_;
    bool isSeen_ = false;
};

} // namespace silta::kiosk
