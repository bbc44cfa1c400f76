#include "till/pos_keys.h"

#include "core/durable_file.h"
#include "core/sha256_hex.h"
#include "shopper/sale.h"
#include "web/form_body.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <algorithm>

namespace silta::till {

namespace {

constexpr std::size_t kFileBytesMax = 16 * 1024;
constexpr std::size_t kPosKeyBytes = 32;
constexpr std::string_view kScheme = "Bearer ";

bool isPosName(std::string_view name) {
    return !name.empty() && name.size() <= kRegisterBytesMax && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

Result<PosKeys> PosKeys::parse(std::string_view text) {
    PosKeys keys;
    std::istringstream lines{std::string(text)};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto space = line.find(' ');
        const auto name = line.substr(0, space);
        const auto hash = space == std::string::npos ? std::string() : line.substr(space + 1);
        if (!isPosName(name) || !isSha256Hex(hash))
            return Error{Errc::Invalid,
                         fmt::format("read keys of POS: line {}: expected NAME SHA256", number)};
        if (keys.keys_.size() == kPosKeysMax) return Error{Errc::Limit, "read keys of POS: too many"};
        keys.keys_.emplace_back(name, hash);
    }
    return keys;
}

Result<PosKeys> PosKeys::load(const std::string& path) {
    const auto text = readFile(path, kFileBytesMax);
    if (!text) return text.error();
    return parse(*text);
}

std::string PosKeys::posOf(std::string_view authorization) const {
    const bool isBearer = authorization.starts_with(kScheme);
    const auto hash = sha256Hex(isBearer ? authorization.substr(kScheme.size()) : std::string_view());
    std::string found;
    for (const auto& [name, known] : keys_)
        if (sameBytes(hash, known) && isBearer) found = name;
    return found;
}

Result<NewPosKey> makePosKey(const std::string& name, Random& random) {
    if (!isPosName(name))
        return Error{Errc::Invalid, "make key of POS: a name is 1 to 32 letters, digits and hyphens"};
    NewPosKey made;
    made.key = random.hex(kPosKeyBytes);
    made.line = name + ' ' + sha256Hex(made.key);
    return made;
}

} // namespace silta::till
