// What the till shows of something that was scanned or typed. Values only.
#pragma once

#include <silta/money.h>
#include <silta/token.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace silta::till {

struct NearStore {
    std::string name;
    double km = 0;
    std::int64_t quantity = 0;
};

struct ProductFace {
    std::string sku, name, brand, variant, gtin;
    std::optional<Money> price, regular;
    std::optional<std::int64_t> here; ///< nothing: not known
    std::string aisle;
    std::vector<NearStore> near;
};

struct ProductHit {
    std::string sku, name, brand;
    std::optional<Money> price, regular;
    std::string here; ///< see toString(Availability)
};

/// What staff may offer next.
struct NextThing {
    enum class Kind { Wish, Coupon };
    Kind kind = Kind::Wish;
    std::string name;    ///< of the product, or title of the coupon
    std::string aisle;   ///< of a wish; may be empty
    std::string lastDay; ///< of a coupon: YYYY-MM-DD
};

/// What the hub says of somebody; nobody is named.
struct MemberWord {
    bool isKnown = false;
    std::int64_t sinceMs = 0;
    std::string lastDigits;
    std::optional<std::int64_t> points; ///< where a card was asked for
    std::string tier;                   ///< with points: "member", "silver", "gold"
    std::optional<NextThing> next = {}; ///< a wish of theirs; leads over that of the card
};

/// What the hub said before of that card.
struct KeptPoints {
    std::int64_t points = 0;
    std::string tier;
    std::int64_t asOfMs = 0;
};

/// What a POS told of a receipt.
struct ReceiptFace {
    Money total;
    std::int64_t atMs = 0;
};

struct CouponFace {
    std::string title, code, validDate;
};

struct JoinedCard {
    std::string number;
    std::optional<CouponFace> coupon;
};

/// Somebody who was asked to join on a phone of their own.
struct Invitation {
    enum class State { Open, Over, Done };
    State state = State::Open;
    std::string memberId;     ///< its name
    std::string url;          ///< what the phone opens
    std::int64_t untilMs = 0; ///< when the code ends
    JoinedCard joined;        ///< with Done
};

enum class CardKind {
    Product,
    Products,
    UnknownProduct,
    Member,
    Receipt,
    WelcomeCoupon,
    PrintedCoupon,
    Token,
    Order, ///< whether it is known the routes of orders tell
    Foreign,
    Wishlist,
    Enrolment,
    Unknown
};

struct Card {
    CardKind kind = CardKind::Unknown;
    ProductFace product;              ///< of Product
    std::vector<ProductHit> products; ///< of Products
    std::string text; ///< a GTIN, a number of a member, receipt or order, whose a foreign code is, the
                      ///< letters of a Token
    bool isIssuedHere = false;        ///< of Member
    std::optional<MemberWord> member; ///< of Member: the hub's word; nothing: it could not be asked
    std::optional<KeptPoints> kept;   ///< of Member
    std::optional<NextThing> next;    ///< of Member: what is known without the hub
    CouponFace coupon;                ///< of WelcomeCoupon
    std::optional<ReceiptFace> sale;  ///< of Receipt; nothing: no POS has told this device of it
    bool isTaken = false;             ///< of Receipt: its points are somebody's
};

/// What a POS tells, sealed; besides what tells two sales apart. See edge/sale_book.h.
struct SaleTelling {
    std::string saleId, receipt, fingerprint, currency;
    std::int64_t totalMinor = 0, atMs = 0;
    bool hasMember = false;
    std::string sealed;
};

// ---- coupons and gift cards: see till-api.md

enum class TokenAct { Check, Redeem, Load, Reverse };

/// What staff want of a coupon or gift card.
struct TokenWish {
    TokenAct act = TokenAct::Check;
    TokenKind kind = TokenKind::Coupon;
    std::string letters;
    std::string staffId;
    std::string request;    ///< UUID; of all but Check
    std::string of;         ///< of Reverse: the request that is taken back
    std::int64_t minor = 0; ///< of a gift card's Redeem and Load
    bool hasMember = false; ///< a member card was shown
};

/// In the order of their names in till-api.md.
enum class TokenWord {
    Valid,
    Done,
    Asking,
    Unknown,
    WrongKind,
    Revoked,
    NotYet,
    Expired,
    NotHere,
    MembersOnly,
    MinPurchase,
    OtherProducts,
    UsedHere,
    UsedElsewhere,
    HeldElsewhere,
    NeedsUplink,
    TooMuch,
    Empty,
    NoSuchUse,
    Count_
};

struct CampaignFace {
    std::map<std::string, std::string> titles; ///< by language
    std::string firstDay, lastDay;             ///< YYYY-MM-DD
    std::optional<Currency> currency;          ///< of all money here
    std::int64_t amountMinor = 0, percent = 0; ///< off; neither: the title says what it is worth
    std::int64_t minPurchaseMinor = 0;
    std::vector<std::string> skus; ///< what it is for; empty: everything
    std::int64_t uses = 0;         ///< of each code; 0: nobody counts
    bool isForMembers = false;
};

struct TokenAnswer {
    TokenWord word = TokenWord::Unknown;
    std::optional<CampaignFace> campaign;
    std::optional<std::int64_t> left;        ///< uses or minor units that the hub confirms
    std::optional<std::int64_t> offlineLeft; ///< how much may be taken with no line
    bool isOffline = false;                  ///< it is, or was, at the expense of the offline budget
};

} // namespace silta::till
