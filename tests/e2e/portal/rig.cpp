#include "e2e/portal/rig.h"

#include <sys/utsname.h>

#include <QCoreApplication>
#include <QFile>
#include <QStandardPaths>
#include <QTest>
#include <vector>

namespace silta::test {

namespace {

constexpr const char* kConfig = R"([guest]
interface = "guests0"
bridge = true
ports = ["p1", "p2"]
gateway4 = "10.77.0.1/16"
gateway6 = "2001:db8:7::1/64"
guests_max = {}
blocked = ["198.51.100.0/24"]
state_folder = "{}"
[uplink]
interface = "u0"
[dns]
servers = ["{}"]
)";

// It asks every second and gives up only when nobody would wait any longer: on a machine that is full of
// other work the server's answer takes its time.
const QStringList kLeaseArguments = {
    "-i", "c0", "-n", "-f", "-t", "25", "-T", "1", "-s", SILTA_SOURCE_DIR "/tests/e2e/portal/lease_taken"};

QString systemProgram(const char* name) {
    return QStandardPaths::findExecutable(name, {"/usr/sbin", "/sbin", "/usr/bin", "/bin"});
}

bool write(const std::string& path, const std::string& text) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) &&
           file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
}

template <class Condition>
bool waitFor(Condition condition, int timeoutMs = kPatienceMs) {
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < timeoutMs;) {
        if (condition()) return true;
        QTest::qWait(5);
    }
    return condition();
}

} // namespace

std::string Rig::missing() {
    if (!canMakeNetworks()) return "skipped: needs root";
    for (const auto* program : {"dnsmasq", "udhcpc", "tc"})
        if (systemProgram(program).isEmpty()) return fmt::format("skipped: no {}", program);
    removeStaleNetworks();
    return {};
}

QString Rig::programOf(const char* name) const {
    return (programs_.isEmpty() ? QCoreApplication::applicationDirPath() : programs_) + "/" + name;
}

Rig::~Rig() {
    stopDnsmasq();
    if (gate_) stopGate(SIGKILL);
}

std::string Rig::makeLinks() {
    const std::vector<std::pair<Network*, std::string>> steps = {
        {&gateway, "ip link add p1 type veth peer name c0 netns " + guest.path()},
        {&gateway, "ip link add p2 type veth peer name c0 netns " + other.path()},
        {&gateway, "ip link add u0 type veth peer name i0 netns " + internet.path()},
        {&gateway, "ip link set u0 up"},
        {&gateway, "ip address add 93.184.216.1/24 dev u0"},
        {&gateway, "ip address add 2606:2800:220::1/64 dev u0 nodad"},
        {&internet, "ip link set i0 up"},
        {&internet, "ip address add 192.168.50.1/32 dev i0"},
        {&internet, "ip address add 198.51.100.7/32 dev i0"},
        {&internet, "ip route add default via 93.184.216.1"},
        {&internet, "sysctl -qw net.ipv4.ip_forward=0"}, // what it is not comes back to nobody
        {&guest, fmt::format("ip link set c0 address {} up", kGuestMac)},
        {&other, fmt::format("ip link set c0 address {} up", kOtherMac)},
    };
    std::vector<std::pair<Network*, std::string>> all = steps;
    for (const auto* host : {kInternet4, kForbidden4, kGarden4})
        all.insert(all.begin() + 7, {&internet, fmt::format("ip address add {}/24 dev i0", host)});
    for (const auto* host : {kInternet6, kForbidden6, kGarden6})
        all.insert(all.begin() + 7, {&internet, fmt::format("ip address add {}/64 dev i0 nodad", host)});
    all.emplace_back(&internet, "ip route add 2001:db8:7::/64 via 2606:2800:220::1");
    // Everything leads outside, as a store's router does; what does not get there was stopped on the way.
    all.emplace_back(&gateway, fmt::format("ip route add default via {}", kInternet4));
    all.emplace_back(&gateway, fmt::format("ip route add default via {}", kInternet6));
    for (const auto& [network, command] : all)
        if (const auto ran = network->run(command); ran.code != 0) return command + ": " + ran.err;
    return {};
}

std::string Rig::render(const std::string& more) {
    if (!write(path("network.toml"),
               fmt::format(kConfig, guestsMax_, folder_.path().toStdString(), kInternet4) + more))
        return "cannot write the configuration";
    const auto ran = runProgram(programOf("siltactl"), {"network", "render", folder_.filePath("network.toml"),
                                                        "--to", folder_.filePath("set")});
    return ran.code == 0 ? std::string() : ran.err;
}

// What systemd would run; a program that may fail has a hyphen before it.
std::string Rig::runUnit(const std::string& name) {
    QFile unit(QString::fromStdString(path("set/" + name)));
    if (!unit.open(QIODevice::ReadOnly)) return name + ": cannot be read";
    while (!unit.atEnd()) {
        const auto line = QString::fromUtf8(unit.readLine()).trimmed();
        if (!line.startsWith("ExecStart=")) continue;
        const auto command = line.section('=', 1);
        const bool mayFail = command.startsWith('-');
        const auto ran = gateway.run(command.mid(mayFail ? 1 : 0).toStdString());
        if (ran.code != 0 && !mayFail) return command.toStdString() + ": " + ran.err;
        if (afterCommand) afterCommand(command.toStdString());
    }
    return {};
}

std::vector<std::string> Rig::unitsInOrder() const {
    std::vector<std::string> waiting = {"silta-guest-link.service", "silta-guest-net.service"};
    std::vector<std::string> ordered;
    const auto waitsForAnother = [&](const std::string& name) {
        QFile unit(QString::fromStdString(rendered(name)));
        if (!unit.open(QIODevice::ReadOnly)) return false;
        QStringList after;
        while (!unit.atEnd())
            if (const auto line = QString::fromUtf8(unit.readLine()).trimmed(); line.startsWith("After="))
                after += line.section('=', 1).split(' ');
        return std::ranges::any_of(waiting, [&](const std::string& before) {
            return before != name && after.contains(QString::fromStdString(before));
        });
    };
    while (!waiting.empty()) {
        const auto next = std::ranges::find_if_not(waiting, waitsForAnother);
        if (next == waiting.end()) break; // they wait for each other: nothing would start
        ordered.push_back(*next);
        waiting.erase(next);
    }
    return ordered;
}

std::string Rig::up() {
    QFile::setPermissions(folder_.path(), QFile::Permissions(0x7755)); // dnsmasq is another user
    if (auto wrong = render(more_); !wrong.empty()) return wrong;
    if (auto wrong = makeLinks(); !wrong.empty()) return wrong;
    for (const auto& unit : unitsInOrder())
        if (auto wrong = runUnit(unit); !wrong.empty()) return wrong;
    if (auto wrong = startDnsmasq(); !wrong.empty()) return wrong;
    return startGate();
}

std::string Rig::reload(const std::string& more) {
    if (auto wrong = render(more); !wrong.empty()) return wrong;
    const auto ran = gateway.run("nft -f " + path("set/guest.nft"));
    return ran.code == 0 ? std::string() : ran.err;
}

std::string Rig::startGate() {
    gate_ = gateway.start(programOf("silta-gate"),
                          {"--socket", QString::fromStdString(gateSocket()), "--allow-user", "root"});
    if (waitFor([this] { return client_.list(std::nullopt).has_value(); })) return {};
    return "silta-gate: " + gate_->readAll().toStdString();
}

void Rig::stopGate(int signal) {
    ::kill(gateProcess(), signal);
    gate_->waitForFinished();
}

std::string Rig::startDnsmasq() {
    const auto log = folder_.filePath("dnsmasq.log");
    QFile::remove(log);
    dnsmasq_ =
        gateway.start(systemProgram("dnsmasq"),
                      {"--keep-in-foreground", "--conf-file=" + folder_.filePath("set/dnsmasq.conf"),
                       "--log-facility=" + log, "--log-dhcp"}); // which tells what "quiet-dhcp" would not
    QByteArray said;
    const auto hasStarted = [&] {
        QFile file(log);
        if (file.open(QIODevice::ReadOnly)) said = file.readAll();
        return said.contains("started, version");
    };
    if (waitFor(hasStarted)) return {};
    return "dnsmasq: " + dnsmasq_->readAll().toStdString() + said.toStdString();
}

void Rig::stopDnsmasq() {
    if (!dnsmasq_) return;
    dnsmasq_->kill();
    dnsmasq_->waitForFinished();
}

std::string Rig::lease(const Network& network, const QStringList& arguments) {
    network.run("ip -4 address flush dev c0");
    const auto words = QStringList{"udhcpc", "-q"} + kLeaseArguments + arguments;
    const auto ran = network.run(words.join(' ').toStdString());
    if (ran.code != 0) return {};
    const auto shown = QString::fromStdString(network.run("ip -4 -o address show dev c0 scope global").out);
    return shown.section("inet ", 1).section('/', 0, 0).toStdString();
}

bool Rig::giveLeaseBack(const Network& network) {
    const auto countIn = [this](const char* words) {
        QFile log(folder_.filePath("dnsmasq.log"));
        return log.open(QIODevice::ReadOnly) ? log.readAll().count(words) : 0;
    };
    const auto acknowledged = countIn("DHCPACK");
    const auto released = countIn("DHCPRELEASE");
    network.run("ip -4 address flush dev c0");
    const auto client = network.start(systemProgram("udhcpc"), kLeaseArguments + QStringList{"-R"});
    // The address, from which it is given back, is set after the answer.
    const auto isTaken = [&] {
        return countIn("DHCPACK") > acknowledged &&
               network.run("ip -4 -o address show dev c0 scope global").out.find("inet ") !=
                   std::string::npos;
    };
    if (!waitFor(isTaken, kPatienceMs)) return false;
    client->terminate();
    return client->waitForFinished() &&
           waitFor([&] { return countIn("DHCPRELEASE") > released; }, kPatienceMs);
}

std::string Rig::slaac(const Network& network) {
    std::string address;
    waitFor(
        [&] {
            const auto shown = network.run("ip -6 -o address show dev c0 scope global -tentative").out;
            address = QString::fromStdString(shown).section("inet6 ", 1).section('/', 0, 0).toStdString();
            return !address.empty();
        },
        15'000);
    return address;
}

Result<void> Rig::allow(const std::string& mac, const std::string& address, gate::Grant grant) {
    grant.mac = *gate::parseMac(mac);
    if (!address.empty()) grant.address = *gate::parseHostIpv4(address);
    if (grant.seconds == 0) grant.seconds = 600;
    return client_.allow(std::span(&grant, 1));
}

Result<void> Rig::revoke(const std::string& mac) {
    const auto one = *gate::parseMac(mac);
    return client_.revoke(std::span(&one, 1));
}

} // namespace silta::test
