// The till: what staff's browsers ask for and what they get.
//
// One field takes whatever is scanned or typed. Of customers nothing is kept: what they say of themselves is
// sealed to headquarters within the request that carries it.
#pragma once

#include "till/edge_link.h"
#include "till/order_pages.h"
#include "till/pages.h"
#include "till/pos_keys.h"
#include "till/receipt_pages.h"
#include "till/sessions.h"
#include "till/slips.h"
#include "till/token_pages.h"
#include "web/attempts.h"
#include "web/form_body.h"

#include <silta/http.h>
#include <silta/random.h>
#include <silta/time.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace silta::till {

/// Thread: handle() from any, sweep() from one. What is passed in outlives it.
class Till {
public:
    /// `printer`: null where there is none.
    Till(EdgeLink& edge, int idleMinutes, const Clock& clock, Random& random, PosKeys posKeys = {},
         Printer* printer = nullptr);

    /// Every request, whatever its method and path.
    HttpResponse handle(const HttpRequest& request);
    /// Signs out who was idle for too long, and has it written down. Call every few seconds.
    void sweep();

private:
    struct Context {
        const HttpRequest& request;
        Desk desk;
        Lang lang = Lang::En;
        std::string cookie, door;
        std::optional<Session> session;
        FormFields form; ///< of a POST
    };

    // till.cpp: where a request belongs
    HttpResponse get(Context& context);
    HttpResponse post(Context& context);
    /// Nothing when the form is one of ours and came from a page of ours; otherwise what to answer.
    std::optional<HttpResponse> checkForm(Context& context);
    /// What was heard up to `ageMs` ago will do.
    Result<Desk> desk(std::int64_t ageMs);
    [[nodiscard]] Frame frameOf(const Context& context) const;
    [[nodiscard]] std::string tokenOf(const Context& context, std::string_view action) const;
    HttpResponse page(int status, std::string html) const;
    HttpResponse doorPage(Context& context, DoorPage door, int status = 200);
    HttpResponse messagePage(const Context& context, Word title, Word text, int status);
    HttpResponse failurePage(const Context& context, const Error& error);

    // till_forms.cpp: what a form does
    HttpResponse signIn(Context& context);
    /// Errors: Limit (too many tries from there, or of all), and the edge's.
    Result<SignInAnswer> tryPin(const Context& context, const std::string& badge, const std::string& pin);
    HttpResponse signOut(Context& context);
    HttpResponse find(Context& context);
    HttpResponse findContact(Context& context, const std::string& email, const std::string& phone);
    HttpResponse product(Context& context);
    HttpResponse line(const Context& context);
    HttpResponse join(Context& context);
    HttpResponse joinPage(const Context& context, JoinPage page, int status = 200);

    // till_tokens.cpp: coupons and gift cards
    HttpResponse code(Context& context);
    /// Asks edge for the wish of the page, and shows the answer with `status`.
    HttpResponse useToken(Context& context, TokenPage shown, int status = 200);
    HttpResponse tokenPage(const Context& context, TokenPage shown, int status = 200);
    /// Keeps in mind what was done, so that a supervisor can take it back.
    void remember(const TokenWish& wish);
    /// Base64url of what was typed or sold, sealed to the hub; the plain text is wiped.
    static Result<std::string> sealed(const Desk& desk, Json person);

    // till_sales.cpp
    /// Of a POS, which has a key and no session.
    HttpResponse sale(const HttpRequest& request);
    HttpResponse receiptPage(const Context& context, ReceiptPage shown, int status = 200);
    HttpResponse giveReceipt(Context& context);

    // till_print.cpp
    HttpResponse print(Context& context);
    /// Errors: NotFound (no such order or coupon), and the edge's.
    Result<Slip> slipOf(const Context& context, const PrintWish& wish);

    // till_invite.cpp
    HttpResponse invite(Context& context);
    HttpResponse invitation(const Context& context);

    // till_orders.cpp
    HttpResponse orders(Context& context);
    HttpResponse order(Context& context);
    HttpResponse findOrder(Context& context, const std::string& text);
    HttpResponse changeOrder(Context& context);
    HttpResponse refusedHandOver(const Context& context, const OrderWish& wish, OrderOutcome why);
    HttpResponse answeredOrder(const Context& context, const OrderWish& wish, OrderAnswer answer);
    HttpResponse orderCard(const Context& context, OrderPage shown, int status = 200);
    HttpResponse orderFailure(const Context& context, const Error& error);

    EdgeLink& edge_;
    const int idleMinutes_;
    const Clock& clock_;
    Random& random_;
    const PosKeys posKeys_;
    Printer* const printer_;
    const std::string doorKey_; ///< of tokens of who is not signed in
    Sessions sessions_;
    std::atomic<int> signInsWaiting_ = 0;
    std::atomic<int> printsWaiting_ = 0;

    std::mutex mutex_; ///< guards what follows; never held while edge is asked
    Attempts signIns_; ///< by address
    std::optional<Desk> desk_;
    std::int64_t deskSinceMs_ = 0; ///< steady
    std::deque<TokenWish> uses_;   ///< redeemed since the start and not taken back; the newest last
};

/// What was typed is a phone number as people write them, and no sound GTIN.
bool looksLikePhone(std::string_view text);
/// To check the code; nothing when the letters are no coupon's and no gift card's. Nobody has believed them
/// yet.
std::optional<TokenWish> wishFor(const std::string& letters);
/// Minor units of an amount as people type it, with a comma or a point. Errors: Invalid (no amount, or more
/// decimals than the currency has), Limit (not 1 to kMoneyMinorMax).
Result<std::int64_t> readAmount(std::string_view typed, const Currency& currency);

} // namespace silta::till
