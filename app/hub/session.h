// What every command of silta-hub needs: its options, and the open store.
#pragma once

#include "core/json.h"
#include "hub/feed_waits.h"
#include "hub/operation_store.h"
#include "hub/options.h"

#include <silta/random.h>
#include <silta/time.h>

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace silta::hub {

struct Session {
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    /// Hints at what the command told devices, which is committed by now.
    ~Session();

    Options options;
    SystemClock clock;
    SystemRandom random;
    HubKeys keys;
    std::unique_ptr<FeedChannel> channel; ///< to the replicas; null: who serves looks at the file
    std::set<std::string> told;           ///< devices
    std::unique_ptr<OperationStore> store;
};

/// The option that names another database for operations than `--db`.
inline constexpr const char* kOperationsOption = "--operations";

/// Where operations are: `--operations`, else `--db`. Errors: Invalid (neither, or a password that every user
/// of the machine could read in the list of processes).
Result<std::string> operationsAddress(const Options& options);
/// The keys beside `--db`, or those of `--keys`.
Result<HubKeys> keysOf(const Options& options);
/// Reads `--db`, `--operations`, `--keys`, `--json` and what the command has besides.
Result<std::unique_ptr<Session>> openSession(std::span<const std::string> args,
                                             std::vector<std::string_view> valued,
                                             std::vector<std::string_view> flags = {});

/// Says what is wrong; gives the exit status.
int printFailure(const Error& error);
void printLine(const Json& json);

} // namespace silta::hub
