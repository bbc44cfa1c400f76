// How a guest network begins: what the units run, command by command, in the order that they ask for.
#include "e2e/portal/rig.h"

#include <QTest>

using namespace silta;
using namespace silta::test;

class TestPortalStart : public QObject {
    Q_OBJECT

    static bool isUp(const Network& gateway) {
        const auto link = gateway.run("ip -o link show dev guests0");
        return link.code == 0 && link.out.find(",UP") != std::string::npos;
    }
    static bool hasRules(const Network& gateway) {
        const auto chain = gateway.run("nft list chain inet silta_guest forward");
        return chain.code == 0 && chain.out.find("policy drop") != std::string::npos;
    }
    static bool forwards(const Network& gateway) {
        return gateway.run("sysctl -n net.ipv4.ip_forward").out.starts_with('1');
    }

private slots:
    void initTestCase() {
        if (const auto missing = Rig::missing(); !missing.empty()) QSKIP(missing.c_str());
    }

    void theRulesAreThereBeforeTheInterfaceAndBeforeAnythingIsForwarded() {
        Rig rig;
        // A namespace begins as its maker's; a machine begins with nothing forwarded.
        QCOMPARE(rig.gateway.run("sysctl -qw net.ipv4.ip_forward=0").code, 0);
        std::vector<std::string> commands;
        std::string open;
        rig.afterCommand = [&](const std::string& command) {
            commands.push_back(command);
            const bool isOpen = isUp(rig.gateway) || forwards(rig.gateway);
            if (isOpen && !hasRules(rig.gateway)) open += command + "\n";
        };
        const auto wrong = rig.up();
        QVERIFY2(wrong.empty(), wrong.c_str());
        QVERIFY2(open.empty(), open.c_str());
        QVERIFY(commands.size() > 5);
        QVERIFY(isUp(rig.gateway) && hasRules(rig.gateway) && forwards(rig.gateway));
        // What is looked at does change with the commands: were the rules gone, it would be seen.
        QCOMPARE(rig.gateway.run("nft delete table inet silta_guest").code, 0);
        QVERIFY(!hasRules(rig.gateway));
    }
};

QTEST_GUILESS_MAIN(TestPortalStart)
#include "tst_portal_start.moc"
