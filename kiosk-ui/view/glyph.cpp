#include "view/glyph.h"

#include <QPainter>
#include <QSvgRenderer>
#include <algorithm>
#include <array>
#include <cmath>

namespace silta::kiosk {

namespace {

struct Path {
    const char* name;
    const char* data; ///< SVG path on a grid of 24 × 24
};

constexpr std::array kPaths = {
    Path{"home", "M4 11 L12 4 L20 11 V20 H14.5 V14 H9.5 V20 H4 Z"},
    Path{"search", "M10.5 4 A6.5 6.5 0 1 1 10.5 17 A6.5 6.5 0 1 1 10.5 4 M15.3 15.3 L20.5 20.5"},
    Path{"heart",
         "M12 20 C5 15.2 3.2 12 3.2 8.9 A4.6 4.6 0 0 1 12 6.8 A4.6 4.6 0 0 1 20.8 8.9 C20.8 12 19 15.2 "
         "12 20 Z"},
    Path{"back", "M14.5 5 L7.5 12 L14.5 19"},
    Path{"next", "M9.5 5 L16.5 12 L9.5 19"},
    Path{"close", "M5.5 5.5 L18.5 18.5 M18.5 5.5 L5.5 18.5"},
    Path{"check", "M4.5 12.5 L9.8 17.8 L19.5 7"},
    Path{"globe",
         "M12 3.5 A8.5 8.5 0 1 1 12 20.5 A8.5 8.5 0 1 1 12 3.5 M3.5 12 H20.5 M12 3.5 C7.6 8.2 7.6 15.8 12 "
         "20.5 M12 3.5 C16.4 8.2 16.4 15.8 12 20.5"},
    Path{"card", "M3.5 6 H20.5 V18 H3.5 Z M3.5 10 H20.5 M7 14.5 H11"},
    Path{"scan",
         "M4 8 V4 H8 M16 4 H20 V8 M20 16 V20 H16 M8 20 H4 V16 M8 8.5 V15.5 M11 8.5 V15.5 M13.5 8.5 V15.5 "
         "M16 8.5 V15.5"},
    Path{"pin",
         "M12 21 C7.5 15.8 5.5 12.6 5.5 9.8 A6.5 6.5 0 0 1 18.5 9.8 C18.5 12.6 16.5 15.8 12 21 Z M12 7.4 "
         "A2.4 2.4 0 1 1 12 12.2 A2.4 2.4 0 1 1 12 7.4"},
    Path{"offline",
         "M4 9.5 C8.6 5.2 15.4 5.2 20 9.5 M7.2 13 C10 10.6 14 10.6 16.8 13 M12 17.5 V17.6 M4.5 4 L19.5 "
         "20"},
    Path{"wifi",
         "M3 9.5 C8.2 4.7 15.8 4.7 21 9.5 M6.2 13 C9.6 9.9 14.4 9.9 17.8 13 M9.4 16.4 C10.9 15 13.1 15 14.6 "
         "16.4 M12 19.6 V19.7"},
    Path{"star",
         "M12 3.6 L14.6 9.1 L20.6 9.9 L16.2 14.1 L17.3 20.1 L12 17.2 L6.7 20.1 L7.8 14.1 L3.4 9.9 L9.4 9.1 "
         "Z"},
    Path{"box", "M4 8 L12 3.8 L20 8 V16.5 L12 20.6 L4 16.5 Z M4 8 L12 12.2 L20 8 M12 12.2 V20.6"},
    Path{"truck",
         "M2.5 6 H14 V17 H2.5 Z M14 10 H18.5 L21.5 13.4 V17 H14 M6.8 15.4 A2 2 0 1 1 6.8 19.4 A2 2 0 1 1 6.8 "
         "15.4 M17.4 15.4 A2 2 0 1 1 17.4 19.4 A2 2 0 1 1 17.4 15.4"},
    Path{"bag", "M5 8.5 H19 L20 20 H4 Z M8.5 11 V7.5 A3.5 3.5 0 0 1 15.5 7.5 V11"},
    Path{"plus", "M12 5 V19 M5 12 H19"},
    Path{"minus", "M5 12 H19"},
    Path{"bell", "M6 16.5 V11 A6 6 0 0 1 18 11 V16.5 L20 18.5 H4 Z M10 18.5 A2 2 0 0 0 14 18.5 M12 5 V3.2"},
    Path{"return", "M8.5 5 L4 9.5 L8.5 14 M4 9.5 H14.5 A5 5 0 0 1 14.5 19.5 H9"},
    Path{"again", "M19 9 A7.5 7.5 0 1 0 19.5 13 M19.5 4.5 V9.3 H14.7"},
    Path{"exit", "M10 4.5 H5 V19.5 H10 M10 12 H20 M16 8 L20 12 L16 16"},
    Path{"erase", "M9 6 H20 V18 H9 L3.5 12 Z M12 9.5 L17 14.5 M17 9.5 L12 14.5"},
    Path{"shift", "M12 4.5 L19 12 H15.5 V19 H8.5 V12 H5 Z"},
    Path{"down", "M5 9.5 L12 16.5 L19 9.5"},
    Path{"sliders", "M4 7.5 H12.5 M17.5 7.5 H20 M15 5 A2.5 2.5 0 1 1 15 10 A2.5 2.5 0 1 1 15 5 M4 16.5 H6.5 "
                    "M11.5 16.5 H20 M9 "
                    "14 A2.5 2.5 0 1 1 9 19 A2.5 2.5 0 1 1 9 14"},
    Path{"clock", "M12 3.5 A8.5 8.5 0 1 1 12 20.5 A8.5 8.5 0 1 1 12 3.5 M12 7.5 V12 L15.3 14"},
};

} // namespace

Glyph::Glyph(QQuickItem* parent) : DrawnItem(parent) {
    connect(this, &Glyph::changed, this, &Glyph::redraw);
}

void Glyph::setName(const QString& name) {
    name_ = name;
    emit changed();
}

void Glyph::setColor(const QColor& color) {
    color_ = color;
    emit changed();
}

void Glyph::setFilled(bool filled) {
    filled_ = filled;
    emit changed();
}

void Glyph::paint(QPainter* painter) {
    const auto path = std::find_if(kPaths.begin(), kPaths.end(),
                                   [this](const Path& entry) { return name_ == QLatin1String(entry.name); });
    if (path == kPaths.end()) return;
    const QString color = color_.name(QColor::HexRgb);
    const QString svg =
        QStringLiteral(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='%1' fill='%2' "
            "stroke='%3' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'/></svg>")
            .arg(QLatin1String(path->data), filled_ ? color : QStringLiteral("none"), color);
    QSvgRenderer renderer(svg.toUtf8());
    const qreal side = std::min(width(), height());
    painter->setRenderHint(QPainter::Antialiasing);
    renderer.render(painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side));
}

} // namespace silta::kiosk
