// Uuid: a UUID version 7, the idempotency key of everything a device makes.
#pragma once

#include <silta/random.h>
#include <silta/result.h>
#include <silta/time.h>

#include <string>
#include <string_view>

namespace silta {

/// A new UUIDv7 in its canonical lower-case text form (36 characters). Source: RFC 9562, section 5.7.
std::string makeUuid(const Clock& clock, Random& random);

/// True for the canonical lower-case text form of any UUID.
bool isUuid(std::string_view text);

} // namespace silta
