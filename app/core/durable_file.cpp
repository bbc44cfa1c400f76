#include "core/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace silta {

Result<std::string> readFile(const std::string& path, std::size_t bytesMax) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Errc::NotFound, "read " + path + ": cannot be opened"};
    // Piece by piece: room for the longest would stay with whoever keeps the bytes.
    std::array<char, 4'096> piece{};
    std::string bytes;
    while (bytes.size() <= bytesMax) {
        file.read(piece.data(), piece.size());
        if (file.gcount() == 0) break;
        bytes.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) return Error{Errc::Io, "read " + path + ": failed"};
    if (bytes.size() > bytesMax) return Error{Errc::Limit, "read " + path + ": too long"};
    return bytes;
}

Result<void> replaceFile(const std::string& path, std::string_view bytes, unsigned mode) {
    const auto temporary = path + ".new";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (fd < 0) return Error{Errc::Io, "write file: cannot create it"};
    const bool ok =
        ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!ok) return Error{Errc::Full, "write file: failed"};
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return Error{Errc::Io, "write file: cannot rename it"};
    const auto slash = path.rfind('/');
    return syncFolder(slash == std::string::npos ? "." : path.substr(0, slash + 1));
}

Result<void> syncFolder(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!ok) return Error{Errc::Io, "sync folder: failed"};
    return {};
}

} // namespace silta
