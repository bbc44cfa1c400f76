#include "core/crockford.h"
#include "core/digits.h"
#include "core/order_number.h"
#include "scan/coupon.h"
#include "scan/digital_link.h"
#include "scan/element_string.h"
#include "scan/foreign_code.h"
#include "scan/in_store.h"
#include "scan/publication.h"

#include <silta/scan.h>
#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace silta {

namespace {

constexpr gs1::ReadOptions kEveryElement{.checkAssociations = false};
constexpr std::size_t kMemberDigits = 16;
constexpr std::size_t kReceiptBytesMax = 40;
constexpr std::size_t kEnrolmentGroups = 3; // XXXX-XXXX-XXXX: 60 bits that a technician can still type
constexpr std::size_t kEnrolmentGroupLength = 4;
constexpr std::size_t kEnrolmentCodeMax = 64; // in a QR code, where length costs nobody anything
constexpr std::string_view kEnrolmentScheme = "silta:enrol?";
constexpr std::size_t kHubKeyLength = 43; // 32 bytes in base64url

Meaning unknown(std::string reason) {
    Meaning meaning;
    meaning.reason = std::move(reason);
    return meaning;
}

Meaning product(const Gtin& gtin) {
    Meaning meaning;
    meaning.kind = MeaningKind::Product;
    meaning.gtin = gtin;
    meaning.publication = publicationOf(gtin);
    return meaning;
}

Meaning member(std::string_view number) {
    Meaning meaning;
    meaning.kind = MeaningKind::Member;
    meaning.memberNumber = std::string(number);
    return meaning;
}

Meaning foreign(std::string_view text) {
    auto look = lookAtForeign(text);
    auto meaning = unknown(std::move(look.words));
    if (look.code.kind != ForeignCode::Kind::Other) meaning.foreign = std::move(look.code);
    return meaning;
}

/// Scanners end a code with the key that they are set to; one such ending is not part of the message.
std::string_view trimEnding(std::string_view text) {
    if (text.ends_with("\r\n")) return text.substr(0, text.size() - 2);
    if (text.ends_with('\r') || text.ends_with('\n') || text.ends_with('\t')) text.remove_suffix(1);
    return text;
}

/// Moves a symbology identifier that the scanner put in front of the message out of `text`.
/// Source: ISO/IEC 15424 (a bracket, a letter, a digit or letter).
std::string_view splitAimId(std::string_view& text) {
    if (text.size() < 3 || text[0] != ']' || std::isalpha(static_cast<unsigned char>(text[1])) == 0 ||
        std::isalnum(static_cast<unsigned char>(text[2])) == 0)
        return {};
    const auto aim = text.substr(0, 3);
    text.remove_prefix(3);
    return aim;
}

/// Source: GS1 General Specifications, figure 5.1.2-1 (symbology identifiers that promise an element string).
bool promisesElements(std::string_view aim) {
    return aim == "]C1" || aim == "]e0" || aim == "]d2" || aim == "]Q3" || aim == "]J1";
}

std::string cleanReason(const Error& error) {
    const auto colon = error.what.find(": ");
    return colon == std::string::npos ? error.what : error.what.substr(colon + 2);
}

/// What was read stays in the answer when only its combination is wrong, so that people see what is there.
Meaning fromElements(const Result<std::vector<Gs1Element>>& parsed) {
    if (!parsed) return unknown("a broken GS1 code: " + parsed.error().what);
    Meaning meaning;
    meaning.elements = *parsed;
    if (const auto checked = gs1::checkAssociations(*parsed); !checked) {
        meaning.reason = "a broken GS1 code: " + checked.error().what;
        return meaning;
    }
    const auto has = [&](std::string_view ai) { return !gs1::valueOf(*parsed, ai).empty(); };
    if (has("01")) {
        auto gtin = Gtin::parse(gs1::valueOf(*parsed, "01"));
        if (gtin) {
            meaning.kind = MeaningKind::Product;
            meaning.gtin = *gtin;
            meaning.publication = publicationOf(*gtin);
            return meaning;
        }
        meaning.reason = "a GS1 code whose product number is all zeros";
    } else if (has("00")) {
        meaning.reason = "a logistic unit, such as a pallet";
    } else if (has("8110") || has("8112") || has("255")) {
        meaning.reason = "a coupon";
        meaning.coupon = gs1::couponIn(*parsed);
    } else if (has("414") || has("417")) {
        meaning.reason = "a place or a party";
    } else if (has("8017") || has("8018")) {
        meaning.reason = "a service relation, such as a card of another chain";
    } else if (has("8003") || has("8004")) {
        meaning.reason = "an asset, such as a crate";
    } else {
        meaning.reason = "a GS1 code without a product number";
    }
    return meaning;
}

/// How many digits the symbol itself has, or 0 where that is not known.
std::size_t digitsOf(Symbology symbology, std::string_view aim) {
    switch (symbology) {
    case Symbology::Ean13:
        return 13;
    case Symbology::Ean8:
        return 8;
    case Symbology::UpcA:
        return 12;
    case Symbology::Itf:
        return 14; // shorter ones are often halves of a longer one: never a product
    default:
        break;
    }
    if (aim == "]E4") return 8;
    if (aim == "]E0" || aim == "]E3") return 13;
    return 0;
}

Meaning fromMainDigits(std::string_view digits, Symbology symbology) {
    auto gtin = Gtin::parse(digits);
    if (gtin) return product(*gtin);
    if (digits.find_first_not_of('0') == std::string_view::npos) return unknown("only zeros");
    const char expected = Gtin::checkDigit(digits.substr(0, digits.size() - 1));
    if (digits.back() != expected)
        return unknown(
            fmt::format("{} digits whose check digit is wrong: expected {}", digits.size(), expected));
    return unknown(
        fmt::format("{} digits that are no product number of {}", digits.size(), toString(symbology)));
}

Meaning fromUpcE(std::string_view digits) {
    auto gtin = Gtin::parseUpcE(digits);
    if (gtin) return product(*gtin);
    return unknown("8 digits of a UPC-E symbol: " + cleanReason(gtin.error()));
}

/// Cuts a 2 or 5 digit add-on (issue of a magazine, price of a book) off the main digits.
/// Source: GS1 General Specifications, section 5.2.2.6 (add-on symbols).
std::string_view cutAddOn(std::string_view text, Symbology symbology, std::string_view aim) {
    const auto separator = text.find_first_of(" +");
    if (separator != std::string_view::npos) {
        const auto addOn = text.substr(separator + 1);
        const auto main = text.substr(0, separator);
        const bool fits = (addOn.size() == 2 || addOn.size() == 5) && allDigits(addOn) && allDigits(main) &&
                          (main.size() == 8 || main.size() == 12 || main.size() == 13);
        return fits ? main : text;
    }
    if (!allDigits(text)) return text;
    auto main = symbology == Symbology::UpcE ? 8 : digitsOf(symbology, aim);
    if (symbology == Symbology::Itf) return text;
    if (symbology == Symbology::UpcE && (text.size() == 12 || text.size() == 13)) return text;
    // Where the symbol is not known only books and periodicals are taken: nothing else in a shop has add-ons,
    // and 18 digits may as well be the number of a pallet.
    if (main == 0 && (text.starts_with("977") || text.starts_with("978") || text.starts_with("979")))
        main = 13;
    const bool isLonger = main > 0 && (text.size() == main + 2 || text.size() == main + 5);
    // Readers send UPC-A as 13 and UPC-E as 12 digits too, so what adds up as a whole stays whole.
    if (!isLonger || (text.size() <= 14 && aim != "]E3" && Gtin::parse(text).has_value())) return text;
    return text.substr(0, main);
}

bool keepsRule(const MemberCardRule& rule, std::string_view digits) {
    if (rule.check == MemberCardRule::Check::Luhn) return isLuhnValid(digits);
    if (rule.check == MemberCardRule::Check::Ean)
        return digits.back() == Gtin::checkDigit(digits.substr(0, digits.size() - 1));
    return true;
}

/// Why the number is no member's, empty where no rule is about it; or nothing: it is a member's.
std::optional<std::string> refuseMember(std::string_view digits, const ChainCodes& chain) {
    const auto fits = [&](const MemberCardRule& rule) {
        return !rule.prefix.empty() && digits.size() == rule.digits && digits.starts_with(rule.prefix);
    };
    std::string why;
    std::size_t asked = 0;
    const auto isMember = [&](const MemberCardRule& rule) {
        if (!fits(rule)) return false;
        if (keepsRule(rule, digits)) return true;
        why = "a member number whose check digit is wrong";
        return false;
    };
    if (isMember({chain.memberPrefix, kMemberDigits, MemberCardRule::Check::Luhn})) return std::nullopt;
    for (const auto& rule : chain.memberCards) {
        if (++asked > kMemberCardRulesMax) break;
        if (isMember(rule)) return std::nullopt;
    }
    return why;
}

/// The products that the digits of one symbol may be, likeliest first; or a single Unknown.
std::vector<Meaning> productsOf(std::string_view digits, Symbology symbology, std::string_view aim) {
    const auto n = digits.size();
    if (symbology == Symbology::UpcE && n == 8) return {fromUpcE(digits)};
    const auto expected = digitsOf(symbology, aim);
    const bool isEan13Family =
        symbology == Symbology::UpcA || symbology == Symbology::Ean13 || symbology == Symbology::UpcE;
    const bool isRightLength = expected == 0 || n == expected || (isEan13Family && (n == 12 || n == 13));
    if (!isRightLength) return {unknown(fmt::format("{} digits where the symbol has {}", n, expected))};
    if (n == 8 && expected == 0) {
        // EAN-8 and UPC-E look alike once they are only digits; the first is what is sold here more.
        std::vector<Meaning> products;
        if (const auto gtin = Gtin::parse(digits)) products.push_back(product(*gtin));
        if (const auto upcE = Gtin::parseUpcE(digits)) products.push_back(product(*upcE));
        if (!products.empty()) return products;
    }
    if (n == 8 || n == 12 || n == 13 || n == 14) return {fromMainDigits(digits, symbology)};
    if (n == kMemberDigits) return {unknown("16 digits: a card number, but not of this chain")};
    return {unknown(fmt::format("{} digits: a product number has 8, 12, 13 or 14", n))};
}

/// Of a receipt of this chain, the whole number with its prefix.
bool isReceipt(std::string_view text, const ChainCodes& chain) {
    return !chain.receiptPrefix.empty() && text.starts_with(chain.receiptPrefix) &&
           text.size() > chain.receiptPrefix.size() && text.size() <= kReceiptBytesMax &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || c == '/' || c == '.' || std::isalnum(static_cast<unsigned char>(c)) != 0;
           });
}

Meaning receipt(std::string_view text) {
    Meaning meaning;
    meaning.kind = MeaningKind::Receipt;
    meaning.receiptNumber = std::string(text);
    return meaning;
}

/// The first, with the others as its alternatives.
Meaning ranked(std::vector<Meaning> meanings) {
    auto first = std::move(meanings.front());
    meanings.erase(meanings.begin());
    first.alternatives = std::move(meanings);
    return first;
}

Meaning fromDigits(std::string_view digits, const ScannedCode& code, std::string_view aim,
                   const ChainCodes& chain) {
    std::vector<Meaning> meanings;
    const auto notMember = refuseMember(digits, chain);
    if (!notMember) meanings.push_back(member(digits));
    if (isReceipt(digits, chain)) meanings.push_back(receipt(digits));
    for (auto& each : productsOf(digits, code.symbology, aim)) {
        if (each.kind == MeaningKind::Product) {
            each.inStore = readInStore(*each.gtin, chain.inStoreCountry);
            meanings.push_back(std::move(each));
        } else if (meanings.empty()) {
            if (notMember && !notMember->empty()) each.reason = *notMember;
            meanings.push_back(std::move(each));
        }
    }
    return ranked(std::move(meanings));
}

/// Each letter as it was meant. Empty when it is not such a code.
std::string canonicalEnrolmentCode(std::string_view text) {
    constexpr auto kLength = kEnrolmentGroups * (kEnrolmentGroupLength + 1) - 1;
    if (text.size() != kLength) return {};
    std::string code;
    for (std::size_t i = 0; i < kLength; ++i) {
        const bool isHyphen = i % (kEnrolmentGroupLength + 1) == kEnrolmentGroupLength;
        if (isHyphen != (text[i] == '-')) return {};
        const auto letter = isHyphen ? '-' : crockfordLetter(text[i]);
        if (letter == '\0') return {};
        code.push_back(letter);
    }
    return code;
}

bool isHubKey(std::string_view text) {
    return text.size() == kHubKeyLength && std::all_of(text.begin(), text.end(), [](char c) {
               return c == '-' || c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
           });
}

Meaning fromEnrolmentUri(std::string_view uri) {
    std::string code;
    std::string hub;
    std::string key;
    auto query = uri.substr(kEnrolmentScheme.size());
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.starts_with("c=")) code = gs1::percentDecode(pair.substr(2));
        if (pair.starts_with("h=")) hub = gs1::percentDecode(pair.substr(2));
        if (pair.starts_with("k=")) key = pair.substr(2);
    }
    if (const auto canonical = canonicalEnrolmentCode(code); !canonical.empty()) code = canonical;
    const bool isCode = !code.empty() && code.size() <= kEnrolmentCodeMax &&
                        std::all_of(code.begin(), code.end(), [](char c) {
                            return c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0;
                        });
    if (!isCode) return unknown("an enrolment code that is incomplete");
    const bool isPlain = std::all_of(hub.begin(), hub.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!gs1::isWebAddress(hub) || !isPlain)
        return unknown("an enrolment code without the address of its hub");
    if (!key.empty() && !isHubKey(key)) return unknown("an enrolment code with half a key");
    Meaning meaning;
    meaning.kind = MeaningKind::Enrolment;
    meaning.enrolmentCode = code;
    meaning.hubUrl = hub;
    meaning.hubKey = key;
    meaning.uri = std::string(uri);
    return meaning;
}

/// The number on an order's slip, as its barcode has it or as people type it; nothing for anything else.
/// Eight letters alone would be too many a word, or an EAN-8.
std::optional<std::string> orderNumberOf(std::string_view text) {
    if (text.starts_with(kOrderCodeStart)) return readOrderNumber(text.substr(kOrderCodeStart.size()));
    return text.find('-') == std::string_view::npos ? std::nullopt : readOrderNumber(text);
}

Meaning fromToken(std::string_view text) {
    const auto read = readToken(text);
    if (!read) return unknown(cleanReason(read.error()));
    Meaning meaning;
    meaning.kind = MeaningKind::Token;
    meaning.token = read->token;
    meaning.uri = writeToken(read->token, read->signature);
    return meaning;
}

/// The UUID of ".../w/<uuid>" in front of any query, or an empty view.
std::string_view wishlistOf(std::string_view uri) {
    constexpr std::size_t kUuidLength = 36;
    const auto path = uri.substr(0, uri.find_first_of("?#"));
    if (path.size() < kUuidLength + 3) return {};
    const auto id = path.substr(path.size() - kUuidLength);
    const auto before = path.substr(0, path.size() - kUuidLength);
    return before.ends_with("/w/") && isUuid(id) ? id : std::string_view();
}

Meaning fromWebAddress(std::string_view uri) {
    const bool isPlain = std::all_of(uri.begin(), uri.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (const auto id = wishlistOf(uri); !id.empty() && isPlain) {
        Meaning meaning;
        meaning.kind = MeaningKind::Wishlist;
        meaning.wishlistId = std::string(id);
        meaning.uri = std::string(uri);
        return meaning;
    }
    auto link = gs1::parseDigitalLink(uri);
    if (!link) {
        auto meaning = foreign(uri);
        if (link.error().code != Errc::NotFound)
            meaning.reason = "a web address with a broken GS1 key: " + cleanReason(link.error());
        return meaning;
    }
    // Only a link whose key is the product is about the product.
    auto meaning = link->elements.front().ai == "01" ? fromElements(link->elements) : Meaning();
    meaning.elements = link->elements;
    meaning.uri = std::string(uri);
    if (meaning.kind == MeaningKind::Product)
        meaning.kind = MeaningKind::DigitalLink;
    else if (meaning.reason.empty())
        meaning.reason = "a web address of something that is not a product";
    return meaning;
}

/// Of what was cut off, which may begin with a separator.
std::size_t addOnDigits(std::size_t cut) {
    return cut >= 5 ? 5 : 2;
}

/// True for an element string whose reader did not say so: separators inside, or a whole GTIN in front.
bool looksLikeElements(std::string_view text, const ScannedCode& code, std::string_view aim) {
    if (!aim.empty() || text.find('\x1e') != std::string_view::npos) return false;
    if (text.find(gs1::kFnc1) != std::string_view::npos) return true;
    return code.symbology == Symbology::Unknown && text.size() >= 16 && text.starts_with("01") &&
           Gtin::parse(text.substr(2, 14)).has_value();
}

} // namespace

const char* toString(MeaningKind kind) {
    switch (kind) {
    case MeaningKind::Product:
        return "product";
    case MeaningKind::DigitalLink:
        return "digital-link";
    case MeaningKind::Member:
        return "member";
    case MeaningKind::Enrolment:
        return "enrolment";
    case MeaningKind::Wishlist:
        return "wishlist";
    case MeaningKind::Receipt:
        return "receipt";
    case MeaningKind::Order:
        return "order";
    case MeaningKind::Token:
        return "token";
    case MeaningKind::Unknown:
        break;
    }
    return "unknown";
}

Meaning explain(const ScannedCode& code, const ChainCodes& chain) {
    if (code.bytes.size() > kScanBytesMax) return unknown("too long");
    auto text = trimEnding(code.bytes);
    std::string_view aim = code.aimId;
    if (aim.empty()) aim = splitAimId(text);
    if (text.empty()) return unknown("empty code");

    if (promisesElements(aim) || text.front() == gs1::kFnc1)
        return fromElements(gs1::parseElementString(text, kEveryElement));
    if (aim.starts_with("]E"))
        text = text.substr(0, text.find('|')); // a composite part follows the main code
    if (gs1::isWebAddress(text)) return fromWebAddress(text);
    if (gs1::isMixedCaseAddress(text)) {
        auto meaning = foreign(text);
        meaning.reason = "a web address whose scheme mixes capitals and small letters";
        return meaning;
    }
    if (text.starts_with(kEnrolmentScheme)) return fromEnrolmentUri(text);
    if (const auto typed = canonicalEnrolmentCode(text); !typed.empty()) {
        Meaning meaning;
        meaning.kind = MeaningKind::Enrolment;
        meaning.enrolmentCode = typed;
        return meaning;
    }
    if (auto number = orderNumberOf(text)) {
        Meaning meaning;
        meaning.kind = MeaningKind::Order;
        meaning.orderNumber = std::move(*number);
        return meaning;
    }
    if (const auto main = cutAddOn(text, code.symbology, aim); allDigits(main)) {
        auto meaning = fromDigits(main, code, aim, chain);
        if (meaning.kind == MeaningKind::Product && main.size() < text.size())
            meaning.addOn = text.substr(text.size() - addOnDigits(text.size() - main.size()));
        if (meaning.kind != MeaningKind::Unknown || !looksLikeElements(text, code, aim)) return meaning;
    }
    if (looksLikeToken(text)) return fromToken(text);
    if (text.front() == '(') return fromElements(gs1::parseBracketed(text, kEveryElement));
    if (looksLikeElements(text, code, aim)) return fromElements(gs1::parseElementString(text, kEveryElement));
    if (isReceipt(text, chain)) return receipt(text);
    return foreign(text);
}

} // namespace silta
