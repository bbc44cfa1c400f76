#include "scan/scan_data.h"

#include "core/digits.h"

#include <silta/gtin.h>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace silta::gs1 {

namespace {

Error refused(std::string_view why) {
    return Error{Errc::Invalid, fmt::format("write scan data: {}", why)};
}

/// The identifiers before and after FNC1 in front.
struct Ids {
    std::string_view text; ///< empty: the carrier holds element strings only
    std::string_view elements;
};

std::optional<Ids> matrixIds(Carrier carrier) {
    switch (carrier) {
    case Carrier::QrCode:
        return Ids{"]Q1", "]Q3"};
    case Carrier::DataMatrix:
        return Ids{"]d1", "]d2"};
    case Carrier::DotCode:
        return Ids{"]J0", "]J1"};
    default:
        return std::nullopt;
    }
}

/// Checked, without the FNC1 in front; one at the end is a separator too many, which scanners send on.
Result<std::string> elementsOf(std::string_view message) {
    if (message.empty() || message.front() != kFnc1) return refused("no element string");
    message.remove_prefix(1);
    if (const auto read = parseElementString(message, {.checkAssociations = false, .allowUnknownAis = true});
        !read)
        return read.error();
    return std::string(message);
}

/// The two parts of a composite symbol as one element string.
Result<std::string> joined(std::string_view linear, std::string_view composite) {
    auto first = elementsOf(linear);
    if (!first || composite.empty()) return first;
    auto second = elementsOf(composite);
    if (!second) return second;
    const auto elements = parseElementString(*first, {.checkAssociations = false});
    if (!elements) return elements.error();
    const AiRow* last = findAi(elements->back().ai);
    const bool needsSeparator = last == nullptr || !last->isPredefined;
    return *first + (needsSeparator ? std::string(1, kFnc1) : std::string()) + *second;
}

/// The product number in "01…" behind FNC1 or as plain digits of the carrier's own length.
Result<Gtin> gtinOf(std::string_view linear, std::size_t ownDigits, bool addCheckDigit) {
    const bool isElement = !linear.empty() && linear.front() == kFnc1;
    if (isElement) {
        linear.remove_prefix(1);
        if (!linear.starts_with("01")) return refused("no product number");
        linear.remove_prefix(2);
    }
    const auto wanted = isElement ? kGtinDigits : ownDigits;
    std::string digits(linear);
    if (!allDigits(digits) || digits.size() + (addCheckDigit ? 1 : 0) != wanted)
        return refused(fmt::format("not {} digits", wanted));
    if (addCheckDigit) digits.push_back(Gtin::checkDigit(digits));
    return Gtin::parse(digits);
}

struct RetailForm {
    std::string_view aim;
    std::size_t digits;     ///< of the number in the symbol
    std::size_t sentDigits; ///< a UPC is sent with a 0 in front
};

std::optional<RetailForm> retailForm(Carrier carrier) {
    switch (carrier) {
    case Carrier::UpcA:
    case Carrier::UpcE:
        return RetailForm{"]E0", 12, 13};
    case Carrier::Ean13:
        return RetailForm{"]E0", 13, 13};
    case Carrier::Ean8:
        return RetailForm{"]E4", 8, 8};
    default:
        return std::nullopt;
    }
}

Result<std::string> writeRetail(const RetailForm& form, std::string_view linear, std::string_view composite,
                                bool addCheckDigit) {
    const auto gtin = gtinOf(linear, form.digits, addCheckDigit);
    if (!gtin) return gtin.error();
    const auto digits = gtin->toString();
    const auto unused = kGtinDigits - form.digits;
    if (digits.find_first_not_of('0') < unused) return refused("product number too long for the symbol");
    auto data = fmt::format("{}{}", form.aim, digits.substr(kGtinDigits - form.sentDigits));
    if (composite.empty()) return data;
    auto second = elementsOf(composite);
    if (!second) return second;
    return data + "|]e0" + *second;
}

Result<std::string> writeDataBar(std::string_view linear, std::string_view composite, bool isLimited,
                                 bool addCheckDigit) {
    const auto gtin = gtinOf(linear, kGtinDigits, addCheckDigit);
    if (!gtin) return gtin.error();
    const auto digits = gtin->toString();
    if (isLimited && digits.front() > '1') return refused("product number too long for the symbol");
    auto data = fmt::format("]e001{}", digits);
    if (composite.empty()) return data;
    auto second = elementsOf(composite);
    if (!second) return second;
    return data + *second;
}

} // namespace

std::string writeElementString(const std::vector<Gs1Element>& elements) {
    std::string text;
    bool needsSeparator = false;
    for (const auto& element : elements) {
        if (needsSeparator) text.push_back(kFnc1);
        text += element.ai + element.value;
        const AiRow* row = findAi(element.ai);
        needsSeparator = row == nullptr || !row->isPredefined;
    }
    return text;
}

std::string writeBracketed(const std::vector<Gs1Element>& elements) {
    std::string text;
    for (const auto& element : elements) {
        text += "(" + element.ai + ")";
        for (const char c : element.value) {
            if (c == '(') text.push_back('\\');
            text.push_back(c);
        }
    }
    return text;
}

Result<std::string> writeScanData(Carrier carrier, std::string_view message, bool addCheckDigit) {
    if (message.empty()) return refused("no message");
    if (const auto ids = matrixIds(carrier)) {
        if (message.front() != kFnc1) return fmt::format("{}{}", ids->text, message);
        auto elements = elementsOf(message);
        if (!elements) return elements;
        return fmt::format("{}{}", ids->elements, *elements);
    }
    const auto bar = std::min(message.find('|'), message.size());
    const auto linear = message.substr(0, bar);
    const auto composite = message.substr(std::min(bar + 1, message.size()));
    if (const auto form = retailForm(carrier)) return writeRetail(*form, linear, composite, addCheckDigit);
    if (carrier == Carrier::DataBarOmni || carrier == Carrier::DataBarLimited)
        return writeDataBar(linear, composite, carrier == Carrier::DataBarLimited, addCheckDigit);
    auto elements = joined(linear, composite);
    if (!elements) return elements;
    const bool isCode128 = carrier == Carrier::Gs1Code128 && composite.empty();
    return fmt::format("{}{}", isCode128 ? "]C1" : "]e0", *elements);
}

} // namespace silta::gs1
