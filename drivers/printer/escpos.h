// Slips as ESC/POS: the bytes that a receipt printer understands. No I/O.
//
// A slip is: ESC @, then for each part its alignment, size and text, or a code, then feed and cut.
//   ESC @            begin anew               ESC t n     code page: 16 Windows-1252, 18 PC852
//   ESC a n          0 left, 1 middle         GS ! n      0 normal, 17 twice as wide and high
//   ESC E n          bold                     GS ( k      QR code, model 2, in four commands
//   GS h, w, H, k    Code 128                 GS v 0      a picture, a bit a dot
//   GS V 66 n        feed and cut
// Source: Epson ESC/POS command reference; what is used here all clones understand.
#pragma once

#include <silta/printer.h>
#include <silta/result.h>

#include <string>
#include <string_view>

namespace silta::drivers {

enum class CodesBy { Printer, Picture };

struct PaperFormat {
    int columns = 48;                 ///< characters in a line: 48 on 80 mm, 32 on 58 mm
    int dots = 576;                   ///< in a line: 576 or 384
    CodesBy codes = CodesBy::Printer; ///< who draws QR and bar codes
};

/// Errors: Limit (too many parts, a text too long), Invalid (a code that cannot be one).
Result<std::string> toEscPos(const Slip& slip, const PaperFormat& paper);

/// A text in the printer's code pages, with the commands between them: Windows-1252, PC852 for what it lacks,
/// '?' for what neither has. Nothing in the text can be a command. `page` is the one in use, and changes.
std::string encodeText(std::string_view utf8, int& page);
inline constexpr int kWindows1252 = 16;
inline constexpr int kPc852 = 18;

} // namespace silta::drivers
