#include "web/form_body.h"

#include "catalog/fold.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Error malformed(const char* what) {
    return {Errc::Invalid, std::string("read form: ") + what};
}

Result<std::string> decode(std::string_view text, std::size_t bytesMax) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            const int high = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return malformed("a broken escape");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        decoded.push_back(c);
        if (decoded.size() > bytesMax) return Error{Errc::Limit, "read form: a value is too long"};
    }
    return decoded;
}

bool isName(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool hasControl(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

} // namespace

Result<FormFields> parseForm(std::string_view body, const FormLimits& limits) {
    if (body.size() > limits.bodyBytes) return Error{Errc::Limit, "read form: too long"};
    FormFields fields;
    std::size_t count = 0;
    while (!body.empty()) {
        const auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(body.size(), pair.size() + 1));
        if (pair.empty()) continue;
        if (++count > kFormFieldsMax) return Error{Errc::Limit, "read form: too many fields"};
        const auto equals = pair.find('=');
        auto name = decode(pair.substr(0, equals), kFormNameBytesMax);
        if (!name) return name.error();
        auto value =
            decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), limits.valueBytes);
        if (!value) return value.error();
        if (limits.mayBreakLines)
            std::ranges::replace_if(
                *value, [](char c) { return c == '\r' || c == '\n'; }, ' ');
        if (!isName(*name)) return malformed("a field's name");
        if (hasControl(*value) || !isUtf8(*value)) return malformed("a value is not plain text");
        fields.try_emplace(std::move(*name), std::move(*value));
    }
    return fields;
}

std::string fieldOf(const FormFields& fields, const std::string& name) {
    const auto it = fields.find(name);
    return it == fields.end() ? std::string() : it->second;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isEmailAddress(std::string_view text) {
    const auto at = text.find('@');
    if (at == 0 || at == std::string_view::npos || text.size() > kEmailAddressBytesMax) return false;
    const auto domain = text.substr(at + 1);
    const auto dot = domain.rfind('.');
    return dot != std::string_view::npos && dot > 0 && dot + 1 < domain.size() &&
           domain.find('@') == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

std::string percentEncode(std::string_view text) {
    constexpr std::array<char, 17> kHex = {"0123456789ABCDEF"};
    std::string encoded;
    encoded.reserve(text.size() + text.size() / 2);
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(kHex[byte >> 4U]);
        encoded.push_back(kHex[byte & 15U]);
    }
    return encoded;
}

} // namespace silta
