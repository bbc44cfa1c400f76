#include <silta/crypto.h>

#include <fmt/format.h>
#include <sodium.h>

namespace silta {

namespace {

// Everything that a verifier must recompute, in the order in which the signature base lists it.
constexpr std::string_view kComponents = R"(("@method" "@target-uri" "content-digest" "silta-incarnation"))";
constexpr std::size_t kParameterBytesMax = 200; // a device id, and a nonce of the hub

std::string parametersOf(std::string_view device, std::string_view nonce) {
    return fmt::format(R"({};keyid="{}";nonce="{}";alg="ed25519")", kComponents, device, nonce);
}

// RFC 9421, section 2.5. @target-uri holds path and query only: a load balancer may change scheme and host.
std::string signatureBase(const SignedRequest& request, std::string_view parameters) {
    return fmt::format(
        "\"@method\": {}\n\"@target-uri\": {}\n\"content-digest\": {}\n\"silta-incarnation\": {}\n"
        "\"@signature-params\": {}",
        request.method, request.target, request.digest, request.incarnation, parameters);
}

std::string toStandardBase64(std::string_view bytes) {
    constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      static_cast<const unsigned char*>(static_cast<const void*>(bytes.data())), bytes.size(),
                      kVariant);
    text.pop_back();
    return text;
}

bool isParameterText(std::string_view text) {
    if (text.empty() || text.size() > kParameterBytesMax) return false;
    for (char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.';
        if (!plain) return false;
    }
    return true;
}

// Takes `prefix` off the front of `text`.
bool consume(std::string_view& text, std::string_view prefix) {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

bool consumeQuoted(std::string_view& text, std::string& value) {
    const auto end = text.find('"');
    if (end == std::string_view::npos) return false;
    value = std::string(text.substr(0, end));
    text.remove_prefix(end + 1);
    return isParameterText(value);
}

} // namespace

std::string contentDigest(std::string_view body) {
    return fmt::format("sha-256=:{}:", toStandardBase64(sha256(body)));
}

RequestSignature signRequest(const SignedRequest& request, const KeyPair& keys) {
    const auto parameters = parametersOf(request.device, request.nonce);
    const auto signature = sign(signatureBase(request, parameters), keys);
    return {"silta=" + parameters, fmt::format("silta=:{}:", toStandardBase64(signature))};
}

Result<SignatureParameters> parseSignatureInput(std::string_view header) {
    SignatureParameters parameters;
    const bool ok = consume(header, "silta=") && consume(header, kComponents) &&
                    consume(header, ";keyid=\"") && consumeQuoted(header, parameters.device) &&
                    consume(header, ";nonce=\"") && consumeQuoted(header, parameters.nonce) &&
                    header == ";alg=\"ed25519\"";
    if (!ok) return Error{Errc::Invalid, "read signature-input: not of the form this protocol uses"};
    return parameters;
}

Result<void> verifyRequest(const SignedRequest& request, const RequestSignature& signature,
                           std::string_view publicKey) {
    std::string_view text = signature.signature;
    if (!consume(text, "silta=:") || text.empty() || text.back() != ':')
        return Error{Errc::Invalid, "read signature: not of the form this protocol uses"};
    text.remove_suffix(1);
    std::string bytes(crypto_sign_BYTES, '\0');
    std::size_t n = 0;
    const char* end = nullptr;
    auto* target = static_cast<unsigned char*>(static_cast<void*>(bytes.data()));
    if (sodium_base642bin(target, bytes.size(), text.data(), text.size(), nullptr, &n, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        n != bytes.size() || end != text.data() + text.size())
        return Error{Errc::Invalid, "read signature: not base64 of 64 bytes"};
    const auto base = signatureBase(request, parametersOf(request.device, request.nonce));
    if (!verify(base, bytes, publicKey)) return Error{Errc::Denied, "verify request: wrong signature"};
    return {};
}

} // namespace silta
