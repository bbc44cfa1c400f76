#include "drivers/decode/decoder.h"

#include "drivers/decode/ean_fit.h"
#include "drivers/decode/gray_ops.h"
#include "drivers/decode/linear_reader.h"
#include "drivers/decode/locator.h"
#include "drivers/decode/symbol_reader.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <optional>

namespace silta::drivers {

namespace {

constexpr int kSearchSideMax = 1'700;  // pixels: no code that fills a hand has finer modules then
constexpr float kPictureShare = 0.45F; // a region with more of the picture is as well searched as the whole
constexpr float kCropPixelsMax = 120'000;  // of a frame: in a larger region the modules are coarse
constexpr int kSharpenPixelsMax = 200'000; // of a region; larger ones have pixels enough for each module
constexpr int kDoublePixelsMax = 60'000;
constexpr float kMatrixAspectMin = 0.4F;  // beside bars: flatter regions are the digits below them
constexpr float kSharpenAspectMin = 0.5F; // a blurred region far from square is text
constexpr float kSharpenEnergyMin = 300;  // squared steps of luminance: fainter ones are not modules
constexpr unsigned kFitTurns = 4;         // of a frame's blurred bars, both directions
constexpr int kLargePixelsMin = 600'000;  // of a frame
constexpr int kSmallPixelsMax = 20'000;   // a picture that may be too small for any region
// A linear symbol is found in a few of its rows only, so one symbol may have to be covered several times.
constexpr int kCoverRoundsMax = 16;

/// What was found, and where: in a region of stripes, or between four corners.
struct Finding {
    ScannedCode code;
    std::optional<LinearRegion> region;
    std::array<Corner, 4> corners{};
};

/// One symbol in one picture: the cheapest way of looking first.
class Search {
public:
    Search(const GrayImage& picture, const DecodeOptions& options)
        : picture_(picture), isThorough_(options.isThorough), isOddTurn_(options.turn % 2 == 1),
          isForwardTurn_(options.turn % kFitTurns < kFitTurns / 2),
          regions_(locate(structureTensor(picture))) {}

    /// What is held straight in front of the camera, and most of the rest.
    std::optional<Finding> quick() {
        bool isClose = true; // the likeliest each time, of the others every second
        for (const auto& region : regions_.linear) {
            const auto effort = isThorough_ || (isOddTurn_ && isClose) ? LinearEffort::Blurred
                                : isClose                              ? LinearEffort::Sharp
                                                                       : LinearEffort::Glance;
            isClose = &region == &regions_.linear.front() ? isOddTurn_ : !isClose;
            auto attempt = readLinear(picture_, region, effort);
            if (attempt.read) return Finding{std::move(attempt.read->code), attempt.read->region};
            if (!unread_) unread_ = std::move(attempt.unread);
        }
        if (!isThorough_ && isOddTurn_) {
            if (auto finding = fitted({isForwardTurn_, !isForwardTurn_, 1})) return finding;
        }
        if (auto finding = matrixInRegions()) return finding;
        return readWhole(everythingLikely());
    }

    /// What each region shows at a glance, without a look at what lies between them.
    [[nodiscard]] std::vector<Finding> inEachRegion() const {
        std::vector<Finding> findings;
        for (const auto& region : regions_.linear) {
            auto attempt = readLinear(picture_, region, LinearEffort::Glance);
            if (attempt.read) findings.push_back({std::move(attempt.read->code), attempt.read->region, {}});
        }
        for (const auto& region : regions_.matrix) {
            if (!isCropped(region)) continue;
            auto finding = readPicture(crop(region), kMatrix);
            if (finding) findings.push_back(shifted(std::move(*finding), region));
        }
        return findings;
    }

    /// Matrix symbols alone, wherever they are.
    [[nodiscard]] std::optional<Finding> matrix() const {
        auto finding = matrixInRegions();
        return finding ? std::move(finding) : readWhole(kMatrix);
    }

    /// What is blurred, inverted or far too fine. Measured on 424 photographs: one in twelve is read only
    /// here.
    [[nodiscard]] std::optional<Finding> thorough() const {
        if (auto finding = fitted({})) return finding;
        if (isMatrixLikely() && std::min(picture_.width, picture_.height) >= 2 * kDecodeSideMin) {
            auto finding = readPicture(halfOf(picture_).view(), kMatrix);
            if (finding) return doubled(std::move(*finding));
        }
        if (auto finding = inverted()) return finding;
        return sharpened();
    }

private:
    static constexpr ReadOptions kAll{};
    static constexpr ReadOptions kLinear{.hasMatrix = false};
    static constexpr ReadOptions kMatrix{.hasLinear = false, .hasMatrix = true};

    /// Bars that run into each other, where any were seen.
    [[nodiscard]] std::optional<Finding> fitted(const FitEffort& effort) const {
        if (!unread_) return std::nullopt;
        auto code = fitEan(widelyEven(*unread_), effort);
        if (!code) return std::nullopt;
        return Finding{std::move(*code), unread_->region};
    }

    static std::optional<Finding> readPicture(const GrayImage& image, const ReadOptions& options) {
        auto found = readSymbol(image, options);
        if (!found) return std::nullopt;
        return Finding{std::move(found->code), std::nullopt, found->corners};
    }

    /// What no region showed. Of a large frame half the pixels will do, for a quarter of the time: what is
    /// too fine then stands out as a region.
    [[nodiscard]] std::optional<Finding> readWhole(const ReadOptions& options) const {
        if (!isThorough_ && isOddTurn_) return std::nullopt;
        if (isThorough_ || picture_.width * picture_.height < kLargePixelsMin)
            return readPicture(picture_, options);
        auto finding = readPicture(halfOf(picture_).view(), options);
        return finding ? doubled(std::move(*finding)) : std::move(finding);
    }

    /// Where bars were seen, a matrix symbol beside them shows as a region of its own. Without bars, it may
    /// be too small or too large for one.
    [[nodiscard]] bool isMatrixLikely() const {
        if (!unread_ || !unread_->isSharp) return true;
        return std::any_of(regions_.matrix.begin(), regions_.matrix.end(),
                           [](const MatrixRegion& region) { return region.aspect >= kMatrixAspectMin; });
    }
    [[nodiscard]] ReadOptions everythingLikely() const { return isMatrixLikely() ? kAll : kLinear; }

    [[nodiscard]] std::optional<Finding> matrixInRegions() const {
        for (const auto& region : regions_.matrix) {
            if (!isCropped(region)) continue;
            auto finding = readPicture(crop(region), kMatrix);
            if (finding) return shifted(std::move(*finding), region);
        }
        return std::nullopt;
    }

    /// Light on dark. Bars are looked for everywhere, which costs next to nothing.
    [[nodiscard]] std::optional<Finding> inverted() const {
        const auto negative = copyOf(picture_, true);
        if (auto finding = readPicture(negative.view(), kLinear)) return finding;
        if (!isMatrixLikely()) return std::nullopt;
        if (!regions_.matrix.empty()) {
            const auto& region = regions_.matrix.front();
            auto finding = readPicture(
                cropOf(negative.view(), region.left, region.top, region.right, region.bottom), kMatrix);
            return finding ? shifted(std::move(*finding), region) : std::move(finding);
        }
        if (picture_.width * picture_.height > kSmallPixelsMax) return std::nullopt;
        return readPicture(negative.view(), kMatrix);
    }

    /// A blurred matrix symbol, in the likeliest place only.
    [[nodiscard]] std::optional<Finding> sharpened() const {
        if (regions_.matrix.empty()) return std::nullopt;
        const auto& region = regions_.matrix.front();
        const auto part = crop(region);
        const int pixels = part.width * part.height;
        if (region.aspect < kSharpenAspectMin || region.energy < kSharpenEnergyMin ||
            pixels >= kSharpenPixelsMax)
            return std::nullopt;
        auto finding = readPicture(sharpenedOf(part, 4, 3).view(), kMatrix);
        if (finding) return shifted(std::move(*finding), region);
        if (pixels >= kDoublePixelsMax) return std::nullopt;
        finding = readPicture(sharpenedOf(doubledOf(part).view(), 3, 2).view(), kMatrix);
        if (finding) return shifted(halved(std::move(*finding)), region);
        return std::nullopt;
    }

    /// False for regions that are as well searched with the whole picture.
    [[nodiscard]] bool isCropped(const MatrixRegion& region) const {
        const float pixelsMax = kPictureShare * static_cast<float>(picture_.width * picture_.height);
        return static_cast<float>(region.width() * region.height()) <=
               (isThorough_ ? pixelsMax : std::min(pixelsMax, kCropPixelsMax));
    }

    [[nodiscard]] GrayImage crop(const MatrixRegion& region) const {
        return cropOf(picture_, region.left, region.top, region.right, region.bottom);
    }

    static Finding shifted(Finding finding, const MatrixRegion& region) {
        for (auto& corner : finding.corners)
            corner = {corner.x + std::max(region.left, 0), corner.y + std::max(region.top, 0)};
        return finding;
    }

    static Finding doubled(Finding finding) {
        for (auto& corner : finding.corners)
            corner = {corner.x * 2, corner.y * 2};
        return finding;
    }

    static Finding halved(Finding finding) {
        for (auto& corner : finding.corners)
            corner = {corner.x / 2, corner.y / 2};
        return finding;
    }

    GrayImage picture_;
    bool isThorough_;
    bool isOddTurn_;
    bool isForwardTurn_; ///< of those in which blurred bars are read
    Regions regions_;
    std::optional<UnreadBars> unread_; ///< of the likeliest region that has any
};

/// The upright rectangle around a finding, in turn left, top, right and bottom.
struct Box {
    int left;
    int top;
    int right;
    int bottom;
};

Box boxOf(const Finding& finding) {
    Box box{kDecodeSideMax, kDecodeSideMax, 0, 0};
    const auto include = [&](int x, int y) {
        box.left = std::min(box.left, x);
        box.right = std::max(box.right, x + 1);
        box.top = std::min(box.top, y);
        box.bottom = std::max(box.bottom, y + 1);
    };
    if (finding.region) {
        const auto& region = *finding.region;
        for (float u : {region.uMin, region.uMax}) {
            for (float v : {region.vMin, region.vMax})
                include(static_cast<int>(region.centreX + u * region.acrossX - v * region.acrossY),
                        static_cast<int>(region.centreY + u * region.acrossY + v * region.acrossX));
        }
        return box;
    }
    for (const auto& corner : finding.corners)
        include(corner.x, corner.y);
    return box;
}

SeenCode seenOf(const Finding& finding, const GrayImage& picture) {
    const auto box = boxOf(finding);
    return {finding.code, std::max(box.left, 0), std::max(box.top, 0), std::min(box.right, picture.width),
            std::min(box.bottom, picture.height)};
}

/// Paints over a symbol, so that the next search finds another one.
void cover(GrayBuffer& image, const Finding& finding) {
    auto box = boxOf(finding);
    if (!finding.region) {
        // Matrix symbols stick out a module or two; linear ones are higher than the rows that were read.
        const int margin = std::max(box.right - box.left, box.bottom - box.top) / 8 + 2;
        box = {box.left - margin, box.top - margin, box.right + margin + 1, box.bottom + margin + 1};
    }
    const auto isInside = [&](int x, int y) {
        if (!finding.region) return true;
        const auto& region = *finding.region;
        const float dx = static_cast<float>(x) - region.centreX;
        const float dy = static_cast<float>(y) - region.centreY;
        const float u = dx * region.acrossX + dy * region.acrossY;
        const float v = dy * region.acrossX - dx * region.acrossY;
        return u >= region.uMin && u <= region.uMax && v >= region.vMin && v <= region.vMax;
    };
    for (int y = std::max(box.top, 0); y < std::min(box.bottom, image.height); ++y) {
        auto* row = image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width);
        for (int x = std::max(box.left, 0); x < std::min(box.right, image.width); ++x) {
            if (isInside(x, y)) row[x] = 255;
        }
    }
}

std::vector<SeenCode> findAll(const GrayImage& picture, const DecodeOptions& options) {
    std::vector<SeenCode> codes;
    const int symbolsMax = std::clamp(options.symbolsMax, 1, kSymbolsMax);
    Search search(picture, options);
    auto finding = search.quick();
    if (!finding && options.isThorough) finding = search.thorough();
    if (!finding) return codes;
    codes.push_back(seenOf(*finding, picture));
    if (symbolsMax <= 1) return codes;
    const auto add = [&](const Finding& other) {
        const auto isSame = [&](const SeenCode& code) {
            return other.code.symbology == code.symbology && other.code.bytes == code.bytes;
        };
        if (std::none_of(codes.begin(), codes.end(), isSame)) codes.push_back(seenOf(other, picture));
    };
    if (!options.isThorough) {
        for (const auto& other : search.inEachRegion()) {
            if (static_cast<int>(codes.size()) < symbolsMax) add(other);
        }
        return codes;
    }
    // Matrix symbols first: their corners are known, while stripes may go on into what lies beside them.
    auto rest = copyOf(picture, false);
    bool hasMatrix = true;
    for (int round = 0; round < kCoverRoundsMax && static_cast<int>(codes.size()) < symbolsMax; ++round) {
        Search next(rest.view(), options);
        if (hasMatrix) finding = next.matrix();
        hasMatrix = hasMatrix && finding;
        if (!hasMatrix) finding = next.quick();
        if (!finding) break;
        add(*finding);
        cover(rest, *finding);
    }
    return codes;
}

bool isTooLarge(const GrayImage& image) {
    return std::max(image.width, image.height) > kSearchSideMax &&
           std::min(image.width, image.height) >= 2 * kDecodeSideMin;
}

/// What is in `scaled`, a copy of `image` of another size, at its place in `image`.
Result<std::vector<SeenCode>> inPixelsOf(const GrayImage& image, const GrayBuffer& scaled,
                                         const DecodeOptions& options) {
    auto codes = decode(scaled.view(), options);
    if (!codes) return codes;
    const auto toWidth = [&](int x) {
        return static_cast<int>(std::int64_t{x} * image.width / scaled.width);
    };
    const auto toHeight = [&](int y) {
        return static_cast<int>(std::int64_t{y} * image.height / scaled.height);
    };
    for (auto& code : *codes) {
        code.left = toWidth(code.left);
        code.right = toWidth(code.right);
        code.top = toHeight(code.top);
        code.bottom = toHeight(code.bottom);
    }
    return codes;
}

} // namespace

Result<std::vector<SeenCode>> decode(const GrayImage& image, const DecodeOptions& options) {
    if (image.data == nullptr || image.width <= 0 || image.height <= 0 || image.stride < image.width)
        return Error{Errc::Invalid, "decode picture: no pixels"};
    if (image.width > kDecodeSideMax || image.height > kDecodeSideMax)
        return Error{Errc::Limit, "decode picture: too wide or too high"};
    try {
        if (image.width < kDecodeSideMin || image.height < kDecodeSideMin)
            return inPixelsOf(image, stretchedOf(image, kDecodeSideMin), options);
        if (isTooLarge(image)) return inPixelsOf(image, halfOf(image), options);
        auto codes = findAll(image, options);
        std::erase_if(codes, [](const SeenCode& code) { return code.bytes.size() > kScanBytesMax; });
        return codes;
    } catch (const std::exception&) {
        return Error{Errc::Internal, "decode picture: the decoder failed"};
    }
}

} // namespace silta::drivers
