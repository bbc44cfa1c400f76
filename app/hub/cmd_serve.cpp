#include "hub/cmd_serve.h"

#include "core/durable_file.h"
#include "core/log.h"
#include "core/service_manager.h"
#include "core/stop_signals.h"
#include "hub/catalog_store.h"
#include "hub/feed_waits.h"
#include "hub/hub_api.h"
#include "hub/postgres_channel.h"
#include "hub/postgres_engine.h"
#include "hub/session.h"
#include "hub/sms_sender.h"
#include "hub/sqlite_channel.h"
#include "net/loopback.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <mutex>

namespace silta::hub {

namespace {

constexpr int kPushesAtWork = 4; // of one replica on PostgreSQL: more only wait for each other there
// Of one replica to PostgreSQL: small pushes and questions do not wait for the large ones.
constexpr int kConnections = kPushesAtWork + kSmallPushRoom + 1;

int logFailure(const Error& error) {
    log::error("hub", "{}", error.what);
    return error.code == Errc::Invalid ? 2 : 1;
}

Result<std::optional<HttpTls>> readTls(const Options& options) {
    if (!options.has("--tls-cert") && !options.has("--tls-key")) return std::optional<HttpTls>();
    auto certificate = readFile(options.value("--tls-cert"));
    if (!certificate) return certificate.error();
    auto key = readFile(options.value("--tls-key"));
    if (!key) return key.error();
    return std::optional<HttpTls>(HttpTls{*certificate, *key});
}

// A token is nobody else's to read; as with keys, a file of another mode is refused.
Result<std::string> readToken(const std::string& path) {
    constexpr std::size_t kTokenBytesMax = 4'096;
    struct stat info {};
    if (stat(path.c_str(), &info) != 0)
        return Error{Errc::NotFound, fmt::format("read {}: cannot open it", path)};
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{Errc::Denied, fmt::format("read {}: others may read it; expected mode 0600", path)};
    auto token = readFile(path);
    if (!token) return token;
    while (!token->empty() && (token->back() == '\n' || token->back() == '\r'))
        token->pop_back();
    if (token->empty() || token->size() > kTokenBytesMax || token->find_first_of("\r\n") != std::string::npos)
        return Error{Errc::Invalid, fmt::format("read {}: expected one line", path)};
    return token;
}

/// Null: nothing was said about SMS.
Result<std::unique_ptr<SmsQueue>> makeSms(const Options& options) {
    if (options.has("--sms-url") && options.has("--sms-file"))
        return Error{Errc::Invalid, "serve: --sms-url or --sms-file, not both"};
    if (options.has("--sms-file"))
        return std::make_unique<SmsQueue>(makeFileSms(options.value("--sms-file")));
    if (!options.has("--sms-url")) return std::unique_ptr<SmsQueue>();
    std::string token;
    if (options.has("--sms-token-file")) {
        auto read = readToken(options.value("--sms-token-file"));
        if (!read) return read.error();
        token = std::move(*read);
    }
    return std::make_unique<SmsQueue>(makeGatewaySms(options.value("--sms-url"), std::move(token),
                                                     options.value("--sms-ca-file"), makeCurlTransport()));
}

// Devices refuse plain http to another machine; the hub refuses to offer it by accident.
Result<void> checkExposure(const Options& options, const std::string& listen, bool hasTls) {
    const auto host = listen.substr(0, listen.rfind(':'));
    if (hasTls || isLoopbackHost(host) || options.has("--behind-proxy")) return {};
    return Error{
        Errc::Invalid,
        "serve: without --tls-cert and --tls-key the hub listens on loopback only; give --behind-proxy "
        "when a TLS proxy on a trusted network stands in front"};
}

/// An invitation to a review needs a way to the member, and one back.
Result<void> checkReviews(const Options& options, int days) {
    if (!options.has("--review-days")) return {};
    if (days < 1 || days > kReviewDaysMax)
        return Error{Errc::Invalid, fmt::format("--review-days: expected 1 to {}", kReviewDaysMax)};
    if (options.has("--public-url") && (options.has("--sms-url") || options.has("--sms-file"))) return {};
    return Error{Errc::Invalid, "--review-days: wants --public-url, and --sms-url or --sms-file"};
}

} // namespace

int runServe(std::span<const std::string> args) {
    auto options = Options::parse(args,
                                  {"--db", "--operations", "--keys", "--files", "--listen", "--public-url",
                                   "--chain", "--member-prefix", "--tls-cert", "--tls-key", "--sms-url",
                                   "--sms-token-file", "--sms-ca-file", "--sms-file", "--review-days"},
                                  {"--behind-proxy"});
    if (!options) return logFailure(options.error());
    const auto path = options->value("--db");
    if (path.empty()) return logFailure({Errc::Invalid, "--db PATH is missing"});
    HubOptions hubOptions;
    hubOptions.listen = options->value("--listen", "127.0.0.1:8480");
    hubOptions.filesFolder = options->value("--files", path + ".files");
    hubOptions.publicUrl = options->value("--public-url");
    hubOptions.chainName = options->value("--chain", "Silta");
    hubOptions.memberPrefix = options->value("--member-prefix", "9246");
    hubOptions.reviewDays = options->number("--review-days", 0);
    if (auto usable = checkReviews(*options, hubOptions.reviewDays); !usable)
        return logFailure(usable.error());
    auto tls = readTls(*options);
    if (!tls) return logFailure(tls.error());
    hubOptions.tls = *tls;
    if (auto safe = checkExposure(*options, hubOptions.listen, tls->has_value()); !safe)
        return logFailure(safe.error());

    holdStopSignals();
    const ServiceManager manager;

    const SystemClock clock;
    SystemRandom random;
    auto where = operationsAddress(*options);
    if (!where) return logFailure(where.error());
    auto keys = keysOf(*options);
    if (!keys) return logFailure(keys.error());
    const bool isShared = isPostgresAddress(*where);
    auto channel = isShared ? Result(makePostgresChannel(*where, clock)) : makeSqliteChannel(*where);
    if (!channel) return logFailure(channel.error());
    FeedWaits waits(waitingRoom(hubOptions), std::move(*channel), clock);
    hubOptions.waits = &waits;
    // What orders are promised from; on SQLite the operations' own connection reads it.
    std::mutex shelvesMutex;
    auto shelves = CatalogStore::open(path, random);
    if (!shelves) return logFailure(shelves.error());
    const auto open = [&]() -> Result<std::unique_ptr<OperationStore>> {
        auto store = OperationStore::open(*where, *keys, clock, random);
        if (!store || !isShared) return store;
        (*store)->setOnTold([&waits](std::string_view device) { waits.told(device); });
        (*store)->setCatalog({&shelves->database(), &shelvesMutex});
        return store;
    };
    if (auto usable = open(); !usable) return logFailure(usable.error());
    StorePool pool(open, isShared ? kConnections : 1);
    if (isShared) hubOptions.pushesAtWork = kPushesAtWork;
    auto catalog = CatalogStore::open(path, random);
    if (!catalog) return logFailure(catalog.error());
    const auto findProduct = [&catalog](const std::string& sku) -> std::optional<ProductRecord> {
        auto body = catalog->bodyOfSku(sku);
        if (!body) return std::nullopt;
        auto change = parseChange(*body);
        return change ? change->product : std::nullopt;
    };
    const auto findStore = [&catalog](const std::string& code) -> std::optional<StoreRecord> {
        auto body = catalog->bodyOfStore(code);
        if (!body) return std::nullopt;
        auto change = parseChange(*body);
        return change ? change->store : std::nullopt;
    };
    auto sms = makeSms(*options);
    if (!sms) return logFailure(sms.error());
    hubOptions.sms = sms->get();
    HubApi api(pool, *keys, hubOptions, findProduct, findStore, clock, random);
    auto server = api.serve();
    if (!server) return logFailure(server.error());
    log::info("hub", "listening port={}", (*server)->port());
    // A database out of reach is not mended by starting anew; threads that never give a store back are.
    const auto isWell = [&pool] {
        [[maybe_unused]] const auto loan = pool.take();
        return true;
    };
    log::info("hub", "stopping signal={}", serveUntilStopSignal(manager, isWell));
    return 0;
}

} // namespace silta::hub
