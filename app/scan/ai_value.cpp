#include "scan/ai_value.h"

#include "core/digits.h"

#include <silta/gtin.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace silta::gs1 {

namespace {

// Source: GS1 General Specifications, figures 7.11-1 (82 characters), 7.11-2 (39) and 7.11-3 (64). The order
// of the first is also the value of each character in a check character pair.
constexpr std::string_view kCharacters82 =
    R"(!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz)";
constexpr std::string_view kCharacters39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kCharacters64 =
    "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz=";

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool inSet(char c, char set) {
    switch (set) {
    case 'N':
        return isDigit(c);
    case 'X':
        return kCharacters82.find(c) != std::string_view::npos;
    case 'Y':
        return kCharacters39.find(c) != std::string_view::npos;
    default:
        return kCharacters64.find(c) != std::string_view::npos;
    }
}

bool hasCheckDigit(std::string_view v) {
    return v.size() >= 2 && allDigits(v) && Gtin::checkDigit(v.substr(0, v.size() - 1)) == v.back();
}

// Source: GS1 General Specifications, section 7.9.5 (check character pair of the GMN).
bool hasCheckPair(std::string_view v) {
    constexpr std::string_view kPairCharacters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    constexpr std::array kPrimes = {2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37,
                                    41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83};
    if (v.size() < 3 || v.size() - 2 > kPrimes.size()) return false;
    const auto body = v.substr(0, v.size() - 2);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto value = kCharacters82.find(body[body.size() - 1 - i]);
        if (value == std::string_view::npos) return false;
        sum += value * static_cast<std::size_t>(kPrimes[i]);
    }
    sum %= 1021;
    return v[v.size() - 2] == kPairCharacters[sum >> 5] && v.back() == kPairCharacters[sum & 31];
}

bool isDate(int year, int month, int day, bool dayMayBeZero) {
    constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return false;
    if (day == 0) return dayMayBeZero;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int last = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
    return day <= last;
}

bool isShortDate(std::string_view v, bool dayMayBeZero) {
    // Two-digit years are within fifty years of now; only 2000, a leap year, matters to the calendar, and
    // 1900 cannot be meant.
    return v.size() == 6 && allDigits(v) &&
           isDate(2000 + number(v.substr(0, 2)), number(v.substr(2, 2)), number(v.substr(4, 2)),
                  dayMayBeZero);
}

bool isLongDate(std::string_view v) {
    return v.size() == 8 && allDigits(v) &&
           isDate(number(v.substr(0, 4)), number(v.substr(4, 2)), number(v.substr(6, 2)), false);
}

bool isBelow(std::string_view v, int limit) {
    return v.size() == 2 && allDigits(v) && number(v) < limit;
}

bool isHourMinute(std::string_view v) {
    return v.size() == 4 && isBelow(v.substr(0, 2), 24) && isBelow(v.substr(2), 60);
}

// Company prefixes are digits; keys that may continue with letters have at least these four.
bool hasCompanyPrefix(std::string_view v, std::size_t at) {
    return v.size() >= at + 4 && allDigits(v.substr(at, 4));
}

bool isPercentEncoded(std::string_view v) {
    for (std::size_t i = 0; i < v.size(); ++i) {
        if (v[i] != '%') continue;
        if (i + 2 >= v.size() || std::isxdigit(static_cast<unsigned char>(v[i + 1])) == 0 ||
            std::isxdigit(static_cast<unsigned char>(v[i + 2])) == 0)
            return false;
        i += 2;
    }
    return true;
}

// The 3rd of 12 pieces is 0312.
bool isPieceOfTotal(std::string_view v) {
    if (v.empty() || v.size() % 2 != 0 || !allDigits(v)) return false;
    const auto piece = v.substr(0, v.size() / 2);
    const auto total = v.substr(v.size() / 2);
    const auto isZero = [](std::string_view text) {
        return text.find_first_not_of('0') == std::string_view::npos;
    };
    return !isZero(piece) && !isZero(total) && piece <= total;
}

bool isSlashSequence(std::string_view v) {
    const auto slash = v.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == v.size()) return false;
    const auto position = v.substr(0, slash);
    const auto end = v.substr(slash + 1);
    return allDigits(position) && allDigits(end) && position[0] != '0' && end[0] != '0' &&
           number(position) <= number(end);
}

// Source: ISO 13616-1 (IBAN: country, two check digits, account; modulo 97 with letters as 10 to 35).
bool isIban(std::string_view v) {
    if (v.size() < 5 || !std::all_of(v.begin(), v.begin() + 2, [](char c) { return c >= 'A' && c <= 'Z'; }))
        return false;
    int rest = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
        const char c = v[(i + 4) % v.size()];
        if (isDigit(c))
            rest = (rest * 10 + (c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else
            return false;
    }
    return rest == 1;
}

bool isAngle(std::string_view v, std::string_view most) {
    return v.size() == 10 && allDigits(v) && v <= most;
}

bool isOneOf(std::string_view v, std::string_view characters) {
    return v.size() == 1 && characters.find(v[0]) != std::string_view::npos;
}

bool isMediaType(std::string_view v) {
    return v.size() == 2 && allDigits(v) && ((v >= "01" && v <= "10") || v >= "80");
}

bool keepsRule(std::string_view rule, std::string_view v) {
    struct Rule {
        std::string_view name;
        bool (*holds)(std::string_view);
    };
    using View = std::string_view;
    static constexpr std::array kRules = {
        Rule{"csum", hasCheckDigit},
        Rule{"csumalpha", hasCheckPair},
        Rule{"gcppos1", [](View text) { return hasCompanyPrefix(text, 0); }},
        Rule{"gcppos2", [](View text) { return hasCompanyPrefix(text, 1); }},
        Rule{"yymmdd", [](View text) { return isShortDate(text, false); }},
        Rule{"yymmd0", [](View text) { return isShortDate(text, true); }},
        Rule{"yyyymmdd", isLongDate},
        Rule{"hhmi", isHourMinute},
        Rule{"hh", [](View text) { return isBelow(text, 24); }},
        Rule{"mi", [](View text) { return isBelow(text, 60); }},
        Rule{"ss", [](View text) { return isBelow(text, 60); }},
        Rule{"zero", [](View text) { return !text.empty() && text.find_first_not_of('0') == View::npos; }},
        Rule{"nonzero", [](View text) { return text.find_first_not_of('0') != View::npos; }},
        Rule{"nozeroprefix", [](View text) { return text.empty() || text[0] != '0'; }},
        Rule{"hasnondigit", [](View text) { return !std::ranges::all_of(text, isDigit); }},
        Rule{"hyphen", [](View text) { return !text.empty() && text.find_first_not_of('-') == View::npos; }},
        Rule{"yesno", [](View text) { return isOneOf(text, "01"); }},
        Rule{"winding", [](View text) { return isOneOf(text, "019"); }},
        Rule{"iso5218", [](View text) { return isOneOf(text, "0129"); }},
        Rule{"pcenc", isPercentEncoded},
        Rule{"pieceoftotal", isPieceOfTotal},
        Rule{"posinseqslash", isSlashSequence},
        Rule{"iban", isIban},
        Rule{"latitude", [](View text) { return isAngle(text, "1800000000"); }},
        Rule{"longitude", [](View text) { return isAngle(text, "3600000000"); }},
        Rule{"mediatype", isMediaType},
        Rule{"importeridx",
             [](View text) { return text.size() == 1 && inSet(text[0], 'Z') && text[0] != '='; }},
    };
    const auto* found =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& each) { return each.name == rule; });
    return found == kRules.end() || found->holds(v); // the code lists that are not kept here
}

std::string wordsFor(std::string_view rule) {
    if (rule == "csum") return "wrong check digit";
    if (rule == "csumalpha") return "wrong check characters";
    if (rule.starts_with("yy") || rule.starts_with("yyyy")) return "not a date";
    if (rule == "hhmi" || rule == "hh" || rule == "mi" || rule == "ss") return "not a time of day";
    if (rule.starts_with("gcppos")) return "no company prefix";
    return fmt::format("breaks rule {}", rule);
}

/// One piece of a value's format: "N14,csum", "X..20", "[N6],yymmdd".
struct Component {
    char set;
    std::size_t lengthMax;
    bool isVariable;
    bool isOptional;
    std::string_view rules; // comma separated
};

std::string_view cutToken(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto token = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return token;
}

/// The next component of `spec`, or nothing where the association rules begin.
std::optional<Component> nextComponent(std::string_view& spec) {
    auto token = cutToken(spec, ' ');
    if (token.empty() || token.find('=') != std::string_view::npos || token == "dlpkey") return std::nullopt;
    auto rules = token;
    auto format = cutToken(rules, ',');
    Component part{};
    part.rules = rules;
    part.isOptional = format.front() == '[';
    if (part.isOptional) format = format.substr(1, format.size() - 2);
    part.set = format.front();
    format.remove_prefix(1);
    part.isVariable = format.starts_with("..");
    if (part.isVariable) format.remove_prefix(2);
    part.lengthMax = static_cast<std::size_t>(number(format));
    return part;
}

} // namespace

std::size_t predefinedLength(const AiRow& row) {
    std::size_t length = 0;
    auto spec = row.spec;
    while (const auto part = nextComponent(spec))
        length += part->lengthMax;
    return length;
}

std::string checkValue(const AiRow& row, std::string_view value) {
    if (value.empty()) return "no value";
    auto spec = row.spec;
    while (const auto part = nextComponent(spec)) {
        if (value.empty() && part->isOptional) continue;
        const auto piece = value.substr(0, part->lengthMax);
        if (piece.empty() || (!part->isVariable && piece.size() < part->lengthMax)) return "too short";
        for (char c : piece) {
            if (!inSet(c, part->set)) return part->set == 'N' ? "not all digits" : "character not allowed";
        }
        auto rules = part->rules;
        while (!rules.empty()) {
            const auto rule = cutToken(rules, ',');
            if (!keepsRule(rule, piece)) return wordsFor(rule);
        }
        value.remove_prefix(piece.size());
    }
    return value.empty() ? std::string() : "too long";
}

} // namespace silta::gs1
