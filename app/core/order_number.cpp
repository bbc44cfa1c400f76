#include "core/order_number.h"

#include "core/crockford.h"

#include <algorithm>
#include <cstdint>

namespace silta {

namespace {

constexpr unsigned kFieldPolynomial = 0x25; // x^5 + x^2 + 1, primitive over GF(2)
constexpr unsigned kFieldSize = 32;
constexpr std::size_t kGroupLetters = kOrderNumberLetters / 2;
constexpr int kSerialBits = 18;

unsigned timesX(unsigned value) {
    value <<= 1;
    return (value & kFieldSize) != 0 ? value ^ kFieldPolynomial : value;
}

/// 0 for letters whose last one is their check.
unsigned remainderOf(std::string_view letters) {
    unsigned sum = 0;
    for (const char letter : letters)
        sum = timesX(sum) ^ static_cast<unsigned>(kCrockfordLetters.find(letter));
    return sum;
}

} // namespace

Result<std::string> makeOrderNumber(int deviceNumber, int serial) {
    if (deviceNumber < 1 || deviceNumber > kOrderDeviceMax)
        return Error{Errc::Limit, "make order number: device number is not 1 to 131071"};
    if (serial < 1 || serial > kOrderSerialMax)
        return Error{Errc::Limit, "make order number: serial number is not 1 to 262143"};
    const auto bits =
        (static_cast<std::uint64_t>(deviceNumber) << kSerialBits) | static_cast<std::uint64_t>(serial);
    auto number = crockfordText(bits, kOrderNumberLetters - 1);
    number.push_back(kCrockfordLetters[timesX(remainderOf(number))]);
    return number;
}

std::optional<int> orderSerialOf(std::string_view number, int deviceNumber) {
    if (!readOrderNumber(number)) return std::nullopt;
    std::uint64_t bits = 0;
    for (std::size_t i = kOrderNumberLetters - 1; i > 0; --i) // the lowest bits come first
        bits = bits * kFieldSize + kCrockfordLetters.find(number[i - 1]);
    if (bits >> kSerialBits != static_cast<std::uint64_t>(deviceNumber)) return std::nullopt;
    return static_cast<int>(bits & kOrderSerialMax);
}

std::optional<std::string> readOrderNumber(std::string_view text) {
    std::string number;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == kGroupLetters && text[i] == '-') continue;
        const auto letter = crockfordLetter(text[i]);
        if (letter == '\0' || number.size() == kOrderNumberLetters) return std::nullopt;
        number.push_back(letter);
    }
    if (number.size() != kOrderNumberLetters || remainderOf(number) != 0) return std::nullopt;
    return number;
}

std::string shownOrderNumber(std::string_view number) {
    std::string shown(number.substr(0, kGroupLetters));
    shown += '-';
    return shown += number.substr(std::min(kGroupLetters, number.size()));
}

std::string orderCode(std::string_view number) {
    return std::string(kOrderCodeStart) += number;
}

} // namespace silta
