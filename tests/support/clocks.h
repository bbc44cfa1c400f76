// Time and chance under a test's control.
#pragma once

#include <silta/random.h>
#include <silta/time.h>

namespace silta::test {

class FakeClock final : public Clock {
public:
    UtcMs nowMs() const override { return now; }
    std::int64_t steadyMs() const override { return steady; }
    UtcMs now = 1'790'000'000'000;
    std::int64_t steady = 1'000'000;
};

/// SplitMix64: repeats itself for a seed.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::byte> bytes) override {
        for (auto& byte : bytes) {
            state_ += 0x9e3779b97f4a7c15ULL;
            auto z = state_;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
            byte = static_cast<std::byte>(z >> 56);
        }
    }

private:
    std::uint64_t state_;
};

} // namespace silta::test
