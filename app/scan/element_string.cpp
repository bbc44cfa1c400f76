#include "scan/element_string.h"

#include "scan/ai_value.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::gs1 {

namespace {

Error broken(std::string_view ai, std::string_view why) {
    return Error{Errc::Invalid, fmt::format("read element ({}): {}", ai, why)};
}

/// "31nn" fits "3103".
bool fits(std::string_view ai, std::string_view pattern) {
    return ai.size() == pattern.size() && std::equal(ai.begin(), ai.end(), pattern.begin(),
                                                     [](char c, char p) { return p == 'n' || p == c; });
}

bool contains(const std::vector<Gs1Element>& elements, std::string_view pattern) {
    return std::any_of(elements.begin(), elements.end(),
                       [&](const Gs1Element& e) { return fits(e.ai, pattern); });
}

template <class Predicate>
bool anyPart(std::string_view list, char separator, Predicate predicate) {
    for (;;) {
        const auto end = std::min(list.find(separator), list.size());
        if (predicate(list.substr(0, end))) return true;
        if (end == list.size()) return false;
        list.remove_prefix(end + 1);
    }
}

/// "01+21,8006+21": every identifier of at least one group is there.
bool isSatisfied(const std::vector<Gs1Element>& elements, std::string_view groups) {
    return anyPart(groups, ',', [&](std::string_view group) {
        return !anyPart(group, '+', [&](std::string_view ai) { return !contains(elements, ai); });
    });
}

/// A signature is only worth something over a key that names one thing: these keys need their serial part.
/// Source: GS1 General Specifications, section 3.9.26 (AI 8030).
bool isSerialised(const Gs1Element& element) {
    if (element.ai == "253" || element.ai == "255") return element.value.size() > 13;
    if (element.ai == "8003") return element.value.size() > 14;
    return true;
}

Result<void> append(std::vector<Gs1Element>& elements, const AiRow& row, std::string_view ai,
                    std::string_view value) {
    if (elements.size() >= kElementsMax) return Error{Errc::Limit, "read element string: too many elements"};
    if (const auto why = checkValue(row, value); !why.empty()) return broken(ai, why);
    elements.push_back(Gs1Element{std::string(ai), std::string(value)});
    return {};
}

} // namespace

std::string_view valueOf(const std::vector<Gs1Element>& elements, std::string_view ai) {
    const auto found =
        std::find_if(elements.begin(), elements.end(), [&](const Gs1Element& e) { return e.ai == ai; });
    return found == elements.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view ruleOf(const AiRow& row, std::string_view key, std::size_t index) {
    std::string_view rule;
    anyPart(row.spec, ' ', [&](std::string_view token) {
        if (!token.starts_with(key) || token.size() <= key.size() || token[key.size()] != '=') return false;
        if (index-- > 0) return false;
        rule = token.substr(key.size() + 1);
        return true;
    });
    return rule;
}

Result<std::vector<Gs1Element>> parseElementString(std::string_view text, const ReadOptions& options) {
    if (!text.empty() && text.front() == kFnc1) text.remove_prefix(1);
    if (text.empty()) return Error{Errc::Invalid, "read element string: empty"};
    std::vector<Gs1Element> elements;
    while (!text.empty()) {
        std::size_t digits = 0;
        const AiRow* row = findAiPrefix(text, digits);
        if (row == nullptr) return broken(text.substr(0, 2), "no such application identifier");
        const auto ai = text.substr(0, digits);
        text.remove_prefix(digits);
        auto length = std::min(text.find(kFnc1), text.size());
        if (row->isPredefined) length = std::min(length, predefinedLength(*row));
        if (auto added = append(elements, *row, ai, text.substr(0, length)); !added)
            return std::move(added).error();
        text.remove_prefix(length);
        if (!text.empty() && text.front() == kFnc1) text.remove_prefix(1);
    }
    if (!options.checkAssociations) return elements;
    if (auto checked = checkAssociations(elements); !checked) return std::move(checked).error();
    return elements;
}

Result<std::vector<Gs1Element>> parseBracketed(std::string_view text, const ReadOptions& options) {
    std::vector<Gs1Element> elements;
    while (!text.empty()) {
        if (text.front() != '(') return Error{Errc::Invalid, "read element string: no bracket in front"};
        const auto close = text.find(')');
        if (close == std::string_view::npos)
            return Error{Errc::Invalid, "read element string: bracket not closed"};
        const auto ai = text.substr(1, close - 1);
        const AiRow* row = findAi(ai);
        if (row == nullptr && options.allowUnknownAis) row = rowOfUnknown(ai);
        if (row == nullptr) return broken(ai, "no such application identifier");
        text.remove_prefix(close + 1);
        std::string value;
        while (!text.empty() && text.front() != '(') {
            if (text.starts_with("\\(")) text.remove_prefix(1);
            value.push_back(text.front());
            text.remove_prefix(1);
        }
        if (auto added = append(elements, *row, ai, value); !added) return std::move(added).error();
    }
    if (elements.empty()) return Error{Errc::Invalid, "read element string: empty"};
    if (!options.checkAssociations) return elements;
    if (auto checked = checkAssociations(elements); !checked) return std::move(checked).error();
    return elements;
}

Result<void> checkAssociations(const std::vector<Gs1Element>& elements) {
    const bool isSigned = contains(elements, "8030");
    for (const auto& element : elements) {
        if (valueOf(elements, element.ai) != element.value) return broken(element.ai, "two different values");
        if (isSigned && !isSerialised(element)) return broken(element.ai, "signed without a serial number");
        const AiRow* row = findAi(element.ai);
        if (row == nullptr) continue; // taken on purpose; the standard says nothing about it
        for (std::size_t i = 0;; ++i) {
            const auto excluded = ruleOf(*row, "ex", i);
            if (excluded.empty()) break;
            for (const auto& other : elements) {
                if (other.ai == element.ai) continue;
                if (anyPart(excluded, ',', [&](std::string_view pattern) { return fits(other.ai, pattern); }))
                    return broken(element.ai, fmt::format("cannot stand beside ({})", other.ai));
            }
        }
        for (std::size_t i = 0;; ++i) {
            const auto required = ruleOf(*row, "req", i);
            if (required.empty()) break;
            if (!isSatisfied(elements, required))
                return broken(element.ai, fmt::format("means nothing without ({})", required));
        }
    }
    return {};
}

} // namespace silta::gs1
