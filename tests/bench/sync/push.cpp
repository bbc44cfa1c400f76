// bench_sync_push OPERATIONS FOLDER [ROUNDS]: how fast an outbox of so many operations reaches a hub on this
// machine.
//
// Prints a JSON line each for `floor` (the least that could do: ready NDJSON, zstd, libcurl, one SQLite row
// an operation in batches of 500, synchronous=FULL, nothing read, signed, checked or kept) and for `silta`
// (the real journal, pusher and hub with SQLite). The server is a process of its own, so that its CPU and the
// client's are told apart. The two take turns, so that what else the machine does meets both, and the median
// round of each is printed.
#include "bench/sync/hub_child.h"
#include "core/log.h"
#include "net/compression.h"
#include "sync/journal.h"
#include "sync/pusher.h"

#include <silta/uuid.h>

#include <fmt/format.h>

#include <algorithm>
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

/// What one round of one of them took.
struct Round {
    double seconds = 0;
    Json line;
};

class PushMeter {
public:
    explicit PushMeter(const ServerChild& server) : server_(server), serverStart_(server.cpuSeconds()) {}
    [[nodiscard]] Round round(const char* who, std::int64_t operations, std::int64_t bytes) const {
        const auto count = static_cast<double>(operations);
        const auto seconds = meter_.seconds();
        return {seconds, meter_.line(who, {{"operations", operations},
                                           {"operationsPerSecond", count / seconds},
                                           {"bytesPerOperation", static_cast<double>(bytes) / count},
                                           {"serverCpuSeconds", server_.cpuSeconds() - serverStart_}})};
    }

private:
    const ServerChild& server_;
    double serverStart_;
    Meter meter_;
};

void printMedian(std::vector<Round> rounds) {
    const auto middle = rounds.begin() + static_cast<std::ptrdiff_t>(rounds.size() / 2);
    std::ranges::nth_element(rounds, middle, {}, &Round::seconds);
    fmt::print("{}\n", dumpJson(middle->line));
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

Round pushFloor(const std::vector<std::string>& lines, const std::string& folder) {
    const auto server = inChild([&] { return serveFloor(folder); });
    const auto transport = makeCurlTransport();
    std::int64_t bytes = 0;
    const PushMeter meter(server);
    for (std::size_t from = 0; from < lines.size(); from += kPushOperationsMax) {
        std::string body;
        for (std::size_t i = from; i < std::min(from + kPushOperationsMax, lines.size()); ++i)
            body += lines[i];
        HttpCall call;
        call.method = "POST";
        call.url = server.url() + "/ops";
        call.body = must(compressLines(body));
        bytes += static_cast<std::int64_t>(call.body.size());
        if (must(transport->send(call)).status != 200) fail("the floor refuses");
    }
    auto round = meter.round("floor", static_cast<std::int64_t>(lines.size()), bytes);
    server.end();
    return round;
}

Round pushSilta(Journal& journal, const KeyPair& keys, const std::string& folder, std::int64_t count) {
    const auto server = startHub(folder, keys);
    const auto transport = makeCurlTransport();
    HubClient client(*transport, {server.url(), "", deviceIdOf(keys.publicKey)}, keys);
    std::mutex mutex;
    std::int64_t bytes = 0;
    const PushMeter meter(server);
    for (bool more = true; more;) {
        const auto pushed = pushPending(journal, mutex, client, {});
        if (pushed.trouble) fail(pushed.trouble->what);
        bytes += pushed.bytes;
        more = pushed.more;
    }
    auto round = meter.round("silta", count, bytes);
    if (must(journal.counts()).pending != 0) fail("not everything was taken");
    server.end();
    return round;
}

/// Records what shoppers did and gives the lines that bring it to a hub. Not measured, so not synced either.
std::vector<std::string> fill(Journal& journal, int count, const Clock& clock, Random& random) {
    must(journal.database().exec("PRAGMA synchronous=OFF"));
    std::vector<std::string> lines;
    std::string list;
    for (int i = 0; i < count; ++i) {
        if (i % 8 == 0) list = makeUuid(clock, random); // a shopper
        auto operation = must(
            journal.record({"wishlist/" + list, "wishlist.add", kWishlistAddVersion},
                           [&](Database&, const OperationStamp&) -> Result<Json> { return addOf(i, list); }));
        lines.push_back(toLine(operation) + "\n");
    }
    return lines;
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const std::string folder = argc > 2 ? argv[2] : std::filesystem::temp_directory_path() / "silta-bench";
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 1;
    if (count < 1 || rounds < 1) fail("usage: bench_sync_push OPERATIONS FOLDER [ROUNDS]");
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder + "/filled");
    log::setThreshold(log::Level::Warning);
    const SystemClock clock;
    SystemRandom random;
    const auto keys = makeSigningKeys();
    const auto deviceId = deviceIdOf(keys.publicKey);
    const auto lines =
        fill(*must(Journal::open(folder + "/filled", deviceId, clock, random)), count, clock, random);
    std::vector<Round> floor, silta;
    for (int i = 0; i < rounds; ++i) {
        const auto place = fmt::format("{}/{}", folder, i);
        std::filesystem::copy(folder + "/filled", place);
        ::sync();
        floor.push_back(pushFloor(lines, place));
        ::sync();
        auto journal = must(Journal::open(place, deviceId, clock, random));
        silta.push_back(pushSilta(*journal, keys, place, count));
    }
    printMedian(std::move(floor));
    printMedian(std::move(silta));
    std::filesystem::remove_all(folder);
    return 0;
}
