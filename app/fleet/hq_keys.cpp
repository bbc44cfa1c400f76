#include "fleet/hq_keys.h"

#include "core/durable_file.h"
#include "core/json.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>

namespace silta {

namespace {

constexpr std::size_t kFileBytesMax = 4'096;
constexpr std::size_t kPublicBytes = 32;
constexpr std::size_t kSignSecretBytes = 64;
constexpr std::size_t kSealSecretBytes = 32;

struct Field {
    const char* name;
    std::size_t bytes;
    std::string& (*member)(HqKeys&);
};

constexpr std::array<Field, 4> kFields = {{
    {"signPublic", kPublicBytes, [](HqKeys& k) -> std::string& { return k.sign.publicKey; }},
    {"signSecret", kSignSecretBytes, [](HqKeys& k) -> std::string& { return k.sign.secretKey; }},
    {"sealPublic", kPublicBytes, [](HqKeys& k) -> std::string& { return k.seal.publicKey; }},
    {"sealSecret", kSealSecretBytes, [](HqKeys& k) -> std::string& { return k.seal.secretKey; }},
}};

} // namespace

Result<HqKeys> makeHqKeys(const std::string& path) {
    if (::access(path.c_str(), F_OK) == 0)
        return Error{Errc::Conflict, "make keys of headquarters: the file is there already"};
    HqKeys keys{makeSigningKeys(), makeSealingKeys()};
    Json json;
    for (const auto& field : kFields)
        json[field.name] = toBase64(field.member(keys));
    if (auto done = replaceFile(path, dumpJson(json), 0600); !done) return done.error();
    return keys;
}

Result<HqKeys> loadHqKeys(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return Error{Errc::NotFound, "read keys of headquarters: there is no such file"};
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Error{Errc::Denied, "read keys of headquarters: others may read the file; expected mode 0600"};
    auto text = readFile(path);
    if (!text) return text.error();
    const auto json = parseJson(*text, kFileBytesMax);
    if (!json) return Error{Errc::Corrupt, "read keys of headquarters: not json"};
    HqKeys keys;
    for (const auto& field : kFields) {
        auto bytes = fromBase64(textMember(*json, field.name).value_or(""));
        if (!bytes || bytes->size() != field.bytes)
            return Error{Errc::Corrupt, "read keys of headquarters: a key is damaged"};
        field.member(keys) = std::move(*bytes);
    }
    return keys;
}

HqPublic publicHalves(const HqKeys& keys) {
    return {keys.sign.publicKey, keys.seal.publicKey};
}

std::string toText(const HqPublic& keys) {
    return dumpJson({{"sign", toBase64(keys.sign)}, {"seal", toBase64(keys.seal)}});
}

Result<HqPublic> parseHqPublic(std::string_view text) {
    const auto json = parseJson(text, kHqTextBytesMax);
    if (!json) return json.error();
    auto sign = fromBase64(textMember(*json, "sign").value_or(""));
    auto seal = fromBase64(textMember(*json, "seal").value_or(""));
    if (!sign || sign->size() != kPublicBytes || !seal || seal->size() != kPublicBytes)
        return Error{Errc::Invalid, "read keys of headquarters: a member is missing or malformed"};
    return HqPublic{std::move(*sign), std::move(*seal)};
}

std::string hqPublicToSign(std::string_view text) {
    return "silta-hq:" + std::string(text);
}

std::string hqNextToSign(std::string_view text) {
    return "silta-hq-next:" + std::string(text);
}

HqPublic followHq(HqPublic known, const std::vector<SignedText>& successors) {
    for (const auto& next : successors) {
        if (!verify(hqNextToSign(next.text), next.signature, known.sign)) continue;
        if (auto keys = parseHqPublic(next.text)) known = std::move(*keys);
    }
    return known;
}

} // namespace silta
