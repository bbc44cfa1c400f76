// Coupons are one long digit string in which most fields begin with a digit that tells their length ("VLI").
#include "core/digits.h"
#include "scan/coupon.h"
#include "scan/linter.h"

#include <algorithm>

namespace silta::gs1 {

namespace {

constexpr std::size_t kCountedFrom = 6; // the length digit of a company prefix or serial number counts on
constexpr std::size_t kOfferDigits = 6;
constexpr std::size_t kFamilyDigits = 3;
constexpr std::size_t kDateDigits = 6;
constexpr std::string_view kPrefixLengths = "0123456";
constexpr std::string_view kRequirementCodes = "012349";

/// Reads from the left and remembers the first thing that is wrong; after that every call fails.
class CouponReader {
public:
    explicit CouponReader(std::string_view text) : text_(text) {}

    [[nodiscard]] const Fault& fault() const { return fault_; }
    [[nodiscard]] bool isAtEnd() const { return at_ == text_.size(); }

    /// One digit out of `allowed`; 0 to 9, or -1 with a fault.
    int digit(std::string_view allowed, std::string_view missing, std::string_view invalid) {
        if (fault_) return -1;
        if (isAtEnd()) return fail(missing, 0, text_.size());
        if (allowed.find(text_[at_]) == std::string_view::npos) return fail(invalid, at_, 1);
        return text_[at_++] - '0';
    }

    /// The next `count` digits, or an empty view with a fault over what is there instead.
    std::string_view digits(std::size_t count, std::string_view truncated) {
        if (fault_) return {};
        if (text_.size() - at_ < count) {
            fail(truncated, isAtEnd() ? 0 : at_, isAtEnd() ? text_.size() : text_.size() - at_);
            return {};
        }
        at_ += count;
        return text_.substr(at_ - count, count);
    }

    /// A length digit and as many digits, plus `more`, which are returned.
    std::string_view counted(std::string_view allowed, std::size_t more, std::string_view missing,
                             std::string_view invalid, std::string_view truncated) {
        const int length = digit(allowed, missing, invalid);
        return length >= 0 ? digits(static_cast<std::size_t>(length) + more, truncated) : std::string_view();
    }

    /// Takes the digit that opens an optional field, if it is the next.
    bool opens(char field) {
        if (fault_ || isAtEnd() || text_[at_] != field) return false;
        ++at_;
        return true;
    }

    /// The six digits of a real date, or an empty view with a fault.
    std::string_view date(std::string_view tooShort, std::string_view invalid) {
        const auto day = digits(kDateDigits, tooShort);
        if (day.empty() || !lintShortDate(day, false)) return day;
        fail(invalid, at_ - kDateDigits, kDateDigits);
        return {};
    }

    void refuseLastDate(std::string_view name) { fail(name, at_ - kDateDigits, kDateDigits); }

    Fault end() {
        if (!fault_ && !isAtEnd()) fail("COUPON_EXCESS_DATA", at_, text_.size() - at_);
        return fault_;
    }

private:
    int fail(std::string_view name, std::size_t at, std::size_t length) {
        fault_ = Fault{name, at, length};
        return -1;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Fault fault_;
};

constexpr std::string_view kAnyDigit = "0123456789";

std::string_view readSerial(CouponReader& reader) {
    return reader.counted(kAnyDigit, kCountedFrom, "COUPON_MISSING_SERIAL_NUMBER_VLI", "",
                          "COUPON_TRUNCATED_SERIAL_NUMBER");
}

/// What must be bought, how it is counted, and of which family.
void readFirstPurchase(CouponReader& reader) {
    reader.counted("12345", 0, "COUPON_MISSING_1ST_PURCHASE_REQUIREMENT_VLI",
                   "COUPON_INVALID_1ST_PURCHASE_REQUIREMENT_LENGTH",
                   "COUPON_TRUNCATED_1ST_PURCHASE_REQUIREMENT");
    reader.digit(kRequirementCodes, "COUPON_MISSING_1ST_PURCHASE_REQUIREMENT_CODE",
                 "COUPON_INVALID_1ST_PURCHASE_REQUIREMENT_CODE");
    reader.digits(kFamilyDigits, "COUPON_TRUNCATED_1ST_PURCHASE_FAMILY_CODE");
}

/// A company prefix that 9 leaves out: the same company as the first.
void readOtherPrefix(CouponReader& reader, std::string_view missing, std::string_view invalid,
                     std::string_view truncated) {
    const int length = reader.digit("01234569", missing, invalid);
    if (length >= 0 && length != 9) reader.digits(static_cast<std::size_t>(length) + kCountedFrom, truncated);
}

void readSecondPurchase(CouponReader& reader) {
    reader.digit("0123", "COUPON_MISSING_ADDITIONAL_PURCHASE_RULES_CODE",
                 "COUPON_INVALID_ADDITIONAL_PURCHASE_RULES_CODE");
    reader.counted("12345", 0, "COUPON_MISSING_2ND_PURCHASE_REQUIREMENT_VLI",
                   "COUPON_INVALID_2ND_PURCHASE_REQUIREMENT_LENGTH",
                   "COUPON_TRUNCATED_2ND_PURCHASE_REQUIREMENT");
    reader.digit(kRequirementCodes, "COUPON_MISSING_2ND_PURCHASE_REQUIREMENT_CODE",
                 "COUPON_INVALID_2ND_PURCHASE_REQUIREMENT_CODE");
    reader.digits(kFamilyDigits, "COUPON_TRUNCATED_2ND_PURCHASE_FAMILY_CODE");
    readOtherPrefix(reader, "COUPON_MISSING_2ND_PURCHASE_GCP_VLI", "COUPON_INVALID_2ND_PURCHASE_GCP_LENGTH",
                    "COUPON_TRUNCATED_2ND_PURCHASE_GCP");
}

void readThirdPurchase(CouponReader& reader) {
    reader.counted("12345", 0, "COUPON_MISSING_3RD_PURCHASE_REQUIREMENT_VLI",
                   "COUPON_INVALID_3RD_PURCHASE_REQUIREMENT_LENGTH",
                   "COUPON_TRUNCATED_3RD_PURCHASE_REQUIREMENT");
    reader.digit(kRequirementCodes, "COUPON_MISSING_3RD_PURCHASE_REQUIREMENT_CODE",
                 "COUPON_INVALID_3RD_PURCHASE_REQUIREMENT_CODE");
    reader.digits(kFamilyDigits, "COUPON_TRUNCATED_3RD_PURCHASE_FAMILY_CODE");
    readOtherPrefix(reader, "COUPON_MISSING_3RD_PURCHASE_GCP_VLI", "COUPON_INVALID_3RD_PURCHASE_GCP_LENGTH",
                    "COUPON_TRUNCATED_3RD_PURCHASE_GCP");
}

/// Expiry and start, either of which may be missing.
void readDates(CouponReader& reader, Coupon& coupon) {
    std::string_view expiry;
    if (reader.opens('3'))
        expiry = reader.date("COUPON_TOO_SHORT_FOR_EXPIRATION_DATE",
                             "COUPON_INVALID_EXIPIRATION_DATE"); // the dictionary's spelling
    coupon.expires = expiry;
    if (!reader.opens('4')) return;
    const auto start = reader.date("COUPON_TOO_SHORT_FOR_START_DATE", "COUPON_INVALID_START_DATE");
    coupon.starts = start;
    if (!expiry.empty() && !start.empty() && expiry < start)
        reader.refuseLastDate("COUPON_EXPIRATION_BEFORE_START");
}

void readConditions(CouponReader& reader) {
    reader.digit("01256", "COUPON_MISSING_SAVE_VALUE_CODE", "COUPON_INVALID_SAVE_VALUE_CODE");
    reader.digit("012", "COUPON_MISSING_SAVE_VALUE_APPLIES_TO_ITEM",
                 "COUPON_INVALID_SAVE_VALUE_APPLIES_TO_ITEM");
    reader.digit(kAnyDigit, "COUPON_MISSING_STORE_COUPON_FLAG", "");
    reader.digit("01", "COUPON_MISSING_DONT_MULTIPLY_FLAG", "COUPON_INVALID_DONT_MULTIPLY_FLAG");
}

Fault readNorthAmerican(std::string_view value, Coupon& coupon) {
    if (const auto fault = lintCharacters('N', value)) return fault;
    CouponReader reader(value);
    coupon.kind = Coupon::Kind::NorthAmerican;
    coupon.issuer = reader.counted(kPrefixLengths, kCountedFrom, "COUPON_MISSING_GCP_VLI",
                                   "COUPON_INVALID_GCP_LENGTH", "COUPON_TRUNCATED_GCP");
    coupon.offer = reader.digits(kOfferDigits, "COUPON_TRUNCATED_OFFER_CODE");
    coupon.saves = reader.counted("12345", 0, "COUPON_MISSING_SAVE_VALUE_VLI",
                                  "COUPON_INVALID_SAVE_VALUE_LENGTH", "COUPON_TRUNCATED_SAVE_VALUE");
    readFirstPurchase(reader);
    if (reader.opens('1')) readSecondPurchase(reader);
    if (reader.opens('2')) readThirdPurchase(reader);
    readDates(reader, coupon);
    if (reader.opens('5')) coupon.serial = readSerial(reader);
    if (reader.opens('6'))
        reader.counted("1234567", kCountedFrom, "COUPON_MISSING_RETAILER_GCP_OR_GLN_VLI",
                       "COUPON_INVALID_RETAILER_GCP_OR_GLN_LENGTH", "COUPON_TRUNCATED_RETAILER_GCP_OR_GLN");
    if (reader.opens('9')) readConditions(reader);
    return reader.end();
}

Fault readPositiveOffer(std::string_view value, Coupon& coupon) {
    if (const auto fault = lintCharacters('N', value)) return fault;
    CouponReader reader(value);
    coupon.kind = Coupon::Kind::PositiveOffer;
    reader.digit("01", "COUPON_MISSING_FORMAT_CODE", "COUPON_INVALID_FORMAT_CODE");
    coupon.issuer = reader.counted(kPrefixLengths, kCountedFrom, "COUPON_MISSING_FUNDER_VLI",
                                   "COUPON_INVALID_FUNDER_LENGTH", "COUPON_TRUNCATED_FUNDER");
    coupon.offer = reader.digits(kOfferDigits, "COUPON_TRUNCATED_OFFER_CODE");
    coupon.serial = readSerial(reader);
    return reader.end();
}

} // namespace

Fault lintCoupon(std::string_view value) {
    Coupon coupon;
    return readNorthAmerican(value, coupon);
}

Fault lintPositiveOffer(std::string_view value) {
    Coupon coupon;
    return readPositiveOffer(value, coupon);
}

std::optional<Coupon> couponIn(const std::vector<Gs1Element>& elements) {
    constexpr std::size_t kGcnDigits = 13;
    Coupon coupon;
    for (const auto& element : elements) {
        if (element.ai == "8110" && !readNorthAmerican(element.value, coupon)) return coupon;
        if (element.ai == "8112" && !readPositiveOffer(element.value, coupon)) return coupon;
        if (element.ai != "255") continue;
        coupon.offer = element.value.substr(0, kGcnDigits);
        coupon.serial = element.value.substr(coupon.offer.size());
        return coupon;
    }
    return std::nullopt;
}

} // namespace silta::gs1
