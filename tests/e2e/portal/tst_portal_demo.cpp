// `silta-portal --demo` for whoever wants to see the pages: any user, no network, no device, no root.
#include "e2e/portal/visitor.h"

#include <silta/http.h>

#include <grp.h>

#include <QFile>
#include <QTest>

using namespace silta;
using namespace silta::test;

namespace {

constexpr uid_t kNobody = 65'534;

} // namespace

class TestPortalDemo : public QObject {
    Q_OBJECT

    QTemporaryDir programs_; // a build folder may be closed to others
    QProcess portal_;
    std::string url_;

    Page ask(const char* method, const std::string& path, const std::string& form = {}) const {
        HttpCall call;
        call.method = method;
        call.url = url_ + path;
        call.body = form;
        if (!form.empty()) call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        const auto reply = makeCurlTransport()->send(call);
        Page page;
        if (!reply) return page;
        page.status = reply->status;
        page.body = reply->body;
        return page;
    }

private slots:
    void initTestCase() {
        const auto program = programs_.filePath("silta-portal");
        QVERIFY(QFile::copy(SILTA_BIN "/silta-portal", program));
        QVERIFY(QFile::setPermissions(programs_.path(), QFile::Permissions(0x7755)));
        portal_.setChildProcessModifier([] {
            const bool isNobody = geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(kNobody) == 0 &&
                                                     ::setuid(kNobody) == 0);
            if (!isNobody || ::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) ::_exit(126);
        });
        portal_.start(program, {"--demo", "127.0.0.1:0"});
        QByteArray said;
        const auto port = [&] {
            portal_.waitForReadyRead(50);
            said += portal_.readAllStandardError();
            const auto at = said.indexOf("listening port=");
            const auto end = said.indexOf('\n', at);
            return at < 0 || end < 0 ? 0 : said.mid(at + 15, end - at - 15).trimmed().toInt();
        };
        QTRY_VERIFY_WITH_TIMEOUT(port() > 0, 20'000);
        url_ = fmt::format("http://127.0.0.1:{}", port());
    }

    void needsNoRights() {
        QFile status(QString("/proc/%1/status").arg(portal_.processId()));
        QVERIFY(status.open(QIODevice::ReadOnly));
        const auto words = status.readAll();
        QVERIFY2(words.contains("CapEff:\t0000000000000000") && words.contains("CapPrm:\t0000000000000000"),
                 words.constData());
        QVERIFY2(!words.contains("Uid:\t0\t"), words.constData());
    }
    void signsInByTheTerms() {
        const auto page = ask("GET", "/");
        QCOMPARE(page.status, 200);
        const auto token = tokenOf(page, "/login");
        QVERIFY2(!token.empty(), page.body.c_str());
        QCOMPARE(ask("POST", "/login", "token=" + token + "&way=terms").status, 422); // not agreed to
        QVERIFY(!tokenOf(ask("GET", "/"), "/login").empty());
        const auto again = tokenOf(ask("GET", "/?way=terms"), "/login");
        QCOMPARE(ask("POST", "/login", "token=" + again + "&way=terms&terms=2026-11").status, 303);
        const auto landing = ask("GET", "/");
        QCOMPARE(landing.status, 200);
        QVERIFY(tokenOf(landing, "/login").empty());
        const auto out = tokenOf(landing, "/sign-out");
        QVERIFY2(!out.empty(), landing.body.c_str());
        QCOMPARE(ask("POST", "/sign-out", "token=" + out).status, 200);
        QVERIFY(!tokenOf(ask("GET", "/"), "/login").empty());
    }
    void endsWhenItIsTold() {
        portal_.terminate();
        QVERIFY(portal_.waitForFinished(20'000));
        QCOMPARE(portal_.exitStatus(), QProcess::NormalExit);
        QCOMPARE(portal_.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPortalDemo)
#include "tst_portal_demo.moc"
