#include "e2e/portal/guest_store.h"

#include "e2e/chain.h"
#include "support/certificates.h"

#include <QTest>
#include <fstream>

namespace silta::test {

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

} // namespace

GuestStore::GuestStore(std::string portal, std::string network, int guestsMax)
    : portalSettings_(std::move(portal)), rig_(std::move(network), programs_.path(), guestsMax),
      station_(programs_.path().toStdString()) {}

GuestStore::~GuestStore() {
    if (portal_) stopPortal(SIGKILL);
}

std::string GuestStore::writeFiles() {
    const auto now = SystemClock().nowMs();
    const auto tls = makeCertificate(now - kDayMs, now + kDayMs,
                                     fmt::format("IP:{},IP:{},DNS:{}", kGateway4, kGateway6, kPortalHost));
    station_.write("portal.pem", tls.certificatePem);
    station_.write("portal.key", tls.keyPem);
    station_.write(
        "portal.toml",
        fmt::format(
            "certificate = '{}'\nkey = '{}'\ngate_socket = '{}'\nedge_socket = '{}'\ndatabase = '{}'\n{}",
            station_.path("portal.pem"), station_.path("portal.key"), rig_.gateSocket(),
            station_.path("run/portal.sock"), station_.path("portal.db"), portalSettings_));
    if (feeds_.empty()) {
        station_.write("products.tsv", kProductsTsv);
        station_.write("inventory.tsv", kInventoryTsv);
        station_.write("stores.json", kStoresJson);
        feeds_ = station_.folder();
    }
    const auto imported = station_.run(
        "silta-hub", {"import", "--db", station_.path("hub.db"), "--products", feeds_ + "/products.tsv",
                      "--inventory", feeds_ + "/inventory.tsv", "--stores", feeds_ + "/stores.json"});
    return imported.status == 0 ? std::string() : "import: " + imported.err;
}

bool GuestStore::copyProgram(const std::string& name, const std::string& as) const {
    return QFile::copy(QString(SILTA_BIN "/") + name.c_str(), programs_.filePath(as.c_str()));
}

bool GuestStore::replaceProgram(const std::string& name) {
    const auto fresh = name + ".new";
    return copyProgram(name, fresh) && std::rename(qPrintable(programs_.filePath(fresh.c_str())),
                                                   qPrintable(programs_.filePath(name.c_str()))) == 0;
}

std::string GuestStore::up() {
    for (const auto* name :
         {"silta-hub", "silta-edge", "silta-gate", "silta-portal", "silta-thumbnailer", "siltactl"})
        if (!copyProgram(name, name)) return fmt::format("cannot copy {}", name);
    hasKiosk_ = copyProgram("silta-kiosk", "silta-kiosk");
    if (auto wrong = writeFiles(); !wrong.empty()) return wrong;
    if (auto wrong = rig_.up(); !wrong.empty()) return wrong;
    std::ofstream(station_.path("edge.toml"), std::ios::app)
        << fmt::format("guest_network = '{}'\n", rig_.rendered("join.toml"));
    names_ = std::make_unique<NameServer>(rig_.internet, kInternet4, 53);
    web_ = std::make_unique<WebServer>(rig_.internet, 80);
    station_.setHubOptions({"--sms-file", station_.path("sms.jsonl")});
    if (!station_.startHub() || !station_.startEdge() || !station_.enrol("FI-HEL-01"))
        return "hub, edge or enrolment";
    const auto hasStore = QTest::qWaitFor(
        [this] {
            HttpCall call;
            call.url = "http://edge/v1/store";
            call.unixSocket = station_.path("run/portal.sock");
            const auto reply = makeCurlTransport()->send(call);
            return reply && reply->status == 200;
        },
        60'000);
    if (!hasStore) return "the store has no catalogue";
    if (rig_.lease(rig_.guest).empty() || rig_.lease(rig_.other).empty()) return "no lease";
    return startPortal();
}

std::string GuestStore::startPortal() {
    portal_ = rig_.gateway.start(programs_.filePath("silta-portal"),
                                 {"--config", QString::fromStdString(station_.path("portal.toml")),
                                  "--network", QString::fromStdString(rig_.rendered("portal.toml"))});
    const auto answers = QTest::qWaitFor(
        [this] {
            return exchange(rig_.other, kGateway4, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").status == 302;
        },
        kPatienceMs);
    return answers ? std::string() : "silta-portal: " + portal_->readAll().toStdString();
}

void GuestStore::stopPortal(int signal) {
    ::kill(portalProcess(), signal);
    portal_->waitForFinished();
}

std::string GuestStore::newDevice(const Network& network) {
    const auto mac = fmt::format("02:00:5e:00:01:{:02x}", ++devices_);
    for (const auto& command :
         {std::string("ip link set c0 down"), fmt::format("ip link set c0 address {} up", mac)})
        if (network.run(command).code != 0) return {};
    return rig_.lease(network);
}

HttpReply GuestStore::api(const Network& network, const std::string& accept, const std::string& portal) {
    HttpReply reply;
    network.in([&] {
        HttpCall call;
        call.url = fmt::format("https://{}/captive-portal/api", portal);
        call.caFile = station_.path("portal.pem");
        call.headers = {{"Accept", accept}};
        if (auto got = makeCurlTransport()->send(call)) reply = std::move(*got);
    });
    return reply;
}

std::optional<bool> GuestStore::isCaptive(const Network& network) {
    const auto json = parseJson(api(network).body, 4'096);
    return json ? std::optional((*json)["captive"].get<bool>()) : std::nullopt;
}

bool GuestStore::reaches(const Network& network, const char* address) {
    const auto page = exchange(network, address, "GET /page HTTP/1.1\r\nHost: www.internet.net\r\n\r\n");
    return page.status == 200 && page.body == WebServer::pageOf("www.internet.net", "/page");
}

} // namespace silta::test
