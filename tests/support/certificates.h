// Certificates of the tests' own.
#pragma once

#include <silta/http.h>
#include <silta/time.h>

namespace silta::test {

/// A self-signed certificate for 127.0.0.1, valid in [fromMs, toMs].
HttpTls makeCertificate(UtcMs fromMs, UtcMs toMs);

} // namespace silta::test
