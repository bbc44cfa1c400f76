// siltactl wipe: everything is gone, and what was secret was overwritten before.
#include "ctl/commands.h"
#include "ctl/wipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace silta;
using namespace silta::ctl;

namespace fs = std::filesystem;

class TestWipe : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;
    std::string root() const { return folder_->path().toStdString(); }
    std::string write(const std::string& path, const std::string& text) const {
        const auto file = root() + path;
        fs::create_directories(fs::path(file).parent_path());
        std::ofstream(file) << text;
        return file;
    }
    static std::string read(const std::string& path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    int run(std::vector<std::string> args) {
        std::ostringstream out;
        std::ostringstream err;
        CommandContext context{out, err, false, {}};
        args.insert(args.begin(), "wipe");
        return runCommandLine(context, args);
    }

private slots:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void leavesNothingOfWhatItKnew() {
        const auto key = write("/var/lib/silta/edge/device.key", "the secret key");
        write("/var/lib/silta/edge/update/memory", "{}");
        write("/var/lib/silta/catalog/media/ab/picture", "a picture");
        const auto other = write("/var/lib/other/file", "somebody else's");
        const auto outside = write("/home/file", "not Silta's");
        fs::create_symlink(outside, root() + "/var/lib/silta/edge/link");
        fs::create_directory_symlink(root() + "/home", root() + "/var/lib/silta/edge/folder");
        const int held = ::open(key.c_str(), O_RDONLY); // the bytes on the disk, after their name is gone
        const auto wiped = wipeState(root());
        QVERIFY(wiped);
        QCOMPARE(wiped->files, 3);
        QCOMPARE(wiped->overwritten, 2);
        QVERIFY(fs::is_empty(root() + "/var/lib/silta/edge"));
        QVERIFY(fs::is_empty(root() + "/var/lib/silta/catalog"));
        std::string left(32, '\0');
        left.resize(static_cast<std::size_t>(::pread(held, left.data(), left.size(), 0)));
        ::close(held);
        QCOMPARE(left.size(), 14);
        QVERIFY(left != "the secret key");
        QCOMPARE(QString::fromStdString(read(other)), QString("somebody else's"));
        QCOMPARE(QString::fromStdString(read(outside)), QString("not Silta's"));
    }

    void leavesNothingOfTheStoreInTheSettings() {
        const auto password = write("/etc/silta/network/hostapd-0.conf", "wpa_passphrase=a secret");
        write("/etc/silta/network.toml", "password = 'a secret'");
        write("/etc/silta/till-key.pem", "a key");
        write("/etc/silta/network/edge.toml", "not the chain's: it lies elsewhere");
        const auto outside = write("/home/hub-ca.pem", "not Silta's");
        fs::create_symlink(outside, root() + "/etc/silta/hub-ca.pem");
        for (const auto* name : {"edge.toml", "codes.toml"})
            write(std::string("/etc/silta/") + name, "the chain's");
        const int held = ::open(password.c_str(), O_RDONLY);
        const auto wiped = wipeState(root());
        QVERIFY(wiped);
        QCOMPARE(wiped->overwritten, 4);
        QStringList left;
        for (const auto& entry : fs::recursive_directory_iterator(root() + "/etc/silta"))
            left << QString::fromStdString(entry.path().filename().native());
        left.sort();
        QCOMPARE(left, (QStringList{"codes.toml", "edge.toml"}));
        QCOMPARE(QString::fromStdString(read(root() + "/etc/silta/edge.toml")), QString("the chain's"));
        QCOMPARE(QString::fromStdString(read(outside)), QString("not Silta's"));
        std::string bytes(64, '\0');
        bytes.resize(static_cast<std::size_t>(::pread(held, bytes.data(), bytes.size(), 0)));
        ::close(held);
        QVERIFY(bytes.find("secret") == std::string::npos);
    }

    void doesNothingUnlessItIsMeant() {
        const auto key = write("/var/lib/silta/edge/device.key", "key");
        QCOMPARE(run({"--root", root()}), kExitUsage);
        QCOMPARE(run({"--root", root(), "--yes"}), kExitUsage);
        QVERIFY(fs::exists(key));
    }

    void stopsWhoWritesAndRestarts() {
        write("/var/lib/silta/edge/device.key", "key");
        const auto said = root() + "/said";
        const auto systemctl = write("/systemctl", "#!/bin/sh\nls " + root() + "/var/lib/silta/edge >>" +
                                                       said + "; echo \"$@\" >>" + said + "\n");
        fs::permissions(systemctl, fs::perms::owner_all);
        QCOMPARE(run({"--yes-forget-everything", "--restart", "--root", root(), "--systemctl", systemctl}),
                 kExitOk);
        const auto text = QString::fromStdString(read(said));
        QVERIFY(text.contains("device.key\nstop silta-edge.service\n")); // stopped before it was wiped
        QVERIFY(text.endsWith("stop silta-edge.service\nreboot\n"));
    }
};

QTEST_GUILESS_MAIN(TestWipe)
#include "tst_wipe.moc"
