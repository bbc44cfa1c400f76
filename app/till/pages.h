// The till's pages: complete HTML documents from plain structs. No I/O; texts are escaped here.
#pragma once

#include "shopper/membership_words.h"
#include "till/cards.h"
#include "till/words.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace silta::till {

inline constexpr std::string_view kHomePath = "/";
inline constexpr const char* kIdleQuery =
    "idle"; ///< of a page that looks by itself whether its session is over
inline constexpr std::string_view kLinePath = "/line";      ///< whether it is up, for the script of a page
inline constexpr std::string_view kSalesPath = "/v1/sales"; ///< of POS; no page
inline constexpr std::string_view kSignInPath = "/sign-in";
inline constexpr std::string_view kSignOutPath = "/sign-out";
inline constexpr std::string_view kFindPath = "/find";
inline constexpr std::string_view kProductPath = "/product";
inline constexpr std::string_view kJoinPath = "/join";
inline constexpr std::string_view kCodePath = "/code";

/// Value of the Content-Security-Policy header of every page.
const std::string& contentSecurityPolicy();

/// What every page has. Tokens are those of forms with that action.
struct Frame {
    Lang lang = Lang::En;
    std::string chain, store;
    bool isOnline = false;
    std::string staff; ///< who is signed in; empty: nobody
    std::string findToken, signOutToken;
    int idleSeconds = 0; ///< after which a page leads back to the sign-in
    bool hasPrinter = false;
    std::string printToken = {};  ///< with hasPrinter
    std::string inviteToken = {}; ///< empty: phones cannot be sent to the hub
};

struct DoorPage {
    std::string token;
    std::string badge;   ///< as it was scanned; then the PIN is asked for
    std::string notice;  ///< in the page's language; empty for none
    std::string problem; ///< as well, of what was typed
};
std::string renderDoor(const Frame& frame, const DoorPage& page);

/// The field alone. `problem` in words, or empty.
std::string renderHome(const Frame& frame, const std::string& problem = {});
std::string renderCard(const Frame& frame, const Card& card);
/// Somebody whose contact was typed is a member.
std::string renderKnownContact(const Frame& frame, const MemberWord& word);

struct JoinPage {
    std::string token, memberId;
    std::string email, phone, name;
    Lang customerLang = Lang::En;
    int age = 0;
    std::vector<MembershipConsent> ticked;
    std::vector<Word> problems;
    bool wasAsked = false; ///< the hub knows nobody with this contact
};
std::string renderJoin(const Frame& frame, const JoinPage& page);
std::string renderJoined(const Frame& frame, const JoinedCard& joined);
/// Something to say and nothing to do but go on.
std::string renderMessage(const Frame& frame, std::string_view title, std::string_view text);

} // namespace silta::till
