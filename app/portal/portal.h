// The captive portal: what a guest's device asks for and what it gets.
//
// Whatever was not meant for us is led to the sign-in page and nowhere else: nothing is ever fetched for a
// guest. A device is known by its hardware address; no script, cookie or storage is needed.
#pragma once

#include "core/json.h"
#include "portal/edge_link.h"
#include "portal/form_tokens.h"
#include "portal/neighbours.h"
#include "portal/picture_desk.h"
#include "portal/return_cookie.h"
#include "portal/session_keeper.h"
#include "web/attempts.h"
#include "web/form_body.h"

#include <array>
#include <map>
#include <mutex>
#include <unordered_map>

namespace silta::portal {

/// Thread: handle() from any, sweep() from one. What is passed in outlives it.
class Portal {
public:
    Portal(const PortalConfig& config, SessionStore& store, gate::Gate& gate, EdgeLink& edge,
           Neighbours& neighbours, const Clock& clock, Random& random);

    /// Every request, whatever its host, method and path. `isTls`: it came over HTTPS.
    HttpResponse handle(const HttpRequest& request, bool isTls);
    /// Call every kSweepMs. Errors: as SessionKeeper::sweep.
    Result<void> sweep();

private:
    /// A request to the portal itself, by a device that is known.
    struct Context {
        const HttpRequest& request;
        bool isTls = false;
        GuestPlace guest;
        std::string device; ///< its hardware address
        std::string holder; ///< of tokens: address and hardware address
        Lang lang = Lang::En;
        FormFields form; ///< of a POST
    };
    /// A code that was sent to somebody's phone.
    struct PendingCode {
        WifiSignUp signUp;
        std::string challenge, person, maskedPhone;
        std::int64_t endsMs = 0, resendMs = 0; ///< steady
    };
    using Events = std::map<std::pair<std::string, WayKind>, std::int64_t>; ///< how many, by kind and way
    /// What stands on the page after a sign-in beside the internet.
    struct Earned {
        std::optional<Coupon> coupon;
        Wishlist wishlist;
        [[nodiscard]] bool isEmpty() const { return !coupon && wishlist.lines.empty(); }
        void forgetOver(const std::string& today) {
            if (coupon && !coupon->validDate.empty() && coupon->validDate < today) coupon.reset();
        }
    };
    /// For kEarnedMs, or until as many later sign-ins earned something; a coupon until its last day.
    struct KeptEarned {
        Earned earned;
        std::int64_t sinceMs = 0; ///< steady
    };
    /// Under what name a device tries vouchers until one has let it in: edge may have counted one as used
    /// while its answer, or the gate, failed.
    struct VoucherTry {
        std::string usedFor;
        std::int64_t sinceMs = 0; ///< steady
    };
    struct Faces {
        std::optional<StoreFace> store;
        std::array<std::vector<Offer>, kLangs.size()> offers;
        std::array<std::int64_t, kLangs.size()> sinceMs{}; ///< steady; 0 = never asked
    };
    /// The sign-in page as nearly everybody gets it: what stands before its token and behind it.
    struct DrawnLogin {
        std::string before, after;
        std::int64_t sinceMs = 0; ///< steady
    };

    // portal.cpp: where a request belongs
    /// Tells edge what was counted; what edge did not take stays. Thread: that of sweep().
    void reportEvents();
    [[nodiscard]] bool isOurHost(std::string_view host) const;
    HttpResponse leadAway(const HttpRequest& request);
    [[nodiscard]] HttpResponse leadHome() const; ///< to our first page, on a connection of its own
    /// Whether the sender's session runs; a stranger is believed to be one for kStrangerMs.
    bool isOpenFor(const HttpRequest& request);
    Result<GuestPlace> placeOf(const HttpRequest& request);
    HttpResponse get(Context& context);
    HttpResponse post(Context& context);
    HttpResponse home(Context& context);
    HttpResponse captiveApi(Context& context);
    HttpResponse picture(const HttpRequest& request) const;
    /// Nothing when the form may be acted on; otherwise what to answer.
    std::optional<HttpResponse> checkForm(Context& context);

    // portal_pages.cpp: what a page says
    Visit visitOf(const Context& context);
    HttpResponse page(int status, std::string html) const;
    HttpResponse statusPage(const Context& context, int status);
    HttpResponse messagePage(const Context& context, MessagePage message);
    HttpResponse loginPage(Context& context, Login login, int status = 200);
    /// The page for somebody who has typed nothing yet, with a way chosen or none. Drawn once in kDrawnMs.
    HttpResponse emptyLoginPage(Context& context, std::optional<WayKind> chosen);
    HttpResponse landingPage(Context& context, const GuestStatus& status);
    HttpResponse codePage(const Context& context, const PendingCode& pending, CodeEntry entry,
                          int status = 200);
    HttpResponse homeOf(const Context& context, const std::string& wanted) const;
    void refreshFaces(Lang lang);
    /// With the pictures that are there. Call with mutex_ held.
    std::vector<Offer> offersToShow(Lang lang) const;
    void note(std::string_view event, WayKind way); ///< call with mutex_ held
    /// In place of what the device's last sign-in earned. Call with mutex_ held.
    void keepEarned(const std::string& device, Earned earned);
    [[nodiscard]] bool isOpenNow();

    // portal_services.cpp: what a guest finds beside the internet
    HttpResponse find(const Context& context);
    HttpResponse joinPage(const Context& context, Join join, int status = 200);
    HttpResponse joinClub(Context& context);

    // sign_in.cpp: what a form does
    HttpResponse signIn(Context& context);
    HttpResponse signInBy(Context& context, const Way& way, Login login);
    HttpResponse sendCode(Context& context, WifiSignUp signUp, const std::string& phone, Login login);
    HttpResponse checkCode(Context& context);
    HttpResponse resendCode(Context& context);
    HttpResponse comeBack(Context& context);
    HttpResponse extend(Context& context);
    HttpResponse signOut(Context& context);
    /// Opens the gate for a sign-in that edge has saved.
    HttpResponse finish(Context& context, Earned earned, WayKind way, int minutes, std::uint64_t quotaBytes,
                        const std::string& person);
    /// Asks edge, under the name that this device tries vouchers by.
    Result<VoucherGrant> redeem(const Context& context, const std::string& voucher);
    HttpResponse openGate(Context& context, WayKind way, int minutes, std::uint64_t quotaBytes,
                          const std::string& person, const std::string& cookie);
    [[nodiscard]] const Way* wayOf(WayKind kind) const;
    /// What a person typed, as base64url of a box that only the hub opens.
    Result<std::string> sealedForHub(const Json& person);

    const PortalConfig& config_;
    EdgeLink& edge_;
    Neighbours& neighbours_;
    const Clock& clock_;
    Random& random_;
    std::string cookieKey_;
    std::vector<std::string> ourHosts_; ///< names and addresses of ours, without a port

    SessionKeeper keeper_;
    std::mutex mutex_; ///< guards what follows; never held while edge, gate or kernel is asked
    FormTokens tokens_;
    Attempts attempts_;
    Attempts searches_;
    std::unordered_map<std::string, PendingCode> codes_;  ///< by holder
    std::unordered_map<std::string, KeptEarned> earned_;  ///< by device
    std::unordered_map<std::string, VoucherTry> tries_;   ///< by device
    std::unordered_map<std::string, std::string> wanted_; ///< where guests were going, by holder
    Events events_;                                       ///< to be counted by edge
    std::unordered_map<std::string, std::int64_t>
        strangers_;             ///< addresses without a session; when they were looked up
    std::uint64_t signIns_ = 0; ///< so often strangers_ was emptied
    Faces faces_;
    std::map<std::pair<Lang, std::optional<WayKind>>, DrawnLogin> drawn_;
    PictureDesk pictures_; ///< last: its thread uses edge_
};

} // namespace silta::portal
