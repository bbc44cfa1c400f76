#include "store/wal_log.h"

#include "store/big_endian.h"

namespace silta {

namespace {

constexpr std::size_t kHeaderBytes = 32, kFrameHeaderBytes = 24;
constexpr std::uint32_t kBigEndianMagic = 0x377f'0683; // one less: little-endian checksums
constexpr std::size_t kSaltBytes = 8, kSaltAt = 16, kFrameSaltAt = 8;
constexpr std::size_t kChecksumBytes = 8, kChecksumAt = 24, kFrameChecksumAt = 16;
constexpr std::size_t kChecksummedBytes = 8; // of a frame's header: the page's number, the database's size

std::uint32_t littleEndian(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// The log's running checksum. Section 4.2.
struct Checksum {
    bool isBigEndian;
    std::uint32_t first, second;
    void add(std::string_view bytes) {
        for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
            first += word(bytes, at) + second;
            second += word(bytes, at + 4) + first;
        }
    }
    [[nodiscard]] bool stands(std::string_view bytes, std::size_t at) const {
        return first == bigEndian(bytes, at, 4) && second == bigEndian(bytes, at + 4, 4);
    }

private:
    [[nodiscard]] std::uint32_t word(std::string_view bytes, std::size_t at) const {
        return isBigEndian ? bigEndian(bytes, at, 4) : littleEndian(bytes, at);
    }
};

} // namespace

// A frame that was torn when the power went is of the last transaction, since each is synced before the next
// is written. Where a whole transaction and more stand behind a wrong frame, they were promised.
bool readWal(std::string_view log, std::size_t pageBytes, const OnWalFrame& onFrame) {
    const auto frameBytes = kFrameHeaderBytes + pageBytes;
    if (log.size() < kHeaderBytes + frameBytes) return false;
    // Of a header that is damaged too: what machines of today write, and what the first frame says.
    const bool isBigEndian = bigEndian(log, 0, 4) == kBigEndianMagic;
    Checksum header{isBigEndian, 0, 0};
    header.add(log.substr(0, kChecksumAt));
    bool isBroken = !header.stands(log, kChecksumAt); // before the frame at hand
    bool hasEnd = false;                              // of a transaction, since the last wrong frame
    bool goesOn = false;
    const auto salt = log.substr(isBroken ? kHeaderBytes + kFrameSaltAt : kSaltAt, kSaltBytes);
    auto before = log.substr(kChecksumAt, kChecksumBytes); // of the frame before, of whatever worth that is
    for (auto rest = log.substr(kHeaderBytes); rest.size() >= frameBytes; rest.remove_prefix(frameBytes)) {
        const auto page = rest.substr(kFrameHeaderBytes, pageBytes);
        Checksum checksum{isBigEndian, bigEndian(before, 0, 4), bigEndian(before, 4, 4)};
        checksum.add(rest.substr(0, kChecksummedBytes));
        checksum.add(page);
        before = rest.substr(kFrameChecksumAt, kChecksumBytes);
        if (rest.substr(kFrameSaltAt, kSaltBytes) != salt || !checksum.stands(rest, kFrameChecksumAt)) {
            isBroken = true;
            hasEnd = false;
            continue;
        }
        goesOn = goesOn || hasEnd;
        const bool isLast = bigEndian(rest, 4, 4) != 0;
        hasEnd = hasEnd || (isBroken && isLast);
        onFrame({bigEndian(rest, 0, 4), page, isLast});
    }
    return goesOn;
}

} // namespace silta
