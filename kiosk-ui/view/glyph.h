// Glyph: one of the kiosk's line icons, drawn smooth at any size and in any colour.
#pragma once

#include "view/drawn_item.h"

#include <qqmlintegration.h>

#include <QColor>

namespace silta::kiosk {

class Glyph : public silta::kiosk::DrawnItem { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    /// See kPaths in glyph.cpp; an unknown name draws nothing.
    Q_PROPERTY(QString name READ name WRITE setName NOTIFY changed)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY changed)
    Q_PROPERTY(bool filled READ filled WRITE setFilled NOTIFY changed)

public:
    explicit Glyph(QQuickItem* parent = nullptr);
    [[nodiscard]] QString name() const { return name_; }
    [[nodiscard]] QColor color() const { return color_; }
    [[nodiscard]] bool filled() const { return filled_; }
    void setName(const QString& name);
    void setColor(const QColor& color);
    void setFilled(bool filled);
    void paint(QPainter* painter) override;

signals:
    void changed();

private:
    QString name_;
    QColor color_;
    bool filled_ = false;
};

} // namespace silta::kiosk
