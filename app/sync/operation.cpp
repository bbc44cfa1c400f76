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
    const auto id = json->text("id", kOperationNameBytesMax);
    const auto device = json->text("dev", kOperationNameBytesMax);
    const auto incarnation = json->text("inc", kOperationNameBytesMax);
    const auto seq = json->integer("seq");
    const auto hlc = parseHlc(json->text("hlc", kHlcDigits).value_or(""));
    const auto entity = json->text("e", kOperationNameBytesMax);
    const auto type = json->text("t", kOperationNameBytesMax);
    const auto version = json->integer("v");
    if (!id || !isUuid(*id)) return Error{Errc::Invalid, "read operation: id is not a uuid"};
    if (!isName(device) || !isName(incarnation)) return Error{Errc::Invalid, "read operation: dev or inc"};
    if (!seq || *seq < 1) return Error{Errc::Invalid, "read operation: seq"};
    if (!hlc) return hlc.error();
    if (!isName(entity) || !isName(type)) return Error{Errc::Invalid, "read operation: entity or type"};
    if (!version || *version < 1 || *version > INT16_MAX)
        return Error{Errc::Invalid, "read operation: version"};
    const auto dependsOn = json->text("dep", kOperationNameBytesMax).value_or("");
    if (json->contains("dep") && !isUuid(dependsOn))
        return Error{Errc::Invalid, "read operation: dep is not a uuid"};
    auto data = json->object("d");
    if (data.is_null()) return Error{Errc::Invalid, "read operation: no data"};
    Operation operation;
    operation.id = *id;
    operation.device = *device;
    operation.incarnation = *incarnation;
    operation.seq = *seq;
    operation.hlc = *hlc;
    operation.entity = *entity;
    operation.type = *type;
    operation.version = static_cast<int>(*version);
    operation.dependsOn = dependsOn;
    operation.data = std::move(data);
    return operation;
}

} // namespace silta
