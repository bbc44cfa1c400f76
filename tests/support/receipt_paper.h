// A receipt printer without the printer: reads ESC/POS byte by byte, refuses what it does not know, and draws
// what would stand on the paper.
#pragma once

#include <QImage>
#include <string>
#include <string_view>
#include <vector>

namespace silta::test {

/// Thread: one, with a QGuiApplication.
class ReceiptPaper {
public:
    explicit ReceiptPaper(int dots = 576, int columns = 48);

    /// Everything of one slip. Empty, or what the printer does not understand, and where.
    std::string feed(std::string_view bytes);

    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; } ///< UTF-8
    [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; } ///< drawn by the printer
    [[nodiscard]] int cuts() const { return cuts_; }
    [[nodiscard]] int pictures() const { return pictures_; }
    /// What is on the paper so far.
    [[nodiscard]] QImage image() const { return paper_.copy(0, 0, dots_, y_); }

private:
    std::string command(std::string_view bytes, std::size_t& at);
    std::string escape(std::string_view bytes, std::size_t& at);
    std::string group(std::string_view bytes, std::size_t& at);
    std::string symbol(std::string_view bytes, std::size_t& at); ///< GS ( k
    void endLine();
    void place(const QImage& picture);

    const int dots_, columns_;
    QImage paper_;
    int y_ = 0;
    std::string line_; ///< UTF-8
    std::vector<std::string> lines_, codes_;
    int page_ = 0, align_ = 0, size_ = 0, barHeight_ = 0, barDots_ = 0, moduleDots_ = 0;
    bool isBold_ = false, hasNumbers_ = false;
    std::string stored_; ///< of the QR code
    int cuts_ = 0, pictures_ = 0;
};

} // namespace silta::test
