// Plain files that can lose power in the middle of a write: what a program does below one folder by open(),
// write(), rename() and their like is noted on the way to the real file system.
//
// A file's bytes are a Medium. Names follow a journalled file system's rules: what was done to them takes
// effect in order, of which a power cut keeps a beginning; syncing a folder keeps all that was done to its
// names so far, and syncing a file keeps that it was made. Folders themselves are always there.
#pragma once

#include "sim/medium.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace silta::test {

/// One at a time in a process. Thread: the simulation's.
class SimFiles {
public:
    /// `folder`: absolute, there and empty.
    SimFiles(std::string folder, std::uint64_t seed);
    ~SimFiles();
    SimFiles(const SimFiles&) = delete;
    SimFiles& operator=(const SimFiles&) = delete;

    /// Halts at the n-th thing done to a file or name from now; that one may be half done. 0 = never.
    void haltAfter(int operations) { haltAfter_ = operations; }
    [[nodiscard]] bool isHalted() const { return isHalted_; }
    /// Writes that would make a file longer fail.
    void setFull(bool full) { isFull_ = full; }
    /// The power went: the folder holds what is left. All files must be closed.
    void cutPower();

private:
    friend struct FileCalls;
    using Node = std::shared_ptr<Medium>;
    struct Open {
        std::string path;
        Node node; ///< null = a folder
        bool appends = false;
    };
    /// What happened to names at one time: none = the name is gone.
    using Names = std::map<std::string, Node>;
    bool mayProceed();
    void name(Names names);
    void keep(std::size_t steps);
    void syncFolder(const std::string& path);
    void syncFile(const Node& node);

    std::string folder_;
    std::mt19937_64 random_;
    Names names_, kept_;       ///< as seen, and as they are sure to survive
    std::vector<Names> steps_; ///< the difference, in order
    std::map<int, Open> open_; ///< by descriptor
    int haltAfter_ = 0;
    bool isHalted_ = false;
    bool isFull_ = false;
};

} // namespace silta::test
