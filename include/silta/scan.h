// What a scanned code means. One pure function; no state, no I/O.
#pragma once

#include <silta/gtin.h>
#include <silta/scanner.h>

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
    Unknown,     ///< `reason` says what it looked like
};

/// "product", "digital-link", "member", "enrolment", "wishlist", "unknown".
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

struct Meaning {
    MeaningKind kind = MeaningKind::Unknown;
    std::optional<Gtin> gtin;
    std::optional<InStoreMeasure> inStore; ///< of a Product, by the rules of the chain's country
    std::string memberNumber;
    std::string enrolmentCode; ///< "XXXX-XXXX-XXXX"
    std::string hubUrl;        ///< of an enrolment URI; empty when only the code was typed
    std::string wishlistId;
    std::string uri;
    std::vector<Gs1Element> elements; ///< all GS1 elements in order of appearance, without FNC1
    std::string reason;               ///< for Unknown: one lower-case line in words; empty otherwise
};

/// How this chain's codes look. Comes from configuration.
struct ChainCodes {
    std::string memberPrefix = "9246"; ///< ISO/IEC 7812 issuer prefix of member numbers: 16 digits, Luhn
    /// Whose rules in-store numbers keep: DE, DK, EE, FI, GB, LT, LV, NO, SE. Empty: they are plain products.
    std::string inStoreCountry;
};

/// Interprets a code. Never fails: what is not understood is Unknown with a reason.
/// Source: GS1 General Specifications (element strings), GS1 Digital Link URI syntax 1.3, ISO/IEC 7812-1
/// (Luhn).
Meaning explain(const ScannedCode& code, const ChainCodes& chain);

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
