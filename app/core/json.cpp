#include "core/json.h"

#include "core/json_view.h"

#include <algorithm>

namespace silta {

namespace {

const Json kNull = nullptr;
constexpr std::size_t kKeptBytes = 64 * 1024;

const Json& memberOr(const Json& object, const char* key) {
    if (!object.is_object()) return kNull;
    const auto it = object.find(key);
    return it == object.end() ? kNull : *it;
}

Json valueOf(simdjson::dom::element element) {
    switch (element.type()) {
    case simdjson::dom::element_type::OBJECT: {
        Json json = Json::object();
        auto& members = json.get_ref<Json::object_t&>();
        for (const auto member : simdjson::dom::object(element))
            members.insert_or_assign(std::string(member.key), valueOf(member.value));
        return json;
    }
    case simdjson::dom::element_type::ARRAY: {
        Json json = Json::array();
        for (const auto item : simdjson::dom::array(element))
            json.push_back(valueOf(item));
        return json;
    }
    case simdjson::dom::element_type::STRING:
        return std::string(std::string_view(element));
    case simdjson::dom::element_type::INT64:
        // As written, 7 is the same whether it is asked for with or without a sign.
        if (const auto number = std::int64_t(element); number < 0) return number;
        return std::uint64_t(element);
    case simdjson::dom::element_type::UINT64:
        return std::uint64_t(element);
    case simdjson::dom::element_type::DOUBLE:
        return double(element);
    case simdjson::dom::element_type::BOOL:
        return bool(element);
    case simdjson::dom::element_type::NULL_VALUE:
        break;
    }
    return nullptr;
}

/// The root of the document, which lives in the parser.
Result<simdjson::dom::element> parseWith(simdjson::dom::parser& parser, std::string_view text) {
    if (parser.capacity() < text.size())
        if (parser.allocate(std::max(text.size(), kKeptBytes), kJsonDepthMax) != simdjson::SUCCESS)
            return Error{Errc::Invalid, "read json: cannot be read"};
    simdjson::dom::element root;
    const auto outcome = parser.parse(text.data(), text.size(), true).get(root);
    if (outcome == simdjson::DEPTH_ERROR) return Error{Errc::Invalid, "read json: nested too deep"};
    if (outcome != simdjson::SUCCESS) return Error{Errc::Invalid, "read json: syntax error"};
    return root;
}

/// Each thread keeps one for short texts; a long one's memory is given back.
simdjson::dom::parser& keptParser() {
    thread_local simdjson::dom::parser kept;
    return kept;
}

Result<Json> valueOrError(const Result<simdjson::dom::element>& root) {
    if (!root) return root.error();
    return valueOf(*root);
}

} // namespace

Result<Json> parseJson(std::string_view text, std::size_t bytesMax) {
    if (text.size() > bytesMax) return Error{Errc::Limit, "read json: too long"};
    try {
        if (text.size() <= kKeptBytes) return valueOrError(parseWith(keptParser(), text));
        simdjson::dom::parser parser;
        return valueOrError(parseWith(parser, text));
    } catch (const std::exception&) { // e.g. memory
        return Error{Errc::Invalid, "read json: cannot be read"};
    }
}

Result<JsonView> JsonView::parse(std::string_view text, std::size_t bytesMax) {
    if (text.size() > std::min(bytesMax, kKeptBytes)) return Error{Errc::Limit, "read json: too long"};
    try {
        const auto root = parseWith(keptParser(), text);
        if (!root) return root.error();
        simdjson::dom::object object;
        if (root->get(object) != simdjson::SUCCESS) return Error{Errc::Invalid, "read json: not an object"};
        return JsonView(object);
    } catch (const std::exception&) { // e.g. memory
        return Error{Errc::Invalid, "read json: cannot be read"};
    }
}

std::optional<std::string_view> JsonMember::text(std::size_t bytesMax) const {
    std::string_view text;
    if (element_.get(text) != simdjson::SUCCESS) return std::nullopt;
    if (text.size() > bytesMax || text.find('\0') != std::string_view::npos) return std::nullopt;
    return text;
}

std::optional<std::int64_t> JsonMember::integer() const {
    std::int64_t number = 0;
    if (element_.get(number) != simdjson::SUCCESS) return std::nullopt;
    return number;
}

Json JsonMember::object() const {
    return element_.is_object() ? valueOf(element_) : kNull;
}

std::optional<std::string_view> JsonView::text(std::string_view key, std::size_t bytesMax) const {
    std::optional<std::string_view> text;
    each([&](std::string_view name, JsonMember member) {
        if (name == key) text = member.text(bytesMax);
    });
    return text;
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
