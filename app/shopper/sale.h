// A sale as a POS tells of it, and what a member gets for it. See `app/docs/sales.md`.
#pragma once

#include "core/json.h"

#include <silta/money.h>
#include <silta/time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

inline constexpr std::size_t kSaleLinesMax = 200;         ///< a full trolley
inline constexpr std::size_t kReceiptNumberBytesMax = 40; ///< as scanners read it, see Meaning::receiptNumber
inline constexpr std::size_t kRegisterBytesMax = 32;      ///< name of a POS
inline constexpr std::size_t kSaleTextBytesMax = 80;      ///< of a line
inline constexpr std::size_t kSaleSkuBytesMax = 64;
inline constexpr std::size_t kSaleMemberDigitsMax = 32;
inline constexpr std::int64_t kSaleMinorMax = 1'000'000'000; ///< either way; returns are negative
inline constexpr std::int64_t kSaleQuantityMax = 100'000;    ///< either way
/// Of what is sealed: its operation must fit kOperationBytesMax after the box and base64.
inline constexpr std::size_t kSaleBytesMax = 11'000;
inline constexpr std::size_t kSaleSealedBytesMax = 15'000; ///< base64url

struct SaleLine {
    std::string sku;  ///< of the catalogue; empty: a discount, a deposit, rounding
    std::string text; ///< as the receipt has it; may be empty where there is a sku
    std::int64_t quantity = 1;
    std::int64_t totalMinor = 0;
};

struct Sale {
    std::string receipt; ///< printable ASCII, unique in its store
    std::string posName; ///< which POS
    std::int64_t atMs = 0;
    Currency currency;
    std::int64_t totalMinor = 0;
    std::string member; ///< number on their card, or empty
    std::vector<SaleLine> lines;
};

Json toJson(const Sale& sale);
/// Errors: Invalid (a member is missing or malformed), Unsupported (the currency), Limit (more lines, or
/// longer).
Result<Sale> parseSale(const Json& json);

/// A receipt that was scanned at the till, and whose it is.
struct SaleLink {
    std::string receipt, member, staffId;
    std::int64_t atMs = 0;
};
Json toJson(const SaleLink& link);
/// Errors: Invalid.
Result<SaleLink> parseSaleLink(const Json& json);

/// 1 to kReceiptNumberBytesMax of printable ASCII without a space.
bool isReceiptNumber(std::string_view text);

/// One for each whole unit of the currency, and taken away again with what comes back.
std::int64_t pointsFor(std::int64_t totalMinor, const Currency& currency);

/// By the points of the last kTierMs.
enum class Tier { Member, Silver, Gold };
inline constexpr std::int64_t kTierMs = std::int64_t{365} * 24 * 3'600'000;
inline constexpr std::int64_t kSilverPoints = 500, kGoldPoints = 2'000;
Tier tierFor(std::int64_t pointsInTime);
/// "member", "silver", "gold".
std::string_view toString(Tier tier);
Result<Tier> tierNamed(std::string_view name);

} // namespace silta
