// CatalogCheck: every night, whether the replica still holds what the hub says that it holds.
//
// A memory card can give back an older page than the one written last. Such a page is sound by itself, so no
// local check finds it; the digest of the hub does. What was found is kept in `catalog.check` in the folder.
#pragma once

#include "catalog/digest_scan.h"
#include "core/json.h"

#include <memory>
#include <optional>
#include <string>

namespace silta {

inline constexpr int kCheckSliceProducts = 200;   ///< read in one go: some 10 ms on a Raspberry Pi
inline constexpr std::int64_t kCheckPauseMs = 20; ///< between two slices: others want the processor too
inline constexpr int kCheckRestartsMax = 10;      ///< a night; imports may come faster than it reads
inline constexpr UtcMs kCheckEveryMs = 20 * 3'600'000;
inline constexpr UtcMs kCheckLatestMs = 48 * 3'600'000; ///< then by day too: some devices are off at night
/// The night of the stores, from UTC+0 to UTC+3.
inline constexpr int kNightFromHour = 22, kNightToHour = 4;

/// Thread: one at a time.
class CatalogCheck {
public:
    explicit CatalogCheck(std::string folder);

    [[nodiscard]] bool isDue(UtcMs now);
    /// Makes it due now.
    void request() { isRequested_ = true; }
    [[nodiscard]] bool isRunning() const { return scan_ != nullptr; }

    /// Begins to read the replica, if that stands where `expected` does; else it stays due.
    /// Errors: as DigestScan::open.
    Result<void> begin(const std::string& catalogPath, CatalogDigest expected);
    enum class Outcome {
        Reading, ///< another slice is left
        Again,   ///< the replica has moved on: begin() with the digest of where it stands now
        Same,
        Differs ///< also where the replica cannot be read
    };
    /// Reads a slice. A difference is remembered until a check finds none. Errors: Busy, Io, Full.
    Result<Outcome> slice(UtcMs now);

    /// Whether a new snapshot may help: not when the last one, of that name, has not.
    [[nodiscard]] bool isWorthRepairing(const std::string& snapshot) const {
        return differs_ > 0 && repairedWith_ != snapshot;
    }
    /// That snapshot is in use now; a check is due to see whether it helped.
    Result<void> noteRepaired(const std::string& snapshot);

    /// `state`: "never", "reading", "same", "differs"; `checkedMs` (0 = never), `ranges` that differ,
    /// `repairs` so far.
    [[nodiscard]] Json toJson() const;

private:
    Result<void> save() const;
    Result<Outcome> finish(int differs, UtcMs now);

    std::string path_;
    std::unique_ptr<DigestScan> scan_;
    CatalogDigest expected_;
    bool isRequested_ = false;
    int restarts_ = 0;
    // As kept on disk:
    UtcMs sinceMs_ = 0;   ///< from when the time to the next check counts
    UtcMs checkedMs_ = 0; ///< when one came to its end
    int differs_ = 0;     ///< ranges
    std::int64_t repairs_ = 0;
    std::string repairedWith_; ///< the snapshot's file
};

} // namespace silta
