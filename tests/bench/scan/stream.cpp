#include "bench/scan/stream.h"

#include <fmt/format.h>
#include <zint.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>
#include <string>

namespace silta::bench {

namespace {

constexpr float kPi = 3.14159265F;
constexpr int kPixelsPerModule = 4; // of the drawn symbol that frames are sampled from

struct SymbolKind {
    const char* format;
    int zint;
    const char* message; ///< a # stands for any digit, an @ for any capital letter; zint adds check digits
    bool isMatrix;
};

constexpr std::array<SymbolKind, kStreamSymbols> kKinds = {{
    {"EAN13", BARCODE_EANX, "4##########0", false},
    {"UPCA", BARCODE_UPCA, "0##########", false},
    {"EAN8", BARCODE_EANX, "9######", false},
    {"CODE128", BARCODE_CODE128, "@@@@@-####-####", false},
    {"ITF", BARCODE_ITF14, "1############", false},
    {"QR", BARCODE_QRCODE, "https://id.example/01/09521########3", true},
    {"DM", BARCODE_DATAMATRIX, "952##########-@#", true},
}};

std::string messageOf(const SymbolKind& kind, std::minstd_rand& random) {
    std::string message(kind.message);
    for (auto& character : message) {
        if (character == '#') character = static_cast<char>('0' + random() % 10);
        if (character == '@') character = static_cast<char>('A' + random() % 26);
    }
    return message;
}

struct ZintFree {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

struct DrawnSymbol {
    drivers::GrayBuffer picture;
    std::string expected; ///< what readers give: the message with its check digit
};

Result<DrawnSymbol> drawSymbol(const SymbolKind& kind, const std::string& message) {
    const std::unique_ptr<zint_symbol, ZintFree> symbol(ZBarcode_Create());
    symbol->symbology = kind.zint;
    symbol->scale = kPixelsPerModule / 2.0F;
    symbol->show_hrt = 0;
    symbol->whitespace_width = 8;
    symbol->whitespace_height = kind.isMatrix ? 4 : 2;
    if (!kind.isMatrix) symbol->height = 40;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.c_str());
    if (ZBarcode_Encode_and_Buffer(symbol.get(), bytes, 0, 0) >= ZINT_ERROR)
        return Error{Errc::Internal, fmt::format("draw {}: {}", kind.format, symbol->errtxt)};
    const std::string text(reinterpret_cast<const char*>(symbol->text));
    DrawnSymbol drawn{{{}, symbol->bitmap_width, symbol->bitmap_height}, kind.isMatrix ? message : text};
    auto& picture = drawn.picture;
    const auto pixels = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
    for (std::size_t i = 0; i < pixels; ++i)
        picture.pixels.push_back(symbol->bitmap[3 * i]);
    return drawn;
}

using Plane = std::vector<float>; // luminance, row by row

/// Shelves with boxes of one shade each, some with stripes or a pattern as packs have them.
Plane drawShop(const ClipPlan& plan, std::minstd_rand& random) {
    const auto at = [&](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(plan.width) +
               static_cast<std::size_t>(x);
    };
    Plane shop(at(0, plan.height), 120);
    constexpr int kBoxes = 90;
    for (int box = 0; box < kBoxes; ++box) {
        const int width = 30 + static_cast<int>(random() % 200);
        const int height = 30 + static_cast<int>(random() % 160);
        const int left = static_cast<int>(random() % static_cast<unsigned>(plan.width)) - width / 2;
        const int top = static_cast<int>(random() % static_cast<unsigned>(plan.height)) - height / 2;
        const auto shade = static_cast<float>(30 + random() % 190);
        const auto texture = random() % 4; // stripes across, stripes down, dots, none
        const auto period = static_cast<int>(6 + random() % 30);
        for (int y = std::max(top, 0); y < std::min(top + height, plan.height); ++y) {
            for (int x = std::max(left, 0); x < std::min(left + width, plan.width); ++x) {
                const bool isAcross = (x - left) % period < period / 2;
                const bool isDown = (y - top) % period < period / 2;
                const bool isDark = (texture == 0 && isAcross) || (texture == 1 && isDown) ||
                                    (texture == 2 && isAcross && isDown);
                shop[at(x, y)] = isDark ? shade * 0.7F : shade;
            }
        }
    }
    return shop;
}

/// Where the symbol lies in one frame.
struct Pose {
    float centreX = 0;
    float centreY = 0;
    float angle = 0;
    float scale = 1;   ///< pixels of the frame for one of the symbol
    float tilt = 0;    ///< perspective: the share by which one end is nearer than the other
    float bottle = 0;  ///< radius of a cylinder in symbol widths; 0 is flat
    float motionX = 0; ///< pixels while the shutter is open
};

/// The luminance of the symbol at a place in the frame, or a negative number beside it.
float symbolAt(const drivers::GrayBuffer& symbol, const Pose& pose, float x, float y) {
    const float dx = (x - pose.centreX) / pose.scale;
    const float dy = (y - pose.centreY) / pose.scale;
    const float width = static_cast<float>(symbol.width);
    const float height = static_cast<float>(symbol.height);
    float u = dx * std::cos(pose.angle) + dy * std::sin(pose.angle);
    float v = dy * std::cos(pose.angle) - dx * std::sin(pose.angle);
    const float depth = 1 - pose.tilt * u / width;
    if (depth < 0.2F) return -1;
    u /= depth;
    v /= depth;
    if (pose.bottle > 0) {
        const float share = u / (pose.bottle * width);
        if (std::abs(share) >= 1) return -1;
        u = std::asin(share) * pose.bottle * width;
    }
    u += width / 2;
    v += height / 2;
    if (u < 0 || v < 0 || u >= width - 1 || v >= height - 1) return -1;
    const auto column = static_cast<std::size_t>(u);
    const auto* row =
        symbol.pixels.data() + static_cast<std::size_t>(v) * static_cast<std::size_t>(symbol.width);
    const float part = u - static_cast<float>(column);
    return (1 - part) * static_cast<float>(row[column]) + part * static_cast<float>(row[column + 1]);
}

/// Averages four places in each pixel, and several moments where the symbol moves.
void drawOver(Plane& frame, const ClipPlan& plan, const drivers::GrayBuffer& symbol, const Pose& pose) {
    const int moments = pose.motionX > 0 ? 6 : 1;
    constexpr std::array<float, 2> kInside = {0.25F, 0.75F};
    const float reach =
        pose.scale * static_cast<float>(std::hypot(symbol.width, symbol.height)) * 0.8F + pose.motionX;
    const int left = std::max(static_cast<int>(pose.centreX - reach), 0);
    const int right = std::min(static_cast<int>(pose.centreX + reach), plan.width);
    const int top = std::max(static_cast<int>(pose.centreY - reach), 0);
    const int bottom = std::min(static_cast<int>(pose.centreY + reach), plan.height);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            auto& pixel = frame[static_cast<std::size_t>(y) * static_cast<std::size_t>(plan.width) +
                                static_cast<std::size_t>(x)];
            float sum = 0;
            for (int moment = 0; moment < moments; ++moment) {
                const float shift =
                    pose.motionX * (static_cast<float>(moment) / static_cast<float>(moments) - 0.5F);
                for (const float j : kInside) {
                    for (const float i : kInside) {
                        const float value = symbolAt(symbol, pose, static_cast<float>(x) + i - shift,
                                                     static_cast<float>(y) + j);
                        sum += value < 0 ? pixel : 25 + value * 0.82F; // print is neither black nor white
                    }
                }
            }
            pixel = sum / static_cast<float>(4 * moments);
        }
    }
}

/// Three means of a row or column make a good bell.
void blurLines(Plane& plane, int lines, int length, int lineStep, int step, int radius) {
    std::vector<float> sums(static_cast<std::size_t>(length) + 1);
    for (int line = 0; line < lines; ++line) {
        auto* pixels = plane.data() + static_cast<std::ptrdiff_t>(line) * lineStep;
        for (int i = 0; i < length; ++i)
            sums[static_cast<std::size_t>(i) + 1] =
                sums[static_cast<std::size_t>(i)] + pixels[static_cast<std::ptrdiff_t>(i) * step];
        for (int i = 0; i < length; ++i) {
            const int from = std::max(i - radius, 0);
            const int to = std::min(i + radius + 1, length);
            pixels[static_cast<std::ptrdiff_t>(i) * step] =
                (sums[static_cast<std::size_t>(to)] - sums[static_cast<std::size_t>(from)]) /
                static_cast<float>(to - from);
        }
    }
}

void blur(Plane& plane, const ClipPlan& plan, int radius) {
    for (int pass = 0; pass < 3 && radius > 0; ++pass) {
        blurLines(plane, plan.height, plan.width, plan.width, 1, radius);
        blurLines(plane, plan.width, plan.height, 1, plan.width, radius);
    }
}

void addGlare(Plane& plane, const ClipPlan& plan, float centreX, float centreY, float radius) {
    for (int y = 0; y < plan.height; ++y) {
        for (int x = 0; x < plan.width; ++x) {
            const float away =
                std::hypot(static_cast<float>(x) - centreX, (static_cast<float>(y) - centreY) * 2);
            plane[static_cast<std::size_t>(y) * static_cast<std::size_t>(plan.width) +
                  static_cast<std::size_t>(x)] += 260 * std::exp(-away * away / (radius * radius));
        }
    }
}

/// What the sensor makes of it: gain, noise, eight bits.
drivers::GrayBuffer expose(const Plane& plane, const ClipPlan& plan, std::minstd_rand& random) {
    const bool isDark = plan.spoil == Spoil::LowLight;
    std::normal_distribution<float> noise(0, isDark ? 7.0F : 2.0F);
    std::array<float, 1 << 12> table{};
    for (auto& value : table)
        value = noise(random);
    drivers::GrayBuffer frame{{}, plan.width, plan.height};
    frame.pixels.reserve(plane.size());
    for (const float value : plane)
        frame.pixels.push_back(static_cast<std::uint8_t>(
            std::clamp((isDark ? 8 + value * 0.22F : value) + table[random() % table.size()], 0.0F, 255.0F)));
    return frame;
}

/// The hand brings the symbol in, holds it, not quite still, and takes it away.
Pose poseAt(const ClipPlan& plan, const Pose& held, int number, std::minstd_rand& random) {
    const float share = static_cast<float>(number) / static_cast<float>(std::max(plan.frames - 1, 1));
    const float away = share < 0.25F ? 1 - share / 0.25F : share > 0.85F ? (share - 0.85F) / 0.15F : 0;
    const auto shake = [&random] { return static_cast<float>(random() % 100) / 50.0F - 1; };
    Pose pose = held;
    pose.centreX += away * 0.6F * static_cast<float>(plan.width) + 3 * shake();
    pose.centreY += 3 * shake();
    pose.angle += 0.02F * shake();
    return pose;
}

Pose heldPose(const ClipPlan& plan, bool isMatrix, std::minstd_rand& random) {
    const auto between = [&random](float least, float most) {
        return least + (most - least) * static_cast<float>(random() % 1'000) / 1'000;
    };
    Pose pose;
    pose.centreX = static_cast<float>(plan.width) * between(0.4F, 0.6F);
    pose.centreY = static_cast<float>(plan.height) * between(0.4F, 0.6F);
    pose.angle = between(-0.1F, 0.1F);
    const float module = isMatrix ? between(3, 5) : between(2, 3.2F); // pixels
    pose.scale = module / kPixelsPerModule;
    if (plan.spoil == Spoil::Rotation) pose.angle = between(-kPi, kPi);
    if (plan.spoil == Spoil::Perspective) pose.tilt = between(0.25F, 0.5F);
    if (plan.spoil == Spoil::Curve) pose.bottle = between(0.55F, 0.75F);
    if (plan.spoil == Spoil::Small) pose.scale *= 0.55F;
    if (plan.spoil == Spoil::Motion) pose.motionX = module * between(1, 2.5F);
    return pose;
}

} // namespace

const char* toString(Spoil spoil) {
    constexpr std::array kNames = {"nothing",   "rotation", "perspective", "curve", "blur",
                                   "low light", "glare",    "small",       "motion"};
    return kNames.at(static_cast<std::size_t>(spoil));
}

bool isMatrixSymbol(int symbol) {
    return kKinds.at(static_cast<std::size_t>(symbol)).isMatrix;
}

Result<std::vector<Photograph>> drawClip(const ClipPlan& plan) {
    std::minstd_rand random(plan.seed);
    const bool isEmpty = plan.symbol < 0;
    const auto& kind = kKinds.at(static_cast<std::size_t>(std::max(plan.symbol, 0)));
    const auto symbol = drawSymbol(kind, messageOf(kind, random));
    if (!symbol) return symbol.error();
    const auto shop = drawShop(plan, random);
    const auto held = heldPose(plan, kind.isMatrix, random);
    const int blurRadius = plan.spoil == Spoil::Blur ? 1 + static_cast<int>(random() % 2) : 0;
    std::vector<Photograph> frames;
    for (int i = 0; i < plan.frames; ++i) {
        auto plane = shop;
        const auto pose = poseAt(plan, held, i, random);
        if (!isEmpty) drawOver(plane, plan, symbol->picture, pose);
        blur(plane, plan, blurRadius);
        if (plan.spoil == Spoil::Glare)
            addGlare(plane, plan, pose.centreX + 20, pose.centreY, 0.12F * static_cast<float>(plan.width));
        Photograph frame{fmt::format("{} {}", toString(plan.spoil), i), isEmpty ? "NONE" : kind.format,
                         isEmpty ? "" : symbol->expected, isEmpty ? "neg" : "pos",
                         expose(plane, plan, random)};
        frames.push_back(std::move(frame));
    }
    return frames;
}

} // namespace silta::bench
