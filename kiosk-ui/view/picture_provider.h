// PictureProvider: product pictures by their hash, scaled and cut on other threads to what the page shows.
#pragma once

#include <QMutex>
#include <QQuickAsyncImageProvider>
#include <QThreadPool>

namespace silta::kiosk {

/// Serves `image://picture/<sha256>` and `image://picture/<sha256>/<radius>`; the picture fills the requested
/// size, is cut in the middle, and gets round corners. Files: `<folder>/<first two hex>/<sha256>`. What is
/// missing or damaged becomes an empty picture, so that the placeholder below shows. Ownership: the QML
/// engine's. Thread: requests on any; setFolder on the GUI thread.
class PictureProvider : public QQuickAsyncImageProvider {
public:
    PictureProvider();
    void setFolder(const QString& folder);
    QQuickImageResponse* requestImageResponse(const QString& id, const QSize& requestedSize) override;

private:
    QMutex mutex_;
    QString folder_;
    QThreadPool pool_;
};

/// Scales to cover `size`, cuts the middle out, rounds the corners. Units: pixels.
QImage coverPicture(const QImage& picture, const QSize& size, int radius);

} // namespace silta::kiosk
