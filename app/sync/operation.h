// Operation: one thing that a person did on a device, as it travels to the hub.
#pragma once

#include "core/json.h"

#include <silta/hlc.h>
#include <silta/random.h>
#include <silta/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace silta {

/// A sign-up with all its consents is under 4 KiB; the rest is headroom for later versions.
inline constexpr std::size_t kOperationBytesMax = 16'384;
inline constexpr std::size_t kOperationNameBytesMax = 100;

/// Thread: a value.
struct Operation {
    std::string id;     ///< UUIDv7: the idempotency key for good
    std::string device; ///< who made it
    std::string incarnation;
    std::int64_t seq = 0; ///< dense per (device, incarnation), from 1; order and gaps only
    Hlc hlc;
    std::string entity;    ///< "wishlist/<uuid>", "member/<uuid>"
    std::string type;      ///< "wishlist.add"
    int version = 1;       ///< of the schema of `data`
    std::string dependsOn; ///< id of an operation without which this one means nothing; mostly empty
    Json data;
};

/// One NDJSON line without its newline.
std::string toLine(const Operation& operation);
/// The same without device, incarnation and seq, which a waiting operation may get anew.
std::string toWaitingLine(const Operation& operation);
/// Completes what toWaitingLine() gave.
std::string completeLine(std::string_view waiting, std::string_view device, std::string_view incarnation,
                         std::int64_t seq);
/// Errors: Invalid (a member is missing, malformed or too long), Limit (the line is too long).
Result<Operation> parseOperation(std::string_view line);

/// A name that no other numbering has had.
std::string makeIncarnation(Random& random);

/// 16 hex digits, which sort as the clock does.
std::string toText(Hlc hlc);
Result<Hlc> parseHlc(std::string_view text);

} // namespace silta
