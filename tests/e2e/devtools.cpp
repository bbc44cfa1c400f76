#include "e2e/devtools.h"

#include <poll.h>
#include <sys/socket.h>

#include <QElapsedTimer>
#include <QStandardPaths>
#include <QThread>
#include <array>

namespace silta::test {

namespace {

// Where the browser looks for its end, and above what ours stay out of its way.
constexpr int kItReads = 3, kItWrites = 4, kFirstFree = 10;
constexpr std::size_t kReadBytes = 64U << 10U;
constexpr std::size_t kMessageBytesMax = 64U << 20U; // a picture
constexpr int kPageIsThereMs = 50;
constexpr int kGoodbyeMs = 5'000;

} // namespace

DevTools::DevTools(const Network* network, const std::string& resolver, std::vector<std::string> arguments) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        error_ = "no socket";
        return;
    }
    ours_ = ends[0];
    const auto theirs = ::fcntl(ends[1], F_DUPFD_CLOEXEC, kFirstFree);
    ::close(ends[1]);
    const auto takeEnd = [theirs] {
        if (::dup2(theirs, kItReads) < 0 || ::dup2(theirs, kItWrites) < 0) ::_exit(126);
    };
    QStringList words{"--remote-debugging-pipe"};
    for (const auto& argument : arguments)
        words << QString::fromStdString(argument);
    const auto program = QStandardPaths::findExecutable("chromium");
    if (network != nullptr) {
        browser_ = network->start(program, words, resolver, takeEnd);
    } else {
        browser_ = std::make_unique<QProcess>();
        browser_->setProcessChannelMode(QProcess::MergedChannels);
        browser_->setChildProcessModifier([takeEnd] {
            takeEnd();
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        });
        browser_->start(program, words);
        browser_->waitForStarted();
    }
    ::close(theirs);
    attach();
    if (session_.empty()) {
        browser_->waitForReadyRead(0);
        error_ = "the browser does not start: " + browser_->readAll().right(1'000).toStdString();
    }
}

DevTools::~DevTools() {
    if (!browser_) return;
    session_.clear();
    call("Browser.close");
    if (!browser_->waitForFinished(kGoodbyeMs)) browser_->kill();
    browser_->waitForFinished();
    ::close(ours_);
}

void DevTools::attach() {
    QElapsedTimer since;
    since.start();
    while (session_.empty() && since.elapsed() < kStartMs && browser_->state() == QProcess::Running) {
        const auto targets = call("Target.getTargets");
        for (const auto& target : arrayMember(targets, "targetInfos")) {
            if (textMember(target, "type") != "page") continue;
            const auto attached =
                call("Target.attachToTarget", {{"targetId", target["targetId"]}, {"flatten", true}});
            session_ = textMember(attached, "sessionId").value_or("");
            return;
        }
        QThread::msleep(kPageIsThereMs);
    }
}

bool DevTools::send(const std::string& message) const {
    // With the NUL that ends a message.
    for (std::size_t sent = 0; sent <= message.size();) {
        const auto bytes = ::send(ours_, message.c_str() + sent, message.size() + 1 - sent, MSG_NOSIGNAL);
        if (bytes < 0 && errno != EINTR) return false;
        if (bytes > 0) sent += static_cast<std::size_t>(bytes);
    }
    return true;
}

Json DevTools::receive(int timeoutMs) {
    QElapsedTimer since;
    since.start();
    for (;;) {
        if (const auto end = received_.find('\0'); end != std::string::npos) {
            auto message = Json::parse(received_.substr(0, end), nullptr, false); // longer than our messages
            received_.erase(0, end + 1);
            return message;
        }
        const auto leftMs = timeoutMs - static_cast<int>(since.elapsed());
        pollfd waited{.fd = ours_, .events = POLLIN, .revents = 0};
        if (leftMs <= 0 || received_.size() > kMessageBytesMax || ::poll(&waited, 1, leftMs) <= 0) return {};
        std::array<char, kReadBytes> part{};
        const auto bytes = ::recv(ours_, part.data(), part.size(), 0);
        if (bytes <= 0) return {};
        received_.append(part.data(), static_cast<std::size_t>(bytes));
    }
}

Json DevTools::call(const char* method, const Json& parameters, int timeoutMs) {
    Json message = {{"id", ++lastId_}, {"method", method}, {"params", parameters}};
    if (!session_.empty()) message["sessionId"] = session_;
    QElapsedTimer since;
    since.start();
    if (!send(dumpJson(message))) return {};
    for (;;) {
        const auto leftMs = timeoutMs - static_cast<int>(since.elapsed());
        const auto answer = leftMs > 0 ? receive(leftMs) : Json();
        if (answer.is_null()) return {};
        // Events, and late answers to what was given up, are nobody's.
        if (integerMember(answer, "id") == lastId_) return objectMember(answer, "result");
    }
}

} // namespace silta::test
