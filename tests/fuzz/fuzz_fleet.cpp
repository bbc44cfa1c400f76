// What devices and hub of a fleet hear: a release, a command, keys, a report, an answer; and what
// silta-update and silta-edge say to each other. What is read can be written and read again.
#include "fleet/privileged.h"
#include "fleet/report.h"
#include "fuzz_check.h"

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto release = parseRelease(text)) {
        check(text.size() <= kReleaseTextBytesMax && release->bytes <= kBundleBytesMax);
        check(*parseRelease(toText(*release)) == *release);
        check(compareVersions(release->version, release->version) == 0);
    }
    if (const auto command = parseCommand(text)) {
        check(command->expiresMs - command->issuedMs <= kCommandLifeMsMax);
        check(*parseCommand(toText(*command)) == *command);
    }
    if (const auto keys = parseHqPublic(text)) check(*parseHqPublic(toText(*keys)) == *keys);
    if (const auto request = parseRequest(text)) check(toText(*request) == text);
    if (const auto result = parseInstallResult(text)) check(toText(*result) == text);
    const auto json = parseJson(text, kFleetBodyBytesMax);
    if (!json) return 0;
    if (const auto report = parseFleetReport(*json)) {
        check(report->ills.size() <= kIllsMax && report->done.size() <= kCommandsMax);
        check(*parseFleetReport(toJson(*report)) == *report);
    }
    if (const auto answer = parseFleetAnswer(*json)) check(*parseFleetAnswer(toJson(*answer)) == *answer);
    return 0;
}
