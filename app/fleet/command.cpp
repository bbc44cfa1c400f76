#include "fleet/command.h"

#include "core/json.h"

#include <silta/crypto.h>

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kDeviceBytesMax = 64;
constexpr UtcMs kAheadMsMax = 3'600'000; // a device's clock may be behind by so much and still obey

struct Word {
    CommandKind kind;
    const char* word;
};
constexpr std::array<Word, 4> kWords = {{{CommandKind::Restart, "restart"},
                                         {CommandKind::Resync, "resync"},
                                         {CommandKind::Diagnostics, "diagnostics"},
                                         {CommandKind::FactoryReset, "factory-reset"}}};

} // namespace

const char* toString(CommandKind kind) {
    return std::ranges::find(kWords, kind, &Word::kind)->word;
}

std::optional<CommandKind> commandNamed(std::string_view word) {
    const auto found = std::ranges::find_if(kWords, [word](const Word& known) { return word == known.word; });
    if (found == kWords.end()) return std::nullopt;
    return found->kind;
}

std::string toText(const FleetCommand& command) {
    return dumpJson({{"number", command.number},
                     {"device", command.device},
                     {"do", toString(command.kind)},
                     {"issuedMs", command.issuedMs},
                     {"expiresMs", command.expiresMs}});
}

Result<FleetCommand> parseCommand(std::string_view text) {
    auto json = parseJson(text, kCommandTextBytesMax);
    if (!json) return json.error();
    const auto kind = commandNamed(textMember(*json, "do").value_or(""));
    FleetCommand command{integerMember(*json, "number").value_or(0),
                         textMember(*json, "device", kDeviceBytesMax).value_or(""),
                         kind.value_or(CommandKind::Resync), integerMember(*json, "issuedMs").value_or(0),
                         integerMember(*json, "expiresMs").value_or(0)};
    if (!kind || command.number < 1 || command.device.empty() || command.issuedMs < 1 ||
        command.expiresMs <= command.issuedMs)
        return Error{Errc::Invalid, "read command: a member is missing or malformed"};
    if (command.expiresMs - command.issuedMs > kCommandLifeMsMax)
        return Error{Errc::Limit, "read command: it would be good for too long"};
    return command;
}

std::string commandToSign(std::string_view text) {
    return "silta-command:" + std::string(text);
}

Result<FleetCommand> openCommand(const SignedText& command, const CommandJudge& judge) {
    if (!verify(commandToSign(command.text), command.signature, judge.publicKey))
        return Error{Errc::Denied, "obey command: headquarters has not signed it"};
    auto read = parseCommand(command.text);
    if (!read) return read;
    if (read->device != judge.device) return Error{Errc::Denied, "obey command: it is for another device"};
    if (read->number <= judge.lastNumber)
        return Error{Errc::Conflict, "obey command: it, or a later one, has been done"};
    if (judge.nowMs >= read->expiresMs || read->issuedMs - judge.nowMs > kAheadMsMax)
        return Error{Errc::Unavailable, "obey command: its time is over, or has not come"};
    return read;
}

} // namespace silta
