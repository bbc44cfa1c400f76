// Whatever is typed, pasted or scanned into the search: an answer in bounds, each product once, best first,
// and the same answer when asked again.
#include "catalog/index/builder.h"
#include "catalog/index/finder.h"
#include "fuzz/fuzz_check.h"

#include <cstddef>
#include <cstdint>
#include <set>

namespace {

silta::IndexFinder makeFinder() {
    silta::IndexBuilder builder({});
    std::uint32_t number = 0;
    for (const std::string_view title : {"Suodatinkahvi 500 g", "Kahvi", "Kahvi tumma", "Kahvi vaalea",
                                         "Kahvikuppi punainen", "Sony WH-1000XM4", "Levi's 501", "Cola 1,5 l",
                                         "\u0427\u0430\u0439 \u0447\u0451\u0440\u043d\u044b\u0439",
                                         "\u7d05\u8336", "Kozaki czarne 42.5", "L\u00f6parskor"}) {
        const auto done = builder.add(
            {number, number / 2, 6'400'000'000'000U + static_cast<std::uint64_t>(number), title, {}});
        silta::fuzz::check(done.has_value());
        ++number;
    }
    auto bytes = builder.bytes();
    silta::fuzz::check(bytes.has_value());
    return silta::IndexFinder(*silta::IndexFile::fromBytes(std::move(*bytes)));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace silta;
    static IndexFinder finder = makeFinder();
    const std::string_view text(static_cast<const char*>(static_cast<const void*>(data)), size);
    const auto typed = TypedText::parse(text);
    fuzz::check(typed.words.size() <= kTypedWordsMax);
    const auto found = finder.find(typed, {});
    const std::vector<IndexHit> hits(found.begin(), found.end());
    std::set<std::uint32_t> docs;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        fuzz::check(hits[i].doc < finder.file().docCount());
        fuzz::check(docs.insert(hits[i].doc).second);
        fuzz::check(i == 0 || !hits[i].isBefore(hits[i - 1]));
    }
    fuzz::check(std::ranges::equal(finder.find(typed, {}), hits));
    return 0;
}
