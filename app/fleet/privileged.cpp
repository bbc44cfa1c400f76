#include "fleet/privileged.h"

#include "core/durable_file.h"
#include "core/sha256_hex.h"
#include "fleet/run_program.h"

#include <silta/fd.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace silta {

namespace {

/// What stands behind the word, or nothing where the line is another's.
bool takeLine(std::string_view text, std::string_view word, std::string_view& rest) {
    if (!text.starts_with(word) || !text.ends_with('\n')) return false;
    rest = text.substr(word.size(), text.size() - word.size() - 1);
    return true;
}

Result<std::string> takeRequest(const std::string& folder) {
    const Fd place(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (place.get() < 0) return Error{Errc::Denied, "take request: the folder is no folder"};
    const Fd file(::openat(place.get(), kRequestFile, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    const int cause = errno;
    // Whatever it is, it is gone: what starts this program would start it again.
    ::unlinkat(place.get(), kRequestFile, 0);
    if (file.get() < 0 && cause == ENOENT) return Error{Errc::NotFound, "take request: there is none"};
    struct stat info {};
    if (file.get() < 0 || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return Error{Errc::Denied, "take request: it is no plain file"};
    std::array<char, kPrivilegedBytesMax + 1> text{};
    const auto n = ::read(file.get(), text.data(), text.size());
    if (n < 0) return Error{Errc::Io, "take request: it cannot be read"};
    return std::string(text.data(), static_cast<std::size_t>(n));
}

} // namespace

std::string toText(const PrivilegedRequest& request) {
    using enum PrivilegedRequest::Kind;
    if (request.kind == Install) return "install " + request.sha256 + "\n";
    return request.kind == Restart ? "restart\n" : "wipe\n";
}

Result<PrivilegedRequest> parseRequest(std::string_view text) {
    using enum PrivilegedRequest::Kind;
    if (text.size() > kPrivilegedBytesMax) return Error{Errc::Limit, "read request: too long"};
    if (text == "restart\n") return PrivilegedRequest{Restart, {}};
    if (text == "wipe\n") return PrivilegedRequest{Wipe, {}};
    std::string_view hash;
    if (takeLine(text, "install ", hash) && isSha256Hex(hash))
        return PrivilegedRequest{Install, std::string(hash)};
    return Error{Errc::Invalid, "read request: it is none"};
}

std::string toText(const InstallResult& result) {
    return (result.isInstalled ? "installed " : "failed ") + result.sha256 + "\n";
}

Result<InstallResult> parseInstallResult(std::string_view text) {
    if (text.size() > kPrivilegedBytesMax) return Error{Errc::Limit, "read result: too long"};
    std::string_view hash;
    const bool isInstalled = takeLine(text, "installed ", hash);
    if ((isInstalled || takeLine(text, "failed ", hash)) && isSha256Hex(hash))
        return InstallResult{isInstalled, std::string(hash)};
    return Error{Errc::Invalid, "read result: it is none"};
}

Result<void> obeyRequest(const std::string& folder, const std::string& resultFolder,
                         const PrivilegedPrograms& programs) {
    using enum PrivilegedRequest::Kind;
    auto text = takeRequest(folder);
    if (!text) return text.error();
    auto request = parseRequest(*text);
    if (!request) return request.error();
    auto done = request->kind == Install ? runProgram({programs.rauc, "install", folder + "/" + kBundleFile})
                : request->kind == Restart
                    ? runProgram({programs.systemctl, "reboot"})
                    : runProgram({programs.siltactl, "wipe", "--yes-forget-everything", "--restart"});
    if (request->kind == Install) {
        const InstallResult result{done.has_value() && *done, request->sha256};
        return replaceFile(resultFolder + "/" + kResultFile, toText(result), 0644);
    }
    if (!done) return done.error();
    if (!*done) return Error{Errc::Io, "obey request: the program failed"};
    return {};
}

} // namespace silta
