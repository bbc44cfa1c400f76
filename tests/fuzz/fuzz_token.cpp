// Whatever is read as a token is written as the same letters again.
#include "fuzz_check.h"

#include <silta/token.h>

#include <cstddef>
#include <cstdint>

using namespace silta;
using silta::fuzz::check;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read = readToken(text);
    check(!read || looksLikeToken(text));
    if (!read) return 0;
    const auto letters = writeToken(read->token, read->signature);
    check(letters.size() == kTokenLetters);
    const auto again = readToken(letters);
    check(again.has_value() && again->token == read->token && again->signature == read->signature);
    return 0;
}
