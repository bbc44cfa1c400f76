#include <silta/scanner.h>

#include <array>
#include <cctype>

namespace silta {

namespace {

std::string fold(std::string_view name) {
    std::string folded;
    for (char c : name) {
        if (c != '-' && c != ' ')
            folded.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return folded;
}

} // namespace

const char* toString(Symbology symbology) {
    switch (symbology) {
    case Symbology::Unknown:
        return "unknown";
    case Symbology::Ean13:
        return "EAN-13";
    case Symbology::Ean8:
        return "EAN-8";
    case Symbology::UpcA:
        return "UPC-A";
    case Symbology::UpcE:
        return "UPC-E";
    case Symbology::Code128:
        return "Code 128";
    case Symbology::Itf:
        return "ITF";
    case Symbology::QrCode:
        return "QR Code";
    case Symbology::DataMatrix:
        return "Data Matrix";
    case Symbology::DataBar:
        return "DataBar";
    case Symbology::Other:
        return "other";
    }
    return "unknown";
}

std::optional<Symbology> parseSymbology(std::string_view name) {
    using enum Symbology;
    constexpr std::array kAll = {Unknown, Ean13,  Ean8,       UpcA,    UpcE, Code128,
                                 Itf,     QrCode, DataMatrix, DataBar, Other};
    const auto wanted = fold(name);
    for (const auto symbology : kAll) {
        if (fold(toString(symbology)) == wanted) return symbology;
    }
    return std::nullopt;
}

} // namespace silta
