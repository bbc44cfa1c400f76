// An index file may be damaged by a memory card: any bytes are refused, or answer within bounds. The header's
// sum is made right first, since nothing behind it would be reached otherwise.
#include "catalog/index/finder.h"
#include "fuzz/fuzz_check.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace silta;
    std::vector<std::uint8_t> bytes(data, data + size);
    if (size >= sizeof(IndexHeader)) {
        IndexHeader header;
        std::memcpy(&header, bytes.data(), sizeof(header));
        header.magic = kIndexMagic;
        header.version = kIndexVersion;
        header.fileBytes = size;
        std::memcpy(bytes.data(), &header, sizeof(header));
        header.sum = indexSum(std::span(bytes).first(offsetof(IndexHeader, sum)));
        std::memcpy(bytes.data(), &header, sizeof(header));
    }
    const auto file = IndexFile::fromBytes(std::move(bytes));
    if (!file) return 0;
    if (const auto verified = (*file)->verify(); !verified)
        fuzz::check(verified.error().code == Errc::Corrupt);
    IndexFinder finder(*file);
    for (const auto* query :
         {"k", "kahvi", "kahvj kup ", "wh1000", "64000", "suodatinkuppi ", "mustasssa kuppi "}) {
        const auto hits = finder.find(TypedText::parse(query), {});
        fuzz::check(hits.size() <= FindOptions{}.limit);
        for (const auto& hit : hits)
            fuzz::check(hit.doc < (*file)->docCount());
    }
    return 0;
}
