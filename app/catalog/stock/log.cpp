#include "catalog/stock/log.h"

#include "catalog/index/format.h"
#include "catalog/limits.h"
#include "catalog/packing.h"

#include <silta/random.h>

#include <algorithm>

namespace silta {

namespace {

constexpr std::string_view kMagic = "SILSTK01";
constexpr std::size_t kFieldBytes = 8, kSizeBytes = 4;
constexpr std::size_t kHeaderBytes = kMagic.size() + 5 * kFieldBytes;
constexpr std::size_t kFrameBytes = kSizeBytes + kFieldBytes;
constexpr auto kEntriesMax = static_cast<std::size_t>(kStockLogEntriesMax); ///< of each kind, in a record

void putFixed(std::string& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i, value >>= 8)
        out.push_back(static_cast<char>(value & 0xff));
}

std::uint64_t fixedAt(std::string_view bytes, std::size_t offset, std::size_t count) {
    std::uint64_t value = 0;
    for (auto i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
    return value;
}

std::uint64_t sumOf(std::string_view bytes, std::uint64_t seed = 0) {
    std::string seeded;
    putFixed(seeded, seed, kFieldBytes);
    const auto add = [](IndexSum& sum, std::string_view part) {
        sum.add({static_cast<const std::uint8_t*>(static_cast<const void*>(part.data())), part.size()});
    };
    IndexSum sum;
    add(sum, seeded);
    add(sum, bytes);
    return sum.value();
}

struct Header {
    std::int64_t catalogue = 0;
    std::int64_t number = 0;
    std::int64_t beforeNumber = 0, beforeEnd = 0;
};

std::string packHeader(const Header& header) {
    std::string bytes(kMagic);
    for (const auto value : {header.catalogue, header.number, header.beforeNumber, header.beforeEnd})
        putFixed(bytes, static_cast<std::uint64_t>(value), kFieldBytes);
    putFixed(bytes, sumOf(bytes), kFieldBytes);
    return bytes;
}

/// Nothing when the bytes are no header.
std::optional<Header> headerOf(std::string_view bytes) {
    constexpr auto kSumAt = kHeaderBytes - kFieldBytes;
    if (bytes.size() < kHeaderBytes || bytes.substr(0, kMagic.size()) != kMagic ||
        fixedAt(bytes, kSumAt, kFieldBytes) != sumOf(bytes.substr(0, kSumAt)))
        return std::nullopt;
    const auto number = [&](std::size_t place) {
        return static_cast<std::int64_t>(fixedAt(bytes, kMagic.size() + place * kFieldBytes, kFieldBytes));
    };
    return Header{number(0), number(1), number(2), number(3)};
}

bool belongsTo(const std::optional<Header>& header, const StockLogKey& key) {
    return header && header->catalogue == key.catalogue && header->number != key.folded;
}

/// What stands at the beginning of some bytes of a log.
struct Frame {
    enum class Kind { Sound, CutOff, Damaged } kind = Kind::CutOff;
    std::string_view body;
};

Frame frameAt(std::string_view bytes, std::int64_t number) {
    if (bytes.size() < kFrameBytes) return {};
    const auto size = fixedAt(bytes, 0, kSizeBytes);
    if (size > kStockRecordBytesMax) return {Frame::Kind::Damaged, {}};
    if (bytes.size() - kFrameBytes < size) return {};
    const auto body = bytes.substr(kFrameBytes, size);
    const bool isSound =
        fixedAt(bytes, kSizeBytes, kFieldBytes) == sumOf(body, static_cast<std::uint64_t>(number));
    return {isSound ? Frame::Kind::Sound : Frame::Kind::Damaged, body};
}

Error damagedRecord() {
    return {Errc::Corrupt, "read stock log: damaged record"};
}

} // namespace

std::string stockLogPath(const std::string& catalogPath) {
    return catalogPath + "-stock";
}

// ---- records

std::string packBatch(StockBatch& batch) {
    auto& changes = batch.changes;
    const auto placeOf = [](const StockBatch::Change& change) {
        return std::pair(change.product, change.cell.store);
    };
    std::ranges::stable_sort(changes, {}, placeOf);
    PackWriter out;
    out.number(batch.positions.size());
    for (const auto& position : batch.positions) {
        out.text(position.region);
        out.number(static_cast<std::uint64_t>(position.seq));
    }
    out.number(batch.reports.size());
    for (const auto& report : batch.reports) {
        out.number(static_cast<std::uint64_t>(report.store));
        out.number(static_cast<std::uint64_t>(report.asOf));
    }
    out.text(batch.reportsName);
    out.number(batch.aisles.size());
    for (const auto& aisle : batch.aisles)
        out.text(aisle);
    const auto reference = changes.empty() ? 0 : changes.front().cell.asOf;
    out.number(static_cast<std::uint64_t>(reference));
    std::vector<StockCell> cells;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const bool isLastWord = i + 1 == changes.size() || placeOf(changes[i]) != placeOf(changes[i + 1]);
        if (isLastWord) cells.push_back(changes[i].cell);
        if (i + 1 < changes.size() && changes[i + 1].product == changes[i].product) continue;
        out.number(static_cast<std::uint64_t>(changes[i].product - before));
        out.text(packCells(cells, reference));
        before = changes[i].product;
        cells.clear();
    }
    return out.take();
}

Result<StockBatch> unpackBatch(std::string_view body) {
    PackReader in(body);
    StockBatch batch;
    const auto list = [&in](std::size_t sizeMax, auto one) {
        const auto size = in.number();
        if (size > sizeMax) return false;
        for (std::size_t i = 0; i < size && in.ok(); ++i)
            one();
        return in.ok();
    };
    const auto position = [&] {
        auto& each = batch.positions.emplace_back();
        each.region = in.text();
        each.seq = static_cast<std::int64_t>(in.number());
    };
    const auto report = [&] {
        const auto store = static_cast<std::int32_t>(in.number());
        batch.reports.push_back({store, static_cast<UtcMs>(in.number())});
    };
    bool isSound = list(kStockRegionsMax, position) && list(kEntriesMax, report);
    batch.reportsName = in.text();
    isSound = isSound && list(kEntriesMax, [&] { batch.aisles.emplace_back(in.text()); });
    const auto reference = static_cast<UtcMs>(in.number());
    if (!isSound || !in.ok()) return damagedRecord();
    std::vector<StockCell> cells;
    std::int64_t product = 0;
    while (!in.atEnd()) {
        const auto gap = in.number();
        const auto packed = in.text();
        if (!in.ok() || gap > static_cast<std::uint64_t>(kProductIdMax - product)) return damagedRecord();
        product += static_cast<std::int64_t>(gap);
        cells.clear();
        if (auto done = unpackCells(packed, reference, cells); !done) return done.error();
        if (batch.changes.size() + cells.size() > kEntriesMax) return damagedRecord();
        for (const auto& cell : cells) {
            if (static_cast<std::size_t>(cell.aisle) > batch.aisles.size()) return damagedRecord();
            batch.changes.push_back({product, cell});
        }
    }
    return batch;
}

// ---- writing

Result<bool> StockLogWriter::adopt(const StockLogKey& key) {
    const auto size = file_.size();
    if (!size) return size.error();
    const auto bytes = file_.read(0, static_cast<std::size_t>(*size));
    if (!bytes) return bytes.error();
    const auto header = headerOf(*bytes);
    if (header) {
        number_ = header->number;
        end_ = *size;
    }
    if (!belongsTo(header, key)) return false;
    end_ = static_cast<std::int64_t>(kHeaderBytes);
    for (;;) {
        const auto frame = frameAt(std::string_view(*bytes).substr(static_cast<std::size_t>(end_)), number_);
        if (frame.kind != Frame::Kind::Sound) break;
        const auto batch = unpackBatch(frame.body);
        if (!batch) break;
        entries_ += batch->entries();
        end_ += static_cast<std::int64_t>(kFrameBytes + frame.body.size());
    }
    if (end_ == *size) return true;
    if (auto done = file_.truncate(end_); !done) return done.error();
    if (auto done = file_.sync(); !done) return done.error();
    return true;
}

Result<StockLogWriter> StockLogWriter::open(const std::string& catalogPath, const StockLogKey& key) {
    auto file = FlatFile::open(stockLogPath(catalogPath), FlatFile::Mode::ReadWrite);
    if (!file) return file.error();
    StockLogWriter writer(std::move(*file));
    writer.catalogue_ = key.catalogue;
    const auto isOurs = writer.adopt(key);
    if (!isOurs) return isOurs.error();
    // The rows may say more than a log that was folded and left behind.
    if (!*isOurs)
        if (auto done = writer.restart(LogStart::Anew); !done) return done.error();
    return writer;
}

bool StockLogWriter::isEmpty() const {
    return end_ <= static_cast<std::int64_t>(kHeaderBytes);
}

Result<void> StockLogWriter::restart(LogStart start) {
    SystemRandom random;
    const auto number = static_cast<std::int64_t>(random.next64() | 1); // 0 would be none
    const auto header = start == LogStart::Sequel ? packHeader({catalogue_, number, number_, end_})
                                                  : packHeader({catalogue_, number, 0, 0});
    if (auto done = file_.truncate(0); !done) return done;
    if (auto done = file_.write(0, header); !done) return done;
    if (auto done = file_.sync(); !done) return done;
    number_ = number;
    end_ = static_cast<std::int64_t>(header.size());
    entries_ = 0;
    return {};
}

Result<void> StockLogWriter::append(StockBatch& batch) {
    const auto body = packBatch(batch);
    if (body.size() > kStockRecordBytesMax) return Error{Errc::Limit, "write stock log: too many changes"};
    std::string record;
    putFixed(record, body.size(), kSizeBytes);
    putFixed(record, sumOf(body, static_cast<std::uint64_t>(number_)), kFieldBytes);
    record += body;
    if (auto done = file_.write(end_, record); !done) {
        // Nobody may take half of it for the beginning of the next; opening the log would cut it off, too.
        [[maybe_unused]] const auto cut = file_.truncate(end_);
        return done;
    }
    if (auto done = file_.sync(); !done) {
        // A reader may have taken it in whole and would miss another of its size; the hub knows the rest,
        // too.
        [[maybe_unused]] const auto lost = restart(LogStart::Anew);
        return done;
    }
    end_ += static_cast<std::int64_t>(record.size());
    entries_ += batch.entries();
    return {};
}

// ---- reading

Result<std::optional<std::int64_t>> StockLogReader::sizeNow() {
    if (!file_) {
        auto opened = FlatFile::open(path_, FlatFile::Mode::ReadOnly);
        if (!opened && opened.error().code == Errc::NotFound) return std::optional<std::int64_t>();
        if (!opened) return opened.error();
        file_ = std::move(*opened);
    }
    const auto size = file_->size();
    if (!size) return size.error();
    return std::optional(*size);
}

Result<bool> StockLogReader::readHeader(const StockLogKey& key) {
    const auto bytes = file_->read(0, kHeaderBytes);
    if (!bytes) return bytes.error();
    const auto header = headerOf(*bytes);
    const auto number = belongsTo(header, key) ? header->number : 0;
    if (number == number_) return false;
    isSequel_ = number != 0 && number_ != 0 && header->beforeNumber == number_ && header->beforeEnd == end_;
    number_ = number;
    end_ = static_cast<std::int64_t>(kHeaderBytes);
    return true;
}

Result<bool> StockLogReader::readRecords(std::int64_t size,
                                         const std::function<void(const StockBatch&)>& take) {
    const auto bytes = file_->read(end_, static_cast<std::size_t>(size - end_));
    if (!bytes) return bytes.error();
    std::string_view rest(*bytes);
    for (;;) {
        const auto frame = frameAt(rest, number_);
        if (frame.kind != Frame::Kind::Sound) return frame.kind == Frame::Kind::CutOff;
        const auto batch = unpackBatch(frame.body);
        if (!batch) return false;
        take(*batch);
        const auto recordBytes = kFrameBytes + frame.body.size();
        rest.remove_prefix(recordBytes);
        end_ += static_cast<std::int64_t>(recordBytes);
    }
}

Result<StockLogReader::Step> StockLogReader::poll(const StockLogKey& key, bool mayBeAnother,
                                                  const std::function<void(Step)>& begin,
                                                  const std::function<void(const StockBatch&)>& take) {
    const auto size = sizeNow();
    if (!size) return size.error();
    if (!mayBeAnother && size->value_or(-1) == size_) return Step::Same;
    size_ = size->value_or(-1);
    bool isAnother = false;
    if (size_ >= 0) {
        auto read = readHeader(key);
        if (!read) return read.error();
        isAnother = *read;
    }
    if (size_ >= 0 && !isAnother && size_ < end_) { // its writer has cut off what was damaged
        isAnother = true;
        isSequel_ = false;
        end_ = static_cast<std::int64_t>(kHeaderBytes);
    }
    const auto step = isAnother ? Step::Anew : Step::More;
    begin(step);
    if (number_ == 0 || size_ <= end_) return step;
    auto sound = readRecords(size_, take);
    if (!sound) return sound.error();
    if (*sound || isAnother) return step; // a damaged record ends the log until its writer has looked at it
    // Records that were read before may have been cut off and others written there.
    isSequel_ = false;
    end_ = static_cast<std::int64_t>(kHeaderBytes);
    begin(Step::Anew);
    sound = readRecords(size_, take);
    if (!sound) return sound.error();
    return Step::Anew;
}

} // namespace silta
