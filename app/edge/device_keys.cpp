#include "edge/device_keys.h"

#include "core/durable_file.h"
#include "sync/protocol.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

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

Result<KeyPair> loadOrMake(const std::string& path) {
    const int existing = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (existing >= 0) {
        auto keys = readKeys(existing);
        ::close(existing);
        return keys;
    }
    if (errno != ENOENT) return Error{Errc::Io, "read device key: cannot open it"};
    auto keys = makeSigningKeys();
    if (auto done = replaceFile(path, keys.secretKey, 0600); !done) return done.error();
    return keys;
}

std::string nextPath(const std::string& folder) {
    return folder + "/device.key.next";
}

} // namespace

Result<DeviceIdentity> loadOrMakeIdentity(const std::string& folder) {
    auto keys = loadOrMake(folder + "/device.key");
    if (!keys) return keys.error();
    std::string id;
    if (std::ifstream file(folder + "/device.id"); file) std::getline(file, id);
    if (id.empty()) id = deviceIdOf(keys->publicKey);
    return DeviceIdentity{std::move(*keys), std::move(id)};
}

Result<KeyPair> loadOrMakeNextKeys(const std::string& folder) {
    return loadOrMake(nextPath(folder));
}

bool hasNextKeys(const std::string& folder) {
    return ::access(nextPath(folder).c_str(), F_OK) == 0;
}

Result<void> takeNextKeys(const std::string& folder, const std::string& deviceId) {
    // The name first: a power cut in between leaves the old key under its old name.
    if (auto done = replaceFile(folder + "/device.id", deviceId + "\n", 0600); !done) return done;
    if (::rename(nextPath(folder).c_str(), (folder + "/device.key").c_str()) != 0)
        return Error{Errc::Io, "replace device key: cannot rename it"};
    return syncFolder(folder);
}

} // namespace silta
