// Requests of a hostile guest: method, target, host, cookie and language on a line each, then a form's body.
// Any bytes give an answer whose headers are clean, that leads nowhere but to the portal, and that opens no
// gate without a sign-in.
#include "fuzz_check.h"
#include "gate/pretend_gate.h"
#include "portal/portal.h"
#include "portal/pretend_edge.h"
#include "support/clocks.h"

#include <silta/crypto.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace silta;
using silta::fuzz::check;

namespace {

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
    return config;
}

struct Rig {
    test::FakeClock clock;
    test::SeededRandom random{1};
    portal::PortalConfig config = configured();
    Result<portal::SessionStore> store = portal::SessionStore::open(":memory:", clock, random);
    gate::PretendGate gate{clock};
    portal::PretendEdge edge{makeSealingKeys().publicKey};
    gate::Mac mac = *gate::parseMac("02:00:00:00:00:01");
    portal::OneNeighbour neighbours{mac};
    portal::Portal portal{config, *store, gate, edge, neighbours, clock, random};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Rig rig;
    rig.clock.steady += 60'000; // each with its own ration of tries
    std::string_view text(reinterpret_cast<const char*>(data), size);
    HttpRequest request;
    request.method = nextLine(text);
    request.target = nextLine(text);
    request.headers["host"] = nextLine(text);
    request.headers["cookie"] = nextLine(text);
    request.headers["accept-language"] = nextLine(text);
    request.body = text;
    request.peer = "10.77.0.9";
    readTarget(request);
    const auto response = rig.portal.handle(request, size % 2 == 0);
    check(response.status >= 200 && response.status < 600);
    check(response.body.size() <= portal::kPageBytesMax);
    for (const auto& header : response.headers) {
        check(header.value.find_first_of("\r\n") == std::string::npos &&
              header.value.find('\0') == std::string::npos);
        if (header.name == "Location")
            check(header.value.starts_with(rig.config.url + "/") || header.value.starts_with("/?lang="));
    }
    check(!rig.gate.pass(rig.mac, *gate::parseHostIpv4("10.77.0.9"), 1)); // nobody knows a token
    return 0;
}
