#include "drivers/image_file.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QtEndian>
#include <QtGui/QImage>
#include <QtGui/QImageReader>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace silta::drivers {

namespace {

Error failed(Errc code, const std::string& path, std::string_view why) {
    return Error{code, fmt::format("read image {}: {}", path, why)};
}

/// True when a PNG goes on to its IEND chunk. Source: PNG specification, section 5.3 (chunk layout).
bool isWholePng(const QByteArray& bytes) {
    constexpr qsizetype kSignature = 8;
    constexpr qsizetype kChunkFrame = 12; // length, type, checksum
    qsizetype at = kSignature;
    while (at + kChunkFrame <= bytes.size()) {
        const auto length = qFromBigEndian<quint32>(bytes.constData() + at);
        if (length > static_cast<quint64>(bytes.size() - at - kChunkFrame)) return false;
        if (bytes.mid(at + 4, 4) == "IEND") return true;
        at += kChunkFrame + static_cast<qsizetype>(length);
    }
    return false;
}

/// True when a JPEG goes on to its end marker, that of a preview inside it not counted.
/// Source: ITU-T T.81, annex B (markers, segments, entropy-coded data).
bool isWholeJpeg(const QByteArray& bytes) {
    const auto byteAt = [&](qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    qsizetype at = 2; // behind the start marker
    while (at + 1 < bytes.size()) {
        if (byteAt(at) != 0xff) { // entropy-coded data, or stuffing between segments
            ++at;
            continue;
        }
        const auto marker = byteAt(at + 1);
        if (marker == 0xd9) return true;
        const bool hasNoLength = marker == 0x00 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        if (marker == 0xff) {
            ++at;
        } else if (hasNoLength) {
            at += 2;
        } else {
            if (at + 4 > bytes.size()) return false;
            at += 2 + qFromBigEndian<quint16>(bytes.constData() + at + 2);
        }
    }
    return false;
}

/// True when a WebP has as many bytes as it says. Source: RFC 9649, section 2.4.
bool isWholeWebp(const QByteArray& bytes) {
    return bytes.size() >= 12 &&
           qFromLittleEndian<quint32>(bytes.constData() + 4) <= quint64(bytes.size()) - 8;
}

/// True when a bitmap has as many bytes as it says. Source: BITMAPFILEHEADER, member bfSize.
bool isWholeBmp(const QByteArray& bytes) {
    return bytes.size() >= 6 && qFromLittleEndian<quint32>(bytes.constData() + 2) <= quint64(bytes.size());
}

bool isWhole(const QByteArray& format, const QByteArray& bytes) {
    if (format == "png") return isWholePng(bytes);
    if (format == "jpeg" || format == "jpg") return isWholeJpeg(bytes);
    if (format == "webp") return isWholeWebp(bytes);
    if (format == "bmp") return isWholeBmp(bytes);
    return true; // the reader itself refuses the others when they are cut off
}

GrayBuffer luminance(QImage image) {
    const bool hasAlpha = image.hasAlphaChannel();
    image.convertTo(hasAlpha ? QImage::Format_ARGB32_Premultiplied : QImage::Format_Grayscale8);
    GrayBuffer gray{{}, image.width(), image.height()};
    gray.pixels.reserve(static_cast<std::size_t>(gray.width) * static_cast<std::size_t>(gray.height));
    for (int y = 0; y < gray.height; ++y) {
        const auto* row = image.constScanLine(y);
        if (!hasAlpha) {
            gray.pixels.insert(gray.pixels.end(), row, row + gray.width);
            continue;
        }
        for (int x = 0; x < gray.width; ++x) {
            QRgb pixel = 0;
            std::memcpy(&pixel, row + static_cast<std::size_t>(x) * sizeof(pixel), sizeof(pixel));
            const int value = qGray(pixel) + 255 - qAlpha(pixel);
            gray.pixels.push_back(static_cast<std::uint8_t>(std::min(value, 255)));
        }
    }
    return gray;
}

Result<QByteArray> readBytes(const std::string& path) {
    QFile file(QString::fromStdString(path));
    const QFileInfo info(file);
    if (!info.exists()) return failed(Errc::NotFound, path, "no such file");
    if (!info.isFile()) return failed(Errc::Unsupported, path, "not a file");
    if (!file.open(QIODevice::ReadOnly)) {
        const auto code = file.error() == QFileDevice::PermissionsError ? Errc::Denied : Errc::Io;
        return failed(info.isReadable() ? code : Errc::Denied, path, file.errorString().toStdString());
    }
    auto bytes = file.read(kImageBytesMax + 1);
    if (file.error() != QFileDevice::NoError) return failed(Errc::Io, path, file.errorString().toStdString());
    if (bytes.size() > kImageBytesMax) return failed(Errc::Limit, path, "larger than 32 MiB");
    if (bytes.isEmpty()) return failed(Errc::Corrupt, path, "empty file");
    return bytes;
}

} // namespace

Result<GrayBuffer> loadGray(const std::string& path) {
    static std::once_flag limitSet;
    std::call_once(limitSet, [] {
        QImageReader::setAllocationLimit(static_cast<int>(kImagePixelsMax * 4 / 1'000'000));
    });

    auto bytes = readBytes(path);
    if (!bytes) return std::move(bytes).error();
    QBuffer buffer(&*bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const auto format = reader.format();
    // Vector drawings are programs, not pictures: nobody's camera writes them.
    if (!reader.canRead() || format.isEmpty() || format.startsWith("svg"))
        return failed(Errc::Unsupported, path, "not an image");
    const auto size = reader.size();
    if (size.isValid() && qint64{size.width()} * size.height() > kImagePixelsMax)
        return failed(Errc::Limit, path, "more than 64 million pixels");
    if (!isWhole(format, *bytes)) return failed(Errc::Corrupt, path, "cut off");
    auto image = reader.read();
    if (image.isNull()) return failed(Errc::Corrupt, path, reader.errorString().toStdString());
    if (qint64{image.width()} * image.height() > kImagePixelsMax)
        return failed(Errc::Limit, path, "more than 64 million pixels");
    return luminance(std::move(image));
}

} // namespace silta::drivers
