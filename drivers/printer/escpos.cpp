#include "drivers/printer/escpos.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <vector>

namespace silta::drivers {

namespace {

using CodeTable = std::array<char16_t, 128>; // of the bytes from 0x80; 0: none

// Source: unicode.org, Public/MAPPINGS/VENDORS/MICSFT, CP1252.TXT and CP852.TXT.
constexpr CodeTable kCp1252 = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x0000, 0x017D, 0x0000, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0,
    0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD,
    0x00CE, 0x00CF, 0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA,
    0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4,
    0x00F5, 0x00F6, 0x00F7, 0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF,
};

constexpr CodeTable kCp852 = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x016F, 0x0107, 0x00E7, 0x0142, 0x00EB, 0x0150, 0x0151, 0x00EE,
    0x0179, 0x00C4, 0x0106, 0x00C9, 0x0139, 0x013A, 0x00F4, 0x00F6, 0x013D, 0x013E, 0x015A, 0x015B, 0x00D6,
    0x00DC, 0x0164, 0x0165, 0x0141, 0x00D7, 0x010D, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x0104, 0x0105, 0x017D,
    0x017E, 0x0118, 0x0119, 0x00AC, 0x017A, 0x010C, 0x015F, 0x00AB, 0x00BB, 0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0x00C1, 0x00C2, 0x011A, 0x015E, 0x2563, 0x2551, 0x2557, 0x255D, 0x017B, 0x017C, 0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x0102, 0x0103, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0x00A4, 0x0111, 0x0110, 0x010E, 0x00CB, 0x010F, 0x0147, 0x00CD, 0x00CE, 0x011B, 0x2518, 0x250C,
    0x2588, 0x2584, 0x0162, 0x016E, 0x2580, 0x00D3, 0x00DF, 0x00D4, 0x0143, 0x0144, 0x0148, 0x0160, 0x0161,
    0x0154, 0x00DA, 0x0155, 0x0170, 0x00FD, 0x00DD, 0x0163, 0x00B4, 0x00AD, 0x02DD, 0x02DB, 0x02C7, 0x02D8,
    0x00A7, 0x00F7, 0x00B8, 0x00B0, 0x00A8, 0x02D9, 0x0171, 0x0158, 0x0159, 0x25A0, 0x00A0,
};

constexpr char32_t kNoCharacter = 0xFFFD;
constexpr int kQrModuleDots = 6;
constexpr int kQrQuiet = 4;               // modules; ISO/IEC 18004, 9.1
constexpr int kBarHeightDots = 80;        // 10 mm
constexpr int kBarDots = 2;               // a module: 0.25 mm
constexpr int kCode128Ends = 2 * 11 + 13; // start, check character, stop
constexpr int kBarQuiet = 10;             // modules; ISO/IEC 15417, 4.3.2
constexpr int kFeedLines = 3;             // from the head to the knife
constexpr unsigned char kBig = 0x11;

void put(std::string& bytes, std::initializer_list<int> values) {
    for (const int value : values)
        bytes.push_back(static_cast<char>(static_cast<unsigned char>(value)));
}

/// The character at `at`, which moves on; kNoCharacter where it is malformed.
char32_t nextCharacter(std::string_view utf8, std::size_t& at) {
    const auto byteAt = [utf8](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    const unsigned lead = byteAt(at++);
    if (lead < 0x80) return lead;
    const std::size_t more = lead >= 0xF0 && lead < 0xF5   ? 3
                             : lead >= 0xE0 && lead < 0xF0 ? 2
                             : lead >= 0xC2 && lead < 0xE0 ? 1
                                                           : 0;
    if (more == 0 || at + more > utf8.size()) return kNoCharacter;
    char32_t character = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const unsigned next = byteAt(at + i);
        if ((next & 0xC0U) != 0x80U) return kNoCharacter;
        character = (character << 6U) | (next & 0x3FU);
    }
    at += more;
    return character;
}

std::vector<char32_t> charactersOf(std::string_view utf8) {
    std::vector<char32_t> characters;
    for (std::size_t at = 0; at < utf8.size();) {
        auto character = nextCharacter(utf8, at);
        if (character < ' ' || character == 0x7F || character == 0xA0 ||
            (character >= 0x80 && character < 0xA0))
            character = ' '; // a control is a command
        if (character == 0x2009 || character == 0x202F) character = ' ';
        if (character == 0x2212) character = U'-';
        if (character != 0xAD) characters.push_back(character);
    }
    return characters;
}

std::optional<unsigned char> byteIn(const CodeTable& table, char32_t character) {
    const auto found = std::find(table.begin(), table.end(), static_cast<char16_t>(character));
    if (character > 0xFFFF || character == 0 || found == table.end()) return std::nullopt;
    return static_cast<unsigned char>(0x80 + (found - table.begin()));
}

void usePage(std::string& bytes, int& page, int wanted) {
    if (page == wanted) return;
    put(bytes, {0x1B, 't', wanted});
    page = wanted;
}

std::string encode(const std::vector<char32_t>& characters, int& page) {
    std::string bytes;
    for (const auto character : characters) {
        if (character < 0x80) {
            bytes.push_back(static_cast<char>(character));
            continue;
        }
        const auto western = byteIn(kCp1252, character);
        const auto central = byteIn(kCp852, character);
        if (!western && !central) {
            bytes.push_back('?');
            continue;
        }
        const bool isWestern =
            western && (!central || page != kPc852); // a page is left only where it must be
        usePage(bytes, page, isWestern ? kWindows1252 : kPc852);
        bytes.push_back(static_cast<char>(isWestern ? *western : *central));
    }
    return bytes;
}

using Lines = std::vector<std::vector<char32_t>>;

/// At spaces; a word that is longer than a line is cut.
Lines wrapped(std::vector<char32_t> text, std::size_t columns) {
    Lines lines;
    while (text.size() > columns) {
        auto end = columns;
        while (end > 0 && text[end] != U' ')
            --end;
        const bool hasSpace = end > 0;
        if (!hasSpace) end = columns;
        lines.emplace_back(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end));
        text.erase(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end + (hasSpace ? 1 : 0)));
    }
    lines.push_back(std::move(text));
    return lines;
}

/// As bars: even digits two a symbol, all else one.
bool isDigitPairs(const std::string& text) {
    return text.size() % 2 == 0 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int barModules(const std::string& text) {
    const auto symbols = isDigitPairs(text) ? text.size() / 2 : text.size();
    return static_cast<int>(symbols) * 11 + kCode128Ends;
}

class EscPos {
public:
    explicit EscPos(const PaperFormat& paper) : paper_(paper) { put(bytes_, {0x1B, '@'}); }

    Result<void> add(const SlipPart& part) {
        using Kind = SlipPart::Kind;
        if (part.text.size() > kSlipTextBytesMax || part.right.size() > kSlipTextBytesMax)
            return Error{Errc::Limit, "print slip: a text is too long"};
        switch (part.kind) {
        case Kind::Title:
            addTitle(part);
            break;
        case Kind::Text:
            addLines(wrapped(charactersOf(part.text), columns()));
            break;
        case Kind::Bold:
            put(bytes_, {0x1B, 'E', 1});
            addLines(wrapped(charactersOf(part.text), columns()));
            put(bytes_, {0x1B, 'E', 0});
            break;
        case Kind::Pair:
            addPair(part);
            break;
        case Kind::Rule:
            addLines({std::vector<char32_t>(columns(), U'-')});
            break;
        case Kind::Gap:
            put(bytes_, {'\n'});
            break;
        case Kind::Qr:
            return addQr(part.text);
        case Kind::Code128:
            return addBars(part.text);
        }
        return {};
    }

    std::string finish() && {
        put(bytes_, {0x1B, 'd', kFeedLines, 0x1D, 'V', 66, 0});
        return std::move(bytes_);
    }

private:
    [[nodiscard]] std::size_t columns() const { return static_cast<std::size_t>(paper_.columns); }

    void addLines(const Lines& lines) {
        for (const auto& line : lines)
            bytes_ += encode(line, page_) + '\n';
    }

    void addTitle(const SlipPart& part) {
        put(bytes_, {0x1B, 'a', 1, 0x1D, '!', kBig});
        addLines(wrapped(charactersOf(part.text), columns() / 2));
        put(bytes_, {0x1D, '!', 0, 0x1B, 'a', 0});
    }

    void addPair(const SlipPart& part) {
        auto right = charactersOf(part.right);
        if (right.size() > columns() - 2) right.resize(columns() - 2);
        auto lines = wrapped(charactersOf(part.text), columns() - right.size() - 1);
        auto& last = lines.back();
        last.resize(columns() - right.size(), U' ');
        last.insert(last.end(), right.begin(), right.end());
        addLines(lines);
    }

    Result<void> addQr(const std::string& text) {
        if (text.empty() || text.size() > kSlipQrBytesMax)
            return Error{text.empty() ? Errc::Invalid : Errc::Limit, "print slip: no QR code holds this"};
        if (paper_.codes == CodesBy::Picture) return addPicture(ZXing::BarcodeFormat::QRCode, text);
        const auto stored = static_cast<int>(text.size()) + 3;
        put(bytes_, {0x1B, 'a', 1});
        put(bytes_, {0x1D, '(', 'k', 4, 0, 0x31, 0x41, 0x32, 0});       // model 2
        put(bytes_, {0x1D, '(', 'k', 3, 0, 0x31, 0x43, kQrModuleDots}); // dots of a module
        put(bytes_, {0x1D, '(', 'k', 3, 0, 0x31, 0x45, 0x31});          // 15 % may be dirt
        put(bytes_, {0x1D, '(', 'k', stored % 256, stored / 256, 0x31, 0x50, 0x30});
        bytes_ += text;
        put(bytes_, {0x1D, '(', 'k', 3, 0, 0x31, 0x51, 0x30, '\n', 0x1B, 'a', 0});
        return {};
    }

    Result<void> addBars(const std::string& text) {
        const bool isPlain =
            std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
        const bool fits = (barModules(text) + 2 * kBarQuiet) * kBarDots <= paper_.dots;
        if (text.empty() || text.size() > kSlipCode128Max || !isPlain || !fits)
            return Error{Errc::Invalid, "print slip: no Code 128 on this paper holds this"};
        if (paper_.codes == CodesBy::Picture) {
            if (auto done = addPicture(ZXing::BarcodeFormat::Code128, text); !done) return done;
            put(bytes_, {0x1B, 'a', 1});
            bytes_ += text + '\n';
            put(bytes_, {0x1B, 'a', 0});
            return {};
        }
        std::string data;
        if (isDigitPairs(text)) {
            data = "{C";
            for (std::size_t i = 0; i < text.size(); i += 2)
                data.push_back(static_cast<char>((text[i] - '0') * 10 + (text[i + 1] - '0')));
        } else {
            data = "{B";
            for (const char c : text)
                data += c == '{' ? std::string("{{") : std::string(1, c);
        }
        put(bytes_, {0x1B, 'a', 1, 0x1D, 'h', kBarHeightDots, 0x1D, 'w', kBarDots, 0x1D, 'H', 2});
        put(bytes_, {0x1D, 'k', 73, static_cast<int>(data.size())});
        bytes_ += data;
        put(bytes_, {0x1B, 'a', 0});
        return {};
    }

    Result<void> addPicture(ZXing::BarcodeFormat format, const std::string& text) {
        const bool isQr = format == ZXing::BarcodeFormat::QRCode;
        try {
            ZXing::MultiFormatWriter writer(format);
            writer.setMargin(isQr ? kQrQuiet : kBarQuiet);
            if (isQr) writer.setEccLevel(4); // of 8: a quarter may be dirt
            const auto code = writer.encode(text, 1, 1);
            addDots(code, isQr ? kQrModuleDots : kBarDots, isQr ? kQrModuleDots : kBarHeightDots);
            if (isQr) put(bytes_, {'\n'});
        } catch (const std::exception&) {
            return Error{Errc::Invalid, "print slip: no code holds this"};
        }
        return {};
    }

    /// A dot of the code is `across` by `down` dots of the paper.
    /// Never less than two: a dot that stands alone within a byte could begin a real-time command (DLE),
    /// which printers obey in pictures too. Throws as the writer does.
    void addDots(const ZXing::BitMatrix& code, int across, int down) {
        const int most = paper_.dots / code.width();
        across = std::min(across, most);
        if (across < 2) throw std::invalid_argument("too wide for the paper");
        if (down < kBarHeightDots) down = across;
        const int width = code.width() * across;
        const int rowBytes = (width + 7) / 8;
        const int height = code.height() * down;
        put(bytes_,
            {0x1B, 'a', 1, 0x1D, 'v', '0', 0, rowBytes % 256, rowBytes / 256, height % 256, height / 256});
        for (int y = 0; y < height; ++y)
            for (int column = 0; column < rowBytes; ++column) {
                unsigned dots = 0;
                for (int bit = 0; bit < 8; ++bit) {
                    const int x = column * 8 + bit;
                    const bool isDark = x < width && code.get(x / across, y / down);
                    dots = (dots << 1U) | (isDark ? 1U : 0U);
                }
                bytes_.push_back(static_cast<char>(static_cast<unsigned char>(dots)));
            }
        put(bytes_, {0x1B, 'a', 0});
    }

    const PaperFormat paper_;
    std::string bytes_;
    int page_ = -1; // after ESC @ it is the printer's own
};

} // namespace

std::string encodeText(std::string_view utf8, int& page) {
    return encode(charactersOf(utf8), page);
}

Result<std::string> toEscPos(const Slip& slip, const PaperFormat& paper) {
    if (slip.size() > kSlipPartsMax) return Error{Errc::Limit, "print slip: too many parts"};
    EscPos printer(paper);
    for (const auto& part : slip)
        if (auto done = printer.add(part); !done) return done.error();
    return std::move(printer).finish();
}

} // namespace silta::drivers
