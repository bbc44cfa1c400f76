// Motif: a picture for what has none: a pattern of simple shapes, the same for the same seed.
#pragma once

#include "view/drawn_item.h"

#include <qqmlintegration.h>

#include <QColor>
#include <QList>

namespace silta::kiosk {

/// Of one palette: the ground, and what is drawn on it.
inline constexpr int kPaletteColors = 4;

/// Square cells of circles, quarters and halves. Thread: the scene graph's while painting, else GUI.
class Motif : public silta::kiosk::DrawnItem { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString seed READ seed WRITE setSeed NOTIFY changed)
    /// Palettes one after another, kPaletteColors each; the seed chooses one.
    Q_PROPERTY(QList<QColor> colors READ colors WRITE setColors NOTIFY changed)
    /// Cells along the shorter side, 1 and more.
    Q_PROPERTY(int cells READ cells WRITE setCells NOTIFY changed)
    Q_PROPERTY(qreal radius READ radius WRITE setRadius NOTIFY changed)

public:
    explicit Motif(QQuickItem* parent = nullptr);
    [[nodiscard]] QString seed() const { return seed_; }
    [[nodiscard]] QList<QColor> colors() const { return colors_; }
    [[nodiscard]] int cells() const { return cells_; }
    [[nodiscard]] qreal radius() const { return radius_; }
    void setSeed(const QString& seed);
    void setColors(const QList<QColor>& colors);
    void setCells(int cells);
    void setRadius(qreal radius);
    void paint(QPainter* painter) override;

signals:
    void changed();

private:
    QString seed_;
    QList<QColor> colors_;
    int cells_ = 3;
    qreal radius_ = 0;
};

} // namespace silta::kiosk
