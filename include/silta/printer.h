// Slips on paper: what stands on one, and whoever prints it.
#pragma once

#include <string>
#include <vector>

namespace silta {

/// One part of a slip, from top to bottom.
struct SlipPart {
    enum class Kind {
        Title,   ///< large and in the middle
        Text,    ///< wrapped at words
        Bold,    ///< the same in bold
        Pair,    ///< `text` at the left, `right` at the right edge: a line of a receipt
        Rule,    ///< a line across
        Gap,     ///< an empty line
        Qr,      ///< a QR code of `text`
        Code128, ///< a Code 128 of `text`, with the text below
    };
    Kind kind = Kind::Text;
    std::string text = {};  ///< UTF-8; controls become spaces
    std::string right = {}; ///< of Pair
};
using Slip = std::vector<SlipPart>;

inline constexpr std::size_t kSlipPartsMax = 300;     ///< a receipt of 200 lines, and what is around them
inline constexpr std::size_t kSlipTextBytesMax = 512; ///< of each text
inline constexpr std::size_t kSlipQrBytesMax = 300;   ///< what a phone reads from paper of 58 mm
inline constexpr std::size_t kSlipCode128Max = 24;    ///< of printable ASCII; 58 mm hold 12, or 24 digits

/// What became of a slip, or of the printer before there was one.
enum class PrintOutcome {
    Printed,   ///< the printer says that all is well after it
    Sent,      ///< it has taken everything and says nothing of itself
    NoPaper,   ///< the roll is empty; some of the slip may be on paper
    CoverOpen, ///< as well
    Trouble,   ///< the cutter, the head, or what else it cannot help itself with
    Offline,   ///< it cannot be reached, or takes nothing
    Refused,   ///< the slip is none: too long, or a code that cannot be one
};

/// Thread: any; one slip at a time, the others wait.
class Printer {
public:
    virtual ~Printer() = default;
    /// Waits for the printer, a few seconds at most.
    virtual PrintOutcome print(const Slip& slip) = 0;
};

} // namespace silta
