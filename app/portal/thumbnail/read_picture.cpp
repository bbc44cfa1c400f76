#include "portal/thumbnail/limits.h"
#include "portal/thumbnail/thumbnail.h"

#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

namespace silta::portal {

namespace {

constexpr std::size_t kChannels = 3;

Error refused(Errc code, const char* why) {
    return {code, std::string("read picture: ") + why};
}

bool isTooLarge(std::int64_t width, std::int64_t height) {
    return width > kSourceSideMax || height > kSourceSideMax || width * height > kSourcePixelsMax;
}

RgbPicture blank(int width, int height) {
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return {width, height, std::vector<std::uint8_t>(pixels * kChannels)};
}

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Result<RgbPicture> readJpeg(std::string_view jpeg, const ThumbnailWish& least) {
    const std::unique_ptr<void, int (*)(void*)> reader(tjInitDecompress(), &tjDestroy);
    int width = 0, height = 0, sampling = 0, colours = 0;
    if (!reader || tjDecompressHeader3(reader.get(), bytesOf(jpeg), jpeg.size(), &width, &height, &sampling,
                                       &colours) != 0)
        return refused(Errc::Corrupt, "no JPEG");
    if (width < 1 || height < 1) return refused(Errc::Corrupt, "cut off");
    if (isTooLarge(width, height)) return refused(Errc::Limit, "too many pixels");
    if (colours == TJCS_CMYK || colours == TJCS_YCCK) return refused(Errc::Unsupported, "printers' colours");
    // The library leaves details out that would be averaged away, which is many times cheaper.
    const int side = std::max(least.width, least.height); // it may lie on its side
    tjscalingfactor scale{1, 1};
    int count = 0;
    const auto* factors = tjGetScalingFactors(&count);
    for (const auto& factor : std::span(factors, static_cast<std::size_t>(count))) {
        const bool isSmaller = factor.num * scale.denom < scale.num * factor.denom;
        if (isSmaller && TJSCALED(width, factor) >= side && TJSCALED(height, factor) >= side) scale = factor;
    }
    auto picture = blank(TJSCALED(width, scale), TJSCALED(height, scale));
    constexpr int kFlags = TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING | TJFLAG_ACCURATEDCT;
    if (tjDecompress2(reader.get(), bytesOf(jpeg), jpeg.size(), picture.pixels.data(), picture.width, 0,
                      picture.height, TJPF_RGB, kFlags) != 0)
        return refused(Errc::Corrupt, "damaged JPEG");
    return picture;
}

Result<RgbPicture> readPng(std::string_view png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, &png_image_free);
    if (png_image_begin_read_from_memory(&image, png.data(), png.size()) == 0)
        return refused(Errc::Corrupt, "no PNG");
    if (isTooLarge(image.width, image.height)) return refused(Errc::Limit, "too many pixels");
    image.format = PNG_FORMAT_RGB;
    auto picture = blank(static_cast<int>(image.width), static_cast<int>(image.height));
    const png_color white{255, 255, 255};
    if (png_image_finish_read(&image, &white, picture.pixels.data(), 0, nullptr) == 0)
        return refused(Errc::Corrupt, "damaged PNG");
    return picture;
}

Result<RgbPicture> readWebp(std::string_view webp) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0 ||
        WebPGetFeatures(bytesOf(webp), webp.size(), &config.input) != VP8_STATUS_OK)
        return refused(Errc::Corrupt, "no WebP");
    const int width = config.input.width, height = config.input.height;
    if (isTooLarge(width, height)) return refused(Errc::Limit, "too many pixels");
    if (config.input.has_animation != 0) return refused(Errc::Unsupported, "a moving picture");
    auto picture = blank(width, height);
    if (config.input.has_alpha == 0) {
        config.output.colorspace = MODE_RGB;
        config.output.is_external_memory = 1;
        config.output.u.RGBA = {picture.pixels.data(), width * static_cast<int>(kChannels),
                                picture.pixels.size()};
        return WebPDecode(bytesOf(webp), webp.size(), &config) == VP8_STATUS_OK
                   ? Result<RgbPicture>(std::move(picture))
                   : refused(Errc::Corrupt, "damaged WebP");
    }
    int w = 0, h = 0;
    const std::unique_ptr<std::uint8_t, void (*)(void*)> pixels(
        WebPDecodeRGBA(bytesOf(webp), webp.size(), &w, &h), &WebPFree);
    if (!pixels || w != width || h != height) return refused(Errc::Corrupt, "damaged WebP");
    const auto* from = pixels.get();
    for (auto to = picture.pixels.begin(); to != picture.pixels.end(); from += 4) {
        constexpr unsigned kOpaque = 255;
        const unsigned alpha = from[3];
        for (std::size_t channel = 0; channel < kChannels; ++channel)
            *to++ =
                static_cast<std::uint8_t>((from[channel] * alpha + kOpaque * (kOpaque - alpha)) / kOpaque);
    }
    return picture;
}

/// Source: CIPA DC-008 (Exif 2.3), table of tag 0x0112.
RgbPicture turned(RgbPicture picture, int orientation) {
    if (orientation == 1) return picture;
    const bool isOnItsSide = orientation > 4;
    const bool isMirrored = orientation == 2 || orientation == 3;
    const bool isUpsideDown = orientation == 3 || orientation == 4;
    auto out = isOnItsSide ? blank(picture.height, picture.width) : blank(picture.width, picture.height);
    const int right = picture.width - 1, bottom = picture.height - 1;
    auto to = out.pixels.begin();
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            int fromX = 0, fromY = 0;
            if (isOnItsSide) { // 5 transposed, 6 turned right, 7 transposed the other way, 8 turned left
                fromX = orientation == 5 || orientation == 6 ? y : right - y;
                fromY = orientation == 5 || orientation == 8 ? x : bottom - x;
            } else { // 2 mirrored, 3 turned round, 4 upside down
                fromX = isMirrored ? right - x : x;
                fromY = isUpsideDown ? bottom - y : y;
            }
            to = std::copy_n(picture.at(fromX, fromY), kChannels, to);
        }
    return out;
}

} // namespace

Result<RgbPicture> readPicture(std::string_view picture, const ThumbnailWish& least) {
    if (picture.size() > kSourceBytesMax) return refused(Errc::Limit, "too many bytes");
    if (picture.starts_with("\xff\xd8\xff")) {
        auto read = readJpeg(picture, least);
        return read ? Result<RgbPicture>(turned(std::move(*read), orientationOf(picture))) : read;
    }
    if (picture.starts_with("\x89PNG")) return readPng(picture);
    if (picture.starts_with("RIFF") && picture.substr(0, 12).ends_with("WEBP")) return readWebp(picture);
    return refused(Errc::Unsupported, "neither JPEG nor PNG nor WebP");
}

} // namespace silta::portal
