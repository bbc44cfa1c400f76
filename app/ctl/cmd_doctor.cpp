// siltactl doctor: the findings as words, as JSON, as a code to photograph, or for a monitoring agent.
#include "core/durable_file.h"
#include "ctl/admin_link.h"
#include "ctl/commands.h"
#include "ctl/doctor/doctor.h"

#include <fmt/format.h>
#include <qrcodegen/qrcodegen.hpp>

#include <optional>

namespace silta::ctl {

namespace {

struct DoctorOptions {
    std::string socketFolder = kSocketFolder;
    std::string metricsFile;
    bool asQr = false;
};

std::optional<std::string> parse(std::span<const std::string> args, DoctorOptions& options) {
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "--qr") {
            options.asQr = true;
        } else if (args[i] == "--sockets" || args[i] == "--metrics") {
            if (i + 1 == args.size()) return args[i] + " needs a value";
            (args[i] == "--metrics" ? options.metricsFile : options.socketFolder) = args[i + 1];
            ++i;
        } else {
            return "no such option: " + args[i];
        }
    }
    return std::nullopt;
}

void writeWords(std::ostream& out, const std::vector<Finding>& findings) {
    for (const auto& finding : findings) {
        out << fmt::format("{:<12} {:<8} {}\n", finding.code, toString(finding.severity), finding.words);
        if (!finding.advice.empty()) out << fmt::format("{:<12} {:<8} -> {}\n", "", "", finding.advice);
    }
    const auto worst = worstOf(findings);
    out << (worst == Severity::Fault     ? "\nSomething is broken: begin with the first FAULT.\n"
            : worst == Severity::Warning ? "\nNothing is broken. Something wants looking at.\n"
                                         : "\nAll is well.\n");
}

void writeJson(std::ostream& out, const std::vector<Finding>& findings) {
    for (const auto& finding : findings) {
        const char* severity = finding.severity == Severity::Fault ? "fault" : toString(finding.severity);
        out << dumpJson({{"code", finding.code},
                         {"severity", severity},
                         {"words", finding.words},
                         {"advice", finding.advice}})
            << '\n';
    }
}

/// Two rows of modules in a row of text, light on dark terminals, with the quiet zone that readers need.
void writeQr(std::ostream& out, const std::string& text) {
    using qrcodegen::QrCode;
    constexpr int kQuietModules = 2; // with a dark line around it a phone needs no more
    const auto code = QrCode::encodeText(text.c_str(), QrCode::Ecc::LOW);
    const auto isLight = [&](int x, int y) { return !code.getModule(x, y); };
    for (int y = -kQuietModules; y < code.getSize() + kQuietModules; y += 2) {
        for (int x = -kQuietModules; x < code.getSize() + kQuietModules; ++x) {
            const bool above = isLight(x, y);
            const bool below = isLight(x, y + 1);
            out << (above && below ? "\u2588" : above ? "\u2580" : below ? "\u2584" : " ");
        }
        out << '\n';
    }
    out << text << '\n';
}

} // namespace

int doctor(CommandContext& context, std::span<const std::string> args) {
    DoctorOptions options;
    if (const auto wrong = parse(args, options)) return usageError(context, "doctor", *wrong);
    const auto surroundings = thisMachine(options.socketFolder);
    const auto findings = examine(surroundings);
    if (!options.metricsFile.empty()) {
        if (auto done = replaceFile(options.metricsFile, metricsOf(findings), 0644); !done) {
            context.err << "siltactl doctor: " << done.error().what << '\n';
            return kExitFailed;
        }
    } else if (options.asQr) {
        const auto status = surroundings.edgeStatus();
        const auto id = status ? textMember(*status, "deviceId").value_or("") : "";
        writeQr(context.out, summaryOf(findings, id, surroundings.nowMs));
    } else if (context.wantsJson) {
        writeJson(context.out, findings);
    } else {
        writeWords(context.out, findings);
    }
    const auto worst = worstOf(findings);
    return worst == Severity::Fault ? kExitFailed : worst == Severity::Warning ? kExitWarning : kExitOk;
}

} // namespace silta::ctl
