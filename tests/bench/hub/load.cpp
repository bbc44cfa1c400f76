// bench_hub_load [SECONDS]: the hub on PostgreSQL (with fsync) behind nginx, with 1, 2 and 4 replicas.
//
// Thirty-two devices push batches of 100 operations as fast as they are answered; then sixteen clients ask
// for the head. Who is told to come again later ("refused") asks again at once. Everything is on this
// machine, so the load and PostgreSQL take their share of its cores.
#include "bench/sync/bench.h"
#include "core/log.h"
#include "net/compression.h"
#include "support/clocks.h"
#include "support/hub_farm.h"
#include "sync/hub_client.h"

#include <silta/uuid.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr int kDevices = 32;
constexpr int kBatch = 100;
constexpr int kClients = 16;

struct Figures {
    std::mutex mutex;
    std::vector<double> milliseconds;
    std::atomic<std::int64_t> operations = 0, failures = 0;
    void note(double ms) {
        const std::lock_guard lock(mutex);
        milliseconds.push_back(ms);
    }
    double percentile(double share) {
        if (milliseconds.empty()) return 0;
        std::sort(milliseconds.begin(), milliseconds.end());
        return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
    }
};

double msSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

void pushUntil(const std::atomic<bool>& isOver, const std::string& url, const KeyPair& keys,
               Figures& figures) {
    const SystemClock clock;
    SystemRandom random;
    const auto transport = makeCurlTransport();
    const auto id = deviceIdOf(keys.publicKey);
    HubClient hub(*transport, {url, "", id}, keys);
    std::int64_t seq = 0;
    while (!isOver) {
        std::string lines;
        const auto list = makeUuid(clock, random);
        for (int i = 0; i < kBatch; ++i) {
            Operation operation;
            operation.id = makeUuid(clock, random);
            operation.device = id;
            operation.incarnation = "inc1";
            operation.seq = ++seq;
            operation.hlc = Hlc::make(clock.nowMs(), 0);
            operation.entity = "wishlist/" + list;
            operation.type = "wishlist.add";
            operation.version = kWishlistAddVersion;
            operation.data = {{"list", list}, {"sku", fmt::format("SKU-{}", seq)}, {"quantity", 1}};
            lines += toLine(operation) + "\n";
        }
        const auto body = must(compressLines(lines));
        for (bool isTaken = false; !isTaken && !isOver;) {
            const auto start = std::chrono::steady_clock::now();
            const auto reply =
                hub.signedCall("POST", "/v1/ops", body, "inc1", {{"Content-Encoding", "zstd"}});
            isTaken = reply.has_value();
            if (isTaken) {
                figures.note(msSince(start));
                figures.operations += kBatch;
            } else {
                ++figures.failures;
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
        }
    }
}

void askUntil(const std::atomic<bool>& isOver, const std::string& url, Figures& figures) {
    const auto transport = makeCurlTransport();
    HttpCall call;
    call.url = url + "/v1/head";
    while (!isOver) {
        const auto start = std::chrono::steady_clock::now();
        const auto reply = transport->send(call);
        if (reply && reply->status == 200)
            figures.note(msSince(start));
        else
            ++figures.failures;
    }
}

template <class Work>
void run(int threads, int seconds, Figures& figures, Work work) {
    std::atomic<bool> isOver = false;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i)
        workers.emplace_back([&, i] { work(isOver, i, figures); });
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
    isOver = true;
    for (auto& worker : workers)
        worker.join();
}

} // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 10;
    log::setThreshold(log::Level::Error);
    fmt::print("{:>9}{:>14}{:>10}{:>10}{:>9}{:>14}{:>10}\n", "replicas", "operations/s", "p50 ms", "p99 ms",
               "refused", "heads/s", "p99 ms");
    double one = 0;
    for (const int replicas : {1, 2, 4}) {
        test::HubFarm farm(SILTA_BIN, SILTA_SOURCE, true);
        if (const auto wrong = farm.start(replicas); !wrong.empty()) fail(wrong);
        const SystemClock clock;
        SystemRandom random;
        auto store = must(hub::OperationStore::open(farm.address(), farm.keys(), clock, random));
        must(store->publishHead(R"({"v":1,"epoch":"e","catalogSeq":1,"stockSeq":1,"segments":[]})"));
        std::vector<KeyPair> keys;
        for (int i = 0; i < kDevices; ++i) {
            keys.push_back(makeSigningKeys());
            const auto code = must(store->devices().makeEnrolCode("FI-HEL-01", 1));
            must(store->devices().enrol(code, deviceIdOf(keys.back().publicKey), keys.back().publicKey));
        }
        Figures pushes;
        run(kDevices, seconds, pushes, [&](const std::atomic<bool>& isOver, int i, Figures& figures) {
            pushUntil(isOver, farm.url(), keys[static_cast<std::size_t>(i)], figures);
        });
        Figures heads;
        run(kClients, std::max(1, seconds / 3), heads,
            [&](const std::atomic<bool>& isOver, int, Figures& figures) {
                askUntil(isOver, farm.url(), figures);
            });
        const auto rate = static_cast<double>(pushes.operations) / seconds;
        if (replicas == 1) one = rate;
        fmt::print("{:>9}{:>14.0f}{:>10.1f}{:>10.1f}{:>9}{:>14.0f}{:>10.1f}   {:.2f} x one replica\n",
                   replicas, rate, pushes.percentile(0.5), pushes.percentile(0.99), pushes.failures.load(),
                   static_cast<double>(heads.milliseconds.size()) / std::max(1, seconds / 3),
                   heads.percentile(0.99), rate / one);
        if (pushes.operations == 0 || heads.milliseconds.empty()) fail("nothing was measured");
    }
    return 0;
}
