#include "sync/operation.h"

#include "core/json_view.h"

#include <silta/uuid.h>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <charconv>

namespace silta {

namespace {

constexpr std::size_t kHlcDigits = 16;
constexpr std::size_t kIncarnationBytes = 8;

bool isName(const std::optional<std::string_view>& text) {
    if (!text || text->empty()) return false;
    for (char c : *text) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
        if (!plain) return false;
    }
    return true;
}

} // namespace

std::string makeIncarnation(Random& random) {
    return random.hex(kIncarnationBytes);
}

std::string toText(Hlc hlc) {
    return fmt::format("{:016x}", hlc.value);
}

Result<Hlc> parseHlc(std::string_view text) {
    Hlc hlc;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hlc.value, 16);
    if (text.size() != kHlcDigits || error != std::errc{} || end != text.data() + text.size())
        return Error{Errc::Invalid, "read hlc: not 16 hex digits"};
    return hlc;
}

std::string toWaitingLine(const Operation& operation) {
    Json json = {{"id", operation.id},  {"hlc", toText(operation.hlc)}, {"e", operation.entity},
                 {"t", operation.type}, {"v", operation.version},       {"d", operation.data}};
    if (!operation.dependsOn.empty()) json["dep"] = operation.dependsOn;
    return dumpJson(json);
}

std::string completeLine(std::string_view waiting, std::string_view device, std::string_view incarnation,
                         std::int64_t seq) {
    waiting.remove_suffix(1); // "}"
    return fmt::format(FMT_COMPILE(R"({},"dev":"{}","inc":"{}","seq":{}}})"), waiting, device, incarnation,
                       seq);
}

std::string toLine(const Operation& operation) {
    return completeLine(toWaitingLine(operation), operation.device, operation.incarnation, operation.seq);
}

Result<Operation> parseOperation(std::string_view line) {
    const auto json = JsonView::parse(line, kOperationBytesMax);
    if (!json) return json.error();
    std::optional<std::string_view> id, device, incarnation, hlcText, entity, type, dependsOn;
    std::optional<std::int64_t> seq, version;
    std::optional<JsonMember> data;
    bool isDependent = false;
    json->each([&](std::string_view name, JsonMember member) {
        if (name == "id") id = member.text(kOperationNameBytesMax);
        if (name == "dev") device = member.text(kOperationNameBytesMax);
        if (name == "inc") incarnation = member.text(kOperationNameBytesMax);
        if (name == "seq") seq = member.integer();
        if (name == "hlc") hlcText = member.text(kHlcDigits);
        if (name == "e") entity = member.text(kOperationNameBytesMax);
        if (name == "t") type = member.text(kOperationNameBytesMax);
        if (name == "v") version = member.integer();
        if (name == "d") data = member;
        if (name == "dep") dependsOn = member.text(kOperationNameBytesMax);
        isDependent = isDependent || name == "dep";
    });
    const auto hlc = parseHlc(hlcText.value_or(""));
    if (!id || !isUuid(*id)) return Error{Errc::Invalid, "read operation: id is not a uuid"};
    if (!isName(device) || !isName(incarnation)) return Error{Errc::Invalid, "read operation: dev or inc"};
    if (!seq || *seq < 1) return Error{Errc::Invalid, "read operation: seq"};
    if (!hlc) return hlc.error();
    if (!isName(entity) || !isName(type)) return Error{Errc::Invalid, "read operation: entity or type"};
    if (!version || *version < 1 || *version > INT16_MAX)
        return Error{Errc::Invalid, "read operation: version"};
    if (isDependent && !isUuid(dependsOn.value_or("")))
        return Error{Errc::Invalid, "read operation: dep is not a uuid"};
    auto content = data ? data->object() : Json();
    if (content.is_null()) return Error{Errc::Invalid, "read operation: no data"};
    Operation operation;
    operation.id = *id;
    operation.device = *device;
    operation.incarnation = *incarnation;
    operation.seq = *seq;
    operation.hlc = *hlc;
    operation.entity = *entity;
    operation.type = *type;
    operation.version = static_cast<int>(*version);
    operation.dependsOn = dependsOn.value_or("");
    operation.data = std::move(content);
    return operation;
}

} // namespace silta
