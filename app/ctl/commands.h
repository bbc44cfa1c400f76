// The commands of siltactl: a table of functions, one file a group.
#pragma once

#include <silta/result.h>
#include <silta/scanner.h>

#include <functional>
#include <iostream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta::ctl {

/// Exit statuses, for scripts.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  ///< the thing asked for could not be done; words on standard error
inline constexpr int kExitUsage = 2;   ///< the command line makes no sense
inline constexpr int kExitWarning = 3; ///< doctor: nothing is broken, something will be

/// What a command needs from outside. The program fills it in; app/ itself knows no hardware.
struct CommandContext {
    std::ostream& out;
    std::ostream& err;
    bool wantsJson = false; ///< --json: one JSON line a thing instead of words
    /// Reads all codes in a picture file. Errors: those of the image loader and the decoder.
    std::function<Result<std::vector<ScannedCode>>(const std::string& path)> readPicture;
    std::istream& in = std::cin; ///< what must not stand on a command line, where any process can read it
};

struct Command {
    std::string_view name;
    std::string_view usage; ///< arguments, behind the name
    std::string_view help;  ///< one line
    int (*run)(CommandContext& context, std::span<const std::string> args);
};

/// All commands, in the order of the help text.
std::span<const Command> allCommands();

/// Runs `siltactl ARGS…` without the program's name and gives the exit status.
int runCommandLine(CommandContext& context, std::span<const std::string> args);

/// Writes "siltactl NAME: words" and gives kExitUsage.
int usageError(CommandContext& context, std::string_view name, std::string_view words);

// One a group; each in a file of its own.
int doctor(CommandContext& context, std::span<const std::string> args);         // cmd_doctor.cpp
int scan(CommandContext& context, std::span<const std::string> args);           // cmd_scan.cpp
int explain(CommandContext& context, std::span<const std::string> args);        // cmd_explain.cpp
int search(CommandContext& context, std::span<const std::string> args);         // cmd_catalog.cpp
int stock(CommandContext& context, std::span<const std::string> args);          // cmd_catalog.cpp
int status(CommandContext& context, std::span<const std::string> args);         // cmd_device.cpp
int enrol(CommandContext& context, std::span<const std::string> args);          // cmd_device.cpp
int sync(CommandContext& context, std::span<const std::string> args);           // cmd_device.cpp
int checkCatalogue(CommandContext& context, std::span<const std::string> args); // cmd_device.cpp
int newKey(CommandContext& context, std::span<const std::string> args);         // cmd_device.cpp
int outbox(CommandContext& context, std::span<const std::string> args);         // cmd_device.cpp
int diagnostics(CommandContext& context, std::span<const std::string> args);    // cmd_fleet.cpp
int wipe(CommandContext& context, std::span<const std::string> args);           // cmd_fleet.cpp
int network(CommandContext& context, std::span<const std::string> args);        // cmd_network.cpp

} // namespace silta::ctl
