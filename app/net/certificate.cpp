#include "net/certificate.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>

#include <array>
#include <ctime>
#include <string_view>

namespace silta {

namespace {

constexpr std::int64_t kMsPerSecond = 1'000;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr unsigned kVersion = 3;
constexpr std::size_t kSerialBytes = 16;

template <class Handle, void (*Free)(Handle)>
class Owned {
public:
    Owned() = default;
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    ~Owned() {
        if (handle_ != nullptr) Free(handle_);
    }
    Handle* place() { return &handle_; }
    Handle get() const { return handle_; }

private:
    Handle handle_ = nullptr;
};
using Certificate = Owned<gnutls_x509_crt_t, gnutls_x509_crt_deinit>;
using PrivateKey = Owned<gnutls_x509_privkey_t, gnutls_x509_privkey_deinit>;

Error gnutlsError(const char* what, int code) {
    return {Errc::Io, std::string(what) + ": " + gnutls_strerror(code)};
}

std::string takeText(gnutls_datum_t& datum) {
    std::string text(static_cast<const char*>(static_cast<const void*>(datum.data)), datum.size);
    gnutls_free(datum.data);
    return text;
}

int addName(gnutls_x509_crt_t certificate, const std::string& name) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    const bool isV4 = inet_pton(AF_INET, name.c_str(), address.data()) == 1;
    if (isV4 || inet_pton(AF_INET6, name.c_str(), address.data()) == 1)
        return gnutls_x509_crt_set_subject_alt_name(
            certificate, GNUTLS_SAN_IPADDRESS, address.data(),
            static_cast<unsigned>(isV4 ? sizeof(in_addr) : sizeof(in6_addr)), GNUTLS_FSAN_APPEND);
    return gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, name.data(),
                                                static_cast<unsigned>(name.size()), GNUTLS_FSAN_APPEND);
}

/// The first code that is an error, or 0.
int describe(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, const std::vector<std::string>& names,
             std::time_t now) {
    std::array<unsigned char, kSerialBytes> serial{};
    int code = gnutls_rnd(GNUTLS_RND_NONCE, serial.data(), serial.size());
    serial[0] &= 0x7fU; // a positive number
    const auto& subject = names.front();
    const auto keep = [&code](int next) {
        if (code >= 0 && next < 0) code = next;
    };
    keep(gnutls_x509_crt_set_version(certificate, kVersion));
    keep(gnutls_x509_crt_set_serial(certificate, serial.data(), serial.size()));
    keep(gnutls_x509_crt_set_activation_time(certificate, now - kDaySeconds));
    keep(gnutls_x509_crt_set_expiration_time(certificate, now + (kCertificateDays - 1) * kDaySeconds));
    keep(gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, subject.data(),
                                       static_cast<unsigned>(subject.size())));
    keep(gnutls_x509_crt_set_key(certificate, key));
    keep(gnutls_x509_crt_set_basic_constraints(certificate, 0, -1));
    keep(gnutls_x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE));
    keep(gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
    for (const auto& name : names)
        keep(addName(certificate, name));
    keep(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
    return code < 0 ? code : 0;
}

} // namespace

Result<HttpTls> makeCertificate(const std::vector<std::string>& names, UtcMs nowMs) {
    if (names.empty() || names.front().empty()) return Error{Errc::Invalid, "make certificate: no name"};
    PrivateKey key;
    Certificate certificate;
    if (const int code = gnutls_x509_privkey_init(key.place()); code < 0)
        return gnutlsError("make certificate", code);
    if (const int code = gnutls_x509_crt_init(certificate.place()); code < 0)
        return gnutlsError("make certificate", code);
    if (const int code = gnutls_x509_privkey_generate(key.get(), GNUTLS_PK_ECDSA,
                                                      GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
        code < 0)
        return gnutlsError("make certificate", code);
    if (const int code =
            describe(certificate.get(), key.get(), names, static_cast<std::time_t>(nowMs / kMsPerSecond));
        code < 0)
        return gnutlsError("make certificate", code);
    gnutls_datum_t certificatePem{};
    if (const int code = gnutls_x509_crt_export2(certificate.get(), GNUTLS_X509_FMT_PEM, &certificatePem);
        code < 0)
        return gnutlsError("make certificate", code);
    HttpTls tls{takeText(certificatePem), {}};
    gnutls_datum_t keyPem{};
    if (const int code = gnutls_x509_privkey_export2_pkcs8(key.get(), GNUTLS_X509_FMT_PEM, nullptr,
                                                           GNUTLS_PKCS_PLAIN, &keyPem);
        code < 0)
        return gnutlsError("make certificate", code);
    tls.keyPem = takeText(keyPem);
    return tls;
}

Result<CertificateFacts> readCertificate(const std::string& pem) {
    Certificate certificate;
    if (const int code = gnutls_x509_crt_init(certificate.place()); code < 0)
        return gnutlsError("read certificate", code);
    std::string bytes = pem;
    const gnutls_datum_t datum{static_cast<unsigned char*>(static_cast<void*>(bytes.data())),
                               static_cast<unsigned>(bytes.size())};
    if (gnutls_x509_crt_import(certificate.get(), &datum, GNUTLS_X509_FMT_PEM) < 0)
        return Error{Errc::Invalid, "read certificate: not a certificate in PEM"};
    constexpr std::size_t kHashBytes = 32;
    std::array<unsigned char, kHashBytes> hash{};
    auto size = hash.size();
    if (const int code =
            gnutls_x509_crt_get_fingerprint(certificate.get(), GNUTLS_DIG_SHA256, hash.data(), &size);
        code < 0)
        return gnutlsError("read certificate", code);
    CertificateFacts facts;
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const auto byte : hash) {
        if (!facts.fingerprint.empty()) facts.fingerprint.push_back(':');
        facts.fingerprint.push_back(kHex[byte >> 4U]);
        facts.fingerprint.push_back(kHex[byte & 15U]);
    }
    facts.untilMs = gnutls_x509_crt_get_expiration_time(certificate.get()) * kMsPerSecond;
    return facts;
}

} // namespace silta
