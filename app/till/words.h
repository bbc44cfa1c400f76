// Every word of the till's pages, in the languages that it speaks.
#pragma once

#include "web/language.h"

#include <string_view>

namespace silta::till {

enum class Word {
    // every page
    Till,
    Language,
    Online,
    Offline,
    SwitchUser,
    Next,
    ErrorTitle,
    ErrorPrefix,
    // signing in
    SignInTitle,
    SignInLead,
    BadgeLabel,
    BadgeHint,
    PinLabel,
    PinHint,
    SignIn,
    BadgeMalformed,
    PinMalformed,
    WrongPin,
    WrongPinLast,
    Locked,
    Idle,
    FormExpired,
    TooMany,
    // the field
    FieldTitle,
    FieldLabel,
    FieldHint,
    Find,
    FieldEmpty,
    // products
    Here,
    NoneHere,
    HereUnknown,
    Aisle,
    Near,
    NearOne,
    NowhereNear,
    RegularPrice,
    Products,
    InStock,
    LastFew,
    UnknownProduct,
    UnknownProductText,
    // members
    MemberCard,
    NumberEnds,
    MemberSince,
    MemberUnknown,
    MemberUnknownText,
    MemberOffline,
    MemberIssuedHere,
    AlreadyMember,
    AlreadyMemberText,
    // registering
    JoinTitle,
    JoinNew,
    JoinOffline,
    ReadOut,
    LabelEmail,
    LabelPhone,
    LabelName,
    Optional,
    Required,
    CustomersLanguage,
    Join,
    EmailMalformed,
    PhoneMalformed,
    ContactMissing,
    NameTooLong,
    TermsMissing,
    AgeMissing,
    Joined,
    MemberNumber,
    JoinedText,
    ShowCoupon,
    ValidUntil,
    // what else may be scanned
    ReceiptTitle,
    ReceiptText,
    CouponTitle,
    PrintedCoupon,
    PrintedCouponText,
    Foreign,
    ForeignText,
    Wishlist,
    WishlistText,
    Enrolment,
    EnrolmentText,
    Unknown,
    UnknownText,
    // what does not work
    NotReady,
    NotReadyText,
    Failed,
    FailedText,
    Full,
    NotFound,
    NotFoundText,
    Count_
};

/// Plain text; may hold "{}" where filled() puts a value.
std::string_view word(Word id, Lang lang);

} // namespace silta::till
