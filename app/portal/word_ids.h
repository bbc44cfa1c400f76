// Names of the portal's texts. The texts themselves stand in words_pages.cpp and words_messages.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace silta::portal {

enum class Word {
    // every page
    Language,
    Terms,
    Privacy,
    Required,
    Optional,
    ErrorPrefix,
    ToSignIn,
    Version,
    // opening hours
    OpenUntil,
    OpenNow,
    Closed,
    OpensAt,
    OpensTomorrow,
    OpensOn,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
    // signing in
    FreeWifi,
    HowToSignIn,
    WayEmail,
    WayPhone,
    WayLoyalty,
    WayVoucher,
    WayTerms,
    LabelEmail,
    LabelPhone,
    LabelLoyalty,
    LabelVoucher,
    HintEmail,
    HintPhone,
    HintLoyalty,
    HintVoucher,
    VoucherScanned,
    HintTerms,
    MarketingNote,
    ReadTerms,
    Connect,
    DataNote,
    // offers and services
    Offers,
    RegularPrice,
    OfferPrice,
    LowestPrice,
    InStoreNow,
    FewLeft,
    NoneHere,
    Aisle,
    Services,
    CollectTitle,
    CollectText,
    FindTitle,
    FindText,
    JoinTitle,
    JoinText,
    // the one-time code
    CodeTitle,
    CodeSent,
    CodeLabel,
    CodeHint,
    AttemptsLeft,
    CodeMissingTitle,
    Resend,
    ResendIn,
    ChangeNumber,
    OtherWay,
    // after signing in
    OnlineTitle,
    TimeLeft,
    DataLeft,
    NoLimit,
    WantedPage,
    Continue,
    CouponTitle,
    CouponText,
    CouponUntil,
    CouponPicture,
    Wishlist,
    WishlistMore,
    Pieces,
    MoreMinutes,
    SignOut,
    SignOutText,
    // what is wrong in a form
    ErrorTitle,
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
    TermsMissing,
    NoticeNoCodes,
    NoticeFormExpired,
    // messages
    WelcomeBackTitle,
    WelcomeBackText,
    TooManyTitle,
    TooManyText,
    ClosedTitle,
    ClosedText,
    QuotaTitle,
    QuotaText,
    TimeUpTitle,
    TimeUpText,
    TimeUpExtendText,
    DevicesTitle,
    DevicesText,
    UplinkTitle,
    UplinkText,
    SignedOutTitle,
    SignedOutText,
    // answers other than 200
    NotFoundTitle,
    NotFoundText,
    MethodTitle,
    MethodText,
    TooLargeTitle,
    TooLargeText,
    BusyTitle,
    BusyText,
    BrokenTitle,
    BrokenText,
    LoginFirstTitle,
    LoginFirstText,
    BadTitle,
    BadText,
    Count_
};

/// One text in the languages of kLangs.
struct WordRow {
    Word id;
    std::array<std::string_view, 4> texts;
};
std::span<const WordRow> pageWords();
std::span<const WordRow> messageWords();

} // namespace silta::portal
