#include "core/json.h"

namespace silta {

namespace {

const Json kNull = nullptr;

const Json& memberOr(const Json& object, const char* key) {
    if (!object.is_object()) return kNull;
    const auto it = object.find(key);
    return it == object.end() ? kNull : *it;
}

/// Looked at before it is parsed: a callback in the parser costs more than the parsing. Of a text that is no
/// JSON it may say anything; the parser will refuse that.
bool isTooDeep(std::string_view text) {
    int depth = 0;
    bool isQuoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted) {
            if (c == '\\') ++i;
            isQuoted = c != '"';
        } else if (c == '"') {
            isQuoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kJsonDepthMax) return true;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return false;
}

} // namespace

Result<Json> parseJson(std::string_view text, std::size_t bytesMax) {
    if (text.size() > bytesMax) return Error{Errc::Limit, "read json: too long"};
    if (isTooDeep(text)) return Error{Errc::Invalid, "read json: nested too deep"};
    try {
        auto json = Json::parse(text, nullptr, false);
        if (json.is_discarded()) return Error{Errc::Invalid, "read json: syntax error"};
        return json;
    } catch (const std::exception&) { // e.g. memory
        return Error{Errc::Invalid, "read json: cannot be read"};
    }
}

std::string dumpJson(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> textMember(const Json& object, const char* key, std::size_t bytesMax) {
    const auto& value = memberOr(object, key);
    if (!value.is_string()) return std::nullopt;
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() > bytesMax || text.find('\0') != std::string::npos) return std::nullopt;
    return text;
}

std::optional<std::int64_t> integerMember(const Json& object, const char* key) {
    const auto& value = memberOr(object, key);
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_number_integer()) return value.get<std::int64_t>();
    return std::nullopt;
}

std::optional<double> numberMember(const Json& object, const char* key) {
    const auto& value = memberOr(object, key);
    if (!value.is_number()) return std::nullopt;
    return value.get<double>();
}

std::optional<bool> boolMember(const Json& object, const char* key) {
    const auto& value = memberOr(object, key);
    if (!value.is_boolean()) return std::nullopt;
    return value.get<bool>();
}

const Json& arrayMember(const Json& object, const char* key) {
    const auto& value = memberOr(object, key);
    return value.is_array() ? value : kNull;
}

const Json& objectMember(const Json& object, const char* key) {
    const auto& value = memberOr(object, key);
    return value.is_object() ? value : kNull;
}

} // namespace silta
