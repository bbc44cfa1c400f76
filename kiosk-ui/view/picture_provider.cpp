#include "view/picture_provider.h"

#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>

namespace silta::kiosk {

namespace {

constexpr int kThreads = 2;          // decoding must leave the other cores to the screen
constexpr int kSideMax = 4096;       // largest side of a request: a 4K screen's
constexpr int kSourceSideMax = 8192; // larger files are not pictures of products

class Response : public QQuickImageResponse {
public:
    void finish(QImage image) {
        image_ = std::move(image);
        emit finished();
    }
    QQuickTextureFactory* textureFactory() const override {
        return QQuickTextureFactory::textureFactoryForImage(image_);
    }

private:
    QImage image_;
};

QImage emptyPicture() {
    QImage empty(1, 1, QImage::Format_ARGB32_Premultiplied);
    empty.fill(Qt::transparent);
    return empty;
}

QImage readPicture(const QString& path, const QSize& size, int radius) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize source = reader.size();
    if (!source.isValid() || source.width() > kSourceSideMax || source.height() > kSourceSideMax)
        return emptyPicture();
    const QSize target = size.isValid() && !size.isEmpty() ? size.boundedTo({kSideMax, kSideMax}) : source;
    // JPEG decodes straight to a smaller size: twice the target keeps the smooth scaling smooth.
    const QSize rough = source.scaled(target * 2, Qt::KeepAspectRatioByExpanding);
    if (rough.width() < source.width()) reader.setScaledSize(rough);
    const QImage picture = reader.read();
    return picture.isNull() ? emptyPicture() : coverPicture(picture, target, radius);
}

} // namespace

QImage coverPicture(const QImage& picture, const QSize& size, int radius) {
    const QImage scaled = picture.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((size.width() - scaled.width()) / 2, (size.height() - scaled.height()) / 2);
    // What has no corners cut off has nothing to see through: told so, the screen needs no copy of its own.
    QImage cut(size, radius > 0 ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    cut.fill(radius > 0 ? Qt::transparent : Qt::white);
    QPainter painter(&cut);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QBrush brush(scaled);
    brush.setTransform(QTransform::fromTranslate(corner.x(), corner.y()));
    painter.setBrush(brush);
    painter.drawRoundedRect(cut.rect(), radius, radius);
    return cut;
}

PictureProvider::PictureProvider() {
    pool_.setMaxThreadCount(kThreads);
}

void PictureProvider::setFolder(const QString& folder) {
    const QMutexLocker lock(&mutex_);
    folder_ = folder;
}

QQuickImageResponse* PictureProvider::requestImageResponse(const QString& id, const QSize& requestedSize) {
    static const QRegularExpression form(QStringLiteral("^([0-9a-f]{64})(?:/([0-9]{1,3}))?$"));
    const auto match = form.match(id);
    QString path;
    if (match.hasMatch()) {
        const QMutexLocker lock(&mutex_);
        path = folder_ + QLatin1Char('/') + match.captured(1).left(2) + QLatin1Char('/') + match.captured(1);
    }
    auto* response = new Response; // deleted by the engine after finished()
    pool_.start([response, path, requestedSize, radius = match.captured(2).toInt()] {
        response->finish(path.isEmpty() ? emptyPicture() : readPicture(path, requestedSize, radius));
    });
    return response;
}

} // namespace silta::kiosk
