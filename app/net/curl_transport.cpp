#include "net/loopback.h"

#include <silta/http.h>

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <mutex>

namespace silta {

namespace {

constexpr long kConnectTimeoutMs = 5'000; // a store's uplink that takes longer is as good as down
constexpr std::size_t kHeaderBytesMax = 16'384;
constexpr long kStallBytesPerSecond = 100; // a download slower than this for
constexpr long kStallSeconds = 30;         // this long is given up; it resumes later

struct CurlDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
    void operator()(std::FILE* file) const { std::fclose(file); }
};
struct CloseMulti {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};

struct Exchange {
    const HttpCall* call = nullptr;
    CURL* curl = nullptr;
    std::FILE* file = nullptr; ///< where a download goes
    HttpReply reply;
    std::size_t received = 0;
    std::size_t headerBytes = 0;
    bool tooLong = false;
    bool toFile = false;
    bool bodyStarted = false;

    bool beginBody() {
        bodyStarted = true;
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        toFile = file != nullptr && (status == 200 || status == 206);
        // A server that ignores Range sends everything again.
        if (toFile && status == 200 && call->resumeFrom > 0)
            return std::fflush(file) == 0 && ftruncate(fileno(file), 0) == 0;
        return true;
    }
};

std::size_t onBody(char* data, std::size_t size, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const auto bytes = size * count;
    if (!exchange.bodyStarted && !exchange.beginBody()) return 0;
    exchange.received += bytes;
    if (exchange.received > exchange.call->responseBytesMax) {
        exchange.tooLong = true;
        return 0;
    }
    if (exchange.toFile) return std::fwrite(data, 1, bytes, exchange.file);
    exchange.reply.body.append(data, bytes);
    return bytes;
}

std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* context) {
    auto& exchange = *static_cast<Exchange*>(context);
    const auto bytes = size * count;
    exchange.headerBytes += bytes;
    if (exchange.headerBytes > kHeaderBytesMax) {
        exchange.tooLong = true;
        return 0;
    }
    const std::string_view line(data, bytes);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return bytes;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    auto value = line.substr(colon + 1);
    const auto first = value.find_first_not_of(" \t");
    const auto last = value.find_last_not_of(" \t\r\n");
    value = first == std::string_view::npos ? std::string_view{} : value.substr(first, last - first + 1);
    exchange.reply.headers[name] = std::string(value);
    return bytes;
}

// Plain http is for this machine only; anything that leaves it is encrypted.
Result<void> checkUrl(const std::string& text) {
    const std::unique_ptr<CURLU, CurlDeleter> url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        return Error{Errc::Invalid, "call: the address cannot be read"};
    char* part = nullptr;
    curl_url_get(url.get(), CURLUPART_SCHEME, &part, 0);
    const std::string scheme = part != nullptr ? part : "";
    curl_free(part);
    part = nullptr;
    curl_url_get(url.get(), CURLUPART_HOST, &part, 0);
    const std::string host = part != nullptr ? part : "";
    curl_free(part);
    if (scheme == "https") return {};
    if (scheme == "http" && isLoopbackHost(host)) return {};
    return Error{Errc::Denied, "call: only https leaves this machine"};
}

/// Verifies as always, but at the moment at which the last certificate of the chain begins, where that is
/// later.
int verifyLater(X509_STORE_CTX* verification, void* context) {
    auto at = static_cast<std::time_t>(static_cast<const Exchange*>(context)->call->verifyAtMs / 1000);
    const auto* chain = X509_STORE_CTX_get0_untrusted(verification); // all that was sent
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        std::tm begins{};
        if (ASN1_TIME_to_tm(X509_get0_notBefore(sk_X509_value(chain, i)), &begins) == 1)
            at = std::max(at, timegm(&begins));
    }
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(verification), at);
    return X509_verify_cert(verification);
}

/// The machine's clock may be years off; the caller knows better, or knows that it does not.
CURLcode verifyAt(CURL*, void* context, void* exchange) {
    auto* tls = static_cast<SSL_CTX*>(context);
    const auto& call = *static_cast<const Exchange*>(exchange)->call;
    if (call.takesLater)
        SSL_CTX_set_cert_verify_callback(tls, verifyLater, exchange);
    else
        X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(tls), call.verifyAtMs / 1000);
    return CURLE_OK;
}

class CurlTransport final : public HttpTransport {
public:
    CurlTransport() : multi_(curl_multi_init()), curl_(curl_easy_init()) {}

    Result<HttpReply> send(const HttpCall& call) override {
        if (!multi_ || !curl_) return Error{Errc::Internal, "call: libcurl did not start"};
        if (call.unixSocket.empty())
            if (auto allowed = checkUrl(call.url); !allowed) return allowed.error();
        curl_easy_reset(curl_.get());
        Exchange exchange;
        exchange.call = &call;
        exchange.curl = curl_.get();
        std::unique_ptr<std::FILE, CurlDeleter> file;
        if (!call.downloadTo.empty()) {
            file.reset(std::fopen(call.downloadTo.c_str(), call.resumeFrom > 0 ? "ab" : "wb"));
            if (!file) return Error{Errc::Io, "call: cannot open the file to download to"};
            exchange.file = file.get();
        }
        const auto headers = applyOptions(call, exchange);
        const auto rc = perform(call.stop);
        if (file && std::fflush(file.get()) != 0) return Error{Errc::Full, "call: cannot write the download"};
        if (exchange.tooLong) return Error{Errc::Limit, "call: the reply is too long"};
        if (rc == CURLE_WRITE_ERROR && exchange.toFile)
            return Error{Errc::Full, "call: cannot write the download"};
        if (rc != CURLE_OK) return Error{Errc::Unavailable, fmt::format("call: {}", curl_easy_strerror(rc))};
        long status = 0;
        curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
        exchange.reply.status = static_cast<int>(status);
        return std::move(exchange.reply);
    }

private:
    /// Ends at once when it is told to, also while nothing moves.
    CURLcode perform(const std::stop_token& stop) {
        constexpr int kPollMs = 1'000;
        auto* multi = multi_.get();
        if (curl_multi_add_handle(multi, curl_.get()) != CURLM_OK) return CURLE_FAILED_INIT;
        const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
        auto rc = CURLE_ABORTED_BY_CALLBACK;
        for (int running = 1; !stop.stop_requested();) {
            if (curl_multi_perform(multi, &running) != CURLM_OK) break;
            int left = 0;
            if (const auto* message = curl_multi_info_read(multi, &left); message != nullptr) {
                rc = message->data.result;
                break;
            }
            if (curl_multi_poll(multi, nullptr, 0, kPollMs, nullptr) != CURLM_OK) break;
        }
        curl_multi_remove_handle(multi, curl_.get());
        return rc;
    }

    std::unique_ptr<curl_slist, CurlDeleter> applyOptions(const HttpCall& call, Exchange& exchange) {
        CURL* curl = curl_.get();
        curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, call.timeoutMs);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "silta/1");
        if (!call.unixSocket.empty())
            curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, call.unixSocket.c_str());
        if (!call.caFile.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, call.caFile.c_str());
        if (call.verifyAtMs > 0) {
            curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, verifyAt);
            curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, static_cast<void*>(&exchange));
        }
        if (call.isAnswerSigned) {
            curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
            curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
        }
        if (call.isAnswerSigned || call.takesLater) {
            // Nothing else is said on a connection, or in a session, that was judged less strictly.
            curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
            curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
            curl_easy_setopt(curl, CURLOPT_SSL_SESSIONID_CACHE, 0L);
        }
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onBody);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
        curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, onHeader);
        curl_easy_setopt(curl, CURLOPT_HEADERDATA, &exchange);
        if (call.method == "POST") {
            curl_easy_setopt(curl, CURLOPT_POST, 1L);
            curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
        } else if (call.method != "GET") {
            curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
        }
        if (!call.downloadTo.empty()) {
            // Not RESUME_FROM, which fails when a server answers 200 with the whole.
            if (call.resumeFrom > 0)
                curl_easy_setopt(curl, CURLOPT_RANGE, fmt::format("{}-", call.resumeFrom).c_str());
            curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kStallBytesPerSecond);
            curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kStallSeconds);
        }
        curl_slist* list = curl_slist_append(nullptr, "Expect:"); // no 100-continue round trip
        for (const auto& header : call.headers)
            list = curl_slist_append(list, fmt::format("{}: {}", header.name, header.value).c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
        return std::unique_ptr<curl_slist, CurlDeleter>(list);
    }

    std::unique_ptr<CURLM, CloseMulti> multi_; ///< keeps the connections
    std::unique_ptr<CURL, CurlDeleter> curl_;
};

} // namespace

std::unique_ptr<HttpTransport> makeCurlTransport() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    return std::make_unique<CurlTransport>();
}

} // namespace silta
