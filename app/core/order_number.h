// Numbers of orders: short enough to be read aloud, made by each device from a range of its own.
#pragma once

#include <silta/result.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

inline constexpr std::size_t kOrderNumberLetters = 8;
inline constexpr int kOrderDeviceMax = (1 << 17) - 1;
inline constexpr int kOrderSerialMax = (1 << 18) - 1;
/// What a barcode of an order's number begins with.
inline constexpr std::string_view kOrderCodeStart = "SO-";

/// Eight letters of Crockford's base 32, the last one a check over GF(32): one wrong letter and two swapped
/// neighbours are always found. Units: device 1..kOrderDeviceMax; serial 1..kOrderSerialMax. Errors: Limit.
Result<std::string> makeOrderNumber(int deviceNumber, int serial);
/// The serial of a number that makeOrderNumber() gave for this device; nothing for another one's.
std::optional<int> orderSerialOf(std::string_view number, int deviceNumber);
/// The number as makeOrderNumber() gives it, of one that was typed with or without its hyphen. Nothing where
/// the check letter says that it is none.
std::optional<std::string> readOrderNumber(std::string_view text);
/// As people read it: "K7QF-2M9X".
std::string shownOrderNumber(std::string_view number);
/// The text of its barcode: "SO-K7QF2M9X".
std::string orderCode(std::string_view number);

} // namespace silta
