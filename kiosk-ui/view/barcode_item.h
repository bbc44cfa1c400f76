// BarcodeItem: a Code 128 bar code drawn at whole pixels, with its quiet zones, for the scanners of tills
// that read no QR codes.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace silta::kiosk {

/// Letters that make a code which a hand scanner still reads from a screen.
inline constexpr qsizetype kBarcodeLettersMax = 48;

/// Draws `text` over the whole height of the item; nothing for text that has no such code. The item paints
/// its own light ground: scanners need dark on light whatever the theme.
class BarcodeItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(QColor dark READ dark WRITE setDark NOTIFY changed)
    Q_PROPERTY(QColor light READ light WRITE setLight NOTIFY changed)

public:
    explicit BarcodeItem(QQuickItem* parent = nullptr);
    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] QColor dark() const { return dark_; }
    [[nodiscard]] QColor light() const { return light_; }
    void setText(const QString& text);
    void setDark(const QColor& dark);
    void setLight(const QColor& light);
    void paint(QPainter* painter) override;

signals:
    void changed();

private:
    QString text_;
    QColor dark_ = Qt::black, light_ = Qt::white;
};

/// One row of pixels, one pixel a module, with its quiet zones of ten; null for text that is empty, longer
/// than kBarcodeLettersMax, or not ASCII.
QImage barcodeImage(const QString& text, const QColor& dark, const QColor& light);

} // namespace silta::kiosk
