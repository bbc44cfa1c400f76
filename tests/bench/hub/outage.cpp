// bench_hub_outage DEVICES OPERATIONS: the uplink of a region is back. All devices come at once, each with so
// many operations, to three replicas of the hub on PostgreSQL (with fsync) behind nginx.
//
// Signed pushes of up to 500 operations; a device that is refused waits as silta-edge does. Meanwhile one
// shopper's action a second comes from a device that has no backlog. Everything is on this machine, so the
// devices and PostgreSQL take their share of its cores. Fails when anything but 503 with Retry-After comes
// back, or an operation is not taken.
#include "bench/sync/bench.h"
#include "core/log.h"
#include "net/compression.h"
#include "support/hub_farm.h"
#include "sync/back_off.h"
#include "sync/hub_client.h"

#include <silta/uuid.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <numeric>
#include <thread>

using namespace silta;
using namespace silta::bench;

namespace {

constexpr int kReplicas = 3;
constexpr int kListOperations = 50; // on one wishlist
constexpr auto kActionEvery = std::chrono::seconds(1);
constexpr int kQuietActions = 5; // before the outage ends

using Steady = std::chrono::steady_clock;

double secondsSince(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// What came back. Thread: any.
struct Answers {
    std::mutex mutex;
    std::int64_t refused = 0, longestWaitSeconds = 0;
    std::map<std::string, std::int64_t> others; ///< by what went wrong
    void note(const Error& error, int retryAfterSeconds) {
        const std::lock_guard lock(mutex);
        if (retryAfterSeconds > 0 && error.what == "call hub: status 503") {
            ++refused;
            longestWaitSeconds = std::max<std::int64_t>(longestWaitSeconds, retryAfterSeconds);
        } else {
            ++others[error.what];
        }
    }
    [[nodiscard]] std::int64_t otherErrors() const {
        return std::accumulate(others.begin(), others.end(), std::int64_t{0},
                               [](std::int64_t sum, const auto& entry) { return sum + entry.second; });
    }
};

struct Batch {
    std::string body;
    int operations = 0;
};

struct Done {
    double seconds = 0; ///< since the outage ended
    int operations = 0;
};

struct Device {
    KeyPair keys;
    std::string id;
    std::vector<Batch> batches;
    std::vector<Done> done; ///< batch by batch
};

/// Operations `seq` + 1 and on, so many.
Batch makeBatch(const std::string& device, std::int64_t seq, int operations) {
    const SystemClock clock;
    SystemRandom random;
    std::string lines, list;
    for (int i = 0; i < operations; ++i) {
        if (i % kListOperations == 0) list = makeUuid(clock, random);
        Operation operation;
        operation.id = makeUuid(clock, random);
        operation.device = device;
        operation.incarnation = "inc1";
        operation.seq = ++seq;
        operation.hlc = Hlc::make(clock.nowMs(), 0);
        operation.entity = "wishlist/" + list;
        operation.type = "wishlist.add";
        operation.version = kWishlistAddVersion;
        operation.data = {{"list", list}, {"sku", fmt::format("SKU-{}", seq)}, {"quantity", 1}};
        lines += toLine(operation) + "\n";
    }
    return {must(compressLines(lines)), operations};
}

/// Sends a batch until it is taken.
void push(HubClient& hub, const Batch& batch, int& failures, Answers& answers) {
    SystemRandom random;
    for (;;) {
        const auto reply =
            hub.signedCall("POST", "/v1/ops", batch.body, "inc1", {{"Content-Encoding", "zstd"}});
        if (reply) {
            const auto verdicts = must(parsePushReply(reply->body));
            const bool isTaken = std::ranges::all_of(
                verdicts.verdicts, [](const Verdict& verdict) { return verdict.kind == VerdictKind::Dup; });
            if (!isTaken) fail("an operation is not taken");
            return;
        }
        answers.note(reply.error(), hub.retryAfterSeconds());
        if (hub.retryAfterSeconds() == 0) ++failures;
        const auto wait = backOffMs(failures, hub.retryAfterSeconds(), random);
        std::this_thread::sleep_for(std::chrono::milliseconds(wait));
    }
}

void comeBack(Device& device, const std::string& url, Steady::time_point start, Answers& answers) {
    const auto transport = makeCurlTransport();
    HubClient hub(*transport, {url, "", device.id}, device.keys);
    std::this_thread::sleep_until(start);
    int failures = 0;
    for (const auto& batch : device.batches) {
        push(hub, batch, failures, answers);
        device.done.push_back({secondsSince(start), batch.operations});
    }
}

/// One action after the other; milliseconds from each until the hub has it.
class Shopper {
public:
    Shopper(std::string url, Device& device)
        : device_(device), transport_(makeCurlTransport()),
          hub_(*transport_, {std::move(url), "", device.id}, device.keys) {}
    void act() {
        const auto batch = makeBatch(device_.id, seq_++, 1);
        const auto start = Steady::now();
        int failures = 0;
        push(hub_, batch, failures, answers);
        milliseconds.push_back(secondsSince(start) * 1'000);
        std::this_thread::sleep_until(start + kActionEvery);
    }
    std::vector<double> milliseconds;
    Answers answers;

private:
    Device& device_;
    std::unique_ptr<HttpTransport> transport_;
    HubClient hub_;
    std::int64_t seq_ = 0;
};

/// Jain's index of the operations that each device has brought by then: 1 = all the same.
double jain(const std::vector<Device>& devices, double seconds) {
    double sum = 0, squares = 0;
    for (const auto& device : devices) {
        double brought = 0;
        for (const auto& done : device.done)
            if (done.seconds <= seconds) brought += done.operations;
        sum += brought;
        squares += brought * brought;
    }
    return squares > 0 ? sum * sum / (static_cast<double>(devices.size()) * squares) : 1;
}

/// The best that whole batches allow: nobody's second before everybody's first.
double jainAtBest(const std::vector<Device>& devices, double seconds) {
    std::size_t batches = 0;
    for (const auto& device : devices)
        for (const auto& done : device.done)
            if (done.seconds <= seconds) ++batches;
    const auto n = devices.size();
    const auto rounds = static_cast<double>(batches / n), rest = static_cast<double>(batches % n);
    const auto sum = static_cast<double>(batches);
    const auto squares =
        rest * (rounds + 1) * (rounds + 1) + (static_cast<double>(n) - rest) * rounds * rounds;
    return squares > 0 ? sum * sum / (static_cast<double>(n) * squares) : 1;
}

std::vector<Device> enrol(hub::OperationStore& store, int count) {
    std::vector<Device> devices(static_cast<std::size_t>(count));
    for (auto& device : devices) {
        device.keys = makeSigningKeys();
        device.id = deviceIdOf(device.keys.publicKey);
        const auto code = must(store.devices().makeEnrolCode("FI-HEL-01", 1));
        must(store.devices().enrol(code, device.id, device.keys.publicKey));
    }
    return devices;
}

void printTimes(const std::vector<Device>& devices, double total) {
    std::vector<double> first, last;
    for (const auto& device : devices) {
        first.push_back(device.done.front().seconds);
        last.push_back(device.done.back().seconds);
    }
    fmt::print("a device's first batch is in after p50 {:.1f} s, p95 {:.1f} s, max {:.1f} s\n",
               percentile(first, 0.5), percentile(first, 0.95), percentile(first, 1));
    fmt::print("a device is done after p50 {:.1f} s, p95 {:.1f} s, max {:.1f} s\n", percentile(last, 0.5),
               percentile(last, 0.95), percentile(last, 1));
    std::size_t overtakers = 0;
    for (const auto& device : devices)
        if (device.done.size() > 1 && device.done[1].seconds < percentile(first, 0.5)) ++overtakers;
    fmt::print("devices with a second batch in before half of all had their first: {}\n", overtakers);
    fmt::print("fairness (Jain), and the best that whole batches allow:");
    for (int tenth = 1; tenth <= 10; ++tenth)
        fmt::print("{} {}% {:.2f}/{:.2f}", tenth == 1 ? "" : ",", tenth * 10,
                   jain(devices, total * tenth / 10), jainAtBest(devices, total * tenth / 10));
    fmt::print("\n");
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 100;
    const int operations = argc > 2 ? std::atoi(argv[2]) : 100;
    if (count < 1 || operations < 1) fail("usage: bench_hub_outage DEVICES OPERATIONS");
    log::setThreshold(log::Level::Error);
    test::HubFarm farm(SILTA_BIN, SILTA_SOURCE, true);
    if (const auto wrong = farm.start(kReplicas); !wrong.empty()) fail(wrong);
    const SystemClock clock;
    SystemRandom random;
    auto store = must(hub::OperationStore::open(farm.address(), farm.keys(), clock, random));
    auto devices = enrol(*store, count + 1);
    auto shoppersDevice = std::move(devices.back());
    devices.pop_back();
    for (auto& device : devices)
        for (int seq = 0; seq < operations; seq += static_cast<int>(kPushOperationsMax))
            device.batches.push_back(
                makeBatch(device.id, seq, std::min(operations - seq, static_cast<int>(kPushOperationsMax))));

    Shopper shopper(farm.url(), shoppersDevice);
    for (int i = 0; i < kQuietActions; ++i)
        shopper.act();
    const auto quiet = std::exchange(shopper.milliseconds, {});

    Answers answers;
    std::atomic<bool> isOver = false;
    const auto start = Steady::now() + std::chrono::seconds(1); // all threads are there by then
    std::thread acting([&] {
        std::this_thread::sleep_until(start);
        while (!isOver)
            shopper.act();
    });
    std::vector<std::thread> threads;
    for (auto& device : devices)
        threads.emplace_back([&] { comeBack(device, farm.url(), start, answers); });
    for (auto& thread : threads)
        thread.join();
    const auto total = secondsSince(start);
    isOver = true;
    acting.join();

    fmt::print("{} devices x {} operations, {} replicas: {:.1f} s, {:.0f} operations/s\n", count, operations,
               kReplicas, total, static_cast<double>(count) * operations / total);
    fmt::print("503 with Retry-After: {} ({:.1f} for each batch, up to {} s)\n", answers.refused,
               static_cast<double>(answers.refused) /
                   static_cast<double>(devices.size() * devices[0].batches.size()),
               answers.longestWaitSeconds);
    printTimes(devices, total);
    fmt::print("a shopper's action meanwhile: p50 {:.0f} ms, p99 {:.0f} ms, refused {}; before: p50 {:.0f} "
               "ms\n",
               percentile(shopper.milliseconds, 0.5), percentile(shopper.milliseconds, 0.99),
               shopper.answers.refused, percentile(quiet, 0.5));
    const auto others = answers.otherErrors() + shopper.answers.otherErrors();
    fmt::print("other errors: {}\n", others);
    for (const auto* side : {&answers, &shopper.answers})
        for (const auto& [what, times] : side->others)
            fmt::print("  {} x {}\n", times, what);
    return others == 0 ? 0 : 1;
}
