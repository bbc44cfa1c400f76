// A log that a memory card has changed: every frame that is handed over is one of the log's, in its order.
// The first byte says which sums are made right; where all are, all frames come and nothing is missed.
#include "fuzz/fuzz_check.h"
#include "fuzz/wal_sums.h"
#include "store/wal_log.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace silta;
    constexpr std::size_t kPageBytes = 32, kHeaderBytes = 32, kFrameHeaderBytes = 24;
    if (size == 0) return 0;
    std::string log(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto frames = fuzz::WalSums::mend(log, kPageBytes, data[0]);
    std::size_t handed = 0;
    auto least = kHeaderBytes + kFrameHeaderBytes;
    const bool hasLostTail = readWal(log, kPageBytes, [&](const WalFrame& frame) {
        ++handed;
        fuzz::check(frame.bytes.size() == kPageBytes);
        fuzz::check(frame.bytes.data() >= log.data() + least);
        const auto at = static_cast<std::size_t>(frame.bytes.data() - log.data());
        fuzz::check(at + kPageBytes <= log.size());
        fuzz::check((at - kHeaderBytes - kFrameHeaderBytes) % (kFrameHeaderBytes + kPageBytes) == 0);
        least = at + kFrameHeaderBytes + kPageBytes;
    });
    fuzz::check(handed <= frames);
    if (data[0] == 0xff) fuzz::check(handed == frames && !hasLostTail);
    return 0;
}
