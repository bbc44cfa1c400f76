// PageFile: a SQLite file as pages and records, whatever its tables' own pages have become. For salvage:
// nothing here trusts what it reads. Source: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree
// pages) and 2.1 (records).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

/// One value of a record.
struct PageValue {
    enum class Kind { Null, Integer, Text, Other } kind = Kind::Null;
    std::int64_t integer = 0;
    std::string_view text;
};

/// What a leaf of a table holds, or any page of an index; tables WITHOUT ROWID are indices to the file.
enum class PageTree { Table, Index };

/// Thread: one at a time.
class PageFile {
public:
    /// Of `path` and of the log beside it, up to the log's last whole transaction. A page of the log whose
    /// checksum is wrong is none: the one before it stands. What cannot be read is left out.
    static PageFile read(const std::string& path);
    /// The bytes of the two.
    PageFile(std::string file, std::string log);
    /// See readWal().
    [[nodiscard]] bool hasLostTail() const { return hasLostTail_; }
    /// A database of the pages as they stand, without a log; for openSqliteImage().
    [[nodiscard]] std::string image() const;

    PageFile(const PageFile&) = delete;
    PageFile& operator=(const PageFile&) = delete;

    /// Hands over each record that can be put together, in the order of the pages, until told to stop
    /// (false). The values live during the call.
    using OnRecord = std::function<bool(PageTree, const std::vector<PageValue>&)>;
    void forEachRecord(const OnRecord& onRecord) const;

private:
    bool readPage(std::uint32_t number, std::string_view page, const OnRecord& onRecord) const;
    [[nodiscard]] std::string recordAt(PageTree tree, std::string_view rest) const;

    std::string file_, log_;
    std::map<std::uint32_t, std::string_view> pages_; ///< by number, from 1; views of the two
    bool hasLostTail_ = false;
};

} // namespace silta
