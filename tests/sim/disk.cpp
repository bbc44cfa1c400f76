#include "sim/disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

namespace silta::test {

namespace {

constexpr int kPathBytesMax = 512;
// What Debian's own VFS says of every disk: a power cut leaves bytes beside a write alone.
constexpr int kCharacteristics = SQLITE_IOCAP_POWERSAFE_OVERWRITE;

std::map<std::string, SimDisk*>& disks() {
    static std::map<std::string, SimDisk*> all;
    return all;
}

} // namespace

// The C interface of SQLite: sizes are sqlite3_int64, callbacks return codes. What is on no simulated disk is
// a real file.
struct SimVfs {
    static sqlite3_vfs* real() {
        static sqlite3_vfs* const unixFiles = sqlite3_vfs_find("unix");
        return unixFiles;
    }
    struct Handle {
        sqlite3_file base;
        SimDisk* disk;
        std::shared_ptr<SimDisk::File>* file;
        int generation;
        bool deleteOnClose;
        std::string* path;
    };
    static Handle& of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static bool isUsable(const Handle& handle) {
        return !handle.disk->halted_ && handle.generation == handle.disk->generation_;
    }
    static SimDisk* diskOf(const std::string& path) {
        for (const auto& [folder, disk] : disks())
            if (path.starts_with(folder)) return disk;
        return nullptr;
    }

    static int close(sqlite3_file* base) {
        auto& handle = of(base);
        if (handle.deleteOnClose && isUsable(handle)) handle.disk->files_.erase(*handle.path);
        delete handle.file;
        delete handle.path;
        handle.file = nullptr;
        handle.path = nullptr;
        return SQLITE_OK;
    }
    static int read(sqlite3_file* base, void* into, int size, sqlite3_int64 offset) {
        auto& handle = of(base);
        if (!isUsable(handle)) return SQLITE_IOERR_READ;
        const auto& seen = (*handle.file)->medium.seen();
        std::memset(into, 0, static_cast<std::size_t>(size));
        const auto at = static_cast<std::size_t>(offset);
        if (at >= seen.size()) return SQLITE_IOERR_SHORT_READ;
        const auto n = std::min(static_cast<std::size_t>(size), seen.size() - at);
        std::memcpy(into, seen.data() + at, n);
        return n < static_cast<std::size_t>(size) ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
    }
    static int write(sqlite3_file* base, const void* from, int size, sqlite3_int64 offset) {
        auto& handle = of(base);
        if (!isUsable(handle)) return SQLITE_IOERR_WRITE;
        auto& medium = (*handle.file)->medium;
        const auto at = static_cast<std::size_t>(offset);
        const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
        if (handle.disk->full_ && at + bytes.size() > medium.seen().size()) return SQLITE_FULL;
        const bool isWhole = handle.disk->mayProceed();
        medium.write(at, bytes, isWhole);
        if (!isWhole) return SQLITE_IOERR_WRITE;
        handle.disk->bytesWritten_ += size;
        return SQLITE_OK;
    }
    static int truncate(sqlite3_file* base, sqlite3_int64 size) {
        auto& handle = of(base);
        if (!isUsable(handle) || !handle.disk->mayProceed()) return SQLITE_IOERR_TRUNCATE;
        (*handle.file)->medium.truncate(static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    static int sync(sqlite3_file* base, int) {
        auto& handle = of(base);
        if (!isUsable(handle) || !handle.disk->mayProceed()) return SQLITE_IOERR_FSYNC;
        if (std::exchange(handle.disk->isNextSyncFailing_, false)) return SQLITE_IOERR_FSYNC;
        if (handle.disk->lying_) return SQLITE_OK;
        auto& file = **handle.file;
        file.medium.sync();
        file.isEntrySynced = true;
        return SQLITE_OK;
    }
    static int size(sqlite3_file* base, sqlite3_int64* size) {
        auto& handle = of(base);
        if (!isUsable(handle)) return SQLITE_IOERR_FSTAT;
        *size = static_cast<sqlite3_int64>((*handle.file)->medium.seen().size());
        return SQLITE_OK;
    }
    // One thread, and a device's files have one owner: locks have nothing to do.
    static int lock(sqlite3_file*, int) { return SQLITE_OK; }
    static int reserved(sqlite3_file*, int* is) {
        *is = 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sectorSize(sqlite3_file*) { return 4096; }
    static int characteristics(sqlite3_file*) { return kCharacteristics; }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* base, int flags, int* outFlags) {
        static const sqlite3_io_methods methods = {
            1,       close,    read,    write,      truncate,        sync,    size,    lock,
            lock,    reserved, control, sectorSize, characteristics, nullptr, nullptr, nullptr,
            nullptr, nullptr,  nullptr};
        static int temporaries = 0;
        std::string path = name != nullptr ? name : "";
        if (path.empty() && !disks().empty())
            path = disks().begin()->first + "/temporary-" + std::to_string(++temporaries);
        auto* disk = diskOf(path);
        if (disk == nullptr) return real()->xOpen(real(), name, base, flags, outFlags);
        if (disk->halted_) return SQLITE_CANTOPEN;
        auto* handle = new (base) Handle{};
        auto found = disk->files_.find(path);
        if (found == disk->files_.end()) {
            if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
            found = disk->files_.emplace(path, std::make_shared<SimDisk::File>()).first;
        }
        handle->disk = disk;
        handle->file = new std::shared_ptr<SimDisk::File>(found->second);
        handle->generation = disk->generation_;
        handle->deleteOnClose = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
        handle->path = new std::string(path);
        handle->base.pMethods = &methods;
        if (outFlags != nullptr) *outFlags = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs*, const char* name, int syncsFolder) {
        auto* disk = diskOf(name);
        if (disk == nullptr) return real()->xDelete(real(), name, syncsFolder);
        if (disk->halted_ || !disk->mayProceed()) return SQLITE_IOERR_DELETE;
        return disk->files_.erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
    }
    static int access(sqlite3_vfs*, const char* name, int flags, int* is) {
        auto* disk = diskOf(name);
        if (disk == nullptr) return real()->xAccess(real(), name, flags, is);
        *is = disk->files_.contains(name) ? 1 : 0;
        return SQLITE_OK;
    }
    static int fullPath(sqlite3_vfs*, const char* name, int size, char* into) {
        std::snprintf(into, static_cast<std::size_t>(size), "%s", name);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs*, int size, char* into) {
        std::memset(into, 42, static_cast<std::size_t>(size)); // salts of a log need not be secret here
        return size;
    }
    static int sleep(sqlite3_vfs*, int) { return 0; }
    static int currentTime(sqlite3_vfs*, double* day) {
        *day = 2'460'000.5;
        return SQLITE_OK;
    }
    static int lastError(sqlite3_vfs*, int, char*) { return 0; }
};

void SimDisk::install() {
    static sqlite3_vfs vfs = {1,
                              std::max(int{sizeof(SimVfs::Handle)}, SimVfs::real()->szOsFile),
                              kPathBytesMax,
                              nullptr,
                              "silta-simulated",
                              nullptr,
                              SimVfs::open,
                              SimVfs::remove,
                              SimVfs::access,
                              SimVfs::fullPath,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr,
                              SimVfs::randomness,
                              SimVfs::sleep,
                              SimVfs::currentTime,
                              SimVfs::lastError,
                              nullptr,
                              nullptr,
                              nullptr,
                              nullptr};
    sqlite3_vfs_register(&vfs, 1);
}

SimDisk::SimDisk(std::string folder, std::uint64_t seed) : folder_(std::move(folder)), random_(seed) {
    disks()[folder_] = this;
}

SimDisk::~SimDisk() {
    disks().erase(folder_);
}

bool SimDisk::mayProceed() {
    if (halted_) return false;
    if (haltAfter_ > 0 && --haltAfter_ == 0) halted_ = true;
    return !halted_;
}

void SimDisk::restart() {
    halted_ = false;
    haltAfter_ = -1;
    ++generation_;
}

void SimDisk::cutPower() {
    std::map<std::string, std::shared_ptr<File>> after;
    for (const auto& [path, file] : files_) {
        if (!file->isEntrySynced && chanceOf(random_) < 0.5) continue;
        after[path] = std::make_shared<File>(Medium(file->medium.afterPowerCut(random_)), true);
    }
    files_ = std::move(after);
    restart();
}

std::size_t SimDisk::damagePage(const std::string& path, std::size_t pageBytes) {
    auto& file = *files_.at(path);
    const auto pages = std::min(file.medium.seen().size(), file.medium.synced().size()) / pageBytes;
    if (pages == 0) return 0;
    const auto at = random_() % pages * pageBytes;
    std::string bytes(pageBytes, '\0');
    std::ranges::generate(bytes, [this] { return static_cast<char>(random_()); });
    file.medium.damage(at, bytes);
    return at / pageBytes + 1;
}

SimDisk::Image SimDisk::image() const {
    Image image;
    for (const auto& [path, file] : files_)
        image[path.substr(folder_.size())] = file->medium.seen();
    return image;
}

void SimDisk::restore(const Image& image) {
    files_.clear();
    for (const auto& [name, bytes] : image)
        files_[folder_ + name] = std::make_shared<File>(Medium(bytes), true);
    restart();
}

bool SimDisk::holds(std::string_view bytes) const {
    return std::ranges::any_of(files_, [bytes](const auto& entry) {
        const auto& medium = entry.second->medium;
        return medium.seen().find(bytes) != std::string::npos ||
               medium.synced().find(bytes) != std::string::npos;
    });
}

} // namespace silta::test
