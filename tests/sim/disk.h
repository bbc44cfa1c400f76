// A disk in memory that can lose power in the middle of a write, as an SD card does.
//
// SQLite reaches it as a VFS. Only what was synced is sure to survive a power cut; of the rest each 512-byte
// sector survives or not, and writes may have reached the medium in another order, by a seeded coin.
#pragma once

#include "sim/medium.h"

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace silta::test {

/// Thread: the simulation's.
class SimDisk {
public:
    /// All databases whose path begins with `folder` are on this disk while it exists.
    SimDisk(std::string folder, std::uint64_t seed);
    ~SimDisk();
    SimDisk(const SimDisk&) = delete;
    SimDisk& operator=(const SimDisk&) = delete;

    /// Makes SQLite use these disks by default. Once in a process.
    static void install();

    /// From now on nothing can be read or written, until restart() or cutPower().
    void halt() { halted_ = true; }
    /// Halts at the n-th write, truncation, deletion or sync from now; that one may be half done.
    void haltAfter(int operations) { haltAfter_ = operations; }
    [[nodiscard]] bool isHalted() const { return halted_; }
    /// The process was killed: what it wrote is there. Files that were open stay unusable.
    void restart();
    /// The power went: what was not synced may be there, in part or not at all.
    void cutPower();
    /// Writes that would make a file longer fail.
    void setFull(bool full) { full_ = full; }
    /// The next sync says that it failed, and has done nothing.
    void failNextSync() { isNextSyncFailing_ = true; }
    /// A device that says "synced" and is not.
    void setLying(bool lying) { lying_ = lying; }
    [[nodiscard]] bool isLying() const { return lying_; }
    /// One page of the file becomes something else, as cells of a card do with the years. Gives its number,
    /// from 1; 0 when there is none.
    std::size_t damagePage(const std::string& path, std::size_t pageBytes);

    /// What is on the medium, for a copy of the card.
    using Image = std::map<std::string, std::string>; ///< name without the folder -> bytes
    [[nodiscard]] Image image() const;
    void restore(const Image& image);

    [[nodiscard]] bool holds(std::string_view bytes) const;
    [[nodiscard]] std::int64_t bytesWritten() const { return bytesWritten_; }

private:
    friend struct SimVfs;
    struct File {
        Medium medium;
        bool isEntrySynced = false; ///< the name itself survives
    };
    bool mayProceed(); ///< counts one operation

    std::string folder_;
    std::mt19937_64 random_;
    std::map<std::string, std::shared_ptr<File>> files_; ///< by full path
    bool halted_ = false;
    bool full_ = false;
    bool lying_ = false;
    bool isNextSyncFailing_ = false;
    int haltAfter_ = -1;
    int generation_ = 0; ///< files opened in an earlier one are unusable
    std::int64_t bytesWritten_ = 0;
};

} // namespace silta::test
