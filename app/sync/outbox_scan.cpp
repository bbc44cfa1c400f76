// The file's form is SQLite's: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 2.1
// (records) and 4 (the write-ahead log).
#include "sync/outbox_scan.h"

#include "store/flat_file.h"
#include "sync/operation.h"
#include "sync/outbox_line.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

namespace silta {

namespace {

constexpr std::size_t kPageBytes = 1'024; // see OpenMode::Precious
constexpr std::size_t kFileHeaderBytes = 100;
constexpr std::size_t kLogHeaderBytes = 32, kFrameHeaderBytes = 24;
constexpr char kTableLeaf = 0x0d;
constexpr std::size_t kLeafHeaderBytes = 8;
constexpr std::size_t kPayloadBytesMax = 2 * kOperationBytesMax;
constexpr std::size_t kColumns = 8; // of outbox, with the row's number, which stands elsewhere
constexpr std::int64_t kPiece = std::int64_t{1} << 20;

using Pages = std::map<std::uint32_t, std::string_view>; ///< by number, from 1
struct Value {
    enum class Kind { Null, Integer, Text } kind = Kind::Null;
    std::int64_t integer = 0;
    std::string_view text;
};

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

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

/// Takes the value of a serial type off the front; nothing where an outbox has none of that type.
std::optional<Value> takeValue(std::uint64_t type, std::string_view& bytes) {
    constexpr std::array<std::size_t, 7> kIntegerBytes = {0, 1, 2, 3, 4, 6, 8};
    if (type == 0) return Value{};
    if (type == 8 || type == 9) return Value{Value::Kind::Integer, static_cast<std::int64_t>(type - 8), {}};
    if (type < kIntegerBytes.size()) {
        const auto size = kIntegerBytes[type];
        if (bytes.size() < size) return std::nullopt;
        auto value = static_cast<std::int64_t>(static_cast<signed char>(bytes[0]));
        for (std::size_t i = 1; i < size; ++i)
            value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 |
                                              static_cast<unsigned char>(bytes[i]));
        bytes.remove_prefix(size);
        return Value{Value::Kind::Integer, value, {}};
    }
    if (type < 13 || type % 2 == 0) return std::nullopt;
    const auto size = (type - 13) / 2;
    if (bytes.size() < size) return std::nullopt;
    const auto text = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return Value{Value::Kind::Text, 0, text};
}

struct Row {
    std::int64_t seq = 0, createdMs = 0, state = 0;
    std::optional<std::int64_t> checksum;
    std::string_view id, type, line;
};

/// Nothing when the record is of another table, or not whole.
std::optional<Row> rowIn(std::string_view record) {
    auto rest = record;
    const auto headerBytes = takeVarint(rest);
    if (!headerBytes || *headerBytes > record.size() || *headerBytes < record.size() - rest.size())
        return std::nullopt;
    auto header = rest.substr(0, *headerBytes - (record.size() - rest.size()));
    auto body = record.substr(*headerBytes);
    using enum Value::Kind;
    constexpr std::array<Value::Kind, kColumns> kKinds = {Null,    Integer, Text, Integer,
                                                          Integer, Text,    Text, Integer};
    std::array<Value, kColumns> values;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const auto type = takeVarint(header);
        const auto taken = type ? takeValue(*type, body) : std::nullopt;
        const bool isOld = taken && i == kColumns - 1 && taken->kind == Null; // of before checksums
        if (!taken || (taken->kind != kKinds[i] && !isOld)) return std::nullopt;
        values[i] = *taken;
    }
    const auto checksum = values[7].kind == Null ? std::nullopt : std::optional(values[7].integer);
    const Row row{values[1].integer, values[3].integer, values[4].integer, checksum,
                  values[2].text,    values[5].text,    values[6].text};
    if (!header.empty() || !isSoundLine(row.line, row.checksum)) return std::nullopt;
    return row;
}

/// The record of the cell at `at`, put together from the page and those that it goes on in. Section 1.6.
std::optional<std::string> recordAt(const Pages& pages, std::string_view page, std::size_t at) {
    auto rest = page.substr(at);
    const auto size = takeVarint(rest);
    if (!size || *size > kPayloadBytesMax || !takeVarint(rest)) return std::nullopt;
    constexpr auto kMost = kPageBytes - 35;
    constexpr auto kLeast = (kPageBytes - 12) * 32 / 255 - 23;
    const auto fit = kLeast + (*size - kLeast) % (kPageBytes - 4);
    const auto local = *size <= kMost ? *size : fit <= kMost ? fit : kLeast;
    if (rest.size() < local + (local < *size ? 4 : 0)) return std::nullopt;
    std::string record(rest.substr(0, local));
    auto next = local < *size ? bigEndian(rest, local, 4) : 0;
    while (record.size() < *size) {
        const auto found = pages.find(next);
        if (found == pages.end()) return std::nullopt;
        record += found->second.substr(4, *size - record.size());
        next = bigEndian(found->second, 0, 4);
    }
    return record;
}

std::string bytesOf(const std::string& path) {
    std::string bytes;
    const auto file = FlatFile::open(path, FlatFile::Mode::ReadOnly);
    const auto size = file ? file->size() : Result<std::int64_t>(file.error());
    for (std::int64_t at = 0; size && at < *size; at += kPiece) {
        const auto piece = file->read(at, static_cast<std::size_t>(std::min(kPiece, *size - at)));
        if (!piece) break;
        bytes += *piece;
    }
    return bytes;
}

/// The pages of the file, and over them those of the log up to its last whole transaction.
Pages pagesIn(std::string_view file, std::string_view log) {
    Pages pages;
    for (std::uint32_t i = 0; (i + 1) * kPageBytes <= file.size(); ++i)
        pages[i + 1] = file.substr(i * kPageBytes, kPageBytes);
    if (log.size() < kLogHeaderBytes) return pages;
    constexpr std::size_t kSaltAt = 16, kFrameSaltAt = 8, kSaltBytes = 8;
    const auto salt = log.substr(kSaltAt, kSaltBytes);
    Pages open; // of a transaction whose end has not come yet
    for (log.remove_prefix(kLogHeaderBytes); log.size() >= kFrameHeaderBytes + kPageBytes;
         log.remove_prefix(kFrameHeaderBytes + kPageBytes)) {
        if (log.substr(kFrameSaltAt, kSaltBytes) != salt) break; // of before the log began anew
        open[bigEndian(log, 0, 4)] = log.substr(kFrameHeaderBytes, kPageBytes);
        if (bigEndian(log, 4, 4) == 0) continue;
        for (const auto& [number, page] : open)
            pages[number] = page;
        open.clear();
    }
    return pages;
}

} // namespace

Result<std::int64_t> scanOutbox(const std::string& path, Database& into) {
    const auto file = bytesOf(path);
    const auto log = bytesOf(path + "-wal");
    const auto pages = pagesIn(file, log);
    auto insert =
        into.prepare("INSERT OR IGNORE INTO outbox(seq, id, created_ms, state, type, line, checksum) "
                     "VALUES(?, ?, ?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    std::int64_t rows = 0;
    for (const auto& [number, page] : pages) {
        const auto header = number == 1 ? kFileHeaderBytes : 0;
        if (page[header] != kTableLeaf) continue;
        const auto cells = bigEndian(page, header + 3, 2);
        for (std::size_t i = 0; i < cells; ++i) {
            const auto pointer = header + kLeafHeaderBytes + 2 * i;
            if (pointer + 2 > page.size()) break;
            const auto at = bigEndian(page, pointer, 2);
            if (at >= page.size()) continue;
            const auto record = recordAt(pages, page, at);
            const auto row = record ? rowIn(*record) : std::nullopt;
            if (!row) continue;
            insert->bind(0, row->seq).bind(1, row->id).bind(2, row->createdMs).bind(3, row->state);
            insert->bind(4, row->type).bind(5, row->line).bind(6, row->checksum);
            if (auto done = insert->run(); !done) return done.error();
            rows += into.changes();
        }
    }
    return rows;
}

} // namespace silta
