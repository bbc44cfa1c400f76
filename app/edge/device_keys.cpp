#include "edge/device_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace silta {

namespace {

constexpr std::size_t kSecretBytes = 64;
constexpr std::size_t kPublicBytes = 32; // the second half of an Ed25519 secret key

Result<KeyPair> readKeys(int fd) {
    struct stat info {};
    if (fstat(fd, &info) != 0) return Error{Errc::Io, "read device key: failed"};
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{Errc::Denied, "read device key: others may read the file; expected mode 0600"};
    KeyPair keys;
    keys.secretKey.resize(kSecretBytes + 1);
    const auto n = ::read(fd, keys.secretKey.data(), keys.secretKey.size());
    if (n != static_cast<ssize_t>(kSecretBytes)) return Error{Errc::Corrupt, "read device key: wrong length"};
    keys.secretKey.resize(kSecretBytes);
    keys.publicKey = keys.secretKey.substr(kSecretBytes - kPublicBytes);
    return keys;
}

} // namespace

Result<KeyPair> loadOrMakeDeviceKeys(const std::string& folder) {
    const auto path = folder + "/device.key";
    const int existing = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (existing >= 0) {
        auto keys = readKeys(existing);
        ::close(existing);
        return keys;
    }
    if (errno != ENOENT) return Error{Errc::Io, "read device key: cannot open it"};
    auto keys = makeSigningKeys();
    const auto temporary = path + ".new";
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return Error{Errc::Io, "make device key: cannot create the file"};
    const bool ok = ::write(fd, keys.secretKey.data(), keys.secretKey.size()) ==
                        static_cast<ssize_t>(keys.secretKey.size()) &&
                    ::fsync(fd) == 0;
    ::close(fd);
    if (!ok || ::rename(temporary.c_str(), path.c_str()) != 0)
        return Error{Errc::Full, "make device key: cannot write the file"};
    return keys;
}

} // namespace silta
