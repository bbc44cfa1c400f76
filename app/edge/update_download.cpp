#include "edge/update_download.h"

#include "core/durable_file.h"
#include "fleet/privileged.h"

#include <silta/crypto.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace silta {

namespace {

constexpr long kPieceTimeoutMs = 60'000;
constexpr int kPartialContent = 206;

std::string partOf(const std::string& folder, const Release& release) {
    return folder + "/" + release.sha256 + ".part";
}

bool hasRoomFor(const std::string& folder, std::int64_t bytes) {
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) return false;
    return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize) >=
           bytes + kRoomBytes;
}

Result<void> append(const std::string& path, std::string_view bytes) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return Error{Errc::Io, "keep bundle: the file cannot be opened"};
    const auto written = ::write(fd, bytes.data(), bytes.size());
    ::close(fd);
    if (written != static_cast<ssize_t>(bytes.size())) return Error{Errc::Full, "keep bundle: no space left"};
    return {};
}

Result<std::int64_t> finish(const std::string& folder, const Release& release) {
    const auto part = partOf(folder, release);
    const auto hash = sha256HexOfFile(part);
    if (!hash) return hash.error();
    if (*hash != release.sha256) {
        ::unlink(part.c_str());
        return Error{Errc::Corrupt, "keep bundle: its hash is not the release's"};
    }
    const int fd = ::open(part.c_str(), O_RDONLY | O_CLOEXEC);
    const bool isSafe = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!isSafe || ::rename(part.c_str(), (folder + "/" + kBundleFile).c_str()) != 0)
        return Error{Errc::Io, "keep bundle: it cannot be made safe"};
    if (auto done = syncFolder(folder); !done) return done.error();
    return std::int64_t{0};
}

} // namespace

std::int64_t bytesHere(const std::string& folder, const Release& release) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(partOf(folder, release), error);
    return error ? 0 : static_cast<std::int64_t>(bytes);
}

Result<std::int64_t> fetchPiece(HttpTransport& transport, const BundlePlace& place, const Release& release) {
    const auto here = bytesHere(place.folder, release);
    if (here >= release.bytes) return finish(place.folder, release);
    if (!hasRoomFor(place.folder, release.bytes - here))
        return Error{Errc::Full, "keep bundle: no room for it"};
    const auto want = std::min(kPieceBytes, release.bytes - here);
    HttpCall call;
    call.url = place.hubUrl + "/v1/files/" + release.sha256;
    call.caFile = place.caFile;
    call.verifyAtMs = place.verifyAtMs;
    call.timeoutMs = kPieceTimeoutMs;
    call.responseBytesMax = static_cast<std::size_t>(want);
    call.headers.push_back({"Range", fmt::format("bytes={}-{}", here, here + want - 1)});
    auto reply = transport.send(call);
    if (!reply) return reply.error();
    if (reply->status == 404) return Error{Errc::NotFound, "fetch bundle: the hub has no such file"};
    const bool isPiece =
        reply->status == kPartialContent && reply->body.size() == static_cast<std::size_t>(want);
    if (!isPiece) return Error{Errc::Unavailable, fmt::format("fetch bundle: status {}", reply->status)};
    if (auto done = append(partOf(place.folder, release), reply->body); !done) return done.error();
    return here + want < release.bytes ? Result<std::int64_t>(want) : finish(place.folder, release);
}

void clearBundles(const std::string& folder, const Release* keep, bool keepsWhole) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const auto& path = entry.path();
        const bool isPart = path.extension() == ".part" && (keep == nullptr || path != partOf(folder, *keep));
        const bool isWhole = path.filename() == kBundleFile && !keepsWhole;
        if (isPart || isWhole) std::filesystem::remove(path, error);
    }
}

} // namespace silta
