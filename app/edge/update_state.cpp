#include "edge/update_state.h"

#include "core/durable_file.h"

namespace silta {

namespace {

constexpr std::size_t kMemoryBytesMax = 16 * 1024;

std::string memoryFile(const std::string& folder) {
    return folder + "/memory";
}

} // namespace

UpdateMemory loadUpdateMemory(const std::string& folder) {
    UpdateMemory memory;
    const auto text = readFile(memoryFile(folder));
    const auto json = text ? parseJson(*text, kMemoryBytesMax) : Result<Json>(Error{Errc::NotFound, ""});
    if (!json) return memory;
    const auto member = [&json](const char* key, std::size_t bytesMax) {
        return textMember(*json, key, bytesMax).value_or("");
    };
    memory.state = updateStateNamed(member("state", kWordBytesMax)).value_or(UpdateState::Idle);
    if (auto release = parseRelease(member("release", kReleaseTextBytesMax))) memory.release = *release;
    if (!memory.release) memory.state = UpdateState::Idle;
    memory.why = member("why", kWordBytesMax);
    memory.wholeBundle = member("wholeBundle", kVersionBytesMax);
    memory.isInstalled = boolMember(*json, "isInstalled").value_or(false);
    memory.attempts = static_cast<int>(integerMember(*json, "attempts").value_or(0));
    if (auto hq = parseHqPublic(member("hq", kHqTextBytesMax))) memory.hq = *hq;
    memory.lastCommand = integerMember(*json, "lastCommand").value_or(0);
    for (const auto& entry : arrayMember(*json, "done"))
        memory.done.push_back({integerMember(entry, "number").value_or(0),
                               textMember(entry, "outcome", kWordBytesMax).value_or("")});
    return memory;
}

Result<void> saveUpdateMemory(const std::string& folder, const UpdateMemory& memory) {
    auto done = Json::array();
    for (const auto& outcome : memory.done)
        done.push_back({{"number", outcome.number}, {"outcome", outcome.outcome}});
    const Json json = {{"state", toString(memory.state)},
                       {"release", memory.release ? toText(*memory.release) : ""},
                       {"why", memory.why},
                       {"wholeBundle", memory.wholeBundle},
                       {"isInstalled", memory.isInstalled},
                       {"attempts", memory.attempts},
                       {"hq", memory.hq ? toText(*memory.hq) : ""},
                       {"lastCommand", memory.lastCommand},
                       {"done", std::move(done)}};
    return replaceFile(memoryFile(folder), dumpJson(json), 0600);
}

} // namespace silta
