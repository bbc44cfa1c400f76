// Every limit of the gate, with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silta::gate {

/// Guests with an open gate at once: size of the kernel's sets, and of what the gate remembers. A store has
/// hundreds; a stadium has this.
inline constexpr unsigned kGuestsMax = 16'384;
/// Guests one request may name: one transaction of 256 kB, which the kernel holds in memory while it works.
inline constexpr std::size_t kBatchMax = 256;
/// The longest line of the grammar is `guest` with every number at its largest: 87 bytes.
inline constexpr std::size_t kLineBytesMax = 120;
/// A full batch of the longest lines. One datagram.
inline constexpr std::size_t kRequestBytesMax = kBatchMax * (kLineBytesMax + 1);
/// A page of kBatchMax guests and its first line. One datagram; well under net.core.wmem_default.
inline constexpr std::size_t kReplyBytesMax = (kBatchMax + 1) * (kLineBytesMax + 1);
/// The portal, the portal that replaces it, and a technician's look.
inline constexpr std::size_t kClientsMax = 8;
/// Longer than any visit; a number that is larger is a mistake of units.
inline constexpr std::uint32_t kSecondsMax = 30 * 86'400;
/// 1 PB: larger is a mistake of units, and 0 stands for no quota. The kernel itself ends at 2^63.
inline constexpr std::uint64_t kQuotaBytesMax = 1'000'000'000'000'000;
/// Rate classes 1 to this; 0 is "not limited". Each has kGuestsMax - 1 of HTB's 65,535 class numbers.
inline constexpr unsigned kRateClassesMax = 3;
/// Wait for the gate's answer, in the portal: a transaction of kBatchMax takes 10 ms on a small machine.
inline constexpr int kAnswerMsMax = 2'000;
/// Users that `--allow-user` may name.
inline constexpr std::size_t kAllowedUsersMax = 8;

} // namespace silta::gate
