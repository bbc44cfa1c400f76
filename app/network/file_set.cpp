#include "core/durable_file.h"
#include "network/render.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace silta::network {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 13> kFileNames = {
    "guest.nft",
    "dnsmasq.conf",
    "hostapd.conf",
    "shaping.tc",
    "forwarding.sysctl",
    "capacity.sysctl",
    "link.sysctl",
    "portal.toml",
    "join.toml",
    "silta-guest-net.service",
    "silta-guest-link.service",
    "silta-guest-dns.service",
    "silta-guest-wifi.service",
};
constexpr std::string_view kHalfWritten = ".new"; // replaceFile()'s

bool isOurs(std::string name) {
    if (name.ends_with(kHalfWritten)) name.resize(name.size() - kHalfWritten.size());
    return std::ranges::find(kFileNames, name) != kFileNames.end();
}

// A folder that is not there, or holds nothing but files of ours.
Result<void> checkFolder(const std::string& folder) {
    std::error_code error;
    const auto status = fs::symlink_status(folder, error);
    if (status.type() == fs::file_type::not_found) return {};
    if (!fs::is_directory(status))
        return Error{Errc::Conflict, fmt::format("write network: {} is not a folder", folder)};
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (!entry.is_regular_file(error) || !isOurs(entry.path().filename().string()))
            return Error{Errc::Conflict, fmt::format("write network: {} holds something else: {}", folder,
                                                     entry.path().filename().string())};
    if (error) return Error{Errc::Io, fmt::format("write network: cannot read {}", folder)};
    return {};
}

} // namespace

Result<void> replaceFileSet(const std::string& folder, const std::vector<RenderedFile>& files) {
    const auto beside = folder + ".new";
    if (auto done = checkFolder(folder); !done) return done;
    if (auto done = checkFolder(beside); !done) return done;
    std::error_code error;
    fs::remove_all(beside, error);
    fs::create_directories(fs::path(folder).parent_path(), error);
    if (::mkdir(beside.c_str(), 0755) != 0)
        return Error{Errc::Io, fmt::format("write network: cannot make {}", beside)};
    for (const auto& file : files)
        if (auto done = replaceFile(beside + "/" + file.name, file.text, file.mode); !done)
            return done.error();
    const bool isThere = fs::exists(folder, error);
    const unsigned flags = isThere ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (::renameat2(AT_FDCWD, beside.c_str(), AT_FDCWD, folder.c_str(), flags) != 0)
        return Error{errno == EINVAL || errno == EXDEV ? Errc::Unsupported : Errc::Io,
                     fmt::format("write network: cannot put {} in place", folder)};
    if (auto done = syncFolder(fs::path(folder).parent_path().string()); !done) return done;
    fs::remove_all(beside, error); // the old set; what stays of it is removed the next time
    return {};
}

} // namespace silta::network
