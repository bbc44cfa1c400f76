// The stock log: what the hub has told of stock since it was last folded into the catalogue.
//
// It lies beside the catalogue ("catalog.db-stock"), so that a change of stock writes some bytes behind
// others instead of pages of a database. One writer appends, any number of readers follow. All numbers have a
// fixed place and the least significant byte first:
//
//   header  "SILSTK01"; 8 bytes each: the catalogue's number (index_source), the log's own, that of the log
//           before and where that one ended; and the sum of all this
//   record  4 bytes: size of the body; 8 bytes: sum of the log's number and the body; the body
//   body    written with PackWriter: number of positions, each region and number; number of reports, each
//           store and time; name of the file of reports; number of aisles, each its name; the reference time;
//           then for each product the difference to the one before and its cells as a text (cells.h; aisle n
//           is the n-th of this record)
//
// A record is one segment of the hub's with the position after it: it counts whole or not at all. A record
// that is cut off or damaged ends the log; what came after it is fetched from the hub again. Folding writes
// the log into the catalogue and begins another one in its place. The catalogue remembers the number of the
// log that it has folded last, so that a log which a power cut left behind is not read over newer figures.
#pragma once

#include "catalog/stock/cells.h"
#include "store/flat_file.h"

#include <silta/catalog.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace silta {

/// "…/catalog.db-stock"
std::string stockLogPath(const std::string& catalogPath);

/// One segment of stock, in the replica's own numbers.
struct StockBatch {
    struct Change {
        std::int64_t product = 0;
        StockCell cell; ///< aisle: place in `aisles` + 1; quantity 0 ends the cell
    };
    struct Report {
        std::int32_t store = 0;
        UtcMs asOf = 0;
    };
    std::vector<StockPosition> positions;
    std::vector<Report> reports;
    std::string reportsName; ///< see CatalogWriter::setReportsName
    std::vector<std::string> aisles;
    std::vector<Change> changes;
    [[nodiscard]] bool isEmpty() const {
        return positions.empty() && reports.empty() && reportsName.empty() && changes.empty();
    }
    /// What it takes in memory, for kStockLogEntriesMax.
    [[nodiscard]] std::int64_t entries() const {
        return static_cast<std::int64_t>(positions.size() + reports.size() + aisles.size() + changes.size());
    }
};

/// The last word on each cell counts; `batch.changes` is sorted by the way.
std::string packBatch(StockBatch& batch);
/// Errors: Corrupt.
Result<StockBatch> unpackBatch(std::string_view body);

/// Whether readers who know all of the log before know what the catalogue's rows now say.
enum class LogStart { Sequel, Anew };

/// Which log belongs to a catalogue.
struct StockLogKey {
    std::int64_t catalogue = 0; ///< its number
    std::int64_t folded = 0;    ///< number of the log that it has folded last
};

/// Appends. Thread: its owner's; one at a time for a file.
class StockLogWriter {
public:
    /// Reads the log through. What is not sound is cut off; a log of another catalogue, or one that is
    /// folded, is begun anew. Errors: Io, Full.
    static Result<StockLogWriter> open(const std::string& catalogPath, const StockLogKey& key);
    /// On the disk when it returns. An error of the last step loses the log: some may have read what the disk
    /// has not got. Errors: Full, Io, Limit.
    Result<void> append(StockBatch& batch);
    [[nodiscard]] std::int64_t number() const { return number_; }
    [[nodiscard]] std::int64_t bytes() const { return end_; }
    [[nodiscard]] std::int64_t entries() const { return entries_; }
    [[nodiscard]] bool isEmpty() const;
    /// Begins another log in place of this one. Errors: Io, Full.
    Result<void> restart(LogStart start);

private:
    explicit StockLogWriter(FlatFile file) : file_(std::move(file)) {}
    /// False when this is no log of that catalogue.
    Result<bool> adopt(const StockLogKey& key);

    FlatFile file_;
    std::int64_t catalogue_ = 0;
    std::int64_t number_ = 0;
    std::int64_t end_ = 0;
    std::int64_t entries_ = 0;
};

/// Follows a log that somebody else writes. Thread: its owner's.
class StockLogReader {
public:
    explicit StockLogReader(std::string catalogPath) : path_(stockLogPath(catalogPath)) {}

    enum class Step {
        Same, ///< nothing new
        More, ///< records were added to what was read before
        Anew, ///< begin with nothing: another log, or none
    };
    /// Hands over what is new, record by record; `begin` first, with what they follow. `mayBeAnother`: the
    /// catalogue has changed, and the log may have been begun anew. Call with the catalogue locked for
    /// reading. Errors: Io; those of the functions.
    Result<Step> poll(const StockLogKey& key, bool mayBeAnother, const std::function<void(Step)>& begin,
                      const std::function<void(const StockBatch&)>& take);
    /// Whether `Anew` began where the log before ended, so that nothing was missed.
    [[nodiscard]] bool isSequel() const { return isSequel_; }
    [[nodiscard]] bool hasRead(std::int64_t number, std::int64_t end) const {
        return number_ == number && end_ == end;
    }

private:
    [[nodiscard]] Result<std::optional<std::int64_t>> sizeNow();
    /// True when the log's number is another than that of what was read.
    Result<bool> readHeader(const StockLogKey& key);
    /// False at a record that is complete and damaged.
    Result<bool> readRecords(std::int64_t size, const std::function<void(const StockBatch&)>& take);

    std::string path_;
    std::optional<FlatFile> file_;
    std::int64_t number_ = 0; ///< 0 = none
    std::int64_t end_ = 0;    ///< of what was read
    std::int64_t size_ = -1;  ///< at the last look
    bool isSequel_ = false;
};

} // namespace silta
