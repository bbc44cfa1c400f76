#include <silta/crypto.h>

#include <fmt/format.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace silta {

namespace {

static_assert(crypto_sign_PUBLICKEYBYTES == 32 && crypto_sign_SECRETKEYBYTES == 64);

// Idempotent and thread-safe; a machine without random numbers cannot go on.
void ensureSodium() {
    if (sodium_init() < 0) std::abort();
}

const unsigned char* bytesOf(std::string_view text) {
    return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}

unsigned char* bytesOf(std::string& text) {
    return static_cast<unsigned char*>(static_cast<void*>(text.data()));
}

std::string toHex(std::string_view bytes) {
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytesOf(bytes), bytes.size());
    hex.pop_back();
    return hex;
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(bytesOf(hash), bytesOf(bytes), bytes.size());
    return hash;
}

std::string sha256Hex(std::string_view bytes) {
    return toHex(sha256(bytes));
}

std::uint64_t shortHash(std::string_view bytes) {
    constexpr std::array<unsigned char, crypto_shorthash_KEYBYTES> kKey = {};
    std::uint64_t hash = 0;
    crypto_shorthash(static_cast<unsigned char*>(static_cast<void*>(&hash)), bytesOf(bytes), bytes.size(),
                     kKey.data());
    return hash;
}

Result<std::string> sha256HexOfFile(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Errc::NotFound, "hash file: cannot open it"};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    std::vector<char> buffer(1 << 16);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        crypto_hash_sha256_update(&state, bytesOf(std::string_view{buffer.data(), buffer.size()}),
                                  static_cast<unsigned long long>(file.gcount()));
    }
    if (file.bad()) return Error{Errc::Io, "hash file: read failed"};
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256_final(&state, bytesOf(hash));
    return toHex(hash);
}

std::string hmacSha256(std::string_view key, std::string_view message) {
    assert(key.size() == crypto_auth_hmacsha256_KEYBYTES);
    std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
    crypto_auth_hmacsha256(bytesOf(mac), bytesOf(message), message.size(), bytesOf(key));
    return mac;
}

bool sameBytes(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string toBase64(std::string_view bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytesOf(bytes), bytes.size(), kVariant);
    text.pop_back(); // the terminating zero
    return text;
}

Result<std::string> fromBase64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t n = 0;
    const char* end = nullptr;
    const int rc = sodium_base642bin(bytesOf(bytes), bytes.size(), text.data(), text.size(), nullptr, &n,
                                     &end, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (rc != 0 || end != text.data() + text.size()) return Error{Errc::Invalid, "read base64url: malformed"};
    bytes.resize(n);
    return bytes;
}

KeyPair::~KeyPair() {
    sodium_memzero(secretKey.data(), secretKey.size());
}

KeyPair makeSigningKeys() {
    ensureSodium();
    KeyPair keys;
    keys.publicKey.resize(crypto_sign_PUBLICKEYBYTES);
    keys.secretKey.resize(crypto_sign_SECRETKEYBYTES);
    crypto_sign_keypair(bytesOf(keys.publicKey), bytesOf(keys.secretKey));
    return keys;
}

std::string sign(std::string_view message, const KeyPair& keys) {
    assert(keys.secretKey.size() == crypto_sign_SECRETKEYBYTES);
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytesOf(signature), nullptr, bytesOf(message), message.size(),
                         bytesOf(keys.secretKey));
    return signature;
}

bool verify(std::string_view message, std::string_view signature, std::string_view publicKey) {
    ensureSodium();
    if (signature.size() != crypto_sign_BYTES || publicKey.size() != crypto_sign_PUBLICKEYBYTES) return false;
    return crypto_sign_verify_detached(bytesOf(signature), bytesOf(message), message.size(),
                                       bytesOf(publicKey)) == 0;
}

KeyPair makeSealingKeys() {
    ensureSodium();
    KeyPair keys;
    keys.publicKey.resize(crypto_box_PUBLICKEYBYTES);
    keys.secretKey.resize(crypto_box_SECRETKEYBYTES);
    crypto_box_keypair(bytesOf(keys.publicKey), bytesOf(keys.secretKey));
    return keys;
}

Result<std::string> seal(std::string_view message, std::string_view publicKey) {
    ensureSodium();
    if (publicKey.size() != crypto_box_PUBLICKEYBYTES) return Error{Errc::Invalid, "seal: not a public key"};
    std::string sealed(message.size() + crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal(bytesOf(sealed), bytesOf(message), message.size(), bytesOf(publicKey)) != 0)
        return Error{Errc::Invalid, "seal: not a public key"};
    return sealed;
}

Result<std::string> openSealed(std::string_view sealed, const KeyPair& keys) {
    ensureSodium();
    if (sealed.size() < crypto_box_SEALBYTES) return Error{Errc::Invalid, "open sealed box: too short"};
    std::string message(sealed.size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(bytesOf(message), bytesOf(sealed), sealed.size(), bytesOf(keys.publicKey),
                             bytesOf(keys.secretKey)) != 0)
        return Error{Errc::Invalid, "open sealed box: not sealed to this key, or damaged"};
    return message;
}

Result<std::string> encrypt(std::string_view message, std::string_view key, std::string_view context) {
    ensureSodium();
    constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
        return Error{Errc::Invalid, "encrypt: key is not 32 bytes"};
    std::string box(kNonce + message.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    randombytes_buf(box.data(), kNonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytesOf(box) + kNonce, nullptr, bytesOf(message),
                                               message.size(), bytesOf(context), context.size(), nullptr,
                                               bytesOf(box), bytesOf(key));
    return box;
}

Result<std::string> decrypt(std::string_view box, std::string_view key, std::string_view context) {
    ensureSodium();
    constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES || box.size() < kNonce + kTag)
        return Error{Errc::Invalid, "decrypt: key or box too short"};
    std::string message(box.size() - kNonce - kTag, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytesOf(message), nullptr, nullptr, bytesOf(box) + kNonce,
                                                   box.size() - kNonce, bytesOf(context), context.size(),
                                                   bytesOf(box), bytesOf(key)) != 0)
        return Error{Errc::Invalid, "decrypt: another key or context, or damaged"};
    return message;
}

Result<std::string> hashPin(std::string_view pin) {
    ensureSodium();
    constexpr unsigned long long kPasses = 2;
    constexpr std::size_t kMemoryBytes = std::size_t{19} * 1024 * 1024;
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), pin.data(), pin.size(), kPasses, kMemoryBytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return Error{Errc::Full, "hash pin: no memory"};
    return std::string(hash.data());
}

bool isPin(std::string_view pin, const std::string& hash) {
    ensureSodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (hash.size() >= text.size()) return false;
    std::ranges::copy(hash, text.begin());
    return crypto_pwhash_str_verify(text.data(), pin.data(), pin.size()) == 0;
}

void hardenProcess() {
    ensureSodium();
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

} // namespace silta
