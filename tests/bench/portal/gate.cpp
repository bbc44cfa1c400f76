// bench_portal_gate [SECONDS, 0 = sign-ins alone] [ROUNDS, 6]: the portal, the gate, edge and the hub on a
// guest network in namespaces (root needed): how soon a sign-in opens the gate, how many a second, and what
// the gate costs those who are in, against a bare server that adds to a set and against the same link without
// a gate.
#include "bench/sync/bench.h"
#include "e2e/portal/devices.h"
#include "e2e/portal/guest_store.h"
#include "e2e/portal/heartbeat.h"
#include "gate/limits.h"
#include "gate/nft_sets.h"

#include <microhttpd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <mutex>

using namespace silta;
using namespace silta::bench;
using namespace silta::test;

namespace {

constexpr std::uint16_t kSilentPort = kDataPort + 1;
constexpr int kDevices = 250;
constexpr int kParallel = 8;
constexpr std::uint16_t kBarePort = 9'443;
constexpr std::uint16_t kBareGuestPort = 444; // as guests see it: led on as port 80 is to the portal

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

/// A server that answers GET with a small page and POST with one more element in a set, and nothing else.
class BareSetAdder {
public:
    explicit BareSetAdder(const Network& gateway) {
        // What the portal's port has. Each rule goes before the others.
        for (const auto& rule :
             {fmt::format("to_us tcp dport {} accept", kBarePort),
              fmt::format("to_us tcp dport {} ct state new add @portal_flows {{ ether saddr ct count over 32 "
                          "}} goto refuse",
                          kBarePort),
              fmt::format("arrive tcp dport {} redirect to :{}", kBareGuestPort, kBarePort)})
            if (gateway.run("nft insert rule inet silta_guest " + rule).code != 0) fail("no rule: " + rule);
        gateway.in([this] {
            sets_ = must(gate::NftSets::open());
            daemon_ = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, kBarePort, nullptr, nullptr, &answer,
                                       this, MHD_OPTION_THREAD_POOL_SIZE, 4, MHD_OPTION_CONNECTION_LIMIT,
                                       2'048, MHD_OPTION_END);
        });
        if (daemon_ == nullptr) fail("the bare server does not start");
    }
    ~BareSetAdder() { MHD_stop_daemon(daemon_); }
    BareSetAdder(const BareSetAdder&) = delete;
    BareSetAdder& operator=(const BareSetAdder&) = delete;

private:
    static MHD_Result answer(void* context, MHD_Connection* connection, const char* /*url*/,
                             const char* method, const char* /*version*/, const char* /*data*/,
                             std::size_t* dataBytes, void** state) {
        static int seen = 0;
        if (*state == nullptr || *dataBytes > 0) {
            *state = &seen;
            *dataBytes = 0;
            return MHD_YES;
        }
        auto& self = *static_cast<BareSetAdder*>(context);
        const bool isPost = std::string_view(method) == "POST";
        if (isPost) self.add();
        static char body[] = "<!doctype html><title>Wi-Fi</title>\n";
        auto* response = MHD_create_response_from_buffer(sizeof body - 1, body, MHD_RESPMEM_PERSISTENT);
        MHD_add_response_header(response, "Location", "/");
        const auto queued = MHD_queue_response(connection, isPost ? 303 : 200, response);
        MHD_destroy_response(response);
        return queued;
    }
    void add() {
        const std::lock_guard lock(mutex_);
        gate::NftElement element;
        element.key.size = 6; // a hardware address
        ++count_;
        for (std::size_t i = 0; i < 4; ++i)
            element.key.bytes[i + 2] = static_cast<std::uint8_t>(count_ >> 8U * i);
        element.data = 0x80000000U + count_;
        element.ms = 600'000;
        must(sets_->commit({{gate::NftChange::Kind::Add, gate::NftSet::Guest6, {element}}}));
    }

    std::mutex mutex_;
    std::unique_ptr<gate::NftSets> sets_;
    std::uint32_t count_ = 0;
    MHD_Daemon* daemon_ = nullptr;
};

std::string getOf(const char* target) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", target, kGateway4);
}

std::string postOf(const std::string& form) {
    return fmt::format("POST /login HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{}", kGateway4,
                       form.size(), form);
}

void expectSeeOther(const Page& page) {
    if (page.status != 303) fail(fmt::format("a sign-in is refused: {}", page.status));
}

void signIn(int device, std::uint16_t port) {
    const auto fd = Devices::connect(device, kGateway4, port);
    sendText(fd, getOf("/?way=terms"));
    const auto page = readPage(fd, true);
    sendText(fd, postOf("token=" + tokenOf(page, "/login") + "&way=terms&terms=2026-11"));
    expectSeeOther(readPage(fd, true));
}

/// Sign-ins a second of all devices, kParallel at a time.
double signInsPerSecond(const Network& network, std::uint16_t port) {
    std::atomic<int> next = 0;
    const Meter meter;
    {
        std::vector<std::jthread> hands;
        for (int i = 0; i < kParallel; ++i)
            hands.emplace_back([&] {
                network.in([&] {
                    for (int device = next++; device < kDevices; device = next++)
                        signIn(device, port);
                });
            });
    }
    return kDevices / meter.seconds();
}

/// From the form's last byte to the first answer of a host in the internet.
double msToOpenGate(int device) {
    const auto fd = Devices::connect(device, kGateway4, 80);
    sendText(fd, getOf("/?way=terms"));
    const auto token = tokenOf(readPage(fd, true), "/login");
    const auto probe = Devices::bindTo(device, SOCK_DGRAM);
    const auto to = addressOf(kInternet4, kEchoPort);
    const Meter meter;
    sendText(fd, postOf("token=" + token + "&way=terms&terms=2026-11"));
    expectSeeOther(readPage(fd, true));
    while (true) {
        ::sendto(probe.get(), "x", 1, 0, to.get(), to.size);
        if (canRead(probe.get(), 20)) return meter.seconds() * 1e3;
        if (meter.seconds() > 5) fail("the gate does not open");
    }
}

std::int64_t residentKb(pid_t process) {
    QFile status(QString("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) fail("a process is gone");
    return QString::fromUtf8(status.readAll()).section("VmRSS:", 1).trimmed().section(' ', 0, 0).toLongLong();
}

/// What a process has spent of the processors' time; of its threads with this name alone, where one is given.
double cpuMs(pid_t process, const QString& name = {}) {
    std::int64_t all = 0;
    for (const auto& thread : QDir(QString("/proc/%1/task").arg(process)).entryList(QDir::Dirs)) {
        const auto told = [&](const char* what) {
            QFile file(QString("/proc/%1/task/%2/%3").arg(process).arg(thread, what));
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
        };
        if (name.isEmpty() || told("comm") == name)
            all += told("schedstat").section(' ', 0, 0).toLongLong(); // nanoseconds
    }
    return static_cast<double>(all) / 1e6;
}

/// Mbit/s of one TCP connection to the guest.
double throughput(const Network& guest, double seconds) {
    Fd flow;
    if (connectTo(guest, kInternet4, kDataPort, flow) != 0) fail("the guest is not let through");
    const Meter meter;
    const auto bytes = readFor(flow, static_cast<int>(seconds * 1e3));
    return static_cast<double>(bytes) * 8 / meter.seconds() / 1e6;
}

/// Connections a second to a host that takes them and says nothing.
double connectionsPerSecond(const Network& guest, double seconds) {
    std::int64_t count = 0;
    double taken = 0;
    guest.in([&] {
        const auto to = addressOf(kInternet4, kSilentPort);
        const Meter meter;
        while (meter.seconds() < seconds) {
            const Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            const linger now{1, 0}; // no TIME_WAIT: ports are few
            setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
            if (::connect(fd.get(), to.get(), to.size) != 0) fail("a connection is refused");
            ++count;
        }
        taken = meter.seconds();
    });
    return static_cast<double>(count) / taken;
}

void letIn(Rig& rig, int from, int to) {
    std::vector<gate::Grant> grants;
    for (int i = from; i < to; ++i) {
        gate::Grant grant;
        grant.mac = *gate::parseMac(fmt::format("02:11:00:00:{:02x}:{:02x}", i >> 8, i & 0xff));
        grant.address = *gate::parseHostIpv4(fmt::format("10.77.{}.{}", 100 + i / 250, i % 250 + 1));
        grant.seconds = 3'600;
        grants.push_back(grant);
        if (grants.size() < gate::kBatchMax && i + 1 < to) continue;
        must(rig.gate().allow(grants));
        grants.clear();
    }
}

void measureSignIns(GuestStore& store, int rounds) {
    const auto& network = store.rig().other;
    Devices devices(network, kDevices);
    if (!devices.error().empty()) fail(devices.error());
    const Echo echo(store.rig().internet, kInternet4);
    const BareSetAdder bare(store.rig().gateway);

    std::vector<double> taken;
    network.in([&taken] {
        for (int i = 0; i < kDevices; ++i)
            taken.push_back(msToOpenGate(i));
    });
    fmt::print("sign-in to open gate: p50 {:.2f} ms, p95 {:.2f} ms of {} (goal: p50 <= 2 ms)\n",
               percentile(taken, 0.5), percentile(taken, 0.95), taken.size());
    const auto portal = residentKb(store.portalProcess());
    const auto gate = residentKb(store.rig().gateProcess());
    fmt::print("memory with {} guests: portal {} kB + gate {} kB = {:.1f} MB (goal: <= 12 MB)\n",
               taken.size(), portal, gate, static_cast<double>(portal + gate) / 1e3);

    std::vector<double> oursOf, theirsOf;
    double portalMs = 0;
    double gateMs = 0;
    double bareMs = 0;
    for (int round = 0; round < rounds; ++round) {
        if (!devices.replaceAll(store.rig().gateway)) fail("no new devices");
        portalMs -= cpuMs(store.portalProcess());
        gateMs -= cpuMs(store.rig().gateProcess());
        oursOf.push_back(signInsPerSecond(network, 80));
        portalMs += cpuMs(store.portalProcess());
        gateMs += cpuMs(store.rig().gateProcess());
        if (!devices.replaceAll(store.rig().gateway)) fail("no new devices");
        bareMs -= cpuMs(::getpid(), "MHD-worker");
        theirsOf.push_back(signInsPerSecond(network, kBareGuestPort));
        bareMs += cpuMs(::getpid(), "MHD-worker");
    }
    const auto ours = percentile(oursOf, 0.5);
    const auto theirs = percentile(theirsOf, 0.5);
    fmt::print(
        "sign-ins, {} at a time: {:.0f}/s, bare server that adds to a set {:.0f}/s: {:.2f} of it (goal: "
        ">= 0.6)\n",
        kParallel, ours, theirs, ours / theirs);
    const auto perSignIn = [rounds](double ms) { return ms * 1e3 / (rounds * kDevices); };
    fmt::print("processors' time of a sign-in: portal {:.0f} us + gate {:.0f} us, bare server {:.0f} us\n",
               perSignIn(portalMs), perSignIn(gateMs), perSignIn(bareMs));
}

/// Takes whoever connects, a whole queue at a time: to be woken for each would measure the scheduler.
class Taker {
public:
    explicit Taker(const Fd& listener)
        : thread_([fd = listener.get()](const std::stop_token& stop) {
              ::listen(fd, 4'096);
              ::fcntl(fd, F_SETFL, O_NONBLOCK);
              while (!stop.stop_requested()) {
                  std::this_thread::sleep_for(std::chrono::milliseconds(2));
                  while (Fd(::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC)).get() >= 0) {
                  }
              }
          }) {}

private:
    std::jthread thread_;
};

void measureTraffic(Rig& rig, const std::string& address, double seconds, int rounds) {
    const auto data = bound(rig.internet, SOCK_STREAM, kInternet4, kDataPort);
    const auto silent = bound(rig.internet, SOCK_STREAM, kInternet4, kSilentPort);
    const Source source(data);
    const Taker taker(silent);
    struct Measured {
        int guests;
        std::vector<double> megabits{}, connections{};
        void add(const Network& guest, double share) {
            megabits.push_back(throughput(guest, share));
            connections.push_back(connectionsPerSecond(guest, share));
        }
    };
    Measured raw{0};
    std::array<Measured, 3> gated = {{{0}, {1'000}, {10'000}}};
    for (int round = 0; round < rounds; ++round) {
        for (const auto* table : {"inet silta_guest", "bridge silta_guest"})
            if (rig.gateway.run(fmt::format("nft delete table {}", table)).code != 0) fail("no rules");
        raw.add(rig.guest, seconds / rounds);
        if (const auto wrong = rig.reload({}); !wrong.empty()) fail(wrong);
        must(rig.allow(kGuestMac, address));
        int inside = 0;
        for (auto& measured : gated) {
            letIn(rig, inside, measured.guests);
            inside = measured.guests;
            measured.add(rig.guest, seconds / rounds);
        }
    }
    const auto rawMegabits = percentile(raw.megabits, 0.5);
    const auto rawConnections = percentile(raw.connections, 0.5);
    for (const auto& measured : gated) {
        const auto megabits = percentile(measured.megabits, 0.5);
        const auto connections = percentile(measured.connections, 0.5);
        fmt::print("beside {} guests: {:.0f} Mbit/s, {:.2f} of the raw link's {:.0f}; {:.0f} connections/s, "
                   "{:.2f} of {:.0f} (goal: >= 0.6, flat from 1,000)\n",
                   measured.guests, megabits, megabits / rawMegabits, rawMegabits, connections,
                   connections / rawConnections, rawConnections);
    }
}

} // namespace

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
    // In turns and with medians, since the machine has other things to do.
    const int rounds = std::max(1, argc > 2 ? std::atoi(argv[2]) : 6);
    if (const auto missing = Rig::missing(); !missing.empty()) {
        fmt::print("{}\n", missing);
        return 0;
    }
    GuestStore store("ways = { terms = 60 }\n", {}, 16'384);
    if (const auto wrong = store.up(); !wrong.empty()) fail(wrong);
    store.stopPortal(SIGTERM);
    const Meter start;
    if (const auto wrong = store.startPortal(); !wrong.empty()) fail(wrong);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    fmt::print("start of the portal to its first redirect: {:.0f} ms\n", start.seconds() * 1e3);
    measureSignIns(store, rounds);
    if (seconds <= 0) return 0;
    const auto address = store.rig().lease(store.rig().guest);
    if (address.empty()) fail("the guest has no lease");
    measureTraffic(store.rig(), address, seconds, rounds);
    return 0;
}
