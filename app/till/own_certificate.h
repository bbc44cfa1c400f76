// The certificate that the till shows to browsers: the chain's, or one of its own that is made at the first
// start and kept.
#pragma once

#include "till/config.h"

#include <silta/http.h>
#include <silta/time.h>

namespace silta::till {

/// The names that our own certificate is for.
std::vector<std::string> certificateNames(const TillConfig& config);
/// Reads it; makes our own, `certificate.pem` and `key.pem` (0600) in the state folder, when there is none or
/// when it ends within a month. Errors: NotFound (the chain's file), Invalid, Io, Full.
Result<HttpTls> loadOrMakeCertificate(const TillConfig& config, const Clock& clock);

} // namespace silta::till
