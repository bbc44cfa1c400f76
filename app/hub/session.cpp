#include "hub/session.h"

#include "hub/postgres_channel.h"
#include "hub/postgres_engine.h"

#include <fmt/format.h>

#include <cstdio>

namespace silta::hub {

Session::~Session() {
    if (channel && !told.empty()) channel->tell(told);
}

Result<std::string> operationsAddress(const Options& options) {
    if (!options.has(kOperationsOption)) {
        if (!options.has("--db")) return Error{Errc::Invalid, "--db PATH is missing"};
        return options.value("--db");
    }
    auto address = options.value(kOperationsOption);
    if (!isPostgresAddress(address))
        return Error{Errc::Invalid,
                     "--operations wants an address as in postgresql://silta@db.example/silta"};
    const auto userEnd = address.find('@');
    const auto scheme = address.find("://") + 3;
    const auto colon = address.find(':', scheme);
    const bool hasPassword =
        (userEnd != std::string::npos && colon < userEnd) || address.find("password=") != std::string::npos;
    if (hasPassword)
        return Error{Errc::Invalid,
                     "--operations: put the password into a pgpass file; anybody can read a command line"};
    return address;
}

Result<HubKeys> keysOf(const Options& options) {
    const auto path = options.value("--keys", options.value("--db") + ".keys");
    if (path == ".keys") return Error{Errc::Invalid, "--keys FILE or --db PATH is missing"};
    return loadOrMakeHubKeys(path);
}

Result<std::unique_ptr<Session>> openSession(std::span<const std::string> args,
                                             std::vector<std::string_view> valued,
                                             std::vector<std::string_view> flags) {
    valued.insert(valued.end(), {"--db", kOperationsOption, "--keys"});
    flags.emplace_back("--json");
    auto options = Options::parse(args, valued, flags);
    if (!options) return options.error();
    auto session = std::make_unique<Session>();
    session->options = std::move(*options);
    auto where = operationsAddress(session->options);
    if (!where) return where.error();
    auto keys = keysOf(session->options);
    if (!keys) return keys.error();
    session->keys = std::move(*keys);
    auto store = OperationStore::open(*where, session->keys, session->clock, session->random);
    if (!store) return store.error();
    session->store = std::move(*store);
    if (isPostgresAddress(*where)) {
        session->channel = makePostgresChannel(*where, session->clock);
        session->store->setOnTold([&told = session->told](std::string_view device) { told.emplace(device); });
    }
    return session;
}

int printFailure(const Error& error) {
    fmt::print(stderr, "silta-hub: {}\n", error.what);
    return error.code == Errc::Invalid ? 2 : 1;
}

void printLine(const Json& json) {
    fmt::print("{}\n", dumpJson(json));
}

} // namespace silta::hub
