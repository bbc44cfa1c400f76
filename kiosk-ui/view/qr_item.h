// QrItem: a QR code drawn at whole pixels, with its quiet zone.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace silta::kiosk {

/// Draws `text` with error correction level M or better where the version has room; nothing for text that
/// does not fit. The item paints its own light ground: scanners need dark on light whatever the theme.
class QrItem : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed)
    Q_PROPERTY(QColor dark READ dark WRITE setDark NOTIFY changed)
    Q_PROPERTY(QColor light READ light WRITE setLight NOTIFY changed)

public:
    explicit QrItem(QQuickItem* parent = nullptr);
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

/// One QR code at one pixel a module with its quiet zone of four; null when the text does not fit.
QImage qrImage(const QString& text, const QColor& dark, const QColor& light);

} // namespace silta::kiosk
