// Certificates of the tests' own.
#pragma once

#include <silta/http.h>
#include <silta/time.h>

#include <string>

namespace silta::test {

/// A self-signed certificate, valid in [fromMs, toMs]. `names` are as OpenSSL writes them:
/// "DNS:a.example,IP:::1".
HttpTls makeCertificate(UtcMs fromMs, UtcMs toMs, const std::string& names = "IP:127.0.0.1");
/// One that `issuer` has signed, and the issuer's behind it.
HttpTls makeCertificate(UtcMs fromMs, UtcMs toMs, const std::string& names, const HttpTls& issuer);

} // namespace silta::test
