#include "scan/ai_value.h"

#include "scan/linter.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace silta::gs1 {

namespace {

std::string wordsFor(std::string_view rule) {
    if (rule == "csum") return "wrong check digit";
    if (rule == "csumalpha") return "wrong check characters";
    if (rule.starts_with("yy")) return "not a date";
    if (rule == "hhmi" || rule == "hh" || rule == "mi" || rule == "ss") return "not a time of day";
    if (rule.starts_with("gcppos")) return "no company prefix";
    if (rule.starts_with("iso3166")) return "no such country";
    if (rule == "iso4217") return "no such currency";
    if (rule.starts_with("coupon")) return "not a coupon";
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
    std::from_chars(format.data(), format.data() + format.size(), part.lengthMax);
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

std::optional<ValueFault> findFault(const AiRow& row, std::string_view value) {
    if (value.empty()) return ValueFault{"no value", "", ""};
    auto spec = row.spec;
    std::size_t at = 0;
    while (const auto part = nextComponent(spec)) {
        if (at == value.size() && part->isOptional) continue;
        const auto piece = value.substr(at, part->lengthMax);
        const auto report = [&](std::string why, const Fault& fault) {
            return ValueFault{std::move(why), fault.name,
                              fmt::format("{}{}|{}|{}", value.substr(0, at), piece.substr(0, fault.at),
                                          piece.substr(fault.at, fault.length),
                                          piece.substr(fault.at + fault.length))};
        };
        if (const auto fault = lintCharacters(part->set, piece))
            return report(part->set == 'N' ? "not all digits" : "character not allowed", fault);
        if (piece.empty() || (!part->isVariable && piece.size() < part->lengthMax))
            return ValueFault{"too short", "", ""};
        auto rules = part->rules;
        while (!rules.empty()) {
            const auto rule = cutToken(rules, ',');
            if (const auto fault = lint(rule, piece)) return report(wordsFor(rule), fault);
        }
        at += piece.size();
    }
    if (at < value.size()) return ValueFault{"too long", "", ""};
    return std::nullopt;
}

std::string checkValue(const AiRow& row, std::string_view value) {
    const auto fault = findFault(row, value);
    return fault ? fault->why : std::string();
}

} // namespace silta::gs1
