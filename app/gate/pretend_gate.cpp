#include "gate/pretend_gate.h"

namespace silta::gate {

namespace {
constexpr std::int64_t kSecondMs = 1'000;
}

void PretendGate::forgetExpired() {
    const auto now = clock_.steadyMs();
    std::erase_if(entries_, [now](const auto& entry) { return entry.second.endsMs <= now; });
}

Guest PretendGate::guestOf(const Entry& entry) const {
    const auto leftMs = entry.endsMs - clock_.steadyMs();
    return {entry.grant.mac,
            entry.grant.address,
            static_cast<std::uint32_t>((leftMs + kSecondMs - 1) / kSecondMs),
            entry.grant.quotaBytes,
            entry.grant.usedBytes,
            entry.grant.rateClass};
}

Result<void> PretendGate::allow(std::span<const Grant> grants) {
    if (auto done = check(grants); !done) return done;
    if (isDown) return Error{Errc::Unavailable, "allow guest: the gate is down"};
    forgetExpired();
    std::size_t added = 0;
    for (const auto& grant : grants)
        if (!entries_.contains(grant.mac)) ++added;
    if (entries_.size() + added > kGuestsMax) return Error{Errc::Full, "allow guest: no room"};
    for (const auto& grant : grants)
        entries_[grant.mac] = {grant, clock_.steadyMs() + kSecondMs * grant.seconds};
    return {};
}

Result<void> PretendGate::extend(std::span<const Extension> extensions) {
    if (auto done = check(extensions); !done) return done;
    forgetExpired();
    for (const auto& extension : extensions)
        if (!entries_.contains(extension.mac)) return Error{Errc::NotFound, "extend guest: no open gate"};
    for (const auto& extension : extensions) {
        auto& entry = entries_[extension.mac];
        entry.endsMs = clock_.steadyMs() + kSecondMs * extension.seconds;
        entry.grant.quotaBytes = extension.quotaBytes.value_or(entry.grant.quotaBytes);
    }
    return {};
}

Result<void> PretendGate::revoke(std::span<const Mac> macs) {
    if (auto done = check(macs); !done) return done;
    for (const auto& mac : macs)
        entries_.erase(mac);
    return {};
}

Result<GuestPage> PretendGate::list(std::optional<Mac> after) {
    forgetExpired();
    GuestPage page;
    auto it = after ? entries_.upper_bound(*after) : entries_.begin();
    for (; it != entries_.end() && page.guests.size() < kBatchMax; ++it)
        page.guests.push_back(guestOf(it->second));
    page.hasMore = it != entries_.end();
    return page;
}

Result<std::vector<Guest>> PretendGate::counters(std::span<const Mac> macs) {
    if (auto done = check(macs); !done) return done.error();
    forgetExpired();
    std::vector<Guest> guests;
    for (const auto& mac : macs)
        if (const auto it = entries_.find(mac); it != entries_.end()) guests.push_back(guestOf(it->second));
    return guests;
}

bool PretendGate::pass(const Mac& mac, std::optional<Ipv4> address, std::uint64_t bytes) {
    forgetExpired();
    const auto it = entries_.find(mac);
    if (it == entries_.end()) return false;
    auto& grant = it->second.grant;
    if (address && address != grant.address) return false;
    if (grant.quotaBytes != 0 && grant.usedBytes + bytes > grant.quotaBytes) return false;
    grant.usedBytes += bytes;
    return true;
}

} // namespace silta::gate
