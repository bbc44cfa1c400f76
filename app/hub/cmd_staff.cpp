#include "hub/cmd_staff.h"

#include "hub/session.h"

#include <silta/crypto.h>
#include <silta/uuid.h>

#include <fmt/format.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace silta::hub {

namespace {

constexpr int kEventsShown = 200;
constexpr std::size_t kStoreCodeBytesMax = 64;

/// Keeps a PIN that is typed off the screen.
class SilentTerminal {
public:
    SilentTerminal() {
        if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &before_) != 0) return;
        auto silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        isSilent_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
        if (isSilent_) fmt::print(stderr, "PIN: ");
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal() {
        if (!isSilent_) return;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        fmt::print(stderr, "\n");
    }

private:
    termios before_{};
    bool isSilent_ = false;
};

/// The hash of the line on standard input. Errors: Invalid (not six to twelve digits).
Result<std::string> readPin() {
    std::string pin;
    {
        const SilentTerminal silent;
        std::getline(std::cin, pin);
    }
    if (!isPinText(pin))
        return Error{Errc::Invalid, "read pin: six to twelve digits are wanted on standard input"};
    auto hash = hashPin(pin);
    explicit_bzero(pin.data(), pin.size());
    return hash;
}

Result<std::string> badgeOf(const Options& options) {
    auto badge = normalizeBadge(options.value("--badge"));
    if (badge.empty())
        return Error{Errc::Invalid, "--badge CODE is missing, or not 4 to 64 letters, digits and hyphens"};
    return badge;
}

/// "FI-HEL-01,FI-TMP-01", each once.
Result<std::vector<std::string>> storesOf(const std::string& text) {
    std::vector<std::string> stores;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(',', at), text.size());
        auto store = text.substr(at, end - at);
        at = end + 1;
        if (store.empty() || store.size() > kStoreCodeBytesMax)
            return Error{Errc::Invalid, "--store CODE[,CODE …] is missing or malformed"};
        if (std::ranges::find(stores, store) == stores.end()) stores.push_back(std::move(store));
    }
    return stores;
}

Result<void> add(Session& session) {
    const auto& options = session.options;
    auto badge = badgeOf(options);
    if (!badge) return badge.error();
    const auto name = options.value("--name");
    if (name.empty() || name.size() > kStaffNameBytesMax)
        return Error{Errc::Invalid, "--name NAME is missing, or longer than 80 bytes"};
    const auto role = staffRoleNamed(options.value("--role"));
    if (!role) return Error{Errc::Invalid, "--role is cashier or supervisor"};
    auto stores = storesOf(options.value("--store"));
    if (!stores) return stores.error();
    auto hash = readPin();
    if (!hash) return hash.error();
    const Staff staff{makeUuid(session.clock, session.random), *badge, name, *role, *hash, true};
    if (auto read = parseStaff(toJson(staff)); !read) return read.error();
    return session.store->addStaff(staff, *stores);
}

Result<void> list(Session& session) {
    auto rows = session.store->staff();
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        const auto* role = toString(row.staff.role);
        if (session.options.has("--json"))
            printLine({{"id", row.staff.id},
                       {"badge", row.staff.badge},
                       {"name", row.staff.name},
                       {"role", role},
                       {"active", row.staff.active},
                       {"stores", row.stores}});
        else
            fmt::print("{:<16}  {:<10}  {:<8}  {}  {}\n", row.staff.badge, role,
                       row.staff.active ? "active" : "disabled", row.staff.name, fmt::join(row.stores, ","));
    }
    return {};
}

Result<void> showLog(Session& session) {
    auto rows = session.store->staffEvents(kEventsShown);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        if (session.options.has("--json"))
            printLine({{"staff", row.staffId},
                       {"badge", row.badge},
                       {"name", row.name},
                       {"store", row.storeCode},
                       {"device", row.device},
                       {"action", row.action},
                       {"atMs", row.atMs}});
        else
            fmt::print("{}  {}  {:<8}  {}  {}\n", row.atMs, row.storeCode, row.action,
                       row.badge.empty() ? row.staffId : row.badge, row.name);
    }
    return {};
}

Result<void> setActive(Session& session, bool active) {
    auto badge = badgeOf(session.options);
    return badge ? session.store->setStaffActive(*badge, active) : badge.error();
}

Result<void> resetPin(Session& session) {
    auto badge = badgeOf(session.options);
    if (!badge) return badge.error();
    auto hash = readPin();
    return hash ? session.store->setStaffPin(*badge, *hash) : hash.error();
}

Result<void> act(const std::string& what, Session& session) {
    if (what == "add") return add(session);
    if (what == "list") return list(session);
    if (what == "log") return showLog(session);
    if (what == "disable") return setActive(session, false);
    if (what == "enable") return setActive(session, true);
    if (what == "reset-pin") return resetPin(session);
    return Error{Errc::Invalid, "staff: add, list, log, disable, enable or reset-pin"};
}

} // namespace

int runStaff(std::span<const std::string> args) {
    if (args.empty())
        return printFailure({Errc::Invalid, "staff: add, list, log, disable, enable or reset-pin"});
    auto session = openSession(args.subspan(1), {"--badge", "--name", "--role", "--store"});
    if (!session) return printFailure(session.error());
    auto done = act(args[0], **session);
    return done ? 0 : printFailure(done.error());
}

} // namespace silta::hub
