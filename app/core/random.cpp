#include <silta/random.h>

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace silta {

std::uint64_t Random::next64() {
    std::uint64_t value = 0;
    fill(std::as_writable_bytes(std::span{&value, 1}));
    return value;
}

std::string Random::hex(std::size_t bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string raw(bytes, '\0');
    fill(std::as_writable_bytes(std::span{raw}));
    std::string text;
    text.reserve(bytes * 2);
    for (char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        text.push_back(kDigits[byte >> 4]);
        text.push_back(kDigits[byte & 15]);
    }
    return text;
}

void SystemRandom::fill(std::span<std::byte> bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto n = getrandom(bytes.data() + done, bytes.size() - done, 0);
        if (n > 0) {
            done += static_cast<std::size_t>(n);
        } else if (errno != EINTR) {
            std::abort(); // a kernel without random numbers: nothing that we do would be safe
        }
    }
}

} // namespace silta
