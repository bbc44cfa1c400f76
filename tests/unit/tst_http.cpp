#include <silta/crypto.h>
#include <silta/http.h>

#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <future>
#include <mutex>

using namespace silta;

namespace {

constexpr HttpLimits kLimits{.connections = 32,
                             .connectionsPerAddress = 16,
                             .headerBytes = 8 * 1024,
                             .bodyBytes = 1'000,
                             .idleSeconds = 5,
                             .totalSeconds = 2,
                             .threads = 2};

HttpServer::Route echo(const std::string& method, const std::string& path) {
    return {method, path, [](const HttpRequest& request) {
                HttpResponse response;
                response.contentType = "text/plain";
                response.body = request.method + " " + request.target + " " + request.body;
                return response;
            }};
}

} // namespace

class TestHttp : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<HttpServer> server_;
    std::unique_ptr<HttpTransport> client_ = makeCurlTransport();
    std::string filePath_;

    std::string url(const std::string& target) const {
        return "http://127.0.0.1:" + std::to_string(server_->port()) + target;
    }
    HttpReply get(const std::string& target) {
        HttpCall call;
        call.url = url(target);
        auto reply = client_->send(call);
        return reply ? *reply : HttpReply{};
    }

private slots:
    void initTestCase() {
        filePath_ = (folder_.path() + "/file").toStdString();
        QFile file(QString::fromStdString(filePath_));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 100'000; ++i)
            file.putChar(static_cast<char>(i % 251));
        file.close();
        std::vector<HttpServer::Route> routes = {echo("GET", "/a"), echo("POST", "/a"),
                                                 echo("GET", "/lists/*"), echo("GET", "/lists/*/items")};
        routes.push_back({"GET", "/file", [this](const HttpRequest&) {
                              HttpResponse response;
                              response.filePath = filePath_;
                              return response;
                          }});
        auto server = HttpServer::start("127.0.0.1:0", routes, kLimits, std::nullopt);
        QVERIFY2(server.has_value(), server ? "" : server.error().what.c_str());
        server_ = std::move(*server);
        QVERIFY(server_->port() > 0);
    }

    void routesExactly_data() {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::newRow("exact") << QByteArray("/a") << 200;
        QTest::newRow("query") << QByteArray("/a?x=%2F&y") << 200;
        QTest::newRow("one segment") << QByteArray("/lists/7") << 200;
        QTest::newRow("segment and tail") << QByteArray("/lists/7/items") << 200;
        QTest::newRow("empty segment") << QByteArray("/lists/") << 404;
        QTest::newRow("longer") << QByteArray("/lists/7/items/8") << 404;
        QTest::newRow("prefix") << QByteArray("/ab") << 404;
        QTest::newRow("dots") << QByteArray("/lists/%2e%2e/%2e%2e/etc") << 404;
        QTest::newRow("long address") << QByteArray("/a?") + QByteArray(5'000, 'x') << 414;
    }
    void routesExactly() {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        const auto reply = get(target.toStdString());
        QCOMPARE(reply.status, status);
        if (status == 200) QCOMPARE(reply.body, "GET " + target.toStdString() + " ");
        QCOMPARE(reply.header("x-content-type-options"), std::string_view("nosniff"));
        QCOMPARE(reply.header("cache-control"), std::string_view("no-store"));
    }

    void answersOtherMethodsWith405() {
        HttpCall call;
        call.method = "DELETE";
        call.url = url("/a");
        const auto reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->status, 405);
        QCOMPARE(reply->header("allow"), std::string_view("GET, POST"));
    }

    void limitsBodies() {
        HttpCall call;
        call.method = "POST";
        call.url = url("/a");
        call.body = std::string(1'000, 'b');
        auto reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->status, 200);
        call.body.push_back('b');
        reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->status, 413);
    }

    void cutsABodyThatIsLongerThanItSaid() {
        QTcpSocket socket;
        socket.connectToHost("127.0.0.1", static_cast<quint16>(server_->port()));
        QVERIFY(socket.waitForConnected());
        socket.write("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 50 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
            socket.write("100\r\n" + QByteArray(256, 'c') + "\r\n");
            socket.waitForBytesWritten(100);
        }
        socket.waitForDisconnected(5'000);
        QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    }

    void endsAConnectionThatTrickles() {
        QTcpSocket socket;
        socket.connectToHost("127.0.0.1", static_cast<quint16>(server_->port()));
        QVERIFY(socket.waitForConnected());
        const char request[] = "GET /a HTTP/1.1\r\nHost: x\r\nX-Slow: ";
        socket.write(request);
        // Never idle for as long as the idle limit; the total limit ends it all the same.
        for (int i = 0; i < 100 && socket.state() == QAbstractSocket::ConnectedState; ++i) {
            socket.write("y");
            socket.waitForReadyRead(100);
        }
        QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    }

    void servesRanges_data() {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QByteArray>("contentRange");
        QTest::newRow("none") << QByteArray() << 200 << 100'000 << QByteArray();
        QTest::newRow("tail") << QByteArray("bytes=99990-") << 206 << 10
                              << QByteArray("bytes 99990-99999/100000");
        QTest::newRow("middle") << QByteArray("bytes=1-3") << 206 << 3 << QByteArray("bytes 1-3/100000");
        QTest::newRow("as far as can be said") << QByteArray("bytes=99990-18446744073709551615") << 206 << 10
                                               << QByteArray("bytes 99990-99999/100000");
        QTest::newRow("past the end") << QByteArray("bytes=100000-") << 416 << -1 << QByteArray();
        QTest::newRow("nonsense") << QByteArray("bytes=x-y") << 200 << 100'000 << QByteArray();
    }
    void servesRanges() {
        QFETCH(QByteArray, range);
        QFETCH(int, status);
        QFETCH(int, bytes);
        QFETCH(QByteArray, contentRange);
        HttpCall call;
        call.url = url("/file");
        if (!range.isEmpty()) call.headers.push_back({"Range", range.toStdString()});
        const auto reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->status, status);
        if (bytes >= 0) QCOMPARE(int(reply->body.size()), bytes);
        QCOMPARE(QByteArray::fromStdString(std::string(reply->header("content-range"))), contentRange);
    }

    void resumesADownload() {
        const auto target = (folder_.path() + "/copy").toStdString();
        HttpCall call;
        call.url = url("/file");
        call.downloadTo = target;
        QVERIFY(client_->send(call).has_value());
        const auto whole = *sha256HexOfFile(target);
        QCOMPARE(truncate(target.c_str(), 12'345), 0);
        call.resumeFrom = 12'345;
        const auto reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->status, 206);
        QCOMPARE(*sha256HexOfFile(target), whole);
    }

    void putsOffWithoutHoldingAThread() {
        std::mutex mutex;
        std::vector<std::function<void()>> again;
        HttpServer::Route later = {"GET", "/later",
                                   [&](const HttpRequest& request) {
                                       HttpResponse response;
                                       response.body = std::to_string(request.waitedMs > 0 ? 1 : 0);
                                       if (request.waitedMs > 0 || request.query.contains("now"))
                                           return response;
                                       response.putOff = [&](std::function<void()> wake) {
                                           const std::lock_guard lock(mutex);
                                           again.push_back(std::move(wake));
                                       };
                                       return response;
                                   },
                                   true};
        auto limits = kLimits;
        limits.threads = 1;
        auto server = *HttpServer::start("127.0.0.1:0", {later}, limits, std::nullopt);
        const auto ask = [&server](const std::string& target) {
            const auto transport = makeCurlTransport();
            HttpCall call;
            call.url = "http://127.0.0.1:" + std::to_string(server->port()) + target;
            const auto reply = transport->send(call);
            return reply ? std::to_string(reply->status) + " " + reply->body : std::string();
        };
        const auto count = [&] {
            const std::lock_guard lock(mutex);
            return again.size();
        };
        std::vector<std::future<std::string>> waiting;
        for (int i = 0; i < 5; ++i)
            waiting.push_back(std::async(std::launch::async, ask, "/later"));
        QTRY_COMPARE(count(), std::size_t(5));
        QCOMPARE(ask("/later?now=1"), std::string("200 0")); // the one thread is free
        QTest::qWait(5);
        again[2]();
        again[2](); // a second call does nothing
        const auto isReady = [](const auto& answer) {
            return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        };
        QTRY_COMPARE(std::ranges::count_if(waiting, isReady), std::ptrdiff_t(1));
        const auto answered =
            static_cast<std::size_t>(std::ranges::find_if(waiting, isReady) - waiting.begin());
        server.reset();
        for (auto& answer : waiting) // those that still waited were asked a last time, or cut off
            QCOMPARE(answer.wait_for(std::chrono::seconds(5)), std::future_status::ready);
        QCOMPARE(waiting[answered].get(), std::string("200 1"));
        again[0](); // of a server that is gone
    }

    void putsNobodyOffOnceItStops() {
        std::atomic<bool> isAtWork = false;
        HttpServer::Route later = {"GET", "/later",
                                   [&isAtWork](const HttpRequest& request) {
                                       HttpResponse response;
                                       response.body = "nothing new";
                                       if (request.isLast) return response;
                                       isAtWork = true;
                                       std::this_thread::sleep_for(std::chrono::milliseconds(200));
                                       response.putOff = [](const std::function<void()>&) {};
                                       return response;
                                   },
                                   true};
        auto server = *HttpServer::start("127.0.0.1:0", {later}, kLimits, std::nullopt);
        auto asking = std::async(std::launch::async, [port = server->port()] {
            const auto transport = makeCurlTransport();
            HttpCall call;
            call.url = "http://127.0.0.1:" + std::to_string(port) + "/later";
            return transport->send(call);
        });
        QTRY_VERIFY(isAtWork);
        server.reset(); // the library ends the process when it finds somebody suspended
        QCOMPARE(asking.wait_for(std::chrono::seconds(5)), std::future_status::ready);
        const auto reply = asking.get();
        if (reply) QCOMPARE(reply->body, std::string("nothing new")); // else its connection was cut off
    }

    void limitsReplies() {
        HttpCall call;
        call.url = url("/file");
        call.responseBytesMax = 99'999;
        const auto reply = client_->send(call);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, Errc::Limit);
    }

    void refusesPlainHttpToOtherMachines_data() {
        QTest::addColumn<QByteArray>("address");
        QTest::newRow("name") << QByteArray("http://hub.example/v1/head");
        QTest::newRow("looks like loopback") << QByteArray("http://127.0.0.1.example/");
        QTest::newRow("file") << QByteArray("file:///etc/passwd");
    }
    void refusesPlainHttpToOtherMachines() {
        QFETCH(QByteArray, address);
        HttpCall call;
        call.url = address.toStdString();
        const auto reply = client_->send(call);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, Errc::Denied);
    }

    void isUnavailableWhenNobodyListens() {
        HttpCall call;
        call.unixSocket = (folder_.path() + "/nobody.sock").toStdString();
        call.url = "http://edge/";
        const auto reply = client_->send(call);
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, Errc::Unavailable);
    }

    void tellsWhoCallsOnAUnixSocket() {
        const auto path = (folder_.path() + "/s.sock").toStdString();
        std::vector<HttpServer::Route> routes = {{"GET", "/who", [](const HttpRequest& request) {
                                                      HttpResponse response;
                                                      response.body = request.peer;
                                                      return response;
                                                  }}};
        auto server = HttpServer::start("unix:" + path, routes, kLimits, std::nullopt);
        QVERIFY(server.has_value());
        struct stat info {};
        QCOMPARE(stat(path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777u, 0660u);
        HttpCall call;
        call.unixSocket = path;
        call.url = "http://edge/who";
        const auto reply = client_->send(call);
        QVERIFY(reply.has_value());
        QCOMPARE(reply->body, "uid:" + std::to_string(geteuid()));
    }

    void refusesAddressesThatAreNone() {
        QVERIFY(!HttpServer::start("nonsense", {}, kLimits, std::nullopt));
        QVERIFY(!HttpServer::start("example.org:80", {}, kLimits, std::nullopt));
        QVERIFY(!HttpServer::start("127.0.0.1:99999", {}, kLimits, std::nullopt));
    }
};

QTEST_GUILESS_MAIN(TestHttp)
#include "tst_http.moc"
