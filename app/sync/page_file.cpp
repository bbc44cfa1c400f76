#include "sync/page_file.h"

#include "store/big_endian.h"
#include "store/flat_file.h"
#include "store/wal_log.h"
#include "sync/operation.h"

#include <algorithm>
#include <array>
#include <optional>

namespace silta {

namespace {

constexpr std::size_t kPageBytes = 1'024; // see OpenMode::Precious
constexpr std::size_t kFileHeaderBytes = 100;
constexpr char kTableLeaf = 0x0d, kIndexLeaf = 0x0a, kIndexInner = 0x02;
constexpr std::size_t kLeafHeaderBytes = 8, kInnerHeaderBytes = 12, kPageNumberBytes = 4;
constexpr std::size_t kPayloadBytesMax = 2 * kOperationBytesMax;
constexpr std::size_t kColumnsMax = 16; // more than a table of ours has

/// Takes an integer of one to nine bytes off the front.
std::optional<std::uint64_t> takeVarint(std::string_view& bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 9 && i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        value = i == 8 ? value << 8 | byte : value << 7 | (byte & 0x7fU);
        if (i == 8 || (byte & 0x80U) == 0) {
            bytes.remove_prefix(i + 1);
            return value;
        }
    }
    return std::nullopt;
}

std::int64_t takeInteger(std::size_t size, std::string_view& bytes) {
    auto value = static_cast<std::int64_t>(static_cast<signed char>(bytes[0]));
    for (std::size_t i = 1; i < size; ++i)
        value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 |
                                          static_cast<unsigned char>(bytes[i]));
    bytes.remove_prefix(size);
    return value;
}

/// Takes the value of a serial type off the front; nothing where there is not enough.
std::optional<PageValue> takeValue(std::uint64_t type, std::string_view& bytes) {
    using Kind = PageValue::Kind;
    constexpr std::array<std::size_t, 8> kBytes = {0, 1, 2, 3, 4, 6, 8, 8};
    constexpr std::uint64_t kReal = 7, kZero = 8, kOne = 9, kFirstBlob = 12;
    if (type == 0) return PageValue{};
    if (type == kZero || type == kOne)
        return PageValue{Kind::Integer, static_cast<std::int64_t>(type - kZero), {}};
    if (type < kFirstBlob && type >= kBytes.size()) return std::nullopt;
    const auto size = type < kBytes.size() ? kBytes[type] : (type - kFirstBlob) / 2;
    if (bytes.size() < size) return std::nullopt;
    if (type < kReal) return PageValue{Kind::Integer, takeInteger(size, bytes), {}};
    const auto isText = type > kFirstBlob && type % 2 == 1;
    const auto text = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return PageValue{isText ? Kind::Text : Kind::Other, 0, isText ? text : std::string_view()};
}

/// Nothing when the record is not whole.
std::vector<PageValue> valuesOf(std::string_view record) {
    auto rest = record;
    const auto headerBytes = takeVarint(rest);
    const auto lengthBytes = record.size() - rest.size();
    if (!headerBytes || *headerBytes > record.size() || *headerBytes < lengthBytes) return {};
    auto header = rest.substr(0, *headerBytes - lengthBytes);
    auto body = record.substr(*headerBytes);
    std::vector<PageValue> values;
    while (!header.empty()) {
        const auto type = takeVarint(header);
        const auto value = type ? takeValue(*type, body) : std::nullopt;
        if (!value || values.size() == kColumnsMax) return {};
        values.push_back(*value);
    }
    return values;
}

} // namespace

PageFile PageFile::read(const std::string& path) {
    return {readWhatIsThere(path), readWhatIsThere(path + "-wal")};
}

PageFile::PageFile(std::string file, std::string log) : file_(std::move(file)), log_(std::move(log)) {
    const std::string_view bytes(file_);
    for (std::uint32_t i = 0; (i + 1) * kPageBytes <= bytes.size(); ++i)
        pages_[i + 1] = bytes.substr(i * kPageBytes, kPageBytes);
    // A log makes a database longer by no more than its own length.
    const auto pagesMax = pages_.size() + log_.size() / kPageBytes;
    std::map<std::uint32_t, std::string_view> open; // of a transaction whose end has not come yet
    hasLostTail_ = readWal(log_, kPageBytes, [&](const WalFrame& frame) {
        if (frame.page > 0 && frame.page <= pagesMax) open[frame.page] = frame.bytes;
        if (!frame.isLast) return;
        for (const auto& [number, page] : open)
            pages_[number] = page;
        open.clear();
    });
}

std::string PageFile::image() const {
    constexpr std::size_t kVersionsAt = 18, kPagesAt = 28;
    std::string bytes;
    if (pages_.empty()) return bytes;
    bytes.resize(pages_.rbegin()->first * kPageBytes, '\0');
    for (const auto& [number, page] : pages_)
        bytes.replace((number - 1) * kPageBytes, kPageBytes, page);
    bytes.replace(kVersionsAt, 2, 2, '\1'); // it has no log any more
    bytes.replace(kPagesAt, 4, 4, '\0');    // as many as there are
    return bytes;
}

/// The record at the front, put together from the page and those that it goes on in; empty when it is not
/// there. Section 1.6.
std::string PageFile::recordAt(PageTree tree, std::string_view rest) const {
    const auto size = takeVarint(rest);
    if (!size || *size > kPayloadBytesMax) return {};
    if (tree == PageTree::Table && !takeVarint(rest)) return {}; // the row's number
    constexpr auto kLeast = (kPageBytes - 12) * 32 / 255 - 23;
    const auto most = tree == PageTree::Table ? kPageBytes - 35 : (kPageBytes - 12) * 64 / 255 - 23;
    const auto fit = kLeast + (*size - kLeast) % (kPageBytes - kPageNumberBytes);
    const auto local = *size <= most ? *size : fit <= most ? fit : kLeast;
    if (rest.size() < local + (local < *size ? kPageNumberBytes : 0)) return {};
    std::string record(rest.substr(0, local));
    auto next = local < *size ? bigEndian(rest, local, kPageNumberBytes) : 0;
    while (record.size() < *size) {
        const auto found = pages_.find(next);
        if (found == pages_.end()) return {};
        record += found->second.substr(kPageNumberBytes, *size - record.size());
        next = bigEndian(found->second, 0, kPageNumberBytes);
    }
    return record;
}

bool PageFile::readPage(std::uint32_t number, std::string_view page, const OnRecord& onRecord) const {
    const auto header = number == 1 ? kFileHeaderBytes : 0;
    const char kind = page[header];
    if (kind != kTableLeaf && kind != kIndexLeaf && kind != kIndexInner) return true;
    const auto tree = kind == kTableLeaf ? PageTree::Table : PageTree::Index;
    const bool isInner = kind == kIndexInner;
    const auto cells = bigEndian(page, header + 3, 2);
    for (std::size_t i = 0; i < cells; ++i) {
        const auto pointer = header + (isInner ? kInnerHeaderBytes : kLeafHeaderBytes) + 2 * i;
        if (pointer + 2 > page.size()) break;
        const auto at = bigEndian(page, pointer, 2) + (isInner ? kPageNumberBytes : 0);
        if (at >= page.size()) continue;
        const auto record = recordAt(tree, page.substr(at));
        const auto values = valuesOf(record);
        if (!values.empty() && !onRecord(tree, values)) return false;
    }
    return true;
}

void PageFile::forEachRecord(const OnRecord& onRecord) const {
    for (const auto& [number, page] : pages_)
        if (!readPage(number, page, onRecord)) return;
}

} // namespace silta
