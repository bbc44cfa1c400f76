// How staff sign in at a till or a kiosk: the same badge, PIN, locks and record.
#pragma once

#include "edge/engine.h"
#include "edge/rate.h"

#include <silta/http.h>

#include <cstddef>

namespace silta {

/// {"id", "name", "role"}
Json staffJson(const Staff& staff);
/// 200 with staffJson(); 403 "wrong" with triesLeft; 423 "locked" with seconds; 429 beyond `rate`. Takes tens
/// of milliseconds.
HttpResponse staffSignInReply(Engine& engine, RatePerMinute& rate, const HttpRequest& request,
                              std::size_t bodyBytesMax);
/// Writes down that they signed out, or were signed out by the clock.
HttpResponse staffEventReply(Engine& engine, const HttpRequest& request, std::size_t bodyBytesMax);

} // namespace silta
