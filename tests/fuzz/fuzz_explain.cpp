// The first byte chooses symbology and symbology identifier, the rest is the message.
#include "fuzz_check.h"

#include <silta/scan.h>

#include <array>
#include <cstddef>
#include <cstdint>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array kAimIds = {"", "]C1", "]e0", "]d2", "]Q3", "]E0", "]E3", "]E4"};
    ScannedCode code;
    if (size > 0) {
        code.symbology = static_cast<Symbology>(data[0] % (static_cast<int>(Symbology::Other) + 1));
        code.aimId = kAimIds[data[0] / 16 % kAimIds.size()];
        code.bytes.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
    }
    ChainCodes chain;
    chain.inStoreCountry = "DE";
    chain.receiptPrefix = "R-";
    chain.memberCards = {{"29", 13, MemberCardRule::Check::Ean}, {"9", 8, MemberCardRule::Check::None}};
    const auto meaning = explain(code, chain);
    const bool isProduct = meaning.kind == MeaningKind::Product || meaning.kind == MeaningKind::DigitalLink;
    check(isProduct == meaning.gtin.has_value());
    check((meaning.kind == MeaningKind::Unknown) == !meaning.reason.empty());
    check((meaning.kind == MeaningKind::Member) == !meaning.memberNumber.empty());
    check((meaning.kind == MeaningKind::Enrolment) == !meaning.enrolmentCode.empty());
    check((meaning.kind == MeaningKind::Wishlist) == !meaning.wishlistId.empty());
    check((meaning.kind == MeaningKind::Order) == !meaning.orderNumber.empty());
    check((meaning.kind == MeaningKind::Token) == meaning.token.has_value());
    check((meaning.kind == MeaningKind::Receipt) == !meaning.receiptNumber.empty());
    check(meaning.kind == MeaningKind::Unknown || (!meaning.coupon && !meaning.foreign));
    check(!meaning.foreign || meaning.foreign->name.size() <= kForeignNameBytesMax);
    for (const auto& other : meaning.alternatives)
        check(other.kind != MeaningKind::Unknown && other.alternatives.empty());
    if (meaning.gtin) {
        // Whatever way it was read, what comes out reads as itself.
        auto again = Gtin::parse(meaning.gtin->toString());
        check(again.has_value() && *again == *meaning.gtin);
    }
    for (const auto& element : meaning.elements) {
        check(!element.ai.empty() && !element.value.empty());
        const auto day = dateOf(element, 2026);
        check(!day || day->ok());
    }
    return 0;
}
