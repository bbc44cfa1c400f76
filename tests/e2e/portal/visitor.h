// A guest's browser, as far as a portal sees it: requests over plain HTTP, a cookie, a form. And the
// internet's web server, which says who was asked for what.
#pragma once

#include "support/sockets.h"

#include <map>
#include <string>
#include <thread>

namespace silta::test {

struct Page {
    int status = 0;                             ///< 0: no answer
    std::map<std::string, std::string> headers; ///< lower-case names
    std::string body;
    std::string bytes; ///< the whole answer as it came
    [[nodiscard]] std::string header(const std::string& name) const {
        const auto it = headers.find(name);
        return it == headers.end() ? std::string() : it->second;
    }
};

/// Reads one answer; of a HEAD request no body is waited for.
Page readPage(const Fd& fd, bool hasBody, int timeoutMs = 5'000);
void sendText(const Fd& fd, std::string_view text);
/// Sends `request` as it is to `address`, on a connection of its own.
Page exchange(const Network& network, const char* address, const std::string& request,
              std::uint16_t port = 80);
/// The single-use token of the form that sends to `action`; empty when there is none.
std::string tokenOf(const Page& page, const std::string& action);

/// Thread: one at a time.
class Visitor {
public:
    /// `portal`: address and Host of the portal, "[…]" around an IPv6 address.
    explicit Visitor(const Network& network, std::string portal)
        : network_(&network), portal_(std::move(portal)) {}

    Page get(const std::string& target);
    Page post(const std::string& path, const std::string& form, const std::string& more = {});
    /// Takes a form's token from the page and sends the form, with `fields` behind the token.
    Page signIn(const std::string& fields);

    std::string cookie; ///< sent when not empty; set by an answer
    std::string language = "en";

private:
    Page send(const std::string& head, const std::string& body);

    const Network* network_;
    std::string portal_;
};

/// Answers "HOST PATH\n" to every request. A thread of its own, which ends with the object.
class WebServer {
public:
    WebServer(const Network& network, std::uint16_t port);
    /// What it says to GET `path` of `host`.
    static std::string pageOf(const std::string& host, const std::string& path) {
        return host + " " + path + "\n";
    }
    /// Every byte of its answer to that.
    static std::string answerOf(const std::string& method, const std::string& host, const std::string& path);

private:
    void serve(const std::stop_token& stop);

    Fd fd_;
    std::jthread thread_;
};

} // namespace silta::test
