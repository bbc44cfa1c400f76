// A damaged journal and its log, read page by page for what can be salvaged: whatever stands there, records
// stay within their limits, and the pages make a file of no more than the two. The first byte says which sums
// of the log are made right, the second how many pages the file has; then come the file and the log.
#include "fuzz/fuzz_check.h"
#include "fuzz/wal_sums.h"
#include "sync/operation.h"
#include "sync/page_file.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace silta;
    constexpr std::size_t kPageBytes = 1'024, kColumnsMax = 16;
    if (size < 2) return 0;
    std::string file(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto fileBytes = std::min(data[1] * kPageBytes, file.size());
    auto log = file.substr(fileBytes);
    file.resize(fileBytes);
    fuzz::WalSums::mend(log, kPageBytes, data[0]);
    const auto bytes = file.size() + log.size();
    const PageFile pages(std::move(file), std::move(log));
    volatile unsigned char last = 0;
    pages.forEachRecord([&last](PageTree, const std::vector<PageValue>& values) {
        fuzz::check(!values.empty() && values.size() <= kColumnsMax);
        std::size_t textBytes = 0;
        for (const auto& value : values) {
            textBytes += value.text.size();
            for (const char c : value.text) // a sanitizer sees what is not there
                last = static_cast<unsigned char>(c);
        }
        fuzz::check(textBytes <= 2 * kOperationBytesMax);
        return true;
    });
    const auto image = pages.image();
    fuzz::check(image.size() % kPageBytes == 0 && image.size() <= bytes);
    return 0;
}
