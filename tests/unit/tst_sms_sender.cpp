#include "core/json.h"
#include "hub/sms_sender.h"

#include <sys/stat.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <vector>

using namespace silta;
using namespace silta::hub;

namespace {

constexpr HttpLimits kLimits{.connections = 8,
                             .connectionsPerAddress = 8,
                             .headerBytes = 8'192,
                             .bodyBytes = 8'192,
                             .idleSeconds = 10,
                             .totalSeconds = 30,
                             .threads = 1};

/// Holds every message until it is let go.
class SlowSms final : public SmsSender {
public:
    explicit SlowSms(std::shared_ptr<std::atomic<int>> sent, std::shared_ptr<std::atomic<bool>> isHeld)
        : sent_(std::move(sent)), isHeld_(std::move(isHeld)) {}
    Result<void> send(const std::string&, const std::string&) override {
        isHeld_->wait(true);
        ++*sent_;
        return {};
    }

private:
    std::shared_ptr<std::atomic<int>> sent_; ///< shared with the test, as the next
    std::shared_ptr<std::atomic<bool>> isHeld_;
};

} // namespace

class TestSmsSender : public QObject {
    Q_OBJECT

    std::atomic<int> status_ = 202;
    std::mutex mutex_;
    std::vector<HttpRequest> requests_;
    std::unique_ptr<HttpServer> gateway_;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(gateway_->port()) + "/send"; }

private slots:
    void initTestCase() {
        std::vector<HttpServer::Route> routes;
        routes.push_back({"POST", "/send", [this](const HttpRequest& request) {
                              const std::lock_guard lock(mutex_);
                              requests_.push_back(request);
                              return httpError(status_, "said");
                          }});
        gateway_ = std::move(*HttpServer::start("127.0.0.1:0", std::move(routes), kLimits, std::nullopt));
    }

    void postsToTheGateway() {
        auto sender = makeGatewaySms(url(), "secret-token", "", makeCurlTransport());
        QVERIFY(sender->send("+358405550199", "123456 \"koodi\"").has_value());
        QCOMPARE(requests_.size(), std::size_t(1));
        QVERIFY(requests_[0].header("authorization") == "Bearer secret-token");
        QVERIFY(requests_[0].header("content-type") == "application/json");
        const auto body = parseJson(requests_[0].body, 4'096);
        QVERIFY(body.has_value());
        QVERIFY((*body == Json{{"to", "+358405550199"}, {"text", "123456 \"koodi\""}}));
    }

    void saysWhatTheGatewaySaid() {
        auto sender = makeGatewaySms(url(), "", "", makeCurlTransport());
        status_ = 401;
        QCOMPARE(sender->send("+358405550199", "1").error().code, Errc::Denied);
        status_ = 500;
        const auto failed = sender->send("+358405550199", "654321");
        QCOMPARE(failed.error().code, Errc::Unavailable);
        QVERIFY(failed.error().what.find("5550199") == std::string::npos);
        QVERIFY(failed.error().what.find("654321") == std::string::npos);
        status_ = 202;
        QVERIFY(requests_.back().header("authorization").empty());
    }

    void sendsNothingInTheClearToAnotherMachine() {
        auto sender = makeGatewaySms("http://sms.example/send", "secret", "", makeCurlTransport());
        QCOMPARE(sender->send("+358405550199", "1").error().code, Errc::Denied);
    }

    void writesAFileThatNobodyElseReads() {
        const QTemporaryDir folder;
        const auto path = folder.filePath("sms.jsonl");
        auto sender = makeFileSms(path.toStdString());
        QVERIFY(sender->send("+358405550199", "one").has_value());
        QVERIFY(sender->send("+358405550199", "two").has_value());
        struct stat info {};
        QCOMPARE(stat(path.toStdString().c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777U, 0600U);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE((*parseJson(lines[1].toStdString(), 4'096))["text"].get<std::string>(), std::string("two"));
        const auto link = folder.filePath("link");
        QCOMPARE(symlink(path.toStdString().c_str(), link.toStdString().c_str()), 0);
        QCOMPARE(makeFileSms(link.toStdString())->send("1", "2").error().code, Errc::Io);
    }

    void queueIsBoundedAndDoesNotWait() {
        const auto sent = std::make_shared<std::atomic<int>>(0);
        const auto isHeld = std::make_shared<std::atomic<bool>>(true);
        SmsQueue queue(std::make_unique<SlowSms>(sent, isHeld));
        std::size_t taken = 0;
        while (queue.push("+358405550199", "1").has_value())
            ++taken;
        QVERIFY(taken == kSmsWaitingMax || taken == kSmsWaitingMax + 1); // one may be on its way
        QVERIFY(!queue.hasRoom());
        *isHeld = false;
        isHeld->notify_all();
        QTRY_COMPARE(sent->load(), static_cast<int>(taken));
        QVERIFY(queue.hasRoom());
    }
};

QTEST_GUILESS_MAIN(TestSmsSender)
#include "tst_sms_sender.moc"
