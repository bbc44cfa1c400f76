// WedgeDecoder: what a scanner types when it plays a keyboard.
#pragma once

#include <silta/scanner.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace silta::drivers {

/// A scanner types a key every few milliseconds, a person not within this time.
inline constexpr std::int64_t kWedgeGapUs = 100'000;
/// A pause ends a code only if it has this many characters: fewer are somebody leaning on the keys.
inline constexpr std::size_t kWedgeCharactersMin = 4;

/// One event of the kernel's input layer. Source: linux/input-event-codes.h.
struct KeyEvent {
    std::int64_t timeUs = 0;
    std::uint16_t type = 0;
    std::uint16_t code = 0;
    std::int32_t value = 0; ///< for keys: 1 pressed, 0 released, 2 repeated
};

/// Takes a US key map with shift, caps lock, Ctrl and Alt with digits of the number pad (Alt+029 is FNC1).
/// A code ends with Enter or Tab, or with a pause. Longer ones than kScanBytesMax are dropped. Thread: one.
class WedgeDecoder {
public:
    /// The code that this event ends, if it ends one.
    std::optional<std::string> feed(const KeyEvent& event);
    /// No event has come for kWedgeGapUs: the code that this ends, if it ends one.
    std::optional<std::string> pause();
    void reset();

private:
    std::optional<std::string> onKey(std::uint16_t code, bool isPressed);
    std::optional<std::string> finish(std::size_t charactersMin);
    void append(char c);
    void setModifier(std::uint16_t code, bool isPressed);
    [[nodiscard]] bool hasModifier(unsigned mask) const { return (modifiers_ & mask) != 0; }

    std::string text_;
    std::int64_t lastUs_ = 0;
    unsigned modifiers_ = 0;
    int altCode_ = -1; ///< number typed on the pad while Alt is held; -1: none
    bool isCapsLocked_ = false;
    bool isBroken_ = false;   ///< events were lost or too many: the code that is under way is worth nothing
    bool isDropping_ = false; ///< between SYN_DROPPED and the next SYN_REPORT
};

/// Cuts raw `struct input_event` bytes into events, whatever sizes they come in. Thread: one.
class InputEventReader {
public:
    std::vector<KeyEvent> feed(std::span<const std::byte> bytes);
    void reset() { rest_.clear(); }

private:
    std::vector<std::byte> rest_;
};

} // namespace silta::drivers
