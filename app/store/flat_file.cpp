#include "store/flat_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace silta {

namespace {

/// A file that SQLite itself would call a journal: synced together with its name in the folder.
constexpr int kKind = SQLITE_OPEN_MAIN_JOURNAL;
/// SQLite reads names as several texts, each with a zero behind it, up to an empty one.
constexpr std::size_t kZerosBehindName = 4;
/// SQLite's file layer counts bytes in an int.
constexpr std::size_t kBytesAtOnceMax = std::size_t{1} << 30;

/// Another process may make the file between the failure and the look whether it is there, and take it away
/// again.
constexpr int kOpenTriesMax = 3;

Error fileError(int code, const char* verb) {
    const auto primary = code & 0xff;
    if (primary == SQLITE_FULL) return {Errc::Full, std::string(verb) + ": no room"};
    return {Errc::Io, std::string(verb) + ": failed"};
}

} // namespace

struct FlatFile::Handle {
    std::string name; ///< the file layer keeps a pointer to it
    std::vector<std::max_align_t> room;
    bool isOpen = false;

    [[nodiscard]] sqlite3_file* file() { return static_cast<sqlite3_file*>(static_cast<void*>(room.data())); }
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
        if (isOpen) file()->pMethods->xClose(file());
    }
};

FlatFile::FlatFile(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
FlatFile::FlatFile(FlatFile&&) noexcept = default;
FlatFile& FlatFile::operator=(FlatFile&&) noexcept = default;
FlatFile::~FlatFile() = default;

Result<FlatFile> FlatFile::open(const std::string& path, Mode mode) {
    auto* layer = sqlite3_vfs_find(nullptr);
    auto handle = std::make_unique<Handle>();
    handle->name = path;
    handle->name.append(kZerosBehindName, '\0');
    handle->room.resize(static_cast<std::size_t>(layer->szOsFile) / sizeof(std::max_align_t) + 1);
    const int flags =
        kKind | (mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    for (int tries = 0;; ++tries) {
        const int code = layer->xOpen(layer, handle->name.c_str(), handle->file(), flags, nullptr);
        if (code == SQLITE_OK) break;
        // Only what is surely not there is not found: a process without descriptors left cannot open it
        // either.
        int isThere = 1;
        const int asked = layer->xAccess(layer, path.c_str(), SQLITE_ACCESS_EXISTS, &isThere);
        if (asked == SQLITE_OK && isThere == 0) return Error{Errc::NotFound, "open file: there is none"};
        if (tries == kOpenTriesMax) return fileError(code, "open file");
    }
    handle->isOpen = true;
    return FlatFile(std::move(handle));
}

Result<std::int64_t> FlatFile::size() const {
    sqlite3_int64 bytes = 0;
    auto* file = handle_->file();
    if (const int code = file->pMethods->xFileSize(file, &bytes); code != SQLITE_OK)
        return fileError(code, "tell size of file");
    return static_cast<std::int64_t>(bytes);
}

Result<std::string> FlatFile::read(std::int64_t offset, std::size_t bytes) const {
    const auto whole = size();
    if (!whole) return whole.error();
    const auto left = static_cast<std::size_t>(std::max<std::int64_t>(0, *whole - offset));
    std::string into(std::min({bytes, left, kBytesAtOnceMax}), '\0');
    if (into.empty()) return into;
    auto* file = handle_->file();
    const int code = file->pMethods->xRead(file, into.data(), static_cast<int>(into.size()), offset);
    if (code == SQLITE_IOERR_SHORT_READ) return std::string(); // somebody has made it shorter meanwhile
    if (code != SQLITE_OK) return fileError(code, "read file");
    return into;
}

Result<void> FlatFile::write(std::int64_t offset, std::string_view bytes) {
    auto* file = handle_->file();
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, kBytesAtOnceMax);
        const int code = file->pMethods->xWrite(file, part.data(), static_cast<int>(part.size()), offset);
        if (code != SQLITE_OK) return fileError(code, "write file");
        offset += static_cast<std::int64_t>(part.size());
        bytes.remove_prefix(part.size());
    }
    return {};
}

Result<void> FlatFile::truncate(std::int64_t size) {
    auto* file = handle_->file();
    if (const int code = file->pMethods->xTruncate(file, size); code != SQLITE_OK)
        return fileError(code, "shorten file");
    return {};
}

Result<void> FlatFile::sync() {
    auto* file = handle_->file();
    if (const int code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL); code != SQLITE_OK)
        return fileError(code, "sync file");
    return {};
}

std::string readWhatIsThere(const std::string& path) {
    constexpr std::int64_t kPiece = std::int64_t{1} << 20;
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

} // namespace silta
