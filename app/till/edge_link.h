// What the till asks of silta-edge, and nothing else: it holds no key and sees no journal.
#pragma once

#include "net/unix_caller.h"
#include "shopper/consent.h"
#include "till/cards.h"
#include "till/order_face.h"
#include "web/language.h"

#include <atomic>
#include <string>

namespace silta::till {

/// The store, and the key that personal data is sealed to.
struct Desk {
    std::string code, name, chain, country, language;
    std::string hubSealKey; ///< 32 raw bytes
    bool isOnline = false;
    bool mayInvite = false; ///< phones can be sent to the hub
};

struct StaffFace {
    std::string id, name;
    bool isSupervisor = false;
};

struct SignInAnswer {
    enum class Outcome { Welcome, Wrong, Locked, TooMany };
    Outcome outcome = Outcome::Wrong;
    StaffFace staff;
    std::int64_t triesLeft = 0, lockedSeconds = 0;
};

/// Every call waits at most kEdgeTimeoutMs. Errors of all: Unavailable (edge does not answer, or cannot now),
/// Invalid (it answers what we do not understand, or refuses what we sent). Thread: any.
class EdgeLink {
public:
    virtual ~EdgeLink() = default;
    virtual Result<Desk> desk() = 0;
    virtual Result<SignInAnswer> signIn(const std::string& badge, const std::string& pin) = 0;
    /// Errors: NotFound (may not work here any more).
    virtual Result<StaffFace> staff(const std::string& id) = 0;
    virtual Result<void> note(const std::string& staffId, const char* action) = 0;
    /// Of a member card it waits for the hub's word, kHubWaitMs at most.
    virtual Result<Card> resolve(const std::string& text, Lang lang) = 0;
    /// Errors: NotFound.
    virtual Result<Card> product(const std::string& sku, Lang lang) = 0;
    /// Whether a contact, sealed, is a member's; waits for the hub, kHubWaitMs at most. Errors: Unavailable
    /// (it cannot be asked now).
    virtual Result<MemberWord> member(const std::string& sealed) = 0;
    /// Saved when it returns; sent twice with the same memberId, it counts once. Errors: Full, NotFound (the
    /// staff may not work here any more), Limit.
    virtual Result<JoinedCard> join(const SignUp& signUp) = 0;
    /// A number waits for somebody when it returns; with the same memberId again, the same. Errors: NotFound
    /// (the staff may not work here any more), Limit, Full.
    virtual Result<Invitation> invite(const std::string& memberId, const std::string& staffId, Lang lang) = 0;
    /// Errors: NotFound.
    virtual Result<Invitation> invitation(const std::string& memberId, Lang lang) = 0;
    /// Waits while the hub is asked, kTokenWaitMs at most; then the word is still Asking. The same request
    /// again does nothing twice. Errors: Denied (that person may not do this), Conflict (the request was
    /// another wish), Limit, Full.
    virtual Result<TokenAnswer> useToken(const TokenWish& wish) = 0;
    /// Saved when it returns; the same again is saved once. Errors: Conflict (the name or the receipt is
    /// another sale's), Limit, Full.
    virtual Result<void> recordSale(const SaleTelling& sale) = 0;
    /// As recordSale(). Errors: Conflict (its points are somebody's), Denied (that person may not do this).
    virtual Result<void> linkReceipt(const std::string& linkId, const std::string& staffId,
                                     const std::string& receipt, const std::string& sealed) = 0;
    /// In the order in which to see to them, kOrdersListedMax at most.
    virtual Result<OrderListing> orders(OrderList list, Lang lang) = 0;
    /// By what was scanned or typed. Errors: NotFound (no order's number, or none that this store knows).
    virtual Result<OrderFace> findOrder(const std::string& text, Lang lang) = 0;
    /// Errors: NotFound.
    virtual Result<OrderFace> order(const std::string& id, Lang lang) = 0;
    /// The same request again does nothing twice. Errors: Denied (that person may not do this), NotFound,
    /// Limit, Full.
    virtual Result<OrderAnswer> changeOrder(const OrderWish& wish, Lang lang) = 0;
};

class UnixEdgeLink final : public EdgeLink {
public:
    UnixEdgeLink(std::string socketPath, UnixCaller::MakeTransport makeTransport);

    Result<Desk> desk() override;
    Result<SignInAnswer> signIn(const std::string& badge, const std::string& pin) override;
    Result<StaffFace> staff(const std::string& id) override;
    Result<void> note(const std::string& staffId, const char* action) override;
    Result<Card> resolve(const std::string& text, Lang lang) override;
    Result<Card> product(const std::string& sku, Lang lang) override;
    Result<MemberWord> member(const std::string& sealed) override;
    Result<JoinedCard> join(const SignUp& signUp) override;
    Result<Invitation> invite(const std::string& memberId, const std::string& staffId, Lang lang) override;
    Result<Invitation> invitation(const std::string& memberId, Lang lang) override;
    Result<TokenAnswer> useToken(const TokenWish& wish) override;
    Result<void> recordSale(const SaleTelling& sale) override;
    Result<void> linkReceipt(const std::string& linkId, const std::string& staffId,
                             const std::string& receipt, const std::string& sealed) override;
    Result<OrderListing> orders(OrderList list, Lang lang) override;
    Result<OrderFace> findOrder(const std::string& text, Lang lang) override;
    Result<OrderFace> order(const std::string& id, Lang lang) override;
    Result<OrderAnswer> changeOrder(const OrderWish& wish, Lang lang) override;

private:
    Result<MemberWord> answerOf(const std::string& question, Lang lang);

    UnixCaller edge_;
    UnixCaller orderLists_;        ///< whose answers are longer
    std::atomic<int> waiting_ = 0; ///< for the hub
};

} // namespace silta::till
