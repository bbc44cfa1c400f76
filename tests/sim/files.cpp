#include "sim/files.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace silta::test {

namespace {

SimFiles* theFiles = nullptr;

} // namespace

/// What the program's calls become, on their way to those of the C library.
struct FileCalls {
    /// The C library's own.
    template <class Call>
    static Call* real(const char* name) {
        return reinterpret_cast<Call*>(dlsym(RTLD_NEXT, name));
    }
    static int realOpen(const char* path, int flags, mode_t mode) {
        static auto* const call = real<int(const char*, int, ...)>("open");
        return call(path, flags, mode);
    }
    static int fail(int error) {
        errno = error;
        return -1;
    }
    static bool isOurs(const char* path) {
        return theFiles != nullptr && std::string_view(path).starts_with(theFiles->folder_);
    }
    static SimFiles::Open* opened(int fd) {
        if (theFiles == nullptr) return nullptr;
        const auto found = theFiles->open_.find(fd);
        return found == theFiles->open_.end() ? nullptr : &found->second;
    }

    static bool isFile(const char* path) { return isOurs(path) && theFiles->names_.contains(path); }
    static void forget(int fd) {
        if (theFiles != nullptr) theFiles->open_.erase(fd);
    }

    static int open(const char* path, int flags, mode_t mode) {
        if (!isOurs(path)) return realOpen(path, flags, mode);
        auto& files = *theFiles;
        if (files.isHalted_) return fail(EIO);
        const auto found = files.names_.find(path);
        const bool isNew = found == files.names_.end() && (flags & O_CREAT) != 0;
        const bool isCut = found != files.names_.end() && (flags & O_TRUNC) != 0;
        if ((isNew || isCut) && !files.mayProceed()) return fail(EIO);
        const int fd = realOpen(path, flags, mode);
        if (fd < 0) return fd;
        SimFiles::Open made{path, isNew ? std::make_shared<Medium>() : nullptr, (flags & O_APPEND) != 0};
        if (isNew) files.name({{path, made.node}});
        if (!isNew && found != files.names_.end()) made.node = found->second;
        if (isCut) made.node->truncate(0);
        files.open_[fd] = std::move(made);
        return fd;
    }

    static ssize_t write(int fd, const void* from, std::size_t size, off_t offset) {
        auto& file = *opened(fd);
        auto& files = *theFiles;
        if (files.isHalted_ || !file.node) return fail(EIO);
        const auto at = static_cast<std::size_t>(file.appends ? off_t(file.node->seen().size()) : offset);
        if (files.isFull_ && at + size > file.node->seen().size()) return fail(ENOSPC);
        const bool isWhole = files.mayProceed();
        file.node->write(at, {static_cast<const char*>(from), size}, isWhole);
        return isWhole ? static_cast<ssize_t>(size) : fail(EIO);
    }

    static int truncate(int fd, off_t size) {
        if (theFiles->isHalted_ || !theFiles->mayProceed()) return fail(EIO);
        opened(fd)->node->truncate(static_cast<std::size_t>(size));
        return 0;
    }

    static int sync(int fd) {
        if (theFiles->isHalted_ || !theFiles->mayProceed()) return fail(EIO);
        const auto& file = *opened(fd);
        if (file.node)
            theFiles->syncFile(file.node);
        else
            theFiles->syncFolder(file.path);
        return 0;
    }

    static int unlink(const char* path) {
        static auto* const call = real<int(const char*)>("unlink");
        if (!isOurs(path)) return call(path);
        if (theFiles->isHalted_ || !theFiles->mayProceed()) return fail(EIO);
        if (theFiles->names_.contains(path)) theFiles->name({{path, nullptr}});
        return call(path);
    }

    static int rename(const char* from, const char* to) {
        static auto* const call = real<int(const char*, const char*)>("rename");
        if (!isOurs(from)) return call(from, to);
        if (theFiles->isHalted_ || !theFiles->mayProceed()) return fail(EIO);
        const auto found = theFiles->names_.find(from);
        if (found != theFiles->names_.end()) theFiles->name({{to, found->second}, {from, nullptr}});
        return call(from, to);
    }
};

SimFiles::SimFiles(std::string folder, std::uint64_t seed) : folder_(std::move(folder)), random_(seed) {
    if (theFiles != nullptr) throw std::logic_error("one SimFiles at a time");
    theFiles = this;
}

SimFiles::~SimFiles() {
    theFiles = nullptr;
}

bool SimFiles::mayProceed() {
    if (haltAfter_ > 0 && --haltAfter_ == 0) isHalted_ = true;
    return !isHalted_;
}

void SimFiles::name(Names names) {
    for (const auto& [path, node] : names) {
        if (node)
            names_[path] = node;
        else
            names_.erase(path);
    }
    steps_.push_back(std::move(names));
}

void SimFiles::keep(std::size_t steps) {
    for (std::size_t i = 0; i < steps; ++i)
        for (const auto& [path, node] : steps_[i]) {
            if (node)
                kept_[path] = node;
            else
                kept_.erase(path);
        }
    steps_.erase(steps_.begin(), steps_.begin() + static_cast<std::ptrdiff_t>(steps));
}

void SimFiles::syncFolder(const std::string& path) {
    const auto isIn = [folder = std::filesystem::path(path + "/").parent_path()](const auto& entry) {
        return std::filesystem::path(entry.first).parent_path() == folder;
    };
    auto steps = steps_.size();
    while (steps > 0 && std::ranges::none_of(steps_[steps - 1], isIn))
        --steps;
    keep(steps);
}

void SimFiles::syncFile(const Node& node) {
    node->sync();
    for (std::size_t i = 0; i < steps_.size(); ++i)
        for (const auto& [path, named] : steps_[i])
            if (named == node) {
                keep(i + 1);
                return;
            }
}

void SimFiles::cutPower() {
    const double lot = chanceOf(random_);
    keep(lot < 0.34 ? 0 : lot < 0.67 ? steps_.size() : random_() % (steps_.size() + 1));
    steps_.clear();
    std::map<const Medium*, Node> after; // of a file with two names there is one
    for (auto& [path, node] : kept_) {
        auto& left = after[node.get()];
        if (!left) left = std::make_shared<Medium>(node->afterPowerCut(random_));
        node = left;
    }
    theFiles = nullptr; // what follows is not the program's
    for (const auto& [path, node] : names_)
        std::filesystem::remove(path);
    for (const auto& [path, node] : kept_) {
        auto* file = std::fopen(path.c_str(), "wbe");
        if (file == nullptr) throw std::runtime_error("cannot write " + path);
        std::fwrite(node->seen().data(), 1, node->seen().size(), file);
        std::fclose(file);
    }
    theFiles = this;
    names_ = kept_;
    open_.clear();
    isHalted_ = false;
    haltAfter_ = 0;
}

} // namespace silta::test

using silta::test::FileCalls;

// In place of the C library's, in this program alone.
extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : mode_t{0};
    va_end(rest);
    return FileCalls::open(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const auto mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : mode_t{0};
    va_end(rest);
    return FileCalls::open(path, flags, mode);
}

int close(int fd) {
    static auto* const call = FileCalls::real<int(int)>("close");
    FileCalls::forget(fd);
    return call(fd);
}

ssize_t write(int fd, const void* from, std::size_t size) {
    static auto* const call = FileCalls::real<ssize_t(int, const void*, std::size_t)>("write");
    if (FileCalls::opened(fd) != nullptr)
        if (const auto done = FileCalls::write(fd, from, size, lseek(fd, 0, SEEK_CUR)); done < 0) return done;
    return call(fd, from, size);
}

ssize_t pwrite(int fd, const void* from, std::size_t size, off_t offset) {
    static auto* const call = FileCalls::real<ssize_t(int, const void*, std::size_t, off_t)>("pwrite");
    if (FileCalls::opened(fd) != nullptr)
        if (const auto done = FileCalls::write(fd, from, size, offset); done < 0) return done;
    return call(fd, from, size, offset);
}

ssize_t pwrite64(int fd, const void* from, std::size_t size, off64_t offset) {
    return pwrite(fd, from, size, offset);
}

int ftruncate(int fd, off_t size) noexcept {
    static auto* const call = FileCalls::real<int(int, off_t)>("ftruncate");
    if (FileCalls::opened(fd) != nullptr && FileCalls::truncate(fd, size) != 0) return -1;
    return call(fd, size);
}

int ftruncate64(int fd, off64_t size) noexcept {
    return ftruncate(fd, size);
}

int fsync(int fd) {
    static auto* const call = FileCalls::real<int(int)>("fsync");
    if (FileCalls::opened(fd) != nullptr) return FileCalls::sync(fd);
    return call(fd);
}

int fdatasync(int fd) {
    return fsync(fd);
}

int unlink(const char* path) noexcept {
    return FileCalls::unlink(path);
}

int remove(const char* path) noexcept {
    static auto* const call = FileCalls::real<int(const char*)>("remove");
    if (FileCalls::isFile(path)) return FileCalls::unlink(path);
    return call(path);
}

int rename(const char* from, const char* to) noexcept {
    return FileCalls::rename(from, to);
}
}
