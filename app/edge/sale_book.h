// SaleBook: the receipts that this device told the hub of, and those that were scanned here. No line of a
// receipt and no card is in it: those are sealed before they come here.
#pragma once

#include "sync/journal.h"

#include <silta/time.h>

#include <cstdint>
#include <optional>
#include <string>

namespace silta {

/// For so long the same sale again is known to be the same, and a scanned receipt to be ours.
inline constexpr std::int64_t kReceiptKeptMs = std::int64_t{30} * 24 * 3'600'000;

/// What is known of a receipt besides its number.
struct KnownReceipt {
    std::string saleId;      ///< empty: nobody told of the sale, only the receipt was scanned
    std::string fingerprint; ///< of what was told, without whose it is
    std::string currency;
    std::int64_t totalMinor = 0;
    UtcMs atMs = 0;
    bool isSomebodys = false; ///< a card was shown, with the sale or with the receipt
    std::string linkId;       ///< with which request it was, with the receipt
};

struct ToldSale {
    std::string saleId, receipt, sealed;
    KnownReceipt facts; ///< all but saleId and linkId
};

/// Thread: any, one at a time, as its journal.
class SaleBook {
public:
    SaleBook(Journal& journal, UtcMs nowMs) : journal_(journal), nowMs_(nowMs) {}

    /// Errors: NotFound, Io.
    Result<KnownReceipt> find(const std::string& receipt) const;
    /// Safe on disk when it returns. False: it was before, and nothing is done. Errors: Conflict (the name or
    /// the receipt is another sale's), Full, Io.
    Result<bool> record(const ToldSale& sale);
    /// As record(). Errors: Conflict (it is somebody's already), Full, Io.
    Result<bool> link(const std::string& linkId, const std::string& receipt, const std::string& sealed);

private:
    Result<std::string> receiptOf(const std::string& saleId) const;
    Result<void> forgetOld(Database& database) const;

    Journal& journal_;
    const UtcMs nowMs_;
};

} // namespace silta
