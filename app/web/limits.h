// Limits of what browsers send and pages show, each with its reason.
#pragma once

#include <cstddef>

namespace silta {

inline constexpr std::size_t kFormBytesMax = 8 * 1024; ///< the largest form of ours has under 2 kB
inline constexpr std::size_t kFormFieldsMax = 32;
inline constexpr std::size_t kFormNameBytesMax = 32;
inline constexpr std::size_t kFormValueBytesMax = 1'024; ///< an address that was wanted is the longest

// What is longer or malformed is left out: half of it would lead somewhere else.
inline constexpr std::size_t kUrlBytesMax = 1'024;
inline constexpr std::size_t kPathBytesMax = 128;
inline constexpr std::size_t kEmailAddressBytesMax = 254; ///< RFC 5321

} // namespace silta
