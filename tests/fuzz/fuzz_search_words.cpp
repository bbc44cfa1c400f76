// The chain's words for search, as any bytes: refused or read, and then never more wordings than allowed,
// each within what a search takes when the typed text was.
#include "catalog/search_words.h"
#include "fuzz/fuzz_check.h"

#include <silta/catalog.h>

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace silta;
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    const auto words = SearchWords::parse(text);
    fuzz::check(words.has_value() == checkSearchWords(text).has_value());
    if (!words) return 0;
    for (const auto typed : {text.substr(0, kQueryBytesMax), text.substr(0, text.find_first_of("=\n"))}) {
        const auto others = words->otherWordings(typed);
        fuzz::check(others.size() <= kOtherWordingsMax);
        for (const auto& other : others)
            fuzz::check(other != typed);
        const auto* redirect = words->redirectOf(typed);
        fuzz::check(redirect == nullptr || redirect->department.empty() != redirect->sku.empty());
    }
    return 0;
}
