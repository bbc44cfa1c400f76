// What a scanned code means. One pure function; no state, no I/O.
#pragma once

#include <silta/gtin.h>
#include <silta/scanner.h>
#include <silta/token.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

enum class MeaningKind {
    Product,     ///< names a trade item: `gtin` is set
    DigitalLink, ///< GS1 Digital Link URI with a GTIN: `gtin` is set, `uri` holds the link
    Member,      ///< loyalty card of this chain: `memberNumber` is set
    Enrolment,   ///< a device enrolment code: `enrolmentCode` is set
    Wishlist,    ///< a wishlist made at a kiosk: `wishlistId` is set
    Receipt,     ///< a receipt of this chain: `receiptNumber` is set
    Order,       ///< an order's slip: `orderNumber` is set
    Token,       ///< a coupon, a gift card and so on: `token` and `uri` are set
    Unknown,     ///< `reason` says what it looked like
};

/// "product", "digital-link", "member", "enrolment", "wishlist", "receipt", "order", "token",
/// "unknown".
const char* toString(MeaningKind kind);

/// One GS1 application identifier with its value, e.g. {"17", "261231"}.
struct Gs1Element {
    std::string ai;
    std::string value;
};

/// What an in-store EAN-13 carries beside the item number.
struct InStoreMeasure {
    enum class Kind { Price, Weight, Count };
    Kind kind = Kind::Price;
    std::string item; ///< the digits in front of the measure: prefix and the shop's item number
    int value = 0;    ///< 1234 with two decimals is 12.34
    int decimals = 0; ///< units: the store's currency, kilograms, or pieces
};

/// The number of the item that was measured, as catalogues have it: zeros instead of the measure and of its
/// check digit.
std::optional<Gtin> unmeasuredOf(const InStoreMeasure& measure);

/// A book, sheet music or a periodical, by the number that people ask for.
/// Source: GS1 General Specifications, section 1.4.2 (prefixes 977 to 979); ISO 2108, ISO 10957, ISO 3297.
struct Publication {
    enum class Kind { Isbn, Ismn, Issn };
    Kind kind = Kind::Isbn;
    std::string number; ///< without hyphens: 13 digits, or the 8 of an ISSN, whose last may be X
};

/// What a coupon's number says. A till has to honour it, so this never makes the code more than Unknown.
struct Coupon {
    enum class Kind {
        Gcn,           ///< Global Coupon Number, AI (255)
        NorthAmerican, ///< AI (8110)
        PositiveOffer, ///< AI (8112)
    };
    Kind kind = Kind::Gcn;
    std::string issuer; ///< company prefix of who pays; empty for a GCN, where it has no known length
    std::string offer;  ///< six digits, or the thirteen of a GCN
    std::string serial; ///< empty: every copy is the same
    std::string saves;  ///< digits of the value; what they count, the guideline tells by code
    std::string starts; ///< YYMMDD, or empty
    std::string expires;
};

/// A code that is not for a shop. `name` is what may be shown of it: never a password or another secret.
struct ForeignCode {
    enum class Kind { WebAddress, Wifi, Contact, SignInSecret, Other };
    Kind kind = Kind::Other;
    std::string name; ///< host, network, person or account; UTF-8, at most kForeignNameBytesMax; may be empty
};
inline constexpr std::size_t kForeignNameBytesMax = 100;

struct Meaning {
    MeaningKind kind = MeaningKind::Unknown;
    std::optional<Gtin> gtin;
    std::optional<InStoreMeasure> inStore;  ///< of a Product, by the rules of the chain's country
    std::optional<Publication> publication; ///< of a Product that is one
    std::string addOn; ///< of a Product: the 2 or 5 digits beside it, such as the issue of a magazine
    std::string memberNumber;
    std::string enrolmentCode; ///< "XXXX-XXXX-XXXX"
    std::string hubUrl;        ///< of an enrolment URI; empty when only the code was typed
    std::string hubKey;        ///< of an enrolment URI: the hub's signing key, base64url; may be empty
    std::string wishlistId;
    std::string receiptNumber;
    std::string orderNumber;            ///< eight letters, see core/order_number.h
    std::optional<Token> token;         ///< as it says; whether the chain signed it, its TokenRules tell
    std::string uri;                    ///< of a token: its 120 letters, large ones
    std::optional<Coupon> coupon;       ///< of an Unknown
    std::optional<ForeignCode> foreign; ///< of an Unknown that is of a kind we know
    std::vector<Gs1Element> elements;   ///< all GS1 elements in order of appearance, without FNC1
    std::string reason;                 ///< for Unknown: one lower-case line in words; empty otherwise
    /// What the code may mean as well, likeliest first: ambiguity is kept, not guessed. They have none
    /// themselves.
    std::vector<Meaning> alternatives;
};

/// Numbers of a loyalty card that was there before, which may look like those of products.
struct MemberCardRule {
    enum class Check { None, Luhn, Ean };
    std::string prefix;
    std::size_t digits = 13;
    Check check = Check::Ean;
};
inline constexpr std::size_t kMemberCardRulesMax = 16;
inline constexpr std::size_t kMemberDigitsMax = 32;

/// How this chain's codes look. Comes from configuration.
struct ChainCodes {
    std::string memberPrefix = "9246"; ///< ISO/IEC 7812 issuer prefix of member numbers: 16 digits, Luhn
    std::vector<MemberCardRule> memberCards; ///< asked in turn, after `memberPrefix`
    std::string receiptPrefix; ///< what the numbers on receipts begin with; empty: receipts have none
    /// Whose rules in-store numbers keep: DE, DK, EE, FI, GB, LT, LV, NO, SE. Empty: they are plain products.
    std::string inStoreCountry;
};

/// Interprets a code. Never fails: what is not understood is Unknown with a reason.
/// Source: GS1 General Specifications (element strings), GS1 Digital Link URI syntax 1.3, ISO/IEC 7812-1
/// (Luhn).
/// Where several rules fit, the first is the meaning and the others are its alternatives: member cards in
/// their order, receipts, then products (EAN before UPC-E).
Meaning explain(const ScannedCode& code, const ChainCodes& chain);

/// The first day that the value of a date element names, e.g. of {"17", "260200"} 28 February 2026; nothing
/// for other identifiers. Day 00 is the month's end. `currentYear` settles the century: a year is taken to be
/// at most 49 ahead and 50 back. Source: GS1 General Specifications, sections 3.4 and 7.12.
std::optional<std::chrono::year_month_day> dateOf(const Gs1Element& element, int currentYear);
/// The same for six digits, YYMMDD.
std::optional<std::chrono::year_month_day> dateOfShort(std::string_view digits, int currentYear);

/// Of a member number: a device can give out one million.
inline constexpr int kMemberSerialMax = 999'999;
/// The 16-digit member number with its Luhn digit from an issuer prefix, a device's number and a serial
/// number. Units: device 1..99,999; serial 0..999,999. Errors: Limit.
Result<std::string> makeMemberNumber(std::string_view prefix, int deviceNumber, int serial);
/// The device number under which the hub itself gives numbers out.
inline constexpr int kHubDeviceNumber = 99'999;
/// True when all are digits and the last is the Luhn check digit.
bool isLuhnValid(std::string_view digits);

} // namespace silta
