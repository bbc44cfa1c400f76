// The till's pages for coupons and gift cards: what it is, whether it is good, what was done. No I/O.
#pragma once

#include "till/cards.h"
#include "till/pages.h"

#include <optional>
#include <string>

namespace silta::till {

struct TokenPage {
    TokenWish wish;                    ///< what was asked
    std::optional<TokenAnswer> answer; ///< nothing: edge did not answer, and may have done it
    std::string formToken;
    std::string nextRequest;        ///< UUID of what a form of this page will ask
    std::string typed;              ///< the amount, as it was typed
    std::string currency;           ///< of that
    std::string problem;            ///< of that: HTML, or empty
    std::string homeLanguage;       ///< of titles that are not in the page's language
    std::string takeBackOf;         ///< the request that this person may take back; empty: none
    std::int64_t takeBackMinor = 0; ///< what it took off a gift card
};
std::string renderToken(const Frame& frame, const TokenPage& page);

/// What a button of these pages asks: "check", "redeem", "load", "reverse".
std::string_view nameOf(TokenAct act);

} // namespace silta::till
