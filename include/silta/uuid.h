// Uuid: a UUID version 7, the idempotency key of everything a device makes.
#pragma once

#include <silta/hlc.h>
#include <silta/random.h>
#include <silta/result.h>
#include <silta/time.h>

#include <string>
#include <string_view>

namespace silta {

/// A new UUIDv7 in its canonical lower-case text form (36 characters). Source: RFC 9562, section 5.7.
std::string makeUuid(const Clock& clock, Random& random);
/// The same at a moment of the stamp's, with its counter in place of the first random bits: what one device
/// makes sorts as it was made, within a millisecond and over a clock that was put back. After 4,095 in one
/// millisecond the order is random. Source: RFC 9562, section 6.2, method 1.
std::string makeUuid(Hlc stamp, Random& random);

/// True for the canonical lower-case text form of any UUID.
bool isUuid(std::string_view text);

} // namespace silta
