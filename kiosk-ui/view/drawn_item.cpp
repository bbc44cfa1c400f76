#include "view/drawn_item.h"

#include <QImage>
#include <QPainter>
#include <QQuickWindow>
#include <QSGImageNode>
#include <QtMath>

namespace silta::kiosk {

DrawnItem::DrawnItem(QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
}

void DrawnItem::redraw() {
    isStale_ = true;
    update();
}

void DrawnItem::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (now.size() != before.size()) redraw();
}

void DrawnItem::itemChange(ItemChange change, const ItemChangeData& data) {
    QQuickItem::itemChange(change, data);
    if (change == ItemVisibleHasChanged || change == ItemDevicePixelRatioHasChanged) redraw();
}

QSGNode* DrawnItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData* /*data*/) {
    const qreal ratio = window()->effectiveDevicePixelRatio();
    const QSize pixels(qCeil(width() * ratio), qCeil(height() * ratio));
    if (!isVisible() || pixels.isEmpty()) {
        delete old;
        isStale_ = true;
        return nullptr;
    }
    auto* node = static_cast<QSGImageNode*>(old);
    if (node == nullptr) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        isStale_ = true;
    }
    if (isStale_) {
        QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.scale(ratio, ratio);
        paint(&painter);
        painter.end();
        node->setTexture(window()->createTextureFromImage(image));
        isStale_ = false;
    }
    node->setRect(QRectF(QPointF(), QSizeF(pixels) / ratio)); // a pixel for a pixel
    node->setFiltering(smooth() ? QSGTexture::Linear : QSGTexture::Nearest);
    return node;
}

} // namespace silta::kiosk
