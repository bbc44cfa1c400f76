// What the till shows of something that was scanned or typed. Values only.
#pragma once

#include <silta/money.h>

#include <cstdint>
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

/// What the hub says of somebody; nobody is named.
struct MemberWord {
    bool isKnown = false;
    std::int64_t sinceMs = 0;
    std::string lastDigits;
};

struct CouponFace {
    std::string title, code, validDate;
};

struct JoinedCard {
    std::string number;
    std::optional<CouponFace> coupon;
};

enum class CardKind {
    Product,
    Products,
    UnknownProduct,
    Member,
    Receipt,
    WelcomeCoupon,
    PrintedCoupon,
    Foreign,
    Wishlist,
    Enrolment,
    Unknown
};

struct Card {
    CardKind kind = CardKind::Unknown;
    ProductFace product;              ///< of Product
    std::vector<ProductHit> products; ///< of Products
    std::string text;                 ///< a GTIN, a number of a member or receipt, whose a foreign code is
    bool isIssuedHere = false;        ///< of Member
    std::optional<MemberWord> member; ///< of Member: the hub's word; nothing: it could not be asked
    CouponFace coupon;                ///< of WelcomeCoupon
};

} // namespace silta::till
