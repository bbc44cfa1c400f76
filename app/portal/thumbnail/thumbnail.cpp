#include "portal/thumbnail/thumbnail.h"

#include "portal/thumbnail/limits.h"

#include <webp/encode.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace silta::portal {

namespace {

constexpr int kColours = 3;
// On a phone's fine screen pixels are worth more than their exactness, down to here.
constexpr std::array kQualities = {80.F, 68.F, 56.F, 44.F, 34.F};
constexpr std::array kShares = {1.0, 0.75, 0.55, 0.4}; // of the wished size, when no quality is small enough

/// One side of the source, cut and averaged to fewer pixels: which pixels each takes, and how much of them.
struct Share {
    int first = 0;
    std::vector<float> weights; ///< they add up to 1
};

std::vector<Share> sharesOf(double begin, double length, int count, int most) {
    std::vector<Share> shares(static_cast<std::size_t>(count));
    const double step = length / count;
    for (int i = 0; i < count; ++i) {
        const double from = begin + step * i, to = std::min(from + step, static_cast<double>(most));
        auto& share = shares[static_cast<std::size_t>(i)];
        share.first = std::min(static_cast<int>(from), most - 1);
        for (int at = share.first; at < most && (at < to || share.weights.empty()); ++at)
            share.weights.push_back(static_cast<float>(
                std::max(std::min(to, at + 1.0) - std::max(from, static_cast<double>(at)), 1e-6)));
        float sum = 0;
        for (const auto weight : share.weights)
            sum += weight;
        for (auto& weight : share.weights)
            weight /= sum;
    }
    return shares;
}

/// The middle of the picture in the shape of `width` to `height`, averaged to that size.
RgbPicture fitted(const RgbPicture& picture, int width, int height) {
    const double wide = static_cast<double>(picture.height) * width / height;
    const double cutWidth = std::min<double>(picture.width, wide);
    const double cutHeight = std::min(static_cast<double>(picture.height), cutWidth * height / width);
    const auto columns = sharesOf((picture.width - cutWidth) / 2, cutWidth, width, picture.width);
    const auto rows = sharesOf((picture.height - cutHeight) / 2, cutHeight, height, picture.height);
    RgbPicture out{width, height, {}};
    out.pixels.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * kColours);
    std::vector<float> line(static_cast<std::size_t>(picture.width) * kColours);
    for (const auto& row : rows) {
        std::ranges::fill(line, 0.F);
        for (std::size_t i = 0; i < row.weights.size(); ++i) {
            const auto* from = picture.at(0, row.first + static_cast<int>(i));
            for (auto& sum : line)
                sum += row.weights[i] * static_cast<float>(*from++);
        }
        for (const auto& column : columns)
            for (int channel = 0; channel < kColours; ++channel) {
                float sum = 0;
                std::size_t at =
                    static_cast<std::size_t>(column.first) * kColours + static_cast<std::size_t>(channel);
                for (std::size_t i = 0; i < column.weights.size(); ++i, at += kColours)
                    sum += column.weights[i] * line[at];
                out.pixels.push_back(static_cast<std::uint8_t>(std::lround(std::min(sum, 255.F))));
            }
    }
    return out;
}

/// Empty when the library fails, for want of memory.
std::string webpOf(const RgbPicture& picture, float quality) {
    WebPConfig config;
    WebPPicture frame;
    if (WebPConfigPreset(&config, WEBP_PRESET_PICTURE, quality) == 0 || WebPPictureInit(&frame) == 0)
        return {};
    config.use_sharp_yuv = 1; // red letters on white
    constexpr int kSlow = 6;  // once a picture, and every byte counts
    config.method = kSlow;
    frame.width = picture.width;
    frame.height = picture.height;
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    frame.writer = WebPMemoryWrite;
    frame.custom_ptr = &writer;
    const std::unique_ptr<WebPPicture, void (*)(WebPPicture*)> freedFrame(&frame, &WebPPictureFree);
    const std::unique_ptr<WebPMemoryWriter, void (*)(WebPMemoryWriter*)> freed(&writer,
                                                                               &WebPMemoryWriterClear);
    if (WebPPictureImportRGB(&frame, picture.pixels.data(), picture.width * kColours) == 0 ||
        WebPEncode(&config, &frame) == 0)
        return {};
    return {reinterpret_cast<const char*>(writer.mem), writer.size};
}

} // namespace

Result<std::string> makeThumbnail(std::string_view picture, const ThumbnailWish& wish) {
    const bool isSound = wish.width > 0 && wish.height > 0 && wish.width <= kThumbnailSideMax &&
                         wish.height <= kThumbnailSideMax && wish.bytesMax > 0 &&
                         wish.bytesMax <= kThumbnailBytesMax;
    if (!isSound) return Error{Errc::Invalid, "make thumbnail: size"};
    const auto source = readPicture(picture, wish);
    if (!source) return source.error();
    const double all = std::min({1.0, static_cast<double>(source->width) / wish.width,
                                 static_cast<double>(source->height) / wish.height});
    for (const double share : kShares) {
        const auto sized = [&](int side) {
            return std::max(static_cast<int>(std::lround(side * all * share)), 1);
        };
        const auto small = fitted(*source, sized(wish.width), sized(wish.height));
        for (const float quality : kQualities) {
            auto webp = webpOf(small, quality);
            if (webp.empty()) return Error{Errc::Internal, "make thumbnail: the encoder failed"};
            if (webp.size() <= wish.bytesMax) return webp;
        }
    }
    return Error{Errc::Limit, "make thumbnail: it cannot be made small enough"};
}

} // namespace silta::portal
