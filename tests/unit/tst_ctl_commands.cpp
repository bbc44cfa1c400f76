#include "core/json.h"
#include "ctl/commands.h"
#include "net/json_reply.h"

#include <silta/http.h>

#include <sys/stat.h>

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <sstream>

using namespace silta;
using namespace silta::ctl;

namespace {

struct Outcome {
    int status;
    std::string out;
    std::string err;
};

/// Runs a command line over pictures that exist only here.
Outcome run(const std::vector<std::string>& args, const std::string& typed = {}) {
    std::istringstream in(typed);
    std::ostringstream out;
    std::ostringstream err;
    CommandContext context{out, err, false,
                           [](const std::string& path) -> Result<std::vector<ScannedCode>> {
                               if (path == "two.png")
                                   return std::vector<ScannedCode>{
                                       {Symbology::Ean13, "]E0", "4006381333931", ""},
                                       {Symbology::QrCode, "]Q1", "WIFI:S:x;;", ""}};
                               if (path == "none.png") return std::vector<ScannedCode>();
                               return Error{Errc::NotFound, "read image " + path + ": no such file"};
                           },
                           in};
    const int status = runCommandLine(context, args);
    return Outcome{status, out.str(), err.str()};
}

std::vector<Json> lines(const std::string& text) {
    std::vector<Json> parsed;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        auto json = parseJson(line, 10'000);
        parsed.push_back(json ? *json : Json());
    }
    return parsed;
}

} // namespace

class TestCtlCommands : public QObject {
    Q_OBJECT

private slots:
    void scanWritesOneLineASymbol();
    void scanFailsWhenAnyFileDoes();
    void explainSaysWhatACodeMeans();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void helpNamesEveryCommand();
    void enrolReadsTheCodeWhereNobodyReadsAlong();
    void diagnosticsSendsOrWrites();
};

void TestCtlCommands::scanWritesOneLineASymbol() {
    const auto outcome = run({"scan", "two.png"});
    QCOMPARE(outcome.status, kExitOk);
    QVERIFY(outcome.err.empty());
    const auto json = lines(outcome.out);
    QCOMPARE(json.size(), std::size_t{2});
    QCOMPARE(
        json[0].dump(),
        std::string(
            R"({"file":"two.png","format":"EAN-13","gtin":"04006381333931","meaning":"product","text":"4006381333931"})"));
    QCOMPARE(json[1]["meaning"].get<std::string>(), std::string("unknown"));
    QVERIFY(!json[1].contains("gtin"));
}

void TestCtlCommands::scanFailsWhenAnyFileDoes() {
    const auto outcome = run({"scan", "missing.png", "two.png", "none.png"});
    QCOMPARE(outcome.status, kExitFailed);
    QCOMPARE(lines(outcome.out).size(), std::size_t{2});
    QCOMPARE(outcome.err, std::string("siltactl scan: read image missing.png: no such file\n"
                                      "siltactl scan: read barcode none.png: none found\n"));
}

void TestCtlCommands::explainSaysWhatACodeMeans() {
    auto json = lines(run({"explain", "(01)09521234543213(17)261231"}).out);
    QCOMPARE(json.size(), std::size_t{1});
    QCOMPARE(json[0]["gtin"].get<std::string>(), std::string("09521234543213"));
    QCOMPARE(json[0]["short"].get<std::string>(), std::string("9521234543213"));
    QCOMPARE(json[0]["elements"][1]["value"].get<std::string>(), std::string("261231"));
    json = lines(run({"explain", "--symbology", "upc-e", "01234565", "--json"}).out);
    QCOMPARE(json[0]["gtin"].get<std::string>(), std::string("00012345000065"));
    json = lines(run({"explain", "--", "--symbology"}).out);
    QCOMPARE(json[0]["code"].get<std::string>(), std::string("--symbology"));
    QCOMPARE(json[0]["meaning"].get<std::string>(), std::string("unknown"));
    QVERIFY(!json[0]["reason"].get<std::string>().empty());
    QCOMPARE(lines(run({"explain", ""}).out)[0]["reason"].get<std::string>(), std::string("empty code"));
}

void TestCtlCommands::refusesWrongUsage_data() {
    QTest::addColumn<QStringList>("args");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no such command") << QStringList{"dance"};
    QTest::newRow("scan without file") << QStringList{"scan"};
    QTest::newRow("scan with an option") << QStringList{"scan", "--fast", "two.png"};
    QTest::newRow("explain without code") << QStringList{"explain"};
    QTest::newRow("explain with an option") << QStringList{"explain", "--fast", "1"};
    QTest::newRow("symbology without name") << QStringList{"explain", "1", "--symbology"};
    QTest::newRow("no such symbology") << QStringList{"explain", "--symbology", "EAN-14", "1"};
}

void TestCtlCommands::refusesWrongUsage() {
    QFETCH(QStringList, args);
    std::vector<std::string> plain;
    for (const auto& arg : args)
        plain.push_back(arg.toStdString());
    const auto outcome = run(plain);
    QCOMPARE(outcome.status, kExitUsage);
    QVERIFY(outcome.out.empty());
    QVERIFY(!outcome.err.empty());
}

void TestCtlCommands::helpNamesEveryCommand() {
    const auto outcome = run({"--help"});
    QCOMPARE(outcome.status, kExitOk);
    for (const auto& command : allCommands()) {
        QVERIFY(outcome.out.find(command.name) != std::string::npos);
        const auto own = run({std::string(command.name), "--help"});
        QCOMPARE(own.status, kExitOk);
        QVERIFY(own.out.find(command.usage) != std::string::npos);
    }
}

void TestCtlCommands::enrolReadsTheCodeWhereNobodyReadsAlong() {
    const std::vector<std::string> line = {"enrol", "--sockets", "/nowhere", "-"};
    for (const auto& typed : {std::string(), std::string("\n"), std::string(5'000, 'A')}) {
        const auto outcome = run(line, typed);
        QCOMPARE(outcome.status, kExitFailed);
        QVERIFY2(outcome.err.find("read the code from standard input") != std::string::npos,
                 outcome.err.c_str());
    }
    for (const auto* typed :
         {"ABCD-EFGH-JKLM\n", "ABCD-EFGH-JKLM"}) { // goes on to ask an edge that is not there
        const auto outcome = run(line, typed);
        QCOMPARE(outcome.status, kExitFailed);
        QVERIFY2(outcome.err.find("standard input") == std::string::npos, outcome.err.c_str());
        QVERIFY2(outcome.err.find("/nowhere") != std::string::npos, outcome.err.c_str());
    }
}

void TestCtlCommands::diagnosticsSendsOrWrites() {
    const QTemporaryDir folder;
    const auto sockets = folder.path().toStdString();
    const auto file = sockets + "/bundle";
    const std::string sealed(200'000, 's');
    int asked = 0;
    bool isKnown = false; // headquarters' key
    std::vector<HttpServer::Route> routes;
    routes.push_back({"POST", "/v1/diagnostics", [&asked](const HttpRequest&) {
                          ++asked;
                          return jsonReply(Json::object(), 202);
                      }});
    routes.push_back(
        {"GET", "/v1/diagnostics", [&](const HttpRequest&) {
             return isKnown ? jsonReply({{"sealed", sealed}}) : jsonReply({{"error", "no key yet"}}, 503);
         }});
    const HttpLimits limits{.connections = 2,
                            .connectionsPerAddress = 2,
                            .headerBytes = 4'096,
                            .bodyBytes = 4'096,
                            .idleSeconds = 30,
                            .totalSeconds = 60,
                            .threads = 1};
    const auto edge = HttpServer::start("unix:" + sockets + "/admin.sock", routes, limits, std::nullopt);
    QVERIFY(edge);
    QCOMPARE(run({"diagnostics", "--sockets", sockets}).status, kExitOk);
    QCOMPARE(asked, 1);
    const auto refused = run({"diagnostics", "--sockets", sockets, "--out", file});
    QCOMPARE(refused.status, kExitFailed);
    QCOMPARE(QString::fromStdString(refused.err), QString("siltactl: no key yet\n"));
    isKnown = true;
    QCOMPARE(run({"diagnostics", "--sockets", sockets, "--out", file}).status, kExitOk);
    std::ifstream written(file);
    QVERIFY(std::string(std::istreambuf_iterator<char>(written), {}) == sealed);
    struct stat info {};
    QCOMPARE(::stat(file.c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777, 0600U);
    QCOMPARE(asked, 1);
    QCOMPARE(run({"diagnostics", "--sockets", "/nowhere"}).status, kExitFailed);
    QCOMPARE(run({"diagnostics", "--out"}).status, kExitUsage);
}

QTEST_APPLESS_MAIN(TestCtlCommands)
#include "tst_ctl_commands.moc"
