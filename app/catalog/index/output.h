// Where an index is written to: a file beside its final name, or memory.
#pragma once

#include "catalog/index/format.h"

#include <silta/result.h>

#include <memory>
#include <string>
#include <vector>

namespace silta {

class IndexOutput {
public:
    /// Errors: Io, Full.
    static Result<std::unique_ptr<IndexOutput>> toFile(const std::string& path);
    static std::unique_ptr<IndexOutput> toMemory();
    IndexOutput(const IndexOutput&) = delete;
    IndexOutput& operator=(const IndexOutput&) = delete;
    /// Removes what was not finished.
    ~IndexOutput();

    /// A write that fails is told by finish().
    void add(std::span<const std::uint8_t> bytes);
    void align(std::size_t bytes);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    /// Puts the header in front; a file is synced and renamed. Errors: Io, Full.
    Result<void> finish(const IndexHeader& header);
    std::vector<std::uint8_t> takeBytes() { return std::move(buffer_); }

private:
    IndexOutput() = default;
    void flush();

    std::string path_, temporary_; ///< empty: memory
    int file_ = -1;
    int failed_ = 0; ///< errno of the first write that failed
    std::uint64_t size_ = 0;
    std::vector<std::uint8_t> buffer_;
};

} // namespace silta
