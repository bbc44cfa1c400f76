// Commands that ask silta-edge over its admin socket.
#include "ctl/admin_link.h"
#include "ctl/commands.h"

#include <silta/scan.h>
#include <silta/time.h>

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>
#include <thread>

namespace silta::ctl {

namespace {

constexpr int kWaitTurns =
    150; // 30 s: a first catalogue over a shop's line may take longer, the answer does not
constexpr auto kTurn = std::chrono::milliseconds(200);
constexpr std::size_t kCodeBytesMax = 1'024; // of a QR code with the hub's address in it

struct DeviceOptions {
    std::string socketFolder = kSocketFolder;
    std::string hubUrl;
    std::string word;
};

std::optional<std::string> parseDeviceOptions(std::span<const std::string> args, DeviceOptions& options) {
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "--sockets" || args[i] == "--hub") {
            if (i + 1 == args.size()) return args[i] + " needs a value";
            (args[i] == "--hub" ? options.hubUrl : options.socketFolder) = args[i + 1];
            ++i;
        } else if (args[i].starts_with("--")) {
            return "no such option: " + args[i];
        } else if (!options.word.empty()) {
            return "one argument is enough: " + args[i];
        } else {
            options.word = args[i];
        }
    }
    return std::nullopt;
}

int fail(CommandContext& context, const Error& error) {
    context.err << "siltactl: " << error.what << '\n';
    return kExitFailed;
}

std::string ageInWords(std::int64_t sinceMs) {
    const auto seconds = std::max<std::int64_t>((SystemClock().nowMs() - sinceMs) / 1000, 0);
    if (seconds < 120) return fmt::format("{} s ago", seconds);
    if (seconds < 2 * 3'600) return fmt::format("{} min ago", seconds / 60);
    if (seconds < 2 * 86'400) return fmt::format("{} h ago", seconds / 3'600);
    return fmt::format("{} days ago", seconds / 86'400);
}

void writeStatus(std::ostream& out, const Json& status) {
    const auto text = [](const Json& object, const char* key) {
        return textMember(object, key).value_or("-");
    };
    const auto number = [](const Json& object, const char* key) {
        return integerMember(object, key).value_or(0);
    };
    const auto& hub = objectMember(status, "hub");
    const auto& catalog = objectMember(status, "catalog");
    const auto& outbox = objectMember(status, "outbox");
    const bool isEnrolled = boolMember(status, "enrolled").value_or(false);
    out << fmt::format("device     {}\n", text(status, "deviceId"));
    out << (isEnrolled
                ? fmt::format("store      {} ({})\n", text(status, "storeName"), text(status, "storeCode"))
                : "store      not enrolled yet; give it a code with: siltactl enrol CODE\n");
    const auto lastSync = number(hub, "lastSyncMs");
    out << fmt::format("hub        {}, {}{}\n", text(hub, "url"),
                       boolMember(hub, "reachable").value_or(false) ? "reached" : "not reached",
                       lastSync > 0 ? ", last " + ageInWords(lastSync) : "");
    if (catalog.is_null()) {
        out << "catalogue  none has arrived yet\n";
    } else {
        out << fmt::format("catalogue  {} products, {} stores, stock {}\n", number(catalog, "products"),
                           number(catalog, "stores"), ageInWords(number(catalog, "stockAsOf")));
    }
    const auto& check = objectMember(status, "catalogCheck");
    if (text(check, "state") == "reading")
        out << "           being compared with the hub's\n";
    else if (text(check, "state") == "differs")
        out << fmt::format("           DIFFERS from the hub's in {} ranges, {}; fetched anew {} times\n",
                           number(check, "ranges"), ageInWords(number(check, "checkedMs")),
                           number(check, "repairs"));
    else if (number(check, "checkedMs") > 0)
        out << fmt::format("           as the hub's, {}; fetched anew {} times\n",
                           ageInWords(number(check, "checkedMs")), number(check, "repairs"));
    out << fmt::format("outbox     {} waiting, {} refused by the hub\n", number(outbox, "pending"),
                       number(outbox, "quarantined"));
    const auto& usage = objectMember(status, "usage");
    for (const char* day : {"today", "yesterday"}) {
        const auto& bytes = objectMember(usage, day);
        out << fmt::format("{:<11}{} bytes sent, {} fetched, {} written to disk\n", day,
                           number(bytes, "pushed"), number(bytes, "pulled"), number(bytes, "written"));
    }
    if (textMember(objectMember(status, "time"), "quality") == "estimated")
        out << "time       not confirmed by the hub since the start\n";
    if (boolMember(status, "journalDamaged").value_or(false))
        out << "journal    WAS DAMAGED at the last start; what could be read was kept. Check the card.\n";
}

int report(CommandContext& context, const Json& status) {
    if (context.wantsJson) {
        context.out << dumpJson(status) << '\n';
    } else {
        writeStatus(context.out, status);
    }
    return kExitOk;
}

/// The first line. Errors: Invalid (there is none, or it is longer than any code).
Result<std::string> readLine(std::istream& in) {
    std::array<char, kCodeBytesMax + 1> line{};
    in.getline(line.data(), line.size());
    std::string text(line.data());
    if (text.empty() || (in.fail() && !in.eof()))
        return Error{Errc::Invalid, "read the code from standard input: there is none"};
    return text;
}

/// Asks for the status until `isDone` says so. Errors: Unavailable when it takes too long.
template <class IsDone>
Result<Json> waitFor(AdminLink& edge, IsDone isDone) {
    for (int turn = 0; turn < kWaitTurns; ++turn) {
        auto status = edge.ask("GET", "/v1/status");
        if (!status || isDone(*status)) return status;
        std::this_thread::sleep_for(kTurn);
    }
    return Error{Errc::Unavailable, "no answer from the hub within 30 s; it goes on trying"};
}

} // namespace

int status(CommandContext& context, std::span<const std::string> args) {
    DeviceOptions options;
    if (const auto wrong = parseDeviceOptions(args, options)) return usageError(context, "status", *wrong);
    if (!options.word.empty()) return usageError(context, "status", "no argument is needed");
    auto answer = AdminLink(options.socketFolder).ask("GET", "/v1/status");
    return answer ? report(context, *answer) : fail(context, answer.error());
}

int enrol(CommandContext& context, std::span<const std::string> args) {
    DeviceOptions options;
    if (const auto wrong = parseDeviceOptions(args, options)) return usageError(context, "enrol", *wrong);
    if (options.word.empty()) return usageError(context, "enrol", "CODE is missing");
    if (options.word == "-") {
        auto line = readLine(context.in);
        if (!line) return fail(context, line.error());
        options.word = *line;
    }
    // What a QR code holds, or a code as somebody read it over the phone; the hub judges everything else.
    const auto meaning = explain({Symbology::Unknown, {}, options.word, "terminal"}, ChainCodes{});
    std::string hubKey;
    if (meaning.kind == MeaningKind::Enrolment) {
        options.word = meaning.enrolmentCode;
        if (options.hubUrl.empty()) options.hubUrl = meaning.hubUrl;
        hubKey = meaning.hubKey;
    }
    AdminLink edge(options.socketFolder);
    auto asked = edge.ask("POST", "/v1/enrol",
                          {{"code", options.word}, {"hubUrl", options.hubUrl}, {"hubKey", hubKey}});
    if (!asked) return fail(context, asked.error());
    const auto stateOf = [](const Json& status) {
        return textMember(objectMember(status, "enrolment"), "state").value_or("");
    };
    auto answer = waitFor(edge, [&stateOf](const Json& status) { return stateOf(status) != "working"; });
    if (!answer) return fail(context, answer.error());
    if (stateOf(*answer) == "done") return report(context, *answer);
    const auto& enrolment = objectMember(*answer, "enrolment");
    return fail(context, {Errc::Denied, textMember(enrolment, "error").value_or("refused")});
}

namespace {

bool isAnything(const Json& /*status*/) {
    return true;
}

/// Posts to `route`, which makes the device talk to the hub, and tells how that went once `isDone`.
int talk(CommandContext& context, std::span<const std::string> args, const char* name, const char* route,
         bool (*isDone)(const Json& status) = isAnything) {
    DeviceOptions options;
    if (const auto wrong = parseDeviceOptions(args, options)) return usageError(context, name, *wrong);
    AdminLink edge(options.socketFolder);
    auto before = edge.ask("GET", "/v1/status");
    if (!before) return fail(context, before.error());
    if (!boolMember(*before, "enrolled").value_or(false))
        return fail(context, {Errc::Unavailable, "this device is not enrolled yet"});
    const auto attemptsOf = [](const Json& status) {
        return integerMember(objectMember(status, "hub"), "attempts").value_or(0);
    };
    if (auto asked = edge.ask("POST", route, Json::object()); !asked) return fail(context, asked.error());
    const auto attempts = attemptsOf(*before);
    auto answer = waitFor(edge, [&](const Json& status) { return attemptsOf(status) > attempts; });
    if (!answer) return fail(context, answer.error());
    const auto& hub = objectMember(*answer, "hub");
    if (!boolMember(hub, "reachable").value_or(false)) {
        return fail(context, {Errc::Unavailable,
                              fmt::format("the hub was not reached ({}); nothing is lost, it goes on trying",
                                          textMember(hub, "lastError").value_or("no answer"))});
    }
    if (!isDone(*answer))
        if (auto later = waitFor(edge, isDone))
            answer = std::move(later); // else it tells that it still works
    return report(context, *answer);
}

} // namespace

int sync(CommandContext& context, std::span<const std::string> args) {
    return talk(context, args, "sync", "/v1/sync");
}

int checkCatalogue(CommandContext& context, std::span<const std::string> args) {
    return talk(context, args, "check-catalogue", "/v1/catalog/check", [](const Json& status) {
        return textMember(objectMember(status, "catalogCheck"), "state") != "reading";
    });
}

int newKey(CommandContext& context, std::span<const std::string> args) {
    return talk(context, args, "new-key", "/v1/key");
}

int outbox(CommandContext& context, std::span<const std::string> args) {
    DeviceOptions options;
    if (const auto wrong = parseDeviceOptions(args, options)) return usageError(context, "outbox", *wrong);
    auto answer = AdminLink(options.socketFolder).ask("GET", "/v1/outbox");
    if (!answer) return fail(context, answer.error());
    const auto& operations = arrayMember(*answer, "operations");
    for (const auto& operation : operations) {
        if (context.wantsJson) {
            context.out << dumpJson(operation) << '\n';
            continue;
        }
        context.out << fmt::format(
            "{:>6}  {:<12} {:<16} {}  {}\n", integerMember(operation, "seq").value_or(0),
            textMember(operation, "state").value_or(""), textMember(operation, "type").value_or(""),
            textMember(operation, "id").value_or(""),
            ageInWords(integerMember(operation, "createdMs").value_or(0)));
    }
    if (!context.wantsJson && operations.empty()) context.out << "nothing waits\n";
    return kExitOk;
}

} // namespace silta::ctl
