// Scanner: what every barcode reader looks like to the rest of Silta, whatever wire it hangs on.
#pragma once

#include <silta/result.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

/// The carrier of a code. `Unknown` where the hardware does not tell (most keyboard wedges).
enum class Symbology { Unknown, Ean13, Ean8, UpcA, UpcE, Code128, Itf, QrCode, DataMatrix, DataBar, Other };

/// Name as people write it: "EAN-13", "QR Code".
const char* toString(Symbology symbology);
/// The symbology of that name, in any case and with or without "-" and spaces ("ean13"); nothing when there
/// is none.
std::optional<Symbology> parseSymbology(std::string_view name);

/// One code as it was read, not yet interpreted.
struct ScannedCode {
    Symbology symbology = Symbology::Unknown;
    std::string aimId;  ///< AIM symbology identifier such as "]C1", or empty when not known
    std::string bytes;  ///< the message; FNC1 is 0x1D; at most kScanBytesMax
    std::string source; ///< which scanner: "camera", "serial:/dev/ttyACM0", "keyboard", "simulated"
};

/// Longest message a scanner hands on: a version 40 QR code holds 2,953 bytes.
inline constexpr std::size_t kScanBytesMax = 4096;

/// A source of codes. `start` runs the reader on its own thread; the handler is called on that thread.
/// Ownership: the handler must outlive the scanner or be stopped first; the destructor stops and joins.
class Scanner {
public:
    using Handler = std::function<void(ScannedCode)>;
    /// Told once per change: what is wrong, e.g. unplugged; nothing when the scanner works again.
    using FaultHandler = std::function<void(std::optional<Error>)>;

    virtual ~Scanner() = default;
    /// Errors: NotFound (no such device), Denied, Io, Unsupported.
    virtual Result<void> start(Handler onCode, FaultHandler onFault) = 0;
    /// Idempotent; returns when the thread has ended.
    virtual void stop() = 0;
    [[nodiscard]] virtual std::string name() const = 0;
};

} // namespace silta
