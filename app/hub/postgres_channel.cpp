#include "hub/postgres_channel.h"

#include "core/log.h"
#include "hub/postgres_result.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <span>

namespace silta::hub {

namespace {

constexpr std::size_t kHintBytesMax = 7'900; // PostgreSQL takes payloads below 8,000
constexpr std::string_view kEverybody = "*";
constexpr std::int64_t kReconnectMs = 5'000;
constexpr std::int64_t kAnswerMs = 5'000;
constexpr std::int64_t kHorizonMs = 10'000; // between two looks
constexpr const char* kHorizonSql =
    "SELECT CAST(pg_snapshot_xmin(s) AS text), CAST(pg_snapshot_xmax(s) AS text) "
    "FROM pg_current_snapshot() AS s";

struct CloseConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
std::int64_t numberAt(const PGresult* result, int column) {
    const std::string_view text = PQgetvalue(result, 0, column);
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

class PostgresChannel final : public FeedChannel {
public:
    PostgresChannel(std::string address, const Clock& clock) : address_(std::move(address)), clock_(clock) {}

    void tell(const std::set<std::string>& devices) override {
        if (!isOpen()) return;
        const auto text = hintText(devices);
        const char* values[] = {text.c_str()};
        if (PQresultStatus(ask("SELECT pg_notify('silta_change', $1)", values).get()) != PGRES_TUPLES_OK)
            connection_.reset();
    }

    Heard hear() override {
        Heard heard;
        if (!isOpen()) return heard;
        if (PQconsumeInput(connection_.get()) == 0) {
            connection_.reset();
            return heard;
        }
        for (;;) {
            auto* notification = PQnotifies(connection_.get());
            if (notification == nullptr) break;
            const bool isOurs = notification->be_pid == PQbackendPID(connection_.get());
            auto more = isOurs ? Heard{} : parseHint(notification->extra);
            PQfreemem(notification);
            heard.isEverybody = heard.isEverybody || more.isEverybody;
            heard.devices.merge(more.devices);
        }
        lookAtHorizon();
        return heard;
    }

    [[nodiscard]] std::int64_t heldMs() const override { return horizon_.heldMs(); }

private:
    bool isOpen() {
        if (connection_) return true;
        const auto now = clock_.steadyMs();
        if (now < nextTryMs_) return false;
        // Whoever waits at this hub waits for the thread that asks here, so nothing may take long.
        const std::array<const char*, 4> names = {"dbname", "connect_timeout", "tcp_user_timeout", nullptr};
        const std::array<const char*, 4> values = {address_.c_str(), "5", "5000", nullptr}; // s, ms
        connection_.reset(PQconnectdbParams(names.data(), values.data(), 1));
        if (PQresultStatus(ask("SET statement_timeout = '5s'").get()) != PGRES_COMMAND_OK ||
            PQresultStatus(ask("LISTEN silta_change").get()) != PGRES_COMMAND_OK)
            connection_.reset();
        nextTryMs_ = clock_.steadyMs() + kReconnectMs; // from now: what fails slowly is not all that is done
        return connection_ != nullptr;
    }

    // The answer to one statement; null when none came in time, from a server that is stopped, say.
    PgResult ask(const char* sql, std::span<const char* const> values = {}) {
        auto* connection = connection_.get();
        if (PQsendQueryParams(connection, sql, static_cast<int>(values.size()), nullptr, values.data(),
                              nullptr, nullptr, 0) == 0)
            return {};
        const auto endMs = clock_.steadyMs() + kAnswerMs;
        PgResult last;
        for (;;) {
            while (PQisBusy(connection) != 0) {
                const auto leftMs = std::max<std::int64_t>(endMs - clock_.steadyMs(), 0);
                pollfd socket{.fd = PQsocket(connection), .events = POLLIN, .revents = 0};
                const int ready = ::poll(&socket, 1, static_cast<int>(leftMs));
                if (ready == 0 || (ready < 0 && errno != EINTR)) return {};
                if (PQconsumeInput(connection) == 0) return {};
            }
            PgResult next(PQgetResult(connection));
            if (!next) return last;
            last = std::move(next);
        }
    }

    void lookAtHorizon() {
        const auto now = clock_.steadyMs();
        if (now < nextLookMs_) return;
        nextLookMs_ = now + kHorizonMs;
        const auto result = ask(kHorizonSql);
        if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
            connection_.reset();
            return;
        }
        horizon_.note(numberAt(result.get(), 0), numberAt(result.get(), 1), now);
    }

    const std::string address_;
    const Clock& clock_;
    std::unique_ptr<PGconn, CloseConnection> connection_;
    std::int64_t nextTryMs_ = 0, nextLookMs_ = 0;
    HorizonWatch horizon_;
};

} // namespace

void HorizonWatch::note(std::int64_t oldest, std::int64_t next, std::int64_t nowMs) {
    if (oldest != oldest_ || oldest == next) { // another one, or none runs
        oldest_ = oldest;
        sinceMs_ = nowMs;
        saidSo_ = false;
    }
    heldMs_ = nowMs - sinceMs_;
    if (heldMs_ < kHorizonAlarmMs || saidSo_) return;
    saidSo_ = true;
    log::error("hub",
               "a transaction on the database server holds back the feeds of all devices xid={} seconds={}",
               oldest, heldMs_ / 1'000);
}

std::string hintText(const std::set<std::string>& devices) {
    std::string text;
    for (const auto& device : devices) {
        if (text.size() + device.size() + 1 > kHintBytesMax) return std::string(kEverybody);
        text.append(text.empty() ? "" : ",").append(device);
    }
    return text;
}

FeedChannel::Heard parseHint(std::string_view text) {
    if (text == kEverybody) return {{}, true};
    FeedChannel::Heard heard;
    while (!text.empty()) {
        const auto name = text.substr(0, text.find(','));
        if (!name.empty()) heard.devices.emplace(name);
        text.remove_prefix(std::min(name.size() + 1, text.size()));
    }
    return heard;
}

std::unique_ptr<FeedChannel> makePostgresChannel(std::string address, const Clock& clock) {
    return std::make_unique<PostgresChannel>(std::move(address), clock);
}

} // namespace silta::hub
