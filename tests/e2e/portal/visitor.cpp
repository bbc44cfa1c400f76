#include "e2e/portal/visitor.h"

#include <array>
#include <charconv>
#include <vector>

namespace silta::test {

namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

Page parsed(const std::string& bytes) {
    Page page;
    const auto end = bytes.find(kHeadEnd);
    if (!bytes.starts_with("HTTP/1.") || end == std::string::npos) return page;
    std::from_chars(bytes.data() + 9, bytes.data() + 12, page.status);
    for (auto at = bytes.find("\r\n") + 2; at < end + 2;) {
        const auto line = std::string_view(bytes).substr(at, bytes.find("\r\n", at) - at);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos)
            page.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
        at += line.size() + 2;
    }
    page.body = bytes.substr(end + kHeadEnd.size());
    page.bytes = bytes;
    return page;
}

/// Bytes of a whole answer; 0 while its head is not there.
std::size_t sizeOf(const std::string& bytes, bool hasBody) {
    const auto end = bytes.find(kHeadEnd);
    if (end == std::string::npos) return 0;
    std::size_t length = 0;
    const auto text = parsed(bytes.substr(0, end + kHeadEnd.size())).header("content-length");
    std::from_chars(text.data(), text.data() + text.size(), length);
    return end + kHeadEnd.size() + (hasBody ? length : 0);
}

} // namespace

void sendText(const Fd& fd, std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            text.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        pollfd watched{fd.get(), POLLOUT, 0};
        if (errno != EAGAIN || ::poll(&watched, 1, 2'000) <= 0) return;
    }
}

Page readPage(const Fd& fd, bool hasBody, int timeoutMs) {
    QElapsedTimer timer;
    timer.start();
    std::string bytes;
    std::size_t wanted = 0;
    std::vector<char> buffer(65'536);
    while ((wanted == 0 || bytes.size() < wanted) && timer.elapsed() < timeoutMs) {
        if (!canRead(fd.get(), static_cast<int>(timeoutMs - timer.elapsed()))) break;
        const auto size = ::recv(fd.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (size == 0 || (size < 0 && errno != EAGAIN)) break;
        if (size > 0) bytes.append(buffer.data(), static_cast<std::size_t>(size));
        if (wanted == 0) wanted = sizeOf(bytes, hasBody);
    }
    return wanted > 0 && bytes.size() >= wanted ? parsed(bytes) : Page();
}

Page exchange(const Network& network, const char* address, const std::string& request, std::uint16_t port) {
    Fd fd;
    if (connectTo(network, address, port, fd) != 0) return {};
    sendText(fd, request);
    return readPage(fd, !request.starts_with("HEAD "));
}

std::string tokenOf(const Page& page, const std::string& action) {
    constexpr std::string_view kMark = "name=token value=\"";
    constexpr std::size_t kTokenDigits = 32;
    const auto form = page.body.find("action=\"" + action + "\"");
    if (form == std::string::npos) return {};
    const auto at = page.body.find(kMark, form);
    return at == std::string::npos ? std::string() : page.body.substr(at + kMark.size(), kTokenDigits);
}

Page Visitor::send(const std::string& head, const std::string& body) {
    auto request = head + "\r\nHost: " + portal_ + "\r\nAccept-Language: " + language + "\r\n";
    if (!cookie.empty()) request += "Cookie: " + cookie + "\r\n";
    if (!body.empty()) request += fmt::format("Content-Length: {}\r\n", body.size());
    const auto isBracketed = portal_.starts_with('[');
    const auto address = isBracketed ? portal_.substr(1, portal_.size() - 2) : portal_;
    auto page = exchange(*network_, address.c_str(), request + "Connection: close\r\n\r\n" + body);
    if (const auto set = page.header("set-cookie"); !set.empty()) cookie = set.substr(0, set.find(';'));
    return page;
}

Page Visitor::get(const std::string& target) {
    return send("GET " + target + " HTTP/1.1", {});
}

Page Visitor::post(const std::string& path, const std::string& form, const std::string& more) {
    return send("POST " + path + " HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded" + more, form);
}

Page Visitor::signIn(const std::string& fields) {
    return post("/login",
                "token=" + tokenOf(get("/?way=other"), "/login") + "&lang=" + language + "&" + fields);
}

WebServer::WebServer(const Network& network, std::uint16_t port)
    : fd_(bound(network, SOCK_STREAM, "::", port)),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

std::string WebServer::answerOf(const std::string& method, const std::string& host, const std::string& path) {
    const auto body = pageOf(host, path);
    return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n"
                       "Connection: close\r\n\r\n{}",
                       body.size(), method == "HEAD" ? "" : body);
}

void WebServer::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (!canRead(fd_.get(), 10)) continue;
        const Fd client(::accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        std::string head;
        std::array<char, 4'096> buffer{};
        while (head.find(kHeadEnd) == std::string::npos && canRead(client.get(), 5'000)) {
            const auto size = ::recv(client.get(), buffer.data(), buffer.size(), 0);
            if (size <= 0) break;
            head.append(buffer.data(), static_cast<std::size_t>(size));
        }
        const auto asked = parsed("HTTP/1.1 200" + head.substr(std::min(head.find("\r\n"), head.size())));
        const auto from = std::min(head.find(' ') + 1, head.size());
        sendText(client, answerOf(head.substr(0, head.find(' ')), asked.header("host"),
                                  head.substr(from, head.find(' ', from) - from)));
    }
}

} // namespace silta::test
