#include "scan/digital_link.h"

#include "scan/ai_value.h"
#include "scan/element_string.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>

namespace silta::gs1 {

namespace {

Error broken(std::string_view why) {
    return Error{Errc::Invalid, fmt::format("read digital link: {}", why)};
}

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool startsWithNoCase(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
               return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
           });
}

/// Source: RFC 3986, appendix A (characters of a URI).
bool isUriCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
}

/// A name, an IPv4 address, or an IPv6 address in brackets, with an optional port. No user name: a link that
/// hides its host behind one is not a link that a maker prints.
bool isHost(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("-._~:[]").find(c) != std::string_view::npos;
    });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        if (end == text.size()) return parts;
        text.remove_prefix(end + 1);
    }
}

bool isPrimaryKey(const AiRow& row) {
    return row.spec.find("dlpkey") != std::string_view::npos;
}

/// True when `names` appear in this order in one of the alternatives of the key's `dlpkey` rule:
/// "22,10,21|235".
bool areQualifiers(const AiRow& key, const std::vector<std::string_view>& names) {
    const auto alternatives = split(ruleOf(key, "dlpkey", 0), '|');
    return std::any_of(alternatives.begin(), alternatives.end(), [&](std::string_view alternative) {
        std::size_t next = 0;
        for (const auto allowed : split(alternative, ',')) {
            // A key without qualifiers has an empty rule, which an empty path segment must not satisfy.
            if (next < names.size() && !allowed.empty() && names[next] == allowed) ++next;
        }
        return next == names.size();
    });
}

bool isQualifierOf(const AiRow& key, std::string_view ai) {
    const auto alternatives = split(ruleOf(key, "dlpkey", 0), '|');
    return std::any_of(alternatives.begin(), alternatives.end(), [&](std::string_view alternative) {
        const auto names = split(alternative, ',');
        return std::find(names.begin(), names.end(), ai) != names.end();
    });
}

/// Those qualifiers of the key that are in `elements`, in path order: of the alternatives, the one that takes
/// the most.
std::vector<const Gs1Element*> qualifiersIn(const std::vector<Gs1Element>& elements, const AiRow& key) {
    std::vector<const Gs1Element*> best;
    for (const auto alternative : split(ruleOf(key, "dlpkey", 0), '|')) {
        std::vector<const Gs1Element*> here;
        for (const auto ai : split(alternative, ',')) {
            const auto found = std::find_if(elements.begin(), elements.end(),
                                            [&](const Gs1Element& element) { return element.ai == ai; });
            if (found != elements.end()) here.push_back(&*found);
        }
        if (here.size() > best.size()) best = std::move(here);
    }
    return best;
}

/// Adds one element; a GTIN of fewer digits is filled up.
Result<void> add(DigitalLink& link, const AiRow& row, std::string_view ai, std::string value) {
    if (link.elements.size() >= kElementsMax)
        return Error{Errc::Limit, "read digital link: too many elements"};
    if (ai == "01" && (value.size() == 8 || value.size() == 12 || value.size() == 13))
        value.insert(0, kGtinDigits - value.size(), '0');
    if (const auto why = checkValue(row, value); !why.empty()) return broken(fmt::format("({}) {}", ai, why));
    link.elements.push_back(Gs1Element{std::string(ai), std::move(value)});
    return {};
}

Result<const AiRow*> addPath(DigitalLink& link, const std::vector<std::string_view>& segments) {
    // From the right in pairs, so that a serial number which looks like an identifier is not taken for one.
    for (std::size_t at = segments.size(); at >= 2; at -= 2) {
        const AiRow* key = findAi(segments[at - 2]);
        if (key == nullptr || !isPrimaryKey(*key)) continue;
        std::vector<std::string_view> qualifiers;
        for (std::size_t i = at; i < segments.size(); i += 2)
            qualifiers.push_back(segments[i]);
        if (!areQualifiers(*key, qualifiers)) return broken("what follows the key does not qualify it");
        for (std::size_t i = at - 2; i < segments.size(); i += 2) {
            const AiRow* row = findAi(segments[i]);
            if (auto added = add(link, *row, segments[i], percentDecode(segments[i + 1])); !added)
                return std::move(added).error();
        }
        return key;
    }
    return Error{Errc::NotFound, "read digital link: no key in the path"};
}

Result<void> addQuery(DigitalLink& link, const AiRow& key, std::string_view query,
                      const ReadOptions& options) {
    if (query.empty()) return {};
    for (const auto pair : split(query, '&')) {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue; // a word of somebody else's
        const auto name = pair.substr(0, equals);
        if (name.empty() ||
            !std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
            continue; // a parameter of somebody else's
        const AiRow* row = findAi(name);
        const bool isUnknown = row == nullptr && options.allowUnknownAis;
        if (isUnknown) row = rowOfUnknown(name);
        if (row == nullptr) return broken(fmt::format("({}) no such application identifier", name));
        if ((!row->isAttribute && !isUnknown) || isQualifierOf(key, name))
            return broken(fmt::format("({}) does not belong in the query", name));
        const auto isSame = [&](const Gs1Element& element) { return element.ai == name; };
        if (std::any_of(link.elements.begin(), link.elements.end(), isSame))
            return broken(fmt::format("({}) is there twice", name));
        std::string value(pair.substr(equals + 1));
        std::replace(value.begin(), value.end(), '+', ' ');
        if (auto added = add(link, *row, name, percentDecode(value)); !added) return added;
    }
    return {};
}

} // namespace

std::string percentDecode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
        if (low < 0) {
            out.push_back(text[i]);
            continue;
        }
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return out;
}

std::string percentEncode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        // Source: RFC 3986, section 2.3 (unreserved characters).
        if (byte < 0x80 &&
            (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos))
            out.push_back(c);
        else
            fmt::format_to(std::back_inserter(out), "%{:02X}", byte);
    }
    return out;
}

bool isWebAddress(std::string_view text) {
    return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("HTTP://") ||
           text.starts_with("HTTPS://");
}

bool isMixedCaseAddress(std::string_view text) {
    return !isWebAddress(text) && (startsWithNoCase(text, "http://") || startsWithNoCase(text, "https://"));
}

Result<DigitalLink> parseDigitalLink(std::string_view uri, const ReadOptions& options) {
    if (!isWebAddress(uri)) return Error{Errc::NotFound, "read digital link: not a web address"};
    if (!std::all_of(uri.begin(), uri.end(), isUriCharacter)) return broken("character that no address has");
    auto rest = uri.substr(uri.find("//") + 2);
    rest = rest.substr(0, rest.find('#'));
    const auto question = std::min(rest.find('?'), rest.size());
    const auto query = question < rest.size() ? rest.substr(question + 1) : std::string_view();
    rest = rest.substr(0, question);
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return Error{Errc::NotFound, "read digital link: no path"};

    DigitalLink link;
    const auto key = addPath(link, split(rest.substr(slash + 1), '/'));
    if (!key) return key.error();
    if (!isHost(rest.substr(0, slash))) return broken("host name");
    if (auto added = addQuery(link, **key, query, options); !added) return std::move(added).error();
    if (!options.checkAssociations) return link;
    if (auto checked = checkAssociations(link.elements); !checked) return std::move(checked).error();
    return link;
}

Result<std::string> writeDigitalLink(const std::vector<Gs1Element>& elements, std::string_view stem) {
    const auto isKey = [](const Gs1Element& element) {
        const AiRow* row = findAi(element.ai);
        return row != nullptr && isPrimaryKey(*row);
    };
    const auto key = std::find_if(elements.begin(), elements.end(), isKey);
    if (key == elements.end()) return Error{Errc::NotFound, "write digital link: no key"};
    const AiRow& keyRow = *findAi(key->ai);
    const auto qualifiers = qualifiersIn(elements, keyRow);

    if (stem.ends_with('/')) stem.remove_suffix(1);
    auto link = fmt::format("{}/{}/{}", stem, key->ai, percentEncode(key->value));
    std::vector<std::string_view> written{key->ai};
    for (const auto* qualifier : qualifiers) {
        link += fmt::format("/{}/{}", qualifier->ai, percentEncode(qualifier->value));
        written.emplace_back(qualifier->ai);
    }
    char separator = '?';
    for (const bool isPredefined : {true, false}) {
        for (const auto& element : elements) {
            if (std::find(written.begin(), written.end(), element.ai) != written.end()) continue;
            const AiRow* row = findAi(element.ai);
            if (row == nullptr || !row->isAttribute || isQualifierOf(keyRow, element.ai))
                return Error{Errc::Invalid,
                             fmt::format("write digital link: ({}) fits neither path nor query", element.ai)};
            if (row->isPredefined != isPredefined) continue;
            link += fmt::format("{}{}={}", separator, element.ai, percentEncode(element.value));
            written.emplace_back(element.ai);
            separator = '&';
        }
    }
    return link;
}

} // namespace silta::gs1
