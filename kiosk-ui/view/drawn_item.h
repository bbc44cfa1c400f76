// DrawnItem: an item that is painted into a picture of its own.
#pragma once

#include <qqmlintegration.h>

#include <QQuickItem>

class QPainter;

namespace silta::kiosk {

/// Holds the picture once, and only while it is seen. QQuickPaintedItem holds it twice where nothing but the
/// processor draws, and also where the item is hidden: the patterns under the idle page's slides and the
/// icons took 84 MB so. Its size is in whole pixels of the screen. Thread: paint() is called by the scene
/// graph's while the GUI thread waits; all else is the GUI's.
class DrawnItem : public QQuickItem {
    Q_OBJECT
    QML_ANONYMOUS

public:
    explicit DrawnItem(QQuickItem* parent = nullptr);
    /// Draws the whole item, in its own coordinates, on what is transparent.
    virtual void paint(QPainter* painter) = 0;

protected:
    /// What paint() draws is another thing now.
    void redraw();
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData* data) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;
    void itemChange(ItemChange change, const ItemChangeData& data) override;

private:
    bool isStale_ = true;
};

} // namespace silta::kiosk
