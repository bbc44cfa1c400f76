// Random: bytes nobody can guess, behind an interface so that a simulation can repeat itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace silta {

/// Thread: implementations may be called from any thread.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;

    std::uint64_t next64();
    /// `bytes` random bytes as lower-case hex, two characters a byte.
    std::string hex(std::size_t bytes);
};

/// The kernel's generator (getrandom).
class SystemRandom final : public Random {
public:
    void fill(std::span<std::byte> bytes) override;
};

} // namespace silta
