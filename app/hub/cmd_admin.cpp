#include "hub/cmd_admin.h"

#include "hub/catalog_store.h"
#include "hub/cmd_import.h"
#include "hub/publisher.h"
#include "hub/session.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace silta::hub {

namespace {

constexpr int kEnrolHoursDefault = 24;
constexpr int kEnrolHoursMax = 24 * 30;
constexpr int kEnrolCodesMax = 500; // a bench flashes fifty in a day
constexpr int kOperationsShown = 1'000;

Json toJson(const MemberRow& member) {
    return {{"id", member.id},
            {"number", member.number},
            {"aliases", member.aliases},
            {"store", member.storeCode},
            {"lang", member.lang},
            {"wishlist", member.wishlistId},
            {"createdMs", member.createdMs},
            {"name", member.name},
            {"email", member.email},
            {"phone", member.phone},
            {"consents", member.consents}};
}

/// Devices may have come further with the catalogue than this copy, and its next numbers would be others'.
/// With no head nobody has come anywhere.
Result<void> startCatalogEpoch(Session& session) {
    const auto database = session.options.value("--db");
    auto catalog = CatalogStore::open(database, session.random);
    if (!catalog) return catalog.error();
    const auto published = currentHead(catalog->database());
    if (!published && published.error().code == Errc::NotFound) return {};
    if (!published) return published.error();
    if (auto done = catalog->startEpoch(session.random); !done) return done;
    auto files = MediaStore::open(filesFolderOf(database));
    if (!files) return files.error();
    auto head = publish(*catalog, *files, database, session.clock);
    if (!head) return head.error();
    if (!session.options.has(kOperationsOption)) return {};
    return session.store->publishHead(head->json);
}

} // namespace

int runEnrolCode(std::span<const std::string> args) {
    auto session = openSession(args, {"--store", "--hours", "--url", "--count"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    const auto count = options.number("--count", 1);
    if (count < 1 || count > kEnrolCodesMax)
        return printFailure({Errc::Invalid, fmt::format("--count: expected 1 to {}", kEnrolCodesMax)});
    const auto storeCode = options.value("--store");
    if (storeCode.empty()) return printFailure({Errc::Invalid, "--store CODE is missing"});
    const auto hours = options.number("--hours", kEnrolHoursDefault);
    if (hours < 1 || hours > kEnrolHoursMax)
        return printFailure({Errc::Invalid, "--hours: expected 1 to 720"});
    if (!options.has("--db")) return printFailure({Errc::Invalid, "--db PATH is missing"});
    auto catalog = CatalogStore::open(options.value("--db"), (*session)->random);
    if (!catalog) return printFailure(catalog.error());
    auto stores = catalog->stores();
    if (!stores) return printFailure(stores.error());
    const bool known = std::any_of(stores->begin(), stores->end(), [&storeCode](const HubStore& store) {
        return store.code == storeCode && !store.removed;
    });
    if (!known)
        return printFailure(
            {Errc::NotFound, fmt::format("no store has the code {}; import the stores first", storeCode)});
    const auto url = options.value("--url");
    if (url.find_first_of("&%# ") != std::string::npos)
        return printFailure({Errc::Invalid, "--url: an address without &, %, # and blanks"});
    for (int i = 0; i < count; ++i) {
        auto code = (*session)->store->devices().makeEnrolCode(storeCode, hours);
        if (!code) return printFailure(code.error());
        const auto qr = url.empty() ? std::string()
                                    : fmt::format("silta:enrol?c={}&h={}&k={}", *code, url,
                                                  toBase64((*session)->keys.sign.publicKey));
        if (options.has("--json")) {
            Json line = {{"code", *code}, {"store", storeCode}, {"hours", hours}};
            if (!qr.empty()) line["qr"] = qr;
            printLine(line);
        } else {
            fmt::print("{}\n", qr.empty() ? *code : qr);
        }
    }
    if (!options.has("--json"))
        fmt::print(stderr, "One device of store {} can enrol with each within {} hours.\n", storeCode, hours);
    return 0;
}

int runMembers(std::span<const std::string> args) {
    const bool isNamed = !args.empty() && !args.front().starts_with("--");
    if (isNamed && args.front() != "erase") return printFailure({Errc::Invalid, "members: erase"});
    auto session = openSession(isNamed ? args.subspan(1) : args, {"--number"});
    if (!session) return printFailure(session.error());
    if (isNamed) {
        auto erased = (*session)->store->eraseMember((*session)->options.value("--number"));
        return erased ? 0 : printFailure(erased.error());
    }
    auto members = (*session)->store->members();
    if (!members) return printFailure(members.error());
    for (const auto& member : *members) {
        if ((*session)->options.has("--json")) {
            printLine(toJson(member));
            continue;
        }
        fmt::print("{}  {}  {}  {}  {}\n", member.number, member.storeCode,
                   member.name.empty() ? "-" : member.name, member.email.empty() ? "-" : member.email,
                   member.phone.empty() ? "-" : member.phone);
    }
    return 0;
}

int runWishlists(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    auto ids = (*session)->store->wishlistIds();
    if (!ids) return printFailure(ids.error());
    for (const auto& id : *ids) {
        auto items = (*session)->store->wishlist(id);
        if (!items) return printFailure(items.error());
        auto array = Json::array();
        std::string words;
        for (const auto& item : *items) {
            array.push_back({{"sku", item.sku},
                             {"gtin", item.gtin ? Json(item.gtin->toString()) : Json(nullptr)},
                             {"quantity", item.quantity}});
            words += fmt::format("  {} x {}\n", item.quantity, item.sku);
        }
        if ((*session)->options.has("--json")) {
            printLine({{"id", id}, {"items", array}});
        } else {
            fmt::print("{}\n{}", id, words);
        }
    }
    return 0;
}

int runOperations(std::span<const std::string> args) {
    auto session = openSession(args, {"--limit"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    const auto limit = options.number("--limit", kOperationsShown);
    if (limit < 1) return printFailure({Errc::Invalid, "--limit: expected a number above 0"});
    auto rows = (*session)->store->operations(limit);
    if (!rows) return printFailure(rows.error());
    for (const auto& row : *rows) {
        if (options.has("--json")) {
            printLine({{"id", row.id},
                       {"device", row.device},
                       {"seq", row.seq},
                       {"entity", row.entity},
                       {"type", row.type},
                       {"verdict", row.verdict},
                       {"reason", row.reason},
                       {"receivedMs", row.receivedMs}});
        } else {
            fmt::print("{}  {:>6}  {:<16}  {}  {} {}\n", row.device, row.seq, row.type, row.verdict,
                       row.entity, row.reason);
        }
    }
    return 0;
}

int runBackup(std::span<const std::string> args) {
    auto session = openSession(args, {"--to"});
    if (!session) return printFailure(session.error());
    const auto& options = (*session)->options;
    const auto target = options.value("--to");
    if (target.empty()) return printFailure({Errc::Invalid, "--to FILE is missing"});
    if (auto done = (*session)->store->backUp(target); !done) return printFailure(done.error());
    fmt::print(stderr, "Written to {}. Keep {}.keys with it: without the keys nobody can read the members.\n",
               target, options.value("--db"));
    return 0;
}

int runRestored(std::span<const std::string> args) {
    auto session = openSession(args, {});
    if (!session) return printFailure(session.error());
    if (auto done = (*session)->store->startEpoch(); !done) return printFailure(done.error());
    const auto noted =
        (*session)->store->changeTokens([](TokenRegistry& tokens) { return tokens.noteRestored(); });
    if (!noted) return printFailure(noted.error());
    if ((*session)->options.has("--db"))
        if (auto done = startCatalogEpoch(**session); !done) return printFailure(done.error());
    fmt::print(stderr, "Devices will send again what this copy may lack, and take its catalogue anew.\n");
    fmt::print(stderr, "Devices keep the token rules that they have until the next change of coupons or gift "
                       "cards; see \"After a restore\" in tokens.md.\n");
    return 0;
}

} // namespace silta::hub
