#include "catalog/index/output.h"

#include "core/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace silta {

namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

Error failure(int number) {
    if (number == ENOSPC || number == EDQUOT) return {Errc::Full, "write search index: no space left"};
    return {Errc::Io, "write search index: refused"};
}

/// 0, or errno.
int writeAll(int file, std::span<const std::uint8_t> bytes, off_t at) {
    while (!bytes.empty()) {
        const auto done = ::pwrite(file, bytes.data(), bytes.size(), at);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return errno;
        at += done;
        bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    return 0;
}

} // namespace

std::unique_ptr<IndexOutput> IndexOutput::toMemory() {
    std::unique_ptr<IndexOutput> output(new IndexOutput);
    output->buffer_.resize(sizeof(IndexHeader));
    output->size_ = sizeof(IndexHeader);
    return output;
}

Result<std::unique_ptr<IndexOutput>> IndexOutput::toFile(const std::string& path) {
    std::unique_ptr<IndexOutput> output(new IndexOutput);
    output->path_ = path;
    output->temporary_ = path + ".new";
    output->file_ = ::open(output->temporary_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (output->file_ < 0) return failure(errno);
    output->size_ = sizeof(IndexHeader);
    return output;
}

IndexOutput::~IndexOutput() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(temporary_.c_str());
}

void IndexOutput::add(std::span<const std::uint8_t> bytes) {
    buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
    size_ += bytes.size();
    if (!path_.empty() && buffer_.size() >= kBufferBytes) flush();
}

void IndexOutput::flush() {
    const auto at = static_cast<off_t>(size_ - buffer_.size());
    if (failed_ == 0) failed_ = writeAll(file_, buffer_, at);
    buffer_.clear();
}

void IndexOutput::align(std::size_t bytes) {
    constexpr std::array<std::uint8_t, kSectionAlign> kPadding{};
    add(std::span(kPadding).first((bytes - size_ % bytes) % bytes));
}

Result<void> IndexOutput::finish(const IndexHeader& header) {
    const std::span<const std::uint8_t> head(reinterpret_cast<const std::uint8_t*>(&header), sizeof(header));
    if (path_.empty()) {
        std::ranges::copy(head, buffer_.begin());
        return {};
    }
    flush();
    if (failed_ == 0) failed_ = writeAll(file_, head, 0);
    if (failed_ == 0 && ::fsync(file_) != 0) failed_ = errno;
    if (failed_ != 0) return failure(failed_);
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure(errno);
    ::close(file_);
    file_ = -1;
    const auto slash = path_.rfind('/');
    return syncFolder(slash == std::string::npos ? std::string(".") : path_.substr(0, slash + 1));
}

} // namespace silta
