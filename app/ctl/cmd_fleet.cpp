// What headquarters may ask of a device, asked at the device: a bundle for them, and to forget everything.
#include "core/durable_file.h"
#include "ctl/admin_link.h"
#include "ctl/commands.h"
#include "ctl/wipe.h"
#include "fleet/run_program.h"

#include <fmt/format.h>

#include <array>

namespace silta::ctl {

namespace {

constexpr const char* kYes = "--yes-forget-everything";

int failed(CommandContext& context, const Error& error) {
    context.err << "siltactl: " << error.what << '\n';
    return kExitFailed;
}

} // namespace

int diagnostics(CommandContext& context, std::span<const std::string> args) {
    std::string sockets = kSocketFolder;
    std::string file;
    for (std::size_t i = 0; i < args.size(); i += 2) {
        auto* value = args[i] == "--sockets" ? &sockets : args[i] == "--out" ? &file : nullptr;
        if (value == nullptr) return usageError(context, "diagnostics", "no such option: " + args[i]);
        if (i + 1 == args.size()) return usageError(context, "diagnostics", args[i] + " needs a value");
        *value = args[i + 1];
    }
    AdminLink edge(sockets);
    if (file.empty()) {
        auto asked = edge.ask("POST", "/v1/diagnostics", Json::object());
        return asked ? kExitOk : failed(context, asked.error());
    }
    auto answer = edge.ask("GET", "/v1/diagnostics");
    if (!answer) return failed(context, answer.error());
    constexpr std::size_t kSealedBytesMax = 256 * 1024;
    const auto sealed = textMember(*answer, "sealed", kSealedBytesMax);
    if (!sealed) return failed(context, {Errc::Invalid, "the device gave no bundle"});
    auto written = replaceFile(file, *sealed, 0600);
    return written ? kExitOk : failed(context, written.error());
}

int wipe(CommandContext& context, std::span<const std::string> args) {
    std::string root;
    std::string systemctl = "/usr/bin/systemctl";
    bool isSure = false;
    bool restarts = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == kYes) {
            isSure = true;
        } else if (args[i] == "--restart") {
            restarts = true;
        } else if ((args[i] == "--root" || args[i] == "--systemctl") && i + 1 < args.size()) {
            (args[i] == "--root" ? root : systemctl) = args[i + 1];
            ++i;
        } else {
            return usageError(context, "wipe", "not understood: " + args[i]);
        }
    }
    if (!isSure) return usageError(context, "wipe", fmt::format("say {} if that is what you want", kYes));
    const auto tell = [&](std::vector<std::string> words) -> Result<void> {
        words.insert(words.begin(), systemctl);
        auto done = runProgram(std::move(words));
        if (!done) return done.error();
        if (!*done) return Error{Errc::Io, "wipe: systemctl failed"};
        return {};
    };
    // Who writes there would write again what has just gone. Not all of them are on every device.
    constexpr std::array kServices = {"silta-kiosk", "silta-portal", "silta-till", "silta-edge"};
    for (const auto* service : kServices)
        if (auto done = tell({"stop", fmt::format("{}.service", service)}); !done)
            context.err << "siltactl: " << service << " was not stopped\n";
    const auto wiped = wipeState(root);
    if (!wiped) return failed(context, wiped.error());
    if (context.wantsJson)
        context.out << dumpJson({{"files", wiped->files}, {"overwritten", wiped->overwritten}}) << '\n';
    else
        context.out << fmt::format("{} files are gone, {} of them overwritten before\n", wiped->files,
                                   wiped->overwritten);
    const auto done = restarts ? tell({"reboot"}) : tell({"start", "silta-edge.service"});
    return done ? kExitOk : failed(context, done.error());
}

} // namespace silta::ctl
