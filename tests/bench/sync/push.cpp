// bench_sync_push OPERATIONS FOLDER: how fast an outbox of so many operations reaches a hub on this machine.
//
// Prints a JSON line each for `floor` (the least that could do: ready NDJSON, zstd, libcurl, one SQLite row
// an operation in batches of 500, synchronous=FULL, nothing read, signed, checked or kept) and for `silta`
// (the real journal, pusher and hub with SQLite). The server is a process of its own, so that CPU is the
// client's alone.
#include "bench/sync/hub_child.h"
#include "core/log.h"
#include "net/compression.h"
#include "sync/journal.h"
#include "sync/pusher.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr const char* kSql =
    "CREATE TABLE operation(id TEXT PRIMARY KEY, line TEXT NOT NULL) STRICT, WITHOUT ROWID";
constexpr HttpLimits kLimits{.connections = 16,
                             .connectionsPerAddress = 16,
                             .headerBytes = 16 * 1024,
                             .bodyBytes = 1 << 20,
                             .idleSeconds = 60,
                             .totalSeconds = 3'600,
                             .threads = 2};

void printPush(const Meter& meter, const char* who, std::int64_t operations, std::int64_t bytes) {
    const auto count = static_cast<double>(operations);
    meter.print(who, {{"operations", operations},
                      {"operationsPerSecond", count / meter.seconds()},
                      {"bytesPerOperation", static_cast<double>(bytes) / count}});
}

/// What a shopper does: the same for all.
Json addOf(int i, const std::string& list) {
    return {{"list", list}, {"sku", fmt::format("SKU-{:06}", i * 7'919 % 200'000)}, {"quantity", 1 + i % 3}};
}

std::unique_ptr<HttpServer> serveFloor(const std::string& folder) {
    static auto database = must(Database::open(folder + "/floor.db", OpenMode::Shared));
    must(database.exec(kSql));
    static std::mutex mutex;
    return must(HttpServer::start(
        "127.0.0.1:0",
        {{"POST", "/ops",
          [](const HttpRequest& request) {
              const std::lock_guard lock(mutex);
              const auto lines = must(decompress(request.body, kLimits.bodyBytes));
              auto transaction = must(Transaction::begin(database));
              auto insert = must(database.prepare("INSERT OR IGNORE INTO operation VALUES(?, ?)"));
              std::string_view rest = lines;
              while (!rest.empty()) {
                  const auto line = rest.substr(0, rest.find('\n'));
                  rest.remove_prefix(line.size() + 1);
                  must(insert.bind(0, line.substr(line.find("\"id\":\"") + 6, 36)).bind(1, line).run());
              }
              must(transaction.commit());
              return HttpResponse{};
          }}},
        kLimits, std::nullopt));
}

void pushFloor(const std::vector<std::string>& lines, const std::string& folder) {
    const int port = inChild([&] { return serveFloor(folder); });
    const auto transport = makeCurlTransport();
    std::int64_t bytes = 0;
    const Meter meter;
    for (std::size_t from = 0; from < lines.size(); from += kPushOperationsMax) {
        std::string body;
        for (std::size_t i = from; i < std::min(from + kPushOperationsMax, lines.size()); ++i)
            body += lines[i];
        HttpCall call;
        call.method = "POST";
        call.url = fmt::format("http://127.0.0.1:{}/ops", port);
        call.body = must(compressLines(body));
        bytes += static_cast<std::int64_t>(call.body.size());
        if (must(transport->send(call)).status != 200) fail("the floor refuses");
    }
    printPush(meter, "floor", static_cast<std::int64_t>(lines.size()), bytes);
}

void pushSilta(Journal& journal, const KeyPair& keys, const std::string& folder, std::int64_t count) {
    const auto deviceId = deviceIdOf(keys.publicKey);
    const auto url = startHub(folder, keys);
    const auto transport = makeCurlTransport();
    HubClient client(*transport, {url, "", deviceId}, keys);
    std::mutex mutex;
    std::int64_t bytes = 0;
    const Meter meter;
    for (bool more = true; more;) {
        const auto pushed = pushPending(journal, mutex, client, {});
        if (pushed.trouble) fail(pushed.trouble->what);
        bytes += pushed.bytes;
        more = pushed.more;
    }
    printPush(meter, "silta", count, bytes);
    if (must(journal.counts()).pending != 0) fail("not everything was taken");
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const std::string folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path() / "silta-bench";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    log::setThreshold(log::Level::Warning);
    const SystemClock clock;
    SystemRandom random;
    const auto keys = makeSigningKeys();
    auto journal = must(Journal::open(folder, deviceIdOf(keys.publicKey), clock, random));
    std::vector<std::string> lines;
    std::string list;
    for (int i = 0; i < count; ++i) {
        if (i % 8 == 0) list = makeUuid(clock, random); // a shopper
        auto operation = must(journal->record(
            {"wishlist/" + list, "wishlist.add", kWishlistAddVersion},
            [&](Database&, const OperationStamp&) -> Result<Json> { return addOf(i, list); }));
        lines.push_back(toLine(operation) + "\n");
    }
    pushFloor(lines, folder);
    pushSilta(*journal, keys, folder, count);
    std::filesystem::remove_all(folder);
    return 0;
}
