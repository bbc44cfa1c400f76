#include "core/digits.h"
#include "core/log.h"

#include <silta/fd.h>
#include <silta/http.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace silta {

namespace {

constexpr std::size_t kTargetBytesMax = 4'096; // path and query; ours stay under 1 KiB
constexpr int kListenBacklog = SOMAXCONN;      // a region that comes back comes at once
constexpr std::size_t kQueryParametersMax = 16;

using SteadyClock = std::chrono::steady_clock;

/// One request while its body arrives. Owned by libmicrohttpd's per-request pointer.
struct Pending {
    std::string target;
    HttpRequest request;
    bool seenHeaders = false;
    bool tooLong = false;
    std::optional<SteadyClock::time_point> putOffAt;
};

/// The requests that were put off. Who holds an again() of one may outlive the server.
class Waiting {
public:
    /// Suspends the request until the function is called or all of them are woken. Empty: that has been, and
    /// the library must find nobody suspended when it stops.
    std::function<void()> suspend(const std::shared_ptr<Waiting>& self, MHD_Connection* connection) {
        const std::lock_guard lock(mutex_);
        if (hasEnded_) return {};
        MHD_suspend_connection(connection);
        const auto ticket = ++lastTicket_;
        connections_[ticket] = connection;
        return [self, ticket] { self->wake(ticket); };
    }
    /// From now on nothing is put off.
    void end() {
        const std::lock_guard lock(mutex_);
        hasEnded_ = true;
        for (const auto& [ticket, connection] : connections_)
            MHD_resume_connection(connection);
        connections_.clear();
    }

private:
    void wake(std::uint64_t ticket) {
        const std::lock_guard lock(mutex_);
        const auto entry = connections_.find(ticket);
        if (entry == connections_.end()) return;
        MHD_resume_connection(entry->second);
        connections_.erase(entry);
    }

    std::mutex mutex_; ///< guards what follows
    std::uint64_t lastTicket_ = 0;
    std::unordered_map<std::uint64_t, MHD_Connection*> connections_;
    bool hasEnded_ = false;
};

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

Result<int> listenOnUnixSocket(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) return Error{Errc::Limit, "listen: socket path too long"};
    std::memcpy(address.sun_path, path.data(), path.size());
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::unlink(path.c_str()); // what a crash left; a second instance is kept out by the journal's lock
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (fd.get() < 0 || ::bind(fd.get(), generic, sizeof address) != 0)
        return Error{Errc::Io, fmt::format("listen on {}: {}", path, std::strerror(errno))};
    ::chmod(path.c_str(), 0660);
    if (::listen(fd.get(), kListenBacklog) != 0) return Error{Errc::Io, "listen: refused by the system"};
    return fd.release();
}

Result<int> listenOnTcp(const std::string& address) {
    const auto colon = address.rfind(':');
    if (colon == std::string::npos) return Error{Errc::Invalid, "listen: expected ADDRESS:PORT"};
    auto host = address.substr(0, colon);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    // getaddrinfo takes 99999 for 34463.
    if (!parseNumber<std::uint16_t>(std::string_view(address).substr(colon + 1)))
        return Error{Errc::Invalid, fmt::format("listen: {} has no port", address)};
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto numeric = host == "localhost" ? std::string("127.0.0.1") : host;
    if (getaddrinfo(numeric.c_str(), address.c_str() + colon + 1, &hints, &found) != 0)
        return Error{Errc::Invalid, fmt::format("listen: {} is not a numeric address and port", address)};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> guard(found, freeaddrinfo);
    Fd fd(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (fd.get() < 0 || ::bind(fd.get(), found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(fd.get(), kListenBacklog) != 0)
        return Error{Errc::Io, fmt::format("listen on {}: {}", address, std::strerror(errno))};
    return fd.release();
}

int portOf(int fd) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    if (getsockname(fd, generic, &length) != 0) return 0;
    if (address.ss_family == AF_INET)
        return ntohs(static_cast<sockaddr_in*>(static_cast<void*>(&address))->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(static_cast<sockaddr_in6*>(static_cast<void*>(&address))->sin6_port);
    return 0;
}

/// A byte range of a file; `status` is 200, 206 or 416.
struct Range {
    int status = 200;
    std::uint64_t from = 0, to = 0; ///< half-open
};

// One range of the forms `bytes=a-` and `bytes=a-b` (RFC 9110, section 14.2); anything else gets the whole.
Range parseRange(std::string_view header, std::uint64_t size) {
    const Range whole{200, 0, size};
    constexpr std::string_view kUnit = "bytes=";
    if (header.substr(0, kUnit.size()) != kUnit) return whole;
    header.remove_prefix(kUnit.size());
    const auto dash = header.find('-');
    if (dash == std::string_view::npos || dash == 0) return whole;
    const auto first = header.substr(0, dash);
    const auto second = header.substr(dash + 1);
    const auto from = parseNumber<std::uint64_t>(first);
    const auto last =
        second.empty() ? std::max<std::uint64_t>(size, 1) - 1 : parseNumber<std::uint64_t>(second);
    if (!from || !last || (!second.empty() && *last < *from)) return whole;
    if (*from >= size) return {416, 0, 0};
    return {206, *from, std::min(*last, size - 1) + 1};
}

class MhdServer final : public HttpServer {
public:
    MhdServer(std::vector<Route> routes, const HttpLimits& limits, std::optional<HttpTls> tls)
        : routes_(std::move(routes)), limits_(limits), tls_(std::move(tls)) {}

    MhdServer(const MhdServer&) = delete;
    MhdServer& operator=(const MhdServer&) = delete;

    ~MhdServer() override {
        sweeper_.request_stop();
        wake_.notify_all();
        if (sweeper_.joinable()) sweeper_.join();
        waiting_->end(); // the library does not stop while a request is suspended
        if (daemon_ != nullptr) MHD_stop_daemon(daemon_);
    }

    Result<void> listen(const std::string& address) {
        constexpr std::string_view kUnix = "unix:";
        isUnix_ = address.substr(0, kUnix.size()) == kUnix;
        auto fd = isUnix_ ? listenOnUnixSocket(address.substr(kUnix.size())) : listenOnTcp(address);
        if (!fd) return fd.error();
        port_ = portOf(*fd);
        std::vector<MHD_OptionItem> options = {
            {MHD_OPTION_LISTEN_SOCKET, *fd, nullptr},
            {MHD_OPTION_CONNECTION_LIMIT, static_cast<intptr_t>(limits_.connections), nullptr},
            {MHD_OPTION_PER_IP_CONNECTION_LIMIT, static_cast<intptr_t>(limits_.connectionsPerAddress),
             nullptr},
            {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<intptr_t>(limits_.headerBytes), nullptr},
            {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<intptr_t>(limits_.idleSeconds), nullptr},
        };
        if (limits_.threads > 1)
            options.push_back({MHD_OPTION_THREAD_POOL_SIZE, static_cast<intptr_t>(limits_.threads), nullptr});
        unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD;
        if (std::ranges::any_of(routes_, &Route::mayPutOff)) flags |= MHD_ALLOW_SUSPEND_RESUME;
        if (tls_) {
            flags |= MHD_USE_TLS;
            options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, tls_->certificatePem.data()});
            options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, tls_->keyPem.data()});
        }
        options.push_back({MHD_OPTION_END, 0, nullptr});
        daemon_ = MHD_start_daemon(
            flags, 0, nullptr, nullptr, &MhdServer::onRequest, this, MHD_OPTION_ARRAY, options.data(),
            MHD_OPTION_URI_LOG_CALLBACK, &MhdServer::onTarget, this, MHD_OPTION_NOTIFY_COMPLETED,
            &MhdServer::onCompleted, this, MHD_OPTION_NOTIFY_CONNECTION, &MhdServer::onConnection, this,
            MHD_OPTION_EXTERNAL_LOGGER, &MhdServer::onLibraryLog, this, MHD_OPTION_END);
        if (daemon_ == nullptr) {
            ::close(*fd);
            return Error{Errc::Io, "listen: the http library did not start (certificate and key?)"};
        }
        sweeper_ = std::jthread([this](const std::stop_token& stop) { sweep(stop); });
        return {};
    }

    [[nodiscard]] int port() const override { return port_; }

private:
    // libmicrohttpd's own time-out counts idleness only; a client that sends a byte a second would live for
    // ever.
    void sweep(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            const auto oldest = SteadyClock::now() - std::chrono::seconds(limits_.totalSeconds);
            for (const auto& [fd, since] : connections_)
                if (since < oldest) ::shutdown(fd, SHUT_RDWR);
            wake_.wait_for(lock, std::chrono::seconds(1), [&stop] { return stop.stop_requested(); });
        }
    }

    static void onConnection(void* context, MHD_Connection* connection, void** /*unused*/,
                             MHD_ConnectionNotificationCode code) {
        auto& self = *static_cast<MhdServer*>(context);
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info == nullptr) return;
        const std::lock_guard lock(self.mutex_);
        if (code == MHD_CONNECTION_NOTIFY_STARTED) {
            self.connections_[info->connect_fd] = SteadyClock::now();
        } else {
            self.connections_.erase(info->connect_fd);
        }
    }

    static void onLibraryLog(void* /*unused*/, const char* /*format*/, va_list /*arguments*/) {
        // The library's messages can quote requests, and requests can hold customer data.
    }

    static void* onTarget(void* /*unused*/, const char* uri, MHD_Connection* /*unused*/) {
        auto pending = std::make_unique<Pending>();
        pending->tooLong = std::strlen(uri) > kTargetBytesMax;
        if (!pending->tooLong) pending->target = uri;
        return pending.release();
    }

    static void onCompleted(void* /*unused*/, MHD_Connection* /*unused*/, void** state,
                            MHD_RequestTerminationCode /*unused*/) {
        const std::unique_ptr<Pending> done(static_cast<Pending*>(std::exchange(*state, nullptr)));
    }

    static MHD_Result onRequest(void* context, MHD_Connection* connection, const char* path,
                                const char* method, const char* /*version*/, const char* data,
                                std::size_t* dataBytes, void** state) {
        auto& self = *static_cast<MhdServer*>(context);
        auto& pending = *static_cast<Pending*>(*state);
        if (!pending.seenHeaders) {
            pending.seenHeaders = true;
            const auto headerBytes = self.readHead(connection, pending.request, method, path);
            pending.request.target = pending.target;
            pending.request.refusal = self.refusalOf(pending, headerBytes);
            if (pending.request.refusal == 0) return MHD_YES;
            return self.reply(connection, pending, self.refuse(pending.request));
        }
        if (*dataBytes > 0) {
            if (pending.request.body.size() + *dataBytes > self.limits_.bodyBytes) {
                pending.tooLong = true;
                pending.request.body.clear();
            }
            if (!pending.tooLong) pending.request.body.append(data, *dataBytes);
            *dataBytes = 0;
            // A body that goes on and on is not read to its end.
            return pending.tooLong ? MHD_NO : MHD_YES;
        }
        return self.answer(connection, pending);
    }

    MHD_Result answer(MHD_Connection* connection, Pending& pending) {
        const auto now = SteadyClock::now();
        if (pending.putOffAt)
            pending.request.waitedMs =
                std::chrono::duration_cast<std::chrono::milliseconds>(now - *pending.putOffAt).count();
        const auto response = dispatch(pending.request);
        if (!response.putOff) return reply(connection, pending, response);
        if (!pending.putOffAt) pending.putOffAt = now;
        if (auto again = waiting_->suspend(waiting_, connection)) {
            response.putOff(std::move(again));
            return MHD_YES;
        }
        pending.request.isLast = true;
        const auto last = dispatch(pending.request);
        return reply(connection, pending, last.putOff ? httpError(503, "stopping") : last);
    }

    [[nodiscard]] int refusalOf(const Pending& pending, std::size_t headerBytes) const {
        if (pending.tooLong) return 414;
        // What the library holds of a connection must have room for the answer, too. From about half of it on
        // it refuses by itself, before anybody is asked: see D-056.
        if (headerBytes > limits_.headerBytes / 3) return 431;
        const auto length = pending.request.header("content-length");
        std::uint64_t announced = 0;
        std::from_chars(length.data(), length.data() + length.size(), announced);
        return announced > limits_.bodyBytes ? 413 : 0;
    }

    [[nodiscard]] HttpResponse refuse(const HttpRequest& request) const {
        for (const auto& route : routes_)
            if (route.path == "*" && route.method == "*") return route.handler(request);
        return httpError(request.refusal, request.refusal == 414   ? "address too long"
                                          : request.refusal == 413 ? "body too long"
                                                                   : "headers too long");
    }

    /// Returns the bytes of all headers' names and values.
    std::size_t readHead(MHD_Connection* connection, HttpRequest& request, const char* method,
                         const char* path) const {
        request.method = method;
        request.path = path;
        struct Headers {
            std::map<std::string, std::string>& all;
            std::size_t bytes = 0;
        } headers{request.headers};
        const auto onHeader = [](void* to, MHD_ValueKind, const char* key, const char* value) -> MHD_Result {
            auto& read = *static_cast<Headers*>(to);
            const std::string_view text = value != nullptr ? value : "";
            read.bytes += std::strlen(key) + text.size();
            read.all[lowerCase(key)] = text;
            return MHD_YES;
        };
        const auto onQuery = [](void* to, MHD_ValueKind, const char* key, const char* value) -> MHD_Result {
            auto& query = *static_cast<std::map<std::string, std::string>*>(to);
            query[key] = value != nullptr ? value : "";
            return query.size() < kQueryParametersMax ? MHD_YES : MHD_NO;
        };
        MHD_get_connection_values(connection, MHD_HEADER_KIND, onHeader, &headers);
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, onQuery, &request.query);
        readPeer(connection, request);
        return headers.bytes;
    }

    void readPeer(MHD_Connection* connection, HttpRequest& request) const {
        if (isUnix_) {
            const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
            ucred peer{};
            socklen_t length = sizeof peer;
            if (info != nullptr &&
                getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0) {
                request.peerUid = peer.uid;
                request.peer = fmt::format("uid:{}", peer.uid);
            }
            return;
        }
        const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        if (info == nullptr) return;
        std::array<char, INET6_ADDRSTRLEN> host{};
        const auto* generic = static_cast<const void*>(info->client_addr);
        const int family = info->client_addr->sa_family;
        const void* address =
            family == AF_INET
                ? static_cast<const void*>(&static_cast<const sockaddr_in*>(generic)->sin_addr)
                : static_cast<const void*>(&static_cast<const sockaddr_in6*>(generic)->sin6_addr);
        if (inet_ntop(family, address, host.data(), host.size()) != nullptr) request.peer = host.data();
    }

    /// Segment by segment; "*" stands for any one segment that is not empty.
    static bool matches(std::string_view pattern, std::string_view path) {
        if (pattern == "*") return true;
        while (!pattern.empty() && !path.empty()) {
            const auto patternEnd = std::min(pattern.find('/', 1), pattern.size());
            const auto pathEnd = std::min(path.find('/', 1), path.size());
            const auto expected = pattern.substr(0, patternEnd);
            const auto segment = path.substr(0, pathEnd);
            if (expected == "/*" ? segment.size() < 2 || segment.front() != '/' : expected != segment)
                return false;
            pattern.remove_prefix(patternEnd);
            path.remove_prefix(pathEnd);
        }
        return pattern.empty() && path.empty();
    }

    HttpResponse dispatch(const HttpRequest& request) const {
        std::string allowed;
        const auto method =
            request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
        for (const auto& route : routes_) {
            if (!matches(route.path, request.path)) continue;
            if (route.method == method || route.method == "*") return route.handler(request);
            allowed += (allowed.empty() ? "" : ", ") + route.method;
        }
        if (allowed.empty()) return httpError(404, "no such page");
        auto response = httpError(405, "method not allowed");
        response.headers.push_back({"Allow", allowed});
        return response;
    }

    MHD_Result reply(MHD_Connection* connection, const Pending& pending, HttpResponse response) const {
        int status = response.status;
        MHD_Response* raw = nullptr;
        std::string contentRange;
        if (!response.filePath.empty()) {
            Fd fd(::open(response.filePath.c_str(), O_RDONLY | O_CLOEXEC));
            struct stat info {};
            if (fd.get() < 0 || fstat(fd.get(), &info) != 0)
                return reply(connection, pending, httpError(404, "no such file"));
            const auto size = static_cast<std::uint64_t>(info.st_size);
            const auto range = parseRange(pending.request.header("range"), size);
            if (range.status == 416)
                return reply(connection, pending, httpError(416, "range not satisfiable"));
            status = range.status;
            if (status == 206) contentRange = fmt::format("bytes {}-{}/{}", range.from, range.to - 1, size);
            raw = MHD_create_response_from_fd_at_offset64(range.to - range.from, fd.release(), range.from);
        } else {
            auto body = std::make_unique<std::string>(std::move(response.body));
            raw = MHD_create_response_from_buffer_with_free_callback_cls(
                body->size(), body->data(),
                [](void* sent) { const std::unique_ptr<std::string> done(static_cast<std::string*>(sent)); },
                body.get());
            if (raw != nullptr) body.release(); // NOLINT(bugprone-unused-return-value): the response has it
        }
        if (raw == nullptr) return MHD_NO;
        const std::unique_ptr<MHD_Response, void (*)(MHD_Response*)> guard(raw, MHD_destroy_response);
        MHD_add_response_header(raw, "Content-Type", response.contentType.c_str());
        MHD_add_response_header(raw, "X-Content-Type-Options", "nosniff");
        if (!contentRange.empty()) MHD_add_response_header(raw, "Content-Range", contentRange.c_str());
        bool cacheStated = false;
        for (const auto& header : response.headers) {
            MHD_add_response_header(raw, header.name.c_str(), header.value.c_str());
            cacheStated = cacheStated || header.name == "Cache-Control";
        }
        if (!cacheStated) MHD_add_response_header(raw, "Cache-Control", "no-store");
        return MHD_queue_response(connection, static_cast<unsigned>(status), raw);
    }

    std::vector<Route> routes_;
    HttpLimits limits_;
    std::optional<HttpTls> tls_;
    bool isUnix_ = false;
    int port_ = 0;
    MHD_Daemon* daemon_ = nullptr;
    std::mutex mutex_; ///< guards connections_
    std::condition_variable_any wake_;
    std::unordered_map<int, SteadyClock::time_point>
        connections_; ///< open sockets and when they were accepted
    std::jthread sweeper_;
    const std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>(); ///< shared with again()
};

} // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const std::string& address, std::vector<Route> routes,
                                                      const HttpLimits& limits, std::optional<HttpTls> tls) {
    auto server = std::make_unique<MhdServer>(std::move(routes), limits, std::move(tls));
    if (auto done = server->listen(address); !done) return done.error();
    return std::unique_ptr<HttpServer>(std::move(server));
}

} // namespace silta
