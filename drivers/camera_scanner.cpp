#include "drivers/camera_scanner.h"

#include "drivers/camera/camera_stage.h"
#include "drivers/luma.h"
#include "drivers/stream_reader.h"
#include "drivers/worker/decode_worker.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtGui/QImage>
#include <QtMultimedia/QCamera>
#include <QtMultimedia/QCameraDevice>
#include <QtMultimedia/QMediaCaptureSession>
#include <QtMultimedia/QMediaDevices>
#include <QtMultimedia/QMediaPlayer>
#include <QtMultimedia/QVideoFrame>
#include <QtMultimedia/QVideoSink>
#include <fmt/format.h>

#include <future>
#include <mutex>
#include <optional>
#include <thread>

namespace silta::drivers {

namespace {

GrayBuffer luminanceOf(const QImage& image) {
    const auto gray = image.convertToFormat(QImage::Format_Grayscale8);
    GrayBuffer out{{}, gray.width(), gray.height()};
    for (int y = 0; y < gray.height(); ++y) {
        const auto* row = gray.constScanLine(y);
        out.pixels.insert(out.pixels.end(), row, row + gray.width());
    }
    return out;
}

/// Gives `use` the luminance of a frame, without a copy where the format has it as a plane of its own.
template <class Use>
void withLuminance(QVideoFrame frame, Use use) {
    const auto format = frame.pixelFormat();
    const auto isPlanar = [format] {
        switch (format) {
        case QVideoFrameFormat::Format_Y8:
        case QVideoFrameFormat::Format_NV12:
        case QVideoFrameFormat::Format_NV21:
        case QVideoFrameFormat::Format_YUV420P:
        case QVideoFrameFormat::Format_YV12:
        case QVideoFrameFormat::Format_YUV422P:
            return true;
        default:
            return false;
        }
    }();
    const bool isPacked =
        format == QVideoFrameFormat::Format_YUYV || format == QVideoFrameFormat::Format_UYVY;
    if ((isPlanar || isPacked) && frame.map(QVideoFrame::ReadOnly)) {
        const auto* bits = frame.bits(0);
        const int stride = frame.bytesPerLine(0);
        const qint64 needed = qint64{stride} * frame.height();
        const bool isWhole =
            bits != nullptr && frame.mappedBytes(0) >= needed && stride >= frame.width() * (isPacked ? 2 : 1);
        if (isWhole && isPlanar) use(GrayImage{bits, frame.width(), frame.height(), stride});
        if (isWhole && isPacked) {
            const int first = format == QVideoFrameFormat::Format_UYVY ? 1 : 0;
            use(unpackLuma(bits, frame.width(), frame.height(), stride, first).view());
        }
        frame.unmap();
        if (isWhole) return;
    }
    const auto gray = luminanceOf(frame.toImage());
    if (!gray.pixels.empty()) use(gray.view());
}

std::optional<QCameraDevice> findCamera(const std::string& id) {
    const auto devices = QMediaDevices::videoInputs();
    for (const auto& device : devices) {
        if (id.empty() || device.id() == QByteArray::fromStdString(id)) return device;
    }
    return std::nullopt;
}

std::string nameOf(const CameraConfig& config) {
    return config.videoPath.empty() ? "camera" : "video:" + config.videoPath;
}

/// The newest frame on its way from the camera's thread to ours.
class FrameSlot {
public:
    /// False when a frame is waiting or being searched: the new one is dropped.
    bool put(const QVideoFrame& frame) {
        const std::lock_guard lock(mutex_);
        if (isBusy_) return false;
        isBusy_ = true;
        frame_ = frame;
        return true;
    }
    QVideoFrame take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(frame_, QVideoFrame());
    }
    void done() {
        const std::lock_guard lock(mutex_);
        isBusy_ = false;
    }

private:
    std::mutex mutex_;
    QVideoFrame frame_;
    bool isBusy_ = false;
};

/// All of the camera's objects; lives on the scanner's thread.
class CameraSession {
public:
    CameraSession(CameraConfig config, const Clock& clock, Scanner::Handler onCode,
                  Scanner::FaultHandler onFault)
        : config_(std::move(config)), onCode_(std::move(onCode)), onFault_(std::move(onFault)),
          worker_(DecodeWorkerConfig::keepingIn(config_.keepFolder)),
          stage_(nameOf(config_), decodeIn(worker_), clock) {
        // On the thread that delivers the frame, so that nothing queues up behind a slow search.
        QObject::connect(
            &sink_, &QVideoSink::videoFrameChanged, &sink_,
            [this](const QVideoFrame& frame) {
                if (!frame.isValid() || !slot_.put(frame)) return;
                QMetaObject::invokeMethod(
                    &here_, [this] { search(); }, Qt::QueuedConnection);
            },
            Qt::DirectConnection);
    }

    /// False when there is no such camera or file.
    bool open() {
        if (!config_.videoPath.empty()) return play();
        session_.setVideoSink(&sink_);
        QObject::connect(&devices_, &QMediaDevices::videoInputsChanged, &here_, [this] { follow(); });
        return openCamera();
    }

private:
    bool play() {
        const auto path = QString::fromStdString(config_.videoPath);
        if (!QFile::exists(path)) return false;
        player_ = std::make_unique<QMediaPlayer>();
        QObject::connect(player_.get(), &QMediaPlayer::errorOccurred, &here_,
                         [this](QMediaPlayer::Error error, const QString& words) {
                             if (error != QMediaPlayer::NoError) tell(words.toStdString());
                         });
        // setLoops() of Qt 6.4 stops at the end of some files.
        QObject::connect(
            player_.get(), &QMediaPlayer::mediaStatusChanged, &here_,
            [this](QMediaPlayer::MediaStatus status) {
                if (status != QMediaPlayer::EndOfMedia) return;
                if (QFile::exists(QString::fromStdString(config_.videoPath))) {
                    player_->setPosition(0);
                    player_->play();
                } else {
                    tell("video is gone");
                    comeBack_.start();
                }
            },
            Qt::QueuedConnection);
        comeBack_.setInterval(kReopenFirstMs);
        QObject::connect(&comeBack_, &QTimer::timeout, &here_, [this, path] {
            if (!QFile::exists(path)) return;
            comeBack_.stop();
            player_->setSource(QUrl()); // or the same name would count as the same video
            player_->setSource(QUrl::fromLocalFile(path));
            player_->play();
        });
        player_->setVideoSink(&sink_);
        player_->setSource(QUrl::fromLocalFile(path));
        player_->play();
        return true;
    }

    bool openCamera() {
        const auto device = findCamera(config_.deviceId);
        if (!device) return false;
        camera_ = std::make_unique<QCamera>(*device);
        QObject::connect(camera_.get(), &QCamera::errorOccurred, &here_,
                         [this](QCamera::Error error, const QString& words) {
                             if (error != QCamera::NoError) tell(words.toStdString());
                         });
        session_.setCamera(camera_.get());
        camera_->start();
        return true;
    }

    void search() {
        withLuminance(slot_.take(), [this](const GrayImage& image) {
            if (std::exchange(hasFault_, false) && onFault_) onFault_(std::nullopt); // it delivers again
            for (auto& code : stage_.process(image))
                onCode_(std::move(code));
        });
        slot_.done();
    }

    /// Cameras came or went.
    void follow() {
        const bool isThere = camera_ && findCamera(camera_->cameraDevice().id().toStdString()).has_value();
        if (isThere) return;
        if (camera_) {
            session_.setCamera(nullptr);
            camera_.reset();
            tell("device is gone");
        }
        openCamera();
    }

    void tell(const std::string& why) {
        if (!std::exchange(hasFault_, true) && onFault_)
            onFault_(Error{Errc::Unavailable, fmt::format("read camera: {}", why)});
    }

    CameraConfig config_;
    Scanner::Handler onCode_;
    Scanner::FaultHandler onFault_;
    DecodeWorker worker_;
    CameraStage stage_;
    FrameSlot slot_;
    QObject here_; // what is queued for this thread
    QMediaDevices devices_;
    QVideoSink sink_;
    std::unique_ptr<QCamera> camera_;
    QMediaCaptureSession session_;
    std::unique_ptr<QMediaPlayer> player_; ///< of a video
    QTimer comeBack_;                      ///< looks for a video that was gone
    bool hasFault_ = false;
};

} // namespace

struct CameraScanner::State {
    CameraConfig config;
    const Clock& clock;
    QEventLoop* loop = nullptr; // lives on the thread; set while it runs
    std::jthread thread;
};

CameraScanner::CameraScanner(CameraConfig config, const Clock& clock)
    : state_(new State{std::move(config), clock, nullptr, {}}) {}

CameraScanner::~CameraScanner() {
    stop();
}

Result<void> CameraScanner::start(Handler onCode, FaultHandler onFault) {
    if (state_->thread.joinable()) return Error{Errc::Busy, "start camera: already running"};
    if (QCoreApplication::instance() == nullptr)
        return Error{Errc::Unsupported, "start camera: no application object"};
    std::promise<bool> opened;
    auto isOpened = opened.get_future();
    auto* state = state_.get();
    state_->thread = std::jthread([state, &opened, onCode = std::move(onCode), onFault = std::move(onFault)] {
        QEventLoop loop;
        CameraSession session(state->config, state->clock, onCode, onFault);
        const bool isOpen = session.open();
        state->loop = &loop;
        opened.set_value(isOpen); // `opened` is gone behind this line
        if (isOpen) loop.exec();
    });
    if (isOpened.get()) return {};
    state_->thread.join();
    state_->thread = {};
    state_->loop = nullptr;
    if (!state_->config.videoPath.empty())
        return Error{Errc::NotFound, fmt::format("play video {}: no such file", state_->config.videoPath)};
    const auto& id = state_->config.deviceId;
    return Error{Errc::NotFound, fmt::format("start camera {}: no such camera", id.empty() ? "(any)" : id)};
}

std::string CameraScanner::name() const {
    return nameOf(state_->config);
}

void CameraScanner::stop() {
    if (!state_->thread.joinable()) return;
    // Queued, so that it also ends a loop that has not begun yet.
    QMetaObject::invokeMethod(state_->loop, &QEventLoop::quit, Qt::QueuedConnection);
    state_->thread.join();
    state_->thread = {};
    state_->loop = nullptr;
}

} // namespace silta::drivers
