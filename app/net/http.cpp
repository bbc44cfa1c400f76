// What server and clients share.
#include "net/loopback.h"

#include <silta/http.h>

#include <fmt/format.h>

#include <system_error>

namespace silta {

namespace {

std::string_view valueOf(const std::map<std::string, std::string>& headers, const std::string& name) {
    const auto it = headers.find(name);
    return it == headers.end() ? std::string_view{} : std::string_view{it->second};
}

} // namespace

std::string_view HttpRequest::header(const std::string& lowerCaseName) const {
    return valueOf(headers, lowerCaseName);
}

std::string_view HttpReply::header(const std::string& lowerCaseName) const {
    return valueOf(headers, lowerCaseName);
}

HttpResponse httpError(int status, std::string_view words) {
    HttpResponse response;
    response.status = status;
    response.body =
        fmt::format(R"({{"error":"{}"}})", words); // words are ours: nothing in them needs escaping
    return response;
}

std::future<Result<HttpReply>> HttpTransport::begin(std::function<Result<HttpReply>()> call) {
    try {
        return std::async(std::launch::async, call);
    } catch (const std::system_error&) { // no thread is to be had: it runs when it is waited for
        return std::async(std::launch::deferred, std::move(call));
    }
}

bool isLoopbackHost(std::string_view host) {
    if (host == "localhost" || host == "::1" || host == "[::1]") return true;
    return host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

} // namespace silta
