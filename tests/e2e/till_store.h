// A store with staff: what the tests of the till begin with.
#pragma once

#include "e2e/chain.h"
#include "e2e/station.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

namespace silta::test {

inline constexpr const char* kBadge = "STAFF-1001";
inline constexpr const char* kPin = "739154"; ///< planted: found nowhere on device or hub afterwards

/// Adds somebody to the staff of the store; the PIN goes by standard input.
inline Station::Finished addStaff(const Station& station, const std::string& badge, const std::string& name,
                                  const std::string& role, const std::string& pin) {
    return station.run("silta-hub",
                       {"staff", "add", "--db", station.path("hub.db"), "--badge", badge, "--name", name,
                        "--role", role, "--store", "FI-HEL-01"},
                       pin + "\n");
}

/// The answer of till.sock.
struct TillAnswer {
    int status = 0;
    Json body;
};
inline TillAnswer askTill(const Station& station, const std::string& method, const std::string& target,
                          const Json& body = nullptr) {
    const auto reply = station.edge(method, target, body, "till.sock");
    if (!reply) return {};
    return {reply->status, parseJson(reply->body, 1 << 20).value_or(Json(nullptr))};
}

/// Hub and device, enrolled, with a catalogue, a coupon, and Aino and Elias at the till. Empty, or what went
/// wrong.
inline std::string startTillStore(Station& station) {
    station.write("products.tsv", kProductsTsv);
    station.write("inventory.tsv", kInventoryTsv);
    station.write("stores.json", kStoresJson);
    const auto db = station.path("hub.db");
    auto done = station.run("silta-hub",
                            {"import", "--db", db, "--products", station.path("products.tsv"), "--inventory",
                             station.path("inventory.tsv"), "--stores", station.path("stores.json")});
    if (done.status != 0) return done.err;
    done = station.run("silta-hub", {"welcome-coupon", "--db", db, "--code", "WELCOME10", "--last-day",
                                     "2099-12-31", "--en", "10 % off", "--fi", "10 % alennus"});
    if (done.status != 0) return done.err;
    done = addStaff(station, kBadge, "Aino", "cashier", kPin);
    if (done.status != 0) return done.err;
    done = addStaff(station, "STAFF-1002", "Elias", "supervisor", "862073");
    if (done.status != 0) return done.err;
    if (!station.startHub() || !station.startEdge()) return "hub or edge does not start";
    if (!station.enrol("FI-HEL-01")) return "the device is not enrolled";
    const auto isReady = [&station] {
        const auto mug = askTill(station, "POST", "/v1/resolve", {{"text", "9521234543213"}, {"lang", "en"}});
        return mug.status == 200 && mug.body["kind"] == "product";
    };
    if (!QTest::qWaitFor(isReady, 60'000)) return "the catalogue does not come";
    done = station.run("silta-hub", {"staff", "list", "--db", db, "--json"});
    const auto staff = parseJson(done.out.substr(0, done.out.find('\n')), 1 << 16);
    const auto id = staff ? textMember(*staff, "id").value_or("") : std::string();
    const auto isKnown = [&] { return askTill(station, "GET", "/v1/staff/" + id).status == 200; };
    return !id.empty() && QTest::qWaitFor(isKnown, 60'000) ? "" : "the staff do not come";
}

/// The first file of the store that holds one of these bytes in the clear; empty: none of more than five
/// files.
inline std::string fileThatHolds(const Station& station, const std::vector<std::string>& planted) {
    QDirIterator files(QString::fromStdString(station.folder()), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    int searched = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) return "cannot open " + file.fileName().toStdString();
        const auto bytes = file.readAll();
        ++searched;
        for (const auto& text : planted)
            if (bytes.contains(text.c_str())) return file.fileName().toStdString() + ": " + text;
    }
    return searched > 5 ? "" : "too few files were searched";
}

} // namespace silta::test
