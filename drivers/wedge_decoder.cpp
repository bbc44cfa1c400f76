#include "drivers/wedge_decoder.h"

#include <linux/input.h>

#include <array>
#include <cctype>
#include <cstring>
#include <utility>

namespace silta::drivers {

namespace {

enum Modifier : unsigned {
    LeftShift = 1U << 0U,
    RightShift = 1U << 1U,
    LeftCtrl = 1U << 2U,
    RightCtrl = 1U << 3U,
    LeftAlt = 1U << 4U,
    RightAlt = 1U << 5U,
    AnyShift = LeftShift | RightShift,
    AnyCtrl = LeftCtrl | RightCtrl,
    AnyAlt = LeftAlt | RightAlt,
};

unsigned modifierOf(std::uint16_t code) {
    switch (code) {
    case KEY_LEFTSHIFT:
        return LeftShift;
    case KEY_RIGHTSHIFT:
        return RightShift;
    case KEY_LEFTCTRL:
        return LeftCtrl;
    case KEY_RIGHTCTRL:
        return RightCtrl;
    case KEY_LEFTALT:
        return LeftAlt;
    case KEY_RIGHTALT:
        return RightAlt;
    default:
        return 0;
    }
}

struct KeyRun {
    std::uint16_t first;
    const char* plain;
    const char* shifted;
};

// US layout. Source: linux/input-event-codes.h numbers the rows of keys from left to right.
constexpr std::array kKeyRuns = {
    KeyRun{KEY_1, "1234567890-=", "!@#$%^&*()_+"},
    KeyRun{KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
    KeyRun{KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    KeyRun{KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    KeyRun{KEY_KPASTERISK, "*", "*"},
    KeyRun{KEY_SPACE, " ", " "},
    KeyRun{KEY_KP7, "789-456+1230.", "789-456+1230."},
    KeyRun{KEY_KPSLASH, "/", "/"},
};

/// The character of a key, or NUL.
char characterOf(std::uint16_t code, bool isShifted) {
    for (const auto& run : kKeyRuns) {
        if (code < run.first || code - run.first >= static_cast<int>(std::strlen(run.plain))) continue;
        return (isShifted ? run.shifted : run.plain)[code - run.first];
    }
    return '\0';
}

/// The digit of a key of the number pad, or -1.
int padDigit(std::uint16_t code) {
    if (code < KEY_KP7 || code > KEY_KP0) return -1;
    const char c = characterOf(code, false);
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

} // namespace

std::optional<std::string> WedgeDecoder::feed(const KeyEvent& event) {
    if (event.type == EV_SYN) {
        if (event.code == SYN_DROPPED) {
            isDropping_ = true;
            isBroken_ = true;
            modifiers_ = 0;
            altCode_ = -1;
        } else if (event.code == SYN_REPORT) {
            isDropping_ = false;
        }
        return std::nullopt;
    }
    if (event.type != EV_KEY || isDropping_) return std::nullopt;
    // A clock that was set back must not glue two codes together, nor may one set ahead overflow the
    // difference.
    const auto sinceUs = static_cast<std::uint64_t>(event.timeUs) - static_cast<std::uint64_t>(lastUs_);
    std::optional<std::string> ended;
    if (sinceUs >= static_cast<std::uint64_t>(kWedgeGapUs)) ended = finish(kWedgeCharactersMin);
    lastUs_ = event.timeUs;
    if (event.value != 0 && event.value != 1) return ended; // repeats of a held key
    auto typed = onKey(event.code, event.value == 1);
    return ended ? ended : typed;
}

std::optional<std::string> WedgeDecoder::pause() {
    return finish(kWedgeCharactersMin);
}

void WedgeDecoder::reset() {
    *this = WedgeDecoder();
}

std::optional<std::string> WedgeDecoder::onKey(std::uint16_t code, bool isPressed) {
    if (modifierOf(code) != 0) {
        setModifier(code, isPressed);
        return std::nullopt;
    }
    if (!isPressed) return std::nullopt;
    if (code == KEY_CAPSLOCK) {
        isCapsLocked_ = !isCapsLocked_;
        return std::nullopt;
    }
    if (code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB) return finish(1);
    if (hasModifier(AnyAlt)) {
        const int digit = padDigit(code);
        if (digit >= 0)
            altCode_ = ((altCode_ < 0 ? 0 : altCode_) * 10 + digit) % 256; // as the PC's firmware did
        return std::nullopt;
    }
    char c = characterOf(code, hasModifier(AnyShift));
    if (c == '\0') return std::nullopt; // function keys, arrows
    if (hasModifier(AnyCtrl)) {
        // Ctrl clears the upper bits: Ctrl+] is 0x1D, Ctrl+M a carriage return.
        const int upper = std::toupper(static_cast<unsigned char>(c));
        if (upper < '@' || upper > '_') return std::nullopt;
        c = static_cast<char>(upper - '@');
        if (c == '\r' || c == '\n' || c == '\t') return finish(1);
    } else if (isCapsLocked_ && std::isalpha(static_cast<unsigned char>(c)) != 0) {
        c = static_cast<char>(static_cast<unsigned char>(c) ^ 0x20U);
    }
    append(c);
    return std::nullopt;
}

void WedgeDecoder::setModifier(std::uint16_t code, bool isPressed) {
    const unsigned mask = modifierOf(code);
    const bool hadAlt = hasModifier(AnyAlt);
    modifiers_ = isPressed ? modifiers_ | mask : modifiers_ & ~mask;
    if (hadAlt && !hasModifier(AnyAlt) && altCode_ >= 0)
        append(static_cast<char>(std::exchange(altCode_, -1)));
}

void WedgeDecoder::append(char c) {
    if (text_.size() < kScanBytesMax)
        text_.push_back(c);
    else
        isBroken_ = true;
}

std::optional<std::string> WedgeDecoder::finish(std::size_t charactersMin) {
    auto text = std::exchange(text_, std::string());
    const bool isBroken = std::exchange(isBroken_, false);
    if (isBroken || text.size() < charactersMin) return std::nullopt;
    return text;
}

std::vector<KeyEvent> InputEventReader::feed(std::span<const std::byte> bytes) {
    rest_.insert(rest_.end(), bytes.begin(), bytes.end());
    std::vector<KeyEvent> events;
    std::size_t at = 0;
    for (; rest_.size() - at >= sizeof(input_event); at += sizeof(input_event)) {
        input_event raw{};
        std::memcpy(&raw, rest_.data() + at, sizeof(raw));
        // Unsigned, because the bytes may be anything and must not overflow.
        const auto timeUs = static_cast<std::uint64_t>(raw.input_event_sec) * 1'000'000U +
                            static_cast<std::uint64_t>(raw.input_event_usec);
        events.push_back(KeyEvent{static_cast<std::int64_t>(timeUs), raw.type, raw.code, raw.value});
    }
    rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(at));
    return events;
}

} // namespace silta::drivers
