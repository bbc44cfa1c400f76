#include "scan/linter.h"

#include "core/digits.h"
#include "scan/code_lists.h"

#include <silta/gtin.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace silta::gs1 {

namespace {

using View = std::string_view;

// The order of the first is also the value of each character in a check character pair.
constexpr View kCharacters82 =
    R"(!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz)";
constexpr View kCharacters39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr View kCharacters64 = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr View kDigits = "0123456789";

constexpr std::size_t kPrefixDigitsMin = 4; // the shortest company prefix
constexpr std::size_t kShortDateDigits = 6;
constexpr std::size_t kLongDateDigits = 8;
constexpr std::size_t kAngleDigits = 10;
constexpr std::size_t kIbanCharactersMin = 5;
constexpr std::size_t kIbanCharactersMax = 34;

int number(View digits) {
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

Fault whole(View name, View value) {
    return Fault{name, 0, value.size()};
}

Fault unless(bool holds, View name, View value) {
    return holds ? Fault{} : whole(name, value);
}

Fault firstOutside(View allowed, View name, View value) {
    const auto at = value.find_first_not_of(allowed);
    return at == View::npos ? Fault{} : Fault{name, at, 1};
}

Fault lintDigits(View value) {
    return firstOutside(kDigits, "NON_DIGIT_CHARACTER", value);
}

/// Padding fills to a multiple of three characters and is one or two long.
Fault lint64(View value) {
    const auto body = std::min(value.find_first_not_of(kCharacters64), value.size());
    const auto padding = value.substr(body);
    if (padding.find_first_not_of('=') != View::npos) return Fault{"INVALID_CSET64_CHARACTER", body, 1};
    const bool isFilled = padding.empty() || (padding.size() <= 2 && value.size() % 3 == 0);
    return isFilled ? Fault{} : Fault{"INVALID_CSET64_PADDING", body, padding.size()};
}

// Source: GS1 General Specifications, section 7.9.1 (check digit).
Fault lintCheckDigit(View value) {
    if (value.empty()) return whole("TOO_SHORT_FOR_CHECK_DIGIT", value);
    if (const auto fault = lintDigits(value)) return fault;
    const auto last = value.size() - 1;
    return Gtin::checkDigit(value.substr(0, last)) == value.back() ? Fault{}
                                                                   : Fault{"INCORRECT_CHECK_DIGIT", last, 1};
}

constexpr std::size_t kPairBodyMax = 97;

constexpr std::array<unsigned, kPairBodyMax> firstPrimes() {
    std::array<unsigned, kPairBodyMax> primes{};
    std::size_t found = 0;
    for (unsigned candidate = 2; found < primes.size(); ++candidate) {
        bool isPrime = true;
        for (std::size_t i = 0; i < found; ++i)
            isPrime = isPrime && candidate % primes[i] != 0;
        if (isPrime) primes[found++] = candidate;
    }
    return primes;
}

// Source: GS1 General Specifications, section 7.9.5 (check character pair: modulo 1021, weights are primes).
Fault lintCheckPair(View value) {
    constexpr View kPairCharacters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    static constexpr auto kPrimes = firstPrimes();
    if (value.size() < 2) return whole("TOO_SHORT_FOR_CHECK_PAIR", value);
    const auto length = value.size() - 2;
    if (length > kPairBodyMax) return whole("TOO_LONG_FOR_CHECK_PAIR_IMPLEMENTATION", value);
    unsigned sum = 0;
    for (std::size_t i = 0; i < length; ++i) {
        const auto worth = kCharacters82.find(value[i]);
        if (worth == View::npos) return Fault{"INVALID_CSET82_CHARACTER", i, 1};
        sum += static_cast<unsigned>(worth) * kPrimes[length - 1 - i];
    }
    const auto pair = value.substr(length);
    if (const auto at = pair.find_first_not_of(kPairCharacters); at != View::npos)
        return Fault{"INVALID_CSET32_CHARACTER", length + at, 1};
    sum %= 1021;
    const bool isRight = pair[0] == kPairCharacters[sum / 32] && pair[1] == kPairCharacters[sum % 32];
    return isRight ? Fault{} : Fault{"INCORRECT_CHECK_PAIR", length, 2};
}

/// The company prefix of a key begins at `at`.
Fault lintPrefix(View value, std::size_t at) {
    if (value.size() < at + kPrefixDigitsMin) return whole("TOO_SHORT_FOR_GCP", value);
    const auto wrong = value.substr(at, kPrefixDigitsMin).find_first_not_of(kDigits);
    return wrong == View::npos ? Fault{} : Fault{"INVALID_GCP_PREFIX", at + wrong, 1};
}

Fault lintMonthAndDay(int year, View value, std::size_t at, bool dayMayBeZero) {
    constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int month = number(value.substr(at, 2));
    if (month < 1 || month > 12) return Fault{"ILLEGAL_MONTH", at, 2};
    const int day = number(value.substr(at + 2, 2));
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int last = kDays.at(static_cast<std::size_t>(month - 1)) + (month == 2 && isLeap ? 1 : 0);
    const bool isDay = day <= last && (day > 0 || dayMayBeZero);
    return isDay ? Fault{} : Fault{"ILLEGAL_DAY", at + 2, 2};
}

Fault lintLength(View value, std::size_t length, View tooShort, View tooLong) {
    if (value.size() < length) return whole(tooShort, value);
    return unless(value.size() == length, tooLong, value);
}

Fault lintLongDate(View value, bool dayMayBeZero) {
    if (const auto fault = lintLength(value, kLongDateDigits, "DATE_TOO_SHORT", "DATE_TOO_LONG"))
        return fault;
    if (const auto fault = lintDigits(value)) return fault;
    return lintMonthAndDay(number(value.substr(0, 4)), value, 4, dayMayBeZero);
}

/// Two digits below `limit`.
Fault lintClock(View value, int limit, View tooShort, View tooLong, View illegal) {
    if (const auto fault = lintLength(value, 2, tooShort, tooLong)) return fault;
    if (const auto fault = lintDigits(value)) return fault;
    return unless(number(value) < limit, illegal, value);
}

Fault lintHourMinute(View value) {
    if (const auto fault = lintLength(value, 4, "HOUR_WITH_MINUTE_TOO_SHORT", "HOUR_WITH_MINUTE_TOO_LONG"))
        return fault;
    if (const auto fault = lintDigits(value)) return fault;
    if (number(value.substr(0, 2)) > 23) return Fault{"ILLEGAL_HOUR", 0, 2};
    return number(value.substr(2)) > 59 ? Fault{"ILLEGAL_MINUTE", 2, 2} : Fault{};
}

Fault lintPercent(View value) {
    const auto isHex = [&](std::size_t at) {
        return at < value.size() && std::isxdigit(static_cast<unsigned char>(value[at])) != 0;
    };
    for (auto at = value.find('%'); at != View::npos; at = value.find('%', at + 3)) {
        if (!isHex(at + 1) || !isHex(at + 2))
            return Fault{"INVALID_PERCENT_SEQUENCE", at, std::min<std::size_t>(3, value.size() - at)};
    }
    return {};
}

bool isZero(View digits) {
    return digits.find_first_not_of('0') == View::npos;
}

/// The 3rd of 12 pieces is 0312.
Fault lintPiece(View value) {
    if (value.empty() || value.size() % 2 != 0) return whole("INVALID_LENGTH_FOR_PIECE_OF_TOTAL", value);
    if (const auto fault = lintDigits(value)) return fault;
    const auto half = value.size() / 2;
    if (isZero(value.substr(0, half))) return Fault{"ZERO_PIECE_NUMBER", 0, half};
    if (isZero(value.substr(half))) return Fault{"ZERO_TOTAL_PIECES", half, half};
    return unless(value.substr(0, half) <= value.substr(half), "PIECE_NUMBER_EXCEEDS_TOTAL", value);
}

/// The first of twins is "1/2".
Fault lintBirthOrder(View value) {
    const auto slash = std::min(value.find('/'), value.size());
    const auto place = value.substr(0, slash);
    const auto end = slash < value.size() ? value.substr(slash + 1) : View();
    if (place.empty() || end.empty() || !allDigits(place) || !allDigits(end))
        return whole("POSITION_IN_SEQUENCE_MALFORMED", value);
    if (place.front() == '0') return Fault{"ILLEGAL_ZERO_PREFIX", 0, place.size()};
    if (end.front() == '0') return Fault{"ILLEGAL_ZERO_PREFIX", slash + 1, end.size()};
    // Without zeros in front the longer number is the greater.
    const bool isWithin = place.size() < end.size() || (place.size() == end.size() && place <= end);
    return unless(isWithin, "POSITION_EXCEEDS_END", value);
}

// Source: ISO 13616-1 (country, two check digits, account; modulo 97 with letters as 10 to 35). Kosovo has
// accounts under XK, which ISO 3166 does not list.
Fault lintIban(View value) {
    if (value.size() < kIbanCharactersMin) return whole("IBAN_TOO_SHORT", value);
    if (value.size() > kIbanCharactersMax) return whole("IBAN_TOO_LONG", value);
    if (const auto fault =
            firstOutside("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "INVALID_IBAN_CHARACTER", value))
        return fault;
    const auto country = value.substr(0, 2);
    if (!isCountryLetters(country) && country != "XK") return Fault{"ILLEGAL_IBAN_COUNTRY_CODE", 0, 2};
    int rest = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[(i + 4) % value.size()];
        rest = (isDigit(c) ? rest * 10 + (c - '0') : rest * 100 + (c - 'A' + 10)) % 97;
    }
    return rest == 1 ? Fault{} : Fault{"INCORRECT_IBAN_CHECKSUM", 2, 2};
}

Fault lintAngle(View value, View most, View badLength, View tooMuch) {
    if (value.size() != kAngleDigits) return whole(badLength, value);
    if (const auto fault = lintDigits(value)) return fault;
    return unless(value <= most, tooMuch, value);
}

bool isOneOf(View value, View characters) {
    return value.size() == 1 && characters.find(value[0]) != View::npos;
}

bool isMediaType(View value) {
    return value.size() == 2 && allDigits(value) && ((value >= "01" && value <= "10") || value >= "80");
}

Fault lintNonZero(View value) {
    if (const auto fault = lintDigits(value)) return fault;
    return unless(!isZero(value), "ILLEGAL_ZERO_VALUE", value);
}

Fault lintNoZeroPrefix(View value) {
    if (const auto fault = lintDigits(value)) return fault;
    return value.starts_with('0') ? Fault{"ILLEGAL_ZERO_PREFIX", 0, 1} : Fault{};
}

Fault lintImporter(View value) {
    if (value.size() != 1) return whole("IMPORTER_IDX_MUST_BE_ONE_CHARACTER", value);
    return firstOutside(kCharacters64, "INVALID_IMPORT_IDX_CHARACTER", value);
}

struct Rule {
    View name;
    Fault (*apply)(View);
};

// Source: GS1 Barcode Syntax Dictionary (the names of rules and of what breaks them).
// clang-format off
constexpr std::array kRules = {
    Rule{"csetnumeric", lintDigits},
    Rule{"cset82", [](View v) { return lintCharacters('X', v); }},
    Rule{"cset39", [](View v) { return lintCharacters('Y', v); }},
    Rule{"cset64", lint64},
    Rule{"csum", lintCheckDigit},
    Rule{"csumalpha", lintCheckPair},
    Rule{"gcppos1", [](View v) { return lintPrefix(v, 0); }},
    Rule{"gcppos2", [](View v) { return lintPrefix(v, 1); }},
    Rule{"yymmdd", [](View v) { return lintShortDate(v, false); }},
    Rule{"yymmd0", [](View v) { return lintShortDate(v, true); }},
    Rule{"yyyymmdd", [](View v) { return lintLongDate(v, false); }},
    Rule{"yyyymmd0", [](View v) { return lintLongDate(v, true); }},
    Rule{"hhmi", lintHourMinute},
    Rule{"hh", [](View v) { return lintClock(v, 24, "HOUR_TOO_SHORT", "HOUR_TOO_LONG", "ILLEGAL_HOUR"); }},
    Rule{"mi", [](View v) { return lintClock(v, 60, "MINUTE_TOO_SHORT", "MINUTE_TOO_LONG", "ILLEGAL_MINUTE"); }},
    Rule{"ss", [](View v) { return lintClock(v, 60, "SECOND_TOO_SHORT", "SECOND_TOO_LONG", "ILLEGAL_SECOND"); }},
    Rule{"zero", [](View v) { return unless(!v.empty() && isZero(v), "NOT_ZERO", v); }},
    Rule{"nonzero", lintNonZero},
    Rule{"nozeroprefix", lintNoZeroPrefix},
    Rule{"hasnondigit", [](View v) { return unless(v.find_first_not_of(kDigits) != View::npos, "REQUIRES_NON_DIGIT_CHARACTER", v); }},
    Rule{"hyphen", [](View v) { return unless(!v.empty() && v.find_first_not_of('-') == View::npos, "NOT_HYPHEN", v); }},
    Rule{"yesno", [](View v) { return unless(isOneOf(v, "01"), "NOT_ZERO_OR_ONE", v); }},
    Rule{"winding", [](View v) { return unless(isOneOf(v, "019"), "INVALID_WINDING_DIRECTION", v); }},
    Rule{"iso5218", [](View v) { return unless(isOneOf(v, "0129"), "INVALID_BIOLOGICAL_SEX_CODE", v); }},
    Rule{"iso3166", [](View v) { return unless(isCountryNumber(v), "NOT_ISO3166", v); }},
    Rule{"iso3166999", [](View v) { return unless(v == "999" || isCountryNumber(v), "NOT_ISO3166_OR_999", v); }},
    Rule{"iso3166alpha2", [](View v) { return unless(isCountryLetters(v), "NOT_ISO3166_ALPHA2", v); }},
    Rule{"iso4217", [](View v) { return unless(isCurrencyNumber(v), "NOT_ISO4217", v); }},
    Rule{"packagetype", [](View v) { return unless(isPackageType(v), "INVALID_PACKAGE_TYPE", v); }},
    Rule{"mediatype", [](View v) { return unless(isMediaType(v), "INVALID_MEDIA_TYPE", v); }},
    Rule{"pcenc", lintPercent},
    Rule{"pieceoftotal", lintPiece},
    Rule{"posinseqslash", lintBirthOrder},
    Rule{"iban", lintIban},
    Rule{"latitude", [](View v) { return lintAngle(v, "1800000000", "LATITUDE_INVALID_LENGTH", "INVALID_LATITUDE"); }},
    Rule{"longitude", [](View v) { return lintAngle(v, "3600000000", "LONGITUDE_INVALID_LENGTH", "INVALID_LONGITUDE"); }},
    Rule{"importeridx", lintImporter},
    Rule{"couponcode", lintCoupon},
    Rule{"couponposoffer", lintPositiveOffer},
};
// clang-format on

} // namespace

Fault lintShortDate(std::string_view value, bool dayMayBeZero) {
    if (const auto fault = lintLength(value, kShortDateDigits, "DATE_TOO_SHORT", "DATE_TOO_LONG"))
        return fault;
    if (const auto fault = lintDigits(value)) return fault;
    // The century only matters for 29 February of year 00, and 1900 is too long ago to be meant.
    return lintMonthAndDay(2000 + number(value.substr(0, 2)), value, 2, dayMayBeZero);
}

Fault lintCharacters(char set, std::string_view value) {
    switch (set) {
    case 'N':
        return lintDigits(value);
    case 'X':
        return firstOutside(kCharacters82, "INVALID_CSET82_CHARACTER", value);
    case 'Y':
        return firstOutside(kCharacters39, "INVALID_CSET39_CHARACTER", value);
    default:
        return lint64(value);
    }
}

Fault lint(std::string_view rule, std::string_view value) {
    const auto* found =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& each) { return each.name == rule; });
    return found == kRules.end() ? Fault{} : found->apply(value);
}

} // namespace silta::gs1
