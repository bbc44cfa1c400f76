#include "portal/session_store.h"

#include <silta/crypto.h>

#include <array>

namespace silta::portal {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kUnsettledMax = 256; // sessions, of two or three pages each

constexpr std::array<const char*, 1> kMigrations = {R"sql(
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session(
  device TEXT PRIMARY KEY,
  day INTEGER NOT NULL,
  way TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ends_ms INTEGER NOT NULL,
  quota INTEGER NOT NULL,
  used INTEGER NOT NULL,
  rate_class INTEGER NOT NULL,
  extensions INTEGER NOT NULL,
  end INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql"};

} // namespace

Result<SessionStore> SessionStore::open(const std::string& path, const Clock& clock, Random& random) {
    auto database = Database::open(path, path == ":memory:" ? OpenMode::Memory : OpenMode::Lossy);
    if (!database) return database.error();
    if (auto done = database->migrate(kMigrations); !done) return done.error();
    SessionStore store(std::move(*database), clock, random);
    auto key = store.readSetting("cookie_key");
    if (!key) return key.error();
    if (key->empty()) {
        key = random.hex(kKeyBytes);
        if (auto done = store.writeSetting("cookie_key", *key); !done) return done.error();
    }
    store.cookieKey_ = sha256(*key);
    if (auto done = store.turnDay(); !done) return done.error();
    return store;
}

Result<std::string> SessionStore::readSetting(const char* name) {
    auto query = database_.prepare("SELECT value FROM setting WHERE name = ?");
    if (!query) return query.error();
    auto row = query->bind(0, name).step();
    if (!row) return row.error();
    return *row ? query->string(0) : std::string();
}

Result<void> SessionStore::writeSetting(const char* name, std::string_view value) {
    auto upsert = database_.prepare("INSERT INTO setting(name, value) VALUES(?1, ?2) "
                                    "ON CONFLICT(name) DO UPDATE SET value = ?2");
    if (!upsert) return upsert.error();
    return upsert->bind(0, name).bind(1, value).run();
}

Result<void> SessionStore::turnDay() {
    const auto today = clock_.nowMs() / kDayMs;
    if (today == day_) return {};
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    auto known = readSetting("day");
    auto todays = readSetting("day_key");
    auto yesterdays = readSetting("day_key_before");
    for (auto* setting : {&known, &todays, &yesterdays})
        if (!*setting) return setting->error();
    if (*known != std::to_string(today)) {
        // A clock that jumps begins a new day; sessions of the day before are still known.
        *yesterdays = *known == std::to_string(today - 1) ? *todays : std::string();
        *todays = random_.hex(kKeyBytes);
        if (auto done = writeSetting("day", std::to_string(today)); !done) return done;
        if (auto done = writeSetting("day_key", *todays); !done) return done;
        if (auto done = writeSetting("day_key_before", *yesterdays); !done) return done;
        auto forget = database_.prepare("DELETE FROM session WHERE day NOT IN (?, ?)");
        if (!forget) return forget.error();
        if (auto done = forget->bind(0, today).bind(1, today - 1).run(); !done) return done;
    }
    if (auto done = transaction->commit(); !done) return done;
    // A key that is thrown away must not stay in the log.
    if (auto done = database_.checkpoint(); !done) return done;
    day_ = today;
    todaysKey_ = sha256(*todays);
    yesterdaysKey_ = yesterdays->empty() ? std::string() : sha256(*yesterdays);
    return {};
}

std::string SessionStore::nameOf(const gate::Mac& mac, const std::string& key) {
    return toBase64(hmacSha256(key, gate::toString(mac)));
}

Result<std::optional<Session>> SessionStore::find(const gate::Mac& mac) {
    const std::lock_guard lock(*mutex_);
    if (auto done = turnDay(); !done) return done.error();
    auto query =
        database_.prepare("SELECT way, started_ms, ends_ms, quota, used, rate_class, extensions, end, day "
                          "FROM session WHERE device = ?");
    if (!query) return query.error();
    for (const auto* key : {&todaysKey_, &yesterdaysKey_}) {
        if (key->empty()) continue;
        const auto name = nameOf(mac, *key);
        auto row = query->bind(0, name).step();
        if (!row) return row.error();
        if (!*row) {
            query->reset();
            continue;
        }
        Session session;
        session.way = wayNamed(query->text(0)).value_or(WayKind::Terms);
        session.startedMs = query->integer(1);
        session.endsMs = query->integer(2);
        session.quotaBytes = static_cast<std::uint64_t>(query->integer(3));
        session.usedBytes = static_cast<std::uint64_t>(query->integer(4));
        session.rateClass = static_cast<unsigned>(query->integer(5));
        session.extensions = static_cast<int>(query->integer(6));
        session.end = static_cast<SessionEnd>(query->integer(7));
        // What was used counts for a day; what still runs goes on over midnight.
        const bool isRunning = session.end == SessionEnd::Running && session.endsMs > clock_.nowMs();
        if (query->integer(8) != day_ && !isRunning) return std::optional<Session>();
        return std::optional(session);
    }
    return std::optional<Session>();
}

Result<void> SessionStore::save(const gate::Mac& mac, const Session& session) {
    const std::array one = {DeviceSession{mac, session}};
    return save(one);
}

Result<void> SessionStore::save(std::span<const DeviceSession> sessions) {
    const std::lock_guard lock(*mutex_);
    if (auto done = turnDay(); !done) return done;
    unsettled_ += sessions.size();
    // One row is a transaction of its own.
    if (sessions.size() == 1 && yesterdaysKey_.empty()) return upsert(sessions[0].mac, sessions[0].session);
    auto transaction = Transaction::begin(database_);
    if (!transaction) return transaction.error();
    for (const auto& [mac, session] : sessions) {
        if (auto done = forgetYesterdays(mac); !done) return done;
        if (auto done = upsert(mac, session); !done) return done;
    }
    return transaction->commit();
}

Result<void> SessionStore::settle() {
    const std::lock_guard lock(*mutex_);
    if (unsettled_ < kUnsettledMax) return {};
    unsettled_ = 0;
    return database_.checkpoint();
}

/// What is saved moves to today's name.
Result<void> SessionStore::forgetYesterdays(const gate::Mac& mac) {
    if (yesterdaysKey_.empty()) return {};
    auto remove = database_.prepare("DELETE FROM session WHERE device = ?");
    if (!remove) return remove.error();
    const auto name = nameOf(mac, yesterdaysKey_);
    return remove->bind(0, name).run();
}

Result<void> SessionStore::upsert(const gate::Mac& mac, const Session& session) {
    auto upsert = database_.prepare("INSERT OR REPLACE INTO session(device, day, way, started_ms, ends_ms, "
                                    "quota, used, rate_class, extensions, "
                                    "end) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!upsert) return upsert.error();
    const auto name = nameOf(mac, todaysKey_);
    upsert->bind(0, name)
        .bind(1, day_)
        .bind(2, silta::portal::nameOf(session.way))
        .bind(3, session.startedMs);
    upsert->bind(4, session.endsMs).bind(5, static_cast<std::int64_t>(session.quotaBytes));
    upsert->bind(6, static_cast<std::int64_t>(session.usedBytes))
        .bind(7, static_cast<std::int64_t>(session.rateClass));
    upsert->bind(8, session.extensions).bind(9, static_cast<std::int64_t>(session.end));
    return upsert->run();
}

} // namespace silta::portal
