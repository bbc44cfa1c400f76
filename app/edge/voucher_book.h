// VoucherBook: passes to the Wi-Fi that this device gave out, each good for one use.
//
// A voucher has one name, ten letters of Crockford's base 32 (50 bits). Two things carry it to a guest:
//   the letters, which a person can type; they say nothing unless this journal knows them.
//   a token, "SW1.<payload>.<signature>", for a QR code: payload is base64url of
//   {"v":name,"s":store,"m":minutes,"q":bytes,"e":expires, milliseconds}, signature the Ed25519 signature of
//   "silta-wifi:<payload>" by the key of the device. It needs no row of the journal to be believed.
// Using one uses both up.
#pragma once

#include <silta/crypto.h>
#include <silta/random.h>
#include <silta/store.h>
#include <silta/time.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kVoucherLetters = 10;
inline constexpr std::size_t kVoucherBytesMax = 512; ///< of a token, or of what was typed
inline constexpr int kVoucherMinutesMax = 24 * 60;
inline constexpr std::int64_t kVoucherQuotaBytesMax = std::int64_t{1} << 40;
inline constexpr int kVoucherValidMinutesDefault = 15; ///< between making and using: one walk from the kiosk
inline constexpr int kVoucherValidMinutesMax = 24 * 60;
inline constexpr std::int64_t kVouchersOpenMax = 500; ///< waiting to be used

struct Voucher {
    std::string id; ///< ten letters
    int minutes = 0;
    std::int64_t quotaBytes = 0; ///< 0 = no quota of its own
    UtcMs expiresMs = 0;         ///< must be used before
};

/// The wishlist of the shopper who asked for a voucher.
struct VoucherList {
    std::string id;  ///< UUID; empty for none
    std::string url; ///< of its page at the hub, for a phone that is online; may be empty
};
inline constexpr std::size_t kListUrlBytesMax = 512; ///< a page of the portal has no room for more
inline constexpr std::size_t kVoucherListsMax = 500; ///< known at once: as many as wait to be used
/// Whether the address is the list's page at that hub, and safe to be led to.
bool isListAddress(const VoucherList& list, std::string_view publicUrl);

std::string makeVoucherId(Random& random);
/// What was typed, as ten letters: case, blanks, hyphens and look-alikes (O, I, L) do not matter. Empty when
/// it cannot be one.
std::string normalizeVoucher(std::string_view text);

std::string voucherToken(const Voucher& voucher, std::string_view storeCode, const KeyPair& keys);
bool isVoucherToken(std::string_view text);
/// Errors: NotFound (no token, of another store or signed by another key: all the same to a guest).
Result<Voucher> readVoucherToken(std::string_view token, std::string_view storeCode,
                                 std::string_view publicKey);

/// What became of a try to use one.
enum class VoucherUse { Taken, Unknown, Expired, UsedUp };
const char* toString(VoucherUse use); ///< "taken", "unknown", "expired", "used up"

/// Thread: the connection's owner. Every call belongs into the caller's transaction.
class VoucherBook {
public:
    explicit VoucherBook(Database& database) : database_(database) {}

    /// Forgets what nobody can use any more. Errors: Limit (too many wait to be used), Full, Io.
    Result<void> add(const Voucher& voucher, UtcMs nowMs);
    /// Errors: NotFound.
    Result<Voucher> find(const std::string& id) const;
    /// Marks it as used. `usedFor`: who uses it, or empty; the same one may ask again before it is forgotten.
    /// Gives Taken where it may be let in. Errors: Full, Io.
    Result<VoucherUse> use(const Voucher& voucher, const std::string& usedFor, UtcMs nowMs);

private:
    Database& database_;
};

} // namespace silta
