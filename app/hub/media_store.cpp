#include "hub/media_store.h"

#include "core/sha256_hex.h"

#include <silta/crypto.h>
#include <silta/fd.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <vector>

namespace silta::hub {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kTemporary = "tmp-";

Error ioError(const char* verb) {
    const int cause = errno;
    const auto code = cause == ENOSPC || cause == EDQUOT ? Errc::Full
                      : cause == ENOENT                  ? Errc::NotFound
                      : cause == EACCES                  ? Errc::Denied
                                                         : Errc::Io;
    return Error{code, fmt::format("{}: {}", verb, std::strerror(cause))};
}

Result<void> syncPath(const std::string& path, int flags) {
    const Fd file(::open(path.c_str(), flags | O_CLOEXEC));
    if (file.get() < 0) return ioError("open file");
    if (::fsync(file.get()) != 0) return ioError("sync file");
    return {};
}

/// Percent-decoding of a URL's path; nothing when it is malformed or hides a zero byte.
std::optional<std::string> percentDecoded(std::string_view text) {
    std::string out;
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) return std::nullopt;
        const auto byte = digit(text[i + 1]) * 16 + digit(text[i + 2]);
        if (byte == 0) return std::nullopt;
        out += static_cast<char>(byte);
        i += 2;
    }
    return out;
}

bool isPicture(std::string_view bytes) {
    return bytes.starts_with("\xFF\xD8\xFF") || bytes.starts_with("\x89PNG\r\n\x1A\n") ||
           (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"));
}

/// "https" of "https://…"; empty for a relative path.
std::string schemeOf(std::string_view link) {
    const auto colon = link.find(':');
    if (colon == std::string_view::npos || link.substr(0, colon).find('/') != std::string_view::npos)
        return {};
    std::string scheme(link.substr(0, colon));
    for (char& c : scheme)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return scheme;
}

bool isBelow(const std::string& folder, const std::string& path) {
    return path.size() > folder.size() && path.starts_with(folder) &&
           (folder == "/" || path[folder.size()] == '/');
}

PictureLink refused(std::string reason) {
    return {PictureLink::Kind::Refused, {}, std::move(reason)};
}

} // namespace

Result<MediaStore> MediaStore::open(std::string folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Error{Errc::Io, fmt::format("create folder: {}", error.message())};
    return MediaStore(std::move(folder));
}

void MediaStore::clearTemporaries() const {
    std::error_code error;
    std::vector<fs::path> left;
    for (const auto& entry : fs::directory_iterator(folder_, error))
        if (entry.path().filename().string().starts_with(kTemporary)) left.push_back(entry.path());
    for (const auto& path : left)
        fs::remove(path, error);
}

std::string MediaStore::pathOf(std::string_view sha256) const {
    return fmt::format("{}/{}/{}", folder_, sha256.substr(0, 2), sha256);
}

bool MediaStore::has(std::string_view sha256) const {
    return isSha256Hex(sha256) && ::access(pathOf(sha256).c_str(), F_OK) == 0;
}

std::string MediaStore::temporaryPath(std::string_view name) const {
    return fmt::format("{}/{}{}", folder_, kTemporary, name);
}

Result<std::string> MediaStore::put(std::string_view bytes) {
    const auto name = sha256Hex(bytes);
    if (has(name)) return name;
    const auto path = temporaryPath(name);
    {
        const Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (file.get() < 0) return ioError("create file");
        while (!bytes.empty()) {
            const auto n = ::write(file.get(), bytes.data(), bytes.size());
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) {
                auto failure = ioError("write file");
                ::unlink(path.c_str());
                return failure;
            }
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    return adopt(path);
}

Result<std::string> MediaStore::adopt(const std::string& temporaryPath) {
    auto name = sha256HexOfFile(temporaryPath);
    if (!name) return name.error();
    if (has(*name)) {
        ::unlink(temporaryPath.c_str());
        return name;
    }
    if (auto done = syncPath(temporaryPath, O_RDONLY); !done) return done.error();
    const auto path = pathOf(*name);
    const auto shelf = path.substr(0, path.rfind('/'));
    const bool isNewShelf = ::mkdir(shelf.c_str(), 0755) == 0;
    if (!isNewShelf && errno != EEXIST) return ioError("create folder");
    if (::rename(temporaryPath.c_str(), path.c_str()) != 0) return ioError("rename file");
    if (auto done = syncPath(shelf, O_RDONLY | O_DIRECTORY); !done) return done.error();
    if (isNewShelf)
        if (auto done = syncPath(folder_, O_RDONLY | O_DIRECTORY); !done) return done.error();
    return name;
}

Result<void> MediaStore::remove(std::string_view sha256) {
    if (!isSha256Hex(sha256)) return Error{Errc::Invalid, "remove file: not a name"};
    if (::unlink(pathOf(sha256).c_str()) != 0 && errno != ENOENT) return ioError("remove file");
    return {};
}

PictureLink readPicture(const std::string& folder, std::string_view link) {
    if (link.empty()) return {};
    const auto scheme = schemeOf(link);
    if (scheme == "http" || scheme == "https") return {PictureLink::Kind::Remote, {}, {}};
    std::string path;
    if (scheme == "file") {
        auto rest = link.substr(scheme.size() + 1);
        if (rest.starts_with("//")) {
            rest.remove_prefix(2);
            if (rest.starts_with("localhost/")) rest.remove_prefix(std::string_view("localhost").size());
        }
        auto decoded = percentDecoded(rest);
        if (!decoded || !decoded->starts_with('/')) return refused("not a file: URL of this machine");
        path = std::move(*decoded);
    } else if (!scheme.empty()) {
        return refused(fmt::format("links of the kind {} are not followed", scheme.substr(0, 16)));
    } else {
        if (link.starts_with('/')) return refused("an absolute path; pictures lie beside the feed");
        path = fmt::format("{}/{}", folder, link);
    }
    for (const auto& part : fs::path(path))
        if (part == "..") return refused("\"..\" leads out of the feed's folder");
    std::error_code error;
    const auto resolved = fs::canonical(path, error).string();
    if (error) return refused("no such file");
    if (!isBelow(folder, resolved)) return refused("it leads out of the feed's folder");
    // Resolved just now: a link put there since then is not followed.
    const Fd file(::open(resolved.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat state {};
    if (file.get() < 0 || ::fstat(file.get(), &state) != 0) return refused("it cannot be opened");
    if (!S_ISREG(state.st_mode)) return refused("not a file");
    if (state.st_size > static_cast<off_t>(kPictureFileBytesMax))
        return refused(fmt::format("{} bytes, at most {} are allowed", state.st_size, kPictureFileBytesMax));
    std::string bytes(static_cast<std::size_t>(state.st_size), '\0');
    std::size_t used = 0;
    while (used < bytes.size()) {
        const auto n = ::read(file.get(), bytes.data() + used, bytes.size() - used);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return refused("it cannot be read");
        used += static_cast<std::size_t>(n);
    }
    if (!isPicture(bytes)) return refused("neither JPEG nor PNG nor WebP");
    return {PictureLink::Kind::Local, std::move(bytes), {}};
}

Result<std::string> folderOf(const std::string& path) {
    std::error_code error;
    const auto resolved = fs::canonical(path, error);
    if (error) return Error{Errc::NotFound, fmt::format("open feed: {}", error.message())};
    return resolved.parent_path().string();
}

} // namespace silta::hub
