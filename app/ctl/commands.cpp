#include "ctl/commands.h"

#include <algorithm>
#include <array>

namespace silta::ctl {

namespace {

constexpr std::array kCommands = {
    Command{"status", "[--sockets DIR]", "tell how this device is doing", status},
    Command{"enrol", "[--sockets DIR] [--hub URL] CODE|-",
            "make this device part of a chain; -: the code comes on standard input", enrol},
    Command{"sync", "[--sockets DIR]", "talk to the hub now, and tell how it went", sync},
    Command{"check-catalogue", "[--sockets DIR]",
            "compare the catalogue with the hub's digest now, as every night", checkCatalogue},
    Command{"new-key", "[--sockets DIR]", "replace the device's key, as after a repair", newKey},
    Command{"diagnostics", "[--sockets DIR] [--out FILE]",
            "send headquarters a sealed bundle of state and log, or write it to a file", diagnostics},
    Command{"wipe", "--yes-forget-everything [--restart] [--root DIR] [--systemctl PATH]",
            "forget keys, journal, catalogue, logs and networks; the device has to be enrolled again", wipe},
    Command{"outbox", "[--sockets DIR]", "list what still has to reach the hub", outbox},
    Command{"doctor", "[--sockets DIR] [--qr] [--metrics FILE]",
            "say in words what is wrong with this device, and what to do", doctor},
    Command{"scan", "FILE...", "read the barcodes in picture files", scan},
    Command{"explain", "[--symbology NAME] [--codes FILE] [--country XX] CODE...",
            "say what a scanned code means", explain},
    Command{"search", "[--catalog FILE | --state DIR] [--lang xx] [--limit N] [--store CODE] WORD...",
            "find products in the device's catalogue, as the kiosk does", search},
    Command{"stock", "[--catalog FILE | --state DIR] [--store CODE] GTIN|SKU",
            "list the stock of one item in all stores, nearest to --store first", stock},
    Command{"network", "check CONFIG | render CONFIG --to FOLDER",
            "check the guest network's configuration, or write what its programs read", network},
};

void writeHelp(std::ostream& out) {
    out << "usage: siltactl [--json] COMMAND [ARGUMENTS]\n\ncommands:\n";
    for (const auto& command : allCommands()) {
        out << "  " << command.name << ' ' << command.usage << "\n      " << command.help << '\n';
    }
    out << "\noptions:\n  --json   one JSON object a line\n  --help   this text, or that of a command\n\n"
           "exit status: 0 done, 1 failed, 2 wrong usage; of doctor 1 for a fault, 3 for a warning\n";
}

void writeHelp(std::ostream& out, const Command& command) {
    out << "usage: siltactl " << command.name << ' ' << command.usage << "\n" << command.help << '\n';
}

} // namespace

std::span<const Command> allCommands() {
    return kCommands;
}

int usageError(CommandContext& context, std::string_view name, std::string_view words) {
    context.err << "siltactl" << (name.empty() ? "" : " ") << name << ": " << words << '\n';
    return kExitUsage;
}

int runCommandLine(CommandContext& context, std::span<const std::string> args) {
    // --json and --help count wherever they stand, up to a lone "--", behind which everything is an argument.
    std::vector<std::string> rest;
    bool wantsHelp = false;
    bool isLiteral = false;
    for (const auto& arg : args) {
        if (isLiteral)
            rest.push_back(arg);
        else if (arg == "--json")
            context.wantsJson = true;
        else if (arg == "--help" || arg == "-h")
            wantsHelp = true;
        else
            rest.push_back(arg);
        isLiteral = isLiteral || arg == "--";
    }
    if (rest.empty() || rest.front() == "--") {
        writeHelp(wantsHelp ? context.out : context.err);
        return wantsHelp ? kExitOk : kExitUsage;
    }
    const auto name = rest.front();
    const auto commands = allCommands();
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [&](const Command& each) { return each.name == name; });
    if (found == commands.end()) {
        usageError(context, "", "no such command: " + name);
        context.err << "try: siltactl --help\n";
        return kExitUsage;
    }
    if (wantsHelp) {
        writeHelp(context.out, *found);
        return kExitOk;
    }
    return found->run(context, std::span<const std::string>(rest).subspan(1));
}

} // namespace silta::ctl
