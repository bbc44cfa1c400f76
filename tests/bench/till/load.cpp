// bench_till [SECONDS]: 50 members of staff, each signed in at a tablet of their own, register 20 members a
// second at the real silta-till, edge and hub, beside a bare libmicrohttpd with TLS that puts as many bytes
// on the disk and does nothing else. It fails where a page is not as it should be, where silta-till or
// silta-edge grows, and in a run of a minute and more where one registration in twenty takes over 200 ms.
#include "bench/sync/bench.h"
#include "core/log.h"
#include "e2e/till_store.h"
#include "support/till_visitor.h"
#include "till/own_certificate.h"

#include <silta/time.h>

#include <curl/curl.h>
#include <fcntl.h>
#include <microhttpd.h>

#include <QCoreApplication>
#include <algorithm>
#include <mutex>
#include <thread>

using namespace silta;
using namespace silta::bench;
using namespace silta::test;

namespace {

using SteadyClock = std::chrono::steady_clock;
using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr int kSessions = 50;
constexpr int kRegistrationsPerSecond = 20;
constexpr int kServerThreads = 8;                ///< as silta-till has
constexpr int kRecordBytes = 2'048;              ///< of a sign-up in the journal, about
constexpr std::int64_t kGrowthKbMax = 8 * 1'024; ///< of each process, after the first quarter
constexpr double kLongRunSeconds = 60;           ///< from then on, what one in twenty takes is judged
constexpr double kSlowestMs = 200;               ///< of 95 in 100 registrations

double percentile(std::vector<double> values, double share) {
    if (values.empty()) fail("nothing was measured");
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::int64_t residentKb(qint64 process) {
    QFile status(QString("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) fail("a process is gone");
    return QString::fromUtf8(status.readAll()).section("VmRSS:", 1).trimmed().section(' ', 0, 0).toLongLong();
}

/// A browser: an address, a kept connection and cookies of its own. Thread: one at a time.
class Tablet {
public:
    Tablet(int number, std::string url, const std::string& caFile) : url_(std::move(url)) {
        const auto from = fmt::format("host!127.0.1.{}", number + 1);
        headers_ = curl_slist_append(nullptr, ("Origin: " + url_).c_str());
        headers_ = curl_slist_append(headers_, "Accept-Language: en");
        curl_easy_setopt(curl_, CURLOPT_INTERFACE, from.c_str());
        curl_easy_setopt(curl_, CURLOPT_CAINFO, caFile.c_str());
        curl_easy_setopt(curl_, CURLOPT_COOKIEFILE, "");
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
        curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS, 30'000L);
        curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &Tablet::take);
        curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &visitor_.page);
    }
    ~Tablet() {
        curl_easy_cleanup(curl_);
        curl_slist_free_all(headers_);
    }
    Tablet(const Tablet&) = delete;
    Tablet& operator=(const Tablet&) = delete;

    void get(const std::string& path) {
        curl_easy_setopt(curl_, CURLOPT_HTTPGET, 1L);
        send(path);
    }
    /// Milliseconds from the form's first byte to the page's last.
    double post(const std::string& path, const Fields& fields) {
        auto body = "token=" + percentEncode(visitor_.tokenOf(path)) + "&lang=en";
        for (const auto& [name, value] : fields)
            body += "&" + name + "=" + percentEncode(value);
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl_, CURLOPT_COPYPOSTFIELDS, body.c_str());
        const Meter meter;
        send(path);
        return meter.seconds() * 1e3;
    }
    void expect(long status, const char* words) const {
        if (visitor_.status == status && visitor_.page.find(words) != std::string::npos) return;
        fail(fmt::format("status {} without “{}”: {}", visitor_.status, words,
                         visitor_.page.substr(visitor_.page.find("<main"), 400)));
    }
    [[nodiscard]] const till::Visitor& visitor() const { return visitor_; }

private:
    static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* page) {
        static_cast<std::string*>(page)->append(bytes, size * count);
        return size * count;
    }
    void send(const std::string& path) {
        visitor_.page.clear();
        curl_easy_setopt(curl_, CURLOPT_URL, (url_ + path).c_str());
        const auto done = curl_easy_perform(curl_);
        if (done != CURLE_OK) fail(fmt::format("{}: {}", path, curl_easy_strerror(done)));
        long status = 0;
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
        visitor_.status = static_cast<int>(status);
    }

    std::string url_;
    CURL* curl_ = curl_easy_init();
    curl_slist* headers_ = nullptr;
    till::Visitor visitor_; ///< reads pages
};

/// TLS, a record on the disk, a page of as many bytes as the query says.
struct Bare {
    static MHD_Result answer(void* context, MHD_Connection* connection, const char* /*url*/,
                             const char* /*method*/, const char* /*version*/, const char* /*data*/,
                             std::size_t* dataBytes, void** state) {
        static int seen = 0;
        if (*state == nullptr || *dataBytes > 0) {
            *state = &seen;
            *dataBytes = 0;
            return MHD_YES;
        }
        auto& self = *static_cast<Bare*>(context);
        const std::string record(kRecordBytes, 'x');
        {
            const std::lock_guard lock(self.mutex);
            if (::write(self.file, record.data(), record.size()) != kRecordBytes ||
                ::fdatasync(self.file) != 0)
                fail("the bare server cannot write");
        }
        const auto* bytes = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "bytes");
        std::string page(bytes == nullptr ? 1 : std::stoul(bytes), 'x');
        auto* response = MHD_create_response_from_buffer(page.size(), page.data(), MHD_RESPMEM_MUST_COPY);
        const auto queued = MHD_queue_response(connection, 200, response);
        MHD_destroy_response(response);
        return queued;
    }
    static std::unique_ptr<Bare> start(const std::string& folder) {
        auto bare = std::make_unique<Bare>();
        bare->file = ::open((folder + "/records").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        till::TillConfig config;
        config.listen = {"127.0.0.1:0"};
        config.stateFolder = folder;
        const SystemClock clock;
        bare->tls = must(till::loadOrMakeCertificate(config, clock));
        bare->daemon =
            MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS, 0, nullptr, nullptr, &Bare::answer,
                             bare.get(), MHD_OPTION_THREAD_POOL_SIZE, static_cast<unsigned>(kServerThreads),
                             MHD_OPTION_HTTPS_MEM_CERT, bare->tls.certificatePem.c_str(),
                             MHD_OPTION_HTTPS_MEM_KEY, bare->tls.keyPem.c_str(), MHD_OPTION_END);
        if (bare->file < 0 || bare->daemon == nullptr) fail("the bare server does not start");
        return bare;
    }
    [[nodiscard]] int port() const { return MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port; }

    std::mutex mutex; ///< guards file: records are written one after the other, as in a journal
    int file = -1;
    HttpTls tls;
    MHD_Daemon* daemon = nullptr;
};

/// As many as have a turn in so many seconds.
std::vector<std::unique_ptr<Tablet>> tablets(double seconds, const std::string& url,
                                             const std::string& caFile) {
    std::vector<std::unique_ptr<Tablet>> made;
    for (int i = 0; i < std::min(kSessions, static_cast<int>(seconds * kRegistrationsPerSecond)); ++i)
        made.push_back(std::make_unique<Tablet>(i, url, caFile));
    return made;
}

/// kRegistrationsPerSecond turns a second, each tablet's after the other's. Gives how many there were.
template <class Turn>
int takeTurns(const std::vector<std::unique_ptr<Tablet>>& tablets, double seconds, const Turn& turn) {
    const auto start = SteadyClock::now();
    const auto total = static_cast<int>(seconds * kRegistrationsPerSecond);
    std::vector<std::jthread> hands;
    const auto count = static_cast<int>(tablets.size());
    for (int first = 0; first < count; ++first)
        hands.emplace_back([&, first, count] {
            for (int n = first; n < total; n += count) {
                std::this_thread::sleep_until(start +
                                              std::chrono::milliseconds(1'000 * n / kRegistrationsPerSecond));
                turn(*tablets[static_cast<std::size_t>(first)], n);
            }
        });
    return total;
}

struct Taken {
    std::mutex mutex; ///< guards both
    std::vector<double> findMs, joinMs;
};

void registerMember(Tablet& tablet, int number, Taken& taken) {
    const auto email = fmt::format("person-{}@example.com", number);
    const auto found = tablet.post("/find", {{"q", email}});
    tablet.expect(200, "name=member");
    const auto joined = tablet.post("/join", {{"member", tablet.visitor().hiddenOf("member")},
                                              {"said", "en"},
                                              {"asked", "yes"},
                                              {"email", email},
                                              {"terms", "yes"},
                                              {"age", "yes"}});
    tablet.expect(200, "WELCOME10");
    const std::lock_guard lock(taken.mutex);
    taken.findMs.push_back(found);
    taken.joinMs.push_back(joined);
}

/// Resident memory of the processes, by name, as time goes by.
class MemoryWatch {
public:
    explicit MemoryWatch(const Station& station) {
        const auto pids = station.pids(); // hub, edge, till
        processes_ = {{"silta-edge", pids.at(1), {}}, {"silta-till", pids.at(2), {}}};
        thread_ = std::jthread([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                for (auto& process : processes_)
                    process.kb.push_back(residentKb(process.id));
                std::this_thread::sleep_for(std::chrono::milliseconds(250));
            }
        });
    }
    void end() {
        thread_.request_stop();
        thread_.join();
        for (const auto& [name, id, kb] : processes_) {
            const auto warm = kb.at(kb.size() / 4);
            const auto most = std::ranges::max(kb);
            fmt::print("{}: {:.1f} MB resident after a quarter, {:.1f} MB at most, {:.1f} MB at the end\n",
                       name, static_cast<double>(warm) / 1'024, static_cast<double>(most) / 1'024,
                       static_cast<double>(kb.back()) / 1'024);
            if (kb.back() - warm > kGrowthKbMax) fail(std::string(name) + " grows");
        }
    }

private:
    struct Process {
        const char* name;
        qint64 id;
        std::vector<std::int64_t> kb;
    };
    std::vector<Process> processes_; ///< thread_'s, until it has ended
    std::jthread thread_;
};

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 300;
    log::setThreshold(log::Level::Warning);
    const QTemporaryDir bareFolder;
    const auto folder = bareFolder.path().toStdString();
    const int barePort = inChild([&] { return Bare::start(folder); }).port;
    const QCoreApplication app(argc, argv);
    curl_global_init(CURL_GLOBAL_DEFAULT);

    Station station(SILTA_BIN);
    if (const auto wrong = startTillStore(station); !wrong.empty()) fail(wrong);
    if (!station.startTill()) fail("silta-till does not start");
    const auto staff = tablets(seconds, station.tillUrl(), station.path("till/certificate.pem"));
    for (const auto& tablet : staff) {
        tablet->get("/?lang=en");
        tablet->post("/sign-in", {{"badge", kBadge}, {"pin", kPin}});
        if (tablet->visitor().status != 303) fail("a sign-in is refused");
        tablet->get("/?lang=en");
        tablet->expect(200, "name=q");
    }

    Taken taken;
    MemoryWatch memory(station);
    const Meter meter;
    const auto count =
        takeTurns(staff, seconds, [&](Tablet& tablet, int n) { registerMember(tablet, n, taken); });
    fmt::print("{} sessions, {} members in {:.1f} s: {:.1f}/s, no error\n", staff.size(), count,
               meter.seconds(), count / meter.seconds());
    memory.end();

    const auto pageBytes = staff.front()->visitor().page.size();
    std::mutex mutex;
    std::vector<double> bareMs;
    const auto bare =
        tablets(seconds, "https://127.0.0.1:" + std::to_string(barePort), folder + "/certificate.pem");
    takeTurns(bare, std::min(seconds, 10.0), [&](Tablet& tablet, int /*n*/) {
        const auto ms = tablet.post(fmt::format("/?bytes={}", pageBytes), {{"email", "person@example.com"}});
        const std::lock_guard lock(mutex);
        bareMs.push_back(ms);
    });
    const auto printRow = [&](const char* what, const std::vector<double>& ms) {
        fmt::print("{}: p50 {:.1f} ms, p95 {:.1f} ms; {:.1f} and {:.1f} of the bare server's\n", what,
                   percentile(ms, 0.5), percentile(ms, 0.95), percentile(ms, 0.5) / percentile(bareMs, 0.5),
                   percentile(ms, 0.95) / percentile(bareMs, 0.95));
    };
    printRow("a contact is looked up", taken.findMs);
    printRow("a member is registered", taken.joinMs);
    printRow("bare TLS and a record on the disk", bareMs);
    if (seconds >= kLongRunSeconds && percentile(taken.joinMs, 0.95) > kSlowestMs) fail("it is too slow");
    return 0;
}
