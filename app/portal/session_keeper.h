// Who may use the internet, for how long: the rules of the store, over the gate and the session store.
#pragma once

#include "gate/gate.h"
#include "portal/config.h"
#include "portal/session_store.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace silta::portal {

/// Where a request comes from.
struct GuestPlace {
    gate::Mac mac;
    std::optional<gate::Ipv4> address; ///< nothing: it came over IPv6
};

enum class GuestState { Stranger, Open, TimeUp, QuotaSpent };

struct GuestStatus {
    GuestState state = GuestState::Stranger;
    std::int64_t secondsLeft = 0;
    std::optional<std::uint64_t> bytesLeft; ///< nothing: no quota
    bool canExtend = false;
    std::optional<Session> session;
};

/// Thread: any; one waits for the other. The store and the gate are nobody else's.
class SessionKeeper {
public:
    SessionKeeper(const PortalConfig& config, SessionStore& store, gate::Gate& gate, const Clock& clock);

    /// What this guest has. One whose session runs but whose gate is closed (a new address, a restart of the
    /// device) gets it opened again. Errors: as Gate and SessionStore.
    Result<GuestStatus> look(const GuestPlace& guest);
    /// Stands for a person on this device, and tells nothing about them: 16 letters of base64url.
    [[nodiscard]] std::string personOf(std::string_view contact) const;
    /// Whether this device has no session, as far as can be told without asking the gate.
    [[nodiscard]] bool isStranger(const gate::Mac& mac);
    /// Begins a session; those that ask at once are let in by one order to the gate. `person`: of personOf(),
    /// or empty. Errors: Limit (this person has enough devices here), Denied (today's quota is spent), and as
    /// look().
    Result<void> open(const GuestPlace& guest, WayKind way, int minutes, std::uint64_t quotaBytes,
                      const std::string& person);
    /// How many wait behind the one who is asking the gate.
    [[nodiscard]] std::size_t waiting();
    /// A few minutes more, of one that runs or that has just ended. Errors: Denied (no more of these).
    Result<void> extend(const GuestPlace& guest);
    Result<void> signOut(const GuestPlace& guest);
    /// Call every kSweepMs: writes down what was used, and ends what is idle.
    Result<void> sweep();

private:
    /// A session that is about to begin, and what became of it.
    struct Beginning {
        GuestPlace guest;
        Session session;
        std::string person;
        std::optional<Result<void>> outcome;
    };
    struct Watched {
        std::uint64_t usedBytes = 0, savedBytes = 0;
        std::int64_t activeMs = 0; ///< when it last used anything
    };

    /// Takes mutex_.
    Result<void> endWhatIsOver();
    // All with mutex_ held, but for isKnownStranger().
    Result<GuestStatus> statusOf(const GuestPlace& guest);
    Result<std::optional<gate::Guest>> atGate(const gate::Mac& mac);
    [[nodiscard]] bool isKnownStranger(const gate::Mac& mac);
    void startWatching(const gate::Mac& mac, const Session& session);
    void stopWatching(const gate::Mac& mac);
    Result<void> let(const GuestPlace& guest, const Session& session);
    /// What the gate knows better than who asks: what was used until now, and an IPv4 address that passes.
    Result<void> carryOver(std::span<gate::Grant> grants);
    [[nodiscard]] gate::Grant grantOf(const GuestPlace& guest, const Session& session) const;
    /// What stands against it, and what is carried over from before.
    Result<void> prepare(Beginning& beginning);
    void beginAll(std::vector<Beginning*> beginnings);
    /// Each device and each person once, and no more than a batch.
    void beginRound(std::vector<Beginning*> round);
    [[nodiscard]] bool mayExtend(const Session& session) const;
    Result<void> end(const gate::Mac& mac, SessionEnd how, std::optional<std::uint64_t> usedBytes);
    Result<void> watch(const gate::Guest& guest);
    /// Asks the gate for all whom it lets through, and says who they are.
    Result<std::set<gate::Mac>> watchAll();

    const PortalConfig& config_;
    SessionStore& store_;
    gate::Gate& gate_;
    const Clock& clock_;
    std::string personKey_;
    std::mutex waitingMutex_; ///< guards waiting_; never held while anything is waited for
    std::vector<Beginning*>
        waiting_;      ///< whom the next one with mutex_ lets in; as many as the server's threads
    std::mutex mutex_; ///< guards what follows and the gate
    std::unordered_map<std::string, std::set<gate::Mac>> devicesOf_; ///< by hash of the person
    /// Of what follows: who changes it holds mutex_ as well, who reads it either. Held for a moment only, so
    /// that no stranger waits until the gate has let somebody else in.
    std::mutex watchedMutex_;
    bool hasSwept_ = false; ///< everyone whom the gate lets through is watched
    std::map<gate::Mac, Watched> watched_;
};

} // namespace silta::portal
