#include "view/motif.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace silta::kiosk {

namespace {

/// FNV-1a. Source: draft-eastlake-fnv-17, section 2 (constants of 64 bits).
std::uint64_t hashOf(const QString& seed) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char byte : seed.toUtf8())
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3ULL;
    return hash;
}

/// SplitMix64.
std::uint64_t next(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15ULL;
    auto z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

/// A quarter of a disc in the cell, its centre in one of the corners.
QPainterPath quarter(const QRectF& cell, int corner) {
    const qreal side = cell.width();
    const QPointF centre(corner % 2 == 0 ? cell.left() : cell.left() + side,
                         corner < 2 ? cell.top() : cell.top() + side);
    QPainterPath disc, square;
    disc.addEllipse(centre, side, side);
    square.addRect(cell);
    return disc.intersected(square);
}

/// Half a disc that leans on one of the sides.
QPainterPath half(const QRectF& cell, int side) {
    const QPointF middle = cell.center();
    const qreal r = cell.width() / 2;
    const QPointF centre = side == 0   ? QPointF(middle.x(), cell.top())
                           : side == 1 ? QPointF(cell.right(), middle.y())
                           : side == 2 ? QPointF(middle.x(), cell.bottom())
                                       : QPointF(cell.left(), middle.y());
    QPainterPath disc, square;
    disc.addEllipse(centre, r, r);
    square.addRect(cell);
    return disc.intersected(square);
}

QPainterPath disc(const QPointF& centre, qreal r) {
    QPainterPath path;
    path.addEllipse(centre, r, r);
    return path;
}

void drawCell(QPainter& painter, const QRectF& cell, std::uint64_t chance, const QColor* palette) {
    const QColor& fill = palette[1 + (chance >> 8) % (kPaletteColors - 1)];
    const QColor& other = palette[1 + ((chance >> 8) + 1 + (chance >> 16) % 2) % (kPaletteColors - 1)];
    const int turn = static_cast<int>((chance >> 24) % 4);
    switch (chance % 8) {
    case 0:
    case 1: // a quarter, the shape that joins its neighbours
        painter.fillPath(quarter(cell, turn), fill);
        break;
    case 2: // two that face each other
        painter.fillRect(cell, other);
        painter.fillPath(quarter(cell, turn), fill);
        break;
    case 3: // a disc in a field
        painter.fillRect(cell, fill);
        painter.fillPath(disc(cell.center(), cell.width() * 0.3), palette[0]);
        break;
    case 4: // a disc
        painter.fillPath(disc(cell.center(), cell.width() / 2), fill);
        break;
    case 5: // a ring
        painter.fillPath(disc(cell.center(), cell.width() / 2), fill);
        painter.fillPath(disc(cell.center(), cell.width() * 0.24), other);
        break;
    case 6: // halves that follow each other
        painter.fillPath(half(cell, turn), fill);
        painter.fillPath(half(cell, (turn + 2) % 4), other);
        break;
    default: // rest
        break;
    }
}

} // namespace

Motif::Motif(QQuickItem* parent) : DrawnItem(parent) {
    connect(this, &Motif::changed, this, &Motif::redraw);
}

void Motif::setSeed(const QString& seed) {
    if (seed == seed_) return;
    seed_ = seed;
    emit changed();
}

void Motif::setColors(const QList<QColor>& colors) {
    if (colors == colors_) return;
    colors_ = colors;
    emit changed();
}

void Motif::setCells(int cells) {
    if (cells == cells_) return;
    cells_ = std::max(1, cells);
    emit changed();
}

void Motif::setRadius(qreal radius) {
    if (radius == radius_) return;
    radius_ = radius;
    emit changed();
}

void Motif::paint(QPainter* painter) {
    const auto palettes = colors_.size() / kPaletteColors;
    if (palettes == 0 || width() <= 0 || height() <= 0) return;
    std::uint64_t state = hashOf(seed_);
    const auto chosen = static_cast<qsizetype>(next(state) % static_cast<std::uint64_t>(palettes));
    const QColor* palette = colors_.constData() + chosen * kPaletteColors;
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath outline;
    outline.addRoundedRect(boundingRect(), radius_, radius_);
    if (radius_ > 0) painter->setClipPath(outline);
    painter->fillRect(boundingRect(), palette[0]);
    // Whole cells from the middle: what does not fit is cut alike on both sides. On whole pixels, so that
    // no seam shows between them.
    const qreal side = std::ceil(std::min(width(), height()) / cells_);
    const int columns = static_cast<int>(std::ceil(width() / side));
    const int rows = static_cast<int>(std::ceil(height() / side));
    const qreal left = std::floor((width() - columns * side) / 2);
    const qreal top = std::floor((height() - rows * side) / 2);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            drawCell(*painter, QRectF(left + column * side, top + row * side, side, side), next(state),
                     palette);
}

} // namespace silta::kiosk
