// Limits of the till process, each with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silta::till {

/// PINs tried from one address: so many at once, then one each kSignInMs. Whoever is on the staff network
/// must not use up the tries of all tills.
inline constexpr int kSignInsAtOnce = 10;
inline constexpr std::int64_t kSignInMs = 6'000;
inline constexpr std::size_t kAddressesMax = 4'096;
inline constexpr int kSignInsWaitingMax =
    2; ///< for edge, which looks at one PIN at a time and has other work
inline constexpr std::size_t kSessionsMax = 200;              ///< of a large store, ten times over
inline constexpr std::int64_t kSessionMsMax = 12 * 3'600'000; ///< a long shift; then the badge again
inline constexpr std::size_t kFieldBytesMax = 1'024;          ///< what is scanned or typed
inline constexpr std::size_t kSaleBodyBytesMax = 16 * 1024;   ///< of a POS; what fits an operation has 11 kB
inline constexpr std::size_t kShownBytesMax = 120;            ///< of a name or title on a page
inline constexpr std::size_t kShortBytesMax = 48;             ///< of a number or an aisle
inline constexpr std::size_t kEdgeAnswerBytesMax = 64 * 1024;
inline constexpr std::size_t kOrdersListedMax = 200;
inline constexpr std::size_t kOrderListBytesMax = 4 * 1024 * 1024; ///< those with twenty lines of long names
inline constexpr std::size_t kOrderWordBytesMax = 128;             ///< twenty letters of any script
inline constexpr long kEdgeTimeoutMs = 5'000;                      ///< a PIN on a slow device takes a second
inline constexpr std::int64_t kHubWaitMs = 2'500; ///< for the hub's word on a member; then "cannot be asked"
inline constexpr int kHubPollMs = 25;
inline constexpr std::int64_t kTokenWaitMs = 4'000; ///< edge decides alone after that
inline constexpr int kTokenPollMs = 100;
inline constexpr std::int64_t kMemberShownMs = 60'000; ///< a member card counts for the next code
inline constexpr std::size_t kUsesKeptMax = 1'000;     ///< a busy day's, to be taken back
inline constexpr std::size_t kTokenSkusShownMax = 5;
inline constexpr int kPrintsWaitingMax =
    2; ///< for the printer, which takes seconds; more are told that it is busy
inline constexpr int kHubWaitersMax = 4; ///< of the server's threads
inline constexpr std::int64_t kDoorDeskMs =
    2'000; ///< store and line, before edge is asked again for who is not signed in

} // namespace silta::till
