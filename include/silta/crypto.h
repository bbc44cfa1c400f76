// Sealed boxes, signatures, hashes and keyed hashes (libsodium), and RFC 9421 request signatures over them.
#pragma once

#include <silta/result.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

/// SHA-256 as 64 lower-case hex characters.
std::string sha256Hex(std::string_view bytes);
/// SipHash-2-4 under a fixed key: finds what a memory card changed, proves nothing.
std::uint64_t shortHash(std::string_view bytes);
/// Errors: NotFound, Io.
Result<std::string> sha256HexOfFile(const std::string& path);
/// SHA-256, 32 raw bytes.
std::string sha256(std::string_view bytes);
/// HMAC-SHA-256, 32 raw bytes. `key` is 32 bytes.
std::string hmacSha256(std::string_view key, std::string_view message);
/// Equal in constant time.
bool sameBytes(std::string_view a, std::string_view b);

/// Base64url without padding (RFC 4648, section 5).
std::string toBase64(std::string_view bytes);
/// Errors: Invalid.
Result<std::string> fromBase64(std::string_view text);

/// Raw key bytes. Wiped when destroyed.
struct KeyPair {
    std::string publicKey, secretKey;
    KeyPair() = default;
    KeyPair(KeyPair&&) noexcept = default;
    KeyPair& operator=(KeyPair&&) noexcept = default;
    KeyPair(const KeyPair&) = default;
    ~KeyPair();
};

/// Ed25519. Keys: 32 bytes public, 64 secret; signature 64 bytes.
KeyPair makeSigningKeys();
std::string sign(std::string_view message, const KeyPair& keys);
bool verify(std::string_view message, std::string_view signature, std::string_view publicKey);

/// X25519 sealed boxes: anyone with the public key can seal, only the holder of the pair can open.
KeyPair makeSealingKeys();
/// Errors: Invalid (the key is not 32 bytes).
Result<std::string> seal(std::string_view message, std::string_view publicKey);
/// Errors: Invalid (not sealed to this key, or damaged).
Result<std::string> openSealed(std::string_view sealed, const KeyPair& keys);

/// XChaCha20-Poly1305 with a random nonce in front. `key` is 32 bytes; `context` is authenticated, not
/// stored.
Result<std::string> encrypt(std::string_view message, std::string_view key, std::string_view context);
/// Errors: Invalid (another key or context, or damaged).
Result<std::string> decrypt(std::string_view box, std::string_view key, std::string_view context);

/// Argon2id of a PIN or password with a salt of its own, as text. It takes 19 MiB of memory and tens of
/// milliseconds: callers make one at a time. Source: RFC 9106; the parameters are those
/// that the OWASP cheat sheet on password storage gives for 19 MiB. Errors: Full (no memory).
Result<std::string> hashPin(std::string_view pin);
/// False for a text that hashPin() did not make, too.
bool isPin(std::string_view pin, const std::string& hash);

/// Makes the pages of the process unreadable for others and from core dumps. Call first in main of a process
/// that sees keys or customer data.
void hardenProcess();

/// Content-Digest header value for a body. Source: RFC 9530.
std::string contentDigest(std::string_view body);

/// The parts of a request that a device signs. Source: RFC 9421; label "silta", alg ed25519.
struct SignedRequest {
    std::string_view method;      ///< "POST"
    std::string_view target;      ///< path and query
    std::string_view digest;      ///< contentDigest of the body
    std::string_view incarnation; ///< header Silta-Incarnation
    std::string_view device;      ///< keyid
    std::string_view nonce;       ///< given by the hub
};
/// Values of the headers Signature-Input and Signature.
struct RequestSignature {
    std::string input, signature;
};
RequestSignature signRequest(const SignedRequest& request, const KeyPair& keys);
/// Reads keyid and nonce out of a Signature-Input header of our form. Errors: Invalid.
struct SignatureParameters {
    std::string device, nonce;
};
Result<SignatureParameters> parseSignatureInput(std::string_view header);
/// Errors: Denied (wrong signature), Invalid (malformed header).
Result<void> verifyRequest(const SignedRequest& request, const RequestSignature& signature,
                           std::string_view publicKey);

} // namespace silta
