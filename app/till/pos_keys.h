// Which POS may tell of sales: a file with their names and the hashes of their keys. Nobody who reads it can
// tell of any.
#pragma once

#include <silta/random.h>
#include <silta/result.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silta::till {

inline constexpr std::size_t kPosKeysMax = 64; ///< of a large store, twice over

/// Thread: any after it was loaded.
class PosKeys {
public:
    PosKeys() = default; ///< nobody
    /// Lines of a name (letters, digits, hyphens; at most 32) and the SHA-256 of its key in hexadecimal; what
    /// begins with '#' is passed over. Errors: NotFound, Invalid (names the line), Limit.
    static Result<PosKeys> load(const std::string& path);
    static Result<PosKeys> parse(std::string_view text);

    /// The POS of an Authorization header, "Bearer KEY"; empty: nobody's. Takes as long whoever it is.
    [[nodiscard]] std::string posOf(std::string_view authorization) const;

private:
    std::vector<std::pair<std::string, std::string>> keys_; ///< name, hash
};

struct NewPosKey {
    std::string key;  ///< 256 bits; for the POS, and nobody else
    std::string line; ///< for the file
};
/// Errors: Invalid (the name).
Result<NewPosKey> makePosKey(const std::string& name, Random& random);

} // namespace silta::till
