#include "fleet/report.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr std::size_t kSignatureBytes = 64;
constexpr int kPercentMax = 100;

constexpr std::array kStates = {"idle", "downloading", "ready", "installing", "failed", "rolled-back"};

Result<std::optional<SignedText>> signedMember(const Json& json, const char* key) {
    const auto& member = objectMember(json, key);
    if (member.is_null()) return std::optional<SignedText>();
    auto read = parseSigned(member);
    if (!read) return read.error();
    return std::optional(std::move(*read));
}

Result<std::vector<SignedText>> signedList(const Json& json, const char* key, std::size_t countMax) {
    const auto& entries = arrayMember(json, key);
    if (entries.size() > countMax) return Error{Errc::Limit, "read answer: too much in a list"};
    std::vector<SignedText> list;
    for (const auto& entry : entries) {
        auto read = parseSigned(entry);
        if (!read) return read.error();
        list.push_back(std::move(*read));
    }
    return list;
}

Result<std::vector<CommandOutcome>> parseOutcomes(const Json& json) {
    std::vector<CommandOutcome> outcomes;
    if (json.size() > kCommandsMax) return Error{Errc::Limit, "read report: too many outcomes"};
    for (const auto& entry : json) {
        CommandOutcome outcome{integerMember(entry, "number").value_or(0),
                               textMember(entry, "outcome", kWordBytesMax).value_or("")};
        if (outcome.number < 1 || !isWord(outcome.outcome))
            return Error{Errc::Invalid, "read report: an outcome is malformed"};
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

} // namespace

const char* toString(UpdateState state) {
    return kStates[static_cast<std::size_t>(state)];
}

std::optional<UpdateState> updateStateNamed(std::string_view word) {
    const auto found = std::ranges::find(kStates, word);
    if (found == kStates.end()) return std::nullopt;
    return static_cast<UpdateState>(found - kStates.begin());
}

Json toJson(const SignedText& text) {
    return {{"signed", text.text}, {"signature", toBase64(text.signature)}};
}

Result<SignedText> parseSigned(const Json& json) {
    auto text = textMember(json, "signed", kReleaseTextBytesMax);
    auto signature = fromBase64(textMember(json, "signature").value_or(""));
    if (!text || !signature || signature->size() != kSignatureBytes)
        return Error{Errc::Invalid, "read signed text: a member is missing or malformed"};
    return SignedText{std::move(*text), std::move(*signature)};
}

bool isWord(std::string_view text) {
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    return !text.empty() && text.size() <= kWordBytesMax && std::ranges::all_of(text, isAllowed);
}

Json toJson(const FleetReport& report) {
    auto done = Json::array();
    for (const auto& outcome : report.done)
        done.push_back({{"number", outcome.number}, {"outcome", outcome.outcome}});
    return {{"version", report.version},
            {"compatible", report.compatible},
            {"ills", report.ills},
            {"update",
             {{"state", toString(report.state)},
              {"target", report.target},
              {"why", report.why},
              {"percent", report.percent}}},
            {"done", std::move(done)}};
}

Result<FleetReport> parseFleetReport(const Json& json) {
    const Error malformed{Errc::Invalid, "read report: a member is missing or malformed"};
    FleetReport report;
    report.version = textMember(json, "version", kVersionBytesMax).value_or("");
    report.compatible = textMember(json, "compatible", kCompatibleBytesMax).value_or("");
    if (!isVersion(report.version) || (!report.compatible.empty() && !isCompatible(report.compatible)))
        return malformed;
    const auto& ills = arrayMember(json, "ills");
    if (ills.size() > kIllsMax) return Error{Errc::Limit, "read report: too many ills"};
    for (const auto& entry : ills) {
        if (!entry.is_string() || !isWord(entry.get_ref<const std::string&>())) return malformed;
        report.ills.push_back(entry.get<std::string>());
    }
    const auto& update = objectMember(json, "update");
    const auto state = updateStateNamed(textMember(update, "state").value_or(""));
    report.target = textMember(update, "target", kVersionBytesMax).value_or("");
    report.why = textMember(update, "why", kWordBytesMax).value_or("");
    const auto percent = integerMember(update, "percent").value_or(0);
    if (!state || (*state == UpdateState::Idle) != report.target.empty() || percent < 0 ||
        percent > kPercentMax || (!report.target.empty() && !isVersion(report.target)) ||
        (!report.why.empty() && !isWord(report.why)))
        return malformed;
    report.state = *state;
    report.percent = static_cast<int>(percent);
    auto done = parseOutcomes(arrayMember(json, "done"));
    if (!done) return done.error();
    report.done = std::move(*done);
    return report;
}

Json toJson(const FleetAnswer& answer) {
    Json json = {{"commands", Json::array()}, {"askAgainSeconds", answer.askAgainSeconds}};
    for (const auto& command : answer.commands)
        json["commands"].push_back(toJson(command));
    if (answer.release) json["release"] = toJson(*answer.release);
    if (answer.hq) json["hq"] = toJson(*answer.hq);
    for (const auto& next : answer.hqNext)
        json["hqNext"].push_back(toJson(next));
    return json;
}

Result<FleetAnswer> parseFleetAnswer(const Json& json) {
    FleetAnswer answer;
    auto release = signedMember(json, "release");
    if (!release) return release.error();
    answer.release = std::move(*release);
    auto hq = signedMember(json, "hq");
    if (!hq) return hq.error();
    answer.hq = std::move(*hq);
    auto commands = signedList(json, "commands", kCommandsMax);
    if (!commands) return commands.error();
    answer.commands = std::move(*commands);
    auto next = signedList(json, "hqNext", kHqSuccessorsMax);
    if (!next) return next.error();
    answer.hqNext = std::move(*next);
    const auto seconds = integerMember(json, "askAgainSeconds").value_or(0);
    if (seconds < 1 || seconds > kAskAgainSecondsMax)
        return Error{Errc::Invalid, "read answer: when to ask again"};
    answer.askAgainSeconds = static_cast<int>(seconds);
    return answer;
}

} // namespace silta
