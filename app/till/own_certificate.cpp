#include "till/own_certificate.h"

#include "core/durable_file.h"
#include "core/log.h"
#include "net/certificate.h"

#include <algorithm>
#include <filesystem>

namespace silta::till {

namespace {

constexpr UtcMs kMonthMs = UtcMs{30} * 24 * 3'600 * 1'000;
// A device whose clock has been lost knows at least that it is not earlier than this program.
constexpr UtcMs kEarliestMs = 1'793'491'200'000; // 2026-11-01
constexpr unsigned kSecret = 0600;
constexpr unsigned kPublic = 0644;

Result<HttpTls> readBoth(const std::string& certificatePath, const std::string& keyPath) {
    auto certificate = readFile(certificatePath);
    if (!certificate) return certificate.error();
    auto key = readFile(keyPath);
    if (!key) return key.error();
    return HttpTls{std::move(*certificate), std::move(*key)};
}

} // namespace

std::vector<std::string> certificateNames(const TillConfig& config) {
    if (!config.names.empty()) return config.names;
    std::vector<std::string> names;
    for (const auto& address : config.listen) {
        auto host = address.substr(0, address.rfind(':'));
        std::erase_if(host, [](char c) { return c == '[' || c == ']'; });
        if (std::ranges::find(names, host) == names.end()) names.push_back(std::move(host));
    }
    return names;
}

Result<HttpTls> loadOrMakeCertificate(const TillConfig& config, const Clock& clock) {
    if (!config.certificateFile.empty()) return readBoth(config.certificateFile, config.keyFile);
    const auto certificatePath = config.stateFolder + "/certificate.pem";
    const auto keyPath = config.stateFolder + "/key.pem";
    const auto now = std::max(clock.nowMs(), kEarliestMs);
    if (auto kept = readBoth(certificatePath, keyPath)) {
        const auto facts = readCertificate(kept->certificatePem);
        if (facts && facts->untilMs - now > kMonthMs) return kept;
    }
    std::error_code error;
    std::filesystem::create_directories(config.stateFolder, error);
    auto made = makeCertificate(certificateNames(config), now);
    if (!made) return made;
    // The key first: a certificate without its key would be served to nobody.
    if (auto done = replaceFile(keyPath, made->keyPem, kSecret); !done) return done.error();
    if (auto done = replaceFile(certificatePath, made->certificatePem, kPublic); !done) return done.error();
    log::info("till", "a certificate of our own was made");
    return made;
}

} // namespace silta::till
