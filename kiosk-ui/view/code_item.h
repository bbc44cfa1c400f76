// CodeItem: a QR code or a Code 128 bar code drawn at whole pixels, with its quiet zone.
#pragma once

#include "view/drawn_item.h"

#include <qqmlintegration.h>

#include <QColor>

namespace silta::kiosk {

/// Letters that make a bar code which a hand scanner still reads from a screen.
inline constexpr qsizetype kBarcodeLettersMax = 48;

/// Draws `text`; nothing for text that has no such code. The item paints its own light ground: scanners need
/// dark on light whatever the theme.
class CodeItem : public silta::kiosk::DrawnItem { // the full name: qmllint looks it up as written
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Kind kind READ kind WRITE setKind NOTIFY changed)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(QColor dark READ dark WRITE setDark NOTIFY changed)
    Q_PROPERTY(QColor light READ light WRITE setLight NOTIFY changed)

public:
    enum Kind {
        Qr,     ///< error correction level M or better where the version has room
        Code128 ///< over the whole height: for the scanners of tills that read no QR codes
    };
    Q_ENUM(Kind)

    explicit CodeItem(QQuickItem* parent = nullptr);
    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] QColor dark() const { return dark_; }
    [[nodiscard]] QColor light() const { return light_; }
    void setKind(Kind kind);
    void setText(const QString& text);
    void setDark(const QColor& dark);
    void setLight(const QColor& light);
    void paint(QPainter* painter) override;

signals:
    void changed();

private:
    Kind kind_ = Qr;
    QString text_;
    QColor dark_ = Qt::black, light_ = Qt::white;
};

/// One QR code at one pixel a module with its quiet zone of four; null when the text does not fit.
QImage qrImage(const QString& text, const QColor& dark, const QColor& light);
/// One row of pixels, one pixel a module, with its quiet zones of ten; null for text that is empty, longer
/// than kBarcodeLettersMax, or not ASCII.
QImage barcodeImage(const QString& text, const QColor& dark, const QColor& light);

} // namespace silta::kiosk
