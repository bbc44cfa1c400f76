// A certificate that a program makes for itself: browsers of the store trust it after a person has compared
// its fingerprint (trust on first use).
#pragma once

#include <silta/http.h>
#include <silta/time.h>

#include <string>
#include <vector>

namespace silta {

/// So long is one good: browsers of tablets take no longer ones, trusted by hand or not.
inline constexpr int kCertificateDays = 820;

/// ECDSA on P-256, signed with its own key. `names`: host names and addresses, the first is its subject.
/// Errors: Invalid (no name), Io (the machine has no random numbers, or GnuTLS refuses a name).
Result<HttpTls> makeCertificate(const std::vector<std::string>& names, UtcMs nowMs);

struct CertificateFacts {
    std::string fingerprint; ///< SHA-256, as browsers show it: "AB:CD:…"
    UtcMs untilMs = 0;
};
/// Of the first certificate of a PEM text. Errors: Invalid.
Result<CertificateFacts> readCertificate(const std::string& pem);

} // namespace silta
