#include "ctl/wipe.h"

#include "core/durable_file.h"

#include <silta/random.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

namespace silta::ctl {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kChunkBytes = 64 * 1024;

constexpr std::string_view kSettings = "/etc/silta";

struct StateFolder {
    std::string_view path;
    bool isSecret; ///< overwritten before it is removed; the rest the hub or the manufacturer has anyhow
};
constexpr std::array<StateFolder, 6> kFolders = {{{"/var/lib/silta/edge", true},
                                                  {"/var/lib/silta/portal", true},
                                                  {"/var/lib/silta/till", true},
                                                  {"/var/lib/silta/catalog", false},
                                                  {kSettings, true},
                                                  {"/var/log/journal", true}}};

Result<void> overwrite(const fs::path& path) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return Error{Errc::Denied, "wipe: a file cannot be opened"};
    struct stat info {};
    bool isDone = ::fstat(fd, &info) == 0;
    SystemRandom random;
    std::vector<std::byte> chunk(kChunkBytes);
    for (off_t at = 0; isDone && at < info.st_size;) {
        const auto bytes = std::min<std::size_t>(chunk.size(), static_cast<std::size_t>(info.st_size - at));
        random.fill(std::span(chunk).first(bytes));
        const auto n = ::pwrite(fd, chunk.data(), bytes, at);
        isDone = n > 0;
        at += std::max<ssize_t>(n, 0);
    }
    isDone = isDone && ::fsync(fd) == 0;
    ::close(fd);
    if (!isDone) return Error{Errc::Io, "wipe: a file cannot be overwritten"};
    return {};
}

/// What the chain gave the device to find its hub by; there is no secret in it, and without it nobody could
/// enrol the device again. What else lies there (networks, passwords, the till) is the store's.
constexpr std::array<std::string_view, 3> kKeptFiles = {"edge.toml", "hub-ca.pem", "codes.toml"};

bool isKept(const StateFolder& folder, const fs::path& entry) {
    std::error_code error;
    return folder.path == kSettings && fs::is_regular_file(fs::symlink_status(entry, error)) &&
           std::ranges::find(kKeptFiles, entry.filename().native()) != kKeptFiles.end();
}

} // namespace

Result<Wiped> wipeState(const std::string& root) {
    Wiped wiped;
    std::error_code error;
    for (const auto& folder : kFolders) {
        const fs::path place = root + std::string(folder.path);
        if (!fs::is_directory(fs::symlink_status(place, error))) continue;
        for (fs::recursive_directory_iterator at(place, error), end; !error && at != end;
             at.increment(error)) {
            if (!fs::is_regular_file(at->symlink_status(error))) continue;
            if (at.depth() == 0 && isKept(folder, at->path())) continue;
            ++wiped.files;
            if (!folder.isSecret) continue;
            if (auto done = overwrite(at->path()); !done) return done.error();
            ++wiped.overwritten;
        }
        if (error) return Error{Errc::Denied, "wipe: a folder cannot be read"};
        std::vector<fs::path> entries;
        for (fs::directory_iterator at(place, error), end; !error && at != end; at.increment(error))
            if (!isKept(folder, at->path())) entries.push_back(at->path());
        for (const auto& entry : entries) {
            fs::remove_all(entry, error);
            if (error) return Error{Errc::Io, "wipe: something cannot be removed"};
        }
        if (auto done = syncFolder(place.string()); !done) return done.error();
    }
    return wiped;
}

} // namespace silta::ctl
