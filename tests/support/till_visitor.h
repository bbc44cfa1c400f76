// A browser at the till: keeps cookies, and sends what browsers send with a form.
#pragma once

#include "till/till.h"
#include "web/form_body.h"

#include <map>
#include <string>

namespace silta::till {

/// Thread: the test's.
struct Visitor {
    std::map<std::string, std::string> cookies;
    std::string origin = "https://till.example:8443";
    std::string address = "192.168.50.9";
    std::string page; ///< as it came last
    int status = 0;

    std::string cookieHeader() const {
        std::string header;
        for (const auto& [name, value] : cookies)
            header += (header.empty() ? "" : "; ") + name + "=" + value;
        return header;
    }
    void take(const HttpResponse& response) {
        page = response.body;
        status = response.status;
        for (const auto& header : response.headers) {
            if (header.name != "Set-Cookie") continue;
            const auto equals = header.value.find('=');
            const auto end = header.value.find(';');
            const auto name = header.value.substr(0, equals);
            cookies[name] = header.value.substr(equals + 1, end - equals - 1);
            if (cookies[name].empty()) cookies.erase(name);
        }
    }
    /// The value of the token of the form with that action.
    std::string tokenOf(const std::string& action) const {
        const auto form = page.find("action=\"" + action + "\"");
        if (form == std::string::npos) return {};
        const std::string mark = "name=token value=\"";
        const auto from = page.find(mark, form) + mark.size();
        return page.substr(from, page.find('"', from) - from);
    }
    /// The value of the first hidden field with that name.
    std::string hiddenOf(const std::string& name) const {
        const std::string mark = "name=" + name + " value=\"";
        const auto from = page.find(mark);
        if (from == std::string::npos) return {};
        const auto begin = from + mark.size();
        return page.substr(begin, page.find('"', begin) - begin);
    }
    void get(Till& till, const std::string& target) {
        HttpRequest request;
        request.method = "GET";
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('?'); mark != std::string::npos)
            request.query = *parseForm(target.substr(mark + 1));
        request.peer = address;
        request.headers = {{"host", "till.example:8443"}, {"accept-language", "en"}};
        if (!cookies.empty()) request.headers["cookie"] = cookieHeader();
        take(till.handle(request));
    }
    void post(Till& till, const std::string& path, std::map<std::string, std::string> fields) {
        if (!fields.contains("token")) fields["token"] = tokenOf(path);
        HttpRequest request;
        request.method = "POST";
        request.path = request.target = path;
        for (const auto& [name, value] : fields)
            request.body += (request.body.empty() ? "" : "&") + name + "=" + percentEncode(value);
        request.peer = address;
        request.headers = {{"host", "till.example:8443"}, {"accept-language", "en"}};
        if (!origin.empty()) request.headers["origin"] = origin;
        if (!cookies.empty()) request.headers["cookie"] = cookieHeader();
        take(till.handle(request));
    }
};

} // namespace silta::till
