// HTTP as Silta speaks it: one server (libmicrohttpd) and one client (libcurl), over TCP or a Unix socket.
#pragma once

#include <silta/result.h>

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace silta {

struct HttpHeader {
    std::string name; ///< as sent by us; lower case in requests received
    std::string value;
};

struct HttpRequest {
    std::string method;                         ///< "GET", "POST", …
    std::string path;                           ///< decoded, begins with '/'
    std::string target;                         ///< path and query as they came, for signatures
    std::map<std::string, std::string> query;   ///< decoded
    std::map<std::string, std::string> headers; ///< lower-case names
    std::string body;
    std::string peer;                     ///< address in text, or "uid:1000" on a Unix socket
    std::optional<std::uint32_t> peerUid; ///< on a Unix socket
    std::int64_t waitedMs = 0;            ///< since its handler first put it off
    bool isLast = false;                  ///< the server ends: it cannot be put off again
    /// The status by which the server refuses it: 413, 414, 431, of what is too long; then the body is empty,
    /// and of the target there is what was short enough. 0 = it is to be answered.
    int refusal = 0;
    [[nodiscard]] std::string_view header(const std::string& lowerCaseName) const;
};

struct HttpResponse {
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::vector<HttpHeader> headers;
    std::string filePath; ///< when set, this file is sent instead of `body`, honouring Range
    /// When set, there is no answer yet: it is called with a function that, called once on any thread, has
    /// the handler called again. Until then the request keeps a connection and no thread. When the
    /// server ends meanwhile it is called again at once, with `isLast`; whoever waited before may be cut off.
    std::function<void(std::function<void()> again)> putOff = {};
};

/// No defaults: each server states its own, with the reason beside them.
struct HttpLimits {
    unsigned connections;
    unsigned connectionsPerAddress;
    std::size_t headerBytes;
    std::size_t bodyBytes;
    unsigned idleSeconds;
    unsigned totalSeconds; ///< from accept to the end of the last answer
    unsigned threads;      ///< handlers run on these; each may be called at the same time as the others
};

struct HttpTls {
    std::string certificatePem, keyPem; ///< contents, not paths
};

/// Routes match method and path exactly; a segment "*" of a route's path matches any one segment. The path
/// "*" is any path, the method "*" any method: of a server that answers whatever it is asked, its own
/// refusals included. Others refuse in JSON.
class HttpServer {
public:
    using Handler = std::function<HttpResponse(const HttpRequest&)>;
    struct Route {
        std::string method, path;
        Handler handler; ///< called on a server thread; must not block
        bool mayPutOff = false;
    };

    /// Errors: Io (address in use), Invalid (address), Denied.
    /// `address` is "127.0.0.1:8080", "[::1]:0" or "unix:/run/silta/kiosk.sock"; a socket file gets mode
    /// 0660.
    static Result<std::unique_ptr<HttpServer>> start(const std::string& address, std::vector<Route> routes,
                                                     const HttpLimits& limits, std::optional<HttpTls> tls);
    virtual ~HttpServer() = default;
    /// The port in use; 0 on a Unix socket.
    [[nodiscard]] virtual int port() const = 0;
};

HttpResponse httpError(int status, std::string_view words);

struct HttpCall {
    std::string method = "GET";
    std::string url;        ///< https://…, or http://… for a loopback host or a Unix socket
    std::string unixSocket; ///< path; empty = TCP
    std::vector<HttpHeader> headers;
    std::string body;
    long timeoutMs = 10'000;
    std::stop_token stop{}; ///< asked for: the call ends at once (Unavailable)
    std::size_t responseBytesMax = 8u << 20;
    std::string caFile;          ///< PEM bundle to trust instead of the system's; empty = system's
    std::int64_t verifyAtMs = 0; ///< certificates must be valid at this moment; 0 = at the machine's time
    /// With verifyAtMs, and only from whoever doubts that moment: certificates that begin later are judged at
    /// the moment at which the last of them begins. Nothing else is forgiven: who vouches for them, for whom
    /// they are, and that all of them are valid then.
    bool takesLater = false;
    /// Takes whatever certificate comes: for an answer that is signed by itself and asked for with a nonce,
    /// and nothing else.
    bool isAnswerSigned = false;
    std::string downloadTo;      ///< append the body to this file instead of returning it
    std::int64_t resumeFrom = 0; ///< with downloadTo: ask for the bytes from here on
};

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers; ///< lower-case names
    std::string body;
    [[nodiscard]] std::string_view header(const std::string& lowerCaseName) const;
};

/// Carries requests. Thread: as the implementation says.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;
    /// A reply of any status is a value. Errors: Unavailable (no connection, time-out, cut body, TLS), Limit,
    /// Denied (plain http to a host that is not this machine).
    virtual Result<HttpReply> send(const HttpCall& call) = 0;
    /// Starts `call`, which uses send(), beside the caller; who waits for its end before another use of this
    /// transport. Here in a thread of its own. The result waits for it when it is dropped.
    virtual std::future<Result<HttpReply>> begin(std::function<Result<HttpReply>()> call);
};

/// libcurl with one connection cache. Thread: one at a time.
std::unique_ptr<HttpTransport> makeCurlTransport();

} // namespace silta
