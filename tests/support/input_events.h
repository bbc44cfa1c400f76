// Streams of keyboard events, as the kernel writes them, made for tests.
#pragma once

#include <linux/input.h>

#include <cstdint>
#include <cstring>
#include <string>

namespace silta::test {

/// Builds a recording key by key; time goes on by `stepUs` with each event.
class InputEvents {
public:
    explicit InputEvents(std::int64_t startUs = 1'700'000'000'000'000, std::int64_t stepUs = 2'000)
        : nowUs_(startUs), stepUs_(stepUs) {}

    InputEvents& event(int type, int code, int value) {
        input_event raw{};
        raw.input_event_sec = static_cast<decltype(raw.input_event_sec)>(nowUs_ / 1'000'000);
        raw.input_event_usec = static_cast<decltype(raw.input_event_usec)>(nowUs_ % 1'000'000);
        raw.type = static_cast<std::uint16_t>(type);
        raw.code = static_cast<std::uint16_t>(code);
        raw.value = value;
        bytes_.append(reinterpret_cast<const char*>(&raw), sizeof(raw));
        return *this;
    }
    InputEvents& press(int key) { return change(key, 1); }
    InputEvents& release(int key) { return change(key, 0); }
    InputEvents& tap(int key) { return press(key).release(key); }
    InputEvents& shifted(int key) { return press(KEY_LEFTSHIFT).tap(key).release(KEY_LEFTSHIFT); }
    InputEvents& digits(const std::string& text) {
        for (char c : text)
            tap(c == '0' ? KEY_0 : KEY_1 + (c - '1'));
        return *this;
    }
    InputEvents& wait(std::int64_t us) {
        nowUs_ += us;
        return *this;
    }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    InputEvents& change(int key, int value) {
        event(EV_MSC, MSC_SCAN, 0x70000 + key);
        event(EV_KEY, key, value);
        event(EV_SYN, SYN_REPORT, 0);
        nowUs_ += stepUs_;
        return *this;
    }

    std::int64_t nowUs_;
    std::int64_t stepUs_;
    std::string bytes_;
};

} // namespace silta::test
