#include "gate/nft_gate.h"

#include "gate/guest_table.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace silta::gate {

namespace {

constexpr std::uint64_t kMsPerSecond = 1'000;
constexpr std::uint32_t kSessionBit = 0x8000'0000; // see guest_table.h
constexpr std::uint64_t kNoQuota = std::numeric_limits<std::int64_t>::max();
constexpr std::uint32_t kHandle = 1U << 16; // HTB's, as renderShaping() makes it
// The kernel's timers and ours begin a little apart; what it forgot first is no longer asked for.
constexpr std::int64_t kSweepMs = 1'000;

NftKey keyOf(const Mac& mac) {
    NftKey key;
    std::ranges::copy(mac.bytes, key.bytes.begin());
    key.size = mac.bytes.size();
    return key;
}

// A part of a concatenation begins at a multiple of four bytes; addresses are in network order.
NftKey keyOf(const Mac& mac, const Ipv4& address) {
    NftKey key = keyOf(mac);
    for (std::size_t i = 0; i < 4; ++i)
        key.bytes[8 + i] = static_cast<std::uint8_t>(address.value >> (24 - 8 * i));
    key.size = 12;
    return key;
}

NftKey keyOf(std::uint32_t mark) {
    NftKey key;
    std::memcpy(key.bytes.data(), &mark, sizeof mark);
    key.size = sizeof mark;
    return key;
}

Mac macOf(const NftKey& key) {
    Mac mac;
    std::copy_n(key.bytes.begin(), mac.bytes.size(), mac.bytes.begin());
    return mac;
}

Ipv4 addressOf(const NftKey& key) {
    std::uint32_t value = 0;
    for (std::size_t i = 8; i < 12; ++i)
        value = value << 8 | key.bytes[i];
    return {value};
}

std::uint32_t secondsOf(std::uint64_t ms) {
    return static_cast<std::uint32_t>((ms + kMsPerSecond - 1) / kMsPerSecond);
}

} // namespace

/// All elements of some sessions, to be there and then not, or not and then there.
struct NftGate::Transaction {
    std::array<NftChange, 4> gone = changes(NftChange::Kind::Remove);
    std::array<NftChange, 4> wanted = changes(NftChange::Kind::Add);

    static std::array<NftChange, 4> changes(NftChange::Kind kind) {
        return {{{kind, NftSet::Guest4, {}},
                 {kind, NftSet::Guest6, {}},
                 {kind, NftSet::Session, {}},
                 {kind, NftSet::Rate, {}}}};
    }

    static void put(std::array<NftChange, 4>& changes, const Mac& mac, const Session& session,
                    std::uint64_t ms, const NftUsage& usage) {
        if (session.address)
            changes[0].elements.push_back({keyOf(mac, *session.address), session.mark, ms, std::nullopt});
        changes[1].elements.push_back({keyOf(mac), session.mark, ms, std::nullopt});
        changes[2].elements.push_back({keyOf(session.mark), std::nullopt, ms, usage});
        if (session.rateClass != 0) {
            const auto id = kHandle | classMinor(session.rateClass, session.slot);
            changes[3].elements.push_back({keyOf(session.mark), id, ms, std::nullopt});
        }
    }

    void remove(const Mac& mac, const Session& session) {
        put(gone, mac, session, kMsPerSecond, {.quotaBytes = kNoQuota});
    }
    void add(const Mac& mac, const Session& session, std::uint64_t ms, const NftUsage& usage) {
        put(wanted, mac, session, ms, usage);
    }

    // An element may time out at any moment, and removing one that has gone would fail the transaction. To
    // ensure that it is there first costs little; `destroy` does the same from kernel 6.3 on.
    [[nodiscard]] std::vector<NftChange> steps() const {
        std::vector<NftChange> all;
        for (auto change : gone) {
            change.kind = NftChange::Kind::Ensure;
            all.push_back(std::move(change));
        }
        all.insert(all.end(), gone.begin(), gone.end());
        all.insert(all.end(), wanted.begin(), wanted.end());
        return all;
    }
};

Result<std::unique_ptr<NftGate>> NftGate::open(const Clock& clock, Random& random) {
    auto sets = NftSets::open();
    if (!sets) return sets.error();
    std::unique_ptr<NftGate> gate(new NftGate(clock, random, std::move(*sets)));
    if (auto done = gate->learn(); !done) return done.error();
    return gate;
}

Result<void> NftGate::learn() {
    const auto byMac = sets_->dump(NftSet::Guest6);
    if (!byMac) return byMac.error();
    const auto byAddress = sets_->dump(NftSet::Guest4);
    if (!byAddress) return byAddress.error();
    const auto classes = sets_->dump(NftSet::Rate);
    if (!classes) return classes.error();
    sessions_.clear();
    marks_.clear();
    slots_ = {};
    std::map<NftKey, std::uint32_t> classOf;
    for (const auto& element : *classes)
        classOf[element.key] = element.data.value_or(0);
    const auto now = clock_.steadyMs();
    for (const auto& element : *byMac) {
        Session session;
        session.mark = element.data.value_or(0);
        session.endsMs = now + static_cast<std::int64_t>(element.ms);
        const auto found = classOf.find(keyOf(session.mark));
        const auto minor = found == classOf.end() ? 0 : found->second & (kHandle - 1);
        session.rateClass = minor / kGuestsMax;
        session.slot = minor % kGuestsMax;
        remember(macOf(element.key), session);
    }
    for (const auto& element : *byAddress)
        if (const auto it = sessions_.find(macOf(element.key));
            it != sessions_.end() && it->second.mark == element.data)
            it->second.address = addressOf(element.key);
    return {};
}

void NftGate::remember(const Mac& mac, const Session& session) {
    sessions_[mac] = session;
    marks_.insert(session.mark);
    if (session.rateClass == 0) return;
    auto& taken = slots_[session.rateClass - 1];
    if (taken.size() <= session.slot) taken.resize(session.slot + 1);
    taken[session.slot] = true;
}

void NftGate::forget(const Mac& mac) {
    const auto it = sessions_.find(mac);
    if (it == sessions_.end()) return;
    const auto& session = it->second;
    marks_.erase(session.mark);
    if (session.rateClass != 0) slots_[session.rateClass - 1][session.slot] = false;
    sessions_.erase(it);
}

void NftGate::forgetExpired() {
    const auto now = clock_.steadyMs();
    if (now - sweptMs_ < kSweepMs) return;
    sweptMs_ = now;
    std::vector<Mac> expired;
    for (const auto& [mac, session] : sessions_)
        if (session.endsMs + kSweepMs < now) expired.push_back(mac);
    for (const auto& mac : expired)
        forget(mac);
}

// A number that can be guessed does no harm, one that is given out again soon does: connections of the
// session before it may still carry it.
std::uint32_t NftGate::newMark(const std::unordered_set<std::uint32_t>& taken) {
    while (true) { // at most kGuestsMax of 2^31 are taken
        const auto mark = static_cast<std::uint32_t>(random_.next64()) | kSessionBit;
        if (!marks_.contains(mark) && !taken.contains(mark)) return mark;
    }
}

template <class Orders>
Result<void> NftGate::withSecondTry(Result<void> (NftGate::*attempt)(Orders), Orders orders) {
    if (auto done = check(orders); !done) return done;
    forgetExpired();
    auto done = (this->*attempt)(orders);
    if (done || done.error().code != Errc::Conflict) return done;
    // The kernel holds what we do not remember: another process wrote, or the table was made anew.
    if (auto learnt = learn(); !learnt) return learnt;
    return (this->*attempt)(orders);
}

Result<void> NftGate::allow(std::span<const Grant> grants) {
    return withSecondTry(&NftGate::tryAllow, grants);
}

Result<void> NftGate::tryAllow(std::span<const Grant> grants) {
    Transaction transaction;
    std::vector<Session> planned;
    std::unordered_set<std::uint32_t> newMarks;
    auto slots = slots_;
    for (const auto& grant : grants) {
        const auto known = sessions_.find(grant.mac);
        Session session;
        session.address = grant.address;
        session.rateClass = grant.rateClass;
        session.endsMs = clock_.steadyMs() + static_cast<std::int64_t>(kMsPerSecond * grant.seconds);
        if (known != sessions_.end()) {
            transaction.remove(grant.mac, known->second);
            session.mark = known->second.mark; // live connections go on
        } else {
            session.mark = newMark(newMarks);
            newMarks.insert(session.mark);
        }
        if (known != sessions_.end() && known->second.rateClass == grant.rateClass) {
            session.slot = known->second.slot;
        } else if (grant.rateClass != 0) {
            auto& taken = slots[grant.rateClass - 1];
            const auto free = std::ranges::find(taken, false);
            session.slot = static_cast<unsigned>(free - taken.begin());
            if (session.slot + 1 >= kGuestsMax) return Error{Errc::Full, "allow guest: no room in its class"};
            if (free == taken.end()) taken.push_back(true);
            taken[session.slot] = true;
        }
        transaction.add(grant.mac, session, kMsPerSecond * grant.seconds,
                        {.quotaBytes = grant.quotaBytes == 0 ? kNoQuota : grant.quotaBytes,
                         .quotaUsedBytes = grant.usedBytes,
                         .bytes = grant.usedBytes,
                         .packets = 0});
        planned.push_back(session);
    }
    if (auto done = sets_->commit(transaction.steps()); !done) return done;
    for (std::size_t i = 0; i < grants.size(); ++i) {
        forget(grants[i].mac);
        remember(grants[i].mac, planned[i]);
    }
    return {};
}

Result<void> NftGate::extend(std::span<const Extension> extensions) {
    return withSecondTry(&NftGate::tryExtend, extensions);
}

Result<void> NftGate::tryExtend(std::span<const Extension> extensions) {
    std::vector<NftKey> keys;
    for (const auto& extension : extensions) {
        const auto known = sessions_.find(extension.mac);
        if (known == sessions_.end()) return Error{Errc::NotFound, "extend guest: no open gate"};
        keys.push_back(keyOf(known->second.mark));
    }
    const auto elements = sets_->get(NftSet::Session, keys);
    if (!elements) return elements.error();
    Transaction transaction;
    for (std::size_t i = 0; i < extensions.size(); ++i) {
        const auto& extension = extensions[i];
        const auto& element = (*elements)[i];
        if (!element || !element->usage) return Error{Errc::NotFound, "extend guest: no open gate"};
        const auto& session = sessions_[extension.mac];
        transaction.remove(extension.mac, session);
        auto usage = *element->usage;
        usage.quotaUsedBytes = usage.bytes; // what was refused above the quota does not count
        if (extension.quotaBytes)
            usage.quotaBytes = *extension.quotaBytes == 0 ? kNoQuota : *extension.quotaBytes;
        transaction.add(extension.mac, session, kMsPerSecond * extension.seconds, usage);
    }
    if (auto done = sets_->commit(transaction.steps()); !done) return done;
    for (const auto& extension : extensions)
        sessions_[extension.mac].endsMs =
            clock_.steadyMs() + static_cast<std::int64_t>(kMsPerSecond * extension.seconds);
    return {};
}

Result<void> NftGate::revoke(std::span<const Mac> macs) {
    return withSecondTry(&NftGate::tryRevoke, macs);
}

Result<void> NftGate::tryRevoke(std::span<const Mac> macs) {
    Transaction transaction;
    for (const auto& mac : macs)
        if (const auto known = sessions_.find(mac); known != sessions_.end())
            transaction.remove(mac, known->second);
    if (auto done = sets_->commit(transaction.steps()); !done) return done;
    for (const auto& mac : macs)
        forget(mac);
    return {};
}

Result<std::vector<Guest>> NftGate::read(std::span<const Mac> macs) {
    std::vector<NftKey> keys;
    std::vector<Mac> asked;
    for (const auto& mac : macs) {
        const auto known = sessions_.find(mac);
        if (known == sessions_.end()) continue;
        keys.push_back(keyOf(known->second.mark));
        asked.push_back(mac);
    }
    const auto elements = sets_->get(NftSet::Session, keys);
    if (!elements) return elements.error();
    // To the kernel, no element and no table are the same.
    const auto isThere = [](const std::optional<NftElement>& element) { return element.has_value(); };
    if (!asked.empty() && std::ranges::none_of(*elements, isThere))
        if (const auto table = sets_->dump(NftSet::Rate); !table) return table.error();
    std::vector<Guest> guests;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto& element = (*elements)[i];
        if (!element || !element->usage) { // it timed out a moment ago
            forget(asked[i]);
            continue;
        }
        const auto& session = sessions_[asked[i]];
        const auto& usage = *element->usage;
        // The last packet that fits leaves a few bytes of the quota; whoever was refused for them has used it
        // up.
        const bool isSpent = usage.quotaUsedBytes >= usage.quotaBytes;
        guests.push_back({asked[i], session.address, secondsOf(element->ms),
                          usage.quotaBytes == kNoQuota ? 0 : usage.quotaBytes,
                          isSpent ? std::max(usage.bytes, usage.quotaBytes) : usage.bytes,
                          session.rateClass});
    }
    return guests;
}

Result<GuestPage> NftGate::list(std::optional<Mac> after) {
    forgetExpired();
    std::vector<Mac> macs;
    auto it = after ? sessions_.upper_bound(*after) : sessions_.begin();
    for (; it != sessions_.end() && macs.size() < kBatchMax; ++it)
        macs.push_back(it->first);
    const bool hasMore = it != sessions_.end();
    auto guests = read(macs);
    if (!guests) return guests.error();
    // A page of which all have just timed out would leave the caller without a place to go on from.
    if (guests->empty() && hasMore) return list(macs.back());
    return GuestPage{std::move(*guests), hasMore};
}

Result<std::vector<Guest>> NftGate::counters(std::span<const Mac> macs) {
    if (auto done = check(macs); !done) return done.error();
    forgetExpired();
    return read(macs);
}

} // namespace silta::gate
