// Commands to devices, and what they send back.
#include "hub/fleet_registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace silta::hub {

Result<std::int64_t> FleetRegistry::nextCommandNumber() const {
    auto query = database_.prepare("SELECT coalesce(max(number), 0) FROM fleet_command");
    if (!query) return query.error();
    auto row = query->step();
    if (!row) return row.error();
    // Also where the hub is a copy that has forgotten the last ones: devices have not.
    return std::max(query->integer(0) + 1, clock_.nowMs());
}

Result<void> FleetRegistry::addCommand(const SignedText& command, const std::string& who) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    const std::array<std::string, 1> names = {"fleet"};
    if (auto done = database_.lockNames(names); !done) return done;
    auto keys = hq();
    if (!keys) return keys.error();
    auto next = nextCommandNumber();
    if (!next) return next.error();
    auto read = parseCommand(command.text);
    if (!read) return read.error();
    auto device = database_.prepare("SELECT 1 FROM device WHERE id = ? AND revoked = 0");
    if (!device) return device.error();
    auto isKnown = device->bind(0, read->device).step();
    if (!isKnown) return isKnown.error();
    if (!*isKnown) return Error{Errc::NotFound, "command device: there is none of that name"};
    const CommandJudge judge{keys->sign, read->device, read->number - 1, clock_.nowMs()};
    if (auto opened = openCommand(command, judge); !opened) return opened.error();
    auto open = commandsFor(read->device);
    if (!open) return open.error();
    if (open->size() >= kCommandsMax)
        return Error{Errc::Limit, "command device: it has not done what it was told before"};
    auto insert = database_.prepare(
        "INSERT INTO fleet_command(number, device, record, signature, expires_ms) VALUES(?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->bind(0, read->number).bind(1, read->device).bind(2, command.text);
    insert->bindBlob(3, command.signature).bind(4, read->expiresMs);
    if (auto done = insert->run(); !done) return done;
    if (auto done = note(who, silta::toString(read->kind), read->device, std::to_string(read->number)); !done)
        return done;
    return transaction->commit();
}

Result<std::vector<SignedText>> FleetRegistry::commandsFor(const std::string& device) const {
    auto query = database_.prepare("SELECT record, signature FROM fleet_command WHERE device = ? AND "
                                   "outcome = '' AND expires_ms > ? ORDER BY number");
    if (!query) return query.error();
    query->bind(0, device).bind(1, clock_.nowMs());
    std::vector<SignedText> commands;
    for (;;) {
        auto row = query->step();
        if (!row) return row.error();
        if (!*row) return commands;
        commands.push_back({query->string(0), std::string(query->blob(1))});
    }
}

Result<void> FleetRegistry::noteOutcomes(const std::string& device,
                                         const std::vector<CommandOutcome>& outcomes) {
    for (const auto& outcome : outcomes) {
        auto update = database_.prepare(
            "UPDATE fleet_command SET outcome = ? WHERE number = ? AND device = ? AND outcome = ''");
        if (!update) return update.error();
        if (auto done = update->bind(0, outcome.outcome).bind(1, outcome.number).bind(2, device).run(); !done)
            return done;
        if (database_.changes() == 0) continue; // told before, or never ordered
        const auto detail = fmt::format("{} {}", outcome.number, outcome.outcome);
        if (auto done = note(device, "command", device, detail); !done) return done;
    }
    return {};
}

Result<void> FleetRegistry::keepDiagnostics(const std::string& device, std::string_view sealed) {
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto insert =
        database_.prepare("INSERT INTO fleet_diagnostics(device, received_ms, sealed) VALUES(?, ?, ?)");
    if (!insert) return insert.error();
    if (auto done = insert->bind(0, device).bind(1, clock_.nowMs()).bindBlob(2, sealed).run(); !done)
        return done;
    auto forget =
        database_.prepare("DELETE FROM fleet_diagnostics WHERE device = ?1 AND row NOT IN "
                          "(SELECT row FROM fleet_diagnostics WHERE device = ?1 ORDER BY row DESC LIMIT ?2)");
    if (!forget) return forget.error();
    if (auto done = forget->bind(0, device).bind(1, kDiagnosticsKept).run(); !done) return done;
    if (auto done = note(device, "diagnostics", device, fmt::format("{} bytes", sealed.size())); !done)
        return done;
    return transaction->commit();
}

Result<std::string> FleetRegistry::diagnostics(const std::string& device) const {
    auto query =
        database_.prepare("SELECT sealed FROM fleet_diagnostics WHERE device = ? ORDER BY row DESC LIMIT 1");
    if (!query) return query.error();
    auto row = query->bind(0, device).step();
    if (!row) return row.error();
    if (!*row) return Error{Errc::NotFound, "read diagnostics: the device has sent none"};
    return std::string(query->blob(0));
}

} // namespace silta::hub
