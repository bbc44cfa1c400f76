#include "portal/session_keeper.h"

#include "portal/limits.h"

#include <silta/crypto.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace silta::portal {

namespace {

constexpr std::size_t kPersonBytes = 12;
constexpr std::uint64_t kSavedEveryBytes = 5'000'000; // what a power cut may forget of a quota: a card wears

bool isSpent(const gate::Guest& guest) {
    return guest.quotaBytes > 0 && guest.usedBytes >= guest.quotaBytes;
}

std::uint64_t bytesLeftOf(std::uint64_t quota, std::uint64_t used) {
    return quota > used ? quota - used : 0;
}

} // namespace

SessionKeeper::SessionKeeper(const PortalConfig& config, SessionStore& store, gate::Gate& gate,
                             const Clock& clock)
    : config_(config), store_(store), gate_(gate), clock_(clock),
      personKey_(hmacSha256(store.cookieKey(), "silta-person")) {}

Result<std::optional<gate::Guest>> SessionKeeper::atGate(const gate::Mac& mac) {
    const std::array asked = {mac};
    auto guests = gate_.counters(asked);
    if (!guests) return guests.error();
    return guests->empty() ? std::optional<gate::Guest>() : std::optional(guests->front());
}

bool SessionKeeper::mayExtend(const Session& session) const {
    const bool isTimeOnly = session.end == SessionEnd::Running || session.end == SessionEnd::TimeUp;
    return isTimeOnly && config_.extendMinutes > 0 && session.extensions < config_.extensionsMax &&
           clock_.nowMs() - session.endsMs <= kEndedShownMs;
}

gate::Grant SessionKeeper::grantOf(const GuestPlace& guest, const Session& session) const {
    gate::Grant grant;
    grant.mac = guest.mac;
    grant.address = guest.address;
    // Rounded up: a gate that closes before its session ends is opened once more, for a whole second.
    const auto left = (std::max<std::int64_t>(session.endsMs - clock_.nowMs(), 1) + 999) / 1'000;
    grant.seconds = static_cast<std::uint32_t>(std::min<std::int64_t>(left, gate::kSecondsMax));
    grant.quotaBytes = session.quotaBytes;
    grant.usedBytes = session.usedBytes;
    grant.rateClass = session.rateClass;
    return grant;
}

Result<void> SessionKeeper::let(const GuestPlace& guest, const Session& session) {
    std::array grants = {grantOf(guest, session)};
    if (auto carried = carryOver(grants); !carried) return carried;
    auto done = gate_.allow(grants);
    if (done) startWatching(guest.mac, session);
    return done;
}

void SessionKeeper::startWatching(const gate::Mac& mac, const Session& session) {
    const std::lock_guard lock(watchedMutex_);
    watched_[mac] = {session.usedBytes, session.usedBytes, clock_.steadyMs()};
}

void SessionKeeper::stopWatching(const gate::Mac& mac) {
    const std::lock_guard lock(watchedMutex_);
    watched_.erase(mac);
}

// The gate counts all the time, the store is told now and then; and a request over IPv6 says nothing of the
// IPv4 address that passes already.
Result<void> SessionKeeper::carryOver(std::span<gate::Grant> grants) {
    std::vector<gate::Mac> asked;
    for (const auto& grant : grants)
        if (!isKnownStranger(grant.mac)) asked.push_back(grant.mac);
    if (asked.empty()) return {};
    auto open = gate_.counters(asked);
    if (!open) return open.error();
    for (auto& grant : grants) {
        if (const auto seen = watched_.find(grant.mac); seen != watched_.end())
            grant.usedBytes = std::max(grant.usedBytes, seen->second.usedBytes);
        const auto known = std::ranges::find(*open, grant.mac, &gate::Guest::mac);
        if (known == open->end()) continue;
        grant.usedBytes = std::max(grant.usedBytes, known->usedBytes);
        if (!grant.address) grant.address = known->address;
    }
    return {};
}

std::string SessionKeeper::personOf(std::string_view contact) const {
    return toBase64(hmacSha256(personKey_, contact).substr(0, kPersonBytes));
}

// Nearly every request before a sign-in is a stranger's, and a question to the gate costs more than all else.
bool SessionKeeper::isKnownStranger(const gate::Mac& mac) {
    const std::lock_guard lock(watchedMutex_);
    return hasSwept_ && !watched_.contains(mac);
}

bool SessionKeeper::isStranger(const gate::Mac& mac) {
    return isKnownStranger(mac);
}

Result<GuestStatus> SessionKeeper::look(const GuestPlace& guest) {
    if (isKnownStranger(guest.mac)) {
        const auto known = store_.find(guest.mac);
        if (known && !*known) return GuestStatus{};
    }
    const std::lock_guard lock(mutex_);
    return statusOf(guest);
}

Result<GuestStatus> SessionKeeper::statusOf(const GuestPlace& guest) {
    auto known = store_.find(guest.mac);
    if (!known) return known.error();
    GuestStatus status;
    status.session = *known;
    auto open = atGate(guest.mac);
    if (!open) return open.error();
    const auto now = clock_.nowMs();
    if (*open && (!*known || (*known)->end != SessionEnd::Running)) {
        // The gate has it and we do not: the power went between the two.
        Session session = known->value_or(Session{});
        session.startedMs = now;
        session.endsMs = now + std::int64_t{(*open)->secondsLeft} * 1'000;
        session.quotaBytes = (*open)->quotaBytes;
        session.rateClass = (*open)->rateClass;
        session.end = SessionEnd::Running;
        status.session = session;
    }
    if (!status.session) return status;
    auto& session = *status.session;
    if (*open) session.usedBytes = std::max(session.usedBytes, (*open)->usedBytes);
    const bool isSpentUp = session.quotaBytes > 0 && session.usedBytes >= session.quotaBytes;
    if (isSpentUp) {
        status.state = GuestState::QuotaSpent;
        return status;
    }
    status.canExtend = mayExtend(session);
    if (session.end == SessionEnd::Running && session.endsMs > now) {
        const bool isHere = *open && (!guest.address || (*open)->address == guest.address);
        if (!isHere)
            if (auto done = let(guest, session); !done) return done.error();
        status.state = GuestState::Open;
        status.secondsLeft = (session.endsMs - now + 999) / 1'000;
        if (session.quotaBytes > 0) status.bytesLeft = bytesLeftOf(session.quotaBytes, session.usedBytes);
        return status;
    }
    const bool ended = session.end == SessionEnd::Running || session.end == SessionEnd::TimeUp;
    if (ended && now - session.endsMs <= kEndedShownMs) status.state = GuestState::TimeUp;
    return status;
}

Result<void> SessionKeeper::open(const GuestPlace& guest, WayKind way, int minutes, std::uint64_t quotaBytes,
                                 const std::string& person) {
    Beginning mine{guest, {}, person, {}};
    mine.session.way = way;
    mine.session.startedMs = clock_.nowMs();
    mine.session.endsMs = mine.session.startedMs + std::int64_t{minutes} * 60'000;
    mine.session.quotaBytes = quotaBytes;
    mine.session.rateClass = config_.rateClass;
    {
        const std::lock_guard lock(waitingMutex_);
        waiting_.push_back(&mine);
    }
    // While one asks the gate others come to wait; the first of them to get here lets all of them in.
    const std::lock_guard lock(mutex_);
    if (mine.outcome) return *mine.outcome;
    std::vector<Beginning*> all;
    {
        const std::lock_guard waiting(waitingMutex_);
        all.swap(waiting_);
    }
    beginAll(all);
    assert(mine.outcome); // it waited, and nobody before had taken it
    return *mine.outcome;
}

std::size_t SessionKeeper::waiting() {
    const std::lock_guard lock(waitingMutex_);
    return waiting_.size();
}

Result<void> SessionKeeper::prepare(Beginning& beginning) {
    const auto& mac = beginning.guest.mac;
    if (!beginning.person.empty()) {
        const auto isGone = [this](const gate::Mac& known) { return !watched_.contains(known); };
        auto& devices = devicesOf_[beginning.person];
        std::erase_if(devices, isGone);
        devices.erase(mac);
        if (devices.size() >= static_cast<std::size_t>(config_.devicesPerPerson))
            return Error{Errc::Limit, "open session: this person has enough devices here"};
        devices.insert(mac);
    }
    auto known = store_.find(mac);
    if (!known) return known.error();
    auto& session = beginning.session;
    if (*known) session.usedBytes = (*known)->usedBytes;
    return {};
}

void SessionKeeper::beginAll(std::vector<Beginning*> beginnings) {
    while (!beginnings.empty()) {
        // A device or a person that is there twice waits for the next round, which knows of this one.
        std::vector<Beginning*> round, later;
        std::set<gate::Mac> macs;
        std::set<std::string_view> persons;
        for (auto* beginning : beginnings) {
            const bool isAgain = !macs.insert(beginning->guest.mac).second ||
                                 (!beginning->person.empty() && !persons.insert(beginning->person).second);
            (isAgain || round.size() == gate::kBatchMax ? later : round).push_back(beginning);
        }
        beginRound(round);
        beginnings = std::move(later);
    }
}

void SessionKeeper::beginRound(std::vector<Beginning*> round) {
    if (devicesOf_.size() >= kDevicesMax) // now, while none of this round is in between
        std::erase_if(devicesOf_, [this](const auto& entry) {
            return std::ranges::none_of(entry.second,
                                        [this](const gate::Mac& mac) { return watched_.contains(mac); });
        });
    std::vector<gate::Grant> grants;
    std::erase_if(round, [&](Beginning* beginning) {
        auto prepared = prepare(*beginning);
        if (prepared)
            grants.push_back(grantOf(beginning->guest, beginning->session));
        else
            beginning->outcome = std::move(prepared);
        return beginning->outcome.has_value();
    });
    if (auto carried = carryOver(grants); !carried) {
        for (auto* beginning : round)
            beginning->outcome = carried;
        return;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < round.size(); ++i) {
        auto& session = round[i]->session;
        session.usedBytes = grants[i].usedBytes;
        if (session.quotaBytes > 0 && session.usedBytes >= session.quotaBytes) {
            round[i]->outcome = Error{Errc::Denied, "open session: today's quota is spent"};
            continue;
        }
        round[kept] = round[i];
        grants[kept++] = grants[i];
    }
    round.resize(kept);
    grants.resize(kept);
    const auto all = grants.empty() ? Result<void>() : gate_.allow(grants);
    // What stands against one of them is not the others' fault; a gate that does not answer is nobody's.
    const bool isAboutOne = !all && (all.error().code == Errc::Invalid || all.error().code == Errc::Full);
    std::vector<DeviceSession> begun;
    for (std::size_t i = 0; i < round.size(); ++i) {
        auto& [guest, session, person, outcome] = *round[i];
        auto done = isAboutOne && round.size() > 1 ? gate_.allow(std::span(&grants[i], 1)) : all;
        if (done) {
            startWatching(guest.mac, session);
            begun.push_back({guest.mac, session});
        }
        outcome = std::move(done);
    }
    if (begun.empty()) return;
    if (const auto saved = store_.save(begun); !saved)
        for (auto* beginning : round)
            if (*beginning->outcome) beginning->outcome = saved;
}

Result<void> SessionKeeper::extend(const GuestPlace& guest) {
    const std::lock_guard lock(mutex_);
    auto status = statusOf(guest);
    if (!status) return status.error();
    if (!status->canExtend || !status->session)
        return Error{Errc::Denied, "extend session: no more of these"};
    auto session = *status->session;
    session.endsMs = std::max(session.endsMs, clock_.nowMs()) + std::int64_t{config_.extendMinutes} * 60'000;
    session.end = SessionEnd::Running;
    ++session.extensions;
    if (auto done = let(guest, session); !done) return done;
    return store_.save(guest.mac, session);
}

Result<void> SessionKeeper::signOut(const GuestPlace& guest) {
    const std::lock_guard lock(mutex_);
    auto open = atGate(guest.mac);
    if (!open) return open.error();
    const std::array macs = {guest.mac};
    if (auto done = gate_.revoke(macs); !done) return done;
    return end(guest.mac, SessionEnd::SignedOut,
               *open ? std::optional((*open)->usedBytes) : std::optional<std::uint64_t>());
}

Result<void> SessionKeeper::end(const gate::Mac& mac, SessionEnd how,
                                std::optional<std::uint64_t> usedBytes) {
    stopWatching(mac);
    auto known = store_.find(mac);
    if (!known) return known.error();
    if (!*known) return {};
    auto session = **known;
    session.end = how;
    session.endsMs = std::min(session.endsMs, clock_.nowMs());
    if (usedBytes) session.usedBytes = std::max(session.usedBytes, *usedBytes);
    return store_.save(mac, session);
}

Result<void> SessionKeeper::watch(const gate::Guest& guest) {
    const auto now = clock_.steadyMs();
    if (!watched_.contains(guest.mac)) { // it was let in before this portal began
        const std::lock_guard lock(watchedMutex_);
        watched_[guest.mac] = {guest.usedBytes, guest.usedBytes, now};
    }
    auto& watched = watched_[guest.mac];
    if (guest.usedBytes != watched.usedBytes) watched.activeMs = now;
    watched.usedBytes = guest.usedBytes;
    if (now - watched.activeMs > std::int64_t{config_.idleMinutes} * 60'000) {
        const std::array macs = {guest.mac};
        if (auto done = gate_.revoke(macs); !done) return done;
        return end(guest.mac, SessionEnd::Idle, guest.usedBytes);
    }
    if (!isSpent(guest) && watched.usedBytes - watched.savedBytes < kSavedEveryBytes) return {};
    if (watched.usedBytes == watched.savedBytes) return {};
    auto known = store_.find(guest.mac);
    if (!known) return known.error();
    if (!*known) return {};
    auto session = **known;
    session.usedBytes = std::max(session.usedBytes, watched.usedBytes);
    watched.savedBytes = watched.usedBytes;
    return store_.save(guest.mac, session);
}

Result<std::set<gate::Mac>> SessionKeeper::watchAll() {
    std::set<gate::Mac> present;
    std::optional<gate::Mac> after;
    for (bool more = true; more;) {
        auto page = gate_.list(after);
        if (!page) return page.error();
        for (const auto& guest : page->guests) {
            present.insert(guest.mac);
            if (auto done = watch(guest); !done) return done.error();
        }
        more = page->hasMore && !page->guests.empty();
        if (more) after = page->guests.back().mac;
    }
    return present;
}

Result<void> SessionKeeper::sweep() {
    if (auto done = endWhatIsOver(); !done) return done;
    return store_.settle();
}

Result<void> SessionKeeper::endWhatIsOver() {
    const std::lock_guard lock(mutex_);
    const auto present = watchAll();
    {
        const std::lock_guard watching(watchedMutex_);
        hasSwept_ = present.has_value();
    }
    if (!present) return present.error();
    std::vector<std::pair<gate::Mac, std::uint64_t>> gone;
    for (const auto& [mac, watched] : watched_)
        if (!present->contains(mac)) gone.emplace_back(mac, watched.usedBytes);
    for (const auto& [mac, used] : gone) {
        auto known = store_.find(mac);
        if (!known) return known.error();
        // Before its time the gate was emptied, not this session ended: the guest's next request opens it
        // again.
        const bool isOver = !*known || (*known)->endsMs <= clock_.nowMs() + kSweepMs;
        stopWatching(mac);
        if (!isOver || (*known && (*known)->end != SessionEnd::Running)) continue;
        if (auto done = end(mac, SessionEnd::TimeUp, used); !done) return done;
    }
    return {};
}

} // namespace silta::portal
