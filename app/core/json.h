// JSON with limits: read by simdjson into values of nlohmann/json. This and json_view.h name them, nobody
// else.
#pragma once

#include <silta/result.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silta {

using Json = nlohmann::json;

/// Deeper documents are refused: nothing we exchange nests further.
inline constexpr int kJsonDepthMax = 16;

/// Longest text member in the messages of our own programs, where nothing else is said.
inline constexpr std::size_t kTextBytesMax = 512;

/// Errors: Invalid (syntax, not UTF-8, deeper than kJsonDepthMax), Limit (longer than `bytesMax`).
Result<Json> parseJson(std::string_view text, std::size_t bytesMax);

/// Compact text; bytes that are not UTF-8 are replaced.
std::string dumpJson(const Json& json);

/// The string member `key`, or nothing when it is absent, of another type, longer than `bytesMax`, or holds a
/// NUL, which one of the hub's stores can keep and the other cannot.
std::optional<std::string> textMember(const Json& object, const char* key,
                                      std::size_t bytesMax = kTextBytesMax);
std::optional<std::int64_t> integerMember(const Json& object, const char* key);
std::optional<double> numberMember(const Json& object, const char* key);
std::optional<bool> boolMember(const Json& object, const char* key);
/// The array or object member, or a null value when absent or of another type. The reference lives as
/// `object` does.
const Json& arrayMember(const Json& object, const char* key);
const Json& objectMember(const Json& object, const char* key);

} // namespace silta
