// Requests of a hostile guest: method, target, host, cookie and language on a line each, then a form's body.
// A digit before the method says what the guest did before (Past); `@` as the cookie is the one that it got
// then, and `token=@` in the body a token that is good. Any bytes give an answer whose headers are clean,
// that leads nowhere but to the portal, and that opens the gate by the forms alone, with a good token and the
// terms agreed to.
#include "fuzz_check.h"
#include "gate/pretend_gate.h"
#include "portal/page_limits.h"
#include "portal/page_words.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"
#include "support/clocks.h"

#include <silta/crypto.h>

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

namespace {

enum class Past : std::uint8_t { None, SignedIn, CodeSent, TimeUp, SignedOut };
constexpr int kPasts = 5;
constexpr const char* kPeer = "10.77.0.9";
constexpr std::string_view kGoodToken = "token=@";

std::string_view nextLine(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    return line;
}

/// As the HTTP library does before anybody is asked: decoded path and query.
void readTarget(HttpRequest& request) {
    const auto mark = request.target.find('?');
    request.path = request.target.substr(0, mark);
    if (mark == std::string::npos) return;
    auto query = parseForm(std::string_view(request.target).substr(mark + 1));
    if (query) request.query = std::move(*query);
}

portal::PortalConfig configured() {
    portal::PortalConfig config;
    config.url = "http://10.77.0.1";
    config.listen = {"10.77.0.1:8080"};
    config.ways = {{portal::WayKind::Email, 240},
                   {portal::WayKind::Phone, 240},
                   {portal::WayKind::Loyalty, 480},
                   {portal::WayKind::Voucher, 120},
                   {portal::WayKind::Terms, 30}};
    config.quotaBytes = 1'000'000;
    return config;
}

std::string_view termsVersion() {
    return portal::consentWording(portal::ConsentId::WifiTerms).version;
}

struct Rig {
    test::FakeClock clock;
    test::SeededRandom random{1};
    portal::PortalConfig config = configured();
    Result<portal::SessionStore> store = portal::SessionStore::open(":memory:", clock, random);
    gate::PretendGate gate{clock};
    portal::PretendEdge edge;
    gate::Mac mac = *gate::parseMac("02:00:00:00:00:01");
    portal::OneNeighbour neighbours{mac};
    portal::Portal portal{config, *store, gate, edge, neighbours, clock, random};
    std::string cookie; ///< that a sign-in gave

    explicit Rig(const std::string& sealKey) : edge(sealKey) {}

    HttpResponse ask(std::string method, std::string target, std::string body = {}) {
        HttpRequest request;
        request.method = std::move(method);
        request.target = std::move(target);
        request.headers["host"] = "10.77.0.1";
        request.body = std::move(body);
        request.peer = kPeer;
        readTarget(request);
        return portal.handle(request, false);
    }
    /// Of any form that the guest is shown now.
    std::string token() {
        constexpr std::string_view kMark = "name=token value=\"";
        constexpr std::size_t kDigits = 32;
        const auto page = ask("GET", "/?way=terms").body;
        const auto at = page.find(kMark);
        check(at != std::string::npos);
        return page.substr(at + kMark.size(), kDigits);
    }
    void signIn(std::string_view fields) {
        const auto response =
            ask("POST", "/login", fmt::format("token={}&terms={}&{}", token(), termsVersion(), fields));
        for (const auto& header : response.headers)
            if (header.name == "Set-Cookie") cookie = header.value.substr(0, header.value.find(';'));
    }
    void live(Past past) {
        switch (past) {
        case Past::None:
            return;
        case Past::SignedIn:
            signIn("way=terms");
            break;
        case Past::CodeSent:
            signIn("way=phone&phone=%2B358405550142");
            break;
        case Past::TimeUp:
            signIn("way=terms");
            clock.now += 31 * 60'000;
            clock.steady += 31 * 60'000;
            break;
        case Past::SignedOut:
            signIn("way=email&email=a%40b.example");
            check(ask("POST", "/sign-out", "token=" + token()).status == 200);
            check(!cookie.empty());
            break;
        }
        check(isOpen() == (past == Past::SignedIn));
    }
    bool isOpen() { return gate.pass(mac, *gate::parseHostIpv4(kPeer), 1); }
};

/// Whether a request with a good token may end with an open gate.
bool mayOpen(Past past, const HttpRequest& request) {
    if (past == Past::SignedIn) return true; // it was open
    const auto form = parseForm(request.body);
    if (!form || request.method != "POST") return false;
    const auto valueOf = [&form](const char* name) {
        const auto it = form->find(name);
        return it == form->end() ? std::string() : it->second;
    };
    if (request.path == portal::kLoginPath) return valueOf("terms") == termsVersion();
    auto code = valueOf("code");
    std::erase_if(code, [](char c) { return c < '0' || c > '9'; });
    return (past == Past::CodeSent && request.path == portal::kCodePath && code == "246810") ||
           (past == Past::TimeUp && request.path == portal::kExtendPath) ||
           (past == Past::SignedOut && request.path == portal::kReturnPath);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto sealKey = makeSealingKeys().publicKey;
    static std::optional<Rig> rig; // one for all that leave nothing behind
    if (!rig) rig.emplace(sealKey);
    rig->clock.steady += 60'000; // each with its own ration of tries
    std::string_view text(reinterpret_cast<const char*>(data), size);
    auto past = Past::None;
    if (!text.empty() && text.front() >= '0' && text.front() < '0' + kPasts) {
        past = static_cast<Past>(text.front() - '0');
        text.remove_prefix(1);
    }
    rig->live(past);
    HttpRequest request;
    request.method = nextLine(text);
    request.target = nextLine(text);
    request.headers["host"] = nextLine(text);
    const auto cookie = nextLine(text);
    request.headers["cookie"] = cookie == "@" ? rig->cookie : std::string(cookie);
    request.headers["accept-language"] = nextLine(text);
    request.body = text;
    request.peer = kPeer;
    readTarget(request);
    const bool hasToken = request.body.starts_with(kGoodToken);
    if (hasToken) request.body.replace(0, kGoodToken.size(), "token=" + rig->token());
    const auto response = rig->portal.handle(request, size % 2 == 0);
    check(response.status >= 200 && response.status < 600);
    check(response.body.size() <= portal::kPageBytesMax);
    for (const auto& header : response.headers) {
        check(header.value.find_first_of("\r\n") == std::string::npos &&
              header.value.find('\0') == std::string::npos);
        if (header.name == "Location")
            check(header.value.starts_with(rig->config.url + "/") || header.value.starts_with("/?lang=") ||
                  past == Past::SignedIn); // who is in is sent to where it was going
    }
    if (rig->isOpen()) check(past == Past::SignedIn || (hasToken && mayOpen(past, request)));
    if (hasToken || past != Past::None) rig.reset();
    return 0;
}
