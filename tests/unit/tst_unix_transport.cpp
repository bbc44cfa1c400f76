#include "net/unix_transport.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <cstring>
#include <thread>

using namespace silta;

namespace {

constexpr HttpLimits kLimits{.connections = 32,
                             .connectionsPerAddress = 32,
                             .headerBytes = 8 * 1024,
                             .bodyBytes = 100'000,
                             .idleSeconds = 60,
                             .totalSeconds = 60,
                             .threads = 2};

/// Says the same to whoever connects, once, and waits for them to leave.
class Parrot {
public:
    Parrot(const std::string& path, std::string words) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
        if (::bind(listener_, generic, sizeof address) != 0 || ::listen(listener_, 1) != 0) std::abort();
        thread_ = std::thread([this, words = std::move(words)] {
            const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            std::array<char, 4'096> heard{};
            [[maybe_unused]] auto bytes = ::recv(client, heard.data(), heard.size(), 0);
            bytes = ::send(client, words.data(), words.size(), MSG_NOSIGNAL);
            if (words.ends_with('$')) ::shutdown(client, SHUT_WR); // hangs up
            while (::recv(client, heard.data(), heard.size(), 0) > 0) {
            }
            ::close(client);
        });
    }
    ~Parrot() {
        thread_.join();
        ::close(listener_);
    }
    Parrot(const Parrot&) = delete;
    Parrot& operator=(const Parrot&) = delete;

private:
    int listener_ = -1;
    std::thread thread_;
};

} // namespace

class TestUnixTransport : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<HttpTransport> client_ = makeUnixTransport();
    std::string path_;
    int sockets_ = 0;

    Result<HttpReply> ask(HttpCall call) const {
        call.unixSocket = path_;
        return client_->send(call);
    }
    std::unique_ptr<HttpServer> echo() const {
        const HttpServer::Route all{"*", "*", [](const HttpRequest& request) {
                                        HttpResponse response;
                                        response.status = request.path == "/no" ? 404 : 200;
                                        response.body = request.method + " " + request.target + " " +
                                                        std::string(request.header("x-word")) + " " +
                                                        request.body;
                                        return response;
                                    }};
        auto server = HttpServer::start("unix:" + path_, {all}, kLimits, std::nullopt);
        return server ? std::move(*server) : nullptr;
    }

private slots:
    void init() { path_ = (folder_.path() + "/" + QString::number(++sockets_)).toStdString(); }
    void cleanup() { client_ = makeUnixTransport(); }

    void carriesRequestsOverOneConnection() {
        const auto server = echo();
        QVERIFY(server);
        HttpCall call;
        call.url = "http://localhost/v1/x?a=b";
        call.headers = {{"X-Word", "hei"}};
        auto reply = ask(call);
        QVERIFY2(reply, reply ? "" : reply.error().what.c_str());
        QCOMPARE(reply->body, std::string("GET /v1/x?a=b hei "));
        QCOMPARE(reply->header("content-type"), std::string_view("application/json"));
        call.method = "POST";
        call.body = std::string(90'000, 'z'); // more than a socket holds
        reply = ask(call);
        QVERIFY(reply);
        QCOMPARE(reply->body, "POST /v1/x?a=b hei " + call.body);
        QCOMPARE(ask({.url = "http://localhost/no"})->status, 404);
        QCOMPARE(ask({.url = "http://localhost"})->body, std::string("GET /  "));
    }

    void findsAServerThatWasRestarted() {
        auto server = echo();
        QCOMPARE(ask({.url = "http://localhost/"})->status, 200);
        server.reset();
        const auto gone = ask({.url = "http://localhost/"});
        QVERIFY(!gone && gone.error().code == Errc::Unavailable);
        server = echo();
        QCOMPARE(ask({.url = "http://localhost/"})->status, 200);
    }

    void refusesWhatIsNoAnswer_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& words, Errc code) {
            QTest::newRow(name) << words << static_cast<int>(code);
        };
        row("nothing", "$", Errc::Unavailable);
        row("silence", "", Errc::Unavailable);
        row("another protocol", "SSH-2.0-x\r\n\r\n$", Errc::Unavailable);
        row("half a head", "HTTP/1.1 200 OK\r\nContent-Le$", Errc::Unavailable);
        row("a line without a colon", "HTTP/1.1 200 OK\r\nwhat\r\nContent-Length: 0\r\n\r\n",
            Errc::Unavailable);
        row("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc$", Errc::Unavailable);
        row("too much body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc", Errc::Unavailable);
        row("no length", "HTTP/1.1 200 OK\r\n\r\nabc$", Errc::Unsupported);
        row("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Errc::Unsupported);
        row("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", Errc::Unsupported);
        row("a long body", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", Errc::Limit);
        row("a long head", "HTTP/1.1 200 OK\r\nX: " + QByteArray(20'000, 'x'), Errc::Limit);
    }
    void refusesWhatIsNoAnswer() {
        QFETCH(QByteArray, words);
        QFETCH(int, code);
        const Parrot parrot(path_, words.toStdString());
        const auto reply = ask({.url = "http://localhost/", .timeoutMs = 200, .responseBytesMax = 1'000});
        client_ = makeUnixTransport(); // leaves, so that the parrot can end
        QVERIFY(!reply);
        QCOMPARE(static_cast<int>(reply.error().code), code);
    }

    void refusesToGoAnywhereElse() {
        HttpCall call;
        call.url = "http://127.0.0.1:80/";
        QVERIFY(client_->send(call).error().code == Errc::Invalid);
        call.unixSocket = std::string(200, 'x');
        QVERIFY(client_->send(call).error().code == Errc::Invalid);
    }
};

QTEST_APPLESS_MAIN(TestUnixTransport)
#include "tst_unix_transport.moc"
