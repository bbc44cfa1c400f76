#include "hub/hub_keys.h"

#include "core/durable_file.h"
#include "core/json.h"

#include <silta/random.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace silta::hub {

namespace {

constexpr std::size_t kFileBytesMax = 4'096;
constexpr std::size_t kSymmetricKeyBytes = 32;

struct Field {
    const char* name;
    std::size_t bytes;
    std::string& (*member)(HubKeys&);
};

constexpr std::array<Field, 7> kFields = {{
    {"sealPublic", 32, [](HubKeys& k) -> std::string& { return k.seal.publicKey; }},
    {"sealSecret", 32, [](HubKeys& k) -> std::string& { return k.seal.secretKey; }},
    {"signPublic", 32, [](HubKeys& k) -> std::string& { return k.sign.publicKey; }},
    {"signSecret", 64, [](HubKeys& k) -> std::string& { return k.sign.secretKey; }},
    {"master", kSymmetricKeyBytes, [](HubKeys& k) -> std::string& { return k.masterKey; }},
    {"contact", kSymmetricKeyBytes, [](HubKeys& k) -> std::string& { return k.contactKey; }},
    {"nonce", kSymmetricKeyBytes, [](HubKeys& k) -> std::string& { return k.nonceKey; }},
}};

std::string randomKey() {
    SystemRandom random;
    std::string key(kSymmetricKeyBytes, '\0');
    random.fill(std::as_writable_bytes(std::span{key}));
    return key;
}

Result<HubKeys> readKeys(int fd) {
    struct stat info {};
    if (fstat(fd, &info) != 0) return Error{Errc::Io, "read hub keys: failed"};
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{Errc::Denied, "read hub keys: others may read the file; expected mode 0600"};
    std::string text(kFileBytesMax, '\0');
    const auto n = ::read(fd, text.data(), text.size());
    if (n <= 0) return Error{Errc::Corrupt, "read hub keys: empty"};
    text.resize(static_cast<std::size_t>(n));
    auto json = parseJson(text, kFileBytesMax);
    if (!json) return Error{Errc::Corrupt, "read hub keys: not json"};
    HubKeys keys;
    for (const auto& field : kFields) {
        auto bytes = fromBase64(textMember(*json, field.name, kFileBytesMax).value_or(""));
        if (!bytes || bytes->size() != field.bytes)
            return Error{Errc::Corrupt, "read hub keys: a key is damaged"};
        field.member(keys) = *bytes;
    }
    return keys;
}

/// Nothing when there is no file.
std::optional<Result<HubKeys>> readExisting(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT) return std::nullopt;
    if (fd < 0) return Error{Errc::Io, "read hub keys: cannot open the file"};
    auto keys = readKeys(fd);
    ::close(fd);
    return keys;
}

/// Gives a whole, synced file its name unless another program was first.
Result<void> putUnlessThere(const std::string& path, std::string_view bytes) {
    auto temporary = path + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC); // mode 0600
    if (fd < 0) return Error{Errc::Io, "write hub keys: cannot create the file"};
    const bool isWritten =
        ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd) == 0;
    ::close(fd);
    const bool isThere = isWritten && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST);
    ::unlink(temporary.c_str());
    if (!isWritten) return Error{Errc::Full, "write hub keys: failed"};
    if (!isThere) return Error{Errc::Io, "write hub keys: cannot name the file"};
    const auto slash = path.rfind('/');
    return syncFolder(slash == std::string::npos ? "." : path.substr(0, slash + 1));
}

} // namespace

// Several programs may begin on a new database at once: what one of them makes is what all of them use.
Result<HubKeys> loadOrMakeHubKeys(const std::string& path) {
    if (auto existing = readExisting(path)) return std::move(*existing);
    HubKeys keys;
    keys.seal = makeSealingKeys();
    keys.sign = makeSigningKeys();
    keys.masterKey = randomKey();
    keys.contactKey = randomKey();
    keys.nonceKey = randomKey();
    Json json;
    for (const auto& field : kFields)
        json[field.name] = toBase64(field.member(keys));
    if (auto done = putUnlessThere(path, dumpJson(json)); !done) return done.error();
    auto there = readExisting(path);
    return there ? std::move(*there) : Error{Errc::Io, "read hub keys: the file is gone"};
}

} // namespace silta::hub
