#include "support/receipt_paper.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <fmt/format.h>
#include <iconv.h>

#include <QPainter>
#include <array>

namespace silta::test {

namespace {

constexpr int kLineDots = 30, kPaperDots = 6'000;

unsigned valueAt(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}

/// By the C library: the driver's own tables must not judge themselves.
std::string decoded(char byte, int page) {
    const auto converter = iconv_open("UTF-8", page == 18 ? "CP852" : "CP1252");
    std::array<char, 8> out{};
    char* from = &byte;
    char* to = out.data();
    std::size_t fromLeft = 1;
    std::size_t toLeft = out.size();
    const bool isSound = iconv(converter, &from, &fromLeft, &to, &toLeft) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    return isSound ? std::string(out.data(), out.size() - toLeft) : std::string();
}

QImage codeImage(ZXing::BarcodeFormat format, const std::string& text, int across, int down) {
    ZXing::MultiFormatWriter writer(format);
    writer.setMargin(0);
    const auto code = writer.encode(text, 1, 1);
    QImage image(code.width() * across, code.height() * down, QImage::Format_Grayscale8);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, code.get(x / across, y / down) ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
    return image;
}

} // namespace

ReceiptPaper::ReceiptPaper(int dots, int columns)
    : dots_(dots), columns_(columns), paper_(dots, kPaperDots, QImage::Format_Grayscale8) {
    paper_.fill(Qt::white);
}

void ReceiptPaper::place(const QImage& picture) {
    QPainter painter(&paper_);
    const int x = align_ == 0 ? 0 : (dots_ - picture.width()) / 2;
    painter.drawImage(x, y_, picture);
    y_ += picture.height() + 8;
}

void ReceiptPaper::endLine() {
    const auto text = QString::fromStdString(line_);
    const int times = size_ == 0x11 ? 2 : 1;
    const int cell = dots_ / columns_ * times;
    QPainter painter(&paper_);
    QFont font("DejaVu Sans Mono");
    font.setPixelSize(20 * times);
    font.setBold(isBold_);
    painter.setFont(font);
    const int width = static_cast<int>(text.size()) * cell;
    const int x = align_ == 0 ? 0 : (dots_ - width) / 2;
    for (int i = 0; i < text.size(); ++i)
        painter.drawText(QRect(x + i * cell, y_, cell, kLineDots * times), Qt::AlignCenter | Qt::TextDontClip,
                         text.mid(i, 1));
    y_ += kLineDots * times;
    lines_.push_back(line_);
    line_.clear();
}

std::string ReceiptPaper::feed(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const auto value = valueAt(bytes, at);
        if (y_ > kPaperDots - 600) return "more than the roll has";
        if (value == 0x1B || value == 0x1D) {
            const auto start = at;
            if (auto wrong = command(bytes, at); !wrong.empty())
                return fmt::format("{} at byte {}", wrong, start);
            continue;
        }
        ++at;
        if (value == '\n') {
            endLine();
        } else if (value < ' ' || value == 0x7F) {
            return fmt::format("control {:#x} at byte {}", value, at - 1);
        } else if (value < 0x80) {
            line_.push_back(static_cast<char>(value));
        } else {
            const auto text =
                page_ == 16 || page_ == 18 ? decoded(static_cast<char>(value), page_) : std::string();
            if (text.empty()) return fmt::format("{:#x} is nothing in page {}", value, page_);
            line_ += text;
        }
    }
    return line_.empty() ? "" : "a line that does not end";
}

std::string ReceiptPaper::command(std::string_view bytes, std::size_t& at) {
    return valueAt(bytes, at) == 0x1B ? escape(bytes, at) : group(bytes, at);
}

std::string ReceiptPaper::escape(std::string_view bytes, std::size_t& at) {
    const auto what = valueAt(bytes, at + 1);
    const auto value = valueAt(bytes, at + 2);
    if (what == '@') {
        page_ = align_ = size_ = 0;
        isBold_ = false;
        at += 2;
        return {};
    }
    if (at + 2 >= bytes.size()) return "a command that does not end";
    at += 3;
    if (what == 't') {
        page_ = static_cast<int>(value);
        return {};
    }
    if (what == 'a') {
        if (!line_.empty()) return "alignment within a line";
        align_ = static_cast<int>(value);
        return value <= 1 ? "" : "alignment";
    }
    if (what == 'E') {
        isBold_ = value == 1;
        return {};
    }
    if (what == 'd') {
        y_ += static_cast<int>(value) * kLineDots;
        return {};
    }
    return fmt::format("ESC {:#x}", what);
}

std::string ReceiptPaper::group(std::string_view bytes, std::size_t& at) {
    const auto what = valueAt(bytes, at + 1);
    if (what == '(') return symbol(bytes, at);
    if (what == 'k') {
        const auto length = valueAt(bytes, at + 3);
        if (valueAt(bytes, at + 2) != 73 || length < 3 || at + 4 + length > bytes.size()) return "bar code";
        const auto data = bytes.substr(at + 4, length);
        at += 4 + length;
        std::string text;
        if (data.starts_with("{C"))
            for (const char pair : data.substr(2))
                text += fmt::format("{:02}", static_cast<int>(pair));
        else if (data.starts_with("{B"))
            for (std::size_t i = 2; i < data.size(); ++i) {
                if (data[i] == '{' && (++i >= data.size() || data[i] != '{')) return "a code set within";
                text.push_back(data[i]);
            }
        else
            return "a code set";
        codes_.push_back(text);
        place(codeImage(ZXing::BarcodeFormat::Code128, text, barDots_, barHeight_));
        line_ = hasNumbers_ ? text : std::string();
        if (hasNumbers_) endLine();
        return {};
    }
    if (what == 'v') {
        if (at + 8 > bytes.size()) return "picture";
        const auto across = valueAt(bytes, at + 4) + 256 * valueAt(bytes, at + 5);
        const auto down = valueAt(bytes, at + 6) + 256 * valueAt(bytes, at + 7);
        if (across == 0 || static_cast<int>(across * 8) > dots_ + 7 ||
            at + 8 + std::size_t{across} * down > bytes.size())
            return "picture";
        QImage picture(static_cast<int>(across * 8), static_cast<int>(down), QImage::Format_Grayscale8);
        for (unsigned y = 0; y < down; ++y)
            for (unsigned x = 0; x < across * 8; ++x) {
                const bool isDark = ((valueAt(bytes, at + 8 + y * across + x / 8) >> (7U - x % 8)) & 1U) != 0;
                picture.setPixel(static_cast<int>(x), static_cast<int>(y),
                                 isDark ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
            }
        at += 8 + std::size_t{across} * down;
        ++pictures_;
        place(picture);
        return {};
    }
    if (at + 2 >= bytes.size()) return "a command that does not end";
    const auto value = static_cast<int>(valueAt(bytes, at + 2));
    at += 3;
    switch (what) {
    case '!':
        size_ = value;
        return value == 0 || value == 0x11 ? "" : "size";
    case 'h':
        barHeight_ = value;
        return {};
    case 'w':
        barDots_ = value;
        return value >= 2 && value <= 6 ? "" : "width of bars";
    case 'H':
        hasNumbers_ = value == 2;
        return {};
    case 'V':
        if (value != 66 || at >= bytes.size()) return "cut";
        ++at;
        ++cuts_;
        return {};
    default:
        return fmt::format("GS {:#x}", what);
    }
}

std::string ReceiptPaper::symbol(std::string_view bytes, std::size_t& at) {
    const auto length = valueAt(bytes, at + 3) + 256 * valueAt(bytes, at + 4);
    if (valueAt(bytes, at + 2) != 'k' || length < 3 || at + 5 + length > bytes.size() ||
        valueAt(bytes, at + 5) != 0x31)
        return "two-dimensional code";
    const auto what = valueAt(bytes, at + 6);
    const auto data = bytes.substr(at + 7, length - 2);
    at += 5 + length;
    switch (what) {
    case 0x41:
        return data == std::string_view("\x32\0", 2) ? "" : "model";
    case 0x43:
        moduleDots_ = static_cast<int>(valueAt(data, 0));
        return {};
    case 0x45:
        return data == "1" ? "" : "correction";
    case 0x50:
        stored_ = std::string(data.substr(1));
        return data.starts_with('0') ? "" : "store";
    case 0x51:
        codes_.push_back(stored_);
        place(codeImage(ZXing::BarcodeFormat::QRCode, stored_, moduleDots_, moduleDots_));
        return {};
    default:
        return "two-dimensional code";
    }
}

} // namespace silta::test
