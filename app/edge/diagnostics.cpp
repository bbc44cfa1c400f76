#include "edge/diagnostics.h"

#include <algorithm>
#include <array>

namespace silta {

namespace {

constexpr int kPhoneDigits = 7;
constexpr int kAddressColons = 5;

struct Shown {
    const char* object; ///< "" = of the status itself
    const char* key;
};
// Numbers, flags and words of our own.
constexpr std::array<Shown, 27> kShown = {{
    {"", "deviceId"},           {"", "enrolled"},           {"", "storeCode"},
    {"", "journalDamaged"},     {"", "generation"},         {"enrolment", "state"},
    {"hub", "reachable"},       {"hub", "lastSyncMs"},      {"hub", "lastError"},
    {"hub", "attempts"},        {"hub", "pushedBytes"},     {"hub", "pulledBytes"},
    {"hub", "picturesMissing"}, {"catalog", "catalogSeq"},  {"catalog", "stockSeq"},
    {"catalog", "products"},    {"catalog", "stores"},      {"catalog", "stockAsOf"},
    {"catalogCheck", "state"},  {"catalogCheck", "ranges"}, {"catalogCheck", "repairs"},
    {"outbox", "pending"},      {"outbox", "kept"},         {"outbox", "quarantined"},
    {"outbox", "oldestMs"},     {"time", "nowMs"},          {"time", "quality"},
}};

bool isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '+';
}

} // namespace

std::string struckOut(std::string_view line) {
    std::string words;
    while (!line.empty()) {
        const auto end = std::min(line.find(' '), line.size());
        const auto word = line.substr(0, end);
        const bool isStruck =
            word.find('@') != std::string_view::npos || std::ranges::count(word, ':') >= kAddressColons;
        words += isStruck ? std::string_view("[struck]") : word;
        if (end < line.size()) words += ' ';
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    std::string text;
    for (std::size_t at = 0; at < words.size();) {
        auto end = at;
        int digits = 0;
        while (end < words.size() && isOfNumber(words[end]))
            digits += words[end] >= '0' && words[end] <= '9' ? 1 : 0, ++end;
        if (end == at) end = at + 1;
        if (digits >= kPhoneDigits)
            text += "[struck]";
        else
            text.append(words, at, end - at);
        at = end;
    }
    return text;
}

std::string diagnosticsText(const Json& status, const UpdateMemory& update, const std::string& version,
                            const std::vector<std::string>& log) {
    Json state = Json::object();
    for (const auto& shown : kShown) {
        const bool isOwn = *shown.object == '\0';
        const auto& from = isOwn ? status : objectMember(status, shown.object);
        if (!from.is_object() || !from.contains(shown.key) || from[shown.key].is_structured()) continue;
        (isOwn ? state : state[shown.object])[shown.key] = from[shown.key];
    }
    auto lines = Json::array();
    const auto first = log.size() - std::min(log.size(), kDiagnosticLinesMax);
    for (std::size_t i = first; i < log.size(); ++i)
        lines.push_back(struckOut(std::string_view(log[i]).substr(0, kDiagnosticLineBytesMax)));
    return dumpJson({{"version", version},
                     {"update",
                      {{"state", toString(update.state)},
                       {"target", update.release ? update.release->version : ""},
                       {"why", update.why},
                       {"attempts", update.attempts}}},
                     {"state", std::move(state)},
                     {"log", std::move(lines)}});
}

} // namespace silta
