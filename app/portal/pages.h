// The pages that a guest's phone sees: complete HTML documents from plain data. No script, no cookie, no
// storage, no asset that the first paint waits for. All functions are pure and may be called from any thread;
// none can fail, and no page is longer than kPageBytesMax with its pictures, of which as many are shown, from
// the first on, as there is room for. Text from outside needs no care by the caller: page_text.h makes it
// safe.
#pragma once

#include "portal/page_limits.h"
#include "portal/page_words.h"
#include "web/limits.h"
#include "web/qr_code.h"

#include <silta/catalog.h>
#include <silta/money.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::portal {

// Where the pages' links and forms lead. Links are GET; everything that changes something is POST.
inline constexpr std::string_view kHomePath = "/";
inline constexpr std::string_view kLoginPath = "/login";       ///< fields: see Login
inline constexpr std::string_view kCodePath = "/code";         ///< field: code
inline constexpr std::string_view kResendPath = "/code/again"; ///< no field of its own
inline constexpr std::string_view kReturnPath = "/return";     ///< no field of its own
inline constexpr std::string_view kExtendPath = "/extend";     ///< no field of its own
inline constexpr std::string_view kSignOutPath = "/sign-out";  ///< no field of its own
inline constexpr std::string_view kCollectPath = "/collect";
inline constexpr std::string_view kFindPath = "/find"; ///< GET with q, what is looked for
inline constexpr std::string_view kJoinPath = "/join"; ///< GET the form, POST it: fields, see Join
inline constexpr std::string_view kTermsPath = "/terms";
inline constexpr std::string_view kPrivacyPath = "/privacy";

/// The value of the header Content-Security-Policy for every page: nothing but the page's own style (by its
/// hash), pictures and forms of this origin.
const std::string& contentSecurityPolicy();

// ---- what every page has

enum class Service { CollectOrder, FindProduct, JoinClub };

struct ServiceLink {
    Service service = Service::FindProduct;
    std::string path; ///< of this origin, or empty: then the row says where in the store to go
};

struct StoreHours {
    OpenState state;
    int weekday = 1; ///< today's in the store, 1 = Monday
};

/// Whose page it is, for whom, and where it stands.
struct Visit {
    Lang lang = Lang::En;
    std::string path =
        "/"; ///< of this page, for the links to other languages (adds ?lang=); GET must answer there
    std::string chain;   ///< the brand at the top: "Silta Demo"
    std::string store;   ///< "Silta Demo Helsinki Kamppi"
    std::string company; ///< who answers for terms and privacy; empty = the chain's name
    std::string contact; ///< e-mail address for privacy questions; may be empty
    std::optional<StoreHours> hours;
    std::vector<ServiceLink> services; ///< at most kServicesMax
};

/// Price per unit: "12.95 EUR" per "kg".
struct UnitPrice {
    Money price;
    std::string unit;
};

struct Picture {
    std::string name;      ///< at edge; empty: it has none
    std::string path;      ///< of this origin; empty: a plate with the product's initial stands in
    std::size_t bytes = 0; ///< behind that path
};

struct Offer {
    std::string name;
    std::string brand;
    Picture picture;
    Money price;
    std::optional<Money> regular; ///< struck out beside the price
    std::optional<Money>
        lowest30Days; ///< the lowest price of the 30 days before (Directive 98/6/EC, article 6a)
    std::optional<UnitPrice> perUnit;
    std::optional<std::int32_t> quantityHere; ///< in this store; absent = not known, and then not spoken of
    std::string aisle;
};

// ---- signing in

enum class WayKind { Email, Phone, Loyalty, Voucher, Terms };
std::string_view
nameOf(WayKind kind); ///< the value of the field "way": "email", "phone", "loyalty", "voucher", "terms"

/// What nameOf() names; nothing for any other text.
std::optional<WayKind> wayNamed(std::string_view name);
/// Whether the page asks for that consent with that way. A form can send others, ticked before the guest
/// chose another way: they were not in sight any more and do not count.
bool asksFor(WayKind kind, ConsentId id);

struct Way {
    WayKind kind = WayKind::Terms;
    int minutes = 0; ///< session that it earns, told beside it; 0 = not told
};

/// What is wrong with a form that was sent. Each belongs to one field.
enum class Problem {
    WayMissing,
    EmailMissing,
    EmailMalformed,
    PhoneMissing,
    PhoneMalformed,
    LoyaltyMissing,
    LoyaltyUnknown,
    VoucherMissing,
    VoucherUnknown,
    VoucherExpired,
    VoucherUsed,
    CodeMissing,
    CodeWrong,
    CodeExpired,
    ContactMissing,
    MembershipMissing,
    TermsMissing
};

enum class Notice { None, NoCodes, FormExpired };

/// The sign-in page. The form sends: token, lang, way, and, by way, email | phone | loyalty | voucher; a
/// ticked consent sends its field with its version. Only the field of the chosen way is to be read. A voucher
/// that was typed cannot be given back to the page.
struct Login {
    std::string token; ///< single use
    std::vector<Way>
        ways; ///< those switched on, in the order to show; the first is open unless `chosen` says else
    std::optional<WayKind> chosen;
    std::string email, phone, loyalty; ///< as typed before, after an error
    std::string voucherFromLink;       ///< what a scanned QR code brought in the address
    std::vector<ConsentId> ticked; ///< by this person in this language's wording, after an error; else empty
    std::vector<Problem> problems; ///< at most kErrorsMax
    Notice notice = Notice::None;  ///< NoCodes also leaves the phone number out
    std::vector<Offer> offers;     ///< at most kOffersMax; the first is shown large
};
std::string renderLogin(const Visit& visit, const Login& login);

/// The page that asks for the one-time code. What was typed as a code is never shown again.
struct CodeEntry {
    std::string token;
    std::string sentTo; ///< masked by the caller: "••• 4567", in one piece
    int digits = 6;
    std::int64_t validSec = 0;
    std::int64_t resendInSec = 0;    ///< 0 = a new code can be asked for now
    std::optional<int> attemptsLeft; ///< told after a wrong code
    std::optional<Problem> problem;
};
std::string renderCode(const Visit& visit, const CodeEntry& entry);

// ---- signed in

struct Coupon {
    std::string title;     ///< "10 % off one item"
    std::string code;      ///< shown as text
    std::string validDate; ///< YYYY-MM-DD, or empty
    QrCode qr;             ///< see qrPicture()
};

struct WishlistLine {
    std::string name;
    std::string brand;
    Picture picture;
    std::optional<Money> price;
    int quantity = 1;
    std::optional<std::int32_t> quantityHere;
};

struct Wishlist {
    std::vector<WishlistLine> lines; ///< at most kWishlistShownMax are shown
    std::size_t count = 0;           ///< of all things on it; what is not shown is counted
    std::string url;                 ///< of the whole list; a link only if plain http or https
};

struct Landing {
    std::string token;                       ///< for the forms
    std::optional<std::int64_t> secondsLeft; ///< absent = no limit
    std::optional<std::int64_t> bytesLeft;   ///< absent = no limit
    std::string wantedUrl; ///< where the guest was going; a link only if plain http or https
    std::optional<Coupon> coupon;
    Wishlist wishlist;
    int extendMinutes = 0; ///< 0 = no extension is to be had
};
std::string renderLanding(const Visit& visit, const Landing& landing);

// ---- messages, terms, statuses

enum class Message {
    WelcomeBack,     ///< a returning guest; one button, needs `token`
    TooManyAttempts, ///< `waitSec`
    OutsideHours,
    QuotaSpent,  ///< `bytes`
    TimeUp,      ///< `usedSec`; with `extendMinutes` and `token` a button for more
    DeviceLimit, ///< `devices`
    UplinkDown,
    SignedOut
};

struct MessagePage {
    Message message = Message::SignedOut;
    std::string token;
    std::int64_t waitSec = 0, usedSec = 0, bytes = 0;
    int devices = 0, extendMinutes = 0;
    bool canSignIn = false; ///< offers the way to the sign-in page
};
std::string renderMessage(const Visit& visit, const MessagePage& page);

// ---- services: the same before and after signing in

/// What to do with an order that waits in the store.
std::string renderCollect(const Visit& visit);

struct Find {
    std::string words;          ///< as typed; empty: nothing was asked yet
    std::vector<Offer> found;   ///< best first; at most kFoundMax
    bool isUnavailable = false; ///< the catalogue cannot be read now
};
std::string renderFind(const Visit& visit, const Find& find);

/// The form sends: token, lang, name, email, phone (one of these two at least), and what is ticked.
struct Join {
    std::string token;              ///< single use
    std::string name, email, phone; ///< as typed before, after an error
    std::vector<ConsentId> ticked;
    std::vector<Problem> problems; ///< at most kErrorsMax
    Notice notice = Notice::None;
};
std::string renderJoin(const Visit& visit, const Join& join);
/// `number`: of the new member, digits.
std::string renderJoined(const Visit& visit, const std::string& number);

/// A page for an answer other than 200. Statuses without words of their own get those of 400 or 500.
std::string renderStatus(const Visit& visit, int status);

std::string renderTerms(const Visit& visit);
std::string renderPrivacy(const Visit& visit, bool logsConnections);

} // namespace silta::portal
