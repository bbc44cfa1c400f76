// Limits of the portal process, each with its reason. Those of what a page shows are in page_limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silta::portal {

inline constexpr std::size_t kHostBytesMax = 253; ///< RFC 1035

/// Devices that the portal remembers at once, in memory: as many as the gate lets in.
inline constexpr std::size_t kDevicesMax = 16'384;
inline constexpr std::size_t kTokensPerDeviceMax = 8; ///< tabs and reloads of one person
inline constexpr std::int64_t kTokenMs = 30 * 60'000; ///< a form that was left open over a coffee
/// Sign-ins tried by one device: so many at once, then one each kAttemptMs.
inline constexpr int kAttemptsAtOnce = 5;
inline constexpr std::int64_t kAttemptMs = 20'000;
/// Searches of one device: so many at once, then one each kSearchMs. Each costs edge a few milliseconds.
inline constexpr int kSearchesAtOnce = 10;
inline constexpr std::int64_t kSearchMs = 3'000;

inline constexpr std::int64_t kEndingSec = 600; ///< left of a session: from here on more is offered

/// Guests whose wanted address or coupon is kept for the page after the sign-in.
inline constexpr std::size_t kRememberedMax = 1'024;
/// A day: no session is longer, and what was earned in the one before is nobody's business.
inline constexpr std::int64_t kEarnedMs = 24 * 3'600'000;
inline constexpr std::size_t kWantedBytesMax = 512;

inline constexpr std::int64_t kStrangerMs = 2'000; ///< how long an address is believed to have no session
inline constexpr std::int64_t kFaceMs = 10'000;    ///< store and offers, before edge is asked again
inline constexpr std::int64_t kDrawnMs = 1'000;    ///< a drawn sign-in page, of which only the token is new
inline constexpr std::int64_t kSweepMs = 5'000;    ///< between looks at what the gate has counted
inline constexpr std::int64_t kEndedShownMs = 10 * 60'000; ///< "your time is up" is said for so long

/// Counts told to edge at once: what a lost answer counts twice. 10,000 in a sweep are a busy store's day.
inline constexpr std::int64_t kEventsPerCall = 100;
inline constexpr int kEventCallsPerSweep = 100;

inline constexpr std::size_t kEdgeAnswerBytesMax = 512 * 1024; ///< of JSON; a list of offers takes 20 kB
inline constexpr long kEdgeTimeoutMs = 3'000; ///< edge answers from its disk, never from the network
/// Of the server's threads, so many may wait for the hub's word about a code.
inline constexpr int kCodeWaitersMax = 2;
inline constexpr int kCodePollMs = 50;
inline constexpr std::int64_t kCodeValidSec = 300;      ///< where the hub has not said
inline constexpr std::size_t kPictureNameBytesMax = 64; ///< SHA-256 as hex

/// Small pictures kept, some 2 kB each: those of the offers, and of the lists of guests who came last.
inline constexpr std::size_t kPicturesKeptMax = 256;
inline constexpr std::size_t kPicturesWaitingMax = 64; ///< each takes some 20 ms
inline constexpr std::int64_t kPictureAbsentMs =
    5'000; ///< before one that has not come from the hub is asked for
inline constexpr std::int64_t kPictureRefusedMs =
    600'000; ///< before one is tried again that cannot be made small
/// A guest's own list is made small while the guest is let in; what takes longer comes with the next look.
inline constexpr std::int64_t kListPicturesMs = 400;

} // namespace silta::portal
