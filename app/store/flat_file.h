// FlatFile: a plain file through SQLite's file layer, so that whatever holds the databases (a test's
// simulated disk, too) holds it as well.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace silta {

/// One open file; nobody is locked out of it. Thread: its owner's.
class FlatFile {
public:
    enum class Mode { ReadOnly, ReadWrite };
    /// ReadWrite creates the file, with the rights of the database whose name, a dash and a word make up its
    /// own ("catalog.db-stock"), which must be there. Never for a database that this process has open:
    /// closing it would give up the process's locks on that. Errors: NotFound (it is not there, or empty), Io
    /// (it cannot be opened).
    static Result<FlatFile> open(const std::string& path, Mode mode);
    FlatFile(FlatFile&&) noexcept;
    FlatFile& operator=(FlatFile&&) noexcept;
    ~FlatFile();

    /// Errors: Io.
    [[nodiscard]] Result<std::int64_t> size() const;
    /// Fewer than `bytes` at the end of the file. Errors: Io.
    [[nodiscard]] Result<std::string> read(std::int64_t offset, std::size_t bytes) const;
    /// Safe after sync() only. Errors: Full, Io.
    Result<void> write(std::int64_t offset, std::string_view bytes);
    Result<void> truncate(std::int64_t size);
    /// Errors: Io.
    Result<void> sync();

private:
    struct Handle;
    explicit FlatFile(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> handle_;
};

/// A whole file, as far as it can be read; empty where there is none.
std::string readWhatIsThere(const std::string& path);

} // namespace silta
