// Bytes of a serial line: whole and in pieces they must give the same messages.
#include "drivers/line_framer.h"
#include "fuzz_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t kBytesMax = 16; // small, so that the limit is met often
    if (size == 0) return 0;
    const std::size_t step = data[0] % 16 + 1U;
    const auto bytes = std::as_bytes(std::span(data, size)).subspan(1);
    const auto messagesOf = [&](std::size_t pieceBytes) {
        std::vector<std::string> messages;
        const auto take = [&](std::string message) {
            check(!message.empty() && message.size() <= kBytesMax);
            check(message.find_first_of("\r\n") == std::string::npos);
            messages.push_back(std::move(message));
        };
        drivers::LineFramer framer(kBytesMax);
        for (auto rest = bytes; !rest.empty();) {
            const auto piece = rest.first(std::min(pieceBytes, rest.size()));
            framer.feed(piece, take);
            rest = rest.subspan(piece.size());
        }
        framer.flush(take);
        return messages;
    };
    check(messagesOf(size) == messagesOf(step));
    return 0;
}
