#include "support/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace silta::test {

namespace {

std::string textOf(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

HttpTls make(UtcMs fromMs, UtcMs toMs, const std::string& names, const HttpTls* issuer) {
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate(X509_new(), X509_free);
    auto* x = certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    ASN1_TIME_set(X509_getm_notBefore(x), fromMs / 1000);
    ASN1_TIME_set(X509_getm_notAfter(x), toMs / 1000);
    X509_set_pubkey(x, key.get());
    auto* name = X509_get_subject_name(x);
    const std::string title = issuer == nullptr ? "Silta's tests" : "A hub of Silta's tests";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(title.c_str()), -1, -1, 0);
    Key issuerKey(nullptr, EVP_PKEY_free);
    Certificate issuerCertificate(nullptr, X509_free);
    if (issuer != nullptr) {
        const Memory pem(BIO_new_mem_buf(issuer->certificatePem.c_str(), -1), BIO_free);
        const Memory secret(BIO_new_mem_buf(issuer->keyPem.c_str(), -1), BIO_free);
        issuerCertificate.reset(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
        issuerKey.reset(PEM_read_bio_PrivateKey(secret.get(), nullptr, nullptr, nullptr));
    }
    X509_set_issuer_name(x, issuer == nullptr ? name : X509_get_subject_name(issuerCertificate.get()));
    for (const auto& [kind, value] :
         {std::pair{NID_subject_alt_name, names.c_str()},
          std::pair{NID_basic_constraints, issuer == nullptr ? "CA:TRUE" : "CA:FALSE"}}) {
        auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
        X509_add_ext(x, extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(x, issuer == nullptr ? key.get() : issuerKey.get(), EVP_sha256());
    const Memory pem(BIO_new(BIO_s_mem()), BIO_free);
    const Memory secret(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(pem.get(), x);
    PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {textOf(pem.get()) + (issuer == nullptr ? "" : issuer->certificatePem), textOf(secret.get())};
}

} // namespace

HttpTls makeCertificate(UtcMs fromMs, UtcMs toMs, const std::string& names) {
    return make(fromMs, toMs, names, nullptr);
}

HttpTls makeCertificate(UtcMs fromMs, UtcMs toMs, const std::string& names, const HttpTls& issuer) {
    return make(fromMs, toMs, names, &issuer);
}

} // namespace silta::test
