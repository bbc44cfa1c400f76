#include "hub/cmd_devices.h"

#include "hub/publisher.h"
#include "hub/session.h"

#include <fmt/format.h>

namespace silta::hub {

namespace {

constexpr std::int64_t kBudgetMax = 1'000'000'000;
constexpr int kForgetDaysDefault = 30; // longer than a device is offline without a technician
constexpr UtcMs kDayMs = 86'400'000;

} // namespace

int runDevices(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto devices = (*session)->store->devices().all();
    if (!devices) return printFailure(devices.error());
    for (const auto& device : *devices) {
        if ((*session)->options.has("--json"))
            printLine({{"id", device.id},
                       {"number", device.number},
                       {"store", device.storeCode},
                       {"revoked", device.revoked}});
        else
            fmt::print("{}  {:>5}  {}{}\n", device.id, device.number, device.storeCode,
                       device.revoked ? "  revoked" : "");
    }
    return 0;
}

int runRevoke(std::span<const std::string> args) {
    auto session = openSession(args, {"--device"});
    if (!session) return printFailure(session.error());
    const auto id = (*session)->options.value("--device");
    if (id.empty()) return printFailure({Errc::Invalid, "--device ID is missing"});
    if (auto done = (*session)->store->devices().revoke(id); !done) return printFailure(done.error());
    fmt::print(stderr, "{} is no device of this chain any more. Enrolling it again undoes this.\n", id);
    return 0;
}

int runPool(std::span<const std::string> args) {
    auto session = openSession(args, {"--id", "--budget"});
    if (!session) return printFailure(session.error());
    const auto id = (*session)->options.value("--id");
    const auto budget = (*session)->options.number("--budget", -1);
    if (!isPoolName(id))
        return printFailure(
            {Errc::Invalid, "--id: 1 to 100 of a-z, 0-9, '-', '.', '/', as in coupon/summer"});
    if (budget < 0 || budget > kBudgetMax) return printFailure({Errc::Invalid, "--budget: 0 to 1000000000"});
    if (auto done = (*session)->store->setPool(id, budget); !done) return printFailure(done.error());
    return 0;
}

int runPools(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto pools = (*session)->store->pools();
    if (!pools) return printFailure(pools.error());
    for (const auto& pool : *pools) {
        if ((*session)->options.has("--json"))
            printLine({{"id", pool.id},
                       {"budget", pool.budget},
                       {"held", pool.held},
                       {"redeemed", pool.redeemed},
                       {"flagged", pool.flagged}});
        else
            fmt::print("{}  {} rights, {} held by devices, {} redeemed, {} of those to look at\n", pool.id,
                       pool.budget, pool.held, pool.redeemed, pool.flagged);
    }
    return 0;
}

int runRecall(std::span<const std::string> args) {
    auto session = openSession(args, {"--pool"});
    if (!session) return printFailure(session.error());
    const auto pool = (*session)->options.value("--pool");
    if (pool.empty()) return printFailure({Errc::Invalid, "--pool ID is missing"});
    auto asked = (*session)->store->recall(pool);
    if (!asked) return printFailure(asked.error());
    fmt::print(stderr, "{} leases are asked for; each returns when its device has talked to the hub.\n",
               *asked);
    return 0;
}

int runWriteOff(std::span<const std::string> args) {
    auto session = openSession(args, {"--device"});
    if (!session) return printFailure(session.error());
    const auto id = (*session)->options.value("--device");
    if (id.empty()) return printFailure({Errc::Invalid, "--device ID is missing"});
    auto returned = (*session)->store->writeOff(id);
    if (!returned) return printFailure(returned.error());
    fmt::print(stderr, "{} rights returned. What the device has spent and not reported yet comes on top.\n",
               *returned);
    return 0;
}

int runReplay(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto replayed = (*session)->store->replay();
    if (!replayed) return printFailure(replayed.error());
    fmt::print("{} of {} operations that were set aside are taken now\n", replayed->taken, replayed->tried);
    return 0;
}

int runForgetChanges(std::span<const std::string> args) {
    auto session = openSession(args, {"--days"});
    if (!session) return printFailure(session.error());
    const auto days = (*session)->options.number("--days", kForgetDaysDefault);
    if (days < 1) return printFailure({Errc::Invalid, "--days: expected a number above 0"});
    auto removed = (*session)->store->forgetChangesBefore((*session)->clock.nowMs() - days * kDayMs);
    if (!removed) return printFailure(removed.error());
    fmt::print("{} changes thrown away\n", *removed);
    return 0;
}

int runPublish(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    if (!options.has("--db") || !options.has(kOperationsOption))
        return printFailure({Errc::Invalid, "--db PATH and --operations ADDRESS: both are needed"});
    auto database = Database::open(options.value("--db"), OpenMode::ReadOnly);
    if (!database) return printFailure(database.error());
    auto head = currentHead(*database);
    if (!head) return printFailure(head.error());
    if (auto done = (*session)->store->publishHead(*head); !done) return printFailure(done.error());
    return 0;
}

} // namespace silta::hub
